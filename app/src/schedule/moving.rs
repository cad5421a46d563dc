//! What the person is doing with the board, and what becomes of it: picking up, aiming, dropping, asking the
//! server, taking back. Pointer, keys and buttons all end here, so that there is one way to move a block.

use super::{
    api::move_appointment,
    model::{Block, Board, Move},
    placing::{self, Placed, Reason, Spot, Way},
    surface::Surface,
};
use crate::error::{AppError, Conflict};
use leptos::{prelude::*, task::spawn_local};
use std::time::Duration;

/// How long a move can be taken back.
const UNDO_FOR: Duration = Duration::from_secs(10);
/// How long a message stays that somebody points at or has the focus in.
const LINGER: Duration = Duration::from_secs(3);
/// Said to who moves a block again before the server has answered.
const STILL_SAVING: &str = "Still saving the last move.";

/// How a block was picked up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum By {
    /// By dragging: it follows the pointer and is dropped where that lets go.
    Drag,
    /// By "Move…": it follows arrow keys and clicks until one of them drops it.
    Choice,
}

/// A block in the hand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Held {
    /// Which block.
    pub(super) block: usize,
    /// Where it was picked up.
    pub(super) from: Spot,
    /// Where it would go now.
    pub(super) to: Spot,
    /// How it was picked up.
    pub(super) by: By,
}

/// What a message offers to do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Offer {
    /// Take the move back: which block, and where it was.
    Undo(usize, Spot),
    /// Load the page again.
    Reload,
    /// Nothing.
    None,
}

/// A message about the last move.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Notice {
    serial: u32,
    /// The words.
    pub(super) text: String,
    /// Whether something was refused.
    pub(super) refused: bool,
    /// What it offers to do.
    pub(super) offer: Offer,
}

/// The state of the board in the browser. Copied freely: it holds only handles.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    /// The day, with blocks where they are now, or will be if the server agrees.
    pub(super) board: RwSignal<Board>,
    /// How the blocks are drawn.
    pub(super) layout: Memo<Vec<Placed>>,
    /// The block in the hand.
    pub(super) held: RwSignal<Option<Held>>,
    /// Blocks whose move the server has yet to answer.
    pub(super) busy: RwSignal<Vec<usize>>,
    /// The block that the tab key reaches.
    pub(super) active: RwSignal<Option<usize>>,
    /// The block whose details are shown.
    pub(super) shown: RwSignal<Option<usize>>,
    /// The message about the last move.
    pub(super) notice: RwSignal<Option<Notice>>,
    /// What the live region says.
    pub(super) spoken: RwSignal<String>,
    /// Whether the script runs: until then blocks are plain links.
    pub(super) live: RwSignal<bool>,
    /// The elements behind it.
    pub(super) surface: Surface,
}

impl Desk {
    /// The state at the start.
    pub(super) fn new(board: Board) -> Self {
        let first = placing::first_focus(&board, &placing::lay_out(&board));
        let board = RwSignal::new(board);
        Self {
            board,
            layout: Memo::new(move |_| board.with(placing::lay_out)),
            held: RwSignal::new(None),
            busy: RwSignal::new(Vec::new()),
            active: RwSignal::new(first),
            shown: RwSignal::new(None),
            notice: RwSignal::new(None),
            spoken: RwSignal::new(String::new()),
            live: RwSignal::new(false),
            surface: Surface::new(),
        }
    }

    /// Asks something of a block and the board around it.
    pub(super) fn ask<T>(self, block: usize, question: impl FnOnce(&Board, &Block) -> T) -> Option<T> {
        self.board.with_untracked(|board| board.blocks.get(block).map(|b| question(board, b)))
    }

    /// Says something to those who do not see the board.
    pub(super) fn say(self, text: String) {
        // The same words twice would not be read twice.
        let again = self.spoken.with_untracked(|before| *before == text);
        self.spoken.set(if again { text + "\u{a0}" } else { text });
    }

    /// Why the block in the hand may not be dropped where it is.
    pub(super) fn refusal(self, held: Held) -> Option<String> {
        self.ask(held.block, |board, block| {
            placing::why_not(board, block, held.to).map(|why| why.message(board, block, held.to.column))
        })
        .flatten()
        .filter(|_| held.to != held.from)
    }

    /// Takes a block into the hand. Whether it can be taken.
    pub(super) fn pick_up(self, block: usize, by: By) -> bool {
        let may = self.ask(block, |board, b| placing::spot_of(board, b).filter(|_| b.may_move)).flatten();
        let Some(from) = may else {
            self.refuse(block, Reason::Fixed, 0);
            return false;
        };
        if self.is_busy(block) {
            self.say(STILL_SAVING.into());
            return false;
        }
        self.dismiss();
        self.surface.show_grid();
        self.held.set(Some(Held { block, from, to: from, by }));
        if by == By::Choice {
            self.focus(block);
            let what = self.ask(block, |_, b| [&b.service, ", ", &b.customer].concat()).unwrap_or_default();
            self.say(
                ["Moving ", &what, ". Choose a time with the arrow keys or a click, Enter drops it, Escape cancels."]
                    .concat(),
            );
        }
        true
    }

    /// Holds the block over another spot.
    pub(super) fn aim(self, to: Spot) {
        if let Some(held) = self.held.get_untracked().filter(|held| held.to != to) {
            self.held.set(Some(Held { to, ..held }));
        }
    }

    /// Shifts the block in the hand by one step, and says where it is.
    pub(super) fn shift(self, way: Way) {
        let Some(held) = self.held.get_untracked() else { return };
        if let Some(Some(to)) = self.ask(held.block, |board, block| placing::step(board, block, held.to, way)) {
            self.aim(to);
            let place = self.place_name(held.block, to);
            self.say(match self.refusal(Held { to, ..held }) {
                Some(why) => [&place, ". ", &why].concat(),
                None => place,
            });
            self.surface.reveal_ghost();
        }
    }

    /// Lets the block go where it is held.
    pub(super) fn drop_here(self) {
        let Some(held) = self.held.get_untracked() else { return };
        if held.to == held.from {
            return self.cancel();
        }
        match self.refusal(held) {
            // Who chooses with care may choose again; who drags has let go.
            Some(why) if held.by == By::Choice => self.say(why),
            Some(why) => {
                self.held.set(None);
                self.focus(held.block);
                self.tell(why, true, Offer::None);
            }
            None => {
                self.held.set(None);
                self.send(held.block, held.to, false);
            }
        }
    }

    /// Puts the block back where it was picked up.
    pub(super) fn cancel(self) {
        if let Some(held) = self.held.get_untracked() {
            self.held.set(None);
            self.focus(held.block);
            self.say("Not moved.".into());
        }
    }

    /// Moves a block at once by one step, without picking it up.
    pub(super) fn nudge(self, block: usize, way: Way) {
        let target = self.ask(block, |board, b| {
            let from = placing::spot_of(board, b)?;
            let to = match way {
                Way::Up | Way::Down => placing::step(board, b, from, way),
                Way::Left | Way::Right => placing::next_column(board, b, from, way),
            };
            Some(match to {
                Some(to) => placing::why_not(board, b, to).map_or(Ok(to), |why| Err((why, to.column))),
                None if !b.may_move => Err((Reason::Fixed, from.column)),
                None if matches!(way, Way::Left | Way::Right) => Err((Reason::NoFurther, from.column)),
                None => Err((Reason::OffBoard, from.column)),
            })
        });
        match target.flatten() {
            Some(Ok(to)) => self.send(block, to, false),
            Some(Err((why, column))) => self.refuse(block, why, column),
            None => {}
        }
    }

    /// Takes the last move back, where that is still offered.
    pub(super) fn undo(self) {
        if let Some(Notice { offer: Offer::Undo(block, to), .. }) = self.notice.get_untracked() {
            self.dismiss();
            self.send(block, to, true);
        }
    }

    /// Takes the message away.
    pub(super) fn dismiss(self) {
        self.notice.set(None);
    }

    /// Whether the server has yet to answer for a block.
    pub(super) fn is_busy(self, block: usize) -> bool {
        self.busy.with_untracked(|busy| busy.contains(&block))
    }

    /// Gives a block the focus once it is drawn where it is.
    pub(super) fn focus(self, block: usize) {
        self.active.set(Some(block));
        self.surface.focus_block(block);
    }

    /// Shows the block at its new place and asks the server; what it answers is final.
    fn send(self, block: usize, to: Spot, is_undo: bool) {
        if self.is_busy(block) {
            return self.say(STILL_SAVING.into());
        }
        let asked = self.ask(block, |board, b| {
            let change = Move {
                id: b.id,
                version: b.version,
                resource: board.columns.get(to.column)?.id,
                start: board.instant(to.start),
            };
            Some((placing::spot_of(board, b)?, change))
        });
        let Some((from, change)) = asked.flatten() else { return };
        self.dismiss();
        self.busy.update(|busy| busy.push(block));
        self.put(block, to, None);
        self.focus(block);
        spawn_local(async move {
            let answer = move_appointment(change).await;
            let keeps_focus = self.surface.has_focus(block);
            self.busy.update(|busy| busy.retain(|b| *b != block));
            match answer {
                Ok(moved) => {
                    let now_at = self.board.with_untracked(|board| {
                        let minutes = (moved.start.as_second() - board.day_start.as_second()) / 60;
                        let column = board.columns.iter().position(|c| c.id == moved.resource);
                        Spot { column: column.unwrap_or(to.column), start: i32::try_from(minutes).unwrap_or(to.start) }
                    });
                    self.put(block, now_at, Some(moved.version));
                    let verb = if is_undo { "Moved back to " } else { "Moved to " };
                    let offer = if is_undo { Offer::None } else { Offer::Undo(block, from) };
                    self.tell([verb, &self.short_name(now_at)].concat(), false, offer);
                }
                Err(error) => {
                    self.put(block, from, None);
                    let outdated =
                        matches!(error, AppError::Conflict(Conflict::Stale) | AppError::NotFound | AppError::SignedOut);
                    self.tell(error.message(), true, if outdated { Offer::Reload } else { Offer::None });
                }
            }
            if keeps_focus {
                self.focus(block);
            }
        });
    }

    /// Draws a block at a spot.
    fn put(self, block: usize, to: Spot, version: Option<i32>) {
        self.board.update(|board| {
            let resource = board.columns.get(to.column).map(|c| c.id);
            if let (Some(block), Some(resource)) = (board.blocks.get_mut(block), resource) {
                block.resource = resource;
                block.start = i16::try_from(to.start).unwrap_or(block.start);
                block.version = version.unwrap_or(block.version);
            }
        });
    }

    /// Refuses without asking the server.
    fn refuse(self, block: usize, why: Reason, column: usize) {
        let text = self.ask(block, |board, b| why.message(board, b, column));
        self.tell(text.unwrap_or_default(), true, Offer::None);
    }

    /// Shows a message and says it; it goes by itself unless something was refused.
    fn tell(self, text: String, refused: bool, offer: Offer) {
        self.say(text.clone());
        let serial = self.notice.with_untracked(|n| n.as_ref().map_or(0, |n| n.serial)).wrapping_add(1);
        self.notice.set(Some(Notice { serial, text, refused, offer }));
        if !refused {
            self.fade(serial, UNDO_FOR);
        }
    }

    fn fade(self, serial: u32, after: Duration) {
        let fade = move || {
            if self.notice.with_untracked(|n| n.as_ref().is_some_and(|n| n.serial == serial)) {
                // Whoever is about to press Undo keeps the chance.
                if self.surface.is_notice_in_use() { self.fade(serial, LINGER) } else { self.dismiss() }
            }
        };
        set_timeout(fade, after);
    }

    /// `10:15 to 11:00, Ana`.
    pub(super) fn place_name(self, block: usize, spot: Spot) -> String {
        self.ask(block, |board, b| placing::spot_name(board, spot, b.minutes)).unwrap_or_default()
    }

    /// `10:15, Ana`.
    fn short_name(self, spot: Spot) -> String {
        self.board.with_untracked(|board| {
            let column = board.columns.get(spot.column).map_or("", |c| c.name.as_str());
            [&placing::clock_name(board, spot.start), ", ", column].concat()
        })
    }
}
