//! People with a login: the platform's pages of everybody, and a business's of its own.

pub mod model;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
pub(crate) use pages::line;
#[cfg(feature = "ssr")]
pub use pages::{member, new_member, new_user, team, user, users};
