//! The team's calendar.

pub mod api;
pub mod board;
mod details;
mod keys;
mod message;
pub mod model;
mod moving;
#[cfg(feature = "ssr")]
mod pages;
pub mod placing;
mod pointer;
mod surface;

#[cfg(feature = "ssr")]
pub use pages::{appointment, day, requests};
