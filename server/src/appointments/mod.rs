//! The list of appointments, and one decision about several of them: each in a transaction of its own, by the one path that
//! decides.

mod show;
pub(crate) mod store;
pub mod web;

pub(crate) use show::{line, may_decide};

use crate::{booking, error::Failure, state::App};
use app::{
    appointments::model::{AppointmentLine, BulkLine},
    error::{AppError, Conflict},
    request::RequestContext,
};
use domain::{
    bulk::{Bulk, Pick},
    policy::Denied,
};
use std::collections::HashMap;
use store::{Filter, Row};
use uuid::Uuid;

const STALE: &str = "Somebody changed it meanwhile. Look at it again before you decide";

/// The appointments that were ticked, as they stand now.
async fn find(app: &App, cx: &RequestContext, picks: &[Pick]) -> Result<HashMap<Uuid, Row>, Failure> {
    let filter = Filter::ids(picks.iter().map(|pick| pick.id.0).collect());
    let mut tx = app.read(cx).await?;
    let rows = store::list_forward(&mut tx, &filter, None, i64::try_from(picks.len()).unwrap_or(0)).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// What a decision would come to for each of those ticked.
async fn look(app: &App, cx: &RequestContext, bulk: Bulk, picks: &[Pick]) -> Result<Vec<BulkLine>, Failure> {
    let rows = find(app, cx, picks).await?;
    let mut lines = Vec::with_capacity(picks.len());
    for pick in picks {
        let Some(row) = rows.get(&pick.id.0) else {
            lines.push(BulkLine { line: None, outcome: Err(Denied::OtherTenant.message().into()) });
            continue;
        };
        let outcome = match may_decide(cx, row) {
            Err(failure) => Err(failure.public(&cx.request_id).message()),
            Ok(()) if row.version != pick.version => Err(STALE.into()),
            Ok(()) => bulk.outcome(row.status(), row.starts_at.to_jiff() <= cx.now).map_err(Into::into),
        };
        lines.push(BulkLine { line: Some(line(cx, row)?), outcome });
    }
    Ok(lines)
}

/// What was done about several appointments, in the order in which they were ticked.
struct Done {
    lines: Vec<BulkLine>,
    /// The status of the answer, if something could not be done: of the worst.
    worst: Option<u16>,
}

/// Takes a decision about each of those ticked; what cannot be done leaves the others alone.
async fn carry_out(app: &App, cx: &RequestContext, bulk: Bulk, picks: &[Pick], reason: &str) -> Result<Done, Failure> {
    let rows = find(app, cx, picks).await?;
    let mut done = Done { lines: Vec::with_capacity(picks.len()), worst: None };
    for pick in picks {
        let row = rows.get(&pick.id.0);
        let decided = match row {
            Some(row) => {
                let decision = bulk.decision(row.status());
                booking::decide::decide(app, cx, pick.id, pick.version, decision, reason).await
            }
            None => Err(AppError::NotFound.into()),
        };
        let was: Option<AppointmentLine> = row.map(|row| line(cx, row)).transpose()?;
        let outcome = match decided {
            Ok(()) => {
                let to = row.and_then(|row| bulk.outcome(row.status(), row.starts_at.to_jiff() <= cx.now).ok());
                to.ok_or_else(String::new)
            }
            Err(failure) => {
                let error = failure.public(&cx.request_id);
                if error == AppError::SignedOut {
                    return Err(error.into());
                }
                // A clash before a refusal before what is not there.
                let rank = |status: u16| [404, 403, 409].iter().position(|known| *known == status).unwrap_or(3);
                let status = error.status();
                done.worst =
                    Some(done.worst.map_or(status, |worst| if rank(worst) > rank(status) { worst } else { status }));
                Err(why(&error, row, bulk, cx))
            }
        };
        done.lines.push(BulkLine { line: was, outcome });
    }
    Ok(done)
}

/// Why one of several could not be decided, in words that stand beside its name.
fn why(error: &AppError, row: Option<&Row>, bulk: Bulk, cx: &RequestContext) -> String {
    let known = row.and_then(|row| bulk.outcome(row.status(), row.starts_at.to_jiff() <= cx.now).err());
    match (error, known) {
        (AppError::Conflict(Conflict::Stale), _) => STALE.into(),
        (AppError::Conflict(Conflict::NotPossible), Some(why)) => why.into(),
        (AppError::Conflict(Conflict::SlotTaken { what }), _) => what.clone(),
        _ => error.message(),
    }
}
