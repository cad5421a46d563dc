//! Whose host is whose; and that nobody can tell a host that never was from one that is switched off.

use crate::support::{Client, World};
use http::{Method, header};
use server::{http::router, state::App};
use std::time::{Duration, Instant};

#[tokio::test]
async fn each_host_is_its_own_site() {
    let world = World::new().await;
    for (host, status, says) in [
        ("localhost:3000", 200, "SmoothSchedule"),
        ("LOCALHOST", 200, "SmoothSchedule"),
        ("alpha.localhost:3000", 200, "Markalpha"),
        ("ALPHA.localhost.:3000", 200, "Markalpha"),
        ("beta.localhost", 200, "Markbeta"),
        ("platform.localhost:3000", 303, ""),
        ("nobody.localhost:3000", 404, ""),
        ("alpha.localhost.evil.example", 404, ""),
        ("alpha.example.com", 404, ""),
        ("x.alpha.localhost", 404, ""),
    ] {
        let answer = Client::new(&world.router, host).get("/").await;
        assert_eq!(answer.status, status, "{host}");
        assert!(answer.body.contains(says), "{host}: {}", answer.body);
    }
}

#[tokio::test]
async fn malformed_hosts_are_400_and_say_why() {
    let world = World::new().await;
    for host in ["", "a..b", "user@alpha.localhost", "alpha.localhost:port", "alpha localhost", "alpha_localhost"] {
        let answer = Client::new(&world.router, host).get("/").await;
        assert_eq!(answer.status, 400, "{host:?}");
        assert!(!answer.body.contains("Markalpha"));
    }
    let client = world.visitor("alpha");
    let twice = client.request(Method::GET, "/").header(header::HOST, "beta.localhost:3000");
    assert_eq!(client.send(twice.body(axum::body::Body::empty()).unwrap()).await.status, 400);
}

#[tokio::test]
async fn forwarded_headers_choose_no_tenant() {
    let world = World::new().await;
    let client = world.visitor("alpha");
    let mut request = client.request(Method::GET, "/");
    for (name, value) in [
        ("x-forwarded-host", "beta.localhost:3000"),
        ("forwarded", "host=beta.localhost:3000"),
        ("x-original-host", "beta.localhost:3000"),
        ("x-host", "beta.localhost:3000"),
        ("x-tenant-id", "beta"),
    ] {
        request = request.header(name, value);
    }
    let answer = client.send(request.body(axum::body::Body::empty()).unwrap()).await;
    assert!(answer.body.contains("Markalpha") && !answer.body.contains("Markbeta"));
}

/// The page without what differs from request to request.
fn page(answer: &crate::support::Answer) -> String {
    let mut text = answer.body.clone();
    while let Some(at) = (0..text.len().saturating_sub(36)).find(|at| {
        text.is_char_boundary(*at)
            && text.is_char_boundary(at + 36)
            && uuid::Uuid::try_parse(&text[*at..at + 36]).is_ok()
    }) {
        text.replace_range(at..at + 36, "ID");
    }
    text
}

#[tokio::test]
async fn suspended_and_unknown_look_the_same() {
    let world = World::new().await;
    world.owner_sql("update public.tenant set status = 'SUSPENDED' where slug = 'alpha'").await;
    world.app.routes.refresh(&world.app.db).await.unwrap();
    for path in ["/", "/login", "/schedule", "/nothing", "/book/00000000-0000-0000-0000-000000000011"] {
        let suspended = world.visitor("alpha").get(path).await;
        let unknown = world.visitor("never-was").get(path).await;
        assert_eq!((suspended.status.as_u16(), unknown.status.as_u16()), (404, 404), "{path}");
        assert_eq!(page(&suspended), page(&unknown), "{path}");
        let names = |a: &crate::support::Answer| {
            let mut names: Vec<_> = a.headers.keys().map(|k| k.to_string()).collect();
            names.sort();
            names
        };
        assert_eq!(names(&suspended), names(&unknown));
        assert!(!suspended.body.contains("Markalpha"));
    }
    assert_eq!(world.visitor("beta").get("/").await.status, 200);
}

#[tokio::test]
async fn a_change_made_elsewhere_holds_here_within_two_seconds() {
    let world = World::new().await;
    // Another node, which hears of nothing but through the database.
    let other = App::new(world.config.clone()).unwrap();
    other.routes.refresh(&other.db).await.unwrap();
    let refresher = other.routes.keep_fresh(other.db.clone());
    let client = Client::new(&router(&other).unwrap(), "alpha.localhost:3000");
    assert_eq!(client.get("/").await.status, 200);
    for (status, expected) in [("SUSPENDED", 404), ("ACTIVE", 200)] {
        world.owner_sql(&format!("update public.tenant set status = '{status}' where slug = 'alpha'")).await;
        let changed = Instant::now();
        while client.get("/").await.status != expected {
            assert!(changed.elapsed() < Duration::from_secs(20), "the change to {status} never arrived");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
    // A custom host, verified or not.
    let custom = Client::new(&router(&other).unwrap(), "www.alpha.example");
    let id = "select id from public.tenant where slug = 'alpha'";
    world.owner_sql(&format!("insert into public.domain (host, tenant_id) values ('www.alpha.example', ({id}))")).await;
    other.routes.refresh(&other.db).await.unwrap();
    assert_eq!(custom.get("/").await.status, 404, "an unverified host answers");
    world.owner_sql("update public.domain set verified_at = now()").await;
    other.routes.refresh(&other.db).await.unwrap();
    assert_eq!(custom.get("/").await.status, 200);
    refresher.abort();
}

#[tokio::test]
async fn no_request_asks_the_database_whose_host_it_is() {
    let world = World::new().await;
    // Without the table of tenants only memory can answer.
    world.owner_sql("alter table public.tenant rename to tenant_gone").await;
    assert_eq!(world.visitor("alpha").get("/login").await.status, 200);
    assert_eq!(world.visitor("nobody").get("/").await.status, 404);
}

#[tokio::test]
async fn every_answer_carries_the_headers() {
    let world = World::new().await;
    for (client, path) in
        [(world.visitor("alpha"), "/"), (world.visitor("alpha"), "/nothing"), (world.visitor("nobody"), "/")]
    {
        let answer = client.get(path).await;
        let header = |name: &str| answer.headers.get(name).map_or("", |v| v.to_str().unwrap()).to_owned();
        let policy = header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && policy.contains("'nonce-"), "{policy}");
        assert!(!policy.contains("script-src 'unsafe-inline'") && !policy.contains("'unsafe-eval'"), "{policy}");
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(header("x-frame-options"), "DENY");
        assert!(!header("cache-control").is_empty());
    }
}
