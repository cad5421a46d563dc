//! The paths of the base domain and of the dashboard.

mod tenant;
mod tenants;

pub use tenant::{change_tier, close, edit, extend, restore, suspend, tenant};
pub(crate) use tenants::zones;
pub use tenants::{create, new_tenant, tenants};

use super::store;
use crate::{
    error::Failure,
    http::{Cx, html},
    state::App,
    tenancy::target_version,
};
use app::{
    platform::{
        self as pages,
        model::{BrokenTenant, Migrations, TenantLink},
    },
    site::{self, model::Welcome},
};
use axum::{extract::State, response::Response};
use domain::policy::{ViewMigrations, authorize};
use http::StatusCode;

/// `GET /` of the base domain.
pub async fn welcome(State(app): State<App>, Cx(cx): Cx) -> Response {
    let base = &app.config.base;
    // Tenants are named to strangers in development only.
    let demos = match app.config.debug {
        true => app.routes.tenants().iter().take(6).map(|t| (t.name.clone(), base.url(&t.primary_host))).collect(),
        false => Vec::new(),
    };
    let model = Welcome { platform_url: base.url(&base.sub("platform")), demos };
    html(StatusCode::OK, site::welcome(cx.frame, model))
}

/// `GET /migrations`
pub async fn migrations(State(app): State<App>, Cx(cx): Cx) -> Result<Response, Failure> {
    let _permit = authorize::<ViewMigrations>(&cx.actor, &())?;
    let mut read = app.db.platform_read().await?;
    let versions = store::count_versions(read.conn()).await?;
    let broken = store::list_broken(read.conn(), 200).await?;
    let count = |at_target: bool| {
        let sum: i64 = versions
            .iter()
            .filter(|row| (row.schema_version >= target_version()) == at_target)
            .map(|row| row.tenants)
            .sum();
        u32::try_from(sum).unwrap_or(u32::MAX)
    };
    let model = Migrations {
        target: small(target_version()),
        at_target: count(true),
        behind: count(false),
        broken: broken
            .into_iter()
            .map(|row| BrokenTenant {
                tenant: TenantLink { id: row.id, name: row.name, slug: row.slug },
                schema_version: small(row.schema_version),
                error: row.error,
            })
            .collect(),
    };
    Ok(html(StatusCode::OK, pages::migrations(cx.frame, model)))
}

/// A version as pages show it.
fn small(version: i64) -> i32 {
    i32::try_from(version).unwrap_or(i32::MAX)
}
