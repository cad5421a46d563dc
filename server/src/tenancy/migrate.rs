//! Migrations: the platform's once, the tenants' each on its own.
//!
//! Every tenant is brought up in one transaction that also records its version. One that fails keeps what it
//! had, says why, and stops nobody else; a second run takes up what is left. What is behind is one query, so a
//! run with nothing to do costs nothing.

use super::store;
use crate::config::{APP_ROLE, Config};
use anyhow::{Context, Result, ensure};
use sqlx::{
    ConnectOptions, Connection, Executor, PgConnection,
    migrate::{Migration, Migrator},
    postgres::PgConnectOptions,
};

static PLATFORM: Migrator = sqlx::migrate!("../migrations/platform");
static TENANT: Migrator = sqlx::migrate!("../migrations/tenant");

/// The version of a tenant's schema that this build works with.
pub fn target_version() -> i64 {
    TENANT.iter().map(|m| m.version).max().unwrap_or(0)
}

/// Runs migrations, as the owner of all schemas.
pub struct Migrations {
    owner: PgConnectOptions,
    app_password: String,
}

/// What became of one tenant.
#[derive(Debug)]
pub struct TenantOutcome {
    /// The tenant's slug.
    pub slug: String,
    /// The version it came from.
    pub from: i64,
    /// Why it failed, in the database's words; for the operator, never for a page.
    pub error: Option<String>,
}

/// What became of a run.
#[derive(Debug, Default)]
pub struct MigrationReport {
    /// One a tenant that was behind.
    pub tenants: Vec<TenantOutcome>,
}

impl MigrationReport {
    /// Those that failed.
    pub fn failed(&self) -> impl Iterator<Item = &TenantOutcome> {
        self.tenants.iter().filter(|t| t.error.is_some())
    }
}

/// How far everything has come.
#[derive(Debug, Default)]
pub struct MigrationStatus {
    /// The platform's migrations that have not been applied here.
    pub platform_missing: Vec<String>,
    /// Versions of tenants' schemas, the newest first, and how many tenants are at each.
    pub versions: Vec<(i64, i64)>,
    /// Tenants whose last migration failed, and why.
    pub broken: Vec<(String, String)>,
}

impl MigrationStatus {
    /// Whether `migrate` would have something to do.
    pub fn is_behind(&self) -> bool {
        !self.platform_missing.is_empty() || self.versions.iter().any(|(version, _)| *version < target_version())
    }
}

impl Migrations {
    /// Connects nowhere yet.
    pub fn new(config: &Config) -> Self {
        Self { owner: config.owner.clone(), app_password: Config::app_password(&config.secret) }
    }

    /// Brings the roles and the platform's schema up. Tells which migrations were applied.
    pub async fn platform(&self) -> Result<Vec<String>> {
        let mut conn = self.connect().await?;
        // Two nodes that start at once take turns. The lock ends with the connection, whatever happens.
        sqlx::query("select pg_advisory_lock(hashtext('smoothschedule.platform'))").execute(&mut conn).await?;
        ensure_roles(&mut conn, &self.app_password).await?;
        conn.execute(
            "create table if not exists public.platform_migration (
                version bigint primary key, name text not null, checksum bytea not null,
                applied_at timestamptz not null default now())",
        )
        .await?;
        let mut applied = Vec::new();
        for migration in PLATFORM.iter() {
            let known: Option<Vec<u8>> =
                sqlx::query_scalar("select checksum from public.platform_migration where version = $1")
                    .bind(migration.version)
                    .fetch_optional(&mut conn)
                    .await?;
            if let Some(known) = known {
                ensure!(
                    known == migration.checksum.as_ref(),
                    "migration {} was changed after it had been applied here: restore the file and add a new one instead",
                    migration.version
                );
                continue;
            }
            let mut tx = conn.begin().await?;
            apply(&mut tx, migration).await?;
            sqlx::query("insert into public.platform_migration (version, name, checksum) values ($1, $2, $3)")
                .bind(migration.version)
                .bind(migration.description.as_ref())
                .bind(migration.checksum.as_ref())
                .execute(&mut *tx)
                .await?;
            tx.commit().await?;
            applied.push(format!("{:04} {}", migration.version, migration.description));
        }
        Ok(applied)
    }

    /// Brings every tenant up that is behind, or only the one named; `progress` hears of each as it is done.
    pub async fn tenants(
        &self,
        only: Option<&str>,
        mut progress: impl FnMut(usize, usize, &TenantOutcome),
    ) -> Result<MigrationReport> {
        let mut conn = self.connect().await?;
        let mut behind = store::list_behind(&mut conn, target_version()).await?;
        if let Some(slug) = only {
            behind.retain(|t| t.slug == slug);
        }
        let total = behind.len();
        let mut report = MigrationReport::default();
        for (index, tenant) in behind.into_iter().enumerate() {
            let error = match self.one(&mut conn, &tenant).await {
                Ok(()) => None,
                Err(error) => {
                    let text = format!("{error:#}");
                    store::set_migration_error(&mut conn, tenant.id, &text).await?;
                    Some(text)
                }
            };
            let outcome = TenantOutcome { slug: tenant.slug, from: tenant.schema_version, error };
            progress(index + 1, total, &outcome);
            report.tenants.push(outcome);
        }
        Ok(report)
    }

    /// Says how far everything has come; changes nothing.
    pub async fn status(&self) -> Result<MigrationStatus> {
        let mut conn = self.connect().await?;
        let is_empty: bool =
            sqlx::query_scalar("select to_regclass('public.platform_migration') is null").fetch_one(&mut conn).await?;
        let applied = if is_empty { Vec::new() } else { store::platform_versions(&mut conn).await? };
        let platform_missing: Vec<String> = PLATFORM
            .iter()
            .filter(|migration| !applied.contains(&migration.version))
            .map(|migration| format!("{:04} {}", migration.version, migration.description))
            .collect();
        // The registry that the questions below are put to is as old as the platform's schema.
        if !platform_missing.is_empty() {
            return Ok(MigrationStatus { platform_missing, ..MigrationStatus::default() });
        }
        let versions = crate::platform::store::count_versions(&mut conn).await?;
        let broken = crate::platform::store::list_broken(&mut conn, 1000).await?;
        Ok(MigrationStatus {
            platform_missing,
            versions: versions.into_iter().map(|row| (row.schema_version, row.tenants)).collect(),
            broken: broken.into_iter().map(|row| (row.slug, row.error)).collect(),
        })
    }

    async fn one(&self, conn: &mut PgConnection, tenant: &store::BehindRow) -> Result<()> {
        let mut tx = conn.begin().await?;
        // A tenant in heavy use is passed over after this long, and taken up by the next run.
        tx.execute("set local lock_timeout = '2s'").await?;
        // Read again under the lock: another run may have been here.
        let Some(version) = store::lock_version(&mut tx, tenant.id).await? else { return Ok(()) };
        bring_up(&mut tx, &tenant.schema_name, version).await?;
        store::set_version(&mut tx, tenant.id, target_version()).await?;
        tx.commit().await?;
        Ok(())
    }

    async fn connect(&self) -> Result<PgConnection> {
        connect(&self.owner).await
    }
}

/// A connection of the owner's.
pub(super) async fn connect(owner: &PgConnectOptions) -> Result<PgConnection> {
    owner
        .connect()
        .await
        .context("the database does not answer, or refuses the owner: check DATABASE_URL or the POSTGRES_ settings")
}

/// Applies to a schema all that is newer than `version`, and gives its tenant's role the rights to it.
pub(super) async fn bring_up(conn: &mut PgConnection, schema: &str, version: i64) -> Result<()> {
    ensure!(super::routes::is_schema_name(schema), "'{schema}' is not a generated schema name");
    sqlx::query("select set_config('search_path', $1 || ', ext', true)").bind(schema).execute(&mut *conn).await?;
    for migration in TENANT.iter().filter(|m| m.version > version) {
        apply(conn, migration).await?;
    }
    super::provision::grant_tables(conn, schema).await?;
    sqlx::query("select set_config('search_path', 'pg_catalog', true)").execute(conn).await?;
    Ok(())
}

async fn apply(conn: &mut PgConnection, migration: &Migration) -> Result<()> {
    conn.execute(sqlx::raw_sql(migration.sql.clone()))
        .await
        .with_context(|| format!("migration {:04} {}", migration.version, migration.description))
        .map(|_| ())
}

/// The server's login and the group of all tenants' roles. Roles belong to the whole cluster, so they may be
/// there already; the password follows the secret.
async fn ensure_roles(conn: &mut PgConnection, app_password: &str) -> Result<()> {
    let found: Vec<String> =
        sqlx::query_scalar("select rolname::text from pg_roles where rolname like 'smoothschedule\\_%'")
            .fetch_all(&mut *conn)
            .await?;
    super::provision::create_roles(conn, &found, APP_ROLE, app_password).await
}
