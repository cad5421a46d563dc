//! Bad input gets a clear page: never a fault of ours, never the words of a library.

use crate::support::{Ids, World};
use axum::body::Body;
use http::{Method, header};
use uuid::Uuid;

#[tokio::test]
async fn paths_and_queries() {
    let world = World::new().await;
    let client = world.signed_in("alpha", "owner").await;
    let (cut, odd) = (Ids::CUT, Uuid::from_u128(0x99));
    for (path, expected) in [
        ("/nothing".to_owned(), 404),
        ("/book/".into(), 404),
        ("/book/not-an-id".into(), 404),
        (format!("/book/{odd}"), 404),
        ("/book/%00".into(), 404),
        ("/book/%ff%fe".into(), 404),
        (format!("/book/{cut}?date=yesterday"), 400),
        (format!("/book/{cut}?date=2026-02-30"), 400),
        (format!("/book/{cut}?date=9999-12-31"), 400),
        (format!("/book/{cut}?date=-9999-01-01"), 400),
        (format!("/book/{cut}?date=2026-12-01&date=2026-12-02"), 400),
        (format!("/book/{cut}?staff=bo"), 400),
        (format!("/book/{cut}?staff={odd}"), 404),
        (format!("/book/{cut}?date=8999-12-31"), 200),
        (format!("/book/{cut}?date=1970-01-01"), 200),
        (format!("/book/{cut}/details"), 400),
        (format!("/book/{cut}/details?start=09:30"), 400),
        (format!("/book/{cut}/details?start=2026-12-01T10:00:00"), 400),
        (format!("/book/{cut}/details?start=9999-12-31T23:59:59Z"), 400),
        (format!("/book/{cut}/details?start=-009999-01-01T00:00:00Z"), 400),
        ("/booked/x".into(), 404),
        ("/schedule?date=never".into(), 400),
        ("/schedule?date=8999-12-31".into(), 200),
        (format!("/appointments/{odd}"), 404),
        ("/appointments/x".into(), 404),
        ("/login?next=//evil.example".into(), 303),
        ("/pkg/../../etc/passwd".into(), 404),
        ("/pkg/%2e%2e/%2e%2e/etc/passwd".into(), 404),
        ("/pkg/nothing.js".into(), 404),
    ] {
        let answer = client.get(&path).await;
        assert_eq!(answer.status, expected, "{path}: {}", answer.body);
        if expected >= 400 {
            assert!(answer.body.contains("<h1"), "{path} has no page: {}", answer.body);
        }
    }
}

#[tokio::test]
async fn forms() {
    let world = World::new().await;
    let client = world.visitor("alpha");
    let path = format!("/book/{}", Ids::CUT);
    let token = Uuid::new_v4().to_string();
    let whole = [
        ("start", "2026-12-01T10:00:00+01:00"),
        ("staff", ""),
        ("token", token.as_str()),
        ("name", "Maria"),
        ("email", "m@example.com"),
        ("phone", ""),
        ("notes", ""),
    ];
    let with = |field: &str, value: &'static str| {
        whole.iter().map(|(k, v)| (*k, if *k == field { value } else { *v })).collect::<Vec<_>>()
    };
    for (fields, expected) in [
        (vec![], 400),
        (with("start", "soon"), 400),
        (with("start", ""), 400),
        (with("token", "x"), 400),
        (with("staff", "somebody"), 400),
        (with("name", "a\u{0}b"), 422),
        (with("name", "\u{202e}"), 303),
        (with("email", "m@example.com\r\nBcc: x@example.com"), 422),
        (with("phone", "'; drop table claim; --"), 422),
        // The same form as the one that booked: it counts once, whatever else it says.
        (with("notes", "'; drop table claim; --"), 303),
    ] {
        let answer = client.post(&path, &fields).await;
        assert_eq!(answer.status, expected, "{fields:?}: {}", answer.body);
    }
    for (content_type, body, expected) in [
        ("application/json", "{}".to_owned(), 400),
        ("application/x-www-form-urlencoded", "%%%=%zz&=&&".into(), 400),
        ("application/x-www-form-urlencoded", "x".repeat(70_000), 413),
    ] {
        let request = client
            .request(Method::POST, &path)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, content_type)
            .body(Body::from(body))
            .unwrap();
        let answer = client.send(request).await;
        assert_eq!(answer.status, expected, "{content_type}: {}", answer.body);
        assert!(answer.body.contains("<h1"));
    }
}

#[tokio::test]
async fn methods_and_cookies() {
    let world = World::new().await;
    let client = world.visitor("alpha");
    for method in [Method::PUT, Method::DELETE, Method::PATCH] {
        let request = client.request(method, "/").header("sec-fetch-site", "same-origin").body(Body::empty()).unwrap();
        let answer = client.send(request).await;
        assert_eq!(answer.status, 405);
        assert!(answer.headers.contains_key(header::ALLOW) && answer.body.contains("<h1"));
    }
    for cookie in ["", "x", "====", "AAAAAAAAAAAAAAAAAAAAAA", "'; drop table session; --", &"a".repeat(5000)] {
        let request = client
            .request(Method::GET, "/schedule")
            .header(header::COOKIE, format!("smoothschedule={cookie}"))
            .body(Body::empty())
            .unwrap();
        assert_eq!(client.send(request).await.status, 303, "{cookie:?}");
    }
    let request = client
        .request(Method::GET, "/schedule")
        .header(header::COOKIE, &b"smoothschedule=\xff\xfe"[..])
        .body(Body::empty())
        .unwrap();
    assert_eq!(client.send(request).await.status, 303);
}

#[tokio::test]
async fn server_functions() {
    let world = World::new().await;
    let client = world.signed_in("alpha", "owner").await;
    let path = "/api/schedule/move_appointment";
    for json in [
        serde_json::json!({}),
        serde_json::json!([]),
        serde_json::json!("x"),
        serde_json::json!({"change": {"id": "x"}}),
    ] {
        let answer = client.call(path, json).await;
        assert!(answer.status.is_client_error() || answer.status == 500, "{}", answer.status);
        assert!(answer.body.contains("transport"), "the framework's own words: {}", answer.body);
    }
    assert_eq!(client.call("/api/nothing", serde_json::json!({})).await.status, 404);
}

#[tokio::test]
async fn a_database_that_is_gone_is_a_page_that_says_so() {
    let world = World::with(|config| config.pool_size = 2).await;
    let client = world.visitor("alpha");
    assert_eq!(client.get("/").await.status, 200);
    let database = world.config.owner.get_database().unwrap().to_owned();
    world.owner_sql("grant smoothschedule_app to current_user").await;
    // Lost connections cost a new one each, not an error.
    world.owner_sql(&format!("select pg_terminate_backend(pid) from pg_stat_activity where datname = '{database}' and pid <> pg_backend_pid()")).await;
    assert_eq!(client.get("/").await.status, 200, "a connection that was lost in the pool reached a customer");
    let elsewhere = World::empty(|_| {}).await;
    elsewhere
        .owner_sql(&format!("alter database {database} allow_connections false; select pg_terminate_backend(pid) from pg_stat_activity where datname = '{database}'"))
        .await;
    let answer = client.get("/").await;
    assert_eq!(answer.status, 503, "{}", answer.body);
    assert!(answer.body.contains("<h1") && answer.headers.contains_key(header::RETRY_AFTER));
}
