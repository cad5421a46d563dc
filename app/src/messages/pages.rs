//! The page of calendars to subscribe to.

use super::model::{FeedCard, Feeds};
use crate::{
    frame::Frame,
    render::{Scripts, document},
    ui::{
        badge::Badge,
        field::Field,
        form::Disclosure,
        icon::{Glyph, Icon},
        layout::{back, team_layout, title},
        list::Empty,
    },
};
use leptos::prelude::*;

/// The calendars that one may give out, each with its address, how to use it, and the way to another address.
pub fn feeds(frame: Frame, model: Feeds) -> String {
    document(frame.clone(), &title(&frame, "Calendar feeds"), Scripts::None, move || {
        let body = match model.cards.is_empty() {
            true => view! {
                <Empty title="No calendar to subscribe to yet">
                    <p class="muted">"A calendar that is your own shows up here once the owner or a manager has connected it with your login."</p>
                </Empty>
            }
            .into_any(),
            false => view! {
                <div class="l-stack">
                    {how()}
                    {model.cards.into_iter().map(card).collect_view()}
                </div>
            }
            .into_any(),
        };
        team_layout(view! {
            {back("/account", "Account")}
            <header class="page-head">
                <h1>"Calendar feeds"</h1>
                <p class="muted">"See appointments in the calendar that you use anyway, on your phone or computer."</p>
            </header>
            <div class="narrow">{body}</div>
        })
    })
}

fn how() -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="how">
            <h2 id="how" class="card-head">"How it works"</h2>
            <ul class="next">
                <li>"Copy the address of a calendar."</li>
                <li>"In Google Calendar choose Other calendars, then From URL. In Outlook choose Add calendar, then Subscribe from web. In Apple Calendar choose File, then New Calendar Subscription."</li>
                <li>"Your calendar looks for changes by itself, some every hour, some once a day. What you change there changes nothing here."</li>
                <li>"It shows times, services and names of customers, from 30 days ago to 180 days ahead. No telephone numbers, no addresses, no notes."</li>
                <li>"Whoever has the address can read the calendar without a password. If it got around, or somebody leaves, make a new one."</li>
            </ul>
        </section>
    }
}

fn card(card: FeedCard) -> impl IntoView {
    let id = format!("feed-{}", card.id);
    let own = card.is_own.then(|| view! { <Badge hue="grass" glyph=Glyph::Person label="Your own"/> });
    let (about, heading) = (card.name.clone(), id.clone());
    view! {
        <section class="card" aria-labelledby=heading>
            <h2 id=id.clone() class="card-head">{card.name.clone()}" "{own}</h2>
            <div class="l-stack">
                <Field name="address" id=format!("{id}-address") label="Address to copy" value=card.address fixed=true/>
                <p><a class="btn" href=card.subscribe><Icon glyph=Glyph::Calendar size=18/>"Subscribe on this device"<span class="visually-hidden">" to "{about}</span></a></p>
                <Disclosure label="Make a new address…">
                    <p>"The address above stops at once, for everybody who uses it. Each of them needs the new one."</p>
                    <form method="post" action=format!("/feeds/{}/renew", card.id)>
                        <button class="btn" data-variant="danger">"Make a new address"<span class="visually-hidden">" for "{card.name}</span></button>
                    </form>
                </Disclosure>
            </div>
        </section>
    }
}
