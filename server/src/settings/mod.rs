//! The settings of a business.

mod store;
pub mod web;

use crate::{
    error::Failure,
    setup::{self, About, Act, Outcome},
    state::{App, origin},
    tenancy::TenantTx,
};
use app::{error::AppError, request::RequestContext};
use domain::{
    audit::{AuditAction, AuditEntry},
    brand::Colour,
    money,
    policy::{EditSettings, Permit, authorize},
    settings::{BusinessFacts, Closure, Policies},
    typed::{changes, describe},
};
use uuid::Uuid;

fn permit(cx: &RequestContext) -> Result<Permit<EditSettings>, Failure> {
    Ok(authorize::<EditSettings>(&cx.actor, &cx.tenant()?.id)?)
}

/// Why the currency stays, once somebody was promised a price in it.
const CURRENCY_STAYS: &str = "Appointments were booked at prices in this currency, so it cannot be changed any more";

/// Begins a change of the settings as they were looked at; `None` if they are others by now.
async fn begin(app: &App, cx: &RequestContext, version: i32) -> Result<Option<TenantTx>, Failure> {
    let mut tx = app.write(cx).await?;
    Ok((store::lock(&mut tx).await? == version).then_some(tx))
}

async fn commit(cx: &RequestContext, tx: TenantTx, target: &str, detail: String) -> Result<Outcome<()>, Failure> {
    tx.commit(&origin(cx), AuditEntry::by(&cx.actor, AuditAction::SettingChanged, target).detail(detail)).await?;
    Ok(Outcome::Saved(()))
}

/// Saves what the business says of itself.
async fn save_business(
    app: &App,
    cx: &RequestContext,
    version: i32,
    new: &BusinessFacts,
) -> Result<Outcome<()>, Failure> {
    let permit = permit(cx)?;
    let Some(mut tx) = begin(app, cx, version).await? else { return Ok(Outcome::Stale) };
    let stored = store::find(&mut tx).await?;
    if stored.business.currency != new.currency {
        if store::has_promised_price(&mut tx).await? {
            return Ok(Outcome::Wrong("currency", CURRENCY_STAYS.into()));
        }
        let unit = |currency: &str| 10_i64.pow(money::decimals(currency));
        store::scale_prices(&mut tx, &permit, unit(&stored.business.currency), unit(&new.currency)).await?;
    }
    store::save_business(&mut tx, &permit, new).await?;
    let detail = describe(&changes(&stored.business.facts(), &new.facts()));
    commit(cx, tx, "setting/business", detail).await
}

/// Saves the policies; or shows what that would do.
async fn save_policies(
    app: &App,
    cx: &RequestContext,
    version: i32,
    new: &Policies,
    act: Act<'_>,
) -> Result<Outcome<()>, Failure> {
    let permit = permit(cx)?;
    let Some(mut tx) = begin(app, cx, version).await? else { return Ok(Outcome::Stale) };
    let stored = store::find(&mut tx).await?;
    if act != Act::Save {
        let before = setup::load(&mut tx, cx, About::Business).await?;
        store::save_policies(&mut tx, &permit, new).await?;
        return effect(cx, tx, before).await;
    }
    store::save_policies(&mut tx, &permit, new).await?;
    let detail = describe(&changes(&stored.policies.facts(), &new.facts()));
    commit(cx, tx, "setting/policies", detail).await
}

/// Saves the colour.
async fn save_colour(
    app: &App,
    cx: &RequestContext,
    version: i32,
    new: Option<Colour>,
) -> Result<Outcome<()>, Failure> {
    let permit = permit(cx)?;
    let Some(mut tx) = begin(app, cx, version).await? else { return Ok(Outcome::Stale) };
    let stored = store::find(&mut tx).await?;
    let new = new.map(|colour| colour.to_string());
    store::save_colour(&mut tx, &permit, new.as_deref()).await?;
    let word = |colour: Option<String>| colour.unwrap_or_else(|| "the product's own".into());
    let detail = format!("Colour: {} to {}", word(stored.brand_colour), word(new));
    commit(cx, tx, "setting/branding", detail).await
}

/// Adds a closure; or shows what that would do.
async fn add_closure(app: &App, cx: &RequestContext, new: &Closure, act: Act<'_>) -> Result<Outcome<()>, Failure> {
    let permit = permit(cx)?;
    let mut tx = app.write(cx).await?;
    store::lock(&mut tx).await?;
    if act != Act::Save {
        let before = setup::load(&mut tx, cx, About::Business).await?;
        store::insert_closure(&mut tx, &permit, new).await?;
        return effect(cx, tx, before).await;
    }
    let id = store::insert_closure(&mut tx, &permit, new).await?;
    let entry = AuditEntry::by(&cx.actor, AuditAction::ClosureAdded, format!("closure/{id}"))
        .detail(format!("{}, {} to {}", new.name, new.from, new.to));
    tx.commit(&origin(cx), entry).await?;
    Ok(Outcome::Saved(()))
}

/// Takes a closure back.
async fn remove_closure(app: &App, cx: &RequestContext, id: Uuid) -> Result<(), Failure> {
    let permit = permit(cx)?;
    let mut tx = app.write(cx).await?;
    let was = store::delete_closure(&mut tx, &permit, id).await?.ok_or(AppError::NotFound)?;
    let entry = AuditEntry::by(&cx.actor, AuditAction::ClosureRemoved, format!("closure/{id}")).detail(was);
    tx.commit(&origin(cx), entry).await
}

/// What a change that was written would do. It is let go of: nothing of it was ever there.
async fn effect(cx: &RequestContext, mut tx: TenantTx, before: setup::Loaded) -> Result<Outcome<()>, Failure> {
    let after = setup::load(&mut tx, cx, About::Business).await?;
    drop(tx);
    Ok(Outcome::Effect(setup::measure(cx, before, after).await?))
}
