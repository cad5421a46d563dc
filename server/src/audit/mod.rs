//! The audit: every privileged act, in a chain that shows when somebody has been at it.
//!
//! The table is the truth; only the database's own function adds to it, in the transaction of the act. The two log
//! files are made from it ([`project`]), and [`verify`] says what does not fit together.

pub mod anchor;
mod chain;
pub mod project;
pub(crate) mod store;
pub mod verify;
pub mod web;

/// What the audit says of a session: enough to tell two apart, too little to sign in with.
pub fn session_key(id_hash: &[u8]) -> String {
    chain::hex(&id_hash[..id_hash.len().min(8)])
}
