//! What the team decides about an appointment: yes or no to a request, called off, took place, nobody came.

use super::{TRIES, day_of, is_lost_race, own::booked_offer, store};
use crate::{
    claims::{self, Allowed, Claimed, Owner},
    error::Failure,
    messages::{self, News},
    schedule::store::{AppointmentRow, find_appointment, list_owners, lock_appointment},
    state::{App, origin},
    tenancy::TenantTx,
};
use app::{
    error::{AppError, Conflict},
    request::RequestContext,
};
use domain::{
    audit::{AuditAction, AuditEntry},
    booking::{AppointmentStatus, Decision},
    ids::{AppointmentId, UserId},
    policy::{CalendarFacts, DecideAppointment, authorize},
    schedule::{ReasonCode, ResourceIx},
};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

/// Takes a decision about an appointment that was looked at in a version.
pub async fn decide(
    app: &App,
    cx: &RequestContext,
    id: AppointmentId,
    version: i32,
    decision: Decision,
    reason: &str,
) -> Result<(), Failure> {
    for _ in 1..TRIES {
        match try_to_decide(app, cx, id, version, decision, reason).await {
            Err(Failure::Sql(error)) if is_lost_race(&error) => continue,
            outcome => return outcome,
        }
    }
    try_to_decide(app, cx, id, version, decision, reason).await
}

async fn try_to_decide(
    app: &App,
    cx: &RequestContext,
    id: AppointmentId,
    version: i32,
    decision: Decision,
    reason: &str,
) -> Result<(), Failure> {
    let tenant = cx.tenant()?;
    let mut tx = app.write(cx).await?;
    let stored = lock_appointment(&mut tx, id).await?.ok_or(AppError::NotFound)?;
    let row = find_appointment(&mut tx, id).await?.ok_or(AppError::NotFound)?;
    let owners = list_owners(&mut tx, &row.resource_ids).await?.into_iter().map(|user| user.map(UserId)).collect();
    let permit = authorize::<DecideAppointment>(&cx.actor, &CalendarFacts { tenant: tenant.id, owners })?;
    if stored != version {
        return Err(Conflict::Stale.into());
    }
    let start = row.starts_at.to_jiff();
    let from = AppointmentStatus::parse(&row.status);
    let to = from.and_then(|status| status.decide(decision, start <= cx.now)).ok_or(Conflict::NotPossible)?;
    let allowed = Allowed::Decide(&permit);
    let mut with = row.resource_ids.clone();
    match to {
        AppointmentStatus::Cancelled => {
            claims::store::release(&mut tx, allowed, id.0).await?;
            let reason = Some(reason.trim()).filter(|reason| !reason.is_empty());
            let cancelled = store::Cancelled { by: "BUSINESS", at: cx.now, reason };
            store::update_cancelled(&mut tx, allowed, id, &cancelled).await?;
        }
        AppointmentStatus::Confirmed => {
            if !row.holds {
                with = claim(&mut tx, cx, allowed, id, &row).await?;
            }
            store::update_status(&mut tx, allowed, id, to, true).await?;
        }
        AppointmentStatus::NoShow => {
            // "Marking NO_SHOW frees the rest of its time": the minute that runs is not bookable any more anyway.
            claims::store::shorten(&mut tx, allowed, id.0, next_minute(cx.now)).await?;
            store::update_status(&mut tx, allowed, id, to, row.holds).await?;
        }
        _ => {
            store::update_status(&mut tx, allowed, id, to, row.holds).await?;
        }
    }
    let (action, history, news) = match decision {
        Decision::Confirm => (AuditAction::AppointmentConfirmed, "CONFIRMED", News::Confirmed),
        Decision::Decline => (AuditAction::AppointmentDeclined, "DECLINED", News::Declined),
        Decision::Cancel => (AuditAction::AppointmentCancelled, "CANCELLED", News::Cancelled),
        Decision::Complete => (AuditAction::AppointmentCompleted, "COMPLETED", News::Over),
        Decision::NoShow => (AuditAction::AppointmentMissed, "NO_SHOW", News::Over),
    };
    let actor = cx.actor.person().map(|person| person.user);
    store::insert_history(&mut tx, allowed, id, history, actor, &with, cx.now).await?;
    messages::tell(app, cx, &mut tx, id, news).await?;
    let entry = AuditEntry::by(&cx.actor, action, format!("appointment/{id}"))
        .detail(format!("{} at {start}, {} before", row.service, row.status));
    tx.commit(&origin(cx), entry).await
}

/// Claims the time of a request that did not hold it. The business may overrule notice, horizon and what has passed.
async fn claim(
    tx: &mut TenantTx,
    cx: &RequestContext,
    allowed: Allowed<'_>,
    id: AppointmentId,
    row: &AppointmentRow,
) -> Result<Vec<Uuid>, Failure> {
    let (start, end) = (row.starts_at.to_jiff(), row.ends_at.to_jiff());
    let mut offer = booked_offer(tx, cx, row, &[]).await?;
    claims::lock(tx, &offer.resource_ids(), cx.now).await?;
    offer.load_without(tx, day_of(start, &cx.tenant()?.zone), cx.now, Some(id)).await?;
    let asked_for: Vec<ResourceIx> = row.resource_ids.iter().filter_map(|id| offer.calendar.place(*id)).collect();
    let verdict = offer.ask(cx.now, start, &asked_for);
    let is_limited = verdict.reasons.iter().any(|reason| reason.code == ReasonCode::Limit);
    if verdict.pick.is_empty() || is_limited {
        let what =
            if is_limited { "As many as you take are booked by now" } else { "Somebody else is booked then by now" };
        return Err(Conflict::SlotTaken { what: what.into() }.into());
    }
    let places = offer.places(&verdict.pick);
    let claimed = Claimed {
        owner: Owner::Appointment(id),
        from: start,
        to: end,
        before: offer.service.buffer_before,
        after: offer.service.buffer_after,
    };
    if !claims::take(tx, allowed, &mut offer.calendar, &places, &claimed).await? {
        return Err(Conflict::SlotTaken { what: "Somebody else is booked then by now".into() }.into());
    }
    Ok(places.iter().filter_map(|(_, place)| offer.calendar.at(*place)).map(|row| row.id).collect())
}

fn next_minute(now: Timestamp) -> Timestamp {
    let minute = now.as_second().div_euclid(60) * 60;
    Timestamp::from_second(minute).unwrap_or(now) + SignedDuration::from_mins(1)
}
