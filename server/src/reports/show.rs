//! From rows to figures.

use super::store;
use crate::{
    error::Failure,
    schedule::{self, snapshot::Calendar},
    state::App,
};
use app::{reports::model::Figures, request::RequestContext};
use domain::{
    booking::AppointmentStatus,
    report::{Period, Visit, bookings, missed, revenue, usage},
    schedule::{ResourceIx, Window},
    time::{short_day_label, start_of_day, weekday_short},
};
use jiff::{ToSpan, civil::Weekday};
use std::collections::HashMap;

/// The figures of a period. Counted outside of every transaction, and off the threads that answer.
pub(super) async fn figures(app: &App, cx: &RequestContext, period: Period) -> Result<Figures, Failure> {
    let zone = cx.tenant()?.zone.clone();
    let from = start_of_day(period.from, &zone);
    let to = start_of_day(period.to.saturating_add(1.day()), &zone);
    let mut tx = app.read(cx).await?;
    let business = store::find_business(&mut tx).await?;
    let services = store::list_services(&mut tx).await?;
    let rows = store::list_visits(&mut tx, from, to).await?;
    let mut calendar = Calendar::new(schedule::store::list_resources(&mut tx, None, from).await?, &zone)?;
    calendar.load_claims(&mut tx, Window { from: period.from, to: period.to }, cx.now).await?;
    drop(tx);

    let places: HashMap<_, _> = services.iter().enumerate().map(|(place, row)| (row.id, place)).collect();
    let visit = |row: &store::VisitRow| {
        Some(Visit {
            start: row.starts_at.to_jiff(),
            status: AppointmentStatus::parse(&row.status)?,
            holds: row.holds,
            is_declined: row.is_declined,
            service: *places.get(&row.service_id)?,
            price_minor: row.price_minor,
        })
    };
    let visits: Vec<Visit> = rows.iter().filter_map(visit).collect();
    let week_start = i8::try_from(business.week_start).ok().and_then(|day| Weekday::from_monday_one_offset(day).ok());
    let names: Vec<String> = services.into_iter().map(|row| row.name).collect();
    let counted = tokio::task::spawn_blocking(move || {
        let parts = period.parts(week_start.unwrap_or(Weekday::Monday));
        let counts = bookings(&parts, &zone, &visits);
        let resources = calendar.resources.iter().enumerate();
        let usage = resources.map(|(at, row)| (row.name.clone(), usage(&calendar.state, ResourceIx(at), period)));
        let of_service = || names.iter().cloned();
        Figures {
            is_weekly: parts.len() < usize::try_from(period.days()).unwrap_or(0),
            bookings: parts.iter().map(|part| label(*part)).zip(counts).collect(),
            usage: usage.collect(),
            missed: of_service().zip(missed(names.len(), &visits)).collect(),
            revenue: of_service().zip(revenue(names.len(), &visits)).collect(),
            currency: business.currency,
        }
    });
    Ok(counted.await.map_err(|error| anyhow::anyhow!("the reports could not be counted: {error}"))?)
}

/// `Thu 3 Dec 2026`, or the days of a week.
fn label(part: Period) -> String {
    if part.from == part.to {
        format!("{} {}", weekday_short(part.from), short_day_label(part.from))
    } else {
        part.label()
    }
}
