use super::super::model::{GrantAction, NewGrant};
use crate::{
    frame::Frame,
    people::model::Place,
    render::{Scripts, document},
    ui::{
        field::{ErrorSummary, Field, Kind, Radios},
        form::{message, summary},
        layout::{back, title, title_of_error},
    },
};
use leptos::prelude::*;

/// The platform's form of a new permission.
pub fn new_grant(frame: Frame, model: NewGrant) -> String {
    new(frame, model, Place::Platform)
}

/// The form of a new permission for the own business.
pub fn new_own_grant(frame: Frame, model: NewGrant) -> String {
    new(frame, model, Place::Team)
}

fn new(frame: Frame, model: NewGrant, place: Place) -> String {
    let heading = "Give a permission";
    let title = if model.errors.is_empty() { title(&frame, heading) } else { title_of_error(&frame, heading) };
    document(frame, &title, Scripts::None, move || {
        let NewGrant { form, actions, people, tenants, errors } = model;
        let error = |field: &str| message(&errors, field);
        let hint = match place {
            Place::Platform => "Of somebody who has a login. Nobody gives one to themselves.",
            Place::Team => "Of somebody in your team, or of the platform's support.",
        };
        let tenant = (place == Place::Platform).then(|| {
            view! {
                <Field
                    name="tenant"
                    label="Business"
                    hint="Its address without the rest, such as aurora"
                    value=form.tenant.clone()
                    error=error("tenant")
                    autocomplete="off"
                    suggestions=tenants
                />
            }
        });
        let minutes = if form.minutes.is_empty() { "30".to_owned() } else { form.minutes };
        let choices = actions.into_iter().map(|GrantAction { code, label, description }| (code, label, description));
        place.layout(view! {
            {back("/grants", "Permissions")}
            <header class="page-head"><h1>{heading}</h1></header>
            <div class="narrow">
                <ErrorSummary errors=summary(&errors, "")/>
                <form class="card form" method="post" action="/grants" novalidate>
                    <Field
                        name="email"
                        label="Whom it is for"
                        kind=Kind::Email
                        hint
                        value=form.email
                        error=error("email")
                        autocomplete="off"
                        suggestions=people
                    />
                    {tenant}
                    <Radios name="action" legend="What it allows" choices=choices.collect() chosen=form.action error=error("action")/>
                    <Field
                        name="minutes"
                        label="For how many minutes"
                        kind=Kind::Number
                        hint="1 to 30, from now"
                        value=minutes
                        error=error("minutes")
                        autocomplete="off"
                    />
                    <Field
                        name="reason"
                        label="Reason"
                        kind=Kind::Paragraph
                        hint="It is written into the audit and shown beside the permission."
                        value=form.reason
                        error=error("reason")
                    />
                    <div class="form-actions">
                        <button class="btn" data-variant="primary" data-size="lg">"Give permission"</button>
                        <a class="btn" data-variant="quiet" href="/grants">"Cancel"</a>
                    </div>
                </form>
            </div>
        })
    })
}
