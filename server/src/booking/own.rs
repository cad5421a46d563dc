//! What customers do with bookings of their own: move them, call them off. By the private link or signed in.

use crate::{error::Failure, state::App};
use app::request::RequestContext;
use domain::ids::{AppointmentId, ResourceId};
use jiff::Timestamp;

/// A booking of one's own, as the page showed it.
#[derive(Clone, Copy, Debug)]
pub struct Own {
    /// Which.
    pub id: AppointmentId,
    /// Whether the request carries its private link.
    pub has_link: bool,
    /// The version that the customer looked at.
    pub version: i32,
}

/// What became of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum OwnOutcome {
    /// Done. Also when it had been done before by the same request.
    Done,
    /// It was changed meanwhile: show it as it is now, and ask again.
    Stale,
    /// The new time cannot be had, or not any more.
    Gone,
    /// The time until which this was possible has passed; until when it was.
    TooLate(Timestamp),
    /// It is over, or called off already.
    Over,
}

/// Calls a booking off.
pub async fn cancel(app: &App, cx: &RequestContext, own: &Own, reason: &str) -> Result<OwnOutcome, Failure> {
    let _ = (app, cx, own, reason);
    Err(anyhow::anyhow!("not yet").into())
}

/// Gives a booking another start, with the same person, or with `staff`.
pub async fn reschedule(
    app: &App,
    cx: &RequestContext,
    own: &Own,
    start: Timestamp,
    staff: Option<ResourceId>,
) -> Result<OwnOutcome, Failure> {
    let _ = (app, cx, own, start, staff);
    Err(anyhow::anyhow!("not yet").into())
}
