//! The paths of the base domain and of the dashboard.

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
        model::{TenantRow, Tenants},
    },
    site::{self, model::Welcome},
};
use axum::{extract::State, response::Response};
use domain::{
    policy::{ViewTenants, authorize},
    tenant::{TenantStatus, Tier},
};
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

/// `GET /` of the platform's host.
pub async fn tenants(State(app): State<App>, Cx(cx): Cx) -> Result<Response, Failure> {
    let _permit = authorize::<ViewTenants>(&cx.actor, &())?;
    let mut read = app.db.platform_read().await?;
    let rows = store::list_tenants(read.conn(), 500).await?;
    let base = &app.config.base;
    let rows = rows
        .into_iter()
        .filter_map(|row| {
            let host = base.sub(&row.slug);
            Some(TenantRow {
                name: row.name,
                url: base.url(&host),
                host,
                status: TenantStatus::parse(&row.status)?,
                tier: Tier::parse(&row.tier)?,
                schema_version: i32::try_from(row.schema_version).unwrap_or(i32::MAX),
                is_behind: row.schema_version < target_version(),
            })
        })
        .collect();
    Ok(html(StatusCode::OK, pages::tenants(cx.frame, Tenants { rows })))
}
