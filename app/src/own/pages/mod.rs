//! The pages, one file each, and what they share.

mod appointments;
mod cancel;
mod delete;
mod move_time;
pub(crate) mod parts;
mod profile;

pub use appointments::appointments;
pub use cancel::cancel;
pub use delete::delete;
pub use move_time::move_time;
pub use profile::profile;
