//! Text that people type, parsed once at the edge: what holds one of these types has been checked.

use serde::{Deserialize, Serialize};

/// What is wrong with a field, as a code; [`FieldProblem::message`] has the words.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldProblem {
    /// Nothing was entered.
    Missing,
    /// Shorter than the number of characters asked for.
    TooShort(u16),
    /// Longer than the number of characters allowed.
    TooLong(u16),
    /// Not a whole number from the first to the second.
    NotBetween(u16, u16),
    /// Not an address that mail can be sent to.
    NotAnEmail,
    /// Not a telephone number.
    NotAPhone,
    /// Holds characters that cannot be shown.
    Unprintable,
    /// Not one of the choices.
    NotAChoice,
    /// Not a label that can stand in a host name.
    NotALabel,
    /// Kept for the platform itself.
    Reserved,
    /// Somebody else has it.
    Taken,
    /// Nobody is known by it.
    Unknown,
}

impl FieldProblem {
    /// What to tell the person, with the label of the field.
    pub fn message(self, label: &str) -> String {
        match self {
            Self::Missing => format!("Enter {label}"),
            Self::TooShort(least) => format!("Enter {label} of at least {least} characters"),
            Self::TooLong(most) => format!("Shorten {label} to {most} characters or fewer"),
            Self::NotBetween(least, most) => format!("Enter {label} as a whole number from {least} to {most}"),
            Self::NotAnEmail => format!("Enter {label} like name@example.com"),
            Self::NotAPhone => format!("Enter {label} with digits, such as +49 30 1234567"),
            Self::Unprintable => format!("Remove the characters from {label} that cannot be shown"),
            Self::NotAChoice => format!("Choose {label} from the list"),
            Self::NotALabel => format!("Enter {label} in lower-case letters, digits and hyphens, such as salon-aurora"),
            Self::Reserved => format!("Choose something else for {label}: this is kept for the platform"),
            Self::Taken => format!("Choose something else for {label}: this is taken"),
            Self::Unknown => format!("Check {label}: nobody is known by it"),
        }
    }
}

/// A field and what is wrong with it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FieldError {
    /// The field's name in the form.
    pub field: String,
    /// What is wrong.
    pub problem: FieldProblem,
}

/// One line of text: trimmed, not empty, at most `most` characters, none of them a control character.
pub fn line(text: &str, most: u16) -> Result<String, FieldProblem> {
    let text = text.trim();
    if text.is_empty() {
        return Err(FieldProblem::Missing);
    }
    if text.chars().any(char::is_control) {
        return Err(FieldProblem::Unprintable);
    }
    within(text, most)
}

/// Text of several lines that may be empty; line ends become `\n`.
pub fn paragraph(text: &str, most: u16) -> Result<String, FieldProblem> {
    let text = text.replace("\r\n", "\n");
    let text = text.trim();
    if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        return Err(FieldProblem::Unprintable);
    }
    within(text, most)
}

/// Why something is done: one line of at least `least` characters. White space of any kind counts as one space, so that
/// neither a line break nor a row of blanks stands for a reason.
pub fn reason(text: &str, least: u16, most: u16) -> Result<String, FieldProblem> {
    let text = line(&text.split_whitespace().collect::<Vec<_>>().join(" "), most)?;
    if text.chars().count() < usize::from(least) { Err(FieldProblem::TooShort(least)) } else { Ok(text) }
}

fn within(text: &str, most: u16) -> Result<String, FieldProblem> {
    if text.chars().count() > usize::from(most) { Err(FieldProblem::TooLong(most)) } else { Ok(text.to_owned()) }
}

/// An e-mail address: one `@`, something before it, a dotted name after it, no white space, at most
/// 254 bytes (RFC 5321, 4.5.3.1). Whether it exists only a mail can tell. Kept as typed; compared in lower case.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Email(String);

impl Email {
    /// Reads an address.
    pub fn parse(text: &str) -> Result<Self, FieldProblem> {
        let text = text.trim();
        if text.is_empty() {
            return Err(FieldProblem::Missing);
        }
        if text.len() > 254 {
            return Err(FieldProblem::TooLong(254));
        }
        let (local, host) = text.rsplit_once('@').ok_or(FieldProblem::NotAnEmail)?;
        let host_is_fine = host.split('.').count() > 1
            && host.split('.').all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'))
            && host.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '.');
        let local_is_fine = !local.is_empty()
            && local.len() <= 64
            && local.chars().all(|c| !c.is_whitespace() && !c.is_control() && !"@<>()[]\\,;:\"".contains(c));
        if host_is_fine && local_is_fine { Ok(Self(text.to_owned())) } else { Err(FieldProblem::NotAnEmail) }
    }

    /// The address as typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form in which addresses are compared.
    pub fn key(&self) -> String {
        self.0.to_lowercase()
    }
}

/// A telephone number as people write it: digits with spaces, dots, dashes, slashes, brackets and a leading plus;
/// 4 to 20 digits (E.164 allows 15; extensions are allowed for).
pub fn phone(text: &str) -> Result<String, FieldProblem> {
    let text = line(text, 40)?;
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let plain =
        text.chars().enumerate().all(|(i, c)| c.is_ascii_digit() || " .-/()".contains(c) || (c == '+' && i == 0));
    if plain && (4..=20).contains(&digits) { Ok(text) } else { Err(FieldProblem::NotAPhone) }
}

/// Whether a text has all the words that are looked for, in any order and any case. Everything has none.
pub fn has_words(text: &str, wanted: &str) -> bool {
    let text = text.to_lowercase();
    wanted.to_lowercase().split_whitespace().all(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emails() {
        for good in ["ana@example.com", " ana@example.com ", "a.b+c@sub.example.co", "o'brien@exämple.de"] {
            assert!(Email::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "ana",
            "@example.com",
            "ana@",
            "ana@localhost",
            "a b@example.com",
            "ana@-x.com",
            "ana@x..com",
            "<a>@x.com",
            "a@b@c,d.com",
        ] {
            assert_eq!(Email::parse(bad), Err(FieldProblem::NotAnEmail), "{bad}");
        }
        assert_eq!(Email::parse("  "), Err(FieldProblem::Missing));
        assert_eq!(Email::parse("Ana@Example.COM").map(|e| e.key()), Ok("ana@example.com".into()));
    }

    #[test]
    fn lines_and_paragraphs() {
        assert_eq!(line("  Ana ", 10), Ok("Ana".into()));
        assert_eq!(line("", 10), Err(FieldProblem::Missing));
        assert_eq!(line("a\u{0}b", 10), Err(FieldProblem::Unprintable));
        assert_eq!(line("ééééé", 4), Err(FieldProblem::TooLong(4)));
        assert_eq!(paragraph("a\r\nb\n", 10), Ok("a\nb".into()));
        assert_eq!(paragraph("", 10), Ok(String::new()));
    }

    #[test]
    fn reasons() {
        assert_eq!(reason("  a\r\n  b\tc ", 3, 10), Ok("a b c".into()));
        assert_eq!(reason(" \n\t ", 3, 10), Err(FieldProblem::Missing));
        assert_eq!(reason("a\u{a0} \u{2003}", 3, 10), Err(FieldProblem::TooShort(3)));
        assert_eq!(reason("a\u{0}bc", 3, 10), Err(FieldProblem::Unprintable));
        assert_eq!(reason("four words are enough", 3, 10), Err(FieldProblem::TooLong(10)));
    }

    #[test]
    fn phones() {
        assert!(phone("+49 (30) 123-45.67/8").is_ok());
        assert_eq!(phone("call me"), Err(FieldProblem::NotAPhone));
        assert_eq!(phone("12+34567"), Err(FieldProblem::NotAPhone));
        assert_eq!(phone("123"), Err(FieldProblem::NotAPhone));
    }

    #[test]
    fn words_are_found_in_any_order_and_case() {
        for (wanted, found) in
            [("", true), ("HAIR cut", true), ("cut hair", true), ("beard", false), ("haarschnitt", false)]
        {
            assert_eq!(has_words("A Haircut, and a hair mask", wanted), found, "{wanted}");
        }
    }
}
