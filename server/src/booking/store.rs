//! SQL of bookings: services, customers, appointments.

use crate::tenancy::{Instant, TenantConn, TenantTx};
use domain::{
    booking::Contact,
    ids::{AppointmentId, CustomerId, ServiceId},
    policy::{BookOnline, Permit},
};
use jiff::Timestamp;
use uuid::Uuid;

/// A service, with what the business says of money and weeks.
pub(crate) struct ServiceRow {
    pub id: Uuid,
    pub name: String,
    pub description: String,
    pub minutes: i32,
    pub step: i32,
    pub notice_minutes: i32,
    pub horizon_days: i32,
    pub price_minor: Option<i64>,
    pub hue: String,
    pub currency: String,
    pub week_start: i16,
    pub tagline: String,
}

/// What can be booked online, in the tenant's order.
pub(crate) async fn list_online_services(tx: &mut impl TenantConn) -> Result<Vec<ServiceRow>, sqlx::Error> {
    sqlx::query_as!(
        ServiceRow,
        "select s.id, s.name, s.description, s.minutes, s.step, s.notice_minutes, s.horizon_days, s.price_minor, s.hue,
                b.currency, b.week_start, b.tagline
         from service s cross join business b where s.is_online order by s.position, s.name, s.id"
    )
    .fetch_all(tx.conn()?)
    .await
}

/// One service that can be booked online.
pub(crate) async fn find_online_service(
    tx: &mut impl TenantConn,
    id: ServiceId,
) -> Result<Option<ServiceRow>, sqlx::Error> {
    sqlx::query_as!(
        ServiceRow,
        "select s.id, s.name, s.description, s.minutes, s.step, s.notice_minutes, s.horizon_days, s.price_minor, s.hue,
                b.currency, b.week_start, b.tagline
         from service s cross join business b where s.id = $1 and s.is_online",
        id.0
    )
    .fetch_optional(tx.conn()?)
    .await
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

/// An appointment to be added.
pub(crate) struct NewAppointment<'a> {
    pub id: AppointmentId,
    pub reference: &'a str,
    pub service: ServiceId,
    pub customer: CustomerId,
    pub contact: &'a Contact,
    pub from: Timestamp,
    pub to: Timestamp,
    pub price_minor: Option<i64>,
    pub form_token: Uuid,
}

/// Adds a confirmed appointment; its claims follow in the same transaction.
pub(crate) async fn insert_appointment(
    tx: &mut TenantTx,
    _permit: &Permit<BookOnline>,
    new: &NewAppointment<'_>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into appointment (id, reference, service_id, customer_id, contact_name, contact_phone, notes, status,
                                  starts_at, ends_at, price_minor, form_token)
         values ($1, $2, $3, $4, $5, $6, $7, 'CONFIRMED', $8, $9, $10, $11)",
        new.id.0,
        new.reference,
        new.service.0,
        new.customer.0,
        new.contact.name,
        new.contact.phone,
        new.contact.notes,
        Instant::from(new.from) as Instant,
        Instant::from(new.to) as Instant,
        new.price_minor,
        new.form_token
    )
    .execute(tx.conn()?)
    .await
    .map(|_| ())
}
