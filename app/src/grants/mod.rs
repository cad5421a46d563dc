//! Permissions: rights beyond one's role, for a while.

pub mod model;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
pub(crate) use pages::line;
#[cfg(feature = "ssr")]
pub use pages::{grants, new_grant, new_own_grant, own_grants, revoke};
