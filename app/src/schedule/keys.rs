//! Keys on the board. On a block: arrows go to another, Enter opens, Alt with an arrow moves it at once, Alt and Shift with
//! an arrow make it longer or shorter, Insert begins something new. With something in the hand: arrows shift it, Enter
//! drops it, Escape puts it back.

use super::{
    moving::{By, Desk, What},
    placing::{self, Way},
    surface::{block_of, element_of},
};
use leptos::{ev::KeyboardEvent, prelude::*};

/// A key pressed anywhere in the window while something is in the hand, so that Escape works wherever the focus is.
pub(super) fn while_held(desk: Desk, event: &KeyboardEvent) {
    let Some(held) = desk.held.get_untracked() else { return };
    let key = event.key();
    if key == "Escape" {
        event.prevent_default();
        return desk.cancel();
    }
    // Its buttons stay buttons.
    let is_free = |e: &leptos::web_sys::Element| {
        block_of(e).is_some()
            || e.tag_name() == "BODY"
            || e.has_attribute("data-new")
            || e.class_list().contains("day-scroll")
    };
    if held.by != By::Choice || !element_of(event).as_ref().is_none_or(is_free) {
        return;
    }
    match (way(desk, &key), key.as_str()) {
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
    if desk.held.get_untracked().is_some() {
        return;
    }
    let key = event.key();
    let Some(block) = element_of(event).as_ref().and_then(block_of) else {
        // On a board without appointments the board itself has the focus.
        if matches!(key.as_str(), "Enter" | "Insert") && desk.board.with_untracked(|board| board.may_book) {
            event.prevent_default();
            desk.begin_new(None, By::Choice);
        }
        return;
    };
    let go = |to: Option<usize>| {
        if let Some(to) = to {
            desk.focus(to);
        }
    };
    let control = event.ctrl_key() || event.meta_key();
    match (way(desk, &key), key.as_str()) {
        (Some(way @ (Way::Up | Way::Down)), _) if event.alt_key() && event.shift_key() && !control => {
            desk.resize(block, way == Way::Down);
        }
        (Some(way), _) if event.alt_key() && !event.shift_key() && !control => desk.nudge(block, way),
        (Some(way), _) if !control && !event.shift_key() && !event.alt_key() => {
            go(desk.layout.with_untracked(|layout| placing::neighbour(layout, block, way)));
        }
        (None, "Home" | "End") if !control => {
            let last = key == "End";
            go(desk.layout.with_untracked(|layout| placing::end_of_column(layout, block, last)));
        }
        (None, "Enter" | " ") if !control => desk.shown.set(Some(block)),
        (None, "m") if !control && !event.alt_key() => _ = desk.pick_up(What::Block(block), By::Choice),
        (None, "Insert") if desk.board.with_untracked(|board| board.may_book) => {
            let at = desk.ask(block, placing::spot_of).flatten();
            desk.begin_new(
                at.map(|at| placing::Spot { start: at.end(), minutes: super::moving::NEW, ..at }),
                By::Choice,
            );
        }
        (None, "z") if control && !event.shift_key() => desk.undo(),
        _ => return,
    }
    // Alt with an arrow to the left would leave the page.
    event.prevent_default();
}

fn way(desk: Desk, key: &str) -> Option<Way> {
    let way = match key {
        "ArrowUp" => Way::Up,
        "ArrowDown" => Way::Down,
        "ArrowLeft" => Way::Left,
        "ArrowRight" => Way::Right,
        _ => return None,
    };
    Some(if desk.surface.is_turned() { placing::turned(way) } else { way })
}
