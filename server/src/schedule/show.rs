//! From rows to what the calendar's pages show.

use super::store;
use crate::{booking::minutes_between, error::Failure, state::App};
use app::{
    error::AppError,
    request::RequestContext,
    schedule::model::{AppointmentPage, HistoryLine, MoveForm, RequestLine, Requests, SNAP, TimeChoice},
};
use domain::{
    booking::{AppointmentStatus, Decision},
    ids::{AppointmentId, ResourceId, UserId},
    policy::{CalendarFacts, DecideAppointment, MoveAppointment, ViewCalendar, authorize},
    time::{clock_label, day_label, duration_label, offset_if_repeated, range_label, start_of_day, wire, zone_label},
};
use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};

/// What was refused, and why: shown on the page of the appointment.
pub(super) enum Refused {
    /// Nothing was.
    None,
    /// A move.
    Move(String),
    /// A decision.
    Decision(String),
}

/// The requests that wait for an answer.
pub(super) async fn requests(app: &App, cx: &RequestContext) -> Result<Requests, Failure> {
    let tenant = cx.tenant()?;
    let _permit = authorize::<ViewCalendar>(&cx.actor, &tenant.id)?;
    let mut tx = app.read(cx).await?;
    let rows = store::list_pending(&mut tx, cx.now, 200).await?;
    let lines = rows.into_iter().map(|row| request_line(row, &tenant.zone));
    Ok(Requests { lines: lines.collect(), zone_label: zone_label(&cx.now.to_zoned(tenant.zone.clone())) })
}

/// A request that waits.
pub(super) fn request_line(row: store::PendingRow, zone: &TimeZone) -> RequestLine {
    RequestLine {
        id: AppointmentId(row.id),
        when: span_label(row.starts_at.to_jiff(), row.ends_at.to_jiff(), zone),
        service: row.service,
        customer: row.customer,
        holds: row.holds,
    }
}

/// `Thursday 3 December 2026, 10:00 to 10:45`.
fn span_label(start: Timestamp, end: Timestamp, zone: &TimeZone) -> String {
    let (from, to) = (start.to_zoned(zone.clone()), end.to_zoned(zone.clone()));
    format!("{}, {}", day_label(from.date()), range_label(&from, &to))
}

fn history_line(row: store::HistoryRow, zone: &TimeZone) -> HistoryLine {
    let what = match row.action.as_str() {
        "BOOKED" => "Booked",
        "REQUESTED" => "Requested",
        "CONFIRMED" => "Confirmed",
        "DECLINED" => "Declined",
        "MOVED" => "Moved",
        "CANCELLED" => "Cancelled",
        "COMPLETED" => "Completed",
        _ => "Did not come",
    };
    let with = row.resources.join(", ");
    let to = span_label(row.starts_at.to_jiff(), row.ends_at.to_jiff(), zone);
    let at = row.at.to_jiff().to_zoned(zone.clone());
    let by = if row.by_team { ", by the team" } else { "" };
    HistoryLine {
        what,
        to: if with.is_empty() { to } else { format!("{to}, {with}") },
        when: format!("{}, {}{by}", day_label(at.date()), clock_label(&at)),
    }
}

/// The page of one appointment; with `date`, its form offers the times of that day.
pub(super) async fn appointment(
    app: &App,
    cx: &RequestContext,
    id: AppointmentId,
    date: Option<Date>,
    refused: Refused,
) -> Result<AppointmentPage, Failure> {
    let tenant = cx.tenant()?;
    let _permit = authorize::<ViewCalendar>(&cx.actor, &tenant.id)?;
    let zone = &tenant.zone;
    let mut tx = app.read(cx).await?;
    let row = store::find_appointment(&mut tx, id).await?.ok_or(AppError::NotFound)?;
    let needs = store::list_needs(&mut tx, row.service_id.into()).await?;
    let resources = store::list_resources(&mut tx, None, cx.now).await?;
    let history = store::list_history(&mut tx, id).await?;
    drop(tx);

    let may_move = |owners: Vec<Option<UserId>>| {
        authorize::<MoveAppointment>(&cx.actor, &CalendarFacts { tenant: tenant.id, owners }).is_ok()
    };
    let own: Vec<_> =
        resources.iter().filter(|r| row.resource_ids.contains(&r.id)).map(|r| r.user_id.map(UserId)).collect();
    let status = AppointmentStatus::parse(&row.status);
    let facts = CalendarFacts { tenant: tenant.id, owners: own.clone() };
    let decisions = if authorize::<DecideAppointment>(&cx.actor, &facts).is_ok() {
        let has_begun = row.starts_at.to_jiff() <= cx.now;
        let possible = |decision: &Decision| status.and_then(|status| status.decide(*decision, has_begun)).is_some();
        Decision::ALL.into_iter().filter(possible).collect()
    } else {
        Vec::new()
    };
    let is_open = status.is_some_and(AppointmentStatus::is_open);
    let (not_moved, not_decided) = match refused {
        Refused::None => (None, None),
        Refused::Move(why) => (Some(why), None),
        Refused::Decision(why) => (None, Some(why)),
    };
    let (start, end) = (row.starts_at.to_jiff(), row.ends_at.to_jiff());
    let (from, to) = (start.to_zoned(zone.clone()), end.to_zoned(zone.clone()));
    let move_form = (is_open && row.holds && may_move(own)).then(|| {
        let date = date.unwrap_or(from.date());
        let choices = resources
            .iter()
            .filter(|r| needs.iter().any(|n| n.resource_id == Some(r.id)) && may_move(vec![r.user_id.map(UserId)]))
            .map(|r| (ResourceId(r.id), r.name.clone(), row.resource_ids.contains(&r.id)))
            .collect();
        MoveForm { date, times: times_of(date, zone, start), resources: choices, refused: not_moved }
    });
    Ok(AppointmentPage {
        id,
        version: row.version,
        reference: row.reference,
        status_label: AppointmentStatus::parse(&row.status).map_or("", AppointmentStatus::label),
        service: row.service,
        duration: duration_label(minutes_between(start, end)),
        day_label: day_label(from.date()),
        clock_range: range_label(&from, &to),
        zone_label: zone_label(&from),
        date: from.date(),
        with: row.resource_names.join(", "),
        customer_name: row.contact_name,
        customer_email: row.email,
        customer_phone: row.contact_phone,
        notes: row.notes,
        move_form,
        decisions,
        refused: not_decided,
        history: history.into_iter().map(|row| history_line(row, zone)).collect(),
    })
}

/// Every quarter of an hour of a day as instants, so that a time that does not exist cannot be chosen and one that
/// comes twice can be told apart; and the present start, if it lies between.
fn times_of(date: Date, zone: &TimeZone, present: Timestamp) -> Vec<TimeChoice> {
    let (mut at, end) = (start_of_day(date, zone), start_of_day(date.saturating_add(1.day()), zone));
    let mut instants = Vec::with_capacity(100);
    while at < end {
        instants.push(at);
        at += i64::from(SNAP).minutes();
    }
    if present.to_zoned(zone.clone()).date() == date && !instants.contains(&present) {
        instants.push(present);
        instants.sort();
    }
    instants
        .into_iter()
        .map(|at| {
            let local = at.to_zoned(zone.clone());
            let label = match offset_if_repeated(&local) {
                Some(offset) => format!("{} ({offset})", clock_label(&local)),
                None => clock_label(&local),
            };
            TimeChoice { start: wire(&local), label, selected: at == present }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn berlin() -> TimeZone {
        TimeZone::get("Europe/Berlin").expect("a zone")
    }

    #[test]
    fn a_day_of_25_hours_has_its_hour_twice() {
        let day = date(2027, 10, 31);
        let start = start_of_day(day, &berlin());
        let labels: Vec<_> = times_of(day, &berlin(), start).into_iter().map(|t| t.label).collect();
        assert_eq!(labels.len(), 100);
        assert!(labels.contains(&"02:30 (UTC+2)".into()) && labels.contains(&"02:30 (UTC+1)".into()));
    }

    #[test]
    fn a_day_of_23_hours_leaves_its_hour_out() {
        let labels: Vec<_> =
            times_of(date(2027, 3, 28), &berlin(), Timestamp::MIN).into_iter().map(|t| t.label).collect();
        assert_eq!(labels.len(), 92);
        assert!(!labels.contains(&"02:30".into()));
    }
}
