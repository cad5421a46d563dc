use super::super::model::{TimeOffPage, TimeOffRow};
use crate::{
    frame::Frame,
    render::{Scripts, document},
    setup::{acts, outcome},
    ui::{
        field::{Field, error_line},
        layout::{back, team_layout, title, title_of_error},
    },
};
use domain::resource::TimeChoice;
use leptos::prelude::*;

/// The time off of a resource; for those who may not change its hours, these too, to read.
pub fn time_off(frame: Frame, model: TimeOffPage) -> String {
    let heading = format!("Time off: {}", model.name);
    let title = if model.sent.is_refused() { title_of_error(&frame, &heading) } else { title(&frame, &heading) };
    document(frame, &title, Scripts::None, move || {
        let back = model.may_edit_hours.then(|| back(format!("/resources/{}", model.id), "Hours and details"));
        let empty = model.rows.is_empty().then(|| view! { <p class="muted">"No time off is put in."</p> });
        let rows = model.rows.iter().map(line).collect_view();
        team_layout(view! {
            {back}
            <header class="page-head"><h1>{heading}</h1></header>
            <div class="narrow l-stack">
                {outcome(&model.sent)}
                <section class="card" aria-labelledby="hours">
                    <h2 id="hours" class="card-head">"Hours"</h2>
                    <p>{model.hours.clone()}</p>
                    <p class="muted">{format!("On the clock of {}.", model.zone)}</p>
                    {(!model.dates.is_empty()).then(|| view! { <h3>"Other hours"</h3>{super::dates(&model.dates, None)} })}
                </section>
                <section class="card" aria-labelledby="off">
                    <h2 id="off" class="card-head">"Time off to come"</h2>
                    {empty}
                    <ul class="lines" role="list">{rows}</ul>
                </section>
                {form(&model)}
            </div>
        })
    })
}

fn line(row: &TimeOffRow) -> impl IntoView + use<> {
    let reason = (!row.reason.is_empty()).then(|| view! { <span class="sub">{row.reason.clone()}</span> });
    let about = row.label.clone();
    view! {
        <li class="line">
            <span class="line-main"><strong>{row.label.clone()}</strong>{reason}</span>
            <form class="l-cluster" method="post" action=format!("/time-off/{}/delete", row.id)>
                <button class="btn" data-size="sm" data-variant="quiet" name="act" value="effect">"Show the effect"<span class="visually-hidden">" of removing "{about.clone()}</span></button>
                <button class="btn" data-size="sm" name="act" value="save">"Remove"<span class="visually-hidden">" "{about}</span></button>
            </form>
        </li>
    }
}

fn form(model: &TimeOffPage) -> impl IntoView + use<> {
    let form = &model.form;
    let error = |field: &str| model.sent.error("", field);
    let from = side("from", "First day", &form.from_date, &form.from_time, model);
    let to = side("to", "Last day", &form.to_date, &form.to_time, model);
    view! {
        <form class="card form setup" method="post" action=format!("/resources/{}/time-off", model.id) novalidate aria-labelledby="add">
            <h2 id="add" class="card-head">"Add time off"</h2>
            <p class="field-hint">{format!("Whole days, or with times on the clock of {}. Both days are included.", model.zone)}</p>
            {from}{choices("from", &model.from_choices, &form.from_choice, error("from_choice"))}
            {to}{choices("to", &model.to_choices, &form.to_choice, error("to_choice"))}
            <Field name="reason" label="Reason" hint="For the team; customers never see it" value=form.reason.clone() error=error("reason") autocomplete="off" optional=true/>
            {acts("Add time off")}
        </form>
    }
}

/// One end of it: a date, and a time that may be left out.
fn side(part: &str, label: &str, date: &str, time: &str, model: &TimeOffPage) -> impl IntoView + use<> {
    let input = |what: &str, label: String, kind: &'static str, value: &str| {
        let name = format!("{part}_{what}");
        let error = model.sent.error("", &name);
        let error_id = format!("{name}-error");
        let described = error.is_some().then(|| error_id.clone());
        let invalid = error.is_some().then_some("true");
        let numeric = (kind == "text").then_some("numeric");
        view! {
            <div class="field">
                <label class="field-label" for=name.clone()>{label}</label>
                {error.map(|error| error_line(error_id, error))}
                <input class="control date-input" id=name.clone() name=name type=kind inputmode=numeric value=value.to_owned() autocomplete="off" aria-describedby=described aria-invalid=invalid/>
            </div>
        }
    };
    let time_label = if part == "from" { "From (empty: the whole day)" } else { "Until (empty: the whole day)" };
    view! { <div class="pair">{input("date", label.to_owned(), "date", date)}{input("time", time_label.to_owned(), "text", time)}</div> }
}

/// What to choose from, where the clocks leave a time open.
fn choices(part: &str, ways: &[TimeChoice], chosen: &str, error: Option<String>) -> Option<impl IntoView + use<>> {
    if ways.is_empty() {
        return None;
    }
    let (name, error_id) = (format!("{part}_choice"), format!("{part}_choice-error"));
    let described = error.is_some().then(|| error_id.clone());
    let radios = ways.iter().enumerate().map(|(at, way)| {
        let id = if at == 0 { name.clone() } else { format!("{name}-{at}") };
        view! { <li><label class="check"><input type="radio" id=id name=name.clone() value=way.value.clone() checked=way.value == chosen/><span>{way.label.clone()}</span></label></li> }
    });
    let radios = radios.collect_view();
    Some(view! {
        <fieldset class="field" aria-describedby=described>
            <legend class="field-label">"Which time is meant"</legend>
            {error.map(|error| error_line(error_id, error))}
            <ul role="list">{radios}</ul>
        </fieldset>
    })
}
