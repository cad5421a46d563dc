use super::{super::model::ResourcePage, hours};
use crate::{
    frame::Frame,
    render::{Scripts, document},
    setup::{acts, outcome},
    ui::{
        field::{Field, Kind, Radios, Select},
        form::{Disclosure, Press},
        layout::{back, team_layout, title, title_of_error},
        notice::{Notice, Tone},
    },
};
use domain::resource::ResourceKind;
use leptos::prelude::*;

/// A resource, to be changed or added.
pub fn resource(frame: Frame, model: ResourcePage) -> String {
    let heading = if model.id.is_some() { model.name.clone() } else { "New resource".to_owned() };
    let title = if model.sent.is_refused() { title_of_error(&frame, &heading) } else { title(&frame, &heading) };
    document(frame, &title, Scripts::None, move || {
        let archived = model.is_archived.then(|| {
            view! { <Notice tone=Tone::Warn title="This is archived"><p>"It cannot be booked. Its appointments stay as they are."</p></Notice> }
        });
        let time_off = model.id.map(|id| {
            view! { <a class="btn" href=format!("/resources/{id}/time-off")>"Time off"</a> }
        });
        let times = model.id.map(|id| view! { {hours::week(&model, id)}{hours::dates(&model, id)} });
        team_layout(view! {
            {back("/resources", "Resources")}
            <header class="page-head"><h1>{heading}</h1><div class="l-cluster no-print">{time_off}</div></header>
            <div class="narrow l-stack">{outcome(&model.sent)}{archived}{times}{facts(&model)}{archive(&model)}</div>
        })
    })
}

fn facts(model: &ResourcePage) -> impl IntoView + use<> {
    let action = model.id.map_or_else(|| "/resources".to_owned(), |id| format!("/resources/{id}"));
    let error = |field: &str| model.sent.error("facts", field);
    let form = model.form.clone();
    let kinds = [
        (ResourceKind::Staff, "Somebody who serves"),
        (ResourceKind::Room, "A room, a seat, a place"),
        (ResourceKind::Equipment, "A machine, a vehicle, an instrument"),
    ];
    let kinds = kinds.map(|(kind, text)| (kind.as_str().to_owned(), kind.label().to_owned(), text.to_owned())).to_vec();
    let nobody = (String::new(), "Nobody's own".to_owned());
    let team =
        std::iter::once(nobody).chain(model.team.iter().map(|(id, name)| (id.to_string(), name.clone()))).collect();
    let zone_hint = format!(
        "Only where its clock is another than the business's. Empty: as the business has it; at present {}",
        model.zone
    );
    let buttons = if model.id.is_some() {
        acts("Save").into_any()
    } else {
        view! { <div class="form-actions"><button class="btn" data-variant="primary">"Add, and set the hours"</button></div> }.into_any()
    };
    view! {
        <form class="card form setup" method="post" action=action novalidate aria-labelledby="facts">
            <input type="hidden" name="version" value=model.version/>
            <h2 id="facts" class="card-head">"Details"</h2>
            <Field name="name" label="Name" hint="Customers see the names of people" value=form.name error=error("name") autocomplete="off"/>
            <Radios name="kind" legend="What it is" choices=kinds chosen=form.kind error=error("kind")/>
            <Field name="quantity" label="How many alike there are" kind=Kind::Number hint="Each of them can be booked at the same time; a person is always 1" value=form.quantity error=error("quantity") autocomplete="off"/>
            <Select name="login" label="Login" hint="Whose calendar it is: they see it as their own and put in their time off" options=team chosen=form.login error=error("login")/>
            <Field name="zone" label="Time zone" hint=zone_hint value=form.zone error=error("zone") suggestions=model.zones.clone() autocomplete="off" optional=true/>
            {buttons}
        </form>
    }
}

fn archive(model: &ResourcePage) -> Option<impl IntoView + use<>> {
    let id = model.id?;
    let coming = match model.coming {
        0 => "No appointment with it is to come.".to_owned(),
        1 => "1 appointment with it is to come; it stays as it is.".to_owned(),
        n => format!("{n} appointments with it are to come; they stay as they are."),
    };
    let body = if model.is_archived {
        view! { <Press action=format!("/resources/{id}/restore") label="Restore"/> }.into_any()
    } else {
        view! {
            <Disclosure label="Archive\u{2026}">
                <div class="action">
                    <p>{format!("It can no longer be booked and leaves this list and the calendar's columns. {coming} It can be restored.")}</p>
                    <Press action=format!("/resources/{id}/archive") label="Archive" variant="danger"/>
                </div>
            </Disclosure>
        }
        .into_any()
    };
    Some(view! { <section class="card no-print" aria-label="Out of use">{body}</section> })
}
