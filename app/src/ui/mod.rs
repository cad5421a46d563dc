//! Parts without domain words: the document's shell, the frames around pages, fields, badges, notices, icons.
//!
//! Buttons and links that look like them are plain elements: `<button class="btn" data-variant="primary">`,
//! with `data-size="sm"` or `"lg"` where needed. The styles of each part lie in `style/components/`.

pub mod badge;
pub mod field;
pub mod icon;
#[cfg(feature = "ssr")]
pub mod layout;
pub mod notice;
#[cfg(feature = "ssr")]
pub mod shell;

/// Text for an element that holds nothing but text (`title`, `textarea`): set as `inner_html`, since the
/// marks that the framework puts after a child would be shown there.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
