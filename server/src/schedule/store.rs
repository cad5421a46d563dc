//! SQL of the calendar: resources, their hours, what they are claimed for, and moves.

use crate::{
    claims::Allowed,
    tenancy::{Instant, TenantConn, TenantTx},
};
use domain::ids::{AppointmentId, ServiceId};
use jiff::Timestamp;
use serde::Deserialize;
use sqlx::types::Json;
use uuid::Uuid;

/// A resource with its hours, and what the business says of all of them.
pub(crate) struct ResourceRow {
    pub id: Uuid,
    pub name: String,
    pub kind: String,
    pub timezone: Option<String>,
    pub user_id: Option<Uuid>,
    pub quantity: i32,
    /// Weekday (ISO), from, to: in minutes of the day.
    pub hours: Json<Vec<(i8, u16, u16)>>,
    pub overrides: Json<Vec<OverrideRow>>,
    /// From and to, in seconds since 1970.
    pub time_off: Json<Vec<(i64, i64)>>,
    pub buffer_mode: String,
    pub week_start: i16,
    /// First and last date.
    pub closures: Json<Vec<(String, String)>>,
}

/// What a date has instead of its weekly hours.
#[derive(Deserialize)]
pub(crate) struct OverrideRow {
    pub date: String,
    pub from: Vec<u16>,
    pub to: Vec<u16>,
}

/// The resources in use, in the tenant's order: of those asked for, or all. What lies before `since` is left out.
pub(crate) async fn list_resources(
    tx: &mut impl TenantConn,
    only: Option<&[Uuid]>,
    since: Timestamp,
) -> Result<Vec<ResourceRow>, sqlx::Error> {
    sqlx::query_as!(
        ResourceRow,
        r#"select r.id, r.name, r.kind, r.timezone, r.user_id, r.quantity,
                  coalesce((select jsonb_agg(jsonb_build_array(h.weekday, h.from_minute, h.to_minute))
                            from weekly_hours h where h.resource_id = r.id), '[]') as "hours!: Json<Vec<(i8, u16, u16)>>",
                  coalesce((select jsonb_agg(jsonb_build_object('date', o.date, 'from', o.from_minutes, 'to', o.to_minutes))
                            from date_override o
                            where o.resource_id = r.id and o.date >= $2::timestamptz::date - 3), '[]')
                      as "overrides!: Json<Vec<OverrideRow>>",
                  coalesce((select jsonb_agg(jsonb_build_array(
                                floor(extract(epoch from t.starts_at))::bigint, ceil(extract(epoch from t.ends_at))::bigint))
                            from time_off t
                            where t.resource_id = r.id and t.ends_at > $2::timestamptz - interval '3 days'), '[]')
                      as "time_off!: Json<Vec<(i64, i64)>>",
                  b.buffer_mode, b.week_start,
                  coalesce((select jsonb_agg(jsonb_build_array(c.from_date, c.to_date))
                            from closure c where c.to_date >= $2::timestamptz::date - 3), '[]')
                      as "closures!: Json<Vec<(String, String)>>"
           from resource r cross join business b
           where r.archived_at is null and ($1::uuid[] is null or r.id = any($1))
           order by r.position, r.name, r.id"#,
        only,
        Instant::from(since) as Instant,
    )
    .fetch_all(tx.conn()?)
    .await
}

/// Which resources a service can use.
pub(crate) struct NeedRow {
    pub service_id: Uuid,
    pub resource_id: Option<Uuid>,
}

/// What one service asks for.
pub(crate) async fn list_needs(tx: &mut impl TenantConn, service: ServiceId) -> Result<Vec<NeedRow>, sqlx::Error> {
    sqlx::query_as!(
        NeedRow,
        r#"select n.service_id, r.id as "resource_id?"
         from service_need n
         left join service_need_resource nr on nr.service_id = n.service_id and nr.need = n.need
         left join resource r on r.id = nr.resource_id and r.archived_at is null
         where n.service_id = $1
         order by n.need, r.position, r.name, r.id"#,
        service.0
    )
    .fetch_all(tx.conn()?)
    .await
}

/// What all services ask for.
pub(crate) async fn list_all_needs(tx: &mut impl TenantConn) -> Result<Vec<NeedRow>, sqlx::Error> {
    sqlx::query_as!(
        NeedRow,
        r#"select n.service_id, nr.resource_id as "resource_id?"
         from service_need n
         join service_need_resource nr on nr.service_id = n.service_id and nr.need = n.need"#
    )
    .fetch_all(tx.conn()?)
    .await
}

/// An appointment on one of its resources, as the day shows it.
pub(crate) struct BlockRow {
    pub id: Uuid,
    pub version: i32,
    pub resource_id: Uuid,
    pub service_id: Uuid,
    pub starts_at: Instant,
    pub ends_at: Instant,
    pub customer: String,
    pub service: String,
    pub status: String,
    pub hue: String,
    pub buffer_before: i32,
    pub buffer_after: i32,
}

/// The appointments of a span, one row for each resource they hold.
pub(crate) async fn list_blocks(
    tx: &mut impl TenantConn,
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
           where a.starts_at < $2 and a.starts_at > $1::timestamptz - interval '24 hours' and a.ends_at > $1
           order by a.starts_at, a.id, c.resource_id"#,
        Instant::from(from) as Instant,
        Instant::from(to) as Instant,
    )
    .fetch_all(tx.conn()?)
    .await
}

/// One appointment with everything its page shows.
pub(crate) struct AppointmentRow {
    pub reference: String,
    pub version: i32,
    pub service_id: Uuid,
    pub service: String,
    pub status: String,
    pub holds: bool,
    pub starts_at: Instant,
    pub ends_at: Instant,
    pub buffer_before: i32,
    pub buffer_after: i32,
    pub cancel_minutes: i32,
    pub reschedule_minutes: i32,
    pub cancelled_by: Option<String>,
    pub cancel_reason: Option<String>,
    pub customer_user: Option<Uuid>,
    pub contact_name: String,
    pub contact_phone: Option<String>,
    pub email: String,
    pub notes: String,
    pub price_minor: Option<i64>,
    pub currency: String,
    /// What it holds, or last held.
    pub resource_ids: Vec<Uuid>,
    pub resource_names: Vec<String>,
}

/// Reads one appointment.
pub(crate) async fn find_appointment(
    tx: &mut impl TenantConn,
    id: AppointmentId,
) -> Result<Option<AppointmentRow>, sqlx::Error> {
    sqlx::query_as!(
        AppointmentRow,
        r#"select a.reference, a.version, a.service_id, s.name as service, a.status, a.holds, a.starts_at, a.ends_at,
                  a.buffer_before, a.buffer_after, a.cancel_minutes, a.reschedule_minutes, a.cancelled_by, a.cancel_reason,
                  cu.user_id as customer_user,
                  a.contact_name, a.contact_phone, cu.email, a.notes, a.price_minor, b.currency,
                  coalesce(who.ids, '{}') as "resource_ids!", coalesce(who.names, '{}') as "resource_names!"
           from appointment a
           cross join business b
           join service s on s.id = a.service_id
           join customer cu on cu.id = a.customer_id
           left join lateral (
               select array_agg(r.id order by r.position, r.name, r.id) as ids,
                      array_agg(r.name order by r.position, r.name, r.id) as names
               from resource r
               where r.id = any (coalesce(
                   (select array_agg(c.resource_id) from claim c where c.appointment_id = a.id),
                   (select h.resource_ids from appointment_history h
                    where h.appointment_id = a.id and cardinality(h.resource_ids) > 0 order by h.version desc limit 1)))
           ) who on true
           where a.id = $1"#,
        id.0
    )
    .fetch_optional(tx.conn()?)
    .await
}

/// A line of an appointment's history.
pub(crate) struct HistoryRow {
    pub at: Instant,
    pub action: String,
    pub starts_at: Instant,
    pub ends_at: Instant,
    pub by_team: bool,
    pub resources: Vec<String>,
}

/// How an appointment came to be as it is, the latest first.
pub(crate) async fn list_history(tx: &mut impl TenantConn, id: AppointmentId) -> Result<Vec<HistoryRow>, sqlx::Error> {
    sqlx::query_as!(
        HistoryRow,
        r#"select h.at, h.action, h.starts_at, h.ends_at,
                  (h.actor is not null and h.actor is distinct from cu.user_id) as "by_team!",
                  coalesce((select array_agg(r.name order by r.position, r.name) from resource r
                            where r.id = any (h.resource_ids)), '{}') as "resources!"
           from appointment_history h
           join appointment a on a.id = h.appointment_id
           join customer cu on cu.id = a.customer_id
           where h.appointment_id = $1 order by h.version desc limit 50"#,
        id.0
    )
    .fetch_all(tx.conn()?)
    .await
}

/// A request that waits for an answer.
pub(crate) struct PendingRow {
    pub id: Uuid,
    pub service: String,
    pub customer: String,
    pub starts_at: Instant,
    pub ends_at: Instant,
    pub holds: bool,
}

/// The requests that wait for an answer, by their start.
pub(crate) async fn list_pending(
    tx: &mut impl TenantConn,
    now: Timestamp,
    most: i64,
) -> Result<Vec<PendingRow>, sqlx::Error> {
    sqlx::query_as!(
        PendingRow,
        "select a.id, s.name as service, a.contact_name as customer, a.starts_at, a.ends_at, a.holds
         from appointment a join service s on s.id = a.service_id
         where a.status = 'PENDING' and a.ends_at > $1 order by a.starts_at, a.id limit $2",
        Instant::from(now) as Instant,
        most
    )
    .fetch_all(tx.conn()?)
    .await
}

/// Whose calendars some resources are.
pub(crate) async fn list_owners(
    tx: &mut impl TenantConn,
    resources: &[Uuid],
) -> Result<Vec<Option<Uuid>>, sqlx::Error> {
    sqlx::query_scalar!("select user_id from resource where id = any($1)", resources).fetch_all(tx.conn()?).await
}

/// Takes the appointment's row until the transaction ends; tells its version.
pub(crate) async fn lock_appointment(tx: &mut TenantTx, id: AppointmentId) -> Result<Option<i32>, sqlx::Error> {
    sqlx::query_scalar!("select version from appointment where id = $1 for no key update", id.0)
        .fetch_optional(tx.conn()?)
        .await
}

/// Gives an appointment another time. Tells its new version.
pub(crate) async fn update_times(
    tx: &mut TenantTx,
    _allowed: Allowed<'_>,
    id: AppointmentId,
    from: Timestamp,
    to: Timestamp,
) -> Result<i32, sqlx::Error> {
    sqlx::query_scalar!(
        "update appointment set starts_at = $2, ends_at = $3, version = version + 1 where id = $1 returning version",
        id.0,
        Instant::from(from) as Instant,
        Instant::from(to) as Instant,
    )
    .fetch_one(tx.conn()?)
    .await
}

/// How many appointments were booked since an instant.
pub(crate) async fn count_booked_since(tx: &mut impl TenantConn, since: Timestamp) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from appointment where created_at >= $1"#,
        Instant::from(since) as Instant
    )
    .fetch_one(tx.conn()?)
    .await
}
