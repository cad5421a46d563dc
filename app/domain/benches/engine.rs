//! How long the engine takes: `cargo bench -p domain`.
//!
//! Goals, on one core: a month of 50 staff, rooms and machines with 20,000 bookings in 5 ms; 2,000 open ranges in 1 ms
//! (Cal.com allows itself 3,000 ms for as many, scheduling-rivals.md 2.1).

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use domain::schedule::*;
use jiff::{SignedDuration, Timestamp, civil::date, tz::TimeZone};
use std::{hint::black_box, ops::Range};

/// A question to the engine.
struct Question {
    now: Timestamp,
    window: Window,
    service: Service,
    state: Snapshot,
}

impl Question {
    fn slots(&self) -> Vec<Slot> {
        slots(self.now, self.window, &self.service, &self.state)
    }
}

fn zone() -> TimeZone {
    TimeZone::get("Europe/Berlin").expect("a zone")
}

/// Midnight before 2027-03-01, a month in which the clocks change.
fn midnight() -> Timestamp {
    domain::time::start_of_day(date(2027, 3, 1), &zone())
}

fn span(from: u16, to: u16) -> WeeklySpan {
    WeeklySpan { days: Weekdays::ALL, from, to }
}

fn one_of(members: Range<usize>) -> Need {
    Need { pool: members.map(ResourceIx).collect(), count: 1 }
}

fn booking(resource: usize, minute: usize, minutes: i64) -> Booking {
    let start = midnight() + SignedDuration::from_mins(minute as i64);
    let end = start + SignedDuration::from_mins(minutes);
    Booking { resource: ResourceIx(resource), start, end, before: 0, after: 5, appointment: None }
}

/// March with so many staff (two spans a day), a fifth as many rooms and a tenth as many kinds of machines, three of
/// each. Staff have nine bookings a day; every fifth of them takes a room as well, and every fourth a machine. All of
/// them can be dealt out to the units, with the buffers kept.
fn month(staff: usize, bookings: usize) -> Question {
    let (rooms, machines) = (staff.div_ceil(5), staff.div_ceil(10));
    let mut resources = vec![Resource::new(zone(), Some(vec![span(480, 720), span(780, 1080)])); staff];
    resources.extend(vec![Resource::new(zone(), Some(vec![span(420, 1200)])); rooms]);
    resources.extend(vec![Resource { quantity: 3, ..Resource::new(zone(), None) }; machines]);
    let mut state = Snapshot::new(zone(), resources);
    // Uneven places, so that hardly two begin or end together.
    for (day, nth) in (0..31).flat_map(|day| (0..9).map(move |nth| (day, nth))) {
        for member in 0..staff {
            let minute = day * 1440 + 480 + nth * 63 + (member * 13 + day * 7 + nth * 5) % 33;
            state.bookings.push(booking(member, minute, 25));
            if member.is_multiple_of(5) {
                state.bookings.push(booking(staff + member / 5, minute, 25));
            }
            if member.is_multiple_of(4) {
                state.bookings.push(booking(staff + rooms + member / 4 % machines, minute, 25));
            }
        }
    }
    state.bookings.truncate(bookings);
    let needs = vec![one_of(0..staff), one_of(staff..staff + rooms), one_of(staff + rooms..staff + rooms + machines)];
    let service = Service { buffer_after: 5, ..Service::new(30, 15, needs) };
    let window = Window { from: date(2027, 3, 1), to: date(2027, 3, 31) };
    Question { now: midnight() - SignedDuration::from_hours(1), window, service, state }
}

/// One resource, open so many times: `a_day` spans on each of the days.
fn ranges(days: i64, a_day: u16) -> Question {
    let each = 1440 / a_day;
    let hours = (0..a_day).map(|nth| span(nth * each, nth * each + each - 5)).collect();
    let state = Snapshot::new(zone(), vec![Resource::new(zone(), Some(hours))]);
    let from = date(2027, 3, 1);
    let window = Window { from, to: from + jiff::Span::new().days(days - 1) };
    Question {
        now: midnight() - SignedDuration::from_hours(1),
        window,
        service: Service::new(30, 30, vec![one_of(0..1)]),
        state,
    }
}

fn large(c: &mut Criterion) {
    let question = month(50, 20_000);
    assert_eq!(question.state.bookings.len(), 20_000);
    assert!(!question.slots().is_empty());
    c.bench_function("a month of 50 staff, 20,000 bookings", |b| b.iter(|| black_box(&question).slots()));
    let mut empty = month(50, 0);
    c.bench_function("a month of 50 staff, nothing booked", |b| b.iter(|| black_box(&empty).slots()));
    empty.service.grid = Grid::Packed;
    c.bench_function("a month of 50 staff, packed", |b| b.iter(|| black_box(&empty).slots()));
    let start = midnight() + SignedDuration::from_hours(10 * 24 + 9);
    let ask_it = |question: &Question| ask(question.now, &question.service, &question.state, start);
    c.bench_function("one question, 20,000 bookings", |b| b.iter(|| ask_it(black_box(&question))));
}

fn open_ranges(c: &mut Criterion) {
    let question = ranges(84, 24);
    assert!(question.slots().len() > 2_000);
    c.bench_function("2,000 open ranges", |b| b.iter(|| black_box(&question).slots()));
}

/// Ten times as many staff, ten times as many bookings: about ten times as long?
fn growth(c: &mut Criterion) {
    let mut group = c.benchmark_group("a week by staff");
    for staff in [10, 100, 1_000] {
        let mut question = month(staff, usize::MAX);
        question.window.to = date(2027, 3, 7);
        let last = midnight() + SignedDuration::from_hours(8 * 24);
        question.state.bookings.retain(|booking| booking.start < last);
        group.throughput(Throughput::Elements(staff as u64));
        group
            .bench_with_input(BenchmarkId::from_parameter(staff), &question, |b, question| b.iter(|| question.slots()));
    }
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20).warm_up_time(std::time::Duration::from_secs(1)).measurement_time(std::time::Duration::from_secs(3));
    targets = large, open_ranges, growth
}
criterion_main!(benches);
