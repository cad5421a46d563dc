use super::{
    super::model::{NewPerson, Place},
    roles,
};
use crate::{
    frame::Frame,
    render::{Scripts, document},
    ui::{
        field::{Check, ErrorSummary, Field, Kind, Select},
        form::{message, summary},
        layout::{back, title, title_of_error},
    },
};
use leptos::prelude::*;

/// The platform's form of a new person.
pub fn new_user(frame: Frame, model: NewPerson) -> String {
    new(frame, model, Place::Platform, "New person")
}

/// A business's form of a new colleague.
pub fn new_member(frame: Frame, model: NewPerson) -> String {
    new(frame, model, Place::Team, "Invite somebody")
}

fn new(frame: Frame, model: NewPerson, place: Place, heading: &'static str) -> String {
    let title = if model.errors.is_empty() { title(&frame, heading) } else { title_of_error(&frame, heading) };
    document(frame, &title, Scripts::None, move || {
        let NewPerson { form, roles: all, tenants, errors } = model;
        let error = |field: &str| message(&errors, field);
        let platform = (place == Place::Platform).then(|| {
            view! {
                <Field
                    name="tenant"
                    label="Business"
                    hint="Its address without the rest, such as aurora. Roles of the platform have none."
                    value=form.tenant.clone()
                    error=error("tenant")
                    autocomplete="off"
                    suggestions=tenants
                    optional=true
                />
                <Check
                    name="is_temporary"
                    label="For a demo"
                    on=form.is_temporary
                    hint="Sales may act as this person, and the login goes with the demo."
                />
            }
        });
        place.layout(view! {
            {back(place.people(), "People")}
            <header class="page-head"><h1>{heading}</h1></header>
            <div class="narrow">
                <ErrorSummary errors=summary(&errors, "")/>
                <form class="card form" method="post" action=place.people() novalidate>
                    <Field name="name" label="Name" value=form.name error=error("name") autocomplete="off"/>
                    <Field
                        name="email"
                        label="E-mail"
                        kind=Kind::Email
                        hint="We send a link to set a password there."
                        value=form.email
                        error=error("email")
                        autocomplete="off"
                    />
                    <Select name="role" label="Role" options=roles(&all) chosen=form.role error=error("role")/>
                    {platform}
                    <div class="form-actions">
                        <button class="btn" data-variant="primary" data-size="lg">"Send invitation"</button>
                        <a class="btn" data-variant="quiet" href=place.people()>"Cancel"</a>
                    </div>
                </form>
            </div>
        })
    })
}
