//! What the pages of custom domains show.

use crate::{
    platform::model::TenantLink,
    ui::{
        form::{FormError, Offer},
        icon::Glyph,
        list::Listing,
        moment::Moment,
    },
};
use uuid::Uuid;

/// Where a domain stands, from what most needs a look to what needs none.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum DomainState {
    /// The check itself failed.
    Error,
    /// A record is there and says something else.
    Misconfigured,
    /// No record has been seen yet.
    PendingDns,
    /// A record was seen; the last steps are under way.
    Verifying,
    /// It leads to the business.
    Active,
}

impl DomainState {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::PendingDns, Self::Verifying, Self::Active, Self::Misconfigured, Self::Error];

    /// The word in the address.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::PendingDns => "pending",
            Self::Verifying => "verifying",
            Self::Active => "active",
            Self::Misconfigured => "misconfigured",
            Self::Error => "error",
        }
    }

    /// Reads the word in the address.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// The words for people.
    pub fn label(self) -> &'static str {
        match self {
            Self::PendingDns => "Pending DNS",
            Self::Verifying => "Verifying",
            Self::Active => "Active",
            Self::Misconfigured => "Misconfigured",
            Self::Error => "Error",
        }
    }

    /// Hue and shape of its badge.
    pub fn look(self) -> (&'static str, Glyph) {
        match self {
            Self::PendingDns => ("slate", Glyph::Clock),
            Self::Verifying => ("indigo", Glyph::Trial),
            Self::Active => ("grass", Glyph::Check),
            Self::Misconfigured => ("amber", Glyph::Warning),
            Self::Error => ("red", Glyph::Error),
        }
    }
}

/// A record to set where the domain's names are kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DnsRecord {
    /// `CNAME`, `TXT`.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
    /// How long others may keep it, in seconds.
    pub ttl: u32,
    /// What was found in its place at the last check; empty for nothing, `None` before the first check.
    pub found: Option<Vec<String>>,
}

/// A change that Amazon Route 53 has taken on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Route53Change {
    /// `PENDING`, `INSYNC`.
    pub status: String,
    /// Its id there.
    pub id: String,
}

/// A domain of a business.
#[derive(Clone, PartialEq, Debug)]
pub struct DomainRow {
    /// Its id.
    pub id: Uuid,
    /// The host.
    pub host: String,
    /// Whose it is.
    pub tenant: TenantLink,
    /// Where it stands.
    pub state: DomainState,
    /// The records to set.
    pub records: Vec<DnsRecord>,
    /// When it was last looked up.
    pub last_checked: Option<Moment>,
    /// What the provider or the look-up said, word by word.
    pub error: Option<String>,
    /// The change at Route 53, where it is set from here.
    pub route53: Option<Route53Change>,
    /// Whether it can be looked up now.
    pub check: Offer,
    /// Whether somebody may vouch for the record: where nothing is looked up (manual mode).
    pub confirm: Offer,
    /// Whether it can be removed.
    pub remove: Offer,
}

/// What was typed into the form of a new domain.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct NewDomainForm {
    /// The slug of the business.
    pub tenant: String,
    /// The host.
    pub host: String,
}

/// A list of domains.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Domains {
    /// What was asked for.
    pub state: Option<DomainState>,
    /// The domains.
    pub list: Listing<DomainRow>,
    /// Whether the person may add one.
    pub may_add: bool,
    /// What was typed into the form of a new one.
    pub form: NewDomainForm,
    /// Slugs to suggest.
    pub tenants: Vec<String>,
    /// What is wrong with it.
    pub errors: Vec<FormError>,
}

/// A domain that is about to be removed.
#[derive(Clone, PartialEq, Debug)]
pub struct RemoveDomain {
    /// Its id.
    pub id: Uuid,
    /// The host.
    pub host: String,
    /// Whose it is.
    pub tenant: TenantLink,
    /// The address that dies: `https://book.salon-aurora.com/`.
    pub dies: String,
    /// The address that stays.
    pub stays: String,
}
