//! Who or what can be booked, as the set-up's forms have it; and when it is away.

use crate::{
    hours::{clock, date_within, parse_clock},
    ids::UserId,
    time::{clock_label, day_label, offset_label, start_of_day, wire},
    typed::{Checker, Fact, Mistake},
};
use jiff::{
    Timestamp, ToSpan, Zoned,
    civil::Date,
    tz::{AmbiguousOffset, TimeZone},
};

/// What kind of thing a resource is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum ResourceKind {
    /// A person.
    Staff,
    /// A room.
    Room,
    /// A machine, a vehicle, an instrument.
    Equipment,
}

impl ResourceKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Staff, Self::Room, Self::Equipment];

    /// The name in the database and in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Staff => "STAFF",
            Self::Room => "ROOM",
            Self::Equipment => "EQUIPMENT",
        }
    }

    /// Reads the name that [`Self::as_str`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// The word for one.
    pub fn label(self) -> &'static str {
        match self {
            Self::Staff => "Person",
            Self::Room => "Room",
            Self::Equipment => "Equipment",
        }
    }

    /// The word for many.
    pub fn plural(self) -> &'static str {
        match self {
            Self::Staff => "People",
            Self::Room => "Rooms",
            Self::Equipment => "Equipment",
        }
    }
}

/// The form of a resource as typed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ResourceForm {
    /// Its name.
    pub name: String,
    /// A word of [`ResourceKind`].
    pub kind: String,
    /// How many alike there are.
    pub quantity: String,
    /// The IANA name of its zone; empty: the business's.
    pub zone: String,
    /// The login whose calendar it is, by its id; empty: nobody's own.
    pub login: String,
}

impl Default for ResourceForm {
    fn default() -> Self {
        Self {
            name: String::new(),
            kind: ResourceKind::Staff.as_str().into(),
            quantity: "1".into(),
            zone: String::new(),
            login: String::new(),
        }
    }
}

/// A resource, checked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ResourceFacts {
    /// Its name.
    pub name: String,
    /// What kind.
    pub kind: ResourceKind,
    /// How many alike.
    pub quantity: u32,
    /// Its zone; `None`: the business's.
    pub zone: Option<String>,
    /// Whose calendar it is.
    pub login: Option<UserId>,
}

impl ResourceForm {
    /// Checks every field. `is_zone` knows the zones, `team` are the logins to choose from.
    pub fn check(&self, is_zone: impl Fn(&str) -> bool, team: &[UserId]) -> Result<ResourceFacts, Vec<Mistake>> {
        let mut c = Checker::default();
        let name = c.line("name", "a name", &self.name, 120);
        let kind = c.choice("kind", "what it is", ResourceKind::parse(&self.kind));
        let quantity = c.number("quantity", "how many there are", &self.quantity, 1, 200);
        let zone = match self.zone.trim() {
            "" => Some(None),
            zone if is_zone(zone) => Some(Some(zone.to_owned())),
            _ => {
                c.wrong("zone", "Enter a time zone such as Europe/Berlin, or leave it empty");
                None
            }
        };
        let login = match self.login.as_str() {
            "" => Some(None),
            text => c.choice("login", "a login", text.parse().ok().filter(|id| team.contains(id))).map(Some),
        };
        if login.flatten().is_some() && kind.is_some_and(|kind| kind != ResourceKind::Staff) {
            c.wrong("login", "Leave the login empty: only a person has a calendar of their own");
        }
        if kind == Some(ResourceKind::Staff) && quantity.is_some_and(|quantity| quantity > 1) {
            c.wrong("quantity", "Enter 1: a person is one of a kind. Add a line for each of the others");
        }
        let facts =
            (|| Some(ResourceFacts { name: name?, kind: kind?, quantity: quantity?, zone: zone?, login: login? }))();
        c.finish(facts)
    }
}

impl ResourceFacts {
    /// The form that this came from, or could have.
    pub fn form(&self) -> ResourceForm {
        ResourceForm {
            name: self.name.clone(),
            kind: self.kind.as_str().into(),
            quantity: self.quantity.to_string(),
            zone: self.zone.clone().unwrap_or_default(),
            login: self.login.map(|id| id.to_string()).unwrap_or_default(),
        }
    }

    /// What there is to say of it, in words. `login` names a login.
    pub fn facts(&self, login: &dyn Fn(UserId) -> String) -> Vec<Fact> {
        vec![
            Fact::new("Name", &self.name),
            Fact::new("Kind", self.kind.label()),
            Fact::new("How many", self.quantity.to_string()),
            Fact::new("Time zone", self.zone.clone().unwrap_or_else(|| "the business's".into())),
            Fact::new("Login", self.login.map_or_else(|| "none".into(), login)),
        ]
    }
}

/// A way to read a local time that could be meant in more than one way, or in none.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TimeChoice {
    /// The instant with its offset, as the form sends it back.
    pub value: String,
    /// In words.
    pub label: String,
}

/// What a date and time of a zone's wall clock mean.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LocalTime {
    /// This instant.
    One(Timestamp),
    /// The clocks skip this time: what there is instead.
    Skipped(Vec<TimeChoice>),
    /// It comes twice.
    Twice(Vec<TimeChoice>),
}

/// Reads a wall clock; 24:00 is the midnight that ends the date. `chosen` is what was chosen among the ways to read it,
/// when it was asked before.
pub fn local_time(date: Date, minute: u16, zone: &TimeZone, chosen: &str) -> LocalTime {
    let (date, minute) = if minute < 1440 { (date, minute) } else { (date.saturating_add(1.day()), minute - 1440) };
    let part = |number: u16| i8::try_from(number).unwrap_or(0);
    let ambiguous = zone.to_ambiguous_zoned(date.at(part(minute / 60), part(minute % 60), 0, 0));
    let (earlier, later) = (ambiguous.clone().earlier().ok(), ambiguous.clone().later().ok());
    let choice = |at: &Zoned, words: &str| TimeChoice {
        value: wire(at),
        label: format!("{} {words} ({}, {})", clock_label(at), day_label(at.date()), offset_label(at)),
    };
    let choices: Vec<TimeChoice> = match ambiguous.offset() {
        AmbiguousOffset::Unambiguous { .. } => Vec::new(),
        AmbiguousOffset::Gap { .. } => {
            let change = later.and_then(|at| zone.preceding(at.timestamp() + 1.second()).next());
            change
                .map(|change| choice(&change.timestamp().to_zoned(zone.clone()), "when the clocks have changed"))
                .into_iter()
                .collect()
        }
        AmbiguousOffset::Fold { .. } => [(earlier, "for the first time"), (later, "for the second time")]
            .into_iter()
            .filter_map(|(at, words)| Some(choice(&at?, words)))
            .collect(),
    };
    if let Some(found) = choices.iter().find(|choice| choice.value == chosen)
        && let Ok(instant) = found.value.parse()
    {
        return LocalTime::One(instant);
    }
    match ambiguous.offset() {
        AmbiguousOffset::Unambiguous { .. } => {
            LocalTime::One(ambiguous.compatible().map_or(Timestamp::MAX, |at| at.timestamp()))
        }
        AmbiguousOffset::Gap { .. } => LocalTime::Skipped(choices),
        AmbiguousOffset::Fold { .. } => LocalTime::Twice(choices),
    }
}

/// Time off as typed: from a date and time to a date and time of the resource's wall clock. Without a time it begins
/// with its first day and ends with its last.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct TimeOffForm {
    /// The first date.
    pub from_date: String,
    /// When on it; may be empty.
    pub from_time: String,
    /// Which instant is meant, where the clocks leave that open.
    pub from_choice: String,
    /// The last date.
    pub to_date: String,
    /// When on it; may be empty.
    pub to_time: String,
    /// Which instant is meant, where the clocks leave that open.
    pub to_choice: String,
    /// Why; of the team, never shown to customers.
    pub reason: String,
}

/// Time off, checked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TimeOff {
    /// The first instant.
    pub from: Timestamp,
    /// The first instant after it.
    pub to: Timestamp,
    /// Why; may be empty.
    pub reason: String,
}

/// More than a year of it is two entries.
const LONGEST_DAYS: i64 = 366;

impl TimeOffForm {
    /// Checks the form on the wall clock of `zone`.
    pub fn check(&self, zone: &TimeZone, now: Timestamp) -> Result<TimeOff, Vec<Mistake>> {
        let mut c = Checker::default();
        // What has begun already may still be written down.
        let earliest = now.to_zoned(zone.clone()).date().saturating_sub(31.days());
        let from_date = date_within("from_date", "the first day", &self.from_date, earliest, &mut c);
        let from = from_date.and_then(|date| match self.from_time.trim() {
            "" => Some(start_of_day(date, zone)),
            text => instant("from", (date, text), zone, &self.from_choice, &mut c),
        });
        let to_date = date_within("to_date", "the last day", &self.to_date, earliest, &mut c);
        let to = to_date.and_then(|date| match self.to_time.trim() {
            "" => Some(start_of_day(date.saturating_add(1.day()), zone)),
            text => instant("to", (date, text), zone, &self.to_choice, &mut c),
        });
        if let (Some(from), Some(to)) = (from, to) {
            if to <= from {
                c.wrong("to_date", "Enter an end that comes after the start");
            } else if to <= now {
                c.wrong("to_date", "Enter an end that is still to come: this is all over already");
            } else if to.duration_since(from).as_hours() > LONGEST_DAYS * 24 {
                c.wrong("to_date", "Enter a year at most: add another entry for what comes after it");
            }
        }
        let reason = c.optional_line("reason", "the reason", &self.reason, 200);
        let read = (|| Some(TimeOff { from: from?, to: to?, reason: reason? }))();
        c.finish(read)
    }

    /// The ways to read the start and the end, where the clocks leave that open.
    pub fn choices(&self, zone: &TimeZone) -> [Vec<TimeChoice>; 2] {
        [(&self.from_date, &self.from_time), (&self.to_date, &self.to_time)].map(|(date, time)| {
            match (date.trim().parse(), parse_clock(time)) {
                (Ok(date), Some(minute)) => match local_time(date, minute, zone, "") {
                    LocalTime::One(_) => Vec::new(),
                    LocalTime::Skipped(ways) | LocalTime::Twice(ways) => ways,
                },
                _ => Vec::new(),
            }
        })
    }
}

/// Reads one end of it; `part` is `from` or `to`.
fn instant(
    part: &str,
    (date, text): (Date, &str),
    zone: &TimeZone,
    chosen: &str,
    c: &mut Checker,
) -> Option<Timestamp> {
    let Some(minute) = parse_clock(text) else {
        c.wrong(format!("{part}_time"), "Enter a time such as 09:00, or leave it empty for the whole day");
        return None;
    };
    let why = match local_time(date, minute, zone, chosen) {
        LocalTime::One(at) => return Some(at),
        LocalTime::Skipped(_) => {
            "there is no such time: the clocks are put forward. Choose what there is, or enter another"
        }
        LocalTime::Twice(_) => "this time comes twice: the clocks are put back. Choose which is meant",
    };
    c.wrong(format!("{part}_choice"), format!("{} on {}: {why}", clock(minute), day_label(date)));
    None
}

#[cfg(test)]
mod tests;
