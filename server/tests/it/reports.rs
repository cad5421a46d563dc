//! The reports: figures against rows that the test has made.

use crate::{
    appointments::{Row, insert},
    support::{Ids, World},
};
use uuid::Uuid;

async fn csv(world: &World, what: &str, from: &str, to: &str) -> Vec<String> {
    let file =
        world.signed_in("alpha", "owner").await.get(&format!("/reports.csv?what={what}&from={from}&to={to}")).await;
    assert_eq!(file.status, 200, "{}", file.body);
    file.body.lines().skip(1).map(|line| line.replace('"', "")).collect()
}

async fn week(world: &World) {
    let row = |id, from, to| Row { id, from, to, status: "COMPLETED", ..Row::default() };
    insert(
        world,
        "alpha",
        &[
            // Monday: two of half an hour; one ends in the evening, after hours.
            row(1, "2026-11-23T09:00Z", "2026-11-23T09:30Z"),
            Row { price: Some(4500), ..row(2, "2026-11-23T10:00Z", "2026-11-23T10:30Z") },
            row(3, "2026-11-23T15:45Z", "2026-11-23T16:15Z"),
            // Tuesday: one nobody came to, one called off, one declined.
            Row { status: "NO_SHOW", ..row(4, "2026-11-24T09:00Z", "2026-11-24T09:30Z") },
            Row { status: "CANCELLED", ..row(5, "2026-11-24T10:00Z", "2026-11-24T10:30Z") },
            Row { status: "CANCELLED", ..row(6, "2026-11-24T11:00Z", "2026-11-24T11:30Z") },
            // Wednesday: an hour that nobody has marked, and one without a price of Bo and the room.
            Row {
                status: "CONFIRMED",
                service: Ids::LONG,
                price: Some(9000),
                ..row(7, "2026-11-25T09:00Z", "2026-11-25T10:00Z")
            },
            Row {
                service: Ids::PAIR,
                with: &[Ids::BO, Ids::ROOM],
                price: None,
                ..row(8, "2026-11-25T09:00Z", "2026-11-25T09:30Z")
            },
            // The days before and after, in Berlin.
            row(9, "2026-11-22T22:30Z", "2026-11-22T22:45Z"),
            row(10, "2026-11-25T23:00Z", "2026-11-25T23:30Z"),
        ],
    )
    .await;
    let schema = world.schema("alpha").await;
    world
        .owner_sql(&format!(
            "insert into {schema}.appointment_history (appointment_id, version, action, status, starts_at, ends_at, resource_ids)
             values ('{}', 2, 'DECLINED', 'CANCELLED', '2026-11-24T11:00Z', '2026-11-24T11:30Z', '{{}}');
             insert into {schema}.time_off (id, resource_id, starts_at, ends_at)
             values ('{}', '{}', '2026-11-24T11:00Z', '2026-11-24T16:00Z');",
            Uuid::from_u128(6),
            Uuid::now_v7(),
            Ids::ANA
        ))
        .await;
}

#[tokio::test]
async fn every_figure_is_that_of_the_rows() {
    let world = World::new().await;
    week(&world).await;
    let (from, to) = ("2026-11-23", "2026-11-25");
    assert_eq!(
        csv(&world, "bookings", from, to).await,
        ["Mon 23 Nov 2026,3", "Tue 24 Nov 2026,1", "Wed 25 Nov 2026,2"]
    );
    // Ana: three days of eight hours, four hours of them off; 30 + 30 + 15 + 30 + 60 booked, 15 after hours.
    assert_eq!(
        csv(&world, "utilisation", from, to).await,
        ["Markalpha Ana,165,1140,15", "Markalpha Bo,30,1440,0", "Markalpha room,30,1440,0"]
    );
    assert_eq!(
        csv(&world, "missed", from, to).await,
        ["Markalpha cut,5,1,3,1", "Markalpha long,1,0,0,0", "Markalpha pair,1,0,1,0"]
    );
    assert_eq!(
        csv(&world, "revenue", from, to).await,
        ["Markalpha cut,141.00,3,0.00,0,EUR", "Markalpha long,0.00,0,90.00,1,EUR", "Markalpha pair,0.00,0,0.00,0,EUR"]
    );
    let owner = world.signed_in("alpha", "owner").await;
    let page = owner.get(&format!("/reports?from={from}&to={to}")).await;
    assert_eq!(page.status, 200);
    for text in [
        "23 Nov 2026 to 25 Nov 2026",
        "14.5 %",
        "1 of 5 (20.0 %)",
        "1 of 4 (25.0 %)",
        "\u{20ac}141.00",
        "\u{20ac}90.00",
        "role=\"img\"",
    ] {
        assert!(page.body.contains(text), "{text}: {}", page.body);
    }
    // Another price of the service changes nothing that was agreed.
    world.owner_sql(&format!("update {}.service set price_minor = 1", world.schema("alpha").await)).await;
    assert_eq!(csv(&world, "revenue", from, to).await[0], "Markalpha cut,141.00,3,0.00,0,EUR");
}

#[tokio::test]
async fn a_day_of_23_hours_has_23_hours_open() {
    let world = World::new().await;
    let schema = world.schema("alpha").await;
    world
        .owner_sql(&format!(
            "insert into {schema}.weekly_hours (resource_id, weekday, from_minute, to_minute) values ('{}', 7, 0, 1440)",
            Ids::ANA
        ))
        .await;
    for (day, minutes) in [("2027-03-21", 1440), ("2027-03-28", 1380), ("2027-10-31", 1500)] {
        assert_eq!(csv(&world, "utilisation", day, day).await[0], format!("Markalpha Ana,0,{minutes},0"), "{day}");
    }
}

#[tokio::test]
async fn periods_are_kept_in_the_address_and_refused_with_a_reason() {
    let world = World::new().await;
    week(&world).await;
    let owner = world.signed_in("alpha", "owner").await;
    let page = owner.get("/reports").await;
    assert!(page.body.contains("1 Nov 2026 to 30 Nov 2026") && page.body.contains("Bookings a day"), "{}", page.body);
    let weeks = owner.get("/reports?from=2026-09-01&to=2026-11-30").await;
    assert!(
        weeks.body.contains("Bookings a week") && weeks.body.contains("23 Nov 2026 to 29 Nov 2026"),
        "{}",
        weeks.body
    );
    let none = owner.get("/reports?from=2027-05-01&to=2027-05-31").await;
    assert_eq!(none.body.matches("No bookings in this period.").count(), 4, "{}", none.body);
    assert!(!none.body.contains("role=\"img\""));
    for query in ["from=2026-11-30&to=2026-11-01", "from=never&to=2026-11-01", "from=2020-01-01&to=2026-11-01"] {
        let refused = owner.get(&format!("/reports?{query}")).await;
        assert!(refused.status == 422 && refused.body.contains("There is a problem"), "{query}");
        assert_eq!(owner.get(&format!("/reports.csv?what=revenue&{query}")).await.status, 400, "{query}");
    }
    assert_eq!(owner.get("/reports.csv?what=secrets").await.status, 400);
}

#[tokio::test]
async fn who_sees_reports() {
    let world = World::new().await;
    for (who, status) in [("owner", 200), ("manager", 200), ("staff", 403), ("customer", 403)] {
        let client = world.signed_in("alpha", who).await;
        for path in ["/reports", "/reports.csv?what=revenue"] {
            assert_eq!(client.get(path).await.status, status, "{who} {path}");
        }
        if who != "customer" {
            assert_eq!(client.get("/today").await.body.contains("href=\"/reports\""), status == 200, "{who}");
        }
    }
}
