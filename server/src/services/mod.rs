//! Services: added, changed, put in order, taken out of use.

mod store;
pub mod web;

use crate::{
    error::Failure,
    setup::{self, About, Act, Outcome},
    state::{App, origin},
};
use app::{error::AppError, request::RequestContext};
use domain::{
    audit::{AuditAction, AuditEntry},
    catalogue::ServiceRules,
    ids::ResourceId,
    policy::{EditServices, Permit, authorize},
    typed::{Change, Fact, changes, describe},
};
use std::collections::HashMap;
use uuid::Uuid;

fn permit(cx: &RequestContext) -> Result<Permit<EditServices>, Failure> {
    Ok(authorize::<EditServices>(&cx.actor, &cx.tenant()?.id)?)
}

/// What there is to say of a service, with its resources by name.
fn facts(rules: &ServiceRules, currency: &str, names: &HashMap<Uuid, String>) -> Vec<Fact> {
    rules.facts(currency, &|ResourceId(id)| names.get(&id).cloned().unwrap_or_else(|| "somebody".into()))
}

fn names(rows: &[store::ResourceRow]) -> HashMap<Uuid, String> {
    rows.iter().map(|row| (row.id, row.name.clone())).collect()
}

/// Saves a service, new or as it was looked at in a version; or shows what that would do. Gives its id.
async fn save(
    app: &App,
    cx: &RequestContext,
    id: Option<Uuid>,
    version: i32,
    rules: &ServiceRules,
    act: Act<'_>,
) -> Result<Outcome<Uuid>, Failure> {
    let permit = permit(cx)?;
    let mut tx = app.write(cx).await?;
    let target = id.unwrap_or_else(Uuid::now_v7);
    let stored = match id {
        None => None,
        Some(id) => {
            let current = store::lock(&mut tx, id).await?.ok_or(AppError::NotFound)?;
            if current != version {
                return Ok(Outcome::Stale);
            }
            store::find(&mut tx, id).await?
        }
    };
    if act != Act::Save {
        let before = setup::load(&mut tx, cx, About::Service(id)).await?;
        store::save(&mut tx, &permit, target, rules).await?;
        let after = setup::load(&mut tx, cx, About::Service(Some(target))).await?;
        // Rolled back: nothing of this was ever there.
        drop(tx);
        return Ok(Outcome::Effect(setup::measure(cx, before, after).await?));
    }
    store::save(&mut tx, &permit, target, rules).await?;
    let action = if id.is_some() { AuditAction::ServiceChanged } else { AuditAction::ServiceAdded };
    let detail = match &stored {
        None => rules.name.clone(),
        Some(stored) => {
            let currency = store::find_currency(&mut tx).await?;
            let names = names(&store::list_resources(&mut tx).await?);
            let found = changes(&facts(&stored.rules, &currency, &names), &facts(rules, &currency, &names));
            format!("{}: {}", rules.name, describe(&found))
        }
    };
    tx.commit(&origin(cx), AuditEntry::by(&cx.actor, action, format!("service/{target}")).detail(detail)).await?;
    Ok(Outcome::Saved(target))
}

/// What somebody else saved meanwhile against what was typed, and the version that it is now.
async fn meanwhile(
    app: &App,
    cx: &RequestContext,
    id: Uuid,
    rules: &ServiceRules,
) -> Result<(i32, Vec<Change>), Failure> {
    let mut tx = app.read(cx).await?;
    let stored = store::find(&mut tx, id).await?.ok_or(AppError::NotFound)?;
    let currency = store::find_currency(&mut tx).await?;
    let names = names(&store::list_resources(&mut tx).await?);
    let found = changes(&facts(&stored.rules, &currency, &names), &facts(rules, &currency, &names));
    Ok((stored.version, found))
}

/// Takes a service out of use, or brings it back. Its appointments stay as they are. Tells its name, unless it was so
/// already.
async fn set_archived(app: &App, cx: &RequestContext, id: Uuid, is_archived: bool) -> Result<Option<String>, Failure> {
    let permit = permit(cx)?;
    let mut tx = app.write(cx).await?;
    store::lock(&mut tx, id).await?.ok_or(AppError::NotFound)?;
    let Some(name) = store::set_archived(&mut tx, &permit, id, is_archived.then_some(cx.now)).await? else {
        return Ok(None);
    };
    let action = if is_archived { AuditAction::ServiceArchived } else { AuditAction::ServiceRestored };
    tx.commit(&origin(cx), AuditEntry::by(&cx.actor, action, format!("service/{id}")).detail(&name)).await?;
    Ok(Some(name))
}

/// Moves a service one place up or down the list.
async fn shift(app: &App, cx: &RequestContext, id: Uuid, up: bool) -> Result<(), Failure> {
    let permit = permit(cx)?;
    let mut tx = app.write(cx).await?;
    let mut order = store::lock_order(&mut tx).await?;
    let at = order.iter().position(|(other, _)| *other == id).ok_or(AppError::NotFound)?;
    let other = if up { at.checked_sub(1) } else { Some(at + 1).filter(|next| *next < order.len()) };
    let Some(other) = other else { return Ok(()) };
    order.swap(at, other);
    let ids: Vec<Uuid> = order.iter().map(|(id, _)| *id).collect();
    store::set_order(&mut tx, &permit, &ids).await?;
    let name = order.get(other).map(|(_, name)| name.clone()).unwrap_or_default();
    let entry = AuditEntry::by(&cx.actor, AuditAction::ServiceChanged, format!("service/{id}"))
        .detail(format!("{name}: moved {} the list", if up { "up" } else { "down" }));
    tx.commit(&origin(cx), entry).await
}
