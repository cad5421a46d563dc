use super::{
    super::model::{CustomerRow, Customers},
    parts,
};
use crate::{
    frame::Frame,
    render::{Scripts, document},
    ui::{
        address,
        filter::{FilterBar, FilterText},
        icon::{Glyph, Icon},
        layout::{team_layout, title},
        list::{Empty, Paging, listing},
        script::script,
        table::{Cell, HeadCell, Row, Table, heads},
    },
};
use leptos::prelude::*;

/// The customers, by name.
pub fn list(frame: Frame, model: Customers) -> String {
    let search = script(&frame, &frame.assets.search);
    document(frame.clone(), &title(&frame, "Customers"), Scripts::None, move || {
        let is_new = model.list.rows.is_empty() && !model.list.is_filtered && model.list.first.is_none();
        // With nobody to find, there is nothing to look for.
        let bar = (!is_new).then(|| bar(&model.q));
        let add = model.may_add.then(|| {
            view! {
                <a class="btn" href="/customers/import">"Import"</a>
                <a class="btn" data-variant="primary" href="/customers/new"><Icon glyph=Glyph::Plus size=18/>"New customer"</a>
            }
        });
        let whose = model.is_own_only.then(|| {
            view! { <p class="lead-in muted">"You see the customers of your own appointments. Owners and managers see all of them."</p> }
        });
        let export = model.csv.clone().filter(|_| !model.list.rows.is_empty()).map(|href| {
            view! { <a class="btn" data-size="sm" href=href download=""><Icon glyph=Glyph::Download size=16/>"Export as CSV"</a> }
        });
        let zone = (!model.list.rows.is_empty())
            .then(|| view! { <p class="muted small">{format!("Times in {}", model.zone)}</p> });
        let (never, rows) = (never(&model), |rows: Vec<CustomerRow>| table(&rows));
        team_layout(view! {
            <header class="page-head"><h1>"Customers"</h1><div class="l-cluster no-print">{add}</div></header>
            {whose}
            {bar}
            // What is said while typing: it stays in the page when the results are replaced.
            <p class="visually-hidden" role="status" data-found></p>
            <div id="results" class="customer-results">
                {listing(model.list, Paging::Pages, "/customers", never, rows)}
                <div class="results-foot">{zone}<span class="no-print">{export}</span></div>
            </div>
            {search}
        })
    })
}

fn bar(q: &str) -> impl IntoView + use<> {
    let (value, is_filtered) = (q.to_owned(), !q.is_empty());
    view! {
        <div data-live="results">
            <FilterBar action="/customers" is_filtered=is_filtered>
                <FilterText name="q" label="Name, e-mail or the last digits of a phone number" value=value wide=true/>
            </FilterBar>
        </div>
    }
}

fn never(model: &Customers) -> AnyView {
    if model.is_own_only {
        return view! {
            <Empty title="No customers of yours yet">
                <p class="muted">"Whoever has an appointment in your calendar appears here."</p>
            </Empty>
        }
        .into_any();
    }
    let first = model.may_add.then(|| {
        view! {
            <p class="l-cluster">
                <a class="btn" data-variant="primary" href="/customers/new"><Icon glyph=Glyph::Plus size=18/>"Add the first customer"</a>
                <a class="btn" href="/customers/import">"Import a list"</a>
            </p>
        }
    });
    view! {
        <Empty title="No customers yet">
            <p class="muted">"Whoever books appears here by themselves. You can also add customers, or take them over from another program."</p>
            {first}
        </Empty>
    }
    .into_any()
}

fn table(rows: &[CustomerRow]) -> AnyView {
    let rows = rows.iter().map(line).collect_view();
    let heads = heads(["Customer", "Phone", "Next visit", "Last visit", "Visits", "No-shows"]);
    view! { <Table caption="Customers, by name" heads>{rows}</Table> }.into_any()
}

fn line(row: &CustomerRow) -> impl IntoView + use<> {
    let CustomerRow { id, name, email, phone, next, last, visits, no_shows } = row.clone();
    let email = if email.is_empty() { "No e-mail address".into_any() } else { address(&email).into_any() };
    view! {
        <Row>
            <HeadCell><a class="row-name" href=format!("/customers/{id}")>{name}</a><span class="sub">{email}</span></HeadCell>
            <Cell label="Phone"><span class="nowrap">{parts::phone(phone.as_deref())}</span></Cell>
            <Cell label="Next visit">{parts::when(next, "None")}</Cell>
            <Cell label="Last visit">{parts::when(last, "None")}</Cell>
            <Cell label="Visits"><span class="tabular">{visits}</span></Cell>
            <Cell label="No-shows">{parts::no_shows(no_shows)}</Cell>
        </Row>
    }
}
