//! The audit: the platform's own, and each tenant's.

use super::{
    Denied, Scope,
    rule::{Decision, YES, by_grant, platform_managers, signed_in, toward},
};
use crate::{
    actor::{Actor, Role},
    grant::GrantAction,
};

/// Those who lead a tenant see who was in; the platform's other people and staff need a grant for it.
pub(super) fn view_audit(actor: &Actor, scope: &Scope) -> Decision {
    match scope {
        Scope::Platform => platform_managers(signed_in(actor)?),
        Scope::Tenant(tenant) => {
            let person = toward(actor, tenant.id)?;
            match person.role {
                Role::Superuser | Role::PlatformManager | Role::TenantOwner | Role::TenantManager => YES,
                _ => by_grant(person, tenant.id, GrantAction::ViewAudit),
            }
        }
    }
}

/// A grant to see is none to take away.
pub(super) fn export_audit(actor: &Actor, scope: &Scope) -> Decision {
    match scope {
        Scope::Platform => platform_managers(signed_in(actor)?),
        Scope::Tenant(tenant) => {
            let person = toward(actor, tenant.id)?;
            match person.role {
                Role::TenantOwner | Role::TenantManager => YES,
                Role::TenantStaff | Role::Customer => Err(Denied::Role),
                _ => platform_managers(person),
            }
        }
    }
}

pub(super) fn verify_audit(actor: &Actor, _facts: &()) -> Decision {
    platform_managers(signed_in(actor)?)
}
