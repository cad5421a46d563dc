use super::{
    super::model::{TenantFilter, TenantRow, TenantSort, Tenants},
    STATUSES, TIERS, status_badge, status_label, tier_label,
};
use crate::{
    frame::Frame,
    render::{Scripts, document},
    ui::{
        badge::Badge,
        filter::{FilterBar, FilterCheck, FilterSelect, FilterText, options},
        icon::{Glyph, Icon},
        layout::{platform_layout, title},
        list::{Empty, Paging, listing},
        moment::When,
        query::Address,
        table::{Cell, HeadCell, Order, Row, Table, sorting_head},
    },
};
use leptos::prelude::*;

/// The list of businesses.
pub fn tenants(frame: Frame, model: Tenants) -> String {
    document(frame.clone(), &title(&frame, "Businesses"), Scripts::None, move || {
        let create = model.may_create.then(|| {
            view! { <a class="btn no-print" data-variant="primary" href="/tenants/new"><Icon glyph=Glyph::Plus size=18/>"New business"</a> }
        });
        let filter = model.filter.clone();
        // Where there has never been one, a filter would only be in the way.
        let is_new = model.list.rows.is_empty() && !model.list.is_filtered && model.list.first.is_none();
        let bar = (!is_new && model.list.refused.is_none()).then(|| bar(&filter));
        platform_layout(view! {
            <header class="page-head"><h1>"Businesses"</h1>{create}</header>
            {bar}
            {listing(model.list, Paging::Pages, "/", never(model.may_create), move |rows| table(&rows, &filter))}
        })
    })
}

fn bar(filter: &TenantFilter) -> impl IntoView + use<> {
    let statuses = options("All", STATUSES.map(|status| (status.as_str(), status_label(status))));
    let tiers = options("All", TIERS.map(|tier| (tier.as_str(), tier_label(tier))));
    let kinds = options("All", [("demo", "Demo"), ("real", "Real")]);
    let (filter, is_set, sort) = (filter.clone(), filter.is_set(), filter.sort.as_str());
    view! {
        <FilterBar action="/" is_filtered=is_set>
            <FilterText name="q" label="Name or address" value=filter.q.clone() wide=true/>
            <FilterSelect name="status" label="Status" options=statuses chosen=filter.status.map_or("", |s| s.as_str())/>
            <FilterSelect name="tier" label="Plan" options=tiers chosen=filter.tier.map_or("", |t| t.as_str())/>
            <FilterSelect name="kind" label="Kind" options=kinds chosen=filter.kind.as_str()/>
            <FilterCheck name="behind" label="Behind in migrations" on=filter.behind/>
            {(!sort.is_empty()).then(|| view! { <input type="hidden" name="sort" value=sort/> })}
        </FilterBar>
    }
}

/// The same list in another order, from its first page on.
fn sorted(filter: &TenantFilter, sort: TenantSort) -> String {
    Address::new("/")
        .with("q", &filter.q)
        .with("status", filter.status.map_or("", |status| status.as_str()))
        .with("tier", filter.tier.map_or("", |tier| tier.as_str()))
        .with("kind", filter.kind.as_str())
        .with("behind", if filter.behind { "on" } else { "" })
        .with("sort", sort.as_str())
        .build()
}

fn never(may_create: bool) -> impl IntoView {
    let first = if may_create {
        view! {
            <p class="muted">"Create the first here, or on the command line:"</p>
            <pre class="command"><code>"smoothschedule create-tenant --name \"Salon Aurora\" --slug aurora --tier FREE"</code></pre>
        }
        .into_any()
    } else {
        view! { <p class="muted">"They appear here once a manager of the platform has created one."</p> }.into_any()
    };
    view! { <Empty title="No businesses yet">{first}</Empty> }
}

fn table(rows: &[TenantRow], filter: &TenantFilter) -> AnyView {
    let by = |label, sort, order| sorting_head(label, sorted(filter, sort), (filter.sort == sort).then_some(order));
    let heads = vec![
        by("Business", TenantSort::Name, Order::Ascending),
        "Status".into_any(),
        "Plan".into_any(),
        by("People", TenantSort::Users, Order::Descending),
        by("Bookings, 30 days", TenantSort::Bookings, Order::Descending),
        "Domains".into_any(),
        "Schema".into_any(),
        by("Created", TenantSort::Created, Order::Descending),
    ];
    let rows = rows.iter().map(row).collect_view();
    // Heads are not there where rows are cards, so the order can be chosen above them too.
    let orders = [
        (TenantSort::Name, "Name"),
        (TenantSort::Created, "Newest"),
        (TenantSort::Bookings, "Bookings"),
        (TenantSort::Users, "People"),
    ];
    let orders = orders.map(|(sort, label)| {
        let current = (filter.sort == sort).then_some("true");
        view! { <li><a href=sorted(filter, sort) aria-current=current>{label}</a></li> }
    });
    view! {
        <div class="sorted-list">
            <nav class="sort-links no-print" aria-label="Order"><span>"Order"</span><ul role="list">{orders.collect_view()}</ul></nav>
            <Table caption="Businesses" heads>{rows}</Table>
        </div>
    }
    .into_any()
}

fn row(row: &TenantRow) -> impl IntoView + use<> {
    let behind = row.is_behind.then(|| view! { <Badge hue="amber" glyph=Glyph::Warning label="Behind"/> });
    let demo = row.demo_until.clone().map(|until| {
        view! { <span class="badge" data-hue="orange"><Icon glyph=Glyph::Trial size=14/>"Demo until "<When at=until/></span> }
    });
    let state = row.domains_state.map(|state| {
        let (hue, glyph) = state.look();
        view! { <Badge hue glyph label=state.label()/> }
    });
    // The hosts of the others answer with a 404, so there is nothing to link to.
    let host = if row.status.is_open() {
        view! { <a class="sub" href=row.url.clone()>{row.host.clone()}</a> }.into_any()
    } else {
        view! { <span class="sub">{row.host.clone()}</span> }.into_any()
    };
    let (status, plan, name, href) =
        (row.status, tier_label(row.tier), row.name.clone(), format!("/tenants/{}", row.id));
    let (people, bookings, domains) = (row.people, row.bookings_30d, row.domains);
    let (schema, created) = (row.schema_version, row.created.clone());
    view! {
        <Row>
            <HeadCell><a class="row-name" href=href>{name}</a>{host}{demo}</HeadCell>
            <Cell label="Status">{status_badge(status)}</Cell>
            <Cell label="Plan">{plan}</Cell>
            <Cell label="People"><span class="tabular">{people.to_string()}</span></Cell>
            <Cell label="Bookings"><span class="tabular">{bookings.to_string()}<span class="card-only">" in 30 days"</span></span></Cell>
            <Cell label="Domains"><span class="tabular">{domains.to_string()}</span>{state}</Cell>
            <Cell label="Schema"><span class="tabular">{schema.to_string()}</span>{behind}</Cell>
            <Cell label="Created"><When at=created/></Cell>
        </Row>
    }
}
