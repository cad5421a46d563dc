use super::{
    super::model::{PersonPage, Place},
    roles, state_badge,
};
use crate::{
    audit,
    frame::Frame,
    platform::tenant_link,
    render::{Scripts, document},
    ui::{
        badge::{Badge, RoleBadge},
        facts::{Fact, FactList},
        field::{ErrorSummary, Field, Kind, Select},
        form::{Actions, Disclosure, FormState, Off, Press, offered, summary_of},
        icon::Glyph,
        layout::{back, title, title_of_error},
        moment::When,
    },
};
use leptos::prelude::*;

/// Somebody, on the platform's host.
pub fn user(frame: Frame, model: PersonPage) -> String {
    one(frame, model, Place::Platform)
}

/// Somebody of the own team.
pub fn member(frame: Frame, model: PersonPage) -> String {
    one(frame, model, Place::Team)
}

fn one(frame: Frame, model: PersonPage, place: Place) -> String {
    let name = model.person.name.clone();
    let title = if model.refused.is_some() { title_of_error(&frame, &name) } else { title(&frame, &name) };
    document(frame, &title, Scripts::None, move || {
        let temporary =
            model.person.is_temporary.then(|| view! { <Badge hue="orange" glyph=Glyph::Trial label="Demo"/> });
        place.layout(view! {
            {back(place.people(), "People")}
            <header class="page-head">
                <h1>{name}</h1>
                <p class="l-cluster"><RoleBadge role=model.person.role/>{state_badge(model.person.state)}{temporary}</p>
            </header>
            <ErrorSummary errors=summary_of(model.refused.as_ref())/>
            <div class="l-aside detail">
                <div class="l-stack">{facts(&model, place)}{masquerade(&model, place)}{events(&model)}</div>
                {actions(&model, place)}
            </div>
        })
    })
}

fn facts(model: &PersonPage, place: Place) -> impl IntoView + use<> {
    let person = &model.person;
    let (email, created) = (person.email.clone(), model.created.clone());
    let seen = match person.last_seen.clone() {
        Some(at) => view! { <When at/> }.into_any(),
        None => "Never".into_any(),
    };
    let business = (place == Place::Platform).then(|| {
        let tenant = match &person.tenant {
            Some(tenant) => tenant_link(tenant).into_any(),
            None => "None: a role of the platform".into_any(),
        };
        view! { <Fact label="Business">{tenant}</Fact> }
    });
    let role = person.role.label();
    view! {
        <section class="card" aria-labelledby="facts">
            <h2 id="facts" class="card-head">"Person"</h2>
            <FactList>
                <Fact label="E-mail"><a href=format!("mailto:{email}")>{email.clone()}</a></Fact>
                <Fact label="Role">{role}</Fact>
                {business}
                <Fact label="Last seen">{seen}</Fact>
                <Fact label="Login made"><When at=created/></Fact>
            </FactList>
        </section>
    }
}

/// Acting as somebody asks for a reason first, and says what it means before it begins.
fn masquerade(model: &PersonPage, place: Place) -> Option<impl IntoView + use<>> {
    let state = FormState::of("masquerade", model.refused.as_ref());
    let name = model.person.name.clone();
    let body = match model.person.masquerade.as_ref()? {
        Err(reason) => view! { <Off id="masquerade" label="Masquerade" reason=reason.clone()/> }.into_any(),
        Ok(()) => {
            let action = format!("{}/masquerade", place.person(model.person.id));
            let reason = state.value("reason", "");
            view! {
                <form class="form" method="post" action=action novalidate>
                    <p>
                        "You will see and do what "{name.clone()}" can, for 30 minutes at most. Everything is written down with both names, "
                        "and the owner of the business can see it. Passwords, roles, permissions, domains, export and deletion stay out of reach."
                    </p>
                    <Field
                        name="reason"
                        id=state.id("reason")
                        label="Reason"
                        kind=Kind::Paragraph
                        hint="3 to 500 characters, such as the number of the support case"
                        value=reason
                        error=state.error("reason")
                    />
                    <div><button class="btn" data-variant="primary">{format!("Act as {name}")}</button></div>
                </form>
            }
            .into_any()
        }
    };
    Some(view! {
        <section class="card masquerade no-print" id="masquerade" aria-labelledby="masquerade-title">
            <h2 id="masquerade-title" class="card-head">"Masquerade"</h2>
            {body}
        </section>
    })
}

fn events(model: &PersonPage) -> Option<impl IntoView + use<>> {
    let events = model.events.as_ref()?;
    let lines = events.iter().map(|entry| view! { <li class="line">{audit::line(entry)}</li> }).collect_view();
    let body = if events.is_empty() {
        view! { <p class="muted">"Nothing has been written down about this person yet."</p> }.into_any()
    } else {
        view! { <ul class="lines" role="list">{lines}</ul> }.into_any()
    };
    Some(view! {
        <section class="card" aria-labelledby="events"><h2 id="events" class="card-head">"Recent activity"</h2>{body}</section>
    })
}

fn actions(model: &PersonPage, place: Place) -> impl IntoView + use<> {
    let id = model.person.id;
    let path = move |form: &str| format!("{}/{form}", place.person(id));
    let offers = &model.actions;
    let all = vec![
        offered(&offers.role, "role", "Change role", || role(model, path("role"))),
        offered(&offers.reset, "reset", "Send a link", || {
            view! {
                <div class="action">
                    <p>"For who has lost the password. The old one holds until a new one is set."</p>
                    <Press action=path("reset") label="Send a link to set a new password"/>
                </div>
            }
            .into_any()
        }),
        offered(&offers.reactivate, "reactivate", "Reactivate", || {
            view! {
                <div class="action">
                    <p>"Switched off at present: nobody can sign in with this login."</p>
                    <Press action=path("reactivate") label="Reactivate" variant="primary"/>
                </div>
            }
            .into_any()
        }),
        offered(&offers.deactivate, "deactivate", "Deactivate", || {
            view! {
                <Disclosure label="Deactivate\u{2026}">
                    <div class="action">
                        <p>"Ends all sessions at once and lets nobody sign in with this login. Appointments and entries of the audit stay."</p>
                        <Press action=path("deactivate") label="Deactivate login" variant="danger"/>
                    </div>
                </Disclosure>
            }
            .into_any()
        }),
    ];
    view! { <Actions all none="Your role lets you read this, not change it."/> }
}

fn role(model: &PersonPage, action: String) -> AnyView {
    let state = FormState::of("role", model.refused.as_ref());
    let chosen = state.value("role", model.person.role.as_str());
    let (options, is_refused) = (roles(&model.roles), state.is_refused());
    view! {
        <Disclosure label="Change role" open=is_refused>
            <form class="form" method="post" action=action novalidate>
                <Select
                    name="role"
                    id=state.id("role")
                    label="Role"
                    hint="They are signed out everywhere and sign in again with the new one."
                    options=options
                    chosen
                    error=state.error("role")
                />
                <button class="btn" data-variant="primary">"Change role"</button>
            </form>
        </Disclosure>
    }
    .into_any()
}
