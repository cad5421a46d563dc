//! People: invited, given another role, let in no more; passwords and the limits of guessing them.

use crate::support::{Client, PASSWORD, World};
use http::header;
use server::identity::throttle::{ACCOUNT_LOCK, PER_ACCOUNT, PER_ADDRESS};

/// The link in the latest letter to somebody.
async fn link_to(world: &World, email: &str) -> String {
    let body: String = sqlx::query_scalar(
        "select body from public.mail where recipient = $1 order by created_at desc, id desc limit 1",
    )
    .bind(email)
    .fetch_one(&mut world.owner().await)
    .await
    .unwrap();
    body.lines().find(|line| line.starts_with("http")).unwrap().to_owned()
}

fn path_of(link: &str) -> String {
    let url = url::Url::parse(link).unwrap();
    format!("{}?{}", url.path(), url.query().unwrap())
}

fn token_of(link: &str) -> String {
    link.split("token=").nth(1).unwrap().to_owned()
}

async fn log_in(client: &Client, email: &str, password: &str) -> u16 {
    client.post("/login", &[("email", email), ("password", password)]).await.status.as_u16()
}

#[tokio::test]
async fn an_invitation_is_taken_once_on_the_businesss_own_host() {
    let world = World::new().await;
    let owner = world.signed_in("alpha", "owner").await;
    let answer =
        owner.post("/team", &[("name", "New Person"), ("email", "new@alpha.example"), ("role", "TENANT_STAFF")]).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    let link = link_to(&world, "new@alpha.example").await;
    assert!(link.starts_with("http://alpha.localhost:3000/join?token="), "{link}");
    // Nobody can sign in with no password.
    assert_eq!(log_in(&world.visitor("alpha"), "new@alpha.example", "").await, 422);

    // Looking uses nothing up; another host knows nothing of it.
    assert_eq!(world.visitor("beta").get(&path_of(&link)).await.status, 410);
    let guest = world.visitor("alpha");
    for _ in 0..2 {
        let page = guest.get(&path_of(&link)).await;
        assert!(page.status == 200 && page.body.contains("New Person"), "{}", page.body);
    }
    let token = token_of(&link);
    for (password, repeat) in [("short", "short"), ("a long enough password", "another long password"), ("", "")] {
        let answer = guest.post("/join", &[("token", &token), ("password", password), ("repeat", repeat)]).await;
        assert_eq!(answer.status, 422, "{password:?}");
    }
    let fields = [("token", token.as_str()), ("password", PASSWORD), ("repeat", PASSWORD)];
    assert_eq!(guest.post("/join", &fields).await.status, 303);
    assert_eq!(guest.get("/schedule").await.status, 200);
    assert_eq!(world.visitor("alpha").post("/join", &fields).await.status, 410, "a link was good twice");
    assert_eq!(log_in(&world.visitor("alpha"), "new@alpha.example", PASSWORD).await, 303);
    assert_eq!(
        world.count("select count(*) from audit.event where action in ('USER_INVITED', 'USER_JOINED')").await,
        2
    );
}

#[tokio::test]
async fn a_forgotten_password_tells_nobody_who_is_known() {
    let world = World::new().await;
    let mut pages = Vec::new();
    for email in ["staff@alpha.example", "nobody@alpha.example", "staff@beta.example"] {
        let answer = world.visitor("alpha").post("/forgot", &[("email", email)]).await;
        assert_eq!(answer.status, 200);
        let page = answer.body.replace(email, "ADDRESS");
        let id = answer.headers["x-request-id"].to_str().unwrap();
        pages.push(page.replace(id, "ID"));
    }
    // What differs is the nonce of the policy.
    let plain = |page: &String| {
        page.split("nonce=").map(|part| part.split('>').skip(1).collect::<String>()).collect::<String>()
    };
    assert!(pages.iter().all(|page| plain(page) == plain(&pages[0])), "an answer tells who is known");
    for _ in 0..50 {
        if world.count("select count(*) from public.mail").await > 0 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_eq!(world.count("select count(*) from public.mail where recipient = 'staff@alpha.example'").await, 1);
    assert_eq!(world.count("select count(*) from public.mail").await, 1, "a letter went to another host's people");

    // A new password ends the sessions of the old one.
    let before = world.signed_in("alpha", "staff").await;
    let link = link_to(&world, "staff@alpha.example").await;
    let fields = [
        ("token", token_of(&link)),
        ("password", "another long password".into()),
        ("repeat", "another long password".into()),
    ];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
    assert_eq!(world.visitor("alpha").post("/join", &fields).await.status, 303);
    assert_eq!(before.get("/schedule").await.status, 303, "a session of the old password still answers");
    assert_eq!(log_in(&world.visitor("alpha"), "staff@alpha.example", PASSWORD).await, 422);
}

/// A link names the host that the registry knows, whatever host the request came in by.
#[tokio::test]
async fn links_are_made_of_what_the_registry_says() {
    let world = World::new().await;
    let client = world.visitor("alpha");
    let request = client
        .request(http::Method::POST, "/forgot")
        .header(header::ORIGIN, "http://alpha.localhost:3000")
        .header("x-forwarded-host", "evil.example")
        .header("forwarded", "host=evil.example")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(axum::body::Body::from("email=staff%40alpha.example"))
        .unwrap();
    assert_eq!(client.send(request).await.status, 200);
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    assert!(link_to(&world, "staff@alpha.example").await.starts_with("http://alpha.localhost:3000/"));
}

#[tokio::test]
async fn a_change_of_role_state_or_password_ends_sessions_at_once() {
    let world = World::new().await;
    let owner = world.signed_in("alpha", "owner").await;
    let staff = world.id_of("staff@alpha.example").await;
    let session = world.signed_in("alpha", "staff").await;
    assert_eq!(owner.post(&format!("/team/{staff}/role"), &[("role", "TENANT_MANAGER")]).await.status, 303);
    assert_eq!(session.get("/schedule").await.status, 303, "a session of the old role still answers");
    let session = world.signed_in("alpha", "staff").await;
    assert_eq!(owner.post(&format!("/team/{staff}/deactivate"), &[]).await.status, 303);
    assert_eq!(session.get("/schedule").await.status, 303, "somebody who is deactivated is still in");
    assert_eq!(log_in(&world.visitor("alpha"), "staff@alpha.example", PASSWORD).await, 422);
    assert_eq!(owner.post(&format!("/team/{staff}/reactivate"), &[]).await.status, 303);
    let session = world.signed_in("alpha", "staff").await;
    let other = world.signed_in("alpha", "staff").await;
    let fields = [("current", PASSWORD), ("password", "another long password"), ("repeat", "another long password")];
    let wrong =
        [("current", "not this one"), ("password", "another long password"), ("repeat", "another long password")];
    assert_eq!(session.post("/account/password", &wrong).await.status, 422);
    assert_eq!(session.post("/account/password", &fields).await.status, 303);
    assert_eq!(session.get("/account").await.status, 200, "the browser that changed it is signed out");
    assert_eq!(other.get("/schedule").await.status, 303, "a session of the old password still answers");
}

#[tokio::test]
async fn nobody_reaches_beyond_the_own_rank_or_business() {
    let world = World::new().await;
    let owner_id = world.id_of("owner@alpha.example").await;
    let staff_id = world.id_of("staff@alpha.example").await;
    let foreign = world.id_of("staff@beta.example").await;
    let manager = world.signed_in("alpha", "manager").await;
    for (path, fields, status) in [
        (format!("/team/{owner_id}/role"), vec![("role", "TENANT_STAFF")], 403),
        (format!("/team/{owner_id}/deactivate"), vec![], 403),
        (format!("/team/{staff_id}/role"), vec![("role", "TENANT_OWNER")], 403),
        (format!("/team/{staff_id}/role"), vec![("role", "SUPERUSER")], 422),
        ("/team".into(), vec![("name", "X"), ("email", "x@x.example"), ("role", "TENANT_OWNER")], 403),
        (format!("/team/{foreign}/deactivate"), vec![], 404),
        (format!("/team/{foreign}/role"), vec![("role", "TENANT_STAFF")], 404),
    ] {
        let answer = manager.post(&path, &fields).await;
        assert_eq!(answer.status, status, "{path} {fields:?}: {}", answer.body);
        assert!(!answer.body.contains("Markbeta"), "{path}");
    }
    // The last owner stays one.
    let owner = world.signed_in("alpha", "owner").await;
    assert_eq!(owner.post(&format!("/team/{owner_id}/deactivate"), &[]).await.status, 403);
    let superuser = world.of_the_platform("superuser").await;
    let answer = superuser.post(&format!("/users/{owner_id}/deactivate"), &[]).await;
    assert!(answer.body.contains("only owner"), "{} {}", answer.status, answer.body);
    // A role of the platform without a tenant, a tenant's with one.
    let form = [("name", "X"), ("email", "x@x.example"), ("role", "TENANT_STAFF"), ("tenant", "")];
    let answer = superuser.post("/users", &form).await;
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("Users with role TENANT_STAFF must be assigned to a tenant"), "{}", answer.body);
}

#[tokio::test]
async fn a_plans_limit_is_enforced_also_for_two_at_once() {
    let world = World::new().await;
    let owner = world.signed_in("alpha", "owner").await;
    // Three of five are there.
    let invite = async |n: usize| {
        let email = format!("more-{n}@alpha.example");
        owner.post("/team", &[("name", "More"), ("email", &email), ("role", "TENANT_STAFF")]).await.status.as_u16()
    };
    let (a, b, c, d) = tokio::join!(invite(0), invite(1), invite(2), invite(3));
    let all = [a, b, c, d];
    assert_eq!(all.iter().filter(|status| **status == 303).count(), 2, "{all:?}");
    let team = "select count(*) from public.user_account u join public.tenant t on t.id = u.tenant_id
                where t.slug = 'alpha' and u.role <> 'CUSTOMER'";
    assert_eq!(world.count(team).await, 5);
}

#[tokio::test]
async fn guessing_is_slowed_and_the_right_password_still_opens() {
    let world = World::new().await;
    let email = "staff@alpha.example";
    // Tries from many addresses at one account.
    let from = async |ip: &str, password: &str| {
        let client = world.visitor("alpha");
        let body = format!("email={}&password={}", email.replace('@', "%40"), password.replace(' ', "+"));
        let mut request = client
            .request(http::Method::POST, "/login")
            .header(header::ORIGIN, "http://alpha.localhost:3000")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(axum::body::Body::from(body))
            .unwrap();
        let peer: std::net::SocketAddr = format!("{ip}:1234").parse().unwrap();
        request.extensions_mut().insert(axum::extract::ConnectInfo(peer));
        (client.send(request).await, client)
    };
    for n in 0..PER_ACCOUNT {
        assert_eq!(from(&format!("10.0.0.{n}"), "wrong").await.0.status, 422);
    }
    let (limited, _) = from("10.0.0.200", "wrong").await;
    assert_eq!(limited.status, 429);
    let wait: u32 = limited.headers[header::RETRY_AFTER].to_str().unwrap().parse().unwrap();
    assert!((1..=900).contains(&wait), "{wait}");
    let (owner, browser) = from("10.0.0.201", PASSWORD).await;
    assert_eq!(owner.status, 303, "strangers have locked the owner out");
    let known = browser.cookies().get("smoothschedule-browser").cloned().expect("the browser is marked");

    // An address that tries many accounts is stopped before its password is looked at.
    for n in 0..PER_ADDRESS {
        let client = world.visitor("alpha");
        let body = format!("email=nobody-{n}%40alpha.example&password=wrong");
        let mut request = client
            .request(http::Method::POST, "/login")
            .header(header::ORIGIN, "http://alpha.localhost:3000")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(axum::body::Body::from(body))
            .unwrap();
        request
            .extensions_mut()
            .insert(axum::extract::ConnectInfo("10.9.9.9:1".parse::<std::net::SocketAddr>().unwrap()));
        assert_eq!(client.send(request).await.status, 422, "{n}");
    }
    assert_eq!(from("10.9.9.9", PASSWORD).await.0.status, 429, "an address goes on");

    // Beyond the lock only browsers that were in before are let in.
    world
        .owner_sql(&format!(
            "insert into public.login_failure (key) select key from (select key from public.login_failure group by key order by count(*) desc offset 0) k,
             generate_series(1, {ACCOUNT_LOCK})"
        ))
        .await;
    assert_eq!(from("10.0.0.202", PASSWORD).await.0.status, 429);
    let client = world.visitor("alpha");
    client.cookies().insert("smoothschedule-browser".into(), known);
    assert_eq!(log_in(&client, email, PASSWORD).await, 303, "the owner's own browser is locked out");
    assert!(world.count("select count(*) from audit.event where action = 'LOGIN_LIMITED'").await >= 2);
}

#[tokio::test]
async fn the_platforms_people_come_to_a_business_by_a_grant_alone() {
    let world = World::new().await;
    world.of_the_platform("support").await;
    let email = "support@platform.example";
    assert_eq!(log_in(&world.visitor("alpha"), email, PASSWORD).await, 422);
    let owner = world.signed_in("alpha", "owner").await;
    let grant =
        [("email", email), ("action", "edit_appointments"), ("minutes", "10"), ("reason", "Help with the calendar")];
    let answer = owner.post("/grants", &grant).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    let support = world.visitor("alpha");
    assert_eq!(log_in(&support, email, PASSWORD).await, 303);
    assert_eq!(support.get("/schedule").await.status, 200);
    assert_eq!(log_in(&world.visitor("beta"), email, PASSWORD).await, 422);
    assert_eq!(support.get("/activity").await.status, 403, "a grant opens what it does not name");
    // What is done by it says so.
    let id = crate::schedule::book(&world, "alpha", crate::support::Ids::CUT, "2026-12-01T10:00:00+01:00").await;
    let change = serde_json::json!({"change": {"id": id, "version": 1, "resource": crate::support::Ids::ANA, "start": "2026-12-01T13:00:00Z"}});
    let moved = support.call("/api/schedule/move_appointment", change).await;
    assert_eq!(moved.status, 200, "{}", moved.body);
    let used = "select count(*) from audit.event where action = 'GRANT_USED' and detail = 'APPOINTMENT_MOVED' and actor_email = 'support@platform.example'";
    assert_eq!(world.count(used).await, 1);
    // Over is over, at the next use: by revocation, by the clock, by its grantor's fall.
    for end in [
        "update public.permission_grant set revoked_at = now(), revoked_by = grantor",
        "update public.permission_grant set revoked_at = null, revoked_by = null, starts_at = now() - interval '20 minutes', ends_at = now() - interval '1 second'",
        "update public.permission_grant set starts_at = now(), ends_at = now() + interval '10 minutes';
         update public.user_account set role = 'TENANT_STAFF' where email = 'owner@alpha.example'",
    ] {
        world.owner_sql(end).await;
        assert_eq!(support.get("/schedule").await.status, 303, "{end}");
    }
    world.owner_sql("update public.user_account set role = 'TENANT_OWNER' where email = 'owner@alpha.example'").await;
    assert_eq!(support.get("/schedule").await.status, 200);
}

/// The right was there when the request began, and gone when it wanted to write.
#[tokio::test]
async fn a_grant_that_ends_while_it_is_used_stops_the_write() {
    use domain::{
        actor::Actor,
        audit::{AuditAction, AuditEntry},
        ids::UserId,
    };
    use server::tenancy::AuditOrigin;
    let world = World::new().await;
    world.of_the_platform("support").await;
    let support = world.id_of("support@platform.example").await;
    let owner = world.signed_in("alpha", "owner").await;
    let grant =
        [("email", "support@platform.example"), ("action", "edit_appointments"), ("minutes", "10"), ("reason", "Help")];
    assert_eq!(owner.post("/grants", &grant).await.status, 303);
    let id: uuid::Uuid =
        sqlx::query_scalar("select id from public.permission_grant").fetch_one(&mut world.owner().await).await.unwrap();
    let route = world.app.routes.tenants().into_iter().find(|route| route.slug == "alpha").unwrap();
    let origin = AuditOrigin { grants: Some((UserId(support), vec![id])), ..AuditOrigin::default() };
    let entry = || AuditEntry::by(&Actor::Visitor, AuditAction::AppointmentMoved, "appointment/x");
    assert!(world.app.db.write(&route).await.unwrap().commit(&origin, entry()).await.is_ok());
    let tx = world.app.db.write(&route).await.unwrap();
    world.owner_sql("update public.permission_grant set revoked_at = now(), revoked_by = grantor").await;
    assert!(tx.commit(&origin, entry()).await.is_err(), "a revoked grant still writes");
    assert_eq!(world.count("select count(*) from audit.event where action = 'APPOINTMENT_MOVED'").await, 1);
}
