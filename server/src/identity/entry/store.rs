//! SQL of links that let in, and of those who signed up and have not proven their address yet.

use domain::{
    ids::{TenantId, UserId},
    own::{DELETED_ADDRESS, DELETED_NAME},
};
use sqlx::PgConnection;
use uuid::Uuid;

/// Somebody of a tenant, by address.
pub(crate) struct AccountRow {
    pub id: Uuid,
    pub name: String,
    pub email: String,
    pub role: String,
    pub is_active: bool,
}

/// Takes turns with everybody else who asks for letters to an address: two who ask at once get one.
pub(crate) async fn lock_letters(
    conn: &mut PgConnection,
    tenant: TenantId,
    email_key: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query!("select pg_advisory_xact_lock(hashtextextended($1, 0))", format!("letter {tenant} {email_key}"))
        .execute(conn)
        .await
        .map(|_| ())
}

/// The person with an address on a tenant's host, active or not.
pub(crate) async fn find_account(
    conn: &mut PgConnection,
    tenant: TenantId,
    email_key: &str,
) -> Result<Option<AccountRow>, sqlx::Error> {
    sqlx::query_as!(
        AccountRow,
        "select id, name, email, role, is_active from public.user_account where tenant_id = $1 and lower(email) = $2",
        tenant.0,
        email_key
    )
    .fetch_optional(conn)
    .await
}

/// Adds a link that lets in, beside those that were sent before: whoever asks in another's name takes nothing away.
/// `email` is the address that it proves, where it is to take the place of the present one.
pub(crate) async fn insert_link(
    conn: &mut PgConnection,
    user: UserId,
    token_hash: &[u8],
    email: Option<&str>,
    minutes: i32,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into public.user_link (token_hash, user_id, purpose, email, expires_at)
         values ($1, $2, case when $3::text is null then 'LOGIN' else 'EMAIL' end, $3, now() + make_interval(mins => $4))",
        token_hash,
        user.0,
        email,
        minutes
    )
    .execute(conn)
    .await
    .map(|_| ())
}

/// Whether a person was sent a link that lets in within the last minute.
pub(crate) async fn has_recent_link(conn: &mut PgConnection, user: UserId) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select exists (select 1 from public.user_link
                          where user_id = $1 and purpose in ('LOGIN', 'EMAIL')
                            and created_at > now() - interval '1 minute') as "has!""#,
        user.0
    )
    .fetch_one(conn)
    .await
}

/// What a token opens.
pub(crate) struct EntryRow {
    pub name: String,
    pub email: String,
    pub new_email: Option<String>,
    /// None for somebody who is to become a person by it.
    pub user_id: Option<Uuid>,
}

/// What a token opens on a tenant's host, while it is good.
pub(crate) async fn find_entry(
    conn: &mut PgConnection,
    tenant: TenantId,
    token_hash: &[u8],
) -> Result<Option<EntryRow>, sqlx::Error> {
    sqlx::query_as!(
        EntryRow,
        r#"select u.name as "name!", u.email as "email!", l.email as new_email, u.id as user_id
           from public.user_link l join public.user_account u on u.id = l.user_id
           where l.token_hash = $1 and l.purpose in ('LOGIN', 'EMAIL') and l.expires_at > now()
             and u.is_active and u.tenant_id = $2
           union all
           select s.name, s.email, null, null from public.sign_up s
           where s.token_hash = $1 and s.tenant_id = $2 and s.expires_at > now()"#,
        token_hash,
        tenant.0
    )
    .fetch_optional(conn)
    .await
}

/// Uses a link of a person up, and with it all others of its kind. Tells whether it was there: of two who use it at once,
/// one.
pub(crate) async fn take_link(conn: &mut PgConnection, user: UserId, token_hash: &[u8]) -> Result<bool, sqlx::Error> {
    let taken = sqlx::query_scalar!(
        "delete from public.user_link where token_hash = $1 and user_id = $2 and expires_at > now() returning purpose",
        token_hash,
        user.0
    )
    .fetch_optional(&mut *conn)
    .await?;
    let Some(purpose) = taken else { return Ok(false) };
    sqlx::query!("delete from public.user_link where user_id = $1 and purpose = $2", user.0, purpose)
        .execute(conn)
        .await?;
    Ok(true)
}

/// Keeps what somebody signed up with until the address is proven.
pub(crate) async fn insert_sign_up(
    conn: &mut PgConnection,
    tenant: TenantId,
    token_hash: &[u8],
    name: &str,
    email: &str,
    minutes: i32,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into public.sign_up (token_hash, tenant_id, name, email, expires_at)
         values ($1, $2, $3, $4, now() + make_interval(mins => $5))",
        token_hash,
        tenant.0,
        name,
        email,
        minutes
    )
    .execute(conn)
    .await
    .map(|_| ())
}

/// Whether a letter about signing up went to an address within the last minute.
pub(crate) async fn has_recent_sign_up(
    conn: &mut PgConnection,
    tenant: TenantId,
    email_key: &str,
) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select exists (select 1 from public.sign_up
                          where tenant_id = $1 and lower(email) = $2
                            and created_at > now() - interval '1 minute') as "has!""#,
        tenant.0,
        email_key
    )
    .fetch_one(conn)
    .await
}

/// Uses a sign-up up, and with it all others of the address. Tells whether it was there.
pub(crate) async fn take_sign_up(
    conn: &mut PgConnection,
    tenant: TenantId,
    token_hash: &[u8],
) -> Result<bool, sqlx::Error> {
    let taken = sqlx::query_scalar!(
        "delete from public.sign_up where token_hash = $1 and tenant_id = $2 and expires_at > now() returning email",
        token_hash,
        tenant.0
    )
    .fetch_optional(&mut *conn)
    .await?;
    let Some(email) = taken else { return Ok(false) };
    sqlx::query!("delete from public.sign_up where tenant_id = $1 and lower(email) = lower($2)", tenant.0, email)
        .execute(conn)
        .await?;
    Ok(true)
}

/// Makes a customer of a tenant, unless the address is somebody's there already. Tells whether it did.
pub(crate) async fn insert_customer(
    conn: &mut PgConnection,
    id: UserId,
    tenant: TenantId,
    name: &str,
    email: &str,
) -> Result<bool, sqlx::Error> {
    let made = sqlx::query!(
        "insert into public.user_account (id, email, name, role, tenant_id) values ($1, $2, $3, 'CUSTOMER', $4)
         on conflict (tenant_id, lower(email)) where tenant_id is not null do nothing",
        id.0,
        email,
        name,
        tenant.0
    )
    .execute(conn)
    .await?;
    Ok(made.rows_affected() == 1)
}

/// Gives a person another name.
pub(crate) async fn set_name(conn: &mut PgConnection, user: UserId, name: &str) -> Result<(), sqlx::Error> {
    sqlx::query!("update public.user_account set name = $2 where id = $1", user.0, name).execute(conn).await.map(|_| ())
}

/// Gives a person another address. All sessions of before are over with it, and so are links that went to the old one.
pub(crate) async fn set_email(conn: &mut PgConnection, user: UserId, email: &str) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from public.user_link where user_id = $1", user.0).execute(&mut *conn).await?;
    sqlx::query!("update public.user_account set email = $2, epoch = epoch + 1 where id = $1", user.0, email)
        .execute(conn)
        .await
        .map(|_| ())
}

/// What a person's own data are, besides those in the tenant's schema.
pub(crate) struct OwnAccountRow {
    pub name: String,
    pub email: String,
    pub created_at: jiff_sqlx::Timestamp,
    pub last_login_at: Option<jiff_sqlx::Timestamp>,
    pub has_password: bool,
}

/// Reads them.
pub(crate) async fn find_own(conn: &mut PgConnection, user: UserId) -> Result<Option<OwnAccountRow>, sqlx::Error> {
    sqlx::query_as!(
        OwnAccountRow,
        r#"select name, email, created_at as "created_at: jiff_sqlx::Timestamp",
                  last_login_at as "last_login_at: jiff_sqlx::Timestamp", password_hash is not null as "has_password!"
           from public.user_account where id = $1"#,
        user.0
    )
    .fetch_optional(conn)
    .await
}

/// Empties a person's account for good: no name, no address, no password, no way in, and nothing that was asked for with
/// the address.
pub(crate) async fn erase(conn: &mut PgConnection, user: UserId) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "delete from public.sign_up s using public.user_account u
         where u.id = $1 and s.tenant_id = u.tenant_id and lower(s.email) = lower(u.email)",
        user.0
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!("delete from public.user_link where user_id = $1", user.0).execute(&mut *conn).await?;
    sqlx::query!("delete from public.session where user_id = $1 and masquerade_id is null", user.0)
        .execute(&mut *conn)
        .await?;
    sqlx::query!(
        "update public.user_account
         set name = $2, email = id || $3, password_hash = null, is_active = false, epoch = epoch + 1
         where id = $1",
        user.0,
        DELETED_NAME,
        DELETED_ADDRESS
    )
    .execute(conn)
    .await
    .map(|_| ())
}
