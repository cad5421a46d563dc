//! A time kept for somebody who fills in the form: "5 minutes; they are claims, so nobody else can book them, and they
//! expire softly" (product.md, section 7).

use super::{Offer, TRIES, day_of, is_lost_race, store};
use crate::{
    claims::{self, Allowed, Claimed, Owner},
    error::Failure,
    state::{App, origin},
};
use app::request::RequestContext;
use domain::{
    audit::{AuditAction, AuditEntry},
    ids::{ResourceId, ServiceId},
    policy::{BookOnline, Permit, authorize},
};
use jiff::{SignedDuration, Timestamp, ToSpan};
use uuid::Uuid;

/// For how long a time is kept.
pub const KEPT: SignedDuration = SignedDuration::from_mins(5);

/// How many times somebody keeps at once, besides the one just asked for: enough for a household behind one address, too
/// few to keep a day from others.
const OTHERS: i64 = 2;

/// What becomes of the wish to keep a time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum HoldOutcome {
    /// It is kept until then.
    Kept(Timestamp),
    /// That start cannot be booked, or not any more.
    Gone,
}

/// Keeps a start of a service for the form with this token; what the form kept before is given free.
pub async fn hold(
    app: &App,
    cx: &RequestContext,
    service: ServiceId,
    staff: Option<ResourceId>,
    start: Timestamp,
    token: Uuid,
) -> Result<HoldOutcome, Failure> {
    let permit = authorize::<BookOnline>(&cx.actor, &())?;
    let wish = Wish { service, staff, start, token };
    for _ in 1..TRIES {
        match try_to_hold(app, cx, &permit, &wish).await {
            Err(Failure::Sql(error)) if is_lost_race(&error) => continue,
            outcome => return outcome,
        }
    }
    try_to_hold(app, cx, &permit, &wish).await
}

struct Wish {
    service: ServiceId,
    staff: Option<ResourceId>,
    start: Timestamp,
    token: Uuid,
}

async fn try_to_hold(
    app: &App,
    cx: &RequestContext,
    permit: &Permit<BookOnline>,
    wish: &Wish,
) -> Result<HoldOutcome, Failure> {
    let tenant = cx.tenant()?;
    let mut tx = app.write(cx).await?;
    let mut offer = Offer::load(&mut tx, &tenant.zone, wish.service, wish.staff, cx.now).await?;
    let days = day_of(wish.start, &tenant.zone);
    offer.load_claims(&mut tx, days, cx.now).await?;
    if !offer.ask(cx.now, wish.start, &[]).bookable() && store::find_hold(&mut tx, wish.token).await?.is_none() {
        return Ok(HoldOutcome::Gone);
    }
    claims::lock(&mut tx, &offer.resource_ids(), cx.now).await?;
    store::delete_hold(&mut tx, permit, wish.token).await?;
    let client = client_of(app, cx);
    store::delete_older_holds(&mut tx, permit, &client, OTHERS).await?;
    offer.load_claims(&mut tx, days, cx.now).await?;
    offer.rotate();
    let verdict = offer.ask(cx.now, wish.start, &[]);
    if !verdict.bookable() {
        return Ok(HoldOutcome::Gone);
    }
    let until = cx.now + KEPT;
    let new = store::NewHold {
        id: Uuid::now_v7(),
        service: wish.service,
        token: wish.token,
        client: &client,
        from: wish.start,
        to: wish.start + i64::from(offer.service.minutes).minutes(),
        until,
    };
    store::insert_hold(&mut tx, permit, &new).await?;
    let claimed = Claimed {
        owner: Owner::Hold(new.id),
        from: new.from,
        to: new.to,
        before: offer.service.buffer_before,
        after: offer.service.buffer_after,
    };
    let places = offer.places(&verdict.pick);
    if !claims::take(&mut tx, Allowed::Book(permit), &mut offer.calendar, &places, &claimed).await? {
        return Ok(HoldOutcome::Gone);
    }
    let entry = AuditEntry::by(&cx.actor, AuditAction::TimeHeld, format!("service/{}", wish.service))
        .detail(format!("{} at {} until {until}", offer.row.name, wish.start));
    tx.commit(&origin(cx), entry).await?;
    Ok(HoldOutcome::Kept(until))
}

/// Where a wish comes from, as a keyed hash: it tells two apart and names nobody.
fn client_of(app: &App, cx: &RequestContext) -> Vec<u8> {
    let from = cx.ip.map_or_else(String::new, |ip| ip.to_string());
    app.config.secret.mac("hold-client", from.as_bytes()).iter().take(16).copied().collect()
}
