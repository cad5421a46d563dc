//! The paths of resources.

mod hours;
mod off;

pub use hours::{add_other, hours, remove_other};
pub use off::{add_time_off, own, remove_time_off, time_off};

use super::{meanwhile, permit, save, set_archived, store, team, zone_of};
use crate::{
    error::Failure,
    http::{Cx, FormOf, PathOf, QueryOf, flash::see_other_with, html},
    platform::web::zones,
    setup::{Act, Outcome, Typed, errors},
    state::App,
};
use app::{
    error::AppError,
    frame::Tone,
    request::RequestContext,
    resources::{
        self as pages,
        model::{DateRow, ResourcePage, ResourceRow, Resources},
    },
    setup::model::Sent,
    ui::form::FormError,
};
use axum::{extract::State, response::Response};
use domain::{
    hours::{OverrideForm, SpanForm, WeekForm, day_words, week_words},
    ids::UserId,
    resource::{ResourceForm, ResourceKind},
    time::day_label,
};
use http::StatusCode;
use jiff::{civil::Date, tz::TimeZone};
use serde::Deserialize;
use uuid::Uuid;

/// Which resources are listed.
#[derive(Deserialize)]
pub struct ListQuery {
    #[serde(default)]
    archived: Option<String>,
}

/// `GET /resources`
pub async fn list(State(app): State<App>, Cx(cx): Cx, QueryOf(query): QueryOf<ListQuery>) -> Result<Response, Failure> {
    let _permit = permit(&cx)?;
    let is_archive = query.archived.as_deref() == Some("1");
    let team = team(&app, &cx).await?;
    let mut tx = app.read(&cx).await?;
    let rows = store::list(&mut tx, is_archive, None).await?;
    let archived = usize::try_from(store::count_archived(&mut tx).await?).unwrap_or(0);
    let rows = rows.into_iter().map(|row| ResourceRow {
        id: row.id,
        name: row.name,
        kind: ResourceKind::parse(&row.kind).unwrap_or(ResourceKind::Equipment),
        quantity: u32::try_from(row.quantity).unwrap_or(1),
        zone: row.timezone,
        hours: week_words(&row.hours),
        login: row.user_id.and_then(|id| team.iter().find(|(UserId(other), _)| *other == id)).map(|(_, n)| n.clone()),
    });
    let model = Resources { rows: rows.collect(), is_archive, archived };
    Ok(html(StatusCode::OK, pages::list(cx.frame, model)))
}

/// `GET /resources/new`
pub async fn new_page(State(app): State<App>, Cx(cx): Cx) -> Result<Response, Failure> {
    let _permit = permit(&cx)?;
    new_again(&app, cx, ResourceForm::default(), Sent::default(), StatusCode::OK).await
}

async fn new_again(
    app: &App,
    cx: RequestContext,
    form: ResourceForm,
    sent: Sent,
    status: StatusCode,
) -> Result<Response, Failure> {
    let zone = cx.tenant()?.zone.iana_name().unwrap_or("UTC").to_owned();
    let model =
        ResourcePage { form, sent, zone, zones: zones(), team: team(app, &cx).await?, ..ResourcePage::default() };
    Ok(html(status, pages::resource(cx.frame, model)))
}

/// What was typed into one of the page's forms, and the version that it was made of.
#[derive(Default)]
struct Again {
    version: Option<i32>,
    facts: Option<ResourceForm>,
    week: Option<WeekForm>,
    other: Option<OverrideForm>,
}

/// `GET /resources/{id}`
pub async fn one(State(app): State<App>, Cx(cx): Cx, PathOf(id): PathOf<Uuid>) -> Result<Response, Failure> {
    let _permit = permit(&cx)?;
    page(&app, cx, id, Again::default(), Sent::default(), StatusCode::OK).await
}

async fn page(
    app: &App,
    cx: RequestContext,
    id: Uuid,
    again: Again,
    sent: Sent,
    status: StatusCode,
) -> Result<Response, Failure> {
    let team = team(app, &cx).await?;
    let mut tx = app.read(&cx).await?;
    let stored = store::find(&mut tx, id).await?.ok_or(AppError::NotFound)?;
    let zone = zone_of(&cx, &stored.facts)?;
    let dates = dates(&mut tx, &cx, id, &zone).await?;
    let coming = store::count_coming(&mut tx, id, cx.now).await?;
    drop(tx);
    let mut week = again.week.unwrap_or_else(|| WeekForm::of(&stored.hours));
    // A day with nothing in it has a row to type into.
    for day in &mut week.days {
        if day.is_empty() {
            day.push(SpanForm::default());
        }
    }
    let mut other = again.other.unwrap_or_default();
    if other.spans.is_empty() {
        other.spans.push(SpanForm::default());
    }
    let model = ResourcePage {
        id: Some(id),
        name: stored.facts.name.clone(),
        version: again.version.unwrap_or(stored.version),
        form: again.facts.unwrap_or_else(|| stored.facts.form()),
        zones: zones(),
        zone: zone.iana_name().unwrap_or("UTC").to_owned(),
        team,
        week,
        hours: week_words(&stored.hours),
        dates,
        other,
        is_archived: stored.is_archived,
        coming,
        sent,
    };
    Ok(html(status, pages::resource(cx.frame, model)))
}

/// The dates to come that have other hours, in words.
async fn dates(
    tx: &mut impl crate::tenancy::TenantConn,
    cx: &RequestContext,
    id: Uuid,
    zone: &TimeZone,
) -> Result<Vec<DateRow>, Failure> {
    let rows = store::list_dates(tx, id, today(cx, zone)).await?;
    let row = |(date, spans): store::DateHours| DateRow { date, label: day_label(date), hours: day_words(&spans) };
    Ok(rows.into_iter().map(row).collect())
}

fn today(cx: &RequestContext, zone: &TimeZone) -> Date {
    cx.now.to_zoned(zone.clone()).date()
}

fn facts_of(typed: &Typed) -> ResourceForm {
    ResourceForm {
        name: typed.get("name"),
        kind: typed.get("kind"),
        quantity: typed.get("quantity"),
        zone: typed.get("zone"),
        login: typed.get("login"),
    }
}

/// `POST /resources`
pub async fn add(
    State(app): State<App>,
    Cx(cx): Cx,
    FormOf(pairs): FormOf<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let _permit = permit(&cx)?;
    let form = facts_of(&Typed(pairs));
    let logins: Vec<UserId> = team(&app, &cx).await?.into_iter().map(|(id, _)| id).collect();
    let new = match form.check(|zone| TimeZone::get(zone).is_ok(), &logins) {
        Ok(new) => new,
        Err(mistakes) => {
            let sent = Sent { form: "facts", errors: errors(mistakes), ..Sent::default() };
            return new_again(&app, cx, form, sent, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    match save(&app, &cx, None, 0, &new, Act::Save).await? {
        Outcome::Saved(id) => {
            let text = format!("{} is added. Set the hours next: without them nothing can be booked.", new.name);
            Ok(see_other_with(&app.config, &format!("/resources/{id}#hours"), Tone::Ok, &text))
        }
        _ => Err(anyhow::anyhow!("a new resource met another version of itself").into()),
    }
}

/// `POST /resources/{id}`
pub async fn change(
    State(app): State<App>,
    Cx(cx): Cx,
    PathOf(id): PathOf<Uuid>,
    FormOf(pairs): FormOf<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let _permit = permit(&cx)?;
    let typed = Typed(pairs);
    let (form, version) = (facts_of(&typed), typed.version());
    let mut logins: Vec<UserId> = team(&app, &cx).await?.into_iter().map(|(id, _)| id).collect();
    let stored = store::find(&mut app.read(&cx).await?, id).await?.ok_or(AppError::NotFound)?;
    // A login that was switched off meanwhile may stay where it is.
    logins.extend(stored.facts.login);
    let again = |version| Again { version: Some(version), facts: Some(form.clone()), ..Again::default() };
    let new = match form.check(|zone| TimeZone::get(zone).is_ok(), &logins) {
        Ok(new) => new,
        Err(mistakes) => {
            let sent = Sent { form: "facts", errors: errors(mistakes), ..Sent::default() };
            return page(&app, cx, id, again(version), sent, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    match save(&app, &cx, Some(id), version, &new, typed.act()).await? {
        Outcome::Stale => {
            let (version, found) = meanwhile(&app, &cx, id, &new).await?;
            let sent = Sent { form: "facts", meanwhile: Some(found), ..Sent::default() };
            page(&app, cx, id, again(version), sent, StatusCode::CONFLICT).await
        }
        outcome => answer(&app, cx, id, "facts", again(version), outcome, "The details are saved.").await,
    }
}

/// What became of one of the page's forms: saved and on, or the page again with what was typed.
async fn answer(
    app: &App,
    cx: RequestContext,
    id: Uuid,
    form: &'static str,
    again: Again,
    outcome: Outcome<Uuid>,
    done: &str,
) -> Result<Response, Failure> {
    let (sent, status) = match outcome {
        Outcome::Saved(_) => {
            return Ok(see_other_with(&app.config, &format!("/resources/{id}"), Tone::Ok, done));
        }
        Outcome::Effect(effect) => (Sent { form, effect: Some(effect), ..Sent::default() }, StatusCode::OK),
        Outcome::Wrong(field, message) => {
            let errors = vec![FormError::new(field, message)];
            (Sent { form, errors, ..Sent::default() }, StatusCode::UNPROCESSABLE_ENTITY)
        }
        Outcome::Stale => (Sent { form, meanwhile: Some(Vec::new()), ..Sent::default() }, StatusCode::CONFLICT),
    };
    page(app, cx, id, again, sent, status).await
}

/// `POST /resources/{id}/archive`
pub async fn archive(State(app): State<App>, Cx(cx): Cx, PathOf(id): PathOf<Uuid>) -> Result<Response, Failure> {
    let name = set_archived(&app, &cx, id, true).await?;
    let text = name.map_or_else(|| "It was archived already.".into(), |name| format!("{name} is archived."));
    Ok(see_other_with(&app.config, "/resources", Tone::Ok, &text))
}

/// `POST /resources/{id}/restore`
pub async fn restore(State(app): State<App>, Cx(cx): Cx, PathOf(id): PathOf<Uuid>) -> Result<Response, Failure> {
    let name = set_archived(&app, &cx, id, false).await?;
    let text = name.map_or_else(|| "It was in use already.".into(), |name| format!("{name} is in use again."));
    Ok(see_other_with(&app.config, &format!("/resources/{id}"), Tone::Ok, &text))
}
