//! Customers, as the team keeps them.

pub mod model;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
pub use pages::{anonymise, customer, form, import, list, merge, preview};
