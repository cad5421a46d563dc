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

impl World {
    /// How many bookings count in the period that a date lies in, and how many minutes they have.
    pub(crate) fn counted_in(&self, per: Period, date: Date) -> (u64, u64) {
        let week = |date: Date| {
            (0..7).map(|back| date - jiff::Span::new().days(back)).find(|day| day.weekday() == self.state.week_start)
        };
        let same = |other: Date| match per {
            Period::Day => other == date,
            Period::Week => week(other) == week(date),
            Period::Month => (other.year(), other.month()) == (date.year(), date.month()),
        };
        let date_of = |counted: &&Counted| same(self.state.zone.to_datetime(counted.start).date());
        let counted: Vec<_> = self.state.counted.iter().filter(date_of).collect();
        (counted.len() as u64, counted.iter().map(|counted| u64::from(counted.minutes)).sum())
    }

    /// Books `slot` as `appointment`, and counts it.
    pub(crate) fn book(&mut self, slot: &Slot, appointment: AppointmentId) {
        let Service { minutes, buffer_before: before, buffer_after: after, .. } = self.service;
        let Slot { start, end, .. } = *slot;
        let claim = |resource: &ResourceIx| Booking {
            resource: *resource,
            start,
            end,
            before,
            after,
            appointment: Some(appointment),
        };
        self.state.bookings.extend(slot.resources.iter().map(claim));
        self.state.counted.push(Counted { start, minutes });
    }
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

fn weekday() -> impl Strategy<Value = Weekday> {
    sample::select(Weekdays::ALL.iter().collect::<Vec<_>>())
}

fn weekdays() -> impl Strategy<Value = Weekdays> {
    prop_oneof![Just(Weekdays::ALL), vec(weekday(), 0..=7).prop_map(|days| days.into_iter().collect())]
}

fn hours() -> impl Strategy<Value = Option<Vec<WeeklySpan>>> {
    let span =
        (weekdays(), minute_of_day(), minute_of_day()).prop_map(|(days, from, to)| WeeklySpan { days, from, to });
    option::weighted(0.7, vec(span, 0..4))
}

fn overrides(day: Date) -> impl Strategy<Value = Vec<DayOverride>> {
    let span = (minute_of_day(), minute_of_day()).prop_map(|(from, to)| DaySpan { from, to });
    let other = (-2_i64..=2, vec(span, 0..3))
        .prop_map(move |(days, spans)| DayOverride { date: day + jiff::Span::new().days(days), spans });
    prop_oneof![2 => Just(vec![]), 1 => vec(other, 1..4)]
}

/// From somewhere around a moment, often from a mark of the grid on, and sometimes off the minute or not at all.
fn stretch(around: Timestamp) -> impl Strategy<Value = Stretch> {
    let seconds = prop_oneof![2 => Just(0_i64), 1 => -30_i64..30];
    let start = prop_oneof![
        1 => (-36 * 4_i64..60 * 4).prop_map(|quarter| quarter * 15),
        1 => -36 * 60_i64..60 * 60,
        // Close together, so that they meet.
        3 => -240_i64..240,
    ];
    let length = prop_oneof![4 => (1_i64..16).prop_map(|quarter| quarter * 15), 4 => 1_i64..240, 1 => -60_i64..=0];
    (start, length, seconds).prop_map(move |(start, minutes, seconds)| {
        let start = around + SignedDuration::from_mins(start) + SignedDuration::from_secs(seconds);
        let end = start + SignedDuration::from_mins(minutes) + SignedDuration::from_secs(seconds);
        Stretch { start, end }
    })
}

fn stretches(around: Timestamp) -> impl Strategy<Value = Vec<Stretch>> {
    prop_oneof![2 => Just(vec![]), 1 => vec(stretch(around), 1..3)]
}

fn buffer() -> impl Strategy<Value = u32> {
    prop_oneof![3 => Just(0_u32), 3 => sample::select(vec![5, 10, 15, 30, 60]), 1 => 0_u32..200, 1 => Just(1440)]
}

fn booking(around: Timestamp, resources: usize) -> impl Strategy<Value = Booking> {
    // Mostly on one resource, so that its units become few.
    let resource = prop_oneof![2 => Just(0), 1 => 0..resources];
    (resource, stretch(around), buffer(), buffer(), option::of(1_u128..4)).prop_map(
        |(resource, Stretch { start, end }, before, after, appointment)| {
            let appointment = appointment.map(|id| AppointmentId(Uuid::from_u128(id)));
            Booking { resource: ResourceIx(resource), start, end, before, after, appointment }
        },
    )
}

fn limits() -> impl Strategy<Value = Vec<Limit>> {
    let most = prop_oneof![(0_u32..8).prop_map(Most::Count), (0_u32..600).prop_map(Most::Minutes)];
    let limit = (sample::select(vec![Period::Day, Period::Week, Period::Month]), most);
    prop_oneof![2 => Just(vec![]), 1 => vec(limit.prop_map(|(per, most)| Limit { per, most }), 1..3)]
}

fn counted(around: Timestamp) -> impl Strategy<Value = Counted> {
    // Up to five weeks away, so that neighbouring weeks and months are among them.
    let hours = prop_oneof![3 => -48_i64..48, 1 => -900_i64..900];
    (hours, 0_u32..180).prop_map(move |(hours, minutes)| {
        let start = around + SignedDuration::from_mins(hours * 60 + i64::from(minutes));
        Counted { start, minutes }
    })
}

fn service(resources: usize) -> impl Strategy<Value = Service> {
    let all: Vec<ResourceIx> = (0..resources).map(ResourceIx).collect();
    let pool = sample::subsequence(all, 1..=resources).prop_shuffle();
    let count = prop_oneof![6 => Just(1_usize), 2 => Just(2), 1 => Just(0)];
    let need = (pool, count).prop_map(|(pool, count)| Need { pool, count });
    let minutes = prop_oneof![4 => sample::select(vec![15, 30, 45, 60, 90]), 1 => 1_u32..400, 1 => Just(1500)];
    let step = sample::select(vec![1, 5, 7, 10, 15, 20, 25, 30, 45, 60, 90]);
    let notice = sample::select(vec![0, 0, 45, 1440]);
    let grid = sample::select(vec![Grid::Grid, Grid::Packed]);
    let gate = (notice, option::weighted(0.3, 0_u32..3), limits());
    (minutes, step, grid, (buffer(), buffer()), gate, vec(need, 1..=3)).prop_map(
        |(minutes, step, grid, (buffer_before, buffer_after), (notice_minutes, horizon_days, limits), needs)| Service {
            minutes,
            step,
            grid,
            buffer_before,
            buffer_after,
            notice_minutes,
            horizon_days,
            limits,
            needs,
        },
    )
}

fn resource(name: &'static str, day: Date, around: Timestamp) -> impl Strategy<Value = Resource> {
    // Mostly on the business's own clock; else on one that changes at another moment.
    let elsewhere = sample::select(vec![name, name, name, "UTC", "Europe/London", "Asia/Kolkata", "America/Santiago"]);
    let quantity = prop_oneof![8 => Just(1_u32), 5 => Just(2), 2 => Just(3), 1 => Just(0)];
    (elsewhere, quantity, hours(), overrides(day), stretches(around)).prop_map(
        |(name, quantity, hours, overrides, time_off)| Resource {
            zone: zone(name),
            quantity,
            hours,
            overrides,
            time_off,
        },
    )
}

fn state(name: &'static str, day: Date, resources: usize) -> impl Strategy<Value = Snapshot> {
    let around = noon(name, day);
    (
        vec(resource(name, day, around), resources),
        vec(booking(around, resources), 0..9),
        vec(counted(around), 0..6),
        stretches(around),
        weekday(),
        sample::select(vec![BufferMode::Max, BufferMode::Sum]),
    )
        .prop_map(move |(resources, bookings, counted, closures, week_start, buffer_mode)| Snapshot {
            zone: zone(name),
            week_start,
            buffer_mode,
            closures,
            resources,
            bookings,
            counted,
        })
}

fn noon(name: &str, day: Date) -> Timestamp {
    day.at(12, 0, 0, 0).to_zoned(zone(name)).expect("in range").timestamp()
}

/// Any of them.
pub(crate) fn world() -> impl Strategy<Value = World> {
    (sample::select(stages()), 1_usize..=4).prop_flat_map(|((name, day), resources)| {
        let around = noon(name, day);
        let asked = (-40 * 3600_i64..10 * 3600, -1_i64..=1, 0_i64..=1);
        (state(name, day, resources), service(resources), asked).prop_map(
            move |(state, service, (now, first, days))| {
                let from = day + jiff::Span::new().days(first);
                World {
                    now: around + SignedDuration::from_secs(now),
                    window: Window { from, to: from + jiff::Span::new().days(days) },
                    service,
                    state,
                }
            },
        )
    })
}
