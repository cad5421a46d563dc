//! What the team books for customers: the same promises as on the public page, other rules of time, and why not.

use crate::{
    schedule::book,
    support::{Client, Ids, World},
};
use uuid::Uuid;

/// Tuesday 1 December 2026 at a time, in a form of its own.
fn form(time: &str, resource: Uuid, name: &str) -> Vec<(String, String)> {
    let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    vec![
        field("token", &Uuid::new_v4().to_string()),
        field("service", &Ids::CUT.to_string()),
        field("date", "2026-12-01"),
        field("time", time),
        field("resource", &resource.to_string()),
        field("name", name),
        field("email", "mona@example.com"),
        field("notify", "on"),
        field("act", "book"),
    ]
}

fn with(form: &[(String, String)], name: &str, value: &str) -> Vec<(String, String)> {
    let mut form: Vec<_> = form.iter().filter(|(other, _)| other != name).cloned().collect();
    if !value.is_empty() {
        form.push((name.into(), value.into()));
    }
    form
}

async fn send(client: &Client, form: &[(String, String)]) -> crate::support::Answer {
    let fields: Vec<_> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    client.post("/appointments", &fields).await
}

#[tokio::test]
async fn the_team_books_and_it_is_seen() {
    let world = World::new().await;
    let owner = world.signed_in("alpha", "owner").await;
    let schema = world.schema("alpha").await;
    let rows = |sql: &str| format!("select count(*) from {schema}.{sql}");
    let form = form("10:15", Ids::ANA, "Mona Desk");
    let done = send(&owner, &form).await;
    assert_eq!((done.status.as_u16(), done.location()), (303, "/schedule?date=2026-12-01"), "{}", done.body);
    // The same form again is the same booking.
    assert_eq!(send(&owner, &form).await.status, 303);
    let booked = "appointment where source = 'STAFF' and status = 'CONFIRMED' and contact_name = 'Mona Desk' and starts_at = '2026-12-01T09:15Z'";
    assert_eq!(world.count(&rows(booked)).await, 1);
    assert_eq!(world.count(&rows("claim where lower(during) = '2026-12-01T09:15Z'")).await, 1);
    assert_eq!(world.count(&rows("appointment_history where action = 'BOOKED' and actor is not null")).await, 1);
    let audited =
        "select count(*) from audit.event where action = 'APPOINTMENT_BOOKED' and detail like 'for a customer: %'";
    assert_eq!(world.count(audited).await, 1);
    assert_eq!(world.count("select count(*) from public.mail where kind = 'BOOKED'").await, 1);
    assert!(owner.get("/schedule?date=2026-12-01").await.body.contains("Mona Desk"));
    // Customers cannot have it any more.
    let day = world.visitor("alpha").get(&format!("/book/{}?date=2026-12-01", Ids::CUT)).await;
    assert!(!day.body.contains("10:15, Tuesday"), "a time that is taken is offered");
}

#[tokio::test]
async fn never_over_another_and_outside_of_hours_only_when_it_is_said() {
    let world = World::new().await;
    let owner = world.signed_in("alpha", "owner").await;
    book(&world, "alpha", Ids::CUT, "2026-12-01T10:00:00+01:00").await;
    let over = form("10:15", Ids::ANA, "Over Another");
    for form in [over.clone(), with(&over, "anyway", "on")] {
        let refused = send(&owner, &form).await;
        assert_eq!(refused.status, 409);
        assert!(refused.body.contains("Markalpha Ana has Maria Lopez, 10:00 to 10:30."), "{}", refused.body);
        assert!(!refused.body.contains("Book anyway"));
        assert!(refused.body.contains("10:30</button>"), "the nearest time that would do is not offered");
    }
    let late = form("18:00", Ids::ANA, "After Hours");
    let refused = send(&owner, &late).await;
    assert_eq!(refused.status, 409);
    assert!(refused.body.contains("Markalpha Ana is not open then.") && refused.body.contains("Book anyway"));
    assert_eq!(send(&owner, &with(&late, "anyway", "on")).await.status, 303);
    // It keeps its length when it goes elsewhere later.
    let long = with(&with(&form("14:00", Ids::ANA, "Long One"), "minutes", "90"), "email", "long@example.com");
    assert_eq!(send(&owner, &long).await.status, 303);
    let schema = world.schema("alpha").await;
    let lasts =
        format!("select count(*) from {schema}.claim where upper(during) - lower(during) = interval '90 minutes'");
    assert_eq!(world.count(&lasts).await, 1);
}

#[tokio::test]
async fn each_role_books_where_it_may() {
    let world = World::new().await;
    let schema = world.schema("alpha").await;
    let made = format!("select count(*) from {schema}.appointment");
    let staff = world.signed_in("alpha", "staff").await;
    assert_eq!(send(&staff, &form("09:00", Ids::ANA, "Own Calendar")).await.status, 303);
    // Bo is nobody's own calendar; staff take rooms along, not people.
    let pair = with(&form("09:30", Ids::BO, "Not Mine"), "service", &Ids::PAIR.to_string());
    assert_ne!(send(&staff, &with(&pair, "resource", "")).await.status, 409, "with oneself and the room it works");
    let before = world.count(&made).await;
    let refused = send(&staff, &with(&pair, "token", &Uuid::new_v4().to_string())).await;
    assert!([403, 409].contains(&refused.status.as_u16()), "{}", refused.status);
    assert_eq!(world.count(&made).await, before);
    for who in ["manager", "owner"] {
        let time = if who == "owner" { "11:00" } else { "12:00" };
        let client = world.signed_in("alpha", who).await;
        assert_eq!(send(&client, &form(time, Ids::ANA, who)).await.status, 303, "{who}");
    }
    let customer = world.signed_in("alpha", "customer").await;
    assert_eq!(send(&customer, &form("13:00", Ids::ANA, "Customer")).await.status, 403);
    assert_eq!(customer.get("/appointments/new").await.status, 403);
    assert_eq!(send(&world.visitor("alpha"), &form("13:00", Ids::ANA, "Visitor")).await.status, 303);
    assert_eq!(world.count(&made).await, before + 2, "one was booked that should not have been");
    // Staff find the customers of their own appointments, and no others.
    let schema_customer = format!(
        "insert into {schema}.customer (id, name, email, email_key) values (gen_random_uuid(), 'Secret Person', 's@example.com', 's@example.com')"
    );
    world.owner_sql(&schema_customer).await;
    let search = "/appointments/new?q=secret";
    assert!(!staff.get(search).await.body.contains("Secret Person"));
    assert!(world.signed_in("alpha", "owner").await.get(search).await.body.contains("Secret Person"));
}

#[tokio::test]
async fn whoever_calls_needs_no_address_and_may_wish_for_no_letter() {
    let world = World::new().await;
    let owner = world.signed_in("alpha", "owner").await;
    let caller = with(&form("10:00", Ids::ANA, "Only Telephone"), "email", "");
    assert_eq!(send(&owner, &caller).await.status, 303);
    let quiet = with(&form("11:00", Ids::ANA, "Quiet One"), "notify", "");
    assert_eq!(send(&owner, &quiet).await.status, 303);
    assert_eq!(world.count("select count(*) from public.mail where kind = 'BOOKED'").await, 0);
    assert_eq!(world.count("select count(*) from public.mail where kind = 'REMINDER'").await, 1, "one still reminds");
    // Two who have none are two.
    let other = with(&form("12:00", Ids::ANA, "Other Telephone"), "email", "");
    assert_eq!(send(&owner, &other).await.status, 303);
    let schema = world.schema("alpha").await;
    assert_eq!(world.count(&format!("select count(*) from {schema}.customer where email = ''")).await, 2);
}

#[tokio::test]
async fn mistakes_are_named_and_a_sheet_gets_the_form_alone() {
    let world = World::new().await;
    let owner = world.signed_in("alpha", "owner").await;
    let wrong = send(&owner, &with(&form("25:00", Ids::ANA, "Mona"), "email", "nobody")).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains("Enter the time like 14:30") && wrong.body.contains("value=\"Mona\""));
    let request = owner.request(http::Method::GET, "/appointments/new").header("x-fragment", "1");
    let fragment = owner.send(request.body(axum::body::Body::empty()).unwrap()).await;
    assert_eq!(fragment.status, 200);
    assert!(fragment.body.starts_with("<h2>New appointment</h2>"), "{}", &fragment.body[..200]);
    assert!(!fragment.body.contains("<html"));
}

#[tokio::test]
async fn why_not_says_all_that_speaks_against_it() {
    let world = World::new().await;
    let staff = world.signed_in("alpha", "staff").await;
    let id = book(&world, "alpha", Ids::CUT, "2026-12-01T10:00:00+01:00").await;
    let why = async |start: &str, more: &str| {
        let path = format!(
            "/schedule/why?start=2026-12-01T{start}:00%2B01:00&service={}&resource={}{more}",
            Ids::CUT,
            Ids::ANA
        );
        let answer = staff.get(&path).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.body
    };
    let taken = why("10:15", "").await;
    assert!(
        taken.contains("Markalpha Ana has Maria Lopez, 10:00 to 10:30.")
            && taken.contains(&format!("/appointments/{id}"))
    );
    assert!(
        !why("10:15", &format!("&appointment={id}")).await.contains("Maria Lopez, 10:00"),
        "it is not in its own way"
    );
    assert!(why("20:00", "").await.contains("Markalpha Ana is not open then."));
    assert!(why("12:00", "").await.contains("This time can be booked"));
    assert!(why("16:45", "").await.contains("not open"), "a cut of 30 minutes ends after hours");
    assert!(why("16:30", "&minutes=45").await.contains("not open"));
    let customer = world.signed_in("alpha", "customer").await;
    assert_eq!(
        customer.get(&format!("/schedule/why?start=2026-12-01T10:15:00%2B01:00&service={}", Ids::CUT)).await.status,
        403
    );
}
