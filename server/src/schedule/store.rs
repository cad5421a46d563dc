//! SQL of the calendar: resources, their hours, what they are claimed for, and moves.

use crate::tenancy::{Instant, TenantConn, TenantTx};
use domain::{
    ids::{AppointmentId, ResourceId, ServiceId},
    policy::{BookOnline, MoveAppointment, Permit},
};
use jiff::Timestamp;
use uuid::Uuid;

/// A resource with its weekly hours, as three lists of the same length.
pub(crate) struct ResourceRow {
    pub id: Uuid,
    pub name: String,
    pub kind: String,
    pub timezone: Option<String>,
    pub user_id: Option<Uuid>,
    pub weekdays: Vec<i16>,
    pub from_minutes: Vec<i16>,
    pub to_minutes: Vec<i16>,
}

/// All resources, in the tenant's order.
pub(crate) async fn list_resources(tx: &mut impl TenantConn) -> Result<Vec<ResourceRow>, sqlx::Error> {
    sqlx::query_as!(
        ResourceRow,
        r#"select r.id, r.name, r.kind, r.timezone, r.user_id,
                  coalesce(array_agg(h.weekday order by h.weekday, h.from_minute) filter (where h.weekday is not null), '{}') as "weekdays!",
                  coalesce(array_agg(h.from_minute order by h.weekday, h.from_minute) filter (where h.weekday is not null), '{}') as "from_minutes!",
                  coalesce(array_agg(h.to_minute order by h.weekday, h.from_minute) filter (where h.weekday is not null), '{}') as "to_minutes!"
           from resource r left join weekly_hours h on h.resource_id = r.id
           group by r.id order by r.position, r.name, r.id"#
    )
    .fetch_all(tx.conn()?)
    .await
}

/// Which resources a service asks for: one row a pool and resource, in the tenant's order.
pub(crate) struct NeedRow {
    pub service_id: Uuid,
    pub need: i16,
    pub count: i16,
    pub resource_id: Uuid,
}

/// What one service asks for.
pub(crate) async fn list_needs(tx: &mut impl TenantConn, service: ServiceId) -> Result<Vec<NeedRow>, sqlx::Error> {
    sqlx::query_as!(
        NeedRow,
        "select n.service_id, n.need, n.count, r.id as resource_id
         from service_need n
         join service_need_resource nr on nr.service_id = n.service_id and nr.need = n.need
         join resource r on r.id = nr.resource_id
         where n.service_id = $1
         order by n.need, r.position, r.name, r.id",
        service.0
    )
    .fetch_all(tx.conn()?)
    .await
}

/// What all services ask for.
pub(crate) async fn list_all_needs(tx: &mut impl TenantConn) -> Result<Vec<NeedRow>, sqlx::Error> {
    sqlx::query_as!(
        NeedRow,
        "select n.service_id, n.need, n.count, nr.resource_id
         from service_need n
         join service_need_resource nr on nr.service_id = n.service_id and nr.need = n.need"
    )
    .fetch_all(tx.conn()?)
    .await
}

/// A span that is taken.
pub(crate) struct ClaimRow {
    /// Whose it is; a hold is nobody's appointment yet.
    pub appointment_id: Option<Uuid>,
    pub resource_id: Uuid,
    pub unit: i16,
    pub starts_at: Instant,
    pub ends_at: Instant,
    pub buffer_before: i32,
    pub buffer_after: i32,
}

/// What resources are claimed for within a span; holds that are over claim nothing any more.
pub(crate) async fn list_claims(
    tx: &mut impl TenantConn,
    resources: &[Uuid],
    from: Timestamp,
    to: Timestamp,
    now: Timestamp,
) -> Result<Vec<ClaimRow>, sqlx::Error> {
    sqlx::query_as!(
        ClaimRow,
        r#"select c.appointment_id, c.resource_id, c.unit, lower(c.during) as "starts_at!", upper(c.during) as "ends_at!",
                  c.buffer_before, c.buffer_after
           from claim c
           where c.resource_id = any($1) and c.during && tstzrange($2, $3)
             and (c.hold_id is null or exists (select from hold h where h.id = c.hold_id and h.expires_at > $4))
           order by lower(c.during)"#,
        resources,
        Instant::from(from) as Instant,
        Instant::from(to) as Instant,
        Instant::from(now) as Instant,
    )
    .fetch_all(tx.conn()?)
    .await
}

/// Takes turns with everybody else who writes to these resources. In the order of their ids, so that two who need the
/// same ones cannot wait for each other.
pub(crate) async fn lock_resources(tx: &mut TenantTx, resources: &[Uuid]) -> Result<(), sqlx::Error> {
    sqlx::query!("select id from resource where id = any($1) order by id for no key update", resources)
        .fetch_all(tx.conn()?)
        .await
        .map(|_| ())
}

/// Claims a span of a resource. The exclusion constraint `claim_no_overlap` refuses what overlaps.
pub(crate) async fn insert_claim(
    tx: &mut TenantTx,
    _permit: &Permit<BookOnline>,
    appointment: AppointmentId,
    resource: ResourceId,
    from: Timestamp,
    to: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into claim (appointment_id, resource_id, during) values ($1, $2, tstzrange($3, $4))",
        appointment.0,
        resource.0,
        Instant::from(from) as Instant,
        Instant::from(to) as Instant,
    )
    .execute(tx.conn()?)
    .await
    .map(|_| ())
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
                  a.contact_name as customer, s.name as service, a.status, s.hue
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
    pub starts_at: Instant,
    pub ends_at: Instant,
    pub contact_name: String,
    pub contact_phone: Option<String>,
    pub email: String,
    pub notes: String,
    pub price_minor: Option<i64>,
    pub currency: String,
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
        r#"select a.reference, a.version, a.service_id, s.name as service, a.status, a.starts_at, a.ends_at,
                  a.contact_name, a.contact_phone, cu.email, a.notes, a.price_minor, b.currency,
                  coalesce(array_agg(r.id order by r.position, r.name, r.id) filter (where r.id is not null), '{}') as "resource_ids!",
                  coalesce(array_agg(r.name order by r.position, r.name, r.id) filter (where r.id is not null), '{}') as "resource_names!"
           from appointment a
           cross join business b
           join service s on s.id = a.service_id
           join customer cu on cu.id = a.customer_id
           left join claim c on c.appointment_id = a.id
           left join resource r on r.id = c.resource_id
           where a.id = $1
           group by a.id, s.id, cu.id, b.only_row"#,
        id.0
    )
    .fetch_optional(tx.conn()?)
    .await
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
    _permit: &Permit<MoveAppointment>,
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

/// Moves a claim to another time, resource, or both. The exclusion constraint refuses what overlaps.
pub(crate) async fn update_claim(
    tx: &mut TenantTx,
    _permit: &Permit<MoveAppointment>,
    id: AppointmentId,
    leaving: ResourceId,
    reaching: ResourceId,
    from: Timestamp,
    to: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update claim set resource_id = $3, during = tstzrange($4, $5) where appointment_id = $1 and resource_id = $2",
        id.0,
        leaving.0,
        reaching.0,
        Instant::from(from) as Instant,
        Instant::from(to) as Instant,
    )
    .execute(tx.conn()?)
    .await
    .map(|_| ())
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
