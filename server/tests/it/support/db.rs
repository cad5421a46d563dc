//! A database for each test: copied from a migrated one, in a cluster of the run's own, since roles are the cluster's.

use server::{
    clock::Clock,
    config::{BaseDomain, Config, SecretKey, app_options},
    tenancy::Migrations,
};
use sqlx::{Connection, Executor, PgConnection, postgres::PgConnectOptions};
use std::{
    str::FromStr,
    sync::atomic::{AtomicU32, Ordering},
};
use tokio::sync::{Mutex, OnceCell};

static TEMPLATE: OnceCell<String> = OnceCell::const_new();
/// A template can be copied by one at a time.
static COPYING: Mutex<()> = Mutex::const_new(());
static NUMBER: AtomicU32 = AtomicU32::new(0);

fn cluster() -> PgConnectOptions {
    let url = std::env::var("TEST_DATABASE_URL")
        .expect("TEST_DATABASE_URL names a throw-away cluster: run `make test`, or `scripts/pg.sh start test` and set it to what `scripts/pg.sh url test` prints");
    PgConnectOptions::from_str(&url).expect("TEST_DATABASE_URL is an address")
}

/// The secret of every test's installation: the password of the server's login, which is the cluster's, follows it.
pub const SECRET: &str = "integration-tests-integration-tests";

/// The address of a database of the cluster, for a process of its own.
pub fn url_of(database: &str) -> String {
    let url = std::env::var("TEST_DATABASE_URL").expect("see cluster()");
    let (server, _) = url.rsplit_once('/').expect("an address with a database");
    format!("{server}/{database}")
}

async fn template() -> &'static str {
    TEMPLATE
        .get_or_init(|| async {
            let name = format!("it_template_{}", std::process::id());
            create(&name, None).await;
            Migrations::new(&config_of(&name)).platform().await.expect("the platform's migrations");
            name
        })
        .await
}

async fn create(name: &str, template: Option<&str>) {
    let mut conn = PgConnection::connect_with(&cluster()).await.expect("the test cluster answers");
    let template = template.map_or(String::new(), |t| format!(" template {t}"));
    let sql = format!("create database {name}{template}");
    conn.execute(sqlx::raw_sql(sqlx::AssertSqlSafe(sql))).await.expect("a database of its own");
}

fn config_of(database: &str) -> Config {
    let owner = cluster().database(database);
    let secret = SecretKey::new(SECRET).expect("long enough");
    Config {
        app: app_options(&owner, &secret),
        owner,
        pool_size: 8,
        // A machine that is busy with other things is slow, not wrong.
        pool_wait: std::time::Duration::from_secs(120),
        secret,
        debug: true,
        base: BaseDomain { host: "localhost".into(), port: Some(3000), https: false },
        listen: ([127, 0, 0, 1], 0).into(),
        trusted_proxies: vec![],
        // A Monday in winter, eight in the morning in Berlin.
        clock: Clock::starting_at("2026-11-30T07:00:00Z".parse().expect("an instant")),
        site_root: "/nonexistent".into(),
        logs: std::env::temp_dir().join(format!("smoothschedule-{database}")),
        smtp: None,
        without_worker: false,
    }
}

/// The configuration of a new, migrated database without tenants.
pub async fn fresh() -> Config {
    let template = template().await;
    let name = format!("it_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
    let _turn = COPYING.lock().await;
    create(&name, Some(template)).await;
    config_of(&name)
}
