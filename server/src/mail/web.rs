//! The inbox of development: what would have been sent.

use super::{message::CALENDAR_FILE, store};
use crate::{
    error::Failure,
    http::{Cx, PathOf, html},
    state::App,
};
use app::{
    error::AppError,
    identity::{
        self as pages,
        model::{InboxLetter, LetterState},
    },
    request::RequestContext,
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use domain::letter::LetterKind;
use http::{StatusCode, header};
use jiff::Timestamp;
use uuid::Uuid;

/// `GET /dev/inbox`: development only.
pub async fn inbox(State(app): State<App>, Cx(cx): Cx) -> Result<Response, Failure> {
    only_in_development(&app)?;
    let mut read = app.db.platform_read().await?;
    let rows = store::list_latest(read.conn(), of(&cx), 50).await?;
    Ok(html(StatusCode::OK, pages::inbox(cx.frame, rows.into_iter().map(show).collect())))
}

/// `GET /dev/inbox/{id}/html`: a letter as a mail program shows it.
pub async fn letter(State(app): State<App>, Cx(cx): Cx, PathOf(id): PathOf<Uuid>) -> Result<Response, Failure> {
    let (page, _) = parts(&app, &cx, id).await?;
    Ok(html(StatusCode::OK, page.ok_or(AppError::NotFound)?))
}

/// `GET /dev/inbox/{id}/appointment.ics`: the calendar file that goes along.
pub async fn calendar(State(app): State<App>, Cx(cx): Cx, PathOf(id): PathOf<Uuid>) -> Result<Response, Failure> {
    let (_, file) = parts(&app, &cx, id).await?;
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{CALENDAR_FILE}\"")),
    ];
    Ok((headers, file.ok_or(AppError::NotFound)?).into_response())
}

fn only_in_development(app: &App) -> Result<(), AppError> {
    if app.config.debug { Ok(()) } else { Err(AppError::NotFound) }
}

/// On a business's host its letters alone.
fn of(cx: &RequestContext) -> Option<Uuid> {
    cx.tenant.as_ref().map(|tenant| tenant.id.0)
}

async fn parts(app: &App, cx: &RequestContext, id: Uuid) -> Result<(Option<String>, Option<String>), Failure> {
    only_in_development(app)?;
    let mut read = app.db.platform_read().await?;
    Ok(store::find_parts(read.conn(), of(cx), id).await?.ok_or(AppError::NotFound)?)
}

fn show(row: store::InboxRow) -> InboxLetter {
    let at = |at: Timestamp| at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string();
    let state = match (row.sent_at, row.void_at, row.error, row.due_at) {
        (Some(sent), ..) => LetterState::Sent(at(sent.to_jiff())),
        (_, Some(_), ..) => LetterState::Void(row.void_reason.unwrap_or_default()),
        (_, _, Some(error), _) => LetterState::Failed(format!("{error} (tries: {})", row.attempts)),
        (.., Some(due)) => LetterState::Due(at(due.to_jiff())),
        _ => LetterState::Waiting,
    };
    InboxLetter {
        id: row.id,
        kind: LetterKind::parse(&row.kind).map_or("Account", LetterKind::label),
        recipient: row.recipient,
        subject: row.subject,
        body: row.body,
        at: at(row.created_at.to_jiff()),
        state,
        has_html: row.has_html,
        calendar: row.calendar_method,
    }
}
