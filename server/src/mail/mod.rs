//! Letters: written in the transaction that causes them, sent after it.

mod deliver;
mod message;
pub(crate) mod store;
pub mod web;

pub use deliver::{Mailer, deliver, sweep};

use domain::ids::TenantId;

/// A letter about somebody's account, to be sent at once. Those about appointments are the room `messages`'.
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
