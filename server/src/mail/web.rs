//! The inbox of development: what would have been sent.

use super::store;
use crate::{
    error::Failure,
    http::{Cx, html},
    state::App,
};
use app::{
    error::AppError,
    identity::{self as pages, model::InboxLetter},
};
use axum::{extract::State, response::Response};
use http::StatusCode;

/// `GET /dev/inbox`: development only.
pub async fn inbox(State(app): State<App>, Cx(cx): Cx) -> Result<Response, Failure> {
    if !app.config.debug {
        return Err(AppError::NotFound.into());
    }
    let mut read = app.db.platform_read().await?;
    let rows = store::list_latest(read.conn(), cx.tenant.as_ref().map(|tenant| tenant.id.0), 50).await?;
    let letters = rows
        .into_iter()
        .map(|row| InboxLetter {
            recipient: row.recipient,
            subject: row.subject,
            body: row.body,
            at: row.created_at.to_jiff().strftime("%Y-%m-%d %H:%M:%S UTC").to_string(),
        })
        .collect();
    Ok(html(StatusCode::OK, pages::inbox(cx.frame, letters)))
}
