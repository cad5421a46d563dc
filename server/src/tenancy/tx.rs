//! Transactions: the only way to rows.
//!
//! A tenant's transaction takes the tenant's role and schema in the same round trip that begins it, and
//! `public` is not in its path: a table that is missing is an error, never another schema's rows.
//!
//! Why not the pool's own transactions: a request may be dropped at any point. A `BEGIN` that was sent but not
//! yet answered would then leave a connection in the pool inside of a transaction, with one tenant's role, for
//! the next request of another. Here a guard exists before `BEGIN` is sent, and a connection that was not
//! brought to a clean end is rolled back, or closed, before anybody else can have it.

use super::routes::TenantRoute;
use crate::{config::Config, error::Failure};
use app::error::AppError;
use domain::{
    actor::Actor,
    audit::{AuditAction, AuditEntry},
    ids::UserId,
};
use sqlx::{
    PgConnection, PgPool,
    pool::PoolConnection,
    postgres::{PgPoolOptions, Postgres},
};
use std::{net::IpAddr, sync::Arc, time::Duration};
use tokio::sync::Notify;
use uuid::Uuid;

/// The database as the server reaches it.
#[derive(Clone)]
pub struct Database {
    /// Private on purpose: whoever holds the pool holds every tenant.
    pool: PgPool,
    /// Told when an event was committed that a log file shows.
    logged: Arc<Notify>,
}

/// Where an audited write came from.
#[derive(Clone, Debug, Default)]
pub struct AuditOrigin {
    /// The address of the request.
    pub ip: Option<IpAddr>,
    /// The request's id.
    pub request_id: Option<String>,
    /// A shortened hash of the session's id.
    pub session_key: Option<String>,
    /// The grants that the actor holds, and whose they are: they have to hold until the end of the transaction.
    pub grants: Option<(UserId, Vec<Uuid>)>,
}

impl Database {
    /// Makes the pool. Connects only when first asked, so that a database that is late does not stop the start.
    pub fn connect(config: &Config) -> Self {
        let options = config.app.clone().options([
            ("statement_timeout", "10s"),
            ("lock_timeout", "5s"),
            ("idle_in_transaction_session_timeout", "15s"),
        ]);
        let pool = PgPoolOptions::new()
            .max_connections(config.pool_size)
            .acquire_timeout(config.pool_wait)
            .max_lifetime(Duration::from_secs(20 * 60))
            // A lost connection is found by BEGIN, which is then tried on another: a ping would cost each request.
            .test_before_acquire(false)
            .connect_lazy_with(options);
        Self { pool, logged: Arc::default() }
    }

    /// Wakes up when there is something for the log files.
    pub fn logged(&self) -> &Notify {
        &self.logged
    }

    /// A transaction that may write to one tenant's schema. Ends in [`TenantTx::commit`], or in nothing.
    pub async fn write(&self, route: &TenantRoute) -> Result<TenantTx, Failure> {
        Ok(TenantTx { guard: self.begin(route.begin_write()).await?, logged: self.logged.clone() })
    }

    /// A transaction that can only read one tenant's schema.
    pub async fn read(&self, route: &TenantRoute) -> Result<TenantRead, Failure> {
        Ok(TenantRead { guard: self.begin(route.begin_read()).await? })
    }

    /// A transaction on the platform's tables.
    pub async fn platform(&self) -> Result<PlatformTx, Failure> {
        Ok(PlatformTx { guard: self.begin("BEGIN").await?, logged: self.logged.clone() })
    }

    /// A transaction for what the system does without being asked and nobody has to see: taking work, counting.
    pub async fn platform_job(&self) -> Result<PlatformJob, Failure> {
        Ok(PlatformJob { guard: self.begin("BEGIN").await? })
    }

    /// A connection for single statements on the platform's tables.
    pub async fn platform_read(&self) -> Result<PlatformRead, Failure> {
        Ok(PlatformRead { conn: self.acquire().await? })
    }

    /// A listener for changes of the table of hosts, on a connection of its own.
    pub(super) fn listen_options(&self) -> sqlx::postgres::PgConnectOptions {
        self.pool.connect_options().as_ref().clone()
    }

    /// Whatever keeps us from a connection, nothing has been done yet and a later try may succeed.
    async fn acquire(&self) -> Result<PoolConnection<Postgres>, Failure> {
        self.pool.acquire().await.map_err(|error| {
            tracing::error!(%error, "no connection to the database");
            AppError::Unavailable.into()
        })
    }

    async fn begin(&self, sql: &str) -> Result<Guard, Failure> {
        // Nothing has happened before BEGIN, so a connection that turns out to be lost costs only another try.
        for _ in 0..self.pool.options().get_max_connections() {
            let mut guard = Guard::new(self.acquire().await?);
            match run_if_clean(guard.conn()?, sql).await {
                Ok(true) => return Ok(guard),
                Ok(false) => {
                    tracing::error!("a connection came back to the pool inside of a transaction; it was closed");
                    guard.discard();
                }
                Err(sqlx::Error::Io(_)) => guard.discard(),
                Err(error) if lost_on_the_server(&error) => guard.discard(),
                Err(error) => return Err(error.into()),
            }
        }
        let mut guard = Guard::new(self.acquire().await?);
        match run_if_clean(guard.conn()?, sql).await? {
            true => Ok(guard),
            false => {
                guard.discard();
                Err(AppError::Unavailable.into())
            }
        }
    }

    /// Ends all connections, once nobody waits for one.
    pub async fn close(&self) {
        self.pool.close().await;
    }

    /// How many connections the pool holds and how many of them are idle; for tests and metrics.
    pub fn connections(&self) -> (u32, usize) {
        (self.pool.size(), self.pool.num_idle())
    }
}

/// A lost connection that the server itself ended says so in words instead of an I/O error.
fn lost_on_the_server(error: &sqlx::Error) -> bool {
    error.as_database_error().and_then(|e| e.code()).is_some_and(|code| code.starts_with("57P") || code == "25P03")
}

// The text is made of constants and of a generated, checked schema name.
async fn run(conn: &mut PgConnection, sql: &str) -> Result<(), sqlx::Error> {
    use sqlx::Executor;
    conn.execute(sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned()))).await.map(|_| ())
}

/// Begins a transaction, unless the connection turns out to be inside of one already.
///
/// The second bar, should the guard ever be passed by: inside of a transaction `now()` stands still, under a tenant's
/// role `current_user` is another, and in a failed transaction the question itself is an error. It goes with `BEGIN`, in
/// the same message, so it costs no round trip.
///
/// Asked by the simple protocol on purpose: in the extended one each message has its own statement timestamp, and the
/// answer would always be no.
async fn run_if_clean(conn: &mut PgConnection, begin: &str) -> Result<bool, sqlx::Error> {
    use sqlx::{Executor, Row};
    let sql = format!("select now() = statement_timestamp() and current_user = session_user;{begin}");
    // To the end: what goes wrong after the question is said after its answer.
    match conn.fetch_all(sqlx::raw_sql(sqlx::AssertSqlSafe(sql))).await {
        Ok(rows) => rows.first().map_or(Ok(false), |row| row.try_get(0)),
        Err(error) if error.as_database_error().and_then(|e| e.code()).is_some_and(|code| code == "25P02") => Ok(false),
        Err(error) => Err(error),
    }
}

/// A connection that is not given back before its transaction has come to an end.
struct Guard {
    conn: Option<PoolConnection<Postgres>>,
    clean: bool,
}

impl Guard {
    fn new(conn: PoolConnection<Postgres>) -> Self {
        Self { conn: Some(conn), clean: false }
    }

    fn conn(&mut self) -> Result<&mut PgConnection, sqlx::Error> {
        self.conn.as_deref_mut().ok_or(sqlx::Error::PoolClosed)
    }

    async fn commit(&mut self) -> Result<(), sqlx::Error> {
        run(self.conn()?, "COMMIT").await?;
        self.clean = true;
        Ok(())
    }

    /// Ends a connection that is not worth healing.
    fn discard(&mut self) {
        if let Some(mut conn) = self.conn.take() {
            conn.close_on_drop();
        }
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        let Some(mut conn) = self.conn.take() else { return };
        if self.clean {
            return;
        }
        // Rolled back behind the request's back: readers need not wait for it, and a dropped request cannot.
        // Closing instead would let clients that hang up force a storm of new connections.
        match tokio::runtime::Handle::try_current() {
            Ok(runtime) => {
                runtime.spawn(async move {
                    let ended = tokio::time::timeout(Duration::from_secs(1), run(&mut conn, "ROLLBACK")).await;
                    if !matches!(ended, Ok(Ok(()))) {
                        conn.close_on_drop();
                    }
                });
            }
            Err(_) => conn.close_on_drop(),
        }
    }
}

/// What a tenant's rows are read through: either kind of transaction. For `store.rs` files alone.
pub trait TenantConn: Send {
    /// The connection, inside of the tenant's transaction.
    fn conn(&mut self) -> Result<&mut PgConnection, sqlx::Error>;
}

/// A transaction that can only read one tenant's schema; the database refuses a write.
pub struct TenantRead {
    guard: Guard,
}

impl TenantConn for TenantRead {
    fn conn(&mut self) -> Result<&mut PgConnection, sqlx::Error> {
        self.guard.conn()
    }
}

/// A transaction that may write to one tenant's schema.
///
/// It ends well only by [`Self::commit`], which takes the audit entry: a write that nobody can see later does
/// not compile. Dropped, it is rolled back.
///
/// ```compile_fail
/// # async fn f(tx: server::tenancy::TenantTx) { tx.commit().await; }
/// ```
#[must_use]
pub struct TenantTx {
    guard: Guard,
    logged: Arc<Notify>,
}

impl TenantConn for TenantTx {
    fn conn(&mut self) -> Result<&mut PgConnection, sqlx::Error> {
        self.guard.conn()
    }
}

impl TenantTx {
    /// Writes the audit entry and ends the transaction. In a transaction that has failed, adding the entry is an
    /// error, so a COMMIT that would quietly be a ROLLBACK is never sent.
    pub async fn commit(mut self, origin: &AuditOrigin, entry: AuditEntry) -> Result<(), Failure> {
        end(&mut self.guard, &self.logged, origin, &[entry]).await
    }
}

impl TenantTx {
    /// Ends the transaction of a sweep, which removes what has served its time and changes nothing that anybody did.
    pub(crate) async fn tidy(mut self) -> Result<(), Failure> {
        Ok(self.guard.commit().await?)
    }
}

/// Whatever was written is seen, and was allowed to its end.
async fn end(guard: &mut Guard, logged: &Notify, origin: &AuditOrigin, entries: &[AuditEntry]) -> Result<(), Failure> {
    if let Some((who, grants)) = origin.grants.as_ref().filter(|(_, grants)| !grants.is_empty())
        && !crate::access::store::grants_hold(guard.conn()?, grants, who.0).await?
    {
        return Err(AppError::Denied(domain::policy::Denied::GrantEnded).into());
    }
    for entry in entries {
        crate::audit::store::append(guard.conn()?, origin, entry).await?;
    }
    if let Some((who, grants)) = &origin.grants {
        for grant in grants {
            let mut used = AuditEntry::by(&Actor::Visitor, AuditAction::GrantUsed, format!("grant/{grant}"));
            used.actor = Some(*who);
            used.tenant = entries.first().and_then(|entry| entry.tenant);
            used.detail = entries.first().map(|entry| entry.action.as_str().to_owned()).unwrap_or_default();
            crate::audit::store::append(guard.conn()?, origin, &used).await?;
        }
    }
    guard.commit().await?;
    if entries.iter().any(|entry| entry.action.log().is_some()) {
        logged.notify_one();
    }
    Ok(())
}

/// A connection for single statements on the platform's tables.
pub struct PlatformRead {
    conn: PoolConnection<Postgres>,
}

impl PlatformRead {
    /// The connection; for `store.rs` files.
    pub fn conn(&mut self) -> &mut PgConnection {
        &mut self.conn
    }
}

/// A transaction on the platform's tables; ends well only by [`Self::commit`].
#[must_use]
pub struct PlatformTx {
    guard: Guard,
    logged: Arc<Notify>,
}

impl PlatformTx {
    /// The connection; for `store.rs` files.
    pub fn conn(&mut self) -> Result<&mut PgConnection, sqlx::Error> {
        self.guard.conn()
    }

    /// Writes the audit entry, to the stream of the tenant it names or else the platform's, and ends the transaction.
    pub async fn commit(self, origin: &AuditOrigin, entry: AuditEntry) -> Result<(), Failure> {
        self.commit_all(origin, &[entry]).await
    }

    /// The same for what was done to many at once: an entry each, and at least one.
    pub async fn commit_all(mut self, origin: &AuditOrigin, entries: &[AuditEntry]) -> Result<(), Failure> {
        if entries.is_empty() {
            return Err(anyhow::anyhow!("a write that nobody can see later").into());
        }
        end(&mut self.guard, &self.logged, origin, entries).await
    }
}

/// A transaction of the system's own housekeeping; see [`Database::platform_job`].
#[must_use]
pub struct PlatformJob {
    guard: Guard,
}

impl PlatformJob {
    /// The connection; for `store.rs` files.
    pub fn conn(&mut self) -> Result<&mut PgConnection, sqlx::Error> {
        self.guard.conn()
    }

    /// Ends it well.
    pub async fn done(mut self) -> Result<(), Failure> {
        Ok(self.guard.commit().await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Somebody has passed the guard by, and what they left must not be what the next one works in.
    #[tokio::test]
    async fn what_was_left_open_is_never_given_to_the_next() -> anyhow::Result<()> {
        let Ok(url) = std::env::var("TEST_DATABASE_URL") else {
            anyhow::bail!("TEST_DATABASE_URL is not set: run this through `make test`");
        };
        let pool = PgPoolOptions::new().max_connections(1).connect(&url).await?;
        let db = Database { pool: pool.clone(), logged: Arc::default() };
        let role = format!("guard_{}", std::process::id());
        run(&mut *pool.acquire().await?, &format!("create role {role}; grant {role} to current_user")).await?;
        let left = [
            ("BEGIN".into(), true),
            (format!("BEGIN; SET LOCAL ROLE {role}"), true),
            (format!("SET ROLE {role}"), true),
            ("BEGIN; select 1/0".into(), false),
        ];
        for (left, goes_well) in left {
            let mut conn = pool.acquire().await?;
            let before: i32 = backend(&mut conn).await?;
            anyhow::ensure!(run(&mut conn, &left).await.is_ok() == goes_well, "'{left}' did not do what it should");
            drop(conn);
            let mut guard = db.begin("BEGIN").await.map_err(|e| anyhow::anyhow!("{e:?}"))?;
            let after = backend(guard.conn()?).await?;
            anyhow::ensure!(before != after, "'{left}' was left, and the next one worked in it");
        }
        // A clean one is kept: else every request would pay for a new connection.
        let mut conn = pool.acquire().await?;
        let before = backend(&mut conn).await?;
        drop(conn);
        let mut guard = db.begin("BEGIN").await.map_err(|e| anyhow::anyhow!("{e:?}"))?;
        anyhow::ensure!(before == backend(guard.conn()?).await?, "a clean connection was thrown away");
        guard.discard();
        run(&mut *pool.acquire().await?, &format!("drop role {role}")).await?;
        Ok(())
    }

    /// A request that was dropped leaves nothing open, though nobody takes its connection again.
    #[tokio::test]
    async fn what_is_dropped_is_rolled_back_behind_its_back() -> anyhow::Result<()> {
        let url = std::env::var("TEST_DATABASE_URL")?;
        let pool = PgPoolOptions::new().max_connections(1).connect(&url).await?;
        let watch = PgPoolOptions::new().max_connections(1).connect(&url).await?;
        let db = Database { pool, logged: Arc::default() };
        let mut guard = db.begin("BEGIN").await.map_err(|e| anyhow::anyhow!("{e:?}"))?;
        let pid = backend(guard.conn()?).await?;
        drop(guard);
        let mut state = String::new();
        for _ in 0..100 {
            use sqlx::{Executor, Row};
            let sql = format!("select coalesce(min(state), 'gone') from pg_stat_activity where pid = {pid}");
            let mut conn = watch.acquire().await?;
            state = conn.fetch_one(sqlx::raw_sql(sqlx::AssertSqlSafe(sql))).await?.try_get(0)?;
            if state == "idle" {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        anyhow::bail!("two seconds after its request the transaction is {state}")
    }

    async fn backend(conn: &mut PgConnection) -> Result<i32, sqlx::Error> {
        use sqlx::{Executor, Row};
        conn.fetch_one(sqlx::raw_sql("select pg_backend_pid()")).await?.try_get(0)
    }
}
