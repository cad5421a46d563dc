//! The paths of a booking. Each step is a page of its own; nothing needs a script.

use super::{Outcome, Request, book as make, link_key, show};
use crate::{
    error::Failure,
    http::{Cx, FormOf, PathOf, QueryOf, html, see_other},
    state::App,
};
use app::{booking as pages, request::RequestContext};
use axum::{extract::State, response::Response};
use domain::{
    booking::DetailsForm,
    ids::{ResourceId, ServiceId},
    time::parse_wire,
};
use http::StatusCode;
use jiff::{Timestamp, civil::Date};
use serde::Deserialize;
use uuid::Uuid;

/// What is looked for on the landing page.
#[derive(Deserialize)]
pub struct SearchQuery {
    #[serde(default)]
    q: String,
}

/// `GET /?q=`
pub async fn services(
    State(app): State<App>,
    Cx(cx): Cx,
    QueryOf(query): QueryOf<SearchQuery>,
) -> Result<Response, Failure> {
    let search: String = query.q.trim().chars().take(80).collect();
    let model = show::services(&app, &cx, &search).await?;
    Ok(html(StatusCode::OK, pages::services(cx.frame, model)))
}

/// What the choice of day and time says in the address.
#[derive(Deserialize)]
pub struct PickQuery {
    staff: Option<String>,
    date: Option<String>,
}

/// `GET /book/{service}?staff=&date=`
pub async fn pick_time(
    State(app): State<App>,
    Cx(cx): Cx,
    PathOf(service): PathOf<Uuid>,
    QueryOf(query): QueryOf<PickQuery>,
) -> Result<Response, Failure> {
    let date = match query.date.as_deref() {
        None | Some("") => None,
        Some(text) => Some(date_of(text)?),
    };
    let model = show::pick_time(&app, &cx, ServiceId(service), staff_of(query.staff.as_deref())?, date).await?;
    Ok(html(StatusCode::OK, pages::pick_time(cx.frame, model)))
}

/// The form of the times: each start is a button of it.
#[derive(Deserialize)]
pub struct KeepForm {
    start: String,
    #[serde(default)]
    staff: String,
}

/// `POST /book/{service}/keep`: keeps a time for the form that follows.
pub async fn keep(
    State(app): State<App>,
    Cx(cx): Cx,
    PathOf(service): PathOf<Uuid>,
    FormOf(form): FormOf<KeepForm>,
) -> Result<Response, Failure> {
    let service = ServiceId(service);
    let (start, staff) = (start_of(&form.start)?, staff_of(Some(&form.staff))?);
    let token = Uuid::new_v4();
    match super::hold(&app, &cx, service, staff, start, token).await? {
        super::HoldOutcome::Kept(_) => {
            let start = domain::time::wire(&start.to_zoned(cx.tenant()?.zone.clone()));
            Ok(see_other(&pages::links::details(service, staff, &start, token)))
        }
        super::HoldOutcome::Gone => {
            let asked = (service, staff, start, token);
            let model = show::details_again(&app, &cx, asked, DetailsForm::default(), Vec::new(), true).await?;
            Ok(html(StatusCode::CONFLICT, pages::details(cx.frame, model)))
        }
    }
}

/// What the details say in the address.
#[derive(Deserialize)]
pub struct DetailsQuery {
    start: String,
    staff: Option<String>,
    token: Option<Uuid>,
}

/// `GET /book/{service}/details?start=&staff=&token=`
pub async fn details(
    State(app): State<App>,
    Cx(cx): Cx,
    PathOf(service): PathOf<Uuid>,
    QueryOf(query): QueryOf<DetailsQuery>,
) -> Result<Response, Failure> {
    let (start, staff) = (start_of(&query.start)?, staff_of(query.staff.as_deref())?);
    // Whoever comes back to a form that has made its booking is shown the booking.
    if let Some(token) = query.token
        && let Some(id) = show::booked_by(&app, &cx, token).await?
    {
        return Ok(see_other(&format!("/booked/{}", link_key(&app, tenant_of(&cx)?, id))));
    }
    let token = query.token.unwrap_or_else(Uuid::new_v4);
    let model = show::details(&app, &cx, ServiceId(service), staff, start, token).await?;
    let status = if model.taken.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    Ok(html(status, pages::details(cx.frame, model)))
}

/// The form of the details.
#[derive(Deserialize)]
pub struct BookForm {
    start: String,
    #[serde(default)]
    staff: String,
    token: String,
    #[serde(flatten)]
    details: DetailsForm,
}

/// `POST /book/{service}`
pub async fn book(
    State(app): State<App>,
    Cx(cx): Cx,
    PathOf(service): PathOf<Uuid>,
    FormOf(form): FormOf<BookForm>,
) -> Result<Response, Failure> {
    let service = ServiceId(service);
    let (start, staff) = (start_of(&form.start)?, staff_of(Some(&form.staff))?);
    let token = form.token.parse::<Uuid>().map_err(|_| Failure::BadRequest("its form is not one of ours"))?;
    let typed = form.details;
    let asked = (service, staff, start, token);
    let contact = match typed.check() {
        Ok(contact) => contact,
        Err(errors) => {
            let model = show::details_again(&app, &cx, asked, typed, errors, false).await?;
            return Ok(html(StatusCode::UNPROCESSABLE_ENTITY, pages::details(cx.frame, model)));
        }
    };
    match make(&app, &cx, &Request { service, start, staff, token, contact }).await? {
        Outcome::Booked(id) => Ok(see_other(&format!("/booked/{}", link_key(&app, tenant_of(&cx)?, id)))),
        Outcome::Gone => {
            let model = show::details_again(&app, &cx, asked, typed, Vec::new(), true).await?;
            Ok(html(StatusCode::CONFLICT, pages::details(cx.frame, model)))
        }
    }
}

fn tenant_of(cx: &RequestContext) -> Result<domain::ids::TenantId, Failure> {
    Ok(cx.tenant()?.id)
}

/// Somebody who is asked for by name; empty for anyone.
pub(crate) fn staff_of(text: Option<&str>) -> Result<Option<ResourceId>, Failure> {
    match text.unwrap_or("") {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| Failure::BadRequest("it names no one who works here")),
    }
}

/// A date in reach of all calendars; years beyond are nobody's booking.
pub(crate) fn date_of(text: &str) -> Result<Date, Failure> {
    let date: Option<Date> = text.parse().ok();
    date.filter(|d| (1970..=9000).contains(&d.year())).ok_or(Failure::BadRequest("its date is not one like 2026-12-03"))
}

/// A start as the wire carries it.
pub(crate) fn start_of(text: &str) -> Result<Timestamp, Failure> {
    // In a query a plus that was not encoded arrives as a space.
    let instant = parse_wire(&text.replace(' ', "+"));
    let is_in_reach = |t: &Timestamp| (0..=221_845_392_000).contains(&t.as_second());
    instant.filter(is_in_reach).ok_or(Failure::BadRequest("its time is not one like 2026-12-03T14:30:00+01:00"))
}
