//! The engine: from rules, hours and bookings to the starts that can be booked.
//!
//! One and the same code shows starts ([`slots`]) and decides about one start ([`ask`]), so that whatever is
//! shown from a state can be booked in that state. It reads no clock and no database: `now`, the zones and the
//! bookings are handed in. The rules come from product.md, section 7; each file names those it carries out.
//!
//! The way of an answer, one file a step:
//!
//! 1. `time`: wall clocks to instants, one stretch of constant offset after the other
//! 2. `hours`: when a resource is open
//! 3. `busy` and `spacing`: what is booked, what must lie between, and how many units that leaves
//! 4. `needs`: whether those at hand can serve all needs, no unit twice
//! 5. `plan`: the possible starts of the days in question
//! 6. `grid`: which of the possible starts are shown
//! 7. `gate` and `limits`: now, notice, horizon; as many a day, week or month as the business takes
//! 8. `pick`: who serves
//! 9. `explain`: why not
//! 10. `units`: on which unit of a resource a booking goes
//!
//! Inside, time is whole minutes since 1970-01-01T00:00Z and every set of times is a sorted list of half-open
//! intervals. Work grows with the length of the window and the number of bookings in it, so the caller bounds both.
//!
//! ```
//! use domain::schedule::*;
//! use jiff::{civil::date, tz::TimeZone};
//!
//! let hours = WeeklySpan { days: Weekdays::ALL, from: 9 * 60, to: 10 * 60 };
//! let state = Snapshot::new(TimeZone::UTC, vec![Resource::new(TimeZone::UTC, Some(vec![hours]))]);
//! let service = Service::new(30, 15, vec![Need { pool: vec![ResourceIx(0)], count: 1 }]);
//! let day = date(2027, 3, 1);
//!
//! let shown = slots("2027-02-01T00:00Z".parse()?, Window { from: day, to: day }, &service, &state);
//! let starts: Vec<_> = shown.iter().map(|slot| slot.start.to_string()).collect();
//! assert_eq!(starts, ["2027-03-01T09:00:00Z", "2027-03-01T09:15:00Z", "2027-03-01T09:30:00Z"]);
//! # Ok::<(), jiff::Error>(())
//! ```

mod busy;
mod explain;
mod gate;
mod grid;
mod hours;
mod intervals;
mod limits;
mod model;
mod needs;
mod pick;
mod plan;
mod spacing;
mod time;
mod units;

pub use explain::{Placement, ask, check_placement};
pub use model::{
    Booking, BufferMode, Counted, DayOverride, DaySpan, Grid, Limit, Most, Need, Period, Reason, ReasonCode, Resource,
    ResourceIx, Service, Slot, Snapshot, Stretch, Verdict, Weekdays, WeeklySpan, Window,
};
pub use units::{OnUnit, deal};

use gate::Gate;
use jiff::{Timestamp, civil::Date};
use limits::Limits;
use pick::pick;
use plan::Plan;
use std::cmp::Reverse;

/// The starts of `service` to show in `window`: in time order, each once, with the resources that the engine
/// would pick. Each of them is bookable by [`ask`], and the window decides only which days are looked at.
///
/// A service that means nothing offers nothing: no length, no step, or no resource asked for.
pub fn slots(now: Timestamp, window: Window, service: &Service, state: &Snapshot) -> Vec<Slot> {
    let gate = Gate::new(now, service, &state.zone);
    let (first, last) = gate.narrow(time::day_number(window.from), time::day_number(window.to));
    let plan = Plan::new(first, last, service, state);
    let limits = Limits::new(service, state);
    let mut slots = Vec::new();
    for day in plan.days() {
        if limits.broken(day.number).is_some() {
            continue;
        }
        let mut starts = plan.grid(day).filter(|start| gate.refusals(*start, day.number).next().is_none()).peekable();
        if starts.peek().is_none() {
            continue;
        }
        let ranked = plan.ranked(day.number);
        for start in starts {
            if let (Some(resources), Some(from), Some(to)) = (
                pick(&ranked, plan.available(start)),
                time::timestamp(start),
                time::timestamp(start + i64::from(service.minutes)),
            ) {
                slots.push(Slot { start: from, end: to, resources });
            }
        }
    }
    slots
}

/// Of `slots`, the `how_many` nearest in time to `start`, in time order and without `start` itself: what to offer
/// somebody whose start is gone. Of two equally near, the later comes first.
pub fn nearest(slots: &[Slot], start: Timestamp, how_many: usize) -> Vec<Slot> {
    let mut others: Vec<&Slot> = slots.iter().filter(|slot| slot.start != start).collect();
    others.sort_by_key(|slot| (slot.start.duration_since(start).unsigned_abs(), Reverse(slot.start)));
    others.truncate(how_many);
    others.sort_by_key(|slot| slot.start);
    others.into_iter().cloned().collect()
}

/// The open time of `resource` within `date` of the business, in time order, whatever is booked: what the calendar
/// leaves unshaded. Empty for a resource that is not in `state`.
pub fn open_spans(state: &Snapshot, resource: ResourceIx, date: Date) -> Vec<(Timestamp, Timestamp)> {
    let Some(resource) = state.resources.get(resource.0) else { return vec![] };
    let number = time::day_number(date);
    let days = time::Calendar::new(&state.zone, number, number).days;
    let open = days.iter().flat_map(|day| hours::open(state, resource, day.span.from, day.span.to).into_vec());
    open.filter_map(|span| Some((time::timestamp(span.from)?, time::timestamp(span.to)?))).collect()
}

/// The open time of `resource` within `date` of the business in which nothing at all is booked on it, in time order.
pub fn free_spans(state: &Snapshot, resource: ResourceIx, date: Date) -> Vec<(Timestamp, Timestamp)> {
    let booked = state.bookings.iter().filter(|booking| booking.resource == resource);
    let booked =
        intervals::Intervals::of(booked.filter_map(|booking| busy::span(booking.start, booking.end)).collect());
    let open = open_spans(state, resource, date);
    let open = intervals::Intervals::of(open.iter().filter_map(|(from, to)| busy::span(*from, *to)).collect());
    let free = open.without(&booked).into_vec().into_iter();
    free.filter_map(|span| Some((time::timestamp(span.from)?, time::timestamp(span.to)?))).collect()
}

#[cfg(test)]
mod tests;
