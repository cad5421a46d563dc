//! SQL of the own area: customers who have a login, and their appointments.

use crate::tenancy::{Instant, TenantConn, TenantTx};
use domain::{
    actor::Person,
    ids::{AppointmentId, CustomerId, UserId},
    own::{DELETED_ADDRESS, DELETED_NAME},
    policy::{AnonymiseCustomer, DeleteOwnData, EditOwnProfile, Permit, ViewOwnArea},
};
use jiff::Timestamp;
use uuid::Uuid;

/// A customer with a login.
pub(crate) struct CustomerRow {
    pub id: Uuid,
    pub name: String,
    pub email: String,
    pub phone: Option<String>,
    pub version: i32,
    pub created_at: Instant,
}

/// The customer of a login.
pub(crate) async fn find_by_user(tx: &mut impl TenantConn, user: UserId) -> Result<Option<CustomerRow>, sqlx::Error> {
    sqlx::query_as!(
        CustomerRow,
        "select id, name, email, phone, version, created_at from customer where user_id = $1",
        user.0
    )
    .fetch_optional(tx.conn()?)
    .await
}

/// Which customer, and whose login.
pub(crate) struct KeyRow {
    pub id: Uuid,
    pub user_id: Option<Uuid>,
}

/// The customer of a login, held until the transaction ends.
pub(crate) async fn lock_by_user(tx: &mut TenantTx, user: UserId) -> Result<Option<KeyRow>, sqlx::Error> {
    sqlx::query_as!(KeyRow, "select id, user_id from customer where user_id = $1 for update", user.0)
        .fetch_optional(tx.conn()?)
        .await
}

/// The customer of an address, held until the transaction ends.
pub(crate) async fn lock_by_key(tx: &mut TenantTx, email_key: &str) -> Result<Option<KeyRow>, sqlx::Error> {
    sqlx::query_as!(KeyRow, "select id, user_id from customer where email_key = $1 for update", email_key)
        .fetch_optional(tx.conn()?)
        .await
}

/// Gives a customer a login.
pub(crate) async fn set_user(
    tx: &mut TenantTx,
    _permit: &Permit<ViewOwnArea>,
    id: CustomerId,
    user: UserId,
) -> Result<(), sqlx::Error> {
    sqlx::query!("update customer set user_id = $2, version = version + 1 where id = $1", id.0, user.0)
        .execute(tx.conn()?)
        .await
        .map(|_| ())
}

/// Adds a customer who has a login, and has booked nothing yet.
pub(crate) async fn insert(
    tx: &mut TenantTx,
    _permit: &Permit<ViewOwnArea>,
    id: CustomerId,
    person: &Person,
    email_key: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into customer (id, name, email, email_key, user_id) values ($1, $2, $3, $4, $5)",
        id.0,
        person.name,
        person.email,
        email_key,
        person.user.0
    )
    .execute(tx.conn()?)
    .await
    .map(|_| ())
}

/// Gives a customer the address that the login has proven.
pub(crate) async fn set_email(
    tx: &mut TenantTx,
    _permit: &Permit<ViewOwnArea>,
    id: CustomerId,
    email: &str,
    email_key: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update customer set email = $2, email_key = $3, version = version + 1 where id = $1",
        id.0,
        email,
        email_key
    )
    .execute(tx.conn()?)
    .await
    .map(|_| ())
}

/// What a customer without a login has booked becomes another's, who has proven the same address; the team's notes go along.
pub(crate) async fn merge(
    tx: &mut TenantTx,
    _permit: &Permit<ViewOwnArea>,
    into: CustomerId,
    from: CustomerId,
) -> Result<(), sqlx::Error> {
    sqlx::query!("update appointment set customer_id = $1 where customer_id = $2", into.0, from.0)
        .execute(tx.conn()?)
        .await?;
    sqlx::query!(
        "update customer c set notes = left(concat_ws(E'\\n', nullif(c.notes, ''), nullif(f.notes, '')), 2000)
         from customer f where c.id = $1 and f.id = $2",
        into.0,
        from.0
    )
    .execute(tx.conn()?)
    .await?;
    sqlx::query!("delete from customer where id = $1", from.0).execute(tx.conn()?).await.map(|_| ())
}

/// Changes what a customer says of themselves. Tells whether it was still the version that they looked at.
pub(crate) async fn update_profile(
    tx: &mut TenantTx,
    _permit: &Permit<EditOwnProfile>,
    id: CustomerId,
    version: i32,
    name: &str,
    phone: Option<&str>,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "update customer set name = $3, phone = $4, version = version + 1 where id = $1 and version = $2",
        id.0,
        version,
        name,
        phone
    )
    .execute(tx.conn()?)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// An appointment of a customer.
pub(crate) struct OwnRow {
    pub id: Uuid,
    pub version: i32,
    pub service: String,
    pub status: String,
    pub starts_at: Instant,
    pub ends_at: Instant,
    pub cancel_minutes: i32,
    pub price_minor: Option<i64>,
    pub currency: String,
    pub resource_names: Vec<String>,
}

/// What is still to come, the next one first.
pub(crate) async fn list_upcoming(
    tx: &mut impl TenantConn,
    customer: CustomerId,
    now: Timestamp,
) -> Result<Vec<OwnRow>, sqlx::Error> {
    sqlx::query_as!(
        OwnRow,
        r#"select a.id, a.version, s.name as service, a.status, a.starts_at, a.ends_at, a.cancel_minutes, a.price_minor,
                  b.currency, coalesce(who.names, '{}') as "resource_names!"
           from appointment a
           cross join business b
           join service s on s.id = a.service_id
           left join lateral (
               select array_agg(r.name order by r.position, r.name, r.id) as names
               from resource r where r.id in (select c.resource_id from claim c where c.appointment_id = a.id)
           ) who on true
           where a.customer_id = $1 and a.status in ('PENDING', 'CONFIRMED') and a.ends_at > $2
           order by a.starts_at, a.id"#,
        customer.0,
        Instant::from(now) as Instant
    )
    .fetch_all(tx.conn()?)
    .await
}

/// What is over or called off, the latest first; after a place in that order, if one is given.
pub(crate) async fn list_past(
    tx: &mut impl TenantConn,
    customer: CustomerId,
    now: Timestamp,
    after: Option<(Timestamp, Uuid)>,
    most: i64,
) -> Result<Vec<OwnRow>, sqlx::Error> {
    let (at, id) = after.unzip();
    sqlx::query_as!(
        OwnRow,
        r#"select a.id, a.version, s.name as service, a.status, a.starts_at, a.ends_at, a.cancel_minutes, a.price_minor,
                  b.currency, coalesce(who.names, '{}') as "resource_names!"
           from appointment a
           cross join business b
           join service s on s.id = a.service_id
           left join lateral (
               select array_agg(r.name order by r.position, r.name, r.id) as names
               from resource r
               where r.id = any (coalesce(
                   (select array_agg(c.resource_id) from claim c where c.appointment_id = a.id),
                   (select h.resource_ids from appointment_history h
                    where h.appointment_id = a.id and cardinality(h.resource_ids) > 0 order by h.version desc limit 1)))
           ) who on true
           where a.customer_id = $1 and not (a.status in ('PENDING', 'CONFIRMED') and a.ends_at > $2)
             and ($3::timestamptz is null or (a.starts_at, a.id) < ($3, $4::uuid))
           order by a.starts_at desc, a.id desc limit $5"#,
        customer.0,
        Instant::from(now) as Instant,
        at.map(Instant::from) as Option<Instant>,
        id,
        most
    )
    .fetch_all(tx.conn()?)
    .await
}

/// An appointment with all that is stored of it and concerns its customer.
pub(crate) struct ExportRow {
    pub id: Uuid,
    pub reference: String,
    pub service: String,
    pub status: String,
    pub starts_at: Instant,
    pub ends_at: Instant,
    pub price_minor: Option<i64>,
    pub currency: String,
    pub contact_name: String,
    pub contact_phone: Option<String>,
    pub notes: String,
    pub source: String,
    pub created_at: Instant,
    pub cancelled_by: Option<String>,
    pub cancelled_at: Option<Instant>,
    pub cancel_reason: Option<String>,
}

/// All appointments of a customer, the earliest first.
pub(crate) async fn list_for_export(
    tx: &mut impl TenantConn,
    customer: CustomerId,
) -> Result<Vec<ExportRow>, sqlx::Error> {
    sqlx::query_as!(
        ExportRow,
        "select a.id, a.reference, s.name as service, a.status, a.starts_at, a.ends_at, a.price_minor, b.currency,
                a.contact_name, a.contact_phone, a.notes, a.source, a.created_at, a.cancelled_by, a.cancelled_at,
                a.cancel_reason
         from appointment a cross join business b join service s on s.id = a.service_id
         where a.customer_id = $1 order by a.starts_at, a.id",
        customer.0
    )
    .fetch_all(tx.conn()?)
    .await
}

/// What happened to one of a customer's appointments.
pub(crate) struct HistoryRow {
    pub appointment_id: Uuid,
    pub at: Instant,
    pub action: String,
    pub starts_at: Instant,
    pub ends_at: Instant,
    pub resource_names: Vec<String>,
}

/// What happened to all appointments of a customer, in order.
pub(crate) async fn list_history(
    tx: &mut impl TenantConn,
    customer: CustomerId,
) -> Result<Vec<HistoryRow>, sqlx::Error> {
    sqlx::query_as!(
        HistoryRow,
        r#"select h.appointment_id, h.at, h.action, h.starts_at, h.ends_at,
                  coalesce((select array_agg(r.name order by r.position, r.name, r.id)
                            from resource r where r.id = any(h.resource_ids)), '{}') as "resource_names!"
           from appointment_history h join appointment a on a.id = h.appointment_id
           where a.customer_id = $1 order by h.appointment_id, h.version"#,
        customer.0
    )
    .fetch_all(tx.conn()?)
    .await
}

/// All appointments of a customer.
pub(crate) async fn list_ids(
    tx: &mut impl TenantConn,
    customer: CustomerId,
) -> Result<Vec<AppointmentId>, sqlx::Error> {
    let ids = sqlx::query_scalar!("select id from appointment where customer_id = $1", customer.0);
    Ok(ids.fetch_all(tx.conn()?).await?.into_iter().map(AppointmentId).collect())
}

/// How many appointments of a customer are still to come.
pub(crate) async fn count_open(
    tx: &mut impl TenantConn,
    customer: CustomerId,
    now: Timestamp,
) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from appointment
           where customer_id = $1 and status in ('PENDING', 'CONFIRMED') and ends_at > $2"#,
        customer.0,
        Instant::from(now) as Instant
    )
    .fetch_one(tx.conn()?)
    .await
}

/// On what the deletion of a customer's data stands.
#[derive(Clone, Copy)]
pub(crate) enum MayErase<'a> {
    /// The customer wants it.
    Own(#[expect(dead_code, reason = "a proof, never read")] &'a Permit<DeleteOwnData>),
    /// The team does it.
    Team(#[expect(dead_code, reason = "a proof, never read")] &'a Permit<AnonymiseCustomer>),
}

/// Takes away all that names a customer: from the customer's own row, and from all appointments. The rows stay for the
/// business's books, and the address is one that nobody has.
pub(crate) async fn anonymise(
    tx: &mut TenantTx,
    _allowed: MayErase<'_>,
    id: CustomerId,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update customer
         set name = $2, email = id || $4, email_key = id || $4, phone = null, notes = '',
             user_id = null, anonymised_at = $3, version = version + 1
         where id = $1",
        id.0,
        DELETED_NAME,
        Instant::from(now) as Instant,
        DELETED_ADDRESS
    )
    .execute(tx.conn()?)
    .await?;
    sqlx::query!(
        "update appointment
         set contact_name = $2, contact_phone = null, notes = '', cancel_reason = null
         where customer_id = $1",
        id.0,
        DELETED_NAME
    )
    .execute(tx.conn()?)
    .await
    .map(|_| ())
}
