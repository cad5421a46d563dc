//! A customer's own area: which customer a login is, and the own data.
//!
//! A login is joined to what its address has booked only after the address was proven: by a link that was sent to it.

pub(crate) mod erase;
mod export;
mod show;
pub(crate) mod store;
pub mod web;

use crate::{
    error::Failure,
    state::{App, origin},
};
use app::{error::AppError, request::RequestContext};
use domain::{
    actor::{Actor, Person},
    audit::{AuditAction, AuditEntry},
    ids::CustomerId,
    policy::{ViewOwnArea, authorize},
};
use store::CustomerRow;
use uuid::Uuid;

/// The customer that is signed in, joined to the login if that has not happened yet.
pub(crate) async fn me(app: &App, cx: &RequestContext) -> Result<CustomerRow, Failure> {
    let _permit = authorize::<ViewOwnArea>(&cx.actor, &cx.tenant()?.id)?;
    let person = cx.actor.person().ok_or(AppError::SignedOut)?;
    let found = {
        let mut tx = app.read(cx).await?;
        store::find_by_user(&mut tx, person.user).await?
    };
    if let Some(row) = found.filter(|row| row.email == person.email) {
        return Ok(row);
    }
    join(app, cx, person).await?;
    let mut tx = app.read(cx).await?;
    Ok(store::find_by_user(&mut tx, person.user).await?.ok_or(AppError::NotFound)?)
}

/// Joins a login to the customer that has its address, and makes one where there is none. To be called for an address that
/// was proven: whoever may sign in as a customer has proven it.
pub(crate) async fn join(app: &App, cx: &RequestContext, person: &Person) -> Result<(), Failure> {
    let actor = Actor::Person(person.clone());
    let permit = authorize::<ViewOwnArea>(&actor, &cx.tenant()?.id)?;
    let key = person.email.to_lowercase();
    let mut tx = app.write(cx).await?;
    let own = store::lock_by_user(&mut tx, person.user).await?;
    let other =
        store::lock_by_key(&mut tx, &key).await?.filter(|other| own.as_ref().map(|own| own.id) != Some(other.id));
    // The address of another login's customer is not ours to take, whoever wrote it there: this one gets a key that no
    // booking without a login can have.
    let is_free = other.as_ref().is_none_or(|other| other.user_id.is_none());
    let key = if is_free { key } else { format!("login:{}", person.user) };
    let id = match (own, other.filter(|_| is_free)) {
        (None, Some(other)) => {
            store::set_user(&mut tx, &permit, CustomerId(other.id), person.user).await?;
            other.id
        }
        (None, None) => {
            let id = Uuid::now_v7();
            store::insert(&mut tx, &permit, CustomerId(id), person, &key).await?;
            id
        }
        (Some(own), other) => {
            if let Some(other) = other {
                store::merge(&mut tx, &permit, CustomerId(own.id), CustomerId(other.id)).await?;
            }
            store::set_email(&mut tx, &permit, CustomerId(own.id), &person.email, &key).await?;
            own.id
        }
    };
    let entry = AuditEntry::by(&actor, AuditAction::CustomerLinked, format!("customer/{id}"));
    tx.commit(&origin(cx), entry).await
}
