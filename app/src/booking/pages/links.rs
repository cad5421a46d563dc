//! The addresses of the booking's pages. The way back keeps what was chosen.

use domain::ids::{ResourceId, ServiceId};
use jiff::civil::Date;

/// Day and time. The staff is left out where it is anyone.
pub(super) fn pick(service: ServiceId, staff: Option<ResourceId>, date: Option<Date>) -> String {
    let staff = staff.map(|staff| format!("staff={staff}"));
    let date = date.map(|date| format!("date={date}"));
    let query = [staff, date].into_iter().flatten().collect::<Vec<_>>().join("&");
    if query.is_empty() { format!("/book/{service}") } else { format!("/book/{service}?{query}") }
}

/// The details, for a start as the wire carries it: its plus sign would be read as a space.
pub(super) fn details(service: ServiceId, staff: Option<ResourceId>, start: &str) -> String {
    let start = start.replace('+', "%2B").replace(':', "%3A");
    let staff = staff.map(|staff| format!("&staff={staff}")).unwrap_or_default();
    format!("/book/{service}/details?start={start}{staff}")
}

/// Where the details are sent.
pub(super) fn send(service: ServiceId) -> String {
    format!("/book/{service}")
}
