//! The engine as a whole, in tables. The rules one by one are tested beside their code, and all of them against an
//! oracle in tests/engine.rs.

use super::*;
use crate::ids::AppointmentId;
use jiff::{
    Zoned,
    civil::{Weekday, date},
    tz::TimeZone,
};
use uuid::Uuid;

const ANA: ResourceIx = ResourceIx(0);
const BO: ResourceIx = ResourceIx(1);
const ROOM: ResourceIx = ResourceIx(2);

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).expect("a zone")
}

fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

fn resource(name: &str, days: impl IntoIterator<Item = Weekday>, from: u16, to: u16) -> Resource {
    Resource::new(zone(name), Some(vec![WeeklySpan { days: days.into_iter().collect(), from, to }]))
}

fn booking(resource: ResourceIx, start: &str, end: &str, appointment: u128) -> Booking {
    let appointment = Some(AppointmentId(Uuid::from_u128(appointment)));
    Booking { resource, start: at(start), end: at(end), before: 0, after: 0, appointment }
}

fn one_of(pool: &[ResourceIx]) -> Need {
    Need { pool: pool.to_vec(), count: 1 }
}

fn service(minutes: u32, step: u32, needs: Vec<Need>) -> Service {
    Service::new(minutes, step, needs)
}

fn day(year: i16, month: i8, day: i8) -> Window {
    Window { from: date(year, month, day), to: date(year, month, day) }
}

/// The starts on the business's clock, as `HH:MM` or, where the offset matters, `HH:MM+02`.
fn starts(shown: &[Slot], state: &Snapshot, format: &str) -> Vec<String> {
    let wall = |slot: &Slot| Zoned::new(slot.start, state.zone.clone()).strftime(format).to_string();
    shown.iter().map(wall).collect()
}

/// The example of api.md, section 2, without its buffers (which change nothing in its answer).
fn salon() -> (Timestamp, Service, Snapshot) {
    let berlin = zone("Europe/Berlin");
    let state = Snapshot {
        zone: berlin.clone(),
        resources: vec![
            resource("Europe/Berlin", [Weekday::Monday, Weekday::Tuesday], 540, 720),
            Resource::new(berlin.clone(), Some(vec![])),
            Resource::new(berlin, None),
        ],
        bookings: vec![booking(ANA, "2026-12-01T09:15:00Z", "2026-12-01T10:00:00Z", 1)],
        ..Snapshot::new(TimeZone::UTC, vec![])
    };
    let mut service = service(60, 30, vec![one_of(&[ANA, BO]), one_of(&[ROOM])]);
    service.horizon_days = Some(60);
    (at("2026-11-30T08:00:00Z"), service, state)
}

#[test]
fn the_example_of_the_contract() {
    let (now, service, state) = salon();
    let shown = slots(now, day(2026, 12, 1), &service, &state);
    let expected = [
        ("2026-12-01T09:00:00+01:00", "2026-12-01T10:00:00+01:00"),
        ("2026-12-01T11:00:00+01:00", "2026-12-01T12:00:00+01:00"),
    ];
    assert_eq!(shown, expected.map(|(start, end)| Slot { start: at(start), end: at(end), resources: vec![ANA, ROOM] }));
    let verdict = ask(now, &service, &state, at("2026-12-01T09:30:00Z"));
    let appointment = state.bookings[0].appointment;
    assert!(!verdict.bookable() && !verdict.on_grid && verdict.pick.is_empty());
    assert_eq!(
        verdict.reasons,
        [
            Reason { code: ReasonCode::Booked, resource: Some(ANA), appointment, limit: None },
            Reason { code: ReasonCode::Closed, resource: Some(BO), appointment: None, limit: None },
        ]
    );
}

#[test]
fn off_the_grid_is_bookable_all_the_same() {
    let (now, service, state) = salon();
    let verdict = ask(now, &service, &state, at("2026-12-01T08:05:00Z"));
    assert!(verdict.bookable() && !verdict.on_grid);
    assert_eq!(verdict.pick, [ANA, ROOM]);
}

#[test]
fn the_grid_begins_anew_in_each_span_and_at_midnight() {
    let mut state = Snapshot {
        zone: zone("Europe/Berlin"),
        resources: vec![resource("Europe/Berlin", Weekdays::ALL.iter(), 545, 720)],
        bookings: vec![booking(ANA, "2027-03-01T08:50:00Z", "2027-03-01T09:07:00Z", 1)],
        ..Snapshot::new(TimeZone::UTC, vec![])
    };
    let now = at("2027-02-01T00:00:00Z");
    for (minutes, step, expected) in [
        // 09:05-09:50 and 10:07-12:00.
        (30, 30, vec!["10:30", "11:00", "11:30"]),
        (30, 15, vec!["09:15", "10:15", "10:30", "10:45", "11:00", "11:15", "11:30"]),
        (30, 45, vec!["09:15", "10:15", "11:00"]),
        (
            45,
            7,
            vec!["09:05", "10:07", "10:14", "10:21", "10:28", "10:35", "10:42", "10:49", "10:56", "11:03", "11:10"],
        ),
        (113, 1, vec!["10:07"]),
        (114, 1, vec![]),
    ] {
        let shown = slots(now, day(2027, 3, 1), &service(minutes, step, vec![one_of(&[ANA])]), &state);
        assert_eq!(starts(&shown, &state, "%H:%M"), expected, "{minutes} {step}");
    }
    // Through midnight: 50 minutes from 22:05 on would give 00:35, but the new day begins its own grid at 00:00.
    state.resources = vec![resource("Europe/Berlin", Weekdays::ALL.iter(), 1320, 120)];
    let window = Window { from: date(2027, 3, 2), to: date(2027, 3, 3) };
    let shown = slots(now, window, &service(60, 50, vec![one_of(&[ANA])]), &state);
    assert_eq!(
        starts(&shown, &state, "%d %H:%M"),
        [
            "02 00:00", "02 00:50", "02 22:00", "02 22:50", "02 23:40", "03 00:00", "03 00:50", "03 22:00", "03 22:50",
            "03 23:40",
        ]
    );
}

#[test]
fn changes_of_clocks_on_the_grid() {
    let now = at("2027-01-01T00:00:00Z");
    for (name, window, from, to, step, expected) in [
        // An hour left out: starts go on by elapsed time.
        (
            "Europe/Berlin",
            day(2027, 3, 28),
            60,
            300,
            30,
            vec!["01:00+01", "01:30+01", "03:00+02", "03:30+02", "04:00+02", "04:30+02"],
        ),
        // An hour that comes twice is offered twice, told apart by its offset.
        (
            "Europe/Berlin",
            day(2027, 10, 31),
            120,
            210,
            30,
            vec!["02:00+02", "02:30+02", "02:00+01", "02:30+01", "03:00+01"],
        ),
        // Midnight left out: the day begins at 01:00, which 50-minute steps then count from.
        ("America/Santiago", day(2027, 9, 5), 0, 180, 50, vec!["01:00-03", "01:50-03"]),
        ("America/Santiago", day(2027, 4, 3), 1380, 1440, 30, vec!["23:00-03", "23:30-03", "23:00-04", "23:30-04"]),
        ("Asia/Kathmandu", day(2027, 3, 1), 550, 660, 60, vec!["10:00+05:45"]),
    ] {
        let state = Snapshot {
            zone: zone(name),
            resources: vec![resource(name, Weekdays::ALL.iter(), from, to)],
            bookings: vec![],
            ..Snapshot::new(TimeZone::UTC, vec![])
        };
        let shown = slots(now, window, &service(30, step, vec![one_of(&[ANA])]), &state);
        assert_eq!(starts(&shown, &state, "%H:%M%:::z"), expected, "{name} {window:?}");
    }
}

#[test]
fn each_resource_is_open_on_its_own_clock() {
    // 09:00-17:00 in London is 10:00-18:00 in Berlin, where the business and its room are. Between the dates on which
    // Europe and America change their clocks, New York is five hours behind Berlin, not six.
    let state = Snapshot {
        zone: zone("Europe/Berlin"),
        resources: vec![
            resource("Europe/London", Weekdays::ALL.iter(), 540, 1020),
            resource("America/New_York", Weekdays::ALL.iter(), 480, 1020),
            resource("Europe/Berlin", Weekdays::ALL.iter(), 480, 840),
        ],
        bookings: vec![],
        ..Snapshot::new(TimeZone::UTC, vec![])
    };
    let service = service(60, 60, vec![one_of(&[ANA]), one_of(&[BO]), one_of(&[ROOM])]);
    let now = at("2027-01-01T00:00:00Z");
    assert_eq!(slots(now, day(2027, 3, 10), &service, &state), []);
    let shown = slots(now, day(2027, 3, 20), &service, &state);
    assert_eq!(starts(&shown, &state, "%H:%M"), ["13:00"]);
}

#[test]
fn spans_run_on_over_all_resources_but_a_booking_does_not() {
    // Ana until 10:00, Bo from 10:00 on: no start in between fits, since nobody is there for the whole length.
    let state = Snapshot {
        zone: TimeZone::UTC,
        resources: vec![
            resource("UTC", Weekdays::ALL.iter(), 480, 600),
            resource("UTC", Weekdays::ALL.iter(), 571, 660),
        ],
        bookings: vec![],
        ..Snapshot::new(TimeZone::UTC, vec![])
    };
    let now = at("2027-01-01T00:00:00Z");
    let shown = |minutes| slots(now, day(2027, 3, 1), &service(minutes, 20, vec![one_of(&[ANA, BO])]), &state);
    assert_eq!(
        starts(&shown(40), &state, "%H:%M"),
        ["08:00", "08:20", "08:40", "09:00", "09:20", "09:40", "10:00", "10:20"]
    );
    assert_eq!(starts(&shown(29), &state, "%H:%M").last().map(String::as_str), Some("10:20"));
    let resources: Vec<_> = shown(29).iter().map(|slot| slot.resources[0].0).collect();
    assert_eq!(resources, [0, 0, 0, 0, 0, 1, 1, 1]);
}

#[test]
fn now_filters_and_never_moves() {
    let (_, mut service, state) = salon();
    service.step = 7;
    let window = day(2026, 12, 1);
    let all = slots(at("2026-11-30T08:00:00Z"), window, &service, &state);
    for now in ["2026-12-01T08:00:00Z", "2026-12-01T08:03:30Z", "2026-12-01T10:00:00Z", "2026-12-02T10:00:00Z"] {
        let later: Vec<_> = all.iter().filter(|slot| slot.start > at(now)).cloned().collect();
        assert_eq!(slots(at(now), window, &service, &state), later, "{now}");
    }
}

#[test]
fn yesterday_may_come_back() {
    // At 00:01 on 7 November 2010 Newfoundland set its clocks back to 23:01 of the sixth.
    let hours = resource("America/St_Johns", Weekdays::ALL.iter(), 1380, 30);
    let state = Snapshot::new(zone("America/St_Johns"), vec![hours]);
    let service = service(15, 30, vec![one_of(&[ANA])]);
    let now = at("2010-11-07T02:30:30Z");
    let window = Window { from: date(2010, 11, 6), to: date(2010, 11, 7) };
    let shown = slots(now, window, &service, &state);
    assert_eq!(
        starts(&shown, &state, "%d %H:%M%:z"),
        ["06 23:30-03:30", "07 00:00-03:30", "07 23:00-03:30", "07 23:30-03:30"]
    );
}

#[test]
fn notice_and_horizon() {
    let (_, mut service, state) = salon();
    service.notice_minutes = 120;
    service.horizon_days = Some(1);
    let now = at("2026-11-30T08:00:00Z");
    let window = Window { from: date(2026, 11, 1), to: date(2026, 12, 31) };
    assert_eq!(starts(&slots(now, window, &service, &state), &state, "%d %H:%M"), ["30 11:00", "01 09:00", "01 11:00"]);
    for (start, code) in [
        ("2026-11-30T08:00:00Z", ReasonCode::Past),
        ("2026-11-30T09:30:00Z", ReasonCode::Notice),
        ("2026-12-07T08:00:00Z", ReasonCode::Horizon),
    ] {
        let verdict = ask(now, &service, &state, at(start));
        assert_eq!(verdict.reasons, [Reason { code, resource: None, appointment: None, limit: None }], "{start}");
        assert_eq!(verdict.pick, [ANA, ROOM], "the resources are fine");
    }
}

#[test]
fn the_least_busy_of_the_day_is_picked_then_the_first_of_the_pool() {
    let (now, _, mut state) = salon();
    state.resources = vec![Resource::new(TimeZone::UTC, None); 3];
    let whom = |bookings: &[(usize, &str, &str)], needs: Vec<Need>| {
        let booked = |&(r, start, end): &(usize, &str, &str)| booking(ResourceIx(r), start, end, 1);
        let state = Snapshot { bookings: bookings.iter().map(booked).collect(), ..state.clone() };
        let pick = ask(now, &service(60, 60, needs), &state, at("2026-12-01T12:00:00Z")).pick;
        pick.into_iter().map(|r| r.0).collect::<Vec<_>>()
    };
    let all = [ANA, BO, ROOM];
    let hour = |r| (r, "2026-12-01T08:00:00Z", "2026-12-01T09:00:00Z");
    assert_eq!(whom(&[], vec![one_of(&[BO, ANA])]), [1]);
    assert_eq!(whom(&[hour(0)], vec![one_of(&all)]), [1]);
    assert_eq!(whom(&[hour(0), hour(1)], vec![Need { pool: all.to_vec(), count: 2 }]), [2, 0]);
    // The business's day in Berlin ends at 23:00Z, and a booking belongs to the day of its start, all of it.
    assert_eq!(whom(&[(0, "2026-12-01T23:00:00Z", "2026-12-02T09:00:00Z")], vec![one_of(&all)]), [0]);
    assert_eq!(whom(&[(0, "2026-11-30T22:59:00Z", "2026-12-01T09:00:00Z")], vec![one_of(&all)]), [0]);
    assert_eq!(whom(&[(0, "2026-11-30T23:00:00Z", "2026-11-30T23:01:00Z")], vec![one_of(&all)]), [1]);
    // The first need has the first choice, as far as the second can still be met; and the order is that of needs.
    assert_eq!(whom(&[], vec![one_of(&all), one_of(&all)]), [0, 1]);
    assert_eq!(whom(&[], vec![one_of(&[ANA, BO]), one_of(&[ANA])]), [1, 0]);
    assert_eq!(whom(&[hour(0)], vec![one_of(&[ROOM]), Need { pool: vec![ANA, BO], count: 2 }]), [2, 1, 0]);
}

#[test]
fn only_needs_that_are_short_are_explained() {
    let (now, mut service, mut state) = salon();
    let codes = |service: &Service, state: &Snapshot| {
        let reasons = ask(now, service, state, at("2026-12-01T08:00:00Z")).reasons;
        reasons.into_iter().map(|r| (r.code.as_str(), r.resource.map(|r| r.0))).collect::<Vec<_>>()
    };
    // Bo is closed too, but Ana could serve: it is the room.
    state.bookings = vec![
        booking(ROOM, "2026-12-01T08:30:00Z", "2026-12-01T09:00:00Z", 7),
        booking(ROOM, "2026-12-01T07:30:00Z", "2026-12-01T08:01:00Z", 8),
    ];
    assert_eq!(codes(&service, &state), [("booked", Some(2)), ("booked", Some(2))]);
    state.bookings.clear();
    service.needs.push(one_of(&[ANA]));
    assert_eq!(codes(&service, &state), [("closed", Some(1))], "with Bo it would do");
    service.needs = vec![Need { pool: vec![ANA, BO], count: 3 }];
    assert_eq!(codes(&service, &state), [("closed", Some(1)), ("pool_short", None)]);
    service.needs = vec![one_of(&[ROOM]), one_of(&[ROOM])];
    assert_eq!(codes(&service, &state), [("pool_short", None)]);
}

#[test]
fn a_placement_is_checked_against_hours_and_others() {
    let (_, _, mut state) = salon();
    state.bookings.push(booking(ANA, "2026-12-01T10:30:00Z", "2026-12-01T10:45:00Z", 2));
    let [first, second] = [1, 2].map(|n| Some(AppointmentId(Uuid::from_u128(n))));
    let check = |minutes, start: &str, resource, ignore| {
        let reasons =
            check_placement(&state, Placement { minutes, before: 0, after: 0, start: at(start) }, resource, ignore);
        reasons.into_iter().map(|r| (r.code.as_str(), r.appointment)).collect::<Vec<_>>()
    };
    // In the past as well: staff keep the calendar.
    assert_eq!(check(60, "2020-12-01T09:00:00Z", ANA, None), []);
    assert_eq!(check(120, "2026-12-01T09:00:00Z", ANA, None), [("booked", first), ("booked", second)]);
    assert_eq!(check(120, "2026-12-01T09:00:00Z", ANA, first), [("booked", second)]);
    assert_eq!(check(31, "2026-12-01T10:30:00Z", ANA, second), [("closed", None)]);
    assert_eq!(check(30, "2026-12-01T10:00:00Z", ANA, None), [], "half-open");
    assert_eq!(check(30, "2026-12-01T10:00:00Z", BO, None), [("closed", None)]);
    assert_eq!(check(30, "2026-12-01T10:00:00Z", ResourceIx(9), None), [("closed", None)]);
    assert_eq!(check(0, "2026-12-01T10:00:00Z", ANA, None), [("no_such_time", None)]);
    assert_eq!(check(30, "2026-12-01T10:00:01Z", ANA, None), [("no_such_time", None)]);
}

#[test]
fn bookings_of_nobody_are_never_ignored() {
    let (_, _, mut state) = salon();
    state.bookings[0].appointment = None;
    assert_eq!(
        {
            let placement = Placement { minutes: 60, before: 0, after: 0, start: at("2026-12-01T09:00:00Z") };
            check_placement(&state, placement, ANA, None)
        }
        .len(),
        1
    );
}

#[test]
fn what_means_nothing_offers_nothing() {
    let (now, good, state) = salon();
    let window = day(2026, 12, 1);
    let start = at("2026-12-01T08:00:00Z");
    assert!(ask(now, &good, &state, start).bookable());
    for (service, code) in [
        (Service { minutes: 0, ..good.clone() }, Some("no_such_time")),
        (Service { minutes: u32::MAX, ..good.clone() }, Some("no_such_time")),
        (Service { step: 0, ..good.clone() }, None),
        (Service { needs: vec![], ..good.clone() }, Some("pool_short")),
        (Service { needs: vec![Need { pool: vec![ANA], count: 0 }], ..good.clone() }, Some("pool_short")),
        (Service { needs: vec![Need { pool: vec![], count: 1 }], ..good.clone() }, Some("pool_short")),
        (Service { needs: vec![one_of(&[ResourceIx(99)])], ..good.clone() }, Some("pool_short")),
        (Service { needs: vec![Need { pool: vec![ANA, ANA], count: 2 }], ..good.clone() }, Some("pool_short")),
        (Service { needs: vec![Need { pool: vec![ANA], count: usize::MAX }], ..good.clone() }, Some("pool_short")),
        (Service { notice_minutes: u32::MAX, ..good.clone() }, Some("notice")),
    ] {
        assert_eq!(slots(now, window, &service, &state), [], "{service:?}");
        let verdict = ask(now, &service, &state, start);
        assert_eq!(verdict.reasons.first().map(|r| r.code.as_str()), code, "{service:?}");
    }
    let with = |bookings| Snapshot { bookings, ..state.clone() };
    let odd = with(vec![
        booking(ANA, "2026-12-01T08:30:00Z", "2026-12-01T08:30:00Z", 1),
        booking(ANA, "2026-12-01T10:30:00Z", "2026-12-01T08:30:00Z", 2),
        booking(ResourceIx(77), "2026-12-01T08:00:00Z", "2026-12-01T10:00:00Z", 3),
    ]);
    assert_eq!(slots(now, window, &good, &odd), slots(now, window, &good, &with(vec![])));
    assert_eq!(slots(now, Window { from: window.from, to: date(2026, 11, 30) }, &good, &state), []);
}

#[test]
fn the_ends_of_time_are_no_trouble() {
    let (now, service, state) = salon();
    let open = Service { needs: vec![one_of(&[ROOM])], horizon_days: Some(u32::MAX), ..service };
    for date in [Date::MIN, Date::MAX] {
        slots(now, Window { from: date, to: date }, &open, &state);
        open_spans(&state, ANA, date);
    }
    for instant in [Timestamp::MIN, Timestamp::MAX] {
        assert!(!ask(now, &open, &state, instant).bookable());
        slots(instant, day(2026, 12, 1), &open, &state);
    }
}

#[test]
fn the_nearest() {
    let hour = |h: i64| Timestamp::from_second(h * 3600).expect("in range");
    let all: Vec<_> = [1, 2, 4, 6, 7].map(|h| Slot { start: hour(h), end: hour(h + 1), resources: vec![] }).into();
    for (start, how_many, expected) in [
        (5, 1, vec![6]),
        (5, 2, vec![4, 6]),
        (5, 3, vec![4, 6, 7]),
        (4, 2, vec![2, 6]),
        (4, 9, vec![1, 2, 6, 7]),
        (0, 2, vec![1, 2]),
        (4, 0, vec![]),
    ] {
        let found: Vec<_> = nearest(&all, hour(start), how_many).iter().map(|s| s.start.as_second() / 3600).collect();
        assert_eq!(found, expected, "{start} {how_many}");
    }
}

#[test]
fn open_time_of_a_date() {
    let (_, _, mut state) = salon();
    let spans = |state: &Snapshot, resource, date| {
        let label = |t: Timestamp| Zoned::new(t, state.zone.clone()).strftime("%H:%M").to_string();
        let spans = open_spans(state, resource, date);
        spans.into_iter().map(|(from, to)| format!("{}-{}", label(from), label(to))).collect::<Vec<_>>()
    };
    assert_eq!(spans(&state, ANA, date(2026, 12, 1)), ["09:00-12:00"], "whatever is booked");
    assert_eq!(spans(&state, ANA, date(2026, 12, 2)), [] as [&str; 0]);
    assert_eq!(spans(&state, ROOM, date(2027, 10, 31)), ["00:00-00:00"]);
    assert_eq!(spans(&state, ResourceIx(9), date(2026, 12, 1)), [] as [&str; 0]);
    state.resources[0] = resource("America/New_York", Weekdays::ALL.iter(), 1020, 1260);
    assert_eq!(spans(&state, ANA, date(2026, 12, 1)), ["00:00-03:00", "23:00-00:00"]);
}

#[test]
fn free_time_of_a_date() {
    let (_, _, mut state) = salon();
    let free = |state: &Snapshot| {
        let label = |t: Timestamp| Zoned::new(t, state.zone.clone()).strftime("%H:%M").to_string();
        let spans = free_spans(state, ANA, date(2026, 12, 1));
        spans.into_iter().map(|(from, to)| format!("{}-{}", label(from), label(to))).collect::<Vec<_>>()
    };
    state.bookings = vec![];
    assert_eq!(free(&state), ["09:00-12:00"]);
    state.bookings = vec![
        booking(ANA, "2026-12-01T09:30:00Z", "2026-12-01T10:00:00Z", 1),
        // Reaches in from before the hours; another's is of no matter.
        booking(ANA, "2026-12-01T07:00:00Z", "2026-12-01T08:15:00Z", 2),
        booking(BO, "2026-12-01T08:00:00Z", "2026-12-01T11:00:00Z", 3),
    ];
    assert_eq!(free(&state), ["09:15-10:30", "11:00-12:00"]);
    state.resources[0].time_off = vec![Stretch { start: at("2026-12-01T10:15:00Z"), end: at("2026-12-01T10:45:00Z") }];
    assert_eq!(free(&state), ["09:15-10:30", "11:00-11:15", "11:45-12:00"]);
}
