//! Calendar files (RFC 5545, 5546).
//!
//! Times are UTC instants. An appointment is one instant, not a wall clock that recurs, so there is nothing that a zone's
//! rules would add: every calendar shows it in its reader's zone, and no definition of a zone can be out of date in it.

use domain::letter::one_line;
use icalendar::{Calendar, Component, Event, Property};
use jiff::{Timestamp, tz::TimeZone};

/// What a calendar is to do with a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Method {
    /// Put it in, or change what is there: the letters'. From the first letter on, since a calendar takes a later change or
    /// cancellation only of what it got as an invitation; nobody is asked for an answer.
    Request,
    /// Take it out.
    Cancel,
    /// Look at it: files to download, and feeds. They begin no conversation.
    Publish,
}

impl Method {
    /// The word in the file, and in the type of the part of a letter.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Request => "REQUEST",
            Self::Cancel => "CANCEL",
            Self::Publish => "PUBLISH",
        }
    }
}

/// Somebody with an address.
pub(super) struct Party<'a> {
    pub name: &'a str,
    pub address: &'a str,
}

/// An appointment in a calendar.
pub(super) struct Entry<'a> {
    /// The same for all versions.
    pub uid: String,
    /// Which version: a calendar keeps the highest.
    pub sequence: i32,
    /// As of when this is said.
    pub stamp: Timestamp,
    pub starts: Timestamp,
    pub ends: Timestamp,
    pub summary: String,
    /// Several lines; may be empty.
    pub description: String,
    /// May be empty.
    pub location: &'a str,
    pub url: Option<&'a str>,
    /// `CONFIRMED`, `TENTATIVE` or `CANCELLED`.
    pub status: &'static str,
    pub organizer: Option<Party<'a>>,
    pub attendee: Option<Party<'a>>,
}

/// The name of an appointment that all calendars know it by.
pub(super) fn uid(appointment: domain::ids::AppointmentId, host: &str) -> String {
    format!("{appointment}@{host}")
}

/// What a calendar calls the state of an appointment.
pub(super) fn status(status: &str) -> &'static str {
    match status {
        "PENDING" => "TENTATIVE",
        "CANCELLED" => "CANCELLED",
        _ => "CONFIRMED",
    }
}

/// A file with entries. A feed has a name, which calendars show it under.
pub(super) fn file(method: Method, name: Option<&str>, entries: &[Entry<'_>]) -> String {
    let mut calendar = Calendar::empty();
    for (key, value) in [
        ("VERSION", "2.0"),
        ("PRODID", "-//SmoothSchedule//SmoothSchedule//EN"),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", method.as_str()),
    ] {
        calendar.append_property(Property::new(key, value));
    }
    if let Some(name) = name {
        calendar.append_property(Property::new("X-WR-CALNAME", one_line(name)));
        // How often to look again: the one word that Outlook reads, and the one of RFC 7986.
        calendar.append_property(Property::new("X-PUBLISHED-TTL", "PT1H"));
        calendar.append_property(Property::new("REFRESH-INTERVAL", "PT1H").add_parameter("VALUE", "DURATION").done());
    }
    for entry in entries {
        calendar.push(event(entry));
    }
    calendar.to_string()
}

fn event(entry: &Entry<'_>) -> Event {
    let mut event = Event::new();
    event
        .add_property("UID", &entry.uid)
        .add_property("SEQUENCE", entry.sequence.to_string())
        .add_property("DTSTAMP", instant(entry.stamp))
        .add_property("DTSTART", instant(entry.starts))
        .add_property("DTEND", instant(entry.ends))
        .add_property("SUMMARY", one_line(&entry.summary))
        .add_property("STATUS", entry.status);
    if !entry.description.is_empty() {
        let lines: Vec<_> = entry.description.lines().map(one_line).collect();
        event.add_property("DESCRIPTION", lines.join("\n"));
    }
    if !entry.location.is_empty() {
        event.add_property("LOCATION", one_line(entry.location));
    }
    if let Some(url) = entry.url {
        event.add_property("URL", url);
    }
    if let Some(party) = &entry.organizer {
        event.append_property(party.property("ORGANIZER").done());
    }
    if let Some(party) = &entry.attendee {
        let mut guest = party.property("ATTENDEE");
        for (key, value) in
            [("CUTYPE", "INDIVIDUAL"), ("ROLE", "REQ-PARTICIPANT"), ("PARTSTAT", "ACCEPTED"), ("RSVP", "FALSE")]
        {
            guest.add_parameter(key, value);
        }
        event.append_multi_property(guest.done());
    }
    event.done()
}

impl Party<'_> {
    fn property(&self, key: &str) -> Property {
        // A name cannot have the quote that it may have to stand in (RFC 5545, 3.2).
        let name = one_line(self.name).replace('"', "'");
        let mut property = Property::new(key, format!("mailto:{}", mailto(self.address)));
        if !name.is_empty() {
            property.add_parameter("CN", &name);
        }
        property
    }
}

/// An address in a URI (RFC 6068).
fn mailto(address: &str) -> String {
    let mut text = String::with_capacity(address.len());
    for byte in address.trim().bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~!$'*+=@".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

/// `20261201T090000Z`.
fn instant(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use icalendar::{CalendarComponent, CalendarDateTime, DatePerhapsTime, EventLike};

    fn at(text: &str) -> Timestamp {
        text.parse().expect("an instant")
    }

    fn entry<'a>() -> Entry<'a> {
        Entry {
            uid: uid(domain::ids::AppointmentId(uuid::Uuid::from_u128(1)), "example.com"),
            sequence: 2,
            stamp: at("2026-11-28T08:00:00Z"),
            starts: at("2026-12-01T09:00:00Z"),
            ends: at("2026-12-01T09:30:00Z"),
            summary: "Cut, wash; finish - Salon \\ Aurora".into(),
            description: "First line\r\nhttps://example.com/booked/key".into(),
            location: "Lange Straße 5, Berlin",
            url: Some("https://example.com/booked/key"),
            status: "CONFIRMED",
            organizer: Some(Party { name: "Salon \"Aurora\"; x", address: "no-reply@example.com" }),
            attendee: Some(Party { name: "ليلى\r\nX-EVIL:1 美", address: "o'b%r+x@exämple.de" }),
        }
    }

    fn parse(text: &str) -> Event {
        let calendar: Calendar = text.parse().expect("a calendar");
        match calendar.components.into_iter().next() {
            Some(CalendarComponent::Event(event)) => event,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let text = file(Method::Request, None, &[entry()]);
        let event = parse(&text);
        assert_eq!(event.get_uid(), Some("00000000-0000-0000-0000-000000000001@example.com"));
        assert_eq!(event.get_sequence(), Some(2));
        assert_eq!(event.get_summary(), Some("Cut, wash; finish - Salon \\ Aurora"));
        assert_eq!(event.get_description(), Some("First line\nhttps://example.com/booked/key"));
        assert_eq!(event.get_location(), Some("Lange Straße 5, Berlin"));
        let DatePerhapsTime::DateTime(CalendarDateTime::Utc(start)) = event.get_start().expect("a start") else {
            panic!("not an instant: {text}")
        };
        assert_eq!(start.timestamp(), at("2026-12-01T09:00:00Z").as_second());
        assert!(text.contains("\r\nMETHOD:REQUEST\r\n") && text.starts_with("BEGIN:VCALENDAR\r\n"), "{text}");
        let lines = text.replace("\r\n ", "");
        assert!(lines.contains("\r\nORGANIZER;CN=\"Salon 'Aurora'; x\":mailto:no-reply@example.com\r\n"), "{lines}");
        assert!(lines.contains("PARTSTAT=ACCEPTED;ROLE=REQ-PARTICIPANT;RSVP=FALSE:mailto:o'b%25r+x@ex%C3%A4mple.de"));
    }

    #[test]
    fn no_value_becomes_a_line_and_no_line_is_too_long() {
        let long = "Ausführliche Beratung für 美しい髪 und ليلى ".repeat(20);
        for summary in ["a\r\nATTENDEE:mailto:evil@example.com", "a\rX-EVIL:1", "a\nEND:VEVENT", long.as_str()] {
            let text = file(
                Method::Publish,
                Some(summary),
                &[Entry { summary: summary.into(), location: summary, ..entry() }],
            );
            assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])), "{text}");
            let starts = |word: &str| text.split("\r\n").filter(|line| line.starts_with(word)).count();
            assert_eq!((starts("X-EVIL"), starts("ATTENDEE"), starts("END:VEVENT")), (0, 1, 1), "{text}");
            assert_eq!(parse(&text).get_summary(), Some(one_line(summary).as_str()));
        }
    }
}
