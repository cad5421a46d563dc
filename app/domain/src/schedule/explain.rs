//! One start at a time: can it be booked, and if not, why. "Whatever it refuses, it refuses for a reason it can name"
//! (product.md, section 7).

use super::{
    busy,
    gate::Gate,
    hours,
    intervals::Interval,
    model::{Reason, ReasonCode, ResourceIx, Service, Snapshot, Verdict},
    needs::Matching,
    pick::pick,
    plan::Plan,
    time,
};
use crate::ids::AppointmentId;
use jiff::Timestamp;

/// Whether `service` can be booked at `start`, and if not, all that speaks against it. The grid decides what is shown,
/// not what is allowed, so it plays no part in the answer but for [`Verdict::on_grid`].
///
/// When resources are missing, the reasons are about those who could have served the needs that are short, and only
/// about them: that one of two stylists is closed says nothing when it is the room that is taken. `pool_short` comes
/// on top where the pools would be too small even with everybody open and free.
pub fn ask(now: Timestamp, service: &Service, state: &Snapshot, start: Timestamp) -> Verdict {
    let Some(span) = whole_span(start, service.minutes) else {
        return Verdict { on_grid: false, reasons: vec![reason(ReasonCode::NoSuchTime)], pick: vec![] };
    };
    let date = time::day_number_at(start, &state.zone);
    let plan = Plan::new(date, date, service, state);
    let gate = Gate::new(now, service, &state.zone);
    let mut reasons: Vec<Reason> = gate.refusals(span.from, date).map(reason).collect();
    let picked = pick(&plan.ranked(date), plan.available(span.from));
    if picked.is_none() {
        reasons.extend(shortage(&plan, state, span));
    }
    let on_grid = plan.days().any(|day| plan.grid(day).any(|shown| shown == span.from));
    Verdict { on_grid, reasons, pick: picked.unwrap_or_default() }
}

/// What stands in the way of an appointment of so many minutes on one resource, when staff move it there: closed and
/// booked only, since those who keep the calendar may overrule notice and horizon. What the appointment `ignore`
/// itself holds is not in its way.
pub fn check_placement(
    service_minutes: u32,
    state: &Snapshot,
    start: Timestamp,
    resource: ResourceIx,
    ignore: Option<AppointmentId>,
) -> Vec<Reason> {
    match whole_span(start, service_minutes) {
        Some(span) => obstacles(state, resource, span, ignore),
        None => vec![reason(ReasonCode::NoSuchTime)],
    }
}

/// The minutes that a booking would take. "Starts are whole minutes, spans half-open, without tolerance."
fn whole_span(start: Timestamp, minutes: u32) -> Option<Interval> {
    let from = time::whole_minute(start)?;
    let to = from + i64::from(minutes);
    (minutes > 0 && time::timestamp(to).is_some()).then_some(Interval::new(from, to))
}

/// Why the needs cannot be met. Never empty: where nobody who could serve is closed or booked, the pools are short.
fn shortage(plan: &Plan<'_>, state: &Snapshot, span: Interval) -> Vec<Reason> {
    let demand = plan.demand();
    let mut blamed = Vec::new();
    for need in Matching::new(demand, plan.available(span.from)).short() {
        for member in &demand.needs[need].members {
            if !blamed.contains(member) {
                blamed.push(*member);
            }
        }
    }
    let mut reasons: Vec<_> =
        blamed.iter().flat_map(|member| obstacles(state, ResourceIx(*member), span, None)).collect();
    if !Matching::new(demand, |_| true).is_met() {
        reasons.push(reason(ReasonCode::PoolShort));
    }
    reasons
}

/// What keeps one resource from serving throughout `span`: closed first, then bookings by their start.
fn obstacles(state: &Snapshot, at: ResourceIx, span: Interval, ignore: Option<AppointmentId>) -> Vec<Reason> {
    let about = |code, appointment| Reason { code, resource: Some(at), appointment };
    let open = state.resources.get(at.0).is_some_and(|found| hours::open(found, span.from, span.to).covers(span));
    let mut in_the_way: Vec<_> = state
        .bookings
        .iter()
        .filter(|booking| booking.resource == at && (ignore.is_none() || booking.appointment != ignore))
        .filter(|booking| busy::span(booking).is_some_and(|taken| taken.clipped(span).is_some()))
        .collect();
    in_the_way.sort_by_key(|booking| (booking.start, booking.end, booking.appointment));
    let booked = in_the_way.iter().map(|booking| about(ReasonCode::Booked, booking.appointment));
    let mut reasons: Vec<_> = (!open).then(|| about(ReasonCode::Closed, None)).into_iter().chain(booked).collect();
    reasons.dedup();
    reasons
}

fn reason(code: ReasonCode) -> Reason {
    Reason { code, resource: None, appointment: None }
}
