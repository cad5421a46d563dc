//! Which of the possible starts are shown (product.md, section 7, "Which starts are offered").

use super::{
    intervals::Interval,
    model::{Grid, Service},
    time::Calendar,
};
use std::iter::successors;

/// The starts to show of an unbroken span of possible starts: from its first start, moved to a mark of the business's
/// wall clock, in steps of elapsed minutes while they stay in the span.
pub(super) fn starts(span: Interval, service: &Service, calendar: &Calendar) -> impl Iterator<Item = i64> {
    let step = i64::from(service.step);
    let first = match service.grid {
        _ if step == 0 => None,
        Grid::Grid => calendar.round_up(span.from, mark(service.step)),
        Grid::Packed => Some(packed(span, service.step, calendar)),
    };
    successors(first, move |start| Some(start + step)).take_while(move |start| *start < span.to)
}

/// "The first start moves up to the mark that `grid` would use, else the quarter, else the five-minute mark, the first
/// of these that costs no slot, else it stays."
fn packed(span: Interval, step: u32, calendar: &Calendar) -> i64 {
    let slots_from = |first: i64| (span.to - first + i64::from(step) - 1).div_euclid(i64::from(step));
    let most = slots_from(span.from);
    let marks = [mark(step), 15, 5].into_iter().filter_map(|mark| calendar.round_up(span.from, mark));
    marks.filter(|first| *first < span.to).find(|first| slots_from(*first) == most).unwrap_or(span.from)
}

/// The largest of 60, 30, 20, 15, 10 and 5 minutes that divides the step, else the minute.
fn mark(step: u32) -> i64 {
    [60, 30, 20, 15, 10, 5].into_iter().find(|mark| i64::from(step) % mark == 0).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks() {
        for (step, expected) in
            [(60, 60), (120, 60), (90, 30), (45, 15), (40, 20), (50, 10), (25, 5), (35, 5), (7, 1), (1, 1)]
        {
            assert_eq!(mark(step), expected, "{step}");
        }
    }
}
