//! What the team's calendar shows, and what a move says. Shared by the server, the page and the island.
//!
//! Positions are minutes elapsed since a date's first instant, never wall-clock differences: so a day of 23 or 25 hours
//! lays out right, and a position plus [`Column::day_start`] is an instant. The axis is that of the longest date shown:
//! where clocks change within a week, a date that lacks an hour of it has a gap there ([`Column::gap`]).

use domain::{
    booking::{AppointmentStatus, Decision},
    ids::{AppointmentId, ResourceId, ServiceId},
    schedule::BufferMode,
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

/// Minutes between two positions that a block can be put at, unless another step is asked for.
pub const SNAP: u16 = 15;
/// The steps to choose from, in minutes.
pub const SNAPS: [u16; 4] = [5, 10, 15, 30];

/// How the calendar is drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub enum View {
    /// One date, a column a resource.
    #[default]
    Day,
    /// One resource, a column a date.
    Week,
    /// One date, a row a resource: time runs from left to right.
    Timeline,
    /// Lists, date by date; it has no board.
    Agenda,
}

impl View {
    /// All, in the order of the choice.
    pub const ALL: [Self; 4] = [Self::Day, Self::Week, Self::Timeline, Self::Agenda];

    /// Its name in the address.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Timeline => "timeline",
            Self::Agenda => "agenda",
        }
    }

    /// Reads its name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.as_str() == name)
    }

    /// `Week`.
    pub fn label(self) -> &'static str {
        match self {
            Self::Day => "Day",
            Self::Week => "Week",
            Self::Timeline => "Timeline",
            Self::Agenda => "Agenda",
        }
    }
}

/// From `from` on, the wall clock shows `wall` (minute of the day) and runs evenly until the next entry.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ClockSegment {
    /// Elapsed minutes at which it begins.
    pub from: u16,
    /// What the wall clock shows there, as a minute of the day.
    pub wall: u16,
}

/// What the wall clock shows at a position, as a minute of the day.
fn wall_at(clock: &[ClockSegment], position: i32) -> i32 {
    let segment = clock.iter().rev().find(|s| i32::from(s.from) <= position).or(clock.first());
    let (from, wall) = segment.map_or((0, 0), |s| (i32::from(s.from), i32::from(s.wall)));
    (wall + position - from).rem_euclid(24 * 60)
}

/// `10:15`.
fn clock(minute: i32) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// A column: one resource on one date.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Column {
    /// The resource.
    pub id: ResourceId,
    /// Its name.
    pub name: String,
    /// What stands at its head: the name, or in a week the day.
    pub head: String,
    /// The date, in the business's zone.
    pub date: Date,
    /// The first instant of the date.
    pub day_start: Timestamp,
    /// How many minutes the date has.
    pub length: u16,
    /// How the wall clock runs that day: one segment, or two when clocks change.
    pub clock: Vec<ClockSegment>,
    /// Where the axis has time that this date has not, and how much: in a week in which clocks change.
    pub gap: Option<(u16, u16)>,
    /// Spans within its hours, elapsed minutes, half-open, sorted; time off is not taken out.
    pub open: Vec<(u16, u16)>,
    /// Spans of time off.
    pub off: Vec<(u16, u16)>,
    /// How many alike there are.
    pub quantity: u32,
    /// Whether this person may put appointments into this column.
    pub may_edit: bool,
}

impl Column {
    /// The position of an instant.
    pub fn position(&self, at: Timestamp) -> i32 {
        i32::try_from((at.as_second() - self.day_start.as_second()).div_euclid(60)).unwrap_or(i32::MAX)
    }

    /// The instant of a position.
    pub fn instant(&self, position: i32) -> Timestamp {
        Timestamp::from_second(self.day_start.as_second() + i64::from(position) * 60).unwrap_or(self.day_start)
    }

    /// Whether an instant lies on its date.
    pub fn has(&self, at: Timestamp) -> bool {
        (0..i32::from(self.length)).contains(&self.position(at))
    }

    /// The wall clock at a position: `10:15`.
    pub fn clock_at(&self, position: i32) -> String {
        clock(wall_at(&self.clock, position))
    }

    /// The wall clock from a position over a length: `10:15 to 11:00`.
    pub fn clock_range(&self, position: i32, minutes: u16) -> String {
        [&self.clock_at(position), " to ", &self.clock_at(position + i32::from(minutes))].concat()
    }

    /// Where a position lies on the axis.
    pub fn on_axis(&self, position: i32) -> i32 {
        match self.gap {
            Some((at, long)) if position >= i32::from(at) => position + i32::from(long),
            _ => position,
        }
    }

    /// The position at a place of the axis; the end of the gap for all that lies in it.
    pub fn off_axis(&self, place: i32) -> i32 {
        match self.gap {
            Some((at, long)) if place >= i32::from(at) => (place - i32::from(long)).max(at.into()),
            _ => place,
        }
    }
}

/// An appointment on one resource.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Block {
    /// The appointment.
    pub id: AppointmentId,
    /// Its version; a change names it, so that two people cannot overwrite each other unseen.
    pub version: i32,
    /// The resource.
    pub resource: ResourceId,
    /// When it begins.
    pub starts_at: Timestamp,
    /// Its length.
    pub minutes: u16,
    /// Minutes that it keeps free before and after it.
    pub buffers: (u16, u16),
    /// The customer's name.
    pub customer: String,
    /// The service.
    pub service_id: ServiceId,
    /// The service's name.
    pub service: String,
    /// Where it stands.
    pub status: AppointmentStatus,
    /// One of the token hues.
    pub hue: String,
    /// Whether this person may move it.
    pub may_move: bool,
}

impl Block {
    /// The first instant after it.
    pub fn ends_at(&self) -> Timestamp {
        let seconds = self.starts_at.as_second() + i64::from(self.minutes) * 60;
        Timestamp::from_second(seconds).unwrap_or(self.starts_at)
    }

    /// Whether it takes its time: what was called off does not.
    pub fn holds(&self) -> bool {
        self.status != AppointmentStatus::Cancelled
    }
}

/// Time on a resource that is no appointment: somebody has it kept while filling in the form.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Kept {
    /// The resource.
    pub resource: ResourceId,
    /// Its first instant.
    pub from: Timestamp,
    /// The first instant after it.
    pub to: Timestamp,
    /// Minutes to keep free before and after it.
    pub buffers: (u16, u16),
}

/// Columns of appointments: the calendar's board.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Board {
    /// How it is drawn; never [`View::Agenda`].
    pub view: View,
    /// Minutes between two positions that a block can be put at.
    pub snap: u16,
    /// How the wall clock runs along the axis.
    pub clock: Vec<ClockSegment>,
    /// First minute of the axis drawn, a whole hour.
    pub from: u16,
    /// Last minute of the axis drawn.
    pub to: u16,
    /// The present.
    pub now: Timestamp,
    /// One a resource, or one a date.
    pub columns: Vec<Column>,
    /// The appointments.
    pub blocks: Vec<Block>,
    /// Times kept for others.
    pub kept: Vec<Kept>,
    /// Which resources do which service.
    pub offers: Vec<(ServiceId, Vec<ResourceId>)>,
    /// How buffers of neighbours add up.
    pub buffer_mode: BufferMode,
    /// Whether this person may book for customers in any of the columns.
    pub may_book: bool,
    /// Where changes by others are told.
    pub events: String,
}

impl Board {
    /// The wall clock at a place of the axis: `10:15`.
    pub fn clock_at(&self, place: i32) -> String {
        clock(wall_at(&self.clock, place))
    }

    /// Whether a resource does a service.
    pub fn offers(&self, service: ServiceId, resource: ResourceId) -> bool {
        self.offers.iter().any(|(id, by)| *id == service && by.contains(&resource))
    }

    /// The column that a resource has at an instant.
    pub fn column_at(&self, resource: ResourceId, at: Timestamp) -> Option<usize> {
        self.columns.iter().position(|c| c.id == resource && c.has(at))
    }
}

/// A resource in the choice of what is shown.
#[derive(Clone, PartialEq, Debug)]
pub struct Shown {
    /// The resource.
    pub id: ResourceId,
    /// Its name.
    pub name: String,
    /// Whether it is shown.
    pub is_shown: bool,
}

/// What the address of the calendar asks for.
#[derive(Clone, PartialEq, Debug)]
pub struct Asked {
    /// How it is drawn.
    pub view: View,
    /// Which date, or a date of the week.
    pub date: Date,
    /// Which resources; none: all, or in a week the first.
    pub only: Vec<ResourceId>,
    /// Minutes between two positions.
    pub snap: u16,
    /// How large, from 0 to 2.
    pub zoom: u8,
}

impl Asked {
    /// The address that asks for it.
    pub fn link(&self) -> String {
        let mut link = format!("/schedule?date={}", self.date);
        if self.view != View::Day {
            link += &format!("&view={}", self.view.as_str());
        }
        for id in &self.only {
            link += &format!("&resource={id}");
        }
        if self.snap != SNAP {
            link += &format!("&snap={}", self.snap);
        }
        if self.zoom != 1 {
            link += &format!("&zoom={}", self.zoom);
        }
        link
    }

    /// The same for another date.
    #[must_use]
    pub fn on(&self, date: Date) -> Self {
        Self { date, ..self.clone() }
    }
}

/// The page around the board.
#[derive(Clone, PartialEq, Debug)]
pub struct CalendarPage {
    /// `Thursday 3 December 2026`, or `30 November to 6 December 2026`.
    pub label: String,
    /// `Berlin time (UTC+1)`.
    pub zone_label: String,
    /// What was asked for.
    pub asked: Asked,
    /// The date before, today and the date after, for the links; a week apart in a week.
    pub before: Date,
    /// Today, in the business's zone.
    pub today: Date,
    /// The date after.
    pub after: Date,
    /// The resources to choose from.
    pub resources: Vec<Shown>,
    /// The requests that wait for an answer, the next ones.
    pub waiting: Vec<RequestLine>,
    /// What is shown.
    pub body: CalendarBody,
}

/// A board, or lists.
#[derive(Clone, PartialEq, Debug)]
pub enum CalendarBody {
    /// Columns.
    Board(Board),
    /// Lists, date by date, and where changes are told.
    Agenda(Vec<AgendaDay>, String),
}

/// A date of the agenda.
#[derive(Clone, PartialEq, Debug)]
pub struct AgendaDay {
    /// The date.
    pub date: Date,
    /// `Thursday 3 December 2026`.
    pub label: String,
    /// Its appointments, by their start.
    pub lines: Vec<AgendaLine>,
}

/// An appointment of the agenda.
#[derive(Clone, PartialEq, Debug)]
pub struct AgendaLine {
    /// Which.
    pub id: AppointmentId,
    /// `10:00 to 10:45`.
    pub when: String,
    /// The customer.
    pub customer: String,
    /// The service.
    pub service: String,
    /// Whom or what it is with.
    pub with: String,
    /// Where it stands.
    pub status: AppointmentStatus,
    /// One of the token hues.
    pub hue: String,
}

/// A choice in the form that moves an appointment without script.
#[derive(Clone, PartialEq, Debug)]
pub struct TimeChoice {
    /// The instant for the wire.
    pub start: String,
    /// `10:15`, with the offset where the hour comes twice.
    pub label: String,
    /// Whether the appointment is there now.
    pub selected: bool,
}

/// The page of one appointment.
#[derive(Clone, PartialEq, Debug)]
pub struct AppointmentPage {
    /// Its id.
    pub id: AppointmentId,
    /// Its version.
    pub version: i32,
    /// Its reference.
    pub reference: String,
    /// `Confirmed`.
    pub status_label: &'static str,
    /// The service.
    pub service: String,
    /// `45 min`.
    pub duration: String,
    /// `Thursday 3 December 2026`.
    pub day_label: String,
    /// `10:00 to 10:45`.
    pub clock_range: String,
    /// `Berlin time (UTC+1)`.
    pub zone_label: String,
    /// Its date, for the way back.
    pub date: Date,
    /// Whom or what it is with.
    pub with: String,
    /// The customer's name.
    pub customer_name: String,
    /// The customer's address.
    pub customer_email: String,
    /// The customer's number, if given.
    pub customer_phone: Option<String>,
    /// What the customer wrote; may be empty.
    pub notes: String,
    /// The form that moves it; `None` where this person may not.
    pub move_form: Option<MoveForm>,
    /// What this person may decide about it now.
    pub decisions: Vec<Decision>,
    /// Why the last decision was refused.
    pub refused: Option<String>,
    /// How it came to be as it is, the latest first.
    pub history: Vec<HistoryLine>,
}

/// One line of an appointment's history.
#[derive(Clone, PartialEq, Debug)]
pub struct HistoryLine {
    /// `Moved`.
    pub what: &'static str,
    /// Where to: day, time and whom with, of that version.
    pub to: String,
    /// When, in the business's zone, and by whom if it was somebody with a login.
    pub when: String,
}

/// A request that waits for an answer.
#[derive(Clone, PartialEq, Debug)]
pub struct RequestLine {
    /// Which appointment.
    pub id: AppointmentId,
    /// The service.
    pub service: String,
    /// Who asks.
    pub customer: String,
    /// `Thursday 3 December 2026, 10:00 to 10:45`.
    pub when: String,
    /// Whether its time is kept meanwhile.
    pub holds: bool,
}

/// The requests that wait for an answer.
#[derive(Clone, PartialEq, Debug)]
pub struct Requests {
    /// By their start.
    pub lines: Vec<RequestLine>,
    /// `Berlin time (UTC+1)`.
    pub zone_label: String,
}

/// The form that moves an appointment without script.
#[derive(Clone, PartialEq, Debug)]
pub struct MoveForm {
    /// The date whose times are offered; another is asked for with `?date=`.
    pub date: Date,
    /// That date's times.
    pub times: Vec<TimeChoice>,
    /// The resources that do the service and that this person may use: id, name, whether it is there now.
    pub resources: Vec<(ResourceId, String, bool)>,
    /// Why the last try was refused.
    pub refused: Option<String>,
}

/// What a move asks for: another time, resource, length, or all of them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Move {
    /// Which appointment.
    pub id: AppointmentId,
    /// The version that the person saw.
    pub version: i32,
    /// Where it goes.
    pub resource: ResourceId,
    /// When it begins.
    pub start: Timestamp,
    /// How long it is to be; none: as long as it is.
    #[serde(default)]
    pub minutes: Option<u16>,
    /// Whether the customer is told.
    #[serde(default = "yes")]
    pub notify: bool,
}

fn yes() -> bool {
    true
}

/// What a move answers.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Moved {
    /// Which appointment.
    pub id: AppointmentId,
    /// Its new version.
    pub version: i32,
    /// Where it is now.
    pub resource: ResourceId,
    /// When it begins now.
    pub start: Timestamp,
    /// How long it is now.
    pub minutes: u16,
}

/// What has become of an appointment, as its watchers are told.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Change {
    /// Which appointment.
    pub appointment: AppointmentId,
    /// What it holds now, on the dates that are watched: nothing if it is gone from them or called off.
    pub blocks: Vec<Block>,
}
