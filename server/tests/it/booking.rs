//! The path through, and the promise that a time goes to one customer.

use crate::support::{Answer, Client, Ids, World};
use std::collections::HashSet;
use uuid::Uuid;

const START: &str = "2026-12-01T10:00:00+01:00";

fn form<'a>(start: &'a str, token: &'a str, email: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("start", start),
        ("staff", ""),
        ("token", token),
        ("name", "Maria Lopez"),
        ("email", email),
        ("phone", ""),
        ("notes", ""),
    ]
}

async fn book(client: &Client, service: Uuid, start: &str, email: &str) -> Answer {
    client.post(&format!("/book/{service}"), &form(start, &Uuid::new_v4().to_string(), email)).await
}

#[tokio::test]
async fn from_the_landing_page_to_a_reference() {
    let world = World::new().await;
    let client = world.visitor("alpha");
    let landing = client.get("/").await;
    assert_eq!(landing.status, 200);
    assert!(landing.body.contains("Markalpha cut") && landing.body.contains("€48.00"), "{}", landing.body);

    let times = client.get(&format!("/book/{}", Ids::CUT)).await;
    assert_eq!(times.status, 200);
    // It is Monday 08:00 in Berlin; hours begin at 09:00.
    assert!(times.body.contains("2026-11-30T09:00:00+01:00"), "{}", times.body);

    let details = client.get(&format!("/book/{}/details?start=2026-12-01T10%3A00%3A00%2B01%3A00", Ids::CUT)).await;
    assert_eq!(details.status, 200);
    assert!(details.body.contains("10:00 to 10:30") && details.body.contains("Tuesday 1 December 2026"));

    let done = book(&client, Ids::CUT, START, "maria@example.com").await;
    assert_eq!(done.status, 303, "{}", done.body);
    let page = client.get(done.location()).await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("Maria Lopez") && page.body.contains("Markalpha Ana"), "{}", page.body);
    let schema = world.schema("alpha").await;
    assert_eq!(world.count(&format!("select count(*) from {schema}.claim")).await, 1);
    assert_eq!(world.count("select count(*) from audit.event where action = 'APPOINTMENT_BOOKED'").await, 1);

    let times = client.get(&format!("/book/{}?date=2026-12-01", Ids::CUT)).await;
    assert!(!times.body.contains("2026-12-01T10:00"), "a taken time is still offered");
    assert!(!times.body.contains("2026-12-01T09:45"), "a time that would run into it is still offered");
    assert!(times.body.contains("2026-12-01T10:30"));
}

#[tokio::test]
async fn a_taken_time_is_a_page_with_alternatives_that_keeps_what_was_typed() {
    let world = World::new().await;
    let client = world.visitor("alpha");
    assert_eq!(book(&client, Ids::CUT, START, "first@example.com").await.status, 303);
    let late = book(&client, Ids::CUT, START, "second@example.com").await;
    assert_eq!(late.status, 409);
    assert!(late.body.contains("second@example.com") && late.body.contains("Maria Lopez"));
    for near in ["09:30", "10:30", "10:45"] {
        assert!(late.body.contains(near), "{near} is not offered: {}", late.body);
    }
    // The offered start books with one click, in the same form.
    assert_eq!(book(&client, Ids::CUT, "2026-12-01T10:30:00+01:00", "second@example.com").await.status, 303);
}

#[tokio::test]
async fn a_form_counts_once() {
    let world = World::new().await;
    let client = world.visitor("alpha");
    let token = Uuid::new_v4().to_string();
    let path = format!("/book/{}", Ids::CUT);
    let first = client.post(&path, &form(START, &token, "maria@example.com")).await;
    let again = client.post(&path, &form(START, &token, "maria@example.com")).await;
    assert_eq!((first.status.as_u16(), again.status.as_u16()), (303, 303));
    assert_eq!(first.location(), again.location());
    let schema = world.schema("alpha").await;
    assert_eq!(world.count(&format!("select count(*) from {schema}.appointment")).await, 1);
}

#[tokio::test]
async fn mistakes_are_named_and_what_was_typed_stays() {
    let world = World::new().await;
    let client = world.visitor("alpha");
    let token = Uuid::new_v4().to_string();
    let mut fields = form(START, &token, "not an address");
    fields[3].1 = "";
    fields[6].1 = "keep <b>this</b>";
    let answer = client.post(&format!("/book/{}", Ids::CUT), &fields).await;
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("not an address") && answer.body.contains("keep &lt;b"), "{}", answer.body);
    assert!(answer.body.contains("<title>Error: "), "{}", answer.body);
    let schema = world.schema("alpha").await;
    assert_eq!(world.count(&format!("select count(*) from {schema}.customer")).await, 0);
}

#[tokio::test]
async fn what_the_engine_would_not_offer_cannot_be_booked() {
    let world = World::new().await;
    let client = world.visitor("alpha");
    for (start, says) in [
        ("2026-11-30T07:30:00+01:00", "This time has passed"),
        ("2026-12-01T08:45:00+01:00", "Nobody works at this time"),
        ("2026-12-01T16:45:00+01:00", "Nobody works at this time"),
        ("2026-12-05T10:00:00+01:00", "Nobody works at this time"),
        ("2027-06-01T10:00:00+02:00", "further ahead than bookings are taken"),
    ] {
        let answer = book(&client, Ids::CUT, start, "maria@example.com").await;
        assert_eq!(answer.status, 409, "{start}");
        assert!(answer.body.contains(says), "{start}: {}", answer.body);
    }
    // Any possible start can be booked, on the grid or not.
    assert_eq!(book(&client, Ids::CUT, "2026-12-01T10:07:00+01:00", "maria@example.com").await.status, 303);
}

#[tokio::test]
async fn a_service_with_two_needs_takes_both() {
    let world = World::new().await;
    let client = world.visitor("alpha");
    assert_eq!(book(&client, Ids::PAIR, START, "one@example.com").await.status, 303);
    // Somebody is free, but the room is not.
    assert_eq!(book(&client, Ids::PAIR, START, "two@example.com").await.status, 409);
    let schema = world.schema("alpha").await;
    assert_eq!(world.count(&format!("select count(*) from {schema}.claim")).await, 2);
}

#[tokio::test]
async fn a_stranger_who_knows_an_address_does_not_rename_its_customer() {
    let world = World::new().await;
    let client = world.visitor("alpha");
    assert_eq!(book(&client, Ids::CUT, START, "maria@example.com").await.status, 303);
    let token = Uuid::new_v4().to_string();
    let mut fields = form("2026-12-01T11:00:00+01:00", &token, "Maria@Example.com");
    fields[3].1 = "Somebody Else";
    assert_eq!(client.post(&format!("/book/{}", Ids::CUT), &fields).await.status, 303);
    let schema = world.schema("alpha").await;
    let renamed = format!("select count(*) from {schema}.customer where name <> 'Maria Lopez'");
    assert_eq!(world.count(&renamed).await, 0);
    assert_eq!(world.count(&format!("select count(*) from {schema}.customer")).await, 1);
}

#[tokio::test]
async fn the_link_of_a_booking_cannot_be_guessed_or_carried_to_another_tenant() {
    let world = World::new().await;
    let client = world.visitor("alpha");
    let done = book(&client, Ids::CUT, START, "maria@example.com").await;
    let link = done.location().to_owned();
    assert_eq!(client.get(&link).await.status, 200);
    assert_eq!(world.visitor("beta").get(&link).await.status, 404);
    let (id, _) = link.split_once('-').unwrap();
    for forged in [id.to_owned(), format!("{id}-"), format!("{id}-aaaaaaaaaaaaaaaaaaaaaaaaaa"), format!("{link}a")] {
        assert_eq!(client.get(&forged).await.status, 404, "{forged}");
    }
}

/// 200 at once want the same time, some with a longer service that overlaps it: one gets it.
async fn a_crowd(world: &World, wishes: impl Fn(usize) -> (Uuid, &'static str)) -> Vec<u16> {
    let mut crowd = tokio::task::JoinSet::new();
    for n in 0..200 {
        let (service, start) = wishes(n);
        let client = world.visitor("alpha");
        crowd.spawn(
            async move { book(&client, service, start, &format!("guest{n}@example.com")).await.status.as_u16() },
        );
    }
    crowd.join_all().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_hundred_want_one_slot() {
    let world = World::new().await;
    let statuses = a_crowd(&world, |_| (Ids::CUT, START)).await;
    assert_eq!(statuses.iter().filter(|s| **s == 303).count(), 1, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|s| **s == 409).count(), 199, "{statuses:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_hundred_want_overlapping_slots_of_other_length() {
    let world = World::new().await;
    // All of these overlap each other, in the half hour from 10:15.
    let wishes = [
        (Ids::CUT, "2026-12-01T10:15:00+01:00"),
        (Ids::LONG, "2026-12-01T09:30:00+01:00"),
        (Ids::LONG, "2026-12-01T10:00:00+01:00"),
        (Ids::CUT, "2026-12-01T10:00:00+01:00"),
    ];
    let statuses = a_crowd(&world, |n| wishes[n % wishes.len()]).await;
    assert_eq!(statuses.iter().filter(|s| **s == 303).count(), 1, "{statuses:?}");
    assert!(statuses.iter().all(|s| [303, 409].contains(s)), "{statuses:?}");
}

/// The constraint alone, without the engine and without the lock: what no writer can get around.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_database_itself_stores_no_overlap() {
    let world = World::new().await;
    let schema = world.schema("alpha").await;
    world
        .owner_sql(&format!(
            "set search_path = {schema}, ext;
             insert into customer (id, name, email, email_key) values ('{id}', 'x', 'x@example.com', 'x@example.com');
             insert into appointment (id, reference, service_id, customer_id, contact_name, status, starts_at, ends_at)
                select gen_random_uuid(), n::text, '{cut}', '{id}', 'x', 'CONFIRMED', '2026-12-01T09:00Z', '2026-12-01T10:00Z' from generate_series(1, 200) n;",
            id = Uuid::from_u128(1),
            cut = Ids::CUT
        ))
        .await;
    let ids: Vec<Uuid> = sqlx::query_scalar(sqlx::AssertSqlSafe(format!("select id from {schema}.appointment")))
        .fetch_all(&mut world.owner().await)
        .await
        .unwrap();
    let pool = sqlx::postgres::PgPoolOptions::new()
        .max_connections(20)
        .connect_with(world.config.owner.clone())
        .await
        .unwrap();
    let mut crowd = tokio::task::JoinSet::new();
    for (n, id) in ids.into_iter().enumerate() {
        let (pool, schema) = (pool.clone(), schema.clone());
        crowd.spawn(async move {
            let sql = format!(
                "insert into {schema}.claim (appointment_id, resource_id, during)
                 values ($1, $2, tstzrange('2026-12-01T09:00Z', '2026-12-01T09:30Z'::timestamptz + make_interval(mins => $3)))"
            );
            sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id).bind(Ids::ANA).bind(i32::try_from(n % 30).unwrap()).execute(&pool).await.is_ok()
        });
    }
    let stored = crowd.join_all().await.into_iter().filter(|ok| *ok).count();
    assert_eq!(stored, 1);
}

#[tokio::test]
async fn any_staff_is_dealt_out_in_turn() {
    let world = World::new().await;
    let schema = world.schema("alpha").await;
    // Both can cut, nobody needs a room: each day's first two bookings go to two people.
    world
        .owner_sql(&format!(
            "insert into {schema}.service_need_resource (service_id, need, resource_id) values ('{}', 0, '{}')",
            Ids::CUT,
            Ids::BO
        ))
        .await;
    let client = world.visitor("alpha");
    for start in ["2026-12-01T10:00:00+01:00", "2026-12-01T12:00:00+01:00"] {
        assert_eq!(book(&client, Ids::CUT, start, "maria@example.com").await.status, 303);
    }
    let who: HashSet<Uuid> = sqlx::query_scalar(sqlx::AssertSqlSafe(format!("select resource_id from {schema}.claim")))
        .fetch_all(&mut world.owner().await)
        .await
        .unwrap()
        .into_iter()
        .collect();
    assert_eq!(who.len(), 2);
}

#[tokio::test]
async fn addresses_and_names_of_any_kind() {
    let world = World::new().await;
    let client = world.visitor("alpha");
    let path = format!("/book/{}", Ids::CUT);
    let send = async |name: &str, email: &str, start: &str| {
        let token = Uuid::new_v4().to_string();
        client.post(&path, &[("start", start), ("token", &token), ("name", name), ("email", email)]).await
    };
    // RFC 5321 allows 254 characters; 320 is what the two limits of its parts would add up to.
    let long = format!("{}@{}.example", "a".repeat(64), "b".repeat(247));
    assert_eq!(long.len(), 320);
    let refused = send("Maria Lopez", &long, START).await;
    assert!(refused.status == 422 && refused.body.contains(&long), "what was typed is kept");
    let longest = format!("{}@{}.example", "a".repeat(64), ["b".repeat(60), "c".repeat(60), "d".repeat(59)].join("."));
    assert_eq!(longest.len(), 254);
    let names = ["محمد العربي", "李小龍", "Nguyễn Thị Minh Khai", "Ольга", "אביגיל כהן", "O’Brien-Müller", "👩🏽‍🎤 Zoë"];
    for (n, name) in names.into_iter().enumerate() {
        let done = send(name, &longest, &format!("2026-12-01T{:02}:00:00+01:00", 9 + n)).await;
        assert_eq!(done.status, 303, "{name}: {}", done.body);
        assert!(client.get(done.location()).await.body.contains(name), "{name}");
    }
}

#[tokio::test]
async fn a_business_with_eighty_services_and_one_with_none() {
    let world = World::new().await;
    let schema = world.schema("alpha").await;
    world
        .owner_sql(&format!(
            "set search_path = {schema}, ext;
             insert into service (id, name, minutes, category, position)
                select gen_random_uuid(), 'Treatment ' || n, 30, case when n % 2 = 0 then 'Face' else 'Hands' end, n from generate_series(1, 77) n;
             update service set archived_at = now() where name like 'Treatment 7%'"
        ))
        .await;
    let client = world.visitor("alpha");
    let all = client.get("/").await.body;
    assert!(all.contains("Treatment 66") && all.contains("Find a service") && !all.contains("Treatment 7<"), "{all}");
    assert!(all.contains(">Face</h2>") && all.contains(">Hands</h2>"), "{all}");
    let found = client.get("/?q=66+treatment").await.body;
    assert!(
        found.contains("Treatment 66") && !found.contains("Treatment 65") && found.contains("value=\"66 treatment\""),
        "{found}"
    );
    let nothing = client.get("/?q=%3Cscript%3Ealert").await;
    assert!(
        nothing.status == 200 && nothing.body.contains("Nothing is called") && !nothing.body.contains("<script>alert")
    );
    world.owner_sql(&format!("update {schema}.service set is_online = false")).await;
    let none = client.get("/").await;
    assert!(none.status == 200 && none.body.contains("Nothing can be booked online yet"), "{}", none.body);
    assert_eq!(client.get(&format!("/book/{}", Ids::CUT)).await.status, 404, "not even by an old link");
}

#[tokio::test]
async fn an_empty_pool_is_a_need_that_nobody_meets() {
    let world = World::new().await;
    let client = world.visitor("alpha");
    let schema = world.schema("alpha").await;
    world.owner_sql(&format!("update {schema}.resource set archived_at = now() where id = '{}'", Ids::ROOM)).await;
    let page = client.get(&format!("/book/{}?date=2026-12-01", Ids::PAIR)).await;
    assert!(page.status == 200 && page.body.contains("Nothing is free"), "{}", page.body);
    let refused = book(&client, Ids::PAIR, START, "maria@example.com").await;
    assert!(
        refused.status == 409 && refused.body.contains("There is nobody who could do this at present"),
        "{}",
        refused.body
    );
}

#[tokio::test]
async fn who_comes_back_to_a_form_that_has_booked_sees_the_booking() {
    let world = World::new().await;
    let client = world.visitor("alpha");
    let kept = client.post(&format!("/book/{}/keep", Ids::CUT), &[("start", START)]).await;
    let token = kept.location().split("token=").nth(1).unwrap().to_owned();
    let done = client.post(&format!("/book/{}", Ids::CUT), &form(START, &token, "maria@example.com")).await;
    let again = client.get(kept.location()).await;
    assert_eq!((again.status.as_u16(), again.location()), (303, done.location()));
    assert_eq!(world.visitor("beta").get(kept.location()).await.status, 200, "elsewhere it is nobody's");
}
