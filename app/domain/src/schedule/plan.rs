//! Which starts are possible. "A start is possible when the service fits: every requirement is met by concrete
//! resources that are open for its whole length and free" (product.md, section 7). Now, notice and horizon are not
//! asked here; they filter what is shown and never move it.

use super::{
    busy::Busy,
    grid, hours,
    intervals::{Interval, Intervals},
    model::{Service, Snapshot},
    needs::{Demand, Matching},
    time::{Calendar, Day},
};

/// A service looked at on some days of the business.
pub(super) struct Plan<'a> {
    service: &'a Service,
    calendar: Calendar,
    busy: Busy,
    demand: Demand,
    /// By resource: the starts for which it is open and free for the whole length. Empty for those in no pool.
    starts: Vec<Intervals>,
    /// The starts for which all needs are met.
    possible: Intervals,
}

impl<'a> Plan<'a> {
    /// The days from `first` to `last`, both included, by their numbers.
    pub(super) fn new(first: i64, last: i64, service: &'a Service, state: &Snapshot) -> Self {
        let calendar = Calendar::new(&state.zone, first, last);
        let length = i64::from(service.minutes);
        let time = match calendar.days.as_slice() {
            [] => Interval::new(0, 0),
            [first, ..] => Interval::new(first.span.from, calendar.days.last().unwrap_or(first).span.to + length),
        };
        let busy = Busy::new(state, time);
        let demand = Demand::new(service, state.resources.len());
        let taken = busy.by_resource(state.resources.len());
        let mut starts = vec![Intervals::default(); state.resources.len()];
        for member in demand.members() {
            let open = hours::open(&state.resources[member], time.from, time.to);
            starts[member] = open.without(&taken[member]).starts(length);
        }
        let possible = sweep(&demand, &starts);
        Self { service, calendar, busy, demand, starts, possible }
    }

    /// The days looked at, in time order.
    pub(super) fn days(&self) -> impl Iterator<Item = &Day> {
        self.calendar.days.iter()
    }

    /// The starts to show on a day, in time order. A span of possible starts ends where the day does, so the grid
    /// begins anew at midnight, and no answer depends on which days were asked for.
    pub(super) fn grid(&self, day: &Day) -> impl Iterator<Item = i64> {
        self.possible.within(day.span).flat_map(|span| grid::starts(span, self.service.step, &self.calendar))
    }

    /// Who is open and free from a start on, for the whole length.
    pub(super) fn available(&self, start: i64) -> impl Fn(usize) -> bool {
        move |resource| self.starts[resource].contains(start)
    }

    /// The needs as they are.
    pub(super) fn demand(&self) -> &Demand {
        &self.demand
    }

    /// The needs with the pools in the order in which the engine picks on a date: "those with the fewest booked
    /// minutes on that local day, then in the order of the pool".
    pub(super) fn ranked(&self, number: i64) -> Demand {
        let mut minutes = vec![0; self.starts.len()];
        for day in self.days().filter(|day| day.number == number) {
            self.busy.add_minutes(day.span, &mut minutes);
        }
        self.demand.ranked(|resource| minutes[resource])
    }
}

/// The starts for which all needs are met, by a walk along the moments at which somebody becomes available or ceases
/// to be. Between two of them nothing changes.
fn sweep(demand: &Demand, starts: &[Intervals]) -> Intervals {
    let mut changes: Vec<(i64, bool, usize)> = Vec::new();
    for member in demand.members() {
        for span in starts[member].iter() {
            changes.extend([(span.from, true, member), (span.to, false, member)]);
        }
    }
    changes.sort_unstable();
    let mut matching = Matching::new(demand, |_| false);
    let mut possible = Intervals::default();
    let mut since = None;
    for moment in changes.chunk_by(|a, b| a.0 == b.0) {
        // Those who come, first: then those who go are replaced at once.
        for &(_, _, member) in moment.iter().filter(|change| change.1) {
            matching.arrive(member);
        }
        for &(_, _, member) in moment.iter().filter(|change| !change.1) {
            matching.leave(member);
        }
        let Some(&(at, ..)) = moment.first() else { continue };
        match (since, matching.is_met()) {
            (None, true) => since = Some(at),
            (Some(from), false) => {
                possible.append(Interval::new(from, at));
                since = None;
            }
            _ => {}
        }
    }
    possible
}
