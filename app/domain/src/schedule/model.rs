//! What the engine is told, and what it answers.

use crate::ids::AppointmentId;
use jiff::{
    Timestamp,
    civil::{Date, Weekday},
    tz::TimeZone,
};
use serde::{Deserialize, Serialize};

/// A resource, by its position in [`Snapshot::resources`]. One that lies beyond the end can never be booked.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ResourceIx(pub usize);

/// A set of weekdays; collects from an iterator of them.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Weekdays(u8);

impl Weekdays {
    /// Monday to Sunday.
    pub const ALL: Self = Self(0b111_1111);

    /// Whether `day` is one of them.
    pub fn contains(self, day: Weekday) -> bool {
        self.0 & Self::bit(day) != 0
    }

    /// The days in the set, from Monday on.
    pub fn iter(self) -> impl Iterator<Item = Weekday> {
        Weekday::Monday.cycle_forward().take(7).filter(move |day| self.contains(*day))
    }

    /// Whether the weekday is in it that comes so many days after Monday, 0 to 6.
    pub(super) fn contains_offset(self, after_monday: i64) -> bool {
        self.0 >> after_monday & 1 == 1
    }

    fn bit(day: Weekday) -> u8 {
        1 << day.to_monday_zero_offset()
    }
}

impl FromIterator<Weekday> for Weekdays {
    fn from_iter<I: IntoIterator<Item = Weekday>>(days: I) -> Self {
        Self(days.into_iter().fold(0, |set, day| set | Self::bit(day)))
    }
}

impl std::fmt::Debug for Weekdays {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

/// A span of hours that comes every week. It belongs to the date on which it starts, overnight too.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct WeeklySpan {
    /// On which days it starts.
    pub days: Weekdays,
    /// When it starts: minute of the day on the resource's wall clock, 0 to 1440.
    pub from: u16,
    /// When it ends, 0 to 1440 (24:00). Smaller than `from`: on the next day. The same as `from`: the span is empty.
    /// So is a span with a minute beyond 1440.
    pub to: u16,
}

/// What a date has instead of its weekly hours.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DayOverride {
    /// On the resource's own calendar.
    pub date: Date,
    /// The spans that begin on it, as in [`WeeklySpan`]; none: closed. What began the day before stays.
    pub spans: Vec<DaySpan>,
}

/// A span of hours of one date: minutes of the day on the resource's wall clock, as in [`WeeklySpan`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DaySpan {
    /// When it starts, 0 to 1440.
    pub from: u16,
    /// When it ends, 0 to 1440; smaller than `from`: on the next day; the same: the span is empty.
    pub to: u16,
}

/// A stretch of instants, half-open. One that does not end after its start is empty.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stretch {
    /// The first instant.
    pub start: Timestamp,
    /// The first instant after it.
    pub end: Timestamp,
}

/// Who or what can be booked: staff, a room, a piece of equipment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Resource {
    /// The zone of its wall clock, which its hours are read on.
    pub zone: TimeZone,
    /// How many alike there are: each of them can be booked at the same time. With 0 it can never be booked.
    pub quantity: u32,
    /// Its hours, in any order; spans that touch or overlap are one. `None`: open round the clock. Empty: never open.
    pub hours: Option<Vec<WeeklySpan>>,
    /// Dates that have other hours. Several of one date count together.
    pub overrides: Vec<DayOverride>,
    /// When it is away, all units of it. In any order.
    pub time_off: Vec<Stretch>,
}

impl Resource {
    /// One of its kind, with weekly hours and nothing else.
    pub fn new(zone: TimeZone, hours: Option<Vec<WeeklySpan>>) -> Self {
        Self { zone, quantity: 1, hours, overrides: Vec::new(), time_off: Vec::new() }
    }
}

/// Time that is taken on one unit of a resource: an appointment, a hold, a pending request. The caller leaves out what
/// holds nothing, such as what was cancelled.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Booking {
    /// On what.
    pub resource: ResourceIx,
    /// Its first instant.
    pub start: Timestamp,
    /// The first instant after it. A booking that does not end after its start takes nothing.
    pub end: Timestamp,
    /// Minutes that it keeps free before it, toward other bookings of the same unit.
    pub before: u32,
    /// Minutes that it keeps free after it.
    pub after: u32,
    /// Whose time it is, if an appointment's; one appointment may take several resources.
    pub appointment: Option<AppointmentId>,
}

/// How the buffers of two neighbours add up (product.md, section 7).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BufferMode {
    /// The larger of the two: what the first keeps after it, and what the second keeps before it.
    #[default]
    Max,
    /// Both.
    Sum,
}

/// How possible starts become the starts that are shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grid {
    /// From a mark of the wall clock on.
    #[default]
    Grid,
    /// From the first possible start on, moved to a mark only where that costs no slot.
    Packed,
}

/// What a limit counts over: of the business's calendar.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// A date.
    Day,
    /// Seven dates from [`Snapshot::week_start`] on.
    Week,
    /// A month.
    Month,
}

/// How much a limit allows.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Most {
    /// So many bookings.
    Count(u32),
    /// So many minutes.
    Minutes(u32),
}

/// "So much in such a period." A booking belongs to the period of its start, with all its minutes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Limit {
    /// Over what.
    pub per: Period,
    /// How much.
    pub most: Most,
}

/// A booking as limits see it; one an appointment, however many resources it takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Counted {
    /// When it starts.
    pub start: Timestamp,
    /// How long it is.
    pub minutes: u32,
}

/// "So many of these": one requirement of a service.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Need {
    /// Who can serve, the preferred first among the equally busy. Naming a resource twice adds nothing.
    pub pool: Vec<ResourceIx>,
    /// How many different resources of the pool it takes, a unit of each.
    pub count: usize,
}

/// What is to be booked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Service {
    /// How long it takes. With 0 it cannot be booked.
    pub minutes: u32,
    /// Elapsed minutes from one start shown to the next. With 0 no start is shown.
    pub step: u32,
    /// How the starts to show are laid out.
    pub grid: Grid,
    /// Minutes to keep free before it, toward other bookings.
    pub buffer_before: u32,
    /// Minutes to keep free after it.
    pub buffer_after: u32,
    /// How long before its start it must be booked.
    pub notice_minutes: u32,
    /// How many days after today, both dates of the business, a start may lie. `None`: no limit.
    pub horizon_days: Option<u32>,
    /// How much of it there may be: of [`Snapshot::counted`] and this one together.
    pub limits: Vec<Limit>,
    /// All of these must be met, and no unit serves two of them. A service that asks for no resource at all
    /// cannot be booked: it would hold nothing.
    pub needs: Vec<Need>,
}

impl Service {
    /// A service of so many minutes, shown every `step` minutes, with no further rules.
    pub fn new(minutes: u32, step: u32, needs: Vec<Need>) -> Self {
        Self {
            minutes,
            step,
            grid: Grid::Grid,
            buffer_before: 0,
            buffer_after: 0,
            notice_minutes: 0,
            horizon_days: None,
            limits: Vec::new(),
            needs,
        }
    }
}

/// A business as it stands when the question is asked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Snapshot {
    /// The zone of the business: its days, and the wall clock that starts are aligned to.
    pub zone: TimeZone,
    /// On which day the weeks of the business begin.
    pub week_start: Weekday,
    /// How the buffers of neighbours add up.
    pub buffer_mode: BufferMode,
    /// When the whole business is closed, whatever the hours say. In any order.
    pub closures: Vec<Stretch>,
    /// All that [`ResourceIx`] may name.
    pub resources: Vec<Resource>,
    /// In any order. Those of the business's days in question count, and those before and after that reach into
    /// the time looked at, buffers included; others do no harm.
    pub bookings: Vec<Booking>,
    /// The bookings of the service in question that count against its limits, in any order: of all days, weeks and
    /// months that the days in question lie in.
    pub counted: Vec<Counted>,
}

impl Snapshot {
    /// A business with nothing booked, whose weeks begin on Monday.
    pub fn new(zone: TimeZone, resources: Vec<Resource>) -> Self {
        Self {
            zone,
            week_start: Weekday::Monday,
            buffer_mode: BufferMode::Max,
            closures: Vec::new(),
            resources,
            bookings: Vec::new(),
            counted: Vec::new(),
        }
    }
}

/// The dates to look at, both included, in the business's zone. Empty when `to` is before `from`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Window {
    /// The first date.
    pub from: Date,
    /// The last date.
    pub to: Date,
}

/// A start that is shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Slot {
    /// A whole minute.
    pub start: Timestamp,
    /// [`Service::minutes`] later.
    pub end: Timestamp,
    /// Whom the engine would pick, in the order of the needs.
    pub resources: Vec<ResourceIx>,
}

/// Why a start is refused. The names are part of the API (api.md, section 2).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReasonCode {
    /// It does not lie after now.
    Past,
    /// It lies after now, but closer than the service's notice.
    Notice,
    /// Its date is further away than the service's horizon.
    Horizon,
    /// A resource is not open for the whole length.
    Closed,
    /// A resource is away for some of the length.
    TimeOff,
    /// A resource is taken for some of the length.
    Booked,
    /// A booking is too near: the time to keep free between the two would be cut.
    Buffer,
    /// There are as many bookings of the service as the business takes in a day, week or month.
    Limit,
    /// The pools would be too small even if all in them were open and free.
    PoolShort,
    /// Nothing can start there: not a whole minute, no length, or beyond the end of the calendar.
    NoSuchTime,
}

impl ReasonCode {
    /// The name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Past => "past",
            Self::Notice => "notice",
            Self::Horizon => "horizon",
            Self::Closed => "closed",
            Self::TimeOff => "time_off",
            Self::Booked => "booked",
            Self::Buffer => "buffer",
            Self::Limit => "limit",
            Self::PoolShort => "pool_short",
            Self::NoSuchTime => "no_such_time",
        }
    }
}

/// One reason of a refusal.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Reason {
    /// What is the matter.
    pub code: ReasonCode,
    /// With whom, where it is about one resource.
    pub resource: Option<ResourceIx>,
    /// The appointment in the way, where there is one.
    pub appointment: Option<AppointmentId>,
    /// The limit that is reached.
    pub limit: Option<Limit>,
}

/// What the engine says about one start.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Verdict {
    /// Whether the start is one that is shown; now, notice, horizon and limits aside. It shapes what is shown, not what is
    /// allowed: a start off the grid can be booked as well.
    pub on_grid: bool,
    /// All that speaks against it: the time first, then resource by resource in the order of needs and pools.
    pub reasons: Vec<Reason>,
    /// Whom the engine would pick, in the order of the needs; empty when the needs cannot be met. It is there also
    /// when only the time speaks against the start, for those who may overrule that.
    pub pick: Vec<ResourceIx>,
}

impl Verdict {
    /// Whether the start can be booked.
    pub fn bookable(&self) -> bool {
        self.reasons.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_one_name() {
        use ReasonCode::*;
        for code in [Past, Notice, Horizon, Closed, TimeOff, Booked, Buffer, Limit, PoolShort, NoSuchTime] {
            assert_eq!(serde_json::to_value(code).expect("a string"), code.as_str());
        }
    }

    #[test]
    fn weekdays_are_a_set() {
        let days: Weekdays = [Weekday::Sunday, Weekday::Tuesday, Weekday::Sunday].into_iter().collect();
        assert_eq!(days.iter().collect::<Vec<_>>(), [Weekday::Tuesday, Weekday::Sunday]);
        assert_eq!(Weekdays::ALL.iter().count(), 7);
        assert!(!Weekdays::default().contains(Weekday::Monday));
    }
}
