//! The addresses of the booking's pages. The way back keeps what was chosen.

use crate::ui::query::Address;
use domain::ids::{ResourceId, ServiceId};
use jiff::civil::Date;
use uuid::Uuid;

/// Day and time. The staff is left out where it is anyone.
pub(super) fn pick(service: ServiceId, staff: Option<ResourceId>, date: Option<Date>) -> String {
    let staff = staff.map(|staff| format!("staff={staff}"));
    let date = date.map(|date| format!("date={date}"));
    let query = [staff, date].into_iter().flatten().collect::<Vec<_>>().join("&");
    if query.is_empty() { format!("/book/{service}") } else { format!("/book/{service}?{query}") }
}

/// The details, for a start as the wire carries it: its plus sign would be read as a space. `token` is the form's.
pub fn details(service: ServiceId, staff: Option<ResourceId>, start: &str, token: Uuid) -> String {
    let start = start.replace('+', "%2B").replace(':', "%3A");
    let staff = staff.map(|staff| format!("&staff={staff}")).unwrap_or_default();
    format!("/book/{service}/details?start={start}{staff}&token={token}")
}

/// Another day and time for a booking that is there. The staff is left out where it is whoever it was.
pub(super) fn moving(base: &str, staff: Option<ResourceId>, date: Option<Date>) -> String {
    Address::new(&format!("{base}/move"))
        .with("staff", &staff.map(|staff| staff.to_string()).unwrap_or_default())
        .with("date", &date.map(|date| date.to_string()).unwrap_or_default())
        .build()
}

/// Where a time is asked to be kept.
pub(super) fn keep(service: ServiceId) -> String {
    format!("/book/{service}/keep")
}

/// Where the details are sent.
pub(super) fn send(service: ServiceId) -> String {
    format!("/book/{service}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_start_survives_the_address() {
        let service = ServiceId(Uuid::from_u128(1));
        let link = details(service, None, "2026-12-03T14:30:00+01:00", Uuid::nil());
        let token = Uuid::nil();
        assert_eq!(link, format!("/book/{service}/details?start=2026-12-03T14%3A30%3A00%2B01%3A00&token={token}"));
    }

    #[test]
    fn the_way_back_keeps_what_was_chosen() {
        let (service, staff) = (ServiceId(Uuid::from_u128(1)), ResourceId(Uuid::from_u128(2)));
        assert_eq!(pick(service, None, None), format!("/book/{service}"));
        assert_eq!(
            pick(service, Some(staff), Some(date(2026, 12, 3))),
            format!("/book/{service}?staff={staff}&date=2026-12-03")
        );
    }
}
