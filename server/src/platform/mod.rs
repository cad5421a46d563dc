//! The base domain's page and the platform's dashboard.

mod store;
pub mod web;
