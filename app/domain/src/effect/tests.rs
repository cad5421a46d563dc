use super::*;
use crate::schedule::{Booking, Need, Resource, Stretch, Weekdays, WeeklySpan};
use uuid::Uuid;

fn at(text: &str) -> Timestamp {
    format!("2027-03-{text}:00Z").parse().expect("an instant")
}

fn id(n: u128) -> AppointmentId {
    AppointmentId(Uuid::from_u128(n))
}

/// Mondays, 9 to 10, for half an hour each, and a number of resources; looked at on a Monday at six. So there are five
/// Mondays with three slots each: 15.
fn side(quantity: u32, booked: &[(u128, &str)]) -> Side {
    let hours = WeeklySpan { days: [Weekday::Monday].into_iter().collect::<Weekdays>(), from: 540, to: 600 };
    let one = Resource { quantity, ..Resource::new(TimeZone::UTC, Some(vec![hours])) };
    let mut state = Snapshot::new(TimeZone::UTC, vec![one]);
    let held: Vec<Held> = booked
        .iter()
        .map(|(n, start)| Held {
            appointment: id(*n),
            resource: Some(ResourceIx(0)),
            start: at(start),
            minutes: 30,
            before: 0,
            after: 0,
        })
        .collect();
    state.bookings = held
        .iter()
        .map(|held| Booking {
            resource: ResourceIx(0),
            start: held.start,
            end: held.start + 30.minutes(),
            before: 0,
            after: 0,
            appointment: Some(held.appointment),
        })
        .collect();
    let counted = held.iter().map(|h| CountedBooking { appointment: h.appointment, start: h.start, minutes: 30 });
    let counted = vec![(Vec::new(), counted.collect())];
    let service = Service::new(30, 15, vec![Need { pool: vec![ResourceIx(0)], count: 1 }]);
    let offered = Offered {
        id: ServiceId(Uuid::from_u128(1)),
        name: "Cut".into(),
        is_online: true,
        service,
        state: state.clone(),
    };
    Side { services: vec![offered], state, held, counted }
}

fn now() -> Timestamp {
    at("01T06:00")
}

fn change(side: &Side, change: impl Fn(&mut Snapshot)) -> Side {
    let mut changed = side.clone();
    change(&mut changed.state);
    for offered in &mut changed.services {
        change(&mut offered.state);
    }
    changed
}

#[test]
fn no_change_has_no_effect() {
    let before = side(1, &[(1, "08T09:00"), (2, "08T12:00")]);
    let effect = compare(now(), &before, &before);
    // One of the three on the eighth is taken, and another would run into it.
    assert_eq!((effect.services[0].before, effect.services[0].after), (13, 13));
    assert_eq!(effect.appointments, []);
    assert_eq!(effect.sentence(), "No difference in slots in the next 31 days; no appointment is in the way");
}

#[test]
fn shorter_hours_cost_slots_and_leave_appointments_outside() {
    let before = side(1, &[(1, "08T09:30"), (2, "15T09:00"), (3, "16T09:00")]);
    let after = change(&before, |state| {
        let Some(hours) = &mut state.resources[0].hours else { return };
        hours[0].to = 570;
    });
    let effect = compare(now(), &before, &after);
    // The third was outside already: that is not for this change to say.
    assert_eq!(effect.appointments, [(id(1), Trouble::Closed)]);
    assert_eq!((effect.services[0].before, effect.services[0].after), (11, 4));
    assert_eq!(effect.services[0].words(), "7 slots fewer");
    assert_eq!(effect.sentence(), "7 slots fewer in the next 31 days; 1 appointment outside hours");
    let back = compare(now(), &after, &before);
    assert_eq!((back.services[0].words().as_str(), back.appointments.len()), ("7 slots more", 0));
}

#[test]
fn time_off_is_told_from_closed_hours() {
    let before = side(1, &[(1, "08T09:00"), (2, "15T09:00")]);
    let after = change(&before, |state| {
        state.resources[0].time_off = vec![Stretch { start: at("08T00:00"), end: at("09T00:00") }];
    });
    assert_eq!(compare(now(), &before, &after).appointments, [(id(1), Trouble::TimeOff)]);
    let closed = change(&before, |state| {
        state.closures = vec![Stretch { start: at("15T00:00"), end: at("16T00:00") }];
    });
    assert_eq!(compare(now(), &before, &closed).appointments, [(id(2), Trouble::Closed)]);
}

#[test]
fn fewer_of_a_kind_leave_some_without_and_what_is_gone_leaves_all() {
    let before = side(2, &[(1, "08T09:00"), (2, "08T09:15"), (3, "15T09:00")]);
    let after = change(&before, |state| state.resources[0].quantity = 1);
    let affected: Vec<_> = compare(now(), &before, &after).appointments;
    assert_eq!(affected, [(id(1), Trouble::TooMany), (id(2), Trouble::TooMany)]);
    let mut gone = before.clone();
    gone.services.clear();
    for held in &mut gone.held {
        held.resource = None;
    }
    let effect = compare(now(), &before, &gone);
    assert_eq!(effect.appointments.len(), 3);
    assert!(effect.appointments.iter().all(|(_, trouble)| *trouble == Trouble::Gone));
    assert_eq!(effect.services[0].after, 0);
}

#[test]
fn limits_find_those_that_start_last() {
    let before = side(4, &[(3, "08T09:00"), (1, "08T09:00"), (2, "08T09:15"), (4, "15T09:00")]);
    for (limit, over) in [
        (Limit { per: Period::Day, most: Most::Count(2) }, vec![2]),
        (Limit { per: Period::Day, most: Most::Minutes(59) }, vec![3, 2]),
        (Limit { per: Period::Week, most: Most::Count(0) }, vec![1, 3, 2, 4]),
        (Limit { per: Period::Month, most: Most::Count(3) }, vec![4]),
    ] {
        let mut after = before.clone();
        after.counted[0].0 = vec![limit];
        let effect = compare(now(), &before, &after);
        let found: Vec<_> = effect.appointments.iter().map(|(id, trouble)| (*id, *trouble)).collect();
        assert_eq!(found, over.into_iter().map(|n| (id(n), Trouble::Limit)).collect::<Vec<_>>(), "{limit:?}");
    }
    // What has begun is nobody's to move.
    let mut after = before.clone();
    after.counted[0].0 = vec![Limit { per: Period::Day, most: Most::Count(0) }];
    assert_eq!(compare(at("08T10:00"), &before, &after).appointments, [(id(4), Trouble::Limit)]);
}

#[test]
fn what_is_not_online_has_no_slots_and_what_is_new_had_none() {
    let before = side(1, &[]);
    let mut after = before.clone();
    after.services[0].is_online = false;
    assert_eq!(compare(now(), &before, &after).services[0].words(), "15 slots fewer");
    let mut nothing = before.clone();
    nothing.services.clear();
    assert_eq!(compare(now(), &nothing, &before).services[0].words(), "15 slots more");
}
