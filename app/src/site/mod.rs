//! Pages that belong to no business: the base domain's, and those that stand in for a page that cannot be shown.

pub mod model;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
pub use pages::{problem, welcome};
