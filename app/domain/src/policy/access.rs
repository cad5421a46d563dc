//! Being on a tenant's host, acting as somebody else, and grants. What product.md says of the last two stands in
//! [`crate::masquerade`] and [`crate::grant`].

use super::{
    Denied, Scope,
    rule::{Basis, Decision, YES, platform_managers, signed_in, toward},
};
use crate::{
    actor::{Actor, Principal, Role},
    grant::{GrantAction, may_grant, may_revoke},
    ids::{TenantId, UserId},
    masquerade::may_masquerade,
};
use serde::{Deserialize, Serialize};

/// What acting as somebody else depends on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct MasqueradeFacts {
    /// As whom.
    pub subject: Principal,
}

/// What making a grant depends on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct GrantFacts {
    /// Where it is to count.
    pub tenant: TenantId,
    /// For whom.
    pub grantee: Principal,
    /// For what.
    pub action: GrantAction,
}

/// What revoking a grant depends on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RevokeFacts {
    /// Where it counts.
    pub tenant: TenantId,
    /// Who gave it.
    pub grantor: UserId,
}

/// Its own people; of the platform superusers, and those to whom something was granted there.
pub(super) fn enter_tenant(actor: &Actor, tenant: &TenantId) -> Decision {
    let person = toward(actor, *tenant)?;
    if person.role == Role::Superuser || !person.role.is_platform() {
        return YES;
    }
    let held = GrantAction::ALL.iter().find_map(|action| person.held(*tenant, *action));
    held.map(|held| Basis::Grant(held.grant)).ok_or(Denied::Role)
}

/// Whom the actor cannot see does not exist; with everybody else, the table has the answer.
pub(super) fn masquerade(actor: &Actor, facts: &MasqueradeFacts) -> Decision {
    let person = signed_in(actor)?;
    let hijacker = person.principal();
    if !hijacker.sees(&facts.subject) {
        return Err(Denied::OtherTenant);
    }
    may_masquerade(&hijacker, &facts.subject, person.masked.is_some()).map_err(Denied::NoMasquerade).and(YES)
}

pub(super) fn view_grants(actor: &Actor, scope: &Scope) -> Decision {
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

pub(super) fn grant_permission(actor: &Actor, facts: &GrantFacts) -> Decision {
    let grantor = toward(actor, facts.tenant)?;
    may_grant(grantor, &facts.grantee, facts.tenant, facts.action).map_err(Denied::GrantRefused).and(YES)
}

pub(super) fn revoke_grant(actor: &Actor, facts: &RevokeFacts) -> Decision {
    let person = toward(actor, facts.tenant)?;
    may_revoke(person, facts.grantor, facts.tenant).map_err(Denied::GrantRefused).and(YES)
}
