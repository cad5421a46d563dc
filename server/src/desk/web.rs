//! The paths of the team's bookings: each a page, and for a sheet over the calendar the same without its frame.

use super::{
    How, Outcome, book,
    show::{self, Question, Shown},
};
use crate::{
    booking::web::{staff_of, start_of},
    error::Failure,
    http::{Cx, FormOf, QueryOf, flash::see_other_with, html},
    setup::{Typed, errors},
    state::App,
};
use app::{desk as pages, desk::model::NewPage, frame::Tone, request::RequestContext};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use domain::{
    booking::AppointmentStatus,
    desk::DeskForm,
    ids::{AppointmentId, ServiceId},
    policy::{ViewCalendar, authorize},
    time::{clock_label, wire},
};
use http::{HeaderMap, HeaderValue, StatusCode};
use jiff::Timestamp;
use uuid::Uuid;

/// By this the browser asks for a form without its frame.
const FRAGMENT: &str = "x-fragment";

fn is_fragment(headers: &HeaderMap) -> bool {
    headers.contains_key(FRAGMENT)
}

/// `GET /appointments/new?start=&service=&resource=&minutes=&customer=&q=`
pub async fn new(
    State(app): State<App>,
    Cx(cx): Cx,
    headers: HeaderMap,
    QueryOf(pairs): QueryOf<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let typed = Typed(pairs);
    let mut form = DeskForm { notify: true, ..form_of(&typed) };
    if typed.has("start") {
        set_start(&mut form, start_of(&typed.get("start"))?, &cx)?;
    }
    let search = typed.has("q").then(|| typed.get("q"));
    page(&app, cx, &headers, form, Shown { search, ..Shown::default() }, StatusCode::OK).await
}

/// `POST /appointments`
pub async fn create(
    State(app): State<App>,
    Cx(cx): Cx,
    headers: HeaderMap,
    FormOf(pairs): FormOf<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let _permit = authorize::<ViewCalendar>(&cx.actor, &cx.tenant()?.id)?;
    let typed = Typed(pairs);
    let token = typed.get("token").parse::<Uuid>().map_err(|_| Failure::BadRequest("its form is not one of ours"))?;
    let mut form = form_of(&typed);
    let shown = Shown { token: Some(token), ..Shown::default() };
    if typed.has("instead") {
        set_start(&mut form, start_of(&typed.get("instead"))?, &cx)?;
    }
    if typed.get("act") == "find" {
        let shown = Shown { search: Some(typed.get("q")), ..shown };
        return page(&app, cx, &headers, form, shown, StatusCode::OK).await;
    }
    let booking = match form.check(&cx.tenant()?.zone) {
        Ok(booking) => booking,
        Err(mistakes) => {
            let shown = Shown { errors: errors(mistakes), ..shown };
            return page(&app, cx, &headers, form, shown, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    let how = How { token, notify: form.notify, anyway: form.anyway };
    match book(&app, &cx, &booking, how).await? {
        Outcome::Booked(id) => {
            if is_fragment(&headers) {
                let id = HeaderValue::from_str(&id.to_string()).map_err(anyhow::Error::from)?;
                return Ok((StatusCode::CREATED, [("x-appointment", id)]).into_response());
            }
            let at = booking.start.to_zoned(cx.tenant()?.zone.clone());
            let done = format!("{} at {}.", AppointmentStatus::Confirmed.label(), clock_label(&at));
            Ok(see_other_with(&app.config, &format!("/schedule?date={}", at.date()), Tone::Ok, &done))
        }
        Outcome::Refused(refused) => {
            let shown = Shown { refused: Some(refused), ..shown };
            page(&app, cx, &headers, form, shown, StatusCode::CONFLICT).await
        }
    }
}

/// `GET /schedule/why?start=&service=&resource=&minutes=&appointment=`
pub async fn why(
    State(app): State<App>,
    Cx(cx): Cx,
    headers: HeaderMap,
    QueryOf(pairs): QueryOf<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let _permit = authorize::<ViewCalendar>(&cx.actor, &cx.tenant()?.id)?;
    let typed = Typed(pairs);
    let id = |name: &str| -> Result<Option<Uuid>, Failure> {
        match typed.get(name).as_str() {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| Failure::BadRequest("it names nothing that is here")),
        }
    };
    let asked = Question {
        start: start_of(&typed.get("start"))?,
        service: id("service")?.map(ServiceId).ok_or(Failure::BadRequest("it names no service"))?,
        resource: staff_of(Some(&typed.get("resource")))?,
        minutes: typed.get("minutes").parse().ok().filter(|minutes| (5..=1440).contains(minutes)),
        appointment: id("appointment")?.map(AppointmentId),
    };
    let model = show::why(&app, &cx, &asked).await?;
    let drawn = if is_fragment(&headers) { pages::why_fragment(cx.frame, model) } else { pages::why(cx.frame, model) };
    Ok(html(StatusCode::OK, drawn))
}

fn form_of(typed: &Typed) -> DeskForm {
    DeskForm {
        service: typed.get("service"),
        date: typed.get("date"),
        time: typed.get("time"),
        choice: typed.get("choice"),
        resource: typed.get("resource"),
        minutes: typed.get("minutes"),
        customer: typed.get("customer"),
        name: typed.get("name"),
        email: typed.get("email"),
        phone: typed.get("phone"),
        notes: typed.get("notes"),
        notify: typed.has("notify"),
        anyway: typed.has("anyway"),
    }
}

/// Puts an instant into the fields of the form; where its hour comes twice, which one it is stays said.
fn set_start(form: &mut DeskForm, start: Timestamp, cx: &RequestContext) -> Result<(), Failure> {
    let at = start.to_zoned(cx.tenant()?.zone.clone());
    form.date = at.date().to_string();
    form.time = clock_label(&at);
    form.choice = wire(&at);
    Ok(())
}

async fn page(
    app: &App,
    cx: RequestContext,
    headers: &HeaderMap,
    form: DeskForm,
    shown: Shown,
    status: StatusCode,
) -> Result<Response, Failure> {
    let model: NewPage = show::new(app, &cx, form, shown).await?;
    let drawn = if is_fragment(headers) { pages::new_fragment(cx.frame, model) } else { pages::new(cx.frame, model) };
    Ok(html(status, drawn))
}
