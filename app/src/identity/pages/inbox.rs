use super::super::model::InboxLetter;
use crate::{
    frame::Frame,
    render::{Scripts, document},
    ui::{
        facts::{Fact, FactList},
        layout::{plain_layout, title},
        list::Empty,
    },
};
use leptos::prelude::*;

/// The inbox of a development server: letters that no mail server takes.
pub fn inbox(frame: Frame, letters: Vec<InboxLetter>) -> String {
    document(frame.clone(), &title(&frame, "Inbox"), Scripts::None, move || {
        let list = letters.into_iter().map(|letter| {
            view! {
                <article class="card letter">
                    <h2 class="card-head">{letter.subject}</h2>
                    <FactList>
                        <Fact label="To">{letter.recipient}</Fact>
                        <Fact label="Written">{letter.at}</Fact>
                    </FactList>
                    <p class="visit-notes">{with_links(&letter.body)}</p>
                </article>
            }
        });
        let list: Vec<_> = list.collect();
        let body = match list.is_empty() {
            true => view! { <Empty title="No letters yet"><p class="muted">"Invite somebody, or ask for a new password."</p></Empty> }.into_any(),
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
