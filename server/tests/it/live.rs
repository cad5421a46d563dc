//! Changes of the calendar, told as they happen: across nodes, after a gap, in any order of commits, and to nobody else.

use crate::{
    schedule::book,
    support::{Client, Ids, Node, PASSWORD, World},
};
use axum::body::Body;
use http::Method;
use sqlx::{Connection, Executor, PgConnection};
use std::time::Duration;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use uuid::Uuid;

const DAY: &str = "/schedule/events?from=2026-12-01&to=2026-12-07";

/// What a stream tells to who comes with a cursor; the node is closing, so that it waits for nothing more.
async fn told(client: &Client, cursor: &str) -> (String, String) {
    let request = client.request(Method::GET, DAY).header("last-event-id", cursor).body(Body::empty()).unwrap();
    let answer = client.send(request).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let next = answer.body.lines().find_map(|line| line.strip_prefix("id: ")).unwrap().to_owned();
    (answer.body, next)
}

#[tokio::test]
async fn whatever_changed_is_told_from_where_one_stopped() {
    let world = World::new().await;
    world.app.live.close();
    let staff = world.signed_in("alpha", "staff").await;
    let (first, cursor) = told(&staff, "").await;
    assert!(first.contains("event: reload"), "without a cursor all has to be looked at: {first}");
    let (nothing, cursor) = told(&staff, &cursor).await;
    assert!(!nothing.contains("event: "), "{nothing}");

    let id = book(&world, "alpha", Ids::CUT, "2026-12-01T10:00:00+01:00").await;
    book(&world, "beta", Ids::CUT, "2026-12-01T11:00:00+01:00").await;
    let far = book(&world, "alpha", Ids::CUT, "2026-12-09T10:00:00+01:00").await;
    let (news, next) = told(&staff, &cursor).await;
    assert!(news.contains("event: change") && news.contains(&id.to_string()), "{news}");
    assert!(news.contains("Maria Lopez") && news.contains("2026-12-01T09:00:00Z"), "{news}");
    // Beyond the dates that are watched: that it is none of them, and nothing about it.
    assert!(news.contains(&format!(r#"{{"appointment":"{far}","blocks":[]}}"#)), "{news}");
    assert!(!news.contains("Markbeta"), "another business's: {news}");
    assert_eq!(news.matches("event: change").count(), 2, "{news}");
    let (after, _) = told(&staff, &next).await;
    assert!(!after.contains("event: "), "told once: {after}");
}

/// A number from a sequence would be higher for who commits first and skip who commits last.
#[tokio::test]
async fn commits_in_another_order_than_they_began_are_missed_by_nobody() {
    let world = World::new().await;
    world.app.live.close();
    let staff = world.signed_in("alpha", "staff").await;
    let early = book(&world, "alpha", Ids::CUT, "2026-12-01T10:00:00+01:00").await;
    let (_, cursor) = told(&staff, "").await;
    let schema = world.schema("alpha").await;
    let mut slow = PgConnection::connect_with(&world.config.owner).await.unwrap();
    let write = format!("begin; insert into {schema}.change (appointment_id) values ('{early}')");
    slow.execute(sqlx::raw_sql(sqlx::AssertSqlSafe(write))).await.unwrap();
    let late = book(&world, "alpha", Ids::CUT, "2026-12-01T12:00:00+01:00").await;
    let (news, cursor) = told(&staff, &cursor).await;
    assert!(news.contains(&late.to_string()) && !news.contains(&early.to_string()), "{news}");
    slow.execute(sqlx::raw_sql("commit")).await.unwrap();
    let (news, cursor) = told(&staff, &cursor).await;
    assert!(news.contains(&early.to_string()), "what was written first and committed last is missing: {news}");
    let (news, _) = told(&staff, &cursor).await;
    assert!(!news.contains("event: "), "{news}");
}

#[tokio::test]
async fn all_ways_to_change_an_appointment_are_told() {
    let world = World::new().await;
    world.app.live.close();
    let owner = world.signed_in("alpha", "owner").await;
    let (_, mut cursor) = told(&owner, "").await;
    let id = book(&world, "alpha", Ids::CUT, "2026-12-01T10:00:00+01:00").await;
    let change = serde_json::json!({"change": {"id": id, "version": 1, "resource": Ids::ANA, "start": "2026-12-01T13:00:00Z", "minutes": 45, "notify": false}});
    for step in ["booked", "moved", "cancelled"] {
        match step {
            "moved" => assert_eq!(owner.call("/api/schedule/move_appointment", change.clone()).await.status, 200),
            "cancelled" => {
                let fields = [("version", "2"), ("decision", "cancel")];
                assert_eq!(owner.post(&format!("/appointments/{id}/decide"), &fields).await.status, 303);
            }
            _ => {}
        }
        let (news, next) = told(&owner, &cursor).await;
        let holds = news.contains(r#""minutes":"#);
        assert!(news.contains(&id.to_string()), "{step}: {news}");
        assert_eq!(holds, step != "cancelled", "{step}: {news}");
        cursor = next;
    }
}

#[tokio::test]
async fn cursors_that_say_nothing_ask_for_all_to_be_looked_at() {
    let world = World::new().await;
    world.app.live.close();
    let staff = world.signed_in("alpha", "staff").await;
    let (_, cursor) = told(&staff, "").await;
    let (number, at) = cursor.split_once('.').unwrap();
    let old = format!("{number}.{}", at.parse::<i64>().unwrap() - 21 * 3600);
    for bad in [old.as_str(), "1", "x.y", "'; drop table change; --.1"] {
        assert!(told(&staff, bad).await.0.contains("event: reload"), "{bad}");
    }
    for bad in ["from=2026-12-01&to=2027-12-01", "from=2026-12-02&to=2026-12-01", "from=x&to=y"] {
        assert_eq!(staff.get(&format!("/schedule/events?{bad}")).await.status, 400, "{bad}");
    }
    let customer = world.signed_in("alpha", "customer").await;
    assert_eq!(customer.get(DAY).await.status, 403);
    assert_eq!(world.visitor("alpha").get(DAY).await.status, 303);
}

/// A stream on a real connection.
struct Ear {
    tcp: TcpStream,
    text: String,
}

impl Ear {
    async fn open(node: &Node, cookie: &str, cursor: &str) -> Self {
        let mut tcp = TcpStream::connect(("127.0.0.1", node.port)).await.unwrap();
        let request = format!(
            "GET {DAY} HTTP/1.1\r\nHost: alpha.localhost:3000\r\nCookie: {cookie}\r\nLast-Event-ID: {cursor}\r\nConnection: close\r\n\r\n"
        );
        tcp.write_all(request.as_bytes()).await.unwrap();
        Self { tcp, text: String::new() }
    }

    /// Reads until something was said, or the stream has ended. Whether it was said.
    async fn hears(&mut self, what: &str) -> bool {
        let listen = async {
            let mut part = [0_u8; 4096];
            while !self.text.contains(what) {
                let read = self.tcp.read(&mut part).await.unwrap_or(0);
                if read == 0 {
                    return;
                }
                self.text.push_str(&String::from_utf8_lossy(&part[..read]));
            }
        };
        let _ = tokio::time::timeout(Duration::from_secs(20), listen).await;
        self.text.contains(what)
    }

    fn cursor(&self) -> String {
        self.text.lines().find_map(|line| line.strip_prefix("id: ")).unwrap().trim().to_owned()
    }
}

async fn cookie_of(node: &Node, who: &str) -> String {
    let body = format!("email={who}@alpha.example&password={}", PASSWORD.replace(' ', "+"));
    let (status, text) = node.ask("POST", "alpha.localhost:3000", "/login", "", &body).await.unwrap();
    assert_eq!(status, 303, "{text}");
    let cookie = text.lines().find_map(|line| line.strip_prefix("set-cookie: smoothschedule=")).unwrap();
    format!("smoothschedule={}", cookie.split(';').next().unwrap())
}

/// The browser's part: whoever waits at one node learns what is done at another, comes again, and is told what it was.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_done_at_one_node_is_told_at_the_other() {
    let world = World::new().await;
    let clock = [("CLOCK_START", "2026-11-30T07:00:00Z")];
    let (here, there) = (Node::start_with(&world, true, &clock).await, Node::start_with(&world, true, &clock).await);
    let cookie = cookie_of(&there, "staff").await;
    let mut ear = Ear::open(&there, &cookie, "").await;
    assert!(ear.hears("event: reload").await, "{}", ear.text);
    let cursor = ear.cursor();
    let mut ear = Ear::open(&there, &cookie, &cursor).await;
    assert!(ear.hears("id: ").await);
    let token = Uuid::new_v4();
    let body = format!("start=2026-12-01T10%3A00%3A00%2B01%3A00&token={token}&name=Far+Away&email=far%40example.com");
    let path = format!("/book/{}", Ids::CUT);
    let (status, text) = here.ask("POST", "alpha.localhost:3000", &path, "", &body).await.unwrap();
    assert_eq!(status, 303, "{text}");
    // The stream ends, which is what makes a browser ask again; `hears` reads to the end where nothing comes.
    assert!(!ear.hears("Far Away").await);
    let mut again = Ear::open(&there, &cookie, &ear.cursor()).await;
    assert!(again.hears("Far Away").await, "{}", again.text);
    // Whoever has lost the right learns nothing more, not even by a stream that was open.
    let mut open = Ear::open(&there, &cookie, &again.cursor()).await;
    assert!(open.hears("id: ").await);
    world.owner_sql("update public.user_account set is_active = false where email = 'staff@alpha.example'").await;
    let body = body
        .replace("T10", "T12")
        .replace("Far+Away", "Too+Late")
        .replace(&token.to_string(), &Uuid::new_v4().to_string());
    assert_eq!(here.ask("POST", "alpha.localhost:3000", &path, "", &body).await.unwrap().0, 303);
    assert!(!open.hears("Too Late").await);
    let mut refused = Ear::open(&there, &cookie, &open.cursor()).await;
    assert!(!refused.hears("Too Late").await, "{}", refused.text);
}
