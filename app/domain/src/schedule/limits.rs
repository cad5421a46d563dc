//! "Limits count the service's bookings in the business's day, week (its week start) and month, by number or by minutes"
//! (product.md, section 7). A booking belongs to the period of its start, and counts with all its minutes.

use super::{
    model::{Limit, Most, Period, Service, Snapshot},
    time::day_number_at,
};
use jiff::{ToSpan, civil::Date};
use std::collections::HashMap;

/// How much there is, by period.
pub(super) struct Limits<'a> {
    service: &'a Service,
    /// How many days after Monday the weeks begin.
    week_start: i64,
    /// By limit and period (its first date by number): how many bookings, and minutes of them.
    taken: HashMap<(Period, i64), (u64, u64)>,
}

impl<'a> Limits<'a> {
    pub(super) fn new(service: &'a Service, state: &Snapshot) -> Self {
        let mut limits =
            Self { service, week_start: state.week_start.to_monday_zero_offset().into(), taken: HashMap::new() };
        let mut periods: Vec<Period> = service.limits.iter().map(|limit| limit.per).collect();
        periods.sort_unstable();
        periods.dedup();
        if periods.is_empty() {
            return limits;
        }
        for counted in &state.counted {
            let date = day_number_at(counted.start, &state.zone);
            for per in &periods {
                let begins = limits.first_date(*per, date);
                let (count, minutes) = limits.taken.entry((*per, begins)).or_default();
                *count += 1;
                *minutes += u64::from(counted.minutes);
            }
        }
        limits
    }

    /// The first limit that one more booking on a date would break.
    pub(super) fn broken(&self, date: i64) -> Option<Limit> {
        self.service.limits.iter().copied().find(|limit| {
            let begins = self.first_date(limit.per, date);
            let (count, minutes) = self.taken.get(&(limit.per, begins)).copied().unwrap_or_default();
            match limit.most {
                Most::Count(most) => count + 1 > u64::from(most),
                Most::Minutes(most) => minutes + u64::from(self.service.minutes) > u64::from(most),
            }
        })
    }

    /// The first date of the period that a date lies in, by number.
    fn first_date(&self, per: Period, date: i64) -> i64 {
        match per {
            Period::Day => date,
            // 1970-01-01 was a Thursday.
            Period::Week => date - (date + 3 - self.week_start).rem_euclid(7),
            Period::Month => {
                let day = Date::constant(1970, 1, 1).saturating_add(date.days()).day();
                date - i64::from(day) + 1
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schedule::{Counted, time::day_number};
    use jiff::{
        civil::{Weekday, date},
        tz::TimeZone,
    };

    #[test]
    fn periods_are_the_businesss() {
        let zone = TimeZone::get("Europe/Berlin").expect("a zone");
        let mut state = Snapshot::new(zone, vec![]);
        // Sunday 2027-02-28, half an hour before the month, and for most of Europe the week, ends.
        state.counted = vec![Counted { start: "2027-02-28T22:30:00Z".parse().expect("an instant"), minutes: 60 }];
        let mut service = Service::new(60, 15, vec![]);
        let broken = |service: &Service, state: &Snapshot, day: Date| {
            Limits::new(service, state).broken(day_number(day)).is_some()
        };
        for (per, week_start, free) in [
            (Period::Day, Weekday::Monday, date(2027, 2, 27)),
            (Period::Day, Weekday::Monday, date(2027, 3, 1)),
            (Period::Week, Weekday::Monday, date(2027, 3, 1)),
            (Period::Week, Weekday::Sunday, date(2027, 2, 27)),
            (Period::Month, Weekday::Monday, date(2027, 3, 1)),
        ] {
            state.week_start = week_start;
            service.limits = vec![Limit { per, most: Most::Count(1) }];
            assert!(broken(&service, &state, date(2027, 2, 28)), "{per:?}");
            assert!(!broken(&service, &state, free), "{per:?} {week_start:?} {free}");
        }
        state.week_start = Weekday::Sunday;
        service.limits = vec![Limit { per: Period::Week, most: Most::Minutes(119) }];
        assert!(broken(&service, &state, date(2027, 3, 6)));
        service.limits = vec![Limit { per: Period::Week, most: Most::Minutes(120) }];
        assert!(!broken(&service, &state, date(2027, 3, 6)));
        service.limits = vec![Limit { per: Period::Day, most: Most::Count(0) }];
        assert!(broken(&service, &state, date(2030, 1, 1)));
    }
}
