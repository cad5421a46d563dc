//! The team's calendar: days, weeks and lists, an appointment's page, and moves.

pub(crate) mod board;
mod show;
pub(crate) mod snapshot;
pub(crate) mod store;
pub mod web;

use crate::{
    booking::{Offer, day_of, own::booked_offer, store::insert_history},
    claims::{self, Allowed, Claimed, Owner},
    error::{Failure, breaks, is_contention},
    messages::{self, News},
    state::{App, origin},
};
use app::{
    error::{AppError, Conflict},
    ports,
    request::RequestContext,
    schedule::{
        model::{Move, Moved},
        placing::LENGTHS,
    },
};
use async_trait::async_trait;
use domain::{
    audit::{AuditAction, AuditEntry},
    ids::{ResourceId, UserId},
    policy::{CalendarFacts, MoveAppointment, authorize},
    schedule::{Placement, ReasonCode, ResourceIx, check_placement},
    time::range_label,
};
use jiff::{Timestamp, ToSpan};
use uuid::Uuid;

#[async_trait]
impl ports::Schedule for App {
    async fn move_appointment(&self, cx: &RequestContext, change: Move) -> Result<Moved, AppError> {
        move_appointment(self, cx, &change).await.map_err(|failure| failure.public(&cx.request_id))
    }
}

/// Gives an appointment another time, resource, length, or all of them; refused where it would overlap, lie outside of hours, or
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
    let held = claims::store::list_of_appointment(&mut tx, change.id.0).await?;
    let mut also: Vec<Uuid> = held.iter().map(|(_, id)| id.0).collect();
    also.push(change.resource.0);
    let mut offer = booked_offer(&mut tx, cx, &row, &also).await?;
    let present = offer.service.minutes;
    let minutes = match change.minutes {
        None => present,
        Some(minutes) if LENGTHS.contains(&minutes) => minutes.into(),
        Some(_) => return Err(Failure::BadRequest("its length is not one of 5 minutes to a day")),
    };
    offer.service.minutes = minutes;
    let end = change
        .start
        .checked_add(i64::from(minutes).minutes())
        .map_err(|_| Failure::BadRequest("its time lies beyond all calendars"))?;
    let target = offer.calendar.find(change.resource.0).ok_or(AppError::NotFound)?;
    let what = target.name.clone();

    let owners = also.iter().filter_map(|id| offer.calendar.find(*id)).map(|r| r.user_id.map(UserId)).collect();
    let permit = authorize::<MoveAppointment>(&cx.actor, &CalendarFacts { tenant: tenant.id, owners })?;
    let leaving = leaving(&offer, &held, change.resource).ok_or(Conflict::NotOffered { what })?;
    if version != change.version {
        return Err(Conflict::Stale.into());
    }

    // Each resource that it holds goes along in time; one of them may become another.
    let places: Vec<(i16, ResourceIx)> = held
        .iter()
        .map(|(need, id)| (*need, if *id == leaving { change.resource } else { *id }))
        .filter_map(|(need, id)| Some((need, offer.calendar.place(id.0)?)))
        .collect();
    claims::lock(&mut tx, &offer.resource_ids(), cx.now).await?;
    let allowed = Allowed::Move(&permit);
    claims::store::release(&mut tx, allowed, change.id.0).await?;
    offer.load_without(&mut tx, day_of(change.start, &tenant.zone), cx.now, Some(change.id)).await?;
    for (_, place) in &places {
        refuse_if_in_the_way(&offer, cx, *place, change)?;
    }
    let claimed = Claimed {
        owner: Owner::Appointment(change.id),
        from: change.start,
        to: end,
        before: offer.service.buffer_before,
        after: offer.service.buffer_after,
    };
    if !claims::take(&mut tx, allowed, &mut offer.calendar, &places, &claimed).await? {
        return Err(Conflict::SlotTaken { what: "All of its kind are booked then".into() }.into());
    }
    let version = store::update_times(&mut tx, allowed, change.id, change.start, end).await?;
    let with: Vec<Uuid> = places.iter().filter_map(|(_, place)| offer.calendar.at(*place)).map(|r| r.id).collect();
    let actor = cx.actor.person().map(|person| person.user);
    insert_history(&mut tx, allowed, change.id, "MOVED", actor, &with, cx.now).await?;
    let news = if change.notify { News::Moved } else { News::MovedQuietly };
    messages::tell(app, cx, &mut tx, change.id, news).await?;
    let entry = AuditEntry::by(&cx.actor, AuditAction::AppointmentMoved, format!("appointment/{}", change.id))
        .detail(moved_detail(change, row.starts_at.to_jiff(), leaving, (present, minutes)));
    tx.commit(&origin(cx), entry).await?;
    Ok(Moved {
        id: change.id,
        version,
        resource: change.resource,
        start: change.start,
        minutes: u16::try_from(minutes).unwrap_or(u16::MAX),
    })
}

/// What was changed, for the audit.
fn moved_detail(change: &Move, from: Timestamp, leaving: ResourceId, (before, after): (u32, u32)) -> String {
    let mut detail = format!("from {from} on {leaving} to {} on {}", change.start, change.resource);
    if before != after {
        detail += &format!(", {before} to {after} minutes");
    }
    if !change.notify {
        detail += ", the customer not told";
    }
    detail
}

/// Which of its resources an appointment gives up for `reaching`: none, if it holds that one already; else the one
/// that serves the same need. `None` where no need of the service can be served by it.
fn leaving(offer: &Offer, held: &[(i16, ResourceId)], reaching: ResourceId) -> Option<ResourceId> {
    if held.iter().any(|(_, id)| *id == reaching) {
        return Some(reaching);
    }
    let place = offer.calendar.place(reaching.0)?;
    held.iter().find(|(need, _)| offer.need(*need).is_some_and(|need| need.pool.contains(&place))).map(|(_, id)| *id)
}

fn refuse_if_in_the_way(offer: &Offer, cx: &RequestContext, place: ResourceIx, change: &Move) -> Result<(), Failure> {
    let calendar = &offer.calendar;
    let what = calendar.at(place).map_or_else(String::new, |r| r.name.clone());
    let placement = Placement {
        minutes: offer.service.minutes,
        before: offer.service.buffer_before,
        after: offer.service.buffer_after,
        start: change.start,
    };
    let mut reasons = check_placement(&calendar.state, placement, place, Some(change.id));
    reasons.extend(offer.ask(cx.now, change.start, &[]).reasons.into_iter().filter(|r| r.code == ReasonCode::Limit));
    // A booking says more than closed hours do.
    let worst = reasons.iter().find(|r| r.code == ReasonCode::Booked).or(reasons.first());
    let Some(reason) = worst else { return Ok(()) };
    let conflict = match reason.code {
        ReasonCode::Booked => {
            let zone = &cx.tenant()?.zone;
            let other =
                calendar.state.bookings.iter().find(|b| b.appointment == reason.appointment && b.resource == place);
            let when = other.map_or_else(String::new, |b| {
                format!(" {}", range_label(&b.start.to_zoned(zone.clone()), &b.end.to_zoned(zone.clone())))
            });
            Conflict::SlotTaken { what: format!("{what} is booked{when}") }
        }
        ReasonCode::Buffer => Conflict::TooNear { what },
        ReasonCode::Limit => Conflict::Limit,
        _ => Conflict::Closed { what },
    };
    Err(conflict.into())
}
