//! What the platform's pages of businesses and of their schemas show.

use crate::{
    audit::model::AuditRow,
    domains::model::{DomainRow, DomainState},
    grants::model::GrantRow,
    people::model::PersonRow,
    ui::{
        form::{FormError, Offer, Refused},
        list::Listing,
        moment::Moment,
    },
};
use domain::tenant::{TenantStatus, Tier};
use uuid::Uuid;

/// A business as other pages name it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TenantLink {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// Its slug.
    pub slug: String,
}

/// All businesses, demo ones, or real ones.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum TenantKind {
    /// All.
    #[default]
    All,
    /// Those with a term, to show and try.
    Demo,
    /// All others.
    Real,
}

impl TenantKind {
    /// The word in the address.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::All => "",
            Self::Demo => "demo",
            Self::Real => "real",
        }
    }

    /// Reads the word in the address; whatever it does not know is all.
    pub fn parse(text: &str) -> Self {
        match text {
            "demo" => Self::Demo,
            "real" => Self::Real,
            _ => Self::All,
        }
    }
}

/// What a list of businesses is sorted by. Names go upwards; numbers and dates begin with the largest.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum TenantSort {
    /// By name.
    #[default]
    Name,
    /// The newest first.
    Created,
    /// Most bookings of 30 days first.
    Bookings,
    /// Most people first.
    Users,
}

impl TenantSort {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Name, Self::Created, Self::Bookings, Self::Users];

    /// The word in the address; the default has none.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "",
            Self::Created => "created",
            Self::Bookings => "bookings",
            Self::Users => "users",
        }
    }

    /// Reads the word in the address; whatever it does not know is by name.
    pub fn parse(text: &str) -> Self {
        Self::ALL.into_iter().find(|sort| sort.as_str() == text).unwrap_or_default()
    }
}

/// What the list of businesses was asked for.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct TenantFilter {
    /// Part of the name or slug.
    pub q: String,
    /// Where they stand.
    pub status: Option<TenantStatus>,
    /// What they pay for.
    pub tier: Option<Tier>,
    /// Demo, real, or all.
    pub kind: TenantKind,
    /// Only those whose schema is behind.
    pub behind: bool,
    /// The order.
    pub sort: TenantSort,
}

impl TenantFilter {
    /// Whether anything is left out.
    pub fn is_set(&self) -> bool {
        *self != Self { sort: self.sort, ..Self::default() }
    }
}

/// A business in the list.
#[derive(Clone, PartialEq, Debug)]
pub struct TenantRow {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// The address of its site, with scheme and port.
    pub url: String,
    /// The host of that address.
    pub host: String,
    /// Where it stands.
    pub status: TenantStatus,
    /// What it pays for.
    pub tier: Tier,
    /// How many people work there.
    pub people: u32,
    /// Bookings of the last 30 days.
    pub bookings_30d: u32,
    /// How many domains of its own it has.
    pub domains: u32,
    /// The state of those domains: the one that most needs somebody to look at it.
    pub domains_state: Option<DomainState>,
    /// How far its schema has been migrated.
    pub schema_version: i32,
    /// Whether that is behind what this build brings.
    pub is_behind: bool,
    /// When it was made.
    pub created: Moment,
    /// When it is swept away, if it is a demo.
    pub demo_until: Option<Moment>,
}

/// The list of businesses.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Tenants {
    /// What was asked for.
    pub filter: TenantFilter,
    /// The businesses.
    pub list: Listing<TenantRow>,
    /// Whether the person may make one.
    pub may_create: bool,
}

/// What was typed into the form of a new business.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct NewTenantForm {
    /// Its name.
    pub name: String,
    /// Its slug.
    pub slug: String,
    /// Its zone's IANA name.
    pub timezone: String,
    /// The tier as the wire has it.
    pub tier: String,
    /// Its owner's name.
    pub owner_name: String,
    /// Its owner's e-mail address.
    pub owner_email: String,
    /// Whether it is a demo.
    pub is_temporary: bool,
    /// For how many days, if it is.
    pub days: String,
}

/// A new business.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct NewTenant {
    /// What was typed.
    pub form: NewTenantForm,
    /// What follows the slug in the host: `localhost`.
    pub base_domain: String,
    /// Zones to suggest.
    pub zones: Vec<String>,
    /// Whether the person may make demos only, so that the box stays ticked.
    pub only_demo: bool,
    /// What is wrong.
    pub errors: Vec<FormError>,
}

/// A limit of the plan, and how much of it is used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LimitUse {
    /// What is limited: `People`.
    pub label: String,
    /// `3 of 5`.
    pub used: String,
    /// Whether no more can be added.
    pub is_full: bool,
}

/// What may be done to a business.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct TenantActions {
    /// Name and zone.
    pub edit: Offer,
    /// Another plan.
    pub tier: Offer,
    /// Switch off for a time.
    pub suspend: Offer,
    /// Switch on again.
    pub restore: Offer,
    /// End for good.
    pub close: Offer,
    /// A later end of a demo.
    pub extend: Offer,
}

/// One business.
#[derive(Clone, PartialEq, Debug)]
pub struct TenantPage {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// Its slug.
    pub slug: String,
    /// The address of its site.
    pub url: String,
    /// The host of that address.
    pub host: String,
    /// Where it stands.
    pub status: TenantStatus,
    /// Why it was suspended, if it is.
    pub suspended_reason: Option<String>,
    /// What it pays for.
    pub tier: Tier,
    /// The limits of its plan.
    pub limits: Vec<LimitUse>,
    /// Its zone's IANA name.
    pub timezone: String,
    /// Zones to suggest.
    pub zones: Vec<String>,
    /// When it was made.
    pub created: Moment,
    /// When it is swept away, if it is a demo.
    pub demo_until: Option<Moment>,
    /// How far its schema has been migrated.
    pub schema_version: i32,
    /// How far this build brings it.
    pub target_version: i32,
    /// What the last migration stopped at.
    pub migration_error: Option<String>,
    /// The first ten of its people.
    pub people: Vec<PersonRow>,
    /// How many there are.
    pub people_count: u32,
    /// Its own domains.
    pub domains: Vec<DomainRow>,
    /// The permissions in force for it.
    pub grants: Vec<GrantRow>,
    /// The last ten entries of its audit; `None` where the person may not read them.
    pub audit: Option<Vec<AuditRow>>,
    /// Whether a person may be added to it.
    pub may_add_person: bool,
    /// Whether a permission may be given for it.
    pub may_grant: bool,
    /// What may be done to it.
    pub actions: TenantActions,
    /// The form that was sent back, if one was.
    pub refused: Option<Refused>,
}

/// A business whose migration stopped.
#[derive(Clone, PartialEq, Debug)]
pub struct BrokenTenant {
    /// The business.
    pub tenant: TenantLink,
    /// How far its schema came.
    pub schema_version: i32,
    /// What the database said.
    pub error: String,
}

/// How far the schemas of all businesses have come.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Migrations {
    /// The version that this build brings.
    pub target: i32,
    /// How many are there.
    pub at_target: u32,
    /// How many are behind, the broken ones among them.
    pub behind: u32,
    /// Those that stopped.
    pub broken: Vec<BrokenTenant>,
}
