//! SQL of the dashboard.

use sqlx::PgConnection;

/// A tenant in the list.
pub(super) struct TenantRow {
    pub name: String,
    pub slug: String,
    pub status: String,
    pub tier: String,
    pub schema_version: i64,
}

/// Tenants by name; the list says when there are more.
pub(super) async fn list_tenants(conn: &mut PgConnection, most: i64) -> Result<Vec<TenantRow>, sqlx::Error> {
    sqlx::query_as!(
        TenantRow,
        "select name, slug, status, tier, schema_version from public.tenant order by name, slug limit $1",
        most
    )
    .fetch_all(conn)
    .await
}
