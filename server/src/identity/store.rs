//! SQL of people.

use super::NewPerson;
use domain::ids::TenantId;
use sqlx::PgConnection;
use uuid::Uuid;

/// What signing in asks of a person.
pub(crate) struct Credentials {
    pub id: Uuid,
    pub role: String,
    pub tenant_id: Option<Uuid>,
    pub password_hash: String,
}

/// The active person with this address.
pub(crate) async fn find_credentials(
    conn: &mut PgConnection,
    email_key: &str,
) -> Result<Option<Credentials>, sqlx::Error> {
    sqlx::query_as!(
        Credentials,
        "select id, role, tenant_id, password_hash from public.user_account where lower(email) = $1 and is_active",
        email_key
    )
    .fetch_optional(conn)
    .await
}

/// Adds a person. For the owner of the schemas: the server's own login may not.
pub(crate) async fn insert_person(
    conn: &mut PgConnection,
    new: &NewPerson,
    tenant: Option<TenantId>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into public.user_account (id, email, name, password_hash, role, tenant_id) values ($1, $2, $3, $4, $5, $6)",
        new.id.0,
        new.email,
        new.name,
        new.password_hash,
        new.role.as_str(),
        tenant.map(|t| t.0)
    )
    .execute(conn)
    .await
    .map(|_| ())
}

/// Whether a person with this address is there, active or not.
pub(crate) async fn is_known(conn: &mut PgConnection, email_key: &str) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select exists (select 1 from public.user_account where lower(email) = $1) as "is_known!""#,
        email_key
    )
    .fetch_one(conn)
    .await
}
