//! The samples of the team's calendar.

use app::{
    desk::model::{Match, Nearest, NewPage, NotBooked, Reason, WhyPage},
    schedule::model::*,
    ui::form::FormError,
};
use domain::{
    booking::{AppointmentStatus, Decision},
    desk::DeskForm,
    ids::{AppointmentId, CustomerId, ResourceId, ServiceId},
    schedule::BufferMode,
};
use jiff::{Timestamp, ToSpan, civil::date};
use uuid::Uuid;

/// A day with all that can be on it.
pub(crate) fn day() -> CalendarPage {
    let start = Timestamp::from_second(1_796_252_400).unwrap_or_default();
    let services = |hue: &str| ServiceId(Uuid::from_u128(if hue == "slate" { 2 } else { 1 }));
    let block = |id: u128, column: u128, start_at: i64, minutes, customer: &str, service: &str, hue: &str| Block {
        id: AppointmentId(Uuid::from_u128(id)),
        version: 1,
        resource: ResourceId(Uuid::from_u128(column)),
        starts_at: start + start_at.minutes(),
        minutes,
        buffers: (0, 0),
        customer: customer.into(),
        service_id: services(hue),
        service: service.into(),
        status: if id == 5 { AppointmentStatus::Pending } else { AppointmentStatus::Confirmed },
        hue: hue.into(),
        may_move: column == 1,
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
    let columns = NAMES.into_iter().enumerate().map(|(i, name)| Column {
        id: ResourceId(Uuid::from_u128(i as u128 + 1)),
        name: name.into(),
        head: name.into(),
        date: date(2026, 12, 3),
        day_start: start,
        length: 1440,
        clock: vec![ClockSegment { from: 0, wall: 0 }],
        gap: None,
        open: if i == 2 { vec![] } else { vec![(540, 780), (840, 1080)] },
        off: if i == 1 { vec![(960, 1080)] } else { vec![] },
        quantity: 1,
        may_edit: i == 0,
    });
    let offers =
        vec![(ServiceId(Uuid::from_u128(1)), vec![ResourceId(Uuid::from_u128(1)), ResourceId(Uuid::from_u128(2))])];
    CalendarPage {
        label: "Thursday 3 December 2026".into(),
        zone_label: "Berlin time (UTC+1)".into(),
        asked: Asked { view: View::Day, date: date(2026, 12, 3), only: vec![], snap: SNAP, zoom: 1 },
        before: date(2026, 12, 2),
        today: date(2026, 12, 3),
        after: date(2026, 12, 4),
        resources: shown(),
        waiting: requests(2).lines,
        body: CalendarBody::Board(Board {
            view: View::Day,
            snap: SNAP,
            clock: vec![ClockSegment { from: 0, wall: 0 }],
            from: 480,
            to: 1200,
            now: start + 655.minutes(),
            columns: columns.collect(),
            blocks,
            kept: vec![],
            offers,
            buffer_mode: BufferMode::Max,
            may_book: true,
            events: "/schedule/events".into(),
        }),
    }
}

const NAMES: [&str; 4] = ["Ana Ruiz", "Ben Okafor", "Chloe Laurent", "Treatment room"];

fn shown() -> Vec<Shown> {
    let shown = |(i, name): (usize, &str)| Shown {
        id: ResourceId(Uuid::from_u128(i as u128 + 1)),
        name: name.into(),
        is_shown: true,
    };
    NAMES.into_iter().enumerate().map(shown).collect()
}

fn board(page: CalendarPage, change: impl FnOnce(&mut Board)) -> CalendarPage {
    match page.body {
        CalendarBody::Board(mut board) => {
            change(&mut board);
            CalendarPage { asked: Asked { view: board.view, ..page.asked }, body: CalendarBody::Board(board), ..page }
        }
        body => CalendarPage { body, ..page },
    }
}

/// The same day without an appointment.
pub(crate) fn empty_day() -> CalendarPage {
    CalendarPage { waiting: vec![], ..board(day(), |board| board.blocks.clear()) }
}

/// The same day lying down.
pub(crate) fn timeline() -> CalendarPage {
    board(day(), |board| board.view = View::Timeline)
}

/// The week in which clocks go forward, of one person.
pub(crate) fn week() -> CalendarPage {
    let page = board(day(), |board| {
        board.view = View::Week;
        (board.from, board.to) = (60, 1200);
        let one = board.columns.remove(0);
        let week = ["Mon 22 Mar", "Tue 23 Mar", "Wed 24 Mar", "Thu 25 Mar", "Fri 26 Mar", "Sat 27 Mar", "Sun 28 Mar"];
        let column = |(i, head): (usize, &str)| Column {
            head: head.into(),
            date: date(2026, 12, 3).saturating_add((i as i64).days()),
            day_start: one.day_start + (24 * i as i64).hours(),
            gap: (i == 6).then_some((120, 60)),
            ..one.clone()
        };
        board.columns = week.into_iter().enumerate().map(column).collect();
    });
    CalendarPage { label: "Ana Ruiz, 22 March to 28 March".into(), ..page }
}

/// Two weeks as lists.
pub(crate) fn agenda(is_filled: bool) -> CalendarPage {
    let line = |id: u128, when: &str, customer: &str, status| AgendaLine {
        id: AppointmentId(Uuid::from_u128(id)),
        when: when.into(),
        customer: customer.into(),
        service: "Cut and finish".into(),
        with: "Ana Ruiz".into(),
        status,
        hue: "indigo".into(),
    };
    let lines = vec![
        line(1, "09:00 to 09:45", "Maria Lopez", AppointmentStatus::Confirmed),
        line(2, "10:00 to 10:45", "Donaudampfschifffahrtsgesellschaft", AppointmentStatus::Pending),
        line(3, "11:00 to 11:45", "Ola Nordmann", AppointmentStatus::NoShow),
    ];
    let days =
        ["Thursday 3 December 2026", "Friday 4 December 2026"].into_iter().enumerate().map(|(i, label)| AgendaDay {
            date: date(2026, 12, 3 + i as i8),
            label: label.into(),
            lines: if is_filled { lines.clone() } else { vec![] },
        });
    CalendarPage {
        label: "From Thursday 3 December 2026".into(),
        asked: Asked { view: View::Agenda, ..day().asked },
        body: CalendarBody::Agenda(days.collect(), "/schedule/events".into()),
        ..day()
    }
}

/// The form of a new appointment: empty, with mistakes, or refused.
pub(crate) fn new_appointment(state: &str) -> NewPage {
    let id = |n: u128| Uuid::from_u128(n).to_string();
    let filled = DeskForm {
        service: id(1),
        date: "2027-10-31".into(),
        time: "02:30".into(),
        resource: id(1),
        name: "Maria Lopez".into(),
        email: "maria@example.com".into(),
        notify: true,
        ..DeskForm::default()
    };
    let found = |n: u128, name: &str, contact: &str| Match {
        id: CustomerId(Uuid::from_u128(n)),
        name: name.into(),
        contact: contact.into(),
    };
    let reason = |text: &str, n: Option<u128>| Reason {
        text: text.into(),
        appointment: n.map(|n| AppointmentId(Uuid::from_u128(n))),
    };
    let near = |label: &str| Nearest { start: "2026-12-03T11:00:00+01:00".into(), label: label.into() };
    NewPage {
        form: if state == "empty" { DeskForm { notify: true, ..DeskForm::default() } } else { filled },
        token: Uuid::from_u128(1),
        services: vec![(id(1), "Cut and finish, 45 min".into()), (id(2), "Colour, 2 hours".into())],
        resources: vec![(id(1), "Ana Ruiz".into()), (id(2), "Ben Okafor".into())],
        zone_label: "Berlin time (UTC+1)".into(),
        choices: if state == "mistakes" {
            vec![
                domain::resource::TimeChoice {
                    value: "a".into(),
                    label: "02:30 for the first time (Sunday 31 October 2027, UTC+2)".into(),
                },
                domain::resource::TimeChoice {
                    value: "b".into(),
                    label: "02:30 for the second time (Sunday 31 October 2027, UTC+1)".into(),
                },
            ]
        } else {
            vec![]
        },
        search: if state == "found" { "lo".into() } else { String::new() },
        matches: (state == "found")
            .then(|| vec![found(1, "Maria Lopez", "maria@example.com, +49 30 1234567"), found(2, "Lola", "")]),
        chosen: None,
        errors: if state == "mistakes" {
            vec![
                FormError::new("service", "Choose a service"),
                FormError::new("choice", "This time comes twice that day: choose which one is meant"),
                FormError::new("name", "Enter the customer's name"),
            ]
        } else {
            vec![]
        },
        refused: (state == "refused").then(|| NotBooked {
            reasons: vec![
                reason("Ana Ruiz has Femke de Vries, 10:00 to 12:00.", Some(2)),
                reason("Ben Okafor is not open then.", None),
            ],
            may_overrule: true,
            nearest: vec![near("Thu 3 December, 12:00"), near("Thu 3 December, 12:15"), near("Fri 4 December, 09:00")],
        }),
    }
}

/// The answer to "why not?".
pub(crate) fn why(is_refused: bool) -> WhyPage {
    let reasons = vec![Reason {
        text: "Ana Ruiz has Femke de Vries, 10:00 to 12:00.".into(),
        appointment: Some(AppointmentId(Uuid::from_u128(2))),
    }];
    let nearest = Nearest { start: String::new(), label: "Thu 3 December, 12:00".into() };
    WhyPage {
        about: "Cut and finish with Ana Ruiz, Thursday 3 December 2026, 10:15 to 11:00".into(),
        reasons: if is_refused { reasons } else { vec![] },
        nearest: if is_refused { vec![nearest] } else { vec![] },
        book_link: (!is_refused).then(|| "/appointments/new".into()),
        zone_label: "Berlin time (UTC+1)".into(),
    }
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
