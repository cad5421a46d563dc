//! Wall clocks and instants.
//!
//! A zone is taken apart into stretches of constant offset, and wall-clock times are mapped within each. So a time
//! that a change of clocks leaves out never comes, and one that comes twice is there twice (product.md, section 7);
//! to convert only the ends of a span would get both wrong.

use super::intervals::Interval;
use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// Seconds of a day on the wall clock.
pub(super) const DAY: i64 = 86_400;

/// More than any zone is ahead of or behind UTC (jiff allows up to 25:59:59).
const WIDEST_OFFSET: i64 = 26 * 3_600;

/// The first whole minute at or after an instant, in minutes since 1970-01-01T00:00Z.
pub(super) fn minute_at_or_after(at: Timestamp) -> i64 {
    minute_from_second(at.as_second() + i64::from(at.subsec_nanosecond() > 0))
}

/// The last whole minute at or before an instant.
pub(super) fn minute_at_or_before(at: Timestamp) -> i64 {
    second_at_or_before(at).div_euclid(60)
}

/// The instant, if it is a whole minute.
pub(super) fn whole_minute(at: Timestamp) -> Option<i64> {
    let minute = minute_at_or_before(at);
    (minute == minute_at_or_after(at)).then_some(minute)
}

/// The instant of a minute; `None` beyond what a [`Timestamp`] can say.
pub(super) fn timestamp(minute: i64) -> Option<Timestamp> {
    Timestamp::from_second(minute.checked_mul(60)?).ok()
}

/// The first whole minute at or after a second.
pub(super) fn minute_from_second(second: i64) -> i64 {
    -(-second).div_euclid(60)
}

// Timestamps before 1970 carry negative seconds and negative fractions.
fn second_at_or_before(at: Timestamp) -> i64 {
    at.as_second() - i64::from(at.subsec_nanosecond() < 0)
}

/// Days since 1970-01-01.
pub(super) fn day_number(date: Date) -> i64 {
    date.duration_since(Date::constant(1970, 1, 1)).as_secs() / DAY
}

/// The number of the date that a zone's wall clock shows at an instant.
pub(super) fn day_number_at(at: Timestamp, zone: &TimeZone) -> i64 {
    (second_at_or_before(at) + i64::from(zone.to_offset(at).seconds())).div_euclid(DAY)
}

/// A stretch of instants, in seconds, through which the wall clock is `offset` seconds ahead of UTC.
#[derive(Clone, Copy, Debug)]
pub(super) struct Segment {
    span: Interval,
    offset: i64,
}

impl Segment {
    /// What the wall clock shows from the first instant on, in seconds since 1970-01-01T00:00 of that clock.
    pub(super) fn wall(&self) -> Interval {
        Interval::new(self.span.from + self.offset, self.span.to + self.offset)
    }

    /// The instants of this stretch at which the wall clock shows a time within `wall`; `None` if there is none.
    pub(super) fn instants(&self, wall: Interval) -> Option<Interval> {
        Interval::new(wall.from - self.offset, wall.to - self.offset).clipped(self.span)
    }
}

/// The segments of a zone between two instants, in seconds, in time order and without a gap.
pub(super) fn segments(zone: &TimeZone, span: Interval) -> Vec<Segment> {
    let mut segments = Vec::new();
    let Some(span) = span.clipped(Interval::new(Timestamp::MIN.as_second(), Timestamp::MAX.as_second())) else {
        return segments;
    };
    // Neither can fail within the bounds just set.
    let Ok(start) = Timestamp::from_second(span.from) else { return segments };
    let (mut from, mut offset) = (span.from, i64::from(zone.to_offset(start).seconds()));
    for change in zone.following(start) {
        let at = change.timestamp().as_second();
        if at >= span.to {
            break;
        }
        segments.push(Segment { span: Interval::new(from, at), offset });
        (from, offset) = (at, i64::from(change.offset().seconds()));
    }
    segments.push(Segment { span: Interval::new(from, span.to), offset });
    segments
}

/// A stretch of whole minutes that share a date of the business.
#[derive(Clone, Copy, Debug)]
pub(super) struct Day {
    /// Of the date, as [`day_number`] counts.
    pub(super) number: i64,
    pub(super) span: Interval,
}

/// Days as they pass on the wall clock of the business.
#[derive(Debug)]
pub(super) struct Calendar {
    /// In time order. A clock set back across midnight shows the end of a date again: that date is here twice.
    pub(super) days: Vec<Day>,
    segments: Vec<Segment>,
}

impl Calendar {
    /// The days from `first` to `last`, both included.
    pub(super) fn new(zone: &TimeZone, first: i64, last: i64) -> Self {
        let reach = Interval::new(first * DAY - WIDEST_OFFSET, (last + 1) * DAY + WIDEST_OFFSET);
        let segments = if first <= last { segments(zone, reach) } else { vec![] };
        let mut days: Vec<Day> = Vec::new();
        for segment in &segments {
            let wall = segment.wall();
            for number in first.max(wall.from.div_euclid(DAY))..=last.min((wall.to - 1).div_euclid(DAY)) {
                let Some(seconds) = segment.instants(Interval::new(number * DAY, (number + 1) * DAY)) else { continue };
                let span = Interval::new(minute_from_second(seconds.from), minute_from_second(seconds.to));
                match days.last_mut() {
                    _ if span.from == span.to => {}
                    Some(day) if day.number == number && day.span.to == span.from => day.span.to = span.to,
                    _ => days.push(Day { number, span }),
                }
            }
        }
        Self { days, segments }
    }

    /// The first minute at or after `minute` at which the wall clock shows a multiple of `mark` minutes, where `mark`
    /// divides an hour. It need not be the next by elapsed time: a change of clocks may come between.
    pub(super) fn round_up(&self, minute: i64, mark: i64) -> Option<i64> {
        let passed = self.segments.partition_point(|segment| segment.span.to <= minute * 60);
        self.segments.iter().skip(passed).find_map(|segment| {
            let minute = minute.max(minute_from_second(segment.span.from));
            let wall = (minute * 60 + segment.offset).div_euclid(60);
            let rounded = minute + (-wall).rem_euclid(mark);
            (rounded * 60 < segment.span.to).then_some(rounded)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn zone(name: &str) -> TimeZone {
        TimeZone::get(name).expect("a zone")
    }

    fn calendar(name: &str, first: Date, last: Date) -> Vec<(i64, i64)> {
        let first = day_number(first);
        let days = Calendar::new(&zone(name), first, day_number(last)).days;
        days.iter().map(|day| (day.number - first, day.span.to - day.span.from)).collect()
    }

    #[test]
    fn minutes() {
        let at = |text: &str| text.parse::<Timestamp>().expect("an instant");
        for (text, before, after) in [
            ("1970-01-01T00:01:00Z", 1, 1),
            ("1970-01-01T00:01:00.1Z", 1, 2),
            ("1970-01-01T00:01:59.9Z", 1, 2),
            ("1969-12-31T23:59:00Z", -1, -1),
            ("1969-12-31T23:59:00.5Z", -1, 0),
            ("1969-12-31T23:58:59.5Z", -2, -1),
        ] {
            assert_eq!((minute_at_or_before(at(text)), minute_at_or_after(at(text))), (before, after), "{text}");
        }
        assert_eq!(whole_minute(at("1970-01-01T00:01:00Z")), Some(1));
        assert_eq!(whole_minute(at("1970-01-01T00:01:00.000000001Z")), None);
        assert_eq!(timestamp(1), Some(at("1970-01-01T00:01:00Z")));
        assert_eq!((timestamp(i64::MAX), timestamp(i64::MAX / 61)), (None, None));
    }

    #[test]
    fn dates() {
        for (day, number) in [(date(1970, 1, 1), 0), (date(1969, 12, 31), -1), (date(2027, 3, 28), 20905)] {
            assert_eq!(day_number(day), number, "{day}");
        }
        let instant = "2027-03-27T23:30:00Z".parse().expect("an instant");
        assert_eq!(day_number_at(instant, &zone("Europe/Berlin")), 20905);
        assert_eq!(day_number_at(instant, &TimeZone::UTC), 20904);
    }

    #[test]
    fn days_are_as_long_as_the_clock_makes_them() {
        for (name, first, last, lengths) in [
            ("Europe/Berlin", date(2027, 3, 27), date(2027, 3, 29), vec![(0, 1440), (1, 1380), (2, 1440)]),
            ("Europe/Berlin", date(2027, 10, 31), date(2027, 10, 31), vec![(0, 1500)]),
            // Midnight is left out; in autumn the hour before midnight comes twice.
            ("America/Santiago", date(2027, 9, 4), date(2027, 9, 6), vec![(0, 1440), (1, 1380), (2, 1440)]),
            ("America/Santiago", date(2027, 4, 3), date(2027, 4, 4), vec![(0, 1500), (1, 1440)]),
            ("Australia/Lord_Howe", date(2027, 10, 3), date(2027, 10, 3), vec![(0, 1410)]),
            ("Australia/Lord_Howe", date(2027, 4, 4), date(2027, 4, 4), vec![(0, 1470)]),
            // 30 December 2011 never came in Samoa.
            ("Pacific/Apia", date(2011, 12, 29), date(2011, 12, 31), vec![(0, 1440), (2, 1440)]),
            // One minute past midnight the clock was set back to 23:01: that minute was followed by the old date.
            ("America/St_Johns", date(2010, 11, 6), date(2010, 11, 7), vec![(0, 1440), (1, 1), (0, 59), (1, 1440)]),
            ("UTC", date(2027, 1, 2), date(2027, 1, 1), vec![]),
        ] {
            assert_eq!(calendar(name, first, last), lengths, "{name} {first}");
        }
    }

    #[test]
    fn the_ends_of_the_calendar_are_no_trouble() {
        for name in ["UTC", "Europe/Berlin", "Pacific/Apia"] {
            assert!(calendar(name, Date::MAX, Date::MAX).len() <= 1, "{name}");
            assert!(calendar(name, Date::MIN, Date::MIN).len() <= 1, "{name}");
        }
    }

    #[test]
    fn rounding_goes_by_the_wall_clock() {
        for (name, at, mark, rounded) in [
            ("UTC", "2027-03-01T09:01:00Z", 30, "2027-03-01T09:30:00Z"),
            ("UTC", "2027-03-01T09:30:00Z", 30, "2027-03-01T09:30:00Z"),
            ("UTC", "2027-03-01T09:31:00Z", 1, "2027-03-01T09:31:00Z"),
            ("Asia/Kathmandu", "2027-03-01T09:01:00Z", 60, "2027-03-01T09:15:00Z"),
            ("Asia/Kolkata", "2027-03-01T09:01:00Z", 60, "2027-03-01T09:30:00Z"),
            // Lord Howe, half an hour: 01:50 is followed by 02:30 in October, and 01:59 by 01:30 in April.
            ("Australia/Lord_Howe", "2027-10-02T15:20:00Z", 60, "2027-10-02T16:00:00Z"),
            ("Australia/Lord_Howe", "2027-10-02T15:20:00Z", 30, "2027-10-02T15:30:00Z"),
            ("Australia/Lord_Howe", "2027-04-03T14:50:00Z", 60, "2027-04-03T15:30:00Z"),
            ("Australia/Lord_Howe", "2027-04-03T14:50:00Z", 30, "2027-04-03T15:00:00Z"),
        ] {
            let at: Timestamp = at.parse().expect("an instant");
            let day = day_number_at(at, &zone(name));
            let minute = Calendar::new(&zone(name), day, day).round_up(minute_at_or_after(at), mark);
            assert_eq!(
                minute.and_then(timestamp).map(|t| t.to_string()).as_deref(),
                Some(rounded),
                "{name} {at} {mark}"
            );
        }
    }
}
