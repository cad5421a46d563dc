use super::super::{
    board::Calendar,
    model::{AgendaDay, AgendaLine, Asked, Board, CalendarBody, CalendarPage, RequestLine, SNAPS, Shown, View},
};
use crate::{
    frame::Frame,
    render::{Scripts, document},
    ui::{
        badge::Badge,
        icon::{Glyph, Icon},
        layout::{team_layout, title},
        notice::Notice,
    },
};
use domain::{booking::AppointmentStatus, time::day_label};
use jiff::civil::Date;
use leptos::prelude::*;

/// How large: the names of the sizes.
const ZOOMS: [&str; 3] = ["Small", "Normal", "Large"];

/// The team's calendar.
pub fn calendar(frame: Frame, model: CalendarPage) -> String {
    let scripts = match &model.body {
        CalendarBody::Board(board) if !board.columns.is_empty() => Scripts::Islands,
        _ => Scripts::Enhance,
    };
    document(frame.clone(), &title(&frame, &format!("Calendar, {}", model.label)), scripts, move || {
        let asked = model.asked;
        let unit = if asked.view == View::Week { "Week" } else { "Day" };
        let step = |to: Date, side: &str, glyph| {
            let label = format!("{unit} {side}, {}", day_label(to));
            view! { <li><a class="btn" data-variant="step" href=asked.on(to).link() aria-label=label><Icon glyph size=18/></a></li> }
        };
        let is_today = (asked.date == model.today).then_some("date");
        let body = match model.body {
            CalendarBody::Board(board) => on_board(board, &asked),
            CalendarBody::Agenda(days, events) => agenda(&days, events),
        };
        team_layout(view! {
            <div class="day-page">
                <header class="day-top">
                    <div>
                        <h1>{model.label}</h1>
                        <p class="muted">"Times in "{model.zone_label}{is_today.map(|_| view! { " "<span class="day-today">"Today"</span> })}</p>
                    </div>
                    {choice_of_view(&asked)}
                    <div class="day-tools no-print">
                        <nav aria-label="Day">
                            <ul class="day-steps" role="list">
                                {step(model.before, "before", Glyph::ChevronLeft)}
                                <li><a class="btn" href=asked.on(model.today).link() aria-current=is_today>"Today"</a></li>
                                {step(model.after, "after", Glyph::ChevronRight)}
                            </ul>
                        </nav>
                        <form class="day-pick" method="get" action="/schedule">
                            {kept(&asked)}
                            <label class="visually-hidden" for="date">"Date"</label>
                            <input class="control" id="date" type="date" name="date" value=asked.date.to_string() required=true/>
                            <button class="btn">"Go"</button>
                        </form>
                        {options(&asked, &model.resources)}
                    </div>
                </header>
                {tray(&model.waiting)}
                {body}
            </div>
        })
    })
}

/// Day, week, timeline, agenda: links, so that each has an address.
fn choice_of_view(asked: &Asked) -> impl IntoView + use<> {
    let links = View::ALL.into_iter().map(|view| {
        let current = (view == asked.view).then_some("true");
        view! { <li><a href=Asked { view, ..asked.clone() }.link() aria-current=current>{view.label()}</a></li> }
    });
    view! { <nav class="no-print" aria-label="Show as"><ul class="day-kinds" role="list">{links.collect_view()}</ul></nav> }
}

/// What a form asks for besides its own fields.
fn kept(asked: &Asked) -> impl IntoView + use<> {
    let only = asked.only.iter().map(|id| view! { <input type="hidden" name="resource" value=id.to_string()/> });
    view! {
        <input type="hidden" name="view" value=asked.view.as_str()/>
        <input type="hidden" name="snap" value=asked.snap.to_string()/>
        <input type="hidden" name="zoom" value=asked.zoom.to_string()/>
        {only.collect_view()}
    }
}

/// Which resources, which steps, how large.
fn options(asked: &Asked, resources: &[Shown]) -> impl IntoView + use<> {
    let is_week = asked.view == View::Week;
    let kind = if is_week { "radio" } else { "checkbox" };
    let choices = resources.iter().map(|shown| {
        view! {
            <label class="check"><input type=kind name="resource" value=shown.id.to_string() checked=shown.is_shown/>{shown.name.clone()}</label>
        }
    });
    let snaps = SNAPS.into_iter().map(|snap| {
        view! { <option value=snap.to_string() selected=snap == asked.snap>{format!("{snap} min")}</option> }
    });
    let zooms = ZOOMS.into_iter().enumerate().map(|(zoom, label)| {
        view! { <option value=zoom.to_string() selected=zoom == usize::from(asked.zoom)>{label}</option> }
    });
    let legend = if is_week { "Whose week" } else { "Who is shown" };
    let all = (!is_week && !asked.only.is_empty()).then(|| {
        view! { <a href=Asked { only: Vec::new(), ..asked.clone() }.link()>"Show everybody"</a> }
    });
    let count = (!asked.only.is_empty() && !is_week).then(|| format!(" ({})", asked.only.len()));
    view! {
        <details class="day-options">
            <summary class="btn"><Icon glyph=Glyph::Settings size=18/><span>"Options"{count}</span></summary>
            <form class="form day-options-form" method="get" action="/schedule">
                <input type="hidden" name="view" value=asked.view.as_str()/>
                <div class="field">
                    <label class="field-label" for="day">"Day"</label>
                    <input class="control" id="day" type="date" name="date" value=asked.date.to_string() required=true/>
                </div>
                <fieldset class="l-stack"><legend>{legend}</legend>{choices.collect_view()}{all}</fieldset>
                <div class="field">
                    <label class="field-label" for="snap">"Steps"</label>
                    <select class="control" id="snap" name="snap">{snaps.collect_view()}</select>
                </div>
                <div class="field">
                    <label class="field-label" for="zoom">"Size"</label>
                    <select class="control" id="zoom" name="zoom">{zooms.collect_view()}</select>
                </div>
                <button class="btn" data-variant="primary">"Show"</button>
            </form>
        </details>
    }
}

/// The requests that wait, wherever one is in the calendar.
fn tray(waiting: &[RequestLine]) -> Option<impl IntoView + use<>> {
    let lines = waiting.iter().map(|line| {
        let holds = if line.holds { "" } else { " Its time is not kept meanwhile." };
        view! {
            <li><a href=format!("/appointments/{}", line.id)>{line.service.clone()}", "{line.customer.clone()}</a><span class="tabular">{line.when.clone()}"."{holds}</span></li>
        }
    });
    let lines = lines.collect_view();
    let count = match waiting.len() {
        0 => return None,
        1 => "1 request waits for an answer".to_owned(),
        many => format!("{many} requests wait for an answer"),
    };
    Some(view! {
        <details class="tray no-print">
            <summary><Icon glyph=Glyph::Clock size=18/>{count}</summary>
            <ul role="list">{lines}</ul>
        </details>
    })
}

/// The board, and a word where there is nothing on it.
fn on_board(board: Board, asked: &Asked) -> AnyView {
    if board.columns.is_empty() {
        return view! {
            <Notice title="Nobody to show yet">
                <p>"This business has no active staff, rooms or equipment. Appointments appear here once it has."</p>
            </Notice>
        }
        .into_any();
    }
    let empty = board.blocks.is_empty().then(|| {
        let is_open = board.columns.iter().any(|column| !column.open.is_empty());
        let (when, whole) = if asked.view == View::Week { ("in this week", "this week") } else { ("on this day", "this day") };
        let text = if is_open { format!("Bookings for {whole} appear here.") } else { format!("Nobody has hours {when}.") };
        view! { <p class="day-empty"><Icon glyph=Glyph::Calendar size=18/><span><strong>{format!("No appointments {when}. ")}</strong>{text}</span></p> }
    });
    view! { {empty}<div class="day-zoom" data-zoom=asked.zoom.to_string()><Calendar board/></div> }.into_any()
}

/// Lists, date by date: what is left where there is no room for a board, and what prints well.
fn agenda(days: &[AgendaDay], events: String) -> AnyView {
    let is_empty = days.iter().all(|day| day.lines.is_empty());
    let sections = days.iter().filter(|day| !day.lines.is_empty()).map(|day| {
        let id = format!("on-{}", day.date);
        let lines = day.lines.iter().map(agenda_line).collect_view();
        view! {
            <section class="agenda-day" aria-labelledby=id.clone()>
                <h2 id=id.clone()>{day.label.clone()}</h2>
                <ul role="list">{lines}</ul>
            </section>
        }
    });
    let none = is_empty.then(|| {
        let (first, last) = (days.first().map(|d| d.label.clone()), days.last().map(|d| d.label.clone()));
        view! {
            <p class="day-empty"><Icon glyph=Glyph::Calendar size=18/><span><strong>"No appointments here. "</strong>"From "{first}" to "{last}" nothing is booked."</span></p>
        }
    });
    view! {
        <div class="agenda" data-follow=events aria-live="off">{none}{sections.collect_view()}</div>
        <p class="no-print"><a class="btn" href="/appointments/new" data-sheet="">"New appointment"</a></p>
    }
    .into_any()
}

fn agenda_line(line: &AgendaLine) -> impl IntoView + use<> {
    let (hue, glyph) = super::status_look(line.status);
    let status =
        (line.status != AppointmentStatus::Confirmed).then(|| view! { <Badge hue glyph label=line.status.label()/> });
    view! {
        <li data-hue=line.hue.clone()>
            <span class="agenda-when tabular">{line.when.clone()}</span>
            <a href=format!("/appointments/{}", line.id)>{line.customer.clone()}</a>
            <span>{line.service.clone()}<span class="muted">", "{line.with.clone()}</span></span>
            {status}
        </li>
    }
}
