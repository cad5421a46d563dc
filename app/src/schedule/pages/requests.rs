use super::super::model::Requests;
use crate::{
    frame::Frame,
    render::{Scripts, document},
    ui::layout::{team_layout, title},
};
use leptos::prelude::*;

/// The requests that wait for an answer.
pub fn requests(frame: Frame, model: Requests) -> String {
    document(frame.clone(), &title(&frame, "Requests"), Scripts::None, move || {
        let lines = model.lines.iter().map(|line| {
            let kept = if line.holds { "Its time is kept" } else { "Its time is not kept" };
            view! {
                <li class="card request">
                    <h2><a class="card-link" href=format!("/appointments/{}", line.id)>{format!("{}, {}", line.service, line.customer)}</a></h2>
                    <p class="tabular">{line.when.clone()}</p>
                    <p class="muted">{kept}</p>
                </li>
            }
        });
        let lines = lines.collect_view();
        let body = if model.lines.is_empty() {
            view! {
                <section class="card empty">
                    <h2>"No request waits for you"</h2>
                    <p class="muted">"Services that need your approval send their requests here."</p>
                </section>
            }
            .into_any()
        } else {
            view! { <ul class="l-stack" role="list">{lines}</ul> }.into_any()
        };
        team_layout(view! {
            <div class="intro">
                <h1>"Requests"</h1>
                <p class="muted">{format!("Times in {}", model.zone_label)}</p>
            </div>
            {body}
        })
    })
}
