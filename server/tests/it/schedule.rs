//! The team's calendar: what is seen, who may move what, and that a move is held to the same promise as a booking.

use crate::support::{Client, Ids, World};
use serde_json::json;
use uuid::Uuid;

const MOVE: &str = "/api/schedule/move_appointment";

pub async fn book(world: &World, slug: &str, service: Uuid, start: &str) -> Uuid {
    let token = Uuid::new_v4().to_string();
    let fields = [("start", start), ("token", token.as_str()), ("name", "Maria Lopez"), ("email", "m@example.com")];
    let done = world.visitor(slug).post(&format!("/book/{service}"), &fields).await;
    assert_eq!(done.status, 303, "{}", done.body);
    done.location().trim_start_matches("/booked/").split('-').next().unwrap().parse().unwrap()
}

async fn move_to(client: &Client, id: Uuid, version: i32, resource: Uuid, start: &str) -> (u16, serde_json::Value) {
    let answer = client
        .call(MOVE, json!({"change": {"id": id, "version": version, "resource": resource, "start": start}}))
        .await;
    (answer.status.as_u16(), serde_json::from_str(&answer.body).unwrap_or(serde_json::Value::Null))
}

#[tokio::test]
async fn the_day_shows_columns_and_the_new_appointment() {
    let world = World::new().await;
    book(&world, "alpha", Ids::CUT, "2026-12-01T10:00:00+01:00").await;
    let page = world.signed_in("alpha", "staff").await.get("/schedule?date=2026-12-01").await;
    assert_eq!(page.status, 200);
    for text in ["Markalpha Ana", "Markalpha Bo", "Markalpha room", "Maria Lopez", "10:00", "10:30"] {
        assert!(page.body.contains(text), "{text} is missing");
    }
}

#[tokio::test]
async fn moves_are_made_refused_and_noticed() {
    let world = World::new().await;
    let owner = world.signed_in("alpha", "owner").await;
    let id = book(&world, "alpha", Ids::CUT, "2026-12-01T10:00:00+01:00").await;
    let other = book(&world, "alpha", Ids::CUT, "2026-12-01T12:00:00+01:00").await;

    let (status, moved) = move_to(&owner, id, 1, Ids::ANA, "2026-12-01T13:00:00Z").await;
    assert_eq!((status, moved["version"].as_i64()), (200, Some(2)), "{moved}");
    // What it left is free again, what it reached is not.
    book(&world, "alpha", Ids::CUT, "2026-12-01T10:00:00+01:00").await;

    let (status, taken) = move_to(&owner, id, 2, Ids::ANA, "2026-12-01T11:15:00Z").await;
    assert_eq!((status, &taken["detail"]["kind"]), (409, &json!("slot_taken")), "{taken}");
    assert!(taken["detail"]["what"].as_str().unwrap().contains("Markalpha Ana is booked 12:00 to 12:30"), "{taken}");
    let (status, closed) = move_to(&owner, id, 2, Ids::ANA, "2026-12-01T20:00:00Z").await;
    assert_eq!((status, &closed["detail"]["kind"]), (409, &json!("closed")));
    let (status, cannot) = move_to(&owner, id, 2, Ids::BO, "2026-12-01T13:00:00Z").await;
    assert_eq!((status, &cannot["detail"]["kind"]), (409, &json!("not_offered")));
    let (status, stale) = move_to(&owner, id, 1, Ids::ANA, "2026-12-01T14:00:00Z").await;
    assert_eq!((status, &stale["detail"]["kind"]), (409, &json!("stale")));
    assert_eq!(move_to(&owner, Uuid::from_u128(5), 1, Ids::ANA, "2026-12-01T14:00:00Z").await.0, 404);
    // Onto itself, a little later: what it holds is not in its own way.
    assert_eq!(move_to(&owner, other, 1, Ids::ANA, "2026-12-01T11:15:00Z").await.0, 200);
    assert_eq!(world.count("select count(*) from audit.event where action = 'APPOINTMENT_MOVED'").await, 2);
}

#[tokio::test]
async fn all_that_an_appointment_holds_goes_along() {
    let world = World::new().await;
    let owner = world.signed_in("alpha", "owner").await;
    let id = book(&world, "alpha", Ids::PAIR, "2026-12-01T10:00:00+01:00").await;
    let (status, moved) = move_to(&owner, id, 1, Ids::BO, "2026-12-01T12:00:00Z").await;
    assert_eq!(status, 200, "{moved}");
    let schema = world.schema("alpha").await;
    let there = format!(
        "select count(*) from {schema}.claim where lower(during) = '2026-12-01T12:00Z' and resource_id in ('{}', '{}')",
        Ids::BO,
        Ids::ROOM
    );
    assert_eq!(world.count(&there).await, 2);
}

#[tokio::test]
async fn who_may_move_what() {
    let world = World::new().await;
    // Ana is the calendar of `staff`; Bo is nobody's.
    let own = book(&world, "alpha", Ids::CUT, "2026-12-01T10:00:00+01:00").await;
    let beta = book(&world, "beta", Ids::CUT, "2026-12-01T10:00:00+01:00").await;
    let staff = world.signed_in("alpha", "staff").await;
    assert_eq!(move_to(&staff, own, 1, Ids::ANA, "2026-12-01T13:00:00Z").await.0, 200);
    // The pair needs a room, which is not her own: forbidden, and visible as such.
    let pair = book(&world, "alpha", Ids::PAIR, "2026-12-02T10:00:00+01:00").await;
    assert_eq!(move_to(&staff, pair, 1, Ids::ANA, "2026-12-02T12:00:00Z").await.0, 403);
    // The other tenant's appointment is not there at all.
    for who in ["staff", "owner"] {
        assert_eq!(
            move_to(&world.signed_in("alpha", who).await, beta, 1, Ids::ANA, "2026-12-01T13:00:00Z").await.0,
            404,
            "{who}"
        );
    }
    assert_eq!(
        move_to(&world.signed_in("alpha", "customer").await, own, 2, Ids::ANA, "2026-12-01T14:00:00Z").await.0,
        403
    );
    assert_eq!(move_to(&world.visitor("alpha"), own, 2, Ids::ANA, "2026-12-01T14:00:00Z").await.0, 401);
}

#[tokio::test]
async fn without_script_there_is_a_form() {
    let world = World::new().await;
    let id = book(&world, "alpha", Ids::CUT, "2026-12-01T10:00:00+01:00").await;
    book(&world, "alpha", Ids::CUT, "2026-12-01T12:00:00+01:00").await;
    let owner = world.signed_in("alpha", "owner").await;
    let page = owner.get(&format!("/appointments/{id}")).await;
    assert!(
        page.status == 200 && page.body.contains("Maria Lopez") && page.body.contains("2026-12-01T10:15:00+01:00"),
        "{}",
        page.body
    );
    let path = format!("/appointments/{id}/move");
    let ana = Ids::ANA.to_string();
    let refused =
        owner.post(&path, &[("version", "1"), ("start", "2026-12-01T12:15:00+01:00"), ("resource", &ana)]).await;
    assert_eq!(refused.status, 409);
    assert!(refused.body.contains("is booked 12:00 to 12:30"), "{}", refused.body);
    let done = owner.post(&path, &[("version", "1"), ("start", "2026-12-02T12:15:00+01:00"), ("resource", &ana)]).await;
    assert_eq!((done.status.as_u16(), done.location()), (303, "/schedule?date=2026-12-02"));
}

/// Two people move two appointments to the same time, again and again: never both.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_moves_to_one_place() {
    let world = World::new().await;
    let (one, two) = (world.signed_in("alpha", "owner").await, world.signed_in("alpha", "manager").await);
    let a = book(&world, "alpha", Ids::CUT, "2026-12-01T09:00:00+01:00").await;
    let b = book(&world, "alpha", Ids::CUT, "2026-12-01T10:00:00+01:00").await;
    for turn in 0..10 {
        let start = format!("2026-12-{:02}T12:00:00Z", 2 + turn % 3);
        let version = async |id: Uuid| {
            let schema = world.schema("alpha").await;
            world.count(&format!("select version::int8 from {schema}.appointment where id = '{id}'")).await
        };
        let (va, vb) = (version(a).await, version(b).await);
        let to_a = move_to(&one, a, i32::try_from(va).unwrap(), Ids::ANA, &start);
        let to_b = move_to(&two, b, i32::try_from(vb).unwrap(), Ids::ANA, &start);
        let (first, second) = tokio::join!(to_a, to_b);
        assert!([first.0, second.0].contains(&200) && [first.0, second.0].contains(&409), "{first:?} {second:?}");
    }
}
