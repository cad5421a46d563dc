//! Deleting the own data.
//!
//! First what is still to come is called off, then the customer and all appointments lose whatever names anybody, then the
//! login and the letters. Each step leaves something that can be gone on from: should one fail, the customer is still
//! signed in, and pressing the button again does the rest. The team's page of a customer stands on the same steps.

use super::store::{self, CustomerRow, MayErase, OwnRow};
use crate::{
    booking::own::{Own, OwnOutcome, cancel},
    error::Failure,
    identity::entry,
    mail, messages,
    state::{App, origin},
    tenancy::TenantTx,
};
use app::{error::AppError, request::RequestContext};
use domain::{
    audit::{AuditAction, AuditEntry},
    booking::AppointmentStatus,
    ids::{AppointmentId, CustomerId, UserId},
    own::{Chance, chance},
    policy::{DeleteOwnData, authorize},
};
use jiff::Timestamp;

/// What is still to come of a customer's appointments: what can be called off, and what cannot any more.
#[derive(Default)]
pub(super) struct Upcoming {
    pub along: Vec<OwnRow>,
    pub in_the_way: Vec<OwnRow>,
}

/// Reads it.
pub(super) async fn upcoming(app: &App, cx: &RequestContext, me: &CustomerRow) -> Result<Upcoming, Failure> {
    let mut tx = app.read(cx).await?;
    let rows = store::list_upcoming(&mut tx, CustomerId(me.id), cx.now).await?;
    let (along, in_the_way) = rows.into_iter().partition(|row| can_be_cancelled(row, cx.now));
    Ok(Upcoming { along, in_the_way })
}

fn can_be_cancelled(row: &OwnRow, now: Timestamp) -> bool {
    let minutes = u32::try_from(row.cancel_minutes).unwrap_or(0);
    AppointmentStatus::parse(&row.status)
        .is_some_and(|status| matches!(chance(status, row.starts_at.to_jiff(), minutes, now), Chance::Open(_)))
}

/// Deletes the own data. Tells whether it was done: not while something is still to come that cannot be called off.
pub(super) async fn erase(app: &App, cx: &RequestContext, me: &CustomerRow) -> Result<bool, Failure> {
    let permit = authorize::<DeleteOwnData>(&cx.actor, &cx.tenant()?.id)?;
    let person = cx.actor.person().ok_or(AppError::SignedOut)?;
    let customer = CustomerId(me.id);
    let upcoming = upcoming(app, cx, me).await?;
    if !upcoming.in_the_way.is_empty() {
        return Ok(false);
    }
    for row in upcoming.along {
        let own = Own { id: AppointmentId(row.id), has_link: false, version: row.version };
        match cancel(app, cx, &own, "").await? {
            OwnOutcome::Done | OwnOutcome::Over => {}
            OwnOutcome::Stale | OwnOutcome::Gone | OwnOutcome::TooLate(_) => return Ok(false),
        }
    }
    let mut tx = app.write(cx).await?;
    // Whoever books for this customer meanwhile waits for the row, and then finds another address in it.
    store::lock_by_user(&mut tx, person.user).await?;
    if store::count_open(&mut tx, customer, cx.now).await? > 0 {
        return Ok(false);
    }
    empty(&mut tx, MayErase::Own(&permit), customer, cx.now).await?;
    let entry = AuditEntry::by(&cx.actor, AuditAction::OwnDataDeleted, format!("customer/{customer}"));
    tx.commit(&origin(cx), entry).await?;
    let addresses = [me.email.to_lowercase(), person.email.to_lowercase()];
    forget(app, cx, AuditAction::OwnDataDeleted, &addresses, Some(person.user)).await?;
    Ok(true)
}

/// Takes away all that names a customer in the tenant's own tables, and the letters about the appointments.
pub(crate) async fn empty(
    tx: &mut TenantTx,
    allowed: MayErase<'_>,
    customer: CustomerId,
    now: Timestamp,
) -> Result<(), Failure> {
    store::anonymise(tx, allowed, customer, now).await?;
    let appointments = store::list_ids(tx, customer).await?;
    messages::forget(tx, &appointments).await
}

/// Removes all other letters to some addresses, and the login, if there is one. Doing it twice does no harm.
pub(crate) async fn forget(
    app: &App,
    cx: &RequestContext,
    action: AuditAction,
    addresses: &[String],
    user: Option<UserId>,
) -> Result<(), Failure> {
    let tenant = cx.tenant()?.id;
    let mut tx = app.db.platform().await?;
    for address in addresses {
        mail::store::forget(tx.conn()?, tenant, address).await?;
    }
    let target = match user {
        Some(user) => {
            entry::store::erase(tx.conn()?, user).await?;
            format!("user/{user}")
        }
        None => "letters".to_owned(),
    };
    let mut entry = AuditEntry::by(&cx.actor, action, target).tenant(tenant);
    if let Some(user) = user {
        entry = entry.subject(user);
    }
    tx.commit(&origin(cx), entry).await
}
