//! Changes of the calendar, told to those who look at it as they happen.
//!
//! `GET /schedule/events` is a stream of server-sent events with a life of one change: it tells what has changed since the
//! cursor that it was asked with, waits for the next notification, and ends. The browser asks again by itself, with the
//! cursor it was given last, so whatever is told is told to somebody whose session and rights have just been looked at, and
//! a node that waits holds no connection to the database. docs/decisions/0013-live-changes.md says why.

pub(crate) mod store;
pub mod web;

use crate::{error::Failure, schedule::board::Viewer, state::App};
use app::{
    error::AppError,
    request::RequestContext,
    schedule::model::{Block, Change},
};
use domain::{
    ids::{AppointmentId, TenantId, UserId},
    policy::{ViewCalendar, authorize},
    time::start_of_day,
};
use jiff::{Timestamp, ToSpan, civil::Date};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};
use tokio::sync::watch;

/// How many may listen to one business at a node.
const SEATS: usize = 200;
/// How long a cursor is good for: rows are kept somewhat longer.
const GOOD_FOR_HOURS: i64 = 20;
/// How long what has changed is kept.
const KEPT_HOURS: i64 = 24;

/// Who listens at this node, and whether it is about to stop.
#[derive(Clone)]
pub struct Live {
    seats: Arc<Mutex<HashMap<TenantId, usize>>>,
    closing: watch::Sender<bool>,
}

impl Default for Live {
    fn default() -> Self {
        Self { seats: Arc::default(), closing: watch::Sender::new(false) }
    }
}

impl Live {
    /// Ends all streams: the node is about to stop, and they would keep it waiting.
    pub fn close(&self) {
        self.closing.send_replace(true);
    }

    fn take_seat(&self, tenant: TenantId) -> Option<Seat> {
        let mut seats = self.seats.lock().ok()?;
        let taken = seats.entry(tenant).or_default();
        (*taken < SEATS).then(|| {
            *taken += 1;
            Seat { live: self.clone(), tenant }
        })
    }
}

/// A place among those who listen, given back when dropped.
struct Seat {
    live: Live,
    tenant: TenantId,
}

impl Drop for Seat {
    fn drop(&mut self) {
        if let Ok(mut seats) = self.live.seats.lock()
            && let Some(taken) = seats.get_mut(&self.tenant)
        {
            *taken -= 1;
            if *taken == 0 {
                seats.remove(&self.tenant);
            }
        }
    }
}

/// How far somebody has read, and when that was: `4711.1796252400`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Cursor {
    transaction: String,
    at: i64,
}

impl Cursor {
    pub fn new(transaction: String, now: Timestamp) -> Self {
        Self { transaction, at: now.as_second() }
    }

    fn parse(text: &str) -> Option<Self> {
        let (transaction, at) = text.split_once('.')?;
        // It becomes a number of the database's: at most 20 digits.
        let is_number = (1..=20).contains(&transaction.len()) && transaction.bytes().all(|b| b.is_ascii_digit());
        let fits = is_number && transaction.parse::<u64>().is_ok();
        fits.then_some(Self { transaction: transaction.to_owned(), at: at.parse().ok()? })
    }

    fn is_good(&self, now: Timestamp) -> bool {
        (0..GOOD_FOR_HOURS * 3600).contains(&(now.as_second() - self.at))
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.transaction, self.at)
    }
}

/// What has become of the calendar since a cursor.
#[derive(Debug)]
pub(crate) enum News {
    /// These appointments are not what they were.
    Changes(Vec<Change>),
    /// The cursor is none, or too old to say: look at everything again.
    Reload,
}

/// What has changed on some dates since a cursor, as this person may see it, and from where to go on.
async fn news(
    app: &App,
    cx: &RequestContext,
    (from, to): (Date, Date),
    cursor: Option<&str>,
) -> Result<(News, Cursor), Failure> {
    let tenant = cx.tenant()?;
    let _permit = authorize::<ViewCalendar>(&cx.actor, &tenant.id)?;
    let mut tx = app.read(cx).await?;
    let Some(cursor) = cursor.and_then(Cursor::parse).filter(|cursor| cursor.is_good(cx.now)) else {
        return Ok((News::Reload, Cursor::new(store::find_cursor(&mut tx).await?, cx.now)));
    };
    let found = store::find_news(&mut tx, &cursor.transaction).await?;
    let next = Cursor::new(found.cursor, cx.now);
    if found.appointments.is_empty() {
        return Ok((News::Changes(Vec::new()), next));
    }
    let zone = &tenant.zone;
    let (start, end) = (start_of_day(from, zone), start_of_day(to.saturating_add(1.day()), zone));
    let rows = store::list_blocks(&mut tx, &found.appointments, start, end).await?;
    let owners: HashMap<_, _> = store::list_owners(&mut tx).await?.into_iter().collect();
    drop(tx);
    let owner_of = |resource| owners.get(&resource).copied().flatten().map(UserId);
    let viewer = Viewer { cx, owner_of: &owner_of };
    let mut blocks = viewer.blocks(&rows);
    let changes = found.appointments.into_iter().map(|id| {
        let (own, rest) = std::mem::take(&mut blocks).into_iter().partition(|block: &Block| block.id.0 == id);
        blocks = rest;
        Change { appointment: AppointmentId(id), blocks: own }
    });
    Ok((News::Changes(changes.collect()), next))
}

/// Removes what nobody resumes from any more, in all businesses.
pub async fn sweep(app: &App) -> Result<(), Failure> {
    let before = app.config.clock.now() - KEPT_HOURS.hours();
    for route in app.routes.tenants() {
        let mut tx = app.db.write(&route).await?;
        if store::sweep(&mut tx, before).await? > 0 {
            tx.tidy().await?;
        }
    }
    Ok(())
}

/// What nobody may listen to any more for now.
fn full() -> Failure {
    AppError::Unavailable.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_as_it_was_written_and_nothing_else_is() {
        let now: Timestamp = "2026-12-01T10:00:00Z".parse().expect("an instant");
        let cursor = Cursor::new("4711".into(), now);
        assert_eq!(Cursor::parse(&cursor.to_string()), Some(cursor.clone()));
        for bad in ["", "4711", ".1", "x.1", "1.x", "-1.1", "99999999999999999999.1", "1;drop.1"] {
            assert_eq!(Cursor::parse(bad), None, "{bad}");
        }
        assert!(cursor.is_good(now + 19.hours()));
        assert!(!cursor.is_good(now + 20.hours()));
        assert!(!cursor.is_good(now - 1.second()), "of a time to come");
    }

    #[test]
    fn seats_are_given_back() {
        let live = Live::default();
        let tenant = TenantId(uuid::Uuid::from_u128(1));
        let taken: Vec<_> = (0..SEATS).filter_map(|_| live.take_seat(tenant)).collect();
        assert_eq!(taken.len(), SEATS);
        assert!(live.take_seat(tenant).is_none());
        assert!(live.take_seat(TenantId(uuid::Uuid::from_u128(2))).is_some());
        drop(taken);
        assert!(live.take_seat(tenant).is_some());
    }
}
