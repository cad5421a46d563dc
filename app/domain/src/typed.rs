//! What is typed into the forms of the set-up: checked field by field, with all that is wrong said at once and in words;
//! and what a change changes, in words too.

use crate::{
    booking::ahead_label,
    text::{self, FieldProblem},
};

/// A field and what to do about it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mistake {
    /// The field's name in the form.
    pub field: String,
    /// What to do about it, in words.
    pub message: String,
}

/// Collects what is wrong with a form while its fields are read.
#[derive(Default, Debug)]
pub struct Checker {
    mistakes: Vec<Mistake>,
}

impl Checker {
    /// Notes that something is wrong with a field.
    pub fn wrong(&mut self, field: impl Into<String>, message: impl Into<String>) {
        self.mistakes.push(Mistake { field: field.into(), message: message.into() });
    }

    fn of<T>(&mut self, field: &str, label: &str, read: Result<T, FieldProblem>) -> Option<T> {
        read.map_err(|problem| self.wrong(field, problem.message(label))).ok()
    }

    /// One line that has to be there.
    pub fn line(&mut self, field: &str, label: &str, text: &str, most: u16) -> Option<String> {
        self.of(field, label, text::line(text, most))
    }

    /// One line that may be empty.
    pub fn optional_line(&mut self, field: &str, label: &str, text: &str, most: u16) -> Option<String> {
        if text.trim().is_empty() { Some(String::new()) } else { self.line(field, label, text, most) }
    }

    /// Several lines, or none.
    pub fn paragraph(&mut self, field: &str, label: &str, text: &str, most: u16) -> Option<String> {
        self.of(field, label, text::paragraph(text, most))
    }

    /// An address, or none.
    pub fn optional_email(&mut self, field: &str, label: &str, text: &str) -> Option<Option<String>> {
        if text.trim().is_empty() {
            return Some(None);
        }
        self.of(field, label, text::Email::parse(text)).map(|email| Some(email.as_str().to_owned()))
    }

    /// A number to call, or none.
    pub fn optional_phone(&mut self, field: &str, label: &str, text: &str) -> Option<Option<String>> {
        if text.trim().is_empty() {
            return Some(None);
        }
        self.of(field, label, text::phone(text)).map(Some)
    }

    /// A whole number within bounds.
    pub fn number(&mut self, field: &str, label: &str, text: &str, least: u32, most: u32) -> Option<u32> {
        let number = text.trim().parse::<u32>().ok().filter(|number| (least..=most).contains(number));
        if number.is_none() {
            self.wrong(field, format!("Enter {label} as a whole number from {least} to {most}"));
        }
        number
    }

    /// The same, or nothing.
    pub fn optional_number(
        &mut self,
        field: &str,
        label: &str,
        text: &str,
        least: u32,
        most: u32,
    ) -> Option<Option<u32>> {
        if text.trim().is_empty() { Some(None) } else { self.number(field, label, text, least, most).map(Some) }
    }

    /// A length of time ahead, in minutes, or nothing.
    pub fn ahead(&mut self, field: &str, label: &str, typed: &Ahead, most: u32) -> Option<Option<u32>> {
        let text = typed.number.trim();
        if text.is_empty() {
            return Some(None);
        }
        let Some(unit) = AheadUnit::parse(&typed.unit) else {
            self.wrong(field, format!("Choose minutes, hours or days for {label}"));
            return None;
        };
        let minutes = text.parse::<u32>().ok().and_then(|number| number.checked_mul(unit.minutes()));
        let within = minutes.filter(|minutes| *minutes <= most);
        if within.is_none() {
            self.wrong(field, format!("Enter {label} as a whole number, at most {} in all", ahead_label(most)));
        }
        within.map(Some)
    }

    /// One of a few, by its name.
    pub fn choice<T>(&mut self, field: &str, label: &str, found: Option<T>) -> Option<T> {
        if found.is_none() {
            self.wrong(field, format!("Choose {label} from the list"));
        }
        found
    }

    /// What was read, if all of it could be; else all that is wrong. The two agree: a part is only missing where a
    /// mistake was noted.
    pub fn finish<T>(self, read: Option<T>) -> Result<T, Vec<Mistake>> {
        match read {
            Some(read) if self.mistakes.is_empty() => Ok(read),
            _ => Err(self.mistakes),
        }
    }
}

/// The units in which time ahead is typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AheadUnit {
    /// Sixty seconds.
    Minutes,
    /// Sixty minutes.
    Hours,
    /// Twenty-four hours.
    Days,
}

impl AheadUnit {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Minutes, Self::Hours, Self::Days];

    /// The word in a form, and for people.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Minutes => "minutes",
            Self::Hours => "hours",
            Self::Days => "days",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.as_str() == text)
    }

    fn minutes(self) -> u32 {
        match self {
            Self::Minutes => 1,
            Self::Hours => 60,
            Self::Days => 1440,
        }
    }
}

/// A length of time as typed: a number and its unit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ahead {
    /// How many; may be empty.
    pub number: String,
    /// Of what: a word of [`AheadUnit`].
    pub unit: String,
}

impl Default for Ahead {
    fn default() -> Self {
        Self { number: String::new(), unit: AheadUnit::Hours.as_str().into() }
    }
}

impl Ahead {
    /// The form of a number of minutes, in the largest unit that says it without a rest.
    pub fn of(minutes: Option<u32>) -> Self {
        let Some(minutes) = minutes else { return Self::default() };
        let unit = match minutes {
            m if m >= 2880 && m.is_multiple_of(1440) => AheadUnit::Days,
            m if m.is_multiple_of(60) => AheadUnit::Hours,
            _ => AheadUnit::Minutes,
        };
        Self { number: (minutes / unit.minutes()).to_string(), unit: unit.as_str().into() }
    }
}

/// Something about a thing, in words: what the audit and a form that met another change compare.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fact {
    /// What it is about.
    pub label: String,
    /// What it is.
    pub value: String,
}

impl Fact {
    /// A fact.
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { label: label.into(), value: value.into() }
    }

    /// A yes or no.
    pub fn yes(label: impl Into<String>, is_so: bool) -> Self {
        Self::new(label, if is_so { "yes" } else { "no" })
    }
}

/// A fact that two states have differently.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Change {
    /// What it is about.
    pub label: String,
    /// What it was; empty where there was nothing.
    pub before: String,
    /// What it is.
    pub after: String,
}

/// What differs, in the order of `before`, then what is only in `after`.
pub fn changes(before: &[Fact], after: &[Fact]) -> Vec<Change> {
    let value = |facts: &[Fact], label: &str| {
        facts.iter().find(|fact| fact.label == label).map_or_else(String::new, |fact| fact.value.clone())
    };
    let only_after = after.iter().filter(|fact| !before.iter().any(|other| other.label == fact.label));
    before
        .iter()
        .chain(only_after)
        .map(|fact| Change {
            label: fact.label.clone(),
            before: value(before, &fact.label),
            after: value(after, &fact.label),
        })
        .filter(|change| change.before != change.after)
        .collect()
}

/// Changes in one line, fit for the audit: `Price: 45.00 to 48.00; Online: yes to no`.
pub fn describe(changes: &[Change]) -> String {
    let short = |text: &str| match text.char_indices().nth(120) {
        _ if text.is_empty() => "nothing".to_owned(),
        Some((end, _)) => format!("{}\u{2026}", text.get(..end).unwrap_or_default()),
        None => text.replace('\n', " "),
    };
    let parts: Vec<_> =
        changes.iter().map(|c| format!("{}: {} to {}", c.label, short(&c.before), short(&c.after))).collect();
    parts.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_ahead_is_read_and_written_in_its_unit() {
        for minutes in [0, 5, 60, 90, 1440, 2880, 4320, 525_600] {
            let typed = Ahead::of(Some(minutes));
            let mut checker = Checker::default();
            assert_eq!(checker.ahead("a", "it", &typed, 525_600), Some(Some(minutes)), "{typed:?}");
        }
        assert_eq!(Ahead::of(Some(2880)), Ahead { number: "2".into(), unit: "days".into() });
        assert_eq!(Ahead::of(Some(1440)), Ahead { number: "24".into(), unit: "hours".into() });
        let mut checker = Checker::default();
        assert_eq!(checker.ahead("a", "it", &Ahead::of(None), 60), Some(None));
        let bad = |number: &str, unit: &str| Ahead { number: number.into(), unit: unit.into() };
        for typed in [bad("2", "hours"), bad("-1", "minutes"), bad("x", "days"), bad("4294967295", "days")] {
            assert_eq!(checker.ahead("a", "the notice", &typed, 60), None, "{typed:?}");
        }
        assert_eq!(checker.ahead("a", "the notice", &bad("2", "weeks"), 60), None);
        let mistakes = checker.finish(Some(())).expect_err("five mistakes");
        assert_eq!(mistakes.len(), 5);
        assert_eq!(mistakes[0].message, "Enter the notice as a whole number, at most 1 hour in all");
    }

    #[test]
    fn changes_are_told_from_what_stays() {
        let before = [Fact::new("Name", "Cut"), Fact::new("Price", "45.00"), Fact::yes("Online", true)];
        let after = [Fact::new("Name", "Cut"), Fact::yes("Online", false), Fact::new("Buffer", "5 min")];
        let found = changes(&before, &after);
        assert_eq!(describe(&found), "Price: 45.00 to nothing; Online: yes to no; Buffer: nothing to 5 min");
        assert!(changes(&before, &before).is_empty());
        let long = [Change { label: "About".into(), before: String::new(), after: "ä".repeat(200) }];
        assert_eq!(describe(&long).chars().count(), "About: nothing to ".len() + 121);
    }
}
