//! Keys on the board. On a block: arrows go to another, Enter opens, Alt with an arrow moves at once. With a
//! block in the hand: arrows shift it, Enter drops it, Escape puts it back.

use super::{
    moving::{By, Desk},
    placing::{self, Way},
    surface::{block_of, element_of},
};
use leptos::{ev::KeyboardEvent, prelude::*};

/// A key pressed anywhere in the window while a block is in the hand, so that Escape works wherever the focus is.
pub(super) fn while_held(desk: Desk, event: &KeyboardEvent) {
    let Some(held) = desk.held.get_untracked() else { return };
    let key = event.key();
    if key == "Escape" {
        event.prevent_default();
        return desk.cancel();
    }
    // Its buttons stay buttons.
    let on_block = element_of(event).as_ref().is_none_or(|e| block_of(e).is_some() || e.tag_name() == "BODY");
    if held.by != By::Choice || !on_block {
        return;
    }
    match (way(&key), key.as_str()) {
        (Some(way), _) => {
            event.prevent_default();
            desk.shift(way);
        }
        (None, "Enter" | " ") => {
            event.prevent_default();
            // A key that is still down from choosing "Move…" must not drop it there.
            if !event.repeat() {
                desk.drop_here();
            }
        }
        _ => {}
    }
}

/// A key pressed on the board.
pub(super) fn on_board(desk: Desk, event: &KeyboardEvent) {
    let Some(block) = element_of(event).as_ref().and_then(block_of) else { return };
    if desk.held.get_untracked().is_some() {
        return;
    }
    let key = event.key();
    let go = |to: Option<usize>| {
        if let Some(to) = to {
            desk.focus(to);
        }
    };
    let control = event.ctrl_key() || event.meta_key();
    match (way(&key), key.as_str()) {
        (Some(way), _) if event.alt_key() && !control => desk.nudge(block, way),
        (Some(way), _) if !control && !event.shift_key() => {
            go(desk.layout.with_untracked(|layout| placing::neighbour(layout, block, way)));
        }
        (None, "Home" | "End") if !control => {
            let last = key == "End";
            go(desk.layout.with_untracked(|layout| placing::end_of_column(layout, block, last)));
        }
        (None, "Enter" | " ") if !control => desk.shown.set(Some(block)),
        (None, "z") if control && !event.shift_key() => desk.undo(),
        _ => return,
    }
    // Alt with an arrow to the left would leave the page.
    event.prevent_default();
}

fn way(key: &str) -> Option<Way> {
    Some(match key {
        "ArrowUp" => Way::Up,
        "ArrowDown" => Way::Down,
        "ArrowLeft" => Way::Left,
        "ArrowRight" => Way::Right,
        _ => return None,
    })
}
