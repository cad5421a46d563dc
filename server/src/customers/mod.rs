//! Customers, as the team keeps them: found, added, changed, put together, taken over from a file, and emptied.

mod anonymise;
mod import;
mod merge;
mod show;
mod store;
pub mod web;

pub(crate) use import::LARGEST_FILE;

use crate::{
    error::{Failure, breaks},
    state::{App, origin},
    tenancy::TenantConn,
};
use app::{error::AppError, request::RequestContext};
use domain::{
    audit::{AuditAction, AuditEntry},
    customer::{Details, phone_tail},
    policy::{
        CustomerFacts, CustomerScope, EditCustomerNotes, EditCustomers, ViewCustomer, ViewCustomers, authorize,
        customer_scope,
    },
    typed::changes,
};
use store::{CustomerRow, SimilarRow};
use uuid::Uuid;

/// What became of a form that was sent.
enum Outcome<T> {
    /// It is saved.
    Saved(T),
    /// Nothing is saved: somebody else was first.
    Stale,
    /// Nothing is saved: these may be the same person.
    Similar(Vec<SimilarRow>),
}

/// A customer, and what the rights over them depend on.
struct Seen {
    row: CustomerRow,
    facts: CustomerFacts,
}

/// Whose customers somebody sees: all, or those of one calendar.
fn calendar(cx: &RequestContext) -> Result<Option<Uuid>, Failure> {
    let tenant = cx.tenant()?.id;
    let _permit = authorize::<ViewCustomers>(&cx.actor, &tenant)?;
    match customer_scope(&cx.actor, tenant) {
        CustomerScope::All => Ok(None),
        CustomerScope::OfCalendar(user) => Ok(Some(user.0)),
        CustomerScope::None => Err(AppError::NotFound.into()),
    }
}

/// One customer, for whoever may see them; for all others of the team there is no such customer.
async fn visible(tx: &mut impl TenantConn, cx: &RequestContext, id: Uuid) -> Result<Seen, Failure> {
    let tenant = cx.tenant()?.id;
    // Asked before it is said whether there is such a customer.
    let _permit = authorize::<ViewCustomers>(&cx.actor, &tenant)?;
    let row = store::find(tx, id).await?.ok_or(AppError::NotFound)?;
    let is_of_own_appointment = match cx.actor.person() {
        Some(person) => store::is_of_calendar(tx, id, person.user.0).await?,
        None => false,
    };
    let facts = CustomerFacts { tenant, is_of_own_appointment };
    let _permit = authorize::<ViewCustomer>(&cx.actor, &facts).map_err(|_| AppError::NotFound)?;
    Ok(Seen { row, facts })
}

/// Others with the same address or number.
async fn similar(
    tx: &mut impl TenantConn,
    except: Option<Uuid>,
    details: &Details,
) -> Result<Vec<SimilarRow>, sqlx::Error> {
    let tail = details.phone.as_deref().and_then(phone_tail).unwrap_or_default();
    store::list_similar(tx, except, &details.email_key(), &tail).await
}

/// Adds a customer; where others have the same address or number, only if it is said once more.
async fn add(app: &App, cx: &RequestContext, details: &Details, anyway: bool) -> Result<Outcome<Uuid>, Failure> {
    let permit = authorize::<EditCustomers>(&cx.actor, &cx.tenant()?.id)?;
    let id = Uuid::now_v7();
    let mut tx = app.write(cx).await?;
    let others = similar(&mut tx, None, details).await?;
    if !anyway && !others.is_empty() {
        return Ok(Outcome::Similar(others));
    }
    match store::insert(&mut tx, &permit, id, details).await {
        Ok(()) => {}
        // Somebody with this address was added a moment ago.
        Err(error) if breaks(&error, "customer_email") => {
            return Ok(Outcome::Similar(similar(&mut app.read(cx).await?, None, details).await?));
        }
        Err(error) => return Err(error.into()),
    }
    let entry = AuditEntry::by(&cx.actor, AuditAction::CustomerAdded, format!("customer/{id}"));
    tx.commit(&origin(cx), entry).await?;
    Ok(Outcome::Saved(id))
}

/// Changes how a customer is called and reached.
async fn change(
    app: &App,
    cx: &RequestContext,
    id: Uuid,
    version: i32,
    details: &Details,
    anyway: bool,
) -> Result<Outcome<()>, Failure> {
    let mut tx = app.write(cx).await?;
    visible(&mut tx, cx, id).await?;
    let permit = authorize::<EditCustomers>(&cx.actor, &cx.tenant()?.id)?;
    let stored = lock_one(&mut tx, id).await?;
    if stored.version != version {
        return Ok(Outcome::Stale);
    }
    // What a login stands on is its owner's to change.
    let email = if stored.user_id.is_some() { stored.details().email } else { details.email.clone() };
    let details = Details { email, ..details.clone() };
    let found = changes(&stored.details().facts(), &details.facts());
    if found.is_empty() {
        return Ok(Outcome::Saved(()));
    }
    let others = similar(&mut tx, Some(id), &details).await?;
    let known: Vec<_> = similar(&mut tx, Some(id), &stored.details()).await?.iter().map(|row| row.id).collect();
    // Whoever was alike before the change is nothing new.
    if !anyway && others.iter().any(|row| !known.contains(&row.id)) {
        return Ok(Outcome::Similar(others));
    }
    match store::update_details(&mut tx, &permit, id, &details).await {
        Ok(()) => {}
        Err(error) if breaks(&error, "customer_email") => {
            return Ok(Outcome::Similar(similar(&mut app.read(cx).await?, Some(id), &details).await?));
        }
        Err(error) => return Err(error.into()),
    }
    // What about them, and not whom: the audit stays when a customer's data are deleted.
    let what = found.into_iter().map(|change| change.label).collect::<Vec<_>>().join(", ");
    let entry = AuditEntry::by(&cx.actor, AuditAction::CustomerChanged, format!("customer/{id}")).detail(what);
    tx.commit(&origin(cx), entry).await?;
    Ok(Outcome::Saved(()))
}

/// Changes the team's notes on a customer.
async fn note(app: &App, cx: &RequestContext, id: Uuid, version: i32, notes: &str) -> Result<Outcome<()>, Failure> {
    let mut tx = app.write(cx).await?;
    let seen = visible(&mut tx, cx, id).await?;
    let permit = authorize::<EditCustomerNotes>(&cx.actor, &seen.facts)?;
    let stored = lock_one(&mut tx, id).await?;
    if stored.version != version {
        return Ok(Outcome::Stale);
    }
    if stored.notes == notes {
        return Ok(Outcome::Saved(()));
    }
    store::update_notes(&mut tx, &permit, id, notes).await?;
    let entry = AuditEntry::by(&cx.actor, AuditAction::CustomerNoted, format!("customer/{id}"));
    tx.commit(&origin(cx), entry).await?;
    Ok(Outcome::Saved(()))
}

/// One customer, held until the transaction ends. Of one whose data are deleted nothing is left to change.
async fn lock_one(tx: &mut crate::tenancy::TenantTx, id: Uuid) -> Result<CustomerRow, Failure> {
    let row = store::lock(tx, &[id]).await?.pop().filter(|row| !row.is_anonymised);
    Ok(row.ok_or(AppError::NotFound)?)
}
