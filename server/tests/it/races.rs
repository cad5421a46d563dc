//! Many want the same at once: each promise of the calendar, with everybody pulling at it.

use crate::{
    schedule::book,
    support::{Answer, Client, Ids, World},
};
use serde_json::json;
use std::collections::HashSet;
use uuid::Uuid;

const TEN: &str = "2026-12-01T10:00:00+01:00";

async fn post(client: &Client, service: Uuid, start: &str, token: Uuid, n: usize) -> Answer {
    let (token, email) = (token.to_string(), format!("guest{n}@example.com"));
    let fields = [("start", start), ("token", &token), ("name", "Guest"), ("email", &email)];
    client.post(&format!("/book/{service}"), &fields).await
}

/// So many at once; answers with the statuses.
async fn crowd(world: &World, count: usize, wish: impl Fn(usize) -> (Uuid, String, Uuid)) -> Vec<Answer> {
    let mut crowd = tokio::task::JoinSet::new();
    for n in 0..count {
        let (service, start, token) = wish(n);
        let client = world.visitor("alpha");
        crowd.spawn(async move { post(&client, service, &start, token, n).await });
    }
    crowd.join_all().await
}

fn booked(answers: &[Answer]) -> usize {
    assert!(answers.iter().all(|a| [303, 409].contains(&a.status.as_u16())), "{answers:?}");
    answers.iter().filter(|a| a.status == 303).count()
}

async fn sql(world: &World, sql: &str) {
    let schema = world.schema("alpha").await;
    world.owner_sql(&format!("set search_path = {schema}, ext; {sql}")).await;
}

async fn count(world: &World, sql: &str) -> i64 {
    let schema = world.schema("alpha").await;
    world.count(&sql.replace("{s}", &schema)).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_same_form_twenty_times_at_once() {
    let world = World::new().await;
    let token = Uuid::new_v4();
    let answers = crowd(&world, 20, |_| (Ids::CUT, TEN.into(), token)).await;
    assert_eq!(booked(&answers), 20, "each is told of the one booking");
    assert_eq!(answers.iter().map(Answer::location).collect::<HashSet<_>>().len(), 1);
    assert_eq!(count(&world, "select count(*) from {s}.appointment").await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_services_and_one_room() {
    let world = World::new().await;
    let other = Uuid::from_u128(0x14);
    sql(
        &world,
        &format!(
            "insert into service (id, name, minutes) values ('{other}', 'other', 45);
             insert into service_need (service_id, need) values ('{other}', 0), ('{other}', 1);
             insert into service_need_resource (service_id, need, resource_id)
                values ('{other}', 0, '{}'), ('{other}', 1, '{}')",
            Ids::BO,
            Ids::ROOM
        ),
    )
    .await;
    let answers = crowd(&world, 60, |n| {
        let service = if n % 2 == 0 { Ids::PAIR } else { other };
        (service, TEN.into(), Uuid::new_v4())
    })
    .await;
    assert_eq!(booked(&answers), 1);
    assert_eq!(
        count(&world, &format!("select count(*) from {{s}}.claim where resource_id = '{}'", Ids::ROOM)).await,
        1
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn any_of_five_and_twenty_who_ask() {
    let world = World::new().await;
    sql(
        &world,
        &format!(
            "insert into resource (id, name, kind) select ('00000000-0000-0000-0000-0000000001' || lpad(n::text, 2, '0'))::uuid, n::text, 'STAFF' from generate_series(1, 4) n;
             insert into weekly_hours (resource_id, weekday, from_minute, to_minute)
                select id, d, 540, 1020 from resource, generate_series(1, 5) d where length(name) = 1;
             insert into service_need_resource (service_id, need, resource_id)
                select '{}', 0, id from resource where length(name) = 1",
            Ids::CUT
        ),
    )
    .await;
    let answers = crowd(&world, 20, |_| (Ids::CUT, TEN.into(), Uuid::new_v4())).await;
    assert_eq!(booked(&answers), 5, "as many as are free");
    assert_eq!(count(&world, "select count(distinct resource_id) from {s}.claim").await, 5, "all different");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn three_alike_and_thirty_who_ask() {
    let world = World::new().await;
    sql(&world, &format!("update resource set quantity = 3 where id = '{}'", Ids::ANA)).await;
    let answers = crowd(&world, 30, |_| (Ids::CUT, TEN.into(), Uuid::new_v4())).await;
    assert_eq!(booked(&answers), 3);
    assert_eq!(count(&world, "select count(distinct unit) from {s}.claim").await, 3);
}

#[tokio::test]
async fn units_that_are_cut_up_are_dealt_out_anew() {
    let world = World::new().await;
    // Unit 1 is taken at nine, unit 2 at ten: two hours fit once one of the two makes way.
    sql(
        &world,
        &format!(
            "update resource set quantity = 2 where id = '{ana}'; update service set minutes = 120 where id = '{long}';
             update service set minutes = 60 where id = '{cut}'",
            ana = Ids::ANA,
            long = Ids::LONG,
            cut = Ids::CUT
        ),
    )
    .await;
    let one = book(&world, "alpha", Ids::CUT, "2026-12-01T09:00:00+01:00").await;
    let two = book(&world, "alpha", Ids::CUT, TEN).await;
    sql(&world, &format!("update claim set unit = 1 where appointment_id = '{one}'; update claim set unit = 2 where appointment_id = '{two}'")).await;
    book(&world, "alpha", Ids::LONG, "2026-12-01T09:00:00+01:00").await;
    let units = |id| format!("select unit::int8 from {{s}}.claim where appointment_id = '{id}'");
    assert_eq!(count(&world, &units(one)).await, count(&world, &units(two)).await);
    let answers = crowd(&world, 2, |_| (Ids::CUT, "2026-12-01T09:30:00+01:00".into(), Uuid::new_v4())).await;
    assert_eq!(booked(&answers), 0, "both units are full now");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_limit_holds_whoever_comes_first() {
    let world = World::new().await;
    sql(
        &world,
        &format!("insert into service_limit (service_id, per, kind, most) values ('{}', 'day', 'count', 2)", Ids::CUT),
    )
    .await;
    let answers = crowd(&world, 24, |n| {
        let start = format!("2026-12-01T{:02}:{:02}:00+01:00", 9 + n / 4, n % 4 * 15);
        (Ids::CUT, start, Uuid::new_v4())
    })
    .await;
    assert_eq!(booked(&answers), 2);
    let late = post(&world.visitor("alpha"), Ids::CUT, "2026-12-01T16:00:00+01:00", Uuid::new_v4(), 1).await;
    assert!(late.body.contains("No more of these appointments are taken"), "{}", late.body);
    assert_eq!(booked(&crowd(&world, 1, |_| (Ids::CUT, "2026-12-02T16:00:00+01:00".into(), Uuid::new_v4())).await), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn buffers_hold_between_bookings_that_come_at_once() {
    let world = World::new().await;
    sql(&world, &format!("update service set buffer_after = 20 where id = '{}'", Ids::CUT)).await;
    // Half an hour each, back to back: with twenty minutes between, only every other can be.
    let answers = crowd(&world, 6, |n| {
        (Ids::CUT, format!("2026-12-01T{:02}:{:02}:00+01:00", 10 + n / 2, n % 2 * 30), Uuid::new_v4())
    })
    .await;
    let stored = booked(&answers);
    assert!((2..=3).contains(&stored), "{stored}");
    let too_near = "select count(*) from {s}.claim a join {s}.claim b on a.resource_id = b.resource_id and a.unit = b.unit
                      and lower(b.during) >= upper(a.during) and lower(b.during) < upper(a.during) + interval '20 minutes'";
    assert_eq!(count(&world, too_near).await, 0);
}

async fn keep(client: &Client, service: Uuid, start: &str) -> Answer {
    client.post(&format!("/book/{service}/keep"), &[("start", start), ("staff", "")]).await
}

fn token_of(answer: &Answer) -> Uuid {
    assert_eq!(answer.status, 303, "{}", answer.body);
    answer.location().split("token=").nth(1).unwrap().parse().unwrap()
}

#[tokio::test]
async fn a_time_that_is_kept_is_for_nobody_else() {
    let world = World::new().await;
    let (one, two) = (world.visitor("alpha"), world.visitor("alpha"));
    let kept = keep(&one, Ids::CUT, TEN).await;
    let token = token_of(&kept);
    let page = one.get(kept.location()).await;
    assert!(page.status == 200 && page.body.contains("Kept for you until "), "{}", page.body);
    assert_eq!(one.get(kept.location()).await.status, 200, "and after a reload");
    assert_eq!(keep(&two, Ids::CUT, TEN).await.status, 409);
    assert_eq!(post(&two, Ids::CUT, TEN, Uuid::new_v4(), 2).await.status, 409);
    assert!(!two.get(&format!("/book/{}?date=2026-12-01", Ids::CUT)).await.body.contains("2026-12-01T10:00"));
    // A mistake in the form costs nobody the time.
    let wrong = [("start", TEN), ("token", &token.to_string()), ("name", ""), ("email", "one@example.com")];
    let again = one.post(&format!("/book/{}", Ids::CUT), &wrong).await;
    assert!(again.status == 422 && again.body.contains("Kept for you until "), "{}", again.body);
    assert_eq!(post(&one, Ids::CUT, TEN, token, 1).await.status, 303);
    assert_eq!(count(&world, "select count(*) from {s}.hold").await, 0);
    assert_eq!(count(&world, "select count(*) from {s}.claim where appointment_id is not null").await, 1);
}

#[tokio::test]
async fn what_was_kept_too_long_is_anybodys_and_still_ones_own_if_nobody_came() {
    let world = World::new().await;
    let (one, two) = (world.visitor("alpha"), world.visitor("alpha"));
    let over = "update hold set expires_at = '2026-11-30T06:59Z'";
    let token = token_of(&keep(&one, Ids::CUT, TEN).await);
    sql(&world, over).await;
    assert_eq!(post(&one, Ids::CUT, TEN, token, 1).await.status, 303, "nobody came");
    let eleven = "2026-12-01T11:00:00+01:00";
    let token = token_of(&keep(&one, Ids::CUT, eleven).await);
    sql(&world, over).await;
    assert_eq!(post(&two, Ids::CUT, eleven, Uuid::new_v4(), 2).await.status, 303, "somebody came");
    assert_eq!(post(&one, Ids::CUT, eleven, token, 1).await.status, 409);
}

#[tokio::test]
async fn nobody_keeps_a_whole_day_from_others() {
    let world = World::new().await;
    let one = world.visitor("alpha");
    for hour in 9..15 {
        token_of(&keep(&one, Ids::CUT, &format!("2026-12-01T{hour:02}:00:00+01:00")).await);
    }
    assert_eq!(count(&world, "select count(*) from {s}.hold").await, 3);
    assert_eq!(count(&world, "select count(*) from {s}.claim").await, 3);
}

async fn request(world: &World, start: &str) -> Uuid {
    book(world, "alpha", Ids::CUT, start).await
}

async fn decide(client: &Client, id: Uuid, version: &str, decision: &str) -> u16 {
    let fields = [("version", version), ("decision", decision), ("reason", "")];
    client.post(&format!("/appointments/{id}/decide"), &fields).await.status.as_u16()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_approvals_at_once() {
    let world = World::new().await;
    // Requests that hold nothing: both may ask for the same time, one can have it.
    sql(&world, "update service set needs_approval = true, pending_holds = false").await;
    let (owner, manager) = (world.signed_in("alpha", "owner").await, world.signed_in("alpha", "manager").await);
    for day in 1..=4 {
        let start = format!("2026-12-{day:02}T10:00:00+01:00");
        let (a, b) = (request(&world, &start).await, request(&world, &start).await);
        let (first, second) = tokio::join!(decide(&owner, a, "1", "confirm"), decide(&manager, b, "1", "confirm"));
        let mut both = [first, second];
        both.sort_unstable();
        assert_eq!(both, [303, 409]);
    }
    assert_eq!(count(&world, "select count(*) from {s}.claim").await, 4);
    // The same request, twice at once: the second is told that it changed.
    let same = request(&world, "2026-12-07T10:00:00+01:00").await;
    let (first, second) = tokio::join!(decide(&owner, same, "1", "confirm"), decide(&manager, same, "1", "confirm"));
    assert_eq!([first, second].iter().filter(|status| **status == 303).count(), 1, "{first} {second}");
}

#[tokio::test]
async fn a_request_holds_its_time_until_it_is_declined() {
    let world = World::new().await;
    sql(&world, "update service set needs_approval = true").await;
    let owner = world.signed_in("alpha", "owner").await;
    let id = request(&world, TEN).await;
    assert!(owner.get("/requests").await.body.contains("Maria Lopez"));
    assert_eq!(post(&world.visitor("alpha"), Ids::CUT, TEN, Uuid::new_v4(), 1).await.status, 409);
    assert_eq!(decide(&owner, id, "1", "decline").await, 303);
    assert_eq!(decide(&owner, id, "2", "confirm").await, 409, "it is over");
    assert_eq!(post(&world.visitor("alpha"), Ids::CUT, TEN, Uuid::new_v4(), 1).await.status, 303);
    let page = owner.get(&format!("/appointments/{id}")).await.body;
    assert!(page.contains("Declined") && page.contains("Markalpha Ana"), "{page}");
}

#[tokio::test]
async fn who_may_decide() {
    let world = World::new().await;
    let id = book(&world, "alpha", Ids::CUT, TEN).await;
    let pair = book(&world, "alpha", Ids::PAIR, "2026-12-02T10:00:00+01:00").await;
    assert_eq!(decide(&world.visitor("alpha"), id, "1", "cancel").await, 303, "to the sign-in page");
    assert_eq!(count(&world, "select count(*) from {s}.appointment where status = 'CANCELLED'").await, 0);
    assert_eq!(decide(&world.signed_in("alpha", "customer").await, id, "1", "cancel").await, 403);
    assert_eq!(decide(&world.signed_in("beta", "owner").await, id, "1", "cancel").await, 404);
    let staff = world.signed_in("alpha", "staff").await;
    assert_eq!(decide(&staff, pair, "1", "cancel").await, 403, "the room is not hers");
    assert_eq!(decide(&staff, id, "1", "no_show").await, 409, "it has not begun");
    assert_eq!(decide(&staff, id, "1", "cancel").await, 303);
    assert_eq!(count(&world, "select count(*) from {s}.claim where appointment_id is not null").await, 2);
}

#[tokio::test]
async fn who_does_not_come_leaves_the_rest_of_the_time() {
    let world = World::new().await;
    sql(&world, &format!("update service set minutes = 240 where id = '{}'", Ids::LONG)).await;
    // It is 08:00; the appointment began an hour ago, by the book.
    let id = book(&world, "alpha", Ids::LONG, "2026-11-30T09:00:00+01:00").await;
    sql(
        &world,
        &format!(
            "update appointment set starts_at = '2026-11-30T06:00Z', ends_at = '2026-11-30T10:00Z' where id = '{id}';
             update claim set during = '[2026-11-30T06:00Z,2026-11-30T10:00Z)' where appointment_id = '{id}'"
        ),
    )
    .await;
    let owner = world.signed_in("alpha", "owner").await;
    assert_eq!(
        post(&world.visitor("alpha"), Ids::CUT, "2026-11-30T09:30:00+01:00", Uuid::new_v4(), 1).await.status,
        409
    );
    assert_eq!(decide(&owner, id, "1", "no_show").await, 303);
    assert_eq!(
        post(&world.visitor("alpha"), Ids::CUT, "2026-11-30T09:30:00+01:00", Uuid::new_v4(), 1).await.status,
        303
    );
    let left = format!(
        "select extract(epoch from upper(during) - lower(during))::int8 / 60 from {{s}}.claim where appointment_id = '{id}'"
    );
    let left = count(&world, &left).await;
    assert!((61..65).contains(&left), "{left}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_drag_against_a_post() {
    let world = World::new().await;
    let owner = world.signed_in("alpha", "owner").await;
    let id = book(&world, "alpha", Ids::CUT, "2026-12-01T09:00:00+01:00").await;
    for (turn, day) in (2..=4).enumerate() {
        let start = format!("2026-12-{day:02}T12:00:00+01:00");
        let change = json!({"change": {"id": id, "version": turn + 1, "resource": Ids::ANA, "start": start}});
        let visitor = world.visitor("alpha");
        let (dragged, posted) = tokio::join!(
            owner.call("/api/schedule/move_appointment", change),
            post(&visitor, Ids::CUT, &start, Uuid::new_v4(), 1)
        );
        let won = [dragged.status == 200, posted.status == 303];
        assert_eq!(won.iter().filter(|won| **won).count(), 1, "{} {}", dragged.status, posted.status);
        if !won[0] {
            // It stays where it was, in the version that it had: put it somewhere else for the next turn.
            let other = format!("2026-12-{day:02}T15:00:00+01:00");
            let change = json!({"change": {"id": id, "version": turn + 1, "resource": Ids::ANA, "start": other}});
            assert_eq!(owner.call("/api/schedule/move_appointment", change).await.status, 200);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn moved_twice_from_the_same_version() {
    let world = World::new().await;
    let (owner, manager) = (world.signed_in("alpha", "owner").await, world.signed_in("alpha", "manager").await);
    let id = book(&world, "alpha", Ids::CUT, TEN).await;
    let to = |hour: u8| json!({"change": {"id": id, "version": 1, "resource": Ids::ANA, "start": format!("2026-12-01T{hour}:00:00Z")}});
    let (first, second) = tokio::join!(
        owner.call("/api/schedule/move_appointment", to(12)),
        manager.call("/api/schedule/move_appointment", to(14))
    );
    let mut both = [first.status.as_u16(), second.status.as_u16()];
    both.sort_unstable();
    assert_eq!(both, [200, 409]);
    assert!([first.body, second.body].iter().any(|body| body.contains("stale")));
    assert_eq!(count(&world, "select count(*) from {s}.appointment_history where action = 'MOVED'").await, 1);
}

#[tokio::test]
async fn a_drag_keeps_buffers_and_limits_too() {
    let world = World::new().await;
    let owner = world.signed_in("alpha", "owner").await;
    sql(
        &world,
        &format!(
            "update service set buffer_before = 15 where id = '{cut}';
             insert into service_limit (service_id, per, kind, most) values ('{cut}', 'day', 'minutes', 60)",
            cut = Ids::CUT
        ),
    )
    .await;
    let first = book(&world, "alpha", Ids::CUT, TEN).await;
    let second = book(&world, "alpha", Ids::CUT, "2026-12-01T12:00:00+01:00").await;
    let third = book(&world, "alpha", Ids::CUT, "2026-12-02T12:00:00+01:00").await;
    let drag = async |id: Uuid, start: &str| {
        let change = json!({"change": {"id": id, "version": 1, "resource": Ids::ANA, "start": start}});
        owner.call("/api/schedule/move_appointment", change).await
    };
    let near = drag(second, "2026-12-01T10:40:00+01:00").await;
    assert!(near.status == 409 && near.body.contains("too_near"), "{}", near.body);
    let many = drag(third, "2026-12-01T14:00:00+01:00").await;
    assert!(many.status == 409 && many.body.contains("limit"), "{}", many.body);
    assert_eq!(drag(first, "2026-12-01T14:00:00+01:00").await.status, 200, "within its own day it is not one more");
}
