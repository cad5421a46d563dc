//! A second engine, written from product.md and with other means: it looks at every minute, reads every wall clock
//! through jiff, and tries every way to serve. Far too slow for use, and simple enough to be believed.

use crate::world::World;
use domain::schedule::*;
use jiff::{SignedDuration, Timestamp, civil::Date};

/// The world, minute by minute.
pub(crate) struct Oracle<'a> {
    world: &'a World,
    /// The first minute looked at: early enough for the window's first date in any zone.
    first: Timestamp,
    minutes: Vec<Minute>,
    /// By resource and minute: for how many minutes from there on is it open and free?
    stays: Vec<Vec<usize>>,
    /// By start: can the needs be met?
    possible: Vec<bool>,
}

struct Minute {
    /// Of the business.
    date: Date,
    of_hour: i8,
    /// By resource.
    open: Vec<bool>,
    free: Vec<bool>,
}

impl<'a> Oracle<'a> {
    /// Looks at all that the window could depend on.
    pub(crate) fn new(world: &'a World) -> Self {
        let utc = |date: Date| date.at(0, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).expect("in range").timestamp();
        // No zone is further ahead of or behind UTC than 14 hours.
        let first = utc(world.window.from) - SignedDuration::from_hours(15);
        let last = utc(world.window.to) + SignedDuration::from_hours(24 + 15);
        let length = i64::from(world.service.minutes);
        let count = (last.duration_since(first).as_mins() + length) as usize;
        let minutes: Vec<_> =
            (0..count).map(|at| Minute::new(world, first + SignedDuration::from_mins(at as i64))).collect();
        let stays = |resource: usize| {
            let mut stays = vec![0; count + 1];
            for at in (0..count).rev() {
                stays[at] =
                    if minutes[at].open[resource] && minutes[at].free[resource] { stays[at + 1] + 1 } else { 0 };
            }
            stays
        };
        let stays = (0..world.state.resources.len()).map(stays).collect();
        let mut oracle = Self { world, first, minutes, stays, possible: vec![] };
        let last_start = count - length as usize;
        oracle.possible = (0..=last_start).map(|at| oracle.serve(at, |_, member| member).is_some()).collect();
        oracle
    }

    fn index(&self, at: Timestamp) -> usize {
        usize::try_from(at.duration_since(self.first).as_mins()).expect("a minute looked at")
    }

    fn minute(&self, at: usize) -> Timestamp {
        self.first + SignedDuration::from_mins(at as i64)
    }

    /// The date of the business at a minute.
    pub(crate) fn date(&self, at: Timestamp) -> Date {
        self.minutes[self.index(at)].date
    }

    /// Whether a resource is open throughout one minute.
    pub(crate) fn open_minute(&self, resource: ResourceIx, at: Timestamp) -> bool {
        self.minutes[self.index(at)].open[resource.0]
    }

    fn length(&self, start: Timestamp) -> &[Minute] {
        let from = self.index(start);
        &self.minutes[from..from + self.world.service.minutes as usize]
    }

    /// Whether a resource is open for the whole length.
    pub(crate) fn is_open(&self, resource: ResourceIx, start: Timestamp) -> bool {
        self.length(start).iter().all(|minute| minute.open[resource.0])
    }

    /// Whether a resource is free for the whole length.
    pub(crate) fn is_free(&self, resource: ResourceIx, start: Timestamp) -> bool {
        self.length(start).iter().all(|minute| minute.free[resource.0])
    }

    /// All minutes of the window.
    pub(crate) fn window(&self) -> Vec<Timestamp> {
        let Window { from, to } = self.world.window;
        let within = (0..self.possible.len()).filter(|at| (from..=to).contains(&self.minutes[*at].date));
        within.map(|at| self.minute(at)).collect()
    }

    /// The starts that are shown when now, notice and horizon are left aside.
    pub(crate) fn grid(&self) -> Vec<Timestamp> {
        let step = self.world.service.step as usize;
        let mark = [60, 30, 20, 15, 10, 5].into_iter().find(|mark| step.is_multiple_of(*mark)).unwrap_or(1) as i8;
        let mut grid = Vec::new();
        let mut at = 0;
        while at < self.possible.len() {
            let date = self.minutes[at].date;
            let in_span = |at: &usize| self.possible.get(*at) == Some(&true) && self.minutes[*at].date == date;
            let end = (at..).find(|at| !in_span(at)).expect("an end");
            if let Some(start) = (at..end).find(|at| self.minutes[*at].of_hour % mark == 0) {
                grid.extend((start..end).step_by(step).map(|at| self.minute(at)));
            }
            at = end.max(at + 1);
        }
        let Window { from, to } = self.world.window;
        grid.retain(|start| (from..=to).contains(&self.date(*start)));
        grid
    }

    /// What the moment itself has against a start.
    pub(crate) fn refusal(&self, start: Timestamp) -> Option<ReasonCode> {
        let World { now, service, state, .. } = self.world;
        let notice = SignedDuration::from_mins(service.notice_minutes.into());
        let today = now.to_zoned(state.zone.clone()).date();
        let last = service.horizon_days.map(|days| today + SignedDuration::from_hours(24 * i64::from(days)));
        if start <= *now {
            Some(ReasonCode::Past)
        } else if start < *now + notice {
            Some(ReasonCode::Notice)
        } else {
            last.is_some_and(|last| self.date(start) > last).then_some(ReasonCode::Horizon)
        }
    }

    /// All that `slots` should show.
    pub(crate) fn slots(&self) -> Vec<Slot> {
        let minutes = SignedDuration::from_mins(self.world.service.minutes.into());
        let shown = self.grid().into_iter().filter(|start| self.refusal(*start).is_none());
        shown
            .map(|start| Slot { start, end: start + minutes, resources: self.pick(start).expect("possible") })
            .collect()
    }

    /// Whom the engine should pick.
    pub(crate) fn pick(&self, start: Timestamp) -> Option<Vec<ResourceIx>> {
        let date = self.date(start);
        let busy = |resource: usize| -> i64 {
            let bookings = self.world.state.bookings.iter().filter(|booking| booking.start < booking.end);
            let floor = |at: Timestamp| at.as_second().div_euclid(60);
            let of_the_day = bookings.filter(|booking| {
                // The whole minutes that it touches; it belongs to the date of the first of them.
                let first = Timestamp::from_second(floor(booking.start) * 60).expect("in range");
                booking.resource.0 == resource && first.to_zoned(self.world.state.zone.clone()).date() == date
            });
            of_the_day.map(|booking| floor(booking.end + SignedDuration::from_secs(59)) - floor(booking.start)).sum()
        };
        self.serve(self.index(start), |place, resource| (busy(resource), place))
    }

    /// The first way to serve all needs, trying the resources of each pool by `rank` of (place in the pool, resource).
    fn serve<K: Ord>(&self, start: usize, rank: impl Fn(usize, usize) -> K) -> Option<Vec<ResourceIx>> {
        let Service { minutes, needs, .. } = &self.world.service;
        let fits = |resource: usize| self.stays[resource][start] >= *minutes as usize;
        let seat = |need: &Need| {
            let mut pool: Vec<usize> = need.pool.iter().map(|resource| resource.0).collect();
            let places = pool.clone();
            pool.sort_by_cached_key(|r| rank(places.iter().position(|p| p == r).expect("of the pool"), *r));
            pool.retain(|resource| fits(*resource));
            std::iter::repeat_n(pool, need.count)
        };
        let seats: Vec<Vec<usize>> = needs.iter().flat_map(seat).collect();
        if seats.is_empty() {
            return None;
        }
        let mut taken = Vec::new();
        try_all(&seats, &mut taken).then(|| taken.into_iter().map(ResourceIx).collect())
    }
}

fn try_all(seats: &[Vec<usize>], taken: &mut Vec<usize>) -> bool {
    let Some(pool) = seats.get(taken.len()) else { return true };
    for resource in pool {
        if !taken.contains(resource) {
            taken.push(*resource);
            if try_all(seats, taken) {
                return true;
            }
            taken.pop();
        }
    }
    false
}

impl Minute {
    fn new(world: &World, at: Timestamp) -> Self {
        let end = at + SignedDuration::from_mins(1);
        // Clocks may change within a minute; no gap between hours is shorter than one.
        let last_second = at + SignedDuration::from_secs(59);
        let wall = world.state.zone.to_datetime(at);
        let resources = || world.state.resources.iter().enumerate();
        Self {
            date: wall.date(),
            of_hour: wall.minute(),
            open: resources().map(|(_, r)| [at, last_second].iter().all(|at| is_open(r, *at))).collect(),
            free: resources()
                .map(|(ix, _)| {
                    !world.state.bookings.iter().any(|booking| {
                        let takes = booking.start < booking.end;
                        takes && booking.resource.0 == ix && booking.start < end && at < booking.end
                    })
                })
                .collect(),
        }
    }
}

/// "A resource is open at an instant when its own wall clock then shows a time within its hours."
fn is_open(resource: &Resource, at: Timestamp) -> bool {
    let Some(hours) = &resource.hours else { return true };
    let wall = resource.zone.to_datetime(at);
    let minute = wall.hour() as u16 * 60 + wall.minute() as u16;
    let yesterday = wall.date().weekday().previous();
    hours.iter().any(|span| {
        let overnight = span.to < span.from;
        let today = span.days.contains(wall.date().weekday()) && span.from <= minute && (overnight || minute < span.to);
        let since_yesterday = span.days.contains(yesterday) && overnight && minute < span.to;
        today || since_yesterday
    })
}
