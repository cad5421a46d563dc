//! Resources: who or what can be booked, when, and when not.

mod store;
mod time_off;
pub mod web;

use crate::{
    error::Failure,
    setup::{self, About, Act, Outcome},
    state::{App, origin},
    tenancy::{TenantConn, TenantTx},
};
use app::{error::AppError, request::RequestContext};
use domain::{
    audit::{AuditAction, AuditEntry},
    hours::{WeekSpan, day_words, week_words},
    ids::UserId,
    policy::{EditResources, Permit, authorize},
    resource::ResourceFacts,
    typed::{Change, Fact, changes, describe},
};
use jiff::{civil::Date, tz::TimeZone};
use uuid::Uuid;

fn permit(cx: &RequestContext) -> Result<Permit<EditResources>, Failure> {
    Ok(authorize::<EditResources>(&cx.actor, &cx.tenant()?.id)?)
}

/// The zone that a resource's clock shows; the business's where it has none of its own.
fn zone_of(cx: &RequestContext, facts: &ResourceFacts) -> Result<TimeZone, Failure> {
    let own = facts.zone.as_deref().and_then(|name| TimeZone::get(name).ok());
    Ok(own.map_or_else(|| cx.tenant().map(|tenant| tenant.zone.clone()), Ok)?)
}

/// The names of the team's logins.
async fn team(app: &App, cx: &RequestContext) -> Result<Vec<(UserId, String)>, Failure> {
    let mut read = app.db.platform_read().await?;
    Ok(store::list_team(read.conn(), cx.tenant()?.id.0).await?)
}

fn facts(of: &ResourceFacts, team: &[(UserId, String)]) -> Vec<Fact> {
    let name = |id: UserId| {
        let found = team.iter().find(|(other, _)| *other == id);
        found.map_or_else(|| "somebody who left".to_owned(), |(_, name)| name.clone())
    };
    of.facts(&name)
}

/// Saves what there is to say of a resource; or shows what that would do. Gives its id.
async fn save(
    app: &App,
    cx: &RequestContext,
    id: Option<Uuid>,
    version: i32,
    new: &ResourceFacts,
    act: Act<'_>,
) -> Result<Outcome<Uuid>, Failure> {
    let permit = permit(cx)?;
    let team = team(app, cx).await?;
    let mut tx = app.write(cx).await?;
    let Some(id) = id else {
        let id = Uuid::now_v7();
        store::save(&mut tx, &permit, id, new).await?;
        let entry = AuditEntry::by(&cx.actor, AuditAction::ResourceAdded, format!("resource/{id}")).detail(&new.name);
        tx.commit(&origin(cx), entry).await?;
        return Ok(Outcome::Saved(id));
    };
    if store::lock(&mut tx, id).await?.ok_or(AppError::NotFound)? != version {
        return Ok(Outcome::Stale);
    }
    let stored = store::find(&mut tx, id).await?.ok_or(AppError::NotFound)?;
    let before = before(&mut tx, cx, id, act).await?;
    store::save(&mut tx, &permit, id, new).await?;
    let found = changes(&facts(&stored.facts, &team), &facts(new, &team));
    let detail = format!("{}: {}", new.name, describe(&found));
    finish(cx, tx, id, before, AuditAction::ResourceChanged, detail).await
}

/// What somebody else saved meanwhile against what was typed, and the version that it is now.
async fn meanwhile(
    app: &App,
    cx: &RequestContext,
    id: Uuid,
    new: &ResourceFacts,
) -> Result<(i32, Vec<Change>), Failure> {
    let team = team(app, cx).await?;
    let stored = store::find(&mut app.read(cx).await?, id).await?.ok_or(AppError::NotFound)?;
    Ok((stored.version, changes(&facts(&stored.facts, &team), &facts(new, &team))))
}

/// Saves the weekly hours of a resource; or shows what that would do.
async fn save_hours(
    app: &App,
    cx: &RequestContext,
    id: Uuid,
    version: i32,
    hours: &[WeekSpan],
    act: Act<'_>,
) -> Result<Outcome<Uuid>, Failure> {
    let permit = permit(cx)?;
    let mut tx = app.write(cx).await?;
    if store::lock(&mut tx, id).await?.ok_or(AppError::NotFound)? != version {
        return Ok(Outcome::Stale);
    }
    let stored = store::find(&mut tx, id).await?.ok_or(AppError::NotFound)?;
    let before = before(&mut tx, cx, id, act).await?;
    store::set_hours(&mut tx, &permit, id, hours).await?;
    let detail = format!("{}: {} to {}", stored.facts.name, week_words(&stored.hours), week_words(hours));
    finish(cx, tx, id, before, AuditAction::HoursChanged, detail).await
}

/// The hours that somebody else saved meanwhile against those that were typed, and the version that it is now.
async fn meanwhile_hours(
    app: &App,
    cx: &RequestContext,
    id: Uuid,
    hours: &[WeekSpan],
) -> Result<(i32, Vec<Change>), Failure> {
    let stored = store::find(&mut app.read(cx).await?, id).await?.ok_or(AppError::NotFound)?;
    let words = |hours: &[WeekSpan]| vec![Fact::new("Weekly hours", week_words(hours))];
    Ok((stored.version, changes(&words(&stored.hours), &words(hours))))
}

/// Gives a date other hours; or shows what that would do.
async fn add_date(
    app: &App,
    cx: &RequestContext,
    id: Uuid,
    new: &store::DateHours,
    act: Act<'_>,
) -> Result<Outcome<Uuid>, Failure> {
    let permit = permit(cx)?;
    let mut tx = app.write(cx).await?;
    store::lock(&mut tx, id).await?.ok_or(AppError::NotFound)?;
    let stored = store::find(&mut tx, id).await?.ok_or(AppError::NotFound)?;
    let before = before(&mut tx, cx, id, act).await?;
    if !store::insert_date(&mut tx, &permit, id, new).await? {
        let message = "Choose another date: this one has other hours already. Remove those first to enter new ones";
        return Ok(Outcome::Wrong("date", message.into()));
    }
    let detail = format!("{}: {} {}", stored.facts.name, new.0, day_words(&new.1));
    finish(cx, tx, id, before, AuditAction::DateHoursAdded, detail).await
}

/// Gives a date its weekly hours back; or shows what that would do.
async fn remove_date(
    app: &App,
    cx: &RequestContext,
    id: Uuid,
    date: Date,
    act: Act<'_>,
) -> Result<Outcome<Uuid>, Failure> {
    let permit = permit(cx)?;
    let mut tx = app.write(cx).await?;
    store::lock(&mut tx, id).await?.ok_or(AppError::NotFound)?;
    let stored = store::find(&mut tx, id).await?.ok_or(AppError::NotFound)?;
    let before = before(&mut tx, cx, id, act).await?;
    if !store::delete_date(&mut tx, &permit, id, date).await? {
        return Err(AppError::NotFound.into());
    }
    let detail = format!("{}: {date}", stored.facts.name);
    finish(cx, tx, id, before, AuditAction::DateHoursRemoved, detail).await
}

/// Takes a resource out of use, or brings it back. Its appointments stay as they are. Tells its name, unless it was so
/// already.
async fn set_archived(app: &App, cx: &RequestContext, id: Uuid, is_archived: bool) -> Result<Option<String>, Failure> {
    let permit = permit(cx)?;
    let mut tx = app.write(cx).await?;
    store::lock(&mut tx, id).await?.ok_or(AppError::NotFound)?;
    let Some(name) = store::set_archived(&mut tx, &permit, id, is_archived.then_some(cx.now)).await? else {
        return Ok(None);
    };
    let action = if is_archived { AuditAction::ResourceArchived } else { AuditAction::ResourceRestored };
    tx.commit(&origin(cx), AuditEntry::by(&cx.actor, action, format!("resource/{id}")).detail(&name)).await?;
    Ok(Some(name))
}

/// The state before a change whose effect is asked for.
async fn before(
    tx: &mut impl TenantConn,
    cx: &RequestContext,
    id: Uuid,
    act: Act<'_>,
) -> Result<Option<setup::Loaded>, Failure> {
    match act {
        Act::Save => Ok(None),
        _ => Ok(Some(setup::load(tx, cx, About::Resource(id)).await?)),
    }
}

/// Commits a change that was written; or, where the state before it was read, tells its effect and lets it go.
async fn finish(
    cx: &RequestContext,
    mut tx: TenantTx,
    id: Uuid,
    before: Option<setup::Loaded>,
    action: AuditAction,
    detail: String,
) -> Result<Outcome<Uuid>, Failure> {
    if let Some(before) = before {
        let after = setup::load(&mut tx, cx, About::Resource(id)).await?;
        drop(tx);
        return Ok(Outcome::Effect(setup::measure(cx, before, after).await?));
    }
    let entry = AuditEntry::by(&cx.actor, action, format!("resource/{id}")).detail(detail);
    tx.commit(&origin(cx), entry).await?;
    Ok(Outcome::Saved(id))
}
