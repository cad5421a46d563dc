//! What the list of appointments shows, and what a decision about several of them comes to.

use crate::ui::{list::Listing, query::Address};
use domain::{
    booking::AppointmentStatus,
    bulk::{Bulk, Pick},
    ids::AppointmentId,
};

/// In which direction the list goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Direction {
    /// From today on, the next first.
    #[default]
    Coming,
    /// What has begun, the latest first.
    Past,
}

impl Direction {
    /// The word in the address; none for what is shown without asking.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Coming => "",
            Self::Past => "past",
        }
    }

    /// Reads the word in the address.
    pub fn parse(text: &str) -> Self {
        if text == Self::Past.as_str() { Self::Past } else { Self::Coming }
    }
}

/// What the list was asked for; whatever cannot be read is not asked for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AppointmentFilter {
    /// The first day, `2026-12-03`; may be empty.
    pub from: String,
    /// The last day; may be empty.
    pub to: String,
    /// With whom or what: the id of a resource.
    pub resource: String,
    /// The id of a service.
    pub service: String,
    /// Where it stands.
    pub status: Option<AppointmentStatus>,
    /// Part of the customer's name, address or number, or of the reference.
    pub q: String,
    /// In which direction.
    pub direction: Direction,
}

impl AppointmentFilter {
    /// Whether anything is left out that the direction alone would show.
    pub fn is_set(&self) -> bool {
        *self != Self { direction: self.direction, ..Self::default() }
    }

    /// The address that asks for it.
    pub fn address(&self, path: &str) -> Address {
        Address::new(path)
            .with("sort", self.direction.as_str())
            .with("q", &self.q)
            .with("from", &self.from)
            .with("to", &self.to)
            .with("resource", &self.resource)
            .with("service", &self.service)
            .with("status", self.status.map_or("", AppointmentStatus::as_str))
    }
}

/// An appointment in the list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AppointmentLine {
    /// Which, in which version.
    pub pick: Pick,
    /// `Thu 3 Dec 2026`.
    pub day: String,
    /// `10:00 to 10:45`.
    pub clock: String,
    /// The instant in RFC 3339.
    pub datetime: String,
    /// The customer's name.
    pub customer: String,
    /// The service.
    pub service: String,
    /// One of the token hues.
    pub hue: String,
    /// With whom or what.
    pub with: String,
    /// Where it stands.
    pub status: AppointmentStatus,
    /// What is said on the telephone.
    pub reference: String,
    /// Whether this person may decide something about it now.
    pub may_decide: bool,
}

impl AppointmentLine {
    /// Which.
    pub fn id(&self) -> AppointmentId {
        self.pick.id
    }

    /// The whole of it in a line: `Thu 3 Dec 2026, 10:00 to 10:45, Haircut, Maria Lopez`.
    pub fn label(&self) -> String {
        format!("{}, {}, {}, {}", self.day, self.clock, self.service, self.customer)
    }
}

/// A filter that is set, and the address without it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Chip {
    /// `Status: Confirmed`.
    pub label: String,
    /// The list without it.
    pub href: String,
}

/// The list.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Appointments {
    /// What it was asked for.
    pub filter: AppointmentFilter,
    /// The rows.
    pub list: Listing<AppointmentLine>,
    /// The filters that are set.
    pub chips: Vec<Chip>,
    /// Id and name of all resources.
    pub resources: Vec<(String, String)>,
    /// Id and name of all services.
    pub services: Vec<(String, String)>,
    /// The zone of all times: `Europe/Berlin`.
    pub zone: String,
    /// Where the list can be taken away from; none where this person may not.
    pub csv: Option<String>,
    /// Whether anything was ever booked.
    pub has_any: bool,
    /// The address of what is shown, to come back to.
    pub here: String,
}

/// An appointment and what a decision would make of it, or has made, or why not.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BulkLine {
    /// The appointment; none where it is not here, or not any more.
    pub line: Option<AppointmentLine>,
    /// Where it leads to, or why it cannot be done.
    pub outcome: Result<AppointmentStatus, String>,
}

/// What is decided about several appointments: before it is done, and after.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BulkPage {
    /// What.
    pub bulk: Bulk,
    /// About which.
    pub lines: Vec<BulkLine>,
    /// The zone of all times.
    pub zone: String,
    /// Where to go back to.
    pub back: String,
}
