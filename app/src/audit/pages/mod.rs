//! The pages, one file each, and what they share.

mod list;
mod verified;

pub use list::{activity, audit};
pub use verified::verified;

use super::model::{AuditRow, Outcome};
use crate::ui::{
    address,
    badge::Badge,
    icon::{Glyph, Icon},
    moment::When,
};
use leptos::prelude::*;

fn outcome(outcome: Outcome) -> impl IntoView {
    let (hue, glyph, label) = match outcome {
        Outcome::Done => ("grass", Glyph::Check, "Done"),
        Outcome::Refused => ("amber", Glyph::Shield, "Refused"),
        Outcome::Failed => ("red", Glyph::Error, "Failed"),
    };
    view! { <Badge hue glyph label/> }
}

/// Who did it, and in whose name.
fn who(entry: &AuditRow) -> impl IntoView + use<> {
    let actor = match entry.actor.clone() {
        Some(actor) => view! { <span class="actor">{address(&actor)}</span> }.into_any(),
        None => view! { <span class="muted">"Nobody signed in"</span> }.into_any(),
    };
    let subject = entry.subject.clone().map(|subject| {
        view! { <span class="as"><Icon glyph=Glyph::ArrowRight size=14/><span>"as "{address(&subject)}</span></span> }
    });
    view! { <span class="who-did">{actor}{subject}</span> }
}

/// An entry in one line, on the page of what it is about.
pub(crate) fn line(entry: &AuditRow) -> impl IntoView + use<> {
    let at = entry.at.clone();
    let refused = (entry.outcome != Outcome::Done).then(|| outcome(entry.outcome));
    view! {
        <span class="line-main"><span class="row-name">{entry.action.clone()}</span><span class="sub">{who(entry)}</span></span>
        <span class="l-cluster small">{refused}<When at/></span>
    }
}
