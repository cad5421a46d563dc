use super::{
    super::model::{People, PeopleFilter, PersonRow, PersonState, Place},
    roles, state_badge,
};
use crate::{
    frame::Frame,
    platform::tenant_link,
    render::{Scripts, document},
    ui::{
        address,
        badge::{Badge, RoleBadge},
        filter::{FilterBar, FilterSelect, FilterText, options},
        form::{Off, Offer},
        icon::{Glyph, Icon},
        layout::title,
        list::{Empty, Paging, listing},
        moment::When,
        query::Address,
        table::{Cell, HeadCell, Row, Table, heads},
    },
};
use domain::actor::Role;
use leptos::prelude::*;

/// Everybody with a login.
pub fn users(frame: Frame, model: People) -> String {
    people(frame, model, Place::Platform)
}

/// The people of a business, for those who run it.
pub fn team(frame: Frame, model: People) -> String {
    people(frame, model, Place::Team)
}

fn people(frame: Frame, model: People, place: Place) -> String {
    document(frame.clone(), &title(&frame, "People"), Scripts::None, move || {
        let is_new = model.list.rows.is_empty() && !model.list.is_filtered && model.list.first.is_none();
        let bar = (!is_new && model.list.refused.is_none()).then(|| bar(&model.filter, place));
        let grants = model.may_see_grants.then(|| {
            view! { <a class="btn" href="/grants"><Icon glyph=Glyph::Key size=18/>"Permissions"</a> }
        });
        let rows = move |rows: Vec<PersonRow>| table(&rows, place);
        place.layout(view! {
            <header class="page-head">
                <h1>"People"</h1>
                <div class="l-cluster no-print">{grants}{add(&model.add, &model.filter, place)}</div>
            </header>
            {bar}
            {listing(model.list, Paging::Pages, place.people(), never(place), rows)}
        })
    })
}

fn add(offer: &Offer, filter: &PeopleFilter, place: Place) -> Option<AnyView> {
    let label = match place {
        Place::Platform => "New person",
        Place::Team => "Invite somebody",
    };
    Some(match offer.as_ref()? {
        Ok(()) => {
            let href = Address::new(&format!("{}/new", place.people())).with("tenant", &filter.tenant).build();
            view! { <a class="btn" data-variant="primary" href=href><Icon glyph=Glyph::Plus size=18/>{label}</a> }
                .into_any()
        }
        Err(reason) => view! { <Off id="add" label reason=reason.clone()/> }.into_any(),
    })
}

fn bar(filter: &PeopleFilter, place: Place) -> impl IntoView + use<> {
    let of_place = Role::ALL.into_iter().filter(|role| place == Place::Platform || role.is_tenant_team());
    let roles = [vec![(String::new(), "All".to_owned())], roles(&of_place.collect::<Vec<_>>())].concat();
    let states = options("All", PersonState::ALL.map(|state| (state.as_str(), state.label())));
    let tenant = (place == Place::Platform)
        .then(|| view! { <FilterText name="tenant" label="Business (its address)" value=filter.tenant.clone()/> });
    let (filter, is_set) = (filter.clone(), filter.is_set());
    view! {
        <FilterBar action=place.people() is_filtered=is_set>
            <FilterText name="q" label="Name or e-mail" value=filter.q.clone() wide=true/>
            <FilterSelect name="role" label="Role" options=roles chosen=filter.role.map_or("", |role| role.as_str())/>
            {tenant}
            <FilterSelect name="state" label="State" options=states chosen=filter.state.map_or("", |state| state.as_str())/>
        </FilterBar>
    }
}

fn never(place: Place) -> impl IntoView {
    let text = match place {
        Place::Platform => "They appear here with the first business, or with the first colleague you add.",
        Place::Team => "Invite the first: they get a letter with a link to set a password.",
    };
    view! { <Empty title="Nobody here yet"><p class="muted">{text}</p></Empty> }
}

fn table(rows: &[PersonRow], place: Place) -> AnyView {
    let heads = match place {
        Place::Platform => heads(["Person", "Role", "Business", "Last seen", "State", "Masquerade"]),
        Place::Team => heads(["Person", "Role", "Last seen", "State", "Masquerade"]),
    };
    let rows = rows.iter().map(|person| row(person, place)).collect_view();
    view! { <Table caption="People" heads>{rows}</Table> }.into_any()
}

fn row(person: &PersonRow, place: Place) -> impl IntoView + use<> {
    let business = (place == Place::Platform).then(|| {
        let tenant = match &person.tenant {
            Some(tenant) => tenant_link(tenant).into_any(),
            None => view! { <span class="muted">"Platform"</span> }.into_any(),
        };
        view! { <Cell label="Business">{tenant}</Cell> }
    });
    let seen = match person.last_seen.clone() {
        Some(at) => view! { <When at/> }.into_any(),
        None => view! { <span class="muted">"Never"</span> }.into_any(),
    };
    let temporary = person.is_temporary.then(|| view! { <Badge hue="orange" glyph=Glyph::Trial label="Demo"/> });
    let (id, name, email) = (person.id, person.name.clone(), person.email.clone());
    let (role, state, masquerade) = (person.role, person.state, masquerade(person, place));
    view! {
        <Row>
            <HeadCell><a class="row-name" href=place.person(id)>{name}</a><span class="sub">{address(&email)}</span></HeadCell>
            <Cell label="Role"><RoleBadge role/>{temporary}</Cell>
            {business}
            <Cell label="Last seen">{seen}</Cell>
            <Cell label="State">{state_badge(state)}</Cell>
            <Cell label="Masquerade">{masquerade}</Cell>
        </Row>
    }
}

/// The way to the form that asks for a reason, or why there is none.
fn masquerade(person: &PersonRow, place: Place) -> AnyView {
    match &person.masquerade {
        None => view! { <span class="muted">"Not with your role"</span> }.into_any(),
        Some(Err(reason)) => {
            let id = format!("masquerade-{}", person.id);
            view! { <Off id label="Masquerade\u{2026}" reason=reason.clone() size="sm"/> }.into_any()
        }
        Some(Ok(())) => {
            let (href, name) = (format!("{}#masquerade", place.person(person.id)), person.name.clone());
            view! {
                <a class="btn" data-size="sm" href=href>
                    <Icon glyph=Glyph::Mask size=16/>"Masquerade\u{2026}"<span class="visually-hidden">" as "{name}</span>
                </a>
            }
            .into_any()
        }
    }
}
