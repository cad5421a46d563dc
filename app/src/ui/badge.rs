//! A word in a colour, with an icon beside it: whoever sees no colour loses nothing.

use super::icon::{Glyph, Icon};
use leptos::prelude::*;

/// A badge.
#[component]
pub fn Badge(
    /// One of the token hues: `grass`.
    #[prop(into)]
    hue: String,
    /// The shape that says the same as the colour.
    glyph: Glyph,
    /// The word.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    view! { <span class="badge" data-hue=hue><Icon glyph size=14/>{label}</span> }
}
