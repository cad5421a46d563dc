//! The samples of the set-up: services, resources, time off, settings; empty, filled, wrong, with an effect, overtaken.

use crate::frames::{Frames, LONG_WORD, flashed, masked};
use app::{
    resources::{self, model::*},
    services::{self, model::*},
    settings::{self, model::*},
    setup::model::*,
    ui::{form::FormError, notice::Tone},
};
use domain::{
    actor::Role,
    catalogue::{NeedForm, ServiceForm},
    hours::{OverrideForm, SpanForm, WeekForm},
    ids::{ResourceId, UserId},
    resource::{ResourceForm, ResourceKind, TimeChoice, TimeOffForm},
    settings::{BusinessForm, ClosureForm, PoliciesForm},
    typed::{Ahead, Change},
};
use jiff::civil::date;
use uuid::Uuid;

/// Their pages.
pub(crate) fn pages(frames: &Frames) -> Vec<(&'static str, String)> {
    let owner = |path: &str| frames.owner(path);
    let staff = |path: &str| frames.on(crate::frames::salon(), Some(Role::TenantStaff), path);
    let list = |model| services::list(owner("/services"), model);
    let one = |model| services::service(owner("/services/1"), model);
    let resource = |model| resources::resource(owner("/resources/1"), model);
    let off = |model| resources::time_off(staff("/resources/1/time-off"), model);
    let all = |model| settings::settings(owner("/settings"), model);
    vec![
        ("setup-services", list(service_list())),
        ("setup-services-archived", list(Services { is_archive: true, archived: 2, ..service_list() })),
        ("setup-services-archive-empty", list(Services { is_archive: true, ..Services::default() })),
        ("setup-services-first", list(Services { has_resources: true, ..Services::default() })),
        ("setup-services-nothing", list(Services::default())),
        ("setup-service-new", one(ServicePage { id: None, ..service() })),
        (
            "setup-service-new-nobody",
            one(ServicePage { id: None, choices: vec![], form: ServiceForm::default(), ..service() }),
        ),
        ("setup-service", one(service())),
        (
            "setup-service-saved",
            services::service(flashed(owner("/services/1"), Tone::Ok, "Haircut is saved."), service()),
        ),
        ("setup-service-errors", one(service_errors())),
        ("setup-service-effect", one(ServicePage { sent: sent_effect(""), ..service() })),
        ("setup-service-effect-none", one(ServicePage { sent: sent_quiet(), ..service() })),
        ("setup-service-meanwhile", one(ServicePage { sent: sent_meanwhile(""), ..service() })),
        ("setup-service-archived", one(ServicePage { is_archived: true, ..service() })),
        ("setup-service-masked", services::service(masked(owner("/services/1")), service())),
        ("setup-resources", resources::list(owner("/resources"), resource_list())),
        (
            "setup-resources-archived",
            resources::list(owner("/resources"), Resources { is_archive: true, ..resource_list() }),
        ),
        ("setup-resources-none", resources::list(owner("/resources"), Resources::default())),
        ("setup-resource-new", resource(ResourcePage { id: None, ..resource_page() })),
        ("setup-resource-new-errors", resource(ResourcePage { id: None, ..resource_errors() })),
        ("setup-resource", resource(resource_page())),
        ("setup-resource-no-hours", resource(no_hours())),
        ("setup-resource-errors", resource(hours_errors())),
        ("setup-resource-effect", resource(ResourcePage { sent: sent_effect("hours"), ..resource_page() })),
        ("setup-resource-meanwhile", resource(ResourcePage { sent: sent_meanwhile("hours"), ..resource_page() })),
        ("setup-resource-archived", resource(ResourcePage { is_archived: true, coming: 1, ..resource_page() })),
        ("setup-time-off", off(time_off())),
        ("setup-time-off-none", off(TimeOffPage { rows: vec![], dates: vec![], ..time_off() })),
        ("setup-time-off-choice", off(time_off_choice())),
        ("setup-time-off-effect", off(TimeOffPage { sent: sent_effect(""), ..time_off() })),
        (
            "setup-time-off-owner",
            resources::time_off(
                owner("/resources/1/time-off"),
                TimeOffPage { may_edit_hours: true, name: LONG_WORD.into(), ..time_off() },
            ),
        ),
        ("setup-own-none", resources::own(staff("/time-off"), OwnCalendars::default())),
        ("setup-own-several", resources::own(staff("/time-off"), own_several())),
        ("setup-settings", all(settings_page())),
        ("setup-settings-new", all(Settings { closures: vec![], colour: String::new(), ..settings_page() })),
        ("setup-settings-errors", all(settings_errors())),
        ("setup-settings-fixed", all(settings_fixed())),
        ("setup-settings-colour", all(Settings { colour: "#ffe100".into(), ..settings_page() })),
        ("setup-settings-effect", all(Settings { sent: sent_effect("closures"), ..settings_page() })),
        ("setup-settings-meanwhile", all(Settings { sent: sent_meanwhile("policies"), ..settings_page() })),
    ]
}

fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn service_list() -> Services {
    let row = |n: u128, name: &str, category: &str, hue: &str, price: Option<&str>, who: &str, is_online| ServiceRow {
        id: id(n),
        name: name.into(),
        category: category.into(),
        hue: hue.into(),
        length: "45 min".into(),
        price: price.map(Into::into),
        who: who.into(),
        is_online,
    };
    Services {
        rows: vec![
            row(1, "Haircut", "Cuts", "indigo", Some("€48.00"), "Ana Ruiz, Ben Okafor or Chloe Laurent", true),
            row(2, "Balayage", "Colour", "orange", Some("€210.00"), "1 of 7, and Treatment room", true),
            row(3, LONG_WORD, LONG_WORD, "plum", None, LONG_WORD, false),
            row(4, "Model evening", "", "slate", None, "Nobody yet", false),
        ],
        is_archive: false,
        archived: 2,
        has_resources: true,
    }
}

fn choices() -> Vec<Choices> {
    let some = |from: u128, names: &[&str]| {
        names.iter().zip(from..).map(|(name, n)| (ResourceId(id(n)), (*name).to_owned())).collect()
    };
    vec![
        Choices { kind: ResourceKind::Staff, resources: some(1, &["Ana Ruiz", "Ben Okafor", LONG_WORD]) },
        Choices { kind: ResourceKind::Room, resources: some(11, &["Treatment room", "Basin"]) },
    ]
}

fn service() -> ServicePage {
    let need = |count: &str, pool: &[u128]| NeedForm {
        count: count.into(),
        pool: pool.iter().map(|n| ResourceId(id(*n))).collect(),
    };
    ServicePage {
        id: Some(id(1)),
        name: "Haircut".into(),
        version: 3,
        form: ServiceForm {
            name: "Haircut".into(),
            category: "Cuts".into(),
            description: "Wash, cut and blow-dry.".into(),
            minutes: "45".into(),
            price: "48.00".into(),
            buffer_after: "10".into(),
            grid: "packed".into(),
            cancel: Ahead { number: "2".into(), unit: "days".into() },
            limits: ["8".into(), String::new(), String::new(), "600".into(), String::new(), String::new()],
            needs: vec![need("1", &[1, 2]), need("1", &[11])],
            ..ServiceForm::default()
        },
        currency: "EUR".into(),
        choices: choices(),
        categories: vec!["Cuts".into(), "Colour".into()],
        is_archived: false,
        coming: 12,
        sent: Sent::default(),
    }
}

fn errors(all: &[(&str, &str)]) -> Vec<FormError> {
    all.iter().map(|(field, message)| FormError::new(field, *message)).collect()
}

fn service_errors() -> ServicePage {
    let page = service();
    let errors = errors(&[
        ("name", "Enter a name"),
        ("minutes", "Enter the length as a whole number from 1 to 1440"),
        ("price", "Enter the price in EUR, such as 48.00, or leave it empty"),
        ("need-1-count", "Need 2 takes 3, but only 1 is ticked: tick more, or take fewer"),
        ("notice", "Enter the notice as a whole number, at most 365 days in all"),
        ("cancel", "Choose minutes, hours or days for the time to cancel"),
        ("day_count", "Enter the limit a day, by number as a whole number from 0 to 1000000"),
        ("is_online", "Tick who or what it needs, or switch online booking off: a booking has to hold somebody's time"),
    ]);
    let form = ServiceForm { name: String::new(), minutes: "soon".into(), price: "4,8,0".into(), ..page.form.clone() };
    ServicePage { form, sent: Sent { errors, ..Sent::default() }, ..page }
}

fn effect(appointments: u128) -> EffectShown {
    let line =
        |name: &str, before, after, words: &str| ServiceLine { name: name.into(), before, after, words: words.into() };
    let appointment = |n: u128| AppointmentLine {
        id: id(n),
        label: format!("Thu 3 Dec 2026, 10:00, Haircut, {}", if n == 2 { LONG_WORD } else { "Maria Lopez" }),
        trouble: if n == 1 { "during time off" } else { "outside hours" },
    };
    EffectShown {
        sentence: match appointments {
            0 => "No difference in slots in the next 31 days; no appointment is in the way".into(),
            _ => "34 slots fewer in the next 31 days; 12 appointments outside hours; 1 appointment during time off"
                .into(),
        },
        services: vec![line("Haircut", 312, 278, "34 slots fewer"), line("Balayage", 40, 40, "No difference in slots")],
        appointments: (1..=appointments).map(appointment).collect(),
        more: if appointments > 0 { 3 } else { 0 },
        is_cut: appointments > 5,
    }
}

fn sent_effect(form: &'static str) -> Sent {
    Sent { form, effect: Some(effect(10)), ..Sent::default() }
}

fn sent_quiet() -> Sent {
    Sent { effect: Some(effect(0)), ..Sent::default() }
}

fn sent_meanwhile(form: &'static str) -> Sent {
    let change = |label: &str, before: &str, after: &str| Change {
        label: label.into(),
        before: before.into(),
        after: after.into(),
    };
    let found = vec![
        change("Price", "€52.00", "€48.00"),
        change("Description", "", LONG_WORD),
        change("Need 2", "1 of Treatment room", ""),
    ];
    Sent { form, meanwhile: Some(found), ..Sent::default() }
}

fn resource_list() -> Resources {
    let row = |n: u128, name: &str, kind, quantity, hours: &str| ResourceRow {
        id: id(n),
        name: name.into(),
        kind,
        quantity,
        zone: (n == 3).then(|| "America/New_York".to_owned()),
        hours: hours.into(),
        login: (n == 1).then(|| "Ana Ruiz".to_owned()),
    };
    Resources {
        rows: vec![
            row(1, "Ana Ruiz", ResourceKind::Staff, 1, "Tue to Sat 09:00–12:30, 13:15–17:00"),
            row(2, LONG_WORD, ResourceKind::Staff, 1, "No hours yet"),
            row(3, "Treatment room", ResourceKind::Room, 3, "Every day 18:00–06:00 the next day"),
            row(4, "Laser", ResourceKind::Equipment, 1, "Mon 09:00–17:00; Wed 09:00–12:00; Fri and Sat 09:00–17:00"),
        ],
        is_archive: false,
        archived: 1,
    }
}

fn resource_page() -> ResourcePage {
    let hours: Vec<_> = (2..=6).flat_map(|day| [(day, 540, 750), (day, 795, 1020)]).collect();
    let mut week = WeekForm::of(&hours);
    for day in &mut week.days {
        if day.is_empty() {
            day.push(SpanForm::default());
        }
    }
    ResourcePage {
        id: Some(id(1)),
        name: "Ana Ruiz".into(),
        version: 2,
        form: ResourceForm { name: "Ana Ruiz".into(), login: id(7).to_string(), ..ResourceForm::default() },
        zones: vec!["Europe/Berlin".into(), "America/New_York".into()],
        zone: "Europe/Berlin".into(),
        team: vec![(UserId(id(7)), "Ana Ruiz".into()), (UserId(id(8)), "Ben Okafor".into())],
        week,
        hours: "Tue to Sat 09:00–12:30, 13:15–17:00".into(),
        dates: dates(),
        other: OverrideForm { spans: vec![SpanForm::default()], ..OverrideForm::default() },
        is_archived: false,
        coming: 4,
        sent: Sent::default(),
    }
}

fn dates() -> Vec<DateRow> {
    vec![
        DateRow { date: date(2026, 12, 24), label: "Thursday 24 December 2026".into(), hours: "09:00–13:00".into() },
        DateRow { date: date(2026, 12, 31), label: "Thursday 31 December 2026".into(), hours: "closed".into() },
    ]
}

fn no_hours() -> ResourcePage {
    let week = WeekForm { days: std::array::from_fn(|_| vec![SpanForm::default()]) };
    ResourcePage { week, hours: "No hours yet".into(), dates: vec![], coming: 0, ..resource_page() }
}

fn resource_errors() -> ResourcePage {
    let errors = errors(&[
        ("name", "Enter a name"),
        ("kind", "Choose what it is from the list"),
        ("quantity", "Enter how many there are as a whole number from 1 to 200"),
        ("login", "Choose a login from the list"),
        ("zone", "Enter a time zone such as Europe/Berlin, or leave it empty"),
    ]);
    let form = ResourceForm { name: String::new(), kind: "x".into(), quantity: "0".into(), ..ResourceForm::default() };
    ResourcePage { form, sent: Sent { form: "facts", errors, ..Sent::default() }, ..resource_page() }
}

fn hours_errors() -> ResourcePage {
    let mut page = resource_page();
    let span = |from: &str, to: &str| SpanForm { from: from.into(), to: to.into() };
    page.week.days[1] = vec![span("09:00", "13:00"), span("12", "x")];
    let errors = errors(&[
        ("d2-from-1", "Two spans on Tuesday overlap: 12:00 is before 09:00–13:00 ends"),
        ("d2-to-1", "Enter when a span ends on Tuesday as a time such as 17:30"),
    ]);
    ResourcePage { sent: Sent { form: "hours", errors, ..Sent::default() }, ..page }
}

fn time_off() -> TimeOffPage {
    let row = |n: u128, label: &str, reason: &str| TimeOffRow { id: id(n), label: label.into(), reason: reason.into() };
    TimeOffPage {
        id: id(1),
        name: "Ana Ruiz".into(),
        zone: "Europe/Berlin".into(),
        hours: "Tue to Sat 09:00–12:30, 13:15–17:00".into(),
        dates: dates(),
        may_edit_hours: false,
        rows: vec![
            row(1, "Thu 24 Dec 2026, 00:00 to Sat 2 Jan 2027, 00:00", "Holiday"),
            row(2, "Mon 11 Jan 2027, 09:00 to Mon 11 Jan 2027, 11:30", ""),
        ],
        ..TimeOffPage::default()
    }
}

fn time_off_choice() -> TimeOffPage {
    let way = |value: &str, label: &str| TimeChoice { value: value.into(), label: label.into() };
    let errors = errors(&[
        (
            "from_choice",
            "02:30 on Sunday 28 March 2027: there is no such time: the clocks are put forward. Choose what there is, or enter another",
        ),
        (
            "to_choice",
            "02:30 on Sunday 31 October 2027: this time comes twice: the clocks are put back. Choose which is meant",
        ),
        ("reason", "Shorten the reason to 200 characters or fewer"),
    ]);
    TimeOffPage {
        form: TimeOffForm {
            from_date: "2027-03-28".into(),
            from_time: "02:30".into(),
            to_date: "2027-10-31".into(),
            to_time: "2:30".into(),
            reason: LONG_WORD.into(),
            ..TimeOffForm::default()
        },
        from_choices: vec![way(
            "2027-03-28T03:00:00+02:00",
            "03:00 when the clocks have changed (Sunday 28 March 2027, UTC+2)",
        )],
        to_choices: vec![
            way("2027-10-31T02:30:00+02:00", "02:30 for the first time (Sunday 31 October 2027, UTC+2)"),
            way("2027-10-31T02:30:00+01:00", "02:30 for the second time (Sunday 31 October 2027, UTC+1)"),
        ],
        sent: Sent { errors, ..Sent::default() },
        ..time_off()
    }
}

fn own_several() -> OwnCalendars {
    OwnCalendars {
        rows: vec![
            (id(1), "Ana Ruiz".into(), "Tue to Sat 09:00–12:30".into()),
            (id(2), "Ana Ruiz, evenings".into(), "No hours yet".into()),
        ],
    }
}

fn settings_page() -> Settings {
    let row = |n: u128, name: &str, label: &str| ClosureRow { id: id(n), name: name.into(), label: label.into() };
    Settings {
        name: "Salon Aurora".into(),
        zone: "Europe/Berlin".into(),
        version: 5,
        business: BusinessForm {
            currency: "EUR".into(),
            week_start: "1".into(),
            tagline: "Three chairs, no music before ten.".into(),
            about: "The coffee is free.\nSilent appointments on request.".into(),
            contact_email: "salon@example.com".into(),
            contact_phone: "+49 30 1234567".into(),
            address: "Lindenstr. 5\n10969 Berlin".into(),
        },
        currency_fixed: None,
        policies: policies(),
        colour: "#0f766e".into(),
        closures: vec![
            row(1, "Christmas", "Friday 25 December 2026 to Saturday 26 December 2026"),
            row(2, LONG_WORD, "Friday 1 January 2027"),
        ],
        closure: ClosureForm::default(),
        sent: Sent::default(),
    }
}

fn policies() -> PoliciesForm {
    let hours = |number: &str| Ahead { number: number.into(), unit: "hours".into() };
    PoliciesForm { buffer_mode: "max".into(), cancel: hours("24"), reschedule: hours("12"), reminder: hours("") }
}

fn settings_fixed() -> Settings {
    let why = "Appointments were booked at prices in this currency, so it cannot be changed any more";
    Settings { currency_fixed: Some(why.into()), ..settings_page() }
}

fn settings_errors() -> Settings {
    let errors = errors(&[
        ("tagline", "Shorten the line under the name to 300 characters or fewer"),
        ("contact_email", "Enter an e-mail address like name@example.com"),
        ("contact_phone", "Enter a phone number with digits, such as +49 30 1234567"),
        ("currency", "Choose a currency from the list"),
    ]);
    let page = settings_page();
    let business =
        BusinessForm { contact_email: "salon".into(), contact_phone: "call".into(), ..page.business.clone() };
    Settings { business, sent: Sent { form: "business", errors, ..Sent::default() }, ..page }
}
