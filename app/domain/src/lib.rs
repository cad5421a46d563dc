//! What SmoothSchedule knows and decides.
//!
//! Pure: no clock, no database, no async, no Leptos. The server and the browser compile the same
//! rules from here, so what a page shows and what the server allows cannot drift apart.

pub mod actor;
pub mod audit;
pub mod booking;
pub mod brand;
pub mod bulk;
pub mod catalogue;
pub mod customer;
pub mod desk;
pub mod effect;
pub mod grant;
pub mod hours;
pub mod ids;
pub mod letter;
pub mod masquerade;
pub mod money;
pub mod own;
pub mod policy;
pub mod report;
pub mod resource;
pub mod schedule;
pub mod settings;
pub mod tenant;
pub mod text;
pub mod time;
pub mod typed;
