use super::model::{Login, LoginProblem};
use crate::{
    frame::{Frame, Site},
    render::{Scripts, document},
    ui::{
        field::{ErrorSummary, Field, Kind},
        icon::{Glyph, Icon},
        layout::{Monogram, plain_layout, title, title_of_error},
        notice::{Notice, Tone},
    },
};
use leptos::prelude::*;

/// The sign-in page.
pub fn login(frame: Frame, model: Login) -> String {
    let title = if model.problem.is_some() { title_of_error(&frame, "Sign in") } else { title(&frame, "Sign in") };
    let (name, back) = match &frame.site {
        Site::Tenant { name, .. } => (name.clone(), Some("Back to booking")),
        Site::Platform => ("SmoothSchedule Platform".to_owned(), None),
        Site::Base | Site::Unknown => ("SmoothSchedule".to_owned(), None),
    };
    document(frame, &title, Scripts::None, move || {
        let is_missing = model.problem == Some(LoginProblem::Missing);
        let email_error = (is_missing && model.email.trim().is_empty()).then_some("Enter your e-mail address");
        // The password is never given back, so after an empty field it has to be entered again in any case.
        let password_error = is_missing.then_some("Enter your password");
        let errors = [("#email", email_error), ("#password", password_error)]
            .into_iter()
            .filter_map(|(href, message)| Some((href.to_owned(), message?.to_owned())))
            .collect::<Vec<_>>();
        let problem = match model.problem {
            Some(LoginProblem::NotRight) => view! {
                <Notice tone=Tone::Danger title="E-mail or password is not right" takes_focus=true>
                    <p>"Check both and try again."</p>
                </Notice>
            }
            .into_any(),
            Some(LoginProblem::Busy) => view! {
                <Notice tone=Tone::Warn title="Too many tries" takes_focus=true>
                    <p>"Wait a minute, then try again. Your account is not locked."</p>
                </Notice>
            }
            .into_any(),
            Some(LoginProblem::Missing) => view! { <ErrorSummary errors/> }.into_any(),
            None => ().into_any(),
        };
        plain_layout(view! {
            <div class="login">
                <div class="login-head">
                    <Monogram name=name.clone()/>
                    <h1>"Sign in"</h1>
                    <p class="muted">{name}</p>
                </div>
                {problem}
                <form class="card form" method="post" action="/login" novalidate>
                    {model.next.map(|next| view! { <input type="hidden" name="next" value=next/> })}
                    <Field
                        name="email"
                        label="E-mail"
                        kind=Kind::Email
                        value=model.email
                        error=email_error.map(String::from)
                        autocomplete="username"
                    />
                    <Field
                        name="password"
                        label="Password"
                        kind=Kind::Password
                        error=password_error.map(String::from)
                        autocomplete="current-password"
                    />
                    <button class="btn" data-variant="primary" data-size="lg" data-wide>"Sign in"</button>
                </form>
                {back.map(|back| view! {
                    <p class="login-back"><a class="back" href="/"><Icon glyph=Glyph::ArrowLeft size=18/>{back}</a></p>
                })}
            </div>
        })
    })
}
