//! A word on what has just happened, carried over a redirect by a cookie that lives for seconds.

use crate::{access::cookie, config::Config};
use app::frame::{Flash, Tone};
use http::{HeaderMap, HeaderValue};

const ALPHABET: base32::Alphabet = base32::Alphabet::Rfc4648Lower { padding: false };

fn name(config: &Config) -> &'static str {
    if config.debug { "smoothschedule-flash" } else { "__Host-smoothschedule-flash" }
}

/// The header that gives a word along.
pub fn set(config: &Config, tone: Tone, text: &str) -> Option<HeaderValue> {
    let mark = match tone {
        Tone::Ok => 'o',
        Tone::Info => 'i',
        Tone::Warn => 'w',
        Tone::Danger => 'd',
    };
    // A cookie of a kilobyte is long enough for a sentence.
    let text: String = text.chars().take(300).collect();
    cookie::set(config, name(config), &format!("{mark}{}", base32::encode(ALPHABET, text.as_bytes())), 15)
}

/// The word that a request brings along.
pub fn read(config: &Config, headers: &HeaderMap) -> Option<Flash> {
    let wanted = name(config);
    let value = headers
        .get_all(http::header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(found, value)| *found == wanted && value.len() <= 2000)?
        .1;
    let tone = match value.as_bytes().first()? {
        b'o' => Tone::Ok,
        b'i' => Tone::Info,
        b'w' => Tone::Warn,
        _ => Tone::Danger,
    };
    let text = String::from_utf8(base32::decode(ALPHABET, value.get(1..)?)?).ok()?;
    (!text.is_empty()).then_some(Flash { tone, text })
}

/// The header that takes it away.
pub fn clear(config: &Config) -> Option<HeaderValue> {
    cookie::set(config, name(config), "", 0)
}

/// Goes on by GET, with a word.
pub fn see_other_with(config: &Config, path: &str, tone: Tone, text: &str) -> axum::response::Response {
    let mut response = super::see_other(path);
    response.headers_mut().extend(set(config, tone, text).map(|cookie| (http::header::SET_COOKIE, cookie)));
    response
}
