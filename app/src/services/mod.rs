//! What is sold: the set-up of services.

pub mod model;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
pub use pages::{list, service};
