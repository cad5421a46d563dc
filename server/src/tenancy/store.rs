//! SQL of the registry of tenants.

use sqlx::PgConnection;
use uuid::Uuid;

/// A tenant as the table of hosts needs it.
pub(super) struct RouteRow {
    pub id: Uuid,
    pub name: String,
    pub slug: String,
    pub schema_name: String,
    pub status: String,
    pub timezone: String,
    pub schema_version: i64,
    pub hosts: Vec<String>,
}

/// The number that every change of a tenant or a host raises.
pub(super) async fn route_epoch(conn: &mut PgConnection) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!("select epoch from public.route_epoch").fetch_one(conn).await
}

/// All tenants with their verified custom hosts.
pub(super) async fn list_routes(conn: &mut PgConnection) -> Result<Vec<RouteRow>, sqlx::Error> {
    sqlx::query_as!(
        RouteRow,
        r#"select t.id, t.name, t.slug, t.schema_name, t.status, t.timezone, t.schema_version,
                  coalesce(array_agg(d.host) filter (where d.verified_at is not null and d.removed_at is null), '{}') as "hosts!"
           from public.tenant t left join public.domain d on d.tenant_id = t.id
           group by t.id"#
    )
    .fetch_all(conn)
    .await
}

/// Tenants whose schema is behind, the longest-waiting first.
pub(super) async fn list_behind(conn: &mut PgConnection, version: i64) -> Result<Vec<BehindRow>, sqlx::Error> {
    sqlx::query_as!(
        BehindRow,
        "select id, slug, schema_name, schema_version from public.tenant
         where schema_version < $1 and status <> 'CLOSED' order by schema_version, created_at, id",
        version
    )
    .fetch_all(conn)
    .await
}

/// A tenant whose schema is behind.
pub(super) struct BehindRow {
    pub id: Uuid,
    pub slug: String,
    pub schema_name: String,
    pub schema_version: i64,
}

/// The schema of a tenant, if it is closed.
pub(super) async fn closed_schema(conn: &mut PgConnection, id: Uuid) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar!("select schema_name from public.tenant where id = $1 and status = 'CLOSED'", id)
        .fetch_optional(conn)
        .await
}

/// Names of the platform's migrations that were applied here.
pub(super) async fn platform_versions(conn: &mut PgConnection) -> Result<Vec<i64>, sqlx::Error> {
    sqlx::query_scalar("select version from public.platform_migration order by version").fetch_all(conn).await
}

/// Takes the tenant's row for the length of a migration; tells the version found there.
pub(super) async fn lock_version(conn: &mut PgConnection, id: Uuid) -> Result<Option<i64>, sqlx::Error> {
    sqlx::query_scalar!("select schema_version from public.tenant where id = $1 for no key update", id)
        .fetch_optional(conn)
        .await
}

/// Records how far a tenant's schema has come.
pub(super) async fn set_version(conn: &mut PgConnection, id: Uuid, version: i64) -> Result<(), sqlx::Error> {
    sqlx::query!("update public.tenant set schema_version = $2, migration_error = null where id = $1", id, version)
        .execute(conn)
        .await
        .map(|_| ())
}

/// Records why a tenant's migration failed.
pub(super) async fn set_migration_error(conn: &mut PgConnection, id: Uuid, error: &str) -> Result<(), sqlx::Error> {
    sqlx::query!("update public.tenant set migration_error = $2 where id = $1", id, error)
        .execute(conn)
        .await
        .map(|_| ())
}

/// Adds a tenant to the registry.
pub(super) async fn insert_tenant(conn: &mut PgConnection, row: &NewTenantRow<'_>) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into public.tenant (id, name, slug, schema_name, tier, status, is_temporary, expires_at, timezone, schema_version)
         values ($1, $2, $3, $4, $5, $6, $7::int is not null, now() + make_interval(days => $7), $8, $9)",
        row.id,
        row.name,
        row.slug,
        row.schema_name,
        row.tier,
        row.status,
        row.temporary_days,
        row.timezone,
        row.schema_version
    )
    .execute(conn)
    .await
    .map(|_| ())
}

/// A tenant to be added.
pub(super) struct NewTenantRow<'a> {
    pub id: Uuid,
    pub name: &'a str,
    pub slug: &'a str,
    pub schema_name: &'a str,
    pub tier: &'a str,
    pub status: &'a str,
    pub temporary_days: Option<i32>,
    pub timezone: &'a str,
    pub schema_version: i64,
}
