//! What is booked.

use super::{
    intervals::{Interval, Intervals},
    model::{Booking, Snapshot},
    time::{minute_at_or_after, minute_at_or_before},
};

/// The bookings that reach into a stretch of time, by start.
pub(super) struct Busy(Vec<Held>);

struct Held {
    resource: usize,
    span: Interval,
}

impl Busy {
    pub(super) fn new(state: &Snapshot, time: Interval) -> Self {
        let held = state.bookings.iter().filter_map(|booking| {
            let span = span(booking).filter(|span| span.clipped(time).is_some())?;
            Some(Held { resource: booking.resource.0, span })
        });
        let mut held: Vec<_> = held.collect();
        held.sort_unstable_by_key(|held| held.span);
        Self(held)
    }

    /// The time taken on each of so many resources.
    pub(super) fn by_resource(&self, resources: usize) -> Vec<Intervals> {
        let mut taken = vec![Intervals::default(); resources];
        for held in &self.0 {
            if let Some(taken) = taken.get_mut(held.resource) {
                taken.append(held.span);
            }
        }
        taken
    }

    /// Adds the minutes of the bookings that start in `day` to the sum of their resource. A booking belongs to the
    /// day of its start, all of it (product.md, section 7).
    pub(super) fn add_minutes(&self, day: Interval, minutes: &mut [i64]) {
        let first = self.0.partition_point(|held| held.span.from < day.from);
        for held in self.0.iter().skip(first).take_while(|held| held.span.from < day.to) {
            if let Some(sum) = minutes.get_mut(held.resource) {
                *sum += held.span.to - held.span.from;
            }
        }
    }
}

/// The minutes that a booking touches. Since starts and lengths are whole minutes, it stands in the way of just the
/// same starts as it would with its seconds. `None` if it takes nothing.
pub(super) fn span(booking: &Booking) -> Option<Interval> {
    let span = Interval::new(minute_at_or_before(booking.start), minute_at_or_after(booking.end));
    (booking.start < booking.end).then_some(span)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schedule::ResourceIx;
    use jiff::Timestamp;

    #[test]
    fn a_booking_takes_every_minute_it_touches() {
        let at = |millisecond| Timestamp::from_millisecond(millisecond).expect("in range");
        for (start, end, taken) in [
            (60_000, 120_000, Some((1, 2))),
            (60_001, 120_000, Some((1, 2))),
            (59_999, 120_001, Some((0, 3))),
            (-1, 1, Some((-1, 1))),
            (60_010, 60_020, Some((1, 2))),
            (60_000, 60_000, None),
            (60_010, 60_010, None),
            (60_020, 60_010, None),
            (120_000, 60_000, None),
        ] {
            let booking = Booking { resource: ResourceIx(0), start: at(start), end: at(end), appointment: None };
            assert_eq!(span(&booking), taken.map(|(from, to)| Interval::new(from, to)), "{start} {end}");
        }
    }
}
