//! SQL of custom domains.

use sqlx::PgConnection;
use uuid::Uuid;

/// A claim of a host.
#[derive(Clone, Debug)]
pub(crate) struct DomainRow {
    pub id: Uuid,
    pub host: String,
    pub tenant_id: Uuid,
    pub tenant_name: String,
    pub tenant_slug: String,
    pub state: String,
    pub challenge: String,
    pub found: Option<String>,
    pub checked_at: Option<jiff_sqlx::Timestamp>,
    pub change_id: Option<String>,
    pub change_state: Option<String>,
    pub is_verified: bool,
}

/// Claims by host; of one tenant, in one state.
pub(crate) async fn list(
    conn: &mut PgConnection,
    tenant: Option<Uuid>,
    state: Option<&str>,
    only: Option<Uuid>,
    most: i64,
) -> Result<Vec<DomainRow>, sqlx::Error> {
    sqlx::query_as!(
        DomainRow,
        r#"select d.id, d.host, d.tenant_id, t.name as tenant_name, t.slug as tenant_slug, d.state, d.challenge, d.found,
                  d.checked_at as "checked_at: jiff_sqlx::Timestamp", d.change_id, d.change_state, d.verified_at is not null as "is_verified!"
           from public.domain d join public.tenant t on t.id = d.tenant_id
           where d.removed_at is null and ($1::uuid is null or d.tenant_id = $1) and ($2::text is null or d.state = $2)
             and ($3::uuid is null or d.id = $3)
           order by d.host, d.id limit $4"#,
        tenant,
        state,
        only,
        most
    )
    .fetch_all(conn)
    .await
}

/// How many hosts a tenant claims.
pub(crate) async fn count(conn: &mut PgConnection, tenant: Uuid) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from public.domain where tenant_id = $1 and removed_at is null"#,
        tenant
    )
    .fetch_one(conn)
    .await
}

/// Adds a claim.
pub(crate) async fn insert(
    conn: &mut PgConnection,
    id: Uuid,
    tenant: Uuid,
    host: &str,
    challenge: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into public.domain (id, tenant_id, host, challenge) values ($1, $2, $3, $4)",
        id,
        tenant,
        host,
        challenge
    )
    .execute(conn)
    .await
    .map(|_| ())
}

/// A claim is proven: the host answers from now on.
pub(crate) async fn set_verified(conn: &mut PgConnection, id: Uuid) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update public.domain set state = 'ACTIVE', verified_at = coalesce(verified_at, now()), checked_at = now() where id = $1",
        id
    )
    .execute(conn)
    .await
    .map(|_| ())
}

/// A claim is given up: the host answers no more. The row stays for as long as the host is kept from others.
pub(crate) async fn set_removed(conn: &mut PgConnection, id: Uuid) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update public.domain set state = 'REMOVED', removed_at = now(), is_primary = false where id = $1 and removed_at is null",
        id
    )
    .execute(conn)
    .await
    .map(|_| ())
}

/// The states of the hosts of some tenants.
pub(crate) async fn states_of(conn: &mut PgConnection, tenants: &[Uuid]) -> Result<Vec<(Uuid, String)>, sqlx::Error> {
    let rows = sqlx::query!(
        "select tenant_id, state from public.domain where tenant_id = any ($1) and removed_at is null",
        tenants
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.tenant_id, row.state)).collect())
}
