//! The public path through: services, day and time, details, booked; and what happens to a booking after that.

pub mod decide;
mod hold;
mod offer;
pub mod own;
pub(crate) mod show;
pub(crate) mod store;
pub mod web;

pub use hold::{HoldOutcome, hold};
pub(crate) use offer::Offer;
pub(crate) use show::minutes_between;

use crate::{
    claims::{self, Allowed, Claimed, Owner},
    error::{Failure, breaks, is_contention},
    messages::{self, News},
    state::{App, origin},
};
use app::{error::AppError, request::RequestContext};
use domain::{
    audit::{AuditAction, AuditEntry},
    booking::{AppointmentStatus, Contact, reference},
    ids::{AppointmentId, ResourceId, ServiceId},
    policy::{BookOnline, Permit, authorize},
    schedule::{ReasonCode, ResourceIx, Window},
};
use jiff::{Timestamp, ToSpan};
use rand::Rng;
use uuid::Uuid;

/// How often a write is tried that met another one on the way.
pub(crate) const TRIES: usize = 4;

/// What a customer asks for.
#[derive(Clone, Debug)]
pub struct Request {
    /// What.
    pub service: ServiceId,
    /// When.
    pub start: Timestamp,
    /// With whom, if it matters.
    pub staff: Option<ResourceId>,
    /// Makes the request count once, and finds the time that was kept for it.
    pub token: Uuid,
    /// Who.
    pub contact: Contact,
}

/// What becomes of it.
#[derive(Debug)]
pub enum Outcome {
    /// It is booked, or where the business wants to be asked, requested.
    Booked(AppointmentId),
    /// That start cannot be booked, or not any more.
    Gone,
}

/// Books, once however often the same request comes, and only what the engine would offer.
pub async fn book(app: &App, cx: &RequestContext, request: &Request) -> Result<Outcome, Failure> {
    let permit = authorize::<BookOnline>(&cx.actor, &())?;
    for _ in 1..TRIES {
        match try_to_book(app, cx, &permit, request).await {
            // Somebody else's booking came between looking and claiming, or a random reference was in use: look again.
            Err(Failure::Sql(error)) if is_lost_race(&error) => continue,
            outcome => return outcome,
        }
    }
    try_to_book(app, cx, &permit, request).await
}

pub(crate) fn is_lost_race(error: &sqlx::Error) -> bool {
    ["claim_no_overlap", "appointment_reference", "appointment_form_token", "hold_token"]
        .iter()
        .any(|name| breaks(error, name))
        || is_contention(error)
}

async fn try_to_book(
    app: &App,
    cx: &RequestContext,
    permit: &Permit<BookOnline>,
    request: &Request,
) -> Result<Outcome, Failure> {
    let tenant = cx.tenant()?;
    let mut tx = app.write(cx).await?;
    let mut offer = Offer::load(&mut tx, &tenant.zone, request.service, request.staff, cx.now).await?;
    let days = day_of(request.start, &tenant.zone);
    offer.load_claims(&mut tx, days, cx.now).await?;
    // Looked at before waiting in line: of many who want one start, all but the first few learn at once that it is
    // gone. A form that keeps a time, or has made its booking already, asks again under the lock.
    let is_free = offer.ask(cx.now, request.start, &[]).bookable();
    if !is_free
        && store::find_by_form(&mut tx, request.token).await?.is_none()
        && store::find_hold(&mut tx, request.token).await?.is_none()
    {
        return Ok(Outcome::Gone);
    }
    // From here on nobody else writes to these resources, so what is looked at now still holds when it is claimed.
    let kept = store::find_hold(&mut tx, request.token).await?;
    claims::lock(&mut tx, &offer.resource_ids(), cx.now).await?;
    if let Some(id) = store::find_by_form(&mut tx, request.token).await? {
        return Ok(Outcome::Booked(id));
    }
    let kept: Vec<ResourceIx> = match kept {
        Some(hold) => {
            store::delete_hold(&mut tx, permit, request.token).await?;
            let is_this = hold.service_id == request.service.0 && hold.starts_at.to_jiff() == request.start;
            hold.resource_ids.iter().filter(|_| is_this).filter_map(|id| offer.calendar.place(*id)).collect()
        }
        None => Vec::new(),
    };
    offer.load_claims(&mut tx, days, cx.now).await?;
    offer.rotate();
    let verdict = offer.ask(cx.now, request.start, &kept);
    // Whoever was given a time to fill in the form does not lose it to the notice meanwhile.
    let against = verdict.reasons.iter().filter(|reason| kept.is_empty() || reason.code != ReasonCode::Notice);
    if against.count() > 0 {
        return Ok(Outcome::Gone);
    }
    let end = request.start + i64::from(offer.service.minutes).minutes();
    let customer = store::find_or_insert_customer(&mut tx, permit, &request.contact).await?;
    let asks = offer.row.needs_approval;
    let holds = !asks || offer.row.pending_holds;
    let new = store::NewAppointment {
        id: AppointmentId(Uuid::now_v7()),
        reference: &reference(rand::rng().random()),
        service: &offer.row,
        customer,
        name: &request.contact.name,
        phone: request.contact.phone.as_deref(),
        notes: &request.contact.notes,
        status: if asks { AppointmentStatus::Pending } else { AppointmentStatus::Confirmed },
        holds,
        from: request.start,
        to: end,
        form_token: request.token,
        source: "PAGE",
        now: cx.now,
    };
    let allowed = Allowed::Book(permit);
    store::insert_appointment(&mut tx, allowed, &new).await?;
    let places = offer.places(&verdict.pick);
    if holds {
        let claimed = Claimed {
            owner: Owner::Appointment(new.id),
            from: request.start,
            to: end,
            before: offer.service.buffer_before,
            after: offer.service.buffer_after,
        };
        if !claims::take(&mut tx, allowed, &mut offer.calendar, &places, &claimed).await? {
            return Ok(Outcome::Gone);
        }
    }
    let with: Vec<Uuid> = places.iter().filter_map(|(_, place)| offer.calendar.at(*place)).map(|row| row.id).collect();
    let (action, history, news) = match asks {
        true => (AuditAction::AppointmentRequested, "REQUESTED", News::Requested),
        false => (AuditAction::AppointmentBooked, "BOOKED", News::Booked),
    };
    let actor = cx.actor.person().map(|person| person.user);
    store::insert_history(&mut tx, allowed, new.id, history, actor, &with, cx.now).await?;
    messages::tell(app, cx, &mut tx, new.id, news).await?;
    let entry = AuditEntry::by(&cx.actor, action, format!("appointment/{}", new.id))
        .detail(format!("{} at {}, reference {}", offer.row.name, request.start, new.reference));
    let id = new.id;
    tx.commit(&origin(cx), entry).await?;
    Ok(Outcome::Booked(id))
}

/// The day of the business that an instant lies in.
pub(crate) fn day_of(at: Timestamp, zone: &jiff::tz::TimeZone) -> Window {
    let date = at.to_zoned(zone.clone()).date();
    Window { from: date, to: date }
}

/// The link to a booking's own page: its id, and proof that we gave it out. Nothing of it is stored.
pub fn link_key(app: &App, tenant: domain::ids::TenantId, id: AppointmentId) -> String {
    let data = [tenant.0.as_bytes().as_slice(), id.0.as_bytes().as_slice()].concat();
    let mac = app.config.secret.mac("booking-link", &data);
    let proof = base32::encode(base32::Alphabet::Rfc4648Lower { padding: false }, &mac[..16]);
    format!("{}-{proof}", id.0.simple())
}

/// The appointment behind a link, if we gave the link out.
pub(crate) fn read_key(app: &App, cx: &RequestContext, key: &str) -> Result<AppointmentId, AppError> {
    let tenant = cx.tenant()?;
    let id =
        key.split_once('-').and_then(|(id, _)| id.parse::<Uuid>().ok()).map(AppointmentId).ok_or(AppError::NotFound)?;
    let expected = link_key(app, tenant.id, id);
    // Compared as MACs of both, so that the time taken tells nothing of how much was right.
    let blind = |text: &str| app.config.secret.mac("compare", text.as_bytes());
    if blind(&expected) == blind(key) { Ok(id) } else { Err(AppError::NotFound) }
}
