//! What only shows in the running program: being killed, a second node, and a build for production.

use crate::support::{Node, PASSWORD, World, command};
use std::{sync::Arc, time::Duration};

const PLATFORM: &str = "platform.localhost:3000";

async fn cookie_of(node: &Node, email: &str) -> String {
    let body = format!("email={email}&password={}", PASSWORD.replace(' ', "+"));
    let (status, text) = node.ask("POST", PLATFORM, "/login", "", &body).await.unwrap();
    assert_eq!(status, 303, "{text}");
    let cookie = text.lines().find_map(|line| line.strip_prefix("set-cookie: smoothschedule=")).unwrap();
    format!("smoothschedule={}", cookie.split(';').next().unwrap())
}

/// Killed between the commit of an attempt and its line in the file, at whatever moment: none is lost, none doubled.
#[tokio::test(flavor = "multi_thread")]
async fn killed_at_any_moment_the_log_has_every_attempt_once() {
    let world = World::new().await;
    world.of_the_platform("support").await;
    let staff = world.id_of("staff@alpha.example").await;
    let superuser = world.person("root@platform.example", domain::actor::Role::Superuser, None).await;
    for round in 0..5 {
        let node = Arc::new(Node::start(&world, true).await);
        let cookie = cookie_of(&node, "support@platform.example").await;
        let mut attempts = Vec::new();
        for n in 0..40 {
            let (node, cookie) = (node.clone(), cookie.clone());
            let subject = if n % 2 == 0 { staff } else { superuser };
            attempts.push(tokio::spawn(async move {
                node.ask("POST", PLATFORM, &format!("/users/{subject}/masquerade"), &cookie, "reason=A+good+reason")
                    .await
            }));
        }
        // Each round at another moment.
        tokio::time::sleep(Duration::from_millis(40 + 60 * round)).await;
        for attempt in &attempts {
            attempt.abort();
        }
        for attempt in attempts {
            let _ = attempt.await;
        }
        Arc::into_inner(node).unwrap().kill();
    }
    let written = "select count(*) from audit.event where log = 'masquerade'";
    let expected = world.count(written).await;
    assert!(expected >= 5, "too few attempts got through to show anything: {expected}");
    let node = Node::start(&world, true).await;
    let path = world.config.logs.join("masquerade.log");
    let mut lines = Vec::new();
    for _ in 0..100 {
        tokio::time::sleep(Duration::from_millis(100)).await;
        lines = std::fs::read_to_string(&path).unwrap_or_default().lines().map(str::to_owned).collect();
        if lines.len() as i64 >= expected {
            break;
        }
    }
    let numbers: Vec<i64> = lines
        .iter()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["log_seq"].as_i64().unwrap())
        .collect();
    assert_eq!(numbers, (1..=world.count(written).await).collect::<Vec<_>>());
    drop(node);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_suspended_tenant_is_gone_on_the_other_node_within_two_seconds() {
    let world = World::new().await;
    let manager = world.of_the_platform("manager").await;
    let node = Node::start(&world, true).await;
    assert_eq!(node.ask("GET", "alpha.localhost:3000", "/", "", "").await.unwrap().0, 200);
    let id = world.tenant_id("alpha").await;
    let answer = manager.post(&format!("/tenants/{id}/suspend"), &[("reason", "Has not paid")]).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    assert_eq!(world.visitor("alpha").get("/").await.status, 404, "the node that did it still answers");
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(node.ask("GET", "alpha.localhost:3000", "/", "", "").await.unwrap().0, 404);
    assert_eq!(node.ask("GET", "beta.localhost:3000", "/", "", "").await.unwrap().0, 200);
    assert_eq!(manager.post(&format!("/tenants/{id}/restore"), &[]).await.status, 303);
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(node.ask("GET", "alpha.localhost:3000", "/", "", "").await.unwrap().0, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_debug_nothing_of_development_is_there() {
    let world = World::new().await;
    let node = Node::start(&world, false).await;
    let staff = world.id_of("staff@alpha.example").await;
    for host in [PLATFORM, "alpha.localhost:3000"] {
        for path in ["/dev/login", "/dev/inbox"] {
            assert_eq!(node.ask("GET", host, path, "", "").await.unwrap().0, 404, "{host}{path}");
        }
        let request = format!("user={staff}");
        let url = host.to_owned();
        let (status, text) = node.ask("POST", &url, "/dev/login", "", &request).await.unwrap();
        assert!(status == 404 || status == 403, "{host}: {status}");
        assert!(!text.contains("set-cookie: __Host-smoothschedule="), "{text}");
        assert!(!node.ask("GET", host, "/login", "", "").await.unwrap().1.contains("/dev/login"));
    }
    let with = Node::start(&world, true).await;
    assert_eq!(with.ask("GET", "alpha.localhost:3000", "/dev/login", "", "").await.unwrap().0, 200);
}

#[tokio::test]
async fn the_commands_do_what_they_say_and_tell_by_their_status() {
    let world = World::new().await;
    let superuser = ["create-superuser", "--email", "first@platform.example"];
    let (ok, said) = command(&world, &superuser, "short\n").await;
    assert!(!ok && said.contains("at least 12 characters"), "{said}");
    let (ok, said) = command(&world, &superuser, &format!("{PASSWORD}\n")).await;
    assert!(ok && said.contains("Next: sign in at http://platform.localhost:3000"), "{said}");
    let (ok, said) = command(&world, &superuser, &format!("{PASSWORD}\n")).await;
    assert!(!ok && said.contains("taken"), "{said}");
    let answer = world.platform().post("/login", &[("email", "first@platform.example"), ("password", PASSWORD)]).await;
    assert_eq!(answer.status, 303);

    let tenant = [
        "create-tenant",
        "--name",
        "Gamma",
        "--slug",
        "gamma",
        "--tier",
        "business",
        "--owner-email",
        "o@gamma.example",
        "--temporary",
        "3",
    ];
    let (ok, said) = command(&world, &tenant, "").await;
    assert!(ok && said.contains("http://gamma.localhost:3000/join?token="), "{said}");
    assert_eq!(world.count("select count(*) from public.tenant where slug = 'gamma' and is_temporary and tier = 'BUSINESS' and expires_at > now() + interval '2 days'").await, 1);
    let (ok, said) = command(&world, &tenant, "").await;
    assert!(!ok && said.contains("taken"), "{said}");
    let (ok, said) = command(&world, &["create-tenant", "--name", "X", "--slug", "x", "--tier", "GOLD"], "").await;
    assert!(!ok && said.contains("FREE, PROFESSIONAL"), "{said}");

    let (ok, said) = command(&world, &["migrate", "--status"], "").await;
    assert!(ok && said.contains("everything is at version"), "{said}");
    world.owner_sql("update public.tenant set schema_version = 0 where slug = 'beta'").await;
    let (ok, said) = command(&world, &["migrate", "--status"], "").await;
    assert!(!ok && said.contains("(behind): 1"), "{said}");

    let (ok, said) = command(&world, &["audit", "verify"], "").await;
    assert!(ok && said.contains("ok       gamma"), "{said}");
    world.owner_sql("update audit.event set detail = 'x' where seq = 1 and stream = (select id from public.tenant where slug = 'gamma')").await;
    let (ok, said) = command(&world, &["audit", "verify"], "").await;
    assert!(!ok && said.contains("TAMPERED gamma") && said.contains("event 1 was edited"), "{said}");
}

#[tokio::test]
async fn a_demo_is_swept_away_after_its_time() {
    let world = World::new().await;
    let schema = world.schema("beta").await;
    let owner = world.signed_in("beta", "owner").await;
    world.owner_sql("update public.tenant set is_temporary = true, expires_at = now() + interval '1 minute' where slug = 'beta'").await;
    assert_eq!(server::platform::sweep_demos(&world.app).await.unwrap(), 0);
    world.owner_sql("update public.tenant set expires_at = now() where is_temporary").await;
    assert_eq!(server::platform::sweep_demos(&world.app).await.unwrap(), 1);
    world.app.routes.refresh(&world.app.db).await.unwrap();
    assert_eq!(owner.get("/schedule").await.status, 404);
    assert_eq!(world.count(&format!("select count(*) from pg_namespace where nspname = '{schema}'")).await, 0);
    assert_eq!(world.count(&format!("select count(*) from pg_roles where rolname = '{schema}'")).await, 0);
    assert_eq!(world.count("select count(*) from public.user_account where email like '%@beta.example'").await, 0);
    // What was done there stays to be seen, and the name can be had again.
    assert!(world.count("select count(*) from audit.event where action = 'TENANT_SWEPT'").await == 1);
    world.tenant("beta").await;
    assert_eq!(world.visitor("alpha").get("/").await.status, 200);
}
