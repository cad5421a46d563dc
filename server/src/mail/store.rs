//! SQL of letters.

use super::Letter;
use domain::ids::TenantId;
use sqlx::PgConnection;
use uuid::Uuid;

/// Puts a letter where the worker finds it.
pub(crate) async fn insert(conn: &mut PgConnection, letter: &Letter) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into public.mail (id, tenant_id, recipient, subject, body) values ($1, $2, $3, $4, $5)",
        Uuid::now_v7(),
        letter.tenant.map(|tenant| tenant.0),
        letter.recipient,
        letter.subject,
        letter.body
    )
    .execute(conn)
    .await
    .map(|_| ())
}

/// A letter as the worker takes it.
pub(super) struct DueRow {
    pub id: Uuid,
    pub tenant: Option<String>,
    pub recipient: String,
    pub subject: String,
    pub body: String,
    pub attempts: i32,
}

/// The letter that has waited longest; no other worker can take it for as long as this transaction lasts.
pub(super) async fn take_due(conn: &mut PgConnection) -> Result<Option<DueRow>, sqlx::Error> {
    sqlx::query_as!(
        DueRow,
        r#"select m.id, t.name as "tenant?", m.recipient, m.subject, m.body, m.attempts
           from public.mail m left join public.tenant t on t.id = m.tenant_id
           where m.sent_at is null and m.next_at <= now() order by m.next_at limit 1 for update of m skip locked"#
    )
    .fetch_optional(conn)
    .await
}

/// Notes that a letter was handed over.
pub(super) async fn set_sent(conn: &mut PgConnection, id: Uuid) -> Result<(), sqlx::Error> {
    sqlx::query!("update public.mail set sent_at = now(), attempts = attempts + 1, error = null where id = $1", id)
        .execute(conn)
        .await
        .map(|_| ())
}

/// Notes that a letter could not be handed over, and when to try again.
pub(super) async fn set_failed(
    conn: &mut PgConnection,
    id: Uuid,
    error: &str,
    wait_seconds: f64,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update public.mail set attempts = attempts + 1, error = $2, next_at = now() + make_interval(secs => $3) where id = $1",
        id,
        error,
        wait_seconds
    )
    .execute(conn)
    .await
    .map(|_| ())
}

/// A letter in the inbox of development.
pub(super) struct InboxRow {
    pub recipient: String,
    pub subject: String,
    pub body: String,
    pub created_at: jiff_sqlx::Timestamp,
}

/// The latest letters; of one tenant, or of all.
pub(super) async fn list_latest(
    conn: &mut PgConnection,
    tenant: Option<Uuid>,
    most: i64,
) -> Result<Vec<InboxRow>, sqlx::Error> {
    sqlx::query_as!(
        InboxRow,
        r#"select recipient, subject, body, created_at as "created_at: jiff_sqlx::Timestamp"
           from public.mail where $1::uuid is null or tenant_id = $1 order by created_at desc, id desc limit $2"#,
        tenant,
        most
    )
    .fetch_all(conn)
    .await
}

/// A letter as the person it went to may see it.
pub(crate) struct OwnLetterRow {
    pub subject: String,
    pub body: String,
    pub created_at: jiff_sqlx::Timestamp,
    pub sent_at: Option<jiff_sqlx::Timestamp>,
}

/// All letters of a tenant to an address, the earliest first.
pub(crate) async fn list_to(
    conn: &mut PgConnection,
    tenant: TenantId,
    email_key: &str,
) -> Result<Vec<OwnLetterRow>, sqlx::Error> {
    sqlx::query_as!(
        OwnLetterRow,
        r#"select subject, body, created_at as "created_at: jiff_sqlx::Timestamp", sent_at as "sent_at: jiff_sqlx::Timestamp"
           from public.mail where tenant_id = $1 and lower(recipient) = $2 order by created_at, id"#,
        tenant.0,
        email_key
    )
    .fetch_all(conn)
    .await
}

/// Removes all letters of a tenant to an address; those that were not sent will not be.
pub(crate) async fn forget(conn: &mut PgConnection, tenant: TenantId, email_key: &str) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from public.mail where tenant_id = $1 and lower(recipient) = $2", tenant.0, email_key)
        .execute(conn)
        .await
        .map(|_| ())
}
