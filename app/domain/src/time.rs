//! Time as people read it. The business's zone always stands beside the time; durations are words.

use jiff::{Timestamp, Zoned, civil::Date, tz::TimeZone};

/// `Thursday 3 December 2026`.
pub fn day_label(date: Date) -> String {
    format!("{} {} {} {}", weekday(date), date.day(), month(date), date.year())
}

/// `3 December`.
pub fn day_month_label(date: Date) -> String {
    format!("{} {}", date.day(), month(date))
}

/// `Thu`.
pub fn weekday_short(date: Date) -> &'static str {
    &weekday(date)[..3]
}

/// `3 Dec 2026`.
pub fn short_day_label(date: Date) -> String {
    format!("{} {} {}", date.day(), &month(date)[..3], date.year())
}

/// `December 2026`.
pub fn month_label(date: Date) -> String {
    format!("{} {}", month(date), date.year())
}

fn weekday(date: Date) -> &'static str {
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
        [date.weekday().to_monday_zero_offset() as usize]
}

fn month(date: Date) -> &'static str {
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ][date.month() as usize - 1]
}

/// `14:30`, on the wall clock of the zone.
pub fn clock_label(at: &Zoned) -> String {
    format!("{:02}:{:02}", at.hour(), at.minute())
}

/// `30 min`, `1 hour 15 min`: in full, since screen readers say "30m" as thirty metres.
pub fn duration_label(minutes: u32) -> String {
    let hours = match minutes / 60 {
        0 => None,
        1 => Some("1 hour".to_owned()),
        n => Some(format!("{n} hours")),
    };
    let rest = (!minutes.is_multiple_of(60) || minutes == 0).then(|| format!("{} min", minutes % 60));
    [hours, rest].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// `UTC+1`, `UTC−3:30`, `UTC`: the offset in force at an instant.
pub fn offset_label(at: &Zoned) -> String {
    let seconds = at.offset().seconds();
    let (sign, minutes) = (if seconds < 0 { '\u{2212}' } else { '+' }, seconds.abs() / 60);
    match (minutes / 60, minutes % 60) {
        (0, 0) => "UTC".to_owned(),
        (hours, 0) => format!("UTC{sign}{hours}"),
        (hours, rest) => format!("UTC{sign}{hours}:{rest:02}"),
    }
}

/// `Berlin time (UTC+1)`: the zone as people know it, with its offset at an instant.
pub fn zone_label(at: &Zoned) -> String {
    let name = at.time_zone().iana_name().unwrap_or("UTC");
    let place = name.rsplit('/').next().unwrap_or(name).replace('_', " ");
    if place == "UTC" { "UTC".to_owned() } else { format!("{place} time ({})", offset_label(at)) }
}

/// `14:30 to 15:15`.
pub fn range_label(from: &Zoned, to: &Zoned) -> String {
    format!("{} to {}", clock_label(from), clock_label(to))
}

/// The offset, where the wall clock shows this time twice on that day and so does not say which is meant.
pub fn offset_if_repeated(at: &Zoned) -> Option<String> {
    use jiff::tz::AmbiguousOffset;
    let is_repeated =
        matches!(at.time_zone().to_ambiguous_timestamp(at.datetime()).offset(), AmbiguousOffset::Fold { .. });
    is_repeated.then(|| offset_label(at))
}

/// The instant as the wire carries it: RFC 3339 with the zone's offset, to the second.
pub fn wire(at: &Zoned) -> String {
    let seconds = at.offset().seconds();
    let (sign, minutes) = (if seconds < 0 { '-' } else { '+' }, seconds.abs() / 60);
    format!(
        "{}T{:02}:{:02}:{:02}{sign}{:02}:{:02}",
        at.date(),
        at.hour(),
        at.minute(),
        at.second(),
        minutes / 60,
        minutes % 60
    )
}

/// Reads an instant from the wire. A bare local time is refused: it could mean two instants, or none.
pub fn parse_wire(text: &str) -> Option<Timestamp> {
    text.parse().ok()
}

/// The first instant of a date in a zone: midnight, or what follows where midnight is left out.
pub fn start_of_day(date: Date, zone: &TimeZone) -> Timestamp {
    zone.to_ambiguous_zoned(date.at(0, 0, 0, 0)).compatible().map_or(Timestamp::MIN, |z| z.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zoned(text: &str) -> Zoned {
        text.parse().expect("a zoned time")
    }

    #[test]
    fn labels() {
        let at = zoned("2026-12-03T14:05:00+01:00[Europe/Berlin]");
        assert_eq!(day_label(at.date()), "Thursday 3 December 2026");
        assert_eq!(weekday_short(at.date()), "Thu");
        assert_eq!(clock_label(&at), "14:05");
        assert_eq!(zone_label(&at), "Berlin time (UTC+1)");
        assert_eq!(wire(&at), "2026-12-03T14:05:00+01:00");
        assert_eq!(offset_label(&zoned("2026-12-03T14:05:00-03:30[America/St_Johns]")), "UTC\u{2212}3:30");
    }

    #[test]
    fn an_hour_that_comes_twice_is_told_apart() {
        let first = zoned("2027-10-31T02:30:00+02:00[Europe/Berlin]");
        let second = zoned("2027-10-31T02:30:00+01:00[Europe/Berlin]");
        assert_eq!(offset_if_repeated(&first).as_deref(), Some("UTC+2"));
        assert_eq!(offset_if_repeated(&second).as_deref(), Some("UTC+1"));
        assert_eq!(offset_if_repeated(&zoned("2027-10-31T04:30:00+01:00[Europe/Berlin]")), None);
    }

    #[test]
    fn durations_are_words() {
        for (minutes, words) in [(0, "0 min"), (30, "30 min"), (60, "1 hour"), (75, "1 hour 15 min"), (120, "2 hours")]
        {
            assert_eq!(duration_label(minutes), words);
        }
    }

    #[test]
    fn the_wire_asks_for_an_offset() {
        assert!(parse_wire("2026-12-03T14:05:00+01:00").is_some());
        assert!(parse_wire("2026-12-03T14:05:00").is_none());
        assert!(parse_wire("09:30").is_none());
    }

    #[test]
    fn a_day_begins_even_where_midnight_is_left_out() {
        let zone = TimeZone::get("America/Santiago").expect("a zone");
        let first = start_of_day(jiff::civil::date(2026, 9, 6), &zone).to_zoned(zone);
        assert_eq!(clock_label(&first), "01:00");
    }
}
