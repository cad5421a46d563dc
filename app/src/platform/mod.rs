//! The platform's dashboard: businesses, and how far their schemas have come.

pub mod model;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
pub(crate) use pages::{counted, tenant_link};
#[cfg(feature = "ssr")]
pub use pages::{migrations, new_tenant, tenant, tenants};
