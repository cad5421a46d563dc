//! The pages of the calendar: a day of the team, and one appointment. Both work without script.

use super::{
    board::DayBoard,
    model::{AppointmentPage, DayPage, MoveForm},
};
use crate::{
    frame::Frame,
    render::{Scripts, document},
    ui::{
        badge::Badge,
        icon::{Glyph, Icon},
        layout::{team_layout, title, title_of_error},
        notice::{Notice, Tone},
    },
};
use domain::{
    ids::AppointmentId,
    time::{day_label, weekday_short},
};
use jiff::civil::Date;
use leptos::prelude::*;

fn day_link(date: Date) -> String {
    format!("/schedule?date={date}")
}

/// A day of the team.
pub fn day(frame: Frame, model: DayPage) -> String {
    document(frame.clone(), &title(&frame, &format!("Calendar, {}", model.day_label)), Scripts::Islands, move || {
        let date = model.board.date;
        let step = |to: Date, label: &str, glyph| {
            let label = format!("{label}, {}", day_label(to));
            view! { <li><a class="btn" data-variant="step" href=day_link(to) aria-label=label><Icon glyph size=18/></a></li> }
        };
        let is_today = (date == model.today).then_some("date");
        team_layout(view! {
            <div class="day-page">
                <header class="day-top">
                    <div>
                        <h1>{model.day_label}</h1>
                        <p class="muted">"Times in "{model.zone_label}{is_today.map(|_| view! { " "<span class="day-today">"Today"</span> })}</p>
                    </div>
                    <div class="l-cluster day-tools no-print">
                        <nav aria-label="Day">
                            <ul class="day-steps" role="list">
                                {step(model.before, "Day before", Glyph::ChevronLeft)}
                                <li><a class="btn" href=day_link(model.today) aria-current=is_today>"Today"</a></li>
                                {step(model.after, "Day after", Glyph::ChevronRight)}
                            </ul>
                        </nav>
                        <form class="day-pick" method="get" action="/schedule">
                            <label class="visually-hidden" for="date">"Date"</label>
                            <input class="control" id="date" type="date" name="date" value=date.to_string() required=true/>
                            <button class="btn">"Go"</button>
                        </form>
                    </div>
                </header>
                {body(model.board)}
            </div>
        })
    })
}

/// The board, and a word where there is nothing on it.
fn body(board: super::model::Board) -> AnyView {
    if board.columns.is_empty() {
        return view! {
            <Notice title="Nobody to show yet">
                <p>"This business has no active staff, rooms or equipment. Appointments appear here once it has."</p>
            </Notice>
        }
        .into_any();
    }
    let empty = board.blocks.is_empty().then(|| {
        let open = board.columns.iter().any(|column| !column.open.is_empty());
        let text = if open { "Bookings for this day appear here." } else { "Nobody has hours on this day." };
        view! { <p class="day-empty"><Icon glyph=Glyph::Calendar size=18/><span><strong>"No appointments on this day. "</strong>{text}</span></p> }
    });
    view! { {empty}<DayBoard board/> }.into_any()
}

/// One appointment.
pub fn appointment(frame: Frame, model: AppointmentPage) -> String {
    let what = format!("{}, {}", model.service, model.customer_name);
    let refused = model.move_form.as_ref().is_some_and(|form| form.refused.is_some());
    let page_title = if refused { title_of_error(&frame, &what) } else { title(&frame, &what) };
    document(frame, &page_title, Scripts::None, move || {
        let refused = model.move_form.as_ref().and_then(|form| form.refused.clone()).map(|why| {
            view! { <Notice tone=Tone::Danger title="Not moved" takes_focus=true><p>{why}</p></Notice> }
        });
        let (hue, glyph) = status_look(model.status_label);
        let back =
            format!("{} {}", weekday_short(model.date), model.day_label.split_once(' ').map_or("", |(_, rest)| rest));
        let telephone = model.customer_phone.map(|number| {
            let digits: String = number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
            view! { <div><dt>"Telephone"</dt><dd><a href=format!("tel:{digits}")>{number}</a></dd></div> }
        });
        let notes = if model.notes.is_empty() {
            view! { <p class="muted">"The customer left no notes."</p> }.into_any()
        } else {
            view! { <p class="visit-notes">{model.notes}</p> }.into_any()
        };
        let moving = match model.move_form {
            Some(form) => move_forms(model.id, model.version, form).into_any(),
            None => view! { <p class="muted">"This appointment cannot be moved, or not by you."</p> }.into_any(),
        };
        team_layout(view! {
            <article class="visit">
                <p class="no-print"><a class="visit-back" href=day_link(model.date)><Icon glyph=Glyph::ArrowLeft size=18/>{back}</a></p>
                {refused}
                <header class="visit-head">
                    <h1>{what}</h1>
                    <p class="l-cluster"><Badge hue=hue glyph label=model.status_label/><span class="muted">"Reference "<span class="tabular">{model.reference}</span></span></p>
                </header>
                <div class="l-aside">
                    <div class="l-stack">
                        <section class="card" aria-labelledby="when">
                            <h2 id="when" class="card-head">"Appointment"</h2>
                            <dl class="facts">
                                <div><dt>"Day"</dt><dd>{model.day_label}</dd></div>
                                <div><dt>"Time"</dt><dd class="tabular">{model.clock_range}<small>{model.zone_label}</small></dd></div>
                                <div><dt>"Service"</dt><dd>{model.service}<small>{model.duration}</small></dd></div>
                                <div><dt>"With"</dt><dd>{model.with}</dd></div>
                            </dl>
                        </section>
                        <section class="card" aria-labelledby="who">
                            <h2 id="who" class="card-head">"Customer"</h2>
                            <dl class="facts">
                                <div><dt>"Name"</dt><dd>{model.customer_name}</dd></div>
                                <div><dt>"E-mail"</dt><dd><a href=format!("mailto:{}", model.customer_email)>{model.customer_email.clone()}</a></dd></div>
                                {telephone}
                            </dl>
                        </section>
                        <section class="card" aria-labelledby="notes">
                            <h2 id="notes" class="card-head">"Notes"</h2>
                            {notes}
                        </section>
                    </div>
                    <section class="card no-print" aria-labelledby="move">
                        <h2 id="move" class="card-head">"Move"</h2>
                        {moving}
                    </section>
                </div>
            </article>
        })
    })
}

/// Two forms: one asks for another day's times, the other moves. No script needed for either.
fn move_forms(id: AppointmentId, version: i32, form: MoveForm) -> impl IntoView {
    let date = form.date;
    let times = form
        .times
        .iter()
        .map(|time| view! { <option value=time.start.clone() selected=time.selected>{time.label.clone()}</option> })
        .collect_view();
    let resources = form
        .resources
        .iter()
        .map(|(id, name, here)| view! { <option value=id.to_string() selected=*here>{name.clone()}</option> })
        .collect_view();
    let choice = if form.times.is_empty() || form.resources.is_empty() {
        view! { <p>"No times to choose on "{day_label(date)}". Choose another day."</p> }.into_any()
    } else {
        view! {
            <form class="form" method="post" action=format!("/appointments/{id}/move")>
                <input type="hidden" name="version" value=version.to_string()/>
                <div class="field">
                    <label class="field-label" for="start">"New time"</label>
                    <p class="field-hint" id="start-hint">{day_label(date)}</p>
                    <select class="control" id="start" name="start" aria-describedby="start-hint">{times}</select>
                </div>
                <div class="field">
                    <label class="field-label" for="resource">"With"</label>
                    <select class="control" id="resource" name="resource">{resources}</select>
                </div>
                <button class="btn" data-variant="primary" data-wide="">"Move appointment"</button>
            </form>
        }
        .into_any()
    };
    view! {
        <div class="l-stack visit-move">
            <form class="field" method="get" action=format!("/appointments/{id}")>
                <label class="field-label" for="date">"Day"</label>
                <div class="visit-day">
                    <input class="control" id="date" type="date" name="date" value=date.to_string() required=true/>
                    <button class="btn">"Show times"</button>
                </div>
            </form>
            {choice}
        </div>
    }
}

/// Hue and shape of a status; the word always stands beside them.
fn status_look(label: &str) -> (&'static str, Glyph) {
    match label {
        "Confirmed" => ("grass", Glyph::Check),
        "Requested" => ("amber", Glyph::Clock),
        "Cancelled" | "Did not come" => ("red", Glyph::Cross),
        _ => ("slate", Glyph::Check),
    }
}
