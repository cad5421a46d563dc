//! The settings of a business: what it says of itself, policies, colour, closures.

pub mod model;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
pub use pages::settings;
