//! Hosts of a tenant's own: claimed, proven, in use, given up.

pub(crate) mod store;
pub mod web;
