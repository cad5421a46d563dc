//! What customers do with bookings of their own: move them, call them off. By the private link or signed in.

use super::{Offer, TRIES, day_of, is_lost_race, minutes_between, store};
use crate::{
    claims::{self, Allowed, Claimed, Owner},
    error::Failure,
    messages::{self, News},
    schedule::store::{AppointmentRow, find_appointment, lock_appointment, update_times},
    state::{App, origin},
    tenancy::TenantTx,
};
use app::{error::AppError, request::RequestContext};
use domain::{
    audit::{AuditAction, AuditEntry},
    booking::{AppointmentStatus, deadline},
    ids::{AppointmentId, ResourceId, ServiceId, UserId},
    policy::{ManageOwnBooking, OwnBookingFacts, Permit, authorize},
    schedule::ResourceIx,
};
use jiff::{Timestamp, ToSpan};
use uuid::Uuid;

/// A booking of one's own, as the page showed it.
#[derive(Clone, Copy, Debug)]
pub struct Own {
    /// Which.
    pub id: AppointmentId,
    /// Whether the request carries its private link.
    pub has_link: bool,
    /// The version that the customer looked at.
    pub version: i32,
}

/// What became of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum OwnOutcome {
    /// Done.
    Done,
    /// It was changed meanwhile: show it as it is now, and ask again.
    Stale,
    /// The new time cannot be had, or not any more.
    Gone,
    /// The time until which this was possible has passed; until when it was.
    TooLate(Timestamp),
    /// It is over, or called off already.
    Over,
}

/// Calls a booking off.
pub async fn cancel(app: &App, cx: &RequestContext, own: &Own, reason: &str) -> Result<OwnOutcome, Failure> {
    for _ in 1..TRIES {
        match try_to_cancel(app, cx, own, reason).await {
            Err(Failure::Sql(error)) if is_lost_race(&error) => continue,
            outcome => return outcome,
        }
    }
    try_to_cancel(app, cx, own, reason).await
}

/// Gives a booking another start, with the same person, or with `staff`. It keeps its length, its price and what was
/// promised with it.
pub async fn reschedule(
    app: &App,
    cx: &RequestContext,
    own: &Own,
    start: Timestamp,
    staff: Option<ResourceId>,
) -> Result<OwnOutcome, Failure> {
    for _ in 1..TRIES {
        match try_to_move(app, cx, own, start, staff).await {
            Err(Failure::Sql(error)) if is_lost_race(&error) => continue,
            outcome => return outcome,
        }
    }
    try_to_move(app, cx, own, start, staff).await
}

/// The booking, locked, and the right to change it.
async fn take_hold(
    tx: &mut TenantTx,
    cx: &RequestContext,
    own: &Own,
) -> Result<(AppointmentRow, i32, Permit<ManageOwnBooking>), Failure> {
    let version = lock_appointment(tx, own.id).await?.ok_or(AppError::NotFound)?;
    let row = find_appointment(tx, own.id).await?.ok_or(AppError::NotFound)?;
    let facts =
        OwnBookingFacts { tenant: cx.tenant()?.id, has_link: own.has_link, customer: row.customer_user.map(UserId) };
    // Somebody else's booking is not there at all.
    let permit = authorize::<ManageOwnBooking>(&cx.actor, &facts).map_err(|denied| match denied {
        domain::policy::Denied::Role => AppError::NotFound.into(),
        other => Failure::from(other),
    })?;
    Ok((row, version, permit))
}

/// Why it cannot be changed, if it cannot.
fn hindrance(row: &AppointmentRow, version: i32, own: &Own, minutes: i32, now: Timestamp) -> Option<OwnOutcome> {
    let start = row.starts_at.to_jiff();
    let until = deadline(start, u32::try_from(minutes).unwrap_or(0));
    let is_open = AppointmentStatus::parse(&row.status).is_some_and(AppointmentStatus::is_open);
    if !is_open || start <= now {
        Some(OwnOutcome::Over)
    } else if version != own.version {
        Some(OwnOutcome::Stale)
    } else {
        (now > until).then_some(OwnOutcome::TooLate(until))
    }
}

async fn try_to_cancel(app: &App, cx: &RequestContext, own: &Own, reason: &str) -> Result<OwnOutcome, Failure> {
    let mut tx = app.write(cx).await?;
    let (row, version, permit) = take_hold(&mut tx, cx, own).await?;
    // A request that nobody has agreed to binds nobody.
    let minutes = if row.status == "PENDING" { 0 } else { row.cancel_minutes };
    if let Some(hindrance) = hindrance(&row, version, own, minutes, cx.now) {
        return Ok(hindrance);
    }
    let allowed = Allowed::Own(&permit);
    claims::store::release(&mut tx, allowed, own.id.0).await?;
    let reason = Some(reason.trim()).filter(|reason| !reason.is_empty());
    let cancelled = store::Cancelled { by: "CUSTOMER", at: cx.now, reason };
    store::update_cancelled(&mut tx, allowed, own.id, &cancelled).await?;
    let actor = cx.actor.person().map(|person| person.user);
    store::insert_history(&mut tx, allowed, own.id, "CANCELLED", actor, &row.resource_ids, cx.now).await?;
    messages::tell(app, cx, &mut tx, own.id, News::Cancelled).await?;
    let entry = AuditEntry::by(&cx.actor, AuditAction::AppointmentCancelled, format!("appointment/{}", own.id))
        .detail(format!("by its customer, {} at {}", row.service, row.starts_at.to_jiff()));
    tx.commit(&origin(cx), entry).await?;
    Ok(OwnOutcome::Done)
}

async fn try_to_move(
    app: &App,
    cx: &RequestContext,
    own: &Own,
    start: Timestamp,
    staff: Option<ResourceId>,
) -> Result<OwnOutcome, Failure> {
    let tenant = cx.tenant()?;
    let mut tx = app.write(cx).await?;
    let (row, version, permit) = take_hold(&mut tx, cx, own).await?;
    let minutes = if row.status == "PENDING" { 0 } else { row.reschedule_minutes };
    if let Some(hindrance) = hindrance(&row, version, own, minutes, cx.now) {
        return Ok(hindrance);
    }
    let (old_start, old_end) = (row.starts_at.to_jiff(), row.ends_at.to_jiff());
    let held = claims::store::list_of_appointment(&mut tx, own.id.0).await?;
    let mut offer = booked_offer(&mut tx, cx, &row, &[]).await?;
    keep_people(&mut offer, &held, staff)?;
    claims::lock(&mut tx, &offer.resource_ids(), cx.now).await?;
    let allowed = Allowed::Own(&permit);
    claims::store::release(&mut tx, allowed, own.id.0).await?;
    offer.load_without(&mut tx, day_of(start, &tenant.zone), cx.now, Some(own.id)).await?;
    let same: Vec<ResourceIx> = held.iter().filter_map(|(_, id)| offer.calendar.place(id.0)).collect();
    let verdict = offer.ask(cx.now, start, if staff.is_some() { &[] } else { &same });
    if !verdict.bookable() {
        return Ok(OwnOutcome::Gone);
    }
    let end = start + i64::from(offer.service.minutes).minutes();
    let places = offer.places(&verdict.pick);
    if row.holds {
        let claimed = Claimed {
            owner: Owner::Appointment(own.id),
            from: start,
            to: end,
            before: offer.service.buffer_before,
            after: offer.service.buffer_after,
        };
        if !claims::take(&mut tx, allowed, &mut offer.calendar, &places, &claimed).await? {
            return Ok(OwnOutcome::Gone);
        }
    }
    let with: Vec<Uuid> = places.iter().filter_map(|(_, place)| offer.calendar.at(*place)).map(|row| row.id).collect();
    update_times(&mut tx, allowed, own.id, start, end).await?;
    let actor = cx.actor.person().map(|person| person.user);
    store::insert_history(&mut tx, allowed, own.id, "MOVED", actor, &with, cx.now).await?;
    messages::tell(app, cx, &mut tx, own.id, News::Moved).await?;
    let entry = AuditEntry::by(&cx.actor, AuditAction::AppointmentMoved, format!("appointment/{}", own.id))
        .detail(format!("by its customer, from {old_start} to {old_end} to {start}"));
    tx.commit(&origin(cx), entry).await?;
    Ok(OwnOutcome::Done)
}

/// The service of a booking as it was booked: with its length and buffers, whatever the service says by now.
pub(crate) async fn booked_offer(
    tx: &mut impl crate::tenancy::TenantConn,
    cx: &RequestContext,
    row: &AppointmentRow,
    also: &[Uuid],
) -> Result<Offer, Failure> {
    let mut offer = Offer::load_booked(tx, &cx.tenant()?.zone, ServiceId(row.service_id), also, cx.now).await?;
    offer.service.minutes = minutes_between(row.starts_at.to_jiff(), row.ends_at.to_jiff());
    offer.service.buffer_before = u32::try_from(row.buffer_before).unwrap_or(0);
    offer.service.buffer_after = u32::try_from(row.buffer_after).unwrap_or(0);
    Ok(offer)
}

/// Whoever was booked with stays with the booking, unless another person is asked for; which room it is, is open.
pub(crate) fn keep_people(
    offer: &mut Offer,
    held: &[(i16, ResourceId)],
    staff: Option<ResourceId>,
) -> Result<(), Failure> {
    if let Some(person) = staff {
        return offer.only(person);
    }
    let mut people: std::collections::BTreeMap<i16, Vec<ResourceIx>> = std::collections::BTreeMap::new();
    for (need, id) in held {
        let is_person = offer.calendar.find(id.0).is_some_and(|row| row.kind == "STAFF");
        if let (true, Some(place)) = (is_person, offer.calendar.place(id.0)) {
            people.entry(*need).or_default().push(place);
        }
    }
    for (number, same) in people {
        if let Some(need) = offer.need_mut(number)
            && same.len() == need.count
            && same.iter().all(|place| need.pool.contains(place))
        {
            need.pool = same;
        }
    }
    Ok(())
}
