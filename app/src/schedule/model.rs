//! What the team's calendar shows, and what a move says. Shared by the server, the page and the island.
//!
//! Positions are minutes elapsed since the day's first instant, never wall-clock differences: so a day
//! of 23 or 25 hours lays out right, and a position plus [`Board::day_start`] is an instant.

use domain::{
    booking::Decision,
    ids::{AppointmentId, ResourceId},
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

/// Minutes between two positions that a block can be put at.
pub const SNAP: u16 = 15;

/// From `from` on, the wall clock shows `wall` (minute of the day) and runs evenly until the next entry.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ClockSegment {
    /// Elapsed minutes at which it begins.
    pub from: u16,
    /// What the wall clock shows there, as a minute of the day.
    pub wall: u16,
}

/// A column: one resource.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Column {
    /// The resource.
    pub id: ResourceId,
    /// Its name.
    pub name: String,
    /// Open spans, elapsed minutes, half-open, sorted.
    pub open: Vec<(u16, u16)>,
    /// Whether this person may put appointments into this column.
    pub may_edit: bool,
}

/// An appointment on one resource.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Block {
    /// The appointment.
    pub id: AppointmentId,
    /// Its version; a move names it, so that two people cannot overwrite each other unseen.
    pub version: i32,
    /// The column.
    pub resource: ResourceId,
    /// Elapsed minutes; may be negative where it began the day before.
    pub start: i16,
    /// Its length.
    pub minutes: u16,
    /// The customer's name.
    pub customer: String,
    /// The service's name.
    pub service: String,
    /// `Confirmed`.
    pub status_label: String,
    /// One of the token hues.
    pub hue: String,
    /// Whether this person may move it.
    pub may_move: bool,
    /// The resources that do this service.
    pub offered_by: Vec<ResourceId>,
}

/// A day of the team.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Board {
    /// The date, in the business's zone.
    pub date: Date,
    /// The first instant of the date.
    pub day_start: Timestamp,
    /// How the wall clock runs that day: one segment, or two when clocks change.
    pub clock: Vec<ClockSegment>,
    /// First elapsed minute drawn, a whole hour.
    pub from: u16,
    /// Last elapsed minute drawn, a whole hour.
    pub to: u16,
    /// The present, as elapsed minutes, when it is on this day.
    pub now: Option<u16>,
    /// One a resource.
    pub columns: Vec<Column>,
    /// The appointments.
    pub blocks: Vec<Block>,
}

impl Board {
    /// The wall clock at a position: `10:15`.
    pub fn clock_at(&self, position: i32) -> String {
        let segment = self.clock.iter().rev().find(|s| i32::from(s.from) <= position).or(self.clock.first());
        let (from, wall) = segment.map_or((0, 0), |s| (i32::from(s.from), i32::from(s.wall)));
        let minute = (wall + position - from).rem_euclid(24 * 60);
        format!("{:02}:{:02}", minute / 60, minute % 60)
    }

    /// The wall clock from a position over a length: `10:15 to 11:00`.
    pub fn clock_range(&self, position: i32, minutes: u16) -> String {
        format!("{} to {}", self.clock_at(position), self.clock_at(position + i32::from(minutes)))
    }

    /// The instant of a position.
    pub fn instant(&self, position: i32) -> Timestamp {
        let seconds = self.day_start.as_second() + i64::from(position) * 60;
        Timestamp::from_second(seconds).unwrap_or(self.day_start)
    }
}

/// The page around the board.
#[derive(Clone, PartialEq, Debug)]
pub struct DayPage {
    /// `Thursday 3 December 2026`.
    pub day_label: String,
    /// `Berlin time (UTC+1)`.
    pub zone_label: String,
    /// The day before, today and the day after, for the links.
    pub before: Date,
    /// Today, in the business's zone.
    pub today: Date,
    /// The day after.
    pub after: Date,
    /// The day.
    pub board: Board,
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

/// What a move asks for.
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
}
