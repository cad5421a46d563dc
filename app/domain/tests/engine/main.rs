//! The engine against its promises (product.md, section 7), on states made up at random around changes of clocks.
//!
//! `PROPTEST_CASES=10000 cargo test -p domain --test engine` looks longer.

mod bookings;
mod minute;
mod oracle;
mod units;
mod world;

use domain::schedule::*;
use jiff::{SignedDuration, Timestamp};
use oracle::Oracle;
use proptest::{prelude::*, test_runner::FileFailurePersistence};
use world::{World, world};

/// Fewer cases than usual, since the oracle is slow; the environment's number goes first.
fn config() -> ProptestConfig {
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { ProptestConfig::default().cases } else { 96 };
    ProptestConfig {
        cases,
        failure_persistence: Some(Box::new(FileFailurePersistence::WithSource("regressions"))),
        ..ProptestConfig::default()
    }
}

fn shown(world: &World) -> Vec<Slot> {
    slots(world.now, world.window, &world.service, &world.state)
}

fn asked(world: &World, start: Timestamp) -> Verdict {
    ask(world.now, &world.service, &world.state, start)
}

fn starts(slots: &[Slot]) -> Vec<Timestamp> {
    slots.iter().map(|slot| slot.start).collect()
}

/// An appointment of the world's service, as staff would place it.
fn placement(world: &World, start: Timestamp) -> Placement {
    let Service { minutes, buffer_before: before, buffer_after: after, .. } = world.service;
    Placement { minutes, before, after, start }
}

proptest! {
    #![proptest_config(config())]

    /// Starts, ends and picks are those of a second engine that goes from minute to minute and tries everything.
    #[test]
    fn shows_what_the_oracle_shows(world in world()) {
        prop_assert_eq!(shown(&world), Oracle::new(&world).slots());
    }

    /// For any minute, on the grid or off it, shown or not: the verdict is the oracle's, and every reason is true.
    #[test]
    fn says_what_the_oracle_says(world in world(), first in 0_usize..29) {
        let oracle = Oracle::new(&world);
        let (grid, shown) = (oracle.grid(), shown(&world));
        let some = oracle.window().into_iter().skip(first).step_by(29);
        // Mistakes by a minute show where starts begin or cease to be possible.
        for start in some.chain(starts(&shown)).chain(oracle.edges()) {
            let verdict = asked(&world, start);
            let (pick, against) = (oracle.pick(start), oracle.against(start));
            prop_assert_eq!(&verdict.pick, &pick.clone().unwrap_or_default(), "{}", start);
            prop_assert_eq!(verdict.bookable(), pick.is_some() && against.is_empty(), "{}", start);
            prop_assert_eq!(verdict.on_grid, grid.contains(&start), "{}", start);
            // The time speaks first, and says all that it has to say.
            let codes: Vec<_> = verdict.reasons.iter().map(|reason| reason.code).collect();
            prop_assert!(codes.starts_with(&against), "{} {:?} {:?}", start, codes, against);
            prop_assert_eq!(codes.len() > against.len(), pick.is_none(), "{} {:?}", start, codes);
            for reason in &verdict.reasons {
                prop_assert!(oracle.holds(reason, start), "{} {:?}", start, reason);
            }
        }
    }

    /// Whatever is shown can be booked, with the resources shown; and nothing bookable on the grid is kept back.
    #[test]
    fn shown_is_bookable_and_bookable_on_the_grid_is_shown(world in world()) {
        let shown = shown(&world);
        prop_assert!(shown.is_sorted_by(|a, b| a.start < b.start), "in time order, each once");
        for slot in &shown {
            let verdict = asked(&world, slot.start);
            prop_assert!(verdict.bookable() && verdict.on_grid);
            prop_assert_eq!(&verdict.pick, &slot.resources);
            for resource in &slot.resources {
                prop_assert_eq!(check_placement(&world.state, placement(&world, slot.start), *resource, None), vec![]);
            }
        }
        for start in Oracle::new(&world).grid() {
            prop_assert_eq!(asked(&world, start).bookable(), shown.iter().any(|slot| slot.start == start), "{}", start);
        }
    }

    /// The answer for a window is the answers for its days, one after the other.
    #[test]
    fn no_answer_depends_on_the_window(world in world()) {
        let days = world.window.from.series(jiff::Span::new().days(1)).take_while(|day| *day <= world.window.to);
        let mut by_day: Vec<_> =
            days.flat_map(|day| slots(world.now, Window { from: day, to: day }, &world.service, &world.state)).collect();
        // By time: a clock set back across midnight shows the end of a date again.
        by_day.sort_by_key(|slot| slot.start);
        prop_assert_eq!(shown(&world), by_day);
    }

    /// As the clock goes on, starts drop out; none moves, and none changes hands.
    #[test]
    fn now_only_filters(mut world in world(), minutes in 0_i64..4_000) {
        world.service.horizon_days = None;
        let before = shown(&world);
        world.now += SignedDuration::from_mins(minutes);
        let notice = SignedDuration::from_mins(world.service.notice_minutes.into());
        let left: Vec<_> =
            before.into_iter().filter(|slot| slot.start > world.now && slot.start >= world.now + notice).collect();
        prop_assert_eq!(shown(&world), left);
    }

    /// The order in which things are told does not matter, but for those of pools and needs, which are preferences.
    #[test]
    fn order_does_not_matter(world in world()) {
        let mut other = world.clone();
        other.service.limits.reverse();
        other.state.bookings.reverse();
        other.state.counted.reverse();
        other.state.closures.reverse();
        for resource in &mut other.state.resources {
            resource.hours.iter_mut().for_each(|hours| hours.reverse());
            resource.overrides.reverse();
            resource.time_off.reverse();
        }
        prop_assert_eq!(shown(&world), shown(&other));
    }

    /// The calendar leaves unshaded what is open, minute by minute, and nothing of other dates.
    #[test]
    fn open_spans_are_open(world in world()) {
        let oracle = Oracle::new(&world);
        for resource in (0..world.state.resources.len()).map(ResourceIx) {
            let spans = open_spans(&world.state, resource, world.window.from);
            for minute in oracle.window() {
                let within = spans.iter().any(|(from, to)| *from <= minute && minute < *to);
                let expected = oracle.date(minute) == world.window.from && oracle.open_minute(resource, minute);
                prop_assert_eq!(within, expected, "{:?} {}", resource, minute);
            }
        }
    }
}
