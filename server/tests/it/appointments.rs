//! The list of appointments: filters, pages, files, and one decision about several.

use crate::support::{Answer, Client, Ids, World};
use std::fmt::Write;
use uuid::Uuid;

/// Rows as they are after somebody booked, however long ago: an appointment, what it holds, and its first line of history.
pub struct Row<'a> {
    pub id: u128,
    pub service: Uuid,
    pub with: &'a [Uuid],
    pub status: &'a str,
    pub from: &'a str,
    pub to: &'a str,
    pub name: &'a str,
    pub price: Option<i64>,
}

impl Default for Row<'_> {
    fn default() -> Self {
        Self {
            id: 0,
            service: Ids::CUT,
            with: &[Ids::ANA],
            status: "CONFIRMED",
            from: "",
            to: "",
            name: "Maria Lopez",
            price: Some(4800),
        }
    }
}

/// The one customer of all of them.
const CUSTOMER: Uuid = Uuid::from_u128(0xc0);

pub async fn insert(world: &World, slug: &str, rows: &[Row<'_>]) {
    let schema = world.schema(slug).await;
    let mut sql = format!(
        "set search_path = {schema}, ext;
         insert into customer (id, name, email, email_key) values ('{CUSTOMER}', 'Any', 'any@example.com', 'any@example.com')
         on conflict do nothing;"
    );
    for row in rows {
        let Row { id, service, status, from, to, name, .. } = row;
        let id = Uuid::from_u128(*id);
        let price = row.price.map_or("null".to_owned(), |price| price.to_string());
        let with = row.with.iter().map(|id| format!("'{id}'")).collect::<Vec<_>>().join(", ");
        let is_off = *status == "CANCELLED";
        let at = if is_off { "now()" } else { "null" };
        write!(
            sql,
            "insert into appointment (id, reference, service_id, customer_id, contact_name, contact_phone, status, holds, starts_at,
                                      ends_at, price_minor, cancelled_at)
             values ('{id}', 'REF-{:04}', '{service}', '{CUSTOMER}', $n${name}$n$, '+49 30 555{:04}', '{status}', {}, '{from}', '{to}',
                     {price}, {at});
             insert into appointment_history (appointment_id, version, action, status, starts_at, ends_at, resource_ids)
             values ('{id}', 1, 'BOOKED', '{status}', '{from}', '{to}', array[{with}]::uuid[]);",
            row.id % 10_000,
            row.id % 10_000,
            !is_off,
        )
        .unwrap();
        for resource in row.with.iter().filter(|_| !is_off) {
            write!(
                sql,
                "insert into claim (appointment_id, resource_id, during) values ('{id}', '{resource}', tstzrange('{from}', '{to}'));"
            )
            .unwrap();
        }
    }
    world.owner_sql(&sql).await;
}

/// Many at once, seven at a time, twice a day from 20 November on; they hold nothing. Of their ids, in the order of the list.
async fn insert_many(world: &World, count: u32) {
    let schema = world.schema("alpha").await;
    let ana = Ids::ANA;
    world
        .owner_sql(&format!(
            "set search_path = {schema}, ext;
             insert into customer (id, name, email, email_key) values ('{CUSTOMER}', 'Any', 'any@example.com', 'any@example.com');
             insert into appointment (id, reference, service_id, customer_id, contact_name, status, holds, starts_at, ends_at)
             select gen_random_uuid(), 'R' || n, '{}', '{CUSTOMER}', 'Guest ' || n, 'COMPLETED', true,
                    '2026-11-20T08:00Z'::timestamptz + (n / 7) * interval '12 hours',
                    '2026-11-20T08:30Z'::timestamptz + (n / 7) * interval '12 hours'
             from generate_series(0, {count} - 1) n;
             insert into appointment_history (appointment_id, version, action, status, starts_at, ends_at, resource_ids)
             select id, 1, 'BOOKED', 'CONFIRMED', starts_at, ends_at, array['{ana}']::uuid[] from appointment;",
            Ids::CUT
        ))
        .await;
}

/// The appointments that a page links to, in its order. `/appointments/new` is none.
fn ids(page: &Answer) -> Vec<Uuid> {
    let parts = page.body.split("href=\"/appointments/").skip(1).filter(|part| !part.starts_with("new\""));
    parts.map(|part| part[..36].parse().unwrap()).collect()
}

fn next(page: &Answer) -> Option<String> {
    let (before, _) = page.body.split_once(" rel=\"next\"").or_else(|| page.body.split_once("rel=\"next\" "))?;
    let at = page.body[before.len()..].find("href=\"")? + before.len() + 6;
    let rest = &page.body[at..];
    Some(rest[..rest.find('"')?].replace("&amp;", "&"))
}

/// All pages from an address on.
async fn walk(client: &Client, path: &str) -> Vec<Uuid> {
    let (mut all, mut path) = (Vec::new(), Some(path.to_owned()));
    while let Some(at) = path {
        let page = client.get(&at).await;
        assert_eq!(page.status, 200, "{}", page.body);
        let found = ids(&page);
        assert!(found.len() == 50 || next(&page).is_none(), "a page of {} has a next one", found.len());
        all.extend(found);
        path = next(&page);
    }
    all
}

async fn order(world: &World, which: &str, order: &str) -> Vec<Uuid> {
    let schema = world.schema("alpha").await;
    let sql = format!("select id from {schema}.appointment where {which} order by {order}");
    sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_all(&mut world.owner().await).await.unwrap()
}

#[tokio::test]
async fn pages_have_every_row_once_and_in_order() {
    let world = World::new().await;
    insert_many(&world, 300).await;
    let staff = world.signed_in("alpha", "staff").await;
    let all = walk(&staff, "/appointments?from=2026-11-01").await;
    assert_eq!(all.len(), 300);
    assert_eq!(all, order(&world, "true", "starts_at, id").await);
    // From today's midnight in Berlin on; and what has begun, backwards.
    let coming = walk(&staff, "/appointments").await;
    assert_eq!(coming, order(&world, "starts_at >= '2026-11-29T23:00Z'", "starts_at, id").await);
    let past = walk(&staff, "/appointments?sort=past").await;
    assert_eq!(past, order(&world, "starts_at <= '2026-11-30T07:10Z'", "starts_at desc, id desc").await);
    assert!(coming.len() > 100 && past.len() > 100, "{} {}", coming.len(), past.len());
    // A key that is none of ours begins anew.
    assert_eq!(ids(&staff.get("/appointments?cursor=nonsense").await), coming[..50]);
    // The other business has none of them.
    assert_eq!(
        walk(&world.signed_in("beta", "owner").await, "/appointments?from=2026-11-01").await,
        Vec::<Uuid>::new()
    );
}

#[tokio::test]
async fn filters_narrow_and_can_be_taken_away() {
    let world = World::new().await;
    let at = |day: u8| (format!("2026-12-{day:02}T09:00Z"), format!("2026-12-{day:02}T09:30Z"));
    let times: Vec<_> = (1..=5).map(at).collect();
    let row = |n: usize| Row { id: n as u128 + 1, from: &times[n].0, to: &times[n].1, ..Row::default() };
    insert(
        &world,
        "alpha",
        &[
            row(0),
            Row { with: &[Ids::BO, Ids::ROOM], service: Ids::PAIR, ..row(1) },
            Row { status: "PENDING", ..row(2) },
            Row { status: "CANCELLED", ..row(3) },
            Row { name: "Jörg <b>Ötzi</b>", ..row(4) },
        ],
    )
    .await;
    let owner = world.signed_in("alpha", "owner").await;
    let (bo, ana, cut, pair) = (Ids::BO, Ids::ANA, Ids::CUT, Ids::PAIR);
    for (query, found) in [
        ("".to_owned(), vec![1, 2, 3, 4, 5]),
        (format!("resource={bo}"), vec![2]),
        // What was called off holds nobody any more, and is still found with whom it was.
        (format!("resource={ana}"), vec![1, 3, 4, 5]),
        (format!("service={pair}"), vec![2]),
        (format!("service={cut}&status=PENDING"), vec![3]),
        ("status=CANCELLED".into(), vec![4]),
        ("status=nonsense&resource=nonsense&from=nonsense".into(), vec![1, 2, 3, 4, 5]),
        ("from=2026-12-02&to=2026-12-04".into(), vec![2, 3, 4]),
        ("to=2026-12-02".into(), vec![1, 2]),
        ("q=%C3%B6tzi".into(), vec![5]),
        ("q=ref0002".into(), vec![2]),
        ("q=REF-0003".into(), vec![3]),
        ("q=555%200004".into(), vec![4]),
        ("q=any%40example".into(), vec![1, 2, 3, 4, 5]),
        ("q=nobody".into(), vec![]),
        ("q=%25".into(), vec![]),
    ] {
        let page = owner.get(&format!("/appointments?{query}")).await;
        let expected: Vec<Uuid> = found.iter().map(|n| Uuid::from_u128(*n)).collect();
        assert_eq!((page.status.as_u16(), ids(&page)), (200, expected), "{query}: {}", page.body);
    }
    let page = owner.get(&format!("/appointments?status=CONFIRMED&resource={ana}&q=maria")).await;
    for chip in ["Status: Confirmed", "With: Markalpha Ana", "Search: maria"] {
        assert!(page.body.contains(chip), "{chip}");
    }
    let without = format!("href=\"/appointments?resource={ana}&amp;status=CONFIRMED\"");
    assert!(page.body.contains(&without), "the way without the search: {}", page.body);
    let nothing = owner.get("/appointments?q=nobody").await;
    assert!(nothing.body.contains("Nothing matches") && nothing.body.contains("Clear filters"));
    assert!(
        owner.get("/appointments").await.body.contains("J\u{f6}rg &lt;b&gt;")
            || owner.get("/appointments").await.body.contains("J\u{f6}rg &lt;b>")
    );
    let fresh = world.signed_in("beta", "owner").await.get("/appointments").await;
    assert!(fresh.body.contains("No appointments yet"));
}

#[tokio::test]
async fn the_file_has_what_the_filters_find_and_runs_nothing() {
    let world = World::new().await;
    insert_many(&world, 1100).await;
    let formula = |id, name, day: &'static str| Row { id, name, from: day, to: "2027-12-31T10:00Z", ..Row::default() };
    let rows = [
        Row { to: "2027-12-01T09:30Z", ..formula(1, "=HYPERLINK(\"http://evil.example\")", "2027-12-01T09:00Z") },
        Row { to: "2027-12-02T09:30Z", price: None, ..formula(2, "+49 call", "2027-12-02T09:00Z") },
        Row { to: "2027-12-03T09:30Z", ..formula(3, "say \"hi\", twice", "2027-12-03T09:00Z") },
    ];
    insert(&world, "alpha", &rows).await;
    let staff = world.signed_in("alpha", "staff").await;
    let file = staff.get("/appointments.csv?from=2027-01-01").await;
    let wanted = "attachment; filename=\"appointments.csv\"";
    assert_eq!((file.status.as_u16(), file.headers["content-disposition"].to_str().unwrap()), (200, wanted));
    let lines: Vec<&str> = file.body.lines().filter(|line| line.contains("2027-12")).collect();
    assert_eq!(
        lines,
        [
            r#""2027-12-01","10:00","10:30","2027-12-01T10:00:00+01:00","'=HYPERLINK(""http://evil.example"")","Markalpha cut","Markalpha Ana","Confirmed","REF-0001","48.00","EUR""#,
            r#""2027-12-02","10:00","10:30","2027-12-02T10:00:00+01:00","'+49 call","Markalpha cut","Markalpha Ana","Confirmed","REF-0002","","""#,
            r#""2027-12-03","10:00","10:30","2027-12-03T10:00:00+01:00","say ""hi"", twice","Markalpha cut","Markalpha Ana","Confirmed","REF-0003","48.00","EUR""#,
        ]
    );
    // More than is read at once; each once.
    let all = staff.get("/appointments.csv?from=2026-11-01").await.body;
    let mut references: Vec<&str> = all.lines().skip(1).map(|line| line.split("\",\"").nth(8).unwrap()).collect();
    assert_eq!(references.len(), 1103);
    references.sort_unstable();
    references.dedup();
    assert_eq!(references.len(), 1103);
    assert_eq!(world.count("select count(*) from audit.event where action = 'APPOINTMENTS_EXPORTED'").await, 2);
    // Nobody else's, and not for customers.
    assert_eq!(world.signed_in("beta", "owner").await.get("/appointments.csv").await.body.lines().count(), 1);
    assert_eq!(world.signed_in("alpha", "customer").await.get("/appointments.csv").await.status, 403);
}

/// The fields of a decision about several.
async fn decide(client: &Client, decision: &str, picks: &[(u128, i32)], reason: &str) -> Answer {
    let picks: Vec<String> = picks.iter().map(|(id, version)| format!("{}.{version}", Uuid::from_u128(*id))).collect();
    let mut fields = vec![("decision", decision), ("reason", reason), ("back", "/appointments?q=maria")];
    fields.extend(picks.iter().map(|pick| ("pick", pick.as_str())));
    client.post("/appointments/decide", &fields).await
}

async fn statuses(world: &World) -> Vec<(String, i32)> {
    let schema = world.schema("alpha").await;
    let sql = format!("select status, version from {schema}.appointment order by id");
    sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_all(&mut world.owner().await).await.unwrap()
}

/// Three in Ana's calendar, one in nobody's; the first is over.
async fn four(world: &World) {
    let row = |id, from, to| Row { id, from, to, ..Row::default() };
    insert(
        world,
        "alpha",
        &[
            row(1, "2026-11-27T09:00Z", "2026-11-27T09:30Z"),
            row(2, "2026-12-01T09:00Z", "2026-12-01T09:30Z"),
            Row { status: "PENDING", name: "Ada Bo", ..row(3, "2026-12-02T09:00Z", "2026-12-02T09:30Z") },
            Row { with: &[Ids::BO], name: "Bo's guest", ..row(4, "2026-12-03T09:00Z", "2026-12-03T09:30Z") },
        ],
    )
    .await;
}

#[tokio::test]
async fn several_are_decided_one_by_one() {
    let world = World::new().await;
    four(&world).await;
    let owner = world.signed_in("alpha", "owner").await;
    // Asked first: what would change, and what cannot, with the reason.
    let picks: String = (1..=4).map(|n| format!("&pick={}.1", Uuid::from_u128(n))).collect();
    let asked = owner.get(&format!("/appointments/confirm?decision=cancel&back=/appointments{picks}")).await;
    assert_eq!(asked.status, 200);
    for text in ["Cancel 4 appointments", "Each customer gets a letter", "name=\"reason\""] {
        assert!(asked.body.contains(text), "{text}: {}", asked.body);
    }
    let asked = owner.get(&format!("/appointments/confirm?decision=complete{picks}")).await;
    for text in
        ["Mark 1 appointment as completed?", "It has not begun yet", "It is a request: confirm or decline it first"]
    {
        assert!(asked.body.contains(text), "{text}: {}", asked.body);
    }
    assert_eq!(
        statuses(&world).await,
        [("CONFIRMED", 1), ("CONFIRMED", 1), ("PENDING", 1), ("CONFIRMED", 1)].map(|(s, v)| (s.to_owned(), v))
    );

    let done = decide(&owner, "cancel", &[(2, 1), (3, 1), (4, 1)], "Water damage").await;
    assert_eq!((done.status.as_u16(), done.location()), (303, "/appointments?q=maria"), "{}", done.body);
    assert!(owner.get(done.location()).await.body.contains("3 cancelled."));
    let done = decide(&owner, "complete", &[(1, 1)], "").await;
    assert_eq!(done.status, 303, "{}", done.body);
    assert_eq!(
        statuses(&world).await,
        [("COMPLETED", 2), ("CANCELLED", 2), ("CANCELLED", 2), ("CANCELLED", 2)].map(|(s, v)| (s.to_owned(), v))
    );
    let schema = world.schema("alpha").await;
    let reasons = format!(
        "select count(*) from {schema}.appointment where cancel_reason = 'Water damage' and cancelled_by = 'BUSINESS'"
    );
    assert_eq!(world.count(&reasons).await, 3);
    // By the one path that decides: history, audit, claims and letters.
    for (count, sql) in [
        (1, format!("select count(*) from {schema}.appointment_history where action = 'DECLINED'")),
        (2, format!("select count(*) from {schema}.appointment_history where action = 'CANCELLED'")),
        (
            3,
            "select count(*) from audit.event where action in ('APPOINTMENT_CANCELLED', 'APPOINTMENT_DECLINED')".into(),
        ),
        (1, format!("select count(*) from {schema}.claim")),
    ] {
        assert_eq!(world.count(&sql).await, count, "{sql}");
    }
}

#[tokio::test]
async fn one_that_is_stale_and_one_that_is_foreign_leave_the_others_alone() {
    let world = World::new().await;
    four(&world).await;
    crate::schedule::book(&world, "beta", Ids::CUT, "2026-12-01T10:00:00+01:00").await;
    let staff = world.signed_in("alpha", "staff").await;
    // The first was changed meanwhile, the third is not in the own calendar, the fourth is nobody's here.
    world
        .owner_sql(&format!(
            "update {}.appointment set version = 2 where id = '{}'",
            world.schema("alpha").await,
            Uuid::from_u128(1)
        ))
        .await;
    let answer = decide(&staff, "cancel", &[(1, 1), (2, 1), (4, 1), (0xdead, 1)], "").await;
    assert_eq!(answer.status, 409);
    for text in [
        "1 cancelled.",
        "3 appointments stay as they are",
        "Somebody changed it meanwhile",
        "your own calendar only",
        "not here, or not any more",
        "Maria Lopez",
        "Bo&#x27;s guest",
    ] {
        assert!(
            answer.body.contains(text) || answer.body.contains(&text.replace("&#x27;", "'")),
            "{text}: {}",
            answer.body
        );
    }
    assert_eq!(
        statuses(&world).await,
        [("CONFIRMED", 2), ("CANCELLED", 2), ("PENDING", 1), ("CONFIRMED", 1)].map(|(s, v)| (s.to_owned(), v))
    );
    // Sent again, nothing happens twice.
    assert_eq!(decide(&staff, "cancel", &[(2, 1)], "").await.status, 409);
    // What is foreign alone is forbidden, or not there.
    assert_eq!(decide(&staff, "cancel", &[(4, 1)], "").await.status, 403);
    assert_eq!(decide(&staff, "cancel", &[(0xdead, 1)], "").await.status, 404);
    // What cannot be: no decision, no appointment, too many, none.
    for (fields, status) in [
        (vec![("decision", "explode")], 400),
        (vec![("decision", "cancel"), ("pick", "x.1")], 400),
        (vec![("decision", "cancel")], 422),
    ] {
        assert_eq!(staff.post("/appointments/decide", &fields).await.status, status, "{fields:?}");
    }
    let many: Vec<(u128, i32)> = (0..101).map(|n| (n, 1)).collect();
    assert_eq!(decide(&staff, "cancel", &many, "").await.status, 400);
}

#[tokio::test]
async fn rows_that_one_may_not_decide_have_no_box() {
    let world = World::new().await;
    four(&world).await;
    let boxes = |page: &Answer| page.body.matches("name=\"pick\"").count();
    let path = "/appointments?from=2026-11-01";
    let staff = world.signed_in("alpha", "staff").await.get(path).await;
    let owner = world.signed_in("alpha", "owner").await.get(path).await;
    assert_eq!((ids(&staff).len(), boxes(&staff), boxes(&owner)), (4, 3, 4), "{}", staff.body);
    for path in ["/appointments", "/appointments/confirm?decision=cancel", "/today", "/today/sheets", "/reports"] {
        assert_eq!(world.visitor("alpha").get(path).await.status, 303, "{path}");
        assert_eq!(world.signed_in("alpha", "customer").await.get(path).await.status, 403, "{path}");
    }
    let customer = world.signed_in("alpha", "customer").await;
    assert_eq!(decide(&customer, "cancel", &[(2, 1)], "").await.status, 403);
    assert_eq!(decide(&world.signed_in("beta", "owner").await, "cancel", &[(2, 1)], "").await.status, 404);
}
