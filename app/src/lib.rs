//! What SmoothSchedule shows.
//!
//! A page is a function of its data: the server's room loads a model, the page here draws it, and nothing
//! in between waits or asks. What moves in the browser is an island; everything else is HTML, links and forms.

pub mod appointments;
pub mod audit;
pub mod booking;
pub mod customers;
pub mod desk;
pub mod domains;
pub mod error;
pub mod frame;
pub mod grants;
pub mod identity;
pub mod messages;
pub mod own;
pub mod people;
pub mod platform;
#[cfg(feature = "ssr")]
pub mod ports;
#[cfg(feature = "ssr")]
pub mod render;
pub mod reports;
#[cfg(feature = "ssr")]
pub mod request;
pub mod resources;
pub mod schedule;
pub mod services;
pub mod settings;
pub mod setup;
pub mod site;
pub mod today;
pub mod ui;
