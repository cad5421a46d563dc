//! The audit: what was done, by whom, in whose name.

pub mod model;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
pub(crate) use pages::line;
#[cfg(feature = "ssr")]
pub use pages::{activity, audit, verified};
