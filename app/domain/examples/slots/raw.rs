//! The scenario as it is written, before anything is looked at. Every field may be left out here, and `null` counts as
//! left out, so that `scenario.rs` can say by its path which one is missing. Unknown ones are refused.

use domain::schedule::{BufferMode, Grid, Period};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Scenario {
    pub(crate) now: Option<String>,
    pub(crate) timezone: Option<String>,
    pub(crate) week_start: Option<Day>,
    pub(crate) window: Option<Window>,
    pub(crate) service: Option<Service>,
    pub(crate) resources: Option<Vec<Resource>>,
    pub(crate) bookings: Option<Vec<Booking>>,
    pub(crate) ask: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Window {
    pub(crate) from: Option<String>,
    pub(crate) to: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Service {
    pub(crate) minutes: Option<u32>,
    pub(crate) step: Option<u32>,
    pub(crate) notice_minutes: Option<u32>,
    pub(crate) horizon_days: Option<u32>,
    pub(crate) buffer_before: Option<u32>,
    pub(crate) buffer_after: Option<u32>,
    pub(crate) buffer_mode: Option<BufferMode>,
    pub(crate) grid: Option<Grid>,
    pub(crate) pending_holds: Option<bool>,
    pub(crate) week_start: Option<Day>,
    pub(crate) limits: Option<Vec<Limit>>,
    pub(crate) needs: Option<Vec<Need>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Limit {
    pub(crate) per: Option<Period>,
    pub(crate) count: Option<u32>,
    pub(crate) minutes: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Need {
    pub(crate) pool: Option<Vec<String>>,
    pub(crate) count: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Resource {
    pub(crate) id: Option<String>,
    pub(crate) quantity: Option<u32>,
    pub(crate) timezone: Option<String>,
    pub(crate) hours: Option<Vec<Hours>>,
    pub(crate) overrides: Option<Vec<Override>>,
    pub(crate) time_off: Option<Vec<TimeOff>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Hours {
    pub(crate) days: Option<Vec<Day>>,
    pub(crate) from: Option<String>,
    pub(crate) to: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Override {
    pub(crate) date: Option<String>,
    pub(crate) spans: Option<Vec<Span>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Span {
    pub(crate) from: Option<String>,
    pub(crate) to: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TimeOff {
    pub(crate) start: Option<String>,
    pub(crate) end: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Booking {
    pub(crate) resource: Option<String>,
    pub(crate) start: Option<String>,
    pub(crate) end: Option<String>,
    pub(crate) status: Option<Status>,
    pub(crate) buffer_before: Option<u32>,
    pub(crate) buffer_after: Option<u32>,
    pub(crate) counts: Option<bool>,
    pub(crate) appointment: Option<String>,
}

/// A day of the week.
#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Day {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

/// What has become of an appointment.
#[derive(Deserialize, Clone, Copy, PartialEq)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum Status {
    Pending,
    Confirmed,
    Completed,
    NoShow,
    Cancelled,
    Rejected,
}
