use super::*;
use crate::{
    ids::AppointmentId,
    schedule::{Resource, Stretch, Weekdays, WeeklySpan},
};
use jiff::civil::date;
use uuid::Uuid;

fn berlin() -> TimeZone {
    TimeZone::get("Europe/Berlin").expect("a zone")
}

fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

fn visit(start: &str, status: AppointmentStatus) -> Visit {
    Visit { start: at(start), status, holds: true, is_declined: false, service: 0, price_minor: Some(4800) }
}

fn days(from: Date, to: Date) -> Period {
    Period { from, to }
}

use AppointmentStatus::{Cancelled, Completed, Confirmed, NoShow, Pending};

#[test]
fn periods_are_read_or_refused_with_a_reason() {
    let today = date(2026, 12, 3);
    let thirty = Period::check("", " ", today).expect("the default");
    assert_eq!((thirty.from, thirty.to, thirty.days()), (date(2026, 11, 4), today, 30));
    let read = |from: &str, to: &str| Period::check(from, to, today).map_err(|all| all[0].message.clone());
    assert_eq!(read("2026-12-01", "2026-12-01").map(Period::days), Ok(1));
    assert_eq!(read("2025-01-01", "2027-01-01").map(Period::days), Ok(731));
    for (from, to, message) in [
        ("2026-12-02", "2026-12-01", "Enter a last day on or after Wednesday 2 December 2026"),
        ("2025-01-01", "2027-01-02", "Enter at most 731 days: these are 732"),
        ("soon", "2026-12-01", "Enter the first day as a date such as 2026-12-03"),
        ("2026-12-01", "", "Enter the last day as a date such as 2026-12-03"),
        ("-009999-01-01", "2026-12-01", "Enter the first day as a date such as 2026-12-03"),
    ] {
        assert_eq!(read(from, to), Err(message.into()), "{from} {to}");
    }
    let presets = Period::presets(date(2026, 3, 31)).map(|preset| preset.period.label());
    assert_eq!(
        presets,
        [
            "25 Mar 2026 to 31 Mar 2026",
            "2 Mar 2026 to 31 Mar 2026",
            "1 Mar 2026 to 31 Mar 2026",
            "1 Feb 2026 to 28 Feb 2026",
            "31 Mar 2026 to 29 Apr 2026",
        ]
    );
}

#[test]
fn many_days_are_weeks_of_the_business() {
    let two_months = days(date(2026, 12, 1), date(2027, 1, 31));
    assert_eq!((two_months.days(), two_months.parts(Weekday::Monday).len()), (62, 62));
    // From Tuesday 1 December to Monday 1 February: the first week has six days, the last has one.
    let more = days(date(2026, 12, 1), date(2027, 2, 1));
    let weeks = more.parts(Weekday::Monday);
    assert_eq!(weeks.len(), 10);
    assert_eq!((weeks[0].days(), weeks[1].days(), weeks[9].days()), (6, 7, 1));
    assert_eq!(weeks.iter().map(|week| week.days()).sum::<i32>(), 63);
    assert_eq!(more.parts(Weekday::Sunday)[0].to, date(2026, 12, 5));
}

#[test]
fn a_booking_belongs_to_the_day_of_its_start_in_the_zone() {
    let parts = days(date(2026, 12, 1), date(2026, 12, 3)).parts(Weekday::Monday);
    let visits = [
        // 00:30 on the 2nd in Berlin, still the 1st in UTC.
        visit("2026-12-01T23:30:00Z", Confirmed),
        visit("2026-12-01T22:30:00Z", Completed),
        visit("2026-12-02T10:00:00Z", NoShow),
        visit("2026-12-02T11:00:00Z", Cancelled),
        visit("2026-12-02T12:00:00Z", Pending),
        Visit { holds: false, ..visit("2026-12-02T13:00:00Z", Pending) },
        // The day before and the day after.
        visit("2026-11-30T22:59:00Z", Completed),
        visit("2026-12-03T23:00:00Z", Completed),
    ];
    assert_eq!(bookings(&parts, &berlin(), &visits), [1, 3, 0]);
    assert_eq!(bookings(&[], &berlin(), &visits), Vec::<u32>::new());
}

#[test]
fn shares_are_rounded_and_nothing_has_none() {
    for (part, whole, label) in
        [(1, 8, "12.5 %"), (1, 3, "33.3 %"), (2, 3, "66.7 %"), (0, 5, "0.0 %"), (5, 5, "100.0 %"), (0, 0, "\u{2013}")]
    {
        assert_eq!(Share { part, whole }.label(), label, "{part} of {whole}");
    }
    assert_eq!(Share { part: 1, whole: 2000 }.label(), "0.1 %");
    assert_eq!(Share { part: u64::MAX, whole: u64::MAX }.permille(), Some(1000));
}

#[test]
fn what_was_called_off_and_missed() {
    let declined = Visit { is_declined: true, ..visit("2026-12-02T10:00:00Z", Cancelled) };
    let other = |status| Visit { service: 1, ..visit("2026-12-02T10:00:00Z", status) };
    let first = [Completed, Completed, Completed, NoShow, Cancelled, Confirmed, Pending, Pending];
    let mut visits: Vec<Visit> = first.map(|status| visit("2026-12-02T10:00:00Z", status)).into();
    visits.extend([declined, other(Cancelled), Visit { service: 7, ..other(NoShow) }]);
    let all = missed(2, &visits);
    assert_eq!(all[0], Missed { made: 8, cancelled: 1, completed: 3, missed: 1 });
    // 1 of 8 made; 1 of the 4 that were marked.
    assert_eq!((all[0].cancellations().label(), all[0].no_shows().label()), ("12.5 %".into(), "25.0 %".into()));
    assert_eq!((all[1].cancellations().label(), all[1].no_shows().label()), ("100.0 %".into(), "\u{2013}".into()));
    assert_eq!(all[0].plus(all[1]).made, 9);
}

#[test]
fn earned_and_expected_are_told_apart() {
    let priced = |status, price| Visit { price_minor: price, ..visit("2026-12-02T10:00:00Z", status) };
    let visits = [
        priced(Completed, Some(4800)),
        // The price of the time it was booked.
        priced(Completed, Some(4500)),
        priced(Completed, Some(0)),
        priced(Completed, None),
        priced(Confirmed, Some(5200)),
        priced(Pending, Some(5200)),
        priced(Cancelled, Some(5200)),
        priced(NoShow, Some(5200)),
        Visit { service: 1, ..priced(Confirmed, Some(9000)) },
    ];
    let all = revenue(2, &visits);
    assert_eq!(all[0], Revenue { earned: 9300, completed: 3, expected: 5200, confirmed: 1 });
    assert_eq!(all[0].plus(all[1]), Revenue { earned: 9300, completed: 3, expected: 14200, confirmed: 2 });
}

/// One resource that is open every day between two minutes.
fn open(from: u16, to: u16) -> Snapshot {
    let hours = WeeklySpan { days: Weekdays::ALL, from, to };
    Snapshot::new(berlin(), vec![Resource::new(berlin(), Some(vec![hours]))])
}

fn booked(start: &str, end: &str) -> Booking {
    Booking {
        resource: ResourceIx(0),
        start: at(start),
        end: at(end),
        before: 15,
        after: 15,
        appointment: Some(AppointmentId(Uuid::nil())),
    }
}

#[test]
fn open_minutes_of_days_of_23_and_25_hours() {
    let round_the_clock = open(0, 1440);
    let on = |day| usage(&round_the_clock, ResourceIx(0), days(day, day)).open;
    assert_eq!((on(date(2027, 3, 27)), on(date(2027, 3, 28)), on(date(2027, 10, 31))), (1440, 1380, 1500));
    // 01:00 to 04:00: the hour from two to three is left out in spring, and comes twice in autumn.
    let early = open(60, 240);
    let on = |day| usage(&early, ResourceIx(0), days(day, day)).open;
    assert_eq!((on(date(2027, 3, 27)), on(date(2027, 3, 28)), on(date(2027, 10, 31))), (180, 120, 240));
    assert_eq!(usage(&early, ResourceIx(0), days(date(2027, 3, 27), date(2027, 3, 29))).open, 180 + 120 + 180);
}

#[test]
fn time_off_and_closures_are_no_open_time() {
    let mut state = open(540, 1020);
    state.resources[0].time_off.push(Stretch { start: at("2026-12-01T08:00:00Z"), end: at("2026-12-01T12:00:00Z") });
    state.closures.push(Stretch { start: at("2026-12-01T23:00:00Z"), end: at("2026-12-02T23:00:00Z") });
    // Eight hours a day: four of the first are off, all of the second is closed.
    let three = usage(&state, ResourceIx(0), days(date(2026, 12, 1), date(2026, 12, 3)));
    assert_eq!(three, Usage { open: 240 + 480, booked: 0, outside: 0 });
    state.resources[0].quantity = 3;
    assert_eq!(usage(&state, ResourceIx(0), days(date(2026, 12, 1), date(2026, 12, 3))).open, 3 * 720);
    assert_eq!(usage(&state, ResourceIx(9), days(date(2026, 12, 1), date(2026, 12, 3))), Usage::default());
}

#[test]
fn booked_minutes_are_those_of_open_time() {
    let mut state = open(540, 1020);
    state.bookings = vec![
        // 10:00 to 11:30, all of it; buffers are no bookings.
        booked("2026-12-01T09:00:00Z", "2026-12-01T10:30:00Z"),
        // 16:30 to 17:30: half of it after hours.
        booked("2026-12-01T15:30:00Z", "2026-12-01T16:30:00Z"),
        // The day before and the day after.
        booked("2026-11-30T09:00:00Z", "2026-11-30T10:00:00Z"),
        booked("2026-12-02T09:00:00Z", "2026-12-02T10:00:00Z"),
        // A time kept for a form is nobody's appointment yet.
        Booking { appointment: None, ..booked("2026-12-01T12:00:00Z", "2026-12-01T13:00:00Z") },
    ];
    let day = days(date(2026, 12, 1), date(2026, 12, 1));
    let found = usage(&state, ResourceIx(0), day);
    assert_eq!(found, Usage { open: 480, booked: 120, outside: 30 });
    assert_eq!(found.share().label(), "25.0 %");

    // Open all night: what goes on past midnight counts on either side of it, and never twice.
    let mut night = open(1080, 360);
    night.bookings = vec![booked("2026-12-01T22:00:00Z", "2026-12-02T00:00:00Z")];
    let on = |from, to| usage(&night, ResourceIx(0), days(date(2026, 12, from), date(2026, 12, to))).booked;
    assert_eq!((on(1, 1), on(2, 2), on(1, 2)), (60, 60, 120));
}
