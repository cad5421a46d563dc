//! SQL of the dashboard: tenants as the platform sees them, never their rows.

use sqlx::PgConnection;
use uuid::Uuid;

/// What a list of tenants may be narrowed to; `None` is anything.
#[derive(Clone, Debug, Default)]
pub(crate) struct TenantFilter {
    /// Part of the name or the slug.
    pub q: Option<String>,
    pub status: Option<String>,
    pub tier: Option<String>,
    /// Only demos, or only others.
    pub is_temporary: Option<bool>,
    /// Only those whose schema is behind this version.
    pub behind: Option<i64>,
    /// `name`, `created`, `users` or `bookings`.
    pub sort: String,
    /// After this one, in the order asked for: what it is sorted by, and its id.
    pub after: Option<(String, Uuid)>,
}

/// A tenant in the list.
#[derive(Clone, Debug)]
pub(crate) struct TenantRow {
    pub id: Uuid,
    pub name: String,
    pub slug: String,
    pub status: String,
    pub tier: String,
    pub expires_at: Option<jiff_sqlx::Timestamp>,
    pub schema_version: i64,
    pub created_at: jiff_sqlx::Timestamp,
    pub users: i64,
    pub bookings: Option<i32>,
    pub domains: i64,
    /// What the list is sorted by, as text, for the next page.
    pub sort_key: String,
}

/// Tenants in the order asked for.
pub(crate) async fn list_tenants(
    conn: &mut PgConnection,
    filter: &TenantFilter,
    most: i64,
) -> Result<Vec<TenantRow>, sqlx::Error> {
    let (key, id) = filter.after.clone().map_or((None, None), |(key, id)| (Some(key), Some(id)));
    // What is counted per tenant is counted for the rows of the page alone, unless the list is sorted by it.
    sqlx::query_as!(
        TenantRow,
        r#"with found as (
               select t.id, t.name, t.slug, t.status, t.tier, t.expires_at, t.schema_version, t.created_at, s.bookings_30d,
                      case $6 when 'created' then to_char(t.created_at at time zone 'UTC', 'YYYYMMDDHH24MISSUS')
                              when 'users' then lpad((select count(*) from public.user_account u where u.tenant_id = t.id)::text, 12, '0')
                              when 'bookings' then lpad(coalesce(s.bookings_30d, 0)::text, 12, '0')
                              else lower(t.name) end as sort_key
               from public.tenant t left join public.tenant_stat s on s.tenant_id = t.id
               where ($1::text is null or strpos(lower(t.name), lower($1)) > 0 or strpos(t.slug, lower($1)) > 0)
                 and ($2::text is null or t.status = $2)
                 and ($3::text is null or t.tier = $3)
                 and ($4::boolean is null or t.is_temporary = $4)
                 and ($5::bigint is null or t.schema_version < $5)),
           page as (
               select id, name, slug, status, tier, expires_at, schema_version, created_at, bookings_30d, sort_key from found
               where $7::text is null or case when $6 = 'name' then (sort_key, id) > ($7, $8::uuid) else (sort_key, id) < ($7, $8::uuid) end
               order by case when $6 = 'name' then sort_key end, case when $6 = 'name' then id end,
                        case when $6 <> 'name' then sort_key end desc, id desc
               limit $9)
           select p.id as "id!", p.name as "name!", p.slug as "slug!", p.status as "status!", p.tier as "tier!",
                  p.expires_at as "expires_at: jiff_sqlx::Timestamp", p.schema_version as "schema_version!",
                  p.created_at as "created_at!: jiff_sqlx::Timestamp", p.sort_key as "sort_key!", p.bookings_30d as "bookings?",
                  (select count(*) from public.user_account u where u.tenant_id = p.id) as "users!",
                  (select count(*) from public.domain d where d.tenant_id = p.id and d.removed_at is null) as "domains!"
           from page p
           order by case when $6 = 'name' then p.sort_key end, case when $6 = 'name' then p.id end,
                    case when $6 <> 'name' then p.sort_key end desc, p.id desc"#,
        filter.q,
        filter.status,
        filter.tier,
        filter.is_temporary,
        filter.behind,
        filter.sort,
        key,
        id,
        most
    )
    .fetch_all(conn)
    .await
}

/// How many tenants a filter finds; how many of them are behind; how many answer.
pub(crate) struct TenantCount {
    pub all: i64,
    pub open: i64,
    pub behind: i64,
}

/// Counts tenants.
pub(crate) async fn count_tenants(
    conn: &mut PgConnection,
    filter: &TenantFilter,
    target: i64,
) -> Result<TenantCount, sqlx::Error> {
    sqlx::query_as!(
        TenantCount,
        r#"select count(*) as "all!", count(*) filter (where status in ('TRIAL', 'ACTIVE')) as "open!",
                  count(*) filter (where schema_version < $6 and status <> 'CLOSED') as "behind!"
           from public.tenant t
           where ($1::text is null or strpos(lower(t.name), lower($1)) > 0 or strpos(t.slug, lower($1)) > 0)
             and ($2::text is null or t.status = $2)
             and ($3::text is null or t.tier = $3)
             and ($4::boolean is null or t.is_temporary = $4)
             and ($5::bigint is null or t.schema_version < $5)"#,
        filter.q,
        filter.status,
        filter.tier,
        filter.is_temporary,
        filter.behind,
        target
    )
    .fetch_one(conn)
    .await
}

/// A tenant in full.
#[derive(Clone, Debug)]
pub(crate) struct TenantFactsRow {
    pub name: String,
    pub slug: String,
    pub status: String,
    pub tier: String,
    pub is_temporary: bool,
    pub expires_at: Option<jiff_sqlx::Timestamp>,
    pub timezone: String,
    pub schema_version: i64,
    pub migration_error: Option<String>,
    pub suspended_reason: Option<String>,
    pub created_at: jiff_sqlx::Timestamp,
}

/// One tenant.
pub(crate) async fn find_tenant(conn: &mut PgConnection, id: Uuid) -> Result<Option<TenantFactsRow>, sqlx::Error> {
    sqlx::query_as!(
        TenantFactsRow,
        r#"select t.name, t.slug, t.status, t.tier, t.is_temporary, t.expires_at as "expires_at: jiff_sqlx::Timestamp", t.timezone,
                  t.schema_version, t.migration_error, t.suspended_reason, t.created_at as "created_at: jiff_sqlx::Timestamp"
           from public.tenant t where t.id = $1"#,
        id
    )
    .fetch_optional(conn)
    .await
}

/// The id of a tenant by its slug.
pub(crate) async fn tenant_by_slug(conn: &mut PgConnection, slug: &str) -> Result<Option<Uuid>, sqlx::Error> {
    sqlx::query_scalar!("select id from public.tenant where slug = $1", slug).fetch_optional(conn).await
}

/// Takes a tenant's row for the length of the transaction. Tells its status, tier and whether it is a demo.
pub(crate) async fn lock_tenant(
    conn: &mut PgConnection,
    id: Uuid,
) -> Result<Option<(String, String, bool)>, sqlx::Error> {
    let row = sqlx::query!("select status, tier, is_temporary from public.tenant where id = $1 for update", id)
        .fetch_optional(conn)
        .await?;
    Ok(row.map(|row| (row.status, row.tier, row.is_temporary)))
}

/// Renames a tenant and gives it another zone.
pub(crate) async fn set_facts(conn: &mut PgConnection, id: Uuid, name: &str, zone: &str) -> Result<(), sqlx::Error> {
    sqlx::query!("update public.tenant set name = $2, timezone = $3 where id = $1", id, name, zone)
        .execute(conn)
        .await
        .map(|_| ())
}

/// Gives a tenant another tier.
pub(crate) async fn set_tier(conn: &mut PgConnection, id: Uuid, tier: &str) -> Result<(), sqlx::Error> {
    sqlx::query!("update public.tenant set tier = $2 where id = $1", id, tier).execute(conn).await.map(|_| ())
}

/// Suspends a tenant, restores it, or closes it.
pub(crate) async fn set_status(
    conn: &mut PgConnection,
    id: Uuid,
    status: &str,
    reason: Option<&str>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update public.tenant set status = $2, suspended_reason = $3,
                suspended_at = case when $2 = 'SUSPENDED' then now() end, closed_at = case when $2 = 'CLOSED' then now() end
         where id = $1",
        id,
        status,
        reason
    )
    .execute(conn)
    .await
    .map(|_| ())
}

/// Lets a demo live so many days from now.
pub(crate) async fn set_expiry(conn: &mut PgConnection, id: Uuid, days: i32) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update public.tenant set expires_at = now() + make_interval(days => $2) where id = $1 and is_temporary",
        id,
        days
    )
    .execute(conn)
    .await
    .map(|_| ())
}

/// Demos whose time is up and that still answer.
pub(crate) async fn take_expired(conn: &mut PgConnection) -> Result<Option<(Uuid, String)>, sqlx::Error> {
    let row = sqlx::query!(
        "select id, slug from public.tenant where is_temporary and expires_at <= now() and status <> 'CLOSED'
         order by expires_at limit 1 for update skip locked"
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| (row.id, row.slug)))
}

/// Notes a count that asked a tenant's schema.
pub(crate) async fn set_stat(conn: &mut PgConnection, id: Uuid, bookings: i32) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into public.tenant_stat (tenant_id, bookings_30d) values ($1, $2)
         on conflict (tenant_id) do update set bookings_30d = excluded.bookings_30d, measured_at = now()",
        id,
        bookings
    )
    .execute(conn)
    .await
    .map(|_| ())
}

/// Tenants whose counts are older than so many minutes.
pub(crate) async fn stale_stats(conn: &mut PgConnection, minutes: i32, most: i64) -> Result<Vec<Uuid>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select t.id from public.tenant t left join public.tenant_stat s on s.tenant_id = t.id
           where t.status in ('TRIAL', 'ACTIVE') and (s.measured_at is null or s.measured_at < now() - make_interval(mins => $1))
           order by s.measured_at nulls first limit $2"#,
        minutes,
        most
    )
    .fetch_all(conn)
    .await
}

/// A tenant that a migration could not bring up.
pub(crate) struct BrokenRow {
    pub id: Uuid,
    pub name: String,
    pub slug: String,
    pub schema_version: i64,
    pub error: String,
}

/// Tenants whose last migration failed.
pub(crate) async fn list_broken(conn: &mut PgConnection, most: i64) -> Result<Vec<BrokenRow>, sqlx::Error> {
    sqlx::query_as!(
        BrokenRow,
        r#"select id, name, slug, schema_version, migration_error as "error!" from public.tenant
           where migration_error is not null order by slug limit $1"#,
        most
    )
    .fetch_all(conn)
    .await
}

/// How many tenants there are at each version.
pub(crate) struct VersionRow {
    pub schema_version: i64,
    pub tenants: i64,
}

/// Tenants by version of their schema.
pub(crate) async fn count_versions(conn: &mut PgConnection) -> Result<Vec<VersionRow>, sqlx::Error> {
    sqlx::query_as!(
        VersionRow,
        r#"select schema_version, count(*) as "tenants!" from public.tenant where status <> 'CLOSED'
           group by schema_version order by schema_version desc"#
    )
    .fetch_all(conn)
    .await
}

/// Takes the people of a demo away: nobody signs in any more, and their addresses are free again.
pub(crate) async fn forget_all(conn: &mut PgConnection, tenant: Uuid) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update public.user_account set is_active = false, epoch = epoch + 1, name = 'Swept away', email = id || '@swept.invalid'
         where tenant_id = $1",
        tenant
    )
    .execute(conn)
    .await
    .map(|_| ())
}

/// Gives up a closed tenant's label, so that another can have it.
pub(crate) async fn free_slug(conn: &mut PgConnection, id: Uuid) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update public.tenant set slug = 'swept-' || translate(id::text, '-', '') where id = $1 and status = 'CLOSED'",
        id
    )
    .execute(conn)
    .await
    .map(|_| ())
}

/// Lets nobody of a tenant in any more.
pub(crate) async fn deactivate_all(conn: &mut PgConnection, tenant: Uuid) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update public.user_account set is_active = false, epoch = epoch + 1 where tenant_id = $1 and is_active",
        tenant
    )
    .execute(conn)
    .await
    .map(|_| ())
}
