//! People: who sees, makes, changes and shuts out whom.
//!
//! Nobody does anything to a person of a higher rank. People of the platform are the superusers' alone to make and to
//! change, so that no platform manager can make one more; a platform manager has the people of tenants.

use super::{
    Denied, Scope, TenantFacts,
    rule::{Decision, YES, platform_managers, signed_in, toward},
};
use crate::{
    actor::{Actor, Person, Principal, Role},
    ids::TenantId,
};
use serde::{Deserialize, Serialize};

/// What making a user depends on. [`Role::parse_assignment`] says whether the two go together.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct NewUserFacts {
    /// What the user is to be.
    pub role: Role,
    /// Where.
    pub tenant: Option<TenantFacts>,
}

/// What giving a user another role depends on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RoleChange {
    /// Whose role, as it is now.
    pub subject: Principal,
    /// The role to be.
    pub to: Role,
}

/// Which users a list shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UserScope {
    /// All of them.
    All,
    /// Those of tenants.
    OfTenants,
    /// Those of tenants that are for a demo.
    Temporary,
    /// Those of one tenant.
    Of(TenantId),
    /// None.
    None,
}

impl UserScope {
    /// Whether `user` is one of them.
    pub fn includes(self, user: &Principal) -> bool {
        let is_of_tenant = !user.role.is_platform();
        match self {
            Self::All => true,
            Self::OfTenants => is_of_tenant,
            Self::Temporary => is_of_tenant && user.is_temporary,
            Self::Of(tenant) => is_of_tenant && user.tenant == Some(tenant),
            Self::None => false,
        }
    }
}

/// Which users a list shows to `actor`: those for whom [`super::ViewUser`] says yes.
pub fn user_scope(actor: &Actor) -> UserScope {
    let Some(person) = actor.person() else { return UserScope::None };
    match (person.role, person.tenant) {
        (Role::Superuser | Role::PlatformManager, _) => UserScope::All,
        (Role::PlatformSupport, _) => UserScope::OfTenants,
        (Role::PlatformSales, _) => UserScope::Temporary,
        (Role::TenantOwner | Role::TenantManager, Some(tenant)) => UserScope::Of(tenant),
        _ => UserScope::None,
    }
}

pub(super) fn view_users(actor: &Actor, scope: &Scope) -> Decision {
    match scope {
        Scope::Platform if signed_in(actor)?.role.is_platform() => YES,
        Scope::Platform => Err(Denied::PlatformOnly),
        Scope::Tenant(tenant) => match toward(actor, tenant.id)?.role {
            Role::PlatformSales if !tenant.is_temporary => Err(Denied::NotTemporary),
            Role::TenantStaff | Role::Customer => Err(Denied::Role),
            _ => YES,
        },
    }
}

pub(super) fn view_user(actor: &Actor, subject: &Principal) -> Decision {
    let person = beside(actor, subject)?;
    match person.role {
        Role::Superuser | Role::PlatformManager => YES,
        Role::PlatformSupport | Role::PlatformSales if subject.role.is_platform() => Err(Denied::ManagerOnly),
        Role::PlatformSupport => YES,
        Role::PlatformSales if subject.is_temporary => YES,
        Role::PlatformSales => Err(Denied::NotTemporary),
        Role::TenantOwner | Role::TenantManager => YES,
        Role::TenantStaff | Role::Customer => Err(Denied::Role),
    }
}

pub(super) fn create_user(actor: &Actor, facts: &NewUserFacts) -> Decision {
    let tenant = facts.tenant.map(|tenant| tenant.id);
    has_in_hand(signed_in(actor)?, facts.role, tenant, facts.tenant.is_some_and(|tenant| tenant.is_temporary))
}

/// Both roles have to be in hand, the one of now and the one to be: an owner cannot be made a manager by a manager, nor a
/// manager an owner.
pub(super) fn change_role(actor: &Actor, change: &RoleChange) -> Decision {
    let RoleChange { subject, to } = change;
    deactivate_user(actor, subject)?;
    has_in_hand(signed_in(actor)?, *to, subject.tenant, subject.is_temporary)
}

/// Never oneself, so that the last one of a rank cannot lock the rank out by mistake.
pub(super) fn deactivate_user(actor: &Actor, subject: &Principal) -> Decision {
    reactivate_user(actor, subject)?;
    if signed_in(actor)?.user == subject.user { Err(Denied::Oneself) } else { YES }
}

pub(super) fn reactivate_user(actor: &Actor, subject: &Principal) -> Decision {
    has_in_hand(beside(actor, subject)?, subject.role, subject.tenant, subject.is_temporary)
}

/// The support's part in people besides seeing them: the link goes to the user's own address, so it gives nobody else
/// a way in.
pub(super) fn reset_access(actor: &Actor, subject: &Principal) -> Decision {
    let person = beside(actor, subject)?;
    match person.role {
        Role::PlatformSupport if !subject.role.is_platform() => YES,
        _ => has_in_hand(person, subject.role, subject.tenant, subject.is_temporary),
    }
}

/// The person of an actor for whom `subject` exists.
fn beside<'a>(actor: &'a Actor, subject: &Principal) -> Result<&'a Person, Denied> {
    let person = signed_in(actor)?;
    if person.principal().sees(subject) { Ok(person) } else { Err(Denied::OtherTenant) }
}

/// Whether users of this role and tenant are this person's to make and to change.
fn has_in_hand(person: &Person, role: Role, tenant: Option<TenantId>, is_temporary: bool) -> Decision {
    if role.is_platform() {
        return if person.role == Role::Superuser { YES } else { Err(Denied::SuperuserOnly) };
    }
    let is_own_tenant = person.tenant.is_some() && person.tenant == tenant;
    match person.role {
        Role::PlatformSales if is_temporary => YES,
        Role::PlatformSales => Err(Denied::NotTemporary),
        of_platform if of_platform.is_platform() => platform_managers(person),
        _ if !is_own_tenant => Err(Denied::OtherTenant),
        Role::TenantOwner => YES,
        Role::TenantManager if role == Role::TenantOwner => Err(Denied::OwnerOnly),
        Role::TenantManager => YES,
        _ => Err(Denied::Role),
    }
}
