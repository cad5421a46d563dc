//! The paths of the list of appointments.

use super::{carry_out, look, show, store};
use crate::{
    error::Failure,
    http::{Cx, FormOf, QueryOf, csv, flash::see_other_with, html},
    setup::Typed,
    state::{App, origin},
};
use app::{
    appointments::{
        self as pages,
        model::{AppointmentFilter, BulkPage, Direction},
    },
    frame::Tone,
    request::RequestContext,
};
use axum::{extract::State, response::Response};
use domain::{
    audit::{AuditAction, AuditEntry},
    bulk::{Bulk, MOST_PICKS, Pick},
    money,
    policy::{ExportAppointments, ViewCalendar, authorize},
    time::{clock_label, wire},
};
use http::StatusCode;
use std::io;

/// Rows that an export reads at once.
const BATCH: i64 = 500;

/// `GET /appointments?q=&from=&to=&resource=&service=&status=&sort=&cursor=`
pub async fn list(
    State(app): State<App>,
    Cx(cx): Cx,
    QueryOf(pairs): QueryOf<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let _permit = authorize::<ViewCalendar>(&cx.actor, &cx.tenant()?.id)?;
    let query = Typed(pairs);
    let filter = show::filter_of(|name| query.get(name));
    let model = show::list(&app, &cx, filter, &query.get("cursor")).await?;
    Ok(html(StatusCode::OK, pages::list(cx.frame, model)))
}

/// `GET /appointments.csv`, with the filters of the list: all pages of it, read and sent part by part.
pub async fn export(
    State(app): State<App>,
    Cx(cx): Cx,
    QueryOf(pairs): QueryOf<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let tenant = cx.tenant()?;
    let _permit = authorize::<ExportAppointments>(&cx.actor, &tenant.id)?;
    let query = Typed(pairs);
    let filter = show::filter_of(|name| query.get(name));
    let entry = AuditEntry::by(&cx.actor, AuditAction::AppointmentsExported, "appointments")
        .tenant(tenant.id)
        .detail(filter.address("").build());
    app.db.platform().await?.commit(&origin(&cx), entry).await?;
    let mut tx = app.read(&cx).await?;
    let currency = store::find_currency(&mut tx).await?;
    drop(tx);
    let (sender, body) = csv::parts();
    tokio::spawn(async move {
        if let Err(failure) = send(&app, &cx, &filter, &currency, &sender).await {
            tracing::error!(error = %failure, request.id = cx.request_id, "an export ended before its end");
            let _ = sender.send(Err(io::Error::other("the export failed"))).await;
        }
    });
    Ok(csv::file("appointments.csv", body))
}

type Sender = tokio::sync::mpsc::Sender<io::Result<String>>;

/// Sends the rows, a batch at a time. Each batch has a transaction of its own: a reader may be slow, and a connection is
/// not held meanwhile.
async fn send(
    app: &App,
    cx: &RequestContext,
    filter: &AppointmentFilter,
    currency: &str,
    sender: &Sender,
) -> Result<(), Failure> {
    let zone = cx.tenant()?.zone.clone();
    let asked = show::asked(filter, &zone, cx.now);
    let head =
        ["date", "from", "to", "start", "customer", "service", "with", "status", "reference", "price", "currency"];
    let mut text = csv::line(&head);
    let mut key = None;
    loop {
        let mut tx = app.read(cx).await?;
        let rows = match filter.direction {
            Direction::Coming => store::list_forward(&mut tx, &asked, key, BATCH).await?,
            Direction::Past => store::list_backward(&mut tx, &asked, key, BATCH).await?,
        };
        drop(tx);
        for row in &rows {
            let (from, to) =
                (row.starts_at.to_jiff().to_zoned(zone.clone()), row.ends_at.to_jiff().to_zoned(zone.clone()));
            let price = row.price_minor.and_then(|minor| u64::try_from(minor).ok());
            text.push_str(&csv::line(&[
                from.date().to_string(),
                clock_label(&from),
                clock_label(&to),
                wire(&from),
                row.customer.clone(),
                row.service.clone(),
                row.resource_names.join(", "),
                row.status().label().to_owned(),
                row.reference.clone(),
                price.map(|minor| money::plain(minor, currency)).unwrap_or_default(),
                price.map(|_| currency.to_owned()).unwrap_or_default(),
            ]));
        }
        key = rows.last().map(store::Row::key);
        // Whoever hung up wants no more.
        if sender.send(Ok(std::mem::take(&mut text))).await.is_err() || key.is_none() {
            return Ok(());
        }
    }
}

/// What was ticked, and what is to be done about it.
fn picked(typed: &Typed) -> Result<(Bulk, Vec<Pick>, String), Failure> {
    let bulk = Bulk::parse(&typed.get("decision")).ok_or(Failure::BadRequest("it names no decision"))?;
    let mut picks: Vec<Pick> = Vec::new();
    for text in typed.all("pick") {
        let pick: Pick = text.parse().map_err(|()| Failure::BadRequest("it names no appointment"))?;
        if !picks.iter().any(|other| other.id == pick.id) {
            picks.push(pick);
        }
    }
    if picks.len() > MOST_PICKS {
        return Err(Failure::BadRequest("it names more appointments than a page of them has"));
    }
    Ok((bulk, picks, back_of(&typed.get("back"))))
}

/// Where to go back to: the list as it was looked at, or the day.
fn back_of(text: &str) -> String {
    let is_ours = ["/appointments", "/today"]
        .iter()
        .any(|path| text.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('?')));
    let is_plain = text.len() <= 2000 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"/?&=%-._~".contains(&b));
    if is_ours && is_plain { text.to_owned() } else { "/appointments".to_owned() }
}

/// `GET /appointments/confirm?decision=&pick=&pick=&back=`
pub async fn confirm(
    State(app): State<App>,
    Cx(cx): Cx,
    QueryOf(pairs): QueryOf<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let tenant = cx.tenant()?;
    let _permit = authorize::<ViewCalendar>(&cx.actor, &tenant.id)?;
    let (bulk, picks, back) = picked(&Typed(pairs))?;
    let zone = show::zone_name(&tenant.zone);
    let lines = look(&app, &cx, bulk, &picks).await?;
    Ok(html(StatusCode::OK, pages::confirm(cx.frame, BulkPage { bulk, lines, zone, back })))
}

/// `POST /appointments/decide`
pub async fn decide(
    State(app): State<App>,
    Cx(cx): Cx,
    FormOf(pairs): FormOf<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let tenant = cx.tenant()?;
    // Each appointment is asked about on its own; whoever sees none of them has no business here.
    let _permit = authorize::<ViewCalendar>(&cx.actor, &tenant.id)?;
    let typed = Typed(pairs);
    let (bulk, picks, back) = picked(&typed)?;
    let zone = show::zone_name(&tenant.zone);
    if picks.is_empty() {
        let page = BulkPage { bulk, lines: vec![], zone, back };
        return Ok(html(StatusCode::UNPROCESSABLE_ENTITY, pages::confirm(cx.frame, page)));
    }
    let reason: String = typed.get("reason").chars().filter(|c| !c.is_control()).take(500).collect();
    let done = carry_out(&app, &cx, bulk, &picks, &reason).await?;
    match done.worst {
        None => {
            let text = format!("{}.", bulk.done_label(done.lines.len()));
            Ok(see_other_with(&app.config, &back, Tone::Ok, &text))
        }
        Some(worst) => {
            let status = StatusCode::from_u16(worst).unwrap_or(StatusCode::CONFLICT);
            let page = BulkPage { bulk, lines: done.lines, zone, back };
            Ok(html(status, pages::result(cx.frame, page)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::back_of;

    #[test]
    fn the_way_back_stays_in_these_rooms() {
        for ours in ["/appointments", "/appointments?sort=past&q=ana%20ruiz", "/today", "/today?all=1"] {
            assert_eq!(back_of(ours), ours);
        }
        for foreign in
            ["", "/", "//evil.example", "/appointments//x", "/todayx", "/logout", "/appointments?\r\nx", "/today?<b>"]
        {
            assert_eq!(back_of(foreign), "/appointments", "{foreign:?}");
        }
    }
}
