//! The pages, one file each.

mod anonymise;
mod form;
mod import;
mod list;
mod merge;
mod one;
mod parts;

pub use anonymise::anonymise;
pub use form::form;
pub use import::{import, preview};
pub use list::list;
pub use merge::merge;
pub use one::customer;
