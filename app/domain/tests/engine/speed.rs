//! How long a large question takes: `cargo test --release -p domain --test engine speed -- --ignored --nocapture`.

use domain::schedule::*;
use jiff::{SignedDuration, civil::date, tz::TimeZone};
use std::time::Instant;

/// A month of a business with 50 staff (two spans a day, eight appointments each), 10 rooms and 5 machines.
#[test]
#[ignore = "a measurement, not a check"]
fn a_month_of_fifty() {
    let zone = TimeZone::get("Europe/Berlin").expect("a zone");
    let first = date(2027, 3, 1);
    let span = |from, to| WeeklySpan { days: Weekdays::ALL, from, to };
    let staff = Resource { zone: zone.clone(), hours: Some(vec![span(480, 720), span(780, 1080)]) };
    let room = Resource { zone: zone.clone(), hours: None };
    let mut resources = vec![staff; 50];
    resources.extend(vec![room; 15]);

    let midnight = first.to_zoned(zone.clone()).expect("in range").timestamp();
    let mut bookings = Vec::new();
    for day in 0..31 {
        for member in 0..50 {
            for nth in 0..8 {
                // 25 minutes at uneven places, so that hardly two begin or end together.
                let minute = day * 1440 + 480 + nth * 71 + (member * 13 + day * 7 + nth * 5) % 43;
                let start = midnight + SignedDuration::from_mins(minute);
                let end = start + SignedDuration::from_mins(25);
                bookings.push(Booking { resource: ResourceIx(member as usize), start, end, appointment: None });
                let room = ResourceIx(50 + ((member + nth) % 15) as usize);
                bookings.push(Booking { resource: room, start, end, appointment: None });
            }
        }
    }
    let need = |members: std::ops::Range<usize>| Need { pool: members.map(ResourceIx).collect(), count: 1 };
    let service = Service {
        minutes: 30,
        step: 15,
        notice_minutes: 0,
        horizon_days: None,
        needs: vec![need(0..50), need(50..60), need(60..65)],
    };
    let window = Window { from: first, to: date(2027, 3, 31) };
    let now = midnight - SignedDuration::from_hours(1);
    for rooms_taken in [true, false] {
        let mut state = Snapshot { zone: zone.clone(), resources: resources.clone(), bookings: bookings.clone() };
        state.bookings.retain(|booking| rooms_taken || booking.resource.0 < 50);
        let mut times: Vec<_> = (0..21)
            .map(|_| {
                let begun = Instant::now();
                let shown = slots(now, window, &service, &state).len();
                (begun.elapsed(), shown)
            })
            .collect();
        times.sort();
        println!("{} bookings: {} starts in {:?}", state.bookings.len(), times[10].1, times[10].0);
        let begun = Instant::now();
        let verdict = ask(now, &service, &state, midnight + SignedDuration::from_hours(10 * 24 + 9));
        println!("  one question in {:?} ({:?})", begun.elapsed(), verdict.bookable());
    }
}
