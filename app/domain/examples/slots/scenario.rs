//! From a scenario (api.md, section 2) to what the engine is asked. What is wrong is told by the path of its field.

use crate::raw::{self, Day, Status};
use domain::{ids::AppointmentId, schedule::*};
use jiff::{
    Timestamp,
    civil::{Date, Weekday},
    tz::TimeZone,
};
use std::{collections::HashMap, fmt};
use uuid::Uuid;

/// A scenario in the engine's words, with the names to translate its answer back.
#[derive(Debug)]
pub(crate) struct Question {
    pub(crate) now: Timestamp,
    pub(crate) window: Window,
    pub(crate) service: Service,
    pub(crate) state: Snapshot,
    pub(crate) ask: Option<Timestamp>,
    /// Their ids, by [`ResourceIx`].
    pub(crate) resources: Vec<String>,
    /// Theirs, by the number in the [`AppointmentId`].
    pub(crate) appointments: Vec<String>,
}

/// A field that is wrong.
#[derive(Debug, PartialEq)]
pub(crate) struct Wrong {
    pub(crate) path: String,
    pub(crate) what: String,
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.what)
    }
}

type Checked<T> = Result<T, Wrong>;

/// Reads a scenario.
pub(crate) fn read(text: &str) -> Checked<Question> {
    let mut json = serde_json::Deserializer::from_str(text);
    let raw: raw::Scenario = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let path = error.path().to_string();
        // The whole of it has no name of its own, and what breaks off before a field has none either. Of a field that
        // is there twice the path ends above it.
        let path = path.trim_end_matches(['.', '?']);
        let twice = error.inner().to_string().strip_prefix("duplicate field `").map(str::to_owned);
        match (path, twice.as_ref().and_then(|rest| rest.split_once('`'))) {
            ("", Some((field, _))) => wrong(field, "is there twice"),
            (path, Some((field, _))) => wrong(&format!("{path}.{field}"), "is there twice"),
            ("", None) => wrong("scenario", error.inner()),
            (path, None) => wrong(path, error.inner()),
        }
    })?;
    json.end().map_err(|error| wrong("scenario", error))?;
    question(raw)
}

fn question(raw: raw::Scenario) -> Checked<Question> {
    let now = instant("now", &needed("now", raw.now)?)?;
    let zone = zone("timezone", &needed("timezone", raw.timezone)?)?;
    let window = window(needed("window", raw.window)?)?;
    let given = needed("service", raw.service)?;
    let (names, resources) = resources(needed("resources", raw.resources)?, &zone)?;
    let pending_holds = given.pending_holds.unwrap_or(true);
    let week_start = weekday(raw.week_start.or(given.week_start).unwrap_or(Day::Mon));
    let mut state = Snapshot::new(zone, resources);
    state.week_start = week_start;
    state.buffer_mode = given.buffer_mode.unwrap_or_default();
    let service = service(given, &names)?;
    let mut book = Book { names: &names, pending_holds, appointments: vec![], counted: vec![], state: &mut state };
    for (at, booking) in raw.bookings.unwrap_or_default().into_iter().enumerate() {
        book.enter(&format!("bookings[{at}]"), booking)?;
    }
    let appointments = book.close();
    let ask = raw.ask.map(|at| instant("ask", &at)).transpose()?;
    Ok(Question { now, window, service, state, ask, resources: names, appointments })
}

fn window(raw: raw::Window) -> Checked<Window> {
    let from = date("window.from", &needed("window.from", raw.from)?)?;
    let to = date("window.to", &needed("window.to", raw.to)?)?;
    if to < from { Err(wrong("window.to", "lies before window.from")) } else { Ok(Window { from, to }) }
}

fn service(raw: raw::Service, names: &[String]) -> Checked<Service> {
    let minutes = at_least_one("service.minutes", needed("service.minutes", raw.minutes)?)?;
    let step = at_least_one("service.step", raw.step.unwrap_or(15))?;
    let needs = match raw.needs {
        Some(needs) => {
            let needs = needs.into_iter().enumerate();
            needs.map(|(at, raw)| need(&format!("service.needs[{at}]"), raw, names)).collect::<Checked<_>>()?
        }
        None => vec![Need { pool: (0..names.len()).map(ResourceIx).collect(), count: 1 }],
    };
    let mut limits = Vec::new();
    for (at, limit) in raw.limits.unwrap_or_default().into_iter().enumerate() {
        let path = format!("service.limits[{at}]");
        let per = needed(&format!("{path}.per"), limit.per)?;
        let most = [limit.count.map(Most::Count), limit.minutes.map(Most::Minutes)];
        if most == [None, None] {
            return Err(wrong(&path, "needs a count or minutes"));
        }
        limits.extend(most.into_iter().flatten().map(|most| Limit { per, most }));
    }
    Ok(Service {
        grid: raw.grid.unwrap_or_default(),
        buffer_before: raw.buffer_before.unwrap_or(0),
        buffer_after: raw.buffer_after.unwrap_or(0),
        notice_minutes: raw.notice_minutes.unwrap_or(0),
        horizon_days: raw.horizon_days,
        limits,
        ..Service::new(minutes, step, needs)
    })
}

fn need(path: &str, raw: raw::Need, names: &[String]) -> Checked<Need> {
    let pool = needed(&format!("{path}.pool"), raw.pool)?.into_iter().enumerate();
    let pool = pool.map(|(at, id)| find(&format!("{path}.pool[{at}]"), &id, names)).collect::<Checked<_>>()?;
    let count = at_least_one(&format!("{path}.count"), raw.count.unwrap_or(1))?;
    Ok(Need { pool, count: usize::try_from(count).unwrap_or(usize::MAX) })
}

fn resources(raw: Vec<raw::Resource>, business: &TimeZone) -> Checked<(Vec<String>, Vec<Resource>)> {
    let (mut names, mut resources) = (Vec::new(), Vec::new());
    for (at, raw) in raw.into_iter().enumerate() {
        let path = format!("resources[{at}]");
        let id = needed(&format!("{path}.id"), raw.id.clone())?;
        if names.contains(&id) {
            return Err(wrong(&format!("{path}.id"), format!("there is another resource {id:?}")));
        }
        resources.push(resource(&path, raw, business)?);
        names.push(id);
    }
    Ok((names, resources))
}

fn resource(path: &str, raw: raw::Resource, business: &TimeZone) -> Checked<Resource> {
    let own = raw.timezone.map(|name| zone(&format!("{path}.timezone"), &name)).transpose()?;
    let span = |path: &str, from, to| {
        let from = minute(&format!("{path}.from"), from, 1439)?;
        Ok(DaySpan { from, to: minute(&format!("{path}.to"), to, 1440)? })
    };
    let weekly = |(at, raw): (usize, raw::Hours)| {
        let path = format!("{path}.hours[{at}]");
        let days = needed(&format!("{path}.days"), raw.days)?.into_iter().map(weekday).collect();
        let DaySpan { from, to } = span(&path, raw.from, raw.to)?;
        Ok(WeeklySpan { days, from, to })
    };
    let instead = |(at, raw): (usize, raw::Override)| {
        let path = format!("{path}.overrides[{at}]");
        let spans = raw.spans.unwrap_or_default().into_iter().enumerate();
        let spans = spans.map(|(at, raw)| span(&format!("{path}.spans[{at}]"), raw.from, raw.to));
        let date_path = format!("{path}.date");
        Ok(DayOverride {
            date: date(&date_path, &needed(&date_path, raw.date)?)?,
            spans: spans.collect::<Checked<_>>()?,
        })
    };
    let away = |(at, raw): (usize, raw::TimeOff)| stretch(&format!("{path}.time_off[{at}]"), raw.start, raw.end);
    Ok(Resource {
        zone: own.unwrap_or_else(|| business.clone()),
        quantity: at_least_one(&format!("{path}.quantity"), raw.quantity.unwrap_or(1))?,
        hours: raw.hours.map(|hours| hours.into_iter().enumerate().map(weekly).collect::<Checked<_>>()).transpose()?,
        overrides: raw.overrides.unwrap_or_default().into_iter().enumerate().map(instead).collect::<Checked<_>>()?,
        time_off: raw.time_off.unwrap_or_default().into_iter().enumerate().map(away).collect::<Checked<_>>()?,
    })
}

/// Enters bookings, and counts each appointment once.
struct Book<'a> {
    names: &'a [String],
    pending_holds: bool,
    appointments: Vec<String>,
    /// What counts against limits, with the number of its appointment.
    counted: Vec<(Option<usize>, Stretch)>,
    state: &'a mut Snapshot,
}

impl Book<'_> {
    fn enter(&mut self, path: &str, raw: raw::Booking) -> Checked<()> {
        let Stretch { start, end } = stretch(path, raw.start, raw.end)?;
        let resource = raw.resource.map(|id| find(&format!("{path}.resource"), &id, self.names)).transpose()?;
        let appointment = raw.appointment.map(|id| self.number(id));
        let holds = match raw.status.unwrap_or(Status::Confirmed) {
            Status::Pending => self.pending_holds,
            Status::Confirmed | Status::Completed | Status::NoShow => true,
            Status::Cancelled | Status::Rejected => false,
        };
        if holds && let Some(resource) = resource {
            self.state.bookings.push(Booking {
                resource,
                start,
                end,
                before: raw.buffer_before.unwrap_or(0),
                after: raw.buffer_after.unwrap_or(0),
                appointment: appointment.map(|number| AppointmentId(Uuid::from_u128(number as u128))),
            });
        }
        if holds && raw.counts.unwrap_or(true) {
            self.counted.push((appointment, Stretch { start, end }));
        }
        Ok(())
    }

    fn number(&mut self, id: String) -> usize {
        let known = self.appointments.iter().position(|other| *other == id);
        known.unwrap_or_else(|| {
            self.appointments.push(id);
            self.appointments.len() - 1
        })
    }

    /// An appointment is counted from its first start to its last end.
    fn close(self) -> Vec<String> {
        let mut by_appointment: HashMap<usize, Stretch> = HashMap::new();
        let mut all = Vec::new();
        for (appointment, stretch) in self.counted {
            match appointment {
                Some(number) => {
                    let whole = by_appointment.entry(number).or_insert(stretch);
                    whole.start = whole.start.min(stretch.start);
                    whole.end = whole.end.max(stretch.end);
                }
                None => all.push(stretch),
            }
        }
        all.extend(by_appointment.into_values());
        self.state.counted.extend(all.into_iter().map(|Stretch { start, end }| {
            // A part of a minute is a minute.
            let minutes = (end.duration_since(start).as_secs() + 59) / 60;
            Counted { start, minutes: u32::try_from(minutes).unwrap_or(u32::MAX) }
        }));
        self.appointments
    }
}

/// In one line, whatever was in the scenario.
fn wrong(path: &str, what: impl ToString) -> Wrong {
    Wrong { path: path.to_owned(), what: what.to_string().replace(['\n', '\r'], " ") }
}

fn needed<T>(path: &str, value: Option<T>) -> Checked<T> {
    value.ok_or_else(|| wrong(path, "is missing"))
}

fn at_least_one(path: &str, value: u32) -> Checked<u32> {
    if value == 0 { Err(wrong(path, "must be at least 1")) } else { Ok(value) }
}

fn find(path: &str, id: &str, names: &[String]) -> Checked<ResourceIx> {
    let found = names.iter().position(|name| name == id).map(ResourceIx);
    found.ok_or_else(|| wrong(path, format!("there is no resource '{id}'")))
}

fn zone(path: &str, name: &str) -> Checked<TimeZone> {
    TimeZone::get(name).map_err(|_| wrong(path, format!("there is no time zone '{name}'")))
}

fn instant(path: &str, text: &str) -> Checked<Timestamp> {
    domain::time::parse_wire(text)
        .ok_or_else(|| wrong(path, format!("'{text}' is not a time with an offset, such as 2026-12-01T09:30:00Z")))
}

fn stretch(path: &str, start: Option<String>, end: Option<String>) -> Checked<Stretch> {
    let (start_path, end_path) = (format!("{path}.start"), format!("{path}.end"));
    let start = instant(&start_path, &needed(&start_path, start)?)?;
    let end = instant(&end_path, &needed(&end_path, end)?)?;
    if end < start { Err(wrong(&end_path, "lies before its start")) } else { Ok(Stretch { start, end }) }
}

fn date(path: &str, text: &str) -> Checked<Date> {
    let parsed = text.parse::<Date>().ok().filter(|date| date.to_string() == text);
    parsed.ok_or_else(|| wrong(path, format!("'{text}' is not a date, such as 2026-12-01")))
}

/// A minute of the day, as HH:MM.
fn minute(path: &str, text: Option<String>, last: u16) -> Checked<u16> {
    let text = needed(path, text)?;
    let number = |two: &str| (two.len() == 2 && two.bytes().all(|b| b.is_ascii_digit())).then(|| two.parse().ok())?;
    let parsed = text.split_once(':').and_then(|(hours, minutes)| Some((number(hours)?, number(minutes)?)));
    let minute = parsed.filter(|(_, minutes)| *minutes < 60).map(|(hours, minutes): (u16, u16)| hours * 60 + minutes);
    minute.filter(|minute| *minute <= last).ok_or_else(|| {
        let most = if last == 1440 { "24:00" } else { "23:59" };
        wrong(path, format!("'{text}' is not a time from 00:00 to {most}"))
    })
}

fn weekday(day: Day) -> Weekday {
    match day {
        Day::Mon => Weekday::Monday,
        Day::Tue => Weekday::Tuesday,
        Day::Wed => Weekday::Wednesday,
        Day::Thu => Weekday::Thursday,
        Day::Fri => Weekday::Friday,
        Day::Sat => Weekday::Saturday,
        Day::Sun => Weekday::Sunday,
    }
}
