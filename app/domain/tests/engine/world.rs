//! States made up at random: small ones, so that every rule comes into the other's way, on dates where clocks change.

use domain::{ids::AppointmentId, schedule::*};
use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, Weekday, date},
    tz::TimeZone,
};
use proptest::{collection::vec, option, prelude::*, sample};
use uuid::Uuid;

/// A question to the engine.
#[derive(Clone, Debug)]
pub(crate) struct World {
    /// When it is asked.
    pub(crate) now: Timestamp,
    /// About which dates.
    pub(crate) window: Window,
    /// About what.
    pub(crate) service: Service,
    /// As things stand.
    pub(crate) state: Snapshot,
}

/// Zones, each with a date on which its clock does something, or nothing.
fn stages() -> Vec<(&'static str, Date)> {
    vec![
        ("Europe/Berlin", date(2027, 3, 28)),
        ("Europe/Berlin", date(2027, 10, 31)),
        ("Europe/Berlin", date(2027, 6, 16)),
        ("America/New_York", date(2027, 3, 14)),
        // Midnight is left out, or the hour before it comes twice.
        ("America/Santiago", date(2027, 9, 5)),
        ("America/Santiago", date(2027, 4, 4)),
        // Half an hour.
        ("Australia/Lord_Howe", date(2027, 4, 4)),
        ("Australia/Lord_Howe", date(2027, 10, 3)),
        ("Asia/Kathmandu", date(2027, 1, 1)),
        // A date that never came, one that came back for an hour, and an offset that changed within a minute.
        ("Pacific/Apia", date(2011, 12, 30)),
        ("America/St_Johns", date(2010, 11, 7)),
        ("Africa/Monrovia", date(1972, 1, 7)),
    ]
}

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).expect("a zone of the bundled database")
}

fn minute_of_day() -> impl Strategy<Value = u16> {
    prop_oneof![3 => (0_u16..=96).prop_map(|quarter| quarter * 15), 1 => 0_u16..=1440, 1 => sample::select(vec![0, 120, 150, 1380, 1440])]
}

fn weekdays() -> impl Strategy<Value = Weekdays> {
    let all: Vec<Weekday> = Weekdays::ALL.iter().collect();
    prop_oneof![Just(Weekdays::ALL), sample::subsequence(all, 0..=7).prop_map(|days| days.into_iter().collect())]
}

fn hours() -> impl Strategy<Value = Option<Vec<WeeklySpan>>> {
    let span =
        (weekdays(), minute_of_day(), minute_of_day()).prop_map(|(days, from, to)| WeeklySpan { days, from, to });
    option::weighted(0.8, vec(span, 0..4))
}

fn booking(around: Timestamp, resources: usize) -> impl Strategy<Value = Booking> {
    // Often where the grid has its marks, and sometimes off the minute.
    let seconds = prop_oneof![2 => Just(0_i64), 1 => -30_i64..30];
    let start = prop_oneof![(-36 * 4_i64..60 * 4).prop_map(|quarter| quarter * 15), -36 * 60_i64..60 * 60];
    let length = prop_oneof![4 => (1_i64..16).prop_map(|quarter| quarter * 15), 4 => 1_i64..240, 1 => -60_i64..=0];
    (0..resources, start, length, seconds, option::of(1_u128..4)).prop_map(
        move |(resource, start, minutes, seconds, appointment)| {
            let start = around + SignedDuration::from_mins(start) + SignedDuration::from_secs(seconds);
            let end = start + SignedDuration::from_mins(minutes) + SignedDuration::from_secs(seconds);
            let appointment = appointment.map(|id| AppointmentId(Uuid::from_u128(id)));
            Booking { resource: ResourceIx(resource), start, end, appointment }
        },
    )
}

fn service(resources: usize) -> impl Strategy<Value = Service> {
    let all: Vec<ResourceIx> = (0..resources).map(ResourceIx).collect();
    let pool = sample::subsequence(all, 1..=resources).prop_shuffle();
    let count = prop_oneof![6 => Just(1_usize), 2 => Just(2), 1 => Just(0)];
    let need = (pool, count).prop_map(|(pool, count)| Need { pool, count });
    let minutes = prop_oneof![4 => sample::select(vec![15, 30, 45, 60, 90]), 1 => 1_u32..400, 1 => Just(1500)];
    let step = sample::select(vec![1, 5, 7, 10, 15, 20, 25, 30, 45, 60, 90]);
    let notice = sample::select(vec![0, 0, 45, 1440]);
    (minutes, step, notice, option::weighted(0.3, 0_u32..3), vec(need, 1..=3)).prop_map(
        |(minutes, step, notice_minutes, horizon_days, needs)| Service {
            minutes,
            step,
            notice_minutes,
            horizon_days,
            needs,
        },
    )
}

/// Any of them.
pub(crate) fn world() -> impl Strategy<Value = World> {
    (sample::select(stages()), 1_usize..=4).prop_flat_map(|((name, day), resources)| {
        let around = day.at(12, 0, 0, 0).to_zoned(zone(name)).expect("in range").timestamp();
        // Mostly on the business's own clock; else on one that changes at another moment.
        let elsewhere =
            sample::select(vec![name, name, name, "UTC", "Europe/London", "Asia/Kolkata", "America/Santiago"]);
        let resource = (elsewhere, hours()).prop_map(|(name, hours)| Resource { zone: zone(name), hours });
        (
            vec(resource, resources),
            vec(booking(around, resources), 0..8),
            service(resources),
            (-40 * 3600_i64..10 * 3600, -1_i64..=1, 0_i64..=1),
        )
            .prop_map(move |(resources, bookings, service, (now, first, days))| {
                let from = day + jiff::Span::new().days(first);
                World {
                    now: around + SignedDuration::from_secs(now),
                    window: Window { from, to: from + jiff::Span::new().days(days) },
                    service,
                    state: Snapshot { zone: zone(name), resources, bookings },
                }
            })
    })
}
