//! The pages, one file each, and what they share.

mod card;
mod list;
mod remove;

pub use list::domains;
pub use remove::remove;

use super::model::{DomainRow, DomainState};
use crate::ui::badge::Badge;
use leptos::prelude::*;

fn state_badge(state: DomainState) -> impl IntoView {
    let (hue, glyph) = state.look();
    view! { <Badge hue glyph label=state.label()/> }
}

/// A domain in one line, on the page of its business.
pub(crate) fn line(domain: &DomainRow) -> impl IntoView + use<> {
    let state = domain.state;
    view! { <span class="line-main row-name">{domain.host.clone()}</span>{state_badge(state)} }
}
