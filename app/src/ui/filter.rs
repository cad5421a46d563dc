//! The filters above a list: a form that asks with GET, so that the address keeps what was asked.

use super::icon::{Glyph, Icon};
use leptos::prelude::*;

/// A bar of filters.
#[component]
pub fn FilterBar(
    /// The list's address without a query: where the form is sent, and what "Clear" leads to.
    #[prop(into)]
    action: String,
    /// Whether there is anything to clear.
    is_filtered: bool,
    /// Its fields.
    children: Children,
) -> impl IntoView {
    view! {
        <form class="filter no-print" method="get" action=action role="search" aria-label="Filters">
            {children()}
            <div class="filter-actions">
                <button class="btn"><Icon glyph=Glyph::Search size=18/>"Show"</button>
                {is_filtered.then(|| view! { <a class="btn" data-variant="quiet" href=action.clone()>"Clear"</a> })}
            </div>
        </form>
    }
}

/// A filter that takes text; `kind` is the type of the input.
#[component]
pub fn FilterText(
    /// The name in the address.
    name: &'static str,
    /// The label.
    label: &'static str,
    /// What is in it.
    value: String,
    /// The input's type: `date`.
    #[prop(default = "search")]
    kind: &'static str,
    /// Whether it takes what room is left.
    #[prop(optional)]
    wide: bool,
) -> impl IntoView {
    view! {
        <div class="filter-field" data-wide=wide.then_some("")>
            <label for=format!("f-{name}")>{label}</label>
            <input class="control" id=format!("f-{name}") name=name type=kind value=value autocomplete="off" spellcheck="false"/>
        </div>
    }
}

/// A filter that takes one of a few.
#[component]
pub fn FilterSelect(
    /// The name in the address.
    name: &'static str,
    /// The label.
    label: &'static str,
    /// Value and label of each; the first is the one that filters nothing.
    options: Vec<(String, String)>,
    /// The value chosen.
    #[prop(into)]
    chosen: String,
) -> impl IntoView {
    view! {
        <div class="filter-field">
            <label for=format!("f-{name}")>{label}</label>
            <select class="control" id=format!("f-{name}") name=name>{super::field::choices(options, &chosen)}</select>
        </div>
    }
}

/// A filter that is on or off.
#[component]
pub fn FilterCheck(
    /// The name in the address; the value is `on`.
    name: &'static str,
    /// The label.
    label: &'static str,
    /// Whether it is on.
    on: bool,
) -> impl IntoView {
    view! { <label class="check filter-check"><input type="checkbox" name=name value="on" checked=on/><span>{label}</span></label> }
}

/// Pairs for [`FilterSelect`], after the one that filters nothing.
pub fn options(all: &str, rest: impl IntoIterator<Item = (&'static str, &'static str)>) -> Vec<(String, String)> {
    let rest = rest.into_iter().map(|(value, label)| (value.to_owned(), label.to_owned()));
    std::iter::once((String::new(), all.to_owned())).chain(rest).collect()
}
