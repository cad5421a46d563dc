//! Which of the possible starts are shown (product.md, section 7, "Which starts are offered").

use super::{intervals::Interval, time::Calendar};
use std::iter::successors;

/// The starts to show of an unbroken span of possible starts: its first start is rounded up to a mark on the
/// business's wall clock; from there in steps of elapsed minutes while they stay in the span.
pub(super) fn starts(span: Interval, step: u32, calendar: &Calendar) -> impl Iterator<Item = i64> {
    let first = if step == 0 { None } else { calendar.round_up(span.from, mark(step)) };
    successors(first, move |start| Some(start + i64::from(step))).take_while(move |start| *start < span.to)
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
