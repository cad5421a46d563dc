use super::{
    super::model::CustomerPage,
    parts::{self, counted},
};
use crate::{
    frame::Frame,
    render::{Scripts, document},
    setup::outcome,
    ui::{
        facts::{Fact, FactList},
        field::{Field, Kind},
        icon::{Glyph, Icon},
        layout::{back, team_layout, title, title_of_error},
        list::{Pager, Paging},
        moment::When,
        notice::{Notice, Tone},
    },
};
use domain::own::DELETED_NAME;
use leptos::prelude::*;

/// A customer: how they are reached, what they have booked, and what the team knows of them.
pub fn customer(frame: Frame, model: CustomerPage) -> String {
    let heading = if model.is_anonymised { DELETED_NAME.to_owned() } else { model.name.clone() };
    let title = if model.sent.is_refused() { title_of_error(&frame, &heading) } else { title(&frame, &heading) };
    document(frame, &title, Scripts::None, move || {
        let edit = model.rights.edit.then(|| {
            view! { <a class="btn" href=format!("/customers/{}/edit", model.id)>"Change contact"</a> }
        });
        let gone = model.is_anonymised.then(|| {
            view! {
                <Notice title="The data of this customer are deleted">
                    <p>"That there were appointments stays in your books; whose they were does not."</p>
                </Notice>
            }
        });
        let aside = (!model.is_anonymised).then(|| view! { {contact(&model)}{notes(&model)} });
        team_layout(view! {
            {back("/customers", "Customers")}
            <header class="page-head"><h1>{heading}</h1><div class="l-cluster no-print">{edit}</div></header>
            {outcome(&model.sent)}
            {gone}
            <div class="l-aside customer">
                <aside class="l-stack">{aside}{duplicates(&model)}</aside>
                <div class="l-stack">{figures(&model)}{history(&model)}{more(&model)}</div>
            </div>
        })
    })
}

fn contact(model: &CustomerPage) -> impl IntoView + use<> {
    let login = if model.has_login { "Signs in here" } else { "No login" };
    let (since, email, phone) = (model.since.clone(), model.email.clone(), model.phone.clone());
    view! {
        <section class="card" aria-labelledby="contact">
            <h2 id="contact" class="card-head">"Contact"</h2>
            <FactList>
                <Fact label="E-mail">{parts::email(&email)}</Fact>
                <Fact label="Phone">{parts::phone(phone.as_deref())}</Fact>
                <Fact label="Account">{login}</Fact>
                <Fact label="Known since"><When at=since/></Fact>
            </FactList>
        </section>
    }
}

fn figures(model: &CustomerPage) -> impl IntoView + use<> {
    let (next, last, zone) = (model.next.clone(), model.last.clone(), format!("Times in {}", model.zone));
    let (visits, no_shows, cancelled) = (model.visits, model.no_shows, model.cancelled);
    view! {
        <section class="card" aria-labelledby="visits">
            <h2 id="visits" class="card-head">"Visits"</h2>
            <FactList>
                <Fact label="Next">{parts::when(next, "None")}</Fact>
                <Fact label="Last">{parts::when(last, "None")}</Fact>
                <Fact label="In all">{visits.to_string()}</Fact>
                <Fact label="Did not come">{parts::no_shows(no_shows)}</Fact>
                <Fact label="Cancelled">{cancelled.to_string()}</Fact>
            </FactList>
            <p class="muted small">{zone}</p>
        </section>
    }
}

fn history(model: &CustomerPage) -> impl IntoView + use<> {
    let body = if model.history.is_empty() {
        view! { <p class="muted">"No appointments yet."</p> }.into_any()
    } else {
        parts::visits(&model.history).into_any()
    };
    let (first, next) = (model.newest.clone(), model.older.clone());
    view! {
        <section class="card" aria-labelledby="history">
            <h2 id="history" class="card-head">"Appointments"</h2>
            {body}
            <Pager first next paging=Paging::Time/>
        </section>
    }
}

fn notes(model: &CustomerPage) -> impl IntoView + use<> {
    let body = if model.rights.notes {
        let error = model.sent.error("notes", "notes");
        view! {
            <form class="form" method="post" action=format!("/customers/{}/notes", model.id) novalidate>
                <input type="hidden" name="version" value=model.version/>
                <Field name="notes" label="Notes" kind=Kind::Paragraph hint="For the team only. Customers never see them." value=model.notes.clone() error=error optional=true/>
                <div class="form-actions"><button class="btn">"Save notes"</button></div>
            </form>
        }
        .into_any()
    } else if model.notes.is_empty() {
        view! { <p class="muted">"Nothing is noted."</p> }.into_any()
    } else {
        view! { <p class="kept-lines">{model.notes.clone()}</p> }.into_any()
    };
    view! { <section class="card" id="team-notes" aria-labelledby="notes-title"><h2 id="notes-title" class="card-head">"Team\u{2019}s notes"</h2>{body}</section> }
}

fn duplicates(model: &CustomerPage) -> Option<impl IntoView + use<>> {
    let with = model.rights.merge.then(|| format!("/customers/{}/merge", model.id));
    (!model.similar.is_empty()).then(|| {
        let title =
            format!("{} with the same contact", counted(i64::try_from(model.similar.len()).unwrap_or(0), "customer"));
        let others = parts::similar(&model.similar, with);
        view! {
            <Notice tone=Tone::Warn title="Possible duplicate">
                <p>{title}</p>
                {others}
            </Notice>
        }
    })
}

fn more(model: &CustomerPage) -> Option<impl IntoView + use<>> {
    let id = model.id;
    let merge = model.rights.merge.then(|| {
        view! { <li><a class="btn" href=format!("/customers/{id}/merge")><Icon glyph=Glyph::People size=18/>"Merge with another\u{2026}"</a></li> }
    });
    let anonymise = model.rights.anonymise.then(|| {
        view! { <li><a class="btn" href=format!("/customers/{id}/anonymise")><Icon glyph=Glyph::Cross size=18/>"Delete their data\u{2026}"</a></li> }
    });
    (merge.is_some() || anonymise.is_some()).then(|| {
        view! {
            <section class="card no-print" aria-labelledby="more">
                <h2 id="more" class="card-head">"Duplicates and deletion"</h2>
                <ul class="l-cluster" role="list">{merge}{anonymise}</ul>
            </section>
        }
    })
}
