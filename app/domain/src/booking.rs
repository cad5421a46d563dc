//! A customer's booking: what the form asks, and what it becomes once it has been checked.

use crate::text::{Email, FieldError, FieldProblem, line, paragraph, phone};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// The details form as typed. Every field is kept as it came, so that a page with errors can show it again.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DetailsForm {
    /// The customer's name.
    pub name: String,
    /// Where the confirmation goes.
    pub email: String,
    /// Optional.
    pub phone: String,
    /// Optional; what the business should know.
    pub notes: String,
}

/// A customer's details, checked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Contact {
    /// At most 120 characters.
    pub name: String,
    /// Where the confirmation goes.
    pub email: Email,
    /// As typed, if any.
    pub phone: Option<String>,
    /// At most 2000 characters; may be empty.
    pub notes: String,
}

impl DetailsForm {
    /// Checks every field, and names all that is wrong at once.
    pub fn check(&self) -> Result<Contact, Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut note = |field: &str, problem: FieldProblem| errors.push(FieldError { field: field.into(), problem });
        let name = line(&self.name, 120).map_err(|p| note("name", p)).ok();
        let email = Email::parse(&self.email).map_err(|p| note("email", p)).ok();
        let number = match self.phone.trim() {
            "" => Some(None),
            text => phone(text).map(Some).map_err(|p| note("phone", p)).ok(),
        };
        let notes = paragraph(&self.notes, 2000).map_err(|p| note("notes", p)).ok();
        match (name, email, number, notes) {
            (Some(name), Some(email), Some(phone), Some(notes)) => Ok(Contact { name, email, phone, notes }),
            _ => Err(errors),
        }
    }
}

/// Where an appointment stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AppointmentStatus {
    /// Asked for; the business has yet to say yes.
    Pending,
    /// Agreed.
    Confirmed,
    /// It took place.
    Completed,
    /// Called off; holds nothing.
    Cancelled,
    /// The customer did not come.
    NoShow,
}

impl AppointmentStatus {
    /// All of them, in the order of their lives.
    pub const ALL: [Self; 5] = [Self::Pending, Self::Confirmed, Self::Completed, Self::Cancelled, Self::NoShow];

    /// The name in the database and on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "PENDING",
            Self::Confirmed => "CONFIRMED",
            Self::Completed => "COMPLETED",
            Self::Cancelled => "CANCELLED",
            Self::NoShow => "NO_SHOW",
        }
    }

    /// Reads the name that [`Self::as_str`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.as_str() == text)
    }

    /// The status as people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Pending => "Requested",
            Self::Confirmed => "Confirmed",
            Self::Completed => "Completed",
            Self::Cancelled => "Cancelled",
            Self::NoShow => "Did not come",
        }
    }
}

/// What the team decides about an appointment.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// Yes to a request.
    Confirm,
    /// No to a request.
    Decline,
    /// Called off by the business.
    Cancel,
    /// It took place.
    Complete,
    /// Nobody came.
    NoShow,
}

impl Decision {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::Confirm, Self::Decline, Self::Complete, Self::NoShow, Self::Cancel];

    /// The name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::Decline => "decline",
            Self::Cancel => "cancel",
            Self::Complete => "complete",
            Self::NoShow => "no_show",
        }
    }

    /// Reads the name that [`Self::as_str`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|decision| decision.as_str() == text)
    }

    /// What the button says.
    pub fn label(self) -> &'static str {
        match self {
            Self::Confirm => "Confirm",
            Self::Decline => "Decline",
            Self::Cancel => "Cancel appointment",
            Self::Complete => "Mark as completed",
            Self::NoShow => "Customer did not come",
        }
    }
}

impl AppointmentStatus {
    /// Where a decision leads from here, if it can be taken. What took place, or did not, shows once it has begun.
    pub fn decide(self, decision: Decision, has_begun: bool) -> Option<Self> {
        match (self, decision) {
            (Self::Pending, Decision::Confirm) => Some(Self::Confirmed),
            (Self::Pending, Decision::Decline) | (Self::Confirmed, Decision::Cancel) => Some(Self::Cancelled),
            (Self::Confirmed | Self::NoShow, Decision::Complete) if has_begun => Some(Self::Completed),
            (Self::Confirmed | Self::Completed, Decision::NoShow) if has_begun => Some(Self::NoShow),
            _ => None,
        }
    }

    /// Whether it is still to come, as far as the status says.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Pending | Self::Confirmed)
    }
}

/// Until when something may be done that has to be done so many minutes before the start.
pub fn deadline(start: Timestamp, minutes_before: u32) -> Timestamp {
    start.checked_sub(SignedDuration::from_mins(minutes_before.into())).unwrap_or(Timestamp::MIN)
}

/// Until when a booking can be moved and called off, in a sentence.
pub fn policy_label(cancel_minutes: u32, reschedule_minutes: u32) -> String {
    let until = |minutes: u32| match minutes {
        0 => "until it begins".to_owned(),
        minutes => format!("until {} before it begins", ahead_label(minutes)),
    };
    if cancel_minutes == reschedule_minutes {
        format!("You can move or cancel it {}.", until(cancel_minutes))
    } else {
        format!("You can move it {}, and cancel it {}.", until(reschedule_minutes), until(cancel_minutes))
    }
}

/// A time ahead in the largest unit that says it without a rest: `2 days`, `36 hours`, `90 minutes`.
pub fn ahead_label(minutes: u32) -> String {
    let (number, unit) = match minutes {
        m if m >= 2880 && m.is_multiple_of(1440) => (m / 1440, "day"),
        m if m >= 60 && m.is_multiple_of(60) => (m / 60, "hour"),
        m => (m, "minute"),
    };
    format!("{number} {unit}{}", if number == 1 { "" } else { "s" })
}

/// How many letters and digits a reference has.
pub const REFERENCE_LENGTH: usize = 8;

/// A reference that people read to each other on the telephone: no I, L, O, U (Crockford's base 32).
/// `bits` come from the caller's source of randomness; the reference is a name, never a key.
pub fn reference(bits: u64) -> String {
    const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let mut text = String::with_capacity(REFERENCE_LENGTH + 1);
    for position in 0..REFERENCE_LENGTH {
        if position == REFERENCE_LENGTH / 2 {
            text.push('-');
        }
        let letter = (bits >> (5 * position)) & 31;
        text.push(char::from(LETTERS[letter as usize]));
    }
    text
}

/// The reference that somebody has typed: in any case, with the hyphen or without, and with what Crockford's base 32 takes
/// for each other put right.
pub fn parse_reference(text: &str) -> Option<String> {
    let letters: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .map(|c| match c.to_ascii_uppercase() {
            'I' | 'L' => '1',
            'O' => '0',
            c => c,
        })
        .collect();
    let is_one = letters.len() == REFERENCE_LENGTH && letters.chars().all(|c| c.is_ascii_alphanumeric() && c != 'U');
    let (first, second) = letters.split_at_checked(REFERENCE_LENGTH / 2)?;
    is_one.then(|| format!("{first}-{second}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_read_as_people_type_them() {
        for text in ["7K2M-01XQ", "7k2m01xq", " 7K2M OlXQ "] {
            assert_eq!(parse_reference(text).as_deref(), Some("7K2M-01XQ"), "{text}");
        }
        for text in ["", "7K2M-01X", "7K2M-01XQZ", "Ursula M", "ää", "éééééééé"] {
            assert_eq!(parse_reference(text), None, "{text}");
        }
    }

    #[test]
    fn all_errors_at_once_and_in_the_order_of_the_form() {
        let form = DetailsForm { name: " ".into(), email: "nobody".into(), phone: "x".into(), notes: "n".repeat(2001) };
        let fields: Vec<_> = form.check().expect_err("errors").into_iter().map(|e| e.field).collect();
        assert_eq!(fields, ["name", "email", "phone", "notes"]);
    }

    #[test]
    fn phone_and_notes_may_be_empty() {
        let form = DetailsForm { name: "Ana".into(), email: "ana@example.com".into(), ..Default::default() };
        let contact = form.check().expect("fine");
        assert_eq!((contact.phone, contact.notes), (None, String::new()));
    }

    #[test]
    fn a_decision_is_taken_once_and_in_order() {
        use AppointmentStatus as S;
        use Decision as D;
        for (from, decision, has_begun, to) in [
            (S::Pending, D::Confirm, false, Some(S::Confirmed)),
            (S::Confirmed, D::Confirm, false, None),
            (S::Cancelled, D::Confirm, false, None),
            (S::Pending, D::Decline, true, Some(S::Cancelled)),
            (S::Confirmed, D::Decline, false, None),
            (S::Confirmed, D::Cancel, false, Some(S::Cancelled)),
            (S::Cancelled, D::Cancel, false, None),
            (S::Confirmed, D::Complete, false, None),
            (S::Confirmed, D::Complete, true, Some(S::Completed)),
            (S::Completed, D::NoShow, true, Some(S::NoShow)),
            (S::Pending, D::NoShow, true, None),
        ] {
            assert_eq!(from.decide(decision, has_begun), to, "{from:?} {decision:?}");
        }
        let start = "2027-03-28T10:00:00Z".parse().expect("an instant");
        assert_eq!(deadline(start, 1440).to_string(), "2027-03-27T10:00:00Z");
    }

    #[test]
    fn policies_are_sentences() {
        assert_eq!(policy_label(1440, 1440), "You can move or cancel it until 24 hours before it begins.");
        assert_eq!(
            policy_label(2880, 0),
            "You can move it until it begins, and cancel it until 2 days before it begins."
        );
        assert_eq!((ahead_label(90), ahead_label(60)), ("90 minutes".into(), "1 hour".into()));
    }

    #[test]
    fn references_are_eight_plain_characters_in_two_groups() {
        assert_eq!(reference(0), "0000-0000");
        assert_eq!(reference(u64::MAX), "ZZZZ-ZZZZ");
        assert_ne!(reference(1), reference(1 << 35));
    }
}
