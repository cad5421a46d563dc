//! One page of a list: how many there are, what to say when there are none, and the way to the others.

use super::{
    icon::{Glyph, Icon},
    notice::{Notice, Tone},
};
use leptos::prelude::*;

/// One page of a list.
#[derive(Clone, PartialEq, Debug)]
pub struct Listing<T> {
    /// The rows of this page.
    pub rows: Vec<T>,
    /// How many there are, in words: `128 businesses, 3 behind in migrations`.
    pub count: String,
    /// Whether a filter is set, so that an empty list can say why.
    pub is_filtered: bool,
    /// Why the person may not see any of it, and who can change that; the rows are empty then.
    pub refused: Option<String>,
    /// The address of the first page, where this is another.
    pub first: Option<String>,
    /// The address of the next page, if there is one.
    pub next: Option<String>,
}

// Not derived: a list of anything can be empty.
impl<T> Default for Listing<T> {
    fn default() -> Self {
        Self { rows: vec![], count: String::new(), is_filtered: false, refused: None, first: None, next: None }
    }
}

/// What the links of a pager are called.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Paging {
    /// `First page` and `Next page`.
    #[default]
    Pages,
    /// `Newest` and `Older`, for what is in the order of time.
    Time,
}

/// The way to the other pages. Pages follow a key, not a number, so there is no last one to jump to.
#[component]
pub fn Pager(
    /// The address of the first page.
    first: Option<String>,
    /// The address of the next page.
    next: Option<String>,
    /// What the links are called.
    #[prop(optional)]
    paging: Paging,
) -> impl IntoView {
    let (to_first, to_next) = match paging {
        Paging::Pages => ("First page", "Next page"),
        Paging::Time => ("Newest", "Older"),
    };
    (first.is_some() || next.is_some()).then(|| {
        let first = first.map(|href| {
            view! { <li><a class="btn" rel="first" href=href><Icon glyph=Glyph::ChevronLeft size=18/>{to_first}</a></li> }
        });
        let next = next.map(|href| {
            view! { <li class="pager-next"><a class="btn" rel="next" href=href>{to_next}<Icon glyph=Glyph::ChevronRight size=18/></a></li> }
        });
        view! { <nav class="pager no-print" aria-label="Pages"><ul role="list">{first}{next}</ul></nav> }
    })
}

/// What an empty place says: what is missing, and what to do about it.
#[component]
pub fn Empty(
    /// What is missing: `No businesses yet`.
    #[prop(into)]
    title: String,
    /// A sentence about it, and the way on.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <section class="card empty">
            <h2>{title}</h2>
            {children.map(|children| children())}
        </section>
    }
}

/// Draws a page of a list: its rows by `draw`, or whichever of the three empties it is. `never` is what to say when
/// there has never been anything; `clear` is the list's address without filters.
pub fn listing<T>(
    list: Listing<T>,
    paging: Paging,
    clear: &str,
    never: impl IntoView + 'static,
    draw: impl FnOnce(Vec<T>) -> AnyView,
) -> AnyView {
    if let Some(why) = list.refused {
        return view! { <Notice tone=Tone::Warn title="Your role does not show you this"><p>{why}</p></Notice> }
            .into_any();
    }
    if list.rows.is_empty() && !list.is_filtered && list.first.is_none() {
        return never.into_any();
    }
    if list.rows.is_empty() {
        let clear = clear.to_owned();
        return view! {
            <Empty title="Nothing matches">
                <p class="muted">"Nothing here fits all of the filters at once."</p>
                <p><a class="btn" href=clear>"Clear filters"</a></p>
            </Empty>
        }
        .into_any();
    }
    view! {
        <p class="list-count muted" role="status">{list.count}</p>
        {draw(list.rows)}
        <Pager first=list.first next=list.next paging/>
    }
    .into_any()
}
