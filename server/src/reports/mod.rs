//! How the business does: the figures of `domain::report` over the rows of a period.

mod show;
mod store;
pub mod web;
