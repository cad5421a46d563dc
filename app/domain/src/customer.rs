//! Customers as the team keeps them: the forms, what is looked for among them, and who may be the same person. What
//! customers say of themselves is in [`crate::own`].

pub mod csv;
pub mod import;

use crate::{
    text::paragraph,
    typed::{Checker, Fact, Mistake},
};

/// As many characters fit into the team's notes on a customer.
pub const NOTES_MOST: u16 = 2000;

/// What the team's form of a customer says, as typed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct CustomerForm {
    /// The name.
    pub name: String,
    /// Where letters go; may be empty.
    pub email: String,
    /// May be empty.
    pub phone: String,
}

/// How a customer is called and reached, checked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Details {
    /// At most 120 characters.
    pub name: String,
    /// As typed, if there is one.
    pub email: Option<String>,
    /// As typed, if there is one.
    pub phone: Option<String>,
}

impl CustomerForm {
    /// Checks every field. Somebody who can be reached by nothing is no customer yet.
    pub fn check(&self) -> Result<Details, Vec<Mistake>> {
        let mut c = Checker::default();
        let name = c.line("name", "a name", &self.name, 120);
        let email = c.optional_email("email", "an e-mail address", &self.email);
        let phone = c.optional_phone("phone", "a phone number", &self.phone);
        if (&email, &phone) == (&Some(None), &Some(None)) {
            c.wrong("email", "Enter an e-mail address or a phone number, so that they can be reached");
        }
        let details = (|| Some(Details { name: name?, email: email?, phone: phone? }))();
        c.finish(details)
    }
}

impl Details {
    /// The form that this came from, or could have.
    pub fn form(&self) -> CustomerForm {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        CustomerForm { name: self.name.clone(), email: text(&self.email), phone: text(&self.phone) }
    }

    /// The address as addresses are compared; empty where there is none.
    pub fn email_key(&self) -> String {
        self.email.as_deref().map(str::to_lowercase).unwrap_or_default()
    }

    /// What there is to say of it, in words.
    pub fn facts(&self) -> Vec<Fact> {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        vec![
            Fact::new("Name", &self.name),
            Fact::new("E-mail", text(&self.email)),
            Fact::new("Phone", text(&self.phone)),
        ]
    }
}

/// Checks the team's notes on a customer; they may be empty.
pub fn check_notes(text: &str) -> Result<String, Vec<Mistake>> {
    paragraph(text, NOTES_MOST)
        .map_err(|problem| vec![Mistake { field: "notes".into(), message: problem.message("the notes") }])
}

/// The notes of two who are one, or what a file adds to them. None where that is more than there is room for.
pub fn join_notes(first: &str, second: &str) -> Option<String> {
    let joined = match (first.trim(), second.trim()) {
        (first, second) if first.contains(second) => first.to_owned(),
        ("", second) => second.to_owned(),
        (first, second) => format!("{first}\n{second}"),
    };
    (joined.chars().count() <= usize::from(NOTES_MOST)).then_some(joined)
}

/// The end of a number, by which two ways of writing it are told to be one: `+49 30 1234567` and `030 1234567`. None where
/// there are too few digits to tell anything.
pub fn phone_tail(text: &str) -> Option<String> {
    let digits = digits(text);
    (digits.len() >= 7).then(|| digits[digits.len().saturating_sub(9)..].to_owned())
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// What somebody looks for among customers.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Wanted {
    /// Each is a part of the name or the address, in any order.
    pub words: Vec<String>,
    /// Or: digits that follow each other in the number; empty where no number was typed.
    pub digits: String,
}

impl Wanted {
    /// Reads what was typed. Zeros before a number are those of a country or a town: `030` is `+49 30`.
    pub fn parse(text: &str) -> Self {
        let is_number = text.chars().all(|c| c.is_ascii_digit() || " +-./()".contains(c));
        let found = digits(text);
        let digits = if is_number && found.len() >= 3 { found.trim_start_matches('0') } else { "" };
        Self { words: text.split_whitespace().map(str::to_owned).collect(), digits: digits.to_owned() }
    }
}

#[cfg(test)]
mod tests;
