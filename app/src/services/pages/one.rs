use super::{
    super::model::{Choices, ServicePage},
    rules,
};
use crate::{
    frame::Frame,
    render::{Scripts, document},
    setup::{acts, default_act, more, outcome},
    ui::{
        field::{Check, Field, Kind, error_line},
        form::{Disclosure, Press},
        layout::{back, team_layout, title, title_of_error},
        notice::{Notice, Tone},
    },
};
use domain::{
    catalogue::{HUES, MOST_NEEDS, NeedForm},
    ids::ResourceId,
};
use leptos::prelude::*;

/// A service, to be changed or added.
pub fn service(frame: Frame, model: ServicePage) -> String {
    let heading = if model.id.is_some() { model.name.clone() } else { "New service".to_owned() };
    let title = if model.sent.is_refused() { title_of_error(&frame, &heading) } else { title(&frame, &heading) };
    document(frame, &title, Scripts::None, move || {
        let archived = model.is_archived.then(|| {
            view! { <Notice tone=Tone::Warn title="This service is archived"><p>"It cannot be booked. Its appointments stay as they are."</p></Notice> }
        });
        let online = (model.id.is_some() && !model.is_archived).then(|| {
            model.id.map(|id| {
                view! { <a class="btn" href=format!("/book/{id}")>"See it on the booking page"</a> }
            })
        });
        team_layout(view! {
            {back("/services", "Services")}
            <header class="page-head"><h1>{heading}</h1><div class="l-cluster no-print">{model.form.is_online.then_some(online)}</div></header>
            <div class="narrow l-stack">{outcome(&model.sent)}{archived}{form(&model)}{archive(&model)}</div>
        })
    })
}

fn form(model: &ServicePage) -> impl IntoView + use<> {
    let action = model.id.map_or_else(|| "/services".to_owned(), |id| format!("/services/{id}"));
    let error = |field: &str| model.sent.error("", field);
    let form = &model.form;
    let online_hint = "Customers see it and book it themselves. Off: only your team knows it.";
    let price_hint = format!("In {}, such as 48.00. Empty: no price is shown", model.currency);
    let save = if model.id.is_some() { "Save" } else { "Add service" };
    view! {
        <form class="card form setup" method="post" action=action novalidate>
            {default_act()}
            <input type="hidden" name="version" value=model.version/>
            <fieldset class="form">
                <legend class="legend">"What it is"</legend>
                <Field name="name" label="Name" value=form.name.clone() error=error("name") autocomplete="off"/>
                <Field name="category" label="Category" hint="A heading on the booking page, such as Cuts" value=form.category.clone() error=error("category") suggestions=model.categories.clone() autocomplete="off" optional=true/>
                <Field name="description" label="Description" kind=Kind::Paragraph hint="A sentence or two for customers" value=form.description.clone() error=error("description") optional=true/>
                <div class="pair">
                    <Field name="minutes" label="Length" kind=Kind::Number suffix="minutes" value=form.minutes.clone() error=error("minutes") autocomplete="off"/>
                    <Field name="price" label="Price" hint=price_hint value=form.price.clone() error=error("price") autocomplete="off" optional=true/>
                </div>
                {hues(&form.hue, error("hue"))}
                <Check name="is_online" label="Can be booked online" on=form.is_online hint=online_hint error=error("is_online")/>
            </fieldset>
            {needs(model)}
            {rules::rules(model)}
            {acts(save)}
        </form>
    }
}

/// The colours, each with its name.
fn hues(chosen: &str, error: Option<String>) -> impl IntoView + use<> {
    let choices = HUES.into_iter().enumerate().map(|(at, (hue, label))| {
        let id = if at == 0 { "hue".to_owned() } else { format!("hue-{hue}") };
        view! {
            <li><label class="swatch" data-hue=hue><input type="radio" id=id name="hue" value=hue checked=hue == chosen/><span>{label}</span></label></li>
        }
    });
    let choices = choices.collect_view();
    let described = error.is_some().then_some("hue-error");
    view! {
        <fieldset class="field" aria-describedby=described>
            <legend class="field-label">"Colour"</legend>
            {error.map(|error| error_line("hue-error".into(), error))}
            <ul class="swatches" role="list">{choices}</ul>
        </fieldset>
    }
}

fn needs(model: &ServicePage) -> impl IntoView + use<> {
    let count = model.form.needs.len();
    let body = if model.choices.is_empty() {
        view! {
            <p>"There is nobody and nothing to be booked yet. "<a href="/resources/new">"Add a person, a room or a machine"</a>" first; until then the service can be kept, but not offered online."</p>
        }
        .into_any()
    } else {
        let needs = model.form.needs.iter().enumerate().map(|(at, need)| one_need(model, at, need)).collect_view();
        let add = (count < MOST_NEEDS).then(|| more("need".into(), "Add another need".into()));
        view! {
            <p class="field-hint">"Tick everybody who can do it: one of them is booked. What is needed as well, such as a room, is a need of its own."</p>
            {needs}
            <div>{add}</div>
        }
        .into_any()
    };
    view! { <fieldset class="form" id="needs"><legend class="legend">"What it needs"</legend>{body}</fieldset> }
}

fn one_need(model: &ServicePage, at: usize, need: &NeedForm) -> impl IntoView + use<> {
    let field = format!("need-{at}-count");
    let error = model.sent.error("", &field);
    let (label, error_id) = (format!("Need {}: how many of those ticked", at + 1), format!("{field}-error"));
    let described = error.is_some().then(|| error_id.clone());
    let invalid = error.is_some().then_some("true");
    let groups = model.choices.iter().map(|group| pool(at, group, &need.pool)).collect_view();
    view! {
        <div class="need">
            <div class="field">
                <label class="field-label" for=field.clone()>{label}</label>
                {error.map(|error| error_line(error_id, error))}
                <input class="control count" id=field.clone() name=field type="text" inputmode="numeric" value=need.count.clone() autocomplete="off" aria-describedby=described aria-invalid=invalid/>
            </div>
            {groups}
        </div>
    }
}

fn pool(at: usize, group: &Choices, ticked: &[ResourceId]) -> impl IntoView + use<> {
    let name = format!("need-{at}");
    let boxes = group.resources.iter().map(|(id, label)| {
        let on = ticked.contains(id);
        view! { <li><label class="check"><input type="checkbox" name=name.clone() value=id.to_string() checked=on/><span>{label.clone()}</span></label></li> }
    });
    let boxes = boxes.collect_view();
    let legend = group.kind.plural();
    let label = format!("Need {}: {legend}", at + 1);
    view! { <fieldset class="pool" aria-label=label><legend class="field-label">{legend}</legend><ul class="checks" role="list">{boxes}</ul></fieldset> }
}

fn archive(model: &ServicePage) -> Option<impl IntoView + use<>> {
    let id = model.id?;
    let coming = match model.coming {
        0 => "No appointment of it is to come.".to_owned(),
        1 => "1 appointment of it is to come; it stays as it is.".to_owned(),
        n => format!("{n} appointments of it are to come; they stay as they are."),
    };
    let body = if model.is_archived {
        view! { <Press action=format!("/services/{id}/restore") label="Restore service"/> }.into_any()
    } else {
        view! {
            <Disclosure label="Archive\u{2026}">
                <div class="action">
                    <p>{format!("It disappears from the booking page and from this list. {coming} It can be restored.")}</p>
                    <Press action=format!("/services/{id}/archive") label="Archive service" variant="danger"/>
                </div>
            </Disclosure>
        }
        .into_any()
    };
    Some(view! { <section class="card no-print" aria-label="Out of use">{body}</section> })
}
