//! What the team's first page shows.

use crate::appointments::model::AppointmentLine;
use jiff::civil::Date;

/// A person, with what is going on and what comes next.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PersonNow {
    /// The name of the resource.
    pub name: String,
    /// What is going on: more than one where there is room for several.
    pub now: Vec<AppointmentLine>,
    /// What comes next today.
    pub next: Option<AppointmentLine>,
    /// `In 45 min`.
    pub next_in: String,
    /// `In until 17:00`, `Not in today`.
    pub hours: String,
    /// Whether there is open time now.
    pub is_in: bool,
}

/// Free time of a person that is left today.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Gap {
    /// Whose.
    pub name: String,
    /// `14:00 to 15:30, 1 hour 30 min`.
    pub spans: Vec<String>,
}

/// Today, for one person or for all.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Today {
    /// `Thursday 3 December 2026`.
    pub day_label: String,
    /// `10:15, Berlin time (UTC+1)`.
    pub clock_label: String,
    /// The date, for the links.
    pub date: Date,
    /// Whether all of the team is shown.
    pub shows_all: bool,
    /// Whether the other view can be asked for: staff see their own first.
    pub has_other_view: bool,
    /// Everybody, in the business's order.
    pub people: Vec<PersonNow>,
    /// Requests that wait for an answer, by their start.
    pub waiting: Vec<AppointmentLine>,
    /// How many more of them there are.
    pub more_waiting: usize,
    /// What is over, today or yesterday, and nobody has marked.
    pub unmarked: Vec<AppointmentLine>,
    /// Free time that is left today.
    pub gaps: Vec<Gap>,
    /// How many bookings today has.
    pub bookings: usize,
    /// `5 hours 30 min`.
    pub booked: String,
    /// `16 hours`.
    pub open: String,
    /// `34.4 %`.
    pub share: String,
    /// Whether there is anybody to be booked at all.
    pub has_team: bool,
    /// Whether this person could set that right.
    pub may_set_up: bool,
    /// The address of this page, to come back to.
    pub here: String,
}

/// The day of one person on paper.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sheet {
    /// Who.
    pub name: String,
    /// `09:00 to 12:30, 13:15 to 17:00`, or that there are none.
    pub hours: String,
    /// The appointments, by their start.
    pub lines: Vec<SheetLine>,
}

/// A line of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SheetLine {
    /// The appointment.
    pub line: AppointmentLine,
    /// A number to call, if the customer gave one.
    pub phone: String,
    /// What the customer wrote; may be empty.
    pub notes: String,
}

/// A day on paper, a sheet a person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sheets {
    /// Which day.
    pub date: Date,
    /// `Thursday 3 December 2026`.
    pub day_label: String,
    /// `Berlin time (UTC+1)`.
    pub zone_label: String,
    /// The day before.
    pub before: Date,
    /// The day after.
    pub after: Date,
    /// Each person of the team.
    pub sheets: Vec<Sheet>,
}
