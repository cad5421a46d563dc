//! Sessions: tower-sessions with a store of our own.

mod store;

pub(crate) use store::SessionPerson;
pub use store::{LOGIN, Login, PERSON, SessionStore, hash_of};

use crate::config::Config;
use std::time::Duration;
use tower_sessions::{Expiry, SessionManagerLayer, cookie::SameSite};

/// A session that nobody has used for this long is over.
pub const IDLE: Duration = Duration::from_secs(30 * 60);

/// A session of this age is over, however busy.
pub const ABSOLUTE: Duration = Duration::from_secs(12 * 60 * 60);

/// The cookie's name. With `__Host-` the browser itself sees to it that no other host sets or gets it; it asks for
/// https, which development does without.
pub fn cookie_name(config: &Config) -> &'static str {
    if config.debug { "smoothschedule" } else { "__Host-smoothschedule" }
}

/// The layer that reads and writes the cookie. No domain: the cookie stays with the host that set it.
pub fn layer(config: &Config, store: SessionStore) -> SessionManagerLayer<SessionStore> {
    let whole = time::Duration::seconds(i64::try_from(ABSOLUTE.as_secs()).unwrap_or(i64::MAX));
    SessionManagerLayer::new(store)
        .with_name(cookie_name(config))
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_secure(!config.debug)
        .with_path("/")
        .with_expiry(Expiry::OnInactivity(whole))
}
