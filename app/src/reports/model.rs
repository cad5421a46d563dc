//! What the reports show: figures as counts, and words for people made of them.

use crate::ui::form::FormError;
use domain::report::{Missed, Revenue, Usage};

/// What there is a report of; the word is in the address of its file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum What {
    /// Bookings a day, or a week.
    Bookings,
    /// How busy everybody was.
    Utilisation,
    /// Called off, and did not come.
    Missed,
    /// What came in, and what is expected.
    Revenue,
}

impl What {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 4] = [Self::Bookings, Self::Utilisation, Self::Revenue, Self::Missed];

    /// The word in the address.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Bookings => "bookings",
            Self::Utilisation => "utilisation",
            Self::Missed => "missed",
            Self::Revenue => "revenue",
        }
    }

    /// Reads the word in the address.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|what| what.as_str() == text)
    }
}

/// A period to choose by a link.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PresetLink {
    /// `Last 30 days`.
    pub label: &'static str,
    /// The address.
    pub href: String,
    /// Whether it is the one shown.
    pub is_current: bool,
}

/// The figures of a period.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Figures {
    /// Whether bookings are counted by week.
    pub is_weekly: bool,
    /// `Thu 3 Dec 2026`, or the days of a week; and how many bookings start then.
    pub bookings: Vec<(String, u32)>,
    /// Each resource, and how busy it was.
    pub usage: Vec<(String, Usage)>,
    /// Each service, and what was called off and missed of it.
    pub missed: Vec<(String, Missed)>,
    /// Each service, and what it brings in.
    pub revenue: Vec<(String, Revenue)>,
    /// The currency of all amounts.
    pub currency: String,
}

/// The reports.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Reports {
    /// The first day, as typed.
    pub from: String,
    /// The last day, as typed.
    pub to: String,
    /// What is wrong with them.
    pub errors: Vec<FormError>,
    /// `3 Dec 2026 to 1 Jan 2027`.
    pub period: String,
    /// The zone of the days: `Europe/Berlin`.
    pub zone: String,
    /// Periods to choose.
    pub presets: Vec<PresetLink>,
    /// The figures; none where the days could not be read.
    pub figures: Option<Figures>,
    /// Whether this person may take them away.
    pub may_export: bool,
}
