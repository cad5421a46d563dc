//! SQL of customers, as the team keeps them.

use crate::tenancy::{Instant, TenantConn, TenantTx};
use domain::{
    customer::{
        Details, Wanted,
        import::{Known, Row},
    },
    policy::{EditCustomerNotes, EditCustomers, ImportCustomers, MergeCustomers, Permit},
};
use jiff::Timestamp;
use uuid::Uuid;

/// What a list is asked for.
pub(crate) struct Search<'a> {
    /// Only those with an appointment in this person's calendar.
    pub calendar: Option<Uuid>,
    pub wanted: &'a Wanted,
    /// A place in the order of names.
    pub after: Option<(String, Uuid)>,
    pub most: i64,
    pub now: Timestamp,
}

/// A customer in a list.
pub(crate) struct ListRow {
    pub id: Uuid,
    pub name: String,
    /// Its place in the order of names.
    pub sort: String,
    pub email: String,
    pub phone: Option<String>,
    pub notes: String,
    pub next: Option<Instant>,
    pub last: Option<Instant>,
    pub visits: i64,
    pub no_shows: i64,
    /// How many are found in all.
    pub found: i64,
}

/// A page of customers by name. Letters are compared without case and accents; all rows are looked at, which for 5,000 of
/// them takes some 30 ms: docs/decisions/0014-customers-room.md.
pub(crate) async fn list(tx: &mut impl TenantConn, search: &Search<'_>) -> Result<Vec<ListRow>, sqlx::Error> {
    let (after_name, after_id) = search.after.clone().unzip();
    sqlx::query_as!(
        ListRow,
        r#"with own as materialized (
               select a.customer_id
               from resource r join claim c on c.resource_id = r.id join appointment a on a.id = c.appointment_id
               where r.user_id = $1 and a.status <> 'CANCELLED'
               union
               select a.customer_id from appointment a
               where a.status = 'PENDING' and not a.holds and exists (
                   select 1 from resource r where r.user_id = $1 and r.id = any (
                       (select h.resource_ids from appointment_history h
                        where h.appointment_id = a.id and cardinality(h.resource_ids) > 0
                        order by h.version desc limit 1)::uuid[]))
           ), word as materialized (
               select translate(replace(regexp_replace(normalize(lower(w), NFKD), U&'[\0300-\036f]', '', 'g'), 'ß', 'ss'),
                                'łøđı', 'lodi') as part
               from unnest($2::text[]) w
           ), found as materialized (
               select cu.id, cu.name, lower(cu.name) as sort, cu.email, cu.phone, cu.notes
               from customer cu
               where cu.anonymised_at is null
                 and ($1::uuid is null or cu.id in (select customer_id from own))
                 and (not exists (
                          select 1 from word where strpos(
                              translate(replace(regexp_replace(normalize(lower(cu.name || ' ' || cu.email), NFKD),
                                                               U&'[\0300-\036f]', '', 'g'), 'ß', 'ss'),
                                        'łøđı', 'lodi'), part) = 0)
                      or ($3 <> '' and strpos(regexp_replace(cu.phone, '\D', '', 'g'), $3) > 0))
           ), page as materialized (
               select f.id, f.name, f.sort, f.email, f.phone, f.notes from found f
               where $4::text is null or (f.sort, f.id) > ($4, $5::uuid)
               order by f.sort, f.id limit $6
           )
           select p.id as "id!", p.name as "name!", p.sort as "sort!", p.email as "email!", p.phone, p.notes as "notes!",
                  v.next as "next: Instant", v.last as "last: Instant", v.visits as "visits!", v.no_shows as "no_shows!",
                  (select count(*) from found) as "found!"
           from page p
           cross join lateral (
               select min(a.starts_at) filter (where a.status in ('PENDING', 'CONFIRMED') and a.ends_at > $7) as next,
                      max(a.starts_at) filter (where a.status in ('CONFIRMED', 'COMPLETED') and a.ends_at <= $7) as last,
                      count(*) filter (where a.status in ('CONFIRMED', 'COMPLETED') and a.ends_at <= $7) as visits,
                      count(*) filter (where a.status = 'NO_SHOW') as no_shows
               from appointment a where a.customer_id = p.id
           ) v
           order by p.sort, p.id"#,
        search.calendar,
        &search.wanted.words,
        search.wanted.digits,
        after_name,
        after_id,
        search.most,
        Instant::from(search.now) as Instant
    )
    .fetch_all(tx.conn()?)
    .await
}

/// A customer.
pub(crate) struct CustomerRow {
    pub id: Uuid,
    pub name: String,
    pub email: String,
    pub phone: Option<String>,
    pub notes: String,
    pub user_id: Option<Uuid>,
    pub is_anonymised: bool,
    pub version: i32,
    pub created_at: Instant,
}

impl CustomerRow {
    /// How they are called and reached.
    pub fn details(&self) -> Details {
        let email = Some(self.email.clone()).filter(|email| !email.is_empty());
        Details { name: self.name.clone(), email, phone: self.phone.clone() }
    }
}

/// One customer.
pub(crate) async fn find(tx: &mut impl TenantConn, id: Uuid) -> Result<Option<CustomerRow>, sqlx::Error> {
    sqlx::query_as!(
        CustomerRow,
        r#"select id, name, email, phone, notes, user_id, anonymised_at is not null as "is_anonymised!", version, created_at
           from customer where id = $1"#,
        id
    )
    .fetch_optional(tx.conn()?)
    .await
}

/// Some customers, held until the transaction ends: in the order of their ids, so that two who hold the same never wait
/// for each other.
pub(crate) async fn lock(tx: &mut TenantTx, ids: &[Uuid]) -> Result<Vec<CustomerRow>, sqlx::Error> {
    sqlx::query_as!(
        CustomerRow,
        r#"select id, name, email, phone, notes, user_id, anonymised_at is not null as "is_anonymised!", version, created_at
           from customer where id = any($1) order by id for update"#,
        ids
    )
    .fetch_all(tx.conn()?)
    .await
}

/// Whether a customer has an appointment in somebody's calendar: the same as the list asks.
pub(crate) async fn is_of_calendar(tx: &mut impl TenantConn, id: Uuid, calendar: Uuid) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select exists (
               select 1 from resource r join claim c on c.resource_id = r.id join appointment a on a.id = c.appointment_id
               where r.user_id = $2 and a.customer_id = $1 and a.status <> 'CANCELLED'
               union all
               select 1 from appointment a
               where a.customer_id = $1 and a.status = 'PENDING' and not a.holds and exists (
                   select 1 from resource r where r.user_id = $2 and r.id = any (
                       (select h.resource_ids from appointment_history h
                        where h.appointment_id = a.id and cardinality(h.resource_ids) > 0
                        order by h.version desc limit 1)::uuid[]))) as "is_of_calendar!""#,
        id,
        calendar
    )
    .fetch_one(tx.conn()?)
    .await
}

/// What all appointments of a customer come to.
pub(crate) struct Totals {
    pub next: Option<Instant>,
    pub last: Option<Instant>,
    pub visits: i64,
    pub no_shows: i64,
    pub cancelled: i64,
    pub appointments: i64,
}

/// Counts them.
pub(crate) async fn totals(tx: &mut impl TenantConn, id: Uuid, now: Timestamp) -> Result<Totals, sqlx::Error> {
    sqlx::query_as!(
        Totals,
        r#"select min(a.starts_at) filter (where a.status in ('PENDING', 'CONFIRMED') and a.ends_at > $2) as "next: Instant",
                  max(a.starts_at) filter (where a.status in ('CONFIRMED', 'COMPLETED') and a.ends_at <= $2) as "last: Instant",
                  count(*) filter (where a.status in ('CONFIRMED', 'COMPLETED') and a.ends_at <= $2) as "visits!",
                  count(*) filter (where a.status = 'NO_SHOW') as "no_shows!",
                  count(*) filter (where a.status = 'CANCELLED') as "cancelled!", count(*) as "appointments!"
           from appointment a where a.customer_id = $1"#,
        id,
        Instant::from(now) as Instant
    )
    .fetch_one(tx.conn()?)
    .await
}

/// An appointment of a customer.
pub(crate) struct VisitRow {
    pub id: Uuid,
    pub reference: String,
    pub service: String,
    pub status: String,
    pub starts_at: Instant,
    pub ends_at: Instant,
    pub resource_names: Vec<String>,
}

/// A customer's appointments, the latest first; after a place in that order, if one is given.
pub(crate) async fn list_visits(
    tx: &mut impl TenantConn,
    customer: Uuid,
    after: Option<(Timestamp, Uuid)>,
    most: i64,
) -> Result<Vec<VisitRow>, sqlx::Error> {
    let (at, id) = after.unzip();
    sqlx::query_as!(
        VisitRow,
        r#"select a.id, a.reference, s.name as service, a.status, a.starts_at, a.ends_at,
                  coalesce(who.names, '{}') as "resource_names!"
           from appointment a
           join service s on s.id = a.service_id
           left join lateral (
               select array_agg(r.name order by r.position, r.name, r.id) as names
               from resource r
               where r.id = any (coalesce(
                   (select array_agg(c.resource_id) from claim c where c.appointment_id = a.id),
                   (select h.resource_ids from appointment_history h
                    where h.appointment_id = a.id and cardinality(h.resource_ids) > 0 order by h.version desc limit 1)))
           ) who on true
           where a.customer_id = $1 and ($2::timestamptz is null or (a.starts_at, a.id) < ($2, $3::uuid))
           order by a.starts_at desc, a.id desc limit $4"#,
        customer,
        at.map(Instant::from) as Option<Instant>,
        id,
        most
    )
    .fetch_all(tx.conn()?)
    .await
}

/// An appointment that is named by its reference.
pub(crate) struct NamedRow {
    pub id: Uuid,
    pub reference: String,
    pub customer: String,
    pub service: String,
    pub starts_at: Instant,
}

/// The appointment with a reference.
pub(crate) async fn find_by_reference(
    tx: &mut impl TenantConn,
    reference: &str,
) -> Result<Option<NamedRow>, sqlx::Error> {
    sqlx::query_as!(
        NamedRow,
        "select a.id, a.reference, a.contact_name as customer, s.name as service, a.starts_at
         from appointment a join service s on s.id = a.service_id where a.reference = $1",
        reference
    )
    .fetch_optional(tx.conn()?)
    .await
}

/// Somebody with the same address or number.
pub(crate) struct SimilarRow {
    pub id: Uuid,
    pub name: String,
    pub email: String,
    pub phone: Option<String>,
    pub has_email: bool,
}

/// Customers with an address or a number, but for one. Empty texts are nobody's.
pub(crate) async fn list_similar(
    tx: &mut impl TenantConn,
    except: Option<Uuid>,
    email_key: &str,
    phone_tail: &str,
) -> Result<Vec<SimilarRow>, sqlx::Error> {
    sqlx::query_as!(
        SimilarRow,
        r#"select id, name, email, phone, ($2 <> '' and lower(email) = $2) as "has_email!"
           from customer
           where anonymised_at is null and id is distinct from $1
             and (($2 <> '' and lower(email) = $2)
                  or ($3 <> '' and right(regexp_replace(phone, '\D', '', 'g'), 9) = $3))
           order by lower(name), id limit 10"#,
        except,
        email_key,
        phone_tail
    )
    .fetch_all(tx.conn()?)
    .await
}

/// Adds a customer. Where another has the address already, the key is one that no booking can have: what is booked online
/// goes on to be the other's.
pub(crate) async fn insert(
    tx: &mut TenantTx,
    _permit: &Permit<EditCustomers>,
    id: Uuid,
    details: &Details,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into customer (id, name, email, email_key, phone)
         select $1::uuid, $2, $3, case when $4 = '' or exists (select 1 from customer where email_key = $4)
                                 then 'also:' || $1::uuid else $4 end, $5",
        id,
        details.name,
        details.email.as_deref().unwrap_or_default(),
        details.email_key(),
        details.phone
    )
    .execute(tx.conn()?)
    .await
    .map(|_| ())
}

/// Changes how a customer is called and reached. Whoever has a login keeps the key that goes with it.
pub(crate) async fn update_details(
    tx: &mut TenantTx,
    _permit: &Permit<EditCustomers>,
    id: Uuid,
    details: &Details,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update customer set name = $2, email = $3, phone = $5, version = version + 1,
                email_key = case when user_id is not null then email_key
                                 when $4 = '' or exists (select 1 from customer o where o.email_key = $4 and o.id <> $1)
                                 then 'also:' || $1::uuid else $4 end
         where id = $1::uuid",
        id,
        details.name,
        details.email.as_deref().unwrap_or_default(),
        details.email_key(),
        details.phone
    )
    .execute(tx.conn()?)
    .await
    .map(|_| ())
}

/// Changes the team's notes on a customer.
pub(crate) async fn update_notes(
    tx: &mut TenantTx,
    _permit: &Permit<EditCustomerNotes>,
    id: Uuid,
    notes: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query!("update customer set notes = $2, version = version + 1 where id = $1", id, notes)
        .execute(tx.conn()?)
        .await
        .map(|_| ())
}

/// Gives one customer what is another's, and removes the other. Tells how many appointments moved over.
pub(crate) async fn merge(
    tx: &mut TenantTx,
    _permit: &Permit<MergeCustomers>,
    into: Uuid,
    from: Uuid,
    details: &Details,
    notes: &str,
) -> Result<u64, sqlx::Error> {
    let moved = sqlx::query!("update appointment set customer_id = $1 where customer_id = $2", into, from)
        .execute(tx.conn()?)
        .await?;
    // First, so that its address is free.
    let key = sqlx::query_scalar!("delete from customer where id = $1 returning email_key", from)
        .fetch_one(tx.conn()?)
        .await?;
    sqlx::query!(
        "update customer set email = $2, phone = $3, notes = $4, version = version + 1,
                email_key = case when email_key like 'also:%' and $5 = lower($2) then $5 else email_key end
         where id = $1",
        into,
        details.email.as_deref().unwrap_or_default(),
        details.phone,
        notes,
        key
    )
    .execute(tx.conn()?)
    .await?;
    Ok(moved.rows_affected())
}

/// Lets one import after the other.
pub(crate) async fn lock_import(tx: &mut TenantTx) -> Result<(), sqlx::Error> {
    sqlx::query_scalar!("select only_row from business for no key update").fetch_one(tx.conn()?).await.map(|_| ())
}

/// Those who are there already with any of these addresses; and those without one, if they are asked for. Whoever is
/// meant by an address comes before others who share it.
pub(crate) async fn list_known(
    tx: &mut impl TenantConn,
    email_keys: &[String],
    without_email: bool,
) -> Result<Vec<Known>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select id, name, email, phone, notes, user_id is not null as "has_login!"
           from customer
           where anonymised_at is null and (email_key = any($1) or lower(email) = any($1) or ($2 and email = ''))
           order by (email_key = lower(email)) desc, created_at, id"#,
        email_keys,
        without_email
    )
    .fetch_all(tx.conn()?)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Known {
            id: row.id,
            details: Details {
                name: row.name,
                email: Some(row.email).filter(|email| !email.is_empty()),
                phone: row.phone,
            },
            notes: row.notes,
            has_login: row.has_login,
        })
        .collect())
}

/// Adds all of them at once. Tells how many were new.
pub(crate) async fn insert_many(
    tx: &mut TenantTx,
    _permit: &Permit<ImportCustomers>,
    rows: &[Row],
) -> Result<u64, sqlx::Error> {
    let ids: Vec<_> = rows.iter().map(|_| Uuid::now_v7()).collect();
    let of = |text: fn(&Row) -> String| rows.iter().map(text).collect::<Vec<_>>();
    let done = sqlx::query!(
        "insert into customer (id, name, email, email_key, phone, notes)
         select u.id, u.name, u.email, coalesce(nullif(u.email_key, ''), 'also:' || u.id::text), nullif(u.phone, ''), u.notes
         from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
              as u (id, name, email, email_key, phone, notes)
         on conflict (email_key) do nothing",
        &ids,
        &of(|row| row.details.name.clone()),
        &of(|row| row.details.email.clone().unwrap_or_default()),
        &of(|row| row.details.email_key()),
        &of(|row| row.details.phone.clone().unwrap_or_default()),
        &of(|row| row.notes.clone())
    )
    .execute(tx.conn()?)
    .await?;
    Ok(done.rows_affected())
}

/// Changes all of them at once.
pub(crate) async fn update_many(
    tx: &mut TenantTx,
    _permit: &Permit<ImportCustomers>,
    all: &[&Known],
) -> Result<u64, sqlx::Error> {
    let ids: Vec<_> = all.iter().map(|known| known.id).collect();
    let of = |text: fn(&Known) -> String| all.iter().map(|known| text(known)).collect::<Vec<_>>();
    let done = sqlx::query!(
        "update customer c set name = u.name, phone = nullif(u.phone, ''), notes = u.notes, version = c.version + 1
         from unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) as u (id, name, phone, notes)
         where c.id = u.id and c.anonymised_at is null",
        &ids,
        &of(|known| known.details.name.clone()),
        &of(|known| known.details.phone.clone().unwrap_or_default()),
        &of(|known| known.notes.clone())
    )
    .execute(tx.conn()?)
    .await?;
    Ok(done.rows_affected())
}
