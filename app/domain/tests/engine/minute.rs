//! What the clocks and the calendars say about one minute.

use crate::world::World;
use domain::schedule::*;
use jiff::{SignedDuration, Timestamp, civil::Date};

pub(crate) struct Minute {
    /// Of the business.
    pub(crate) date: Date,
    pub(crate) of_hour: i8,
    /// By resource: whether its hours, and the business, are open throughout.
    pub(crate) open: Vec<bool>,
    /// By resource: whether it is away for some of it.
    pub(crate) away: Vec<bool>,
}

impl Minute {
    pub(crate) fn new(world: &World, at: Timestamp) -> Self {
        let end = at + SignedDuration::from_mins(1);
        // Clocks may change within a minute; no gap between hours is shorter than one.
        let last_second = at + SignedDuration::from_secs(59);
        let touches = |stretch: &Stretch| {
            let is_empty = stretch.end <= stretch.start;
            !is_empty && stretch.start < end && at < stretch.end
        };
        let wall = world.state.zone.to_datetime(at);
        let closed = world.state.closures.iter().any(touches);
        let resources = || world.state.resources.iter();
        Self {
            date: wall.date(),
            of_hour: wall.minute(),
            open: resources().map(|r| !closed && [at, last_second].iter().all(|at| is_open(r, *at))).collect(),
            away: resources().map(|r| r.time_off.iter().any(touches)).collect(),
        }
    }
}

/// "A resource is open at an instant when its own wall clock then shows a time within its hours."
fn is_open(resource: &Resource, at: Timestamp) -> bool {
    let wall = resource.zone.to_datetime(at);
    let minute = wall.hour() as u16 * 60 + wall.minute() as u16;
    let today = spans(resource, wall.date()).into_iter();
    let mut today = today.map(|span| if span.to < span.from { DaySpan { to: 1440, ..span } } else { span });
    let yesterday = wall.date().yesterday().expect("in range");
    let mut overnight = spans(resource, yesterday).into_iter().filter(|span| span.to < span.from);
    today.any(|span| span.from <= minute && minute < span.to) || overnight.any(|span| minute < span.to)
}

/// The hours that begin on a date: its overrides' if it has any, else the week's.
fn spans(resource: &Resource, date: Date) -> Vec<DaySpan> {
    let instead: Vec<_> = resource.overrides.iter().filter(|other| other.date == date).collect();
    if !instead.is_empty() {
        return instead.iter().flat_map(|other| other.spans.clone()).collect();
    }
    match &resource.hours {
        None => vec![DaySpan { from: 0, to: 1440 }],
        Some(hours) => {
            let of_the_day = hours.iter().filter(|span| span.days.contains(date.weekday()));
            of_the_day.map(|WeeklySpan { from, to, .. }| DaySpan { from: *from, to: *to }).collect()
        }
    }
}
