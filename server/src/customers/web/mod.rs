//! The paths of customers.

mod form;
mod import;
mod list;
mod merge;
mod one;

pub use form::{add, change, edit_page, new_page};
pub use import::{check, confirm, import_page};
pub use list::{export, find, list};
pub use merge::{anonymise, anonymise_page, merge, merge_page};
pub use one::{notes, one};
