//! Acting as somebody else: the whole table against the running router, and what holds while it lasts.

use crate::support::{Answer, Client, World};
use domain::actor::Role;
use serde_json::Value;
use uuid::Uuid;

const REASON: &str = "A customer asked for help";

/// The table of the product's rules, written down a second time on purpose.
fn may(actor: Role, subject: Role, same_tenant: bool, temporary: bool, active: bool) -> bool {
    use Role::{Customer, PlatformSales, PlatformSupport, Superuser, TenantManager, TenantOwner, TenantStaff};
    let has_tenant = matches!(subject, TenantOwner | TenantManager | TenantStaff | Customer);
    active
        && match actor {
            Superuser => true,
            PlatformSupport => has_tenant,
            PlatformSales => has_tenant && temporary,
            TenantOwner => subject == TenantStaff && same_tenant,
            _ => false,
        }
}

fn is_platform(role: Role) -> bool {
    matches!(role, Role::Superuser | Role::PlatformManager | Role::PlatformSales | Role::PlatformSupport)
}

/// Somebody of each role, signed in where that role is at home.
async fn actor(world: &World, role: Role) -> Client {
    let email = format!("actor-{}@rules.example", role.as_str().to_lowercase());
    let slug = (!is_platform(role)).then_some("alpha");
    world.person(&email, role, slug).await;
    let client = slug.map_or_else(|| world.platform(), |slug| world.visitor(slug));
    let answer = client.post("/login", &[("email", &email), ("password", crate::support::PASSWORD)]).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    client
}

async fn begin(client: &Client, subject: Uuid) -> Answer {
    let room = if client.host.starts_with("platform.") { "users" } else { "team" };
    client.post(&format!("/{room}/{subject}/masquerade"), &[("reason", REASON)]).await
}

#[tokio::test]
async fn every_cell_of_the_table_against_the_router_and_every_attempt_in_the_log() {
    let world = World::new().await;
    let mut cells = Vec::new();
    for subject in Role::ALL {
        for slug in ["alpha", "beta"] {
            for temporary in [false, true] {
                for active in [true, false] {
                    let email =
                        format!("{}-{slug}-{temporary}-{active}@subjects.example", subject.as_str().to_lowercase());
                    let tenant = (!is_platform(subject)).then_some(slug);
                    let id = world.person(&email, subject, tenant).await;
                    world
                        .owner_sql(&format!(
                            "update public.user_account set is_temporary = {temporary}, is_active = {active} where id = '{id}'"
                        ))
                        .await;
                    cells.push((subject, slug == "alpha", temporary, active, id, email));
                }
            }
        }
    }
    let mut attempts = 0;
    for role in Role::ALL {
        let client = actor(&world, role).await;
        let own = client.cookies().clone();
        for (subject, same, temporary, active, id, email) in &cells {
            let expected = may(role, *subject, *same, *temporary, *active);
            let answer = begin(&client, *id).await;
            let cell = format!("{role:?} as {subject:?}, same tenant {same}, temporary {temporary}, active {active}");
            match expected {
                true => assert_eq!(answer.status, 303, "{cell}: {}", answer.body),
                false => assert!([403, 404].contains(&answer.status.as_u16()), "{cell}: {}", answer.status),
            }
            if !expected {
                assert!(!answer.body.contains(email.as_str()), "{cell}: the refusal names the subject");
            }
            // The next attempt is made with the actor's own session again.
            *client.cookies() = own.clone();
            attempts += 1;
        }
    }
    assert_eq!(attempts, 512);

    let lines = world.log("masquerade").await;
    let of = |action: &str| lines.iter().filter(|line| line["action"] == action).count();
    assert_eq!(of("HIJACK_START") + of("HIJACK_DENIED"), 512, "one line an attempt");
    let allowed: usize = Role::ALL
        .into_iter()
        .flat_map(|role| cells.iter().map(move |c| usize::from(may(role, c.0, c.1, c.2, c.3))))
        .sum();
    assert_eq!(of("HIJACK_START"), allowed);
    for line in &lines {
        for key in [
            "timestamp",
            "action",
            "hijacker_email",
            "hijacked_email",
            "ip_address",
            "session_key",
            "reason",
            "cause",
            "seq",
            "hash",
            "request_id",
        ] {
            assert!(line.get(key).is_some(), "{key} is missing in {line}");
        }
        assert!(line["timestamp"].as_str().unwrap().ends_with('Z'), "{line}");
        assert!(line["hijacker_email"].as_str().unwrap().ends_with("@rules.example"), "{line}");
        assert!(line["hijacked_email"].as_str().unwrap().ends_with("@subjects.example"), "{line}");
        assert_eq!(line["session_key"].as_str().unwrap().len(), 16, "{line}");
        if line["action"] == "HIJACK_DENIED" {
            assert!(line["cause"].is_string(), "{line}");
        }
    }
    // Written once, however often the files are brought up to date.
    assert_eq!(world.log("masquerade").await.len(), lines.len());
}

/// Follows the way from the platform's host to the tenant's, as one browser would.
async fn arrive(world: &World, platform: &Client, slug: &str, first: &Answer) -> (Client, Vec<Answer>) {
    let there = world.visitor(slug);
    let mut seen = Vec::new();
    let mut to = first.location().to_owned();
    for _ in 0..6 {
        let url = url::Url::parse(&to).unwrap_or_else(|_| panic!("{to} is no address"));
        let path = format!("{}?{}", url.path(), url.query().unwrap_or(""));
        let host = format!("{}:3000", url.host_str().unwrap());
        let client = if host == platform.host { platform } else { &there };
        let answer = client.get(&path).await;
        let next = answer.location().to_owned();
        seen.push(answer);
        if !next.starts_with("http") {
            break;
        }
        to = next;
    }
    (there, seen)
}

#[tokio::test]
async fn support_acts_as_staff_with_a_banner_and_stops() {
    let world = World::new().await;
    let staff = world.id_of("staff@alpha.example").await;
    let support = world.of_the_platform("support").await;
    let first = begin(&support, staff).await;
    assert_eq!(first.status, 303, "{}", first.body);
    let (there, seen) = arrive(&world, &support, "alpha", &first).await;
    assert_eq!(seen.last().unwrap().location(), "/today", "{seen:?}");

    for path in ["/schedule", "/", "/nothing/here", "/account"] {
        let page = there.get(path).await;
        // Or the browser would block the way back.
        let policy = page.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("form-action 'self' http://platform.localhost:3000;"), "{policy}");
        for text in ["Markalpha staff", "support@platform.example", "/masquerade/stop"] {
            assert!(page.body.contains(text), "{text} is missing on {path} ({})", page.status);
        }
    }
    // What is out of reach stays so.
    for (path, fields) in [
        (
            "/account/password",
            vec![("current", "x"), ("password", "another long password"), ("repeat", "another long password")],
        ),
        ("/account/sessions/end", vec![]),
        ("/team", vec![("name", "X"), ("email", "x@x.example"), ("role", "TENANT_STAFF")]),
    ] {
        let answer = there.post(path, &fields).await;
        assert_eq!(answer.status, 403, "{path}: {}", answer.body);
    }
    // The actor's own session was never touched.
    assert_eq!(support.get("/").await.status, 200);

    let stopped = there.post("/masquerade/stop", &[]).await;
    assert_eq!(stopped.status, 303);
    assert_eq!(stopped.location(), format!("http://platform.localhost:3000/users/{staff}"));
    assert_eq!(there.get("/schedule").await.status, 303, "it is over and still answers");
    assert_eq!(support.get("/").await.status, 200);
    let actions: Vec<Value> = world.log("masquerade").await.iter().map(|line| line["action"].clone()).collect();
    assert_eq!(actions, ["HIJACK_START", "HIJACK_END"]);
    // Who owns the business can see who was in.
    let page = world.signed_in("alpha", "owner").await.get("/activity").await;
    assert!(page.body.contains("support@platform.example"), "{}", page.body);
}

#[tokio::test]
async fn signing_out_ends_it_too() {
    let world = World::new().await;
    let staff = world.id_of("staff@alpha.example").await;
    let support = world.of_the_platform("support").await;
    let first = begin(&support, staff).await;
    let (there, _) = arrive(&world, &support, "alpha", &first).await;
    let kept = there.cookies().clone();
    assert_eq!(there.post("/logout", &[]).await.status, 303);
    *there.cookies() = kept;
    assert_eq!(there.get("/schedule").await.status, 303, "the cookie of a masquerade outlives signing out");
    assert_eq!(world.count("select count(*) from public.masquerade where ended_at is null").await, 0);
}

#[tokio::test]
async fn an_owner_acts_as_staff_on_the_own_host_and_comes_back() {
    let world = World::new().await;
    let staff = world.id_of("staff@alpha.example").await;
    let owner = world.signed_in("alpha", "owner").await;
    assert_eq!(begin(&owner, staff).await.location(), "/today");
    assert!(owner.get("/schedule").await.body.contains("You are acting as"));
    // No chain: whoever acts as somebody begins nothing else.
    let again = begin(&owner, staff).await;
    assert_eq!(again.status, 403, "{}", again.body);
    assert_eq!(owner.post("/masquerade/stop", &[]).await.location(), format!("/team/{staff}"));
    let page = owner.get("/schedule").await;
    assert!(page.status == 200 && !page.body.contains("You are acting as"));
    assert!(page.body.contains("Markalpha owner"));
}

#[tokio::test]
async fn it_ends_when_either_side_loses_its_right_account_or_session() {
    let world = World::new().await;
    let staff = world.id_of("staff@alpha.example").await;
    for (what, cause) in [
        (
            "update public.user_account set is_active = false, epoch = epoch + 1 where email = 'staff@alpha.example'",
            "subject",
        ),
        (
            "update public.user_account set role = 'PLATFORM_SALES', epoch = epoch + 1 where email = 'support@platform.example'",
            "actor",
        ),
        ("update public.user_account set role = 'PLATFORM_SALES' where email = 'support@platform.example'", "right"),
        ("delete from public.session where masquerade_id is null", "session"),
        (
            "update public.masquerade set started_at = now() - interval '31 minutes', until = now() - interval '1 minute' where ended_at is null",
            "time",
        ),
    ] {
        world
            .owner_sql(
                "update public.user_account set is_active = true where email = 'staff@alpha.example';
                 update public.user_account set role = 'PLATFORM_SUPPORT' where email = 'support@platform.example'",
            )
            .await;
        let support = world.of_the_platform("support").await;
        let first = begin(&support, staff).await;
        let (there, _) = arrive(&world, &support, "alpha", &first).await;
        assert_eq!(there.get("/schedule").await.status, 200, "{cause}");
        let before = world.log("masquerade").await.len();
        world.owner_sql(what).await;
        let after = there.get("/schedule").await;
        assert_eq!(after.status, 303, "{cause}: it goes on");
        assert!(!after.body.contains("Markalpha"), "{cause}");
        let lines = world.log("masquerade").await;
        assert_eq!(lines.len(), before + 1, "{cause}");
        let line = &lines[before];
        let expected = if cause == "time" { "HIJACK_EXPIRED" } else { "HIJACK_END" };
        assert!(line["action"] == expected && line["cause"].is_string(), "{cause}: {line}");
    }
}

#[tokio::test]
async fn the_way_between_hosts_is_for_one_browser_once() {
    let world = World::new().await;
    let staff = world.id_of("staff@alpha.example").await;
    let support = world.of_the_platform("support").await;

    // A ticket that somebody else brings is used up and of no use.
    let first = begin(&support, staff).await;
    let ticket = first.location().split("ticket=").nth(1).unwrap().to_owned();
    let mark = "a".repeat(52);
    let thief = world.of_the_platform("manager").await;
    let confirm = format!("/handoff/confirm?ticket={ticket}&nonce={mark}");
    assert_eq!(thief.get(&confirm).await.status, 410);
    assert_eq!(support.get(&confirm).await.status, 410, "a ticket was good twice");

    // A code in another browser than the marked one.
    let first = begin(&support, staff).await;
    let there = world.visitor("alpha");
    let path = |to: &str| {
        let url = url::Url::parse(to).unwrap();
        format!("{}?{}", url.path(), url.query().unwrap())
    };
    let confirm = there.get(&path(first.location())).await;
    let enter = support.get(&path(confirm.location())).await;
    let code = path(enter.location());
    assert_eq!(world.visitor("alpha").get(&code).await.status, 410, "a code is good in any browser");
    // It was not taken by the one without a mark; the marked browser may use it, once.
    assert_eq!(there.get(&code).await.location(), "/today");
    let cookies = there.cookies().clone();
    assert_eq!(there.get(&code).await.status, 410, "a code was good twice");
    *there.cookies() = cookies;

    // The cookie of the masquerade is worth nothing at another host.
    let beta = world.visitor("beta");
    *beta.cookies() = there.cookies().clone();
    assert_eq!(beta.get("/schedule").await.status, 303);
    assert!(!beta.get("/").await.body.contains("You are acting as"));
}

#[tokio::test]
async fn without_a_reason_nothing_begins_and_a_second_replaces_the_first() {
    let world = World::new().await;
    let staff = world.id_of("staff@alpha.example").await;
    let support = world.of_the_platform("support").await;
    for reason in ["", "  ", "x"] {
        let answer = support.post(&format!("/users/{staff}/masquerade"), &[("reason", reason)]).await;
        assert_eq!(answer.status, 422, "{reason:?}");
    }
    assert_eq!(world.count("select count(*) from public.masquerade").await, 0);
    assert_eq!(begin(&support, staff).await.status, 303);
    assert_eq!(begin(&support, staff).await.status, 303);
    assert_eq!(world.count("select count(*) from public.masquerade where ended_at is null").await, 1);
}

#[tokio::test]
async fn what_cannot_be_written_down_does_not_happen() {
    let world = World::new().await;
    let staff = world.id_of("staff@alpha.example").await;
    let support = world.of_the_platform("support").await;
    world.owner_sql("revoke execute on all functions in schema audit from smoothschedule_app").await;
    assert_eq!(begin(&support, staff).await.status, 500);
    assert_eq!(world.count("select count(*) from public.masquerade").await, 0);
    assert_eq!(world.count("select count(*) from public.handoff").await, 0);
}
