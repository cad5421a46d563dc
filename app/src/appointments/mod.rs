//! The list of appointments, and one decision about several of them.

pub mod model;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
pub use pages::{confirm, list, result};
