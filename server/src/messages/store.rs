//! SQL of letters about appointments, and of the calendars that others subscribe to.

use crate::tenancy::{Instant, TenantConn, TenantTx};
use domain::{
    ids::{AppointmentId, ResourceId},
    letter::LetterKind,
    policy::{ManageFeed, Permit},
};
use jiff::Timestamp;
use uuid::Uuid;

/// What a letter tells of an appointment.
pub(super) struct FactsRow {
    pub version: i32,
    pub status: String,
    pub reference: String,
    pub starts_at: Instant,
    pub ends_at: Instant,
    pub contact_name: String,
    pub price_minor: Option<i64>,
    pub holds: bool,
    pub cancel_minutes: i32,
    pub reschedule_minutes: i32,
    pub cancelled_by: Option<String>,
    pub cancel_reason: Option<String>,
    pub service: String,
    pub email: String,
    pub is_anonymised: bool,
    pub currency: String,
    pub reminder_minutes: Option<i32>,
    pub contact_email: Option<String>,
    pub contact_phone: Option<String>,
    pub address: String,
    pub brand_colour: Option<String>,
    /// The people that it is with, or was: what was called off holds nobody any more.
    pub staff: Vec<String>,
    /// When it was to begin, as of the version before.
    pub before_at: Option<Instant>,
    /// Whether the business had ever said yes to it.
    pub was_agreed: bool,
}

/// Reads what a letter tells.
pub(super) async fn find_facts(tx: &mut impl TenantConn, id: AppointmentId) -> Result<Option<FactsRow>, sqlx::Error> {
    sqlx::query_as!(
        FactsRow,
        r#"select a.version, a.status, a.reference, a.starts_at, a.ends_at, a.contact_name, a.price_minor, a.holds, a.cancel_minutes,
                  a.reschedule_minutes, a.cancelled_by, a.cancel_reason, s.name as service, cu.email,
                  cu.anonymised_at is not null as "is_anonymised!", b.currency, b.reminder_minutes, b.contact_email, b.contact_phone,
                  b.address, b.brand_colour,
                  array(select r.name from resource r
                        where r.kind = 'STAFF' and r.id = any (coalesce(
                            (select h.resource_ids from appointment_history h where h.appointment_id = a.id order by h.version desc limit 1),
                            array(select c.resource_id from claim c where c.appointment_id = a.id)))
                        order by r.position, r.name, r.id) as "staff!",
                  (select h.starts_at from appointment_history h where h.appointment_id = a.id and h.version < a.version
                   order by h.version desc limit 1) as before_at,
                  not exists (select from appointment_history h where h.appointment_id = a.id and h.action = 'REQUESTED')
                    or exists (select from appointment_history h where h.appointment_id = a.id and h.action = 'CONFIRMED')
                    as "was_agreed!"
           from appointment a
           cross join business b
           join service s on s.id = a.service_id
           join customer cu on cu.id = a.customer_id
           where a.id = $1"#,
        id.0
    )
    .fetch_optional(tx.conn()?)
    .await
}

/// A letter to be posted.
pub(super) struct NewLetter<'a> {
    pub kind: LetterKind,
    pub appointment: AppointmentId,
    pub version: i32,
    pub recipient: &'a str,
    pub reply_to: Option<&'a str>,
    pub subject: &'a str,
    pub text: &'a str,
    pub html: &'a str,
    /// The file, and what a calendar is to do with it.
    pub calendar: Option<(&'a str, &'static str)>,
    /// When it is to go out, and from when on it is of no use; none: at once, and always.
    pub due: Option<(Timestamp, Timestamp)>,
}

/// Puts a letter into the outbox, once for each kind and version of an appointment. In the tenant's name, since it is the
/// tenant's transaction: the database sees to that.
pub(super) async fn post(tx: &mut TenantTx, letter: &NewLetter<'_>) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "select outbox.post($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        Uuid::now_v7(),
        letter.kind.as_str(),
        letter.appointment.0,
        letter.version,
        letter.recipient,
        letter.reply_to,
        letter.subject,
        letter.text,
        letter.html,
        letter.calendar.map(|(file, _)| file),
        letter.calendar.map(|(_, method)| method),
        letter.due.map(|(due, _)| Instant::from(due)) as Option<Instant>,
        letter.due.map(|(_, until)| Instant::from(until)) as Option<Instant>,
    )
    .fetch_one(tx.conn()?)
    .await
    .map(|_| ())
}

/// Takes back what was to go out about versions of an appointment before this one.
pub(super) async fn withdraw(
    tx: &mut TenantTx,
    appointment: AppointmentId,
    before: i32,
    reason: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query!("select outbox.withdraw($1, $2, $3)", appointment.0, before, reason)
        .fetch_one(tx.conn()?)
        .await
        .map(|_| ())
}

/// Removes all letters about some appointments.
pub(super) async fn forget(tx: &mut TenantTx, appointments: &[Uuid]) -> Result<(), sqlx::Error> {
    sqlx::query!("select outbox.forget($1)", appointments).fetch_one(tx.conn()?).await.map(|_| ())
}

/// What has become of an appointment that a letter waits for.
pub(crate) struct Standing {
    pub version: i32,
    pub status: String,
    pub starts_at: Instant,
    pub is_anonymised: bool,
}

/// Reads it.
pub(crate) async fn standing(tx: &mut impl TenantConn, id: AppointmentId) -> Result<Option<Standing>, sqlx::Error> {
    sqlx::query_as!(
        Standing,
        r#"select a.version, a.status, a.starts_at, cu.anonymised_at is not null as "is_anonymised!"
           from appointment a join customer cu on cu.id = a.customer_id where a.id = $1"#,
        id.0
    )
    .fetch_optional(tx.conn()?)
    .await
}

/// A resource as the owner of a calendar.
pub(super) struct FeedRow {
    pub id: Uuid,
    pub name: String,
    pub user_id: Option<Uuid>,
    pub feed_epoch: i32,
}

/// All resources that are in use, in the tenant's order.
pub(super) async fn list_feeds(tx: &mut impl TenantConn) -> Result<Vec<FeedRow>, sqlx::Error> {
    sqlx::query_as!(
        FeedRow,
        "select id, name, user_id, feed_epoch from resource where archived_at is null order by position, name, id"
    )
    .fetch_all(tx.conn()?)
    .await
}

/// One of them.
pub(super) async fn find_feed(tx: &mut impl TenantConn, id: ResourceId) -> Result<Option<FeedRow>, sqlx::Error> {
    sqlx::query_as!(
        FeedRow,
        "select id, name, user_id, feed_epoch from resource where id = $1 and archived_at is null",
        id.0
    )
    .fetch_optional(tx.conn()?)
    .await
}

/// Makes the addresses of a feed that were given out worthless.
pub(super) async fn raise_feed_epoch(
    tx: &mut TenantTx,
    _permit: &Permit<ManageFeed>,
    id: ResourceId,
) -> Result<(), sqlx::Error> {
    sqlx::query!("update resource set feed_epoch = feed_epoch + 1 where id = $1", id.0)
        .execute(tx.conn()?)
        .await
        .map(|_| ())
}

/// An appointment in a feed: no address, no number, no notes, since the address of a feed may get around.
pub(super) struct FeedEntryRow {
    pub id: Uuid,
    pub version: i32,
    pub status: String,
    pub starts_at: Instant,
    pub ends_at: Instant,
    pub customer: String,
    pub service: String,
    /// When it came to be as it is.
    pub changed_at: Instant,
}

/// What holds a resource within a span.
pub(super) async fn list_feed_entries(
    tx: &mut impl TenantConn,
    resource: ResourceId,
    from: Timestamp,
    to: Timestamp,
) -> Result<Vec<FeedEntryRow>, sqlx::Error> {
    sqlx::query_as!(
        FeedEntryRow,
        r#"select a.id, a.version, a.status, a.starts_at, a.ends_at, a.contact_name as customer, s.name as service,
                  coalesce((select max(h.at) from appointment_history h where h.appointment_id = a.id), a.created_at) as "changed_at!"
           from appointment a join service s on s.id = a.service_id
           where a.starts_at >= $2 and a.starts_at < $3 and a.status <> 'CANCELLED'
             and exists (select from claim c where c.appointment_id = a.id and c.resource_id = $1)
           order by a.starts_at, a.id"#,
        resource.0,
        Instant::from(from) as Instant,
        Instant::from(to) as Instant,
    )
    .fetch_all(tx.conn()?)
    .await
}
