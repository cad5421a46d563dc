//! The chain of the audit: what somebody with the database could do to it is named, and nobody else can do anything.

use crate::support::{World, mark};
use server::audit::{
    anchor, project,
    verify::{Finding, verify},
};

/// What verification finds in a tenant's stream.
async fn findings(world: &World, stream: &str) -> Vec<Finding> {
    let reports = verify(&world.app.db, &world.config.logs, &world.config.secret, |_| {}).await.unwrap();
    reports.into_iter().filter(|r| r.name == stream).flat_map(|r| r.findings).collect()
}

/// A stream with some events in it: logins and failures of alpha's people.
async fn stream_of_logins() -> World {
    let world = World::new().await;
    for who in ["owner", "manager", "staff", "customer"] {
        world.signed_in("alpha", who).await;
        world
            .visitor("alpha")
            .post("/login", &[("email", &format!("{who}@alpha.example")), ("password", "wrong")])
            .await;
    }
    world
}

#[tokio::test]
async fn a_whole_chain_is_whole() {
    let world = stream_of_logins().await;
    assert!(world.count("select count(*) from audit.event").await > 8);
    assert_eq!(findings(&world, "alpha").await, []);
    assert_eq!(findings(&world, "platform").await, []);
}

#[tokio::test]
async fn what_the_owner_of_the_database_does_to_it_is_named() {
    for (what, expected) in [
        ("update audit.event set detail = 'nothing happened' where stream = {s} and seq = 3", vec![Finding::Edited(3)]),
        ("update audit.event set actor_email = null where stream = {s} and seq = 4", vec![Finding::Edited(4)]),
        ("update audit.event set at = at - interval '1 hour' where stream = {s} and seq = 2", vec![Finding::Edited(2)]),
        ("delete from audit.event where stream = {s} and seq in (3, 4)", vec![Finding::Removed { from: 3, to: 4 }]),
        (
            "update audit.event set seq = 1000 where stream = {s} and seq = 3;
             update audit.event set seq = 3 where stream = {s} and seq = 4; update audit.event set seq = 4 where stream = {s} and seq = 1000",
            vec![Finding::Edited(3), Finding::Edited(4), Finding::Reordered(3), Finding::Reordered(4), Finding::Reordered(5)],
        ),
    ] {
        let world = stream_of_logins().await;
        let stream = format!("'{}'", world.tenant_id("alpha").await);
        world.owner_sql(&what.replace("{s}", &stream)).await;
        assert_eq!(findings(&world, "alpha").await, expected, "{what}");
        // The others are as they were.
        assert_eq!(findings(&world, "platform").await, []);
    }
}

#[tokio::test]
async fn a_tail_that_was_cut_off_is_noticed_by_head_log_file_and_anchor() {
    // The head alone.
    let world = stream_of_logins().await;
    let stream = format!("'{}'", world.tenant_id("alpha").await);
    let last = world.count(&format!("select max(seq) from audit.event where stream = {stream}")).await;
    world.owner_sql(&format!("delete from audit.event where stream = {stream} and seq > {}", last - 2)).await;
    assert_eq!(findings(&world, "alpha").await, [Finding::CutOff { last: last - 2, known: last, by: "the head" }]);

    // The head put right as well: the anchors know better.
    let world = stream_of_logins().await;
    let stream = format!("'{}'", world.tenant_id("alpha").await);
    anchor::set(&world.app.db, &world.config.logs, &world.config.secret, world.config.clock.now()).await.unwrap();
    world
        .owner_sql(&format!(
            "delete from audit.event where stream = {stream} and seq > {n};
             update audit.head set seq = {n}, hash = (select hash from audit.event where stream = {stream} and seq = {n}) where stream = {stream}",
            n = last - 2
        ))
        .await;
    assert_eq!(findings(&world, "alpha").await, [Finding::CutOff { last: last - 2, known: last, by: "an anchor" }]);

    // An anchor that was written by another hand.
    let path = world.config.logs.join("audit-anchors.log");
    let forged =
        std::fs::read_to_string(&path).unwrap().replace(&format!("\"seq\":{last}"), &format!("\"seq\":{}", last - 2));
    std::fs::write(&path, forged).unwrap();
    assert!(findings(&world, "alpha").await.contains(&Finding::ForeignAnchor(last - 2)));

    // Without anchors, the log files do: logins stand in one.
    let world = stream_of_logins().await;
    let stream = format!("'{}'", world.tenant_id("alpha").await);
    world.log("security").await;
    world
        .owner_sql(&format!(
            "delete from audit.event where stream = {stream} and seq > {n};
             update audit.head set seq = {n}, hash = (select hash from audit.event where stream = {stream} and seq = {n}) where stream = {stream}",
            n = last - 2
        ))
        .await;
    assert_eq!(findings(&world, "alpha").await, [Finding::CutOff { last: last - 2, known: last, by: "a log file" }]);
}

#[tokio::test]
async fn a_tenants_role_reads_its_own_stream_and_writes_only_through_the_function() {
    let world = stream_of_logins().await;
    let schema = world.schema("alpha").await;
    let mut conn = <sqlx::PgConnection as sqlx::Connection>::connect_with(&world.config.app).await.unwrap();
    use sqlx::{Executor, Row};
    let enter = format!("begin; set local role {schema}; ");
    for forbidden in [
        "select count(*) from audit.event",
        "update audit.own set detail = 'x'",
        "delete from audit.own",
        "insert into audit.event select * from audit.own",
        "truncate audit.event",
        "select count(*) from public.user_account",
        "select count(*) from public.permission_grant",
    ] {
        let sql = format!("{enter}{forbidden}");
        let error = conn.execute(sqlx::raw_sql(sqlx::AssertSqlSafe(sql))).await.unwrap_err().to_string();
        assert!(error.contains("permission denied"), "{forbidden}: {error}");
        conn.execute("rollback").await.unwrap();
    }
    conn.execute(sqlx::raw_sql(sqlx::AssertSqlSafe(enter))).await.unwrap();
    let row =
        conn.fetch_one("select count(*), count(distinct stream), min(stream::text) from audit.own").await.unwrap();
    assert!(row.get::<i64, _>(0) > 4 && row.get::<i64, _>(1) == 1);
    assert_eq!(row.get::<String, _>(2), world.tenant_id("alpha").await.to_string());
    // Whatever tenant it names, it writes to its own.
    let beta = world.tenant_id("beta").await;
    let sql = format!(
        "select audit.append('{beta}', 'LOGIN', null, null, 'x', 'forged', null, null, null, null, null, null, null)"
    );
    conn.execute(sqlx::raw_sql(sqlx::AssertSqlSafe(sql))).await.unwrap();
    conn.execute("commit").await.unwrap();
    assert_eq!(
        world.count(&format!("select count(*) from audit.event where detail = 'forged' and stream = '{beta}'")).await,
        0
    );
    assert_eq!(world.count("select count(*) from audit.event where detail = 'forged'").await, 1);
}

#[tokio::test]
async fn a_line_that_was_cut_off_is_written_anew_and_none_twice() {
    let world = stream_of_logins().await;
    let lines = world.log("security").await;
    let path = world.config.logs.join("security.log");
    let whole = std::fs::read(&path).unwrap();
    let expected: Vec<i64> = (1..=i64::try_from(lines.len()).unwrap()).collect();
    let numbers =
        |lines: &[serde_json::Value]| lines.iter().map(|l| l["log_seq"].as_i64().unwrap()).collect::<Vec<_>>();
    assert_eq!(numbers(&lines), expected);
    // Whatever byte the power went at.
    for at in (0..whole.len()).step_by(97).chain([whole.len() - 1]) {
        std::fs::write(&path, &whole[..at]).unwrap();
        assert_eq!(numbers(&world.log("security").await), expected, "cut at {at}");
    }
    assert_eq!(std::fs::read(&path).unwrap(), whole);
    // Set aside by a rotation, the count goes on.
    std::fs::rename(&path, world.config.logs.join("security.log.1")).unwrap();
    world.signed_in("alpha", "owner").await;
    let lines = world.log("security").await;
    assert_eq!(numbers(&lines), [i64::try_from(expected.len()).unwrap() + 1]);
}

#[tokio::test]
async fn the_platforms_audit_and_the_owners_show_what_belongs_to_them() {
    let world = stream_of_logins().await;
    world.signed_in("beta", "owner").await;
    let manager = world.of_the_platform("manager").await;
    let all = manager.get("/audit").await;
    assert_eq!(all.status, 200);
    for text in ["owner@alpha.example", "owner@beta.example", "manager@platform.example"] {
        assert!(all.body.contains(text), "{text} is missing");
    }
    let some = manager.get("/audit?tenant=beta").await;
    assert!(some.body.contains("owner@beta.example") && !some.body.contains("owner@alpha.example"));
    let owner = world.signed_in("alpha", "owner").await;
    let own = owner.get("/activity").await;
    assert_eq!(own.status, 200);
    assert!(own.body.contains("staff@alpha.example"));
    assert!(!own.body.contains("@beta.example") && !own.body.contains(&mark("beta")));
    for path in ["/activity.csv", "/activity.jsonl"] {
        let export = owner.get(path).await;
        assert_eq!(export.status, 200, "{path}");
        assert!(export.body.contains("staff@alpha.example") && !export.body.contains("@beta.example"), "{path}");
    }
    // An export is seen, too.
    assert_eq!(world.count("select count(*) from audit.event where action = 'AUDIT_EXPORTED'").await, 2);
    for who in ["staff", "customer"] {
        assert_eq!(world.signed_in("alpha", who).await.get("/activity").await.status, 403, "{who}");
    }
}

#[tokio::test]
async fn two_servers_of_one_folder_write_each_line_once() {
    let world = stream_of_logins().await;
    let (db, logs) = (&world.app.db, &world.config.logs);
    let (one, two) = tokio::join!(project::project(db, logs), project::project(db, logs));
    let lines = world.log("security").await;
    assert_eq!(one.unwrap() + two.unwrap(), lines.len());
}
