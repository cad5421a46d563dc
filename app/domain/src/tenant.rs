//! Facts of a tenant that more than one room asks for.

use serde::{Deserialize, Serialize};

/// Where a tenant stands. Only TRIAL and ACTIVE answer on their hosts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum TenantStatus {
    /// New, with a term to decide.
    Trial,
    /// In business.
    Active,
    /// Switched off by the platform; nothing is lost.
    Suspended,
    /// Gone for good.
    Closed,
}

impl TenantStatus {
    /// Whether the tenant's hosts answer at all.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Trial | Self::Active)
    }

    /// The name in the database and on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Trial => "TRIAL",
            Self::Active => "ACTIVE",
            Self::Suspended => "SUSPENDED",
            Self::Closed => "CLOSED",
        }
    }

    /// Reads the name that [`Self::as_str`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Trial, Self::Active, Self::Suspended, Self::Closed].into_iter().find(|s| s.as_str() == text)
    }
}

/// What a tenant pays for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Tier {
    /// No charge.
    Free,
    /// One location, a small team.
    Professional,
    /// Several locations.
    Business,
    /// By contract.
    Enterprise,
}

impl Tier {
    /// The name in the database and on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Free => "FREE",
            Self::Professional => "PROFESSIONAL",
            Self::Business => "BUSINESS",
            Self::Enterprise => "ENTERPRISE",
        }
    }

    /// Reads the name that [`Self::as_str`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Free, Self::Professional, Self::Business, Self::Enterprise].into_iter().find(|t| t.as_str() == text)
    }
}
