//! What the platform does with tenants.

use super::store;
use crate::{
    error::Failure,
    state::{App, origin},
    tenancy::PlatformTx,
};
use app::{error::AppError, request::RequestContext};
use domain::{
    audit::{AuditAction, AuditEntry},
    ids::TenantId,
    policy::{self, ChangeTier, CloseTenant, EditTenant, RestoreTenant, Right, SuspendTenant, TenantFacts},
    tenant::{TenantStatus, Tier},
    text,
};
use jiff::tz::TimeZone;
use uuid::Uuid;

/// Words for the page on why something did not happen; nothing was changed then.
pub type Outcome = Result<(), String>;

/// Takes the tenant's row and asks for the right to it.
async fn take<R>(app: &App, cx: &RequestContext, id: Uuid) -> Result<(PlatformTx, TenantStatus, Tier), Failure>
where
    R: Right<Facts = TenantFacts>,
{
    let mut tx = app.db.platform().await?;
    let (status, tier, is_temporary) = store::lock_tenant(tx.conn()?, id).await?.ok_or(AppError::NotFound)?;
    let facts = TenantFacts { id: TenantId(id), is_temporary };
    if policy::authorize::<policy::ViewTenant>(&cx.actor, &facts).is_err() && cx.actor.person().is_some() {
        return Err(AppError::NotFound.into());
    }
    let _permit = policy::authorize::<R>(&cx.actor, &facts)?;
    let status = TenantStatus::parse(&status).ok_or(AppError::NotFound)?;
    let tier = Tier::parse(&tier).ok_or(AppError::NotFound)?;
    Ok((tx, status, tier))
}

fn entry(cx: &RequestContext, action: AuditAction, id: Uuid) -> AuditEntry {
    let mut entry = AuditEntry::by(&cx.actor, action, format!("tenant/{id}"));
    entry.tenant = Some(TenantId(id));
    entry
}

/// Renames a tenant and gives it another zone.
pub async fn edit(app: &App, cx: &RequestContext, id: Uuid, name: &str, zone: &str) -> Result<Outcome, Failure> {
    let (mut tx, _, _) = take::<EditTenant>(app, cx, id).await?;
    let name = match text::line(name, 120) {
        Ok(name) => name,
        Err(problem) => return Ok(Err(problem.message("the name"))),
    };
    let zone = zone.trim();
    if TimeZone::get(zone).is_err() {
        return Ok(Err("Enter a time zone like Europe/Berlin".into()));
    }
    store::set_facts(tx.conn()?, id, &name, zone).await?;
    tx.commit(&origin(cx), entry(cx, AuditAction::TenantEdited, id).detail(format!("{name}, {zone}"))).await?;
    Ok(Ok(()))
}

/// Gives a tenant another tier. What is there beyond its limits stays; more cannot be added.
pub async fn change_tier(app: &App, cx: &RequestContext, id: Uuid, tier: &str) -> Result<Outcome, Failure> {
    let (mut tx, _, before) = take::<ChangeTier>(app, cx, id).await?;
    let Some(tier) = Tier::parse(tier) else { return Ok(Err("Choose a plan from the list".into())) };
    store::set_tier(tx.conn()?, id, tier.as_str()).await?;
    let detail = format!("from {} to {}", before.as_str(), tier.as_str());
    tx.commit(&origin(cx), entry(cx, AuditAction::TierChanged, id).detail(detail)).await?;
    Ok(Ok(()))
}

/// Suspends a tenant: its hosts answer as if there were none, within a second on every node.
pub async fn suspend(app: &App, cx: &RequestContext, id: Uuid, reason: &str) -> Result<Outcome, Failure> {
    let (mut tx, status, _) = take::<SuspendTenant>(app, cx, id).await?;
    let reason = match text::line(reason, 500) {
        Ok(reason) => reason,
        Err(problem) => return Ok(Err(problem.message("a reason"))),
    };
    if !status.is_open() {
        return Ok(Err("This business is not open, so it cannot be suspended.".into()));
    }
    store::set_status(tx.conn()?, id, "SUSPENDED", Some(&reason)).await?;
    tx.commit(&origin(cx), entry(cx, AuditAction::TenantSuspended, id).reason(reason)).await?;
    refreshed(app).await;
    Ok(Ok(()))
}

/// Lets a suspended tenant answer again.
pub async fn restore(app: &App, cx: &RequestContext, id: Uuid) -> Result<Outcome, Failure> {
    let (mut tx, status, _) = take::<RestoreTenant>(app, cx, id).await?;
    if status != TenantStatus::Suspended {
        return Ok(Err("This business is not suspended.".into()));
    }
    store::set_status(tx.conn()?, id, "ACTIVE", None).await?;
    tx.commit(&origin(cx), entry(cx, AuditAction::TenantRestored, id)).await?;
    refreshed(app).await;
    Ok(Ok(()))
}

/// Closes a tenant for good. Its data stay until they are taken away by an operator.
pub async fn close(app: &App, cx: &RequestContext, id: Uuid, reason: &str, confirm: &str) -> Result<Outcome, Failure> {
    let (mut tx, status, _) = take::<CloseTenant>(app, cx, id).await?;
    let reason = match text::line(reason, 500) {
        Ok(reason) => reason,
        Err(problem) => return Ok(Err(problem.message("a reason"))),
    };
    let slug = store::find_tenant(tx.conn()?, id).await?.ok_or(AppError::NotFound)?.slug;
    if confirm.trim() != slug {
        return Ok(Err(format!("Type {slug} to confirm. Nothing was closed.")));
    }
    if status == TenantStatus::Closed {
        return Ok(Err("This business is closed already.".into()));
    }
    store::set_status(tx.conn()?, id, "CLOSED", Some(&reason)).await?;
    store::deactivate_all(tx.conn()?, id).await?;
    tx.commit(&origin(cx), entry(cx, AuditAction::TenantClosed, id).reason(reason)).await?;
    refreshed(app).await;
    Ok(Ok(()))
}

/// Lets a demo live so many days from now.
pub async fn extend(app: &App, cx: &RequestContext, id: Uuid, days: &str) -> Result<Outcome, Failure> {
    let (mut tx, _, _) = take::<EditTenant>(app, cx, id).await?;
    let Some(days) = days.trim().parse::<i32>().ok().filter(|days| (1..=30).contains(days)) else {
        return Ok(Err("Enter a number of days from 1 to 30".into()));
    };
    store::set_expiry(tx.conn()?, id, days).await?;
    let detail = format!("for {days} days from now");
    tx.commit(&origin(cx), entry(cx, AuditAction::TenantEdited, id).detail(detail)).await?;
    Ok(Ok(()))
}

/// This node need not wait for its next look at the table of hosts; should it fail, that look comes within a second.
async fn refreshed(app: &App) {
    let _ = app.routes.refresh(&app.db).await;
}
