//! From an offer to what the pages show: labels in the business's zone, and the month as a grid.

use super::{
    Offer,
    own::{booked_offer, keep_people},
    store::{OfferRow, ServiceRow},
};
use crate::{claims, error::Failure, schedule::store::AppointmentRow, state::App};
use app::{
    booking::model::{
        DayCell, DayState, Details, Month, PickTime, ServiceCard, Services, SlotChoice, StaffChoice, Taken,
    },
    request::RequestContext,
};
use domain::{
    booking::{DetailsForm, policy_label},
    ids::{AppointmentId, ResourceId, ServiceId},
    money,
    schedule::{ReasonCode, Slot, Window, ask, nearest, open_spans, slots},
    text::has_words,
    time::{clock_label, day_label, month_label, offset_if_repeated, range_label, weekday_short, wire, zone_label},
};
use jiff::{
    Timestamp, ToSpan,
    civil::{Date, Weekday},
    tz::TimeZone,
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The tenant's landing page.
pub(super) async fn services(app: &App, cx: &RequestContext, search: &str) -> Result<Services, Failure> {
    let mut tx = app.read(cx).await?;
    let business = super::store::find_business(&mut tx).await?;
    let rows = super::store::list_online_services(&mut tx).await?;
    let mut services: Vec<ServiceCard> = rows.iter().map(card).collect();
    let total = services.len();
    services
        .retain(|service| has_words(&format!("{} {} {}", service.name, service.category, service.description), search));
    // A category stands where its first service does.
    let mut categories: Vec<String> = Vec::new();
    for service in &services {
        if !categories.contains(&service.category) {
            categories.push(service.category.clone());
        }
    }
    services.sort_by_key(|service| categories.iter().position(|category| *category == service.category));
    Ok(Services {
        tagline: business.tagline,
        about: business.about,
        address: business.address,
        phone: business.contact_phone,
        email: business.contact_email,
        services,
        total,
        search: search.to_owned(),
    })
}

/// Day and time. Without a date, the first day that has a free time is chosen.
pub(super) async fn pick_time(
    app: &App,
    cx: &RequestContext,
    service: ServiceId,
    staff: Option<ResourceId>,
    date: Option<Date>,
) -> Result<PickTime, Failure> {
    let zone = cx.tenant()?.zone.clone();
    let mut tx = app.read(cx).await?;
    let mut offer = Offer::load(&mut tx, &zone, service, staff, cx.now).await?;
    times(&mut offer, &mut tx, cx.now, staff, date).await
}

/// Day and time for a booking that is there, with whoever it is with unless `staff` is asked for. Where a start could not
/// be had, also why and what can.
pub(crate) async fn times_to_move(
    app: &App,
    cx: &RequestContext,
    (id, row): (AppointmentId, &AppointmentRow),
    staff: Option<ResourceId>,
    date: Date,
    gone: Option<Timestamp>,
) -> Result<(PickTime, Option<Taken>), Failure> {
    let mut tx = app.read(cx).await?;
    let mut offer = booked_offer(&mut tx, cx, row, &[]).await?;
    let held = claims::store::list_of_appointment(&mut tx, id.0).await?;
    keep_people(&mut offer, &held, staff)?;
    offer.moving = Some(id);
    let mut pick = times(&mut offer, &mut tx, cx.now, staff, Some(date)).await?;
    let present = wire(&row.starts_at.to_jiff().to_zoned(offer.calendar.state.zone.clone()));
    if staff.is_none() {
        // Where it is already, nobody needs to move it.
        pick.slots.retain(|slot| slot.start != present);
    }
    if let Some(anyone) = pick.staff.first_mut() {
        anyone.name = "As booked".into();
    }
    let taken = match gone {
        Some(start) => Some(taken(&mut offer, &mut tx, cx.now, start).await?),
        None => None,
    };
    Ok((pick, taken))
}

async fn times(
    offer: &mut Offer,
    tx: &mut impl crate::tenancy::TenantConn,
    now: Timestamp,
    staff: Option<ResourceId>,
    date: Option<Date>,
) -> Result<PickTime, Failure> {
    let zone = offer.calendar.state.zone.clone();
    let today = now.to_zoned(zone.clone()).date();
    let last = today.saturating_add(i64::from(offer.service.horizon_days.unwrap_or(0)).days());
    let mut shown = date.unwrap_or(today);
    let mut free = free_days(offer, tx, now, month_of(shown)).await?;
    if date.is_none() {
        while free.is_empty() && shown.last_of_month() < last {
            shown = shown.last_of_month().saturating_add(1.day());
            free = free_days(offer, tx, now, month_of(shown)).await?;
        }
        shown = free.keys().next().copied().unwrap_or(today);
    }
    let state_of = |day: Date, offer: &Offer, free: &BTreeMap<Date, Vec<Slot>>| match free.get(&day) {
        Some(times) => DayState::Free(times.len()),
        None if day < today || day > last => DayState::OutOfReach,
        None if offer.pool().any(|place| !open_spans(&offer.calendar.state, place, day).is_empty()) => DayState::Full,
        None => DayState::Closed,
    };
    let day_state = state_of(shown, offer, &free);
    let month = month_grid(shown, today, last, offer.row.week_start, |day| state_of(day, offer, &free));
    let times = free.get(&shown).cloned().unwrap_or_default();
    let next_free = match times.is_empty() {
        true => next_free_day(offer, tx, now, shown.max(today), last, free).await?,
        false => None,
    };
    // The offset in force where it matters: at the first time shown, else in the middle of the day.
    let at = times.first().map_or_else(|| domain::time::start_of_day(shown, &zone) + 12.hours(), |slot| slot.start);
    Ok(PickTime {
        service: offered(&offer.row),
        staff: staff_choices(offer, staff),
        chosen_staff: staff,
        zone_label: zone_label(&at.to_zoned(zone.clone())),
        month,
        day_label: Some(day_label(shown)),
        day_state,
        slots: times.iter().map(|slot| choice(slot.start, &zone)).collect(),
        next_free,
    })
}

/// The form for the details; it says so if the start is gone already.
pub(super) async fn details(
    app: &App,
    cx: &RequestContext,
    service: ServiceId,
    staff: Option<ResourceId>,
    start: Timestamp,
    token: Uuid,
) -> Result<Details, Failure> {
    let zone = cx.tenant()?.zone.clone();
    let mut tx = app.read(cx).await?;
    let mut offer = Offer::load(&mut tx, &zone, service, staff, cx.now).await?;
    let date = start.to_zoned(zone.clone()).date();
    offer.load_claims(&mut tx, Window { from: date, to: date }, cx.now).await?;
    let verdict = ask(cx.now, &offer.service, &offer.calendar.state, start);
    let kept = kept_until(&mut tx, token, service, start, cx.now).await?;
    let mut page = details_page(&offer, &zone, staff, start)?;
    page.token = token;
    page.kept_until = kept.map(|until| clock_label(&until.to_zoned(zone.clone())));
    if !verdict.bookable() && kept.is_none() {
        page.taken = Some(taken(&mut offer, &mut tx, cx.now, start).await?);
    }
    Ok(page)
}

/// The form again, with what was typed.
pub(super) async fn details_again(
    app: &App,
    cx: &RequestContext,
    request: (ServiceId, Option<ResourceId>, Timestamp, Uuid),
    form: DetailsForm,
    errors: Vec<domain::text::FieldError>,
    is_gone: bool,
) -> Result<Details, Failure> {
    let (service, staff, start, token) = request;
    let zone = cx.tenant()?.zone.clone();
    let mut tx = app.read(cx).await?;
    let mut offer = Offer::load(&mut tx, &zone, service, staff, cx.now).await?;
    let page = details_page(&offer, &zone, staff, start)?;
    let kept = kept_until(&mut tx, token, service, start, cx.now).await?;
    let taken = match is_gone {
        true => Some(taken(&mut offer, &mut tx, cx.now, start).await?),
        false => None,
    };
    let kept_until = kept.map(|until| clock_label(&until.to_zoned(zone.clone())));
    Ok(Details { token, form, errors, taken, kept_until, ..page })
}

/// The booking that a form has made.
pub(super) async fn booked_by(
    app: &App,
    cx: &RequestContext,
    token: Uuid,
) -> Result<Option<domain::ids::AppointmentId>, Failure> {
    let mut tx = app.read(cx).await?;
    Ok(super::store::find_by_form(&mut tx, token).await?)
}

/// Until when the time is kept for a form, if it is.
async fn kept_until(
    tx: &mut impl crate::tenancy::TenantConn,
    token: Uuid,
    service: ServiceId,
    start: Timestamp,
    now: Timestamp,
) -> Result<Option<Timestamp>, Failure> {
    let hold = super::store::find_hold(tx, token).await?;
    let hold = hold.filter(|hold| hold.service_id == service.0 && hold.starts_at.to_jiff() == start);
    Ok(hold.map(|hold| hold.expires_at.to_jiff()).filter(|until| *until > now))
}

/// Why a start cannot be had, and the free ones nearest to it: of that day and the week after it.
async fn taken(
    offer: &mut Offer,
    tx: &mut impl crate::tenancy::TenantConn,
    now: Timestamp,
    start: Timestamp,
) -> Result<Taken, Failure> {
    let zone = offer.calendar.state.zone.clone();
    let date = start.to_zoned(zone.clone()).date();
    let window = Window { from: date, to: date.saturating_add(7.days()) };
    offer.load_claims(tx, window, now).await?;
    let verdict = ask(now, &offer.service, &offer.calendar.state, start);
    let says = |code| verdict.reasons.iter().any(|reason| reason.code == code);
    // The first that holds is the one that no other choice of staff would change.
    let why = if says(ReasonCode::Past) {
        "This time has passed"
    } else if says(ReasonCode::Notice) {
        "This time is too soon: this service is booked further ahead"
    } else if says(ReasonCode::Horizon) {
        "This time is further ahead than bookings are taken"
    } else if says(ReasonCode::Limit) {
        "No more of these appointments are taken in this period"
    } else if says(ReasonCode::Booked) {
        "Somebody else has just booked this time"
    } else if says(ReasonCode::Buffer) {
        "This time is too close to another appointment"
    } else if says(ReasonCode::Closed) || says(ReasonCode::TimeOff) {
        "Nobody works at this time"
    } else if says(ReasonCode::PoolShort) {
        "There is nobody who could do this at present"
    } else {
        "Somebody else has just booked this time"
    };
    let free = nearest(&slots(now, window, &offer.service, &offer.calendar.state), start, 3);
    Ok(Taken { why, alternatives: free.iter().map(|slot| choice(slot.start, &zone)).collect() })
}

fn details_page(
    offer: &Offer,
    zone: &TimeZone,
    staff: Option<ResourceId>,
    start: Timestamp,
) -> Result<Details, Failure> {
    let from = start.to_zoned(zone.clone());
    let to = start
        .checked_add(i64::from(offer.service.minutes).minutes())
        .map_err(|_| Failure::BadRequest("its time lies beyond all calendars"))?
        .to_zoned(zone.clone());
    let staff = staff.and_then(|id| offer.staff.iter().find(|(other, _)| *other == id).cloned());
    Ok(Details {
        service: offered(&offer.row),
        start: wire(&from),
        clock_range: range_label(&from, &to),
        day_label: day_label(from.date()),
        date: from.date(),
        zone_label: zone_label(&from),
        staff,
        token: Uuid::new_v4(),
        kept_until: None,
        policy: policy_label(
            u32::try_from(offer.row.cancel_minutes).unwrap_or(0),
            u32::try_from(offer.row.reschedule_minutes).unwrap_or(0),
        ),
        asks: offer.row.needs_approval,
        form: DetailsForm::default(),
        errors: Vec::new(),
        taken: None,
    })
}

/// Whole minutes from one instant to another.
pub(crate) fn minutes_between(from: Timestamp, to: Timestamp) -> u32 {
    u32::try_from(to.duration_since(from).as_mins()).unwrap_or(0)
}

fn card(row: &ServiceRow) -> ServiceCard {
    ServiceCard {
        id: ServiceId(row.id),
        name: row.name.clone(),
        description: row.description.clone(),
        minutes: u32::try_from(row.minutes).unwrap_or(0),
        price: row.price_minor.map(|minor| money::label(minor, &row.currency)),
        hue: row.hue.clone(),
        category: row.category.clone(),
    }
}

fn offered(row: &OfferRow) -> ServiceCard {
    ServiceCard {
        id: ServiceId(row.id),
        name: row.name.clone(),
        description: row.description.clone(),
        minutes: u32::try_from(row.minutes).unwrap_or(0),
        price: row.price_minor.map(|minor| money::label(minor, &row.currency)),
        hue: row.hue.clone(),
        category: row.category.clone(),
    }
}

/// With one person there is nothing to choose.
fn staff_choices(offer: &Offer, chosen: Option<ResourceId>) -> Vec<StaffChoice> {
    if offer.staff.len() < 2 {
        return Vec::new();
    }
    let anyone = StaffChoice { id: None, name: "Anyone".into(), selected: chosen.is_none() };
    let people = offer.staff.iter().map(|(id, name)| StaffChoice {
        id: Some(*id),
        name: name.clone(),
        selected: chosen == Some(*id),
    });
    std::iter::once(anyone).chain(people).collect()
}

fn choice(start: Timestamp, zone: &TimeZone) -> SlotChoice {
    let at = start.to_zoned(zone.clone());
    SlotChoice {
        start: wire(&at),
        clock: clock_label(&at),
        label: format!("{}, {}", clock_label(&at), day_label(at.date())),
        offset: offset_if_repeated(&at),
    }
}

fn month_of(date: Date) -> Window {
    Window { from: date.first_of_month(), to: date.last_of_month() }
}

/// The free times of a window, by day.
async fn free_days(
    offer: &mut Offer,
    tx: &mut impl crate::tenancy::TenantConn,
    now: Timestamp,
    window: Window,
) -> Result<BTreeMap<Date, Vec<Slot>>, Failure> {
    offer.load_claims(tx, window, now).await?;
    let zone = offer.calendar.state.zone.clone();
    let mut days: BTreeMap<Date, Vec<Slot>> = BTreeMap::new();
    // Slots come in order, so the zone is asked once a day and not once a slot.
    let mut day = (Date::MIN, Timestamp::MIN);
    for slot in slots(now, window, &offer.service, &offer.calendar.state) {
        if slot.start >= day.1 {
            let date = slot.start.to_zoned(zone.clone()).date();
            day = (date, domain::time::start_of_day(date.saturating_add(1.day()), &zone));
        }
        days.entry(day.0).or_default().push(slot);
    }
    Ok(days)
}

/// The first day after `day` that has a free time, looking no further than bookings are taken.
async fn next_free_day(
    offer: &mut Offer,
    tx: &mut impl crate::tenancy::TenantConn,
    now: Timestamp,
    day: Date,
    last: Date,
    mut free: BTreeMap<Date, Vec<Slot>>,
) -> Result<Option<(Date, String)>, Failure> {
    let mut month = day;
    loop {
        if let Some(found) = free.keys().find(|other| **other > day) {
            return Ok(Some((*found, day_label(*found))));
        }
        if month.last_of_month() >= last {
            return Ok(None);
        }
        month = month.last_of_month().saturating_add(1.day());
        free = free_days(offer, tx, now, month_of(month)).await?;
    }
}

fn month_grid(shown: Date, today: Date, last: Date, week_start: i16, state_of: impl Fn(Date) -> DayState) -> Month {
    let first_day =
        i8::try_from(week_start).ok().and_then(|n| Weekday::from_monday_one_offset(n).ok()).unwrap_or(Weekday::Monday);
    let Window { from, to } = month_of(shown);
    let lead = i64::from(from.weekday().since(first_day));
    let mut day = from.saturating_sub(lead.days());
    let weekdays = (0..7_i64).map(|n| weekday_short(day.saturating_add(n.days()))).collect();
    let mut weeks = Vec::new();
    while day <= to {
        let mut week = Vec::with_capacity(7);
        for _ in 0..7 {
            let is_inside = (from..=to).contains(&day);
            week.push(DayCell {
                date: day,
                label: day_label(day),
                state: if is_inside { state_of(day) } else { DayState::OtherMonth },
                selected: is_inside && day == shown,
                today: day == today,
            });
            day = day.saturating_add(1.day());
        }
        weeks.push(week);
    }
    Month {
        label: month_label(shown),
        weekdays,
        weeks,
        earlier: (from > today).then(|| from.saturating_sub(1.day()).first_of_month().max(today)),
        later: (to < last).then(|| to.saturating_add(1.day())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_month_is_whole_weeks_from_the_tenants_first_day() {
        let grid = |week_start| {
            month_grid(date(2026, 12, 3), date(2026, 11, 23), date(2027, 1, 22), week_start, |_| DayState::Closed)
        };
        let monday = grid(1);
        assert_eq!(monday.weekdays, ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]);
        assert_eq!((monday.weeks.len(), monday.weeks[0][0].date), (5, date(2026, 11, 30)));
        assert_eq!(monday.weeks[0][0].state, DayState::OtherMonth);
        assert_eq!((monday.earlier, monday.later), (Some(date(2026, 11, 23)), Some(date(2027, 1, 1))));
        let sunday = grid(7);
        assert_eq!(sunday.weekdays[0], "Sun");
        assert_eq!(sunday.weeks[0][0].date, date(2026, 11, 29));
    }

    #[test]
    fn no_way_beyond_what_can_be_booked() {
        let grid = month_grid(date(2026, 11, 23), date(2026, 11, 23), date(2026, 11, 30), 1, |_| DayState::Closed);
        assert_eq!((grid.earlier, grid.later), (None, None));
    }
}
