//! Parts without domain words: the document's shell, the frames around pages, fields, lists,
//! tables, badges, notices, icons.
//!
//! Buttons and links that look like them are plain elements: `<button class="btn" data-variant="primary">`,
//! with `data-size="sm"` or `"lg"` where needed. The styles of each part lie in `style/components/`.

use leptos::prelude::*;

pub mod ahead;
pub mod badge;
#[cfg(feature = "ssr")]
pub mod banner;
pub mod chart;
pub mod facts;
pub mod field;
pub mod filter;
pub mod form;
pub mod icon;
#[cfg(feature = "ssr")]
pub mod layout;
pub mod list;
pub mod moment;
pub mod notice;
#[cfg(feature = "ssr")]
pub mod palette;
pub mod query;
#[cfg(feature = "ssr")]
pub mod script;
#[cfg(feature = "ssr")]
pub mod shell;
pub mod table;

/// The id of the element that "Skip to content" goes to. Every layout gives it to its `main`.
pub const MAIN: &str = "main";

/// An address that may be broken behind its `@`, before it is broken anywhere else.
pub fn address(text: &str) -> impl IntoView + use<> {
    let (local, host) = text.split_once('@').map_or((text, None), |(local, host)| (local, Some(host.to_owned())));
    let local = local.to_owned();
    view! { {local}{host.map(|host| view! { "@"<wbr/>{host} })} }
}

/// Text for an element that holds nothing but text (`title`, `textarea`): set as `inner_html`, since the
/// marks that the framework puts after a child would be shown there.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
