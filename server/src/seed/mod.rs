//! Demo businesses to try the product with: real rows, made by the same paths that everybody's take.

mod store;

use crate::{
    booking,
    identity::NewPerson,
    password::hash_now,
    state::{App, request_of_our_own},
    tenancy::{AuditOrigin, NewTenant, Provisioner, TenantRoute},
};
use anyhow::{Context, Result};
use domain::{
    actor::{Actor, Role},
    audit::{AuditAction, AuditEntry},
    booking::Contact,
    ids::{ServiceId, UserId},
    schedule::{Window, slots},
    tenant::{TenantStatus, Tier},
    text::Email,
};
use jiff::ToSpan;
use uuid::Uuid;

/// The password of all demo people.
pub const PASSWORD: &str = "smooth-demo";

/// A demo business: what is sold, by whom, when.
pub(crate) struct Demo {
    name: &'static str,
    slug: &'static str,
    timezone: &'static str,
    currency: &'static str,
    /// For one that is swept away: after how many days.
    temporary_days: Option<u8>,
    tagline: &'static str,
    team: &'static [(&'static str, &'static str, Role)],
    /// Rooms and machines, with how many alike there are.
    rooms: &'static [(&'static str, i32)],
    /// Whether it is open from six in the evening until six in the morning, every day.
    is_nightly: bool,
    about: &'static str,
    services: &'static [DemoService],
}

/// A service of a demo business.
pub(crate) struct DemoService {
    name: &'static str,
    description: &'static str,
    category: &'static str,
    minutes: i32,
    step: i32,
    price_minor: i64,
    hue: &'static str,
    needs_staff: bool,
    needs_room: bool,
    buffer_after: i32,
    horizon_days: i32,
    needs_approval: bool,
    is_packed: bool,
    /// At most so many a day.
    a_day: Option<i32>,
}

const fn service(
    name: &'static str,
    description: &'static str,
    minutes: i32,
    price_minor: i64,
    hue: &'static str,
    needs_room: bool,
) -> DemoService {
    DemoService {
        name,
        description,
        category: "",
        minutes,
        step: 15,
        price_minor,
        hue,
        needs_staff: true,
        needs_room,
        buffer_after: 0,
        horizon_days: 60,
        needs_approval: false,
        is_packed: false,
        a_day: None,
    }
}

const DEMOS: &[Demo] = &[
    Demo {
        name: "Linden Hair Studio",
        slug: "demo",
        timezone: "Europe/Berlin",
        currency: "EUR",
        temporary_days: None,
        tagline: "Cuts, colour and a good cup of coffee, two minutes from the park.",
        team: &[
            ("Ana Ruiz", "owner@demo.example", Role::TenantOwner),
            ("Bo Lindqvist", "manager@demo.example", Role::TenantManager),
            ("Chiara Conti", "staff@demo.example", Role::TenantStaff),
        ],
        rooms: &[],
        is_nightly: false,
        about: "Three chairs, no music before ten, and the coffee is free.\nSilent appointments on request: just tell us when you book.",
        services: &[
            service("Haircut", "Wash, cut and blow-dry.", 45, 4800, "indigo", false),
            service("Colour and cut", "Full colour, cut and styling.", 120, 13500, "plum", false),
            service("Beard trim", "Shape, trim and a hot towel.", 20, 1900, "teal", false),
            service("Consultation", "Bring pictures. We talk first, then decide.", 15, 0, "amber", false),
        ],
    },
    Demo {
        name: "Harbour Physio",
        slug: "studio",
        timezone: "Europe/London",
        currency: "GBP",
        temporary_days: Some(30),
        tagline: "Physiotherapy and sports massage by the harbour.",
        team: &[
            ("Olivia Hart", "owner@studio.example", Role::TenantOwner),
            ("Sam Okoye", "staff@studio.example", Role::TenantStaff),
        ],
        rooms: &[("Treatment room 1", 1)],
        is_nightly: false,
        about: "",
        services: &[
            service("First assessment", "An hour to find out what hurts and why.", 60, 6500, "jade", true),
            service("Follow-up", "Treatment and exercises.", 30, 4200, "cyan", true),
            DemoService {
                buffer_after: 15,
                ..service("Sports massage", "Deep tissue, before or after the race.", 45, 5000, "orange", true)
            },
        ],
    },
    Demo {
        name: "Night Owl Studios",
        slug: "nightowl",
        timezone: "America/New_York",
        currency: "USD",
        temporary_days: None,
        tagline: "Rehearse and record while the city sleeps. Open every night, six to six.",
        team: &[("Nora Quill", "owner@nightowl.example", Role::TenantOwner)],
        rooms: &[("Rehearsal room", 3)],
        is_nightly: true,
        about: "Three rooms with drums, amplifiers and a fridge.\nThe last train is at one; the first is at five.",
        services: &[
            DemoService {
                category: "Rooms",
                needs_staff: false,
                step: 30,
                horizon_days: 180,
                ..service("Rehearsal", "A room to yourselves, with everything plugged in.", 120, 4500, "violet", true)
            },
            DemoService {
                category: "Rooms",
                needs_staff: false,
                step: 30,
                horizon_days: 180,
                is_packed: true,
                buffer_after: 15,
                ..service("Solo hour", "For one, at short notice.", 60, 1800, "cyan", true)
            },
            DemoService {
                category: "Sessions",
                horizon_days: 180,
                needs_approval: true,
                buffer_after: 30,
                a_day: Some(2),
                ..service(
                    "Recording session",
                    "A room and Nora at the desk. She answers each request herself.",
                    180,
                    24000,
                    "crimson",
                    true,
                )
            },
        ],
    },
];

/// The demo people of the platform.
const PLATFORM: &[(&str, &str, Role)] = &[
    ("Robin Platform", "root@platform.example", Role::Superuser),
    ("Morgan Lane", "manager@platform.example", Role::PlatformManager),
    ("Sam Keller", "sales@platform.example", Role::PlatformSales),
    ("Uma Hart", "support@platform.example", Role::PlatformSupport),
];

/// Makes what is missing of the demo; `extra` small businesses more, for trying many. Says what it does.
pub async fn seed_demo(app: &App, extra: usize, mut say: impl FnMut(String)) -> Result<()> {
    app.routes
        .refresh(&app.db)
        .await
        .map_err(|e| anyhow::anyhow!("{e}"))
        .context("migrate first: `smoothschedule migrate`")?;
    let password_hash = hash_now(PASSWORD)?;
    let provisioner = Provisioner::new(&app.config);
    for (name, email, role) in PLATFORM {
        provisioner.ensure_person(&person(name, email, *role, &password_hash)).await?;
    }
    let taken: Vec<String> = app.routes.tenants().iter().map(|t| t.primary_host.clone()).collect();
    for demo in DEMOS {
        if taken.contains(&app.config.base.sub(demo.slug)) {
            say(format!("{} is there already", demo.name));
            continue;
        }
        let route = make(app, &provisioner, demo, demo.slug, demo.name, &password_hash).await?;
        // Letters name the host of the business.
        app.routes.refresh(&app.db).await.map_err(|failure| anyhow::anyhow!("{failure}"))?;
        let booked = book_some(app, &route).await?;
        say(format!(
            "{}: {} services, {} people, {booked} appointments",
            demo.name,
            demo.services.len(),
            demo.team.len()
        ));
    }
    for number in 1..=extra {
        let slug = format!("demo-{number:03}");
        if taken.contains(&app.config.base.sub(&slug)) {
            continue;
        }
        make(app, &provisioner, &DEMOS[0], &slug, &format!("Demo business {number}"), &password_hash).await?;
        if number % 10 == 0 || number == extra {
            say(format!("{number} of {extra} more businesses"));
        }
    }
    Ok(())
}

/// The addresses and people to try, as lines to print.
pub fn addresses(app: &App) -> Vec<String> {
    let base = &app.config.base;
    let mut lines = vec![
        format!("{:<34} what the product is", base.url(&base.host)),
        format!("{:<34} the platform", base.url(&base.sub("platform"))),
    ];
    let login = format!("{}/login", base.url(&base.sub("platform")));
    lines
        .extend(PLATFORM.iter().map(|(name, email, role)| format!("{login:<34}   {email} ({name}, {})", role.label())));
    for demo in DEMOS {
        lines.push(format!("{:<34} {}: book here", base.url(&base.sub(demo.slug)), demo.name));
        for (name, email, role) in demo.team {
            lines.push(format!(
                "{:<34}   {email} ({name}, {})",
                format!("{}/login", base.url(&base.sub(demo.slug))),
                role.label()
            ));
        }
    }
    lines.push(format!(
        "Everybody's password is {PASSWORD}; /dev/login signs in with one click, /dev/inbox has the letters"
    ));
    lines
}

fn person(name: &str, email: &str, role: Role, password_hash: &str) -> NewPerson {
    NewPerson {
        id: UserId(Uuid::now_v7()),
        email: email.into(),
        name: name.into(),
        password_hash: Some(password_hash.into()),
        role,
        is_temporary: false,
    }
}

async fn make(
    app: &App,
    provisioner: &Provisioner,
    demo: &Demo,
    slug: &str,
    name: &str,
    password_hash: &str,
) -> Result<TenantRoute> {
    let people: Vec<NewPerson> = demo
        .team
        .iter()
        .map(|(name, email, role)| {
            person(name, &email.replace(&format!("@{}.", demo.slug), &format!("@{slug}.")), *role, password_hash)
        })
        .collect();
    let customer = person("Maria Lopez", &format!("customer@{slug}.example"), Role::Customer, password_hash);
    let route = provisioner
        .create(&NewTenant {
            name: name.into(),
            slug: slug.into(),
            timezone: demo.timezone.into(),
            tier: Tier::Professional,
            status: TenantStatus::Active,
            temporary_days: demo.temporary_days,
            domain: None,
            people: people.iter().cloned().chain([customer]).collect(),
            by: None,
        })
        .await?;
    let fill = async {
        let mut tx = app.db.write(&route).await?;
        store::fill(&mut tx, demo, &people).await?;
        let entry = AuditEntry::by(&Actor::Visitor, AuditAction::TenantSeeded, format!("tenant/{}", route.id))
            .detail(format!("{} services", demo.services.len()));
        tx.commit(&AuditOrigin::default(), entry).await
    };
    fill.await.map_err(|failure| anyhow::anyhow!("{failure}")).with_context(|| format!("filling {name}"))?;
    Ok(route)
}

/// Some appointments for the days around now, booked as customers book them.
async fn book_some(app: &App, route: &TenantRoute) -> Result<usize> {
    const PEOPLE: [&str; 8] = [
        "Maria Lopez",
        "Jonas Weber",
        "Aylin Demir",
        "Tom Fischer",
        "Emma Rossi",
        "Noah Klein",
        "Priya Nair",
        "Lena Vogt",
    ];
    let cx = request_of_our_own(app, route, "seed");
    let run = async {
        let mut booked = 0;
        let mut tx = app.db.read(route).await?;
        let services = booking::store::list_online_services(&mut tx).await?;
        drop(tx);
        for turn in 0..24_usize {
            let service = ServiceId(services[turn % services.len()].id);
            let mut tx = app.db.read(route).await?;
            let mut offer = booking::Offer::load(&mut tx, &route.zone, service, None, cx.now).await?;
            let today = cx.now.to_zoned(route.zone.clone()).date();
            let window = Window { from: today, to: today.saturating_add(6.days()) };
            offer.load_claims(&mut tx, window, cx.now).await?;
            drop(tx);
            let free = slots(cx.now, window, &offer.service, &offer.calendar.state);
            // Spread over the days: every seventeenth free start, another one each turn.
            let Some(slot) = free.get((turn * 17) % free.len().max(1)) else { continue };
            let name = PEOPLE[turn % PEOPLE.len()];
            let email = format!("{}@customers.example", name.to_lowercase().replace(' ', "."));
            let Ok(email) = Email::parse(&email) else { continue };
            let contact = Contact { name: name.into(), email, phone: None, notes: String::new() };
            let request = booking::Request { service, start: slot.start, staff: None, token: Uuid::new_v4(), contact };
            if let booking::Outcome::Booked(_) = booking::book(app, &cx, &request).await? {
                booked += 1;
            }
        }
        Ok::<_, crate::error::Failure>(booked)
    };
    run.await.map_err(|failure| anyhow::anyhow!("{failure}"))
}
