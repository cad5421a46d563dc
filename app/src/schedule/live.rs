//! Changes by others, as they happen: the server tells them on a stream, and they are drawn, but never under the hand of
//! whoever holds that very block.

use super::{
    model::{Block, Board, Change},
    moving::{Desk, Offer},
    placing,
};
use domain::{booking::AppointmentStatus, ids::AppointmentId};
use leptos::{
    prelude::*,
    serde_json,
    web_sys::{EventSource, MessageEvent, wasm_bindgen::prelude::*},
};
use std::time::Duration;

/// How long a block that somebody else has changed stands out.
const FRESH: Duration = Duration::from_secs(4);
/// How long a stream may be broken before it is said: a server that starts anew is back sooner.
const PATIENCE: Duration = Duration::from_secs(2);
/// How long until a stream that the server has ended is asked for again.
const AGAIN: Duration = Duration::from_secs(5);

/// Follows the changes of what is on the board for as long as the page is open.
pub(super) fn follow(desk: Desk) {
    connect(desk, desk.board.with_untracked(|board| board.events.clone()));
}

fn connect(desk: Desk, address: String) {
    let Ok(source) = EventSource::new(&address) else { return };
    let on_change = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let change = event.data().as_string().and_then(|text| serde_json::from_str(&text).ok());
        if let Some(change) = change {
            desk.learn(change);
        }
    });
    let on_reload = Closure::<dyn Fn()>::new(move || {
        desk.tell("Much has changed meanwhile. Reload to see it.".into(), true, Offer::Reload);
    });
    let on_open = Closure::<dyn Fn()>::new(move || {
        if desk.lost.get_untracked() {
            desk.lost.set(false);
            desk.say("The connection is back.".into());
        }
    });
    let stream = source.clone();
    let on_error = Closure::<dyn Fn()>::new(move || {
        let stream = stream.clone();
        let address = address.clone();
        let lost = move || {
            if stream.ready_state() != EventSource::OPEN {
                desk.lose();
            }
            // The browser tries again by itself, unless the server has said no.
            if stream.ready_state() == EventSource::CLOSED {
                set_timeout(move || connect(desk, address), AGAIN);
            }
        };
        set_timeout(lost, PATIENCE);
    });
    _ = source.add_event_listener_with_callback("change", on_change.as_ref().unchecked_ref());
    _ = source.add_event_listener_with_callback("reload", on_reload.as_ref().unchecked_ref());
    source.set_onopen(Some(on_open.as_ref().unchecked_ref()));
    source.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    // They live as long as the page.
    on_change.forget();
    on_reload.forget();
    on_open.forget();
    on_error.forget();
}

impl Desk {
    fn lose(self) {
        if !self.lost.get_untracked() {
            self.lost.set(true);
            self.say("The connection is lost. Trying again.".into());
        }
    }

    /// Draws a change, or keeps it until nobody holds what it is about.
    fn learn(self, change: Change) {
        let is_about = |block: usize| self.ask(block, |_, b| b.id) == Some(change.appointment);
        let is_held = self.held.get_untracked().and_then(|held| held.block()).is_some_and(is_about);
        let is_busy = self.busy.with_untracked(|busy| busy.iter().any(|block| is_about(*block)));
        if is_held || is_busy {
            self.waiting.update(|waiting| waiting.push(change));
        } else {
            self.show_change(&change);
        }
    }

    /// Draws the changes that had to wait.
    pub(super) fn catch_up(self) {
        for change in std::mem::take(&mut *self.waiting.write()) {
            self.learn(change);
        }
    }

    fn show_change(self, change: &Change) {
        let focused = self.active.get_untracked().filter(|block| self.surface.has_focus_itself(*block));
        let before = self.board.with_untracked(|board| newest(board, change.appointment));
        let touched = self.board.try_update(|board| merge(board, change)).unwrap_or_default();
        let Some(&first) = touched.first() else { return };
        if let Some(block) = focused.filter(|block| touched.contains(block)) {
            self.focus(block);
        }
        // One's own change comes back this way too; it has been said.
        let version = change.blocks.iter().map(|b| b.version).max();
        if version.is_some() && version == before {
            return;
        }
        let said = self.ask(first, |board, b| match placing::spot_of(board, b).filter(|_| b.holds()) {
            Some(spot) => [&b.service, ", ", &b.customer, " is now ", &placing::spot_name(board, spot)].concat(),
            None => [&b.service, ", ", &b.customer, " is gone from here"].concat(),
        });
        self.say(said.unwrap_or_default());
        self.fresh.update(|fresh| fresh.extend(&touched));
        set_timeout(move || self.fresh.update(|fresh| fresh.retain(|block| !touched.contains(block))), FRESH);
    }
}

/// Brings a board up to date; tells which blocks are not what they were. Blocks keep their places in the list, by which
/// everything else knows them: one that is gone stays, as called off.
pub(super) fn merge(board: &mut Board, change: &Change) -> Vec<usize> {
    let mut known: Vec<usize> = (0..board.blocks.len()).filter(|i| board.blocks[*i].id == change.appointment).collect();
    // What comes late must not undo what came after it.
    let version = newest(board, change.appointment);
    if change.blocks.iter().any(|block| Some(block.version) < version) {
        return Vec::new();
    }
    let mut touched = Vec::new();
    let (same, new): (Vec<&Block>, Vec<&Block>) =
        change.blocks.iter().partition(|block| known.iter().any(|i| board.blocks[*i].resource == block.resource));
    // One that went from one resource to another stays the same block.
    for block in same.into_iter().chain(new) {
        let at = known.iter().position(|i| board.blocks[*i].resource == block.resource).unwrap_or(0);
        if known.is_empty() {
            touched.push(board.blocks.len());
            board.blocks.push(block.clone());
        } else {
            let at = known.remove(at);
            if board.blocks[at] != *block {
                board.blocks[at] = block.clone();
                touched.push(at);
            }
        }
    }
    for at in known {
        if board.blocks[at].holds() {
            board.blocks[at].status = AppointmentStatus::Cancelled;
            touched.push(at);
        }
    }
    touched
}

/// The newest version of an appointment that a board knows.
fn newest(board: &Board, id: AppointmentId) -> Option<i32> {
    board.blocks.iter().filter(|b| b.id == id).map(|b| b.version).max()
}

#[cfg(test)]
#[path = "live_tests.rs"]
mod tests;
