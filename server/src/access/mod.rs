//! Acting as somebody else, and rights for a while.

pub mod cookie;
pub mod grants;
pub mod masquerade;
pub(crate) mod store;
pub mod web;

use domain::{
    actor::{Principal, Role},
    ids::{TenantId, UserId},
};

/// A person as the rules see them; nobody if the role is none that we know.
pub(crate) fn principal(row: &store::PrincipalRow) -> Option<Principal> {
    Some(Principal {
        user: UserId(row.id),
        role: Role::parse(&row.role)?,
        tenant: row.tenant_id.map(TenantId),
        is_temporary: row.is_temporary,
        is_active: row.is_active,
    })
}
