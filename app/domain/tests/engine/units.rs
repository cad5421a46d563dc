//! Bookings on the units of one resource, by trying everything: which can share a unit, and how many of them are in
//! each other's way.

use domain::schedule::*;
use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};

/// A booking with its buffers. It takes every minute that it touches.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Taken {
    start: Timestamp,
    end: Timestamp,
    before: SignedDuration,
    after: SignedDuration,
}

impl Taken {
    /// What `service` would take from `start` on.
    pub(crate) fn new(service: &Service, start: Timestamp) -> Self {
        let mins = |minutes: u32| SignedDuration::from_mins(minutes.into());
        let (before, after) = (mins(service.buffer_before), mins(service.buffer_after));
        Self { start, end: start + mins(service.minutes), before, after }
    }

    /// What a booking takes; nothing, if it does not end after its start.
    pub(crate) fn by(booking: &Booking) -> Option<Self> {
        let floor = |at: Timestamp| Timestamp::from_second(at.as_second().div_euclid(60) * 60).expect("in range");
        let mins = |minutes: u32| SignedDuration::from_mins(minutes.into());
        (booking.start < booking.end).then(|| Self {
            start: floor(booking.start),
            end: floor(booking.end + SignedDuration::from_secs(59)),
            before: mins(booking.before),
            after: mins(booking.after),
        })
    }

    /// The date of its start in a zone.
    pub(crate) fn date(&self, zone: &TimeZone) -> Date {
        zone.to_datetime(self.start).date()
    }

    /// How long it is, buffers aside.
    pub(crate) fn minutes(&self) -> i64 {
        self.end.duration_since(self.start).as_mins()
    }

    /// Whether the times themselves overlap.
    pub(crate) fn overlaps(&self, other: &Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether the two cannot be on one unit: they overlap, or less lies between them than their buffers ask for.
    pub(crate) fn conflicts(&self, other: &Self, mode: BufferMode) -> bool {
        let (first, second) = if self.start <= other.start { (self, other) } else { (other, self) };
        let gap = match mode {
            BufferMode::Max => first.after.max(second.before),
            BufferMode::Sum => first.after + second.before,
        };
        second.start < first.end + gap
    }
}

/// What is booked on one resource, with the answer for every set of it.
pub(crate) struct Units {
    quantity: usize,
    mode: BufferMode,
    taken: Vec<Taken>,
    /// By the set of bookings, as bits: how many of them at most are all in each other's way.
    crowd: Vec<usize>,
}

impl Units {
    pub(crate) fn new(state: &Snapshot, resource: usize) -> Self {
        let of_it = state.bookings.iter().filter(|booking| booking.resource.0 == resource);
        let taken: Vec<_> = of_it.filter_map(Taken::by).collect();
        let mode = state.buffer_mode;
        let members = |set: usize| (0..taken.len()).filter(move |member| set >> member & 1 == 1).collect::<Vec<_>>();
        let mut crowd = Vec::new();
        for set in 0..1_usize << taken.len() {
            let members = members(set);
            let all_conflict =
                members.iter().all(|a| members.iter().all(|b| a == b || taken[*a].conflicts(&taken[*b], mode)));
            let without = |member: &usize| crowd[set & !(1 << member)];
            crowd.push(if all_conflict { members.len() } else { members.iter().map(without).max().unwrap_or(0) });
        }
        Self { quantity: state.resources[resource].quantity as usize, mode, taken, crowd }
    }

    /// How many more like `new` can be taken: every set of bookings that are all in each other's way, and in that of
    /// the new ones, has with them at most as many as there are units.
    pub(crate) fn left(&self, new: &Taken) -> usize {
        let in_the_way = self.taken.iter().enumerate().filter(|(_, other)| new.conflicts(other, self.mode));
        self.quantity.saturating_sub(self.crowd[in_the_way.fold(0, |set, (at, _)| set | 1 << at)])
    }
}

/// Whether bookings can be dealt out to so many units: every way is tried.
pub(crate) fn can_be_dealt_out(taken: &[Taken], units: usize, mode: BufferMode) -> bool {
    fn deal(taken: &[Taken], dealt: &mut Vec<usize>, units: usize, mode: BufferMode) -> bool {
        let Some(next) = taken.get(dealt.len()) else { return true };
        for unit in 0..units {
            let fits = dealt.iter().zip(taken).all(|(at, other)| *at != unit || !next.conflicts(other, mode));
            if fits {
                dealt.push(unit);
                if deal(taken, dealt, units, mode) {
                    return true;
                }
                dealt.pop();
            }
        }
        false
    }
    deal(taken, &mut Vec::new(), units, mode)
}
