//! Letters: written in the transaction that causes them, sent after it.

mod deliver;
pub(crate) mod store;
pub mod web;

pub use deliver::{Mailer, deliver};

use domain::ids::TenantId;

/// A letter to be sent.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Letter {
    /// The tenant in whose name it goes out; none for the platform's.
    pub tenant: Option<TenantId>,
    /// To whom.
    pub recipient: String,
    /// One line.
    pub subject: String,
    /// Plain text.
    pub body: String,
}
