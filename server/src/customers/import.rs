//! Taking customers over from a file: the plan is made, shown, and made once more when it is carried out, so that nobody is
//! added twice however often the button is pressed.

use super::store;
use crate::{
    error::Failure,
    state::{App, origin},
    tenancy::TenantConn,
};
use app::request::RequestContext;
use domain::{
    audit::{AuditAction, AuditEntry},
    customer::{
        csv::Unreadable,
        import::{Existing, Plan, Read, plan, read},
    },
    policy::{ImportCustomers, authorize},
};

/// A file as large as is taken; the form around it needs some bytes, too.
pub(crate) const LARGEST_FILE: usize = 1024 * 1024;

/// What would become of a file's rows.
pub(super) async fn look(
    app: &App,
    cx: &RequestContext,
    text: &str,
    existing: Existing,
) -> Result<Result<Plan, Unreadable>, Failure> {
    let read = match read(text) {
        Ok(read) => read,
        Err(why) => return Ok(Err(why)),
    };
    Ok(Ok(decide(&mut app.read(cx).await?, read, existing).await?))
}

async fn decide(tx: &mut impl TenantConn, read: Read, existing: Existing) -> Result<Plan, Failure> {
    let keys: Vec<_> = read.rows.iter().map(|row| row.details.email_key()).filter(|key| !key.is_empty()).collect();
    let without_email = keys.len() < read.rows.len();
    let known = store::list_known(tx, &keys, without_email).await?;
    Ok(plan(read, &known, existing))
}

/// Imports a file. Tells how many were added, and how many changed.
pub(super) async fn import(
    app: &App,
    cx: &RequestContext,
    text: &str,
    existing: Existing,
) -> Result<Result<(u64, u64), Unreadable>, Failure> {
    let permit = authorize::<ImportCustomers>(&cx.actor, &cx.tenant()?.id)?;
    let read = match read(text) {
        Ok(read) => read,
        Err(why) => return Ok(Err(why)),
    };
    let mut tx = app.write(cx).await?;
    // One after the other: the second of two finds what the first has added.
    store::lock_import(&mut tx).await?;
    let plan = decide(&mut tx, read, existing).await?;
    if plan.add.is_empty() && plan.update.is_empty() {
        return Ok(Ok((0, 0)));
    }
    let added = store::insert_many(&mut tx, &permit, &plan.add).await?;
    let changed: Vec<_> = plan.update.iter().map(|update| &update.after).collect();
    let updated = store::update_many(&mut tx, &permit, &changed).await?;
    let detail = format!(
        "{added} added, {updated} updated, {} left as they were, {} lines with mistakes",
        plan.same.len(),
        plan.bad.len()
    );
    let entry = AuditEntry::by(&cx.actor, AuditAction::CustomersImported, "customers").detail(detail);
    tx.commit(&origin(cx), entry).await?;
    Ok(Ok((added, updated)))
}
