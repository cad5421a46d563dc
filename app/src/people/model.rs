//! What the pages of people show: the platform's of everybody, and a business's of its own.

use crate::{
    audit::model::AuditRow,
    platform::model::TenantLink,
    ui::{
        form::{FormError, Offer, Refused},
        list::Listing,
        moment::Moment,
    },
};
use domain::actor::Role;
use uuid::Uuid;

/// Whose pages these are: addresses and columns depend on it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// The platform's dashboard.
    Platform,
    /// A business's own application.
    Team,
}

/// Whether somebody can sign in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PersonState {
    /// Yes.
    Active,
    /// Switched off.
    Inactive,
    /// Not before a password has been set.
    Invited,
}

impl PersonState {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Active, Self::Invited, Self::Inactive];

    /// The word in the address.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Inactive => "inactive",
            Self::Invited => "invited",
        }
    }

    /// Reads the word in the address.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// The word for people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Active => "Active",
            Self::Inactive => "Inactive",
            Self::Invited => "Invited",
        }
    }
}

/// What a list of people was asked for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PeopleFilter {
    /// Part of the name or address.
    pub q: String,
    /// What they are.
    pub role: Option<Role>,
    /// The slug of their business; on the platform's host only.
    pub tenant: String,
    /// Whether they can sign in.
    pub state: Option<PersonState>,
}

impl PeopleFilter {
    /// Whether anybody is left out.
    pub fn is_set(&self) -> bool {
        *self != Self::default()
    }
}

/// Somebody in a list.
#[derive(Clone, PartialEq, Debug)]
pub struct PersonRow {
    /// The login.
    pub id: Uuid,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// What they are.
    pub role: Role,
    /// Their business; `None` for the platform's own, and on a business's own pages.
    pub tenant: Option<TenantLink>,
    /// Whether they go with a demo.
    pub is_temporary: bool,
    /// When they were last seen.
    pub last_seen: Option<Moment>,
    /// Whether they can sign in.
    pub state: PersonState,
    /// Whether the person who looks may act as them; `None` where their role never may.
    pub masquerade: Offer,
}

/// A list of people.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct People {
    /// What was asked for.
    pub filter: PeopleFilter,
    /// The people.
    pub list: Listing<PersonRow>,
    /// Whether somebody may be added; `Err` says why not, such as the limit of the plan.
    pub add: Offer,
    /// Whether the permissions of this business are open to the person who looks; on a business's own pages only.
    pub may_see_grants: bool,
}

/// What was typed into the form of a new person.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct NewPersonForm {
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// The role as the wire has it.
    pub role: String,
    /// The slug of their business; empty for roles of the platform.
    pub tenant: String,
    /// Whether they go with a demo.
    pub is_temporary: bool,
}

/// A new person.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct NewPerson {
    /// What was typed.
    pub form: NewPersonForm,
    /// The roles that may be given.
    pub roles: Vec<Role>,
    /// Slugs to suggest; on the platform's host only.
    pub tenants: Vec<String>,
    /// What is wrong.
    pub errors: Vec<FormError>,
}

/// What may be done to somebody.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PersonActions {
    /// Another role.
    pub role: Offer,
    /// Switch off.
    pub deactivate: Offer,
    /// Switch on again.
    pub reactivate: Offer,
    /// A link to set a new password.
    pub reset: Offer,
}

/// Somebody.
#[derive(Clone, PartialEq, Debug)]
pub struct PersonPage {
    /// Who it is, and whether one may act as them.
    pub person: PersonRow,
    /// Since when.
    pub created: Moment,
    /// The roles that may be given.
    pub roles: Vec<Role>,
    /// What may be done to them.
    pub actions: PersonActions,
    /// The last entries of the audit by them, on them, or as them; `None` where the person who looks may not read them.
    pub events: Option<Vec<AuditRow>>,
    /// The form that was sent back, if one was.
    pub refused: Option<Refused>,
}
