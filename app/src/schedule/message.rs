//! What the board says: the bar while a block is in the hand, the message after a move, and the live region
//! that tells the same to those who do not see either.

use super::moving::{By, Desk, Offer};
use leptos::prelude::*;

/// What to do with the block in the hand, and the way out; a hint how to begin while there is none.
pub(super) fn bar(desk: Desk) -> impl IntoView {
    let chosen = Memo::new(move |_| desk.held.get().filter(|held| held.by == By::Choice).map(|held| held.block));
    let may_move = desk.board.with_untracked(|board| board.blocks.iter().any(|b| b.may_move));
    move || {
        match chosen.get() {
        Some(block) => {
            let what = desk.ask(block, |_, b| [&b.service, ", ", &b.customer].concat());
            view! {
                <div class="day-bar" role="group" aria-label="Moving an appointment">
                    <p>"Click a free time for "<strong>{what}</strong><span>", or use the arrow keys and Enter"</span></p>
                    <button type="button" class="btn" data-size="sm" on:click=move |_| desk.cancel()>"Cancel"</button>
                </div>
            }
            .into_any()
        }
        None if may_move => view! {
            <p class="day-hint">"Drag an appointment to move it, or open it and choose Move."<span>" Keyboard: Alt with an arrow key."</span></p>
        }
        .into_any(),
        None => ().into_any(),
    }
    }
}

/// The live region.
pub(super) fn live_region(desk: Desk) -> impl IntoView {
    view! { <p class="visually-hidden" role="status" aria-live="polite">{move || desk.spoken.get()}</p> }
}

/// The message after a move. The live region has said it, so it is not a region of its own.
pub(super) fn toast(desk: Desk) -> impl IntoView {
    move || {
        desk.notice.get().map(|notice| {
            let offer = match notice.offer {
                Offer::Undo(..) => {
                    view! { <button type="button" class="btn" data-size="sm" on:click=move |_| desk.undo()>"Undo"</button> }
                        .into_any()
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
