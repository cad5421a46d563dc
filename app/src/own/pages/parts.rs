//! What the pages about a booking share.

use super::super::model::{AppointmentCard, Summary};
use crate::{
    booking::model::{Change, Changes, Reach},
    ui::{
        address,
        badge::Badge,
        icon::{Glyph, Icon},
        moment::When,
        notice::{Notice, Tone},
    },
};
use domain::booking::AppointmentStatus;
use leptos::prelude::*;

/// What can be done about a booking, or why not and whom to ask.
pub(crate) fn changes(changes: &Changes, business: &str) -> Option<impl IntoView + use<>> {
    if changes.is_over {
        return None;
    }
    let button = |change: &Change, path: &str, label: &'static str, glyph| match change {
        Change::Late(_) | Change::Closed(_) => None,
        Change::Open(_) => {
            let href = format!("{}/{path}", changes.base);
            Some(view! { <a class="btn" href=href><Icon glyph size=18/>{label}</a> })
        }
    };
    let moving = button(&changes.moving, "move", "Move", Glyph::Move);
    let cancelling = button(&changes.cancelling, "cancel", "Cancel appointment", Glyph::Cross);
    let buttons = (moving.is_some() || cancelling.is_some())
        .then(|| view! { <p class="l-cluster no-print">{moving}{cancelling}</p> });
    let until = match (&changes.moving, &changes.cancelling) {
        (Change::Open(a), Change::Open(b)) if a == b => vec![format!("You can move or cancel it until {a}.")],
        (Change::Late(a), Change::Late(b)) if a == b => vec![format!("It could be moved or cancelled until {a}.")],
        (moving, cancelling) => vec![sentence(moving, "move", "moved"), sentence(cancelling, "cancel", "cancelled")],
    };
    let mut lines = until;
    lines.dedup();
    let lines = lines.into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
    let is_closed = [&changes.moving, &changes.cancelling].iter().any(|c| !matches!(c, Change::Open(_)));
    let ask = is_closed.then(|| ask(&changes.reach, business));
    Some(view! {
        <section class="changes" aria-labelledby="changes">
            <h2 id="changes">"Something has come up?"</h2>
            <div class="l-stack">{lines}{ask}{buttons}</div>
        </section>
    })
}

/// Until when something can be done, or why not.
pub(crate) fn sentence(change: &Change, can: &str, done: &str) -> String {
    match change {
        Change::Open(until) => format!("You can {can} it until {until}."),
        Change::Late(until) => format!("It could be {done} until {until}."),
        Change::Closed(why) => why.clone(),
    }
}

/// Whom to ask instead.
pub(crate) fn ask(reach: &Reach, business: &str) -> impl IntoView + use<> {
    let phone = reach.phone.clone().map(|phone| {
        let dial: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        view! { <li>"by telephone: "<a href=format!("tel:{dial}")>{phone}</a></li> }
    });
    let email = reach.email.clone().map(|email| {
        view! { <li>"by e-mail: "<a href=format!("mailto:{email}")>{address(&email)}</a></li> }
    });
    if phone.is_none() && email.is_none() {
        return view! { <p>{format!("Please ask {business} directly.")}</p> }.into_any();
    }
    view! { <div><p>{format!("Please ask {business}:")}</p><ul class="next">{phone}{email}</ul></div> }.into_any()
}

/// Why something about a booking cannot be done, and whom to ask.
pub(crate) fn closed(title: &'static str, why: String, reach: &Reach, business: &str) -> impl IntoView + use<> {
    let ask = ask(reach, business);
    view! { <Notice tone=Tone::Warn title=title takes_focus=true><p>{why}</p>{ask}</Notice> }
}

/// Somebody changed the booking since it was looked at.
pub(crate) fn stale() -> impl IntoView {
    view! {
        <Notice tone=Tone::Warn title="This appointment was changed meanwhile" takes_focus=true>
            <p>"Nothing was done. Below is how it stands now; look at it and decide again."</p>
        </Notice>
    }
}

/// The booking that a page is about.
pub(crate) fn summary(booking: &Summary) -> impl IntoView + use<> {
    let Summary { service, day_label, clock_range, zone_label, with, .. } = booking.clone();
    let with = (!with.is_empty()).then(|| view! { <div><dt>"With"</dt><dd>{with.join(", ")}</dd></div> });
    view! {
        <section class="card" aria-labelledby="booking">
            <h2 id="booking" class="card-head">{service}</h2>
            <dl class="facts">
                <div><dt>"Day"</dt><dd>{day_label}</dd></div>
                <div><dt>"Time"</dt><dd class="tabular">{clock_range}<small>{zone_label}</small></dd></div>
                {with}
            </dl>
        </section>
    }
}

/// Where an appointment stands: hue, shape and word.
pub(crate) fn status_badge(status: AppointmentStatus) -> impl IntoView {
    let (hue, glyph) = match status {
        AppointmentStatus::Pending => ("indigo", Glyph::Clock),
        AppointmentStatus::Confirmed => ("grass", Glyph::Check),
        AppointmentStatus::Completed => ("slate", Glyph::Check),
        AppointmentStatus::Cancelled => ("red", Glyph::Cross),
        AppointmentStatus::NoShow => ("amber", Glyph::Warning),
    };
    view! { <Badge hue glyph label=status.label()/> }
}

/// A list of appointments. What was called off is struck out, and says so.
pub(crate) fn cards(cards: &[AppointmentCard]) -> impl IntoView + use<> {
    let items = cards.iter().map(|card| {
        let AppointmentCard { href, service, day, clock_range, zone_label, with, status, price } = card.clone();
        let is_off = status == AppointmentStatus::Cancelled;
        let when = view! { <When at=day/>", "<span class="nowrap tabular">{clock_range}</span> };
        let when = if is_off { view! { <s>{when}</s> }.into_any() } else { when.into_any() };
        let with = (!with.is_empty()).then(|| format!("With {}", with.join(", ")));
        let more = [with, price, Some(zone_label)].into_iter().flatten().collect::<Vec<_>>().join(" · ");
        view! {
            <li class="line">
                <span class="line-main">
                    <a class="row-name" href=href>{service}</a>
                    <span class="own-when">{when}</span>
                    <span class="sub">{more}</span>
                </span>
                {status_badge(status)}
            </li>
        }
    });
    view! { <ul class="lines card" role="list">{items.collect_view()}</ul> }
}
