//! SQL of bookings: services, customers, appointments.

use crate::{
    claims::Allowed,
    tenancy::{Instant, TenantConn, TenantTx},
};
use domain::{
    booking::{AppointmentStatus, Contact},
    ids::{AppointmentId, CustomerId, ServiceId, UserId},
    policy::{BookOnline, Permit},
};
use jiff::Timestamp;
use sqlx::types::Json;
use uuid::Uuid;

/// A service as the public page lists it, with what the business says of itself.
pub(crate) struct ServiceRow {
    pub id: Uuid,
    pub name: String,
    pub description: String,
    pub category: String,
    pub minutes: i32,
    pub price_minor: Option<i64>,
    pub hue: String,
    pub currency: String,
}

/// What can be booked online, in the tenant's order.
pub(crate) async fn list_online_services(tx: &mut impl TenantConn) -> Result<Vec<ServiceRow>, sqlx::Error> {
    sqlx::query_as!(
        ServiceRow,
        "select s.id, s.name, s.description, s.category, s.minutes, s.price_minor, s.hue, b.currency
         from service s cross join business b where s.is_online and s.archived_at is null
         order by s.position, s.name, s.id"
    )
    .fetch_all(tx.conn()?)
    .await
}

/// What a business says of itself on its public page.
pub(crate) struct BusinessRow {
    pub tagline: String,
    pub about: String,
    pub contact_email: Option<String>,
    pub contact_phone: Option<String>,
    pub address: String,
}

/// What the business says of itself.
pub(crate) async fn find_business(tx: &mut impl TenantConn) -> Result<BusinessRow, sqlx::Error> {
    sqlx::query_as!(BusinessRow, "select tagline, about, contact_email, contact_phone, address from business")
        .fetch_one(tx.conn()?)
        .await
}

/// A service with all its rules and needs, and what the business says where the service says nothing.
pub(crate) struct OfferRow {
    pub id: Uuid,
    pub name: String,
    pub description: String,
    pub category: String,
    pub is_online: bool,
    pub minutes: i32,
    pub step: i32,
    pub grid: String,
    pub buffer_before: i32,
    pub buffer_after: i32,
    pub notice_minutes: i32,
    pub horizon_days: i32,
    pub price_minor: Option<i64>,
    pub hue: String,
    pub needs_approval: bool,
    pub pending_holds: bool,
    pub cancel_minutes: i32,
    pub reschedule_minutes: i32,
    pub currency: String,
    pub week_start: i16,
    /// Number of the need, how many, and one of its pool; an empty pool has one row without a resource.
    pub needs: Json<Vec<(i16, i16, Option<Uuid>)>>,
    /// Over what, of what, how much.
    pub limits: Json<Vec<(String, String, i32)>>,
}

/// One service, offered online or not, unless it is archived: `is_online` says that.
pub(crate) async fn find_offer(tx: &mut impl TenantConn, id: ServiceId) -> Result<Option<OfferRow>, sqlx::Error> {
    sqlx::query_as!(
        OfferRow,
        r#"select s.id, s.name, s.description, s.category, (s.is_online and s.archived_at is null) as "is_online!",
                  s.minutes, s.step, s.grid, s.buffer_before, s.buffer_after, s.notice_minutes, s.horizon_days,
                  s.price_minor, s.hue, s.needs_approval, s.pending_holds,
                  coalesce(s.cancel_minutes, b.cancel_minutes) as "cancel_minutes!",
                  coalesce(s.reschedule_minutes, b.reschedule_minutes) as "reschedule_minutes!",
                  b.currency, b.week_start,
                  coalesce((select jsonb_agg(jsonb_build_array(n.need, n.count, r.id) order by n.need, r.position, r.name, r.id)
                            from service_need n
                            left join service_need_resource nr on nr.service_id = n.service_id and nr.need = n.need
                            left join resource r on r.id = nr.resource_id and r.archived_at is null
                            where n.service_id = s.id), '[]') as "needs!: Json<Vec<(i16, i16, Option<Uuid>)>>",
                  coalesce((select jsonb_agg(jsonb_build_array(l.per, l.kind, l.most) order by l.per, l.kind)
                            from service_limit l where l.service_id = s.id), '[]')
                      as "limits!: Json<Vec<(String, String, i32)>>"
           from service s cross join business b where s.id = $1"#,
        id.0
    )
    .fetch_optional(tx.conn()?)
    .await
}

/// The starts and lengths of what counts against a service's limits, between two instants.
pub(crate) async fn list_counted(
    tx: &mut impl TenantConn,
    service: ServiceId,
    from: Timestamp,
    to: Timestamp,
    without: Option<AppointmentId>,
) -> Result<Vec<(Timestamp, i32)>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select starts_at as "starts_at: Instant", (extract(epoch from ends_at - starts_at) / 60)::integer as "minutes!"
           from appointment
           where service_id = $1 and starts_at >= $2 and starts_at < $3 and id is distinct from $4
             and (status in ('CONFIRMED', 'COMPLETED', 'NO_SHOW') or (status = 'PENDING' and holds))"#,
        service.0,
        Instant::from(from) as Instant,
        Instant::from(to) as Instant,
        without.map(|id| id.0)
    )
    .fetch_all(tx.conn()?)
    .await?;
    Ok(rows.into_iter().map(|row| (row.starts_at.to_jiff(), row.minutes)).collect())
}

/// The appointment that a form has made already.
pub(crate) async fn find_by_form(tx: &mut impl TenantConn, token: Uuid) -> Result<Option<AppointmentId>, sqlx::Error> {
    let found = sqlx::query_scalar!("select id from appointment where form_token = $1", token);
    found.fetch_optional(tx.conn()?).await.map(|id| id.map(AppointmentId))
}

/// The customer with this address, added if need be. One who is there keeps name and number: whoever types an
/// address has not shown that it is theirs.
pub(crate) async fn find_or_insert_customer(
    tx: &mut TenantTx,
    _permit: &Permit<BookOnline>,
    contact: &Contact,
) -> Result<CustomerId, sqlx::Error> {
    sqlx::query_scalar!(
        "insert into customer (id, name, email, email_key, phone) values ($1, $2, $3, $4, $5)
         on conflict (email_key) do update set email_key = excluded.email_key
         returning id",
        Uuid::now_v7(),
        contact.name,
        contact.email.as_str(),
        contact.email.key(),
        contact.phone
    )
    .fetch_one(tx.conn()?)
    .await
    .map(CustomerId)
}

/// An appointment to be added, with what is promised with it.
pub(crate) struct NewAppointment<'a> {
    pub id: AppointmentId,
    pub reference: &'a str,
    pub service: &'a OfferRow,
    pub customer: CustomerId,
    /// As typed for this booking.
    pub name: &'a str,
    pub phone: Option<&'a str>,
    pub notes: &'a str,
    pub status: AppointmentStatus,
    pub holds: bool,
    pub from: Timestamp,
    pub to: Timestamp,
    pub form_token: Uuid,
    /// By whom: `PAGE`, `STAFF`.
    pub source: &'static str,
    pub now: Timestamp,
}

/// Adds an appointment; its claims follow in the same transaction.
pub(crate) async fn insert_appointment(
    tx: &mut TenantTx,
    _allowed: Allowed<'_>,
    new: &NewAppointment<'_>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into appointment (id, reference, service_id, customer_id, contact_name, contact_phone, notes, status, holds,
                                  starts_at, ends_at, price_minor, form_token, buffer_before, buffer_after,
                                  cancel_minutes, reschedule_minutes, created_at, source)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)",
        new.id.0,
        new.reference,
        new.service.id,
        new.customer.0,
        new.name,
        new.phone,
        new.notes,
        new.status.as_str(),
        new.holds,
        Instant::from(new.from) as Instant,
        Instant::from(new.to) as Instant,
        new.service.price_minor,
        new.form_token,
        new.service.buffer_before,
        new.service.buffer_after,
        new.service.cancel_minutes,
        new.service.reschedule_minutes,
        Instant::from(new.now) as Instant,
        new.source,
    )
    .execute(tx.conn()?)
    .await
    .map(|_| ())
}

/// Writes down how an appointment came to be as it is now, and tells those who look at the calendar; `resources` is what it holds, or held until now.
pub(crate) async fn insert_history(
    tx: &mut TenantTx,
    _allowed: Allowed<'_>,
    id: AppointmentId,
    action: &str,
    actor: Option<UserId>,
    resources: &[Uuid],
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    crate::live::store::tell(tx, id.0).await?;
    sqlx::query!(
        "insert into appointment_history (appointment_id, version, at, actor, action, status, starts_at, ends_at, resource_ids)
         select id, version, $2, $3, $4, status, starts_at, ends_at, $5 from appointment where id = $1",
        id.0,
        Instant::from(now) as Instant,
        actor.map(|user| user.0),
        action,
        resources
    )
    .execute(tx.conn()?)
    .await
    .map(|_| ())
}

/// Gives an appointment another status. Tells its new version.
pub(crate) async fn update_status(
    tx: &mut TenantTx,
    _allowed: Allowed<'_>,
    id: AppointmentId,
    status: AppointmentStatus,
    holds: bool,
) -> Result<i32, sqlx::Error> {
    sqlx::query_scalar!(
        "update appointment set status = $2, holds = $3, version = version + 1 where id = $1 returning version",
        id.0,
        status.as_str(),
        holds
    )
    .fetch_one(tx.conn()?)
    .await
}

/// Who called an appointment off, when, and why.
pub(crate) struct Cancelled<'a> {
    pub by: &'static str,
    pub at: Timestamp,
    pub reason: Option<&'a str>,
}

/// Calls an appointment off. Tells its new version.
pub(crate) async fn update_cancelled(
    tx: &mut TenantTx,
    _allowed: Allowed<'_>,
    id: AppointmentId,
    cancelled: &Cancelled<'_>,
) -> Result<i32, sqlx::Error> {
    sqlx::query_scalar!(
        "update appointment set status = 'CANCELLED', holds = false, cancelled_by = $2, cancelled_at = $3,
                cancel_reason = $4, version = version + 1
         where id = $1 returning version",
        id.0,
        cancelled.by,
        Instant::from(cancelled.at) as Instant,
        cancelled.reason
    )
    .fetch_one(tx.conn()?)
    .await
}

/// A time that a form keeps.
pub(crate) struct HoldRow {
    pub service_id: Uuid,
    pub starts_at: Instant,
    pub expires_at: Instant,
    pub resource_ids: Vec<Uuid>,
}

/// What the form with this token keeps. Also when its time is over, as long as nobody has taken it.
pub(crate) async fn find_hold(tx: &mut impl TenantConn, token: Uuid) -> Result<Option<HoldRow>, sqlx::Error> {
    sqlx::query_as!(
        HoldRow,
        r#"select h.service_id, h.starts_at, h.expires_at,
                  coalesce((select array_agg(c.resource_id) from claim c where c.hold_id = h.id), '{}') as "resource_ids!"
           from hold h where h.token = $1"#,
        token
    )
    .fetch_optional(tx.conn()?)
    .await
}

/// Gives a kept time free.
pub(crate) async fn delete_hold(
    tx: &mut TenantTx,
    _permit: &Permit<BookOnline>,
    token: Uuid,
) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from hold where token = $1", token).execute(tx.conn()?).await.map(|_| ())
}

/// Gives free all but the latest times that somebody keeps.
pub(crate) async fn delete_older_holds(
    tx: &mut TenantTx,
    _permit: &Permit<BookOnline>,
    client: &[u8],
    keep: i64,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "delete from hold where id in (select id from hold where client = $1 order by expires_at desc, id offset $2)",
        client,
        keep
    )
    .execute(tx.conn()?)
    .await
    .map(|_| ())
}

/// A time to keep.
pub(crate) struct NewHold<'a> {
    pub id: Uuid,
    pub service: ServiceId,
    pub token: Uuid,
    pub client: &'a [u8],
    pub from: Timestamp,
    pub to: Timestamp,
    pub until: Timestamp,
}

/// Keeps a time; its claims follow in the same transaction.
pub(crate) async fn insert_hold(
    tx: &mut TenantTx,
    _permit: &Permit<BookOnline>,
    new: &NewHold<'_>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into hold (id, service_id, token, client, starts_at, ends_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7)",
        new.id,
        new.service.0,
        new.token,
        new.client,
        Instant::from(new.from) as Instant,
        Instant::from(new.to) as Instant,
        Instant::from(new.until) as Instant,
    )
    .execute(tx.conn()?)
    .await
    .map(|_| ())
}
