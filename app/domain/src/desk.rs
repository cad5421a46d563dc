//! A booking that the team makes for a customer: what the form asks, and what it becomes once it has been checked.

use crate::{
    ids::{CustomerId, ResourceId, ServiceId},
    resource::{LocalTime, TimeChoice, local_time},
    text::Email,
    typed::{Checker, Mistake},
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// The form as typed. Every field is kept as it came, so that a page with errors can show it again.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct DeskForm {
    /// The service's id.
    pub service: String,
    /// `2026-12-03`.
    pub date: String,
    /// `14:30`, on the business's wall clock.
    pub time: String,
    /// Which of the ways to read that time is meant, where there are several.
    pub choice: String,
    /// The resource's id; empty: anyone.
    pub resource: String,
    /// Minutes; empty: as long as the service.
    pub minutes: String,
    /// The id of a customer who is there; empty: a new one.
    pub customer: String,
    /// Of a new one.
    pub name: String,
    /// Of a new one; may be empty: whoever calls may have none, and is then written no letters.
    pub email: String,
    /// Of a new one; may be empty.
    pub phone: String,
    /// For the team and the customer.
    pub notes: String,
    /// Whether the customer is told.
    pub notify: bool,
    /// Whether to book outside of hours or over a limit too.
    pub anyway: bool,
}

/// Whom a booking is for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Whom {
    /// One who is there.
    Known(CustomerId),
    /// A new one: name, address, number.
    New(String, Option<Email>, Option<String>),
}

/// A booking for a customer, checked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DeskBooking {
    /// What.
    pub service: ServiceId,
    /// When.
    pub start: Timestamp,
    /// With whom, if it matters.
    pub resource: Option<ResourceId>,
    /// How long, if not as long as the service: 5 to 1440 minutes.
    pub minutes: Option<u16>,
    /// For whom.
    pub whom: Whom,
    /// At most 2000 characters; may be empty.
    pub notes: String,
}

impl DeskForm {
    /// When it is to be, if date and time can be read so far.
    pub fn start(&self, zone: &TimeZone) -> Option<LocalTime> {
        let date = self.date.trim().parse::<Date>().ok().filter(|date| (1970..=9000).contains(&date.year()))?;
        Some(local_time(date, minute_of(&self.time)?, zone, &self.choice))
    }

    /// The ways to read its time, where there are several or none.
    pub fn choices(&self, zone: &TimeZone) -> Vec<TimeChoice> {
        let plain = Self { choice: String::new(), ..self.clone() };
        match plain.start(zone) {
            Some(LocalTime::Skipped(choices) | LocalTime::Twice(choices)) => choices,
            _ => Vec::new(),
        }
    }

    /// Checks every field, and names all that is wrong at once.
    pub fn check(&self, zone: &TimeZone) -> Result<DeskBooking, Vec<Mistake>> {
        let mut check = Checker::default();
        let service = check.choice("service", "a service", self.service.parse().ok());
        let start = match self.start(zone) {
            Some(LocalTime::One(start)) => Some(start),
            Some(LocalTime::Skipped(_)) => {
                check.wrong("choice", "The clocks skip this time that day: choose what is meant, or another time");
                None
            }
            Some(LocalTime::Twice(_)) => {
                check.wrong("choice", "This time comes twice that day: choose which one is meant");
                None
            }
            None => {
                if self.date.trim().parse::<Date>().is_err() {
                    check.wrong("date", "Enter the day as a date");
                }
                if minute_of(&self.time).is_none() {
                    check.wrong("time", "Enter the time like 14:30");
                }
                None
            }
        };
        let resource = match self.resource.as_str() {
            "" => Some(None),
            id => check.choice("resource", "whom it is with", id.parse().ok()).map(Some),
        };
        let minutes = check.optional_number("minutes", "the length in minutes", &self.minutes, 5, 1440);
        let whom = match self.customer.as_str() {
            "" => {
                let name = check.line("name", "the customer's name", &self.name, 120);
                let email = check.optional_email("email", "the e-mail address", &self.email);
                let phone = check.optional_phone("phone", "the telephone number", &self.phone);
                let email = email.map(|email| email.and_then(|email| Email::parse(&email).ok()));
                match (name, email, phone) {
                    (Some(name), Some(email), Some(phone)) => Some(Whom::New(name, email, phone)),
                    _ => None,
                }
            }
            id => check.choice("customer", "a customer", id.parse().ok()).map(Whom::Known),
        };
        let notes = check.paragraph("notes", "the notes", &self.notes, 2000);
        let all = (service, start, resource, minutes, whom, notes);
        check.finish(match all {
            (Some(service), Some(start), Some(resource), Some(minutes), Some(whom), Some(notes)) => Some(DeskBooking {
                service,
                start,
                resource,
                minutes: minutes.and_then(|minutes| u16::try_from(minutes).ok()),
                whom,
                notes,
            }),
            _ => None,
        })
    }
}

/// `9:05` and `09:05` alike; seconds, which some browsers send, only if they are none.
fn minute_of(text: &str) -> Option<u16> {
    let mut parts = text.trim().split(':');
    let (hour, minute) = (parts.next()?, parts.next()?);
    if parts.next().is_some_and(|seconds| seconds != "00") || parts.next().is_some() || minute.len() != 2 {
        return None;
    }
    let is_digits = |text: &str| !text.is_empty() && text.len() <= 2 && text.bytes().all(|b| b.is_ascii_digit());
    let read = |text: &str| text.parse::<u16>().ok().filter(|_| is_digits(text));
    let (hour, minute) = (read(hour)?, read(minute)?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn berlin() -> TimeZone {
        TimeZone::get("Europe/Berlin").expect("a zone")
    }

    fn form() -> DeskForm {
        DeskForm {
            service: "00000000-0000-0000-0000-000000000001".into(),
            date: "2026-12-03".into(),
            time: "14:30".into(),
            name: "Maria Lopez".into(),
            ..DeskForm::default()
        }
    }

    #[test]
    fn a_name_and_a_time_are_enough() {
        let booking = form().check(&berlin()).expect("a booking");
        assert_eq!(booking.start.to_string(), "2026-12-03T13:30:00Z");
        assert_eq!(booking.whom, Whom::New("Maria Lopez".into(), None, None));
        assert_eq!((booking.minutes, booking.resource), (None, None));
    }

    #[test]
    fn all_that_is_wrong_is_named_at_once() {
        let wrong = DeskForm {
            service: String::new(),
            date: "tomorrow".into(),
            time: "25:00".into(),
            minutes: "4".into(),
            name: String::new(),
            email: "nobody".into(),
            ..form()
        };
        let fields: Vec<_> = wrong.check(&berlin()).expect_err("errors").into_iter().map(|m| m.field).collect();
        assert_eq!(fields, ["service", "date", "time", "minutes", "name", "email"]);
    }

    #[test]
    fn an_hour_that_comes_twice_is_asked_about_and_one_that_never_comes_too() {
        let twice = DeskForm { date: "2027-10-31".into(), time: "02:30".into(), ..form() };
        assert_eq!(twice.check(&berlin()).expect_err("a question")[0].field, "choice");
        assert_eq!(twice.choices(&berlin()).len(), 2);
        let second = DeskForm { choice: twice.choices(&berlin())[1].value.clone(), ..twice };
        assert_eq!(second.check(&berlin()).expect("a booking").start.to_string(), "2027-10-31T01:30:00Z");
        assert_eq!(second.choices(&berlin()).len(), 2, "both are still offered");
        let never = DeskForm { date: "2027-03-28".into(), time: "02:30".into(), ..form() };
        assert_eq!(never.check(&berlin()).expect_err("a question")[0].field, "choice");
    }

    #[test]
    fn times_are_read_as_they_are_typed() {
        for (text, minute) in [("9:05", Some(545)), ("09:05", Some(545)), ("09:05:00", Some(545)), ("0:00", Some(0))] {
            assert_eq!(minute_of(text), minute, "{text}");
        }
        for text in ["", "9", "9:5", "24:00", "9:60", "09:05:30", "+9:05", "9:05:00:00"] {
            assert_eq!(minute_of(text), None, "{text}");
        }
    }
}
