//! The public path through: services, day and time, details, booked.

pub mod model;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
pub(crate) use pages::{Way, choose};
#[cfg(feature = "ssr")]
pub use pages::{booked, details, links, pick_time, services};
