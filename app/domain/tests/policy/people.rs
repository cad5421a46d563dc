//! People to ask about.

use domain::{
    actor::{Actor, HeldGrant, Masked, Person, Principal, Role},
    grant::GrantAction,
    ids::{GrantId, MasqueradeId, TenantId, UserId},
    policy::TenantFacts,
};
use jiff::Timestamp;
use uuid::Uuid;

/// The tenant of whoever is asked about, where the role has one.
pub const OWN: TenantFacts = TenantFacts { id: tenant(1), is_temporary: false };
/// Somebody else's.
pub const OTHER: TenantFacts = TenantFacts { id: tenant(2), is_temporary: false };
/// Somebody else's, for a demo.
pub const DEMO: TenantFacts = TenantFacts { id: tenant(3), is_temporary: true };

/// Whoever is asked about.
pub const ME: UserId = user(10);
/// Somebody else.
pub const YOU: UserId = user(11);

pub const fn tenant(n: u128) -> TenantId {
    TenantId(Uuid::from_u128(n))
}

pub const fn user(n: u128) -> UserId {
    UserId(Uuid::from_u128(n))
}

/// A person of this role; a tenant role is in `tenant`.
pub fn person(user: UserId, role: Role, tenant: TenantId) -> Person {
    let tenant = (!role.is_platform()).then_some(tenant);
    Person::new(user, "Somebody", "somebody@example.com", role, tenant)
}

/// A login of this role; a tenant role is in `tenant`, and for a demo where that is one.
pub fn login(user: UserId, role: Role, tenant: TenantFacts) -> Principal {
    let is_temporary = !role.is_platform() && tenant.is_temporary;
    Principal { is_temporary, ..person(user, role, tenant.id).principal() }
}

/// The same person, with somebody else sitting there.
pub fn masked(person: Person, hijacker_role: Role) -> Person {
    let masked = Masked {
        hijacker: user(99),
        hijacker_name: "Somebody else".into(),
        hijacker_email: "else@example.com".into(),
        hijacker_role,
        masquerade: MasqueradeId(Uuid::from_u128(1)),
        until: Timestamp::MAX,
    };
    Person { masked: Some(masked), ..person }
}

/// Active grants, numbered.
pub fn held(grants: impl IntoIterator<Item = (TenantId, GrantAction)>) -> Vec<HeldGrant> {
    let numbered = grants.into_iter().zip(1..);
    numbered
        .map(|((tenant, action), n)| HeldGrant {
            grant: GrantId(Uuid::from_u128(n)),
            tenant,
            action,
            ends_at: Timestamp::MAX,
        })
        .collect()
}

/// Those who are asked about: everybody, somebody who is acted as, somebody who holds every grant there is.
pub fn rows() -> Vec<(String, Actor)> {
    let mut rows = vec![("(visitor)".to_owned(), Actor::Visitor)];
    rows.extend(Role::ALL.map(|role| (role.as_str().to_owned(), Actor::Person(person(ME, role, OWN.id)))));
    let owner = masked(person(ME, Role::TenantOwner, OWN.id), Role::Superuser);
    rows.push(("owner, acted as".into(), Actor::Person(owner)));
    for (name, role) in [("support, granted", Role::PlatformSupport), ("staff, granted", Role::TenantStaff)] {
        let grants = held(GrantAction::ALL.iter().map(|action| (OWN.id, *action)));
        rows.push((name.into(), Actor::Person(Person { grants, ..person(ME, role, OWN.id) })));
    }
    rows
}
