//! Instants and addresses as pages show them.

use app::{platform::model::TenantLink, ui::moment::Moment};
use jiff::{Timestamp, tz::TimeZone};
use uuid::Uuid;

/// A time in a zone: words, and the instant. The words name the zone where it is UTC, which is nobody's own.
pub fn moment(at: Timestamp, zone: &TimeZone) -> Moment {
    let local = at.to_zoned(zone.clone());
    let is_utc = *zone == TimeZone::UTC;
    Moment {
        label: local.strftime(if is_utc { "%-d %b %Y, %H:%M UTC" } else { "%-d %b %Y, %H:%M" }).to_string(),
        datetime: at.to_string(),
        title: (!is_utc).then(|| at.to_zoned(TimeZone::UTC).strftime("%Y-%m-%d %H:%M:%S UTC").to_string()),
    }
}

/// A tenant as other pages name it.
pub fn tenant_link(id: Option<Uuid>, name: Option<&str>, slug: Option<&str>) -> Option<TenantLink> {
    Some(TenantLink { id: id?, name: name?.to_owned(), slug: slug?.to_owned() })
}

/// Text of a query or a form: trimmed, and none where nothing is left. Nobody looks for a kilobyte.
pub fn wanted(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty() && text.len() <= 254).then(|| text.to_owned())
}

/// The key of the next page, as an address carries it: parts that are put together and taken apart here alone.
pub fn key_of(parts: &[&str]) -> String {
    let text = serde_json::to_string(parts).unwrap_or_default();
    base32::encode(base32::Alphabet::Rfc4648Lower { padding: false }, text.as_bytes())
}

/// The parts of a key; none where it is not one of ours with as many parts.
pub fn parts_of<const N: usize>(key: &str) -> Option<[String; N]> {
    let bytes = base32::decode(base32::Alphabet::Rfc4648Lower { padding: false }, key)?;
    serde_json::from_slice::<Vec<String>>(&bytes).ok()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_come_back_and_others_are_none() {
        let key = key_of(&["Salon \"Ä\"", "2"]);
        assert_eq!(parts_of::<2>(&key), Some(["Salon \"Ä\"".to_owned(), "2".to_owned()]));
        assert_eq!(parts_of::<3>(&key), None);
        assert_eq!(parts_of::<1>("../etc"), None);
    }
}
