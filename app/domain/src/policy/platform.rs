//! The dashboard, and tenants as seen from there.

use super::{
    Denied,
    rule::{Decision, YES, platform_managers, signed_in, toward},
};
use crate::{
    actor::{Actor, Role},
    ids::TenantId,
};
use serde::{Deserialize, Serialize};

/// What the rights of a tenant depend on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct TenantFacts {
    /// The tenant.
    pub id: TenantId,
    /// Whether it is a demo.
    pub is_temporary: bool,
}

/// A tenant of which nothing is known but who it is counts as a real one, which is the stricter reading.
impl From<TenantId> for TenantFacts {
    fn from(id: TenantId) -> Self {
        Self { id, is_temporary: false }
    }
}

/// What making a tenant depends on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct NewTenantFacts {
    /// Whether it is to be a demo.
    pub is_temporary: bool,
}

/// Which tenants the dashboard's lists show.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TenantScope {
    /// All of them.
    All,
    /// Demos.
    Temporary,
    /// None.
    None,
}

/// Which tenants the dashboard's lists show to `actor`: those for which [`super::ViewTenant`] says yes.
pub fn tenant_scope(actor: &Actor) -> TenantScope {
    match actor.person().map(|person| person.role) {
        Some(Role::Superuser | Role::PlatformManager | Role::PlatformSupport) => TenantScope::All,
        Some(Role::PlatformSales) => TenantScope::Temporary,
        _ => TenantScope::None,
    }
}

pub(super) fn view_platform(actor: &Actor, _facts: &()) -> Decision {
    if signed_in(actor)?.role.is_platform() { YES } else { Err(Denied::PlatformOnly) }
}

pub(super) fn view_tenant(actor: &Actor, facts: &TenantFacts) -> Decision {
    match toward(actor, facts.id)?.role {
        Role::Superuser | Role::PlatformManager | Role::PlatformSupport => YES,
        Role::PlatformSales if facts.is_temporary => YES,
        Role::PlatformSales => Err(Denied::NotTemporary),
        Role::TenantOwner | Role::TenantManager => YES,
        Role::TenantStaff | Role::Customer => Err(Denied::Role),
    }
}

pub(super) fn create_tenant(actor: &Actor, facts: &NewTenantFacts) -> Decision {
    let person = signed_in(actor)?;
    match person.role {
        Role::PlatformSales if facts.is_temporary => YES,
        Role::PlatformSales => Err(Denied::NotTemporary),
        _ => platform_managers(person),
    }
}

/// What the platform alone does to tenants.
pub(super) fn run_tenant(actor: &Actor, facts: &TenantFacts) -> Decision {
    platform_managers(toward(actor, facts.id)?)
}

/// What an owner decides, too: what is paid for, and whether it goes on.
pub(super) fn own_tenant(actor: &Actor, facts: &TenantFacts) -> Decision {
    let person = toward(actor, facts.id)?;
    match person.role {
        Role::TenantOwner => YES,
        role if role.is_platform() => platform_managers(person),
        _ => Err(Denied::OwnerOnly),
    }
}

pub(super) fn view_migrations(actor: &Actor, _facts: &()) -> Decision {
    let person = signed_in(actor)?;
    if person.role == Role::PlatformSupport { YES } else { platform_managers(person) }
}
