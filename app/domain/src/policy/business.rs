//! A tenant as a business: settings, tokens, billing, domains, data to take away.

use super::{
    Denied, Scope,
    rule::{Decision, YES, by_grant, platform_managers, signed_in, toward},
};
use crate::{
    actor::{Actor, Role},
    grant::GrantAction,
    ids::TenantId,
};

/// What those do who lead the business, and nobody of the platform but superusers.
pub(super) fn lead(actor: &Actor, tenant: &TenantId) -> Decision {
    match toward(actor, *tenant)?.role {
        Role::Superuser | Role::TenantOwner | Role::TenantManager => YES,
        _ => Err(Denied::Role),
    }
}

pub(super) fn view_billing(actor: &Actor, tenant: &TenantId) -> Decision {
    let person = toward(actor, *tenant)?;
    match person.role {
        Role::Superuser | Role::PlatformManager | Role::TenantOwner => YES,
        _ => by_grant(person, *tenant, GrantAction::ViewBilling),
    }
}

/// To the support, a host that does not answer is a tenant's fact.
pub(super) fn view_domains(actor: &Actor, scope: &Scope) -> Decision {
    match scope {
        Scope::Platform => {
            let person = signed_in(actor)?;
            if person.role == Role::PlatformSupport { YES } else { platform_managers(person) }
        }
        Scope::Tenant(tenant) if toward(actor, tenant.id)?.role == Role::PlatformSupport => YES,
        Scope::Tenant(tenant) => manage_domains(actor, &tenant.id),
    }
}

pub(super) fn manage_domains(actor: &Actor, tenant: &TenantId) -> Decision {
    let person = toward(actor, *tenant)?;
    match person.role {
        Role::Superuser | Role::PlatformManager | Role::TenantOwner => YES,
        _ => by_grant(person, *tenant, GrantAction::ManageDomains),
    }
}

/// A platform manager runs tenants and does not carry their data away.
pub(super) fn export_tenant(actor: &Actor, tenant: &TenantId) -> Decision {
    let person = toward(actor, *tenant)?;
    match person.role {
        Role::Superuser | Role::TenantOwner | Role::TenantManager => YES,
        _ => by_grant(person, *tenant, GrantAction::ExportTenant),
    }
}
