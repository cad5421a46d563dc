//! The list, the same as a file, and what the palette finds.

use super::super::{calendar, show, store};
use crate::{
    error::Failure,
    http::{
        Cx, QueryOf, csv, html,
        show::{key_of, parts_of, wanted},
    },
    state::{App, origin},
};
use app::{
    customers::{
        self as pages,
        model::{Customers, Found, FoundItem},
    },
    ui::{list::Listing, query::Address},
};
use axum::{Json, extract::State, response::Response};
use domain::{
    audit::{AuditAction, AuditEntry},
    customer::Wanted,
    policy::{EditCustomers, ExportCustomers, ViewCalendar, authorize},
};
use http::StatusCode;
use serde::Deserialize;

/// Rows of a page.
const PAGE: i64 = 50;
/// Rows of a file.
const EXPORT: i64 = 100_000;
/// What the palette has room for.
const FOUND: i64 = 8;

/// What a list is narrowed to.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct ListQuery {
    #[serde(default)]
    q: String,
    #[serde(default)]
    cursor: String,
}

impl ListQuery {
    fn wanted(&self) -> Wanted {
        Wanted::parse(&wanted(&self.q).unwrap_or_default())
    }
}

/// `GET /customers?q=&cursor=`
pub async fn list(State(app): State<App>, Cx(cx): Cx, QueryOf(query): QueryOf<ListQuery>) -> Result<Response, Failure> {
    let calendar = calendar(&cx)?;
    let tenant = cx.tenant()?;
    let after = parts_of::<2>(&query.cursor).and_then(|[name, id]| Some((name, id.parse().ok()?)));
    let is_first = after.is_none();
    let search = store::Search { calendar, wanted: &query.wanted(), after, most: PAGE + 1, now: cx.now };
    let mut rows = store::list(&mut app.read(&cx).await?, &search).await?;
    let has_more = rows.len() > PAGE as usize;
    rows.truncate(PAGE as usize);
    let address = |path: &str| Address::new(path).with("q", query.q.trim());
    let next = rows
        .last()
        .filter(|_| has_more)
        .map(|row| address("/customers").with("cursor", &key_of(&[&row.sort, &row.id.to_string()])).build());
    let is_filtered = !query.q.trim().is_empty();
    let found = if is_filtered { " found" } else { "" };
    let model = Customers {
        q: query.q.clone(),
        list: Listing {
            count: match rows.first().map_or(0, |row| row.found) {
                1 => format!("1 customer{found}"),
                n => format!("{n} customers{found}"),
            },
            rows: rows.iter().map(|row| show::listed(row, &tenant.zone)).collect(),
            is_filtered,
            refused: None,
            first: (!is_first).then(|| address("/customers").build()),
            next,
        },
        zone: show::zone(&tenant.zone, cx.now),
        may_add: authorize::<EditCustomers>(&cx.actor, &tenant.id).is_ok(),
        csv: authorize::<ExportCustomers>(&cx.actor, &tenant.id).is_ok().then(|| address("/customers.csv").build()),
        is_own_only: calendar.is_some(),
    };
    Ok(html(StatusCode::OK, pages::list(cx.frame, model)))
}

/// `GET /customers.csv?q=`
pub async fn export(
    State(app): State<App>,
    Cx(cx): Cx,
    QueryOf(query): QueryOf<ListQuery>,
) -> Result<Response, Failure> {
    let tenant = cx.tenant()?;
    let _permit = authorize::<ExportCustomers>(&cx.actor, &tenant.id)?;
    let search =
        store::Search { calendar: calendar(&cx)?, wanted: &query.wanted(), after: None, most: EXPORT, now: cx.now };
    let mut tx = app.write(&cx).await?;
    let rows = store::list(&mut tx, &search).await?;
    // Nobody's name: what was looked for may be one.
    let which = if query.q.trim().is_empty() { "all" } else { "those found" };
    let entry = AuditEntry::by(&cx.actor, AuditAction::CustomersExported, "customers")
        .detail(format!("{which}: {} customers", rows.len()));
    tx.commit(&origin(&cx), entry).await?;
    let mut text = csv::line(&["name", "email", "phone", "notes", "next visit", "last visit", "visits", "no-shows"]);
    let at = |at: &Option<crate::tenancy::Instant>| {
        at.as_ref().map_or_else(String::new, |at| domain::time::wire(&at.to_jiff().to_zoned(tenant.zone.clone())))
    };
    for row in rows {
        let (next, last) = (at(&row.next), at(&row.last));
        let (visits, no_shows) = (row.visits.to_string(), row.no_shows.to_string());
        let phone = row.phone.unwrap_or_default();
        text.push_str(&csv::line(&[row.name, row.email, phone, row.notes, next, last, visits, no_shows]));
    }
    Ok(csv::file("customers.csv", text))
}

/// `GET /find?q=`
pub async fn find(State(app): State<App>, Cx(cx): Cx, QueryOf(query): QueryOf<ListQuery>) -> Result<Response, Failure> {
    use axum::response::IntoResponse;
    let calendar = calendar(&cx)?;
    let tenant = cx.tenant()?;
    let Some(q) = wanted(&query.q) else { return Ok(Json(Found::default()).into_response()) };
    let search = store::Search { calendar, wanted: &Wanted::parse(&q), after: None, most: FOUND, now: cx.now };
    let mut tx = app.read(&cx).await?;
    let customers = store::list(&mut tx, &search).await?;
    let appointment = match authorize::<ViewCalendar>(&cx.actor, &tenant.id) {
        Ok(_permit) => match domain::booking::parse_reference(&q) {
            Some(reference) => store::find_by_reference(&mut tx, &reference).await?,
            None => None,
        },
        Err(_) => None,
    };
    let found = Found {
        customers: customers
            .into_iter()
            .map(|row| FoundItem {
                href: format!("/customers/{}", row.id),
                hint: show::contact(&row.email, row.phone.as_deref()),
                label: row.name,
            })
            .collect(),
        appointments: appointment
            .into_iter()
            .map(|row| FoundItem {
                href: format!("/appointments/{}", row.id),
                label: format!("{}: {}, {}", row.reference, row.service, row.customer),
                hint: format!(
                    "{}, {}",
                    show::day(row.starts_at.to_jiff(), &tenant.zone).label,
                    show::zone(&tenant.zone, cx.now)
                ),
            })
            .collect(),
    };
    Ok(Json(found).into_response())
}
