//! Signing in, and what a session can and cannot do.

use crate::support::{Client, World};
use axum::body::Body;
use http::{Method, header};
use server::session::{LOGIN, Login, SessionStore};
use tower_sessions::{
    SessionStore as _,
    session::{Id, Record},
};

const PASSWORD: &str = "a long enough password";
const COOKIE: &str = "smoothschedule";

#[tokio::test]
async fn in_and_out() {
    let world = World::new().await;
    let client = world.visitor("alpha");
    let away = client.get("/schedule").await;
    assert_eq!((away.status.as_u16(), away.location()), (303, "/login?next=%2Fschedule"));

    let answer = client
        .post(
            "/login",
            &[("email", " Staff@ALPHA.example "), ("password", PASSWORD), ("next", "/schedule?date=2026-12-01")],
        )
        .await;
    assert_eq!((answer.status.as_u16(), answer.location()), (303, "/schedule?date=2026-12-01"));
    let cookie = answer.headers.get(header::SET_COOKIE).unwrap().to_str().unwrap();
    assert!(
        cookie.contains("HttpOnly")
            && cookie.contains("SameSite=Lax")
            && cookie.contains("Path=/")
            && !cookie.contains("Domain"),
        "{cookie}"
    );

    let page = client.get("/schedule").await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("Markalpha staff"));
    assert_eq!(page.headers["cache-control"], "private, no-store");

    let before = client.cookies().clone();
    assert_eq!(client.post("/logout", &[]).await.status, 303);
    assert!(!client.cookies().contains_key(COOKIE), "the cookie stays");
    *client.cookies() = before;
    assert_eq!(client.get("/schedule").await.status, 303, "a session that was ended still answers");
}

#[tokio::test]
async fn in_production_the_cookie_is_the_hosts_alone() {
    let world = World::with(|config| {
        config.debug = false;
        config.base.https = true;
    })
    .await;
    let client = world.visitor("alpha");
    let body = format!("email=staff%40alpha.example&password={}", PASSWORD.replace(' ', "+"));
    let request = client
        .request(Method::POST, "/login")
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(body))
        .unwrap();
    let answer = client.send(request).await;
    let cookies: Vec<_> = answer.headers.get_all(header::SET_COOKIE).iter().map(|c| c.to_str().unwrap()).collect();
    assert!(cookies.iter().any(|cookie| cookie.starts_with("__Host-smoothschedule=")), "{cookies:?}");
    for cookie in cookies {
        assert!(cookie.starts_with("__Host-") && cookie.contains("Secure") && !cookie.contains("Domain"), "{cookie}");
    }
    assert!(answer.headers.contains_key(header::STRICT_TRANSPORT_SECURITY));
}

#[tokio::test]
async fn unknown_and_wrong_get_the_same_answer() {
    let world = World::new().await;
    let mut pages = Vec::new();
    for email in ["staff@alpha.example", "nobody@alpha.example", "staff@beta.example"] {
        let answer = world.visitor("alpha").post("/login", &[("email", email), ("password", "wrong")]).await;
        assert_eq!(answer.status, 422);
        assert!(answer.headers.get(header::SET_COOKIE).is_none());
        assert!(answer.body.contains(email), "the address is not kept");
        assert!(!answer.body.contains("wrong\""), "the password is given back");
        pages.push(answer.body.replace(email, "EMAIL"));
    }
    assert_eq!(pages[0], pages[1]);
    assert_eq!(pages[0], pages[2]);
    // The right password of another tenant is as wrong as any.
    let foreign =
        world.visitor("alpha").post("/login", &[("email", "staff@beta.example"), ("password", PASSWORD)]).await;
    assert_eq!(foreign.status, 422);
    assert_eq!(world.count("select count(*) from audit.event where action = 'LOGIN_FAILED'").await, 4);
}

#[tokio::test]
async fn a_cookie_of_one_host_is_nothing_at_another() {
    let world = World::new().await;
    let alpha = world.signed_in("alpha", "owner").await;
    for host in ["beta.localhost:3000", "platform.localhost:3000"] {
        let carried = Client::new(&world.router, host);
        *carried.cookies() = alpha.cookies().clone();
        let path = if host.starts_with("beta") { "/schedule" } else { "/" };
        let answer = carried.get(path).await;
        assert_eq!(answer.status, 303, "{host}");
        assert!(!answer.body.contains("Mark"));
    }
}

#[tokio::test]
async fn a_planted_session_id_is_not_the_one_after_signing_in() {
    let world = World::new().await;
    let victim = world.visitor("alpha");
    let planted = Id::default().to_string();
    victim.cookies().insert(COOKIE.into(), planted.clone());
    assert_eq!(victim.post("/login", &[("email", "owner@alpha.example"), ("password", PASSWORD)]).await.status, 303);
    let first = victim.cookies()[COOKIE].clone();
    assert_ne!(first, planted);
    // Signing in again is a new session, and the old one ends.
    assert_eq!(victim.post("/login", &[("email", "staff@alpha.example"), ("password", PASSWORD)]).await.status, 303);
    assert_ne!(victim.cookies()[COOKIE], first);
    let old = world.visitor("alpha");
    old.cookies().insert(COOKIE.into(), first);
    assert_eq!(old.get("/schedule").await.status, 303);
}

async fn stored(world: &World) -> (SessionStore, Record) {
    let store = SessionStore::new(world.app.db.clone());
    let user: uuid::Uuid = sqlx::query_scalar("select id from public.user_account where email = 'staff@alpha.example'")
        .fetch_one(&mut world.owner().await)
        .await
        .unwrap();
    let login = Login { user: user.into(), host: None };
    let data = [(LOGIN.to_owned(), serde_json::to_value(login).unwrap())].into();
    let expiry_date = time::OffsetDateTime::now_utc() + time::Duration::hours(1);
    let mut record = Record { id: Id::default(), data, expiry_date };
    store.create(&mut record).await.unwrap();
    assert!(store.load(&record.id).await.unwrap().is_some());
    (store, record)
}

#[tokio::test]
async fn a_save_does_not_bring_back_what_was_ended() {
    let world = World::new().await;
    let (store, record) = stored(&world).await;
    store.delete(&record.id).await.unwrap();
    store.save(&record).await.unwrap();
    assert!(store.load(&record.id).await.unwrap().is_none());
}

#[tokio::test]
async fn ids_are_not_stored() {
    let world = World::new().await;
    let (_, record) = stored(&world).await;
    let text: String = sqlx::query_scalar("select string_agg(s::text, ' ') from public.session s")
        .fetch_one(&mut world.owner().await)
        .await
        .unwrap();
    assert!(!text.contains(&record.id.to_string()));
    let raw: String = record.id.0.to_le_bytes().iter().map(|b| format!("{b:02x}")).collect();
    assert!(!text.contains(&raw));
}

#[tokio::test]
async fn sessions_end() {
    let world = World::new().await;
    for change in [
        "update public.session set last_seen_at = now() - interval '31 minutes'",
        "update public.session set absolute_until = now() - interval '1 second'",
        "update public.user_account set epoch = epoch + 1",
        "update public.user_account set is_active = false",
    ] {
        world.owner_sql("update public.user_account set is_active = true").await;
        let (store, record) = stored(&world).await;
        world.owner_sql(change).await;
        assert!(store.load(&record.id).await.unwrap().is_none(), "{change}");
    }
}

#[tokio::test]
async fn use_keeps_a_session_awake_but_not_beyond_its_end() {
    let world = World::new().await;
    let (store, record) = stored(&world).await;
    world.owner_sql("update public.session set last_seen_at = now() - interval '29 minutes'").await;
    assert!(store.load(&record.id).await.unwrap().is_some());
    let recent = "select count(*) from public.session where last_seen_at > now() - interval '1 minute'";
    assert_eq!(world.count(recent).await, 1);
}

#[tokio::test]
async fn what_another_site_sends_changes_nothing() {
    let world = World::new().await;
    let client = world.signed_in("alpha", "owner").await;
    for content_type in
        ["application/x-www-form-urlencoded", "text/plain", "application/json", "multipart/form-data; boundary=x"]
    {
        for (name, value) in [
            ("origin", "http://evil.example"),
            ("origin", "null"),
            ("origin", "http://beta.localhost:3000"),
            ("sec-fetch-site", "same-site"),
            ("sec-fetch-site", "cross-site"),
            ("x-nothing", "neither header"),
        ] {
            for path in ["/logout", "/api/schedule/move_appointment", "/login"] {
                let request = client
                    .request(Method::POST, path)
                    .header(name, value)
                    .header(header::CONTENT_TYPE, content_type)
                    .body(Body::from("a=b"))
                    .unwrap();
                assert_eq!(client.send(request).await.status, 403, "{name}: {value}, {content_type}, {path}");
            }
        }
    }
    assert_eq!(client.get("/schedule").await.status, 200);
}

#[tokio::test]
async fn next_leads_nowhere_else() {
    let world = World::new().await;
    for next in ["//evil.example", "https://evil.example", "/\\evil.example", "/%0d%0aSet-Cookie:x=y"] {
        let answer = world
            .visitor("alpha")
            .post("/login", &[("email", "staff@alpha.example"), ("password", PASSWORD), ("next", next)])
            .await;
        assert_eq!(answer.status, 303);
        let to = answer.location();
        assert!(to.starts_with('/') && !to.starts_with("//") && !to.contains('\\'), "{next} leads to {to}");
    }
}

#[tokio::test]
async fn who_may_see_the_calendar() {
    let world = World::new().await;
    for (who, expected) in [("owner", 200), ("manager", 200), ("staff", 200), ("customer", 403)] {
        assert_eq!(world.signed_in("alpha", who).await.get("/schedule").await.status, expected, "{who}");
    }
}
