//! When somebody works, as people type it and read it: clock times, weekly hours, other hours on a date.

use crate::typed::{Checker, Mistake};
use jiff::civil::Date;

/// The minutes of a day.
const DAY: u16 = 1440;

/// As many spans as a day may have.
pub const MOST_SPANS: usize = 12;

/// A span of a day of the week: the day (ISO, 1 is Monday), from and to in minutes of the day; `to` below `from` lies on
/// the next day.
pub type WeekSpan = (i8, u16, u16);

/// The days of the week in full, Monday first.
pub const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// Reads a time of the day, up to 24:00: `9:00`, `09:00`, `9.00`, `0900`, `900`, `9`.
pub fn parse_clock(text: &str) -> Option<u16> {
    let text = text.trim();
    let (hours, minutes) = match text.split_once([':', '.']) {
        Some((hours, minutes)) if minutes.len() == 2 => (hours, minutes),
        Some(_) => return None,
        None if text.len() <= 2 => (text, "00"),
        None => text.split_at_checked(text.len() - 2)?,
    };
    let number = |part: &str, most: usize| {
        let is_plain = (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        if is_plain { part.parse::<u16>().ok() } else { None }
    };
    let (hours, minutes) = (number(hours, 2)?, number(minutes, 2)?);
    let at = hours * 60 + minutes;
    (minutes < 60 && at <= DAY).then_some(at)
}

/// `09:00`; the end of the day is `24:00`.
pub fn clock(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// A span as typed; both parts empty: none.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SpanForm {
    /// When it starts.
    pub from: String,
    /// When it ends.
    pub to: String,
}

impl SpanForm {
    /// The form of a span.
    pub fn of(from: u16, to: u16) -> Self {
        Self { from: clock(from), to: clock(to) }
    }

    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.from.trim().is_empty() && self.to.trim().is_empty()
    }
}

/// The spans of a day, in order. Fields are named `{prefix}from-{n}` and `{prefix}to-{n}`; `day` is what messages call
/// the day. A span that ends before it starts goes on into the next day.
fn check_day(prefix: &str, day: &str, typed: &[SpanForm], c: &mut Checker) -> Option<Vec<(u16, u16)>> {
    let mut spans: Vec<(u16, u16, usize)> = Vec::new();
    let mut is_right = true;
    for (at, span) in typed.iter().enumerate().filter(|(_, span)| !span.is_empty()) {
        let mut time = |part: &str, text: &str, which: &str, most: u16| {
            let read = parse_clock(text).filter(|minute| *minute <= most);
            if read.is_none() {
                let like = if part == "from" { "09:00" } else { "17:30" };
                c.wrong(format!("{prefix}{part}-{at}"), format!("Enter {which} on {day} as a time such as {like}"));
            }
            read
        };
        let from = time("from", &span.from, "when a span starts", DAY - 1);
        let to = time("to", &span.to, "when a span ends", DAY);
        match (from, to) {
            (Some(from), Some(to)) if from == to => {
                is_right = false;
                c.wrong(
                    format!("{prefix}to-{at}"),
                    format!("A span on {day} ends when it starts. For the whole day enter 00:00 to 24:00"),
                );
            }
            (Some(from), Some(to)) => spans.push((from, to, at)),
            _ => is_right = false,
        }
    }
    if spans.len() > MOST_SPANS {
        is_right = false;
        c.wrong(format!("{prefix}from-{MOST_SPANS}"), format!("Enter at most {MOST_SPANS} spans on {day}"));
    }
    spans.sort_unstable();
    for pair in spans.windows(2) {
        if let [(from, to, _), (next, _, at)] = *pair
            && length_end(from, to) > u32::from(next)
        {
            is_right = false;
            c.wrong(
                format!("{prefix}from-{at}"),
                format!("Two spans on {day} overlap: {} is before {} ends", clock(next), span_words(from, to)),
            );
        }
    }
    is_right.then(|| spans.into_iter().map(|(from, to, _)| (from, to)).collect())
}

/// When a span ends, in minutes since the midnight that begins its day.
fn length_end(from: u16, to: u16) -> u32 {
    if to < from { u32::from(to) + u32::from(DAY) } else { u32::from(to) }
}

/// Weekly hours as typed, Monday first.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct WeekForm {
    /// The spans of each day.
    pub days: [Vec<SpanForm>; 7],
}

impl WeekForm {
    /// The form of weekly hours.
    pub fn of(spans: &[WeekSpan]) -> Self {
        let mut form = Self::default();
        for (day, from, to) in sorted(spans) {
            if let Some(day) = usize::try_from(day - 1).ok().and_then(|at| form.days.get_mut(at)) {
                day.push(SpanForm::of(from, to));
            }
        }
        form
    }

    /// Tuesday to Friday as Monday is.
    pub fn copy_monday(&mut self) {
        let [monday, rest @ ..] = &mut self.days;
        for day in rest.iter_mut().take(4) {
            day.clone_from(monday);
        }
    }

    /// Checks all days, and that what goes on past midnight does not meet what begins on the next day.
    pub fn check(&self) -> Result<Vec<WeekSpan>, Vec<Mistake>> {
        let mut c = Checker::default();
        let days: Vec<_> = self
            .days
            .iter()
            .zip(WEEKDAYS)
            .enumerate()
            .map(|(at, (day, name))| check_day(&prefix(at), name, day, &mut c))
            .collect();
        for (at, name) in WEEKDAYS.iter().enumerate() {
            let next = (at + 1) % 7;
            let (Some(Some(today)), Some(Some(tomorrow))) = (days.get(at), days.get(next)) else { continue };
            let until = today.iter().filter(|(from, to)| to < from).map(|(_, to)| *to).max();
            if let (Some(until), Some((first, _))) = (until, tomorrow.first())
                && *first < until
                && let (Some(row), Some(day)) = (row_of(&self.days, next, *first), WEEKDAYS.get(next))
            {
                c.wrong(
                    format!("{}from-{row}", prefix(next)),
                    format!("The hours of {name} go on until {} on {day}: begin {day} then, or later", clock(until)),
                );
            }
        }
        let read: Option<Vec<_>> = days.into_iter().collect();
        let spans = read.map(|days| {
            let days = (1_i8..).zip(days);
            days.flat_map(|(day, spans)| spans.into_iter().map(move |(from, to)| (day, from, to))).collect()
        });
        c.finish(spans)
    }
}

fn row_of(days: &[Vec<SpanForm>; 7], day: usize, from: u16) -> Option<usize> {
    days.get(day)?.iter().position(|span| !span.is_empty() && parse_clock(&span.from) == Some(from))
}

/// What the names of a weekday's fields begin with.
pub fn prefix(day: usize) -> String {
    format!("d{}-", day + 1)
}

fn sorted(spans: &[WeekSpan]) -> Vec<WeekSpan> {
    let mut spans = spans.to_vec();
    spans.sort_unstable();
    spans
}

/// `09:00–12:30`; `22:00–06:00 the next day`.
pub fn span_words(from: u16, to: u16) -> String {
    let next = if to < from && to > 0 { " the next day" } else { "" };
    // The midnight at which a day ends is written as that day's.
    let to = if to == 0 { DAY } else { to };
    format!("{}\u{2013}{}{next}", clock(from), clock(to))
}

/// The spans of one day; `closed` where there are none.
pub fn day_words(spans: &[(u16, u16)]) -> String {
    if spans.is_empty() {
        return "closed".into();
    }
    spans.iter().map(|(from, to)| span_words(*from, *to)).collect::<Vec<_>>().join(", ")
}

/// The hours of a day: from and to, in minutes of it.
pub type DaySpans = Vec<(u16, u16)>;

/// Weekly hours in a line: `Tue to Sat 09:00–12:30, 13:15–17:00; Sun 10:00–14:00`. Days in a row with the same hours
/// stand together.
pub fn week_words(spans: &[WeekSpan]) -> String {
    let spans = sorted(spans);
    let of_day = |day: i8| -> Vec<(u16, u16)> {
        spans.iter().filter(|(other, ..)| *other == day).map(|(_, from, to)| (*from, *to)).collect()
    };
    let mut groups: Vec<(i8, i8, DaySpans)> = Vec::new();
    for day in 1..=7 {
        let hours = of_day(day);
        match groups.last_mut() {
            _ if hours.is_empty() => {}
            Some((_, last, same)) if *last == day - 1 && *same == hours => *last = day,
            _ => groups.push((day, day, hours)),
        }
    }
    let short = |day: i8| {
        usize::try_from(day - 1).ok().and_then(|at| WEEKDAYS.get(at)).and_then(|name| name.get(..3)).unwrap_or_default()
    };
    let words = groups.into_iter().map(|(first, last, hours)| {
        let days = match last - first {
            0 => short(first).to_owned(),
            1 => format!("{} and {}", short(first), short(last)),
            6 => "Every day".to_owned(),
            _ => format!("{} to {}", short(first), short(last)),
        };
        format!("{days} {}", day_words(&hours))
    });
    let words = words.collect::<Vec<_>>().join("; ");
    if words.is_empty() { "No hours yet".into() } else { words }
}

/// Other hours on a date, as typed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct OverrideForm {
    /// The date, such as `2026-12-24`.
    pub date: String,
    /// Whether there are none at all.
    pub is_closed: bool,
    /// The hours.
    pub spans: Vec<SpanForm>,
}

impl OverrideForm {
    /// Checks the form; the date is neither before `today` nor more than three years after it.
    pub fn check(&self, today: Date) -> Result<(Date, DaySpans), Vec<Mistake>> {
        let mut c = Checker::default();
        let date = date_within("date", "the date", &self.date, today, &mut c);
        let spans = check_day("other-", "this date", &self.spans, &mut c);
        if let Some(spans) = &spans {
            if self.is_closed && !spans.is_empty() {
                c.wrong("is_closed", "Enter hours, or say that it is closed: not both");
            }
            if !self.is_closed && spans.is_empty() {
                c.wrong("other-from-0", "Enter the hours of this date, or tick that it is closed");
            }
        }
        c.finish(date.zip(spans))
    }
}

/// A date from today on, and not so far that it must be a slip.
pub(crate) fn date_within(field: &str, label: &str, text: &str, today: Date, c: &mut Checker) -> Option<Date> {
    let Ok(date) = text.trim().parse::<Date>() else {
        c.wrong(field, format!("Enter {label} such as {today}"));
        return None;
    };
    let last = today.saturating_add(jiff::Span::new().years(3));
    if date < today {
        c.wrong(field, format!("Enter {label} from today on: {date} has passed"));
    } else if date > last {
        c.wrong(field, format!("Enter {label} of the next three years"));
    }
    (today..=last).contains(&date).then_some(date)
}

#[cfg(test)]
mod tests;
