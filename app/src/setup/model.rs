//! What came of sending a form of the set-up.

use crate::ui::form::FormError;
use domain::typed::Change;
use uuid::Uuid;

/// A service with what a change would do to it, in words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ServiceLine {
    /// What it is called.
    pub name: String,
    /// How many times can be booked online as it is.
    pub before: usize,
    /// How many there would be.
    pub after: usize,
    /// The difference: `34 slots fewer`.
    pub words: String,
}

/// An appointment that would not stand well any more.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AppointmentLine {
    /// Which.
    pub id: Uuid,
    /// `Thu 3 Dec 2026, 10:00, Haircut, Maria Lopez`.
    pub label: String,
    /// What is the matter: `outside hours`.
    pub trouble: &'static str,
}

/// What a change would do.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct EffectShown {
    /// In a sentence.
    pub sentence: String,
    /// The services that it could touch.
    pub services: Vec<ServiceLine>,
    /// The first appointments that it touches.
    pub appointments: Vec<AppointmentLine>,
    /// How many more there are.
    pub more: usize,
    /// Whether so many appointments are to come that only the first were looked at.
    pub is_cut: bool,
}

/// What came of sending a form: at most one of the three has something in it, besides what was typed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sent {
    /// Which of the page's forms it was, by the last part of its path; empty where there is only one.
    pub form: &'static str,
    /// What is wrong with it.
    pub errors: Vec<FormError>,
    /// What saving it would do.
    pub effect: Option<EffectShown>,
    /// What somebody else saved meanwhile: what there is now (`before`), and what was typed (`after`).
    pub meanwhile: Option<Vec<Change>>,
}

impl Sent {
    /// Whether this form was sent back.
    pub fn is_of(&self, form: &str) -> bool {
        self.form == form && *self != Self::default()
    }

    /// Whether there is something wrong with any form.
    pub fn is_refused(&self) -> bool {
        !self.errors.is_empty() || self.meanwhile.is_some()
    }

    /// What is wrong with a field of a form.
    pub fn error(&self, form: &str, field: &str) -> Option<String> {
        if self.form == form { crate::ui::form::message(&self.errors, field) } else { None }
    }
}
