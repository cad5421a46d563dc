//! The samples of what the team uses all day: today, the list of appointments, decisions about several, reports.

use crate::frames::{Frames, LONG_NAME, LONG_WORD, flashed, masked, salon};
use app::{
    appointments::{self, model::*},
    reports::{self, model::*},
    today::{self, model::*},
    ui::{form::FormError, list::Listing, notice::Tone},
};
use domain::{
    actor::Role,
    booking::AppointmentStatus,
    bulk::{Bulk, Pick},
    ids::AppointmentId,
    report::{Missed, Revenue, Usage},
};
use jiff::civil::date;
use uuid::Uuid;

/// Their pages.
pub(crate) fn pages(frames: &Frames) -> Vec<(&'static str, String)> {
    let owner = |path: &str| frames.owner(path);
    let staff = |path: &str| frames.on(salon(), Some(Role::TenantStaff), path);
    let list = |model| appointments::list(owner("/appointments"), model);
    let report = |model| reports::reports(owner("/reports"), model);
    let nothing = Today { has_team: false, may_set_up: true, ..today() };
    vec![
        ("daily-today", today::today(owner("/today"), today())),
        ("daily-today-staff", today::today(staff("/today"), of_staff())),
        ("daily-today-masked", today::today(masked(staff("/today")), of_staff())),
        ("daily-today-quiet", today::today(flashed(owner("/today"), Tone::Ok, "1 marked as completed."), quiet())),
        ("daily-today-nothing", today::today(owner("/today"), nothing.clone())),
        ("daily-today-nothing-staff", today::today(staff("/today"), Today { may_set_up: false, ..nothing })),
        ("daily-sheets", today::sheets(owner("/today/sheets"), sheets())),
        ("daily-sheets-none", today::sheets(owner("/today/sheets"), Sheets { sheets: vec![], ..sheets() })),
        ("daily-appointments", list(all())),
        ("daily-appointments-filtered", list(filtered())),
        ("daily-appointments-no-match", list(no_match())),
        ("daily-appointments-past-none", list(past_none())),
        ("daily-appointments-none", list(Appointments { zone: "Europe/Berlin".into(), ..Appointments::default() })),
        ("daily-appointments-staff", appointments::list(staff("/appointments"), of_others())),
        (
            "daily-appointments-done",
            appointments::list(flashed(owner("/appointments"), Tone::Ok, "3 cancelled."), all()),
        ),
        ("daily-bulk-cancel", appointments::confirm(owner("/appointments/confirm"), bulk(Bulk::Cancel))),
        ("daily-bulk-complete", appointments::confirm(owner("/appointments/confirm"), bulk(Bulk::Complete))),
        ("daily-bulk-unable", appointments::confirm(owner("/appointments/confirm"), unable())),
        (
            "daily-bulk-nothing",
            appointments::confirm(owner("/appointments/confirm"), BulkPage { lines: vec![], ..unable() }),
        ),
        ("daily-bulk-result", appointments::result(owner("/appointments/decide"), bulk(Bulk::Cancel))),
        ("daily-reports", report(full())),
        ("daily-reports-weeks", report(weeks())),
        ("daily-reports-none", report(empty())),
        ("daily-reports-errors", report(wrong())),
        ("daily-reports-masked", reports::reports(masked(owner("/reports")), Reports { may_export: false, ..full() })),
    ]
}

fn line(n: u128, clock: &str, customer: &str, status: AppointmentStatus) -> AppointmentLine {
    let services = [("Haircut", "indigo"), ("Colour and cut", "plum"), ("Beard trim", "teal")];
    let (service, hue) = services[n as usize % 3];
    AppointmentLine {
        pick: Pick { id: AppointmentId(Uuid::from_u128(n)), version: 1 },
        day: "Thu 3 Dec 2026".into(),
        clock: clock.into(),
        datetime: "2026-12-03T10:00:00+01:00".into(),
        customer: customer.into(),
        service: service.into(),
        hue: hue.into(),
        with: ["Ana Ruiz", "Ben Okafor, Treatment room"][n as usize % 2].into(),
        status,
        reference: "7K3M-9QXA".into(),
        may_decide: status != AppointmentStatus::Cancelled,
    }
}

fn lines() -> Vec<AppointmentLine> {
    use AppointmentStatus::{Cancelled, Completed, Confirmed, NoShow, Pending};
    vec![
        line(1, "09:00 to 09:45", "Maria Lopez", Completed),
        line(2, "09:15 to 11:15", "Femke de Vries", NoShow),
        line(3, "10:00 to 10:20", LONG_WORD, Confirmed),
        line(4, "11:00 to 11:45", "Kim Park", Pending),
        line(5, "12:00 to 14:00", "Ola Nordmann", Cancelled),
        line(6, "14:00 to 14:20", LONG_NAME, Confirmed),
        AppointmentLine {
            day: "Sun 31 Oct 2027".into(),
            clock: "02:30 to 03:15 (UTC+1)".into(),
            ..line(7, "", "Night Owl", Confirmed)
        },
    ]
}

fn choices(names: &[&str]) -> Vec<(String, String)> {
    names.iter().enumerate().map(|(n, name)| (Uuid::from_u128(n as u128).to_string(), (*name).to_owned())).collect()
}

fn all() -> Appointments {
    Appointments {
        list: Listing {
            rows: lines(),
            count: "50 appointments of more from today on, the earliest first".into(),
            next: Some("/appointments?cursor=x".into()),
            ..Listing::default()
        },
        resources: choices(&["Ana Ruiz", "Ben Okafor", "Treatment room"]),
        services: choices(&["Haircut", "Colour and cut"]),
        zone: "Europe/Berlin".into(),
        csv: Some("/appointments.csv".into()),
        has_any: true,
        here: "/appointments".into(),
        ..Appointments::default()
    }
}

fn filtered() -> Appointments {
    let chip = |label: &str| Chip { label: label.into(), href: "/appointments".into() };
    let model = all();
    Appointments {
        filter: AppointmentFilter {
            from: "2026-12-03".into(),
            q: LONG_WORD.into(),
            status: Some(AppointmentStatus::Confirmed),
            direction: Direction::Past,
            ..AppointmentFilter::default()
        },
        chips: vec![
            chip(&format!("Search: {LONG_WORD}")),
            chip("From: 3 Dec 2026"),
            chip("With: Ana Ruiz"),
            chip("Status: Confirmed"),
        ],
        list: Listing { first: Some("/appointments".into()), next: None, is_filtered: true, ..model.list.clone() },
        ..model
    }
}

fn no_match() -> Appointments {
    let model = filtered();
    Appointments { list: Listing { is_filtered: true, ..Listing::default() }, ..model }
}

fn past_none() -> Appointments {
    let filter = AppointmentFilter { direction: Direction::Past, ..AppointmentFilter::default() };
    Appointments { filter, list: Listing::default(), ..all() }
}

fn of_others() -> Appointments {
    let rows = lines().into_iter().map(|line| AppointmentLine { may_decide: line.id().0.as_u128() % 2 == 0, ..line });
    let list = Listing { rows: rows.collect(), count: "7 appointments".into(), ..Listing::default() };
    Appointments { list, ..all() }
}

fn bulk(bulk: Bulk) -> BulkPage {
    let able = |line: AppointmentLine| BulkLine {
        outcome: bulk.outcome(line.status, true).map_err(Into::into),
        line: Some(line),
    };
    let mut all: Vec<_> = lines().into_iter().map(able).collect();
    all.push(BulkLine { line: None, outcome: Err("That is not here any more, or never was.".into()) });
    BulkPage { bulk, lines: all, zone: "Europe/Berlin".into(), back: "/appointments".into() }
}

fn unable() -> BulkPage {
    let page = bulk(Bulk::Confirm);
    BulkPage { lines: page.lines.into_iter().filter(|line| line.outcome.is_err()).collect(), ..page }
}

fn today() -> Today {
    use AppointmentStatus::{Completed, Confirmed, Pending};
    let person = |name: &str, now: Vec<AppointmentLine>, next: Option<AppointmentLine>, hours: &str| PersonNow {
        name: name.into(),
        now,
        next_in: next.as_ref().map(|_| "In 45 min".into()).unwrap_or_default(),
        next,
        hours: hours.into(),
        is_in: hours.starts_with("In until"),
    };
    Today {
        day_label: "Thursday 3 December 2026".into(),
        clock_label: "10:15, Berlin time (UTC+1)".into(),
        date: date(2026, 12, 3),
        shows_all: true,
        has_other_view: false,
        people: vec![
            person(
                "Ana Ruiz",
                vec![line(1, "10:00 to 10:45", "Maria Lopez", Confirmed)],
                Some(line(3, "11:00 to 11:20", "Kim Park", Pending)),
                "In until 17:00",
            ),
            person(LONG_WORD, vec![], Some(line(2, "11:00 to 13:00", LONG_WORD, Confirmed)), "In from 10:30"),
            person(
                "Chloe Laurent",
                vec![line(4, "09:30 to 11:30", "Femke de Vries", Completed)],
                None,
                "In until 12:00",
            ),
            person("Dana Wu", vec![], None, "Not in today"),
        ],
        waiting: vec![
            line(5, "14:00 to 16:00", "Ola Nordmann", Pending),
            AppointmentLine { may_decide: false, ..line(6, "16:00 to 16:45", LONG_NAME, Pending) },
        ],
        more_waiting: 3,
        unmarked: vec![
            AppointmentLine { day: "Wed 2 Dec 2026".into(), ..line(7, "16:00 to 16:45", "Lee Park", Confirmed) },
            line(8, "09:00 to 09:45", LONG_WORD, Confirmed),
        ],
        gaps: vec![
            Gap {
                name: "Ana Ruiz".into(),
                spans: vec!["11:20 to 12:30, 1 hour 10 min".into(), "15:00 to 17:00, 2 hours".into()],
            },
            Gap { name: LONG_WORD.into(), spans: vec!["13:15 to 13:45, 30 min".into()] },
        ],
        bookings: 12,
        booked: "9 hours 45 min".into(),
        open: "22 hours 15 min".into(),
        share: "43.8 %".into(),
        has_team: true,
        may_set_up: true,
        here: "/today".into(),
    }
}

fn of_staff() -> Today {
    let day = today();
    Today {
        shows_all: false,
        has_other_view: true,
        people: day.people.into_iter().take(1).collect(),
        bookings: 1,
        more_waiting: 0,
        gaps: vec![],
        ..today()
    }
}

fn quiet() -> Today {
    Today { waiting: vec![], more_waiting: 0, unmarked: vec![], gaps: vec![], bookings: 0, ..today() }
}

fn sheets() -> Sheets {
    let sheet = |name: &str, lines: Vec<AppointmentLine>| Sheet {
        name: name.into(),
        hours: "09:00 to 12:30, 13:15 to 17:00".into(),
        lines: lines
            .into_iter()
            .map(|line| SheetLine {
                line,
                phone: "+49 30 1234567".into(),
                notes: "Sensitive skin. Please no perfume.".into(),
            })
            .collect(),
    };
    Sheets {
        date: date(2026, 12, 3),
        day_label: "Thursday 3 December 2026".into(),
        zone_label: "Berlin time (UTC+1)".into(),
        before: date(2026, 12, 2),
        after: date(2026, 12, 4),
        sheets: vec![sheet("Ana Ruiz", lines()), sheet("Ben Okafor", vec![]), sheet(LONG_WORD, lines())],
    }
}

fn full() -> Reports {
    let counts = [4, 0, 7, 9, 12, 3, 0, 5, 5, 8, 11, 2, 0, 6, 6, 9, 4, 7, 1, 0, 3, 8, 8, 10, 6, 2, 0, 5, 9, 4];
    let days = counts.into_iter().enumerate().map(|(n, count)| (format!("{} Nov 2026", n + 1), count));
    let names = ["Haircut", "Colour and cut, with everything and a coffee", LONG_WORD, "Consultation"];
    let usage = |booked, open, outside| Usage { booked, open, outside };
    let missed = |made, cancelled, completed, missed| Missed { made, cancelled, completed, missed };
    let revenue = |earned, completed, expected, confirmed| Revenue { earned, completed, expected, confirmed };
    let named = |n: usize| names[n].to_owned();
    Reports {
        from: "2026-11-04".into(),
        to: "2026-12-03".into(),
        period: "4 Nov 2026 to 3 Dec 2026".into(),
        zone: "Europe/Berlin".into(),
        presets: ["Last 7 days", "Last 30 days", "This month", "Last month", "Next 30 days"]
            .into_iter()
            .map(|label| PresetLink { label, href: "/reports".into(), is_current: label == "Last 30 days" })
            .collect(),
        figures: Some(Figures {
            is_weekly: false,
            bookings: days.collect(),
            usage: vec![
                ("Ana Ruiz".into(), usage(4860, 9240, 0)),
                ("Ben Okafor".into(), usage(9240, 9240, 30)),
                (LONG_WORD.into(), usage(60, 9240, 0)),
                ("Treatment room".into(), usage(0, 0, 0)),
            ],
            missed: vec![
                (named(0), missed(80, 10, 62, 3)),
                (named(1), missed(14, 7, 7, 0)),
                (named(2), missed(3, 0, 0, 0)),
                (named(3), Missed::default()),
            ],
            revenue: vec![
                (named(0), revenue(297_600, 62, 24_000, 5)),
                (named(1), revenue(94_500, 7, 0, 0)),
                (named(2), revenue(0, 0, 123_456_789, 3)),
                (named(3), Revenue::default()),
            ],
            currency: "EUR".into(),
        }),
        may_export: true,
        ..Reports::default()
    }
}

fn weeks() -> Reports {
    let weeks = (0..53).map(|n| (format!("week {n}"), (n * 7) % 45));
    let model = full();
    Reports {
        period: "1 Dec 2025 to 3 Dec 2026".into(),
        figures: model.figures.clone().map(|all| Figures { is_weekly: true, bookings: weeks.collect(), ..all }),
        ..model
    }
}

fn empty() -> Reports {
    let figures = Figures { bookings: vec![("3 Dec 2026".into(), 0)], currency: "EUR".into(), ..Figures::default() };
    Reports { figures: Some(figures), ..full() }
}

fn wrong() -> Reports {
    Reports {
        from: "soon".into(),
        to: String::new(),
        errors: vec![
            FormError::new("from", "Enter the first day as a date such as 2026-12-03"),
            FormError::new("to", "Enter the last day as a date such as 2026-12-03"),
        ],
        figures: None,
        ..full()
    }
}
