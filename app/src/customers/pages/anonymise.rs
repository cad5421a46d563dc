use super::{
    super::model::AnonymisePage,
    parts::{self, counted},
};
use crate::{
    frame::Frame,
    render::{Scripts, document},
    ui::{
        field::{ErrorSummary, Field},
        form::{message, summary},
        layout::{back, team_layout, title, title_of_error},
        notice::{Notice, Tone},
    },
};
use leptos::prelude::*;

/// Asking whether to delete what names a customer: what goes, what stays, and what is in the way.
pub fn anonymise(frame: Frame, model: AnonymisePage) -> String {
    let heading = format!("Delete the data of {}", model.name);
    let title = if model.errors.is_empty() { title(&frame, &heading) } else { title_of_error(&frame, &heading) };
    document(frame, &title, Scripts::None, move || {
        let body = if model.upcoming.is_empty() { form(&model).into_any() } else { in_the_way(&model).into_any() };
        team_layout(view! {
            {back(format!("/customers/{}", model.id), "Customer")}
            <header class="page-head"><h1>{heading}</h1></header>
            <div class="narrow l-stack"><ErrorSummary errors=summary(&model.errors, "")/>{body}</div>
        })
    })
}

fn in_the_way(model: &AnonymisePage) -> impl IntoView + use<> {
    let why = format!(
        "{} is still expected. Cancel what is to come first, or wait until it is over: nobody could be told of it any more.",
        model.name
    );
    view! {
        <Notice tone=Tone::Warn title="Not yet" takes_focus=true><p>{why}</p></Notice>
        <section class="card" aria-labelledby="coming">
            <h2 id="coming" class="card-head">"To come"</h2>
            {parts::visits(&model.upcoming)}
            <p class="muted small">{format!("Times in {}", model.zone)}</p>
        </section>
    }
}

fn form(model: &AnonymisePage) -> impl IntoView + use<> {
    let error = message(&model.errors, "name");
    let stays = match model.appointments {
        0 => "There are no appointments, so nothing stays but an empty entry that no list shows.".to_owned(),
        n => format!(
            "{} stay in your books: when, for what and at which price, but not for whom.",
            counted(n, "appointment")
        ),
    };
    let login =
        model.has_login.then(|| view! { <li>"Their login here is deleted, and they are signed out everywhere."</li> });
    let hint = format!("Type {} to confirm.", model.name);
    view! {
        <section class="card l-stack" aria-labelledby="what">
            <h2 id="what" class="card-head">"What happens"</h2>
            <ul class="effect-list">
                <li>"Name, e-mail address, phone number and the team\u{2019}s notes are deleted, with what was written with each appointment and the letters that were sent."</li>
                <li>{stays}</li>
                {login}
                <li>"This cannot be undone."</li>
            </ul>
        </section>
        <form class="card form" method="post" action=format!("/customers/{}/anonymise", model.id) novalidate>
            <Field name="name" label="Their name" hint=hint value=model.typed.clone() error autocomplete="off"/>
            <div class="form-actions"><button class="btn" data-variant="danger">"Delete customer data"</button></div>
        </form>
    }
}
