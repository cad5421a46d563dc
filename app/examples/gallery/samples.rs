//! The samples: ordinary ones, empty ones, and those that break layouts.

use crate::{
    frames::{Frames, LONG_NAME, LONG_WORD, business, masked},
    own, team,
};
use app::{
    booking::{self, model::*},
    desk,
    frame::Site,
    schedule,
    site::{
        self,
        model::{Problem, Welcome},
    },
};
use domain::{
    actor::Role,
    booking::DetailsForm,
    ids::{ResourceId, ServiceId},
    text::{FieldError, FieldProblem},
    time,
};
use jiff::{
    ToSpan,
    civil::{Date, date},
};
use uuid::Uuid;

const ZONE: &str = "Berlin time (UTC+1)";

/// Every page in every state: a name that is a file name, and the document.
pub(crate) fn pages(frames: &Frames) -> Vec<(&'static str, String)> {
    let frame = |site: Site, role: Option<Role>, path: &str| frames.on(site, role, path);
    let tenant = |name: &str| business(name);
    let salon = |path: &str| frame(tenant("Salon Aurora"), None, path);
    let long = |path: &str| frame(tenant(LONG_NAME), None, path);
    let staff = |path: &str| frame(tenant("Salon Aurora"), Some(Role::TenantStaff), path);
    let desk = |path: &str| frame(Site::Platform, Some(Role::Superuser), path);
    let base = |path: &str| frame(Site::Base, None, path);

    let mut pages = vec![
        ("services", booking::services(salon("/"), services(5))),
        ("services-staff", booking::services(staff("/"), services(5))),
        ("services-one", booking::services(salon("/"), services(1))),
        ("services-many", booking::services(salon("/"), services(80))),
        ("services-grouped", booking::services(salon("/"), grouped_services())),
        ("services-not-found", booking::services(salon("/"), nothing_found())),
        ("services-none", booking::services(salon("/"), services(0))),
        ("services-long", booking::services(long("/"), long_services())),
        ("time", booking::pick_time(salon("/book"), pick_time())),
        ("time-one-choice", booking::pick_time(salon("/book"), PickTime { staff: vec![], ..pick_time() })),
        ("time-full", booking::pick_time(salon("/book"), full_day())),
        ("time-nothing", booking::pick_time(salon("/book"), nothing_free())),
        ("time-twice", booking::pick_time(salon("/book"), hour_twice())),
        ("time-long", booking::pick_time(long("/book"), long_pick())),
        ("details", booking::details(salon("/book"), details())),
        ("details-asks", booking::details(salon("/book"), Details { asks: true, kept_until: None, ..details() })),
        ("details-errors", booking::details(salon("/book"), details_with_errors())),
        ("details-taken", booking::details(salon("/book"), details_taken(3))),
        ("details-taken-none", booking::details(salon("/book"), details_taken(0))),
        (
            "details-long",
            booking::details(long("/book"), Details { service: long_services().services.remove(0), ..details() }),
        ),
        ("booked", booking::booked(salon("/booked"), booked("Confirmed"))),
        ("booked-requested", booking::booked(salon("/booked"), booked("Requested"))),
        ("booked-cancelled", booking::booked(salon("/booked"), booked("Cancelled"))),
        (
            "booked-long",
            booking::booked(
                long("/booked"),
                Booked { service: LONG_WORD.into(), customer_name: LONG_WORD.into(), ..booked("Confirmed") },
            ),
        ),
        ("day", schedule::calendar(staff("/schedule"), team::day())),
        ("week", schedule::calendar(staff("/schedule"), team::week())),
        ("timeline", schedule::calendar(staff("/schedule"), team::timeline())),
        ("agenda", schedule::calendar(staff("/schedule"), team::agenda(true))),
        ("agenda-empty", schedule::calendar(staff("/schedule"), team::agenda(false))),
        ("day-masked", schedule::calendar(masked(staff("/schedule")), team::day())),
        ("services-masked", booking::services(masked(staff("/")), services(5))),
        ("day-empty", schedule::calendar(staff("/schedule"), team::empty_day())),
        ("new", desk::new(staff("/appointments/new"), team::new_appointment("empty"))),
        ("new-mistakes", desk::new(staff("/appointments/new"), team::new_appointment("mistakes"))),
        ("new-refused", desk::new(staff("/appointments/new"), team::new_appointment("refused"))),
        ("new-found", desk::new(staff("/appointments/new"), team::new_appointment("found"))),
        ("why", desk::why(staff("/schedule/why"), team::why(true))),
        ("why-free", desk::why(staff("/schedule/why"), team::why(false))),
        ("appointment", schedule::appointment(staff("/schedule/1"), team::appointment(None))),
        (
            "appointment-refused",
            schedule::appointment(staff("/schedule/1"), team::appointment(Some("Ana Ruiz is booked 10:00 to 12:00"))),
        ),
        ("appointment-requested", schedule::appointment(staff("/schedule/1"), team::requested())),
        ("requests", schedule::requests(staff("/requests"), team::requests(3))),
        ("requests-none", schedule::requests(staff("/requests"), team::requests(0))),
        ("welcome", site::welcome(base("/"), welcome())),
        ("welcome-production", site::welcome(base("/"), Welcome { demos: vec![], ..welcome() })),
        ("problem-platform", site::problem(desk("/nowhere"), Problem::NotFound)),
        ("problem-base", site::problem(base("/nowhere"), Problem::NotFound)),
        ("problem-long", site::problem(long("/nowhere"), Problem::NotFound)),
    ];
    for (name, problem) in [
        ("problem-bad-request", Problem::BadRequest("the date is not one")),
        ("problem-cross-site", Problem::CrossSite),
        ("problem-denied", Problem::Denied(domain::policy::Denied::Role)),
        ("problem-not-found", Problem::NotFound),
        ("problem-no-such-site", Problem::NoSuchSite),
        ("problem-method", Problem::MethodNotAllowed),
        ("problem-too-large", Problem::TooLarge),
        ("problem-too-many", Problem::TooMany),
        ("problem-failed", Problem::Failed),
        ("problem-unavailable", Problem::Unavailable),
    ] {
        pages.push((name, site::problem(salon("/somewhere"), problem)));
    }
    pages
}

fn service(id: u128, name: &str, description: &str, minutes: u32, price: Option<&str>, hue: &str) -> ServiceCard {
    ServiceCard {
        id: ServiceId(Uuid::from_u128(id)),
        name: name.into(),
        description: description.into(),
        minutes,
        price: price.map(Into::into),
        hue: hue.into(),
        category: String::new(),
    }
}

fn services(count: usize) -> Services {
    let kinds = [
        service(
            1,
            "Cut and finish",
            "Wash, cut and blow dry, with time to talk through what you would like.",
            45,
            Some("€48.00"),
            "indigo",
        ),
        service(2, "Colour", "Root colour or all over, gloss and finish included.", 120, Some("€95.00"), "plum"),
        service(
            3,
            "Balayage",
            "Hand-painted lights. Includes toner, treatment and blow dry.",
            195,
            Some("€180.00"),
            "orange",
        ),
        service(4, "Fringe trim", "", 15, Some("€12.00"), "teal"),
        service(
            5,
            "First visit: a talk",
            "Fifteen minutes to look at your hair and plan. Nothing to pay.",
            15,
            None,
            "grass",
        ),
    ];
    let services = (0..count).map(|i| {
        let kind = kinds[i % kinds.len()].clone();
        match i / kinds.len() {
            0 => kind,
            round => ServiceCard {
                id: ServiceId(Uuid::from_u128(100 + i as u128)),
                name: format!("{} {}", kind.name, round + 1),
                ..kind
            },
        }
    });
    let tagline = if count == 0 {
        ""
    } else {
        "Hair by people who listen. Five chairs in the old dairy, two minutes from the station."
    };
    Services { tagline: tagline.into(), services: services.collect(), total: count, ..Services::default() }
}

/// As many as a large house has, under headings, with all that the business says of itself.
fn grouped_services() -> Services {
    let mut model = services(80);
    for (place, service) in model.services.iter_mut().enumerate() {
        service.category = ["Hair", "Colour", "Treatments", ""][place * 4 / 80].into();
    }
    Services {
        about: "We opened in 1998, with one chair and a kettle.\nToday there are five chairs. The kettle is the same."
            .into(),
        address: "Old Dairy 5, 10999 Berlin".into(),
        phone: Some("+49 30 555 01 23".into()),
        email: Some("hello@linden.example".into()),
        ..model
    }
}

/// Nothing that is looked for.
fn nothing_found() -> Services {
    Services { services: vec![], search: "tattoo <b>".into(), ..services(80) }
}

fn long_services() -> Services {
    let description = "A very long description that goes on for a while, since some businesses like to say everything at once: \
        what it is, who it is for, what to bring, what to wear, where to park, and what becomes of you afterwards.";
    Services {
        tagline: LONG_WORD.into(),
        services: vec![
            service(1, LONG_WORD, description, 1440, Some("CHF 12,345.00"), "cyan"),
            service(2, "Yoga", description, 75, Some("¥12,000"), "jade"),
            service(3, LONG_WORD, LONG_WORD, 30, None, "crimson"),
        ],
        total: 3,
        ..Services::default()
    }
}

fn month(selected: Option<Date>, state: impl Fn(Date) -> DayState) -> Month {
    let cell = |day: Date| DayCell {
        date: day,
        label: time::day_label(day),
        state: if day.month() == 12 { state(day) } else { DayState::OtherMonth },
        selected: selected == Some(day),
        today: day == date(2026, 12, 2),
    };
    let weeks = (0..5).map(|week| (0..7).map(|day| cell(date(2026, 11, 30) + (week * 7 + day).days())).collect());
    Month {
        label: "December 2026".into(),
        weekdays: vec!["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
        weeks: weeks.collect(),
        earlier: Some(date(2026, 11, 30)),
        later: Some(date(2027, 1, 1)),
    }
}

fn ordinary(day: Date) -> DayState {
    match (day.day(), day.weekday().to_monday_zero_offset()) {
        (1, _) | (29.., _) => DayState::OutOfReach,
        (_, 6) | (25 | 26, _) => DayState::Closed,
        (4 | 18 | 24, _) => DayState::Full,
        (3, _) => DayState::Free(13),
        (number, _) => DayState::Free(1 + (number as usize * 5) % 13),
    }
}

fn slot(clock: &str) -> SlotChoice {
    SlotChoice {
        start: format!("2026-12-03T{clock}:00+01:00"),
        clock: clock.into(),
        label: format!("{clock}, Thursday 3 December 2026"),
        offset: None,
    }
}

/// Day and time, with some of each.
pub(crate) fn pick_time() -> PickTime {
    let staff = [(None, "Anyone"), (Some(1), "Ana Ruiz"), (Some(2), "Ben Okafor"), (Some(3), "Chloe Laurent")];
    PickTime {
        service: services(1).services.remove(0),
        staff: staff
            .map(|(id, name)| StaffChoice {
                id: id.map(|id| ResourceId(Uuid::from_u128(id))),
                name: name.into(),
                selected: id == Some(1),
            })
            .into(),
        chosen_staff: Some(ResourceId(Uuid::from_u128(1))),
        zone_label: ZONE.into(),
        month: Month { earlier: None, ..month(Some(date(2026, 12, 3)), ordinary) },
        day_label: Some("Thursday 3 December 2026".into()),
        day_state: DayState::Free(13),
        slots: [
            "09:00", "09:15", "09:30", "10:45", "11:00", "13:15", "13:30", "14:00", "14:30", "16:45", "17:00", "17:30",
            "18:15",
        ]
        .map(slot)
        .into(),
        next_free: None,
    }
}

/// A day on which nothing is left.
pub(crate) fn full_day() -> PickTime {
    PickTime {
        month: month(Some(date(2026, 12, 4)), ordinary),
        day_label: Some("Friday 4 December 2026".into()),
        day_state: DayState::Full,
        slots: vec![],
        next_free: Some((date(2026, 12, 5), "Saturday 5 December".into())),
        ..pick_time()
    }
}

fn nothing_free() -> PickTime {
    PickTime {
        month: month(None, |day| if ordinary(day) == DayState::Closed { DayState::Closed } else { DayState::Full }),
        day_label: None,
        day_state: DayState::Full,
        slots: vec![],
        next_free: None,
        ..pick_time()
    }
}

/// The last Sunday of October, when 02:00 comes twice.
fn hour_twice() -> PickTime {
    let twice = |clock: &str, offset: &str, shown: &str| SlotChoice {
        start: format!("2026-10-25T{clock}:00{offset}"),
        clock: clock.into(),
        label: format!("{clock} ({shown}), Sunday 25 October 2026"),
        offset: Some(shown.into()),
    };
    PickTime {
        slots: vec![
            twice("02:00", "+02:00", "UTC+2"),
            twice("02:30", "+02:00", "UTC+2"),
            twice("02:00", "+01:00", "UTC+1"),
            twice("02:30", "+01:00", "UTC+1"),
        ],
        ..pick_time()
    }
}

fn long_pick() -> PickTime {
    let choice = |id, name: &str| StaffChoice {
        id: Some(ResourceId(Uuid::from_u128(id))),
        name: name.into(),
        selected: id == 2,
    };
    let staff = (1..20).map(|id| choice(id, ["Ana", LONG_WORD, "Ben Okafor"][id as usize % 3])).collect();
    let slots = (0..96).map(|quarter| slot(&format!("{:02}:{:02}", quarter / 4, quarter % 4 * 15))).collect();
    PickTime { service: long_services().services.remove(0), staff, slots, ..pick_time() }
}

fn details() -> Details {
    Details {
        service: services(1).services.remove(0),
        start: "2026-12-03T14:30:00+01:00".into(),
        clock_range: "14:30 to 15:15".into(),
        day_label: "Thursday 3 December 2026".into(),
        date: date(2026, 12, 3),
        zone_label: ZONE.into(),
        staff: Some((ResourceId(Uuid::from_u128(1)), "Ana Ruiz".into())),
        token: Uuid::from_u128(9),
        kept_until: Some("10:35".into()),
        policy: "You can move or cancel it until 24 hours before it begins.".into(),
        asks: false,
        form: DetailsForm::default(),
        errors: vec![],
        taken: None,
    }
}

fn details_with_errors() -> Details {
    let error = |field: &str, problem| FieldError { field: field.into(), problem };
    Details {
        form: DetailsForm {
            name: String::new(),
            email: "ana@example".into(),
            phone: "call me".into(),
            notes: "\nFirst line kept".into(),
        },
        errors: vec![
            error("name", FieldProblem::Missing),
            error("email", FieldProblem::NotAnEmail),
            error("phone", FieldProblem::NotAPhone),
            error("start", FieldProblem::NotAChoice),
        ],
        staff: None,
        ..details()
    }
}

fn details_taken(alternatives: usize) -> Details {
    Details {
        form: DetailsForm {
            name: "Maria Lopez".into(),
            email: "maria@example.com".into(),
            phone: "+49 30 1234567".into(),
            notes: "I have a <b>cat</b> & a \"dog\".".into(),
        },
        taken: Some(Taken {
            why: "Somebody else has just booked this time",
            alternatives: ["14:15", "14:45", "15:00"].into_iter().take(alternatives).map(slot).collect(),
        }),
        ..details()
    }
}

/// A booking's page.
pub(crate) fn booked(status_label: &'static str) -> Booked {
    Booked {
        reference: "7K3M-9QXA".into(),
        status_label,
        service: "Cut and finish".into(),
        duration: "45 min".into(),
        day_label: "Thursday 3 December 2026".into(),
        clock_range: "14:30 to 15:15".into(),
        zone_label: ZONE.into(),
        with: vec!["Ana Ruiz".into(), "Chair 2".into()],
        price: Some("€48.00".into()),
        customer_name: "Maria Lopez".into(),
        customer_email: "maria@example.com".into(),
        cancelled: (status_label == "Cancelled").then(|| "You cancelled it. Your reason: I am ill.".into()),
        changes: own::changes(status_label == "Cancelled"),
    }
}

fn welcome() -> Welcome {
    Welcome {
        platform_url: "http://platform.localhost:3000/".into(),
        demos: vec![
            ("Salon Aurora".into(), "http://aurora.localhost:3000/".into()),
            ("Clinic am Park".into(), "http://clinic.localhost:3000/".into()),
            ("Yoga on Fifth".into(), "http://yoga.localhost:3000/".into()),
        ],
    }
}
