//! The team's first page, at a fixed time: Monday 30 November 2026, 11:20 in Berlin.

use crate::{
    appointments::{Row, insert},
    support::{Answer, Client, Ids, PASSWORD, World},
};
use server::clock::Clock;
use uuid::Uuid;

async fn at_twenty_past_eleven() -> World {
    World::with(|config| config.clock = Clock::starting_at("2026-11-30T10:20:00Z".parse().unwrap())).await
}

/// A part of the page, from its heading to the next section.
fn part<'a>(page: &'a Answer, id: &str) -> &'a str {
    let from =
        page.body.find(&format!("aria-labelledby=\"{id}\"")).unwrap_or_else(|| panic!("no {id} in {}", page.body));
    let rest = &page.body[from..];
    &rest[..rest.find("</section>").unwrap_or(rest.len())]
}

#[tokio::test]
async fn signing_in_leads_here_unless_another_page_was_asked_for() {
    let world = World::new().await;
    let client = world.visitor("alpha");
    let fields = [("email", "staff@alpha.example"), ("password", PASSWORD)];
    let done = client.post("/login", &fields).await;
    assert_eq!(client.get(done.location()).await.location(), "/today");
    let page = client.get("/today").await;
    assert_eq!(page.status, 200);
    assert!(
        page.body.contains("<a class=\"brand\" href=\"/today\">")
            || page.body.contains("href=\"/today\" class=\"brand\"")
    );
    let other = world.visitor("alpha");
    let next = [fields[0], fields[1], ("next", "/schedule?date=2026-12-01")];
    assert_eq!(other.post("/login", &next).await.location(), "/schedule?date=2026-12-01");
    let customer = world.signed_in("alpha", "customer").await;
    assert_eq!(customer.get("/login").await.location(), "/my");
}

#[tokio::test]
async fn now_next_gaps_and_what_waits() {
    let world = at_twenty_past_eleven().await;
    let row = |id, name, from, to| Row { id, name, from, to, ..Row::default() };
    insert(
        &world,
        "alpha",
        &[
            // Over: of yesterday's working day nothing is left, of today one is unmarked and one is marked.
            row(1, "Unmarked Una", "2026-11-30T08:00Z", "2026-11-30T08:30Z"),
            Row { status: "COMPLETED", ..row(2, "Marked Mia", "2026-11-30T08:30Z", "2026-11-30T09:00Z") },
            row(3, "Sunday Sue", "2026-11-29T08:00Z", "2026-11-29T08:30Z"),
            row(4, "Saturday Sam", "2026-11-28T08:00Z", "2026-11-28T08:30Z"),
            // Going on: until 11:45. Next: at noon, cancelled; at one.
            row(5, "Running Rob", "2026-11-30T10:15Z", "2026-11-30T10:45Z"),
            Row { status: "CANCELLED", ..row(6, "Cancelled Kim", "2026-11-30T11:00Z", "2026-11-30T11:30Z") },
            row(7, "Next Ned", "2026-11-30T12:00Z", "2026-11-30T12:30Z"),
            // Leaves half an hour before it, and less than that after the next.
            row(8, "Later Lea", "2026-11-30T13:00Z", "2026-11-30T15:35Z"),
            Row { with: &[Ids::BO], ..row(9, "Bo's guest", "2026-11-30T10:00Z", "2026-11-30T12:00Z") },
            Row { status: "PENDING", ..row(10, "Asking Ada", "2026-12-02T09:00Z", "2026-12-02T09:30Z") },
            Row {
                status: "PENDING",
                with: &[Ids::BO],
                ..row(11, "Asking Bob", "2026-12-02T09:00Z", "2026-12-02T09:30Z")
            },
            Row { status: "PENDING", ..row(12, "Too Late Tom", "2026-11-27T09:00Z", "2026-11-27T09:30Z") },
        ],
    )
    .await;
    let owner = world.signed_in("alpha", "owner").await;
    let page = owner.get("/today").await;
    assert_eq!(page.status, 200, "{}", page.body);
    let has = |text: &str, found: &[&str], not: &[&str]| {
        found.iter().for_each(|name| assert!(text.contains(name), "{name} is missing from {text}"));
        not.iter().for_each(|name| assert!(!text.contains(name), "{name} is in {text}"));
    };
    assert!(page.body.contains("Monday 30 November 2026") && page.body.contains("11:20, Berlin time (UTC+1)"));
    has(
        part(&page, "now"),
        &["Running Rob", "Next Ned", "In 1 hour 40 min", "Bo", "guest", "In until 17:00", "Nothing more today"],
        &["Unmarked Una", "Cancelled Kim", "Later Lea", "Marked Mia", "Markalpha room"],
    );
    has(
        part(&page, "unmarked"),
        &["Unmarked Una", "Sunday Sue"],
        &["Marked Mia", "Saturday Sam", "Running Rob", "Next Ned"],
    );
    has(part(&page, "waiting"), &["Asking Ada", "Asking Bob"], &["Too Late Tom"]);
    // Ana: 11:45 to 13:00 and 13:30 to 14:00; the 25 minutes after 16:35 are too few. Bo: from 13:00 on.
    has(
        part(&page, "gaps"),
        &["11:45 to 13:00, 1 hour 15 min", "13:30 to 14:00, 30 min", "13:00 to 17:00, 4 hours"],
        &["16:35", "09:00"],
    );
    // Today's: 1, 2, 5, 7, 8, 9. Booked: four halves of an hour and 155 minutes of Ana's, two hours of Bo's; open: 16 hours.
    let facts = &page.body[page.body.find("Facts of the day").unwrap()..];
    has(&facts[..600.min(facts.len())], &[">6<", "6 hours 35 min", "16 hours open", "41.1 %"], &[]);

    // Marked from here, and back.
    let pick = format!("{}.1", Uuid::from_u128(1));
    let fields = [("pick", pick.as_str()), ("back", "/today"), ("decision", "complete")];
    let done = owner.post("/appointments/decide", &fields).await;
    assert_eq!((done.status.as_u16(), done.location()), (303, "/today"), "{}", done.body);
    let page = owner.get("/today").await;
    has(&page.body, &["1 marked as completed."], &["Unmarked Una"]);

    // Ana's own day, and all of it when asked for.
    let staff: Client = world.signed_in("alpha", "staff").await;
    let own = staff.get("/today").await;
    has(&own.body, &["Running Rob", "Asking Ada", "Show all"], &["guest", "Asking Bob"]);
    let all = staff.get("/today?all=1").await;
    has(&all.body, &["Running Rob", "guest", "Asking Bob", "an owner or a manager answers it"], &[]);
    // Who may decide is asked again.
    let pick = format!("{}.1", Uuid::from_u128(11));
    let fields = [("pick", pick.as_str()), ("back", "/today"), ("decision", "confirm")];
    assert_eq!(staff.post("/appointments/decide", &fields).await.status, 403);
}

#[tokio::test]
async fn a_sheet_for_each_person() {
    let world = at_twenty_past_eleven().await;
    let row = |id, name, from, to| Row { id, name, from, to, ..Row::default() };
    insert(
        &world,
        "alpha",
        &[
            row(1, "Morning Mo", "2026-12-01T08:00Z", "2026-12-01T08:30Z"),
            Row { status: "CANCELLED", ..row(2, "Cancelled Kim", "2026-12-01T09:00Z", "2026-12-01T09:30Z") },
            Row { with: &[Ids::BO, Ids::ROOM], ..row(3, "Bo's guest", "2026-12-01T08:00Z", "2026-12-01T09:00Z") },
            row(4, "Wednesday Wim", "2026-12-02T08:00Z", "2026-12-02T08:30Z"),
        ],
    )
    .await;
    let staff = world.signed_in("alpha", "staff").await;
    let page = staff.get("/today/sheets?date=2026-12-01").await;
    assert_eq!(
        (page.status.as_u16(), page.body.matches("<section class=\"sheet\">").count()),
        (200, 2),
        "{}",
        page.body
    );
    for (text, is_there) in [
        ("Morning Mo", true),
        ("guest", true),
        ("+49 30 5550001", true),
        ("Cancelled Kim", false),
        ("Wednesday Wim", false),
    ] {
        assert_eq!(page.body.contains(text), is_there, "{text}");
    }
    assert_eq!(staff.get("/today/sheets?date=never").await.status, 400);
    assert!(
        world
            .signed_in("beta", "staff")
            .await
            .get("/today/sheets?date=2026-12-01")
            .await
            .body
            .contains("No appointments.")
    );
}

#[tokio::test]
async fn a_business_without_a_team_is_told_what_to_do() {
    let world = World::new().await;
    let schema = world.schema("alpha").await;
    world.owner_sql(&format!("update {schema}.resource set archived_at = now()")).await;
    for (who, text) in
        [("owner", "Add the first person or room"), ("staff", "An owner or a manager adds who is booked")]
    {
        let page = world.signed_in("alpha", who).await.get("/today").await;
        assert!(page.status == 200 && page.body.contains(text), "{who}: {}", page.body);
    }
}
