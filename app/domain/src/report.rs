//! What the reports count, over days of the business: bookings, how busy everybody was, what was called off or missed, and
//! what was earned. Whole numbers throughout: money in minor units, shares as two counts.
//!
//! A booking is what counts against limits (product.md, section 7), and belongs to the day of its start. How busy somebody
//! was is measured on the clock instead: the minutes of open time that were held, so it can be no more than all.

use crate::{
    booking::AppointmentStatus,
    schedule::{Booking, ResourceIx, Snapshot, open_spans},
    time::{day_label, short_day_label},
    typed::{Checker, Mistake},
};
use jiff::{
    Timestamp, ToSpan,
    civil::{Date, Weekday},
    tz::TimeZone,
};

/// As many days at most: two years and a leap day.
pub const MOST_DAYS: i32 = 731;
/// With more days than this, bookings are counted by week.
pub const MOST_SINGLE_DAYS: i32 = 62;

/// The days that a report is about, both included.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Period {
    /// The first.
    pub from: Date,
    /// The last.
    pub to: Date,
}

/// A period with a name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Preset {
    /// `Last 30 days`.
    pub label: &'static str,
    /// Its days.
    pub period: Period,
}

impl Period {
    /// So many days until today.
    pub fn last_days(today: Date, days: i64) -> Self {
        Self { from: today.saturating_sub((days - 1).days()), to: today }
    }

    /// What is offered besides dates of one's own.
    pub fn presets(today: Date) -> [Preset; 5] {
        let month = Self { from: today.first_of_month(), to: today.last_of_month() };
        let before = today.first_of_month().saturating_sub(1.day());
        let last = Self { from: before.first_of_month(), to: before };
        let next = Self { from: today, to: today.saturating_add(29.days()) };
        [
            Preset { label: "Last 7 days", period: Self::last_days(today, 7) },
            Preset { label: "Last 30 days", period: Self::last_days(today, 30) },
            Preset { label: "This month", period: month },
            Preset { label: "Last month", period: last },
            Preset { label: "Next 30 days", period: next },
        ]
    }

    /// Reads two dates; the last 30 days where neither is given.
    pub fn check(from: &str, to: &str, today: Date) -> Result<Self, Vec<Mistake>> {
        if from.trim().is_empty() && to.trim().is_empty() {
            return Ok(Self::last_days(today, 30));
        }
        let mut checker = Checker::default();
        let mut read = |field: &str, label: &str, text: &str| {
            let date = text.trim().parse::<Date>().ok().filter(|date| (1970..=9000).contains(&date.year()));
            if date.is_none() {
                checker.wrong(field, format!("Enter the {label} day as a date such as {today}"));
            }
            date
        };
        let (first, last) = (read("from", "first", from), read("to", "last", to));
        let period = first.zip(last).map(|(from, to)| Self { from, to });
        match period {
            Some(period) if period.to < period.from => {
                checker.wrong("to", format!("Enter a last day on or after {}", day_label(period.from)));
            }
            Some(period) if period.days() > MOST_DAYS => {
                checker.wrong("to", format!("Enter at most {MOST_DAYS} days: these are {}", period.days()));
            }
            _ => {}
        }
        checker.finish(period)
    }

    /// How many days.
    pub fn days(self) -> i32 {
        self.from.until(self.to).map_or(0, |span| span.get_days()) + 1
    }

    /// Whether a date lies within.
    pub fn contains(self, date: Date) -> bool {
        (self.from..=self.to).contains(&date)
    }

    /// Each of its days.
    pub fn dates(self) -> impl Iterator<Item = Date> {
        self.from.series(1.day()).take_while(move |date| *date <= self.to)
    }

    /// `3 Dec 2026 to 1 Jan 2027`.
    pub fn label(self) -> String {
        if self.from == self.to {
            return short_day_label(self.from);
        }
        format!("{} to {}", short_day_label(self.from), short_day_label(self.to))
    }

    /// Its days one by one, or where they are many its weeks: those of the business, cut to the period.
    pub fn parts(self, week_start: Weekday) -> Vec<Period> {
        if self.days() <= MOST_SINGLE_DAYS {
            return self.dates().map(|date| Self { from: date, to: date }).collect();
        }
        let mut parts = Vec::new();
        let mut from = self.from;
        while from <= self.to {
            let to = from.saturating_add(i64::from(6 - from.weekday().since(week_start)).days()).min(self.to);
            parts.push(Self { from, to });
            from = to.saturating_add(1.day());
        }
        parts
    }
}

/// An appointment as the reports see it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Visit {
    /// When it starts.
    pub start: Timestamp,
    /// Where it stands.
    pub status: AppointmentStatus,
    /// Whether a request holds its time; of no meaning in other states.
    pub holds: bool,
    /// Whether it was a request that the business said no to.
    pub is_declined: bool,
    /// The place of its service among those of the report.
    pub service: usize,
    /// What was agreed for it, in minor units; none where no price was shown.
    pub price_minor: Option<i64>,
}

impl Visit {
    /// Whether it is a booking: as limits count them.
    fn is_booking(&self) -> bool {
        match self.status {
            AppointmentStatus::Pending => self.holds,
            AppointmentStatus::Confirmed | AppointmentStatus::Completed | AppointmentStatus::NoShow => true,
            AppointmentStatus::Cancelled => false,
        }
    }
}

/// How many bookings start in each part of a period.
pub fn bookings(parts: &[Period], zone: &TimeZone, visits: &[Visit]) -> Vec<u32> {
    let mut counts = vec![0; parts.len()];
    for visit in visits.iter().filter(|visit| visit.is_booking()) {
        let date = visit.start.to_zoned(zone.clone()).date();
        let at = parts.partition_point(|part| part.to < date);
        if let Some(count) = counts.get_mut(at).filter(|_| parts.get(at).is_some_and(|part| part.contains(date))) {
            *count += 1;
        }
    }
    counts
}

/// So many of so many.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Share {
    /// So many,
    pub part: u64,
    /// of so many.
    pub whole: u64,
}

impl Share {
    /// Tenths of a percent, rounded; none of nothing.
    pub fn permille(self) -> Option<u64> {
        let (part, whole) = (u128::from(self.part), u128::from(self.whole));
        (whole > 0).then(|| u64::try_from((part * 2000 + whole) / (whole * 2)).unwrap_or(u64::MAX))
    }

    /// `12.5 %`, or a dash where there is nothing to have a share of.
    pub fn label(self) -> String {
        self.permille().map_or_else(|| "\u{2013}".into(), |permille| format!("{}.{} %", permille / 10, permille % 10))
    }
}

/// What was called off and missed of one service.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Missed {
    /// Appointments made, whatever became of them; requests that were declined are none.
    pub made: u64,
    /// Those of them that were called off, by either side.
    pub cancelled: u64,
    /// Those that took place.
    pub completed: u64,
    /// Those nobody came to.
    pub missed: u64,
}

impl Missed {
    /// Of what was made, what was called off.
    pub fn cancellations(self) -> Share {
        Share { part: self.cancelled, whole: self.made }
    }

    /// Of those whose customer came or did not, those who did not. What nobody has marked counts on neither side.
    pub fn no_shows(self) -> Share {
        Share { part: self.missed, whole: self.completed + self.missed }
    }

    /// Both together.
    pub fn plus(self, other: Self) -> Self {
        Self {
            made: self.made + other.made,
            cancelled: self.cancelled + other.cancelled,
            completed: self.completed + other.completed,
            missed: self.missed + other.missed,
        }
    }
}

/// What was called off and missed, of each service.
pub fn missed(services: usize, visits: &[Visit]) -> Vec<Missed> {
    let mut all = vec![Missed::default(); services];
    for visit in visits.iter().filter(|visit| !visit.is_declined) {
        let Some(one) = all.get_mut(visit.service) else { continue };
        one.made += 1;
        match visit.status {
            AppointmentStatus::Cancelled => one.cancelled += 1,
            AppointmentStatus::Completed => one.completed += 1,
            AppointmentStatus::NoShow => one.missed += 1,
            AppointmentStatus::Pending | AppointmentStatus::Confirmed => {}
        }
    }
    all
}

/// What one service brings in, in minor units of the business's currency.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Revenue {
    /// From appointments that took place.
    pub earned: i64,
    /// How many of them had a price.
    pub completed: u64,
    /// From those that are agreed and not marked yet.
    pub expected: i64,
    /// How many of them had a price.
    pub confirmed: u64,
}

impl Revenue {
    /// Both together.
    pub fn plus(self, other: Self) -> Self {
        Self {
            earned: self.earned.saturating_add(other.earned),
            completed: self.completed + other.completed,
            expected: self.expected.saturating_add(other.expected),
            confirmed: self.confirmed + other.confirmed,
        }
    }
}

/// What each service brings in, at the prices that were agreed.
pub fn revenue(services: usize, visits: &[Visit]) -> Vec<Revenue> {
    let mut all = vec![Revenue::default(); services];
    for visit in visits {
        let (Some(one), Some(price)) = (all.get_mut(visit.service), visit.price_minor) else { continue };
        match visit.status {
            AppointmentStatus::Completed => {
                one.earned = one.earned.saturating_add(price);
                one.completed += 1;
            }
            AppointmentStatus::Confirmed => {
                one.expected = one.expected.saturating_add(price);
                one.confirmed += 1;
            }
            _ => {}
        }
    }
    all
}

/// How busy one resource was.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Usage {
    /// Minutes that it was open, of all its units: within its hours, time off and closures taken out.
    pub open: u64,
    /// Minutes of them that appointments held.
    pub booked: u64,
    /// Minutes that appointments held outside of them.
    pub outside: u64,
}

impl Usage {
    /// What was booked of what was open.
    pub fn share(self) -> Share {
        Share { part: self.booked, whole: self.open }
    }

    /// Both together.
    pub fn plus(self, other: Self) -> Self {
        Self { open: self.open + other.open, booked: self.booked + other.booked, outside: self.outside + other.outside }
    }
}

/// How busy a resource was in a period. What no appointment holds, such as a time kept for a form, does not count.
pub fn usage(state: &Snapshot, resource: ResourceIx, period: Period) -> Usage {
    let Some(told) = state.resources.get(resource.0) else { return Usage::default() };
    let open: Vec<_> = period.dates().flat_map(|date| open_spans(state, resource, date)).collect();
    let (first, after) = (
        crate::time::start_of_day(period.from, &state.zone),
        crate::time::start_of_day(period.to.saturating_add(1.day()), &state.zone),
    );
    let mut usage = Usage {
        open: open.iter().map(|(from, to)| minutes(*from, *to)).sum::<u64>() * u64::from(told.quantity),
        ..Usage::default()
    };
    let held = |booking: &&Booking| booking.resource == resource && booking.appointment.is_some();
    for booking in state.bookings.iter().filter(held) {
        let (start, end) = (booking.start.max(first), booking.end.min(after));
        let near = open.partition_point(|(_, to)| *to <= start);
        let within = open.iter().skip(near).take_while(|(from, _)| *from < end);
        let inside: u64 = within.map(|(from, to)| minutes(start.max(*from), end.min(*to))).sum();
        usage.booked += inside;
        usage.outside += minutes(start, end).saturating_sub(inside);
    }
    usage
}

/// Whole minutes from one instant to a later one; none to an earlier one.
fn minutes(from: Timestamp, to: Timestamp) -> u64 {
    u64::try_from(to.duration_since(from).as_mins()).unwrap_or(0)
}

#[cfg(test)]
mod tests;
