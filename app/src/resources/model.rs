//! What the pages of resources show.

use crate::setup::model::Sent;
use domain::{
    hours::{OverrideForm, WeekForm},
    ids::UserId,
    resource::{ResourceForm, ResourceKind, TimeChoice, TimeOffForm},
};
use jiff::civil::Date;
use uuid::Uuid;

/// A resource in the list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ResourceRow {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// What kind.
    pub kind: ResourceKind,
    /// How many alike.
    pub quantity: u32,
    /// Its own zone, if it has one.
    pub zone: Option<String>,
    /// Its weekly hours in words.
    pub hours: String,
    /// Whose calendar it is, by name.
    pub login: Option<String>,
}

/// The list of resources.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Resources {
    /// In the tenant's order.
    pub rows: Vec<ResourceRow>,
    /// Whether these are the archived ones.
    pub is_archive: bool,
    /// How many are archived.
    pub archived: usize,
}

/// A date with other hours.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DateRow {
    /// The date.
    pub date: Date,
    /// `Thursday 24 December 2026`.
    pub label: String,
    /// `09:00–13:00`, or `closed`.
    pub hours: String,
}

/// A resource to be changed, or added.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ResourcePage {
    /// Which; `None` for a new one.
    pub id: Option<Uuid>,
    /// What it is called at present.
    pub name: String,
    /// Of what is shown.
    pub version: i32,
    /// What is in the form.
    pub form: ResourceForm,
    /// The zones to suggest.
    pub zones: Vec<String>,
    /// The zone that its hours are read in: `Europe/Berlin`.
    pub zone: String,
    /// The logins of the team.
    pub team: Vec<(UserId, String)>,
    /// The weekly hours.
    pub week: WeekForm,
    /// The same in words, as they are saved.
    pub hours: String,
    /// The dates to come with other hours.
    pub dates: Vec<DateRow>,
    /// What is in the form of another one.
    pub other: OverrideForm,
    /// Whether it is out of use.
    pub is_archived: bool,
    /// How many appointments with it are to come.
    pub coming: i64,
    /// What came of sending one of the forms.
    pub sent: Sent,
}

/// A stretch of time off.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TimeOffRow {
    /// Its id.
    pub id: Uuid,
    /// `Thu 24 Dec 2026, 09:00 to Sat 26 Dec 2026, 18:00`.
    pub label: String,
    /// Why; may be empty.
    pub reason: String,
}

/// The time off of a resource.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct TimeOffPage {
    /// Of which.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// The zone that times are read in.
    pub zone: String,
    /// Its weekly hours in words.
    pub hours: String,
    /// The dates to come with other hours.
    pub dates: Vec<DateRow>,
    /// Whether the person who looks may change the hours too.
    pub may_edit_hours: bool,
    /// What is not over yet.
    pub rows: Vec<TimeOffRow>,
    /// What is in the form.
    pub form: TimeOffForm,
    /// The ways to read the start, where the clocks leave it open.
    pub from_choices: Vec<TimeChoice>,
    /// The ways to read the end.
    pub to_choices: Vec<TimeChoice>,
    /// What came of sending it.
    pub sent: Sent,
}

/// The calendars that are somebody's own.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct OwnCalendars {
    /// Which, with their hours in words.
    pub rows: Vec<(Uuid, String, String)>,
}
