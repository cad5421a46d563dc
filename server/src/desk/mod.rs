//! What the team books for customers, at the desk and on the telephone; and why a time cannot be had.
//!
//! It goes the way of every booking: resources locked, the engine asked, claims taken. Notice and horizon are for customers
//! and do not bind the team. Hours, time off and limits do, unless somebody says "book anyway"; what is booked already
//! always does.

mod show;
mod store;
pub mod web;

use crate::{
    booking::{
        Offer, TRIES, day_of, is_lost_race,
        store::{NewAppointment, find_by_form, insert_appointment, insert_history},
    },
    claims::{self, Allowed, Claimed, Owner},
    error::Failure,
    messages::{self, News},
    state::{App, origin},
    tenancy::TenantConn,
};
use app::{
    desk::model::{Nearest, NotBooked, Reason},
    error::AppError,
    request::RequestContext,
};
use domain::{
    audit::{AuditAction, AuditEntry},
    booking::{AppointmentStatus, reference},
    desk::{DeskBooking, Whom},
    ids::{AppointmentId, UserId},
    policy::{BookForCustomer, CalendarFacts, CustomerFacts, ViewCustomer, authorize},
    schedule::{self, ReasonCode, ResourceIx, Window, ask, nearest, slots},
    time::{clock_label, day_month_label, range_label, weekday_short, wire},
};
use jiff::{Timestamp, ToSpan};
use rand::Rng;
use std::collections::HashMap;
use uuid::Uuid;

/// What becomes of it.
#[derive(Debug)]
pub enum Outcome {
    /// It is booked.
    Booked(AppointmentId),
    /// It is not, and why.
    Refused(NotBooked),
}

/// How a booking is to be made.
#[derive(Clone, Copy, Debug)]
pub struct How {
    /// Makes the form count once.
    pub token: Uuid,
    /// Whether the customer is told.
    pub notify: bool,
    /// Whether outside of hours and over limits, too.
    pub anyway: bool,
}

/// Books for a customer, once however often the same form comes.
pub async fn book(app: &App, cx: &RequestContext, booking: &DeskBooking, how: How) -> Result<Outcome, Failure> {
    for _ in 1..TRIES {
        match try_to_book(app, cx, booking, how).await {
            Err(Failure::Sql(error)) if is_lost_race(&error) => continue,
            outcome => return outcome,
        }
    }
    try_to_book(app, cx, booking, how).await
}

async fn try_to_book(app: &App, cx: &RequestContext, booking: &DeskBooking, how: How) -> Result<Outcome, Failure> {
    let tenant = cx.tenant()?;
    let mut tx = app.write(cx).await?;
    if !store::is_in_use(&mut tx, booking.service).await? {
        return Err(AppError::NotFound.into());
    }
    let mut offer = Offer::load_booked(&mut tx, &tenant.zone, booking.service, &[], cx.now).await?;
    if let Some(resource) = booking.resource {
        offer.only(resource)?;
    }
    if let Some(minutes) = booking.minutes {
        offer.service.minutes = minutes.into();
    }
    for_the_team(&mut offer, cx);
    claims::lock(&mut tx, &offer.resource_ids(), cx.now).await?;
    if let Some(id) = find_by_form(&mut tx, how.token).await? {
        return Ok(Outcome::Booked(id));
    }
    let start = booking.start;
    offer.load_claims(&mut tx, day_of(start, &tenant.zone), cx.now).await?;
    offer.rotate();
    let verdict = offer.ask(cx.now, start, &[]);
    let pick = if verdict.bookable() { Some(verdict.pick) } else { overruled(&offer, cx.now, start) };
    let pick = match pick {
        Some(pick) if verdict.reasons.is_empty() || how.anyway => pick,
        pick => {
            let reasons = words(&mut tx, cx, &offer, &verdict.reasons).await?;
            let nearest = nearest_to(&mut tx, cx, &mut offer, start).await?;
            return Ok(Outcome::Refused(NotBooked { reasons, may_overrule: pick.is_some(), nearest }));
        }
    };

    let places = offer.places(&pick);
    let picked: Vec<_> = places.iter().filter_map(|(_, place)| offer.calendar.at(*place)).collect();
    let owners = picked.iter().map(|row| row.user_id.map(UserId)).collect();
    let with: Vec<Uuid> = picked.iter().map(|row| row.id).collect();
    let permit = authorize::<BookForCustomer>(&cx.actor, &CalendarFacts { tenant: tenant.id, owners })?;
    let allowed = Allowed::Desk(&permit);
    let (customer, name, phone) = match &booking.whom {
        Whom::Known(id) => {
            let found = store::find_customer(&mut tx, *id, only_of(cx)?).await?.ok_or(AppError::NotFound)?;
            (*id, found.name, found.phone)
        }
        Whom::New(name, email, phone) => {
            let id = store::find_or_insert_customer(&mut tx, allowed, name, email.as_ref(), phone.as_deref()).await?;
            (id, name.clone(), phone.clone())
        }
    };
    let end = start + i64::from(offer.service.minutes).minutes();
    let new = NewAppointment {
        id: AppointmentId(Uuid::now_v7()),
        reference: &reference(rand::rng().random()),
        service: &offer.row,
        customer,
        name: &name,
        phone: phone.as_deref(),
        notes: &booking.notes,
        status: AppointmentStatus::Confirmed,
        holds: true,
        from: start,
        to: end,
        form_token: how.token,
        source: "STAFF",
        now: cx.now,
    };
    insert_appointment(&mut tx, allowed, &new).await?;
    let claimed = Claimed {
        owner: Owner::Appointment(new.id),
        from: start,
        to: end,
        before: offer.service.buffer_before,
        after: offer.service.buffer_after,
    };
    if !claims::take(&mut tx, allowed, &mut offer.calendar, &places, &claimed).await? {
        let reasons = vec![Reason { text: "All of its kind are booked then.".into(), appointment: None }];
        return Ok(Outcome::Refused(NotBooked { reasons, may_overrule: false, nearest: Vec::new() }));
    }
    let actor = cx.actor.person().map(|person| person.user);
    insert_history(&mut tx, allowed, new.id, "BOOKED", actor, &with, cx.now).await?;
    let news = if how.notify { News::Booked } else { News::MovedQuietly };
    messages::tell(app, cx, &mut tx, new.id, news).await?;
    let overruled = if verdict.reasons.is_empty() { "" } else { ", against the rules of its time" };
    let entry = AuditEntry::by(&cx.actor, AuditAction::AppointmentBooked, format!("appointment/{}", new.id))
        .detail(format!("for a customer: {} at {start}, reference {}{overruled}", offer.row.name, new.reference));
    let id = new.id;
    tx.commit(&origin(cx), entry).await?;
    Ok(Outcome::Booked(id))
}

/// What binds customers and not the team is left out, and so is whom this person may not book with.
fn for_the_team(offer: &mut Offer, cx: &RequestContext) {
    offer.service.notice_minutes = 0;
    offer.service.horizon_days = None;
    let Ok(tenant) = cx.tenant() else { return };
    let may = |place: &ResourceIx| {
        let owner = offer.calendar.at(*place).and_then(|row| row.user_id).map(UserId);
        let facts = CalendarFacts { tenant: tenant.id, owners: vec![owner] };
        owner.is_none() || authorize::<BookForCustomer>(&cx.actor, &facts).is_ok()
    };
    for need in &mut offer.service.needs {
        need.pool.retain(may);
    }
}

/// Who would serve if hours, time off, closures and limits were none: only what is booked is in the way.
fn overruled(offer: &Offer, now: Timestamp, start: Timestamp) -> Option<Vec<ResourceIx>> {
    let mut state = offer.calendar.state.clone();
    state.closures.clear();
    for resource in &mut state.resources {
        resource.hours = None;
        resource.overrides.clear();
        resource.time_off.clear();
    }
    let service = schedule::Service { limits: Vec::new(), ..offer.service.clone() };
    let verdict = ask(now, &service, &state, start);
    let only_past = verdict.reasons.iter().all(|reason| reason.code == ReasonCode::Past);
    (only_past && !verdict.pick.is_empty()).then_some(verdict.pick)
}

/// The nearest times that would do, within a week.
async fn nearest_to(
    tx: &mut impl TenantConn,
    cx: &RequestContext,
    offer: &mut Offer,
    start: Timestamp,
) -> Result<Vec<Nearest>, Failure> {
    let zone = cx.tenant()?.zone.clone();
    let date = start.to_zoned(zone.clone()).date();
    let window = Window { from: date, to: date.saturating_add(7.days()) };
    offer.load_claims(tx, window, cx.now).await?;
    let found = nearest(&slots(cx.now, window, &offer.service, &offer.calendar.state), start, 3);
    let nearest = found.into_iter().map(|slot| {
        let at = slot.start.to_zoned(zone.clone());
        let day = format!("{} {}", weekday_short(at.date()), day_month_label(at.date()));
        Nearest { start: wire(&at), label: format!("{day}, {}", clock_label(&at)) }
    });
    Ok(nearest.collect())
}

/// The engine's reasons in sentences, with the names of those who are in the way.
async fn words(
    tx: &mut impl TenantConn,
    cx: &RequestContext,
    offer: &Offer,
    reasons: &[schedule::Reason],
) -> Result<Vec<Reason>, Failure> {
    let zone = &cx.tenant()?.zone;
    let ids: Vec<Uuid> = reasons.iter().filter_map(|reason| reason.appointment.map(|id| id.0)).collect();
    let rows = if ids.is_empty() { Vec::new() } else { store::list_in_the_way(tx, &ids).await? };
    let in_the_way: HashMap<Uuid, _> = rows.into_iter().map(|row| (row.id, row)).collect();
    let sentence = |reason: &schedule::Reason| {
        let who = reason.resource.and_then(|at| offer.calendar.at(at)).map_or("Somebody", |row| row.name.as_str());
        let other = reason.appointment.and_then(|id| in_the_way.get(&id.0)).map(|row| {
            let (from, to) = (row.starts_at.to_jiff(), row.ends_at.to_jiff());
            let when = range_label(&from.to_zoned(zone.clone()), &to.to_zoned(zone.clone()));
            format!("{}, {when}", row.customer)
        });
        let text = match (reason.code, other) {
            (ReasonCode::Booked, Some(other)) => format!("{who} has {other}."),
            (ReasonCode::Booked, None) => format!("{who} is kept for a customer who is booking just now."),
            (ReasonCode::Buffer, Some(other)) => format!("{who} needs more time before or after {other}."),
            (ReasonCode::Buffer, None) => format!("{who} needs more time before or after another booking."),
            (ReasonCode::Closed, _) => format!("{who} is not open then."),
            (ReasonCode::TimeOff, _) => format!("{who} has time off then."),
            (ReasonCode::Limit, _) => "As many of these appointments as you take are booked then.".to_owned(),
            (ReasonCode::Past, _) => "This time has passed.".to_owned(),
            (ReasonCode::Notice, _) => "Customers have to book this further ahead.".to_owned(),
            (ReasonCode::Horizon, _) => "This is further ahead than customers can book.".to_owned(),
            (ReasonCode::PoolShort, _) => {
                "There is nobody who could do this, or not enough of what it needs.".to_owned()
            }
            (ReasonCode::NoSuchTime, _) => "There is no such time.".to_owned(),
        };
        Reason { text, appointment: reason.appointment }
    };
    Ok(reasons.iter().map(sentence).collect())
}

/// Whose customers this person may see: everybody's, or those of the own appointments.
fn only_of(cx: &RequestContext) -> Result<Option<Uuid>, Failure> {
    let facts = CustomerFacts { tenant: cx.tenant()?.id, is_of_own_appointment: false };
    match authorize::<ViewCustomer>(&cx.actor, &facts) {
        Ok(_) => Ok(None),
        Err(_) => Ok(Some(cx.actor.person().ok_or(AppError::SignedOut)?.user.0)),
    }
}
