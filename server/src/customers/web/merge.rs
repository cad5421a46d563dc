//! What cannot be undone: making one of two customers, and deleting what names one.

use super::super::{
    Seen, anonymise as room,
    merge::{Merged, Pair, merge as merge_two},
    show, similar, store, visible,
};
use crate::{
    error::Failure,
    http::{Cx, FormOf, PathOf, QueryOf, flash::see_other_with, html, show::wanted},
    state::App,
};
use app::{
    customers::{
        self as pages,
        model::{AnonymisePage, MergePage, MergeStep, Similar},
    },
    error::AppError,
    frame::Tone,
    request::RequestContext,
    ui::form::FormError,
};
use axum::{extract::State, response::Response};
use domain::{
    booking::AppointmentStatus,
    customer::Wanted,
    policy::{AnonymiseCustomer, MergeCustomers, authorize},
};
use http::StatusCode;
use serde::Deserialize;
use uuid::Uuid;

/// With whom, or whom to look for.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct MergeQuery {
    #[serde(default)]
    with: String,
    #[serde(default)]
    q: String,
}

/// `GET /customers/{id}/merge?with=&q=`
pub async fn merge_page(
    State(app): State<App>,
    Cx(cx): Cx,
    PathOf(id): PathOf<Uuid>,
    QueryOf(query): QueryOf<MergeQuery>,
) -> Result<Response, Failure> {
    let with = match query.with.as_str() {
        "" => None,
        text => Some(text.parse().map_err(|_| AppError::NotFound)?),
    };
    both(&app, cx, id, with, &query.q, false).await
}

async fn both(
    app: &App,
    cx: RequestContext,
    id: Uuid,
    with: Option<Uuid>,
    q: &str,
    is_stale: bool,
) -> Result<Response, Failure> {
    let mut tx = app.read(&cx).await?;
    let Seen { row: keep, .. } = visible(&mut tx, &cx, id).await?;
    let _permit = authorize::<MergeCustomers>(&cx.actor, &cx.tenant()?.id)?;
    let step = match with {
        Some(with) => {
            let other = visible(&mut tx, &cx, with).await?.row;
            let side = show::side(&other, room::count(&mut tx, &cx, with).await?);
            MergeStep::Confirm(Box::new(side), show::may_merge(&keep, &other))
        }
        None => {
            let found = match wanted(q) {
                Some(q) => {
                    let wanted = Wanted::parse(&q);
                    let search = store::Search { calendar: None, wanted: &wanted, after: None, most: 20, now: cx.now };
                    let rows = store::list(&mut tx, &search).await?;
                    rows.into_iter()
                        .filter(|row| row.id != id)
                        .map(|row| Similar {
                            id: row.id,
                            contact: show::contact(&row.email, row.phone.as_deref()),
                            name: row.name,
                            why: "Found",
                        })
                        .collect()
                }
                None => similar(&mut tx, Some(id), &keep.details()).await?.iter().map(show::similar).collect(),
            };
            MergeStep::Choose(q.to_owned(), found)
        }
    };
    let side = show::side(&keep, room::count(&mut tx, &cx, id).await?);
    drop(tx);
    let is_refused = matches!(step, MergeStep::Confirm(_, Err(_)));
    let status = if is_stale || is_refused { StatusCode::CONFLICT } else { StatusCode::OK };
    Ok(html(status, pages::merge(cx.frame, MergePage { keep: side, step, is_stale })))
}

/// Two customers, as they were looked at.
#[derive(Deserialize)]
pub struct MergeForm {
    #[serde(default)]
    with: String,
    #[serde(default)]
    version: String,
    #[serde(default)]
    with_version: String,
}

/// `POST /customers/{id}/merge`
pub async fn merge(
    State(app): State<App>,
    Cx(cx): Cx,
    PathOf(id): PathOf<Uuid>,
    FormOf(form): FormOf<MergeForm>,
) -> Result<Response, Failure> {
    visible(&mut app.read(&cx).await?, &cx, id).await?;
    let _permit = authorize::<MergeCustomers>(&cx.actor, &cx.tenant()?.id)?;
    let with: Uuid = form.with.parse().map_err(|_| Failure::BadRequest("it names no other customer"))?;
    let version = |text: &str| text.parse().unwrap_or(-1);
    let pair = Pair { keep: (id, version(&form.version)), other: (with, version(&form.with_version)) };
    match merge_two(&app, &cx, &pair).await? {
        Merged::Done(moved) => {
            let words = match moved {
                0 => "The two are one customer now.".to_owned(),
                1 => "The two are one customer now; 1 appointment moved over.".to_owned(),
                n => format!("The two are one customer now; {n} appointments moved over."),
            };
            Ok(see_other_with(&app.config, &format!("/customers/{id}"), Tone::Ok, &words))
        }
        Merged::Stale => both(&app, cx, id, Some(with), "", true).await,
        Merged::Refused => both(&app, cx, id, Some(with), "", false).await,
    }
}

/// `GET /customers/{id}/anonymise`
pub async fn anonymise_page(State(app): State<App>, Cx(cx): Cx, PathOf(id): PathOf<Uuid>) -> Result<Response, Failure> {
    ask(&app, cx, id, String::new(), Vec::new(), StatusCode::OK).await
}

async fn ask(
    app: &App,
    cx: RequestContext,
    id: Uuid,
    typed: String,
    errors: Vec<FormError>,
    status: StatusCode,
) -> Result<Response, Failure> {
    let zone = cx.tenant()?.zone.clone();
    let mut tx = app.read(&cx).await?;
    let Seen { row, .. } = visible(&mut tx, &cx, id).await?;
    let _permit = authorize::<AnonymiseCustomer>(&cx.actor, &cx.tenant()?.id)?;
    if row.is_anonymised {
        return Err(AppError::NotFound.into());
    }
    let visits = store::list_visits(&mut tx, id, None, 200).await?;
    let upcoming = visits.iter().filter(|row| {
        let is_open = AppointmentStatus::parse(&row.status).is_some_and(AppointmentStatus::is_open);
        is_open && row.ends_at.to_jiff() > cx.now
    });
    let model = AnonymisePage {
        id,
        name: row.name,
        appointments: room::count(&mut tx, &cx, id).await?,
        has_login: row.user_id.is_some(),
        upcoming: upcoming.map(|row| show::visit(row, &zone)).collect(),
        typed,
        zone: show::zone(&zone, cx.now),
        errors,
    };
    drop(tx);
    Ok(html(status, pages::anonymise(cx.frame, model)))
}

/// The form.
#[derive(Deserialize)]
pub struct AnonymiseForm {
    #[serde(default)]
    name: String,
}

/// `POST /customers/{id}/anonymise`
pub async fn anonymise(
    State(app): State<App>,
    Cx(cx): Cx,
    PathOf(id): PathOf<Uuid>,
    FormOf(form): FormOf<AnonymiseForm>,
) -> Result<Response, Failure> {
    let row = visible(&mut app.read(&cx).await?, &cx, id).await?.row;
    let _permit = authorize::<AnonymiseCustomer>(&cx.actor, &cx.tenant()?.id)?;
    if form.name.trim().to_lowercase() != row.name.to_lowercase() {
        let errors = vec![FormError::new("name", format!("Type {} to confirm", row.name))];
        return ask(&app, cx, id, form.name, errors, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    if !room::anonymise(&app, &cx, id).await? {
        return ask(&app, cx, id, form.name, Vec::new(), StatusCode::CONFLICT).await;
    }
    Ok(see_other_with(&app.config, "/customers", Tone::Ok, "The data of the customer are deleted."))
}
