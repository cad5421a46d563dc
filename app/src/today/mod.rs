//! The team's first page: what is going on, what waits, what is still free; and the day on paper.

pub mod model;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
pub use pages::{sheets, today};
