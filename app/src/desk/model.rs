//! What the pages of the team's bookings show.

use crate::ui::form::FormError;
use domain::{
    desk::DeskForm,
    ids::{AppointmentId, CustomerId},
    resource::TimeChoice,
};
use uuid::Uuid;

/// A customer to choose.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Match {
    /// Which.
    pub id: CustomerId,
    /// Who.
    pub name: String,
    /// `maria@example.com, +49 30 1234567`; may be empty.
    pub contact: String,
}

/// Why a time cannot be had.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reason {
    /// In a sentence: `Ana Ruiz has Maria Lopez, 10:00 to 10:45.`
    pub text: String,
    /// The appointment that is in the way, if it is one.
    pub appointment: Option<AppointmentId>,
}

/// A time that would do: the day, the clock, in words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Nearest {
    /// The instant, as the form takes it.
    pub start: String,
    /// `Thursday 3 December, 14:30`.
    pub label: String,
}

/// Why the last try was not booked, and what would do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NotBooked {
    /// All that speaks against it.
    pub reasons: Vec<Reason>,
    /// Whether the team may book all the same.
    pub may_overrule: bool,
    /// The nearest times that would do.
    pub nearest: Vec<Nearest>,
}

/// The form of a new appointment.
#[derive(Clone, PartialEq, Debug)]
pub struct NewPage {
    /// What was typed.
    pub form: DeskForm,
    /// Makes the form count once.
    pub token: Uuid,
    /// The services: id, and name with length.
    pub services: Vec<(String, String)>,
    /// Whom this person may book with: id and name; `true` where any of them will do, too.
    pub resources: Vec<(String, String)>,
    /// `Berlin time`.
    pub zone_label: String,
    /// The ways to read the time, where there are several.
    pub choices: Vec<TimeChoice>,
    /// What was looked for among the customers.
    pub search: String,
    /// Those who were found; none where nothing was looked for.
    pub matches: Option<Vec<Match>>,
    /// The customer that was chosen.
    pub chosen: Option<Match>,
    /// What is wrong.
    pub errors: Vec<FormError>,
    /// Why it was not booked.
    pub refused: Option<NotBooked>,
}

/// The answer to "why not?".
#[derive(Clone, PartialEq, Debug)]
pub struct WhyPage {
    /// `Haircut with Ana Ruiz, Thursday 3 December 2026, 10:00 to 10:45`.
    pub about: String,
    /// All that speaks against it; none: it can be booked.
    pub reasons: Vec<Reason>,
    /// The nearest times that would do.
    pub nearest: Vec<Nearest>,
    /// Where it can be booked, if nothing speaks against it.
    pub book_link: Option<String>,
    /// `Berlin time (UTC+1)`.
    pub zone_label: String,
}
