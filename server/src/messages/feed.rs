//! Calendars to subscribe to: a private address each, which shows who comes when, and can be renewed.

use super::{
    ics::{self, Entry, Method},
    store::{self, FeedEntryRow, FeedRow},
};
use crate::{
    error::Failure,
    state::{App, origin},
};
use app::{
    error::AppError,
    messages::model::{FeedCard, Feeds},
    request::RequestContext,
};
use domain::{
    audit::{AuditAction, AuditEntry},
    ids::{AppointmentId, ResourceId, TenantId, UserId},
    policy::{CalendarFacts, ManageFeed, ReadFeed, authorize},
};
use jiff::{Timestamp, ToSpan, Zoned};
use uuid::Uuid;

/// What has been, and what comes.
const DAYS_BACK: i64 = 30;
const DAYS_AHEAD: i64 = 180;

/// The key in the address of a feed: the resource's id, and proof that we gave it out and have not taken it back. Nothing
/// of it is stored.
fn key(app: &App, tenant: TenantId, feed: &FeedRow) -> String {
    let data = [tenant.0.as_bytes().as_slice(), feed.id.as_bytes(), &feed.feed_epoch.to_be_bytes()].concat();
    let mac = app.config.secret.mac("calendar-feed", &data);
    let proof = base32::encode(base32::Alphabet::Rfc4648Lower { padding: false }, &mac[..16]);
    format!("{}-{proof}", feed.id.simple())
}

/// A feed as a file.
pub(super) async fn read(app: &App, cx: &RequestContext, given: &str) -> Result<String, Failure> {
    let _permit = authorize::<ReadFeed>(&cx.actor, &())?;
    let tenant = cx.tenant()?;
    let id = given.split_once('-').and_then(|(id, _)| id.parse::<Uuid>().ok()).ok_or(AppError::NotFound)?;
    let mut tx = app.read(cx).await?;
    let feed = store::find_feed(&mut tx, ResourceId(id)).await?.ok_or(AppError::NotFound)?;
    // Compared as MACs of both, so that the time taken tells nothing of how much was right.
    let blind = |text: &str| app.config.secret.mac("compare", text.as_bytes());
    if blind(&key(app, tenant.id, &feed)) != blind(given) {
        return Err(AppError::NotFound.into());
    }
    let (from, to) = span(&cx.now.to_zoned(tenant.zone.clone()));
    let entries = store::list_feed_entries(&mut tx, ResourceId(id), from, to).await?;
    let entries: Vec<_> = entries.iter().map(|row| entry(row, &app.config.base.host)).collect();
    Ok(ics::file(Method::Publish, Some(&format!("{} - {}", feed.name, tenant.name)), &entries))
}

/// Whole days, so that a feed changes when something in it does and not with each look at it.
fn span(now: &Zoned) -> (Timestamp, Timestamp) {
    let start = |days: i64| domain::time::start_of_day(now.date().saturating_add(days.days()), now.time_zone());
    (start(-DAYS_BACK), start(DAYS_AHEAD))
}

fn entry<'a>(row: &FeedEntryRow, host: &str) -> Entry<'a> {
    Entry {
        uid: ics::uid(AppointmentId(row.id), host),
        sequence: row.version,
        stamp: row.changed_at.to_jiff(),
        starts: row.starts_at.to_jiff(),
        ends: row.ends_at.to_jiff(),
        summary: format!("{} - {}", row.customer, row.service),
        description: String::new(),
        location: "",
        url: None,
        status: ics::status(&row.status),
        organizer: None,
        attendee: None,
    }
}

fn facts(tenant: TenantId, feed: &FeedRow) -> CalendarFacts {
    CalendarFacts { tenant, owners: vec![feed.user_id.map(UserId)] }
}

/// The calendars that one may give out, with their addresses.
pub(super) async fn list(app: &App, cx: &RequestContext) -> Result<Feeds, Failure> {
    let tenant = cx.tenant()?;
    // Of the own calendar everybody in the team may, whether they have one or not.
    let own = cx.actor.person().map(|person| person.user);
    let _permit = authorize::<ManageFeed>(&cx.actor, &CalendarFacts { tenant: tenant.id, owners: vec![own] })?;
    let route = app.routes.by_id(tenant.id).ok_or(AppError::NotFound)?;
    let site = app.config.base.url(&route.primary_host);
    let mut tx = app.read(cx).await?;
    let feeds = store::list_feeds(&mut tx).await?;
    let cards = feeds.iter().filter(|feed| authorize::<ManageFeed>(&cx.actor, &facts(tenant.id, feed)).is_ok());
    let cards = cards.map(|feed| {
        let address = format!("{site}/feed/{}.ics", key(app, tenant.id, feed));
        FeedCard {
            id: ResourceId(feed.id),
            name: feed.name.clone(),
            is_own: feed.user_id.is_some() && feed.user_id == own.map(|user| user.0),
            subscribe: format!("webcal{}", address.trim_start_matches("https").trim_start_matches("http")),
            address,
        }
    });
    Ok(Feeds { cards: cards.collect() })
}

/// Makes the address of a calendar worthless, and another in its place. Tells whose it is.
pub(super) async fn renew(app: &App, cx: &RequestContext, id: ResourceId) -> Result<String, Failure> {
    let tenant = cx.tenant()?;
    let mut tx = app.write(cx).await?;
    let feed = store::find_feed(&mut tx, id).await?.ok_or(AppError::NotFound)?;
    let permit = authorize::<ManageFeed>(&cx.actor, &facts(tenant.id, &feed))?;
    store::raise_feed_epoch(&mut tx, &permit, id).await?;
    let entry = AuditEntry::by(&cx.actor, AuditAction::FeedRenewed, format!("resource/{id}")).detail(feed.name.clone());
    tx.commit(&origin(cx), entry).await?;
    Ok(feed.name)
}
