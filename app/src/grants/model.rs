//! What the pages of permissions show: rights beyond one's role, for a while.

use crate::{
    platform::model::TenantLink,
    ui::{form::FormError, list::Listing, moment::Moment},
};
use uuid::Uuid;

/// Where a permission stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum GrantState {
    /// In force; how long, in words: `12 minutes left`.
    Active(String),
    /// Over.
    Expired,
    /// Taken back before its end: by whom, and when.
    Revoked {
        /// Their name.
        by: String,
        /// The time.
        at: Moment,
    },
}

/// What a list of permissions was asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum GrantFilter {
    /// Those in force.
    #[default]
    Active,
    /// Those that ran out.
    Expired,
    /// Those that were taken back.
    Revoked,
    /// All.
    All,
}

impl GrantFilter {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Active, Self::Expired, Self::Revoked, Self::All];

    /// The word in the address.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Expired => "expired",
            Self::Revoked => "revoked",
            Self::All => "all",
        }
    }

    /// Reads the word in the address; whatever it does not know is those in force.
    pub fn parse(text: &str) -> Self {
        Self::ALL.into_iter().find(|filter| filter.as_str() == text).unwrap_or_default()
    }
}

/// A permission.
#[derive(Clone, PartialEq, Debug)]
pub struct GrantRow {
    /// Its id.
    pub id: Uuid,
    /// Who has it.
    pub grantee_name: String,
    /// Their address.
    pub grantee_email: String,
    /// For which business; `None` on its own pages.
    pub tenant: Option<TenantLink>,
    /// What it allows, in words.
    pub action: String,
    /// Why.
    pub reason: String,
    /// Who gave it.
    pub granted_by: String,
    /// From when.
    pub start: Moment,
    /// Until when.
    pub end: Moment,
    /// Where it stands.
    pub state: GrantState,
    /// Whether the person who looks may take it back.
    pub may_revoke: bool,
}

/// A list of permissions.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Grants {
    /// What was asked for.
    pub filter: GrantFilter,
    /// The permissions.
    pub list: Listing<GrantRow>,
    /// Whether the person may give one.
    pub may_grant: bool,
}

/// Permissions that are about to be taken back.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct RevokeGrants {
    /// Those still in force.
    pub grants: Vec<GrantRow>,
    /// How many of those chosen have ended meanwhile.
    pub ended: u32,
}

/// Something that can be permitted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GrantAction {
    /// The word on the wire: `export_tenant`.
    pub code: String,
    /// In words.
    pub label: String,
    /// What it opens, in a sentence.
    pub description: String,
}

/// What was typed into the form of a new permission.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct NewGrantForm {
    /// Whom it is for: an address.
    pub email: String,
    /// The slug of the business; on the platform's host only.
    pub tenant: String,
    /// What it allows, as on the wire.
    pub action: String,
    /// For how long.
    pub minutes: String,
    /// Why.
    pub reason: String,
}

/// A new permission.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct NewGrant {
    /// What was typed.
    pub form: NewGrantForm,
    /// What can be permitted.
    pub actions: Vec<GrantAction>,
    /// Addresses or slugs to suggest: of people, then of businesses.
    pub people: Vec<String>,
    /// Slugs to suggest; on the platform's host only.
    pub tenants: Vec<String>,
    /// What is wrong.
    pub errors: Vec<FormError>,
}
