use super::{
    super::model::{MergePage, MergeSide, MergeStep},
    parts::{self, counted},
};
use crate::{
    frame::Frame,
    render::{Scripts, document},
    ui::{
        facts::{Fact, FactList},
        filter::{FilterBar, FilterText},
        layout::{back, team_layout, title},
        list::Empty,
        notice::{Notice, Tone},
    },
};
use leptos::prelude::*;

/// Two customers who may be one: both, side by side, and what happens.
pub fn merge(frame: Frame, model: MergePage) -> String {
    document(frame.clone(), &title(&frame, "Merge customers"), Scripts::None, move || {
        let stale = model.is_stale.then(|| {
            view! {
                <Notice tone=Tone::Warn title="One of the two was changed meanwhile" takes_focus=true>
                    <p>"Nothing was done. Below is how they stand now; look at them and decide again."</p>
                </Notice>
            }
        });
        let keep = model.keep.clone();
        let body = match model.step.clone() {
            MergeStep::Choose(q, found) => {
                let base = format!("/customers/{}/merge", keep.id);
                let body = match (found.is_empty(), q.is_empty()) {
                    (false, _) => view! { <section class="card" aria-label="Found">{parts::similar(&found, Some(base.clone()))}</section> }.into_any(),
                    (true, true) => view! { <p class="muted">"Nobody has the same address or number. Look for the other by name."</p> }.into_any(),
                    (true, false) => view! { <Empty title="Nothing matches"><p class="muted">"Nobody is called so, or has such an address or number."</p></Empty> }.into_any(),
                };
                let lead = format!("Who is the same person as {}?", keep.name);
                view! {
                    <p class="lead-in">{lead}</p>
                    <FilterBar action=base is_filtered=!q.is_empty()>
                        <FilterText name="q" label="Name, e-mail or the last digits of a phone number" value=q wide=true/>
                    </FilterBar>
                    {body}
                }
                .into_any()
            }
            MergeStep::Confirm(other, may) => confirm(&keep, &other, &may).into_any(),
        };
        team_layout(view! {
            {back(format!("/customers/{}", keep.id), "Customer")}
            <header class="page-head"><h1>"Merge customers"</h1></header>
            {stale}
            {body}
        })
    })
}

fn confirm(keep: &MergeSide, other: &MergeSide, may: &Result<(), String>) -> impl IntoView + use<> {
    let what = match may {
        Err(why) => {
            let why = why.clone();
            view! { <Notice tone=Tone::Warn title="These two cannot be merged"><p>{why}</p></Notice> }.into_any()
        }
        Ok(()) => {
            let (kept, gone) = (keep.name.clone(), other.name.clone());
            let moved = format!("{} of {gone} will be {kept}\u{2019}s.", counted(other.appointments, "appointment"));
            let filled = format!("{kept} keeps name, e-mail and phone. What is missing there is taken from {gone}.");
            let action = format!("/customers/{}/merge", keep.id);
            let swap = (keep.has_login == other.has_login).then(|| {
                let href = format!("/customers/{}/merge?with={}", other.id, keep.id);
                let about = gone.clone();
                view! { <a class="btn" href=href>"Keep the other instead"<span class="visually-hidden">": "{about}</span></a> }
            });
            view! {
                <section class="card l-stack" aria-labelledby="what">
                    <h2 id="what" class="card-head">"What happens"</h2>
                    <ul class="effect-list wrap">
                        <li>{moved}</li>
                        <li>{filled}</li>
                        <li>"The notes of both are put together."</li>
                        <li>{format!("{gone} is deleted from the list. This cannot be undone.")}</li>
                    </ul>
                    <form class="form" method="post" action=action>
                        <input type="hidden" name="with" value=other.id.to_string()/>
                        <input type="hidden" name="version" value=keep.version/>
                        <input type="hidden" name="with_version" value=other.version/>
                        <div class="form-actions"><button class="btn" data-variant="danger">"Merge 2 customers"</button>{swap}</div>
                    </form>
                </section>
            }
            .into_any()
        }
    };
    view! { <div class="l-stack"><div class="merge-sides">{side(keep, "Stays")}{side(other, "Is merged into it")}</div>{what}</div> }
}

fn side(side: &MergeSide, role: &'static str) -> impl IntoView + use<> {
    let MergeSide { id, name, email, phone, notes, has_login, appointments, .. } = side.clone();
    let (head, labelled) = (format!("side-{id}"), format!("side-{id}"));
    let notes = if notes.is_empty() { "None".to_owned() } else { notes };
    view! {
        <section class="card" aria-labelledby=labelled>
            <p class="muted small">{role}</p>
            <h2 id=head class="card-head"><a href=format!("/customers/{id}")>{name}</a></h2>
            <FactList>
                <Fact label="E-mail">{parts::email(&email)}</Fact>
                <Fact label="Phone">{parts::phone(phone.as_deref())}</Fact>
                <Fact label="Appointments">{appointments.to_string()}</Fact>
                <Fact label="Account">{if has_login { "Signs in here" } else { "No login" }}</Fact>
                <Fact label="Notes"><span class="kept-lines">{notes}</span></Fact>
            </FactList>
        </section>
    }
}
