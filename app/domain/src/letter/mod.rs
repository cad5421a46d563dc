//! What customers are written about their appointments: the words, as text and as HTML from the same blocks, so that the
//! two cannot say different things.

mod colour;
mod draw;

use crate::time::{clock_label, day_label, offset_if_repeated, zone_label};
use jiff::{Timestamp, Zoned};

/// What a letter is about.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum LetterKind {
    /// Booked and agreed.
    Booked,
    /// Asked for; the business has yet to say yes.
    Requested,
    /// The business said yes.
    Confirmed,
    /// The business said no.
    Declined,
    /// Another time, or another person.
    Moved,
    /// Called off.
    Cancelled,
    /// It is coming up.
    Reminder,
}

impl LetterKind {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Booked, Self::Requested, Self::Confirmed, Self::Declined, Self::Moved, Self::Cancelled, Self::Reminder];

    /// The name in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Booked => "BOOKED",
            Self::Requested => "REQUESTED",
            Self::Confirmed => "CONFIRMED",
            Self::Declined => "DECLINED",
            Self::Moved => "MOVED",
            Self::Cancelled => "CANCELLED",
            Self::Reminder => "REMINDER",
        }
    }

    /// As people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Booked => "Booked",
            Self::Requested => "Request received",
            Self::Confirmed => "Confirmed",
            Self::Declined => "Declined",
            Self::Moved => "Moved",
            Self::Cancelled => "Cancelled",
            Self::Reminder => "Reminder",
        }
    }

    /// Reads the name that [`Self::as_str`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// Who writes.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sender {
    /// The business's name.
    pub name: String,
    /// Where it can be written to.
    pub email: Option<String>,
    /// Where it can be called.
    pub phone: Option<String>,
    /// Where it is; may be empty.
    pub address: String,
    /// Its colour, as `#3e63dd`; the product's own where it has none, or one that cannot be read.
    pub colour: Option<String>,
}

/// What a letter tells of an appointment.
#[derive(Clone, PartialEq, Debug)]
pub struct Facts {
    /// Who writes.
    pub sender: Sender,
    /// The customer, as named for this booking.
    pub customer: String,
    /// What is booked.
    pub service: String,
    /// The name that both sides call it by on the telephone.
    pub reference: String,
    /// In the business's zone.
    pub starts: Zoned,
    /// In the business's zone.
    pub ends: Zoned,
    /// When it was to begin before it was moved, if that is known.
    pub before: Option<Zoned>,
    /// With whom.
    pub with: Vec<String>,
    /// What it costs.
    pub price: Option<String>,
    /// Whether the business has said yes.
    pub is_agreed: bool,
    /// Whether its time is kept meanwhile.
    pub is_held: bool,
    /// Who called it off, where somebody did.
    pub cancelled_by_customer: bool,
    /// What the business says of it.
    pub reason: Option<String>,
    /// Until when it can be moved online.
    pub move_until: Timestamp,
    /// Until when it can be called off online.
    pub cancel_until: Timestamp,
    /// Its private link.
    pub link: String,
    /// The business's booking page.
    pub site: String,
}

/// A letter as it goes out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Written {
    /// One line.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// The same as a document.
    pub html: String,
}

/// A part of a letter.
enum Block {
    Words(String),
    Facts(Vec<(&'static str, String)>),
    Link { label: &'static str, url: String, note: &'static str },
    Sender(Vec<String>),
    Small(String),
}

/// Writes a letter, as of `now`.
pub fn write(kind: LetterKind, facts: &Facts, now: Timestamp) -> Written {
    let facts = &clean(facts);
    let business = &facts.sender.name;
    let heading = heading(kind, facts);
    let mut blocks = vec![Block::Words(greeting(&facts.customer)), Block::Words(opening(kind, facts))];
    if let (LetterKind::Declined | LetterKind::Cancelled, false, Some(reason)) =
        (kind, facts.cancelled_by_customer, &facts.reason)
    {
        blocks.push(Block::Words(format!("{business} says: {reason}")));
    }
    blocks.push(Block::Facts(table(kind, facts)));
    if matches!(kind, LetterKind::Declined | LetterKind::Cancelled) {
        let note = "You are welcome to choose another time.";
        blocks.push(Block::Link { label: "Book another time", url: facts.site.clone(), note });
    } else {
        blocks.push(Block::Words(policy(facts, now)));
        let note = "This link is yours alone: whoever has it can change the booking, so share it with care.";
        blocks.push(Block::Link { label: "See your booking", url: facts.link.clone(), note });
    }
    blocks.push(Block::Sender(sender(&facts.sender)));
    blocks.push(Block::Small(format!(
        "You get this letter because your address was given for a booking at {business}. If that was not you, tell them the reference {}.",
        facts.reference
    )));
    let at = format!("{}, {}", day_label(facts.starts.date()), clock(&facts.starts));
    Written {
        subject: format!("{heading}: {}, {at}", facts.service),
        text: draw::text(&blocks),
        html: draw::html(heading, &facts.sender, &blocks),
    }
}

/// By name; but anybody can type any address, and a "name" that mail programs turn into a link is an advertisement that
/// would go out in the business's name.
fn greeting(name: &str) -> String {
    let is_a_link = ["://", "www.", "/", "@"].iter().any(|mark| name.to_lowercase().contains(mark));
    if is_a_link || name.is_empty() { "Hello,".to_owned() } else { format!("Hello {name},") }
}

fn heading(kind: LetterKind, facts: &Facts) -> &'static str {
    match kind {
        LetterKind::Booked => "You are booked",
        LetterKind::Requested => "Your request is in",
        LetterKind::Confirmed => "Your booking is confirmed",
        LetterKind::Declined => "Your request was declined",
        LetterKind::Moved if is_moved_in_time(facts) => "Your booking has moved",
        LetterKind::Moved => "Your booking has changed",
        LetterKind::Cancelled => "Your booking is cancelled",
        LetterKind::Reminder => "Coming up",
    }
}

fn opening(kind: LetterKind, facts: &Facts) -> String {
    let business = &facts.sender.name;
    let kept = if facts.is_held { " The time is kept for you until then." } else { "" };
    match kind {
        LetterKind::Booked => format!("You are booked at {business}. We look forward to seeing you."),
        LetterKind::Requested => {
            format!("{business} has your request and will write to you with the answer.{kept} Nothing is agreed yet.")
        }
        LetterKind::Confirmed => format!("Good news: {business} has confirmed your booking."),
        LetterKind::Declined => format!("We are sorry: {business} cannot take your request. Nothing is booked."),
        LetterKind::Moved => {
            let what = if is_moved_in_time(facts) { "has another time" } else { "has changed" };
            let open = if facts.is_agreed { "" } else { " It still waits for their answer." };
            format!("Your booking at {business} {what}. Below is what holds now.{open}")
        }
        LetterKind::Cancelled if facts.cancelled_by_customer => {
            format!("You have called off your booking at {business}. Nothing more is needed from you.")
        }
        LetterKind::Cancelled => format!("We are sorry: {business} had to call off your booking."),
        LetterKind::Reminder => format!("Your booking at {business} is coming up. We look forward to seeing you."),
    }
}

fn is_moved_in_time(facts: &Facts) -> bool {
    facts.before.as_ref().is_some_and(|before| *before != facts.starts)
}

fn table(kind: LetterKind, facts: &Facts) -> Vec<(&'static str, String)> {
    let mut rows = vec![("Service", facts.service.clone()), ("When", when(&facts.starts, &facts.ends))];
    if kind == LetterKind::Moved
        && let Some(before) = facts.before.as_ref().filter(|before| **before != facts.starts)
    {
        rows.push(("Before", moment(before)));
    }
    if !facts.with.is_empty() && kind != LetterKind::Declined {
        rows.push(("With", facts.with.join(", ")));
    }
    if let Some(price) = &facts.price
        && !matches!(kind, LetterKind::Declined | LetterKind::Cancelled)
    {
        rows.push(("Price", price.clone()));
    }
    if !facts.sender.address.is_empty() && !matches!(kind, LetterKind::Declined | LetterKind::Cancelled) {
        rows.push(("Where", facts.sender.address.clone()));
    }
    rows.push(("Reference", facts.reference.clone()));
    rows
}

/// `Tuesday 1 December 2026, 10:00 to 10:30, Berlin time (UTC+1)`.
fn when(starts: &Zoned, ends: &Zoned) -> String {
    let end = if starts.date() == ends.date() { clock(ends) } else { moment(ends) };
    format!("{} to {end}, {}", moment(starts), zone_label(starts))
}

fn moment(at: &Zoned) -> String {
    format!("{}, {}", day_label(at.date()), clock(at))
}

/// With its offset where the wall clock shows this time twice.
fn clock(at: &Zoned) -> String {
    match offset_if_repeated(at) {
        Some(offset) => format!("{} ({offset})", clock_label(at)),
        None => clock_label(at),
    }
}

/// Until when the customer may still change something, as it was promised with the booking.
fn policy(facts: &Facts, now: Timestamp) -> String {
    let business = &facts.sender.name;
    let label = |until: Timestamp| match until >= facts.starts.timestamp() {
        true => "it begins".to_owned(),
        false => moment(&until.to_zoned(facts.starts.time_zone().clone())),
    };
    let open = |until: Timestamp| (until >= now).then(|| label(until));
    match (open(facts.move_until), open(facts.cancel_until)) {
        (Some(moved), Some(cancelled)) if moved == cancelled => {
            format!("You can move it or call it off yourself until {moved}.")
        }
        (Some(moved), Some(cancelled)) => {
            format!("You can move it yourself until {moved}, and call it off until {cancelled}.")
        }
        (Some(moved), None) => {
            format!("You can move it yourself until {moved}. To call it off, ask {business}.")
        }
        (None, Some(cancelled)) => {
            format!("You can call it off yourself until {cancelled}. To move it, ask {business}.")
        }
        (None, None) => {
            format!("It is too near to be moved or called off online. If something comes up, tell {business}.")
        }
    }
}

fn sender(sender: &Sender) -> Vec<String> {
    let mut lines = vec![sender.name.clone()];
    lines.extend(Some(sender.address.clone()).filter(|address| !address.is_empty()));
    lines.extend(sender.phone.clone());
    lines.extend(sender.email.clone());
    lines
}

/// One line each, whatever was typed: what stands in a letter cannot begin another line of it.
fn clean(facts: &Facts) -> Facts {
    let one = |text: &str| one_line(text);
    Facts {
        sender: Sender {
            name: one(&facts.sender.name),
            email: facts.sender.email.as_deref().map(one),
            phone: facts.sender.phone.as_deref().map(one),
            address: one(&facts.sender.address),
            colour: facts.sender.colour.clone(),
        },
        customer: one(&facts.customer),
        service: one(&facts.service),
        reference: one(&facts.reference),
        with: facts.with.iter().map(|name| one(name)).collect(),
        price: facts.price.as_deref().map(one),
        reason: facts.reason.as_deref().map(one).filter(|reason| !reason.is_empty()),
        ..facts.clone()
    }
}

/// The text without line ends and other characters of control; white space becomes one space.
pub fn one_line(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
