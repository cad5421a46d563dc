//! SQL of logins: credentials, links to a new password, failures. Links that let in are in `entry`.

use super::NewPerson;
use domain::ids::{TenantId, UserId};
use sqlx::PgConnection;
use uuid::Uuid;

/// What signing in asks of a person.
pub(crate) struct Credentials {
    pub id: Uuid,
    pub role: String,
    pub tenant_id: Option<Uuid>,
    pub password_hash: Option<String>,
}

/// The active people with this address whom a host may concern: a tenant's own person first, then one of the platform. On
/// the platform's host, that one alone.
pub(crate) async fn find_credentials(
    conn: &mut PgConnection,
    email_key: &str,
    host: Option<TenantId>,
) -> Result<Vec<Credentials>, sqlx::Error> {
    sqlx::query_as!(
        Credentials,
        "select id, role, tenant_id, password_hash from public.user_account
         where lower(email) = $1 and is_active and (tenant_id = $2 or tenant_id is null)
         order by tenant_id nulls last",
        email_key,
        host.map(|host| host.0)
    )
    .fetch_all(conn)
    .await
}

/// Whether somebody of the platform holds a grant for a tenant now.
pub(crate) async fn has_grant(conn: &mut PgConnection, user: Uuid, tenant: Uuid) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select exists (select 1 from public.permission_grant g
                          where g.grantee = $1 and g.tenant_id = $2 and access.is_active(g)) as "has!""#,
        user,
        tenant
    )
    .fetch_one(conn)
    .await
}

/// Adds a person.
pub(crate) async fn insert_person(
    conn: &mut PgConnection,
    new: &NewPerson,
    tenant: Option<TenantId>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into public.user_account (id, email, name, password_hash, role, tenant_id, is_temporary)
         values ($1, $2, $3, $4, $5, $6, $7)",
        new.id.0,
        new.email,
        new.name,
        new.password_hash,
        new.role.as_str(),
        tenant.map(|t| t.0),
        new.is_temporary
    )
    .execute(conn)
    .await
    .map(|_| ())
}

/// Whether somebody who works for a business or the platform has this address, active or not.
pub(crate) async fn is_known(conn: &mut PgConnection, email_key: &str) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select exists (select 1 from public.user_account where lower(email) = $1 and role <> 'CUSTOMER') as "is_known!""#,
        email_key
    )
    .fetch_one(conn)
    .await
}

/// Notes that somebody signed in.
pub(crate) async fn set_last_login(conn: &mut PgConnection, user: UserId) -> Result<(), sqlx::Error> {
    sqlx::query!("update public.user_account set last_login_at = now() where id = $1", user.0)
        .execute(conn)
        .await
        .map(|_| ())
}

/// Gives a person another password. All sessions of before are over with it.
pub(crate) async fn set_password(conn: &mut PgConnection, user: UserId, hash: &str) -> Result<(), sqlx::Error> {
    sqlx::query!("update public.user_account set password_hash = $2, epoch = epoch + 1 where id = $1", user.0, hash)
        .execute(conn)
        .await
        .map(|_| ())
}

/// The password's hash of an active person.
pub(crate) async fn password_of(conn: &mut PgConnection, user: UserId) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar!("select password_hash from public.user_account where id = $1 and is_active", user.0)
        .fetch_optional(conn)
        .await
        .map(Option::flatten)
}

/// A link that sets a password, and whose.
pub(crate) struct LinkRow {
    pub user_id: Uuid,
    pub purpose: String,
    pub email: String,
    pub name: String,
    pub tenant_id: Option<Uuid>,
}

/// Adds a link; those that the person had before are worth nothing from now on.
pub(crate) async fn replace_link(
    conn: &mut PgConnection,
    user: UserId,
    token_hash: &[u8],
    purpose: &str,
    hours: i32,
) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from public.user_link where user_id = $1", user.0).execute(&mut *conn).await?;
    sqlx::query!(
        "insert into public.user_link (token_hash, user_id, purpose, expires_at)
         values ($1, $2, $3, now() + make_interval(hours => $4))",
        token_hash,
        user.0,
        purpose,
        hours
    )
    .execute(conn)
    .await
    .map(|_| ())
}

/// Whether a person was sent a link to a password within the last minute.
pub(crate) async fn has_recent_link(conn: &mut PgConnection, user: Uuid) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select exists (select 1 from public.user_link
                          where user_id = $1 and purpose in ('INVITATION', 'RESET')
                            and created_at > now() - interval '1 minute') as "has!""#,
        user
    )
    .fetch_one(conn)
    .await
}

/// The link to a password behind a token, while it is good.
pub(crate) async fn find_link(conn: &mut PgConnection, token_hash: &[u8]) -> Result<Option<LinkRow>, sqlx::Error> {
    sqlx::query_as!(
        LinkRow,
        "select l.user_id, l.purpose, u.email, u.name, u.tenant_id
         from public.user_link l join public.user_account u on u.id = l.user_id
         where l.token_hash = $1 and l.purpose in ('INVITATION', 'RESET') and l.expires_at > now() and u.is_active",
        token_hash
    )
    .fetch_optional(conn)
    .await
}

/// Uses a link up. Tells whether it was there: of two who use it at once, one.
pub(crate) async fn take_link(conn: &mut PgConnection, token_hash: &[u8]) -> Result<bool, sqlx::Error> {
    let taken = sqlx::query!("delete from public.user_link where token_hash = $1 and expires_at > now()", token_hash)
        .execute(conn)
        .await?;
    Ok(taken.rows_affected() == 1)
}

/// Failures that still count.
pub(crate) struct FailureCount {
    pub failures: i64,
    /// Until there is one fewer than the limit.
    pub wait_seconds: i32,
}

/// Counts the failures under a key; with the limit at hand, tells how long to wait until one more is allowed.
pub(crate) async fn count_failures(
    conn: &mut PgConnection,
    key: &[u8],
    window_seconds: f64,
    limit: i64,
) -> Result<FailureCount, sqlx::Error> {
    sqlx::query_as!(
        FailureCount,
        r#"select count(*) as "failures!",
                  coalesce(ceil($2 - extract(epoch from now() - min(at) filter (where place <= $3)))::int, 0) as "wait_seconds!"
           from (select at, row_number() over (order by at desc) as place
                 from public.login_failure where key = $1 and at > now() - make_interval(secs => $2)
                 order by at desc limit 1000) f"#,
        key,
        window_seconds,
        limit
    )
    .fetch_one(conn)
    .await
}

/// Counts a failure under each of the keys.
pub(crate) async fn add_failures(conn: &mut PgConnection, keys: &[Vec<u8>]) -> Result<(), sqlx::Error> {
    sqlx::query!("insert into public.login_failure (key) select unnest($1::bytea[])", keys)
        .execute(conn)
        .await
        .map(|_| ())
}

/// Takes the latest failure under a key back.
pub(crate) async fn take_back_failure(conn: &mut PgConnection, key: &[u8]) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "delete from public.login_failure where ctid = (
            select ctid from public.login_failure where key = $1 order by at desc limit 1)",
        key
    )
    .execute(conn)
    .await
    .map(|_| ())
}

/// Forgets what has no effect any more: failures, links, sessions, handoffs.
pub(crate) async fn sweep(conn: &mut PgConnection) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from public.login_failure where at < now() - interval '1 day'").execute(&mut *conn).await?;
    sqlx::query!("delete from public.user_link where expires_at < now()").execute(&mut *conn).await?;
    sqlx::query!("delete from public.sign_up where expires_at < now()").execute(&mut *conn).await?;
    sqlx::query!("delete from public.handoff where expires_at < now()").execute(&mut *conn).await?;
    sqlx::query!("delete from public.session where absolute_until < now() or last_seen_at < now() - interval '31 days'")
        .execute(conn)
        .await
        .map(|_| ())
}

/// A session of a person, as the account page lists it.
pub(crate) struct SessionRow {
    pub id_hash: Vec<u8>,
    pub host: Option<String>,
    pub created_at: jiff_sqlx::Timestamp,
    pub last_seen_at: jiff_sqlx::Timestamp,
}

/// The sessions that a person has open, the latest first; not those of masquerades.
pub(crate) async fn list_sessions(
    conn: &mut PgConnection,
    user: UserId,
    idle_seconds: f64,
) -> Result<Vec<SessionRow>, sqlx::Error> {
    sqlx::query_as!(
        SessionRow,
        r#"select s.id_hash, t.name as "host?", s.created_at as "created_at: jiff_sqlx::Timestamp",
                  s.last_seen_at as "last_seen_at: jiff_sqlx::Timestamp"
           from public.session s join public.user_account u on u.id = s.user_id
           left join public.tenant t on t.id = s.tenant_id
           where s.user_id = $1 and s.masquerade_id is null and s.user_epoch = u.epoch
             and s.absolute_until > now() and s.last_seen_at > now() - make_interval(secs => $2)
           order by s.last_seen_at desc limit 50"#,
        user.0,
        idle_seconds
    )
    .fetch_all(conn)
    .await
}

/// Ends the sessions of a person but for one.
pub(crate) async fn end_other_sessions(conn: &mut PgConnection, user: UserId, keep: &[u8]) -> Result<u64, sqlx::Error> {
    sqlx::query!(
        "delete from public.session where user_id = $1 and masquerade_id is null and id_hash <> $2",
        user.0,
        keep
    )
    .execute(conn)
    .await
    .map(|done| done.rows_affected())
}

/// People for the quick login of development: some of each role of a host.
pub(crate) struct QuickRow {
    pub id: Uuid,
    pub name: String,
    pub email: String,
    pub role: String,
}

/// The first people of each role on a host.
pub(crate) async fn list_quick(conn: &mut PgConnection, tenant: Option<Uuid>) -> Result<Vec<QuickRow>, sqlx::Error> {
    sqlx::query_as!(
        QuickRow,
        r#"select id as "id!", name as "name!", email as "email!", role as "role!" from (
               select u.*, row_number() over (partition by role order by created_at, id) as place
               from public.user_account u where u.tenant_id is not distinct from $1 and u.is_active) p
           where place <= 5 order by role, place"#,
        tenant
    )
    .fetch_all(conn)
    .await
}
