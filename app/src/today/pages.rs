//! The pages: today, and a day on paper.

use super::model::{Gap, PersonNow, Sheet, Sheets, Today};
use crate::{
    appointments::model::AppointmentLine,
    frame::Frame,
    render::{Scripts, document},
    ui::{
        badge::StatusBadge,
        icon::{Glyph, Icon},
        layout::{back, team_layout, title},
        list::Empty,
        table::{Cell, HeadCell, Row, Table, heads},
    },
};
use domain::{
    booking::AppointmentStatus,
    bulk::Bulk,
    time::{day_label, short_day_label},
};
use jiff::civil::Date;
use leptos::prelude::*;

/// What is going on today, what waits, and what is still free.
pub fn today(frame: Frame, model: Today) -> String {
    document(frame.clone(), &title(&frame, "Today"), Scripts::None, move || {
        let body = if model.has_team { parts(&model).into_any() } else { nobody(model.may_set_up).into_any() };
        let sheets = format!("/today/sheets?date={}", model.date);
        team_layout(view! {
            <header class="page-head">
                <div><h1>"Today"</h1><p class="muted"><span class="nowrap">{model.day_label.clone()}</span>", "<span class="tabular">{model.clock_label.clone()}</span></p></div>
                <div class="l-cluster no-print">
                    <a class="btn" href="/schedule"><Icon glyph=Glyph::Calendar size=18/>"Calendar"</a>
                    <a class="btn" href=sheets><Icon glyph=Glyph::Log size=18/>"Day sheets"</a>
                </div>
            </header>
            {body}
        })
    })
}

fn nobody(may_set_up: bool) -> impl IntoView {
    let way = may_set_up.then(|| {
        view! { <p><a class="btn" data-variant="primary" href="/resources/new"><Icon glyph=Glyph::Plus size=18/>"Add the first person or room"</a></p> }
    });
    let text = if may_set_up {
        "Add who or what is booked, with hours; then add a service, and share the address of your booking page."
    } else {
        "An owner or a manager adds who is booked, and when. The day appears here then."
    };
    view! { <Empty title="Nobody can be booked yet"><p class="muted">{text}</p>{way}</Empty> }
}

fn parts(model: &Today) -> impl IntoView + use<> {
    let other = model.has_other_view.then(|| {
        let current = |is_it: bool| is_it.then_some("page");
        let (own, all) = (current(!model.shows_all), current(model.shows_all));
        view! {
            <nav class="nav tabs no-print" aria-label="Whose day"><ul role="list">
                <li><a href="/today" aria-current=own>"My day"</a></li>
                <li><a href="/today?all=1" aria-current=all>"Show all"</a></li>
            </ul></nav>
        }
    });
    view! {
        {other}
        {facts(model)}
        <div class="today">
            <div class="l-stack today-main">{people(&model.people, &model.here)}{gaps(&model.gaps)}</div>
            <div class="l-stack">{waiting(model)}{unmarked(&model.unmarked, &model.here)}</div>
        </div>
    }
}

/// The day in three numbers.
fn facts(model: &Today) -> impl IntoView + use<> {
    let whose = if model.has_other_view && !model.shows_all { "your" } else { "the team's" };
    let bookings = match model.bookings {
        1 => "booking".to_owned(),
        _ => "bookings".to_owned(),
    };
    let (count, booked, open, share) = (model.bookings, model.booked.clone(), model.open.clone(), model.share.clone());
    view! {
        <section class="card day-facts" aria-label="Facts of the day">
            <p><strong class="tabular">{count}</strong><span>{bookings}</span></p>
            <p><strong class="tabular">{booked}</strong><span>{format!("booked of {open} open")}</span></p>
            <p><strong class="tabular">{share}</strong><span>{format!("of {whose} time is booked")}</span></p>
        </section>
    }
}

fn people(people: &[PersonNow], here: &str) -> impl IntoView + use<> {
    let cards = people.iter().map(|person| one(person, here)).collect_view();
    view! {
        <section aria-labelledby="now">
            <h2 id="now" class="today-head">"Now and next"</h2>
            <ul class="today-people" role="list">{cards}</ul>
        </section>
    }
}

fn one(person: &PersonNow, here: &str) -> impl IntoView + use<> {
    let now = if person.now.is_empty() {
        view! { <p class="muted">{if person.is_in { "Free now" } else { "Not in now" }}</p> }.into_any()
    } else {
        let lines = person.now.iter().map(|line| {
            // Somebody who is late can be marked while the time runs.
            let late = (line.may_decide && line.status == AppointmentStatus::Confirmed)
                .then(|| mark(line, Bulk::NoShow, here, "Did not come", None));
            view! { <li class="line"><div class="line-main">{visit(line)}</div>{late}</li> }
        });
        view! { <ul class="lines" role="list">{lines.collect_view()}</ul> }.into_any()
    };
    let next = match &person.next {
        Some(line) => view! { <div><p class="next-in">{person.next_in.clone()}</p>{visit(line)}</div> }.into_any(),
        None => view! { <p class="muted">"Nothing more today"</p> }.into_any(),
    };
    view! {
        <li class="card person-now">
            <header><h3>{person.name.clone()}</h3><p class="muted">{person.hours.clone()}</p></header>
            <div><h4>"Now"</h4>{now}</div>
            <div><h4>"Next"</h4>{next}</div>
        </li>
    }
}

/// An appointment of today in two lines.
fn visit(line: &AppointmentLine) -> impl IntoView + use<> {
    let requested =
        (line.status == AppointmentStatus::Pending).then(|| view! { <StatusBadge status=AppointmentStatus::Pending/> });
    view! {
        <div class="visit-line">
            <a class="row-name" href=format!("/appointments/{}", line.id())><span class="tabular nowrap">{line.clock.clone()}</span>" "{line.customer.clone()}</a>
            <span class="sub"><span class="hue-dot" data-hue=line.hue.clone() aria-hidden="true"></span>{line.service.clone()}</span>
            {requested}
        </div>
    }
}

fn gaps(gaps: &[Gap]) -> impl IntoView + use<> {
    let body = if gaps.is_empty() {
        view! { <p class="muted">"No free time of half an hour or more is left today."</p> }.into_any()
    } else {
        let lines = gaps.iter().map(|gap| {
            let spans = gap.spans.iter().map(|span| view! { <li class="tabular">{span.clone()}</li> }).collect_view();
            view! { <li class="line"><span class="line-main row-name">{gap.name.clone()}</span><ul class="gap-spans" role="list">{spans}</ul></li> }
        });
        view! { <ul class="lines" role="list">{lines.collect_view()}</ul> }.into_any()
    };
    view! { <section class="card" aria-labelledby="gaps"><h2 id="gaps" class="card-head">"Still free today"</h2>{body}</section> }
}

/// What waits for a yes or a no.
fn waiting(model: &Today) -> impl IntoView + use<> {
    let here = &model.here;
    let body = if model.waiting.is_empty() {
        view! { <p class="muted">"No request waits for an answer."</p> }.into_any()
    } else {
        let lines = model.waiting.iter().map(|line| {
            let act = if line.may_decide {
                view! {
                    <div class="l-cluster">
                        {mark(line, Bulk::Confirm, here, "Confirm", Some("primary"))}
                        {mark(line, Bulk::Cancel, here, "Decline", None)}
                    </div>
                }
                .into_any()
            } else {
                view! { <p class="sub">"Not in your own calendar: an owner or a manager answers it."</p> }.into_any()
            };
            view! { <li class="line"><div class="line-main">{dated(line)}</div>{act}</li> }
        });
        let more = (model.more_waiting > 0).then(|| {
            let more = format!("And {} more", model.more_waiting);
            view! { <p><a href="/requests">{more}</a></p> }
        });
        view! { <ul class="lines" role="list">{lines.collect_view()}</ul>{more} }.into_any()
    };
    view! {
        <section class="card" aria-labelledby="waiting">
            <div class="section-head card-head"><h2 id="waiting">"Waiting for you"</h2><a class="no-print" href="/requests">"All requests"</a></div>
            {body}
        </section>
    }
}

/// What is over and was not marked.
fn unmarked(lines: &[AppointmentLine], here: &str) -> impl IntoView + use<> {
    let body = if lines.is_empty() {
        view! { <p class="muted">"Everything of today and yesterday that is over is marked."</p> }.into_any()
    } else {
        let items = lines.iter().map(|line| {
            let act = line.may_decide.then(|| {
                view! {
                    <div class="l-cluster">
                        {mark(line, Bulk::Complete, here, "Completed", Some("primary"))}
                        {mark(line, Bulk::NoShow, here, "Did not come", None)}
                    </div>
                }
            });
            view! { <li class="line"><div class="line-main">{dated(line)}</div>{act}</li> }
        });
        view! { <ul class="lines" role="list">{items.collect_view()}</ul> }.into_any()
    };
    view! { <section class="card" aria-labelledby="unmarked"><h2 id="unmarked" class="card-head">"To be marked"</h2>{body}</section> }
}

/// An appointment with its day.
fn dated(line: &AppointmentLine) -> impl IntoView + use<> {
    view! {
        <div class="visit-line">
            <a class="row-name" href=format!("/appointments/{}", line.id())>{line.customer.clone()}</a>
            <span class="sub tabular">{line.day.clone()}", "{line.clock.clone()}</span>
            <span class="sub">{line.service.clone()}", "{line.with.clone()}</span>
        </div>
    }
}

/// A decision about one appointment, one press away, and back to this page.
fn mark(
    line: &AppointmentLine,
    bulk: Bulk,
    here: &str,
    label: &'static str,
    variant: Option<&'static str>,
) -> impl IntoView + use<> {
    let about = format!(": {}, {}", line.customer, line.clock);
    view! {
        <form class="no-print" method="post" action="/appointments/decide">
            <input type="hidden" name="pick" value=line.pick.to_string()/>
            <input type="hidden" name="back" value=here.to_owned()/>
            <button class="btn" data-size="sm" data-variant=variant name="decision" value=bulk.as_str()>{label}<span class="visually-hidden">{about}</span></button>
        </form>
    }
}

/// A day on paper: a sheet for each person of the team.
pub fn sheets(frame: Frame, model: Sheets) -> String {
    let heading = format!("Day sheets, {}", short_day_label(model.date));
    document(frame.clone(), &title(&frame, &heading), Scripts::None, move || {
        let step = |to: Date, label: &str, glyph| {
            let label = format!("{label}, {}", day_label(to));
            view! { <li><a class="btn" href=format!("/today/sheets?date={to}") aria-label=label><Icon glyph size=18/></a></li> }
        };
        let body = if model.sheets.is_empty() {
            view! { <Empty title="Nobody to show yet"><p class="muted">"A sheet for each person of the team appears here."</p></Empty> }.into_any()
        } else {
            let zone = model.zone_label.clone();
            let sheets = model.sheets.iter().map(|one| sheet(one, &model.day_label, &zone)).collect_view();
            view! { <div class="sheets">{sheets}</div> }.into_any()
        };
        team_layout(view! {
            <div class="no-print">
                {back("/today", "Today")}
                <header class="page-head">
                    <div><h1>"Day sheets"</h1><p class="muted">{model.day_label.clone()}". Print this page: each person gets a sheet."</p></div>
                    <div class="l-cluster">
                        <nav aria-label="Day"><ul class="day-steps" role="list">{step(model.before, "Day before", Glyph::ChevronLeft)}{step(model.after, "Day after", Glyph::ChevronRight)}</ul></nav>
                        <form class="day-pick" method="get" action="/today/sheets">
                            <label class="visually-hidden" for="date">"Date"</label>
                            <input class="control" id="date" type="date" name="date" value=model.date.to_string() required=true/>
                            <button class="btn">"Go"</button>
                        </form>
                    </div>
                </header>
            </div>
            {body}
        })
    })
}

fn sheet(sheet: &Sheet, day: &str, zone: &str) -> impl IntoView + use<> {
    let rows = sheet.lines.iter().map(|one| {
        let (clock, customer, service) = (one.line.clock.clone(), one.line.customer.clone(), one.line.service.clone());
        let (status, notes, phone) = (one.line.status, one.notes.clone(), one.phone.clone());
        let phone = (!phone.is_empty()).then(|| view! { <span class="sub tabular">{phone}</span> });
        view! {
            <Row>
                <HeadCell><span class="tabular nowrap">{clock}</span></HeadCell>
                <Cell label="Customer"><span class="prose">{customer}{phone}</span></Cell>
                <Cell label="Service"><span class="prose">{service}</span></Cell>
                <Cell label="Status"><StatusBadge status/></Cell>
                <Cell label="Notes"><span class="prose wrap">{notes}</span></Cell>
            </Row>
        }
    });
    let rows = rows.collect_view();
    let body = if sheet.lines.is_empty() {
        view! { <p class="muted">"No appointments."</p> }.into_any()
    } else {
        let caption = format!("Appointments of {}", sheet.name);
        view! { <Table caption heads=heads(["When", "Customer", "Service", "Status", "Notes"])>{rows}</Table> }
            .into_any()
    };
    view! {
        <section class="sheet">
            <h2>{sheet.name.clone()}</h2>
            <p class="muted">{format!("{day}: {}, {zone}", sheet.hours)}</p>
            {body}
        </section>
    }
}
