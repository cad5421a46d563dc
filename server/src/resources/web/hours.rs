use super::{
    super::{add_date, meanwhile_hours, permit, remove_date, save_hours, store, zone_of},
    Again, answer, page, today,
};
use crate::{
    booking::web::date_of,
    error::Failure,
    http::{Cx, FormOf, PathOf},
    setup::{Act, Outcome, Typed, errors},
    state::App,
};
use app::{error::AppError, setup::model::Sent};
use axum::{extract::State, response::Response};
use domain::{
    hours::{OverrideForm, SpanForm, WeekForm, day_words, prefix},
    time::day_label,
};
use http::StatusCode;
use uuid::Uuid;

/// `POST /resources/{id}/hours`
pub async fn hours(
    State(app): State<App>,
    Cx(cx): Cx,
    PathOf(id): PathOf<Uuid>,
    FormOf(pairs): FormOf<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let _permit = permit(&cx)?;
    let typed = Typed(pairs);
    let version = typed.version();
    let mut week = WeekForm { days: std::array::from_fn(|day| typed.spans(&prefix(day))) };
    let form_act = match typed.act() {
        Act::Form(what) => Some(what.to_owned()),
        _ => None,
    };
    if let Some(what) = form_act {
        let day = what.strip_prefix("more-").and_then(|day| day.parse::<usize>().ok());
        match day.and_then(|day| week.days.get_mut(day.checked_sub(1)?)) {
            Some(day) => day.push(SpanForm::default()),
            None => week.copy_monday(),
        }
        let again = Again { version: Some(version), week: Some(week), ..Again::default() };
        return page(&app, cx, id, again, Sent { form: "hours", ..Sent::default() }, StatusCode::OK).await;
    }
    let again = |version| Again { version: Some(version), week: Some(week.clone()), ..Again::default() };
    let spans = match week.check() {
        Ok(spans) => spans,
        Err(mistakes) => {
            let sent = Sent { form: "hours", errors: errors(mistakes), ..Sent::default() };
            return page(&app, cx, id, again(version), sent, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    match save_hours(&app, &cx, id, version, &spans, typed.act()).await? {
        Outcome::Stale => {
            let (version, found) = meanwhile_hours(&app, &cx, id, &spans).await?;
            let sent = Sent { form: "hours", meanwhile: Some(found), ..Sent::default() };
            page(&app, cx, id, again(version), sent, StatusCode::CONFLICT).await
        }
        outcome => answer(&app, cx, id, "hours", again(version), outcome, "The hours are saved.").await,
    }
}

/// `POST /resources/{id}/dates`
pub async fn add_other(
    State(app): State<App>,
    Cx(cx): Cx,
    PathOf(id): PathOf<Uuid>,
    FormOf(pairs): FormOf<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let _permit = permit(&cx)?;
    let typed = Typed(pairs);
    let mut form =
        OverrideForm { date: typed.get("date"), is_closed: typed.has("is_closed"), spans: typed.spans("other-") };
    if let Act::Form(_) = typed.act() {
        form.spans.push(SpanForm::default());
        let again = Again { other: Some(form), ..Again::default() };
        return page(&app, cx, id, again, Sent { form: "dates", ..Sent::default() }, StatusCode::OK).await;
    }
    let stored = store::find(&mut app.read(&cx).await?, id).await?.ok_or(AppError::NotFound)?;
    let today = today(&cx, &zone_of(&cx, &stored.facts)?);
    let again = Again { other: Some(form.clone()), ..Again::default() };
    let new = match form.check(today) {
        Ok(new) => new,
        Err(mistakes) => {
            let sent = Sent { form: "dates", errors: errors(mistakes), ..Sent::default() };
            return page(&app, cx, id, again, sent, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    let outcome = add_date(&app, &cx, id, &new, typed.act()).await?;
    let done = format!("{} has other hours: {}.", day_label(new.0), day_words(&new.1));
    answer(&app, cx, id, "dates", again, outcome, &done).await
}

/// `POST /resources/{id}/dates/{date}/delete`
pub async fn remove_other(
    State(app): State<App>,
    Cx(cx): Cx,
    PathOf((id, date)): PathOf<(Uuid, String)>,
    FormOf(pairs): FormOf<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let _permit = permit(&cx)?;
    let date = date_of(&date)?;
    let outcome = remove_date(&app, &cx, id, date, Typed(pairs).act()).await?;
    let done = format!("{} has its weekly hours again.", day_label(date));
    answer(&app, cx, id, "dates", Again::default(), outcome, &done).await
}
