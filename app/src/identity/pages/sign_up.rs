use super::{super::model::SignUp, head, limited, site_name};
use crate::{
    frame::Frame,
    render::{Scripts, document},
    ui::{
        field::{ErrorSummary, Field, Kind},
        form::{message, summary},
        icon::{Glyph, Icon},
        layout::{plain_layout, title, title_of_error},
        notice::{Notice, Tone},
    },
};
use leptos::prelude::*;

/// Asking for a login as a customer, and the same page once the letter was sent off.
pub fn sign_up(frame: Frame, model: SignUp) -> String {
    let heading = if model.is_sent { "Look into your mail" } else { "Create an account" };
    let is_wrong = !model.errors.is_empty() || model.retry_after_s.is_some();
    let title = if is_wrong { title_of_error(&frame, heading) } else { title(&frame, heading) };
    let name = site_name(&frame);
    document(frame, &title, Scripts::None, move || {
        let body = if model.is_sent { sent(model.email).into_any() } else { form(model).into_any() };
        plain_layout(view! {
            <div class="login">
                {head(name, heading)}
                {body}
                <p class="login-back"><a class="back" href="/login"><Icon glyph=Glyph::ArrowLeft size=18/>"I have an account already"</a></p>
            </div>
        })
    })
}

fn form(model: SignUp) -> impl IntoView {
    let error = |field: &str| message(&model.errors, field);
    let (name_error, email_error) = (error("name"), error("email"));
    view! {
        <ErrorSummary errors=summary(&model.errors, "")/>
        {model.retry_after_s.map(limited)}
        <form class="card form" method="post" action="/signup" novalidate>
            <p>"With an account you see all your appointments here, and move or cancel them. Booking needs none."</p>
            <Field name="name" label="Name" value=model.name error=name_error autocomplete="name"/>
            <Field
                name="email"
                label="E-mail"
                kind=Kind::Email
                hint="We send a link to it. No password is needed; you can choose one later."
                value=model.email
                error=email_error
                autocomplete="email"
            />
            <button class="btn" data-variant="primary" data-size="lg" data-wide>"Create account"</button>
        </form>
    }
}

/// A letter goes out in any case; what it says, only its reader knows.
fn sent(email: String) -> impl IntoView {
    view! {
        <Notice tone=Tone::Ok title="On its way" takes_focus=true>
            <p>"We have sent a letter to "<strong class="wrap">{email}</strong>". Open the link in it to go on."</p>
        </Notice>
        <div class="card l-stack">
            <p>"Nothing there after some minutes? Look among the unwanted mail, and see whether the address is right."</p>
            <p><a class="btn" href="/signup">"Try another address"</a></p>
        </div>
    }
}
