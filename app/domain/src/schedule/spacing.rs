//! What two bookings of one unit must keep between them: "between two bookings the larger of the two counts (`max`), or
//! their sum (`sum`)" (product.md, section 7), and with it, how many of them can share the units of a resource.
//!
//! "A before B, far enough" is an order: if A is far enough before B and B before C, then A is before C, since B takes
//! time itself. So the fewest units that bookings can be dealt out to are as many as the most of them that are pairwise
//! too near to each other (Dilworth, A Decomposition Theorem for Partially Ordered Sets, 1950). With the sum, and with
//! buffers that are all alike, the order is one of intervals, where the most that meet in one moment will do.

use super::{
    intervals::{Interval, Intervals},
    model::BufferMode,
};

/// A span on one unit, with the minutes that it wants to keep free around it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Held {
    pub(super) span: Interval,
    pub(super) before: i64,
    pub(super) after: i64,
}

/// What is to be placed: its start is the question.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    pub(super) length: i64,
    pub(super) before: i64,
    pub(super) after: i64,
}

impl Shape {
    pub(super) fn at(self, start: i64) -> Held {
        Held { span: Interval::new(start, start + self.length), before: self.before, after: self.after }
    }
}

impl BufferMode {
    /// The minutes that must lie between one that keeps `after` and the next that keeps `before`.
    pub(super) fn gap(self, after: i64, before: i64) -> i64 {
        match self {
            Self::Max => after.max(before),
            Self::Sum => after + before,
        }
    }

    /// Whether `a` ends far enough before `b`.
    pub(super) fn precedes(self, a: &Held, b: &Held) -> bool {
        a.span.to + self.gap(a.after, b.before) <= b.span.from
    }

    /// Whether the two cannot be on one unit.
    pub(super) fn clash(self, a: &Held, b: &Held) -> bool {
        !self.precedes(a, b) && !self.precedes(b, a)
    }

    /// The starts at which `new` would clash with `taken`.
    pub(super) fn barred(self, taken: &Held, new: Shape) -> Interval {
        let first = taken.span.from - new.length - self.gap(new.after, taken.before) + 1;
        Interval::new(first, taken.span.to + self.gap(taken.after, new.before))
    }

    /// The starts at which `new` would clash with `many` that clash with each other: where so many are too many.
    /// `taken` is sorted by span.
    pub(super) fn crowded(self, taken: &[Held], new: Shape, many: usize) -> Intervals {
        if many == 0 {
            return Intervals::of(vec![Interval::new(i64::MIN / 4, i64::MAX / 4)]);
        }
        if many == 1 {
            return Intervals::of(taken.iter().map(|held| self.barred(held, new)).collect());
        }
        if taken.len() < many {
            return Intervals::default();
        }
        match self.padding(taken, new) {
            Some(padding) => padding.crowded(taken, new, many),
            None => self.crowded_in_general(taken, new, many),
        }
    }

    /// How to lengthen spans so that two clash just when the lengthened ones overlap; `None` where that cannot be.
    fn padding(self, taken: &[Held], new: Shape) -> Option<Padding> {
        match self {
            Self::Sum => Some(Padding::Own),
            Self::Max => {
                let alike = taken.iter().all(|held| (held.before, held.after) == (new.before, new.after));
                alike.then(|| Padding::After(new.before.max(new.after)))
            }
        }
    }

    fn crowded_in_general(self, taken: &[Held], new: Shape, many: usize) -> Intervals {
        let barred: Vec<Interval> = taken.iter().map(|held| self.barred(held, new)).collect();
        let mut moments: Vec<i64> = barred.iter().flat_map(|span| [span.from, span.to]).collect();
        moments.sort_unstable();
        moments.dedup();
        let mut crowded = Intervals::default();
        for stretch in moments.windows(2) {
            let &[from, to] = stretch else { continue };
            let near: Vec<Held> = taken
                .iter()
                .zip(&barred)
                .filter(|(_, barred)| barred.from <= from && to <= barred.to)
                .map(|(held, _)| *held)
                .collect();
            if near.len() >= many && self.most_clashing(&near) >= many {
                crowded.append(Interval::new(from, to));
            }
        }
        crowded
    }

    /// How many of these, sorted by span, clash with each other at the most.
    pub(super) fn most_clashing(self, held: &[Held]) -> usize {
        // As the first that fits, in the order of their starts, is often the best: a way with as few units as there are
        // spans in one moment cannot be beaten.
        let mut last: Vec<&Held> = Vec::new();
        for one in held {
            match last.iter_mut().find(|end| self.precedes(end, one)) {
                Some(end) => *end = one,
                None => last.push(one),
            }
        }
        let overlapping = deepest(held.iter().map(|held| held.span).collect());
        if last.len() == overlapping { overlapping } else { self.chains(held).1 }
    }

    /// The fewest rows in which no two clash: by index the row of each, and how many rows there are.
    pub(super) fn chains(self, held: &[Held]) -> (Vec<usize>, usize) {
        let follows: Vec<Vec<usize>> = held
            .iter()
            .map(|a| (0..held.len()).filter(|b| held.get(*b).is_some_and(|b| self.precedes(a, b))).collect())
            .collect();
        // Each is followed in its row by at most one: the most such pairs leave the fewest rows.
        let mut before: Vec<Option<usize>> = vec![None; held.len()];
        for one in 0..held.len() {
            let mut seen = vec![false; held.len()];
            follow(one, &follows, &mut before, &mut seen);
        }
        let mut order: Vec<usize> = (0..held.len()).collect();
        order.sort_by_key(|one| held.get(*one).map(|held| held.span));
        let mut rows = vec![0; held.len()];
        let mut count = 0;
        for one in order {
            rows[one] = match before[one] {
                Some(earlier) => rows[earlier],
                None => {
                    count += 1;
                    count - 1
                }
            };
        }
        (rows, count)
    }
}

/// Finds somebody to come after `one`, by letting others change theirs if it must be.
fn follow(one: usize, follows: &[Vec<usize>], before: &mut [Option<usize>], seen: &mut [bool]) -> bool {
    for &next in &follows[one] {
        if std::mem::replace(&mut seen[next], true) {
            continue;
        }
        let is_free = match before[next] {
            None => true,
            Some(other) => follow(other, follows, before, seen),
        };
        if is_free {
            before[next] = Some(one);
            return true;
        }
    }
    false
}

/// How many of the spans share a moment at the most.
fn deepest(spans: Vec<Interval>) -> usize {
    levels(spans).into_iter().map(|(_, depth)| depth).max().unwrap_or(0)
}

/// How many of the spans there are at a time: stretches in time order, with none left out between the first and the last.
fn levels(spans: Vec<Interval>) -> Vec<(Interval, usize)> {
    let mut changes: Vec<(i64, bool)> = spans.iter().flat_map(|span| [(span.from, true), (span.to, false)]).collect();
    changes.sort_unstable();
    let (mut depth, mut since, mut levels) = (0, i64::MIN, Vec::new());
    for (at, begins) in changes {
        if at > since && depth > 0 {
            levels.push((Interval::new(since, at), depth));
        }
        since = at;
        depth = if begins { depth + 1 } else { depth - 1 };
    }
    levels
}

/// See [`BufferMode::padding`].
#[derive(Clone, Copy)]
enum Padding {
    /// Each by its own buffers.
    Own,
    /// All by so many minutes after them.
    After(i64),
}

impl Padding {
    fn pad(self, held: &Held) -> Interval {
        match self {
            Self::Own => Interval::new(held.span.from - held.before, held.span.to + held.after),
            Self::After(minutes) => Interval::new(held.span.from, held.span.to + minutes),
        }
    }

    fn crowded(self, taken: &[Held], new: Shape, many: usize) -> Intervals {
        let around = self.pad(&new.at(0));
        let full = levels(taken.iter().map(|held| self.pad(held)).collect());
        let full = full.into_iter().filter(|(_, depth)| *depth >= many);
        // Where the new one, lengthened, would reach into a stretch that is full.
        Intervals::of(full.map(|(span, _)| Interval::new(span.from - around.to + 1, span.to - around.from)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(from: i64, to: i64, before: i64, after: i64) -> Held {
        Held { span: Interval::new(from, to), before, after }
    }

    #[test]
    fn the_larger_or_the_sum() {
        let (a, b) = (held(0, 60, 0, 10), held(75, 100, 20, 0));
        assert!(!BufferMode::Max.precedes(&a, &b) && !BufferMode::Sum.precedes(&a, &b));
        let b = held(80, 100, 20, 0);
        assert!(BufferMode::Max.precedes(&a, &b) && !BufferMode::Sum.precedes(&a, &b));
        let b = held(90, 100, 20, 0);
        assert!(BufferMode::Sum.precedes(&a, &b));
    }

    #[test]
    fn barred_starts_are_those_that_clash() {
        let new = Shape { length: 30, before: 5, after: 15 };
        for mode in [BufferMode::Max, BufferMode::Sum] {
            for taken in [held(100, 160, 0, 0), held(100, 160, 20, 10), held(100, 101, 7, 3)] {
                let barred = mode.barred(&taken, new);
                for start in 0..300 {
                    let clashes = mode.clash(&taken, &new.at(start));
                    assert_eq!(clashes, (barred.from..barred.to).contains(&start), "{mode:?} {taken:?} {start}");
                }
            }
        }
    }

    #[test]
    fn rows_without_a_clash_as_few_as_can_be() {
        // First come, first served would take three: the long buffer of the first forces the third elsewhere.
        let some = [held(0, 10, 0, 40), held(5, 20, 0, 0), held(25, 30, 30, 0), held(52, 60, 0, 0)];
        let (rows, count) = BufferMode::Max.chains(&some);
        assert_eq!(count, BufferMode::Max.most_clashing(&some));
        for (i, a) in some.iter().enumerate() {
            for (j, b) in some.iter().enumerate().filter(|(j, _)| *j != i) {
                assert!(rows[i] != rows[j] || !BufferMode::Max.clash(a, b), "{i} {j}");
            }
        }
        assert_eq!(BufferMode::Max.chains(&[]).1, 0);
    }

    #[test]
    fn crowded_whichever_way_it_is_found() {
        let new = Shape { length: 20, before: 5, after: 10 };
        // Buffers all alike: the short way and the general one must agree.
        let taken: Vec<Held> =
            [(0, 30), (20, 50), (25, 45), (70, 90), (85, 100), (140, 150)].map(|(a, z)| held(a, z, 5, 10)).into();
        for many in 1..4 {
            let short = BufferMode::Max.crowded(&taken, new, many);
            assert_eq!(short, BufferMode::Max.crowded_in_general(&taken, new, many), "{many}");
            let sum = BufferMode::Sum.crowded(&taken, new, many);
            assert_eq!(sum, BufferMode::Sum.crowded_in_general(&taken, new, many), "{many}");
        }
    }
}
