//! People signing in and out: passwords, links, limits, sessions.

pub(crate) mod entry;
pub mod links;
pub(crate) mod store;
pub mod throttle;
pub mod web;

use crate::{error::Failure, state::App};
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
    /// See [`crate::password::hash_now`]; none for somebody who will be sent a link.
    pub password_hash: Option<String>,
    /// What the person is.
    pub role: Role,
    /// Whether the person is for a demo.
    pub is_temporary: bool,
}

/// Forgets failures, links, sessions and handoffs that have no effect any more.
pub async fn sweep(app: &App) -> Result<(), Failure> {
    let mut tx = app.db.platform_job().await?;
    store::sweep(tx.conn()?).await?;
    tx.done().await
}
