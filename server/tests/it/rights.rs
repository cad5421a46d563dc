//! Every path x every role x own, foreign and another host's: the whole table of answers, as a file to read. A change of
//! rights is a change of that file.

use crate::support::{Client, Ids, World, mark};
use axum::body::Body;
use domain::{
    actor::Role,
    ids::{TenantId, UserId},
};
use http::{Method, header};
use server::{
    http::{Endpoint, Reach, endpoints},
    session::{LOGIN, Login, SessionStore},
};
use sqlx::Executor;
use std::fmt::Write;
use tower_sessions::{
    SessionStore as _,
    session::{Id, Record},
};
use uuid::Uuid;

/// A role's name, its person, and the host that person signs in on.
type Who = (&'static str, Option<(Uuid, Option<Uuid>)>);

/// Whose things a path names.
#[derive(Clone, Copy, PartialEq)]
enum Whose {
    Own,
    Foreign,
}

struct Things {
    tenant: Uuid,
    person: Uuid,
    appointment: Uuid,
    domain: Uuid,
    service: Uuid,
    resource: Uuid,
    time_off: Uuid,
    closure: Uuid,
    customer: Uuid,
    /// Makes what the set-up's paths work on, or makes it anew.
    set_up: String,
}

async fn things(world: &World, slug: &str) -> Things {
    let tenant = world.tenant_id(slug).await;
    let person = world.person(&format!("target@{slug}.example"), Role::TenantStaff, Some(slug)).await;
    world
        .owner_sql(&format!("update public.user_account set name = '{} target' where id = '{person}'", mark(slug)))
        .await;
    let appointment = crate::schedule::book(world, slug, Ids::CUT, "2026-12-01T10:00:00+01:00").await;
    let domain = Uuid::now_v7();
    world
        .owner_sql(&format!(
            "insert into public.domain (id, tenant_id, host, challenge) values ('{domain}', '{tenant}', 'book.{slug}.example', 'x')"
        ))
        .await;
    let schema = world.schema(slug).await;
    let [service, resource, time_off, closure, customer] = std::array::from_fn(|_| Uuid::now_v7());
    let name = mark(slug);
    let set_up = format!(
        "insert into {schema}.service (id, name, minutes) values ('{service}', '{name} thing', 30)
            on conflict (id) do update set archived_at = null;
         insert into {schema}.resource (id, name, kind) values ('{resource}', '{name} thing', 'ROOM')
            on conflict (id) do update set archived_at = null;
         insert into {schema}.time_off (id, resource_id, starts_at, ends_at)
            values ('{time_off}', '{resource}', '2027-08-01Z', '2027-08-02Z') on conflict do nothing;
         insert into {schema}.date_override (resource_id, date) values ('{resource}', '2026-12-24') on conflict do nothing;
         insert into {schema}.closure (id, from_date, to_date, name)
            values ('{closure}', '2027-08-01', '2027-08-01', '{name} thing') on conflict do nothing;
         insert into {schema}.customer (id, name, email, email_key)
            values ('{customer}', '{name} thing', 'thing@{slug}.example', 'thing@{slug}.example') on conflict do nothing;"
    );
    world.owner_sql(&set_up).await;
    Things { tenant, person, appointment, domain, service, resource, time_off, closure, customer, set_up }
}

fn path_of(endpoint: &Endpoint, things: &Things) -> String {
    let id = match endpoint.path.split('/').nth(1) {
        Some("tenants") => things.tenant,
        Some("appointments" | "my") => things.appointment,
        Some("domains") => things.domain,
        Some("services") => things.service,
        Some("resources") => things.resource,
        Some("time-off") => things.time_off,
        Some("settings") => things.closure,
        Some("customers") => things.customer,
        _ => things.person,
    };
    endpoint
        .path
        .replace("{id}", &id.to_string())
        .replace("{date}", "2026-12-24")
        .replace("{service}", &Ids::CUT.to_string())
        .replace("{resource}", &Ids::ANA.to_string())
        .replace("{key}", "nothing-nothing")
}

/// What a path's form needs before its right is asked for. Each is refused for its version or for its time, so that
/// nothing changes for the next.
fn form_of(path: &str) -> &'static str {
    match path {
        "/appointments/{id}/decide" => "version=99&decision=cancel",
        "/appointments/{id}/move" => {
            "version=99&start=2026-12-01T09%3A00%3A00Z&resource=00000000-0000-0000-0000-000000000021"
        }
        "/book/{service}" => {
            "start=2026-11-01T09%3A00%3A00Z&token=00000000-0000-0000-0000-000000000001&name=Guest&email=guest%40example.com"
        }
        // Of nobody at all: who may do it is asked for each.
        "/appointments/decide" => "decision=cancel",
        "/resources/{id}/dates/{date}/delete" | "/time-off/{id}/delete" => "act=save",
        "/book/{service}/keep" => "start=2026-11-01T09%3A00%3A00Z",
        _ => "",
    }
}

/// A session of somebody on a host, made anew for each request: some end it.
async fn session(world: &World, user: Uuid, host: Option<Uuid>) -> String {
    let login = Login { user: UserId(user), host: host.map(TenantId) };
    let data = [(LOGIN.to_owned(), serde_json::to_value(login).unwrap())].into();
    let mut record =
        Record { id: Id::default(), data, expiry_date: time::OffsetDateTime::now_utc() + time::Duration::hours(1) };
    SessionStore::new(world.app.db.clone()).create(&mut record).await.unwrap();
    record.id.to_string()
}

#[tokio::test]
async fn every_path_for_every_role() {
    let world = World::new().await;
    let own = things(&world, "alpha").await;
    let foreign = things(&world, "beta").await;
    let mut people: Vec<Who> = vec![("visitor", None)];
    for role in Role::ALL {
        let email = format!("{}@cells.example", role.as_str().to_lowercase());
        let slug = (!role.is_platform()).then_some("alpha");
        let id = world.person(&email, role, slug).await;
        people.push((role.as_str(), Some((id, slug.map(|_| own.tenant)))));
    }
    let mut owner = world.owner().await;
    let mut table = String::from(
        "For each role: the answer about what is its own / about what is another business's / on another host, with its cookie.\n\n",
    );
    for endpoint in endpoints() {
        let reach = format!("{:?}", endpoint.reach).to_lowercase();
        writeln!(table, "{} {reach} {}  ({})", endpoint.method, endpoint.path, endpoint.right).unwrap();
        let mut cells = Vec::new();
        for (name, person) in &people {
            let mut answers = Vec::new();
            for (whose, elsewhere) in [(Whose::Own, false), (Whose::Foreign, false), (Whose::Own, true)] {
                if endpoint.method == Method::POST {
                    // What the request before has done is undone.
                    let undo = "update public.domain set removed_at = null, verified_at = null, state = 'PENDING' where removed_at is not null or verified_at is not null;
                         update public.user_account set is_active = true where email like 'target@%' and not is_active;
                         delete from public.login_failure";
                    let undo = [undo, &own.set_up, &foreign.set_up].join(";");
                    owner.execute(sqlx::raw_sql(sqlx::AssertSqlSafe(undo))).await.unwrap();
                }
                let is_tenant = endpoint.reach == Reach::Tenant;
                let host = match (endpoint.reach, elsewhere) {
                    (Reach::Base, _) => "localhost:3000",
                    (Reach::Platform, _) => "platform.localhost:3000",
                    (Reach::Tenant, false) => "alpha.localhost:3000",
                    (Reach::Tenant, true) => "beta.localhost:3000",
                };
                let client = Client::new(&world.router, host);
                if let Some((user, home)) = person {
                    // Signed in where the role can be; the superuser on a business's host as well.
                    let at = if *name == "SUPERUSER" && is_tenant { Some(own.tenant) } else { *home };
                    let cookie = session(&world, *user, at).await;
                    client.cookies().insert("smoothschedule".into(), cookie);
                }
                let path = path_of(&endpoint, if whose == Whose::Own { &own } else { &foreign });
                let request = client
                    .request(endpoint.method.clone(), &path)
                    .header(header::ORIGIN, format!("http://{host}"))
                    .header("sec-fetch-site", "same-origin");
                let request = if endpoint.method == Method::POST {
                    let kind = if path.starts_with("/api/") {
                        "application/json"
                    } else {
                        "application/x-www-form-urlencoded"
                    };
                    let things = if whose == Whose::Own { &own } else { &foreign };
                    // To where it is already, so that nothing is in the way of the next.
                    let change = serde_json::json!({"change": {"id": things.appointment, "version": 1, "resource": Ids::ANA, "start": "2026-12-01T09:00:00Z"}});
                    let body =
                        if path.starts_with("/api/") { change.to_string() } else { form_of(endpoint.path).into() };
                    request
                        .header(header::CONTENT_TYPE, kind)
                        .header(header::ACCEPT, kind)
                        .body(Body::from(body))
                        .unwrap()
                } else {
                    request.body(Body::empty()).unwrap()
                };
                let answer = client.send(request).await;
                assert!(
                    answer.status.as_u16() < 500,
                    "{name} {} {path}: {} {}",
                    endpoint.method,
                    answer.status,
                    answer.body
                );
                if is_tenant {
                    let other = mark(if elsewhere { "alpha" } else { "beta" });
                    assert!(!answer.body.contains(&other), "{name} {} {path} on {host} shows {other}", endpoint.method);
                }
                answers.push(answer.status.as_u16().to_string());
            }
            cells.push(format!("{name} {}", answers.join("/")));
        }
        // Those who get the same stand together.
        let mut groups: Vec<(String, Vec<String>)> = Vec::new();
        for cell in cells {
            let (name, answers) = cell.split_once(' ').unwrap();
            match groups.iter_mut().find(|(known, _)| known == answers) {
                Some((_, names)) => names.push(name.to_owned()),
                None => groups.push((answers.to_owned(), vec![name.to_owned()])),
            }
        }
        for (answers, names) in groups {
            writeln!(table, "  {answers}  {}", names.join(" ")).unwrap();
        }
    }
    insta::assert_snapshot!(table);
}
