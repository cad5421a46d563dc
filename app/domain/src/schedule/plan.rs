//! Which starts are possible. "A start is possible when the service fits: every requirement is met by concrete
//! resources that are open for its whole length, free, and buffers hold" (product.md, section 7). Now, notice, horizon
//! and limits are not asked here; they filter what is shown and never move it.

use super::{
    busy::Busy,
    grid, hours,
    intervals::{Interval, Intervals},
    model::{Service, Snapshot},
    needs::{Demand, Matching},
    spacing::Shape,
    time::{Calendar, Day},
};

/// A service looked at on some days of the business.
pub(super) struct Plan<'a> {
    service: &'a Service,
    calendar: Calendar,
    busy: Busy,
    demand: Demand,
    /// By resource, and then by how many units less one: the starts for which so many units can serve for the whole
    /// length. Only as many as could be of use; none for those in no pool.
    starts: Vec<Vec<Intervals>>,
    /// The starts for which all needs are met.
    possible: Intervals,
}

/// The service as something to be placed.
pub(super) fn shape(service: &Service) -> Shape {
    Shape { length: service.minutes.into(), before: service.buffer_before.into(), after: service.buffer_after.into() }
}

impl<'a> Plan<'a> {
    /// The days from `first` to `last`, both included, by their numbers.
    pub(super) fn new(first: i64, last: i64, service: &'a Service, state: &Snapshot) -> Self {
        let calendar = Calendar::new(&state.zone, first, last);
        let shape = shape(service);
        let days = match calendar.days.as_slice() {
            [] => Interval::new(0, 0),
            [first, ..] => Interval::new(first.span.from, calendar.days.last().unwrap_or(first).span.to),
        };
        let demand = Demand::new(service, state.resources.len());
        let mut asked = vec![false; state.resources.len()];
        demand.members().iter().for_each(|member| asked[*member] = true);
        let busy = Busy::new(state, &asked, shape, days);
        let mut starts = vec![Vec::new(); state.resources.len()];
        for &member in demand.members() {
            let resource = &state.resources[member];
            let open = hours::open(state, resource, days.from, days.to + shape.length).starts(shape.length);
            let units = usize::try_from(resource.quantity).unwrap_or(usize::MAX);
            starts[member] = (1..=units.min(demand.useful(member)))
                // So many units are left where at most the others are taken at once.
                .map(|wanted| open.without(&state.buffer_mode.crowded(busy.of(member), shape, units - wanted + 1)))
                .collect();
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
        self.possible.within(day.span).flat_map(|span| grid::starts(span, self.service, &self.calendar))
    }

    /// How many units of each can serve from a start on, for the whole length: no more than could be of use.
    pub(super) fn available(&self, start: i64) -> impl Fn(usize) -> usize {
        move |resource| self.starts[resource].iter().take_while(|starts| starts.contains(start)).count()
    }

    /// How many units of a resource could be of use if all of it were open and free.
    pub(super) fn at_best(&self, resource: usize) -> usize {
        self.starts[resource].len()
    }

    /// The needs as they are.
    pub(super) fn demand(&self) -> &Demand {
        &self.demand
    }

    /// The needs with the pools in the order in which the engine picks on a date: "those with the fewest booked
    /// minutes on that local day, then in the order of the pool".
    pub(super) fn ranked(&self, number: i64) -> Demand {
        let of_the_date = || self.days().filter(|day| day.number == number);
        let mut minutes = vec![0; self.starts.len()];
        for &member in self.demand.members() {
            minutes[member] = self.busy.minutes(member, of_the_date());
        }
        self.demand.ranked(|resource| minutes[resource])
    }
}

/// The starts for which all needs are met, by a walk along the moments at which a unit becomes available or ceases
/// to be. Between two of them nothing changes.
fn sweep(demand: &Demand, starts: &[Vec<Intervals>]) -> Intervals {
    let mut changes = Vec::new();
    for &member in demand.members() {
        for span in starts[member].iter().flat_map(Intervals::iter) {
            changes.extend([Change::new(span.from, true, member), Change::new(span.to, false, member)]);
        }
    }
    changes.sort_unstable();
    if demand.is_disjoint() {
        walk(&changes, Counts::new(demand))
    } else {
        walk(&changes, Matching::new(demand, |_| 0))
    }
}

/// A unit of a resource comes to hand or ceases to be at a moment. In one number, by moment: a month of a large business
/// has tens of thousands to put in order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Change(i128);

impl Change {
    fn new(at: i64, comes: bool, resource: usize) -> Self {
        // A place in a list that fits in memory has less than 63 bits.
        Self(i128::from(at) << 64 | (resource as i128) << 1 | i128::from(comes))
    }

    fn at(self) -> i64 {
        (self.0 >> 64) as i64
    }

    fn comes(self) -> bool {
        self.0 & 1 == 1
    }

    fn resource(self) -> usize {
        (self.0 as u64 >> 1) as usize
    }
}

/// What the walk asks whether the needs are met.
trait AtHand {
    fn arrive(&mut self, resource: usize);
    fn leave(&mut self, resource: usize);
    fn is_met(&self) -> bool;
}

impl AtHand for Matching<'_> {
    fn arrive(&mut self, resource: usize) {
        Matching::arrive(self, resource);
    }
    fn leave(&mut self, resource: usize) {
        Matching::leave(self, resource);
    }
    fn is_met(&self) -> bool {
        Matching::is_met(self)
    }
}

/// Where no resource is in two pools, it is enough to count.
struct Counts {
    /// By resource: the need that it can serve.
    serves: Vec<usize>,
    /// By need: how many there are, and how many there should be.
    at_hand: Vec<(usize, usize)>,
    short: usize,
    asks_for_any: bool,
}

impl Counts {
    fn new(demand: &Demand) -> Self {
        let mut serves = Vec::new();
        for (need, pool) in demand.needs.iter().enumerate() {
            for &member in &pool.members {
                if serves.len() <= member {
                    serves.resize(member + 1, usize::MAX);
                }
                serves[member] = need;
            }
        }
        let at_hand: Vec<_> = demand.needs.iter().map(|pool| (0, pool.count)).collect();
        let short = at_hand.iter().filter(|(_, wanted)| *wanted > 0).count();
        Self { serves, at_hand, short, asks_for_any: short > 0 }
    }
}

impl AtHand for Counts {
    fn arrive(&mut self, resource: usize) {
        let (there, wanted) = &mut self.at_hand[self.serves[resource]];
        *there += 1;
        if *there == *wanted {
            self.short -= 1;
        }
    }
    fn leave(&mut self, resource: usize) {
        let (there, wanted) = &mut self.at_hand[self.serves[resource]];
        if *there == *wanted {
            self.short += 1;
        }
        *there -= 1;
    }
    fn is_met(&self) -> bool {
        self.short == 0 && self.asks_for_any
    }
}

fn walk(changes: &[Change], mut at_hand: impl AtHand) -> Intervals {
    let mut possible = Intervals::default();
    let mut since = None;
    for moment in changes.chunk_by(|a, b| a.at() == b.at()) {
        // Those who come, first: then those who go are replaced at once.
        for change in moment.iter().filter(|change| change.comes()) {
            at_hand.arrive(change.resource());
        }
        for change in moment.iter().filter(|change| !change.comes()) {
            at_hand.leave(change.resource());
        }
        let Some(at) = moment.first().map(|change| change.at()) else { continue };
        match (since, at_hand.is_met()) {
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
