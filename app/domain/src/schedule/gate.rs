//! Now, notice and horizon: "start > now and >= now + notice; its local date at most today + horizon days (both in
//! the business's zone)" (product.md, section 7).

use super::{
    model::{ReasonCode, Service},
    time::{day_number_at, minute_at_or_after, minute_at_or_before},
};
use jiff::{Timestamp, tz::TimeZone};

/// The moments that a service leaves to be booked.
pub(super) struct Gate {
    /// Starts lie after this minute.
    past: i64,
    /// Starts lie at or after this minute.
    notice: i64,
    today: i64,
    /// The last date, if there is one.
    horizon: Option<i64>,
}

impl Gate {
    pub(super) fn new(now: Timestamp, service: &Service, zone: &TimeZone) -> Self {
        let today = day_number_at(now, zone);
        Self {
            past: minute_at_or_before(now),
            notice: minute_at_or_after(now) + i64::from(service.notice_minutes),
            today,
            horizon: service.horizon_days.map(|days| today + i64::from(days)),
        }
    }

    /// What speaks against a start on a date (by its number): of past and notice the one that says more.
    pub(super) fn refusals(&self, start: i64, date: i64) -> impl Iterator<Item = ReasonCode> {
        let early = if start <= self.past {
            Some(ReasonCode::Past)
        } else {
            (start < self.notice).then_some(ReasonCode::Notice)
        };
        let late = self.horizon.is_some_and(|last| date > last).then_some(ReasonCode::Horizon);
        early.into_iter().chain(late)
    }

    /// The dates that need looking at: all others would be refused. Yesterday stays in, since a clock set back
    /// across midnight shows its last hour again.
    pub(super) fn narrow(&self, first: i64, last: i64) -> (i64, i64) {
        (first.max(self.today - 1), self.horizon.map_or(last, |horizon| last.min(horizon)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schedule::time::whole_minute;

    #[test]
    fn now_is_gone_and_notice_is_to_the_second() {
        use ReasonCode::*;
        for (now, notice, start, expected) in [
            ("2027-03-01T08:00:00Z", 0, "2027-03-01T07:59:00Z", vec![Past]),
            ("2027-03-01T08:00:00Z", 0, "2027-03-01T08:00:00Z", vec![Past]),
            ("2027-03-01T08:00:00Z", 0, "2027-03-01T08:01:00Z", vec![]),
            ("2027-03-01T08:00:01Z", 0, "2027-03-01T08:01:00Z", vec![]),
            ("2027-03-01T08:00:00Z", 60, "2027-03-01T08:00:00Z", vec![Past]),
            ("2027-03-01T08:00:00Z", 60, "2027-03-01T08:59:00Z", vec![Notice]),
            ("2027-03-01T08:00:00Z", 60, "2027-03-01T09:00:00Z", vec![]),
            ("2027-03-01T08:00:01Z", 60, "2027-03-01T09:00:00Z", vec![Notice]),
            // 23:30Z is the next date in Berlin.
            ("2027-03-01T08:00:00Z", 0, "2027-03-02T22:30:00Z", vec![]),
            ("2027-03-01T08:00:00Z", 0, "2027-03-02T23:30:00Z", vec![Horizon]),
            ("2027-03-01T23:30:00Z", 0, "2027-03-02T23:30:00Z", vec![]),
            ("2027-03-01T08:00:00Z", 10_000, "2027-03-07T08:00:00Z", vec![Notice, Horizon]),
        ] {
            let zone = TimeZone::get("Europe/Berlin").expect("a zone");
            let [now, start]: [Timestamp; 2] = [now, start].map(|text| text.parse().expect("an instant"));
            let service = Service { notice_minutes: notice, horizon_days: Some(1), ..Service::new(60, 15, vec![]) };
            let gate = Gate::new(now, &service, &zone);
            let minute = whole_minute(start).expect("a whole minute");
            let refusals: Vec<_> = gate.refusals(minute, day_number_at(start, &zone)).collect();
            assert_eq!(refusals, expected, "{now} {notice} {start}");
        }
    }
}
