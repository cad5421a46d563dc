//! Tables whose rows become cards where they would not fit.
//!
//! Roles are written out, since the browser drops a table's own where the rows are drawn as cards.

use leptos::prelude::*;

/// A table.
#[component]
pub fn Table(
    /// What is in it, for those who listen.
    #[prop(into)]
    caption: String,
    /// The heads of the columns, in order; a head that sorts holds a link.
    heads: Vec<AnyView>,
    /// The rows.
    children: Children,
) -> impl IntoView {
    let heads = heads.into_iter().map(|head| view! { <th role="columnheader" scope="col">{head}</th> }).collect_view();
    view! {
        <div class="table-box"><table class="table" role="table">
            <caption class="visually-hidden">{caption}</caption>
            <thead role="rowgroup"><tr role="row">{heads}</tr></thead>
            <tbody role="rowgroup">{children()}</tbody>
        </table></div>
    }
}

/// Heads that are words and nothing else.
pub fn heads<const N: usize>(words: [&'static str; N]) -> Vec<AnyView> {
    words.into_iter().map(IntoAny::into_any).collect()
}

/// A row.
#[component]
pub fn Row(
    /// What sets it apart from the others: `masquerade`.
    #[prop(optional_no_strip)]
    kind: Option<&'static str>,
    /// Its cells, a [`HeadCell`] among them.
    children: Children,
) -> impl IntoView {
    view! { <tr role="row" data-kind=kind>{children()}</tr> }
}

/// The cell that names its row.
#[component]
pub fn HeadCell(
    /// What is in it.
    children: Children,
) -> impl IntoView {
    view! { <th role="rowheader" scope="row">{children()}</th> }
}

/// Any other cell.
#[component]
pub fn Cell(
    /// The head of its column, shown beside the value on a card.
    label: &'static str,
    /// What is in it.
    children: Children,
) -> impl IntoView {
    view! { <td role="cell" data-label=label><div class="cell">{children()}</div></td> }
}

/// How a column is sorted at present.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Order {
    /// Smallest or first first.
    Ascending,
    /// Largest or last first.
    Descending,
}

/// A head that sorts by its column. Its link says how it is sorted, since the same words stand above the cards.
pub fn sorting_head(label: &'static str, href: String, order: Option<Order>) -> AnyView {
    let (mark, said) = match order {
        Some(Order::Ascending) => ("\u{2191}", ", sorted upwards"),
        Some(Order::Descending) => ("\u{2193}", ", sorted downwards"),
        None => ("", ""),
    };
    let current = order.map(|_| "true");
    view! {
        <a class="sort" href=href aria-current=current>
            {label}<span aria-hidden="true">{mark}</span><span class="visually-hidden">{said}</span>
        </a>
        <span class="card-only">{label}</span>
    }
    .into_any()
}
