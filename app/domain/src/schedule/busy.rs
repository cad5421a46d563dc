//! What is booked.

use super::{
    intervals::Interval,
    model::{Booking, Snapshot},
    spacing::{Held, Shape},
    time::{Day, minute_at_or_after, minute_at_or_before},
};

/// The bookings of each resource that have a say on some days, by start.
pub(super) struct Busy(Vec<Vec<Held>>);

impl Busy {
    /// Those that stand in the way of starts within `starts`, of the resources that are `asked` about.
    pub(super) fn new(state: &Snapshot, asked: &[bool], new: Shape, starts: Interval) -> Self {
        let mut held = vec![Vec::new(); state.resources.len()];
        for booking in &state.bookings {
            let resource = booking.resource.0;
            if !asked.get(resource).is_some_and(|asked| *asked) {
                continue;
            }
            let Some(one) = self::held(booking) else { continue };
            // Those that begin on these days count in any case: for the minutes of the day.
            if state.buffer_mode.barred(&one, new).clipped(starts).is_some() || one.span.clipped(starts).is_some() {
                held[resource].push(one);
            }
        }
        held.iter_mut().for_each(|of_one| of_one.sort_unstable_by_key(|held| held.span));
        Self(held)
    }

    /// Of one resource, by start.
    pub(super) fn of(&self, resource: usize) -> &[Held] {
        self.0.get(resource).map_or(&[], Vec::as_slice)
    }

    /// How many minutes are booked on a resource on a date. A booking belongs to the day of its start, all of it
    /// (product.md, section 7).
    pub(super) fn minutes<'a>(&self, resource: usize, date: impl Iterator<Item = &'a Day>) -> i64 {
        let held = self.of(resource);
        date.map(|day| {
            let first = held.partition_point(|held| held.span.from < day.span.from);
            let of_the_day = held.iter().skip(first).take_while(|held| held.span.from < day.span.to);
            of_the_day.map(|held| held.span.to - held.span.from).sum::<i64>()
        })
        .sum()
    }
}

/// A booking as the engine counts it; `None` if it takes nothing.
pub(super) fn held(booking: &Booking) -> Option<Held> {
    let span = span(booking.start, booking.end)?;
    Some(Held { span, before: booking.before.into(), after: booking.after.into() })
}

/// The minutes that a stretch of time touches. Since starts and lengths are whole minutes, it stands in the way of just
/// the same starts as it would with its seconds. Only two with seconds that meet within a minute, of a resource with
/// several units, are held to overlap where they do not: nothing is booked twice by that, and nothing that the store
/// writes has seconds. `None` if it takes nothing.
pub(super) fn span(start: jiff::Timestamp, end: jiff::Timestamp) -> Option<Interval> {
    (start < end).then(|| Interval::new(minute_at_or_before(start), minute_at_or_after(end)))
}

#[cfg(test)]
mod tests {
    use super::*;
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
            assert_eq!(span(at(start), at(end)), taken.map(|(from, to)| Interval::new(from, to)), "{start} {end}");
        }
    }
}
