//! SQL of the list of appointments.

use crate::tenancy::{Instant, TenantConn};
use domain::{
    booking::AppointmentStatus,
    ids::{AppointmentId, UserId},
};
use jiff::Timestamp;
use uuid::Uuid;

/// What the list may be narrowed to; `None` is anything.
#[derive(Clone, Debug)]
pub(crate) struct Filter {
    /// Starts from this instant on,
    pub from: Timestamp,
    /// and before this one.
    pub to: Timestamp,
    pub resource: Option<Uuid>,
    pub service: Option<Uuid>,
    pub status: Option<AppointmentStatus>,
    /// Part of the customer's name, address or number, or of the reference.
    pub q: Option<String>,
    /// Only these.
    pub ids: Option<Vec<Uuid>>,
}

impl Filter {
    /// All appointments that start between two instants.
    pub fn between(from: Timestamp, to: Timestamp) -> Self {
        Self { from, to, resource: None, service: None, status: None, q: None, ids: None }
    }

    /// Some appointments, whenever they are.
    pub fn ids(ids: Vec<Uuid>) -> Self {
        Self { ids: Some(ids), ..Self::between(beginning(), end()) }
    }
}

/// Before all appointments, and within what the database knows of time.
pub(crate) fn beginning() -> Timestamp {
    Timestamp::from_second(-62_135_596_800).unwrap_or(Timestamp::MIN)
}

/// After all of them: 9000-01-01.
pub(crate) fn end() -> Timestamp {
    Timestamp::from_second(221_845_392_000).unwrap_or(Timestamp::MAX)
}

/// The place of a row in the order of the list.
pub(crate) type Key = (Timestamp, Uuid);

/// An appointment in a list.
pub(crate) struct Row {
    pub id: Uuid,
    pub version: i32,
    pub reference: String,
    pub status: String,
    pub holds: bool,
    pub starts_at: Instant,
    pub ends_at: Instant,
    pub customer: String,
    pub service: String,
    pub hue: String,
    pub price_minor: Option<i64>,
    /// What it holds, or last held.
    pub resource_ids: Vec<Uuid>,
    pub resource_names: Vec<String>,
    /// Whose calendars these are.
    pub owners: Vec<Option<Uuid>>,
}

impl Row {
    /// Where it stands.
    pub fn status(&self) -> AppointmentStatus {
        // The table holds no other word.
        AppointmentStatus::parse(&self.status).unwrap_or(AppointmentStatus::Cancelled)
    }

    /// Which appointment.
    pub fn id(&self) -> AppointmentId {
        AppointmentId(self.id)
    }

    /// Whose calendars it stands in.
    pub fn owners(&self) -> Vec<Option<UserId>> {
        self.owners.iter().map(|user| user.map(UserId)).collect()
    }

    /// Where it stands in the list.
    pub fn key(&self) -> Key {
        (self.starts_at.to_jiff(), self.id)
    }
}

/// Appointments by their start, the earliest first: those after a key.
///
/// The key stands there twice, since an index on the start alone begins at a start and not at a pair; and with whom they are is
/// looked up for those that are shown, not for all that were looked at.
pub(crate) async fn list_forward(
    tx: &mut impl TenantConn,
    filter: &Filter,
    after: Option<Key>,
    most: i64,
) -> Result<Vec<Row>, sqlx::Error> {
    let (at, id) = after.unwrap_or((filter.from, Uuid::nil()));
    sqlx::query_as!(
        Row,
        r#"select a.id, a.version, a.reference, a.status, a.holds, a.starts_at, a.ends_at, a.contact_name as customer,
                  s.name as service, s.hue, a.price_minor, coalesce(who.ids, '{}') as "resource_ids!",
                  coalesce(who.names, '{}') as "resource_names!", coalesce(who.owners, '{}') as "owners!: Vec<Option<Uuid>>"
           from (
               select a.id, a.version, a.reference, a.status, a.holds, a.starts_at, a.ends_at, a.contact_name, a.service_id,
                      a.price_minor
               from appointment a
               join customer cu on cu.id = a.customer_id
               where a.starts_at >= $1 and (a.starts_at, a.id) > ($1, $2) and a.starts_at >= $3 and a.starts_at < $4
                 and ($5::uuid is null
                      or exists (select from claim c where c.appointment_id = a.id and c.resource_id = $5)
                      or (not exists (select from claim c where c.appointment_id = a.id)
                          and $5 = any ((select h.resource_ids from appointment_history h
                                         where h.appointment_id = a.id and cardinality(h.resource_ids) > 0
                                         order by h.version desc limit 1)::uuid[])))
                 and ($6::uuid is null or a.service_id = $6)
                 and ($7::text is null or a.status = $7)
                 and ($8::text is null or strpos(lower(a.contact_name), lower($8)) > 0 or strpos(lower(cu.email), lower($8)) > 0
                      or strpos(replace(a.reference, '-', ''), replace(upper($8), '-', '')) > 0
                      or (length(regexp_replace($8, '\D', '', 'g')) >= 4
                          and strpos(regexp_replace(a.contact_phone, '\D', '', 'g'), regexp_replace($8, '\D', '', 'g')) > 0))
                 and ($9::uuid[] is null or a.id = any ($9))
               order by a.starts_at, a.id limit $10
           ) a
           join service s on s.id = a.service_id
           left join lateral (
               select array_agg(r.id order by r.position, r.name, r.id) as ids,
                      array_agg(r.name order by r.position, r.name, r.id) as names,
                      array_agg(r.user_id order by r.position, r.name, r.id) as owners
               from resource r
               where r.id = any (coalesce(
                   (select array_agg(c.resource_id) from claim c where c.appointment_id = a.id),
                   (select h.resource_ids from appointment_history h
                    where h.appointment_id = a.id and cardinality(h.resource_ids) > 0 order by h.version desc limit 1)))
           ) who on true
           order by a.starts_at, a.id"#,
        Instant::from(at) as Instant,
        id,
        Instant::from(filter.from) as Instant,
        Instant::from(filter.to) as Instant,
        filter.resource,
        filter.service,
        filter.status.map(AppointmentStatus::as_str),
        filter.q,
        filter.ids.as_deref(),
        most
    )
    .fetch_all(tx.conn()?)
    .await
}

/// The same, the latest first: those before a key.
pub(crate) async fn list_backward(
    tx: &mut impl TenantConn,
    filter: &Filter,
    before: Option<Key>,
    most: i64,
) -> Result<Vec<Row>, sqlx::Error> {
    let (at, id) = before.unwrap_or((filter.to, Uuid::nil()));
    sqlx::query_as!(
        Row,
        r#"select a.id, a.version, a.reference, a.status, a.holds, a.starts_at, a.ends_at, a.contact_name as customer,
                  s.name as service, s.hue, a.price_minor, coalesce(who.ids, '{}') as "resource_ids!",
                  coalesce(who.names, '{}') as "resource_names!", coalesce(who.owners, '{}') as "owners!: Vec<Option<Uuid>>"
           from (
               select a.id, a.version, a.reference, a.status, a.holds, a.starts_at, a.ends_at, a.contact_name, a.service_id,
                      a.price_minor
               from appointment a
               join customer cu on cu.id = a.customer_id
               where a.starts_at <= $1 and (a.starts_at, a.id) < ($1, $2) and a.starts_at >= $3 and a.starts_at < $4
                 and ($5::uuid is null
                      or exists (select from claim c where c.appointment_id = a.id and c.resource_id = $5)
                      or (not exists (select from claim c where c.appointment_id = a.id)
                          and $5 = any ((select h.resource_ids from appointment_history h
                                         where h.appointment_id = a.id and cardinality(h.resource_ids) > 0
                                         order by h.version desc limit 1)::uuid[])))
                 and ($6::uuid is null or a.service_id = $6)
                 and ($7::text is null or a.status = $7)
                 and ($8::text is null or strpos(lower(a.contact_name), lower($8)) > 0 or strpos(lower(cu.email), lower($8)) > 0
                      or strpos(replace(a.reference, '-', ''), replace(upper($8), '-', '')) > 0
                      or (length(regexp_replace($8, '\D', '', 'g')) >= 4
                          and strpos(regexp_replace(a.contact_phone, '\D', '', 'g'), regexp_replace($8, '\D', '', 'g')) > 0))
                 and ($9::uuid[] is null or a.id = any ($9))
               order by a.starts_at desc, a.id desc limit $10
           ) a
           join service s on s.id = a.service_id
           left join lateral (
               select array_agg(r.id order by r.position, r.name, r.id) as ids,
                      array_agg(r.name order by r.position, r.name, r.id) as names,
                      array_agg(r.user_id order by r.position, r.name, r.id) as owners
               from resource r
               where r.id = any (coalesce(
                   (select array_agg(c.resource_id) from claim c where c.appointment_id = a.id),
                   (select h.resource_ids from appointment_history h
                    where h.appointment_id = a.id and cardinality(h.resource_ids) > 0 order by h.version desc limit 1)))
           ) who on true
           order by a.starts_at desc, a.id desc"#,
        Instant::from(at) as Instant,
        id,
        Instant::from(filter.from) as Instant,
        Instant::from(filter.to) as Instant,
        filter.resource,
        filter.service,
        filter.status.map(AppointmentStatus::as_str),
        filter.q,
        filter.ids.as_deref(),
        most
    )
    .fetch_all(tx.conn()?)
    .await
}

/// What the list can be narrowed to, in the tenant's order; what is out of use comes last.
pub(crate) struct ChoiceRow {
    pub id: Uuid,
    pub name: String,
    pub is_archived: bool,
}

/// All resources.
pub(crate) async fn list_resources(tx: &mut impl TenantConn) -> Result<Vec<ChoiceRow>, sqlx::Error> {
    sqlx::query_as!(
        ChoiceRow,
        r#"select id, name, archived_at is not null as "is_archived!" from resource
           order by archived_at is not null, position, name, id"#
    )
    .fetch_all(tx.conn()?)
    .await
}

/// All services.
pub(crate) async fn list_services(tx: &mut impl TenantConn) -> Result<Vec<ChoiceRow>, sqlx::Error> {
    sqlx::query_as!(
        ChoiceRow,
        r#"select id, name, archived_at is not null as "is_archived!" from service
           order by archived_at is not null, position, name, id"#
    )
    .fetch_all(tx.conn()?)
    .await
}

/// Whether anything was ever booked.
pub(crate) async fn has_any(tx: &mut impl TenantConn) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(r#"select exists (select from appointment) as "has!""#).fetch_one(tx.conn()?).await
}

/// The currency of prices.
pub(crate) async fn find_currency(tx: &mut impl TenantConn) -> Result<String, sqlx::Error> {
    sqlx::query_scalar!("select currency from business").fetch_one(tx.conn()?).await
}
