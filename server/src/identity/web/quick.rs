//! Signing in with one click, for development. Without `DEBUG` these paths are not there.

use super::{begin, home, store};
use crate::{
    error::Failure,
    http::{Cx, FormOf, html, see_other},
    state::App,
};
use app::{
    error::AppError,
    identity::{
        self as pages,
        model::{DevLogin, DevPerson},
    },
};
use axum::{extract::State, response::Response};
use domain::{actor::Role, audit::AuditAction, ids::UserId};
use http::StatusCode;
use serde::Deserialize;
use tower_sessions::Session;
use uuid::Uuid;

/// `GET /dev/login`
pub async fn quick_page(State(app): State<App>, Cx(cx): Cx) -> Result<Response, Failure> {
    let rows = people(&app, cx.tenant.as_ref().map(|t| t.id.0)).await?;
    let tenant = cx.tenant.as_ref().map(|tenant| tenant.name.clone());
    let people = rows
        .into_iter()
        .filter_map(|row| {
            let role = Role::parse(&row.role)?;
            Some(DevPerson { id: row.id, name: row.name, email: row.email, role, tenant: tenant.clone() })
        })
        .collect();
    Ok(html(StatusCode::OK, pages::dev_login(cx.frame, DevLogin { people })))
}

/// Whom to sign in as.
#[derive(Deserialize)]
pub struct QuickForm {
    user: Uuid,
}

/// `POST /dev/login`
pub async fn quick_login(
    State(app): State<App>,
    Cx(cx): Cx,
    session: Session,
    FormOf(form): FormOf<QuickForm>,
) -> Result<Response, Failure> {
    // Only those that the page lists: of this host, and active.
    let rows = people(&app, cx.tenant.as_ref().map(|t| t.id.0)).await?;
    let row = rows.iter().find(|row| row.id == form.user).ok_or(AppError::NotFound)?;
    begin(&app, &cx, &session, UserId(row.id), AuditAction::DevQuickLogin).await?;
    Ok(see_other(Role::parse(&row.role).map_or("/", |role| home(&cx, role))))
}

async fn people(app: &App, tenant: Option<Uuid>) -> Result<Vec<store::QuickRow>, Failure> {
    if !app.config.debug {
        return Err(AppError::NotFound.into());
    }
    let mut read = app.db.platform_read().await?;
    Ok(store::list_quick(read.conn(), tenant).await?)
}
