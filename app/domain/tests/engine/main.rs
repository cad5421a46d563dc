//! The engine against its promises (product.md, section 7), on states made up at random around changes of clocks.
//!
//! `PROPTEST_CASES=10000 cargo test -p domain --test engine` looks longer.

mod oracle;
mod speed;
mod world;

use domain::{ids::AppointmentId, schedule::*};
use jiff::{SignedDuration, Timestamp};
use oracle::Oracle;
use proptest::{prelude::*, sample::Index, test_runner::FileFailurePersistence};
use uuid::Uuid;
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

proptest! {
    #![proptest_config(config())]

    /// Starts, ends and picks are those of a second engine that goes from minute to minute and tries everything.
    #[test]
    fn shows_what_the_oracle_shows(world in world()) {
        prop_assert_eq!(shown(&world), Oracle::new(&world).slots());
    }

    /// For any minute, on the grid or off it, shown or not: the verdict is the oracle's, and true to itself.
    #[test]
    fn says_what_the_oracle_says(world in world(), first in 0_usize..29) {
        let oracle = Oracle::new(&world);
        let (grid, shown) = (oracle.grid(), shown(&world));
        for start in oracle.window().into_iter().skip(first).step_by(29).chain(starts(&shown)) {
            let verdict = asked(&world, start);
            let pick = oracle.pick(start);
            prop_assert_eq!(&verdict.pick, &pick.clone().unwrap_or_default(), "{}", start);
            prop_assert_eq!(verdict.bookable(), pick.is_some() && oracle.refusal(start).is_none(), "{}", start);
            prop_assert_eq!(verdict.on_grid, grid.contains(&start), "{}", start);
            let code = verdict.reasons.first().map(|reason| reason.code);
            prop_assert!(oracle.refusal(start).is_none_or(|refusal| code == Some(refusal)), "{} {:?}", start, code);
            for reason in &verdict.reasons {
                let holds = match (reason.code, reason.resource) {
                    (ReasonCode::Closed, Some(resource)) => !oracle.is_open(resource, start),
                    (ReasonCode::Booked, Some(resource)) => !oracle.is_free(resource, start),
                    _ => reason.resource.is_none(),
                };
                prop_assert!(holds, "{} {:?}", start, reason);
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
                let minutes = world.service.minutes;
                prop_assert_eq!(check_placement(minutes, &world.state, slot.start, *resource, None), vec![]);
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

    /// Bookings take starts away. They may move the grid, but never to a start that was not possible without them.
    #[test]
    fn more_bookings_make_nothing_possible(world in world(), fewer in 0_usize..8) {
        let mut before = world.clone();
        before.state.bookings.truncate(fewer);
        for start in starts(&shown(&world)) {
            prop_assert!(asked(&before, start).bookable(), "{}", start);
        }
    }

    /// What was booked is held: the same start is refused, or served by others. Cancelled, all is as it was.
    #[test]
    fn booked_is_held_until_it_is_cancelled(world in world(), which in any::<Index>()) {
        let before = shown(&world);
        if !before.is_empty() {
            let slot = which.get(&before);
            let appointment = Some(AppointmentId(Uuid::from_u128(99)));
            let book = |resource: &ResourceIx| Booking { resource: *resource, start: slot.start, end: slot.end, appointment };
            let mut booked = world.clone();
            booked.state.bookings.extend(slot.resources.iter().map(book));
            let verdict = asked(&booked, slot.start);
            prop_assert!(verdict.bookable() || !verdict.reasons.is_empty());
            prop_assert!(verdict.pick.iter().all(|resource| !slot.resources.contains(resource)));
            for resource in &slot.resources {
                let placed = |ignore| check_placement(world.service.minutes, &booked.state, slot.start, *resource, ignore);
                prop_assert_eq!(placed(appointment), vec![], "it is not in its own way");
                let held = Reason { code: ReasonCode::Booked, resource: Some(*resource), appointment };
                prop_assert_eq!(placed(None), vec![held]);
            }
            booked.state.bookings.retain(|booking| booking.appointment != appointment);
            prop_assert_eq!(shown(&booked), before);
        }
    }

    /// The order in which hours and bookings are told does not matter.
    #[test]
    fn order_does_not_matter(world in world()) {
        let mut other = world.clone();
        other.state.bookings.reverse();
        other.state.resources.iter_mut().flat_map(|resource| &mut resource.hours).for_each(|hours| hours.reverse());
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
