//! From rows to what the pages show.

use super::{nearest_to, only_of, store, words};
use crate::{
    booking::{Offer, day_of, own::booked_offer},
    error::Failure,
    schedule::store::{find_appointment, list_resources},
    state::App,
};
use app::{
    desk::model::{Match, NewPage, NotBooked, Reason, WhyPage},
    error::AppError,
    request::RequestContext,
    ui::form::FormError,
};
use domain::{
    desk::DeskForm,
    ids::{AppointmentId, CustomerId, ResourceId, ServiceId, UserId},
    policy::{BookForCustomer, CalendarFacts, ViewCalendar, authorize},
    schedule::{Placement, ReasonCode, check_placement},
    time::{day_label, duration_label, range_label, wire, zone_label},
};
use jiff::{Timestamp, ToSpan};
use uuid::Uuid;

/// How many customers are offered to choose from.
const MATCHES: i64 = 8;

/// What the form shows besides what was typed.
#[derive(Default)]
pub(super) struct Shown {
    pub token: Option<Uuid>,
    /// What was looked for, if the search was asked for.
    pub search: Option<String>,
    pub errors: Vec<FormError>,
    pub refused: Option<NotBooked>,
}

/// The form of a new appointment.
pub(super) async fn new(app: &App, cx: &RequestContext, form: DeskForm, shown: Shown) -> Result<NewPage, Failure> {
    let tenant = cx.tenant()?;
    let mut tx = app.read(cx).await?;
    let services = store::list_services(&mut tx).await?;
    let resources = list_resources(&mut tx, None, cx.now).await?;
    let matches = match shown.search.as_deref().map(str::trim) {
        None => None,
        Some("") => Some(Vec::new()),
        Some(search) => Some(store::list_customers(&mut tx, search, only_of(cx)?, MATCHES).await?),
    };
    let chosen = match form.customer.parse::<CustomerId>() {
        Ok(id) => store::find_customer(&mut tx, id, only_of(cx)?).await?,
        Err(_) => None,
    };
    drop(tx);
    let may = |user: Option<Uuid>| {
        let facts = CalendarFacts { tenant: tenant.id, owners: vec![user.map(UserId)] };
        authorize::<BookForCustomer>(&cx.actor, &facts).map(drop)
    };
    let bookable: Vec<_> = resources.iter().filter(|row| row.kind == "STAFF" || row.user_id.is_some()).collect();
    // Whoever may book with nobody here is told so before filling in a form.
    let allowed: Vec<_> = bookable.iter().filter(|row| may(row.user_id).is_ok()).collect();
    if allowed.is_empty() {
        may(bookable.first().and_then(|row| row.user_id))?;
    }
    let matched = |row: store::CustomerRow| Match {
        id: CustomerId(row.id),
        name: row.name,
        contact: [Some(row.email).filter(|email| !email.is_empty()), row.phone]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(", "),
    };
    let label =
        |row: &store::ServiceRow| format!("{}, {}", row.name, duration_label(u32::try_from(row.minutes).unwrap_or(0)));
    Ok(NewPage {
        token: shown.token.unwrap_or_else(Uuid::new_v4),
        services: services.iter().map(|row| (row.id.to_string(), label(row))).collect(),
        resources: allowed.iter().map(|row| (row.id.to_string(), row.name.clone())).collect(),
        zone_label: zone_label(&cx.now.to_zoned(tenant.zone.clone())),
        choices: form.choices(&tenant.zone),
        search: shown.search.unwrap_or_default(),
        matches: matches.map(|rows| rows.into_iter().map(matched).collect()),
        chosen: chosen.map(matched),
        errors: shown.errors,
        refused: shown.refused,
        form,
    })
}

/// What is asked "why not?" about.
pub(super) struct Question {
    pub start: Timestamp,
    pub service: ServiceId,
    pub resource: Option<ResourceId>,
    pub minutes: Option<u16>,
    pub appointment: Option<AppointmentId>,
}

/// All that speaks against a time.
pub(super) async fn why(app: &App, cx: &RequestContext, asked: &Question) -> Result<WhyPage, Failure> {
    let tenant = cx.tenant()?;
    let _permit = authorize::<ViewCalendar>(&cx.actor, &tenant.id)?;
    let zone = &tenant.zone;
    let mut tx = app.read(cx).await?;
    let also: Vec<Uuid> = asked.resource.iter().map(|id| id.0).collect();
    let mut offer = match asked.appointment {
        Some(id) => {
            let row = find_appointment(&mut tx, id).await?.ok_or(AppError::NotFound)?;
            booked_offer(&mut tx, cx, &row, &also).await?
        }
        None => Offer::load_booked(&mut tx, zone, asked.service, &also, cx.now).await?,
    };
    if let Some(minutes) = asked.minutes {
        offer.service.minutes = minutes.into();
    }
    super::for_the_team(&mut offer, cx);
    offer.load_without(&mut tx, day_of(asked.start, zone), cx.now, asked.appointment).await?;
    let mut verdict = offer.ask(cx.now, asked.start, &[]);
    let mut foreign = None;
    let with = match asked.resource {
        None => None,
        Some(resource) => {
            let at = offer.calendar.place(resource.0).ok_or(AppError::NotFound)?;
            let name = offer.calendar.at(at).map_or_else(String::new, |row| row.name.clone());
            if !offer.pool().any(|place| place == at) {
                foreign = Some(Reason {
                    text: format!("{name} does not do this service, or not by you."),
                    appointment: None,
                });
            }
            // About this one, and what holds whoever serves.
            verdict.reasons.retain(|reason| matches!(reason.code, ReasonCode::Limit | ReasonCode::Past));
            let placement = Placement {
                minutes: offer.service.minutes,
                before: offer.service.buffer_before,
                after: offer.service.buffer_after,
                start: asked.start,
            };
            verdict.reasons.extend(check_placement(&offer.calendar.state, placement, at, asked.appointment));
            Some(name)
        }
    };
    let mut reasons = words(&mut tx, cx, &offer, &verdict.reasons).await?;
    reasons.extend(foreign);
    if let Some(resource) = asked.resource {
        // Not an error where the resource serves no need: there is then no time that would do.
        _ = offer.only(resource);
    }
    let nearest =
        if reasons.is_empty() { Vec::new() } else { nearest_to(&mut tx, cx, &mut offer, asked.start).await? };
    let from = asked.start.to_zoned(zone.clone());
    let to = asked
        .start
        .checked_add(i64::from(offer.service.minutes).minutes())
        .map_err(|_| Failure::BadRequest("its time lies beyond all calendars"))?
        .to_zoned(zone.clone());
    let with = with.map(|name| format!(" with {name}")).unwrap_or_default();
    let resource = asked.resource.map(|id| format!("&resource={id}")).unwrap_or_default();
    let link =
        format!("/appointments/new?start={}&service={}{resource}", wire(&from).replace('+', "%2B"), asked.service);
    Ok(WhyPage {
        about: format!("{}{with}, {}, {}", offer.row.name, day_label(from.date()), range_label(&from, &to)),
        book_link: (reasons.is_empty() && asked.appointment.is_none()).then_some(link),
        reasons,
        nearest,
        zone_label: zone_label(&from),
    })
}
