//! The calendar's paths.

use super::{
    board, move_appointment as make_move,
    show::{self, Refused},
};
use crate::{
    booking::{self, web::date_of},
    error::Failure,
    http::{Cx, FormOf, PathOf, QueryOf, html, see_other},
    state::App,
};
use app::{
    error::AppError,
    schedule::{self as pages, model::Move},
};
use axum::{extract::State, response::Response};
use domain::{
    booking::Decision,
    ids::{AppointmentId, ResourceId},
    time::parse_wire,
};
use http::StatusCode;
use serde::Deserialize;
use uuid::Uuid;

/// Which day.
#[derive(Deserialize)]
pub struct DayQuery {
    date: Option<String>,
}

impl DayQuery {
    fn date(&self) -> Result<Option<jiff::civil::Date>, Failure> {
        match self.date.as_deref() {
            None | Some("") => Ok(None),
            Some(text) => date_of(text).map(Some),
        }
    }
}

/// `GET /schedule?view=&date=&resource=&snap=&zoom=`
pub async fn calendar(
    State(app): State<App>,
    Cx(cx): Cx,
    QueryOf(query): QueryOf<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let model = board::calendar(&app, &cx, board::Question::parse(&query)?).await?;
    Ok(html(StatusCode::OK, pages::calendar(cx.frame, model)))
}

/// `GET /appointments/{id}?date=`
pub async fn appointment(
    State(app): State<App>,
    Cx(cx): Cx,
    PathOf(id): PathOf<Uuid>,
    QueryOf(query): QueryOf<DayQuery>,
) -> Result<Response, Failure> {
    let model = show::appointment(&app, &cx, AppointmentId(id), query.date()?, Refused::None).await?;
    Ok(html(StatusCode::OK, pages::appointment(cx.frame, model)))
}

/// `GET /requests`
pub async fn requests(State(app): State<App>, Cx(cx): Cx) -> Result<Response, Failure> {
    let model = show::requests(&app, &cx).await?;
    Ok(html(StatusCode::OK, pages::requests(cx.frame, model)))
}

/// The form of a decision.
#[derive(Deserialize)]
pub struct DecideForm {
    version: i32,
    decision: String,
    #[serde(default)]
    reason: String,
}

/// `POST /appointments/{id}/decide`
pub async fn decide(
    State(app): State<App>,
    Cx(cx): Cx,
    PathOf(id): PathOf<Uuid>,
    FormOf(form): FormOf<DecideForm>,
) -> Result<Response, Failure> {
    let id = AppointmentId(id);
    let decision = Decision::parse(&form.decision).ok_or(Failure::BadRequest("it names no decision"))?;
    let reason: String = form.reason.chars().filter(|c| !c.is_control()).take(500).collect();
    match booking::decide::decide(&app, &cx, id, form.version, decision, &reason).await {
        Ok(()) => Ok(see_other(&format!("/appointments/{id}"))),
        Err(Failure::App(error @ AppError::Conflict(_))) => {
            let model = show::appointment(&app, &cx, id, None, Refused::Decision(error.message())).await?;
            Ok(html(StatusCode::CONFLICT, pages::appointment(cx.frame, model)))
        }
        Err(other) => Err(other),
    }
}

/// The form that moves an appointment.
#[derive(Deserialize)]
pub struct MoveForm {
    version: i32,
    start: String,
    resource: String,
}

/// `POST /appointments/{id}/move`
pub async fn move_appointment(
    State(app): State<App>,
    Cx(cx): Cx,
    PathOf(id): PathOf<Uuid>,
    FormOf(form): FormOf<MoveForm>,
) -> Result<Response, Failure> {
    let id = AppointmentId(id);
    let start =
        parse_wire(&form.start).ok_or(Failure::BadRequest("its time is not one like 2026-12-03T14:30:00+01:00"))?;
    let resource: ResourceId = form.resource.parse().map_err(|_| Failure::BadRequest("it names no resource"))?;
    let date = start.to_zoned(cx.tenant()?.zone.clone()).date();
    match make_move(&app, &cx, &Move { id, version: form.version, resource, start, minutes: None, notify: true }).await
    {
        Ok(_) => Ok(see_other(&format!("/schedule?date={date}"))),
        Err(Failure::App(error @ AppError::Conflict(_))) => {
            let model = show::appointment(&app, &cx, id, Some(date), Refused::Move(error.message())).await?;
            Ok(html(StatusCode::CONFLICT, pages::appointment(cx.frame, model)))
        }
        Err(other) => Err(other),
    }
}
