//! People: signing in and out.

pub(crate) mod store;
pub mod web;

use domain::{actor::Role, ids::UserId};

/// A person to be added.
#[derive(Clone, Debug)]
pub struct NewPerson {
    /// The login.
    pub id: UserId,
    /// The address to sign in with.
    pub email: String,
    /// For display.
    pub name: String,
    /// See [`crate::password::hash_now`].
    pub password_hash: String,
    /// What the person is.
    pub role: Role,
}
