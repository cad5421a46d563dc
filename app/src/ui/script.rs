//! Small scripts that pages are handier with and do without: files with hashed names, which the server takes from here.

use crate::frame::Frame;
use leptos::prelude::*;

/// The palette and the shortcuts, on the team's and the platform's pages.
pub const PALETTE: &str = include_str!("palette.js");

/// A list that follows what is typed into its search.
pub const SEARCH: &str = include_str!("search.js");

/// Loads a script; nothing where there is no file of it.
pub fn script(frame: &Frame, address: &str) -> Option<impl IntoView + use<>> {
    let (address, nonce) = (address.to_owned(), frame.nonce.clone());
    (!address.is_empty()).then(|| view! { <script type="module" src=address nonce=nonce></script> })
}
