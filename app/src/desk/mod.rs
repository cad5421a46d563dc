//! What the team books for customers, and why a time cannot be had.

pub mod model;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
pub use pages::{new, new_fragment, why, why_fragment};
