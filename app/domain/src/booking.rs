//! A customer's booking: what the form asks, and what it becomes once it has been checked.

use crate::text::{Email, FieldError, FieldProblem, line, paragraph, phone};
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
    const ALL: [Self; 5] = [Self::Pending, Self::Confirmed, Self::Completed, Self::Cancelled, Self::NoShow];

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

#[cfg(test)]
mod tests {
    use super::*;

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
    fn references_are_eight_plain_characters_in_two_groups() {
        assert_eq!(reference(0), "0000-0000");
        assert_eq!(reference(u64::MAX), "ZZZZ-ZZZZ");
        assert_ne!(reference(1), reference(1 << 35));
    }
}
