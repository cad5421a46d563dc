//! What the rooms of the set-up share: forms read as they were typed, and the effect of a change before it is made.
//!
//! The effect is measured on the change itself: in a transaction that is never committed the state is read, the change is
//! written by the very statements that would save it, and the state is read again. So an effect cannot differ from what
//! saving does, and there is one loader (docs/decisions/0011-set-up.md).

mod store;

use crate::{
    booking::Offer,
    error::Failure,
    schedule::{self, snapshot::Calendar},
    tenancy::TenantConn,
};
use app::{
    request::RequestContext,
    setup::model::{AppointmentLine, EffectShown, ServiceLine},
    ui::form::FormError,
};
use domain::{
    effect::{self, CountedBooking, Held, Offered, Side},
    ids::{AppointmentId, ServiceId},
    schedule::Window,
    time::{clock_label, weekday_short},
    typed::Mistake,
};
use jiff::{Timestamp, ToSpan, Zoned, tz::TimeZone};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// As many appointments to come are looked at; the page says so where there are more.
const MOST_APPOINTMENTS: i64 = 2000;
/// As many of those that are touched are listed.
const LISTED: usize = 10;

/// What a button asks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Act<'a> {
    /// To save.
    Save,
    /// To show what saving would do, and save nothing. Also what is meant where a form does not say.
    Effect,
    /// Something about the form itself, such as more rows.
    Form(&'a str),
}

/// A form as it was sent: pairs in their order, names as often as they came.
#[derive(Clone, Debug)]
pub(crate) struct Typed(pub Vec<(String, String)>);

impl Typed {
    /// The first value of a name; empty where there is none.
    pub fn get(&self, name: &str) -> String {
        self.0.iter().find(|(other, _)| other == name).map(|(_, value)| value.clone()).unwrap_or_default()
    }

    /// Whether a name was sent, as a box that is ticked is.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(other, _)| other == name)
    }

    /// All values of a name.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// A length of time ahead.
    pub fn ahead(&self, name: &str) -> domain::typed::Ahead {
        domain::typed::Ahead { number: self.get(name), unit: self.get(&format!("{name}_unit")) }
    }

    /// The rows of a day's spans; one more than a day may have is kept, so that the form can say so.
    pub fn spans(&self, prefix: &str) -> Vec<domain::hours::SpanForm> {
        let name = |part: &str, at: usize| format!("{prefix}{part}-{at}");
        (0..=domain::hours::MOST_SPANS)
            .take_while(|at| self.has(&name("from", *at)) || self.has(&name("to", *at)))
            .map(|at| domain::hours::SpanForm { from: self.get(&name("from", at)), to: self.get(&name("to", at)) })
            .collect()
    }

    /// The version that the form was made of. One that cannot be read is nobody's, so the form counts as outdated.
    pub fn version(&self) -> i32 {
        self.get("version").parse().unwrap_or(-1)
    }

    /// What the button asks for.
    pub fn act(&self) -> Act<'_> {
        match self.0.iter().find(|(name, _)| name == "act").map(|(_, value)| value.as_str()) {
            Some("save") => Act::Save,
            None | Some("effect") => Act::Effect,
            Some(other) => Act::Form(other),
        }
    }
}

/// Mistakes as a page takes them.
pub(crate) fn errors(mistakes: Vec<Mistake>) -> Vec<FormError> {
    mistakes.into_iter().map(FormError::from).collect()
}

/// What became of a form that was sent.
pub(crate) enum Outcome<T> {
    /// It is saved.
    Saved(T),
    /// Nothing is saved; this is what would be.
    Effect(EffectShown),
    /// Nothing is saved: somebody else was first.
    Stale,
    /// Nothing is saved: a field has to be another, and why.
    Wrong(&'static str, String),
}

/// What a change could touch.
#[derive(Clone, Copy, Debug)]
pub(crate) enum About {
    /// One service; `None` while it is not there yet.
    Service(Option<Uuid>),
    /// One resource, and the services that can use it.
    Resource(Uuid),
    /// All.
    Business,
}

/// A state that was read.
pub(crate) struct Loaded {
    side: Side,
    labels: HashMap<AppointmentId, String>,
    is_cut: bool,
}

/// Reads the state of all that a change could touch. `tx` may have the change in it already.
pub(crate) async fn load(tx: &mut impl TenantConn, cx: &RequestContext, about: About) -> Result<Loaded, Failure> {
    let zone = cx.tenant()?.zone.clone();
    let today = cx.now.to_zoned(zone.clone()).date();
    let days = Window { from: today, to: today.saturating_add((effect::DAYS - 1).days()) };
    let (service, resource) = match about {
        About::Service(Some(id)) => (Some(id), None),
        // One that is not there yet has no id, and touches nothing else.
        About::Service(None) => (Some(Uuid::nil()), None),
        About::Resource(id) => (None, Some(id)),
        About::Business => (None, None),
    };
    let mut services = Vec::new();
    let mut counted = Vec::new();
    for id in store::list_services(tx, service, resource).await? {
        let mut offer = Offer::load_booked(tx, &zone, ServiceId(id), &[], cx.now).await?;
        offer.load_claims(tx, days, cx.now).await?;
        if matches!(about, About::Service(_)) && !offer.service.limits.is_empty() {
            let since = domain::time::start_of_day(today.first_of_month().saturating_sub(7.days()), &zone);
            let rows = store::list_counted(tx, id, since).await?;
            counted.push((offer.service.limits.clone(), rows.into_iter().map(counted_booking).collect()));
        }
        services.push(Offered {
            id: ServiceId(id),
            name: offer.row.name.clone(),
            is_online: offer.row.is_online,
            service: offer.service,
            state: offer.calendar.state,
        });
    }
    let mut rows = store::list_held(tx, service, resource, cx.now, MOST_APPOINTMENTS + 1).await?;
    let found: HashSet<Uuid> = rows.iter().map(|row| row.appointment_id).collect();
    let is_cut = i64::try_from(found.len()).is_ok_and(|found| found > MOST_APPOINTMENTS);
    if is_cut && let Some(last) = rows.last().map(|row| row.appointment_id) {
        rows.retain(|row| row.appointment_id != last);
    }
    let last = rows.iter().map(|row| row.starts_at.to_jiff()).max().unwrap_or(cx.now);
    let mut calendar = Calendar::new(schedule::store::list_resources(tx, None, cx.now).await?, &zone)?;
    calendar.load_claims(tx, Window { from: today, to: last.to_zoned(zone.clone()).date() }, cx.now).await?;
    let held = rows.iter().map(|row| held(row, &calendar)).collect();
    let labels = rows.iter().map(|row| (AppointmentId(row.appointment_id), label(row, &zone))).collect();
    Ok(Loaded { side: Side { services, state: calendar.state, held, counted }, labels, is_cut })
}

fn held(row: &store::HeldRow, calendar: &Calendar) -> Held {
    Held {
        appointment: AppointmentId(row.appointment_id),
        resource: calendar.place(row.resource_id),
        start: row.starts_at.to_jiff(),
        minutes: crate::booking::minutes_between(row.starts_at.to_jiff(), row.ends_at.to_jiff()),
        before: u32::try_from(row.buffer_before).unwrap_or(0),
        after: u32::try_from(row.buffer_after).unwrap_or(0),
    }
}

fn counted_booking(row: store::CountedRow) -> CountedBooking {
    let (start, end) = (row.starts_at.to_jiff(), row.ends_at.to_jiff());
    CountedBooking { appointment: AppointmentId(row.id), start, minutes: crate::booking::minutes_between(start, end) }
}

fn label(row: &store::HeldRow, zone: &TimeZone) -> String {
    let at = row.starts_at.to_jiff().to_zoned(zone.clone());
    format!("{}, {}, {}", moment_label(&at), row.service, row.customer)
}

/// `Thu 3 Dec 2026, 10:00`.
pub(crate) fn moment_label(at: &Zoned) -> String {
    format!("{} {}, {}", weekday_short(at.date()), at.strftime("%-d %b %Y"), clock_label(at))
}

/// What lies between two states. The engine is asked outside of every transaction, and off the threads that answer.
pub(crate) async fn measure(cx: &RequestContext, before: Loaded, after: Loaded) -> Result<EffectShown, Failure> {
    let now: Timestamp = cx.now;
    let (mut labels, is_cut) = (before.labels, before.is_cut || after.is_cut);
    labels.extend(after.labels);
    let (before, after) = (before.side, after.side);
    let effect = tokio::task::spawn_blocking(move || effect::compare(now, &before, &after))
        .await
        .map_err(|error| anyhow::anyhow!("the effect could not be measured: {error}"))?;
    let line = |(id, trouble): &(AppointmentId, effect::Trouble)| AppointmentLine {
        id: id.0,
        label: labels.get(id).cloned().unwrap_or_default(),
        trouble: trouble.label(),
    };
    Ok(EffectShown {
        sentence: effect.sentence(),
        services: effect
            .services
            .iter()
            .map(|s| ServiceLine { name: s.name.clone(), before: s.before, after: s.after, words: s.words() })
            .collect(),
        appointments: effect.appointments.iter().take(LISTED).map(line).collect(),
        more: effect.appointments.len().saturating_sub(LISTED),
        is_cut,
    })
}
