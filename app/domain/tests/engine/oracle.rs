//! A second engine, written from product.md and with other means: it looks at every minute, reads every wall clock
//! through jiff, and tries every way to serve. Far too slow for use, and simple enough to be believed.

use crate::{
    minute::Minute,
    units::{Taken, Units},
    world::World,
};
use domain::schedule::*;
use jiff::{SignedDuration, Timestamp, civil::Date};

/// The world, minute by minute.
pub(crate) struct Oracle<'a> {
    world: &'a World,
    /// The first minute looked at: early enough for the window's first date in any zone.
    first: Timestamp,
    minutes: Vec<Minute>,
    /// By resource and minute: for how many minutes from there on is it open and not away?
    stays: Vec<Vec<usize>>,
    /// By resource.
    units: Vec<Units>,
    /// By start: can the needs be met?
    possible: Vec<bool>,
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
                let there = minutes[at].open[resource] && !minutes[at].away[resource];
                stays[at] = if there { stays[at + 1] + 1 } else { 0 };
            }
            stays
        };
        let resources = 0..world.state.resources.len();
        let stays = resources.clone().map(stays).collect();
        let units = resources.map(|resource| Units::new(&world.state, resource)).collect();
        let mut oracle = Self { world, first, minutes, stays, units, possible: vec![] };
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

    /// Whether a resource is open, and not away, throughout one minute.
    pub(crate) fn open_minute(&self, resource: ResourceIx, at: Timestamp) -> bool {
        self.stays[resource.0][self.index(at)] > 0
    }

    fn length(&self, start: Timestamp) -> &[Minute] {
        let from = self.index(start);
        &self.minutes[from..from + self.world.service.minutes as usize]
    }

    /// Whether what a reason says is true.
    pub(crate) fn holds(&self, reason: &Reason, start: Timestamp) -> bool {
        let World { service, state, .. } = self.world;
        let new = Taken::new(service, start);
        let booked = |overlapping: bool| {
            state.bookings.iter().filter(|booking| Some(booking.resource) == reason.resource).any(|booking| {
                let in_the_way = Taken::by(booking).filter(|taken| taken.conflicts(&new, state.buffer_mode));
                booking.appointment == reason.appointment
                    && in_the_way.is_some_and(|taken| taken.overlaps(&new) == overlapping)
            })
        };
        let all_at_best = |resource: usize| state.resources[resource].quantity as usize;
        match (reason.code, reason.resource) {
            (ReasonCode::Closed, Some(resource)) => self.length(start).iter().any(|minute| !minute.open[resource.0]),
            (ReasonCode::TimeOff, Some(resource)) => self.length(start).iter().any(|minute| minute.away[resource.0]),
            (ReasonCode::Booked, Some(_)) => booked(true),
            (ReasonCode::Buffer, Some(_)) => booked(false),
            (ReasonCode::PoolShort, None) => self.seat(all_at_best, |place, _| place).is_none(),
            (ReasonCode::Limit, None) => reason.limit.is_some_and(|limit| self.breaks(limit, start)),
            (code, None) => self.against(start).contains(&code),
            _ => false,
        }
    }

    /// Whether a resource is open, and not away, for the whole length.
    pub(crate) fn is_there(&self, resource: usize, start: Timestamp) -> bool {
        self.stays[resource][self.index(start)] >= self.world.service.minutes as usize
    }

    /// How many units of a resource could be had from `start` on.
    pub(crate) fn left(&self, resource: usize, start: Timestamp) -> usize {
        if self.is_there(resource, start) {
            self.units[resource].left(&Taken::new(&self.world.service, start))
        } else {
            0
        }
    }

    /// All minutes of the window.
    pub(crate) fn window(&self) -> Vec<Timestamp> {
        let Window { from, to } = self.world.window;
        let within = (0..self.possible.len()).filter(|at| (from..=to).contains(&self.minutes[*at].date));
        within.map(|at| self.minute(at)).collect()
    }

    /// The minutes of the window on both sides of where starts begin or cease to be possible.
    pub(crate) fn edges(&self) -> Vec<Timestamp> {
        let differs = |at: usize, other: usize| self.possible.get(other).is_some_and(|one| *one != self.possible[at]);
        let is_edge = |at: &usize| differs(*at, at + 1) || differs(*at, at.wrapping_sub(1));
        let edges: Vec<_> = (0..self.possible.len()).filter(is_edge).map(|at| self.minute(at)).collect();
        let window = self.window();
        edges.into_iter().filter(|edge| window.contains(edge)).collect()
    }

    /// The starts that are shown when now, notice, horizon and limits are left aside.
    pub(crate) fn grid(&self) -> Vec<Timestamp> {
        let step = self.world.service.step as usize;
        let mut grid = Vec::new();
        let mut at = 0;
        while at < self.possible.len() {
            let date = self.minutes[at].date;
            let in_span = |at: &usize| self.possible.get(*at) == Some(&true) && self.minutes[*at].date == date;
            let end = (at..).find(|at| !in_span(at)).expect("an end");
            if let Some(start) = self.first_of(at, end) {
                grid.extend((start..end).step_by(step).map(|at| self.minute(at)));
            }
            at = end.max(at + 1);
        }
        let Window { from, to } = self.world.window;
        grid.retain(|start| (from..=to).contains(&self.date(*start)));
        grid
    }

    /// Where the grid of an unbroken span begins.
    fn first_of(&self, from: usize, end: usize) -> Option<usize> {
        let step = self.world.service.step as usize;
        let mark = [60, 30, 20, 15, 10, 5].into_iter().find(|mark| step.is_multiple_of(*mark)).unwrap_or(1) as i8;
        let up_to = |mark: i8| (from..end).find(|at| self.minutes[*at].of_hour % mark == 0);
        match self.world.service.grid {
            Grid::Grid => up_to(mark),
            Grid::Packed => {
                let slots = |start: usize| (start..end).step_by(step).count();
                let moved = [mark, 15, 5].into_iter().filter_map(up_to).find(|start| slots(*start) == slots(from));
                moved.or((from < end).then_some(from))
            }
        }
    }

    /// What the moment itself has against a start, resources aside.
    pub(crate) fn against(&self, start: Timestamp) -> Vec<ReasonCode> {
        let World { now, service, state, .. } = self.world;
        let notice = SignedDuration::from_mins(service.notice_minutes.into());
        let today = now.to_zoned(state.zone.clone()).date();
        let last = service.horizon_days.map(|days| today + SignedDuration::from_hours(24 * i64::from(days)));
        let mut codes = Vec::new();
        if start <= *now {
            codes.push(ReasonCode::Past);
        } else if start < *now + notice {
            codes.push(ReasonCode::Notice);
        }
        if last.is_some_and(|last| self.date(start) > last) {
            codes.push(ReasonCode::Horizon);
        }
        if service.limits.iter().any(|limit| self.breaks(*limit, start)) {
            codes.push(ReasonCode::Limit);
        }
        codes
    }

    /// Whether one more at `start` would be more than a limit allows.
    fn breaks(&self, limit: Limit, start: Timestamp) -> bool {
        let (bookings, minutes) = self.world.counted_in(limit.per, self.date(start));
        match limit.most {
            Most::Count(most) => bookings + 1 > u64::from(most),
            Most::Minutes(most) => minutes + u64::from(self.world.service.minutes) > u64::from(most),
        }
    }

    /// All that `slots` should show.
    pub(crate) fn slots(&self) -> Vec<Slot> {
        let minutes = SignedDuration::from_mins(self.world.service.minutes.into());
        let shown = self.grid().into_iter().filter(|start| self.against(*start).is_empty());
        shown
            .map(|start| Slot { start, end: start + minutes, resources: self.pick(start).expect("possible") })
            .collect()
    }

    /// Whom the engine should pick.
    pub(crate) fn pick(&self, start: Timestamp) -> Option<Vec<ResourceIx>> {
        let date = self.date(start);
        let busy = |resource: usize| -> i64 {
            let of_it = self.world.state.bookings.iter().filter(|booking| booking.resource.0 == resource);
            let taken = of_it.filter_map(Taken::by);
            let of_the_day = taken.filter(|taken| taken.date(&self.world.state.zone) == date);
            of_the_day.map(|taken| taken.minutes()).sum()
        };
        self.serve(self.index(start), |place, resource| (busy(resource), place))
    }

    fn serve<K: Ord>(&self, start: usize, rank: impl Fn(usize, usize) -> K) -> Option<Vec<ResourceIx>> {
        let at = self.minute(start);
        let left: Vec<_> = (0..self.units.len()).map(|resource| self.left(resource, at)).collect();
        self.seat(|resource| left[resource], rank)
    }

    /// The first way to serve all needs with the units that are left, trying the resources of each pool by `rank` of
    /// (place in the pool, resource).
    fn seat<K: Ord>(&self, left: impl Fn(usize) -> usize, rank: impl Fn(usize, usize) -> K) -> Option<Vec<ResourceIx>> {
        let needs = self.world.service.needs.iter().enumerate();
        let seats = needs.flat_map(|(at, need)| {
            let mut pool: Vec<usize> = need.pool.iter().map(|resource| resource.0).collect();
            let places = pool.clone();
            pool.sort_by_cached_key(|r| rank(places.iter().position(|p| p == r).expect("of the pool"), *r));
            pool.dedup();
            std::iter::repeat_n((at, pool), need.count)
        });
        let seats: Vec<(usize, Vec<usize>)> = seats.collect();
        if seats.is_empty() {
            return None;
        }
        let mut taken = Vec::new();
        try_all(&seats, &left, &mut taken)
            .then(|| taken.into_iter().map(|(_, resource)| ResourceIx(resource)).collect())
    }
}

/// Seats are (need, pool). Within a need everybody sits once, and in all needs as often as there are units left.
fn try_all(seats: &[(usize, Vec<usize>)], left: &impl Fn(usize) -> usize, taken: &mut Vec<(usize, usize)>) -> bool {
    let Some((need, pool)) = seats.get(taken.len()) else { return true };
    for resource in pool {
        let used = taken.iter().filter(|(_, other)| other == resource).count();
        if used < left(*resource) && !taken.contains(&(*need, *resource)) {
            taken.push((*need, *resource));
            if try_all(seats, left, taken) {
                return true;
            }
            taken.pop();
        }
    }
    false
}
