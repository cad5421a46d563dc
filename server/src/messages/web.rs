//! The paths of calendar files and feeds.

use super::{
    About, feed,
    ics::{self, Method},
    store,
};
use crate::{
    booking::read_key,
    error::Failure,
    http::{Cx, PathOf, flash::see_other_with, html},
    state::App,
};
use app::{error::AppError, frame::Tone, messages as pages};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use domain::{
    ids::ResourceId,
    policy::{ManageOwnBooking, OwnBookingFacts, authorize},
};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use sha2::{Digest, Sha256};
use uuid::Uuid;

const CALENDAR: HeaderValue = HeaderValue::from_static("text/calendar; charset=utf-8");

/// `GET /booked/{key}/calendar.ics`
pub async fn booked_file(State(app): State<App>, Cx(cx): Cx, PathOf(key): PathOf<String>) -> Result<Response, Failure> {
    let id = read_key(&app, &cx, &key)?;
    let facts = OwnBookingFacts { tenant: cx.tenant()?.id, has_link: true, customer: None };
    let _permit = authorize::<ManageOwnBooking>(&cx.actor, &facts)?;
    let mut tx = app.read(&cx).await?;
    let row = store::find_facts(&mut tx, id).await?.ok_or(AppError::NotFound)?;
    let about = About::new(&app, &cx, id, row)?;
    let file = ics::file(Method::Publish, None, &[about.entry(&app, cx.now, Method::Publish)]);
    let name = HeaderValue::from_static("attachment; filename=\"appointment.ics\"");
    Ok(([(header::CONTENT_TYPE, CALENDAR), (header::CONTENT_DISPOSITION, name)], file).into_response())
}

/// `GET /feed/{key}`, with `.ics` at its end: programs ask for it again and again, and mostly nothing has changed.
pub async fn feed(
    State(app): State<App>,
    Cx(cx): Cx,
    PathOf(key): PathOf<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let file = feed::read(&app, &cx, key.strip_suffix(".ics").ok_or(AppError::NotFound)?).await?;
    let digest = Sha256::digest(file.as_bytes());
    let tag = format!("\"{}\"", base32::encode(base32::Alphabet::Rfc4648Lower { padding: false }, &digest[..15]));
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or("");
    let is_known = known.split(',').any(|known| known.trim().trim_start_matches("W/") == tag);
    let etag = HeaderValue::from_str(&tag).map_err(|error| Failure::Other(error.into()))?;
    let private = HeaderValue::from_static("private, no-cache");
    let shared = [(header::ETAG, etag), (header::CACHE_CONTROL, private)];
    if is_known {
        return Ok((StatusCode::NOT_MODIFIED, shared).into_response());
    }
    let name = HeaderValue::from_static("inline; filename=\"calendar.ics\"");
    Ok((shared, [(header::CONTENT_TYPE, CALENDAR), (header::CONTENT_DISPOSITION, name)], file).into_response())
}

/// `GET /feeds`
pub async fn feeds(State(app): State<App>, Cx(cx): Cx) -> Result<Response, Failure> {
    let model = feed::list(&app, &cx).await?;
    Ok(html(StatusCode::OK, pages::feeds(cx.frame, model)))
}

/// `POST /feeds/{resource}/renew`
pub async fn renew(State(app): State<App>, Cx(cx): Cx, PathOf(resource): PathOf<Uuid>) -> Result<Response, Failure> {
    let name = feed::renew(&app, &cx, ResourceId(resource)).await?;
    let text = format!("The calendar of {name} has a new address. The one before shows nothing any more.");
    Ok(see_other_with(&app.config, "/feeds", Tone::Ok, &text))
}
