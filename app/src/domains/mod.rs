//! Domains of a business's own, and the records that make them work.

pub mod model;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
pub(crate) use pages::line;
#[cfg(feature = "ssr")]
pub use pages::{domains, remove};
