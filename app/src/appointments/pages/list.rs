use super::super::model::{AppointmentLine, Appointments, Chip, Direction};
use crate::{
    frame::Frame,
    render::{Scripts, document},
    ui::{
        badge::StatusBadge,
        filter::{FilterBar, FilterSelect, FilterText, options},
        icon::{Glyph, Icon},
        layout::{team_layout, title},
        list::{Empty, Paging, listing},
        table::{Cell, HeadCell, Row, Table, heads},
    },
};
use domain::{booking::AppointmentStatus, bulk::Bulk};
use leptos::prelude::*;

/// The appointments of the business.
pub fn list(frame: Frame, model: Appointments) -> String {
    document(frame.clone(), &title(&frame, "Appointments"), Scripts::Enhance, move || {
        let csv = model.csv.clone().map(|href| {
            view! { <a class="btn" href=href download=""><Icon glyph=Glyph::Download size=18/>"CSV"</a> }
        });
        let (bar, tabs, chips) = (bar(&model), tabs(&model), chips(&model.chips));
        let body = if model.has_any { rows(&model) } else { never().into_any() };
        team_layout(view! {
            <header class="page-head">
                <div><h1>"Appointments"</h1><p class="muted">"All times in "{model.zone.clone()}</p></div>
                <div class="l-cluster no-print">{csv}</div>
            </header>
            {model.has_any.then(|| view! { {tabs}{bar}{chips} })}
            {body}
        })
    })
}

fn never() -> impl IntoView {
    view! {
        <Empty title="No appointments yet">
            <p class="muted">"What customers book, and what you book for them, stands here in the order of time."</p>
            <p><a class="btn" href="/">"See your booking page"</a></p>
        </Empty>
    }
}

/// What is to come, and what has been.
fn tabs(model: &Appointments) -> impl IntoView + use<> {
    let tab = |direction: Direction, label: &'static str| {
        let current = (model.filter.direction == direction).then_some("page");
        // Days belong to one direction: who looks at December's past does not look for December's future.
        let mut filter = model.filter.clone();
        if filter.direction != direction {
            (filter.from, filter.to) = Default::default();
        }
        filter.direction = direction;
        view! { <li><a href=filter.address("/appointments").build() aria-current=current>{label}</a></li> }
    };
    view! {
        <nav class="nav tabs no-print" aria-label="Which appointments"><ul role="list">
            {tab(Direction::Coming, "From today")}{tab(Direction::Past, "Past, latest first")}
        </ul></nav>
    }
}

fn bar(model: &Appointments) -> impl IntoView + use<> {
    let filter = model.filter.clone();
    let all =
        |label: &str, rest: &[(String, String)]| [vec![(String::new(), label.to_owned())], rest.to_vec()].concat();
    let statuses = options("All", AppointmentStatus::ALL.map(|status| (status.as_str(), status.label())));
    let (resources, services) = (all("All", &model.resources), all("All", &model.services));
    let clear = match filter.direction {
        Direction::Coming => "/appointments".to_owned(),
        Direction::Past => "/appointments?sort=past".to_owned(),
    };
    let sort = (filter.direction != Direction::default())
        .then(|| view! { <input type="hidden" name="sort" value=filter.direction.as_str()/> });
    view! {
        <FilterBar action=clear is_filtered=filter.is_set()>
            {sort}
            <FilterText name="q" label="Customer or reference" value=filter.q.clone() wide=true/>
            <FilterText name="from" label="From" kind="date" value=filter.from.clone()/>
            <FilterText name="to" label="To" kind="date" value=filter.to.clone()/>
            <FilterSelect name="resource" label="With" options=resources chosen=filter.resource.clone()/>
            <FilterSelect name="service" label="Service" options=services chosen=filter.service.clone()/>
            <FilterSelect name="status" label="Status" options=statuses chosen=filter.status.map_or("", AppointmentStatus::as_str)/>
        </FilterBar>
    }
}

/// The filters that are set: one press takes each away.
fn chips(chips: &[Chip]) -> Option<impl IntoView + use<>> {
    let items = chips.iter().map(|chip| {
        view! {
            <li><a class="chip" href=chip.href.clone()>
                <span class="visually-hidden">"Remove the filter "</span>{chip.label.clone()}<Icon glyph=Glyph::Cross size=14/>
            </a></li>
        }
    });
    let items = items.collect_view();
    (!chips.is_empty())
        .then(|| view! { <ul class="chips no-print" role="list" aria-label="Filters that are set">{items}</ul> })
}

fn rows(model: &Appointments) -> AnyView {
    let here = model.here.clone();
    let clear = match model.filter.direction {
        Direction::Coming => "/appointments",
        Direction::Past => "/appointments?sort=past",
    };
    let (title, text, way) = match model.filter.direction {
        Direction::Coming => (
            "Nothing is booked from today on",
            "New bookings appear here by themselves. What has been is among the past ones.",
            ("/appointments?sort=past", "See past appointments"),
        ),
        Direction::Past => (
            "Nothing has been yet",
            "Appointments come here as soon as they have begun.",
            ("/appointments", "See what is to come"),
        ),
    };
    let none = view! {
        <Empty title><p class="muted">{text}</p><p><a class="btn" href=way.0>{way.1}</a></p></Empty>
    };
    listing(model.list.clone(), Paging::Pages, clear, none, move |rows| table(&rows, here))
}

/// The table, and the bar with what can be done about those that are ticked. It leads to a page that names them first.
fn table(rows: &[AppointmentLine], here: String) -> AnyView {
    let may_decide = rows.iter().any(|row| row.may_decide);
    let heads = heads(["When", "Customer", "Service", "With", "Status", "Reference"]);
    let rows = rows.iter().map(row).collect_view();
    let table = view! { <Table caption="Appointments" heads>{rows}</Table> };
    if !may_decide {
        return view! { <div class="appointments">{table}</div> }.into_any();
    }
    let buttons = Bulk::ALL.map(|bulk| {
        let variant = (bulk == Bulk::Cancel).then_some("danger");
        view! { <button class="btn" data-size="sm" data-variant=variant name="decision" value=bulk.as_str()>{bulk.label()}"\u{2026}"</button> }
    });
    view! {
        <form class="picks appointments" method="get" action="/appointments/confirm" data-picks="appointment">
            <input type="hidden" name="back" value=here/>
            <label class="check pick-all no-print" hidden><input type="checkbox"/><span>"Select all on this page"</span></label>
            {table}
            <div class="pick-bar no-print" role="group" aria-label="With the appointments ticked">
                <p class="pick-count"><span class="pick-some">" ticked"</span><span class="pick-none">"Tick appointments to decide about several at once."</span></p>
                <div class="l-cluster">{buttons.into_iter().collect_view()}</div>
            </div>
            <p class="visually-hidden" role="status" data-said=""></p>
        </form>
    }
    .into_any()
}

fn row(line: &AppointmentLine) -> impl IntoView + use<> {
    let (href, day, clock, datetime) =
        (format!("/appointments/{}", line.id()), line.day.clone(), line.clock.clone(), line.datetime.clone());
    let (hue, service, with, reference) =
        (line.hue.clone(), line.service.clone(), line.with.clone(), line.reference.clone());
    let status = line.status;
    let is_off = status == AppointmentStatus::Cancelled;
    let when = view! {
        <a class="row-name" href=href><time datetime=datetime><span class="nowrap">{day}</span>" "<span class="nowrap tabular when-clock">{clock}</span></time></a>
    };
    let head = if line.may_decide {
        let about = format!("Select: {}", line.label());
        view! {
            <div class="pick-row">
                <label class="pick-box"><input type="checkbox" name="pick" value=line.pick.to_string() aria-label=about/></label>
                <div>{when}</div>
            </div>
        }
        .into_any()
    } else {
        view! { <div class="pick-row"><span class="pick-box" aria-hidden="true"></span><div>{when}</div></div> }
            .into_any()
    };
    let customer = line.customer.clone();
    view! {
        <Row kind=is_off.then_some("off")>
            <HeadCell>{head}</HeadCell>
            <Cell label="Customer"><span class="prose">{customer}</span></Cell>
            <Cell label="Service"><span class="prose"><span class="hue-dot" data-hue=hue aria-hidden="true"></span>{service}</span></Cell>
            <Cell label="With"><span class="prose">{with}</span></Cell>
            <Cell label="Status"><StatusBadge status/></Cell>
            <Cell label="Reference"><span class="tabular nowrap">{reference}</span></Cell>
        </Row>
    }
}
