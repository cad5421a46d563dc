use super::{
    super::model::DeletePage,
    parts::{ask, cards},
};
use crate::{
    frame::Frame,
    render::{Scripts, document},
    ui::{
        field::{ErrorSummary, Field, Kind},
        form::{message, summary},
        layout::{back, public_layout, title, title_of_error},
        notice::{Notice, Tone},
    },
};
use leptos::prelude::*;

/// Asking whether to delete the own data: what goes, what stays, and what becomes of appointments to come.
pub fn delete(frame: Frame, model: DeletePage) -> String {
    let heading = "Delete my data";
    let title = if model.errors.is_empty() { title(&frame, heading) } else { title_of_error(&frame, heading) };
    let business = frame.site.name().to_owned();
    document(frame, &title, Scripts::None, move || {
        let body = if model.in_the_way.is_empty() {
            form(&model, &business).into_any()
        } else {
            view! {
                <Notice tone=Tone::Warn title="Not yet" takes_focus=true>
                    <p>{format!("What is below is too near to be cancelled here, and {business} needs to know who comes. Delete your data after it, or have it cancelled first.")}</p>
                    {ask(&model.reach, &business)}
                </Notice>
                {cards(&model.in_the_way)}
            }
            .into_any()
        };
        public_layout(view! {
            {back("/my/profile", "Profile")}
            <div class="narrow l-stack">
                <h1>{heading}</h1>
                <ErrorSummary errors=summary(&model.errors, "")/>
                {body}
            </div>
        })
    })
}

fn form(model: &DeletePage, business: &str) -> impl IntoView + use<> {
    let error = message(&model.errors, "email");
    let along = (!model.cancelled_along.is_empty()).then(|| {
        view! {
            <section class="l-stack" aria-labelledby="along">
                <h2 id="along" class="card-head">"Cancelled along with it"</h2>
                <p>"Nobody could be expected any more without a name, so these are cancelled first:"</p>
                {cards(&model.cancelled_along)}
            </section>
        }
    });
    let hint = format!("Type {} to confirm.", model.email);
    view! {
        <section class="card l-stack" aria-labelledby="what">
            <h2 id="what" class="card-head">"What happens"</h2>
            <ul class="next">
                <li>"Your name, e-mail address and phone number are deleted, and so are your notes with each appointment and the letters that we sent you."</li>
                <li>{format!("That there was an appointment, when, for what and at which price, stays in the books of {business}, without you.")}</li>
                <li>"You are signed out everywhere, and the account is gone. Links to your bookings show no name any more."</li>
                <li>"This cannot be undone. Download your data first if you want to keep a copy."</li>
            </ul>
            <p><a class="btn" href="/my/export.json" download="my-data.json">"Download my data"</a></p>
        </section>
        {along}
        <form class="card form" method="post" action="/my/delete" novalidate>
            <Field
                name="email"
                label="Your e-mail address"
                kind=Kind::Email
                hint=hint
                value=model.typed.clone()
                error
                autocomplete="off"
            />
            <div class="form-actions"><button class="btn" data-variant="danger" data-size="lg">"Delete my data"</button></div>
        </form>
    }
}
