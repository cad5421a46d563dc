//! A booking's own page, and calling it off or moving it: by its private link, or signed in.

use crate::{
    booking::{
        own::{Own, OwnOutcome, cancel as call_off, reschedule},
        show as offers,
        web::{date_of, staff_of, start_of},
    },
    error::Failure,
    http::{Cx, FormOf, PathOf, QueryOf, flash::see_other_with, html},
    own::show::{self, Found, Reached},
    state::App,
};
use app::{
    booking as booking_pages,
    booking::model::{Change, Taken},
    frame::Tone,
    own::{
        self as pages,
        model::{CancelPage, MovePage},
    },
    request::RequestContext,
    ui::form::FormError,
};
use axum::{extract::State, response::Response};
use domain::{ids::ResourceId, own::parse_reason};
use http::StatusCode;
use jiff::Timestamp;
use serde::Deserialize;
use uuid::Uuid;

/// `GET /booked/{key}`
pub async fn booked(State(app): State<App>, Cx(cx): Cx, PathOf(key): PathOf<String>) -> Result<Response, Failure> {
    let reached = Reached::by_link(&app, &cx, &key)?;
    show_booked(&app, &cx, &reached).await
}

/// `GET /my/appointments/{id}`
pub async fn booked_signed_in(
    State(app): State<App>,
    Cx(cx): Cx,
    PathOf(id): PathOf<Uuid>,
) -> Result<Response, Failure> {
    show_booked(&app, &cx, &Reached::signed_in(id)).await
}

async fn show_booked(app: &App, cx: &RequestContext, reached: &Reached) -> Result<Response, Failure> {
    let found = show::find(app, cx, reached).await?;
    let model = show::booked(found, &cx.tenant()?.zone);
    Ok(html(StatusCode::OK, booking_pages::booked(cx.frame.clone(), model)))
}

/// `GET /booked/{key}/cancel`
pub async fn cancel_page(State(app): State<App>, Cx(cx): Cx, PathOf(key): PathOf<String>) -> Result<Response, Failure> {
    let reached = Reached::by_link(&app, &cx, &key)?;
    ask_to_cancel(&app, &cx, &reached, StatusCode::OK, Refused::default()).await
}

/// `GET /my/appointments/{id}/cancel`
pub async fn cancel_page_signed_in(
    State(app): State<App>,
    Cx(cx): Cx,
    PathOf(id): PathOf<Uuid>,
) -> Result<Response, Failure> {
    ask_to_cancel(&app, &cx, &Reached::signed_in(id), StatusCode::OK, Refused::default()).await
}

/// What a form was sent back with.
#[derive(Default)]
struct Refused {
    is_stale: bool,
    reason: String,
    errors: Vec<FormError>,
}

async fn ask_to_cancel(
    app: &App,
    cx: &RequestContext,
    reached: &Reached,
    status: StatusCode,
    refused: Refused,
) -> Result<Response, Failure> {
    let Found { row, changes } = show::find(app, cx, reached).await?;
    let booking = show::summary(&row, &cx.tenant()?.zone);
    let Refused { is_stale, reason, errors } = refused;
    let model = CancelPage { booking, changes, is_stale, reason, errors };
    Ok(html(status, pages::cancel(cx.frame.clone(), model)))
}

/// The form.
#[derive(Deserialize)]
pub struct CancelForm {
    #[serde(default)]
    version: i32,
    #[serde(default)]
    reason: String,
}

/// `POST /booked/{key}/cancel`
pub async fn cancel(
    State(app): State<App>,
    Cx(cx): Cx,
    PathOf(key): PathOf<String>,
    FormOf(form): FormOf<CancelForm>,
) -> Result<Response, Failure> {
    let reached = Reached::by_link(&app, &cx, &key)?;
    try_to_cancel(&app, &cx, &reached, form).await
}

/// `POST /my/appointments/{id}/cancel`
pub async fn cancel_signed_in(
    State(app): State<App>,
    Cx(cx): Cx,
    PathOf(id): PathOf<Uuid>,
    FormOf(form): FormOf<CancelForm>,
) -> Result<Response, Failure> {
    try_to_cancel(&app, &cx, &Reached::signed_in(id), form).await
}

async fn try_to_cancel(
    app: &App,
    cx: &RequestContext,
    reached: &Reached,
    form: CancelForm,
) -> Result<Response, Failure> {
    // Who it is comes first: nobody else learns whether the reason was well typed.
    let Found { row, .. } = show::find(app, cx, reached).await?;
    let reason = match parse_reason(&form.reason) {
        Ok(reason) => reason,
        Err(problem) => {
            let errors = vec![FormError::new("reason", problem.message("your reason"))];
            let refused = Refused { reason: form.reason, errors, is_stale: false };
            return ask_to_cancel(app, cx, reached, StatusCode::UNPROCESSABLE_ENTITY, refused).await;
        }
    };
    let own = Own { id: reached.id, has_link: reached.has_link, version: form.version };
    let conflict = |is_stale| {
        let refused = Refused { reason: reason.clone(), is_stale, errors: Vec::new() };
        ask_to_cancel(app, cx, reached, StatusCode::CONFLICT, refused)
    };
    match call_off(app, cx, &own, &reason).await? {
        OwnOutcome::Done => {
            let text = match row.status.as_str() {
                "PENDING" => "Your request is taken back.",
                _ => "Your appointment is cancelled.",
            };
            Ok(see_other_with(&app.config, &reached.base, Tone::Ok, text))
        }
        // A second press of the button finds what the first one has done.
        OwnOutcome::Over if row.cancelled_by.as_deref() == Some("CUSTOMER") => {
            Ok(see_other_with(&app.config, &reached.base, Tone::Info, "Your appointment was cancelled already."))
        }
        OwnOutcome::Stale => conflict(true).await,
        OwnOutcome::TooLate(_) | OwnOutcome::Over | OwnOutcome::Gone => conflict(false).await,
    }
}

/// Whose times, and of which day.
#[derive(Deserialize)]
pub struct MoveQuery {
    staff: Option<String>,
    date: Option<String>,
}

/// `GET /booked/{key}/move?date=&staff=`
pub async fn move_page(
    State(app): State<App>,
    Cx(cx): Cx,
    PathOf(key): PathOf<String>,
    QueryOf(query): QueryOf<MoveQuery>,
) -> Result<Response, Failure> {
    let reached = Reached::by_link(&app, &cx, &key)?;
    look_for_times(&app, &cx, &reached, &query).await
}

/// `GET /my/appointments/{id}/move?date=&staff=`
pub async fn move_page_signed_in(
    State(app): State<App>,
    Cx(cx): Cx,
    PathOf(id): PathOf<Uuid>,
    QueryOf(query): QueryOf<MoveQuery>,
) -> Result<Response, Failure> {
    look_for_times(&app, &cx, &Reached::signed_in(id), &query).await
}

async fn look_for_times(
    app: &App,
    cx: &RequestContext,
    reached: &Reached,
    query: &MoveQuery,
) -> Result<Response, Failure> {
    let date = match query.date.as_deref() {
        None | Some("") => None,
        Some(text) => Some(date_of(text)?),
    };
    let staff = staff_of(query.staff.as_deref())?;
    let asked = Asked { staff, date, ..Asked::default() };
    show_times(app, cx, reached, StatusCode::OK, asked).await
}

/// What is asked of the page with the times.
#[derive(Default)]
struct Asked {
    staff: Option<ResourceId>,
    date: Option<jiff::civil::Date>,
    /// A start that cannot be had.
    gone: Option<Timestamp>,
    is_stale: bool,
}

async fn show_times(
    app: &App,
    cx: &RequestContext,
    reached: &Reached,
    status: StatusCode,
    asked: Asked,
) -> Result<Response, Failure> {
    let Found { row, changes } = show::find(app, cx, reached).await?;
    let zone = &cx.tenant()?.zone;
    let (mut pick, mut taken): (_, Option<Taken>) = (None, None);
    if matches!(changes.moving, Change::Open(_)) {
        let at = asked.gone.unwrap_or_else(|| row.starts_at.to_jiff());
        let date = asked.date.unwrap_or_else(|| at.to_zoned(zone.clone()).date());
        let (times, alternatives) =
            offers::times_to_move(app, cx, (reached.id, &row), asked.staff, date, asked.gone).await?;
        (pick, taken) = (Some(times), alternatives);
    }
    let booking = show::summary(&row, zone);
    let model = MovePage { booking, changes, is_stale: asked.is_stale, taken, pick, date: asked.date };
    Ok(html(status, pages::move_time(cx.frame.clone(), model)))
}

/// The form of the times: each start is a button of it.
#[derive(Deserialize)]
pub struct MoveForm {
    #[serde(default)]
    version: i32,
    #[serde(default)]
    start: String,
    #[serde(default)]
    staff: String,
}

/// `POST /booked/{key}/move`
pub async fn move_to(
    State(app): State<App>,
    Cx(cx): Cx,
    PathOf(key): PathOf<String>,
    FormOf(form): FormOf<MoveForm>,
) -> Result<Response, Failure> {
    let reached = Reached::by_link(&app, &cx, &key)?;
    try_to_move(&app, &cx, &reached, &form).await
}

/// `POST /my/appointments/{id}/move`
pub async fn move_signed_in(
    State(app): State<App>,
    Cx(cx): Cx,
    PathOf(id): PathOf<Uuid>,
    FormOf(form): FormOf<MoveForm>,
) -> Result<Response, Failure> {
    try_to_move(&app, &cx, &Reached::signed_in(id), &form).await
}

async fn try_to_move(app: &App, cx: &RequestContext, reached: &Reached, form: &MoveForm) -> Result<Response, Failure> {
    // Who it is comes first, also here.
    show::find(app, cx, reached).await?;
    let (start, staff) = (start_of(&form.start)?, staff_of(Some(&form.staff))?);
    let own = Own { id: reached.id, has_link: reached.has_link, version: form.version };
    let again = |asked| show_times(app, cx, reached, StatusCode::CONFLICT, asked);
    let done = || see_other_with(&app.config, &reached.base, Tone::Ok, "Your appointment is moved.");
    match reschedule(app, cx, &own, start, staff).await? {
        OwnOutcome::Done => Ok(done()),
        OwnOutcome::Stale => {
            let Found { row, .. } = show::find(app, cx, reached).await?;
            // A second press of the same button finds it where the first one has put it.
            match row.starts_at.to_jiff() == start && row.version == form.version + 1 {
                true => Ok(done()),
                false => again(Asked { staff, is_stale: true, ..Asked::default() }).await,
            }
        }
        OwnOutcome::Gone => again(Asked { staff, gone: Some(start), ..Asked::default() }).await,
        OwnOutcome::TooLate(_) | OwnOutcome::Over => again(Asked { staff, ..Asked::default() }).await,
    }
}
