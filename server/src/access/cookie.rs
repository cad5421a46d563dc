//! The cookie of a masquerade: a second one, so that the actor's own session is never touched.

use crate::{config::Config, identity::links};
use http::{HeaderMap, HeaderValue, header};

/// Its name. See [`crate::session::cookie_name`] on `__Host-`.
pub fn name(config: &Config) -> &'static str {
    if config.debug { "smoothschedule-as" } else { "__Host-smoothschedule-as" }
}

/// The name of the cookie that binds a way between hosts to one browser.
pub fn nonce_name(config: &Config) -> &'static str {
    if config.debug { "smoothschedule-nonce" } else { "__Host-smoothschedule-nonce" }
}

/// The name of the cookie that says which account a browser has signed in to.
pub fn browser_name(config: &Config) -> &'static str {
    if config.debug { "smoothschedule-browser" } else { "__Host-smoothschedule-browser" }
}

/// The value of a cookie in a request.
pub fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(found, value)| *found == name && !value.is_empty() && value.len() <= 200)
        .map(|(_, value)| value)
}

/// The header that sets a cookie for this host alone.
pub fn set(config: &Config, name: &str, value: &str, seconds: u32) -> Option<HeaderValue> {
    let secure = if config.debug { "" } else { "; Secure" };
    HeaderValue::from_str(&format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}")).ok()
}

/// The header that takes a cookie away.
pub fn clear(config: &Config, name: &str) -> Option<HeaderValue> {
    set(config, name, "", 0)
}

/// What is kept of the cookie of a masquerade, if the request has one.
pub fn masked_hash(config: &Config, headers: &HeaderMap) -> Option<Vec<u8>> {
    read(headers, name(config)).map(links::hash_of)
}
