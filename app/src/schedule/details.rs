//! A block's details: who, when, with whom, and what can be done with it.

use super::{
    moving::{By, Desk, What},
    placing,
};
use leptos::{ev::MouseEvent, html::Dialog, prelude::*};

/// The details as the browser's own dialog: it keeps the focus, closes with Escape and gives the focus back.
pub(super) fn details(desk: Desk) -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    let corner = RwSignal::new((0, 0));
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    Effect::new(move |_| {
        let Some(block) = desk.shown.get() else { return };
        corner.set(desk.surface.beside_block(block).unwrap_or_default());
        // A frame later, when what it shows is drawn: the dialog looks for what to focus as it opens.
        request_animation_frame(move || {
            if let Some(dialog) = dialog.get_untracked().filter(|d| !d.open()) {
                _ = dialog.show_modal();
            }
        });
    });
    let place = move || {
        let (x, y) = corner.get();
        format!("--x:{x}px;--y:{y}px")
    };
    // Only the dialog itself is outside its content: its padding is nought.
    let outside = move |event: MouseEvent| {
        if event.target().is_some() && event.target() == event.current_target() {
            close();
        }
    };
    view! {
        <dialog
            class="details"
            node_ref=dialog
            style=place
            aria-labelledby="details-title"
            on:close=move |_| desk.shown.set(None)
            on:click=outside
        >
            {move || desk.shown.get().map(|block| content(desk, block, close))}
        </dialog>
    }
}

fn content(desk: Desk, index: usize, close: impl Fn() + Copy + Send + 'static) -> impl IntoView {
    let (block, with, when) = desk.ask(index, |board, block| {
        let spot = placing::spot_of(board, block);
        let with = spot.map(|spot| board.columns[spot.column].name.clone());
        (block.clone(), with, spot.map(|spot| placing::range_name(board, spot)))
    })?;
    let take = move |what| {
        move |_| {
            close();
            desk.pick_up(what, By::Choice);
        }
    };
    let step = desk.board.with_untracked(|board| board.snap).to_string();
    let by_step = |longer: bool| {
        let label = [step.as_str(), if longer { " min longer" } else { " min shorter" }].concat();
        view! { <button type="button" class="btn" data-size="sm" on:click=move |_| { close(); desk.resize(index, longer) }>{label}</button> }
    };
    let moving = if block.may_move {
        view! {
            <div class="l-cluster">
                <button type="button" class="btn" data-variant="primary" on:click=take(What::Block(index))>"Move…"</button>
                <button type="button" class="btn" on:click=take(What::End(index))>"Change length…"</button>
            </div>
            <div class="l-cluster">{by_step(false)}{by_step(true)}</div>
        }
        .into_any()
    } else {
        view! { <p class="small muted">"You may look at this appointment, not move it."</p> }.into_any()
    };
    Some(view! {
        <div class="details-body" data-hue=block.hue>
            <div class="details-head">
                <h2 id="details-title">{block.service}</h2>
                <button type="button" class="toast-close" aria-label="Close" on:click=move |_| close()></button>
            </div>
            <dl class="facts">
                <div><dt>"Customer"</dt><dd>{block.customer}</dd></div>
                <div><dt>"Time"</dt><dd>{when}</dd></div>
                <div><dt>"With"</dt><dd>{with}</dd></div>
                <div><dt>"Status"</dt><dd>{block.status.label()}</dd></div>
            </dl>
            {moving}
            <p><a class="btn" href=format!("/appointments/{}", block.id)>"Open appointment"</a></p>
        </div>
    })
}
