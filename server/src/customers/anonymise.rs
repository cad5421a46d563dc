//! Deleting what names a customer, by the team: the same steps as when the customer does it (`own::erase`).

use super::{lock_one, store, visible};
use crate::{
    error::Failure,
    own::{
        erase,
        store::{MayErase, count_open},
    },
    state::{App, origin},
};
use app::request::RequestContext;
use domain::{
    audit::{AuditAction, AuditEntry},
    ids::{CustomerId, UserId},
    policy::{AnonymiseCustomer, authorize},
};
use uuid::Uuid;

/// Deletes it. Tells whether it was done: not while the customer is still expected.
pub(super) async fn anonymise(app: &App, cx: &RequestContext, id: Uuid) -> Result<bool, Failure> {
    let mut tx = app.write(cx).await?;
    visible(&mut tx, cx, id).await?;
    let permit = authorize::<AnonymiseCustomer>(&cx.actor, &cx.tenant()?.id)?;
    // Whoever books for this customer meanwhile waits for the row, and then finds another address in it.
    let row = lock_one(&mut tx, id).await?;
    let customer = CustomerId(id);
    if count_open(&mut tx, customer, cx.now).await? > 0 {
        return Ok(false);
    }
    // Letters and login go first, while the row is held: should the rest fail, the customer is still there to press the
    // button for again, and that does no harm to what is gone.
    if !row.email.is_empty() || row.user_id.is_some() {
        let addresses = [row.email.to_lowercase()];
        let addresses = if row.email.is_empty() { &[][..] } else { &addresses[..] };
        erase::forget(app, cx, AuditAction::CustomerAnonymised, addresses, row.user_id.map(UserId)).await?;
    }
    erase::empty(&mut tx, MayErase::Team(&permit), customer, cx.now).await?;
    let entry = AuditEntry::by(&cx.actor, AuditAction::CustomerAnonymised, format!("customer/{id}"));
    tx.commit(&origin(cx), entry).await?;
    Ok(true)
}

/// How many appointments a customer has in all.
pub(super) async fn count(
    tx: &mut impl crate::tenancy::TenantConn,
    cx: &RequestContext,
    id: Uuid,
) -> Result<i64, Failure> {
    Ok(store::totals(tx, id, cx.now).await?.appointments)
}
