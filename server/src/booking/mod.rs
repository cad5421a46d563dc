//! The public path through: services, day and time, details, booked.

mod offer;
pub mod own;
mod show;
pub(crate) mod store;
pub mod web;

pub(crate) use offer::Offer;
pub(crate) use show::minutes_between;

use crate::{
    error::{Failure, breaks, is_contention},
    messages::{self, News},
    schedule,
    state::{App, origin},
};
use app::{error::AppError, request::RequestContext};
use domain::{
    audit::{AuditAction, AuditEntry},
    booking::{Contact, reference},
    ids::{AppointmentId, ResourceId, ServiceId},
    policy::{BookOnline, Permit, authorize},
    schedule::{Window, ask},
};
use jiff::{Timestamp, ToSpan};
use rand::Rng;
use uuid::Uuid;

/// How often a booking is tried that met another one on the way.
const TRIES: usize = 4;

/// What a customer asks for.
#[derive(Clone, Debug)]
pub struct Request {
    /// What.
    pub service: ServiceId,
    /// When.
    pub start: Timestamp,
    /// With whom, if it matters.
    pub staff: Option<ResourceId>,
    /// Makes the request count once.
    pub token: Uuid,
    /// Who.
    pub contact: Contact,
}

/// What becomes of it.
#[derive(Debug)]
pub enum Outcome {
    /// It is booked.
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

fn is_lost_race(error: &sqlx::Error) -> bool {
    ["claim_no_overlap", "appointment_reference", "appointment_form_token"].iter().any(|name| breaks(error, name))
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
    let mut offer = Offer::load(&mut tx, &tenant.zone, request.service, request.staff).await?;
    let date = request.start.to_zoned(tenant.zone.clone()).date();
    let days = Window { from: date, to: date };
    offer.load_claims(&mut tx, days, cx.now).await?;
    // Looked at before waiting in line: of many who want one start, all but the first few learn at once that it is
    // gone. A form that has made its booking already asks again under the lock.
    let is_free = ask(cx.now, &offer.service, &offer.calendar.state, request.start).bookable();
    if !is_free && store::find_by_form(&mut tx, request.token).await?.is_none() {
        return Ok(Outcome::Gone);
    }
    // From here on nobody else writes to these resources, so what is looked at now still holds when it is claimed.
    schedule::store::lock_resources(&mut tx, &offer.resource_ids()).await?;
    if let Some(id) = store::find_by_form(&mut tx, request.token).await? {
        return Ok(Outcome::Booked(id));
    }
    offer.load_claims(&mut tx, days, cx.now).await?;
    offer.rotate();
    let verdict = ask(cx.now, &offer.service, &offer.calendar.state, request.start);
    if !verdict.bookable() {
        return Ok(Outcome::Gone);
    }
    let end = request.start + i64::from(offer.service.minutes).minutes();
    let customer = store::find_or_insert_customer(&mut tx, permit, &request.contact).await?;
    let new = store::NewAppointment {
        id: AppointmentId(Uuid::now_v7()),
        reference: &reference(rand::rng().random()),
        service: request.service,
        customer,
        contact: &request.contact,
        from: request.start,
        to: end,
        price_minor: offer.row.price_minor,
        form_token: request.token,
    };
    store::insert_appointment(&mut tx, permit, &new).await?;
    for place in &verdict.pick {
        let Some(resource) = offer.calendar.at(*place) else { continue };
        schedule::store::insert_claim(&mut tx, permit, new.id, ResourceId(resource.id), request.start, end).await?;
    }
    let entry = AuditEntry::by(&cx.actor, AuditAction::AppointmentBooked, format!("appointment/{}", new.id))
        .detail(format!("{} at {}, reference {}", offer.row.name, request.start, new.reference));
    messages::tell(app, cx, &mut tx, new.id, News::Booked).await?;
    tx.commit(&origin(cx), entry).await?;
    Ok(Outcome::Booked(new.id))
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
