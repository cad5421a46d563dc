use super::{super::time_off as room, dates, store, zone_of};
use crate::{
    error::Failure,
    http::{Cx, FormOf, PathOf, flash::see_other_with, html, see_other},
    setup::{Outcome, Typed, errors},
    state::App,
};
use app::{
    error::AppError,
    frame::Tone,
    request::RequestContext,
    resources::{
        self as pages,
        model::{OwnCalendars, TimeOffPage, TimeOffRow},
    },
    setup::model::Sent,
};
use axum::{extract::State, response::Response};
use domain::{
    hours::week_words,
    policy::{EditResources, ViewCalendar, authorize},
    resource::TimeOffForm,
};
use http::StatusCode;
use uuid::Uuid;

/// `GET /time-off`: on to the own calendar.
pub async fn own(State(app): State<App>, Cx(cx): Cx) -> Result<Response, Failure> {
    let _permit = authorize::<ViewCalendar>(&cx.actor, &cx.tenant()?.id)?;
    let me = cx.actor.person().ok_or(AppError::SignedOut)?.user;
    let rows = store::list(&mut app.read(&cx).await?, false, Some(me.0)).await?;
    if let [only] = &rows[..] {
        return Ok(see_other(&format!("/resources/{}/time-off", only.id)));
    }
    let rows = rows.into_iter().map(|row| (row.id, row.name, week_words(&row.hours))).collect();
    Ok(html(StatusCode::OK, pages::own(cx.frame, OwnCalendars { rows })))
}

/// `GET /resources/{id}/time-off`
pub async fn time_off(State(app): State<App>, Cx(cx): Cx, PathOf(id): PathOf<Uuid>) -> Result<Response, Failure> {
    page(&app, cx, id, TimeOffForm::default(), Sent::default(), StatusCode::OK).await
}

async fn page(
    app: &App,
    cx: RequestContext,
    id: Uuid,
    form: TimeOffForm,
    sent: Sent,
    status: StatusCode,
) -> Result<Response, Failure> {
    let mut tx = app.read(&cx).await?;
    let (stored, _permit) = room::of(&mut tx, &cx, id).await?;
    let zone = zone_of(&cx, &stored.facts)?;
    let rows = store::list_time_off(&mut tx, id, cx.now).await?;
    let dates = dates(&mut tx, &cx, id, &zone).await?;
    drop(tx);
    let row = |row: store::OffRow| TimeOffRow {
        id: row.id,
        label: room::span_label(row.starts_at.to_jiff(), row.ends_at.to_jiff(), &zone),
        reason: row.reason,
    };
    let [from_choices, to_choices] = form.choices(&zone);
    let model = TimeOffPage {
        id,
        name: stored.facts.name,
        hours: week_words(&stored.hours),
        dates,
        may_edit_hours: authorize::<EditResources>(&cx.actor, &cx.tenant()?.id).is_ok(),
        rows: rows.into_iter().map(row).collect(),
        zone: zone.iana_name().unwrap_or("UTC").to_owned(),
        form,
        from_choices,
        to_choices,
        sent,
    };
    Ok(html(status, pages::time_off(cx.frame, model)))
}

/// `POST /resources/{id}/time-off`
pub async fn add_time_off(
    State(app): State<App>,
    Cx(cx): Cx,
    PathOf(id): PathOf<Uuid>,
    FormOf(pairs): FormOf<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let typed = Typed(pairs);
    let (stored, _permit) = room::of(&mut app.read(&cx).await?, &cx, id).await?;
    let form = TimeOffForm {
        from_date: typed.get("from_date"),
        from_time: typed.get("from_time"),
        from_choice: typed.get("from_choice"),
        to_date: typed.get("to_date"),
        to_time: typed.get("to_time"),
        to_choice: typed.get("to_choice"),
        reason: typed.get("reason"),
    };
    let off = match form.check(&zone_of(&cx, &stored.facts)?, cx.now) {
        Ok(off) => off,
        Err(mistakes) => {
            let sent = Sent { errors: errors(mistakes), ..Sent::default() };
            return page(&app, cx, id, form, sent, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    let outcome = room::add(&app, &cx, id, &off, typed.act()).await?;
    answer(&app, cx, id, form, outcome, "The time off is put in.").await
}

/// `POST /time-off/{id}/delete`
pub async fn remove_time_off(
    State(app): State<App>,
    Cx(cx): Cx,
    PathOf(id): PathOf<Uuid>,
    FormOf(pairs): FormOf<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let (resource, outcome) = room::remove(&app, &cx, id, Typed(pairs).act()).await?;
    answer(&app, cx, resource, TimeOffForm::default(), outcome, "The time off is removed.").await
}

async fn answer(
    app: &App,
    cx: RequestContext,
    id: Uuid,
    form: TimeOffForm,
    outcome: Outcome<Uuid>,
    done: &str,
) -> Result<Response, Failure> {
    match outcome {
        Outcome::Effect(effect) => {
            let sent = Sent { effect: Some(effect), ..Sent::default() };
            page(app, cx, id, form, sent, StatusCode::OK).await
        }
        _ => Ok(see_other_with(&app.config, &format!("/resources/{id}/time-off"), Tone::Ok, done)),
    }
}
