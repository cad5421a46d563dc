//! Making one of two customers: appointments and notes of both, and the login, if one of them has it.

use super::{store, visible};
use crate::{
    error::Failure,
    state::{App, origin},
};
use app::{error::AppError, request::RequestContext};
use domain::{
    audit::{AuditAction, AuditEntry},
    customer::{Details, join_notes},
    policy::{MergeCustomers, authorize},
};
use store::CustomerRow;
use uuid::Uuid;

/// Two customers, each as it was looked at in a version.
pub(super) struct Pair {
    pub keep: (Uuid, i32),
    pub other: (Uuid, i32),
}

/// What became of it.
pub(super) enum Merged {
    /// They are one; how many appointments moved over.
    Done(u64),
    /// Nothing is done: one of them was changed meanwhile.
    Stale,
    /// Nothing is done: it cannot be, or not this way round.
    Refused,
}

/// Who stays as what, with which notes; or why the two cannot be one.
pub(super) fn joined(keep: &CustomerRow, other: &CustomerRow) -> Result<(Details, String), String> {
    if keep.id == other.id {
        return Err("These are one and the same already.".into());
    }
    if keep.is_anonymised || other.is_anonymised {
        return Err("The data of one of them are deleted: there is nothing left to put together.".into());
    }
    match (keep.user_id, other.user_id) {
        (Some(_), Some(_)) => {
            return Err("Both sign in here, each with a login of their own, and neither can take over the other's. One of them has to delete the own account first.".into());
        }
        (None, Some(_)) => {
            return Err(format!(
                "{} signs in here and so has to be the one who stays. Begin on that page.",
                other.name
            ));
        }
        (_, None) => {}
    }
    let notes = join_notes(&keep.notes, &other.notes)
        .ok_or("Together their notes have more than 2,000 characters. Shorten those of one of them first.")?;
    let (kept, gone) = (keep.details(), other.details());
    Ok((Details { name: kept.name, email: kept.email.or(gone.email), phone: kept.phone.or(gone.phone) }, notes))
}

/// Makes one of two.
pub(super) async fn merge(app: &App, cx: &RequestContext, pair: &Pair) -> Result<Merged, Failure> {
    let mut tx = app.write(cx).await?;
    visible(&mut tx, cx, pair.keep.0).await?;
    let permit = authorize::<MergeCustomers>(&cx.actor, &cx.tenant()?.id)?;
    let mut rows = store::lock(&mut tx, &[pair.keep.0, pair.other.0]).await?;
    let mut take = |id: Uuid| rows.iter().position(|row| row.id == id).map(|at| rows.swap_remove(at));
    let keep = take(pair.keep.0).ok_or(AppError::NotFound)?;
    // Whoever is gone was merged already: by the same form, sent twice.
    let Some(other) = take(pair.other.0) else { return Ok(Merged::Stale) };
    if (keep.version, other.version) != (pair.keep.1, pair.other.1) {
        return Ok(Merged::Stale);
    }
    let Ok((details, notes)) = joined(&keep, &other) else { return Ok(Merged::Refused) };
    let moved = store::merge(&mut tx, &permit, keep.id, other.id, &details, &notes).await?;
    let entry = AuditEntry::by(&cx.actor, AuditAction::CustomersMerged, format!("customer/{}", keep.id))
        .detail(format!("customer/{} merged into it, with {moved} appointments", other.id));
    tx.commit(&origin(cx), entry).await?;
    Ok(Merged::Done(moved))
}
