//! The pages of a booking, one file each, and what they share.

mod booked;
mod details;
pub mod links;
mod pick_time;
mod services;

pub use booked::booked;
pub use details::details;
pub use pick_time::pick_time;
pub(crate) use pick_time::{Way, choose};
pub use services::services;

use super::model::ServiceCard;
use crate::ui::icon::{Glyph, Icon};
use domain::time::duration_label;
use leptos::prelude::*;

/// How far one has come: people give up on forms whose end they cannot see.
fn steps(current: usize) -> impl IntoView {
    let steps = ["Service", "Day and time", "Your details"].into_iter().enumerate().map(|(i, name)| {
        let is_current = (i == current).then_some("step");
        let done = (i < current)
            .then(|| view! { <Icon glyph=Glyph::Check size=14/><span class="visually-hidden">"Done: "</span> });
        view! { <li aria-current=is_current data-done=(i < current).then_some("")>{done}{name}</li> }
    });
    view! { <ol class="steps" role="list" aria-label="Steps of your booking">{steps.collect_view()}</ol> }
}

/// How long it takes and what it costs.
fn meta(service: &ServiceCard) -> impl IntoView + use<> {
    let price = service.price.clone().map(|price| view! { <span class="meta-price">{price}</span> });
    view! {
        <p class="meta">
            <span class="meta-part"><Icon glyph=Glyph::Clock size=16/>{duration_label(service.minutes)}</span>
            {price}
        </p>
    }
}
