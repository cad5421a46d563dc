use super::super::model::Profile;
use crate::{
    frame::Frame,
    render::{Scripts, document},
    ui::{
        field::{ErrorSummary, Field, Kind},
        form::{Off, message, summary},
        icon::{Glyph, Icon},
        layout::{public_layout, title, title_of_error},
        notice::{Notice, Tone},
    },
};
use leptos::prelude::*;

/// The own profile: what the business knows, how one signs in, and the data to take along or to delete.
pub fn profile(frame: Frame, model: Profile) -> String {
    let is_wrong = !model.errors.is_empty() || model.is_stale;
    let title = if is_wrong { title_of_error(&frame, "Profile") } else { title(&frame, "Profile") };
    let business = frame.site.name().to_owned();
    document(frame, &title, Scripts::None, move || {
        let stale = model.is_stale.then(|| {
            view! {
                <Notice tone=Tone::Warn title="Your profile was changed meanwhile" takes_focus=true>
                    <p>"Nothing was saved. What you typed is kept; look at it and save again."</p>
                </Notice>
            }
        });
        public_layout(view! {
            <header class="page-head"><h1>"Profile"</h1></header>
            <div class="narrow l-stack">
                {stale}
                <ErrorSummary errors=summary(&model.errors, "")/>
                {you(&model, &business)}
                {email(&model)}
                {password(&model)}
                {data(&model, &business)}
            </div>
        })
    })
}

fn you(model: &Profile, business: &str) -> impl IntoView + use<> {
    let error = |field: &str| message(&model.errors, field);
    let (name_error, phone_error) = (error("name"), error("phone"));
    let hint = format!("So that {business} can reach you at short notice");
    view! {
        <form class="card form" method="post" action="/my/profile" novalidate aria-labelledby="you">
            <h2 id="you" class="card-head">"You"</h2>
            <input type="hidden" name="version" value=model.version.to_string()/>
            <Field name="name" label="Name" value=model.name.clone() error=name_error autocomplete="name"/>
            <Field
                name="phone"
                label="Phone"
                kind=Kind::Phone
                hint=hint
                value=model.phone.clone()
                error=phone_error
                autocomplete="tel"
                optional=true
            />
            <div><button class="btn" data-variant="primary">"Save"</button></div>
        </form>
    }
}

fn email(model: &Profile) -> impl IntoView + use<> {
    let error = message(&model.errors, "email");
    let body = match &model.off {
        Some(reason) => view! { <Off id="email" label="Change e-mail" reason=reason.clone()/> }.into_any(),
        None => view! {
            <form class="form" method="post" action="/my/email" novalidate>
                <Field
                    name="email"
                    label="New e-mail"
                    kind=Kind::Email
                    hint="We send a link to the new address. It counts once you have opened the link and confirmed."
                    value=model.new_email.clone()
                    error
                    autocomplete="email"
                />
                <div><button class="btn">"Send the link"</button></div>
            </form>
        }
        .into_any(),
    };
    view! {
        <section class="card l-stack" aria-labelledby="email-title">
            <h2 id="email-title" class="card-head">"E-mail"</h2>
            <p>"You sign in with "<strong class="wrap">{model.email.clone()}</strong>", and letters about your appointments go there."</p>
            {body}
        </section>
    }
}

fn password(model: &Profile) -> impl IntoView + use<> {
    let body = if let Some(reason) = &model.off {
        view! { <Off id="password" label="Password" reason=reason.clone()/> }.into_any()
    } else if model.has_password {
        view! { <p><a class="btn" href="/account">"Password and sessions"</a></p> }.into_any()
    } else {
        view! {
            <p>"You have none, and need none: we send you a link whenever you sign in. If you would rather have one, choose it by a link."</p>
            <form method="post" action="/forgot">
                <input type="hidden" name="email" value=model.email.clone()/>
                <button class="btn">"Send me a link to choose a password"</button>
            </form>
        }
        .into_any()
    };
    view! {
        <section class="card l-stack" aria-labelledby="password-title">
            <h2 id="password-title" class="card-head">"Password"</h2>
            {body}
        </section>
    }
}

fn data(model: &Profile, business: &str) -> impl IntoView + use<> {
    let body = match &model.off {
        Some(reason) => view! { <Off id="data" label="Download or delete" reason=reason.clone()/> }.into_any(),
        None => view! {
            <p>{format!("What {business} has stored about you: your profile, your appointments, and the letters that we sent you.")}</p>
            <p class="l-cluster">
                <a class="btn" href="/my/export.json" download="my-data.json"><Icon glyph=Glyph::Download size=18/>"Download my data"</a>
                <a class="btn" data-variant="quiet" href="/my/delete">"Delete my data…"</a>
            </p>
        }
        .into_any(),
    };
    view! {
        <section class="card l-stack" aria-labelledby="data-title">
            <h2 id="data-title" class="card-head">"Your data"</h2>
            {body}
        </section>
    }
}
