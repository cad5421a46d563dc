//! The pages, one file each.

mod bulk;
mod list;

pub use bulk::{confirm, result};
pub use list::list;
