//! What becomes of the answers as bookings come and go.

use crate::{
    asked, config,
    oracle::Oracle,
    placement, shown, starts,
    units::{Taken, can_be_dealt_out},
    world::{World, world},
};
use domain::{ids::AppointmentId, schedule::*};
use jiff::{SignedDuration, Timestamp};
use proptest::{prelude::*, sample::Index};
use std::collections::BTreeMap;
use uuid::Uuid;

fn appointment(number: u128) -> AppointmentId {
    AppointmentId(Uuid::from_u128(number))
}

/// The world without the bookings that could not have been made one after the other.
fn consistent(mut world: World) -> World {
    let mut kept: Vec<Booking> = Vec::new();
    for booking in std::mem::take(&mut world.state.bookings) {
        let units = world.state.resources[booking.resource.0].quantity as usize;
        let of_it = kept.iter().chain([&booking]).filter(|other| other.resource == booking.resource);
        if can_be_dealt_out(&of_it.filter_map(Taken::by).collect::<Vec<_>>(), units, world.state.buffer_mode) {
            kept.push(booking);
        }
    }
    world.state.bookings = kept;
    world
}

/// The same bookings, all on two or three units that never close: what is possible is then up to them alone.
fn crowded(mut world: World) -> World {
    world.state.closures.clear();
    world.service.needs = vec![Need { pool: vec![ResourceIx(0)], count: 1 }];
    let resource = &mut world.state.resources[0];
    let quantity = 2 + resource.quantity % 2;
    *resource = Resource { quantity, ..Resource::new(resource.zone.clone(), None) };
    world.state.bookings.iter_mut().for_each(|booking| booking.resource = ResourceIx(0));
    world
}

/// How often each of them comes.
fn times(resources: &[ResourceIx]) -> BTreeMap<ResourceIx, usize> {
    let mut times = BTreeMap::new();
    resources.iter().for_each(|resource| *times.entry(*resource).or_default() += 1);
    times
}

/// How much is counted in the period of a start.
fn used(world: &World, limit: Limit, start: Timestamp) -> (u64, u64) {
    let (bookings, minutes) = world.counted_in(limit.per, world.state.zone.to_datetime(start).date());
    match limit.most {
        Most::Count(most) => (bookings, most.into()),
        Most::Minutes(most) => (minutes, most.into()),
    }
}

proptest! {
    #![proptest_config(config())]

    /// A start is possible on a resource just when all its bookings and the new one can be dealt out to the units, in
    /// states that can be dealt out themselves. And as many are left as can be dealt out with them. It is so because
    /// "ends early enough before" is an order: the fewest rows that it can be cut into are as many as the most bookings
    /// that are all in each other's way (Dilworth). The oracle goes by the latter, here by trying every way.
    #[test]
    fn what_fits_can_be_dealt_out(world in world(), first in 0_usize..97) {
        let world = consistent(world);
        let (oracle, mode) = (Oracle::new(&world), world.state.buffer_mode);
        for start in oracle.window().into_iter().skip(first).step_by(97) {
            let new = Taken::new(&world.service, start);
            for (at, resource) in world.state.resources.iter().enumerate() {
                let of_it = world.state.bookings.iter().filter(|booking| booking.resource.0 == at);
                let mut taken: Vec<_> = of_it.filter_map(Taken::by).collect();
                let mut more = 0;
                loop {
                    taken.push(new);
                    if !can_be_dealt_out(&taken, resource.quantity as usize, mode) {
                        break;
                    }
                    more += 1;
                }
                let reasons = check_placement(&world.state, placement(&world, start), ResourceIx(at), None);
                let in_the_way = reasons.iter().any(|why| matches!(why.code, ReasonCode::Booked | ReasonCode::Buffer));
                // With no units at all there is nobody to name.
                prop_assert!(in_the_way == (more == 0) || resource.quantity == 0, "{} {} {:?}", start, at, reasons);
                prop_assert!(oracle.left(at, start) == more || !oracle.is_there(at, start), "{} {}", start, at);
            }
        }
    }

    /// To the minute: where bookings on few units begin and cease to be in the way.
    #[test]
    fn few_units_are_full_to_the_minute(world in world()) {
        let world = crowded(world);
        let oracle = Oracle::new(&world);
        for start in oracle.edges() {
            prop_assert_eq!(asked(&world, start).pick.is_empty(), oracle.left(0, start) == 0, "{}", start);
        }
    }

    /// Bookings never make a start possible that was not. They may well bring a start onto the grid, since they cut the
    /// spans and the grid begins anew behind them; so it is asked about minutes, not about what is shown.
    #[test]
    fn more_bookings_make_nothing_possible(world in world(), fewer in 0_usize..9, first in 0_usize..29) {
        let mut before = world.clone();
        before.state.bookings.truncate(fewer);
        for start in Oracle::new(&world).window().into_iter().skip(first).step_by(29).chain(starts(&shown(&world))) {
            if !asked(&world, start).pick.is_empty() {
                prop_assert!(!asked(&before, start).pick.is_empty(), "{}", start);
            }
        }
    }

    /// What was booked is held: the same start is refused, or served by others, or by other units. It is not in its own
    /// way when it is moved. Cancelled, all is as it was.
    #[test]
    fn booked_is_held_until_it_is_cancelled(world in world(), which in any::<Index>()) {
        let before = shown(&world);
        if !before.is_empty() {
            let slot = which.get(&before);
            let mut booked = world.clone();
            booked.book(slot, appointment(99));
            let verdict = asked(&booked, slot.start);
            prop_assert!(verdict.bookable() || !verdict.reasons.is_empty());
            let (was, is) = (Oracle::new(&world), Oracle::new(&booked));
            for (resource, times) in times(&slot.resources) {
                prop_assert_eq!(is.left(resource.0, slot.start) + times, was.left(resource.0, slot.start));
                let placed =
                    |ignore| check_placement(&booked.state, placement(&world, slot.start), resource, ignore);
                prop_assert_eq!(placed(Some(appointment(99))), vec![], "it is not in its own way");
                prop_assert_eq!(placed(None).is_empty(), is.left(resource.0, slot.start) > 0);
            }
            for (resource, times) in times(&verdict.pick) {
                prop_assert!(times <= is.left(resource.0, slot.start));
            }
            booked.state.bookings.retain(|booking| booking.appointment != Some(appointment(99)));
            booked.state.counted.pop();
            prop_assert_eq!(shown(&booked), before);
        }
    }

    /// Book the first that is shown, and again, until nothing is left or one has seen enough: no limit is exceeded that
    /// was not from the start, and all that was booked can be dealt out to the units.
    #[test]
    fn booking_all_that_is_shown_keeps_limits_and_units(world in world()) {
        let world = consistent(world);
        let mut booked = world.clone();
        for number in 0..20 {
            let Some(slot) = shown(&booked).into_iter().next() else { break };
            booked.book(&slot, appointment(100 + number));
            for limit in &world.service.limits {
                let (used, most) = used(&booked, *limit, slot.start);
                prop_assert!(used <= most, "{:?} {}", limit, slot.start);
            }
        }
        for (at, resource) in world.state.resources.iter().enumerate() {
            let of_it = booked.state.bookings.iter().filter(|booking| booking.resource.0 == at);
            let taken: Vec<_> = of_it.filter_map(Taken::by).collect();
            prop_assert!(can_be_dealt_out(&taken, resource.quantity as usize, world.state.buffer_mode), "{}", at);
        }
    }

    /// A unit is found whenever there is one, moving others where it must, and then no two on a unit are in each
    /// other's way.
    #[test]
    fn units_are_dealt_out(world in world(), minute in 0_i64..1440) {
        let world = consistent(world);
        let (mode, start) = (world.state.buffer_mode, domain::time::start_of_day(world.window.from, &world.state.zone) + SignedDuration::from_mins(minute));
        let placed = placement(&world, start);
        for (at, resource) in world.state.resources.iter().enumerate() {
            let claim = |unit, booking: &Booking| {
                let Booking { start, end, before, after, .. } = *booking;
                OnUnit { unit, start, end, before, after }
            };
            let mut taken: Vec<OnUnit> = Vec::new();
            for booking in world.state.bookings.iter().filter(|booking| booking.resource.0 == at) {
                // As the store would: one after the other. A booking without length has no place.
                let one = claim(0, booking);
                let Some((unit, moved)) = deal(mode, resource.quantity, &taken, &one) else {
                    prop_assert!(booking.end <= booking.start, "it could be dealt out");
                    continue;
                };
                moved.into_iter().for_each(|(place, unit)| taken[place].unit = unit);
                taken.push(OnUnit { unit, ..one });
            }
            let new = Taken::new(&world.service, start);
            let of_it = taken.iter().map(as_taken).collect::<Vec<_>>();
            let fits = can_be_dealt_out(&[of_it.clone(), vec![new]].concat(), resource.quantity as usize, mode);
            let end = start + SignedDuration::from_mins(placed.minutes.into());
            let one = OnUnit { unit: 0, start, end, before: placed.before, after: placed.after };
            let dealt = deal(mode, resource.quantity, &taken, &one);
            prop_assert_eq!(dealt.is_some(), fits, "{}", start);
            if let Some((unit, moved)) = dealt {
                moved.into_iter().for_each(|(place, unit)| taken[place].unit = unit);
                taken.push(OnUnit { unit, ..one });
            }
            for (place, one) in taken.iter().enumerate() {
                prop_assert!((1..=resource.quantity).contains(&one.unit));
                let others = taken[..place].iter().filter(|other| other.unit == one.unit);
                for other in others {
                    prop_assert!(!as_taken(one).conflicts(&as_taken(other), mode), "{:?} {:?}", one, other);
                }
            }
        }
    }
}

fn as_taken(one: &OnUnit) -> Taken {
    let OnUnit { start, end, before, after, .. } = *one;
    let booking = Booking { resource: ResourceIx(0), start, end, before, after, appointment: None };
    Taken::by(&booking).expect("it takes time")
}
