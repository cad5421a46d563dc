//! From rows to today.

use super::store;
use crate::{
    appointments::{
        self, line,
        store::{Filter, Row},
    },
    error::Failure,
    schedule::{self, snapshot::Calendar},
    state::App,
};
use app::{
    request::RequestContext,
    today::model::{Gap, PersonNow, Sheet, SheetLine, Sheets, Today},
};
use domain::{
    booking::AppointmentStatus,
    policy::{EditResources, ViewCalendar, authorize},
    report::{Period, Usage, usage},
    schedule::{ResourceIx, Window, free_spans, open_spans},
    time::{clock_label, day_label, duration_label, range_label, start_of_day, zone_label},
};
use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
use std::collections::HashMap;
use uuid::Uuid;

/// As many appointments of two days, and requests, as are looked at.
const MOST: i64 = 1000;
/// As many requests are listed.
const LISTED: usize = 10;
/// Free time that is shorter is not worth a line.
const SHORTEST_GAP: i64 = 30;

/// Whose day is shown: of resources by id.
struct Shown {
    ids: Vec<Uuid>,
    is_all: bool,
    has_own: bool,
}

impl Shown {
    /// Staff see their own calendars first; everybody else sees all, and so does who has none.
    fn new(cx: &RequestContext, calendar: &Calendar, wants_all: bool) -> Self {
        let person = cx.actor.person();
        let is_staff = person.is_some_and(|person| person.role == domain::actor::Role::TenantStaff);
        let own = |user: Option<Uuid>| person.is_some_and(|person| user == Some(person.user.0));
        let has_own = is_staff && calendar.resources.iter().any(|row| own(row.user_id));
        let is_all = wants_all || !has_own;
        let ids = calendar.resources.iter().filter(|row| is_all || own(row.user_id)).map(|row| row.id).collect();
        Self { ids, is_all, has_own }
    }

    fn touches(&self, row: &Row) -> bool {
        self.is_all || row.resource_ids.iter().any(|id| self.ids.contains(id))
    }
}

/// Today.
pub(super) async fn today(app: &App, cx: &RequestContext, wants_all: bool) -> Result<Today, Failure> {
    let tenant = cx.tenant()?;
    let _permit = authorize::<ViewCalendar>(&cx.actor, &tenant.id)?;
    let zone = &tenant.zone;
    let now = cx.now.to_zoned(zone.clone());
    let date = now.date();
    let (start, end) = (start_of_day(date, zone), start_of_day(date.saturating_add(1.day()), zone));
    // What began yesterday may still be going on, or wait to be marked.
    let since = start_of_day(date.saturating_sub(1.day()), zone);

    let mut tx = app.read(cx).await?;
    let mut calendar = Calendar::new(schedule::store::list_resources(&mut tx, None, since).await?, zone)?;
    calendar.load_claims(&mut tx, Window { from: date, to: date }, cx.now).await?;
    let rows = appointments::store::list_forward(&mut tx, &Filter::between(since, end), None, MOST).await?;
    let asked = Filter {
        status: Some(AppointmentStatus::Pending),
        ..Filter::between(cx.now - 24.hours(), appointments::store::end())
    };
    let pending = appointments::store::list_forward(&mut tx, &asked, None, MOST).await?;
    drop(tx);

    let shown = Shown::new(cx, &calendar, wants_all);
    let lines = |rows: Vec<&Row>| rows.into_iter().map(|row| line(cx, row)).collect::<Result<Vec<_>, _>>();
    let ours: Vec<&Row> = rows.iter().filter(|row| shown.touches(row)).collect();
    let is_over = |row: &Row| row.ends_at.to_jiff() <= cx.now;
    let unmarked: Vec<&Row> =
        ours.iter().copied().filter(|row| row.status() == AppointmentStatus::Confirmed && is_over(row)).collect();
    let mut waiting: Vec<&Row> = pending.iter().filter(|row| shown.touches(row) && !is_over(row)).collect();
    let more_waiting = waiting.len().saturating_sub(LISTED);
    waiting.truncate(LISTED);

    let places: Vec<ResourceIx> = shown.ids.iter().filter_map(|id| calendar.place(*id)).collect();
    let staff: Vec<ResourceIx> =
        places.iter().copied().filter(|place| calendar.at(*place).is_some_and(|row| row.kind == "STAFF")).collect();
    // A business of rooms and machines alone is as busy as these.
    let counted = if staff.is_empty() { &places } else { &staff };
    let used = counted
        .iter()
        .map(|place| usage(&calendar.state, *place, Period { from: date, to: date }))
        .fold(Usage::default(), Usage::plus);
    let people = counted.iter().map(|place| person(cx, &calendar, *place, date, &ours)).collect::<Result<_, _>>()?;
    let counts = |row: &&&Row| {
        row.starts_at.to_jiff() >= start
            && match row.status() {
                AppointmentStatus::Pending => row.holds,
                AppointmentStatus::Cancelled => false,
                _ => true,
            }
    };
    Ok(Today {
        day_label: day_label(date),
        clock_label: format!("{}, {}", clock_label(&now), zone_label(&now)),
        date,
        shows_all: shown.is_all,
        has_other_view: shown.has_own,
        people,
        waiting: lines(waiting)?,
        more_waiting,
        unmarked: lines(unmarked)?,
        gaps: staff.iter().filter_map(|place| gap(&calendar, *place, date, cx.now)).collect(),
        bookings: ours.iter().filter(counts).count(),
        booked: minutes_label(used.booked),
        open: minutes_label(used.open),
        share: used.share().label(),
        has_team: !calendar.resources.is_empty(),
        may_set_up: authorize::<EditResources>(&cx.actor, &tenant.id).is_ok(),
        here: if shown.has_own && shown.is_all { "/today?all=1".into() } else { "/today".into() },
    })
}

fn minutes_label(minutes: u64) -> String {
    duration_label(u32::try_from(minutes).unwrap_or(u32::MAX))
}

/// What goes on with one person, and what comes next.
fn person(
    cx: &RequestContext,
    calendar: &Calendar,
    place: ResourceIx,
    date: Date,
    rows: &[&Row],
) -> Result<PersonNow, Failure> {
    let Some(resource) = calendar.at(place) else { return Err(anyhow::anyhow!("a resource without a place").into()) };
    let is_on = |row: &&&Row| {
        row.resource_ids.contains(&resource.id)
            && match row.status() {
                AppointmentStatus::Pending => row.holds,
                AppointmentStatus::Confirmed | AppointmentStatus::Completed => true,
                AppointmentStatus::Cancelled | AppointmentStatus::NoShow => false,
            }
    };
    let (mut now, mut next) = (Vec::new(), None);
    for row in rows.iter().filter(is_on) {
        let (start, end) = (row.starts_at.to_jiff(), row.ends_at.to_jiff());
        if start <= cx.now && cx.now < end {
            now.push(line(cx, row)?);
        } else if start > cx.now && next.is_none() {
            next = Some((start, line(cx, row)?));
        }
    }
    let next_in = next.as_ref().map(|(start, _)| {
        let minutes = (start.duration_since(cx.now).as_secs() + 59) / 60;
        format!("In {}", duration_label(u32::try_from(minutes).unwrap_or(0)))
    });
    let hours = open_spans(&calendar.state, place, date);
    let zone = &calendar.state.zone;
    let is_in = hours.iter().any(|(from, to)| (*from..*to).contains(&cx.now));
    let hours = match (hours.iter().find(|(_, to)| *to > cx.now), hours.last()) {
        (None, None) => "Not in today".to_owned(),
        (None, Some((_, to))) => format!("Was in until {}", clock_label(&to.to_zoned(zone.clone()))),
        (Some((from, _)), _) if *from > cx.now => {
            format!("In from {}", clock_label(&from.to_zoned(zone.clone())))
        }
        (Some((_, to)), _) => format!("In until {}", clock_label(&to.to_zoned(zone.clone()))),
    };
    Ok(PersonNow {
        name: resource.name.clone(),
        now,
        next: next.map(|(_, line)| line),
        next_in: next_in.unwrap_or_default(),
        hours,
        is_in,
    })
}

/// The free time that one person has left today.
fn gap(calendar: &Calendar, place: ResourceIx, date: Date, now: Timestamp) -> Option<Gap> {
    let zone = &calendar.state.zone;
    let left = free_spans(&calendar.state, place, date).into_iter().filter_map(|(from, to)| {
        let from = from.max(now);
        let minutes = to.duration_since(from).as_mins();
        (minutes >= SHORTEST_GAP).then(|| {
            let range = range_label(&from.to_zoned(zone.clone()), &to.to_zoned(zone.clone()));
            format!("{range}, {}", duration_label(u32::try_from(minutes).unwrap_or(0)))
        })
    });
    let spans: Vec<String> = left.collect();
    (!spans.is_empty()).then(|| Gap { name: calendar.at(place).map(|row| row.name.clone()).unwrap_or_default(), spans })
}

/// A day on paper.
pub(super) async fn sheets(app: &App, cx: &RequestContext, date: Option<Date>) -> Result<Sheets, Failure> {
    let tenant = cx.tenant()?;
    let _permit = authorize::<ViewCalendar>(&cx.actor, &tenant.id)?;
    let zone = &tenant.zone;
    let date = date.unwrap_or(cx.now.to_zoned(zone.clone()).date());
    let (start, end) = (start_of_day(date, zone), start_of_day(date.saturating_add(1.day()), zone));
    let mut tx = app.read(cx).await?;
    let calendar = Calendar::new(schedule::store::list_resources(&mut tx, None, start).await?, zone)?;
    // What began the day before and reaches into this one belongs on its paper too.
    let near = Filter::between(start - 24.hours(), end);
    let rows = appointments::store::list_forward(&mut tx, &near, None, MOST).await?;
    let rows: Vec<Row> = rows
        .into_iter()
        .filter(|row| row.ends_at.to_jiff() > start && row.status() != AppointmentStatus::Cancelled)
        .collect();
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let notes: HashMap<Uuid, (String, String)> =
        store::list_notes(&mut tx, &ids).await?.into_iter().map(|row| (row.id, (row.phone, row.notes))).collect();
    drop(tx);
    let staff = calendar.resources.iter().any(|row| row.kind == "STAFF");
    let mut sheets = Vec::new();
    for resource in calendar.resources.iter().filter(|row| !staff || row.kind == "STAFF") {
        let hours = calendar.place(resource.id).map(|place| open_spans(&calendar.state, place, date));
        let lines = rows.iter().filter(|row| row.resource_ids.contains(&resource.id)).map(|row| {
            let (phone, notes) = notes.get(&row.id).cloned().unwrap_or_default();
            Ok::<_, Failure>(SheetLine { line: line(cx, row)?, phone, notes })
        });
        sheets.push(Sheet {
            name: resource.name.clone(),
            hours: hours_label(&hours.unwrap_or_default(), zone),
            lines: lines.collect::<Result<_, _>>()?,
        });
    }
    Ok(Sheets {
        date,
        day_label: day_label(date),
        zone_label: zone_label(&(start + 12.hours()).to_zoned(zone.clone())),
        before: date.saturating_sub(1.day()),
        after: date.saturating_add(1.day()),
        sheets,
    })
}

fn hours_label(open: &[(Timestamp, Timestamp)], zone: &TimeZone) -> String {
    let spans: Vec<String> =
        open.iter().map(|(from, to)| range_label(&from.to_zoned(zone.clone()), &to.to_zoned(zone.clone()))).collect();
    if spans.is_empty() { "No hours".to_owned() } else { spans.join(", ") }
}
