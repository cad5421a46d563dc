use super::super::model::ResourcePage;
use crate::{
    setup::{acts, default_act, more, spans},
    ui::{
        field::{Check, error_line},
        notice::{Notice, Tone},
    },
};
use domain::hours::{WEEKDAYS, prefix};
use leptos::prelude::*;
use uuid::Uuid;

/// The weekly hours: each day with its spans.
pub(super) fn week(model: &ResourcePage, id: Uuid) -> impl IntoView + use<> {
    let days = WEEKDAYS.iter().zip(&model.week.days).enumerate().map(|(at, (day, rows))| {
        let more = more(format!("more-{}", at + 1), "Add hours".to_owned());
        let copy = (at == 0).then(|| {
            view! { <button class="btn" data-size="sm" name="act" value="copy">"Copy Monday to Tuesday to Friday"</button> }
        });
        view! {
            <fieldset class="day">
                <legend class="field-label">{*day}</legend>
                {spans(&prefix(at), day, rows, &model.sent, "hours")}
                <div class="l-cluster">{more}{copy}</div>
            </fieldset>
        }
    });
    let days = days.collect_view();
    let none = (model.hours == "No hours yet").then(|| {
        view! { <Notice tone=Tone::Warn title="No hours yet"><p>"Without hours nothing can be booked here."</p></Notice> }
    });
    view! {
        <form class="card form setup" id="hours" method="post" action=format!("/resources/{id}/hours") novalidate aria-labelledby="hours-title">
            {default_act()}
            <input type="hidden" name="version" value=model.version/>
            <h2 id="hours-title" class="card-head">"Weekly hours"</h2>
            {none}
            <p class="field-hint">{format!("Times such as 09:00 on the clock of {}. A day with nothing in it is closed. Hours that end earlier than they begin go on into the next day; the end of the day is 24:00.", model.zone)}</p>
            {days}
            {acts("Save hours")}
        </form>
    }
}

/// Other hours on dates: those to come, and one more.
pub(super) fn dates(model: &ResourcePage, id: Uuid) -> impl IntoView + use<> {
    let form = &model.other;
    let error = model.sent.error("dates", "date");
    let described = error.is_some().then_some("date-error");
    let invalid = error.is_some().then_some("true");
    view! {
        <section class="card l-stack" id="dates" aria-labelledby="dates-title">
            <h2 id="dates-title" class="card-head">"Other hours on a date"</h2>
            {super::dates(&model.dates, Some(format!("/resources/{id}/dates")))}
            <form class="form setup" method="post" action=format!("/resources/{id}/dates") novalidate>
                {default_act()}
                <h3>"Add a date"</h3>
                <p class="field-hint">"What you enter takes the place of that day's weekly hours."</p>
                <div class="field">
                    <label class="field-label" for="date">"Date"</label>
                    {error.map(|error| error_line("date-error".into(), error))}
                    <input class="control date-input" id="date" name="date" type="date" value=form.date.clone() aria-describedby=described aria-invalid=invalid/>
                </div>
                <Check name="is_closed" label="Closed all day" on=form.is_closed error=model.sent.error("dates", "is_closed")/>
                <fieldset class="day">
                    <legend class="field-label">"Hours"</legend>
                    {spans("other-", "This date", &form.spans, &model.sent, "dates")}
                    <div class="l-cluster">{more("more".into(), "Add hours".into())}</div>
                </fieldset>
                {acts("Add date")}
            </form>
        </section>
    }
}
