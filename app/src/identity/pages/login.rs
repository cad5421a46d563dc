use super::{
    super::model::{Login, LoginProblem},
    head, site_name,
};
use crate::{
    frame::{Frame, Site},
    render::{Scripts, document},
    ui::{
        field::{ErrorSummary, Field, Kind},
        icon::{Glyph, Icon},
        layout::{plain_layout, title, title_of_error},
        notice::{Notice, Tone},
    },
};
use leptos::prelude::*;

/// The sign-in page.
pub fn login(frame: Frame, model: Login) -> String {
    let title = if model.problem.is_some() { title_of_error(&frame, "Sign in") } else { title(&frame, "Sign in") };
    let name = site_name(&frame);
    let is_business = matches!(frame.site, Site::Tenant { .. });
    let back = is_business.then_some("Back to booking");
    let dev = frame.dev.then(|| {
        view! {
            <p class="dev-ribbon"><Icon glyph=Glyph::Warning size=18/><strong>"Development server"</strong><a href="/dev/login">"Sign in without a password"</a></p>
        }
    });
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
            Some(LoginProblem::Limited { retry_after_s }) => {
                let wait = format!("Wait {}, then try again. Your account is not locked.", wait(retry_after_s));
                view! { <Notice tone=Tone::Warn title="Too many tries" takes_focus=true><p>{wait}</p></Notice> }
                    .into_any()
            }
            Some(LoginProblem::Missing) => view! { <ErrorSummary errors/> }.into_any(),
            None => ().into_any(),
        };
        plain_layout(view! {
            <div class="login">
                {dev}
                {head(name, "Sign in")}
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
                    <p class="login-forgot"><a href="/forgot">"Forgot your password?"</a></p>
                </form>
                {is_business.then(other_ways)}
                {back.map(|back| view! {
                    <p class="login-back"><a class="back" href="/"><Icon glyph=Glyph::ArrowLeft size=18/>{back}</a></p>
                })}
            </div>
        })
    })
}

/// For customers: a business's own people have a password.
fn other_ways() -> impl IntoView {
    view! {
        <div class="login-ways">
            <a class="btn" data-wide href="/login/link">"Send me a sign-in link instead"</a>
            <p>"New here? "<a href="/signup">"Create an account"</a></p>
        </div>
    }
}

/// How long to wait: never less than it is, and no more exact than people count.
pub(super) fn wait(seconds: u32) -> String {
    match seconds {
        0..=1 => "a second".to_owned(),
        2..=90 => format!("{seconds} seconds"),
        _ => match seconds.div_ceil(60) {
            minutes @ ..=90 => format!("{minutes} minutes"),
            minutes => format!("{} hours", minutes.div_ceil(60)),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::wait;

    #[test]
    fn a_wait_is_never_said_shorter_than_it_is() {
        for (seconds, words) in
            [(0, "a second"), (30, "30 seconds"), (91, "2 minutes"), (900, "15 minutes"), (7201, "3 hours")]
        {
            assert_eq!(wait(seconds), words);
        }
    }
}
