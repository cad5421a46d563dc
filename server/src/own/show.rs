//! From rows to what the own pages show.

use super::store::OwnRow;
use crate::{
    booking::{self, read_key},
    error::Failure,
    http::show::moment,
    schedule::store::{AppointmentRow, find_appointment},
    state::App,
};
use app::{
    booking::model::{Booked, Change, Changes, Reach},
    error::AppError,
    own::model::{AppointmentCard, Summary},
    request::RequestContext,
};
use domain::{
    booking::AppointmentStatus,
    ids::{AppointmentId, UserId},
    money,
    own::{Chance, DELETED_ADDRESS, chance},
    policy::{ManageOwnBooking, OwnBookingFacts, authorize},
    time::{clock_label, day_label, duration_label, range_label, zone_label},
};
use jiff::{Timestamp, tz::TimeZone};
use uuid::Uuid;

/// A booking as its customer reached it.
pub(super) struct Reached {
    /// Which.
    pub id: AppointmentId,
    /// Whether by its private link.
    pub has_link: bool,
    /// The address of its page.
    pub base: String,
}

impl Reached {
    /// By its private link.
    pub fn by_link(app: &App, cx: &RequestContext, key: &str) -> Result<Self, AppError> {
        Ok(Self { id: read_key(app, cx, key)?, has_link: true, base: format!("/booked/{key}") })
    }

    /// Signed in, from the list. The address opens nothing by itself, so that whoever acts as a customer for a while
    /// takes no key along.
    pub fn signed_in(id: Uuid) -> Self {
        Self { id: AppointmentId(id), has_link: false, base: format!("/my/appointments/{id}") }
    }
}

/// A booking with what its pages need, for whoever may manage it; for all others it is not there.
pub(super) struct Found {
    pub row: AppointmentRow,
    pub changes: Changes,
}

/// Reads a booking.
pub(super) async fn find(app: &App, cx: &RequestContext, reached: &Reached) -> Result<Found, Failure> {
    let tenant = cx.tenant()?;
    let mut tx = app.read(cx).await?;
    let row = find_appointment(&mut tx, reached.id).await?;
    let customer = row.as_ref().and_then(|row| row.customer_user).map(UserId);
    let facts = OwnBookingFacts { tenant: tenant.id, has_link: reached.has_link, customer };
    // Asked before it is said whether there is such a booking.
    let _permit = authorize::<ManageOwnBooking>(&cx.actor, &facts).map_err(|denied| match denied {
        domain::policy::Denied::Role => AppError::NotFound,
        denied => denied.into(),
    })?;
    let row = row.ok_or(AppError::NotFound)?;
    let business = booking::store::find_business(&mut tx).await?;
    let reach = Reach { phone: business.contact_phone, email: business.contact_email };
    let changes = changes(&row, reached, reach, cx.now, &tenant.zone);
    Ok(Found { row, changes })
}

fn changes(row: &AppointmentRow, reached: &Reached, reach: Reach, now: Timestamp, zone: &TimeZone) -> Changes {
    let start = row.starts_at.to_jiff();
    let status = status_of(&row.status);
    let change = |minutes: i32| match chance(status, start, u32::try_from(minutes).unwrap_or(0), now) {
        Chance::Open(until) => Change::Open(instant_label(until, zone)),
        Chance::TooLate(until) => Change::Late(instant_label(until, zone)),
        Chance::Over if status == AppointmentStatus::Cancelled => {
            Change::Closed("This appointment was cancelled already.".into())
        }
        Chance::Over => Change::Closed("This appointment has begun, or is over.".into()),
    };
    Changes {
        base: reached.base.clone(),
        is_signed_in: !reached.has_link,
        is_over: chance(status, start, 0, now) == Chance::Over,
        moving: change(row.reschedule_minutes),
        cancelling: change(row.cancel_minutes),
        reach,
    }
}

/// `10:00 on Tuesday 1 December 2026`.
fn instant_label(at: Timestamp, zone: &TimeZone) -> String {
    let local = at.to_zoned(zone.clone());
    format!("{} on {}", clock_label(&local), day_label(local.date()))
}

fn status_of(text: &str) -> AppointmentStatus {
    // The database knows no other words.
    AppointmentStatus::parse(text).unwrap_or(AppointmentStatus::Cancelled)
}

/// The booking's own page.
pub(super) fn booked(found: Found, zone: &TimeZone) -> Booked {
    let Found { row, changes } = found;
    let (start, end) = (row.starts_at.to_jiff(), row.ends_at.to_jiff());
    let (from, to) = (start.to_zoned(zone.clone()), end.to_zoned(zone.clone()));
    let cancelled = match row.cancelled_by.as_deref() {
        Some("CUSTOMER") => Some(match row.cancel_reason.as_deref() {
            Some(reason) => format!("You cancelled it. Your reason: {reason}"),
            None => "You cancelled it.".to_owned(),
        }),
        Some(_) => Some(match row.cancel_reason.as_deref() {
            Some(reason) => format!("The business cancelled it. The reason: {reason}"),
            None => "The business cancelled it.".to_owned(),
        }),
        None => None,
    };
    Booked {
        reference: row.reference,
        status_label: status_of(&row.status).label(),
        service: row.service,
        duration: duration_label(booking::minutes_between(start, end)),
        day_label: day_label(from.date()),
        clock_range: range_label(&from, &to),
        zone_label: zone_label(&from),
        with: row.resource_names,
        price: row.price_minor.map(|minor| money::label(minor, &row.currency)),
        customer_name: row.contact_name,
        // Of a customer who had the own data deleted there is no address to show.
        customer_email: Some(row.email).filter(|email| !email.ends_with(DELETED_ADDRESS)).unwrap_or_default(),
        cancelled,
        changes,
    }
}

/// The few words that pages about a booking begin with.
pub(super) fn summary(row: &AppointmentRow, zone: &TimeZone) -> Summary {
    let from = row.starts_at.to_jiff().to_zoned(zone.clone());
    let to = row.ends_at.to_jiff().to_zoned(zone.clone());
    Summary {
        service: row.service.clone(),
        day_label: day_label(from.date()),
        clock_range: range_label(&from, &to),
        zone_label: zone_label(&from),
        with: row.resource_names.clone(),
        is_request: row.status == AppointmentStatus::Pending.as_str(),
        version: row.version,
    }
}

/// An appointment in the list.
pub(super) fn card(row: &OwnRow, zone: &TimeZone) -> AppointmentCard {
    let (start, end) = (row.starts_at.to_jiff(), row.ends_at.to_jiff());
    let (from, to) = (start.to_zoned(zone.clone()), end.to_zoned(zone.clone()));
    let mut day = moment(start, zone);
    day.label = day_label(from.date());
    AppointmentCard {
        href: format!("/my/appointments/{}", row.id),
        service: row.service.clone(),
        day,
        clock_range: range_label(&from, &to),
        zone_label: zone_label(&from),
        with: row.resource_names.clone(),
        status: status_of(&row.status),
        price: row.price_minor.map(|minor| money::label(minor, &row.currency)),
    }
}
