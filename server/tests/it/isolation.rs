//! One tenant's rows never reach another, whatever clients do.

use crate::support::{Ids, World, assert_tells_nothing};
use rand::{Rng, SeedableRng, rngs::StdRng};
use server::http::router;
use std::{
    net::SocketAddr,
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use uuid::Uuid;

static READ: AtomicUsize = AtomicUsize::new(0);
static ABORTED: AtomicUsize = AtomicUsize::new(0);

/// What a client asks for: reads, writes and pages of people who are signed in, all on ids that both tenants have.
fn request(slug: &str, cookie: &str, turn: u32) -> String {
    let host = format!("{slug}.localhost:3000");
    let get = |path: &str, cookie: &str| format!("GET {path} HTTP/1.1\r\nhost: {host}\r\n{cookie}\r\n");
    match turn % 5 {
        0 => get("/", ""),
        1 => get(&format!("/book/{}?date=2026-12-{:02}", Ids::CUT, 1 + turn % 28), ""),
        2 => get("/schedule?date=2026-12-01", &format!("cookie: smoothschedule={cookie}\r\n")),
        3 => get(&format!("/book/{}/details?start=2026-12-01T10:00:00Z", Ids::CUT), ""),
        _ => {
            let minute = turn % 480;
            let start = format!("2026-12-{:02}T{:02}%3A{:02}%3A00Z", 1 + turn % 28, 8 + minute / 60, minute % 60);
            let body = format!(
                "start={start}&staff=&token={}&name=Mark{slug}+guest&email=g{turn}%40example.com&phone=&notes=",
                Uuid::new_v4()
            );
            format!(
                "POST /book/{} HTTP/1.1\r\nhost: {host}\r\nsec-fetch-site: same-origin\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
                Ids::CUT,
                body.len()
            )
        }
    }
}

/// Reads one answer off a connection that stays open.
async fn answer(stream: &mut TcpStream) -> std::io::Result<String> {
    let mut bytes = Vec::new();
    let mut part = [0_u8; 16 * 1024];
    loop {
        let n = stream.read(&mut part).await?;
        if n == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        bytes.extend_from_slice(&part[..n]);
        let text = String::from_utf8_lossy(&bytes);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length =
                head.lines().find_map(|l| l.strip_prefix("content-length: ")).map_or(0, |l| l.trim().parse().unwrap());
            if body.len() >= length {
                return Ok(text.into_owned());
            }
        }
    }
}

async fn client(address: SocketAddr, slug: &'static str, cookie: String, requests: u32, seed: u64) {
    let mut chance = StdRng::seed_from_u64(seed);
    let foreign = if slug == "alpha" { "Markbeta" } else { "Markalpha" };
    let mut stream = TcpStream::connect(address).await.unwrap();
    for turn in 0..requests {
        let text = request(slug, &cookie, turn.wrapping_mul(31).wrapping_add(u32::try_from(seed).unwrap()));
        stream.write_all(text.as_bytes()).await.unwrap();
        if chance.random_ratio(1, 3) {
            // Gone at some moment between the request's arrival and its answer.
            tokio::time::sleep(Duration::from_micros(chance.random_range(0..6000))).await;
            drop(stream);
            ABORTED.fetch_add(1, Ordering::Relaxed);
            stream = TcpStream::connect(address).await.unwrap();
            continue;
        }
        let got = answer(&mut stream).await.unwrap();
        assert!(!got.contains(foreign), "a row of the other tenant in:\n{got}");
        assert_tells_nothing(&got);
        let status = &got[9..12];
        assert!(["200", "303", "409"].contains(&status), "{status} for {text}:\n{got}");
        if status == "200" {
            assert!(got.contains(&format!("Mark{slug}")), "{got}");
        }
        READ.fetch_add(1, Ordering::Relaxed);
    }
}

/// 10,000 requests over 64 connections with a pool of 4, a third of them given up at a random moment.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn clients_that_hang_up_leave_nothing_behind() {
    let world = World::with(|config| config.pool_size = 4).await;
    let mut cookies = Vec::new();
    for slug in ["alpha", "beta"] {
        cookies.push(world.signed_in(slug, "owner").await.cookies()["smoothschedule"].clone());
    }
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let service = router(&world.app).unwrap().into_make_service_with_connect_info::<SocketAddr>();
    let server = tokio::spawn(async move { axum::serve(listener, service).await });

    let mut crowd = tokio::task::JoinSet::new();
    for n in 0..64_u64 {
        let (slug, cookie) = if n % 2 == 0 { ("alpha", &cookies[0]) } else { ("beta", &cookies[1]) };
        crowd.spawn(client(address, slug, cookie.clone(), 157, n));
    }
    while let Some(done) = crowd.join_next().await {
        done.unwrap();
    }
    let (read, aborted) = (READ.load(Ordering::Relaxed), ABORTED.load(Ordering::Relaxed));
    assert!(read + aborted >= 10_000 && aborted > 3_000 && read > 6_000, "{read} read, {aborted} aborted");

    // What was dropped heals in the background; give it the time that one statement may take.
    let open =
        "select count(*) from pg_stat_activity where usename = 'smoothschedule_app' and datname = current_database()
                and (state <> 'idle' or xact_start is not null)";
    for _ in 0..100 {
        if world.count(open).await == 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(world.count(open).await, 0, "a transaction was left open");
    let (size, _) = world.app.db.connections();
    assert!(size <= 4, "the pool has grown to {size}");
    // Every connection of the pool serves either tenant, in turn.
    for turn in 0..40 {
        let slug = if turn % 2 == 0 { "alpha" } else { "beta" };
        let got = world.visitor(slug).get("/").await;
        assert!(got.status == 200 && got.body.contains(&format!("Mark{slug}")));
    }
    server.abort();
}

/// A transaction that is dropped in the middle gives back a connection without its role, path or locks.
#[tokio::test]
async fn a_dropped_transaction_is_rolled_back_before_anybody_gets_its_connection() {
    let world = World::with(|config| config.pool_size = 1).await;
    let alpha = world.visitor("alpha");
    for _ in 0..50 {
        // Polled once or a few times, then dropped: at whatever point that is.
        for polls in 1..6 {
            let path = format!("/book/{}", Ids::CUT);
            let mut request = Box::pin(alpha.get(&path));
            for _ in 0..polls {
                if tokio::time::timeout(Duration::from_micros(300), &mut request).await.is_ok() {
                    break;
                }
            }
        }
    }
    let beta = world.visitor("beta").get("/").await;
    assert!(beta.status == 200 && beta.body.contains("Markbeta") && !beta.body.contains("Markalpha"));
}

#[tokio::test]
async fn a_missing_table_is_an_error_and_never_another_schemas_rows() {
    let world = World::new().await;
    let schema = world.schema("alpha").await;
    world
        .owner_sql(&format!(
            "create table public.service (like {schema}.service including all); grant select on public.service to public;
             insert into public.service (id, name, minutes) values ('{}', 'a trojan', 30);
             drop table {schema}.service cascade;",
            Ids::CUT
        ))
        .await;
    let answer = world.visitor("alpha").get("/").await;
    assert_eq!(answer.status, 500);
    assert!(!answer.body.contains("trojan") && !answer.body.contains("Markbeta"));
    let beta = world.visitor("beta").get("/").await;
    assert!(beta.status == 200 && beta.body.contains("Markbeta cut"));
}

/// The role of a tenant's transaction can do nothing outside of its own schema, even asked to.
#[tokio::test]
async fn a_tenants_role_reaches_its_own_schema_only() {
    let world = World::new().await;
    let (alpha, beta) = (world.schema("alpha").await, world.schema("beta").await);
    let mut conn = <sqlx::PgConnection as sqlx::Connection>::connect_with(&world.config.app).await.unwrap();
    for (sql, allowed) in [
        (format!("select count(*) from {alpha}.customer"), true),
        (format!("select count(*) from {beta}.customer"), false),
        ("select count(*) from public.user_account".into(), false),
        ("select count(*) from public.session".into(), false),
        ("select count(*) from audit.event".into(), false),
        (format!("create table {alpha}.mine (a int)"), false),
        (format!("drop table {alpha}.customer"), false),
    ] {
        let script = format!("begin; set local role {alpha}; set local search_path = {alpha}, ext, pg_temp; {sql}");
        let result = sqlx::Executor::execute(&mut conn, sqlx::raw_sql(sqlx::AssertSqlSafe(script))).await;
        assert_eq!(result.is_ok(), allowed, "{sql}: {result:?}");
        sqlx::Executor::execute(&mut conn, "rollback").await.unwrap();
    }
}

/// The audit of one tenant cannot be written by another's transaction: the stream is read off the role.
#[tokio::test]
async fn an_audit_entry_lands_in_the_stream_of_its_transaction() {
    let world = World::new().await;
    let alpha = world.visitor("alpha");
    let token = Uuid::new_v4().to_string();
    let fields = [
        ("start", "2026-12-01T10:00:00+01:00"),
        ("token", token.as_str()),
        ("name", "Maria"),
        ("email", "m@example.com"),
    ];
    assert_eq!(alpha.post(&format!("/book/{}", Ids::CUT), &fields).await.status, 303);
    let of = |slug: &str| {
        format!(
            "select count(*) from audit.event e join public.tenant t on t.id = e.stream where t.slug = '{slug}' and e.action = 'APPOINTMENT_BOOKED'"
        )
    };
    assert_eq!((world.count(&of("alpha")).await, world.count(&of("beta")).await), (1, 0));
}
