//! A business as its settings have it: what it says of itself, its policies, its closures.

use crate::{
    booking::ahead_label,
    hours::{WEEKDAYS, date_within},
    money::CURRENCIES,
    schedule::BufferMode,
    typed::{Ahead, Checker, Fact, Mistake},
};
use jiff::civil::Date;

/// The form of what a business says of itself, as typed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct BusinessForm {
    /// The code of its currency.
    pub currency: String,
    /// The day on which its weeks begin: 1 is Monday.
    pub week_start: String,
    /// A sentence.
    pub tagline: String,
    /// A paragraph or two.
    pub about: String,
    /// Where customers write.
    pub contact_email: String,
    /// Where they call.
    pub contact_phone: String,
    /// Where they come to.
    pub address: String,
}

/// What a business says of itself, checked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BusinessFacts {
    /// The code of its currency.
    pub currency: String,
    /// The day on which its weeks begin: 1 is Monday.
    pub week_start: u8,
    /// A sentence; may be empty.
    pub tagline: String,
    /// A paragraph or two; may be empty.
    pub about: String,
    /// Where customers write.
    pub contact_email: Option<String>,
    /// Where they call.
    pub contact_phone: Option<String>,
    /// Where they come to; may be empty.
    pub address: String,
}

impl BusinessForm {
    /// Checks every field.
    pub fn check(&self) -> Result<BusinessFacts, Vec<Mistake>> {
        let mut c = Checker::default();
        let tagline = c.optional_line("tagline", "the line under the name", &self.tagline, 300);
        let about = c.paragraph("about", "what there is to say about the business", &self.about, 2000);
        let contact_email = c.optional_email("contact_email", "an e-mail address", &self.contact_email);
        let contact_phone = c.optional_phone("contact_phone", "a phone number", &self.contact_phone);
        let address = c.paragraph("address", "the address", &self.address, 300);
        let currency = CURRENCIES.iter().map(|(code, _)| *code).find(|code| *code == self.currency);
        let currency = c.choice("currency", "a currency", currency);
        let week_start = self.week_start.parse().ok().filter(|day| (1..=7).contains(day));
        let week_start = c.choice("week_start", "a day", week_start);
        let facts = (|| {
            Some(BusinessFacts {
                currency: currency?.to_owned(),
                week_start: week_start?,
                tagline: tagline?,
                about: about?,
                contact_email: contact_email?,
                contact_phone: contact_phone?,
                address: address?,
            })
        })();
        c.finish(facts)
    }
}

impl BusinessFacts {
    /// The form that this came from, or could have.
    pub fn form(&self) -> BusinessForm {
        BusinessForm {
            currency: self.currency.clone(),
            week_start: self.week_start.to_string(),
            tagline: self.tagline.clone(),
            about: self.about.clone(),
            contact_email: self.contact_email.clone().unwrap_or_default(),
            contact_phone: self.contact_phone.clone().unwrap_or_default(),
            address: self.address.clone(),
        }
    }

    /// What there is to say of it, in words.
    pub fn facts(&self) -> Vec<Fact> {
        let day = WEEKDAYS.get(usize::from(self.week_start.saturating_sub(1))).copied().unwrap_or_default();
        vec![
            Fact::new("Line under the name", &self.tagline),
            Fact::new("About", &self.about),
            Fact::new("Contact e-mail", self.contact_email.clone().unwrap_or_default()),
            Fact::new("Contact phone", self.contact_phone.clone().unwrap_or_default()),
            Fact::new("Address", &self.address),
            Fact::new("Currency", &self.currency),
            Fact::new("Weeks begin on", day),
        ]
    }
}

/// The form of the policies, as typed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PoliciesForm {
    /// `max` or `sum`.
    pub buffer_mode: String,
    /// Until how long before the start a customer may call off.
    pub cancel: Ahead,
    /// The same for moving.
    pub reschedule: Ahead,
    /// How long before the start a reminder goes out; empty: never.
    pub reminder: Ahead,
}

/// The policies, checked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Policies {
    /// How the buffers of neighbours add up.
    pub buffer_mode: BufferMode,
    /// Minutes before the start until which a customer may call off.
    pub cancel_minutes: u32,
    /// The same for moving.
    pub reschedule_minutes: u32,
    /// Minutes before the start at which a reminder goes out.
    pub reminder_minutes: Option<u32>,
}

/// The word for how buffers add up, in forms and in the database.
pub fn buffer_word(mode: BufferMode) -> &'static str {
    match mode {
        BufferMode::Max => "max",
        BufferMode::Sum => "sum",
    }
}

/// Reads the word that [`buffer_word`] writes.
pub fn buffer_of(text: &str) -> Option<BufferMode> {
    [BufferMode::Max, BufferMode::Sum].into_iter().find(|mode| buffer_word(*mode) == text)
}

impl PoliciesForm {
    /// Checks every field.
    pub fn check(&self) -> Result<Policies, Vec<Mistake>> {
        let mut c = Checker::default();
        let mut window = |field: &str, label: &str, typed: &Ahead| {
            let read = c.ahead(field, label, typed, 525_600)?;
            if read.is_none() {
                c.wrong(field, format!("Enter {label}; 0 allows it until the appointment begins"));
            }
            read
        };
        let cancel = window("cancel", "how long before the start customers may cancel", &self.cancel);
        let reschedule = window("reschedule", "how long before the start customers may move", &self.reschedule);
        let reminder = c.ahead("reminder", "when the reminder goes out", &self.reminder, 43_200);
        let is_too_late = reminder.flatten().is_some_and(|minutes| minutes < 15);
        if is_too_late {
            c.wrong("reminder", "Enter 15 minutes or more: a later reminder comes too late. Empty: no reminder");
        }
        let mode = c.choice("buffer_mode", "how breaks between appointments add up", buffer_of(&self.buffer_mode));
        let policies = (|| {
            Some(Policies {
                buffer_mode: mode?,
                cancel_minutes: cancel?,
                reschedule_minutes: reschedule?,
                reminder_minutes: reminder?,
            })
        })();
        c.finish(policies)
    }
}

impl Policies {
    /// The form that this came from, or could have.
    pub fn form(&self) -> PoliciesForm {
        PoliciesForm {
            buffer_mode: buffer_word(self.buffer_mode).into(),
            cancel: Ahead::of(Some(self.cancel_minutes)),
            reschedule: Ahead::of(Some(self.reschedule_minutes)),
            reminder: Ahead::of(self.reminder_minutes),
        }
    }

    /// What there is to say of it, in words.
    pub fn facts(&self) -> Vec<Fact> {
        vec![
            Fact::new("Cancel until", ahead_label(self.cancel_minutes)),
            Fact::new("Move until", ahead_label(self.reschedule_minutes)),
            Fact::new("Reminder", self.reminder_minutes.map_or_else(|| "none".into(), ahead_label)),
            Fact::new("Breaks between appointments", buffer_word(self.buffer_mode)),
        ]
    }
}

/// The form of a closure, as typed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ClosureForm {
    /// The first date.
    pub from: String,
    /// The last date; empty: the first is all of it.
    pub to: String,
    /// What it is called.
    pub name: String,
}

/// A closure, checked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Closure {
    /// The first date.
    pub from: Date,
    /// The last date.
    pub to: Date,
    /// What it is called.
    pub name: String,
}

impl ClosureForm {
    /// Checks every field.
    pub fn check(&self, today: Date) -> Result<Closure, Vec<Mistake>> {
        let mut c = Checker::default();
        let from = date_within("from", "the first day", &self.from, today, &mut c);
        let to = match self.to.trim() {
            "" => from,
            text => date_within("to", "the last day", text, today, &mut c),
        };
        if let (Some(from), Some(to)) = (from, to)
            && to < from
        {
            c.wrong("to", "Enter a last day that is not before the first");
        }
        let name = c.line("name", "a name, such as Christmas", &self.name, 120);
        let closure = (|| Some(Closure { from: from?, to: to?, name: name? }))();
        c.finish(closure)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn fields<T: std::fmt::Debug>(checked: Result<T, Vec<Mistake>>) -> Vec<String> {
        checked.expect_err("mistakes").into_iter().map(|mistake| mistake.field).collect()
    }

    #[test]
    fn a_business_says_what_can_be_shown() {
        let form = BusinessForm {
            currency: "EUR".into(),
            week_start: "7".into(),
            contact_email: "salon@example.com".into(),
            ..BusinessForm::default()
        };
        let facts = form.check().expect("fine");
        assert_eq!(facts.form(), form);
        assert!(facts.facts().contains(&Fact::new("Weeks begin on", "Sunday")));
        let wrong = BusinessForm {
            currency: "XXX".into(),
            week_start: "8".into(),
            tagline: "t".repeat(301),
            about: "a".repeat(2001),
            contact_email: "salon".into(),
            contact_phone: "call me".into(),
            address: "a".repeat(301),
        };
        assert_eq!(
            fields(wrong.check()),
            ["tagline", "about", "contact_email", "contact_phone", "address", "currency", "week_start"]
        );
    }

    #[test]
    fn policies_come_back_and_reminders_may_be_none() {
        let policies = Policies {
            buffer_mode: BufferMode::Sum,
            cancel_minutes: 0,
            reschedule_minutes: 2880,
            reminder_minutes: None,
        };
        assert_eq!(policies.form().check(), Ok(policies));
        let empty = PoliciesForm { buffer_mode: "both".into(), ..PoliciesForm::default() };
        assert_eq!(fields(empty.check()), ["cancel", "reschedule", "buffer_mode"]);
        let late = PoliciesForm {
            buffer_mode: "max".into(),
            cancel: Ahead::of(Some(0)),
            reschedule: Ahead::of(Some(0)),
            reminder: Ahead::of(Some(5)),
        };
        assert_eq!(fields(late.check()), ["reminder"]);
    }

    #[test]
    fn closures_are_whole_days_to_come() {
        let today = date(2026, 11, 30);
        let form =
            |from: &str, to: &str, name: &str| ClosureForm { from: from.into(), to: to.into(), name: name.into() };
        let day = form("2026-12-25", "", "Christmas").check(today).expect("fine");
        assert_eq!((day.from, day.to), (date(2026, 12, 25), date(2026, 12, 25)));
        assert_eq!(fields(form("2026-12-25", "2026-12-24", "Christmas").check(today)), ["to"]);
        assert_eq!(fields(form("2026-11-29", "x", "").check(today)), ["from", "to", "name"]);
    }
}
