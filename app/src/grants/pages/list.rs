use super::{
    super::model::{GrantFilter, GrantRow, Grants},
    state,
};
use crate::{
    frame::Frame,
    people::model::Place,
    platform::tenant_link,
    render::{Scripts, document},
    ui::{
        address,
        filter::{FilterBar, FilterSelect},
        icon::{Glyph, Icon},
        layout::{back, title},
        list::{Empty, Paging, listing},
        moment::When,
        table::{Cell, HeadCell, Row, Table},
    },
};
use leptos::prelude::*;

/// The permissions of all businesses.
pub fn grants(frame: Frame, model: Grants) -> String {
    list(frame, model, Place::Platform)
}

/// The permissions of the own business.
pub fn own_grants(frame: Frame, model: Grants) -> String {
    list(frame, model, Place::Team)
}

fn list(frame: Frame, model: Grants, place: Place) -> String {
    document(frame.clone(), &title(&frame, "Permissions"), Scripts::None, move || {
        let give = model.may_grant.then(|| {
            view! { <a class="btn no-print" data-variant="primary" href="/grants/new"><Icon glyph=Glyph::Plus size=18/>"Give a permission"</a> }
        });
        let filter = model.filter;
        let states = GrantFilter::ALL.map(|filter| (filter.as_str().to_owned(), label(filter).to_owned()));
        let bar = model.list.refused.is_none().then(|| {
            view! {
                <FilterBar action="/grants" is_filtered=filter != GrantFilter::default()>
                    <FilterSelect name="state" label="State" options=states.into() chosen=filter.as_str()/>
                </FilterBar>
            }
        });
        let never = view! {
            <Empty title="No permissions in force">
                <p class="muted">"A permission opens something to a person whose role does not, for 30 minutes at most. Each has a reason, and each use is written down."</p>
            </Empty>
        };
        let rows = move |rows: Vec<GrantRow>| table(&rows, place);
        place.layout(view! {
            {(place == Place::Team).then(|| back("/team", "People"))}
            <header class="page-head"><h1>"Permissions"</h1>{give}</header>
            {bar}
            {listing(model.list, Paging::Time, "/grants", never, rows)}
        })
    })
}

fn label(filter: GrantFilter) -> &'static str {
    match filter {
        GrantFilter::Active => "Active",
        GrantFilter::Expired => "Expired",
        GrantFilter::Revoked => "Revoked",
        GrantFilter::All => "All",
    }
}

/// The table, and below it the button that takes back all that are ticked. It leads to a page that names them first.
fn table(rows: &[GrantRow], place: Place) -> AnyView {
    let may_revoke = rows.iter().any(|row| row.may_revoke);
    let mut words = vec!["Person"];
    if place == Place::Platform {
        words.push("Business");
    }
    words.extend(["May", "Reason", "Ends", "State"]);
    let words = words.into_iter().map(IntoAny::into_any).collect();
    let rows = rows.iter().map(|grant| row(grant, place)).collect_view();
    let table = view! { <Table caption="Permissions" heads=words>{rows}</Table> };
    if !may_revoke {
        return table.into_any();
    }
    view! {
        <form class="picks" method="get" action="/grants/confirm">
            {table}
            <div class="pick-bar no-print">
                <p class="pick-count"><span class="pick-some">" ticked"</span><span class="pick-none">"Tick the permissions to take back."</span></p>
                <button class="btn" data-variant="danger" formaction="/grants/confirm">"Revoke selected\u{2026}"</button>
            </div>
        </form>
    }
    .into_any()
}

fn row(grant: &GrantRow, place: Place) -> impl IntoView + use<> {
    let (id, name, email) = (grant.id, grant.grantee_name.clone(), grant.grantee_email.clone());
    let person = view! { <span class="row-name">{name.clone()}</span><span class="sub">{address(&email)}</span> };
    let person = if grant.may_revoke {
        let about = format!("Select: {name}, {}", grant.action);
        view! {
            <div class="pick-row">
                <label class="pick-box"><input type="checkbox" name="id" value=id.to_string() aria-label=about/></label>
                <div>{person}</div>
            </div>
        }
        .into_any()
    } else {
        person.into_any()
    };
    let business = (place == Place::Platform).then(|| {
        let tenant = grant.tenant.as_ref().map(tenant_link);
        view! { <Cell label="Business">{tenant}</Cell> }
    });
    let revoke = grant.may_revoke.then(|| {
        view! { <a class="btn no-print" data-size="sm" href=format!("/grants/confirm?id={id}")>"Revoke\u{2026}"<span class="visually-hidden">" "{name.clone()}</span></a> }
    });
    let (action, reason, by, end) =
        (grant.action.clone(), grant.reason.clone(), grant.granted_by.clone(), grant.end.clone());
    let state = state(&grant.state);
    view! {
        <Row>
            <HeadCell>{person}</HeadCell>
            {business}
            <Cell label="May"><span class="prose">{action}</span></Cell>
            <Cell label="Reason"><span class="prose">{reason}<span class="sub">"Given by "{by}</span></span></Cell>
            <Cell label="Ends"><When at=end/></Cell>
            <Cell label="State"><div class="grant-state">{state}</div>{revoke}</Cell>
        </Row>
    }
}
