//! SQL of what the team books for customers.

use crate::{
    claims::Allowed,
    tenancy::{Instant, TenantConn, TenantTx},
};
use domain::{
    ids::{CustomerId, ServiceId},
    text::Email,
};
use uuid::Uuid;

/// A service that can be booked, online or not.
pub(crate) struct ServiceRow {
    pub id: Uuid,
    pub name: String,
    pub minutes: i32,
}

/// The services in use, in the tenant's order.
pub(crate) async fn list_services(tx: &mut impl TenantConn) -> Result<Vec<ServiceRow>, sqlx::Error> {
    sqlx::query_as!(
        ServiceRow,
        "select id, name, minutes from service where archived_at is null order by position, name, id"
    )
    .fetch_all(tx.conn()?)
    .await
}

/// Whether a service is in use.
pub(crate) async fn is_in_use(tx: &mut impl TenantConn, id: ServiceId) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select exists (select from service where id = $1 and archived_at is null) as "found!""#,
        id.0
    )
    .fetch_one(tx.conn()?)
    .await
}

/// A customer, as the team chooses one.
pub(crate) struct CustomerRow {
    pub id: Uuid,
    pub name: String,
    pub email: String,
    pub phone: Option<String>,
}

/// Customers by a part of name, address or number; with `of`, only those of appointments in that person's calendars.
pub(crate) async fn list_customers(
    tx: &mut impl TenantConn,
    search: &str,
    of: Option<Uuid>,
    most: i64,
) -> Result<Vec<CustomerRow>, sqlx::Error> {
    sqlx::query_as!(
        CustomerRow,
        r#"select c.id, c.name, c.email, c.phone
           from customer c
           where c.anonymised_at is null
             and (strpos(lower(c.name), lower($1)) > 0 or strpos(lower(c.email), lower($1)) > 0
                  or ($2 <> '' and strpos(regexp_replace(coalesce(c.phone, ''), '\D', '', 'g'), $2) > 0))
             and ($3::uuid is null or exists (
                 select from appointment a join claim cl on cl.appointment_id = a.id join resource r on r.id = cl.resource_id
                 where a.customer_id = c.id and r.user_id = $3))
           order by lower(c.name), c.id limit $4"#,
        search,
        search.chars().filter(char::is_ascii_digit).collect::<String>(),
        of,
        most
    )
    .fetch_all(tx.conn()?)
    .await
}

/// One customer; with `of`, only if of an appointment in that person's calendars.
pub(crate) async fn find_customer(
    tx: &mut impl TenantConn,
    id: CustomerId,
    of: Option<Uuid>,
) -> Result<Option<CustomerRow>, sqlx::Error> {
    sqlx::query_as!(
        CustomerRow,
        "select c.id, c.name, c.email, c.phone from customer c
         where c.id = $1 and c.anonymised_at is null
           and ($2::uuid is null or exists (
               select from appointment a join claim cl on cl.appointment_id = a.id join resource r on r.id = cl.resource_id
               where a.customer_id = c.id and r.user_id = $2))",
        id.0,
        of
    )
    .fetch_optional(tx.conn()?)
    .await
}

/// Adds a customer, or finds the one with the address. One without an address has a key that is no address.
pub(crate) async fn find_or_insert_customer(
    tx: &mut TenantTx,
    _allowed: Allowed<'_>,
    name: &str,
    email: Option<&Email>,
    phone: Option<&str>,
) -> Result<CustomerId, sqlx::Error> {
    let id = Uuid::now_v7();
    sqlx::query_scalar!(
        "insert into customer (id, name, email, email_key, phone) values ($1, $2, $3, $4, $5)
         on conflict (email_key) do update set email_key = excluded.email_key
         returning id",
        id,
        name,
        email.map_or("", Email::as_str),
        email.map_or_else(|| format!("also:{id}"), Email::key),
        phone
    )
    .fetch_one(tx.conn()?)
    .await
    .map(CustomerId)
}

/// Who is in the way, and when.
pub(crate) struct InTheWayRow {
    pub id: Uuid,
    pub customer: String,
    pub starts_at: Instant,
    pub ends_at: Instant,
}

/// Some appointments, as a reason names them.
pub(crate) async fn list_in_the_way(
    tx: &mut impl TenantConn,
    appointments: &[Uuid],
) -> Result<Vec<InTheWayRow>, sqlx::Error> {
    sqlx::query_as!(
        InTheWayRow,
        "select id, contact_name as customer, starts_at, ends_at from appointment where id = any($1)",
        appointments
    )
    .fetch_all(tx.conn()?)
    .await
}
