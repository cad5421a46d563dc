//! SQL of effects: what a change could touch.

use crate::tenancy::{Instant, TenantConn};
use jiff::Timestamp;
use uuid::Uuid;

/// The services in use: one, those that can use a resource, or all.
pub(super) async fn list_services(
    tx: &mut impl TenantConn,
    service: Option<Uuid>,
    resource: Option<Uuid>,
) -> Result<Vec<Uuid>, sqlx::Error> {
    sqlx::query_scalar!(
        "select s.id from service s
         where s.archived_at is null and ($1::uuid is null or s.id = $1)
           and ($2::uuid is null or exists (select from service_need_resource n
                                            where n.service_id = s.id and n.resource_id = $2))
         order by s.position, s.name, s.id",
        service,
        resource
    )
    .fetch_all(tx.conn()?)
    .await
}

/// What an appointment to come holds on a resource.
pub(super) struct HeldRow {
    pub appointment_id: Uuid,
    pub resource_id: Uuid,
    pub starts_at: Instant,
    pub ends_at: Instant,
    pub buffer_before: i32,
    pub buffer_after: i32,
    pub service: String,
    pub customer: String,
}

/// What the appointments to come hold, by their start: of a service, on a resource, or all; at most of so many.
pub(super) async fn list_held(
    tx: &mut impl TenantConn,
    service: Option<Uuid>,
    resource: Option<Uuid>,
    now: Timestamp,
    most: i64,
) -> Result<Vec<HeldRow>, sqlx::Error> {
    sqlx::query_as!(
        HeldRow,
        "select a.id as appointment_id, c.resource_id, a.starts_at, a.ends_at, c.buffer_before, c.buffer_after,
                s.name as service, a.contact_name as customer
         from (select id, service_id, starts_at, ends_at, contact_name from appointment
               where starts_at > $3 and status in ('PENDING', 'CONFIRMED') and ($1::uuid is null or service_id = $1)
                 and ($2::uuid is null or id in (select appointment_id from claim where resource_id = $2))
               order by starts_at, id limit $4) a
         join claim c on c.appointment_id = a.id and ($2::uuid is null or c.resource_id = $2)
         join service s on s.id = a.service_id
         order by a.starts_at, a.id, c.resource_id",
        service,
        resource,
        Instant::from(now) as Instant,
        most
    )
    .fetch_all(tx.conn()?)
    .await
}

/// An appointment that counts against its service's limits.
pub(super) struct CountedRow {
    pub id: Uuid,
    pub starts_at: Instant,
    pub ends_at: Instant,
}

/// What counts against the limits of a service from an instant on.
pub(super) async fn list_counted(
    tx: &mut impl TenantConn,
    service: Uuid,
    since: Timestamp,
) -> Result<Vec<CountedRow>, sqlx::Error> {
    sqlx::query_as!(
        CountedRow,
        "select id, starts_at, ends_at from appointment
         where service_id = $1 and starts_at >= $2
           and (status in ('CONFIRMED', 'COMPLETED', 'NO_SHOW') or (status = 'PENDING' and holds))
         order by starts_at, id limit 5000",
        service,
        Instant::from(since) as Instant
    )
    .fetch_all(tx.conn()?)
    .await
}
