//! What all rules are made of.

use super::Denied;
use crate::{
    actor::{Actor, Person, Role},
    grant::GrantAction,
    ids::{GrantId, TenantId},
};

/// The rule of a right. Out of reach from outside, so that [`super::authorize`] is the only one who asks it, and only
/// this module names rights.
pub trait Rule {
    /// What the decision depends on besides the actor.
    type Facts;
    /// The rule itself, masquerading left aside.
    fn decide(actor: &Actor, facts: &Self::Facts) -> Decision;
}

/// What a yes stands on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Basis {
    /// What the person is.
    Role,
    /// What was granted to the person.
    Grant(GrantId),
}

/// Yes, and on what; or no, and why.
pub type Decision = Result<Basis, Denied>;

/// The role will do.
pub(super) const YES: Decision = Ok(Basis::Role);

/// Whoever it is.
pub(super) fn anyone<F>(_actor: &Actor, _facts: &F) -> Decision {
    YES
}

/// Whoever it is, as long as somebody is signed in.
pub(super) fn anybody_signed_in<F>(actor: &Actor, _facts: &F) -> Decision {
    signed_in(actor).and(YES)
}

/// The person of an actor.
pub(super) fn signed_in(actor: &Actor) -> Result<&Person, Denied> {
    actor.person().ok_or(Denied::SignedOut)
}

/// The person of an actor for whom `tenant` exists: one of the platform, or its own. From here on, a tenant role is one
/// in this very tenant.
pub(super) fn toward(actor: &Actor, tenant: TenantId) -> Result<&Person, Denied> {
    let person = signed_in(actor)?;
    if person.role.is_platform() || person.tenant == Some(tenant) { Ok(person) } else { Err(Denied::OtherTenant) }
}

/// By a grant, where the role will not do.
pub(super) fn by_grant(person: &Person, tenant: TenantId, action: GrantAction) -> Decision {
    match person.held(tenant, action) {
        Some(held) => Ok(Basis::Grant(held.grant)),
        // Neither could use one if it were given to them.
        None if person.role == Role::Customer || person.masked.is_some() => Err(Denied::Role),
        None => Err(Denied::NoGrant(action)),
    }
}

/// The platform's managers and superusers; everybody else learns who that would be.
pub(super) fn platform_managers(person: &Person) -> Decision {
    match person.role {
        Role::Superuser | Role::PlatformManager => YES,
        role if role.is_platform() => Err(Denied::ManagerOnly),
        _ => Err(Denied::PlatformOnly),
    }
}
