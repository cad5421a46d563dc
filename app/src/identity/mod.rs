//! Signing in and out, passwords, and the own account.

pub mod model;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
pub use pages::{account, dev_login, forgot, inbox, join, login};
