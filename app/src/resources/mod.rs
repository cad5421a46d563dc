//! Who or what can be booked: the set-up of resources, their hours and their time off.

pub mod model;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
pub use pages::{list, own, resource, time_off};
