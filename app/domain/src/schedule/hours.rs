//! When a resource is open. "A resource is open at an instant when its own wall clock then shows a time within its
//! hours" (product.md, section 7).

use super::{
    busy,
    intervals::{Interval, Intervals},
    model::{DaySpan, Resource, Snapshot, Stretch, WeeklySpan},
    time::{DAY, day_number, minute_from_second, segments},
};
use std::collections::BTreeMap;

/// The minutes between two minutes in which `resource` can serve: within its hours, and neither it nor the business away.
pub(super) fn open(state: &Snapshot, resource: &Resource, from: i64, to: i64) -> Intervals {
    let hours = within_hours(resource, from, to);
    if state.closures.is_empty() && resource.time_off.is_empty() {
        return hours;
    }
    hours.without(&away(state.closures.iter().chain(&resource.time_off)))
}

/// The same, whatever its own time off.
pub(super) fn open_but_for_time_off(state: &Snapshot, resource: &Resource, from: i64, to: i64) -> Intervals {
    within_hours(resource, from, to).without(&away(state.closures.iter()))
}

/// Every minute that any of the stretches touches.
pub(super) fn away<'a>(stretches: impl Iterator<Item = &'a Stretch>) -> Intervals {
    Intervals::of(stretches.filter_map(|away| busy::span(away.start, away.end)).collect())
}

/// The minutes between two minutes that lie within the hours from end to end.
fn within_hours(resource: &Resource, from: i64, to: i64) -> Intervals {
    if resource.hours.is_none() && resource.overrides.is_empty() {
        return Intervals::of(vec![Interval::new(from, to)]);
    }
    let mut instead: BTreeMap<i64, Vec<DaySpan>> = BTreeMap::new();
    for date in &resource.overrides {
        instead.entry(day_number(date.date)).or_default().extend(&date.spans);
    }
    let mut open = Vec::new();
    for segment in segments(&resource.zone, Interval::new(from.saturating_mul(60), to.saturating_mul(60))) {
        let wall = segment.wall();
        // What began the day before may reach into the segment; nothing lasts longer than that.
        for date in wall.from.div_euclid(DAY) - 1..=(wall.to - 1).div_euclid(DAY) {
            let mut add = |from: u16, to: u16| open.extend(on(date, from, to).and_then(|span| segment.instants(span)));
            match (instead.get(&date), &resource.hours) {
                (Some(spans), _) => spans.iter().for_each(|span| add(span.from, span.to)),
                (None, Some(hours)) => of_weekday(hours, date).for_each(|span| add(span.from, span.to)),
                (None, None) => add(0, 1440),
            }
        }
    }
    // Spans are joined before they are cut to whole minutes: an old zone may change its clocks within a minute.
    let whole_minutes = |span: Interval| Interval::new(minute_from_second(span.from), span.to.div_euclid(60));
    Intervals::of(Intervals::of(open).iter().map(whole_minutes).collect())
}

/// The weekly spans that begin on a date, given by its number.
fn of_weekday(hours: &[WeeklySpan], date: i64) -> impl Iterator<Item = &WeeklySpan> {
    // 1970-01-01 was a Thursday.
    let weekday = (date + 3).rem_euclid(7);
    hours.iter().filter(move |span| span.days.contains_offset(weekday))
}

/// A span that begins on a date, in seconds of the wall clock; `None` when there is nothing in between.
fn on(date: i64, from: u16, to: u16) -> Option<Interval> {
    let (from, to) = (i64::from(from), i64::from(to));
    let is_valid = from != to && from <= 1440 && to <= 1440;
    let end = if to < from { to + 1440 } else { to };
    is_valid.then(|| Interval::new(date * DAY + from * 60, date * DAY + end * 60))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schedule::{Weekdays, time};
    use jiff::{Timestamp, civil::Weekday::*, tz::TimeZone};

    /// The open time between two instants, as `dd HH:MM` of UTC.
    fn shown(zone: &str, hours: Option<Vec<WeeklySpan>>, from: &str, to: &str) -> Vec<String> {
        let minute = |text: &str| time::minute_at_or_after(text.parse::<Timestamp>().expect("an instant"));
        let label = |m: i64| time::timestamp(m).expect("in range").strftime("%d %H:%M").to_string();
        let zone = TimeZone::get(zone).expect("a zone");
        let spans = within_hours(&Resource::new(zone, hours), minute(from), minute(to));
        spans.iter().map(|span| format!("{} - {}", label(span.from), label(span.to))).collect()
    }

    fn span(days: impl IntoIterator<Item = jiff::civil::Weekday>, from: u16, to: u16) -> WeeklySpan {
        WeeklySpan { days: days.into_iter().collect(), from, to }
    }

    #[test]
    fn spans() {
        let all = Weekdays::ALL;
        // Monday 2027-03-01 to Wednesday 2027-03-03.
        for (hours, expected) in [
            (None, vec!["01 00:00 - 03 00:00"]),
            (Some(vec![]), vec![]),
            (
                Some(vec![span([Monday], 540, 720), span([Monday, Tuesday], 780, 1020)]),
                vec!["01 09:00 - 01 12:00", "01 13:00 - 01 17:00", "02 13:00 - 02 17:00"],
            ),
            // Out of order, overlapping, touching.
            (
                Some(vec![span([Monday], 720, 900), span([Monday], 540, 600), span([Monday], 570, 720)]),
                vec!["01 09:00 - 01 15:00"],
            ),
            // Overnight belongs to the date of its start: Sunday's reaches into Monday.
            (Some(vec![span([Sunday, Tuesday], 1320, 120)]), vec!["01 00:00 - 01 02:00", "02 22:00 - 03 00:00"]),
            // 23:00-24:00 and 00:00-00:30 touch across midnight.
            (Some(vec![span([Monday], 1380, 1440), span([Tuesday], 0, 30)]), vec!["01 23:00 - 02 00:30"]),
            (Some(vec![span(all.iter(), 0, 1440)]), vec!["01 00:00 - 03 00:00"]),
            // `to` 00:00 is midnight at the end of the day; `from` 24:00 is the same midnight.
            (Some(vec![span([Monday], 1380, 0), span([Monday], 1440, 60)]), vec!["01 23:00 - 02 01:00"]),
            (Some(vec![span(all.iter(), 540, 540), span(all.iter(), 0, 0), span(all.iter(), 1440, 1440)]), vec![]),
            (Some(vec![span(all.iter(), 540, 1441), span(all.iter(), 1500, 600)]), vec![]),
            (Some(vec![span([], 540, 600)]), vec![]),
        ] {
            let what = format!("{hours:?}");
            assert_eq!(shown("UTC", hours, "2027-03-01T00:00Z", "2027-03-03T00:00Z"), expected, "{what}");
        }
    }

    #[test]
    fn changes_of_clocks() {
        for (zone, from, to, hours, expected) in [
            // Berlin springs from 02:00 to 03:00 at 01:00Z: what is left out never comes.
            (
                "Europe/Berlin",
                "2027-03-28T00:00Z",
                "2027-03-28T03:00Z",
                span([Sunday], 90, 210),
                vec!["28 00:30 - 28 01:30"],
            ),
            ("Europe/Berlin", "2027-03-28T00:00Z", "2027-03-28T03:00Z", span([Sunday], 120, 180), vec![]),
            (
                "Europe/Berlin",
                "2027-03-28T00:00Z",
                "2027-03-28T03:00Z",
                span([Sunday], 150, 200),
                vec!["28 01:00 - 28 01:20"],
            ),
            // Berlin falls from 03:00 to 02:00 at 01:00Z: 02:15-02:45 comes twice, 01:30-02:30 once and a half.
            (
                "Europe/Berlin",
                "2027-10-31T00:00Z",
                "2027-10-31T04:00Z",
                span([Sunday], 135, 165),
                vec!["31 00:15 - 31 00:45", "31 01:15 - 31 01:45"],
            ),
            (
                "Europe/Berlin",
                "2027-10-30T23:00Z",
                "2027-10-31T04:00Z",
                span([Sunday], 90, 150),
                vec!["30 23:30 - 31 00:30", "31 01:00 - 31 01:30"],
            ),
            (
                "Europe/Berlin",
                "2027-10-30T18:00Z",
                "2027-10-31T09:00Z",
                span([Saturday], 1320, 360),
                vec!["30 20:00 - 31 05:00"],
            ),
            // Santiago leaves out midnight (04:00Z), and in autumn has 23:00-24:00 of Saturday twice.
            (
                "America/Santiago",
                "2027-09-05T00:00Z",
                "2027-09-05T09:00Z",
                span([Saturday], 1380, 120),
                vec!["05 03:00 - 05 05:00"],
            ),
            (
                "America/Santiago",
                "2027-09-05T00:00Z",
                "2027-09-05T09:00Z",
                span([Sunday], 0, 90),
                vec!["05 04:00 - 05 04:30"],
            ),
            (
                "America/Santiago",
                "2027-04-04T00:00Z",
                "2027-04-04T09:00Z",
                span([Saturday], 1410, 1440),
                vec!["04 02:30 - 04 03:00", "04 03:30 - 04 04:00"],
            ),
            // Half-hour offsets, and a change of half an hour.
            (
                "Asia/Kolkata",
                "2027-03-01T00:00Z",
                "2027-03-02T00:00Z",
                span([Monday], 540, 600),
                vec!["01 03:30 - 01 04:30"],
            ),
            (
                "Australia/Lord_Howe",
                "2027-10-02T12:00Z",
                "2027-10-02T20:00Z",
                span([Sunday], 60, 180),
                vec!["02 14:30 - 02 16:00"],
            ),
            // Friday the 30th never came in Samoa, its small hours on Saturday's clock did.
            (
                "Pacific/Apia",
                "2011-12-29T12:00Z",
                "2011-12-31T12:00Z",
                span([Friday], 1320, 120),
                vec!["30 10:00 - 30 12:00"],
            ),
        ] {
            assert_eq!(shown(zone, Some(vec![hours]), from, to), expected, "{zone} {hours:?}");
        }
    }

    #[test]
    fn old_zones_with_seconds_are_cut_to_whole_minutes() {
        // Liberia was 44 min 30 s behind UTC until 1972.
        let hours = vec![span(Weekdays::ALL.iter(), 540, 600), span(Weekdays::ALL.iter(), 600, 660)];
        let shown = shown("Africa/Monrovia", Some(hours), "1971-06-01T00:00Z", "1971-06-02T00:00Z");
        assert_eq!(shown, ["01 09:45 - 01 11:44"]);
    }
}
