use super::{super::model::CustomerFormPage, parts};
use crate::{
    frame::Frame,
    render::{Scripts, document},
    setup::outcome,
    ui::{
        field::{Field, Kind},
        layout::{back, team_layout, title, title_of_error},
        notice::{Notice, Tone},
    },
};
use leptos::prelude::*;

/// A customer to be added, or how one is called and reached.
pub fn form(frame: Frame, model: CustomerFormPage) -> String {
    let heading = if model.id.is_some() { format!("Contact of {}", model.name) } else { "New customer".to_owned() };
    let is_back = model.sent.is_refused() || !model.similar.is_empty();
    let title = if is_back { title_of_error(&frame, &heading) } else { title(&frame, &heading) };
    document(frame, &title, Scripts::None, move || {
        let up = match model.id {
            Some(id) => back(format!("/customers/{id}"), "Customer"),
            None => back("/customers", "Customers"),
        };
        let action = model.id.map_or_else(|| "/customers".to_owned(), |id| format!("/customers/{id}/edit"));
        let error = |field: &str| model.sent.error("", field);
        let email_hint = if model.has_login {
            "They sign in with this address, so only they can change it."
        } else {
            "Confirmations and reminders go there."
        };
        let save = if model.id.is_some() { "Save contact" } else { "Add customer" };
        let buttons = match (model.similar.is_empty(), model.id.is_some()) {
            (true, _) => view! { <button class="btn" data-variant="primary">{save}</button> }.into_any(),
            // The first button, which Enter presses, looks again.
            (false, is_old) => view! {
                <button class="btn">"Check again"</button>
                <button class="btn" data-variant="primary" name="anyway" value="on">{if is_old { "Save anyway" } else { "Add anyway" }}</button>
            }
            .into_any(),
        };
        let values = model.form.clone();
        team_layout(view! {
            {up}
            <header class="page-head"><h1>{heading}</h1></header>
            <div class="narrow l-stack">
                {outcome(&model.sent)}
                {warning(&model)}
                <form class="card form" method="post" action=action novalidate>
                    <input type="hidden" name="version" value=model.version/>
                    <Field name="name" label="Name" value=values.name error=error("name") autocomplete="off"/>
                    <Field name="email" label="E-mail" kind=Kind::Email hint=email_hint value=values.email error=error("email") autocomplete="off" optional=true fixed=model.has_login/>
                    <Field name="phone" label="Phone" kind=Kind::Phone value=values.phone error=error("phone") autocomplete="off" optional=true/>
                    <div class="form-actions">{buttons}</div>
                </form>
            </div>
        })
    })
}

fn warning(model: &CustomerFormPage) -> Option<impl IntoView + use<>> {
    (!model.similar.is_empty()).then(|| {
        let what = if model.id.is_some() { "Nothing is saved yet." } else { "Nobody was added yet." };
        let others = parts::similar(&model.similar, None);
        view! {
            <Notice tone=Tone::Warn title="This may be somebody you know already" takes_focus=true>
                {others}
                <p>{what}" If it is somebody else, such as another member of the family, go on."</p>
            </Notice>
        }
    })
}
