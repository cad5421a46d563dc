//! A customer's own area, and a booking's own page: who reaches what, what can be changed until when, and what is left of
//! somebody who had the own data deleted.

use crate::{
    sign_up::{letters_to, sign_up, token_to},
    support::{Answer, Client, Ids, World},
};
use domain::actor::Role;
use serde_json::Value;
use uuid::Uuid;

/// More than a day ahead of the tests' clock, and less than that.
const FAR: &str = "2026-12-02T10:00:00+01:00";
const NEAR: &str = "2026-11-30T16:00:00+01:00";

/// Books with a name, an address and a number that nobody else has; the private link.
async fn book(world: &World, slug: &str, start: &str, name: &str, email: &str) -> String {
    let token = Uuid::new_v4().to_string();
    let fields = [
        ("start", start),
        ("token", token.as_str()),
        ("name", name),
        ("email", email),
        ("phone", if name.starts_with("Olga") { "+49 30 6660124" } else { "+49 30 5550123" }),
        ("notes", if name.starts_with("Olga") { "Other notes" } else { "Zebra notes" }),
    ];
    let done = world.visitor(slug).post(&format!("/book/{}", Ids::CUT), &fields).await;
    assert_eq!(done.status, 303, "{}", done.body);
    done.location().to_owned()
}

fn id_of(link: &str) -> Uuid {
    link.trim_start_matches("/booked/").split('-').next().unwrap().parse().unwrap()
}

async fn version(world: &World, slug: &str, id: Uuid) -> String {
    let schema = world.schema(slug).await;
    let sql = format!("select version from {schema}.appointment where id = '{id}'");
    let version: i32 = sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_one(&mut world.owner().await).await.unwrap();
    version.to_string()
}

async fn cancel(client: &Client, base: &str, version: &str) -> Answer {
    client.post(&format!("{base}/cancel"), &[("version", version), ("reason", "Tiger reason")]).await
}

async fn move_to(client: &Client, base: &str, version: &str, start: &str) -> Answer {
    client.post(&format!("{base}/move"), &[("version", version), ("start", start), ("staff", "")]).await
}

#[tokio::test]
async fn every_path_for_every_actor() {
    let world = World::new().await;
    let link = book(&world, "alpha", FAR, "Maria Lopez", "maria@example.com").await;
    let (id, foreign) = (id_of(&link), book(&world, "beta", FAR, "Maria Lopez", "maria@example.com").await);
    let by_account = format!("/my/appointments/{id}");
    let maria = sign_up(&world, "alpha", "Maria Lopez", "maria@example.com").await;
    let other = sign_up(&world, "alpha", "Olga Other", "olga@example.com").await;
    let elsewhere = sign_up(&world, "beta", "Maria Lopez", "maria@example.com").await;
    let staff = world.signed_in("alpha", "staff").await;
    let owner = world.signed_in("alpha", "owner").await;
    let visitor = world.visitor("alpha");
    for (who, client, by_link, signed_in, area) in [
        ("the customer", &maria, 200, 200, 200),
        ("another customer", &other, 200, 404, 200),
        ("the same address, of another business", &elsewhere, 404, 404, 200),
        ("staff", &staff, 200, 404, 403),
        ("the owner", &owner, 200, 404, 403),
        ("a visitor", &visitor, 200, 303, 303),
    ] {
        for path in ["", "/cancel", "/move"] {
            let status = client.get(&format!("{link}{path}")).await.status.as_u16();
            assert_eq!(status, by_link, "{who}, link, {path}");
            let status = client.get(&format!("{by_account}{path}")).await.status.as_u16();
            assert_eq!(status, signed_in, "{who}, signed in, {path}");
        }
        for path in ["/my", "/my/profile", "/my/export.json", "/my/delete"] {
            assert_eq!(client.get(path).await.status.as_u16(), area, "{who}, {path}");
        }
        for (path, fields) in [
            ("/my/profile", vec![("name", "X"), ("version", "0")]),
            ("/my/email", vec![("email", "x")]),
            ("/my/delete", vec![("email", "x")]),
        ] {
            let refused = if area == 200 { vec![422, 409] } else { vec![area] };
            let status = client.post(path, &fields).await.status.as_u16();
            assert!(refused.contains(&status), "{who}, POST {path}: {status}");
        }
        if signed_in != 200 {
            for base in [by_account.clone(), "/booked/nothing-nothing".into(), format!("{link}a"), foreign.clone()] {
                let expected = match (base == by_account, base == foreign && who.starts_with("the same")) {
                    (true, _) => signed_in,
                    // That link is of their own business.
                    (_, true) => continue,
                    _ => 404,
                };
                assert_eq!(cancel(client, &base, "1").await.status.as_u16(), expected, "{who}, {base}");
                assert_eq!(
                    move_to(client, &base, "1", "2026-12-02T11:00:00+01:00").await.status.as_u16(),
                    expected,
                    "{who}, {base}"
                );
            }
        }
    }
    assert_eq!(version(&world, "alpha", id).await, "1", "somebody got through");
    // The area prints no key that would open the booking later, to whoever looks over the shoulder.
    let list = maria.get("/my").await;
    assert!(list.body.contains(&by_account) && !list.body.contains("/booked/"), "{}", list.body);
    assert!(!maria.get(&by_account).await.body.contains("/booked/"));
    assert!(!other.get("/my").await.body.contains(&id.to_string()));
}

#[tokio::test]
async fn whoever_acts_as_a_customer_sees_the_area_and_takes_nothing_along() {
    let world = World::new().await;
    book(&world, "alpha", FAR, "Maria Lopez", "customer@alpha.example").await;
    let support = world.of_the_platform("support").await;
    let id = world.id_of("customer@alpha.example").await;
    let begun = support.post(&format!("/users/{id}/masquerade"), &[("reason", "A call for help")]).await;
    let there = world.visitor("alpha");
    // The way over: a ticket, the platform's confirmation, a code.
    let path_of = |url: &str| url.split_once(":3000").unwrap().1.to_owned();
    let step = there.get(&path_of(begun.location())).await;
    let step = support.get(&path_of(step.location())).await;
    let landed = there.get(&path_of(step.location())).await;
    assert_eq!((landed.status.as_u16(), landed.location()), (303, "/my"), "{}", landed.body);
    let list = there.get("/my").await;
    assert!(list.status == 200 && list.body.contains("You are acting as") && list.body.contains("Markalpha cut"));
    assert_eq!(there.get("/my/profile").await.status, 200);
    for path in ["/my/export.json", "/my/delete"] {
        assert_eq!(there.get(path).await.status, 403, "{path}");
    }
    assert_eq!(there.post("/my/email", &[("email", "new@example.com")]).await.status, 403);
    assert_eq!(there.post("/my/delete", &[("email", "customer@alpha.example")]).await.status, 403);
    let schema = world.schema("alpha").await;
    assert_eq!(
        world.count(&format!("select count(*) from {schema}.customer where anonymised_at is not null")).await,
        0
    );
}

#[tokio::test]
async fn the_list_has_what_comes_and_pages_of_what_was() {
    let world = World::new().await;
    let schema = world.schema("alpha").await;
    let maria = sign_up(&world, "alpha", "Maria Lopez", "maria@example.com").await;
    let empty = maria.get("/my").await;
    assert!(empty.body.contains("No appointments yet"), "{}", empty.body);
    book(&world, "alpha", FAR, "Maria Lopez", "MARIA@example.com").await;
    world
        .owner_sql(&format!(
            "insert into {schema}.appointment (id, reference, service_id, customer_id, contact_name, status, starts_at, ends_at)
             select gen_random_uuid(), 'R' || n, '{}', (select id from {schema}.customer where email = 'maria@example.com'), 'Maria Lopez',
                    case n % 2 when 0 then 'COMPLETED' else 'NO_SHOW' end,
                    '2026-11-01T09:00Z'::timestamptz - n * interval '1 day', '2026-11-01T09:30Z'::timestamptz - n * interval '1 day'
             from generate_series(0, 44) n",
            Ids::CUT
        ))
        .await;
    let mut path = "/my".to_owned();
    let mut seen = Vec::new();
    let mut pages = 0;
    loop {
        let page = maria.get(&path).await;
        assert_eq!(page.status, 200);
        assert_eq!(page.body.contains("id=\"upcoming\""), pages == 0, "what comes stands on the first page alone");
        seen.extend(page.body.split("/my/appointments/").skip(1).map(|rest| rest[..36].to_owned()));
        pages += 1;
        match page.body.split("rel=\"next\" href=\"").nth(1) {
            Some(rest) => path = rest.split('"').next().unwrap().replace("&amp;", "&"),
            None => break,
        }
    }
    let all = seen.len();
    seen.sort();
    seen.dedup();
    assert_eq!((pages, all, seen.len()), (3, 46, 46));
    let first = maria.get("/my").await.body;
    for text in [
        "Wednesday 2 December 2026",
        "10:00 to 10:30",
        "Berlin time (UTC+1)",
        "Markalpha Ana",
        "€48.00",
        "Confirmed",
        "Did not come",
    ] {
        assert!(first.contains(text), "{text} is missing: {first}");
    }
    assert_eq!(maria.get("/my?after=nonsense").await.status, 200);
}

#[tokio::test]
async fn calling_off_until_the_window_closes_once_and_only_as_it_was_seen() {
    let world = World::new().await;
    let schema = world.schema("alpha").await;
    world.owner_sql(&format!("update {schema}.business set contact_phone = '+49 30 99887766'")).await;
    let visitor = world.visitor("alpha");
    let maria = sign_up(&world, "alpha", "Maria Lopez", "maria@example.com").await;
    // By the link without an account, then signed in.
    for (client, is_signed_in, start) in [(&visitor, false, FAR), (&maria, true, "2026-12-02T11:00:00+01:00")] {
        let link = book(&world, "alpha", start, "Maria Lopez", "maria@example.com").await;
        let id = id_of(&link);
        let base = if is_signed_in { format!("/my/appointments/{id}") } else { link.clone() };
        let page = client.get(&base).await;
        assert!(
            page.body.contains("You can move or cancel it until") && page.body.contains("/cancel\""),
            "{}",
            page.body
        );
        let asked = client.get(&format!("{base}/cancel")).await;
        assert!(asked.status == 200 && asked.body.contains("Tuesday 1 December 2026"), "{}", asked.body);
        // Somebody moved it meanwhile: it is asked again, as it stands now, and what was typed is kept.
        world.owner_sql(&format!("update {schema}.appointment set version = 5 where id = '{id}'")).await;
        let stale = cancel(client, &base, "1").await;
        assert_eq!(stale.status, 409);
        for text in ["changed meanwhile", "Tiger reason", "name=\"version\" value=\"5\""] {
            assert!(stale.body.contains(text), "{text}: {}", stale.body);
        }
        let long = "x".repeat(501);
        let refused = client.post(&format!("{base}/cancel"), &[("version", "5"), ("reason", &long)]).await;
        assert!(refused.status == 422 && refused.body.contains("500 characters"), "{}", refused.body);
        let done = cancel(client, &base, "5").await;
        assert_eq!((done.status.as_u16(), done.location()), (303, base.as_str()), "{}", done.body);
        let again = cancel(client, &base, "5").await;
        assert_eq!((again.status.as_u16(), again.location()), (303, base.as_str()), "a second press fails");
        let page = client.get(&base).await;
        assert!(page.body.contains("This appointment was cancelled") && page.body.contains("Tiger reason"));
        assert!(!page.body.contains("/cancel\"") && !page.body.contains("/move\""), "{}", page.body);
        let events = "select count(*) from audit.event where action = 'APPOINTMENT_CANCELLED'";
        assert_eq!(world.count(events).await, if is_signed_in { 2 } else { 1 });
    }
    // Too near: no button, the reason in words, and whom to ask.
    let link = book(&world, "alpha", NEAR, "Maria Lopez", "maria@example.com").await;
    for path in ["", "/cancel", "/move"] {
        let page = visitor.get(&format!("{link}{path}")).await;
        assert!(
            page.status == 200 && page.body.contains("until 16:00 on Sunday 29 November 2026"),
            "{path}: {}",
            page.body
        );
        assert!(page.body.contains("+49 30 99887766"), "{path}: {}", page.body);
        let form = format!("action=\"{link}{path}\"");
        assert!(!page.body.contains(&form) && !page.body.contains("/cancel\">"), "{path}: {}", page.body);
    }
    let late = cancel(&visitor, &link, "1").await;
    assert!(late.status == 409 && late.body.contains("cannot be cancelled here any more"), "{}", late.body);
    let late = move_to(&visitor, &link, "1", FAR).await;
    assert!(late.status == 409 && late.body.contains("cannot be moved here any more"), "{}", late.body);
    assert_eq!(version(&world, "alpha", id_of(&link)).await, "1");
}

#[tokio::test]
async fn moving_takes_a_free_time_and_offers_others_where_it_is_gone() {
    let world = World::new().await;
    let visitor = world.visitor("alpha");
    let link = book(&world, "alpha", FAR, "Maria Lopez", "maria@example.com").await;
    let id = id_of(&link);
    book(&world, "alpha", "2026-12-02T11:00:00+01:00", "Somebody Else", "else@example.com").await;

    let page = visitor.get(&format!("{link}/move")).await;
    assert_eq!(page.status, 200);
    // The day of the booking: what others have is not offered, nor is where it is; what runs into it itself is.
    for (start, offered) in [("10:00", false), ("11:00", false), ("10:45", false), ("10:15", true), ("11:30", true)] {
        let value = format!("value=\"2026-12-02T{start}:00+01:00\"");
        assert_eq!(page.body.contains(&value), offered, "{start}: {}", page.body);
    }
    assert!(page.body.contains(&format!("{link}/move?date=2026-12-03")), "{}", page.body);
    assert_eq!(visitor.get(&format!("{link}/move?date=tomorrow")).await.status, 400);
    assert_eq!(visitor.get(&format!("{link}/move?staff={}", Uuid::new_v4())).await.status, 404);

    let gone = move_to(&visitor, &link, "1", "2026-12-02T11:00:00+01:00").await;
    assert_eq!(gone.status, 409);
    for text in ["Somebody else has just booked this time", "Move to ", "stays as it is", "2026-12-02T10:30:00"] {
        assert!(gone.body.contains(text), "{text}: {}", gone.body);
    }
    let done = move_to(&visitor, &link, "1", "2026-12-02T10:15:00+01:00").await;
    assert_eq!((done.status.as_u16(), done.location()), (303, link.as_str()), "{}", done.body);
    assert!(visitor.get(&link).await.body.contains("10:15 to 10:45"));
    let again = move_to(&visitor, &link, "1", "2026-12-02T10:15:00+01:00").await;
    assert_eq!((again.status.as_u16(), again.location()), (303, link.as_str()), "a second press fails");
    assert_eq!(version(&world, "alpha", id).await, "2", "a second press moved it again");
    let stale = move_to(&visitor, &link, "1", "2026-12-02T15:00:00+01:00").await;
    assert!(stale.status == 409 && stale.body.contains("changed meanwhile"), "{}", stale.body);
    assert!(stale.body.contains("name=\"version\" value=\"2\""), "{}", stale.body);

    // Signed in, the same; and nobody else's hours are overruled.
    let maria = sign_up(&world, "alpha", "Maria Lopez", "maria@example.com").await;
    let base = format!("/my/appointments/{id}");
    let closed = move_to(&maria, &base, "2", "2026-12-02T20:00:00+01:00").await;
    assert!(closed.status == 409 && closed.body.contains("Nobody works at this time"), "{}", closed.body);
    assert_eq!(move_to(&maria, &base, "2", "2026-12-03T09:00:00+01:00").await.location(), base);
    let schema = world.schema("alpha").await;
    let claims = format!("select count(*) from {schema}.claim where appointment_id = '{id}'");
    assert_eq!(world.count(&claims).await, 1);
    assert_eq!(world.count("select count(*) from audit.event where action = 'APPOINTMENT_MOVED'").await, 2);
    // What is over stays where it was.
    cancel(&maria, &base, "3").await;
    let over = move_to(&maria, &base, "4", FAR).await;
    assert!(over.status == 409 && over.body.contains("was cancelled already"), "{}", over.body);
}

#[tokio::test]
async fn another_person_can_be_asked_for_when_moving() {
    let world = World::new().await;
    let schema = world.schema("alpha").await;
    world
        .owner_sql(&format!(
            "insert into {schema}.service_need_resource (service_id, need, resource_id) values ('{}', 0, '{}')",
            Ids::CUT,
            Ids::BO
        ))
        .await;
    let visitor = world.visitor("alpha");
    let link = book(&world, "alpha", FAR, "Maria Lopez", "maria@example.com").await;
    let page = visitor.get(&format!("{link}/move")).await;
    assert!(page.body.contains("As booked") && page.body.contains("Markalpha Bo"), "{}", page.body);
    let with_bo = visitor.get(&format!("{link}/move?staff={}&date=2026-12-02", Ids::BO)).await;
    // With somebody else, the same time is another one.
    assert!(with_bo.body.contains("value=\"2026-12-02T10:00:00+01:00\""), "{}", with_bo.body);
    let bo = Ids::BO.to_string();
    let fields = [("version", "1"), ("start", FAR), ("staff", bo.as_str())];
    assert_eq!(visitor.post(&format!("{link}/move"), &fields).await.status, 303);
    assert!(visitor.get(&link).await.body.contains("Markalpha Bo"));
    // Moved again without asking, whoever it is with stays.
    assert_eq!(move_to(&visitor, &link, "2", "2026-12-02T12:00:00+01:00").await.status, 303);
    assert!(visitor.get(&link).await.body.contains("Markalpha Bo"));
}

#[tokio::test]
async fn a_profile_is_saved_as_it_was_seen() {
    let world = World::new().await;
    let maria = sign_up(&world, "alpha", "Maria Lopez", "maria@example.com").await;
    let page = maria.get("/my/profile").await;
    let shown = page.body.split("name=\"version\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let save = async |version: &str, name: &str, phone: &str| {
        maria.post("/my/profile", &[("version", version), ("name", name), ("phone", phone)]).await
    };
    let wrong = save(&shown, " ", "call me").await;
    assert!(
        wrong.status == 422 && wrong.body.contains("Enter your name") && wrong.body.contains("call me"),
        "{}",
        wrong.body
    );
    assert_eq!(save(&shown, "Maria Garcia", "+49 30 777").await.status, 303);
    let page = maria.get("/my/profile").await;
    assert!(page.body.contains("Maria Garcia") && page.body.contains("+49 30 777"), "{}", page.body);
    let stale = save(&shown, "Maria Typed", "").await;
    assert!(stale.status == 409 && stale.body.contains("Maria Typed") && stale.body.contains("changed meanwhile"));
    let schema = world.schema("alpha").await;
    assert_eq!(world.count(&format!("select count(*) from {schema}.customer where name = 'Maria Garcia'")).await, 1);
    assert_eq!(world.count("select count(*) from public.user_account where name = 'Maria Garcia'").await, 1);
    // Who has no password is shown the way to one, and not asked for it.
    assert!(page.body.contains("choose a password"), "{}", page.body);
    assert!(world.signed_in("alpha", "customer").await.get("/my/profile").await.body.contains("Password and sessions"));
}

#[tokio::test]
async fn another_address_counts_once_it_is_proven_and_brings_along_what_it_booked() {
    let world = World::new().await;
    let schema = world.schema("alpha").await;
    book(&world, "alpha", FAR, "Maria Lopez", "old@example.com").await;
    book(&world, "alpha", "2026-12-02T11:00:00+01:00", "Maria L", "new@example.com").await;
    let maria = sign_up(&world, "alpha", "Maria Lopez", "old@example.com").await;
    for (typed, says) in [("nonsense", "like name@example.com"), ("OLD@example.com", "this is the one you have")] {
        let answer = maria.post("/my/email", &[("email", typed)]).await;
        assert!(answer.status == 422 && answer.body.contains(says), "{typed}: {}", answer.body);
    }
    // An address that another login has: the same answer, and a letter to its owner that opens nothing.
    let known = maria.post("/my/email", &[("email", "customer@alpha.example")]).await;
    assert_eq!((known.status.as_u16(), known.location()), (303, "/my/profile"));
    let letter = letters_to(&world, "customer@alpha.example", 1).await.remove(0);
    assert!(!letter.contains("token="), "{letter}");

    assert_eq!(maria.post("/my/email", &[("email", "New@Example.com")]).await.status, 303);
    let token = token_to(&world, "New@Example.com", 1).await;
    assert!(!maria.get("/my").await.body.contains("11:00"), "joined before it was proven");
    let elsewhere = world.visitor("alpha");
    let page = elsewhere.get(&format!("/enter?token={token}")).await;
    assert!(page.body.contains("New@Example.com") && page.body.contains("old@example.com"), "{}", page.body);
    assert_eq!(elsewhere.post("/enter", &[("token", &token)]).await.location(), "/my");
    let list = elsewhere.get("/my").await.body;
    assert!(list.contains("10:00") && list.contains("11:00"), "{list}");
    assert_eq!(maria.get("/my").await.status, 303, "a session of the old address still answers");
    assert_eq!(world.count(&format!("select count(*) from {schema}.customer")).await, 1);
    // Reminders that were to go to the old address go to the new one.
    let waiting = "select count(*) from public.mail where kind = 'REMINDER' and sent_at is null and void_at is null and recipient = ";
    assert_eq!(world.count(&format!("{waiting}'old@example.com'")).await, 0);
    assert!(world.count(&format!("{waiting}'New@Example.com'")).await >= 1);
    // Whoever had the address before is told.
    let told = "select count(*) from public.mail where recipient = 'old@example.com' and body like '%another address%'";
    assert_eq!(world.count(told).await, 1);
    // The next booking with it is hers without signing in, and one with the old address is not.
    book(&world, "alpha", "2026-12-02T12:00:00+01:00", "Maria", "new@example.com").await;
    book(&world, "alpha", "2026-12-02T13:00:00+01:00", "Maria", "old@example.com").await;
    let list = elsewhere.get("/my").await.body;
    assert!(list.contains("12:00 to") && !list.contains("13:00 to"), "{list}");
}

#[tokio::test]
async fn a_copy_has_what_is_the_customers_and_nothing_of_others() {
    let world = World::new().await;
    let schema = world.schema("alpha").await;
    let link = book(&world, "alpha", FAR, "Maria Lopez", "maria@example.com").await;
    book(&world, "alpha", "2026-12-02T12:00:00+01:00", "Olga Other", "olga@example.com").await;
    book(&world, "beta", FAR, "Maria Lopez", "maria@example.com").await;
    let maria = sign_up(&world, "alpha", "Maria Lopez", "maria@example.com").await;
    sign_up(&world, "alpha", "Olga Other", "olga@example.com").await;
    world.owner_sql(&format!("update {schema}.customer set notes = 'Team secret'")).await;
    move_to(&maria, &format!("/my/appointments/{}", id_of(&link)), "1", "2026-12-02T14:00:00+01:00").await;
    let answer = maria.get("/my/export.json").await;
    assert_eq!(answer.status, 200);
    assert!(answer.headers["content-type"].to_str().unwrap().starts_with("application/json"));
    assert!(answer.headers["content-disposition"].to_str().unwrap().contains("attachment"));
    assert_eq!(answer.headers["cache-control"], "private, no-store");
    let copy: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(copy["profile"]["email"], "maria@example.com");
    assert_eq!(copy["appointments"].as_array().unwrap().len(), 1);
    let appointment = &copy["appointments"][0];
    assert_eq!(appointment["starts_at"], "2026-12-02T13:00:00Z");
    assert_eq!(
        (&appointment["notes"], &appointment["contact_phone"]),
        (&"Zebra notes".into(), &"+49 30 5550123".into())
    );
    let steps: Vec<_> = appointment["history"].as_array().unwrap().iter().map(|step| step["action"].clone()).collect();
    assert_eq!(steps, ["BOOKED", "MOVED"]);
    assert!(
        copy["letters"]
            .as_array()
            .unwrap()
            .iter()
            .any(|letter| letter["subject"].as_str().unwrap().contains("Confirm your address"))
    );
    for foreign in ["Olga", "olga@", "Markbeta", "Team secret"] {
        assert!(!answer.body.contains(foreign), "{foreign} in {}", answer.body);
    }
    // What opens doors does not leave.
    let secret = token_of_any(&world).await;
    assert!(secret.iter().all(|token| !answer.body.contains(token.as_str())), "{}", answer.body);
    assert_eq!(world.count("select count(*) from audit.event where action = 'OWN_DATA_EXPORTED'").await, 1);
}

async fn token_of_any(world: &World) -> Vec<String> {
    let bodies: Vec<String> = sqlx::query_scalar("select body from public.mail where body like '%token=%'")
        .fetch_all(&mut world.owner().await)
        .await
        .unwrap();
    bodies
        .iter()
        .map(|body| body.split_once("token=").unwrap().1.split_whitespace().next().unwrap().to_owned())
        .collect()
}

/// Where a text stands, in all columns of the tenant's schema and of the platform's that hold text. The audit apart.
async fn traces(world: &World, slug: &str, text: &str) -> Vec<String> {
    let schema = world.schema(slug).await;
    let mut conn = world.owner().await;
    let columns: Vec<(String, String, String)> = sqlx::query_as(
        "select c.table_schema::text, c.table_name::text, c.column_name::text
         from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
         where c.table_schema in ($1, 'public') and t.table_type = 'BASE TABLE'
           and c.data_type in ('text', 'character varying', 'ARRAY', 'json', 'jsonb')",
    )
    .bind(&schema)
    .fetch_all(&mut conn)
    .await
    .unwrap();
    assert!(columns.len() > 60, "the search looks at too little: {}", columns.len());
    let mut found = Vec::new();
    for (schema, table, column) in columns {
        let sql = format!("select count(*) from {schema}.{table} where strpos(lower({column}::text), lower($1)) > 0");
        let count: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).bind(text).fetch_one(&mut conn).await.unwrap();
        if count > 0 {
            found.push(format!("{table}.{column}"));
        }
    }
    found
}

#[tokio::test]
async fn nothing_is_left_of_whoever_had_the_own_data_deleted() {
    let world = World::new().await;
    let schema = world.schema("alpha").await;
    let email = "xenia@example.com";
    let marks = ["Xenia Quux", email, "5550123", "Zebra notes", "Tiger reason"];
    book(&world, "alpha", FAR, "Xenia Quux", email).await;
    let called_off = book(&world, "alpha", "2026-12-02T12:00:00+01:00", "Xenia Quux", email).await;
    book(&world, "alpha", "2026-12-02T13:00:00+01:00", "Olga Other", "olga@example.com").await;
    cancel(&world.visitor("alpha"), &called_off, "1").await;
    let xenia = sign_up(&world, "alpha", "Xenia Quux", email).await;
    world
        .owner_sql(&format!("update {schema}.customer set notes = 'Xenia Quux likes tea' where email = '{email}'"))
        .await;
    // The same person at another business, and a second browser.
    sign_up(&world, "beta", "Xenia Quux", email).await;
    world.owner_sql("update public.user_link set created_at = created_at - interval '1 hour'").await;
    world.visitor("alpha").post("/login/link", &[("email", email)]).await;
    let pending = token_to(&world, email, 3).await;
    for mark in marks {
        assert!(!traces(&world, "alpha", mark).await.is_empty(), "{mark} is not there to be deleted");
    }

    let page = xenia.get("/my/delete").await;
    assert!(
        page.body.contains("Cancelled along with it") && page.body.contains("Wednesday 2 December 2026"),
        "{}",
        page.body
    );
    let wrong = xenia.post("/my/delete", &[("email", "somebody@example.com")]).await;
    assert!(wrong.status == 422 && wrong.body.contains("to confirm"), "{}", wrong.body);
    assert!(!traces(&world, "alpha", "Xenia").await.is_empty());

    let done = xenia.post("/my/delete", &[("email", " Xenia@Example.com ")]).await;
    assert_eq!((done.status.as_u16(), done.location()), (303, "/"), "{}", done.body);
    let at_beta = ["user_account.email", "user_account.name", "mail.recipient", "mail.body"];
    for mark in marks {
        let left: Vec<_> = traces(&world, "alpha", mark)
            .await
            .into_iter()
            .filter(|place| !at_beta.contains(&place.as_str()))
            .collect();
        assert!(left.is_empty(), "{mark} is left in {left:?}");
    }
    let of_alpha = "from public.{} where tenant_id = (select id from public.tenant where slug = 'alpha') and";
    for (table, column) in
        [("user_account", "email"), ("user_account", "name"), ("mail", "recipient"), ("mail", "body")]
    {
        let from = of_alpha.replace("{}", table);
        assert_eq!(
            world.count(&format!("select count(*) {from} {column} ilike '%xenia%'")).await,
            0,
            "{table}.{column}"
        );
    }
    // The books stay, without the name; what was to come is called off and its time free.
    assert_eq!(
        world
            .count(&format!("select count(*) from {schema}.appointment where contact_name = 'Deleted customer'"))
            .await,
        2
    );
    assert_eq!(world.count(&format!("select count(*) from {schema}.appointment where status = 'CANCELLED'")).await, 2);
    assert_eq!(
        world
            .count(&format!(
                "select count(*) from {schema}.customer where anonymised_at is not null and user_id is null"
            ))
            .await,
        1
    );
    assert_eq!(world.count(&format!("select count(*) from {schema}.appointment where contact_name = 'Olga Other' and contact_phone is not null")).await, 1);
    // No way in is left: neither the session nor a link that was on its way.
    assert_eq!(xenia.get("/my").await.status, 303);
    assert_eq!(world.visitor("alpha").post("/enter", &[("token", &pending)]).await.status, 410);
    // The private link shows a booking of nobody.
    let page = world.visitor("alpha").get(&called_off).await;
    assert!(page.status == 200 && page.body.contains("Deleted customer") && !page.body.contains("deleted.invalid"));
    assert_eq!(world.count("select count(*) from audit.event where action = 'OWN_DATA_DELETED'").await, 2);
    // Whoever comes back is somebody new.
    let back = sign_up(&world, "alpha", "Xenia Again", email).await;
    assert!(back.get("/my").await.body.contains("No appointments yet"));
}

#[tokio::test]
async fn what_is_too_near_to_be_called_off_keeps_the_data_until_it_is_over() {
    let world = World::new().await;
    let schema = world.schema("alpha").await;
    book(&world, "alpha", NEAR, "Maria Lopez", "maria@example.com").await;
    book(&world, "alpha", FAR, "Maria Lopez", "maria@example.com").await;
    let maria = sign_up(&world, "alpha", "Maria Lopez", "maria@example.com").await;
    let page = maria.get("/my/delete").await;
    assert!(page.body.contains("Not yet") && !page.body.contains("action=\"/my/delete\""), "{}", page.body);
    assert_eq!(maria.post("/my/delete", &[("email", "maria@example.com")]).await.status, 409);
    assert_eq!(world.count(&format!("select count(*) from {schema}.appointment where status = 'CONFIRMED'")).await, 2);
    assert_eq!(maria.get("/my").await.status, 200);
}

/// A login that came by an invitation, or from before there was an own area, is joined when it first looks.
#[tokio::test]
async fn a_login_from_before_is_joined_when_it_comes_in() {
    let world = World::new().await;
    book(&world, "alpha", FAR, "Maria Lopez", "customer@alpha.example").await;
    let client = world.signed_in("alpha", "customer").await;
    assert_eq!(client.get("/login").await.location(), "/my");
    for _ in 0..2 {
        assert!(client.get("/my").await.body.contains("Markalpha cut"));
    }
    assert_eq!(world.count("select count(*) from audit.event where action = 'CUSTOMER_LINKED'").await, 1);
    // A customer whom staff gave the address of another login stays with whom it was.
    let schema = world.schema("alpha").await;
    let other = world.person("other@alpha.example", Role::Customer, Some("alpha")).await;
    world.owner_sql(&format!("update {schema}.customer set email_key = 'other@alpha.example'")).await;
    let late = world.visitor("alpha");
    let fields = [("email", "other@alpha.example"), ("password", crate::support::PASSWORD)];
    assert_eq!(late.post("/login", &fields).await.status, 303);
    assert!(late.get("/my").await.body.contains("No appointments yet"));
    assert_eq!(world.count(&format!("select count(*) from {schema}.customer where user_id = '{other}'")).await, 1);
}
