//! Letters: written with what they tell, sent once, never when they are not true any more. And calendars to subscribe to.

use crate::support::{Client, Ids, Mail, Node, Sink, Worker, World};
use app::{
    frame::{Frame, Site},
    request::{RequestContext, TenantFacts},
};
use domain::{
    actor::Actor,
    audit::{AuditAction, AuditEntry},
    ids::AppointmentId,
};
use http::header;
use icalendar::{Calendar, CalendarComponent, Component, Event, EventLike};
use rand::Rng;
use server::{
    booking::own::{Own, OwnOutcome, cancel},
    mail::{deliver, sweep},
    messages::{News, forget, tell},
    state::App,
    tenancy::{AuditOrigin, TenantConn, TenantTx},
};
use sqlx::Executor;
use std::{
    collections::{HashMap, HashSet},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU16, AtomicUsize, Ordering},
    },
    time::Duration,
};
use uuid::Uuid;

const START: &str = "2026-12-01T10:00:00+01:00";

async fn with_sink() -> (World, Sink) {
    let sink = Sink::start().await;
    let url = sink.url();
    let world = World::with(|config| config.smtp = Some((url, "no-reply@localhost".into()))).await;
    (world, sink)
}

/// What a request of nobody in particular knows.
fn context(world: &World, slug: &str) -> RequestContext {
    let route = world.app.routes.tenants().into_iter().find(|route| route.slug == slug).unwrap();
    RequestContext {
        tenant: Some(TenantFacts {
            id: route.id,
            name: route.name.clone(),
            zone: route.zone.clone(),
            route: route.clone(),
        }),
        actor: Actor::Visitor,
        own: None,
        now: world.config.clock.now(),
        ip: None,
        request_id: String::new(),
        session_key: None,
        frame: Frame {
            site: Site::Tenant { name: route.name.clone(), zone: "Europe/Berlin".into() },
            person: None,
            path: "/".into(),
            assets: Arc::default(),
            nonce: String::new(),
            request_id: String::new(),
            masquerade: None,
            flash: None,
            dev: true,
        },
        ports: Arc::new(world.app.clone()),
    }
}

async fn run(tx: &mut TenantTx, sql: &str) {
    tx.conn().unwrap().execute(sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned()))).await.unwrap();
}

/// Changes an appointment as the write path does: the rows, the news, the commit.
async fn change(world: &World, id: Uuid, set: &str, news: News) {
    let cx = context(world, "alpha");
    let mut tx = world.app.write(&cx).await.unwrap();
    run(&mut tx, &format!("update appointment set version = version + 1, {set} where id = '{id}'")).await;
    tell(&world.app, &cx, &mut tx, AppointmentId(id), news).await.unwrap();
    let entry = AuditEntry::by(&Actor::Visitor, AuditAction::AppointmentMoved, format!("appointment/{id}"));
    tx.commit(&AuditOrigin::default(), entry).await.unwrap();
}

async fn book(world: &World) -> Uuid {
    crate::schedule::book(world, "alpha", Ids::CUT, START).await
}

/// Kind, version and whether it is void, of all letters about bookings.
async fn letters(world: &World) -> Vec<(String, i32, bool)> {
    sqlx::query_as("select kind, version, void_at is not null from public.mail where appointment_id is not null order by version, kind")
        .fetch_all(&mut world.owner().await)
        .await
        .unwrap()
}

fn row(kind: &str, version: i32, is_void: bool) -> (String, i32, bool) {
    (kind.into(), version, is_void)
}

async fn send(app: &App) -> usize {
    deliver(app, || false).await.unwrap()
}

/// The calendar in a letter.
fn calendar(mail: &Mail, method: &str) -> Event {
    let (_, rest) = mail
        .text
        .split_once(&format!("text/calendar; method={method}; charset=utf-8"))
        .unwrap_or_else(|| panic!("{}", mail.text));
    let (_, rest) = rest.split_once("\r\n\r\n").unwrap();
    let (text, _) = rest.split_once("\r\n--").unwrap();
    let text = &unquoted(text);
    assert!(text.contains(&format!("METHOD:{method}\r\n")), "{text}");
    event(text)
}

/// Quoted-printable, which what has no `=` in it reads the same in.
fn unquoted(text: &str) -> String {
    let text = text.replace("=\r\n", "");
    let mut parts = text.split('=');
    let mut bytes = parts.next().unwrap().as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).unwrap());
        bytes.extend_from_slice(&part.as_bytes()[2..]);
    }
    String::from_utf8(bytes).unwrap()
}

fn event(text: &str) -> Event {
    let calendar: Calendar = text.parse().unwrap_or_else(|error| panic!("{error} in {text}"));
    match calendar.components.into_iter().next() {
        Some(CalendarComponent::Event(event)) => event,
        other => panic!("{other:?} in {text}"),
    }
}

#[tokio::test]
async fn a_booking_and_its_letters_are_one() {
    let world = World::new().await;
    // The last step of the transaction fails: neither is there.
    world.owner_sql("alter function audit.append rename to append_not").await;
    let token = Uuid::new_v4().to_string();
    let fields = [("start", START), ("token", token.as_str()), ("name", "Maria Lopez"), ("email", "m@example.com")];
    let failed = world.visitor("alpha").post(&format!("/book/{}", Ids::CUT), &fields).await;
    assert_eq!(failed.status, 500);
    let schema = world.schema("alpha").await;
    assert_eq!(world.count(&format!("select count(*) from {schema}.appointment")).await, 0);
    assert_eq!(letters(&world).await, []);

    world.owner_sql("alter function audit.append_not rename to append").await;
    book(&world).await;
    assert_eq!(letters(&world).await, [row("BOOKED", 1, false), row("REMINDER", 1, false)]);
    // A day before, as the business has it; the other goes at once.
    let due = "select count(*) from public.mail where (kind = 'REMINDER' and due_at = '2026-11-30T10:00:00+01:00' and until = '2026-12-01T10:00:00+01:00')
               or (kind = 'BOOKED' and due_at is null)";
    assert_eq!(world.count(due).await, 2);
    let inbox = world.visitor("alpha").get("/dev/inbox").await;
    for text in
        ["You are booked: Markalpha cut", "Reminder", "Goes out 2026-11-30 09:00:00 UTC", "Calendar file (", "Waiting"]
    {
        assert!(inbox.body.contains(text), "{text} is missing in {}", inbox.body);
    }
    assert!(!world.visitor("beta").get("/dev/inbox").await.body.contains("Maria Lopez"));
    let id: Uuid = sqlx::query_scalar("select id from public.mail where kind = 'BOOKED'")
        .fetch_one(&mut world.owner().await)
        .await
        .unwrap();
    let page = world.visitor("alpha").get(&format!("/dev/inbox/{id}/html")).await;
    assert!(page.status == 200 && page.body.contains("Hello Maria Lopez,"), "{}", page.body);
    let file = world.visitor("alpha").get(&format!("/dev/inbox/{id}/appointment.ics")).await;
    assert_eq!(event(&file.body).get_summary(), Some("Markalpha cut - Markalpha Studio"));
    assert_eq!(world.visitor("beta").get(&format!("/dev/inbox/{id}/html")).await.status, 404);
}

#[tokio::test]
async fn what_is_not_agreed_or_too_near_is_not_reminded_of() {
    let world = World::new().await;
    // A start within the day: there is no sense in a reminder.
    crate::schedule::book(&world, "alpha", Ids::CUT, "2026-11-30T16:00:00+01:00").await;
    assert_eq!(letters(&world).await, [row("BOOKED", 1, false)]);
    let schema = world.schema("alpha").await;
    world.owner_sql(&format!("update {schema}.business set reminder_minutes = null")).await;
    let id = book(&world).await;
    assert_eq!(world.count("select count(*) from public.mail where kind = 'REMINDER'").await, 0);
    world.owner_sql(&format!("update {schema}.business set reminder_minutes = 60; delete from public.mail")).await;
    change(&world, id, "status = 'PENDING'", News::Requested).await;
    assert_eq!(letters(&world).await, [row("REQUESTED", 2, false)]);
    change(&world, id, "status = 'CONFIRMED'", News::Confirmed).await;
    let after = [row("REQUESTED", 2, true), row("CONFIRMED", 3, false), row("REMINDER", 3, false)];
    assert_eq!(letters(&world).await, after);
    // What was told is told once, whoever says it again.
    let cx = context(&world, "alpha");
    let mut tx = world.app.write(&cx).await.unwrap();
    tell(&world.app, &cx, &mut tx, AppointmentId(id), News::Confirmed).await.unwrap();
    let entry = AuditEntry::by(&Actor::Visitor, AuditAction::AppointmentMoved, "x");
    tx.commit(&AuditOrigin::default(), entry).await.unwrap();
    assert_eq!(letters(&world).await, after);
}

#[tokio::test]
async fn a_change_takes_back_what_was_to_go_out_about_before() {
    let (world, sink) = with_sink().await;
    let id = book(&world).await;
    assert_eq!(send(&world.app).await, 1);
    let later = "starts_at = starts_at + interval '1 day', ends_at = ends_at + interval '1 day'";
    change(&world, id, later, News::Moved).await;
    let moved = [row("BOOKED", 1, false), row("REMINDER", 1, true), row("MOVED", 2, false), row("REMINDER", 2, false)];
    assert_eq!(letters(&world).await, moved);
    change(
        &world,
        id,
        "status = 'CANCELLED', cancelled_at = now(), cancelled_by = 'CUSTOMER', holds = false",
        News::Cancelled,
    )
    .await;
    // What had not gone out is not sent any more: the last letter says it all.
    let cancelled = [
        row("BOOKED", 1, false),
        row("REMINDER", 1, true),
        row("MOVED", 2, true),
        row("REMINDER", 2, true),
        row("CANCELLED", 3, false),
    ];
    assert_eq!(letters(&world).await, cancelled);
    assert_eq!(send(&world.app).await, 1);
    let mails = sink.mails();
    assert_eq!(mails.len(), 2);
    let (booked, off) = (calendar(&mails[0], "REQUEST"), calendar(&mails[1], "CANCEL"));
    assert_eq!(booked.get_uid(), Some(format!("{id}@localhost").as_str()));
    assert_eq!((booked.get_uid(), booked.get_sequence(), off.get_sequence()), (off.get_uid(), Some(1), Some(3)));
    assert_eq!(off.property_value("STATUS"), Some("CANCELLED"));
    assert_eq!(booked.property_value("DTSTART"), Some("20261201T090000Z"));
    assert_eq!(off.property_value("DTSTART"), Some("20261202T090000Z"));
    assert!(mails[1].header("Subject").starts_with("Your booking is cancelled"), "{}", mails[1].text);
    assert!(mails[1].text.contains("You have called off"), "{}", mails[1].text);

    // Over: nothing to say, and nothing to remind of.
    let other = crate::schedule::book(&world, "alpha", Ids::CUT, "2026-12-03T10:00:00+01:00").await;
    change(&world, other, "status = 'NO_SHOW'", News::Over).await;
    assert_eq!(world.count("select count(*) from public.mail where void_at is null and sent_at is null").await, 0);
}

#[tokio::test]
async fn a_reminder_is_looked_at_again_before_it_goes_out() {
    let (world, sink) = with_sink().await;
    let schema = world.schema("alpha").await;
    for (change, why) in [
        ("update appointment set version = 2", "The booking was changed meanwhile"),
        ("update appointment set status = 'NO_SHOW'", "The booking does not stand any more"),
        ("update appointment set status = 'PENDING'", "The booking does not stand any more"),
        (
            "update appointment set starts_at = '2026-11-30T07:00:00Z', ends_at = '2026-11-30T08:00:00Z'",
            "Its time has passed",
        ),
        ("update customer set anonymised_at = now()", "The customer's data was deleted"),
        ("delete from appointment", "The booking is not there any more"),
        ("update public.mail set until = '2026-11-30T07:00:00Z'", "Its time has passed"),
    ] {
        book(&world).await;
        let now = "delete from public.mail where kind <> 'REMINDER'; update public.mail set next_at = '-infinity'";
        world.owner_sql(&format!("set search_path = {schema}, ext; {now}; {change}")).await;
        assert_eq!(send(&world.app).await, 0, "{change}");
        let reason: Option<String> = sqlx::query_scalar("select void_reason from public.mail")
            .fetch_one(&mut world.owner().await)
            .await
            .unwrap();
        assert_eq!(reason.as_deref(), Some(why), "{change}");
        world.owner_sql(&format!("set search_path = {schema}, ext; delete from public.mail; delete from appointment; delete from customer")).await;
    }
    assert_eq!(sink.mails().len(), 0);
    // And one that is true goes out, when its time has come and not before.
    book(&world).await;
    assert_eq!(send(&world.app).await, 1);
    world.owner_sql("update public.mail set next_at = '2026-11-30T07:00:00Z' where kind = 'REMINDER'").await;
    assert_eq!(send(&world.app).await, 1);
    assert!(sink.mails()[1].header("Subject").starts_with("Coming up: Markalpha cut"), "{:?}", sink.mails());
    // Nobody is written to whose data is gone, and what was written can be forgotten.
    world.owner_sql(&format!("update {schema}.customer set anonymised_at = now()")).await;
    let id: Uuid = sqlx::query_scalar("select appointment_id from public.mail limit 1")
        .fetch_one(&mut world.owner().await)
        .await
        .unwrap();
    change(&world, id, "notes = ''", News::Moved).await;
    assert_eq!(letters(&world).await.len(), 2);
    let cx = context(&world, "alpha");
    let mut tx = world.app.write(&cx).await.unwrap();
    forget(&mut tx, &[AppointmentId(id)]).await.unwrap();
    let entry = AuditEntry::by(&Actor::Visitor, AuditAction::AppointmentMoved, "x");
    tx.commit(&AuditOrigin::default(), entry).await.unwrap();
    assert_eq!(letters(&world).await, []);
}

/// The same by the ways that people have: the board, and the private link.
#[tokio::test]
async fn those_who_change_a_booking_have_it_told() {
    let (world, sink) = with_sink().await;
    let id = book(&world).await;
    let owner = world.signed_in("alpha", "owner").await;
    let change =
        serde_json::json!({"change": {"id": id, "version": 1, "resource": Ids::ANA, "start": "2026-12-02T13:00:00Z"}});
    let answer = owner.call("/api/schedule/move_appointment", change).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(send(&world.app).await, 1);
    let mail = sink.mails().remove(0);
    let text = mail.text.replace("=\r\n", "");
    for line in [
        "When: Wednesday 2 December 2026, 14:00 to 14:30",
        "Before: Tuesday 1 December 2026, 10:00",
        "With: Markalpha Ana",
    ] {
        assert!(text.contains(line), "{line} is missing in {text}");
    }
    let own = Own { id: AppointmentId(id), has_link: true, version: 2 };
    let done = cancel(&world.app, &context(&world, "alpha"), &own, "I have a cold").await.unwrap();
    assert_eq!(done, OwnOutcome::Done);
    assert_eq!(send(&world.app).await, 1);
    let off = sink.mails().remove(1);
    assert_eq!(calendar(&off, "CANCEL").get_sequence(), Some(3));
    assert!(off.text.contains("With: Markalpha Ana") && !off.text.contains("cold"), "{}", off.text);
    assert_eq!(world.count("select count(*) from public.mail where sent_at is null and void_at is null").await, 0);
}

/// A request that nobody agreed to is in no calendar, so it is taken out of none.
#[tokio::test]
async fn a_request_has_no_calendar_until_it_is_agreed() {
    let (world, sink) = with_sink().await;
    let schema = world.schema("alpha").await;
    world.owner_sql(&format!("update {schema}.service set needs_approval = true, pending_holds = false")).await;
    let id = book(&world).await;
    assert_eq!(letters(&world).await, [row("REQUESTED", 1, false)]);
    let cx = context(&world, "alpha");
    let own = Own { id: AppointmentId(id), has_link: true, version: 1 };
    assert_eq!(cancel(&world.app, &cx, &own, "").await.unwrap(), OwnOutcome::Done);
    assert_eq!(send(&world.app).await, 1);
    let mail = sink.mails().remove(0);
    assert!(mail.text.contains("You have called off") && !mail.text.contains("text/calendar"), "{}", mail.text);
    // Whom it was asked for is known though nobody was held.
    assert!(mail.text.contains("With: Markalpha Ana"), "{}", mail.text);
}

/// The business of a letter is the one whose transaction it is, and nobody else's letters are in reach.
#[tokio::test]
async fn no_business_writes_in_anothers_name() {
    let world = World::new().await;
    book(&world).await;
    let theirs = crate::schedule::book(&world, "beta", Ids::CUT, START).await;
    let (alpha, beta) = (world.schema("alpha").await, world.tenant_id("beta").await);
    let mut conn = <sqlx::PgConnection as sqlx::Connection>::connect_with(&world.config.app).await.unwrap();
    let enter = format!("begin; set local role {alpha}; set local search_path = {alpha}, ext, pg_temp;");
    let post = format!(
        "select outbox.post('{}', 'CANCELLED', '{theirs}', 9, 'm@example.com', null, 'Off', 'Off', '<p>Off</p>', null, null, null, null);",
        Uuid::now_v7()
    );
    for (sql, is_allowed) in [
        (format!("{enter} {post} commit"), true),
        (
            format!(
                "{enter} select outbox.withdraw('{theirs}', 99, 'x'); select outbox.forget(array['{theirs}'::uuid]); commit"
            ),
            true,
        ),
        (format!("{enter} select count(*) from public.mail"), false),
        (
            format!(
                "{enter} insert into public.mail (id, tenant_id, recipient, subject, body) values (gen_random_uuid(), '{beta}', 'a', 'b', 'c')"
            ),
            false,
        ),
        // The server's own login, outside of any business.
        (post.clone(), false),
        (format!("select outbox.forget(array['{theirs}'::uuid])"), false),
    ] {
        let result = conn.execute(sqlx::raw_sql(sqlx::AssertSqlSafe(sql.clone()))).await;
        assert_eq!(result.is_ok(), is_allowed, "{sql}: {result:?}");
        conn.execute("rollback").await.unwrap();
    }
    let of_beta = format!(
        "select count(*) from public.mail where tenant_id = '{beta}' and appointment_id = '{theirs}' and void_at is null"
    );
    assert_eq!(world.count(&of_beta).await, 2, "another business reached these letters");
    assert_eq!(
        world.count("select count(*) from public.mail where kind = 'CANCELLED'").await,
        0,
        "its own it could forget"
    );
}

#[tokio::test]
async fn a_letter_has_a_part_for_everybody() {
    let (world, sink) = with_sink().await;
    let schema = world.schema("alpha").await;
    world
        .owner_sql(&format!(
            "update {schema}.business set contact_email = 'hello@alpha.example', contact_phone = '+49 30 1', address = 'Lange Straße 5', brand_colour = '#b5179e';
             update {schema}.resource set name = 'Ana Müller' where id = '{}'",
            Ids::ANA
        ))
        .await;
    book(&world).await;
    assert_eq!(send(&world.app).await, 1);
    let mails = sink.mails();
    let mail = &mails[0];
    let id: Uuid = sqlx::query_scalar("select id from public.mail where kind = 'BOOKED'")
        .fetch_one(&mut world.owner().await)
        .await
        .unwrap();
    assert_eq!(mail.to, "m@example.com");
    assert_eq!(mail.header("Message-ID"), format!("<{id}@localhost>"));
    assert_eq!(mail.header("Reply-To"), "hello@alpha.example");
    assert_eq!(mail.header("From"), "\"Markalpha Studio\" <no-reply@localhost>");
    assert!(mail.header("Content-Type").starts_with("multipart/mixed"), "{}", mail.text);
    for part in [
        "multipart/alternative",
        "text/plain; charset=utf-8",
        "text/html; charset=utf-8",
        "filename=\"appointment.ics\"",
    ] {
        assert!(mail.text.contains(part), "{part} is missing in {}", mail.text);
    }
    // The link in it opens the booking, on the business's own host.
    let plain = mail.text.replace("=\r\n", "");
    let (_, link) = plain.split_once("http://alpha.localhost:3000/booked/").unwrap();
    let key = link.split_whitespace().next().unwrap();
    let page = world.visitor("alpha").get(&format!("/booked/{key}")).await;
    assert!(page.status == 200 && page.body.contains(&format!("/booked/{key}/calendar.ics")), "{}", page.body);

    let file = world.visitor("alpha").get(&format!("/booked/{key}/calendar.ics")).await;
    assert_eq!(
        (file.status.as_u16(), file.headers[header::CONTENT_TYPE].to_str().unwrap()),
        (200, "text/calendar; charset=utf-8")
    );
    assert_eq!(file.headers[header::CONTENT_DISPOSITION], "attachment; filename=\"appointment.ics\"");
    let event = event(&file.body);
    assert_eq!(event.get_location(), Some("Lange Straße 5"));
    assert!(event.get_description().unwrap().contains("With Ana Müller\n+49 30 1\n"), "{event:?}");
    assert!(event.get_attendees().is_empty() && file.body.contains("METHOD:PUBLISH"), "{}", file.body);
    for (slug, key) in [("beta", key), ("alpha", &key[..key.len() - 1]), ("alpha", "nothing")] {
        assert_eq!(world.visitor(slug).get(&format!("/booked/{key}/calendar.ics")).await.status, 404);
    }
}

async fn letter(world: &World, recipient: &str, subject: &str) {
    sqlx::query("insert into public.mail (id, recipient, subject, body) values ($1, $2, $3, 'Hello')")
        .bind(Uuid::now_v7())
        .bind(recipient)
        .bind(subject)
        .execute(&mut world.owner().await)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_letter_that_cannot_go_does_not_hold_up_others() {
    let (world, sink) = with_sink().await;
    let long = format!("{}@example.com", "a".repeat(310));
    for recipient in
        [long.as_str(), "two\r\nRCPT TO:<evil@example.com>", "nobody", "refused@example.com", "mä@example.com"]
    {
        letter(&world, recipient, "Poison").await;
    }
    letter(&world, "good@exämple.de", "Evil\r\nBcc: evil@example.com\r\n\r\nbody").await;
    world.owner_sql("update public.tenant set name = E'Evil\\r\\nBcc: evil@example.com' where slug = 'alpha'").await;
    world.owner_sql("insert into public.mail (id, tenant_id, recipient, subject, body) select gen_random_uuid(), id, 'last@example.com', 'Last', 'x' from public.tenant where slug = 'alpha'").await;
    // A business whose rows cannot be read.
    book(&world).await;
    let schema = world.schema("alpha").await;
    world.owner_sql(&format!("alter table {schema}.customer rename to gone; update public.mail set next_at = '1990-01-01' where kind = 'BOOKED'")).await;
    assert_eq!(send(&world.app).await, 2);
    let mails = sink.mails();
    let to: HashSet<_> = mails.iter().map(|mail| mail.to.as_str()).collect();
    assert_eq!(to, HashSet::from(["good@xn--exmple-cua.de", "last@example.com"]));
    for mail in &mails {
        let (head, _) = mail.text.split_once("\r\n\r\n").unwrap();
        assert!(head.lines().all(|line| !line.to_lowercase().starts_with("bcc")), "{head}");
    }
    // What can never be sent is given up at once; what was refused, after some tries.
    let void = "select count(*) from public.mail where void_reason like 'It cannot be sent%'";
    assert_eq!(world.count(void).await, 3);
    let refused = "select count(*) from public.mail where attempts = 1 and error is not null and void_at is null and next_at > '2026-11-30T07:00:30Z'";
    assert_eq!(world.count(refused).await, 2);
    for _ in 1..6 {
        world.owner_sql("update public.mail set next_at = '-infinity' where attempts > 0").await;
        send(&world.app).await;
    }
    assert_eq!(
        world.count("select count(*) from public.mail where void_reason like 'Given up after 6 tries%'").await,
        2
    );
}

#[tokio::test]
async fn without_a_mail_server_letters_wait() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let world =
        World::with(|config| config.smtp = Some((format!("smtp://{closed}"), "no-reply@localhost".into()))).await;
    for n in 0..3 {
        letter(&world, &format!("{n}@example.com"), "Later").await;
    }
    assert_eq!(send(&world.app).await, 0);
    // The first was tried, and says what is wrong; the others are spared.
    assert_eq!(
        world
            .count("select count(*) from public.mail where attempts = 1 and error is not null and void_at is null")
            .await,
        1
    );
    assert_eq!(world.count("select count(*) from public.mail where attempts = 0").await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn workers_side_by_side_send_each_letter_once() {
    let (world, sink) = with_sink().await;
    for n in 0..60 {
        letter(&world, &format!("{}{n}@example.com", if n % 20 == 0 { "slow" } else { "n" }), "Once").await;
    }
    let other = App::new(world.config.clone()).unwrap();
    other.routes.refresh(&other.db).await.unwrap();
    let (a, b, c, d) = tokio::join!(send(&world.app), send(&world.app), send(&other), send(&other));
    assert_eq!(a + b + c + d, 60);
    assert!([a, b, c, d].iter().filter(|sent| **sent > 0).count() > 1, "they did not work side by side");
    let ids: HashSet<_> = sink.mails().iter().map(|mail| mail.header("Message-ID")).collect();
    assert_eq!((sink.mails().len(), ids.len()), (60, 60));
    // A letter that is on its way is nobody's to wait for: whoever changes the booking passes it by.
    let id = book(&world).await;
    let mut lock = world.owner().await;
    lock.execute("begin").await.unwrap();
    lock.execute("select id from public.mail where kind = 'BOOKED' for update").await.unwrap();
    tokio::time::timeout(Duration::from_secs(3), change(&world, id, "notes = 'x'", News::Moved)).await.unwrap();
    lock.execute("rollback").await.unwrap();
    assert_eq!(world.count("select count(*) from public.mail where kind = 'BOOKED' and void_at is null").await, 1);
    assert_eq!(send(&world.app).await, 1, "what was passed by is overtaken");
    assert_eq!(world.count("select count(*) from public.mail where kind = 'BOOKED' and void_reason = 'A later letter says otherwise'").await, 1);
}

#[tokio::test]
async fn letters_long_done_with_are_removed() {
    let world = World::new().await;
    for n in 0..4 {
        letter(&world, &format!("{n}@example.com"), "Old").await;
    }
    world
        .owner_sql(
            "update public.mail set created_at = now() - interval '1 year';
             update public.mail set sent_at = now() - interval '91 days' where recipient like '0%';
             update public.mail set void_at = now() - interval '91 days', void_reason = 'x' where recipient like '1%';
             update public.mail set sent_at = now() - interval '89 days' where recipient like '2%'",
        )
        .await;
    assert_eq!(sweep(&world.app).await.unwrap(), 2);
    assert_eq!(world.count("select count(*) from public.mail where recipient ~ '^[23]'").await, 2);
}

/// The addresses on the page, by the names above them.
fn addresses(page: &str) -> Vec<String> {
    page.split("value=\"http://alpha.localhost:3000")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn a_feed_is_read_by_its_address_alone_until_that_is_renewed() {
    let world = World::new().await;
    let id = book(&world).await;
    let owner = world.signed_in("alpha", "owner").await;
    let page = owner.get("/feeds").await;
    assert_eq!(page.status, 200);
    let all = addresses(&page.body);
    assert_eq!(all.len(), 3, "{}", page.body);
    let staff = world.signed_in("alpha", "staff").await;
    assert!(staff.get("/account").await.body.contains("href=\"/feeds\""));
    let own = addresses(&staff.get("/feeds").await.body);
    assert_eq!(own, all[..1], "of one's own calendar alone");
    assert_eq!(world.signed_in("alpha", "customer").await.get("/feeds").await.status, 403);
    assert_eq!(world.visitor("alpha").get("/feeds").await.status, 303);

    let visitor = world.visitor("alpha");
    let feed = visitor.get(&all[0]).await;
    assert_eq!(
        (feed.status.as_u16(), feed.headers[header::CONTENT_TYPE].to_str().unwrap()),
        (200, "text/calendar; charset=utf-8")
    );
    assert_eq!(feed.headers[header::CACHE_CONTROL], "private, no-cache");
    let event = event(&feed.body);
    assert_eq!(event.get_uid(), Some(format!("{id}@localhost").as_str()));
    assert_eq!(event.get_summary(), Some("Maria Lopez - Markalpha cut"));
    for private in ["m@example.com", "ATTENDEE", "booked/", "Reference"] {
        assert!(!feed.body.contains(private), "{private} is in {}", feed.body);
    }
    assert!(!visitor.get(&all[1]).await.body.contains("Maria"), "it shows another's calendar");
    // What has not changed is not sent again.
    let again = async |client: &Client| {
        let tag = feed.headers[header::ETAG].clone();
        let request = client.request(http::Method::GET, &all[0]).header(header::IF_NONE_MATCH, tag);
        client.send(request.body(axum::body::Body::empty()).unwrap()).await.status.as_u16()
    };
    assert_eq!(again(&visitor).await, 304);
    change(&world, id, "starts_at = starts_at + interval '1 hour', ends_at = ends_at + interval '1 hour'", News::Moved)
        .await;
    assert_eq!(again(&visitor).await, 200);
    // Out of its window, and called off.
    let schema = world.schema("alpha").await;
    for away in [
        "starts_at = '2026-10-20T10:00:00Z', ends_at = '2026-10-20T10:30:00Z'",
        "starts_at = '2027-06-20T10:00:00Z', ends_at = '2027-06-20T10:30:00Z'",
    ] {
        world.owner_sql(&format!("update {schema}.appointment set {away}")).await;
        assert!(!visitor.get(&all[0]).await.body.contains("Maria"), "{away}");
    }

    // The same ids at another business, a key with another end, and none.
    let (path, end) = all[0].split_at(all[0].len() - 5);
    for (slug, path) in [
        ("beta", all[0].clone()),
        ("alpha", format!("{path}{}.ics", if end.starts_with('a') { 'b' } else { 'a' })),
        ("alpha", all[0].replace(".ics", "")),
        ("alpha", "/feed/x.ics".into()),
    ] {
        assert_eq!(world.visitor(slug).get(&path).await.status, 404, "{slug} {path}");
    }
    assert_eq!(staff.post(&format!("/feeds/{}/renew", Ids::BO), &[]).await.status, 403);
    assert_eq!(staff.post(&format!("/feeds/{}/renew", Uuid::from_u128(9)), &[]).await.status, 404);
    assert_eq!(visitor.get(&all[1]).await.status, 200);
    let renewed = staff.post(&format!("/feeds/{}/renew", Ids::ANA), &[]).await;
    assert_eq!((renewed.status.as_u16(), renewed.location()), (303, "/feeds"));
    assert_eq!(visitor.get(&all[0]).await.status, 404);
    let fresh = addresses(&staff.get("/feeds").await.body);
    assert_eq!(visitor.get(&fresh[0]).await.status, 200);
    assert_eq!(
        world
            .count("select count(*) from audit.event where action = 'FEED_RENEWED' and detail = 'Markalpha Ana'")
            .await,
        1
    );
    world.owner_sql(&format!("update {schema}.resource set archived_at = now() where id = '{}'", Ids::ANA)).await;
    assert_eq!(visitor.get(&fresh[0]).await.status, 404);
    assert_eq!(addresses(&staff.get("/feeds").await.body), Vec::<String>::new());
}

/// A right that lasts minutes gives out no address that lasts for years, and neither does acting as somebody.
#[tokio::test]
async fn no_address_is_given_out_on_a_grant_or_behind_a_mask() {
    let world = World::new().await;
    world.of_the_platform("support").await;
    let owner = world.signed_in("alpha", "owner").await;
    let grant =
        [("email", "support@platform.example"), ("action", "edit_appointments"), ("minutes", "10"), ("reason", "Help")];
    assert_eq!(owner.post("/grants", &grant).await.status, 303);
    let support = world.visitor("alpha");
    let login = [("email", "support@platform.example"), ("password", crate::support::PASSWORD)];
    assert_eq!(support.post("/login", &login).await.status, 303);
    assert_eq!(support.get("/schedule").await.status, 200);
    assert_eq!(support.get("/feeds").await.status, 403);
    assert_eq!(support.post(&format!("/feeds/{}/renew", Ids::ANA), &[]).await.status, 403);
    let staff = world.id_of("staff@alpha.example").await;
    let begun = owner.post(&format!("/team/{staff}/masquerade"), &[("reason", "Looking after something")]).await;
    assert_eq!(begun.status, 303, "{}", begun.body);
    let page = owner.get("/feeds").await;
    assert!(page.status == 403 && !page.body.contains("/feed/"), "{} {}", page.status, page.body);
}

/// Bookings over HTTP while server and worker are killed at random moments. `BOOKINGS` says how many.
#[tokio::test(flavor = "multi_thread")]
async fn killed_at_any_moment_each_booking_is_there_with_one_confirmation() {
    const CLIENTS: usize = 8;
    let total: usize = std::env::var("BOOKINGS").ok().and_then(|text| text.parse().ok()).unwrap_or(1000);
    let world = Arc::new(World::new().await);
    let sink = Sink::start().await;
    let schema = world.schema("alpha").await;
    // A service and a person for each client, open day and night: nobody is in anybody's way.
    world
        .owner_sql(&format!(
            "set search_path = {schema}, ext;
             insert into service (id, name, minutes, step) select ('00000000-0000-0000-0000-0000000010' || lpad(n::text, 2, '0'))::uuid, 'Quick ' || n, 10, 10 from generate_series(0, {CLIENTS} - 1) n;
             insert into resource (id, name, kind) select ('00000000-0000-0000-0000-0000000020' || lpad(n::text, 2, '0'))::uuid, 'Person ' || n, 'STAFF' from generate_series(0, {CLIENTS} - 1) n;
             insert into service_need (service_id, need) select id, 0 from service where name like 'Quick%';
             insert into service_need_resource (service_id, need, resource_id)
                select s.id, 0, r.id from service s join resource r on right(s.name, 1) = right(r.name, 1) where s.name like 'Quick%' and r.name like 'Person%';
             insert into weekly_hours (resource_id, weekday, from_minute, to_minute) select r.id, d, 0, 1440 from resource r, generate_series(1, 7) d where r.name like 'Person%'"
        ))
        .await;
    let url = sink.url();
    let settings = [("SMTP_URL", url.as_str()), ("CLOCK_START", "2026-11-30T07:00:00Z"), ("LOG", "error")];
    let mut node = Node::start_with(&world, true, &settings).await;
    let mut worker = Worker::start(&world, &settings);
    let port = Arc::new(AtomicU16::new(node.port));
    let unsure = Arc::new(AtomicUsize::new(0));
    let mut clients = tokio::task::JoinSet::new();
    for client in 0..CLIENTS {
        let (port, unsure) = (port.clone(), unsure.clone());
        clients.spawn(async move {
            let first: jiff::Timestamp = "2026-12-01T00:00:00Z".parse().unwrap();
            let mut answered = Vec::new();
            for n in 0..total / CLIENTS {
                let start = first + jiff::SignedDuration::from_mins(10 * n as i64);
                let body = format!(
                    "start={start}&staff=&token={}&name=Client&email=c{client}-{n}%40example.com&phone=&notes=",
                    Uuid::new_v4()
                );
                let path = format!("/book/00000000-0000-0000-0000-0000000010{client:02}");
                loop {
                    let at = port.load(Ordering::Relaxed);
                    match Node::ask_at(at, "POST", "alpha.localhost:3000", &path, "", &body).await {
                        Some((303, _)) => {
                            answered.push(format!("c{client}-{n}@example.com"));
                            break;
                        }
                        Some((status, text)) => assert!(status == 503 || status == 500, "{status} {text}"),
                        // Some ask again, with the same form; some never learn what became of it.
                        None if n % 3 == 0 => {
                            unsure.fetch_add(1, Ordering::Relaxed);
                            break;
                        }
                        None => {}
                    }
                    tokio::time::sleep(Duration::from_millis(30)).await;
                }
            }
            answered
        });
    }
    let done = Arc::new(AtomicBool::new(false));
    let flag = done.clone();
    let gather = tokio::spawn(async move {
        let answered: Vec<String> = clients.join_all().await.into_iter().flatten().collect();
        flag.store(true, Ordering::Relaxed);
        answered
    });
    let mut kills = 0;
    while !done.load(Ordering::Relaxed) {
        let (wait, which) = { (rand::rng().random_range(100..1200), rand::rng().random_range(0..3)) };
        tokio::time::sleep(Duration::from_millis(wait)).await;
        kills += 1;
        if which != 0 {
            node.kill();
            node = Node::start_with(&world, true, &settings).await;
            port.store(node.port, Ordering::Relaxed);
        }
        if which != 1 {
            drop(worker);
            worker = Worker::start(&world, &settings);
        }
    }
    let answered = gather.await.unwrap();
    let waiting = "select count(*) from public.mail where kind = 'BOOKED' and sent_at is null";
    for _ in 0..600 {
        if world.count(waiting).await == 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    drop((node, worker));
    let rows: Vec<(String, i64, i64)> = sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "select c.email, count(distinct a.id), count(m.id) filter (where m.kind = 'BOOKED' and m.sent_at is not null and m.void_at is null)
         from {schema}.appointment a join {schema}.customer c on c.id = a.customer_id left join public.mail m on m.appointment_id = a.id
         group by c.email"
    )))
    .fetch_all(&mut world.owner().await)
    .await
    .unwrap();
    let mut ids: HashMap<String, HashSet<String>> = HashMap::new();
    let mails: Vec<_> = sink.mails();
    for mail in &mails {
        ids.entry(mail.to.clone()).or_default().insert(mail.header("Message-ID"));
    }
    let (booked, unsure) = (rows.len(), unsure.load(Ordering::Relaxed));
    println!(
        "{total} asked for, {} answered, {unsure} never learned, {booked} there; {kills} kills; {} letters handed over, {} of them again",
        answered.len(),
        mails.len(),
        mails.len() - ids.len()
    );
    for email in &answered {
        assert!(rows.iter().any(|row| row.0 == *email), "{email} was answered and is not there");
    }
    assert!(booked >= answered.len() && booked <= answered.len() + unsure, "{booked} {} {unsure}", answered.len());
    for (email, appointments, confirmations) in &rows {
        assert_eq!((*appointments, *confirmations), (1, 1), "{email}");
        assert_eq!(ids.get(email).map(HashSet::len), Some(1), "{email}");
    }
    assert_eq!(ids.len(), booked, "a letter about nothing");
    assert!(kills > 1, "nothing was killed");
}
