//! One customer, and the team's notes.

use super::super::{Outcome, Seen, calendar, note, show, similar, store, visible};
use crate::{
    error::Failure,
    http::{
        Cx, FormOf, PathOf, QueryOf,
        flash::see_other_with,
        html,
        show::{key_of, moment, parts_of},
    },
    setup::errors,
    state::App,
};
use app::{
    customers::{
        self as pages,
        model::{CustomerPage, CustomerRights},
    },
    frame::Tone,
    request::RequestContext,
    setup::model::Sent,
    ui::query::Address,
};
use axum::{extract::State, response::Response};
use domain::{
    customer::check_notes,
    policy::{AnonymiseCustomer, EditCustomerNotes, EditCustomers, MergeCustomers, authorize},
    typed::Change,
};
use http::StatusCode;
use serde::Deserialize;
use uuid::Uuid;

/// Appointments of a page.
const PAGE: i64 = 25;

/// Which part of the history.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct HistoryQuery {
    #[serde(default)]
    cursor: String,
}

/// `GET /customers/{id}?cursor=`
pub async fn one(
    State(app): State<App>,
    Cx(cx): Cx,
    PathOf(id): PathOf<Uuid>,
    QueryOf(query): QueryOf<HistoryQuery>,
) -> Result<Response, Failure> {
    page(&app, cx, id, &query.cursor, None, Sent::default(), StatusCode::OK).await
}

/// The page, with the notes as they were typed, or else as they are.
async fn page(
    app: &App,
    cx: RequestContext,
    id: Uuid,
    cursor: &str,
    typed: Option<(i32, String)>,
    sent: Sent,
    status: StatusCode,
) -> Result<Response, Failure> {
    let tenant = cx.tenant()?;
    let zone = tenant.zone.clone();
    let mut tx = app.read(&cx).await?;
    let Seen { row, facts } = visible(&mut tx, &cx, id).await?;
    let totals = store::totals(&mut tx, id, cx.now).await?;
    let after = parts_of::<2>(cursor).and_then(|[at, id]| Some((at.parse().ok()?, id.parse().ok()?)));
    let is_first = after.is_none();
    let mut visits = store::list_visits(&mut tx, id, after, PAGE + 1).await?;
    // Who else there is, is for those who see everybody.
    let others = match calendar(&cx)? {
        None if !row.is_anonymised => similar(&mut tx, Some(id), &row.details()).await?,
        _ => Vec::new(),
    };
    drop(tx);
    let has_more = visits.len() > PAGE as usize;
    visits.truncate(PAGE as usize);
    let address = || Address::new(&format!("/customers/{id}"));
    let older = visits.last().filter(|_| has_more).map(|row| {
        address().with("cursor", &key_of(&[&row.starts_at.to_jiff().to_string(), &row.id.to_string()])).build()
    });
    let at = |at: &Option<crate::tenancy::Instant>| at.as_ref().map(|at| show::day(at.to_jiff(), &zone));
    let is_there = !row.is_anonymised;
    let (version, notes) = typed.unwrap_or_else(|| (row.version, row.notes.clone()));
    let model = CustomerPage {
        id,
        version,
        name: row.name,
        email: row.email,
        phone: row.phone,
        has_login: row.user_id.is_some(),
        is_anonymised: row.is_anonymised,
        since: moment(row.created_at.to_jiff(), &zone),
        next: at(&totals.next),
        last: at(&totals.last),
        visits: totals.visits,
        no_shows: totals.no_shows,
        cancelled: totals.cancelled,
        history: visits.iter().map(|row| show::visit(row, &zone)).collect(),
        newest: (!is_first).then(|| address().build()),
        older,
        zone: show::zone(&zone, cx.now),
        notes,
        similar: others.iter().map(show::similar).collect(),
        rights: CustomerRights {
            edit: is_there && authorize::<EditCustomers>(&cx.actor, &tenant.id).is_ok(),
            notes: is_there && authorize::<EditCustomerNotes>(&cx.actor, &facts).is_ok(),
            merge: is_there && authorize::<MergeCustomers>(&cx.actor, &tenant.id).is_ok(),
            anonymise: is_there && authorize::<AnonymiseCustomer>(&cx.actor, &tenant.id).is_ok(),
        },
        sent,
    };
    Ok(html(status, pages::customer(cx.frame, model)))
}

/// The form of the notes. A version that cannot be read is nobody's, so the form counts as outdated.
#[derive(Deserialize)]
pub struct NotesForm {
    #[serde(default)]
    version: String,
    #[serde(default)]
    notes: String,
}

/// `POST /customers/{id}/notes`
pub async fn notes(
    State(app): State<App>,
    Cx(cx): Cx,
    PathOf(id): PathOf<Uuid>,
    FormOf(form): FormOf<NotesForm>,
) -> Result<Response, Failure> {
    let version = form.version.parse().unwrap_or(-1);
    let checked = {
        // Who may not see the customer, or not write there, learns nothing from a mistake in the form.
        let seen = visible(&mut app.read(&cx).await?, &cx, id).await?;
        let _permit = authorize::<EditCustomerNotes>(&cx.actor, &seen.facts)?;
        check_notes(&form.notes)
    };
    let notes = match checked {
        Ok(notes) => notes,
        Err(mistakes) => {
            let sent = Sent { form: "notes", errors: errors(mistakes), ..Sent::default() };
            let typed = Some((version, form.notes));
            return page(&app, cx, id, "", typed, sent, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    match note(&app, &cx, id, version, &notes).await? {
        Outcome::Saved(()) | Outcome::Similar(_) => {
            Ok(see_other_with(&app.config, &format!("/customers/{id}"), Tone::Ok, "The notes are saved."))
        }
        Outcome::Stale => {
            let stored = visible(&mut app.read(&cx).await?, &cx, id).await?.row;
            let change = Change { label: "Notes".into(), before: stored.notes, after: notes.clone() };
            let found = if change.before == change.after { vec![] } else { vec![change] };
            let sent = Sent { form: "notes", meanwhile: Some(found), ..Sent::default() };
            page(&app, cx, id, "", Some((stored.version, notes)), sent, StatusCode::CONFLICT).await
        }
    }
}
