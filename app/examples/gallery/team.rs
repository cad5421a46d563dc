//! The samples of the team's calendar.

use app::schedule::model::*;
use domain::{
    booking::Decision,
    ids::{AppointmentId, ResourceId},
};
use jiff::{Timestamp, civil::date};
use uuid::Uuid;

/// A day in Berlin with its team, a room, overlaps, short ones, and one that began the day before.
pub(crate) fn day() -> DayPage {
    let columns = [("Ana Ruiz", true), ("Ben Okafor", false), ("Chloe Laurent", false), ("Treatment room", false)];
    let block = |id: u128, column: u128, start: i16, minutes, customer: &str, service: &str, hue: &str| Block {
        id: AppointmentId(Uuid::from_u128(id)),
        version: 1,
        resource: ResourceId(Uuid::from_u128(column)),
        start,
        minutes,
        customer: customer.into(),
        service: service.into(),
        status_label: "Confirmed".into(),
        hue: hue.into(),
        may_move: column == 1,
        offered_by: vec![ResourceId(Uuid::from_u128(1)), ResourceId(Uuid::from_u128(2))],
    };
    let blocks = vec![
        block(1, 1, 540, 45, "Maria Lopez", "Cut and finish", "indigo"),
        block(2, 1, 600, 120, "Femke de Vries", "Colour", "plum"),
        block(3, 1, 780, 15, "Ola Nordmann", "Fringe trim", "teal"),
        block(4, 2, 570, 195, "Donaudampfschifffahrtsgesellschaft", "Balayage", "orange"),
        block(5, 2, 840, 60, "Kim Park", "Cut and finish", "indigo"),
        block(6, 2, 870, 60, "Lee Park", "Cut and finish", "indigo"),
        block(7, 4, -30, 600, "Overnight", "Kiln", "slate"),
    ];
    let columns = columns.into_iter().enumerate().map(|(i, (name, may_edit))| Column {
        id: ResourceId(Uuid::from_u128(i as u128 + 1)),
        name: name.into(),
        open: if i == 2 { vec![] } else { vec![(540, 780), (840, 1080)] },
        may_edit,
    });
    DayPage {
        day_label: "Thursday 3 December 2026".into(),
        zone_label: "Berlin time (UTC+1)".into(),
        before: date(2026, 12, 2),
        today: date(2026, 12, 3),
        after: date(2026, 12, 4),
        board: Board {
            date: date(2026, 12, 3),
            day_start: Timestamp::from_second(1_796_252_400).unwrap_or_default(),
            clock: vec![ClockSegment { from: 0, wall: 0 }],
            from: 480,
            to: 1200,
            now: Some(655),
            columns: columns.collect(),
            blocks,
        },
    }
}

/// The same day without an appointment.
pub(crate) fn empty_day() -> DayPage {
    let day = day();
    DayPage { board: Board { blocks: vec![], now: None, ..day.board }, ..day }
}

/// An appointment that may be moved, and why the last try was refused, if it was.
pub(crate) fn appointment(refused: Option<&str>) -> AppointmentPage {
    let times = ["09:00", "09:15", "10:45", "11:00"].map(|clock| TimeChoice {
        start: format!("2026-12-03T{clock}:00+01:00"),
        label: clock.into(),
        selected: clock == "09:00",
    });
    let resource = |id, name: &str| (ResourceId(Uuid::from_u128(id)), name.to_owned(), id == 1);
    AppointmentPage {
        id: AppointmentId(Uuid::from_u128(1)),
        version: 1,
        reference: "7K3M-9QXA".into(),
        status_label: "Confirmed",
        service: "Cut and finish".into(),
        duration: "45 min".into(),
        day_label: "Thursday 3 December 2026".into(),
        clock_range: "09:00 to 09:45".into(),
        zone_label: "Berlin time (UTC+1)".into(),
        date: date(2026, 12, 3),
        with: "Ana Ruiz".into(),
        customer_name: "Maria Lopez".into(),
        customer_email: "maria@example.com".into(),
        customer_phone: Some("+49 30 1234567".into()),
        notes: "Sensitive skin.\nPlease no perfume.".into(),
        move_form: Some(MoveForm {
            date: date(2026, 12, 3),
            times: times.into(),
            resources: vec![resource(1, "Ana Ruiz"), resource(2, "Ben Okafor")],
            refused: refused.map(Into::into),
        }),
        decisions: vec![Decision::Cancel],
        refused: None,
        history: vec![
            line("Moved", "Thursday 3 December 2026, 09:00 to 09:45", "Tuesday 1 December 2026, 16:02, Ana Ruiz"),
            line("Booked", "Thursday 3 December 2026, 11:00 to 11:45", "Monday 30 November 2026, 21:40"),
        ],
    }
}

fn line(what: &'static str, to: &str, when: &str) -> HistoryLine {
    HistoryLine { what, to: to.into(), when: when.into() }
}

/// One that waits for an answer, and what was decided too late.
pub(crate) fn requested() -> AppointmentPage {
    AppointmentPage {
        status_label: "Requested",
        decisions: vec![Decision::Confirm, Decision::Decline],
        refused: Some("Somebody changed this appointment meanwhile. Reload to see where it is now.".into()),
        ..appointment(None)
    }
}

/// What waits for an answer.
pub(crate) fn requests(count: usize) -> Requests {
    let line = |n: usize| RequestLine {
        id: AppointmentId(Uuid::from_u128(n as u128)),
        service: "Balayage".into(),
        customer: "Maria Lopez".into(),
        when: "Thursday 3 December 2026, 09:00 to 12:15".into(),
        holds: n.is_multiple_of(2),
    };
    Requests { lines: (0..count).map(line).collect(), zone_label: "Berlin time (UTC+1)".into() }
}
