//! The team's calendar.

pub mod api;
pub mod board;
mod details;
mod keys;
mod live;
mod message;
pub mod model;
mod moving;
#[cfg(feature = "ssr")]
mod pages;
pub mod placing;
mod pointer;
mod rules;
mod surface;

#[cfg(feature = "ssr")]
pub use pages::{appointment, calendar, requests};
