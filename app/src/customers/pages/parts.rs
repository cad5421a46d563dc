//! What the pages of customers share.

use super::super::model::{Similar, Visit};
use crate::ui::{
    address,
    badge::Badge,
    icon::Glyph,
    moment::{Moment, When},
};
use domain::booking::AppointmentStatus;
use leptos::prelude::*;

/// An address to write to, or that there is none.
pub(super) fn email(text: &str) -> AnyView {
    if text.is_empty() {
        return view! { <span class="muted">"No e-mail address"</span> }.into_any();
    }
    view! { <a href=format!("mailto:{text}")>{address(text)}</a> }.into_any()
}

/// A number to call, or that there is none.
pub(super) fn phone(text: Option<&str>) -> AnyView {
    let Some(text) = text else { return view! { <span class="muted">"No phone number"</span> }.into_any() };
    let dial: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    view! { <a class="tabular" href=format!("tel:{dial}")>{text.to_owned()}</a> }.into_any()
}

/// A time, or that there is none.
pub(super) fn when(at: Option<Moment>, none: &'static str) -> AnyView {
    match at {
        Some(at) => view! { <When at/> }.into_any(),
        None => view! { <span class="muted">{none}</span> }.into_any(),
    }
}

/// How often nobody came: what is worth a second look stands out, and says what it is.
pub(super) fn no_shows(count: i64) -> AnyView {
    match count {
        0 => view! { <span class="muted">"None"</span> }.into_any(),
        n => view! { <Badge hue="amber" glyph=Glyph::Warning label=n.to_string()/> }.into_any(),
    }
}

/// Where an appointment stands.
pub(super) fn status(status: AppointmentStatus) -> impl IntoView {
    let (hue, glyph) = match status {
        AppointmentStatus::Pending => ("indigo", Glyph::Clock),
        AppointmentStatus::Confirmed => ("grass", Glyph::Check),
        AppointmentStatus::Completed => ("slate", Glyph::Check),
        AppointmentStatus::Cancelled => ("red", Glyph::Cross),
        AppointmentStatus::NoShow => ("amber", Glyph::Warning),
    };
    view! { <Badge hue glyph label=status.label()/> }
}

/// Appointments, each a link. What was called off is struck out, and says so.
pub(super) fn visits(visits: &[Visit]) -> impl IntoView + use<> {
    let items = visits.iter().map(|visit| {
        let Visit { id, at, service, with, status: stands, reference } = visit.clone();
        let at = view! { <When at/> };
        let at = if stands == AppointmentStatus::Cancelled { view! { <s>{at}</s> }.into_any() } else { at.into_any() };
        let with = (!with.is_empty()).then(|| format!("With {}", with.join(", ")));
        let more = [with, Some(reference)].into_iter().flatten().collect::<Vec<_>>().join(" · ");
        view! {
            <li class="line">
                <span class="line-main">
                    <a class="row-name" href=format!("/appointments/{id}")>{service}</a>
                    {at}
                    <span class="sub">{more}</span>
                </span>
                {status(stands)}
            </li>
        }
    });
    view! { <ul class="lines" role="list">{items.collect_view()}</ul> }
}

/// Others who may be the same person. `with` is the customer that they could become one with.
pub(super) fn similar(similar: &[Similar], with: Option<String>) -> impl IntoView + use<> {
    let items = similar.iter().map(|other| {
        let Similar { id, name, contact, why } = other.clone();
        let merge = with.clone().map(|base| {
            let about = name.clone();
            view! { <a class="btn" data-size="sm" href=format!("{base}?with={id}")>"Merge\u{2026}"<span class="visually-hidden">" with "{about}</span></a> }
        });
        view! {
            <li class="line">
                <span class="line-main"><a class="row-name" href=format!("/customers/{id}")>{name}</a><span class="sub">{contact}" · "{why}</span></span>
                {merge}
            </li>
        }
    });
    view! { <ul class="lines" role="list">{items.collect_view()}</ul> }
}

/// `1 appointment`, `3 appointments`.
pub(super) fn counted(count: i64, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
