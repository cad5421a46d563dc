//! Who acts: roles, and the person behind a request.

use crate::{
    grant::GrantAction,
    ids::{GrantId, MasqueradeId, TenantId, UserId},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;

/// What a login may be. The first four are of the platform and have no tenant; the last four need one.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Role {
    /// Everything, every tenant.
    Superuser,
    /// Every tenant: create, edit, suspend, restore.
    PlatformManager,
    /// Demo tenants only.
    PlatformSales,
    /// Tenant users of every tenant; facts of tenants to read.
    PlatformSupport,
    /// Everything in the own tenant.
    TenantOwner,
    /// The own tenant but for tier, domains, closing and owners.
    TenantManager,
    /// The own calendar in full, others' to read.
    TenantStaff,
    /// The own bookings.
    Customer,
}

impl Role {
    /// All roles, highest first.
    pub const ALL: [Role; 8] = [
        Role::Superuser,
        Role::PlatformManager,
        Role::PlatformSales,
        Role::PlatformSupport,
        Role::TenantOwner,
        Role::TenantManager,
        Role::TenantStaff,
        Role::Customer,
    ];

    /// Whether the role belongs to the platform and so has no tenant.
    pub fn is_platform(self) -> bool {
        matches!(self, Role::Superuser | Role::PlatformManager | Role::PlatformSales | Role::PlatformSupport)
    }

    /// Whether the role works for a tenant: owner, manager or staff.
    pub fn is_tenant_team(self) -> bool {
        matches!(self, Role::TenantOwner | Role::TenantManager | Role::TenantStaff)
    }

    /// The name in the database and on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Superuser => "SUPERUSER",
            Role::PlatformManager => "PLATFORM_MANAGER",
            Role::PlatformSales => "PLATFORM_SALES",
            Role::PlatformSupport => "PLATFORM_SUPPORT",
            Role::TenantOwner => "TENANT_OWNER",
            Role::TenantManager => "TENANT_MANAGER",
            Role::TenantStaff => "TENANT_STAFF",
            Role::Customer => "CUSTOMER",
        }
    }

    /// Reads the name that [`Self::as_str`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == text)
    }

    /// Whether a login may have this role with this tenant, or without one: a platform role has none, a tenant role
    /// has one (product.md, section 2).
    pub fn parse_assignment(self, tenant: Option<TenantId>) -> Result<(), RoleError> {
        match (self.is_platform(), tenant) {
            (false, None) => Err(RoleError::NeedsTenant(self)),
            (true, Some(_)) => Err(RoleError::HasTenant(self)),
            _ => Ok(()),
        }
    }

    /// The role as people call it.
    pub fn label(self) -> &'static str {
        match self {
            Role::Superuser => "Superuser",
            Role::PlatformManager => "Platform manager",
            Role::PlatformSales => "Platform sales",
            Role::PlatformSupport => "Platform support",
            Role::TenantOwner => "Owner",
            Role::TenantManager => "Manager",
            Role::TenantStaff => "Staff",
            Role::Customer => "Customer",
        }
    }

    /// The hue of the role's badge, a name of `style/tokens.css`; the label always stands beside it.
    pub fn hue(self) -> &'static str {
        match self {
            Role::Superuser => "violet",
            Role::PlatformManager => "plum",
            Role::PlatformSales => "crimson",
            Role::PlatformSupport => "indigo",
            Role::TenantOwner => "cyan",
            Role::TenantManager => "teal",
            Role::TenantStaff => "grass",
            Role::Customer => "slate",
        }
    }
}

/// A role and a tenant that do not go together.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoleError {
    /// A tenant role without a tenant.
    NeedsTenant(Role),
    /// A platform role with one.
    HasTenant(Role),
}

impl fmt::Display for RoleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NeedsTenant(role) => write!(f, "Users with role {} must be assigned to a tenant", role.as_str()),
            Self::HasTenant(role) => write!(f, "Users with role {} cannot be assigned to a tenant", role.as_str()),
        }
    }
}

impl std::error::Error for RoleError {}

/// A signed-in person; while masquerading, the one who is acted as.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Person {
    /// The login.
    pub user: UserId,
    /// For display.
    pub name: String,
    /// For display and the audit.
    pub email: String,
    /// What the person is.
    pub role: Role,
    /// The tenant of a tenant role; `None` for a platform role.
    pub tenant: Option<TenantId>,
    /// Whether the login, or its tenant, is for a demo.
    pub is_temporary: bool,
    /// Who really sits there, if it is somebody else.
    pub masked: Option<Masked>,
    /// What was granted to the person and is active in this request. Ask [`Self::held`].
    pub grants: Vec<HeldGrant>,
}

/// Who acts as a [`Person`], and for how long.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Masked {
    /// The login of who really sits there.
    pub hijacker: UserId,
    /// For display.
    pub hijacker_name: String,
    /// For display and the audit.
    pub hijacker_email: String,
    /// What that person is.
    pub hijacker_role: Role,
    /// Which masquerade.
    pub masquerade: MasqueradeId,
    /// When it ends at the latest.
    pub until: Timestamp,
}

/// A grant that the server has found to be active, by the database's clock, for this request.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct HeldGrant {
    /// Which grant.
    pub grant: GrantId,
    /// Where it counts.
    pub tenant: TenantId,
    /// What it allows.
    pub action: GrantAction,
    /// When its window ends.
    pub ends_at: Timestamp,
}

impl Person {
    /// Somebody who sits there in person and holds no grants.
    pub fn new(
        user: UserId,
        name: impl Into<String>,
        email: impl Into<String>,
        role: Role,
        tenant: Option<TenantId>,
    ) -> Self {
        let (name, email) = (name.into(), email.into());
        Self { user, name, email, role, tenant, is_temporary: false, masked: None, grants: Vec::new() }
    }

    /// The login that answers for what is done: while masquerading the hijacker's.
    pub fn answerable(&self) -> UserId {
        self.masked.as_ref().map_or(self.user, |masked| masked.hijacker)
    }

    /// The grant that allows `action` in `tenant`, if the person holds one that counts.
    ///
    /// A grant is given to one person: whoever acts as that person cannot use it, nor can they use their own. A
    /// customer's, and one for a tenant that is not the holder's own, ought not to exist and is worth nothing.
    pub fn held(&self, tenant: TenantId, action: GrantAction) -> Option<&HeldGrant> {
        let may_hold = match self.role {
            Role::Customer => false,
            role => role.is_platform() || self.tenant == Some(tenant),
        };
        let counts = may_hold && self.masked.is_none();
        self.grants.iter().find(|held| counts && held.tenant == tenant && held.action == action)
    }

    /// The person as the rules see one. Somebody who is signed in has an account that is active.
    pub fn principal(&self) -> Principal {
        let Self { user, role, tenant, is_temporary, .. } = *self;
        Principal { user, role, tenant, is_temporary, is_active: true }
    }
}

/// A login as the rules see it, whether or not its person is signed in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Principal {
    /// The login.
    pub user: UserId,
    /// What its person is.
    pub role: Role,
    /// The tenant of a tenant role; `None` for a platform role.
    pub tenant: Option<TenantId>,
    /// Whether the login, or its tenant, is for a demo.
    pub is_temporary: bool,
    /// Whether its person may sign in.
    pub is_active: bool,
}

impl Principal {
    /// Whether `other` exists as far as this person is concerned: the answer about somebody unseen is a 404.
    ///
    /// The platform's people know who there is, and are told openly what they may not do; a tenant's people know
    /// their own tenant, and nobody else's people nor the platform's.
    pub fn sees(&self, other: &Self) -> bool {
        self.role.is_platform() || (!other.role.is_platform() && self.tenant.is_some() && self.tenant == other.tenant)
    }
}

/// Who a request comes from.
#[allow(clippy::large_enum_variant, reason = "there is one a request: its size costs less than a box everywhere")]
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Actor {
    /// Nobody signed in.
    Visitor,
    /// Somebody signed in.
    Person(Person),
}

impl Actor {
    /// The signed-in person, if there is one.
    pub fn person(&self) -> Option<&Person> {
        match self {
            Actor::Visitor => None,
            Actor::Person(person) => Some(person),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const TENANT: TenantId = TenantId(Uuid::from_u128(1));

    #[test]
    fn every_role_goes_with_a_tenant_or_without() {
        for role in Role::ALL {
            assert_eq!(role.parse_assignment(None).is_ok(), role.is_platform());
            assert_eq!(role.parse_assignment(Some(TENANT)).is_ok(), !role.is_platform());
        }
        assert_eq!(
            Role::TenantStaff.parse_assignment(None).map_err(|e| e.to_string()),
            Err("Users with role TENANT_STAFF must be assigned to a tenant".into())
        );
        assert_eq!(
            Role::parse_assignment(Role::PlatformSales, Some(TENANT)).map_err(|e| e.to_string()),
            Err("Users with role PLATFORM_SALES cannot be assigned to a tenant".into())
        );
    }

    #[test]
    fn role_names_are_read_back_and_are_those_of_the_wire() {
        for role in Role::ALL {
            assert_eq!(Role::parse(role.as_str()), Some(role));
            assert_eq!(serde_json::to_value(role).expect("json"), role.as_str());
        }
        assert_eq!(Role::parse("tenant_staff"), None);
    }
}
