//! What customers say of themselves, and what they may still do about their bookings.

use crate::{
    booking::{AppointmentStatus, deadline},
    text::{Email, FieldError, FieldProblem, line, paragraph, phone},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What is left of a name once its customer had the own data deleted.
pub const DELETED_NAME: &str = "Deleted customer";

/// What the address that takes the place of a deleted one ends in: nobody has it (RFC 2606, 2).
pub const DELETED_ADDRESS: &str = "@deleted.invalid";

/// How long a link that signs in is good, in minutes.
pub const LOGIN_LINK_MINUTES: i32 = 20;

/// How long a link that proves an address is good, in minutes: whoever signs up may look into the mail tomorrow.
pub const PROOF_MINUTES: i32 = 24 * 60;

/// The sign-up form as typed.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SignUpForm {
    /// The name.
    pub name: String,
    /// The address that the link goes to.
    pub email: String,
}

impl SignUpForm {
    /// Checks both fields, and names all that is wrong at once.
    pub fn check(&self) -> Result<(String, Email), Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut note = |field: &str, problem: FieldProblem| errors.push(FieldError { field: field.into(), problem });
        let name = line(&self.name, 120).map_err(|p| note("name", p)).ok();
        let email = Email::parse(&self.email).map_err(|p| note("email", p)).ok();
        name.zip(email).ok_or(errors)
    }
}

/// The profile form as typed.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ProfileForm {
    /// The name.
    pub name: String,
    /// Optional.
    pub phone: String,
}

impl ProfileForm {
    /// Checks both fields, and names all that is wrong at once.
    pub fn check(&self) -> Result<(String, Option<String>), Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut note = |field: &str, problem: FieldProblem| errors.push(FieldError { field: field.into(), problem });
        let name = line(&self.name, 120).map_err(|p| note("name", p)).ok();
        let number = match self.phone.trim() {
            "" => Some(None),
            text => phone(text).map(Some).map_err(|p| note("phone", p)).ok(),
        };
        name.zip(number).ok_or(errors)
    }
}

/// Why somebody calls a booking off; may be empty.
pub fn parse_reason(text: &str) -> Result<String, FieldProblem> {
    paragraph(text, 500)
}

/// Whether a customer can still change a booking.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Chance {
    /// Yes, until then.
    Open(Timestamp),
    /// Not any more, since then.
    TooLate(Timestamp),
    /// It is over, has begun, or was called off.
    Over,
}

/// Whether a booking can still be changed that may be until so many minutes before it begins. A request that nobody has
/// agreed to binds nobody, so it may be taken back until the last moment.
pub fn chance(status: AppointmentStatus, start: Timestamp, minutes_before: u32, now: Timestamp) -> Chance {
    let minutes = if status == AppointmentStatus::Pending { 0 } else { minutes_before };
    let until = deadline(start, minutes);
    if !status.is_open() || start <= now {
        Chance::Over
    } else if now > until {
        Chance::TooLate(until)
    } else {
        Chance::Open(until)
    }
}

/// A letter's text without what opens doors: secrets in addresses are blotted out.
pub fn without_secrets(text: &str) -> String {
    let mut rest = text;
    let mut out = String::with_capacity(text.len());
    while let Some(at) = rest.find("token=") {
        let (before, after) = rest.split_at(at + "token=".len());
        out.push_str(before);
        out.push('…');
        rest = after.trim_start_matches(|c: char| c.is_ascii_alphanumeric());
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("an instant")
    }

    #[test]
    fn forms_name_all_that_is_wrong() {
        let fields = |errors: Vec<FieldError>| errors.into_iter().map(|e| e.field).collect::<Vec<_>>();
        let form = SignUpForm { name: " ".into(), email: "x".into() };
        assert_eq!(fields(form.check().expect_err("errors")), ["name", "email"]);
        let form = ProfileForm { name: String::new(), phone: "call me".into() };
        assert_eq!(fields(form.check().expect_err("errors")), ["name", "phone"]);
        let form = ProfileForm { name: " Ana ".into(), phone: " ".into() };
        assert_eq!(form.check(), Ok(("Ana".into(), None)));
    }

    #[test]
    fn the_last_moment_is_in_time_and_the_next_is_not() {
        use AppointmentStatus as S;
        let start = at("2026-12-02T10:00:00Z");
        let until = at("2026-12-01T10:00:00Z");
        for (status, now, chance_is) in [
            (S::Confirmed, "2026-12-01T10:00:00Z", Chance::Open(until)),
            (S::Confirmed, "2026-12-01T10:00:01Z", Chance::TooLate(until)),
            (S::Pending, "2026-12-02T09:59:00Z", Chance::Open(start)),
            (S::Pending, "2026-12-02T10:00:00Z", Chance::Over),
            (S::Confirmed, "2026-12-02T10:00:00Z", Chance::Over),
            (S::Cancelled, "2026-11-01T10:00:00Z", Chance::Over),
            (S::Completed, "2026-11-01T10:00:00Z", Chance::Over),
        ] {
            assert_eq!(chance(status, start, 1440, at(now)), chance_is, "{status:?} {now}");
        }
    }

    #[test]
    fn secrets_do_not_leave_with_a_copy() {
        let letter = "Here:\n\nhttp://a.example/enter?token=abc234\n\nor http://a.example/join?token=zz7&x=1.";
        let blotted = "Here:\n\nhttp://a.example/enter?token=…\n\nor http://a.example/join?token=…&x=1.";
        assert_eq!(without_secrets(letter), blotted);
    }
}
