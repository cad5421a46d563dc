//! SQL of the changes that are told as they happen.

use crate::{
    schedule::store::BlockRow,
    tenancy::{Instant, TenantConn, TenantTx},
};
use jiff::Timestamp;
use uuid::Uuid;

/// How far the calendar has been read, once everything that is read after this statement has been.
pub(crate) async fn find_cursor(tx: &mut impl TenantConn) -> Result<String, sqlx::Error> {
    sqlx::query_scalar!(r#"select pg_snapshot_xmin(pg_current_snapshot())::text as "present!""#)
        .fetch_one(tx.conn()?)
        .await
}

/// What has changed since a cursor.
pub(crate) struct NewsRow {
    /// From where to read on.
    pub cursor: String,
    /// The appointments that changed; some perhaps told before.
    pub appointments: Vec<Uuid>,
}

/// What has changed since a cursor, and the next one: in one statement, so that both are of one snapshot.
pub(crate) async fn find_news(tx: &mut impl TenantConn, cursor: &str) -> Result<NewsRow, sqlx::Error> {
    sqlx::query_as!(
        NewsRow,
        r#"select pg_snapshot_xmin(pg_current_snapshot())::text as "cursor!",
                  coalesce((select array_agg(distinct appointment_id) from change where xid >= $1::text::xid8), '{}')
                      as "appointments!""#,
        cursor
    )
    .fetch_one(tx.conn()?)
    .await
}

/// What some appointments hold within a span, one row for each resource.
pub(crate) async fn list_blocks(
    tx: &mut impl TenantConn,
    appointments: &[Uuid],
    from: Timestamp,
    to: Timestamp,
) -> Result<Vec<BlockRow>, sqlx::Error> {
    sqlx::query_as!(
        BlockRow,
        r#"select a.id, a.version, c.resource_id, a.service_id, a.starts_at, a.ends_at,
                  a.contact_name as customer, s.name as service, a.status, s.hue, c.buffer_before, c.buffer_after
           from appointment a
           join claim c on c.appointment_id = a.id
           join service s on s.id = a.service_id
           where a.id = any ($1) and a.starts_at < $3 and a.ends_at > $2
           order by a.starts_at, a.id, c.resource_id"#,
        appointments,
        Instant::from(from) as Instant,
        Instant::from(to) as Instant,
    )
    .fetch_all(tx.conn()?)
    .await
}

/// Whose calendar each resource is.
pub(crate) async fn list_owners(tx: &mut impl TenantConn) -> Result<Vec<(Uuid, Option<Uuid>)>, sqlx::Error> {
    let rows = sqlx::query!("select id, user_id from resource").fetch_all(tx.conn()?).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.user_id)).collect())
}

/// Tells those who look that an appointment is not what it was; heard when the transaction commits, by all nodes.
pub(crate) async fn tell(tx: &mut TenantTx, appointment: Uuid) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "with told as (insert into change (appointment_id) values ($1) returning id)
         select pg_notify('calendar', current_user::text) from told",
        appointment
    )
    .fetch_all(tx.conn()?)
    .await
    .map(|_| ())
}

/// Removes what is older than anybody resumes from. No permit: it says nothing that the history does not.
pub(crate) async fn sweep(tx: &mut TenantTx, before: Timestamp) -> Result<u64, sqlx::Error> {
    let swept = sqlx::query!("delete from change where at < $1", Instant::from(before) as Instant);
    Ok(swept.execute(tx.conn()?).await?.rows_affected())
}
