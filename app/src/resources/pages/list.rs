use super::super::model::{OwnCalendars, ResourceRow, Resources};
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
use domain::resource::ResourceKind;
use leptos::prelude::*;

/// Who or what can be booked.
pub fn list(frame: Frame, model: Resources) -> String {
    document(frame.clone(), &title(&frame, "Resources"), Scripts::None, move || {
        let body = match (model.rows.is_empty(), model.is_archive) {
            (true, true) => view! { <Empty title="Nothing is archived"><p class="muted">"What you take out of use is kept here, with its appointments."</p></Empty> }.into_any(),
            (true, false) => view! {
                <Empty title="Nobody and nothing to be booked yet">
                    <p class="muted">"Add the people who serve, and the rooms and machines they need. Their hours decide which times your booking page shows."</p>
                    <p><a class="btn" data-variant="primary" href="/resources/new"><Icon glyph=Glyph::Plus size=18/>"Add the first person or room"</a></p>
                </Empty>
            }
            .into_any(),
            (false, _) => table(&model).into_any(),
        };
        let tabs = (model.archived > 0 || model.is_archive).then(|| tabs(&model));
        team_layout(view! {
            <header class="page-head">
                <h1>"Resources"</h1>
                <div class="l-cluster no-print">
                    <a class="btn" data-variant="primary" href="/resources/new"><Icon glyph=Glyph::Plus size=18/>"New resource"</a>
                </div>
            </header>
            <p class="lead-in muted">"People, rooms and machines: who and what appointments are booked with, and when."</p>
            {tabs}
            {body}
        })
    })
}

fn tabs(model: &Resources) -> impl IntoView + use<> {
    let current = |is_it: bool| is_it.then_some("page");
    let (in_use, archive) = (current(!model.is_archive), current(model.is_archive));
    let archived = format!("Archived ({})", model.archived);
    view! {
        <nav class="nav tabs" aria-label="Which resources"><ul role="list">
            <li><a href="/resources" aria-current=in_use>"In use"</a></li>
            <li><a href="/resources?archived=1" aria-current=archive>{archived}</a></li>
        </ul></nav>
    }
}

fn table(model: &Resources) -> impl IntoView + use<> {
    let rows = model.rows.iter().map(|row| line(row, model.is_archive)).collect_view();
    view! { <Table caption="Resources" heads=heads(["Resource", "Kind", "Hours", "Time off"])>{rows}</Table> }
}

fn line(row: &ResourceRow, is_archive: bool) -> impl IntoView + use<> {
    let (hue, glyph) = match row.kind {
        ResourceKind::Staff => ("grass", Glyph::Person),
        ResourceKind::Room => ("cyan", Glyph::Building),
        ResourceKind::Equipment => ("amber", Glyph::Stack),
    };
    let label = if row.quantity > 1 {
        format!("{}, {} of them", row.kind.label(), row.quantity)
    } else {
        row.kind.label().into()
    };
    let login = row.login.clone().map(|name| view! { <span class="sub">{format!("Login of {name}")}</span> });
    let zone =
        row.zone.clone().map(|zone| view! { <span class="sub">{format!("{} time", zone.replace('_', " "))}</span> });
    let (id, name, hours) = (row.id, row.name.clone(), row.hours.clone());
    let last = if is_archive {
        view! { <Press action=format!("/resources/{id}/restore") label="Restore" size="sm" about=name.clone()/> }
            .into_any()
    } else {
        view! { <a href=format!("/resources/{id}/time-off")>"Time off"<span class="visually-hidden">" of "{name.clone()}</span></a> }.into_any()
    };
    view! {
        <Row>
            <HeadCell><a class="row-name" href=format!("/resources/{id}")>{name}</a>{login}</HeadCell>
            <Cell label="Kind"><Badge hue glyph label/></Cell>
            <Cell label="Hours"><span class="prose">{hours}{zone}</span></Cell>
            <Cell label=if is_archive { "Archived" } else { "Time off" }>{last}</Cell>
        </Row>
    }
}

/// The own calendars of somebody who has none, or more than one.
pub fn own(frame: Frame, model: OwnCalendars) -> String {
    document(frame.clone(), &title(&frame, "My hours"), Scripts::None, move || {
        let rows = model.rows.iter().map(|(id, name, hours)| {
            view! { <li class="line"><span class="line-main"><a class="row-name" href=format!("/resources/{id}/time-off")>{name.clone()}</a><span class="sub">{hours.clone()}</span></span></li> }
        });
        let rows = rows.collect_view();
        let body = if model.rows.is_empty() {
            view! { <Empty title="No calendar is yours yet"><p class="muted">"Whoever runs the business can give you one: under Resources, by choosing your login for a person."</p></Empty> }.into_any()
        } else {
            view! { <ul class="lines card" role="list">{rows}</ul> }.into_any()
        };
        team_layout(view! { <header class="page-head"><h1>"My hours"</h1></header>{body} })
    })
}
