//! A message with a heading of its own.

use super::icon::{Glyph, Icon};
use leptos::prelude::*;

/// How a notice is meant; it chooses colour and icon, and the words say it too.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Tone {
    /// Worth knowing.
    #[default]
    Info,
    /// Done.
    Ok,
    /// To be careful about.
    Warn,
    /// Not done.
    Danger,
}

impl Tone {
    /// Its name in the style sheet, and its icon.
    pub(super) fn parts(self) -> (&'static str, Glyph) {
        match self {
            Self::Info => ("info", Glyph::Info),
            Self::Ok => ("ok", Glyph::Check),
            Self::Warn => ("warn", Glyph::Warning),
            Self::Danger => ("danger", Glyph::Error),
        }
    }
}

/// A notice.
#[component]
pub fn Notice(
    /// How it is meant.
    #[prop(optional)]
    tone: Tone,
    /// Its heading.
    #[prop(into)]
    title: String,
    /// Whether the page was loaded because of it: then it takes the focus, which is how it is read out without script.
    #[prop(optional)]
    takes_focus: bool,
    /// What follows the heading.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let (name, glyph) = tone.parts();
    view! {
        <div class="notice" data-tone=name role=takes_focus.then_some("alert") tabindex=takes_focus.then_some("-1") autofocus=takes_focus>
            <Icon glyph/>
            <div class="notice-body">
                <h2 class="notice-title">{title}</h2>
                {children.map(|children| children())}
            </div>
        </div>
    }
}
