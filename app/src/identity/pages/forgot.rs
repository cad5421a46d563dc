use super::{super::model::Forgot, head, site_name};
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

/// Asking for a link to set a new password, and the same page once it was sent off.
pub fn forgot(frame: Frame, model: Forgot) -> String {
    let heading = if model.is_sent { "Look into your mail" } else { "Set a new password" };
    let title = if model.errors.is_empty() { title(&frame, heading) } else { title_of_error(&frame, heading) };
    let name = site_name(&frame);
    document(frame, &title, Scripts::None, move || {
        let body = if model.is_sent { sent(model.email).into_any() } else { form(model).into_any() };
        plain_layout(view! {
            <div class="login">
                {head(name, heading)}
                {body}
                <p class="login-back"><a class="back" href="/login"><Icon glyph=Glyph::ArrowLeft size=18/>"Back to sign-in"</a></p>
            </div>
        })
    })
}

fn form(model: Forgot) -> impl IntoView {
    let error = message(&model.errors, "email");
    view! {
        <ErrorSummary errors=summary(&model.errors, "")/>
        <form class="card form" method="post" action="/forgot" novalidate>
            <Field
                name="email"
                label="E-mail"
                kind=Kind::Email
                hint="We send a link to it."
                value=model.email
                error
                autocomplete="username"
            />
            <button class="btn" data-variant="primary" data-size="lg" data-wide>"Send the link"</button>
        </form>
    }
}

/// Whether the address is known is nobody's business, so there is only one thing to say.
fn sent(email: String) -> impl IntoView {
    view! {
        <Notice tone=Tone::Ok title="On its way" takes_focus=true>
            <p>"If "<strong class="wrap">{email}</strong>" is known here, we have sent a link to set a new password. It works once, and not for long."</p>
        </Notice>
        <div class="card l-stack">
            <p>"Nothing there after some minutes? Look among the unwanted mail, and see whether the address is the one you sign in with."</p>
            <p><a class="btn" href="/forgot">"Try another address"</a></p>
        </div>
    }
}
