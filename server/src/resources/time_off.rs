//! Time off: everybody's for those who run the business, their own for the others.

use super::{before, finish, store, zone_of};
use crate::{
    error::Failure,
    setup::{Act, Outcome, moment_label},
    state::App,
    tenancy::TenantConn,
};
use app::{error::AppError, request::RequestContext};
use domain::{
    audit::AuditAction,
    policy::{CalendarFacts, ManageTimeOff, Permit, ViewCalendar, authorize},
    resource::TimeOff,
};
use jiff::{Timestamp, tz::TimeZone};
use uuid::Uuid;

/// `Thu 24 Dec 2026, 09:00 to Sat 26 Dec 2026, 18:00`.
pub(super) fn span_label(from: Timestamp, to: Timestamp, zone: &TimeZone) -> String {
    let label = |at: Timestamp| moment_label(&at.to_zoned(zone.clone()));
    format!("{} to {}", label(from), label(to))
}

/// A resource, and the permit for its time off. Whoever sees no calendar here learns of none.
pub(super) async fn of(
    tx: &mut impl TenantConn,
    cx: &RequestContext,
    id: Uuid,
) -> Result<(store::Stored, Permit<ManageTimeOff>), Failure> {
    let tenant = cx.tenant()?.id;
    let _permit = authorize::<ViewCalendar>(&cx.actor, &tenant)?;
    let stored = store::find(tx, id).await?.ok_or(AppError::NotFound)?;
    let permit = authorize::<ManageTimeOff>(&cx.actor, &CalendarFacts { tenant, owners: vec![stored.facts.login] })?;
    Ok((stored, permit))
}

/// Puts in time off; or shows what that would do.
pub(super) async fn add(
    app: &App,
    cx: &RequestContext,
    id: Uuid,
    off: &TimeOff,
    act: Act<'_>,
) -> Result<Outcome<Uuid>, Failure> {
    let mut tx = app.write(cx).await?;
    store::lock(&mut tx, id).await?;
    let (stored, permit) = of(&mut tx, cx, id).await?;
    let before = before(&mut tx, cx, id, act).await?;
    store::insert_time_off(&mut tx, &permit, Uuid::now_v7(), id, off).await?;
    let detail = format!("{}: {}", stored.facts.name, span_label(off.from, off.to, &zone_of(cx, &stored.facts)?));
    finish(cx, tx, id, before, AuditAction::TimeOffAdded, detail).await
}

/// Takes back time off; or shows what that would do. Gives the resource.
pub(super) async fn remove(
    app: &App,
    cx: &RequestContext,
    id: Uuid,
    act: Act<'_>,
) -> Result<(Uuid, Outcome<Uuid>), Failure> {
    let _permit = authorize::<ViewCalendar>(&cx.actor, &cx.tenant()?.id)?;
    let mut tx = app.write(cx).await?;
    let resource = store::find_resource_of(&mut tx, id).await?.ok_or(AppError::NotFound)?;
    store::lock(&mut tx, resource).await?;
    let (stored, permit) = of(&mut tx, cx, resource).await?;
    let before = before(&mut tx, cx, resource, act).await?;
    let (from, to) = store::delete_time_off(&mut tx, &permit, id).await?.ok_or(AppError::NotFound)?;
    let detail = format!("{}: {}", stored.facts.name, span_label(from, to, &zone_of(cx, &stored.facts)?));
    Ok((resource, finish(cx, tx, resource, before, AuditAction::TimeOffRemoved, detail).await?))
}
