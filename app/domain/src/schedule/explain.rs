//! One start at a time: can it be booked, and if not, why. "Whatever it refuses, it refuses for a reason it can name"
//! (product.md, section 7).

use super::{
    busy,
    gate::Gate,
    hours,
    intervals::Interval,
    limits::Limits,
    model::{Reason, ReasonCode, ResourceIx, Service, Snapshot, Verdict},
    needs::Matching,
    pick::pick,
    plan::{Plan, shape},
    spacing::{Held, Shape},
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
    if let Some(limit) = Limits::new(service, state).broken(date) {
        reasons.push(Reason { limit: Some(limit), ..reason(ReasonCode::Limit) });
    }
    let picked = pick(&plan.ranked(date), plan.available(span.from));
    if picked.is_none() {
        reasons.extend(shortage(&plan, service, state, span));
    }
    let on_grid = plan.days().any(|day| plan.grid(day).any(|shown| shown == span.from));
    Verdict { on_grid, reasons, pick: picked.unwrap_or_default() }
}

/// An appointment as somebody wants to place it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Placement {
    /// How long it takes.
    pub minutes: u32,
    /// Minutes that it keeps free before it.
    pub before: u32,
    /// Minutes that it keeps free after it.
    pub after: u32,
    /// Its first instant.
    pub start: Timestamp,
}

/// What stands in the way of an appointment on one unit of a resource, when staff place it there: hours, time off,
/// bookings and buffers only, since those who keep the calendar may overrule notice, horizon and limits. What the
/// appointment `ignore` itself holds is not in its way.
pub fn check_placement(
    state: &Snapshot,
    placement: Placement,
    resource: ResourceIx,
    ignore: Option<AppointmentId>,
) -> Vec<Reason> {
    let Some(span) = whole_span(placement.start, placement.minutes) else {
        return vec![reason(ReasonCode::NoSuchTime)];
    };
    let shape =
        Shape { length: placement.minutes.into(), before: placement.before.into(), after: placement.after.into() };
    let mut reasons = unavailable(state, resource, span);
    let in_the_way = clashing(state, resource, &shape.at(span.from), ignore);
    let units =
        state.resources.get(resource.0).map_or(0, |found| usize::try_from(found.quantity).unwrap_or(usize::MAX));
    let held: Vec<Held> = in_the_way.iter().map(|(held, _)| *held).collect();
    if state.buffer_mode.most_clashing(&held) >= units {
        reasons.extend(named(resource, span, &in_the_way));
    }
    reasons
}

/// The minutes that a booking would take. "Starts are whole minutes, spans half-open, without tolerance."
fn whole_span(start: Timestamp, minutes: u32) -> Option<Interval> {
    let from = time::whole_minute(start)?;
    let to = from + i64::from(minutes);
    (minutes > 0 && time::timestamp(to).is_some()).then_some(Interval::new(from, to))
}

/// Why the needs cannot be met. Never empty: where nobody who could serve is closed or booked, the pools are short.
fn shortage(plan: &Plan<'_>, service: &Service, state: &Snapshot, span: Interval) -> Vec<Reason> {
    let demand = plan.demand();
    let available = plan.available(span.from);
    let mut blamed = Vec::new();
    for need in Matching::new(demand, &available).short() {
        for member in &demand.needs[need].members {
            if !blamed.contains(member) {
                blamed.push(*member);
            }
        }
    }
    let mut reasons = Vec::new();
    for member in blamed {
        let resource = ResourceIx(member);
        let away = unavailable(state, resource, span);
        let is_away = !away.is_empty();
        reasons.extend(away);
        if available(member) < plan.at_best(member) {
            let in_the_way = clashing(state, resource, &shape(service).at(span.from), None);
            // Somebody who is away has bookings that say little, unless they are what is full.
            let held: Vec<Held> = in_the_way.iter().map(|(held, _)| *held).collect();
            let units = state.resources[member].quantity as usize;
            if !is_away || state.buffer_mode.most_clashing(&held) > units.saturating_sub(plan.at_best(member)) {
                reasons.extend(named(resource, span, &in_the_way));
            }
        }
    }
    if !Matching::new(demand, |member| plan.at_best(member)).is_met() {
        reasons.push(reason(ReasonCode::PoolShort));
    }
    reasons
}

/// Closed, or away: what keeps a resource from serving throughout `span`, whatever is booked.
fn unavailable(state: &Snapshot, at: ResourceIx, span: Interval) -> Vec<Reason> {
    let about = |code| Reason { resource: Some(at), ..reason(code) };
    let Some(resource) = state.resources.get(at.0) else { return vec![about(ReasonCode::Closed)] };
    let mut reasons = Vec::new();
    if !hours::open_but_for_time_off(state, resource, span.from, span.to).covers(span) {
        reasons.push(about(ReasonCode::Closed));
    }
    if hours::away(resource.time_off.iter()).within(span).next().is_some() {
        reasons.push(about(ReasonCode::TimeOff));
    }
    reasons
}

/// The bookings of a resource that cannot share a unit with `new`, by start.
fn clashing(
    state: &Snapshot,
    at: ResourceIx,
    new: &Held,
    ignore: Option<AppointmentId>,
) -> Vec<(Held, Option<AppointmentId>)> {
    let others = state
        .bookings
        .iter()
        .filter(|booking| booking.resource == at && (ignore.is_none() || booking.appointment != ignore));
    let mut clashing: Vec<_> = others
        .filter_map(|booking| Some((busy::held(booking)?, booking.appointment)))
        .filter(|(held, _)| state.buffer_mode.clash(held, new))
        .collect();
    clashing.sort_by_key(|(held, appointment)| (held.span, *appointment));
    clashing
}

/// The bookings in the way, as reasons: those that take some of the time itself, and those that are too near.
fn named(at: ResourceIx, span: Interval, in_the_way: &[(Held, Option<AppointmentId>)]) -> Vec<Reason> {
    let mut reasons: Vec<_> = in_the_way
        .iter()
        .map(|(held, appointment)| {
            let overlaps = held.span.clipped(span).is_some();
            let code = if overlaps { ReasonCode::Booked } else { ReasonCode::Buffer };
            Reason { resource: Some(at), appointment: *appointment, ..reason(code) }
        })
        .collect();
    reasons.dedup();
    reasons
}

fn reason(code: ReasonCode) -> Reason {
    Reason { code, resource: None, appointment: None, limit: None }
}
