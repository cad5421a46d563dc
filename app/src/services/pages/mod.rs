//! The pages, one file each.

mod list;
mod one;
mod rules;

pub use list::list;
pub use one::service;
