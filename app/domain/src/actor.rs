//! Who acts: roles, and the person behind a request.

use crate::ids::{TenantId, UserId};
use serde::{Deserialize, Serialize};

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

/// A signed-in person.
#[derive(Clone, PartialEq, Eq, Debug)]
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
}

/// Who a request comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
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
