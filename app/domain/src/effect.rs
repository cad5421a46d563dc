//! What a change of the set-up would do before it is made: how many times fewer or more can be booked, and which
//! appointments would then stand where none could be. It compares two states and knows nothing of how they came about.

use crate::{
    ids::{AppointmentId, ServiceId},
    schedule::{
        Limit, Most, Period, Placement, ReasonCode, ResourceIx, Service, Snapshot, Window, check_placement, slots,
    },
};
use jiff::{
    Timestamp, ToSpan,
    civil::{Date, Weekday},
    tz::TimeZone,
};
use std::collections::{BTreeMap, HashMap};

/// How many days, today included, times are counted on.
pub const DAYS: i64 = 31;

/// A service in one of the two states.
#[derive(Clone, Debug)]
pub struct Offered {
    /// Which.
    pub id: ServiceId,
    /// What it is called.
    pub name: String,
    /// Whether it can be booked online.
    pub is_online: bool,
    /// Its rules.
    pub service: Service,
    /// Whom it can use, and what they are booked for on the days in question.
    pub state: Snapshot,
}

impl Offered {
    /// How many times can be booked online within [`DAYS`] days.
    fn count(&self, now: Timestamp) -> usize {
        if !self.is_online {
            return 0;
        }
        let today = now.to_zoned(self.state.zone.clone()).date();
        let window = Window { from: today, to: today.saturating_add((DAYS - 1).days()) };
        slots(now, window, &self.service, &self.state).len()
    }
}

/// Part of an appointment to come: what it holds on one resource.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Held {
    /// Whose it is.
    pub appointment: AppointmentId,
    /// On what; `None` where the resource is not in use any more.
    pub resource: Option<ResourceIx>,
    /// Its first instant.
    pub start: Timestamp,
    /// How long.
    pub minutes: u32,
    /// Minutes to keep free before it.
    pub before: u32,
    /// Minutes to keep free after it.
    pub after: u32,
}

/// A booking that counts against the limits of its service; one of the past is nobody's to move.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CountedBooking {
    /// Whose it is.
    pub appointment: AppointmentId,
    /// When it starts.
    pub start: Timestamp,
    /// How long.
    pub minutes: u32,
}

/// One of the two states.
#[derive(Clone, Debug)]
pub struct Side {
    /// The services that the change could touch.
    pub services: Vec<Offered>,
    /// All resources, and what they are booked for as long as there are appointments to come.
    pub state: Snapshot,
    /// What the appointments to come hold.
    pub held: Vec<Held>,
    /// By service: its limits, and what counts against them.
    pub counted: Vec<(Vec<Limit>, Vec<CountedBooking>)>,
}

/// What is the matter with an appointment.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Trouble {
    /// Somebody or something that it needs is not open then.
    Closed,
    /// It falls into time off.
    TimeOff,
    /// What it needs is not in use any more.
    Gone,
    /// There are fewer of what it needs than are booked then.
    TooMany,
    /// It is too near to another one.
    Buffer,
    /// There are more of its service than the business takes.
    Limit,
}

impl Trouble {
    /// What follows the number of appointments: `outside hours`.
    pub fn label(self) -> &'static str {
        match self {
            Self::Closed => "outside hours",
            Self::TimeOff => "during time off",
            Self::Gone => "with somebody or something not in use any more",
            Self::TooMany => "more than there is room for",
            Self::Buffer => "too near to another",
            Self::Limit => "beyond a limit",
        }
    }
}

/// A service with the times it has before and after the change.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ServiceEffect {
    /// Which.
    pub id: ServiceId,
    /// What it is called.
    pub name: String,
    /// How many times as it is.
    pub before: usize,
    /// How many as it would be.
    pub after: usize,
}

impl ServiceEffect {
    /// `34 slots fewer`.
    pub fn words(&self) -> String {
        difference(self.before, self.after)
    }
}

/// What a change would do.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Effect {
    /// The services that the change could touch, also those that it does not.
    pub services: Vec<ServiceEffect>,
    /// The appointments that stand well now and would not any more, by their start; each with the first that is the matter.
    pub appointments: Vec<(AppointmentId, Trouble)>,
}

impl Effect {
    /// In a sentence: `34 slots fewer in the next 31 days; 3 appointments outside hours`.
    pub fn sentence(&self) -> String {
        let (before, after) = self.services.iter().fold((0, 0), |(b, a), s| (b + s.before, a + s.after));
        let mut parts = vec![match self.services.is_empty() {
            true => "No service is touched".to_owned(),
            false => format!("{} in the next {DAYS} days", difference(before, after)),
        }];
        let mut counts: BTreeMap<Trouble, usize> = BTreeMap::new();
        for (_, trouble) in &self.appointments {
            *counts.entry(*trouble).or_default() += 1;
        }
        parts.extend(counts.into_iter().map(|(trouble, count)| {
            let s = if count == 1 { "" } else { "s" };
            format!("{count} appointment{s} {}", trouble.label())
        }));
        if self.appointments.is_empty() {
            parts.push("no appointment is in the way".into());
        }
        parts.join("; ")
    }
}

fn difference(before: usize, after: usize) -> String {
    let (by, word) = if after < before { (before - after, "fewer") } else { (after - before, "more") };
    match by {
        0 => "No difference in slots".into(),
        1 => format!("1 slot {word}"),
        n => format!("{n} slots {word}"),
    }
}

/// Compares the state as it is with the state as it would be.
pub fn compare(now: Timestamp, before: &Side, after: &Side) -> Effect {
    let counts = |side: &Side| -> HashMap<ServiceId, usize> {
        side.services.iter().map(|offered| (offered.id, offered.count(now))).collect()
    };
    let (was, is) = (counts(before), counts(after));
    let new = after.services.iter().filter(|offered| !was.contains_key(&offered.id));
    let services = before.services.iter().chain(new).map(|offered| ServiceEffect {
        id: offered.id,
        name: offered.name.clone(),
        before: was.get(&offered.id).copied().unwrap_or(0),
        after: is.get(&offered.id).copied().unwrap_or(0),
    });
    let (stood, stands) = (troubles(now, before), troubles(now, after));
    let mut appointments: Vec<_> = stands
        .into_iter()
        .filter(|(id, (_, trouble))| stood.get(id).is_none_or(|(_, had)| had != trouble))
        .map(|(id, (start, trouble))| (start, id, trouble))
        .collect();
    appointments.sort_unstable();
    Effect {
        services: services.collect(),
        appointments: appointments.into_iter().map(|(_, id, trouble)| (id, trouble)).collect(),
    }
}

/// The appointments to come that something is the matter with: the first by the order of [`Trouble`].
fn troubles(now: Timestamp, side: &Side) -> HashMap<AppointmentId, (Timestamp, Trouble)> {
    let mut found: HashMap<AppointmentId, (Timestamp, Trouble)> = HashMap::new();
    let mut note = |id: AppointmentId, start: Timestamp, trouble: Trouble| {
        let entry = found.entry(id).or_insert((start, trouble));
        entry.1 = entry.1.min(trouble);
    };
    for held in &side.held {
        if let Some(trouble) = trouble_of(side, held) {
            note(held.appointment, held.start, trouble);
        }
    }
    for (limits, counted) in &side.counted {
        for limit in limits {
            for over in beyond(*limit, &side.state.zone, side.state.week_start, counted) {
                if over.start > now {
                    note(over.appointment, over.start, Trouble::Limit);
                }
            }
        }
    }
    found
}

fn trouble_of(side: &Side, held: &Held) -> Option<Trouble> {
    let Some(resource) = held.resource else { return Some(Trouble::Gone) };
    let placement = Placement { minutes: held.minutes, before: held.before, after: held.after, start: held.start };
    let reasons = check_placement(&side.state, placement, resource, Some(held.appointment));
    reasons
        .iter()
        .filter_map(|reason| match reason.code {
            ReasonCode::Closed => Some(Trouble::Closed),
            ReasonCode::TimeOff => Some(Trouble::TimeOff),
            ReasonCode::Booked => Some(Trouble::TooMany),
            ReasonCode::Buffer => Some(Trouble::Buffer),
            _ => None,
        })
        .min()
}

/// The bookings that a limit has no room for: in each period those that start last.
fn beyond<'a>(
    limit: Limit,
    zone: &TimeZone,
    week_start: Weekday,
    counted: &'a [CountedBooking],
) -> Vec<&'a CountedBooking> {
    let mut sorted: Vec<&CountedBooking> = counted.iter().collect();
    sorted.sort_by_key(|booking| (booking.start, booking.appointment));
    let mut taken: HashMap<Date, (u64, u64)> = HashMap::new();
    let mut over = Vec::new();
    for booking in sorted {
        let date = booking.start.to_zoned(zone.clone()).date();
        let first = match limit.per {
            Period::Day => date,
            Period::Week => date.saturating_sub(i64::from(date.weekday().since(week_start)).days()),
            Period::Month => date.first_of_month(),
        };
        let (count, minutes) = taken.entry(first).or_default();
        (*count, *minutes) = (*count + 1, *minutes + u64::from(booking.minutes));
        let is_over = match limit.most {
            Most::Count(most) => *count > u64::from(most),
            Most::Minutes(most) => *minutes > u64::from(most),
        };
        if is_over {
            over.push(booking);
        }
    }
    over
}

#[cfg(test)]
mod tests;
