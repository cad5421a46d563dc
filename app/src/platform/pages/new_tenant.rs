use super::{super::model::NewTenant, tiers};
use crate::{
    frame::Frame,
    render::{Scripts, document},
    ui::{
        field::{Check, ErrorSummary, Field, Kind, Select},
        form::{message, summary},
        layout::{back, platform_layout, title, title_of_error},
    },
};
use leptos::prelude::*;

/// The form of a new business.
pub fn new_tenant(frame: Frame, model: NewTenant) -> String {
    let is_refused = !model.errors.is_empty();
    let title = if is_refused { title_of_error(&frame, "New business") } else { title(&frame, "New business") };
    document(frame, &title, Scripts::None, move || {
        let NewTenant { form, base_domain, zones, only_demo, errors } = model;
        let error = |field: &str| message(&errors, field);
        let demo_hint = only_demo.then_some("Your role creates demo businesses only.");
        platform_layout(view! {
            {back("/", "Businesses")}
            <header class="page-head"><h1>"New business"</h1></header>
            <div class="narrow">
                <ErrorSummary errors=summary(&errors, "")/>
                <form class="card form" method="post" action="/tenants" novalidate>
                    <fieldset class="form">
                        <legend class="legend">"Business"</legend>
                        <Field name="name" label="Name" value=form.name error=error("name") autocomplete="off"/>
                        <Field
                            name="slug"
                            label="Address"
                            hint="Lower-case letters, digits and hyphens. It cannot be changed later."
                            value=form.slug
                            error=error("slug")
                            autocomplete="off"
                            suffix=format!(".{base_domain}")
                        />
                        <Field
                            name="timezone"
                            label="Time zone"
                            hint="Its IANA name, such as Europe/Berlin"
                            value=form.timezone
                            error=error("timezone")
                            autocomplete="off"
                            suggestions=zones
                        />
                        <Select name="tier" label="Plan" options=tiers() chosen=form.tier error=error("tier")/>
                    </fieldset>
                    <fieldset class="form">
                        <legend class="legend">"Owner"</legend>
                        <Field name="owner_name" label="Owner's name" value=form.owner_name error=error("owner_name") autocomplete="off"/>
                        <Field
                            name="owner_email"
                            label="Owner's e-mail"
                            kind=Kind::Email
                            hint="We send a link to set a password there."
                            value=form.owner_email
                            error=error("owner_email")
                            autocomplete="off"
                        />
                    </fieldset>
                    <fieldset class="form">
                        <legend class="legend">"Demo"</legend>
                        <Check
                            name="is_temporary"
                            label="This is a demo business"
                            on=form.is_temporary || only_demo
                            fixed=only_demo
                            hint=demo_hint.unwrap_or("It is swept away with all its data at its end.")
                        />
                        <Field
                            name="days"
                            label="Days until it is swept away"
                            kind=Kind::Number
                            hint="1 to 30; for demos only"
                            value=form.days
                            error=error("days")
                            autocomplete="off"
                            optional=!only_demo
                        />
                    </fieldset>
                    <div class="form-actions">
                        <button class="btn" data-variant="primary" data-size="lg">"Create business"</button>
                        <a class="btn" data-variant="quiet" href="/">"Cancel"</a>
                    </div>
                </form>
            </div>
        })
    })
}
