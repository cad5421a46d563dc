//! The form of a new appointment, and the answer to "why not?": as pages, and without their frame for a sheet over the
//! calendar (`ui/sheet.js`).

use super::model::{NewPage, NotBooked, Reason, WhyPage};
use crate::{
    frame::Frame,
    render::{Scripts, document, fragment},
    ui::{
        field::{Check, ErrorSummary, Field, Kind, Select, error_line},
        form::{message, summary},
        layout::{back, team_layout, title, title_of_error},
        notice::{Notice, Tone},
    },
};
use leptos::prelude::*;

const NEW: &str = "New appointment";

/// The form of a new appointment.
pub fn new(frame: Frame, model: NewPage) -> String {
    let is_refused = !model.errors.is_empty() || model.refused.is_some();
    let title = if is_refused { title_of_error(&frame, NEW) } else { title(&frame, NEW) };
    document(frame, &title, Scripts::None, move || {
        team_layout(view! {
            {back("/schedule", "Calendar")}
            <header class="page-head"><h1>{NEW}</h1></header>
            <div class="narrow">{form(&model)}</div>
        })
    })
}

/// The same for a sheet.
pub fn new_fragment(frame: Frame, model: NewPage) -> String {
    fragment(frame, move || view! { <h2>{NEW}</h2>{form(&model)} })
}

fn form(model: &NewPage) -> impl IntoView + use<> {
    let typed = &model.form;
    let error = |field: &str| message(&model.errors, field);
    let services = [vec![(String::new(), "Choose a service".to_owned())], model.services.clone()].concat();
    let resources = [vec![(String::new(), "Anyone who is free".to_owned())], model.resources.clone()].concat();
    let errors = (!model.errors.is_empty()).then(|| view! { <ErrorSummary errors=summary(&model.errors, "")/> });
    let refused = model.refused.as_ref().map(refused);
    let overrule = model.refused.as_ref().is_some_and(|refused| refused.may_overrule).then(|| {
        view! { <Check name="anyway" label="Book anyway" on=typed.anyway hint="The customer is told as usual. Nothing that is booked is touched."/> }
    });
    view! {
        <form class="form setup l-stack" method="post" action="/appointments" novalidate>
            {errors}
            {refused}
            <input type="hidden" name="token" value=model.token.to_string()/>
            // Enter books; the first button of a form is what it presses.
            <button class="visually-hidden" name="act" value="book" tabindex="-1" aria-hidden="true">"Book"</button>
            <Select name="service" label="Service" options=services chosen=typed.service.clone() error=error("service")/>
            <div class="pair">
                {input("date", "Day", "date", &typed.date, error("date"), None)}
                {input("time", "Time", "text", &typed.time, error("time"), Some(model.zone_label.clone()))}
            </div>
            {choices(model)}
            <Select name="resource" label="With" options=resources chosen=typed.resource.clone() error=error("resource")/>
            <Field name="minutes" label="Length in minutes" kind=Kind::Number optional=true hint="Empty: as long as the service" value=typed.minutes.clone() error=error("minutes")/>
            {customer(model)}
            <Field name="notes" label="Notes" kind=Kind::Paragraph optional=true value=typed.notes.clone() error=error("notes")/>
            <Check name="notify" label="Tell the customer" on=typed.notify hint="By e-mail, if there is an address"/>
            {overrule}
            <div class="l-cluster">
                <button class="btn" data-variant="primary" name="act" value="book">"Book appointment"</button>
            </div>
        </form>
    }
}

fn input(
    name: &'static str,
    label: &'static str,
    kind: &'static str,
    value: &str,
    error: Option<String>,
    hint: Option<String>,
) -> impl IntoView + use<> {
    let error_id = format!("{name}-error");
    let hint_id = format!("{name}-hint");
    let described = [hint.is_some().then(|| hint_id.clone()), error.is_some().then(|| error_id.clone())];
    let described = described.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let described = (!described.is_empty()).then_some(described);
    let invalid = error.is_some().then_some("true");
    let numeric = (kind == "text").then_some("numeric");
    view! {
        <div class="field">
            <label class="field-label" for=name>{label}</label>
            {hint.map(|hint| view! { <p class="field-hint" id=hint_id>{hint}</p> })}
            {error.map(|error| error_line(error_id, error))}
            <input class="control" id=name name=name type=kind inputmode=numeric value=value.to_owned() autocomplete="off" aria-required="true" aria-describedby=described aria-invalid=invalid/>
        </div>
    }
}

/// What to choose from, where the clocks leave the time open.
fn choices(model: &NewPage) -> Option<impl IntoView + use<>> {
    if model.choices.is_empty() {
        return None;
    }
    let error = message(&model.errors, "choice");
    let described = error.is_some().then_some("choice-error");
    let radios = model.choices.iter().enumerate().map(|(at, way)| {
        let id = if at == 0 { "choice".to_owned() } else { format!("choice-{at}") };
        view! { <li><label class="check"><input type="radio" id=id name="choice" value=way.value.clone() checked=way.value == model.form.choice/><span>{way.label.clone()}</span></label></li> }
    });
    let radios = radios.collect_view();
    Some(view! {
        <fieldset class="field" aria-describedby=described>
            <legend class="field-label">"Which time is meant"</legend>
            {error.map(|error| error_line("choice-error".into(), error))}
            <ul role="list">{radios}</ul>
        </fieldset>
    })
}

/// One who is there, found by a part of the name, or a new one.
fn customer(model: &NewPage) -> impl IntoView + use<> {
    let typed = &model.form;
    let error = |field: &str| message(&model.errors, field);
    let found = model.matches.as_ref().map(|matches| {
        let count = match matches.len() {
            0 => "Nobody was found. Fill in who it is below.".to_owned(),
            1 => "1 customer was found.".to_owned(),
            many => format!("{many} customers were found."),
        };
        view! { <p class="field-hint" role="status">{count}</p> }
    });
    let all = model.matches.iter().flatten().chain(model.chosen.iter().filter(|_| model.matches.is_none()));
    let radios = all.enumerate().map(|(at, customer)| {
        let id = if at == 0 { "customer".to_owned() } else { format!("customer-{at}") };
        let contact = (!customer.contact.is_empty()).then(|| view! { <small class="muted">" "{customer.contact.clone()}</small> });
        let on = customer.id.to_string() == typed.customer;
        view! { <li><label class="check"><input type="radio" id=id name="customer" value=customer.id.to_string() checked=on/><span>{customer.name.clone()}{contact}</span></label></li> }
    });
    let radios: Vec<_> = radios.collect();
    let someone_new = (!radios.is_empty()).then(|| {
        let on = typed.customer.is_empty();
        view! { <li><label class="check"><input type="radio" name="customer" value="" checked=on/><span>"Somebody new"</span></label></li> }
    });
    view! {
        <fieldset class="field l-stack desk-customer">
            <legend class="field-label">"Customer"</legend>
            {error("customer").map(|error| error_line("customer-error".into(), error))}
            <div class="field">
                <label class="field-label" for="q">"Find a customer"</label>
                <div class="control-row">
                    <input class="control" id="q" name="q" type="search" value=model.search.clone() autocomplete="off" aria-describedby="q-hint"/>
                    <button class="btn" name="act" value="find">"Find"</button>
                </div>
                <p class="field-hint" id="q-hint">"Part of the name, the e-mail address or the number"</p>
            </div>
            {found}
            <ul role="list">{radios}{someone_new}</ul>
            <Field name="name" label="Name" value=typed.name.clone() autocomplete="off" error=error("name")/>
            <Field name="email" label="E-mail" kind=Kind::Email optional=true value=typed.email.clone() autocomplete="off" error=error("email")/>
            <Field name="phone" label="Telephone" kind=Kind::Phone optional=true value=typed.phone.clone() autocomplete="off" error=error("phone")/>
        </fieldset>
    }
}

fn refused(refused: &NotBooked) -> impl IntoView + use<> {
    let nearest = refused.nearest.iter().map(|near| {
        view! { <li><button class="btn" name="instead" value=near.start.clone()>{near.label.clone()}</button></li> }
    });
    let nearest: Vec<_> = nearest.collect();
    let others = (!nearest.is_empty())
        .then(|| view! { <p>"Nearest times that would do:"</p><ul class="l-cluster" role="list">{nearest}</ul> });
    let reasons = reasons(&refused.reasons);
    view! { <Notice tone=Tone::Danger title="Not booked yet" takes_focus=true>{reasons}{others}</Notice> }
}

fn reasons(reasons: &[Reason]) -> impl IntoView + use<> {
    let lines = reasons.iter().map(|reason| {
        let link = reason.appointment.map(|id| view! { " "<a href=format!("/appointments/{id}")>"Open it"</a> });
        view! { <li>{reason.text.clone()}{link}</li> }
    });
    view! { <ul>{lines.collect_view()}</ul> }
}

/// Why a time cannot be had.
pub fn why(frame: Frame, model: WhyPage) -> String {
    let heading = heading(&model);
    document(frame.clone(), &title(&frame, heading), Scripts::None, move || {
        team_layout(view! {
            {back("/schedule", "Calendar")}
            <header class="page-head"><h1>{heading}</h1></header>
            <div class="narrow l-stack">{answer(&model)}</div>
        })
    })
}

/// The same for a sheet.
pub fn why_fragment(frame: Frame, model: WhyPage) -> String {
    fragment(frame, move || view! { <h2>{heading(&model)}</h2><div class="l-stack">{answer(&model)}</div> })
}

fn heading(model: &WhyPage) -> &'static str {
    if model.reasons.is_empty() { "This time can be booked" } else { "Why not?" }
}

fn answer(model: &WhyPage) -> impl IntoView + use<> {
    let nearest = model.nearest.iter().map(|near| view! { <li>{near.label.clone()}</li> });
    let nearest: Vec<_> = nearest.collect();
    let others = (!nearest.is_empty()).then(|| view! { <p>"Nearest times that would do:"</p><ul>{nearest}</ul> });
    let book = model
        .book_link
        .clone()
        .map(|link| view! { <p><a class="btn" data-variant="primary" href=link data-sheet="">"Book it"</a></p> });
    view! {
        <p>{model.about.clone()}<br/><span class="muted">{model.zone_label.clone()}</span></p>
        {reasons(&model.reasons)}
        {others}
        {book}
    }
}
