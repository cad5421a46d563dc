use super::{super::model::AskLink, head, limited, site_name};
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

/// Asking for a link that signs in, and the same page once it was sent off.
pub fn ask_link(frame: Frame, model: AskLink) -> String {
    let heading = if model.is_sent { "Look into your mail" } else { "Sign in by e-mail" };
    let is_wrong = !model.errors.is_empty() || model.retry_after_s.is_some();
    let title = if is_wrong { title_of_error(&frame, heading) } else { title(&frame, heading) };
    let name = site_name(&frame);
    document(frame, &title, Scripts::None, move || {
        let body = if model.is_sent { sent(model.email).into_any() } else { form(model).into_any() };
        plain_layout(view! {
            <div class="login">
                {head(name, heading)}
                {body}
                <p class="login-back"><a class="back" href="/login"><Icon glyph=Glyph::ArrowLeft size=18/>"Sign in with a password"</a></p>
            </div>
        })
    })
}

fn form(model: AskLink) -> impl IntoView {
    let error = message(&model.errors, "email");
    view! {
        <ErrorSummary errors=summary(&model.errors, "")/>
        {model.retry_after_s.map(limited)}
        <form class="card form" method="post" action="/login/link" novalidate>
            <Field
                name="email"
                label="E-mail"
                kind=Kind::Email
                hint="We send a link to it that signs you in. It works once, for 20 minutes."
                value=model.email
                error
                autocomplete="username"
            />
            <button class="btn" data-variant="primary" data-size="lg" data-wide>"Send the link"</button>
            <p class="login-forgot">"New here? "<a href="/signup">"Create an account"</a></p>
        </form>
    }
}

/// Whether the address is known is nobody's business, so there is only one thing to say.
fn sent(email: String) -> impl IntoView {
    view! {
        <Notice tone=Tone::Ok title="On its way" takes_focus=true>
            <p>"If "<strong class="wrap">{email}</strong>" is known here, we have sent a link to it that signs you in. It works once, for 20 minutes."</p>
        </Notice>
        <div class="card l-stack">
            <p>"Nothing there after some minutes? Look among the unwanted mail, and see whether the address is the one you signed up with."</p>
            <p class="l-cluster"><a class="btn" href="/login/link">"Try another address"</a><a class="btn" href="/signup">"Create an account"</a></p>
        </div>
    }
}
