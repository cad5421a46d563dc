//! The samples of businesses, people and their schemas.

use crate::{
    control,
    frames::{Frames, LONG_NAME, LONG_WORD, flashed, masked, masked_long, moment},
};
use app::{
    people::{self, model::*},
    platform::{self, model::*},
    ui::{
        form::{FormError, Offer, Refused},
        list::Listing,
        notice::Tone,
    },
};
use domain::{
    actor::Role,
    tenant::{TenantStatus, Tier},
};
use uuid::Uuid;

/// Their pages.
pub(crate) fn pages(frames: &Frames) -> Vec<(&'static str, String)> {
    let desk = |path: &str| frames.desk(path);
    let no_list = || Tenants { may_create: true, ..Tenants::default() };
    let filtered = TenantFilter {
        q: "schmidt & <b>".into(),
        status: Some(TenantStatus::Trial),
        behind: true,
        sort: TenantSort::Created,
        ..TenantFilter::default()
    };
    let no_match =
        Tenants { filter: filtered, list: Listing { is_filtered: true, ..Listing::default() }, may_create: true };
    let team_new =
        NewPerson { roles: vec![Role::TenantOwner, Role::TenantManager, Role::TenantStaff], ..NewPerson::default() };
    vec![
        ("tenants", platform::tenants(desk("/"), tenants())),
        ("tenants-masked", platform::tenants(masked(desk("/")), tenants())),
        ("tenants-none", platform::tenants(desk("/"), no_list())),
        ("tenants-none-sales", platform::tenants(frames.support("/"), Tenants::default())),
        ("tenants-no-match", platform::tenants(desk("/"), no_match)),
        ("tenants-refused", platform::tenants(desk("/"), Tenants { list: refused_list(), ..Tenants::default() })),
        ("tenant-new", platform::new_tenant(desk("/tenants/new"), new_tenant())),
        ("tenant-new-errors", platform::new_tenant(desk("/tenants/new"), new_tenant_errors())),
        (
            "tenant",
            platform::tenant(
                flashed(desk("/tenants/1"), Tone::Ok, "Salon Aurora was created. Its owner gets a letter with a link."),
                tenant(),
            ),
        ),
        ("tenant-refused", platform::tenant(desk("/tenants/1"), tenant_refused())),
        ("tenant-support", platform::tenant(frames.support("/tenants/1"), tenant_bare())),
        ("tenant-long", platform::tenant(masked_long(desk("/tenants/1")), tenant_long())),
        ("users", people::users(desk("/users"), users())),
        ("users-none", people::users(desk("/users"), People { add: Some(Ok(())), ..People::default() })),
        ("users-no-match", people::users(desk("/users"), users_no_match())),
        ("user-new", people::new_user(desk("/users/new"), new_user())),
        ("user-new-errors", people::new_user(desk("/users/new"), new_user_errors())),
        ("user", people::user(desk("/users/1"), user())),
        ("user-refused", people::user(desk("/users/1"), user_refused())),
        ("user-off", people::user(frames.support("/users/1"), user_off())),
        ("user-long", people::user(masked(desk("/users/1")), user_long())),
        ("team", people::team(frames.owner("/team"), team())),
        ("team-one", people::team(masked(frames.owner("/team")), team_one())),
        ("team-none", people::team(frames.owner("/team"), People { add: Some(Ok(())), ..People::default() })),
        ("team-new", people::new_member(frames.owner("/team/new"), team_new.clone())),
        (
            "team-new-errors",
            people::new_member(
                frames.owner("/team/new"),
                NewPerson {
                    errors: vec![
                        FormError::new("name", "Enter a name"),
                        FormError::new("email", "Enter an e-mail address like name@example.com"),
                    ],
                    ..team_new
                },
            ),
        ),
        (
            "member",
            people::member(
                flashed(frames.owner("/team/1"), Tone::Warn, "The letter could not be sent. Try again in a moment."),
                member(),
            ),
        ),
        ("migrations", platform::migrations(desk("/migrations"), migrations())),
        ("migrations-behind", platform::migrations(desk("/migrations"), Migrations { broken: vec![], ..migrations() })),
        (
            "migrations-done",
            platform::migrations(desk("/migrations"), Migrations { behind: 0, broken: vec![], ..migrations() }),
        ),
        (
            "migrations-none",
            platform::migrations(desk("/migrations"), Migrations { target: 3, ..Migrations::default() }),
        ),
    ]
}

fn refused_list<T>() -> Listing<T> {
    let why = "Businesses are open to managers, sales and support. Ask a manager of the platform.";
    Listing { refused: Some(why.into()), ..Listing::default() }
}

/// A business as others name it.
pub(crate) fn aurora() -> TenantLink {
    TenantLink { id: Uuid::from_u128(1), name: "Salon Aurora".into(), slug: "aurora".into() }
}

/// One whose name no line takes.
pub(crate) fn long_tenant() -> TenantLink {
    TenantLink {
        id: Uuid::from_u128(2),
        name: LONG_NAME.into(),
        slug: "dr-wolfgang-schmidt-rottenberger-physiotherapie".into(),
    }
}

fn tenants() -> Tenants {
    use app::domains::model::DomainState;
    let row = |n: u128, name: &str, slug: &str, status, tier, is_behind| TenantRow {
        id: Uuid::from_u128(n),
        name: name.into(),
        url: format!("http://{slug}.localhost:3000/"),
        host: format!("{slug}.localhost:3000"),
        status,
        tier,
        people: n as u32 * 3,
        bookings_30d: n as u32 * 87 % 400,
        domains: (n % 3) as u32,
        domains_state: [None, Some(DomainState::Active), Some(DomainState::Misconfigured)][n as usize % 3],
        schema_version: if is_behind { 2 } else { 3 },
        is_behind,
        created: moment("3 Dec 2026"),
        demo_until: (status == TenantStatus::Trial).then(|| moment("17 Dec 2026")),
    };
    let rows = vec![
        row(1, "Clinic am Park", "clinic", TenantStatus::Active, Tier::Business, false),
        row(
            2,
            LONG_NAME,
            "dr-wolfgang-schmidt-rottenberger-physiotherapie",
            TenantStatus::Trial,
            Tier::Enterprise,
            true,
        ),
        row(3, "Old Forge Workshops", "forge", TenantStatus::Suspended, Tier::Professional, false),
        row(4, "Salon Aurora", "aurora", TenantStatus::Active, Tier::Free, false),
        row(5, "Yoga on Fifth", "yoga", TenantStatus::Closed, Tier::Free, true),
    ];
    let count = "128 businesses, 96 open, 2 behind in migrations".into();
    let list = Listing { rows, count, first: Some("/".into()), next: Some("/?after=x".into()), ..Listing::default() };
    Tenants { filter: TenantFilter::default(), list, may_create: true }
}

fn new_tenant() -> NewTenant {
    NewTenant {
        form: NewTenantForm {
            timezone: "Europe/Berlin".into(),
            tier: "FREE".into(),
            days: "14".into(),
            ..NewTenantForm::default()
        },
        base_domain: "localhost:3000".into(),
        zones: vec!["Europe/Berlin".into(), "Europe/Madrid".into()],
        ..NewTenant::default()
    }
}

fn new_tenant_errors() -> NewTenant {
    let form = NewTenantForm {
        name: LONG_NAME.into(),
        slug: "Aurora!".into(),
        timezone: "Berlin".into(),
        tier: "BUSINESS".into(),
        owner_name: String::new(),
        owner_email: "ana@example".into(),
        is_temporary: true,
        days: "90".into(),
    };
    let errors = vec![
        FormError::new("slug", "Use lower-case letters, digits and hyphens for the address"),
        FormError::new("timezone", "Enter a time zone such as Europe/Berlin"),
        FormError::new("owner_name", "Enter the owner's name"),
        FormError::new("owner_email", "Enter the owner's e-mail like name@example.com"),
        FormError::new("days", "Enter a number of days from 1 to 30"),
    ];
    NewTenant {
        form,
        errors,
        only_demo: true,
        base_domain: "a-rather-long-base-domain.example.com".into(),
        ..new_tenant()
    }
}

fn tenant() -> TenantPage {
    TenantPage {
        id: Uuid::from_u128(1),
        name: "Salon Aurora".into(),
        slug: "aurora".into(),
        url: "http://aurora.localhost:3000/".into(),
        host: "aurora.localhost:3000".into(),
        status: TenantStatus::Active,
        suspended_reason: None,
        tier: Tier::Free,
        limits: vec![
            LimitUse { label: "People".into(), used: "3 of 5".into(), is_full: false },
            LimitUse { label: "Domains".into(), used: "1 of 1".into(), is_full: true },
            LimitUse { label: "Bookings this month".into(), used: "87 of 500".into(), is_full: false },
        ],
        timezone: "Europe/Berlin".into(),
        zones: vec!["Europe/Berlin".into()],
        created: moment("3 Dec 2026"),
        demo_until: None,
        schema_version: 3,
        target_version: 3,
        migration_error: None,
        people: people_rows(None).into_iter().skip(4).collect(),
        people_count: 5,
        domains: control::domains().list.rows.into_iter().take(2).collect(),
        grants: control::grants().list.rows.into_iter().take(2).collect(),
        audit: Some(control::entries(false).into_iter().take(4).collect()),
        may_add_person: true,
        may_grant: true,
        actions: TenantActions {
            edit: Some(Ok(())),
            tier: Some(Ok(())),
            suspend: Some(Ok(())),
            restore: None,
            close: Some(Err("Suspend it first: a business that takes bookings is not closed.".into())),
            extend: None,
        },
        refused: None,
    }
}

fn tenant_refused() -> TenantPage {
    let refused = Refused {
        form: "close".into(),
        values: vec![("reason".into(), "They moved on".into()), ("confirm".into(), "aurroa".into())],
        errors: vec![FormError::new("confirm", "Type aurora to confirm")],
    };
    TenantPage {
        status: TenantStatus::Suspended,
        suspended_reason: Some("No payment for three months; three letters without an answer.".into()),
        actions: TenantActions {
            edit: Some(Ok(())),
            tier: Some(Err("The plan of a suspended business stays as it is.".into())),
            restore: Some(Ok(())),
            close: Some(Ok(())),
            ..TenantActions::default()
        },
        refused: Some(refused),
        ..tenant()
    }
}

fn tenant_bare() -> TenantPage {
    TenantPage {
        people: vec![],
        people_count: 0,
        domains: vec![],
        grants: vec![],
        audit: None,
        may_add_person: false,
        may_grant: false,
        actions: TenantActions::default(),
        ..tenant()
    }
}

fn tenant_long() -> TenantPage {
    TenantPage {
        name: LONG_NAME.into(),
        host: "dr-wolfgang-schmidt-rottenberger-physiotherapie.localhost:3000".into(),
        demo_until: Some(moment("17 Dec 2026")),
        schema_version: 2,
        migration_error: Some("0003_policies.sql: ERROR: column \"notice\" of relation \"policy\" already exists\nLINE 4: alter table policy add column notice interval;".into()),
        people: people_rows(None),
        actions: TenantActions { edit: Some(Ok(())), extend: Some(Ok(())), ..tenant().actions },
        ..tenant()
    }
}

/// People of every role, and what acting as them would be.
fn people_rows(tenant: Option<TenantLink>) -> Vec<PersonRow> {
    let off = |why: &str| -> Offer { Some(Err(why.into())) };
    let row = |n: u128, name: &str, role: Role, state, masquerade| PersonRow {
        id: Uuid::from_u128(n),
        name: name.into(),
        email: format!("{}@example.com", name.to_lowercase().replace(' ', ".")),
        role,
        tenant: tenant.clone().filter(|_| !role.is_platform()),
        is_temporary: n == 6,
        last_seen: (state != PersonState::Invited).then(|| moment("12 minutes ago")),
        state,
        masquerade,
    };
    let long = PersonRow {
        name: LONG_WORD.into(),
        email: format!("{LONG_WORD}@example.com"),
        tenant: tenant.as_ref().map(|_| long_tenant()),
        ..row(9, "x", Role::Customer, PersonState::Active, Some(Ok(())))
    };
    vec![
        row(1, "Root Person", Role::Superuser, PersonState::Active, off("That is you.")),
        row(2, "Mia Keller", Role::PlatformManager, PersonState::Active, Some(Ok(()))),
        row(3, "Sam Osei", Role::PlatformSales, PersonState::Inactive, off("The login is switched off.")),
        row(4, "Uma Patel", Role::PlatformSupport, PersonState::Active, Some(Ok(()))),
        row(5, "Olga Novak", Role::TenantOwner, PersonState::Active, Some(Ok(()))),
        row(6, "Max Weber", Role::TenantManager, PersonState::Active, Some(Ok(()))),
        row(7, "Ana Ruiz", Role::TenantStaff, PersonState::Invited, off("Has not set a password yet.")),
        row(8, "Maria Lopez", Role::Customer, PersonState::Active, None),
        long,
    ]
}

fn users() -> People {
    let list = Listing {
        rows: people_rows(Some(aurora())),
        count: "1,204 people".into(),
        next: Some("/users?after=x".into()),
        ..Listing::default()
    };
    People { list, add: Some(Ok(())), ..People::default() }
}

fn users_no_match() -> People {
    let filter = PeopleFilter {
        q: "nobody".into(),
        role: Some(Role::TenantStaff),
        tenant: "aurora".into(),
        state: Some(PersonState::Invited),
    };
    People { filter, list: Listing { is_filtered: true, ..Listing::default() }, add: Some(Ok(())), ..People::default() }
}

fn new_user() -> NewPerson {
    NewPerson { roles: Role::ALL.into(), tenants: vec!["aurora".into(), "clinic".into()], ..NewPerson::default() }
}

fn new_user_errors() -> NewPerson {
    let form = NewPersonForm {
        name: "Ana Ruiz".into(),
        email: "ana@example.com".into(),
        role: "TENANT_STAFF".into(),
        ..NewPersonForm::default()
    };
    let errors = vec![
        FormError::new("email", "Somebody signs in with this e-mail address already"),
        FormError::new("tenant", "Users with role TENANT_STAFF must be assigned to a tenant"),
    ];
    NewPerson { form, errors, ..new_user() }
}

fn user() -> PersonPage {
    PersonPage {
        person: PersonRow {
            state: PersonState::Active,
            masquerade: Some(Ok(())),
            last_seen: Some(moment("12 minutes ago")),
            ..people_rows(Some(aurora())).remove(6)
        },
        created: moment("3 Dec 2026"),
        roles: vec![Role::TenantOwner, Role::TenantManager, Role::TenantStaff],
        actions: PersonActions { role: Some(Ok(())), deactivate: Some(Ok(())), reactivate: None, reset: Some(Ok(())) },
        events: Some(control::entries(false).into_iter().take(5).collect()),
        refused: None,
    }
}

fn user_refused() -> PersonPage {
    let refused = Refused {
        form: "masquerade".into(),
        values: vec![("reason".into(), "x".into())],
        errors: vec![FormError::new("reason", "Give a reason of 3 to 500 characters")],
    };
    PersonPage { refused: Some(refused), ..user() }
}

fn user_off() -> PersonPage {
    PersonPage {
        person: people_rows(None).remove(2),
        actions: PersonActions { reset: Some(Err("The login is switched off.".into())), ..PersonActions::default() },
        events: Some(vec![]),
        ..user()
    }
}

fn user_long() -> PersonPage {
    PersonPage {
        person: people_rows(Some(aurora())).remove(8),
        actions: PersonActions { reactivate: Some(Ok(())), ..PersonActions::default() },
        events: None,
        ..user()
    }
}

fn team() -> People {
    let rows = people_rows(None).into_iter().skip(4).filter(|person| person.role.is_tenant_team());
    let list = Listing { rows: rows.collect(), count: "3 people".into(), ..Listing::default() };
    People {
        list,
        add: Some(Err("The plan Free has 5 people, and all are taken.".into())),
        may_see_grants: true,
        ..People::default()
    }
}

fn team_one() -> People {
    let list =
        Listing { rows: people_rows(None).drain(6..7).collect(), count: "1 person".into(), ..Listing::default() };
    People { list, add: Some(Ok(())), ..People::default() }
}

fn member() -> PersonPage {
    PersonPage { person: PersonRow { tenant: None, ..user().person }, ..user() }
}

fn migrations() -> Migrations {
    let broken = |tenant, error: &str| BrokenTenant { tenant, schema_version: 2, error: error.into() };
    Migrations {
        target: 3,
        at_target: 126,
        behind: 4,
        broken: vec![
            broken(aurora(), "0003_policies.sql: ERROR: column \"notice\" of relation \"policy\" already exists"),
            broken(
                long_tenant(),
                &format!("0003_policies.sql: ERROR: {LONG_WORD}\nCONTEXT: SQL statement\nHINT: none"),
            ),
        ],
    }
}
