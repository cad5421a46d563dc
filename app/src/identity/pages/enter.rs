use super::{
    super::model::{Enter, EnterKind},
    head, site_name,
};
use crate::{
    frame::Frame,
    render::{Scripts, document},
    ui::layout::{plain_layout, title},
};
use leptos::prelude::*;

/// What a link opens that lets somebody in: who it is for, and one button. What shows for one that has been used is
/// `Problem::EntryGone`.
pub fn enter(frame: Frame, model: Enter) -> String {
    let name = site_name(&frame);
    let (heading, lead, button) = match &model.kind {
        EnterKind::SignIn => ("Sign in", "You are about to sign in as:", "Sign in"),
        EnterKind::SignUp => {
            ("Confirm your address", "Press the button, and your account is ready:", "Confirm and sign in")
        }
        EnterKind::NewAddress(_) => (
            "Confirm your new address",
            "From now on you sign in with the new address. You are signed out everywhere else.",
            "Confirm and sign in",
        ),
    };
    document(frame.clone(), &title(&frame, heading), Scripts::None, move || {
        let new = match model.kind {
            EnterKind::NewAddress(new) => Some(view! { <div><dt>"New address"</dt><dd class="wrap">{new}</dd></div> }),
            _ => None,
        };
        let label = if new.is_some() { "Address until now" } else { "E-mail" };
        plain_layout(view! {
            <div class="login">
                {head(name, heading)}
                <form class="card form" method="post" action="/enter">
                    <p>{lead}</p>
                    <dl class="facts">
                        <div><dt>"Name"</dt><dd class="wrap">{model.name}</dd></div>
                        <div><dt>{label}</dt><dd class="wrap">{model.email}</dd></div>
                        {new}
                    </dl>
                    <input type="hidden" name="token" value=model.token/>
                    <button class="btn" data-variant="primary" data-size="lg" data-wide>{button}</button>
                </form>
                <p class="muted login-back">"Not you? Close this page, and nothing happens."</p>
            </div>
        })
    })
}
