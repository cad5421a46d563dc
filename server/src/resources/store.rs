//! SQL of resources: what there is to say of them, their hours, other hours on dates, time off.

use crate::tenancy::{Instant, TenantConn, TenantTx};
use domain::{
    hours::WeekSpan,
    ids::UserId,
    policy::{EditResources, ManageTimeOff, Permit},
    resource::{ResourceFacts, ResourceKind, TimeOff},
};
use jiff::{Timestamp, civil::Date};
use sqlx::{PgConnection, types::Json};
use uuid::Uuid;

/// A resource in the list.
pub(crate) struct ListRow {
    pub id: Uuid,
    pub name: String,
    pub kind: String,
    pub quantity: i32,
    pub timezone: Option<String>,
    pub user_id: Option<Uuid>,
    pub hours: Json<Vec<WeekSpan>>,
}

/// The resources in use, or the archived ones; with `user`, those that are somebody's own.
pub(crate) async fn list(
    tx: &mut impl TenantConn,
    archived: bool,
    user: Option<Uuid>,
) -> Result<Vec<ListRow>, sqlx::Error> {
    sqlx::query_as!(
        ListRow,
        r#"select r.id, r.name, r.kind, r.quantity, r.timezone, r.user_id,
                  coalesce((select jsonb_agg(jsonb_build_array(h.weekday, h.from_minute, h.to_minute))
                            from weekly_hours h where h.resource_id = r.id), '[]') as "hours!: Json<Vec<WeekSpan>>"
           from resource r
           where (r.archived_at is not null) = $1 and ($2::uuid is null or r.user_id = $2)
           order by array_position(array['STAFF', 'ROOM', 'EQUIPMENT'], r.kind), r.position, r.name, r.id"#,
        archived,
        user
    )
    .fetch_all(tx.conn()?)
    .await
}

/// How many are archived.
pub(crate) async fn count_archived(tx: &mut impl TenantConn) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(r#"select count(*) as "count!" from resource where archived_at is not null"#)
        .fetch_one(tx.conn()?)
        .await
}

/// A resource as it is stored.
pub(crate) struct Stored {
    pub facts: ResourceFacts,
    pub version: i32,
    pub is_archived: bool,
    pub hours: Vec<WeekSpan>,
}

/// One resource.
pub(crate) async fn find(tx: &mut impl TenantConn, id: Uuid) -> Result<Option<Stored>, sqlx::Error> {
    let row = sqlx::query!(
        r#"select r.name, r.kind, r.quantity, r.timezone, r.user_id, r.version, (r.archived_at is not null) as "is_archived!",
                  coalesce((select jsonb_agg(jsonb_build_array(h.weekday, h.from_minute, h.to_minute)
                                             order by h.weekday, h.from_minute)
                            from weekly_hours h where h.resource_id = r.id), '[]') as "hours!: Json<Vec<WeekSpan>>"
           from resource r where r.id = $1"#,
        id
    )
    .fetch_optional(tx.conn()?)
    .await?;
    Ok(row.map(|row| Stored {
        facts: ResourceFacts {
            name: row.name,
            kind: ResourceKind::parse(&row.kind).unwrap_or(ResourceKind::Equipment),
            quantity: u32::try_from(row.quantity).unwrap_or(1),
            zone: row.timezone,
            login: row.user_id.map(UserId),
        },
        version: row.version,
        is_archived: row.is_archived,
        hours: row.hours.0,
    }))
}

/// The logins of a tenant's team that may have a calendar, by name.
pub(crate) async fn list_team(conn: &mut PgConnection, tenant: Uuid) -> Result<Vec<(UserId, String)>, sqlx::Error> {
    let rows = sqlx::query!(
        "select id, name from public.user_account
         where tenant_id = $1 and role <> 'CUSTOMER' and is_active order by lower(name), id limit 500",
        tenant
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (UserId(row.id), row.name)).collect())
}

/// Takes the resource's row until the transaction ends, in turn with those who book it; tells its version.
pub(crate) async fn lock(tx: &mut TenantTx, id: Uuid) -> Result<Option<i32>, sqlx::Error> {
    sqlx::query_scalar!("select version from resource where id = $1 for no key update", id)
        .fetch_optional(tx.conn()?)
        .await
}

/// Writes what there is to say of a resource: a new one at the end of the list, or over the one with this id.
pub(crate) async fn save(
    tx: &mut TenantTx,
    _permit: &Permit<EditResources>,
    id: Uuid,
    facts: &ResourceFacts,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into resource (id, name, kind, quantity, timezone, user_id, position)
         values ($1, $2, $3, $4, $5, $6, coalesce((select max(position) + 1 from resource), 0))
         on conflict (id) do update set name = excluded.name, kind = excluded.kind, quantity = excluded.quantity,
             timezone = excluded.timezone, user_id = excluded.user_id, version = resource.version + 1",
        id,
        facts.name,
        facts.kind.as_str(),
        i32::try_from(facts.quantity).unwrap_or(1),
        facts.zone,
        facts.login.map(|id| id.0)
    )
    .execute(tx.conn()?)
    .await
    .map(|_| ())
}

/// Gives a resource other weekly hours.
pub(crate) async fn set_hours(
    tx: &mut TenantTx,
    _permit: &Permit<EditResources>,
    id: Uuid,
    hours: &[WeekSpan],
) -> Result<(), sqlx::Error> {
    let small = |n: u16| i16::try_from(n).unwrap_or(i16::MAX);
    let days: Vec<i16> = hours.iter().map(|(day, ..)| i16::from(*day)).collect();
    let from: Vec<i16> = hours.iter().map(|(_, from, _)| small(*from)).collect();
    let to: Vec<i16> = hours.iter().map(|(.., to)| small(*to)).collect();
    sqlx::query!("delete from weekly_hours where resource_id = $1", id).execute(tx.conn()?).await?;
    sqlx::query!(
        "insert into weekly_hours (resource_id, weekday, from_minute, to_minute)
         select $1, h.weekday, h.from_minute, h.to_minute
         from unnest($2::smallint[], $3::smallint[], $4::smallint[]) as h (weekday, from_minute, to_minute)",
        id,
        &days,
        &from,
        &to
    )
    .execute(tx.conn()?)
    .await?;
    sqlx::query!("update resource set version = version + 1 where id = $1", id).execute(tx.conn()?).await.map(|_| ())
}

/// A date with other hours, and these.
pub(crate) type DateHours = (Date, Vec<(u16, u16)>);

/// The dates from one on that have other hours.
pub(crate) async fn list_dates(
    tx: &mut impl TenantConn,
    resource: Uuid,
    since: Date,
) -> Result<Vec<DateHours>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select date::text as "date!", from_minutes, to_minutes from date_override
           where resource_id = $1 and date >= $2::text::date order by date limit 400"#,
        resource,
        since.to_string()
    )
    .fetch_all(tx.conn()?)
    .await?;
    let minute = |n: i16| u16::try_from(n).unwrap_or(0);
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let spans = row.from_minutes.into_iter().zip(row.to_minutes);
            Some((row.date.parse().ok()?, spans.map(|(from, to)| (minute(from), minute(to))).collect()))
        })
        .collect())
}

/// Gives a date other hours; `false` where it has some already.
pub(crate) async fn insert_date(
    tx: &mut TenantTx,
    _permit: &Permit<EditResources>,
    resource: Uuid,
    (date, spans): &DateHours,
) -> Result<bool, sqlx::Error> {
    let small = |n: u16| i16::try_from(n).unwrap_or(i16::MAX);
    let from: Vec<i16> = spans.iter().map(|(from, _)| small(*from)).collect();
    let to: Vec<i16> = spans.iter().map(|(_, to)| small(*to)).collect();
    let done = sqlx::query!(
        "insert into date_override (resource_id, date, from_minutes, to_minutes) values ($1, $2::text::date, $3, $4)
         on conflict do nothing",
        resource,
        date.to_string(),
        &from,
        &to
    )
    .execute(tx.conn()?)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Gives a date its weekly hours back; `false` where it has them.
pub(crate) async fn delete_date(
    tx: &mut TenantTx,
    _permit: &Permit<EditResources>,
    resource: Uuid,
    date: Date,
) -> Result<bool, sqlx::Error> {
    let done = sqlx::query!(
        "delete from date_override where resource_id = $1 and date = $2::text::date",
        resource,
        date.to_string()
    )
    .execute(tx.conn()?)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes a resource out of use, or brings it back; tells its name, unless there was nothing to do.
pub(crate) async fn set_archived(
    tx: &mut TenantTx,
    _permit: &Permit<EditResources>,
    id: Uuid,
    at: Option<Timestamp>,
) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar!(
        "update resource set archived_at = $2, version = version + 1
         where id = $1 and (archived_at is null) = ($2::timestamptz is not null) returning name",
        id,
        at.map(Instant::from) as Option<Instant>
    )
    .fetch_optional(tx.conn()?)
    .await
}

/// How many appointments with a resource are to come.
pub(crate) async fn count_coming(tx: &mut impl TenantConn, id: Uuid, now: Timestamp) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select count(distinct a.id) as "count!" from claim c join appointment a on a.id = c.appointment_id
           where c.resource_id = $1 and a.starts_at > $2 and a.status in ('PENDING', 'CONFIRMED')"#,
        id,
        Instant::from(now) as Instant
    )
    .fetch_one(tx.conn()?)
    .await
}

/// A stretch of time off.
pub(crate) struct OffRow {
    pub id: Uuid,
    pub starts_at: Instant,
    pub ends_at: Instant,
    pub reason: String,
}

/// What time off of a resource is not over.
pub(crate) async fn list_time_off(
    tx: &mut impl TenantConn,
    resource: Uuid,
    now: Timestamp,
) -> Result<Vec<OffRow>, sqlx::Error> {
    sqlx::query_as!(
        OffRow,
        "select id, starts_at, ends_at, reason from time_off where resource_id = $1 and ends_at > $2
         order by starts_at, id limit 400",
        resource,
        Instant::from(now) as Instant
    )
    .fetch_all(tx.conn()?)
    .await
}

/// Whose a stretch of time off is.
pub(crate) async fn find_resource_of(tx: &mut impl TenantConn, time_off: Uuid) -> Result<Option<Uuid>, sqlx::Error> {
    sqlx::query_scalar!("select resource_id from time_off where id = $1", time_off).fetch_optional(tx.conn()?).await
}

/// Puts in time off.
pub(crate) async fn insert_time_off(
    tx: &mut TenantTx,
    _permit: &Permit<ManageTimeOff>,
    id: Uuid,
    resource: Uuid,
    off: &TimeOff,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into time_off (id, resource_id, starts_at, ends_at, reason) values ($1, $2, $3, $4, $5)",
        id,
        resource,
        Instant::from(off.from) as Instant,
        Instant::from(off.to) as Instant,
        off.reason
    )
    .execute(tx.conn()?)
    .await
    .map(|_| ())
}

/// Takes back time off; tells from when to when it was, unless it is gone already.
pub(crate) async fn delete_time_off(
    tx: &mut TenantTx,
    _permit: &Permit<ManageTimeOff>,
    id: Uuid,
) -> Result<Option<(Timestamp, Timestamp)>, sqlx::Error> {
    let row = sqlx::query!("delete from time_off where id = $1 returning starts_at, ends_at", id)
        .fetch_optional(tx.conn()?)
        .await?;
    Ok(row.map(|row| (row.starts_at.to_jiff(), row.ends_at.to_jiff())))
}
