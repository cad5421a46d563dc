//! The board as the engine knows it, so that what is said while a block is held is what the server will say.
//!
//! Hours reach the browser as spans of instants, worked out where the zones are known: here every resource has the zone
//! UTC, in which any span of instants can be written down as hours of a date. What the board does not show (limits,
//! other dates) the server alone decides.

use super::{model::Board, placing::Spot};
use domain::{
    ids::{AppointmentId, ResourceId},
    schedule::{
        Booking, DayOverride, DaySpan, Placement, Reason, Resource, ResourceIx, Snapshot, Stretch, check_placement,
    },
};
use jiff::{Timestamp, ToSpan, tz::TimeZone};

const DAY: i64 = 24 * 60;

/// What speaks against a spot: for an appointment that keeps so many minutes free before and after it, and that is not
/// in its own way.
pub(super) fn ask(board: &Board, to: Spot, buffers: (u16, u16), ignore: Option<AppointmentId>) -> Vec<Reason> {
    let Some(column) = board.columns.get(to.column) else { return Vec::new() };
    let (state, at) = state_of(board, column.id);
    let placement = Placement {
        minutes: to.minutes.into(),
        before: buffers.0.into(),
        after: buffers.1.into(),
        start: column.instant(to.start),
    };
    check_placement(&state, placement, at, ignore)
}

/// One resource of the board with all that is booked on it.
fn state_of(board: &Board, id: ResourceId) -> (Snapshot, ResourceIx) {
    let at = ResourceIx(0);
    let mut resource = Resource::new(TimeZone::UTC, Some(Vec::new()));
    for column in board.columns.iter().filter(|column| column.id == id) {
        resource.quantity = column.quantity;
        let instant = |position: u16| column.instant(position.into());
        resource.overrides.extend(column.open.iter().flat_map(|&(from, to)| hours(instant(from), instant(to))));
        resource
            .time_off
            .extend(column.off.iter().map(|&(from, to)| Stretch { start: instant(from), end: instant(to) }));
    }
    let appointments = board.blocks.iter().filter(|b| b.resource == id && b.holds()).map(|b| Booking {
        resource: at,
        start: b.starts_at,
        end: b.ends_at(),
        before: b.buffers.0.into(),
        after: b.buffers.1.into(),
        appointment: Some(b.id),
    });
    let kept = board.kept.iter().filter(|kept| kept.resource == id).map(|kept| Booking {
        resource: at,
        start: kept.from,
        end: kept.to,
        before: kept.buffers.0.into(),
        after: kept.buffers.1.into(),
        appointment: None,
    });
    let bookings = appointments.chain(kept).collect();
    let mut state = Snapshot::new(TimeZone::UTC, vec![resource]);
    state.buffer_mode = board.buffer_mode;
    state.bookings = bookings;
    (state, at)
}

/// A span of instants as hours of the dates of UTC that it touches.
fn hours(from: Timestamp, to: Timestamp) -> Vec<DayOverride> {
    let mut hours = Vec::new();
    let (mut at, end) = (from.as_second().div_euclid(60), to.as_second().div_euclid(60));
    let epoch = jiff::civil::date(1970, 1, 1);
    while at < end {
        let day = at.div_euclid(DAY);
        let until = end.min((day + 1) * DAY);
        let minute = |at: i64| u16::try_from(at - day * DAY).unwrap_or(0);
        if let Ok(date) = epoch.checked_add(day.days()) {
            hours.push(DayOverride { date, spans: vec![DaySpan { from: minute(at), to: minute(until) }] });
        }
        at = until;
    }
    hours
}
