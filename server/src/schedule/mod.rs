//! The team's calendar: a day with one column a resource, an appointment's page, and moves.

mod show;
pub(crate) mod snapshot;
pub(crate) mod store;
pub mod web;

use crate::{
    booking::minutes_between,
    error::{Failure, breaks, is_contention},
    state::{App, origin},
};
use app::{
    error::{AppError, Conflict},
    ports,
    request::RequestContext,
    schedule::model::{Move, Moved},
};
use async_trait::async_trait;
use domain::{
    audit::{AuditAction, AuditEntry},
    ids::{AppointmentId, ResourceId, UserId},
    policy::{CalendarFacts, MoveAppointment, authorize},
    schedule::{Placement, ReasonCode, check_placement},
    time::range_label,
};
use jiff::{Timestamp, ToSpan};
use snapshot::Calendar;
use store::AppointmentRow;
use uuid::Uuid;

#[async_trait]
impl ports::Schedule for App {
    async fn move_appointment(&self, cx: &RequestContext, change: Move) -> Result<Moved, AppError> {
        move_appointment(self, cx, &change).await.map_err(|failure| failure.public(&cx.request_id))
    }
}

/// Gives an appointment another time, resource, or both; refused where it would overlap, lie outside of hours, or
/// reach a resource that does not do the service.
pub async fn move_appointment(app: &App, cx: &RequestContext, change: &Move) -> Result<Moved, Failure> {
    for _ in 1..3 {
        match try_to_move(app, cx, change).await {
            // Somebody else's write came between looking and moving: look again, and say what is there now.
            Err(Failure::Sql(error)) if breaks(&error, "claim_no_overlap") || is_contention(&error) => continue,
            outcome => return outcome,
        }
    }
    try_to_move(app, cx, change).await
}

async fn try_to_move(app: &App, cx: &RequestContext, change: &Move) -> Result<Moved, Failure> {
    let tenant = cx.tenant()?;
    let mut tx = app.write(cx).await?;
    let version = store::lock_appointment(&mut tx, change.id).await?.ok_or(AppError::NotFound)?;
    let row = store::find_appointment(&mut tx, change.id).await?.ok_or(AppError::NotFound)?;
    let minutes = minutes_between(row.starts_at.to_jiff(), row.ends_at.to_jiff());
    let end = change
        .start
        .checked_add(i64::from(minutes).minutes())
        .map_err(|_| Failure::BadRequest("its time lies beyond all calendars"))?;
    let needs = store::list_needs(&mut tx, row.service_id.into()).await?;
    let mut calendar = Calendar::empty(store::list_resources(&mut tx).await?, &tenant.zone)?;
    let target = calendar.find(change.resource.0).ok_or(AppError::NotFound)?;
    let (target_owner, target_name) = (target.user_id.map(UserId), target.name.clone());
    let leaving = leaving(&row, &needs, change.resource).ok_or(Conflict::NotOffered { what: target_name })?;

    let owners = row.resource_ids.iter().filter_map(|id| calendar.find(*id)).map(|r| r.user_id.map(UserId));
    let facts = CalendarFacts { tenant: tenant.id, owners: owners.chain([target_owner]).collect() };
    let permit = authorize::<MoveAppointment>(&cx.actor, &facts)?;
    if version != change.version {
        return Err(Conflict::Stale.into());
    }

    // Each resource that it holds goes along in time; one of them may become another.
    let moves: Vec<(ResourceId, ResourceId)> = row
        .resource_ids
        .iter()
        .map(|id| ResourceId(*id))
        .map(|id| if id == leaving { (id, change.resource) } else { (id, id) })
        .collect();
    let mut touched: Vec<Uuid> = moves.iter().flat_map(|(from, to)| [from.0, to.0]).collect();
    touched.sort();
    touched.dedup();
    store::lock_resources(&mut tx, &touched).await?;
    calendar.load_claims(&mut tx, change.start - 24.hours(), end + 24.hours(), cx.now).await?;
    for (_, to) in &moves {
        refuse_if_in_the_way(&calendar, cx, *to, change.start, minutes, change.id)?;
    }
    for (from, to) in &moves {
        store::update_claim(&mut tx, &permit, change.id, *from, *to, change.start, end).await?;
    }
    let version = store::update_times(&mut tx, &permit, change.id, change.start, end).await?;
    let entry = AuditEntry::by(&cx.actor, AuditAction::AppointmentMoved, format!("appointment/{}", change.id))
        .detail(format!("from {} on {leaving} to {} on {}", row.starts_at.to_jiff(), change.start, change.resource));
    tx.commit(&origin(cx), entry).await?;
    Ok(Moved { id: change.id, version, resource: change.resource, start: change.start })
}

/// Which of its resources an appointment gives up for `reaching`: none, if it holds that one already; else the one
/// that serves the same need. `None` where no need of the service can be served by it.
fn leaving(row: &AppointmentRow, needs: &[store::NeedRow], reaching: ResourceId) -> Option<ResourceId> {
    if row.resource_ids.contains(&reaching.0) {
        return Some(reaching);
    }
    let need = needs.iter().find(|n| n.resource_id == reaching.0)?.need;
    let serves = |id: &&Uuid| needs.iter().any(|n| n.need == need && n.resource_id == **id);
    row.resource_ids.iter().find(serves).map(|id| ResourceId(*id))
}

fn refuse_if_in_the_way(
    calendar: &Calendar,
    cx: &RequestContext,
    resource: ResourceId,
    start: Timestamp,
    minutes: u32,
    moving: AppointmentId,
) -> Result<(), Failure> {
    let place = calendar.place(resource.0).ok_or(AppError::NotFound)?;
    let name = || calendar.at(place).map_or_else(String::new, |r| r.name.clone());
    let placement = Placement { minutes, before: 0, after: 0, start };
    let reasons = check_placement(&calendar.state, placement, place, Some(moving));
    // A booking says more than closed hours do.
    let worst = reasons.iter().find(|r| r.code == ReasonCode::Booked).or(reasons.first());
    match worst {
        None => Ok(()),
        Some(reason) if reason.code == ReasonCode::Booked => {
            let zone = &cx.tenant()?.zone;
            let other =
                calendar.state.bookings.iter().find(|b| b.appointment == reason.appointment && b.resource == place);
            let when = other.map_or_else(String::new, |b| {
                format!(" {}", range_label(&b.start.to_zoned(zone.clone()), &b.end.to_zoned(zone.clone())))
            });
            Err(Conflict::SlotTaken { what: format!("{} is booked{when}", name()) }.into())
        }
        Some(_) => Err(Conflict::Closed { what: name() }.into()),
    }
}
