//! A time as the server has put it into words.

use leptos::prelude::*;

/// A time: words for people, and the instant for programs.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Moment {
    /// In words, with the zone where it is not said elsewhere: `3 Dec 2026, 14:05 UTC`.
    pub label: String,
    /// The instant in RFC 3339.
    pub datetime: String,
    /// The same in another zone, such as the viewer's: shown by a pointer that rests on it.
    pub title: Option<String>,
}

/// Draws a time.
#[component]
pub fn When(
    /// The time.
    at: Moment,
) -> impl IntoView {
    view! { <time datetime=at.datetime title=at.title>{at.label}</time> }
}
