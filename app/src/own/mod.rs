//! A customer's own area: appointments, profile, and what can be done about a booking, signed in or by its link.

pub mod model;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
pub(crate) use pages::parts;
#[cfg(feature = "ssr")]
pub use pages::{appointments, cancel, delete, move_time, profile};
