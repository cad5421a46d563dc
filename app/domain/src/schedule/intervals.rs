//! Sets of times, as sorted lists of half-open intervals. The unit is the caller's (minutes, but for `hours`).

/// From `from` up to, and without, `to`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Interval {
    pub(super) from: i64,
    pub(super) to: i64,
}

impl Interval {
    pub(super) fn new(from: i64, to: i64) -> Self {
        Self { from, to }
    }

    /// What lies in both; `None` if nothing does.
    pub(super) fn clipped(self, to: Self) -> Option<Self> {
        let both = Self::new(self.from.max(to.from), self.to.min(to.to));
        (both.from < both.to).then_some(both)
    }
}

/// Sorted; none empty, no two that overlap or touch.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Intervals(Vec<Interval>);

impl Intervals {
    /// From intervals in any order; the empty ones fall out, and those that touch become one.
    pub(super) fn of(mut parts: Vec<Interval>) -> Self {
        parts.sort_unstable();
        let mut set = Self(Vec::with_capacity(parts.len()));
        parts.into_iter().for_each(|part| set.append(part));
        set
    }

    /// Adds an interval that starts no earlier than all that are there.
    pub(super) fn append(&mut self, part: Interval) {
        match self.0.last_mut() {
            _ if part.to <= part.from => {}
            Some(last) if part.from <= last.to => last.to = last.to.max(part.to),
            _ => self.0.push(part),
        }
    }

    /// What is in `self` and not in `taken`.
    pub(super) fn without(&self, taken: &Self) -> Self {
        let mut rest = Vec::with_capacity(self.0.len() + taken.0.len());
        let mut done = 0;
        for whole in &self.0 {
            let mut from = whole.from;
            while taken.0.get(done).is_some_and(|hole| hole.to <= from) {
                done += 1;
            }
            for hole in taken.0.iter().skip(done).take_while(|hole| hole.from < whole.to) {
                if from < hole.from {
                    rest.push(Interval::new(from, hole.from));
                }
                from = from.max(hole.to);
            }
            if from < whole.to {
                rest.push(Interval::new(from, whole.to));
            }
        }
        Self(rest)
    }

    /// The moments at which something of this length can begin and stay inside. A length below 1 has none.
    pub(super) fn starts(&self, length: i64) -> Self {
        let room = self.0.iter().filter(|whole| length >= 1 && whole.to - whole.from >= length);
        Self(room.map(|whole| Interval::new(whole.from, whole.to - length + 1)).collect())
    }

    /// The pieces of the set that lie in `part`.
    pub(super) fn within(&self, part: Interval) -> impl Iterator<Item = Interval> {
        let first = self.0.partition_point(|interval| interval.to <= part.from);
        self.0.iter().skip(first).map_while(move |interval| interval.clipped(part))
    }

    pub(super) fn contains(&self, moment: i64) -> bool {
        self.covers(Interval::new(moment, moment + 1))
    }

    /// Whether all of `part`, which is not empty, is in the set.
    pub(super) fn covers(&self, part: Interval) -> bool {
        let next = self.0.partition_point(|interval| interval.to <= part.from);
        self.0.get(next).is_some_and(|interval| interval.from <= part.from && part.to <= interval.to)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Interval> {
        self.0.iter().copied()
    }

    pub(super) fn into_vec(self) -> Vec<Interval> {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(parts: &[(i64, i64)]) -> Intervals {
        Intervals::of(parts.iter().map(|&(from, to)| Interval::new(from, to)).collect())
    }

    #[test]
    fn what_touches_is_one() {
        assert_eq!(set(&[(5, 9), (0, 3), (3, 5), (7, 8), (20, 20), (30, 10)]), set(&[(0, 9)]));
        assert_eq!(set(&[(0, 3), (4, 5)]).iter().count(), 2);
    }

    #[test]
    fn without() {
        let whole = [(0, 10), (20, 30), (40, 50)];
        for (taken, rest) in [
            (vec![], vec![(0, 10), (20, 30), (40, 50)]),
            (vec![(0, 10)], vec![(20, 30), (40, 50)]),
            (vec![(3, 5), (8, 22), (25, 26)], vec![(0, 3), (5, 8), (22, 25), (26, 30), (40, 50)]),
            (vec![(-5, 1), (9, 45)], vec![(1, 9), (45, 50)]),
            (vec![(10, 20), (30, 40), (50, 60)], vec![(0, 10), (20, 30), (40, 50)]),
            (vec![(-9, 99)], vec![]),
        ] {
            assert_eq!(set(&whole).without(&set(&taken)), set(&rest), "{taken:?}");
        }
    }

    #[test]
    fn starts_leave_room_for_the_length() {
        assert_eq!(set(&[(0, 10), (20, 24)]).starts(5), set(&[(0, 6)]));
        assert_eq!(set(&[(0, 10), (20, 24)]).starts(4), set(&[(0, 7), (20, 21)]));
        assert_eq!(set(&[(0, 10)]).starts(0), Intervals::default());
    }

    #[test]
    fn within_contains_covers() {
        let some = set(&[(0, 10), (20, 30)]);
        assert_eq!(some.within(Interval::new(5, 25)).collect::<Vec<_>>(), set(&[(5, 10), (20, 25)]).into_vec());
        assert_eq!(some.within(Interval::new(10, 20)).count(), 0);
        assert!(some.contains(0) && some.contains(29) && !some.contains(10) && !some.contains(-1));
        assert!(some.covers(Interval::new(20, 30)) && !some.covers(Interval::new(9, 21)));
    }
}
