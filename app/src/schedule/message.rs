//! What the board says: the bar while something is in the hand, the message after a change, the word that the connection
//! is lost, and the live region that tells the same to those who do not see any of it.

use super::moving::{By, Desk, Offer, What};
use leptos::prelude::*;

/// What to do with what is in the hand, and the way out; how to begin while there is nothing.
pub(super) fn bar(desk: Desk) -> impl IntoView {
    let chosen = Memo::new(move |_| desk.held.get().filter(|held| held.by == By::Choice).map(|held| held.what));
    let may_move = desk.board.with_untracked(|board| board.blocks.iter().any(|b| b.may_move));
    let may_book = desk.board.with_untracked(|board| board.may_book);
    let name = move |block: usize| desk.ask(block, |_, b| [&b.service, ", ", &b.customer].concat());
    let words = move |what: What| {
        match what {
        What::Block(block) => {
            view! { <p>"Click a free time for "<strong>{name(block)}</strong><span>", or use the arrow keys and Enter"</span></p> }.into_any()
        }
        What::End(block) => {
            view! { <p>"Click where "<strong>{name(block)}</strong>" is to end"<span>", or use the arrow keys and Enter"</span></p> }.into_any()
        }
        What::New => {
            view! { <p>"Click a time for the new appointment"<span>", or use the arrow keys and Enter"</span></p> }.into_any()
        }
    }
    };
    move || match chosen.get() {
        Some(what) => view! {
            <div class="day-bar" role="group" aria-label="Moving an appointment">
                {words(what)}
                <button type="button" class="btn" data-size="sm" on:click=move |_| desk.cancel()>"Cancel"</button>
            </div>
        }
        .into_any(),
        None if may_move || may_book => view! {
            <div class="day-hint no-print">
                <p>{hint(may_move, may_book)}</p>
                {may_move.then(|| tell_choice(desk))}
            </div>
        }
        .into_any(),
        None => ().into_any(),
    }
}

fn hint(may_move: bool, may_book: bool) -> &'static str {
    match (may_move, may_book) {
        (true, true) => {
            "Click an empty time to book. Drag an appointment to move it, its lower edge to make it longer."
        }
        (true, false) => "Drag an appointment to move it, or open it and choose Move.",
        _ => "Click an empty time to book.",
    }
}

/// Whether customers are told of what is changed here.
fn tell_choice(desk: Desk) -> impl IntoView {
    view! {
        <label class="check">
            <input
                type="checkbox"
                prop:checked=move || desk.tells.get()
                on:change=move |event| desk.tells.set(event_target_checked(&event))
            />
            "Tell customers of changes"
        </label>
    }
}

/// The word that the connection is lost. What is on the board stays, and says since when.
pub(super) fn connection(desk: Desk) -> impl IntoView {
    move || {
        desk.lost.get().then(|| view! {
            <p class="day-lost">
                <strong>"No connection. "</strong>"You see the calendar as it was; changes cannot be saved until the connection is back. Trying again…"
            </p>
        })
    }
}

/// The live region.
pub(super) fn live_region(desk: Desk) -> impl IntoView {
    view! { <p class="visually-hidden" role="status" aria-live="polite">{move || desk.spoken.get()}</p> }
}

/// The message after a change. The live region has said it, so it is not a region of its own.
pub(super) fn toast(desk: Desk) -> impl IntoView {
    move || {
        desk.notice.get().map(|notice| {
            let offer = match notice.offer {
                Offer::Undo(..) => {
                    view! { <button type="button" class="btn" data-size="sm" on:click=move |_| desk.undo()>"Undo"</button> }
                        .into_any()
                }
                Offer::Explain(address) => {
                    view! { <a class="btn" data-size="sm" href=address data-sheet="">"Why not?"</a> }.into_any()
                }
                // The same address: what the server knows now.
                Offer::Reload => view! { <a class="btn" data-size="sm" href="">"Reload"</a> }.into_any(),
                Offer::None => ().into_any(),
            };
            view! {
                <div class="toast" data-tone=if notice.refused { "danger" } else { "ok" }>
                    <p>{notice.text}</p>
                    {offer}
                    <button type="button" class="toast-close" aria-label="Dismiss message" on:click=move |_| desk.dismiss()></button>
                </div>
            }
        })
    }
}
