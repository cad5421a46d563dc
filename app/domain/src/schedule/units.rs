//! On which unit of a resource a booking goes. "Units of a resource are interchangeable. A booking fits when all bookings
//! can be dealt out to the units with their buffers kept; where the units at hand are cut up, the store renumbers them"
//! (product.md, section 7).

use super::{busy::span, model::BufferMode, spacing::Held};
use jiff::Timestamp;

/// A booking on a unit of one resource.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OnUnit {
    /// Which, from 1 on.
    pub unit: u32,
    /// Its first instant.
    pub start: Timestamp,
    /// The first instant after it.
    pub end: Timestamp,
    /// Minutes that it keeps free before it.
    pub before: u32,
    /// Minutes that it keeps free after it.
    pub after: u32,
}

/// Finds a unit for `new`, whose own `unit` is not looked at, among the `quantity` of a resource. Answers with the unit
/// of the new one and, where the others have to make way, with theirs: (place in `taken`, unit). `None` where they
/// cannot be dealt out.
///
/// `taken` is all that is booked on the resource near the new one. What has to make way is what clashes with the new one
/// or with something else that has to, so the caller hands in enough, and treats a move at the edge of that as a refusal.
pub fn deal(mode: BufferMode, quantity: u32, taken: &[OnUnit], new: &OnUnit) -> Option<(u32, Vec<(usize, u32)>)> {
    let one = held(new)?;
    let others: Vec<(usize, Held)> =
        taken.iter().enumerate().filter_map(|(place, other)| Some((place, held(other)?))).collect();
    let fits_on =
        |unit: &u32| others.iter().all(|(place, other)| taken[*place].unit != *unit || !mode.clash(other, &one));
    if let Some(unit) = (1..=quantity).find(fits_on) {
        return Some((unit, Vec::new()));
    }
    // All that hang together with the new one: what does not clash with any of them can stay where it is.
    let mut group: Vec<(Option<usize>, Held)> = vec![(None, one)];
    let mut left = others;
    let mut next = 0;
    while let Some(&(_, reached)) = group.get(next) {
        next += 1;
        let (near, far): (Vec<_>, Vec<_>) = left.into_iter().partition(|(_, other)| mode.clash(other, &reached));
        group.extend(near.into_iter().map(|(place, other)| (Some(place), other)));
        left = far;
    }
    group.sort_by_key(|(_, held)| held.span);
    let spans: Vec<Held> = group.iter().map(|(_, held)| *held).collect();
    let (rows, count) = mode.chains(&spans);
    if count > usize::try_from(quantity).unwrap_or(usize::MAX) {
        return None;
    }
    let mut unit = None;
    let mut moved = Vec::new();
    for ((place, _), row) in group.iter().zip(rows) {
        let dealt = u32::try_from(row + 1).ok()?;
        match place {
            None => unit = Some(dealt),
            Some(place) if taken[*place].unit != dealt => moved.push((*place, dealt)),
            Some(_) => {}
        }
    }
    Some((unit?, moved))
}

fn held(on: &OnUnit) -> Option<Held> {
    Some(Held { span: span(on.start, on.end)?, before: on.before.into(), after: on.after.into() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(unit: u32, from: i64, to: i64, after: u32) -> OnUnit {
        let at = |minute: i64| Timestamp::from_second(minute * 60).expect("in range");
        OnUnit { unit, start: at(from), end: at(to), before: 0, after }
    }

    #[test]
    fn the_first_unit_that_is_free() {
        let taken = [on(1, 0, 60, 0), on(2, 90, 120, 0)];
        assert_eq!(deal(BufferMode::Max, 2, &taken, &on(0, 60, 90, 0)), Some((1, vec![])));
        assert_eq!(deal(BufferMode::Max, 2, &taken, &on(0, 30, 90, 0)), Some((2, vec![])));
        assert_eq!(deal(BufferMode::Max, 1, &taken, &on(0, 30, 90, 0)), None);
    }

    #[test]
    fn what_is_cut_up_is_dealt_out_anew() {
        // Unit 1 is free from 60 on, unit 2 until 60: a booking from 0 to 120 fits once one of the two moves.
        let taken = [on(1, 0, 60, 0), on(2, 60, 120, 0)];
        let (unit, moved) = deal(BufferMode::Max, 2, &taken, &on(0, 0, 120, 0)).expect("it fits");
        let mut after = taken;
        for (place, to) in moved {
            after[place].unit = to;
        }
        assert_eq!(after[0].unit, after[1].unit);
        assert_ne!(after[0].unit, unit);
        // With a quarter of an hour to keep after each, the two cannot share a unit.
        let taken = [on(1, 0, 60, 15), on(2, 60, 120, 15)];
        assert_eq!(deal(BufferMode::Max, 2, &taken, &on(0, 0, 120, 15)), None);
    }
}
