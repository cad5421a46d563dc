//! The palette: one place to go anywhere from. Here is what it needs of the page; what it does is in `palette.js`. Without
//! script its button is a link to a list with a search.

use super::{
    icon::{Glyph, Icon},
    script::script,
};
use crate::frame::Frame;
use leptos::prelude::*;

/// A link of the palette: address, words, and the keys that lead there, one after the other.
pub type Entry = (&'static str, &'static str, &'static str);

/// What can be done from anywhere in a business.
pub const TEAM_ACTIONS: [Entry; 2] =
    [("/appointments/new", "New appointment", "n"), ("/schedule", "Calendar of today", "t")];

/// The keys of pages that are often gone to, wherever their links stand.
const KEYS: [(&str, &str); 3] = [("/schedule", "g c"), ("/appointments", "g a"), ("/customers", "g u")];

/// The palette's button, and what is in it: the links that this person's pages have, and actions.
pub fn palette(
    frame: &Frame,
    links: Vec<(&'static str, &'static str)>,
    actions: &'static [Entry],
    find: Option<&'static str>,
    list: &'static str,
) -> impl IntoView + use<> {
    let keys = |href: &str| KEYS.iter().find(|(other, _)| *other == href).map(|(_, keys)| *keys);
    let entry = |group: &'static str, href: &'static str, label: &'static str, keys: Option<&'static str>| {
        view! { <a href=href data-group=group data-keys=keys>{label}</a> }
    };
    let mut seen = Vec::new();
    let mut go = Vec::new();
    for (href, label) in links {
        if !seen.contains(&href) {
            seen.push(href);
            go.push(entry("Go to", href, label, keys(href)));
        }
    }
    let actions: Vec<_> =
        actions.iter().map(|(href, label, keys)| entry("Actions", href, label, Some(*keys))).collect();
    view! {
        <a class="btn palette-open" data-size="sm" href=list data-palette="" data-find=find>
            <Icon glyph=Glyph::Search size=16/><span class="palette-word">"Search"</span><kbd hidden></kbd>
        </a>
        <template id="palette-entries">{go}{actions}</template>
        {script(frame, &frame.assets.palette)}
    }
}
