//! SQL of letters.

use super::Letter;
use crate::tenancy::Instant;
use domain::ids::TenantId;
use jiff::Timestamp;
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
    pub tenant_id: Option<Uuid>,
    pub tenant: Option<String>,
    pub kind: String,
    pub appointment_id: Option<Uuid>,
    pub version: Option<i32>,
    pub recipient: String,
    pub reply_to: Option<String>,
    pub subject: String,
    pub body: String,
    pub html: Option<String>,
    pub calendar: Option<String>,
    pub calendar_method: Option<String>,
    pub attempts: i32,
    /// It is of no use any more.
    pub is_late: bool,
    /// There is a letter about a later version of the same appointment.
    pub is_overtaken: bool,
}

/// The letter that has waited longest; no other worker can take it for as long as this transaction lasts.
pub(super) async fn take_due(conn: &mut PgConnection, now: Timestamp) -> Result<Option<DueRow>, sqlx::Error> {
    sqlx::query_as!(
        DueRow,
        r#"select m.id, m.tenant_id, t.name as "tenant?", m.kind, m.appointment_id, m.version, m.recipient, m.reply_to, m.subject,
                  m.body, m.html, m.calendar, m.calendar_method, m.attempts, coalesce(m.until <= $1, false) as "is_late!",
                  exists (select from public.mail n
                          where n.tenant_id = m.tenant_id and n.appointment_id = m.appointment_id and n.version > m.version) as "is_overtaken!"
           from public.mail m left join public.tenant t on t.id = m.tenant_id
           where m.sent_at is null and m.void_at is null and m.next_at <= $1
           order by m.next_at, m.id limit 1 for update of m skip locked"#,
        Instant::from(now) as Instant
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
    next: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update public.mail set attempts = attempts + 1, error = $2, next_at = $3 where id = $1",
        id,
        error,
        Instant::from(next) as Instant
    )
    .execute(conn)
    .await
    .map(|_| ())
}

/// Puts a letter off that cannot be judged now; it was not tried.
pub(super) async fn set_later(conn: &mut PgConnection, id: Uuid, next: Timestamp) -> Result<(), sqlx::Error> {
    sqlx::query!("update public.mail set next_at = $2 where id = $1", id, Instant::from(next) as Instant)
        .execute(conn)
        .await
        .map(|_| ())
}

/// Notes that a letter will not be sent, and why.
pub(super) async fn set_void(conn: &mut PgConnection, id: Uuid, reason: &str) -> Result<(), sqlx::Error> {
    sqlx::query!("update public.mail set void_at = now(), void_reason = $2 where id = $1", id, reason)
        .execute(conn)
        .await
        .map(|_| ())
}

/// Removes letters that were sent, or came to nothing, so many days ago. Tells how many.
pub(super) async fn delete_done(conn: &mut PgConnection, days: i32) -> Result<u64, sqlx::Error> {
    sqlx::query!(
        "delete from public.mail where id in (
             select id from public.mail
             where (sent_at is not null or void_at is not null) and coalesce(sent_at, void_at) < now() - make_interval(days => $1)
             limit 5000 for update skip locked)",
        days
    )
    .execute(conn)
    .await
    .map(|done| done.rows_affected())
}

/// A letter in the inbox of development.
pub(super) struct InboxRow {
    pub id: Uuid,
    pub kind: String,
    pub recipient: String,
    pub subject: String,
    pub body: String,
    pub has_html: bool,
    pub calendar_method: Option<String>,
    pub created_at: Instant,
    pub due_at: Option<Instant>,
    pub sent_at: Option<Instant>,
    pub void_at: Option<Instant>,
    pub void_reason: Option<String>,
    pub attempts: i32,
    pub error: Option<String>,
}

/// The latest letters; of one tenant, or of all.
pub(super) async fn list_latest(
    conn: &mut PgConnection,
    tenant: Option<Uuid>,
    most: i64,
) -> Result<Vec<InboxRow>, sqlx::Error> {
    sqlx::query_as!(
        InboxRow,
        r#"select id, kind, recipient, subject, body, html is not null as "has_html!", calendar_method, created_at, due_at, sent_at,
                  void_at, void_reason, attempts, error
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

/// Letters about appointments that have yet to go out go to another address from now on.
pub(crate) async fn redirect(
    conn: &mut PgConnection,
    tenant: TenantId,
    email_key: &str,
    to: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update public.mail set recipient = $3
         where tenant_id = $1 and lower(recipient) = $2 and kind <> 'ACCOUNT' and sent_at is null and void_at is null",
        tenant.0,
        email_key,
        to
    )
    .execute(conn)
    .await
    .map(|_| ())
}

/// Removes all letters of a tenant to an address; those that were not sent will not be.
pub(crate) async fn forget(conn: &mut PgConnection, tenant: TenantId, email_key: &str) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from public.mail where tenant_id = $1 and lower(recipient) = $2", tenant.0, email_key)
        .execute(conn)
        .await
        .map(|_| ())
}

/// A letter of the inbox, as it looks, and the calendar file that goes with it.
pub(super) async fn find_parts(
    conn: &mut PgConnection,
    tenant: Option<Uuid>,
    id: Uuid,
) -> Result<Option<(Option<String>, Option<String>)>, sqlx::Error> {
    let row = sqlx::query!(
        "select html, calendar from public.mail where id = $1 and ($2::uuid is null or tenant_id = $2)",
        id,
        tenant
    );
    Ok(row.fetch_optional(conn).await?.map(|row| (row.html, row.calendar)))
}
