use super::super::model::{InboxLetter, LetterState};
use crate::{
    frame::Frame,
    render::{Scripts, document},
    ui::{
        badge::Badge,
        facts::{Fact, FactList},
        icon::{Glyph, Icon},
        layout::{plain_layout, title},
        list::Empty,
    },
};
use leptos::prelude::*;

/// The inbox of a development server: letters that no mail server takes.
pub fn inbox(frame: Frame, letters: Vec<InboxLetter>) -> String {
    document(frame.clone(), &title(&frame, "Inbox"), Scripts::None, move || {
        let list = letters.into_iter().map(letter);
        let list: Vec<_> = list.collect();
        let body = match list.is_empty() {
            true => view! { <Empty title="No letters yet"><p class="muted">"Book something, invite somebody, or ask for a new password."</p></Empty> }.into_any(),
            false => view! { <div class="l-stack">{list}</div> }.into_any(),
        };
        plain_layout(view! {
            <div class="intro">
                <h1>"Inbox"</h1>
                <p class="muted">"What would have been sent. Development only."</p>
            </div>
            {body}
        })
    })
}

fn letter(letter: InboxLetter) -> impl IntoView {
    let InboxLetter { id, kind, recipient, subject, body, at, state, has_html, calendar } = letter;
    let (hue, glyph, label, more) = match state {
        LetterState::Waiting => ("indigo", Glyph::Clock, "Waiting", None),
        LetterState::Due(when) => ("indigo", Glyph::Clock, "Later", Some(format!("Goes out {when}"))),
        LetterState::Failed(why) => ("amber", Glyph::Warning, "Tried in vain", Some(why)),
        LetterState::Sent(when) => ("grass", Glyph::Check, "Sent", Some(when)),
        LetterState::Void(why) => ("slate", Glyph::Cross, "Not sent", Some(why)),
    };
    let about = subject.clone();
    let html = has_html.then(|| {
        view! { <a class="btn" data-size="sm" href=format!("/dev/inbox/{id}/html")><Icon glyph=Glyph::Mail size=18/>"As it looks"<span class="visually-hidden">": "{about}</span></a> }
    });
    let about = subject.clone();
    let file = calendar.map(|method| {
        view! { <a class="btn" data-size="sm" href=format!("/dev/inbox/{id}/appointment.ics")><Icon glyph=Glyph::Download size=18/>"Calendar file ("{method}")"<span class="visually-hidden">": "{about}</span></a> }
    });
    let has_more = html.is_some() || file.is_some();
    let more_parts = has_more.then(|| view! { <p class="l-cluster">{html}{file}</p> });
    view! {
        <article class="card letter">
            <h2 class="card-head">{subject}</h2>
            <div class="l-stack">
                <FactList>
                    <Fact label="To">{recipient}</Fact>
                    <Fact label="Kind">{kind}</Fact>
                    <Fact label="Written">{at}</Fact>
                    <Fact label="State"><Badge hue glyph label/>{more.map(|more| view! { <small>{more}</small> })}</Fact>
                </FactList>
                {more_parts}
                <p class="visit-notes">{with_links(&body)}</p>
            </div>
        </article>
    }
}

/// The text with its addresses as links.
fn with_links(text: &str) -> Vec<AnyView> {
    text.split_inclusive(char::is_whitespace)
        .map(|word| {
            let bare = word.trim_end();
            if bare.starts_with("http://") || bare.starts_with("https://") {
                let rest = word[bare.len()..].to_owned();
                view! { <a href=bare.to_owned()>{bare.to_owned()}</a>{rest} }.into_any()
            } else {
                word.to_owned().into_any()
            }
        })
        .collect()
}
