//! What something is, line by line.

use leptos::prelude::*;

/// A list of facts.
#[component]
pub fn FactList(
    /// Its [`Fact`]s.
    children: Children,
) -> impl IntoView {
    view! { <dl class="facts">{children()}</dl> }
}

/// One of them.
#[component]
pub fn Fact(
    /// What it is about.
    label: &'static str,
    /// What there is to say.
    children: Children,
) -> impl IntoView {
    view! { <div><dt>{label}</dt><dd>{children()}</dd></div> }
}
