use super::{
    super::model::{Join, JoinKind},
    head, site_name,
};
use crate::{
    frame::Frame,
    render::{Scripts, document},
    ui::{
        field::{ErrorSummary, Field, Kind},
        form::{message, summary},
        layout::{plain_layout, title, title_of_error},
    },
};
use leptos::prelude::*;

/// Setting a password by a link, after an invitation or for a lost one. What shows for a link that has been used
/// is `Problem::LinkGone`.
pub fn join(frame: Frame, model: Join) -> String {
    let name = site_name(&frame);
    let (heading, lead, button) = match model.kind {
        JoinKind::Invitation => (
            "Welcome",
            format!("Hello {}. You have been invited to {name}. Choose a password to sign in with.", model.name),
            "Set password and sign in",
        ),
        JoinKind::Reset => (
            "Set a new password",
            format!("Hello {}. With the new password you are signed out everywhere else.", model.name),
            "Set new password",
        ),
    };
    let title = if model.errors.is_empty() { title(&frame, heading) } else { title_of_error(&frame, heading) };
    document(frame, &title, Scripts::None, move || {
        let error = |field: &str| message(&model.errors, field);
        plain_layout(view! {
            <div class="login">
                {head(name, heading)}
                <ErrorSummary errors=summary(&model.errors, "")/>
                <form class="card form" method="post" action="/join" novalidate>
                    <p>{lead}</p>
                    <input type="hidden" name="token" value=model.token.clone()/>
                    // Password managers keep the new password under this name.
                    <Field name="email" label="E-mail" kind=Kind::Email value=model.email.clone() autocomplete="username" fixed=true/>
                    <Field
                        name="password"
                        label="New password"
                        kind=Kind::Password
                        hint="At least 12 characters. Three words that do not belong together do well."
                        error=error("password")
                        autocomplete="new-password"
                    />
                    <Field
                        name="repeat"
                        label="New password again"
                        kind=Kind::Password
                        error=error("repeat")
                        autocomplete="new-password"
                    />
                    <button class="btn" data-variant="primary" data-size="lg" data-wide>{button}</button>
                </form>
            </div>
        })
    })
}
