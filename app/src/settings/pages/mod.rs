//! The page, one file a section.

mod branding;
mod business;
mod closures;
mod policies;

use super::model::Settings;
use crate::{
    frame::Frame,
    render::{Scripts, document},
    setup::outcome,
    ui::layout::{team_layout, title, title_of_error},
};
use leptos::prelude::*;

/// All settings: a section each, with a form and a button of its own.
pub fn settings(frame: Frame, model: Settings) -> String {
    let title = if model.sent.is_refused() { title_of_error(&frame, "Settings") } else { title(&frame, "Settings") };
    document(frame, &title, Scripts::None, move || {
        let sections =
            [("business", "Business"), ("policies", "Policies"), ("branding", "Colour"), ("closures", "Closures")];
        let links = sections.map(|(id, label)| view! { <li><a href=format!("#{id}")>{label}</a></li> });
        team_layout(view! {
            <header class="page-head"><h1>"Settings"</h1></header>
            <nav class="nav tabs" aria-label="On this page"><ul role="list">{links.collect_view()}</ul></nav>
            <div class="narrow l-stack">
                {outcome(&model.sent)}
                {business::business(&model)}
                {policies::policies(&model)}
                {branding::branding(&model)}
                {closures::closures(&model)}
            </div>
        })
    })
}
