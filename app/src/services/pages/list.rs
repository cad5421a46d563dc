use super::super::model::{ServiceRow, Services};
use crate::{
    frame::Frame,
    render::{Scripts, document},
    ui::{
        badge::Badge,
        form::Press,
        icon::{Glyph, Icon},
        layout::{team_layout, title},
        list::Empty,
        table::{Cell, HeadCell, Row, Table, heads},
    },
};
use leptos::prelude::*;

/// What is sold.
pub fn list(frame: Frame, model: Services) -> String {
    document(frame.clone(), &title(&frame, "Services"), Scripts::None, move || {
        let add = (model.has_resources || !model.rows.is_empty()).then(|| {
            view! { <a class="btn" data-variant="primary" href="/services/new"><Icon glyph=Glyph::Plus size=18/>"New service"</a> }
        });
        let tabs = (model.archived > 0 || model.is_archive).then(|| tabs(&model));
        let body = match (model.rows.is_empty(), model.is_archive) {
            (true, true) => view! { <Empty title="Nothing is archived"><p class="muted">"What you take out of use is kept here, with its appointments."</p></Empty> }.into_any(),
            (true, false) => first(&model).into_any(),
            (false, _) => table(&model).into_any(),
        };
        team_layout(view! {
            <header class="page-head"><h1>"Services"</h1><div class="l-cluster no-print">{add}</div></header>
            {tabs}
            {body}
        })
    })
}

/// In use, and archived.
fn tabs(model: &Services) -> impl IntoView + use<> {
    let current = |is_it: bool| is_it.then_some("page");
    let (in_use, archive) = (current(!model.is_archive), current(model.is_archive));
    let archived = format!("Archived ({})", model.archived);
    view! {
        <nav class="nav tabs" aria-label="Which services"><ul role="list">
            <li><a href="/services" aria-current=in_use>"In use"</a></li>
            <li><a href="/services?archived=1" aria-current=archive>{archived}</a></li>
        </ul></nav>
    }
}

/// What a new business does first.
fn first(model: &Services) -> impl IntoView + use<> {
    if model.has_resources {
        return view! {
            <Empty title="No services yet">
                <p class="muted">"Say what can be booked: its name, how long it takes and who does it. As soon as one is online, your booking page shows its free times."</p>
                <p><a class="btn" data-variant="primary" href="/services/new"><Icon glyph=Glyph::Plus size=18/>"Add the first service"</a></p>
            </Empty>
        }
        .into_any();
    }
    view! {
        <Empty title="No services yet">
            <p class="muted">"Three steps lead to the first booking:"</p>
            <ol class="steps-list">
                <li>"Add who or what is booked: a person, a room, a machine, with its hours."</li>
                <li>"Add a service: how long it takes, and which of them it needs."</li>
                <li>"Share the address of your booking page."</li>
            </ol>
            <p><a class="btn" data-variant="primary" href="/resources/new"><Icon glyph=Glyph::Plus size=18/>"Add the first person or room"</a></p>
        </Empty>
    }
    .into_any()
}

fn table(model: &Services) -> impl IntoView + use<> {
    let last = model.rows.len().saturating_sub(1);
    let is_archive = model.is_archive;
    let rows = model.rows.iter().enumerate().map(|(at, row)| line(row, at == 0, at == last, is_archive));
    let rows = rows.collect_view();
    view! {
        <Table caption="Services, in the order of the booking page" heads=heads(["Service", "Length", "Price", "Who and what", "Online", "Order"])>{rows}</Table>
    }
}

fn line(row: &ServiceRow, is_first: bool, is_last: bool, is_archive: bool) -> impl IntoView + use<> {
    let (id, name) = (row.id, row.name.clone());
    let (hue, length, who) = (row.hue.clone(), row.length.clone(), row.who.clone());
    let category = (!row.category.is_empty()).then(|| view! { <span class="sub">{row.category.clone()}</span> });
    let online = if row.is_online {
        view! { <Badge hue="grass" glyph=Glyph::Globe label="Online"/> }.into_any()
    } else {
        view! { <Badge hue="slate" glyph=Glyph::Pause label="Team only"/> }.into_any()
    };
    let order = if is_archive {
        view! { <Press action=format!("/services/{id}/restore") label="Restore" size="sm" about=name.clone()/> }
            .into_any()
    } else {
        view! {
            <form class="l-cluster order" method="post" action=format!("/services/{id}/move")>
                <button class="btn" data-size="sm" name="to" value="up" disabled=is_first>"Up"<span class="visually-hidden">": "{name.clone()}</span></button>
                <button class="btn" data-size="sm" name="to" value="down" disabled=is_last>"Down"<span class="visually-hidden">": "{name.clone()}</span></button>
            </form>
        }
        .into_any()
    };
    let price = row.price.clone().unwrap_or_else(|| "None shown".into());
    view! {
        <Row>
            <HeadCell><span class="hue-dot" data-hue=hue aria-hidden="true"></span><a class="row-name" href=format!("/services/{id}")>{name}</a>{category}</HeadCell>
            <Cell label="Length">{length}</Cell>
            <Cell label="Price"><span class="tabular">{price}</span></Cell>
            <Cell label="Who and what"><span class="prose">{who}</span></Cell>
            <Cell label="Online">{online}</Cell>
            <Cell label=if is_archive { "Archived" } else { "Order" }>{order}</Cell>
        </Row>
    }
}
