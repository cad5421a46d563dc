use super::{super::model::Appointments, parts::cards};
use crate::{
    frame::Frame,
    render::{Scripts, document},
    ui::{
        layout::{public_layout, title},
        list::{Empty, Pager, Paging},
    },
};
use leptos::prelude::*;

/// The own appointments: what is to come, then what was.
pub fn appointments(frame: Frame, model: Appointments) -> String {
    document(frame.clone(), &title(&frame, "My appointments"), Scripts::None, move || {
        let is_first = model.past.first.is_none();
        let is_new = model.upcoming.is_empty() && model.past.rows.is_empty() && is_first;
        let book = view! { <a class="btn" data-variant="primary" href="/">"Book an appointment"</a> };
        let body = if is_new {
            view! {
                <Empty title="No appointments yet">
                    <p class="muted">"What you book with the address of this account shows here, also what you book without signing in."</p>
                    <p>{book}</p>
                </Empty>
            }
            .into_any()
        } else {
            let upcoming = is_first.then(|| upcoming(&model));
            view! { {upcoming}{past(&model)} }.into_any()
        };
        let again =
            (!is_new).then(|| view! { <p class="no-print"><a class="btn" href="/">"Book another appointment"</a></p> });
        public_layout(view! {
            <div class="own">
                <header class="page-head"><h1>"My appointments"</h1>{again}</header>
                {body}
            </div>
        })
    })
}

fn upcoming(model: &Appointments) -> impl IntoView + use<> {
    let list = if model.upcoming.is_empty() {
        view! { <p class="muted">"Nothing is booked at present."</p> }.into_any()
    } else {
        cards(&model.upcoming).into_any()
    };
    view! {
        <section aria-labelledby="upcoming"><h2 id="upcoming" class="section-title">"Upcoming"</h2>{list}</section>
    }
}

fn past(model: &Appointments) -> Option<impl IntoView + use<>> {
    let past = &model.past;
    (!past.rows.is_empty() || past.first.is_some()).then(|| {
        let list = cards(&past.rows);
        let (first, next) = (past.first.clone(), past.next.clone());
        view! {
            <section aria-labelledby="past">
                <h2 id="past" class="section-title">"Past and cancelled"</h2>
                {list}
                <Pager first next paging=Paging::Time/>
            </section>
        }
    })
}
