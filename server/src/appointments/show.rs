//! From rows to what the list shows.

use super::store::{self, Filter, Key, Row};
use crate::{
    error::Failure,
    http::show::{key_of, parts_of, wanted},
    setup::moment_label,
    state::App,
};
use app::{
    appointments::model::{AppointmentFilter, AppointmentLine, Appointments, Chip, Direction},
    request::RequestContext,
    ui::list::Listing,
};
use domain::{
    booking::{AppointmentStatus, Decision},
    bulk::Pick,
    policy::{CalendarFacts, DecideAppointment, ExportAppointments, authorize},
    time::{offset_if_repeated, range_label, short_day_label, start_of_day, wire},
};
use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};

/// Rows of a page.
pub(super) const PAGE: i64 = 50;

/// Whether this person may decide about an appointment, or why not.
pub(crate) fn may_decide(cx: &RequestContext, row: &Row) -> Result<(), Failure> {
    let facts = CalendarFacts { tenant: cx.tenant()?.id, owners: row.owners() };
    let _permit = authorize::<DecideAppointment>(&cx.actor, &facts)?;
    Ok(())
}

/// An appointment as lists show it.
pub(crate) fn line(cx: &RequestContext, row: &Row) -> Result<AppointmentLine, Failure> {
    let zone = &cx.tenant()?.zone;
    let (start, end) = (row.starts_at.to_jiff(), row.ends_at.to_jiff());
    let (from, to) = (start.to_zoned(zone.clone()), end.to_zoned(zone.clone()));
    let (status, has_begun) = (row.status(), start <= cx.now);
    let is_open = Decision::ALL.into_iter().any(|decision| status.decide(decision, has_begun).is_some());
    let clock = range_label(&from, &to);
    Ok(AppointmentLine {
        pick: Pick { id: row.id(), version: row.version },
        day: moment_label(&from).split_once(',').map_or_else(String::new, |(day, _)| day.to_owned()),
        clock: match offset_if_repeated(&from) {
            Some(offset) => format!("{clock} ({offset})"),
            None => clock,
        },
        datetime: wire(&from),
        customer: row.customer.clone(),
        service: row.service.clone(),
        hue: row.hue.clone(),
        with: row.resource_names.join(", "),
        status,
        reference: row.reference.clone(),
        may_decide: is_open && may_decide(cx, row).is_ok(),
    })
}

/// What the page was asked for, as far as it can be read.
pub(super) fn filter_of(get: impl Fn(&str) -> String) -> AppointmentFilter {
    let date = |name: &str| date_of(&get(name)).map(|date| date.to_string()).unwrap_or_default();
    let id = |name: &str| get(name).parse::<uuid::Uuid>().map(|id| id.to_string()).unwrap_or_default();
    AppointmentFilter {
        from: date("from"),
        to: date("to"),
        resource: id("resource"),
        service: id("service"),
        status: AppointmentStatus::parse(&get("status")),
        q: wanted(&get("q")).unwrap_or_default(),
        direction: Direction::parse(&get("sort")),
    }
}

fn date_of(text: &str) -> Option<Date> {
    text.trim().parse::<Date>().ok().filter(|date| (1..=8999).contains(&date.year()))
}

/// The same for the database. Days are the business's; where none is given, the direction says where to begin.
pub(super) fn asked(filter: &AppointmentFilter, zone: &TimeZone, now: Timestamp) -> Filter {
    let today = start_of_day(now.to_zoned(zone.clone()).date(), zone);
    let from = date_of(&filter.from).map(|date| start_of_day(date, zone));
    let to = date_of(&filter.to).map(|date| start_of_day(date.saturating_add(1.day()), zone));
    let (first, last) = match filter.direction {
        // Whoever asks for days before today means them.
        Direction::Coming if to.is_some_and(|to| to <= today) => (store::beginning(), store::end()),
        Direction::Coming => (today, store::end()),
        Direction::Past if from.is_some_and(|from| from > now) => (store::beginning(), store::end()),
        // What has begun.
        Direction::Past => (store::beginning(), now.checked_add(1.millisecond()).unwrap_or(now)),
    };
    Filter {
        resource: filter.resource.parse().ok(),
        service: filter.service.parse().ok(),
        status: filter.status,
        q: wanted(&filter.q),
        ..Filter::between(from.unwrap_or(first), to.unwrap_or(last))
    }
}

/// The key of the next page.
fn cursor(key: Key) -> String {
    key_of(&[&key.0.to_string(), &key.1.to_string()])
}

fn key_in(cursor: &str) -> Option<Key> {
    let [at, id] = parts_of::<2>(cursor)?;
    let at: Timestamp = at.parse().ok()?;
    ((store::beginning()..store::end()).contains(&at)).then_some((at, id.parse().ok()?))
}

/// A page of the list.
pub(super) async fn list(
    app: &App,
    cx: &RequestContext,
    filter: AppointmentFilter,
    after: &str,
) -> Result<Appointments, Failure> {
    let tenant = cx.tenant()?;
    let asked = asked(&filter, &tenant.zone, cx.now);
    let key = key_in(after);
    let mut tx = app.read(cx).await?;
    let mut rows = match filter.direction {
        Direction::Coming => store::list_forward(&mut tx, &asked, key, PAGE + 1).await?,
        Direction::Past => store::list_backward(&mut tx, &asked, key, PAGE + 1).await?,
    };
    let resources = store::list_resources(&mut tx).await?;
    let services = store::list_services(&mut tx).await?;
    let has_any = !rows.is_empty() || store::has_any(&mut tx).await?;
    drop(tx);
    let has_more = i64::try_from(rows.len()).is_ok_and(|found| found > PAGE);
    rows.truncate(usize::try_from(PAGE).unwrap_or(0));
    let address = || filter.address("/appointments");
    let next = rows.last().filter(|_| has_more).map(|row| address().with("cursor", &cursor(row.key())).build());
    let choices = |rows: Vec<store::ChoiceRow>| -> Vec<(String, String)> {
        let name = |row: &store::ChoiceRow| {
            if row.is_archived { format!("{} (archived)", row.name) } else { row.name.clone() }
        };
        rows.iter().map(|row| (row.id.to_string(), name(row))).collect()
    };
    let (resources, services) = (choices(resources), choices(services));
    let may_export = authorize::<ExportAppointments>(&cx.actor, &tenant.id).is_ok();
    Ok(Appointments {
        list: Listing {
            count: count(rows.len(), has_more, &filter),
            rows: rows.iter().map(|row| line(cx, row)).collect::<Result<_, _>>()?,
            is_filtered: filter.is_set(),
            refused: None,
            first: key.map(|_| address().build()),
            next,
        },
        chips: chips(&filter, &resources, &services),
        resources,
        services,
        zone: zone_name(&tenant.zone),
        csv: may_export.then(|| filter.address("/appointments.csv").build()),
        has_any,
        here: match key {
            Some(_) => address().with("cursor", after).build(),
            None => address().build(),
        },
        filter,
    })
}

/// The name of a zone as people read it.
pub(super) fn zone_name(zone: &TimeZone) -> String {
    zone.iana_name().unwrap_or("UTC").replace('_', " ")
}

fn count(found: usize, has_more: bool, filter: &AppointmentFilter) -> String {
    let number = match found {
        1 if !has_more => "1 appointment".into(),
        n if has_more => format!("{n} appointments of more"),
        n => format!("{n} appointments"),
    };
    let days = if filter.from.is_empty() && filter.to.is_empty() { " from today on" } else { "" };
    match filter.direction {
        Direction::Coming => format!("{number}{days}, the earliest first"),
        Direction::Past => format!("{number}, the latest first"),
    }
}

/// The filters that are set, each with the address without it.
fn chips(filter: &AppointmentFilter, resources: &[(String, String)], services: &[(String, String)]) -> Vec<Chip> {
    let name = |all: &[(String, String)], id: &str| {
        all.iter().find(|(known, _)| known == id).map_or_else(|| "unknown".to_owned(), |(_, name)| name.clone())
    };
    let day = |text: &str| date_of(text).map(short_day_label).unwrap_or_default();
    let set = [
        (
            !filter.q.is_empty(),
            format!("Search: {}", filter.q),
            AppointmentFilter { q: String::new(), ..filter.clone() },
        ),
        (
            !filter.from.is_empty(),
            format!("From: {}", day(&filter.from)),
            AppointmentFilter { from: String::new(), ..filter.clone() },
        ),
        (
            !filter.to.is_empty(),
            format!("To: {}", day(&filter.to)),
            AppointmentFilter { to: String::new(), ..filter.clone() },
        ),
        (
            !filter.resource.is_empty(),
            format!("With: {}", name(resources, &filter.resource)),
            AppointmentFilter { resource: String::new(), ..filter.clone() },
        ),
        (
            !filter.service.is_empty(),
            format!("Service: {}", name(services, &filter.service)),
            AppointmentFilter { service: String::new(), ..filter.clone() },
        ),
        (
            filter.status.is_some(),
            format!("Status: {}", filter.status.map_or("", AppointmentStatus::label)),
            AppointmentFilter { status: None, ..filter.clone() },
        ),
    ];
    let set = set.into_iter().filter(|(is_set, ..)| *is_set);
    set.map(|(_, label, without)| Chip { label, href: without.address("/appointments").build() }).collect()
}
