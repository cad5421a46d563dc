//! SQL of claims.

use super::{Allowed, Claimed, Owner};
use crate::{
    schedule::snapshot::ClaimRow,
    tenancy::{Instant, TenantConn, TenantTx},
};
use domain::ids::ResourceId;
use jiff::Timestamp;
use uuid::Uuid;

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
pub(super) async fn lock_resources(tx: &mut TenantTx, resources: &[Uuid]) -> Result<(), sqlx::Error> {
    sqlx::query!("select id from resource where id = any($1) order by id for no key update", resources)
        .fetch_all(tx.conn()?)
        .await
        .map(|_| ())
}

/// Clears away holds that are over; their claims go with them.
pub(super) async fn delete_past_holds(
    tx: &mut TenantTx,
    resources: &[Uuid],
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "delete from hold where expires_at <= $2
         and id in (select c.hold_id from claim c where c.resource_id = any($1) and c.hold_id is not null)",
        resources,
        Instant::from(now) as Instant
    )
    .execute(tx.conn()?)
    .await
    .map(|_| ())
}

/// Claims a span of a unit. The exclusion constraint `claim_no_overlap` refuses what overlaps.
pub(super) async fn insert_claim(
    tx: &mut TenantTx,
    _allowed: Allowed<'_>,
    claimed: &Claimed,
    need: i16,
    resource: Uuid,
    unit: u32,
) -> Result<(), sqlx::Error> {
    let (appointment, hold) = match claimed.owner {
        Owner::Appointment(id) => (Some(id.0), None),
        Owner::Hold(id) => (None, Some(id)),
    };
    sqlx::query!(
        "insert into claim (appointment_id, hold_id, need, resource_id, unit, during, buffer_before, buffer_after)
         values ($1, $2, $3, $4, $5, tstzrange($6, $7), $8, $9)",
        appointment,
        hold,
        need,
        resource,
        i16::try_from(unit).unwrap_or(i16::MAX),
        Instant::from(claimed.from) as Instant,
        Instant::from(claimed.to) as Instant,
        i32::try_from(claimed.before).unwrap_or(i32::MAX),
        i32::try_from(claimed.after).unwrap_or(i32::MAX),
    )
    .execute(tx.conn()?)
    .await
    .map(|_| ())
}

/// Gives claims of a resource other units, all at once: on the way from one to the other they would be in each other's.
pub(super) async fn update_units(
    tx: &mut TenantTx,
    _allowed: Allowed<'_>,
    resource: Uuid,
    moved: &[(&ClaimRow, u32)],
) -> Result<(), sqlx::Error> {
    let old: Vec<i16> = moved.iter().map(|(claim, _)| claim.unit).collect();
    let starts: Vec<Instant> = moved.iter().map(|(claim, _)| claim.starts_at).collect();
    let new: Vec<i16> = moved.iter().map(|(_, unit)| i16::try_from(*unit).unwrap_or(i16::MAX)).collect();
    sqlx::query!(
        "update claim c set unit = m.new_unit
         from unnest($2::smallint[], $3::timestamptz[], $4::smallint[]) as m (old_unit, starts_at, new_unit)
         where c.resource_id = $1 and c.unit = m.old_unit and lower(c.during) = m.starts_at",
        resource,
        &old,
        &starts as &[Instant],
        &new
    )
    .execute(tx.conn()?)
    .await
    .map(|_| ())
}

/// What an appointment holds, by need: what it leaves when it moves.
pub(crate) async fn list_of_appointment(
    tx: &mut impl TenantConn,
    appointment: Uuid,
) -> Result<Vec<(i16, ResourceId)>, sqlx::Error> {
    let rows = sqlx::query!(
        "select need, resource_id from claim where appointment_id = $1 order by need, resource_id, unit",
        appointment
    )
    .fetch_all(tx.conn()?)
    .await?;
    Ok(rows.into_iter().map(|row| (row.need, ResourceId(row.resource_id))).collect())
}

/// Lets go of all that an appointment holds.
pub(crate) async fn release(tx: &mut TenantTx, _allowed: Allowed<'_>, appointment: Uuid) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from claim where appointment_id = $1", appointment).execute(tx.conn()?).await.map(|_| ())
}

/// Lets go of what an appointment still holds after an instant.
pub(crate) async fn shorten(
    tx: &mut TenantTx,
    _allowed: Allowed<'_>,
    appointment: Uuid,
    to: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update claim set during = tstzrange(lower(during), $2), buffer_after = 0
         where appointment_id = $1 and lower(during) < $2 and upper(during) > $2",
        appointment,
        Instant::from(to) as Instant
    )
    .execute(tx.conn()?)
    .await
    .map(|_| ())
}
