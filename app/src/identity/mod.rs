//! Signing in and out, passwords, and the own account.

pub mod model;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
pub use pages::{account, ask_link, dev_login, enter, forgot, inbox, join, login, sign_up};
