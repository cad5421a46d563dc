//! What the person is doing with the board, and what becomes of it: picking up, aiming, dropping, asking the
//! server, taking back. Pointer, keys and buttons all end here, so that there is one way to change a block.

use super::{
    api::move_appointment,
    model::{Block, Board, Change, Move},
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
/// Said to whoever changes a block again before the server has answered.
const STILL_SAVING: &str = "Still saving the last move.";

/// How long something new is until it says otherwise, in minutes.
pub(super) const NEW: u16 = 30;

/// How something was picked up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum By {
    /// By dragging: it follows the pointer and is dropped where that lets go.
    Drag,
    /// By a choice such as "Move…": it follows arrow keys and clicks until one of them drops it.
    Choice,
}

/// What is in the hand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum What {
    /// A block, to go elsewhere.
    Block(usize),
    /// The end of a block.
    End(usize),
    /// Something new, to be booked.
    New,
}

/// What is in the hand, and where.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Held {
    /// What.
    pub(super) what: What,
    /// Where it was picked up.
    pub(super) from: Spot,
    /// Where it would go now.
    pub(super) to: Spot,
    /// How it was picked up.
    pub(super) by: By,
}

impl Held {
    /// The block that it is about, if not something new.
    pub(super) fn block(self) -> Option<usize> {
        match self.what {
            What::Block(block) | What::End(block) => Some(block),
            What::New => None,
        }
    }
}

/// What a message offers to do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Offer {
    /// Take the change back: which block, and where it was.
    Undo(usize, Spot),
    /// Say more about why not: the address of the answer.
    Explain(String),
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
    /// The board, with blocks where they are now, or will be if the server agrees.
    pub(super) board: RwSignal<Board>,
    /// How the blocks are drawn.
    pub(super) layout: Memo<Vec<Placed>>,
    /// What is in the hand.
    pub(super) held: RwSignal<Option<Held>>,
    /// Blocks whose change the server has yet to answer.
    pub(super) busy: RwSignal<Vec<usize>>,
    /// Changes by others to what is in the hand or on its way: told when it is neither.
    pub(super) waiting: RwSignal<Vec<Change>>,
    /// Blocks that somebody else has just changed.
    pub(super) fresh: RwSignal<Vec<usize>>,
    /// The block that the tab key reaches.
    pub(super) active: RwSignal<Option<usize>>,
    /// The block whose details are shown.
    pub(super) shown: RwSignal<Option<usize>>,
    /// Whether customers are told of changes.
    pub(super) tells: RwSignal<bool>,
    /// Whether the server is out of reach.
    pub(super) lost: RwSignal<bool>,
    /// The message about the last change.
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
        let surface = Surface::new(board.view);
        let board = RwSignal::new(board);
        Self {
            board,
            layout: Memo::new(move |_| board.with(placing::lay_out)),
            held: RwSignal::new(None),
            busy: RwSignal::new(Vec::new()),
            waiting: RwSignal::new(Vec::new()),
            fresh: RwSignal::new(Vec::new()),
            active: RwSignal::new(first),
            shown: RwSignal::new(None),
            tells: RwSignal::new(true),
            lost: RwSignal::new(false),
            notice: RwSignal::new(None),
            spoken: RwSignal::new(String::new()),
            live: RwSignal::new(false),
            surface,
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

    /// Why what is in the hand may not be dropped where it is.
    pub(super) fn refusal(self, held: Held) -> Option<String> {
        self.board.with_untracked(|board| {
            let (why, service) = match held.block() {
                Some(_) if held.to == held.from => return None,
                Some(block) => {
                    let block = board.blocks.get(block)?;
                    (placing::why_not(board, block, held.to)?, block.service.as_str())
                }
                None => (placing::why_not_new(board, held.to)?, ""),
            };
            Some(why.message(board, service, held.to.column))
        })
    }

    /// Takes a block, or its end, into the hand. Whether it can be taken.
    pub(super) fn pick_up(self, what: What, by: By) -> bool {
        let (What::Block(block) | What::End(block)) = what else { return false };
        let may = self.ask(block, |board, b| placing::spot_of(board, b).filter(|_| b.may_move)).flatten();
        let Some(from) = may else {
            self.refuse(block, Reason::Fixed, None);
            return false;
        };
        if self.is_busy(block) {
            self.say(STILL_SAVING.into());
            return false;
        }
        self.dismiss();
        self.surface.show_grid();
        self.held.set(Some(Held { what, from, to: from, by }));
        if by == By::Choice {
            self.focus(block);
            let name = self.ask(block, |_, b| [&b.service, ", ", &b.customer].concat()).unwrap_or_default();
            self.say(
                ["Moving ", &name, ". Choose a time with the arrow keys or a click, Enter drops it, Escape cancels."]
                    .concat(),
            );
        }
        true
    }

    /// Takes something new into the hand: from a spot that was pressed, or the first free one.
    pub(super) fn begin_new(self, at: Option<Spot>, by: By) {
        let Some(from) = at.or_else(|| self.board.with_untracked(|board| placing::first_free(board, NEW))) else {
            return self.say("There is nobody here whom you may book for.".into());
        };
        self.dismiss();
        self.surface.show_grid();
        self.held.set(Some(Held { what: What::New, from, to: from, by }));
        if by == By::Choice {
            let place = self.board.with_untracked(|board| placing::spot_name(board, from));
            self.say(
                [
                    "New appointment, ",
                    &place,
                    ". Choose a time with the arrow keys or a click, Enter takes it, Escape cancels.",
                ]
                .concat(),
            );
            self.surface.reveal_ghost();
        }
    }

    /// Holds it over another spot.
    pub(super) fn aim(self, to: Spot) {
        if let Some(held) = self.held.get_untracked().filter(|held| held.to != to) {
            self.held.set(Some(Held { to, ..held }));
        }
    }

    /// Shifts what is in the hand by one step, and says where it is.
    pub(super) fn shift(self, way: Way) {
        let Some(held) = self.held.get_untracked() else { return };
        let to = self.board.with_untracked(|board| match (held.what, way) {
            (What::End(_), Way::Up) => placing::resized(board, held.to, false),
            (What::End(_), Way::Down) => placing::resized(board, held.to, true),
            (What::End(_), _) => None,
            _ => placing::step(board, held.to, way),
        });
        if let Some(to) = to {
            self.aim(to);
            let place = self.board.with_untracked(|board| placing::spot_name(board, to));
            self.say(match self.refusal(Held { to, ..held }) {
                Some(why) => [&place, ". ", &why].concat(),
                None => place,
            });
            self.surface.reveal_ghost();
        }
    }

    /// Lets it go where it is held.
    pub(super) fn drop_here(self) {
        let Some(held) = self.held.get_untracked() else { return };
        let Some(block) = held.block() else {
            // Also where it is refused: the form says why, and what would do instead.
            self.held.set(None);
            return self.surface.open_sheet(&self.new_link(held.to));
        };
        if held.to == held.from {
            return self.cancel();
        }
        match self.refusal(held) {
            // Who chooses with care may choose again; who drags has let go.
            Some(why) if held.by == By::Choice => self.say(why),
            Some(why) => {
                self.held.set(None);
                self.catch_up();
                self.focus(block);
                let more = self.why_link(block, held.to);
                self.tell(why, true, Offer::Explain(more));
            }
            None => {
                self.held.set(None);
                self.send(block, held.to, false);
            }
        }
    }

    /// The form for something new at a spot.
    fn new_link(self, to: Spot) -> String {
        self.board.with_untracked(|board| {
            let Some(column) = board.columns.get(to.column) else { return "/appointments/new".into() };
            let start = column.instant(to.start);
            let length =
                if to.minutes == NEW { String::new() } else { ["&minutes=", &to.minutes.to_string()].concat() };
            ["/appointments/new?start=", &start.to_string(), "&resource=", &column.id.to_string(), &length].concat()
        })
    }

    /// The answer to why a block may not go to a spot.
    fn why_link(self, block: usize, to: Spot) -> String {
        let link = self.ask(block, |board, b| {
            let column = board.columns.get(to.column)?;
            let (start, minutes) = (column.instant(to.start).to_string(), to.minutes.to_string());
            let (resource, service, id) = (column.id.to_string(), b.service_id.to_string(), b.id.to_string());
            let parts = ["/schedule/why?start=", &start, "&resource=", &resource, "&service=", &service, "&minutes="];
            Some([&parts.concat(), &minutes, "&appointment=", &id].concat())
        });
        link.flatten().unwrap_or_default()
    }

    /// Puts back what is in the hand.
    pub(super) fn cancel(self) {
        if let Some(held) = self.held.get_untracked() {
            self.held.set(None);
            self.catch_up();
            match held.block() {
                Some(block) => {
                    self.focus(block);
                    self.say("Not changed.".into());
                }
                None => {
                    self.surface.focus_new();
                    self.say("Nothing was booked.".into());
                }
            }
        }
    }

    /// Moves a block at once by one step, without picking it up.
    pub(super) fn nudge(self, block: usize, way: Way) {
        let target = self.ask(block, |board, b| {
            let from = placing::spot_of(board, b)?;
            let to = match way {
                Way::Up | Way::Down => placing::step(board, from, way),
                Way::Left | Way::Right => placing::next_column(board, b, from, way),
            };
            Some(match to {
                Some(to) => placing::why_not(board, b, to).map_or(Ok(to), |why| Err((why, Some(to)))),
                None if !b.may_move => Err((Reason::Fixed, None)),
                None if matches!(way, Way::Left | Way::Right) => Err((Reason::NoFurther, None)),
                None => Err((Reason::OffBoard, None)),
            })
        });
        self.send_or_refuse(block, target.flatten());
    }

    /// Makes a block longer or shorter at once by one step.
    pub(super) fn resize(self, block: usize, longer: bool) {
        let target = self.ask(block, |board, b| {
            let from = placing::spot_of(board, b)?;
            Some(match placing::resized(board, from, longer) {
                _ if !b.may_move => Err((Reason::Fixed, None)),
                Some(to) => placing::why_not(board, b, to).map_or(Ok(to), |why| Err((why, Some(to)))),
                None => Err((Reason::Length, None)),
            })
        });
        self.send_or_refuse(block, target.flatten());
    }

    fn send_or_refuse(self, block: usize, target: Option<Result<Spot, (Reason, Option<Spot>)>>) {
        match target {
            Some(Ok(to)) => self.send(block, to, false),
            Some(Err((why, to))) => self.refuse(block, why, to),
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
        let notify = self.tells.get_untracked();
        let asked = self.ask(block, |board, b| {
            let column = board.columns.get(to.column)?;
            let change = Move {
                id: b.id,
                version: b.version,
                resource: column.id,
                start: column.instant(to.start),
                minutes: (to.minutes != b.minutes).then_some(to.minutes),
                notify,
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
                        let column = board.column_at(moved.resource, moved.start).unwrap_or(to.column);
                        let start = board.columns[column].position(moved.start);
                        Spot { column, start, minutes: moved.minutes }
                    });
                    self.put(block, now_at, Some(moved.version));
                    let offer = if is_undo { Offer::None } else { Offer::Undo(block, from) };
                    self.tell(self.what_was_done(from, now_at, is_undo, notify), false, offer);
                }
                Err(error) => {
                    self.put(block, from, None);
                    let offer = match error {
                        AppError::Conflict(Conflict::Stale) | AppError::NotFound | AppError::SignedOut => Offer::Reload,
                        AppError::Conflict(_) => Offer::Explain(self.why_link(block, to)),
                        _ => Offer::None,
                    };
                    self.tell(error.message(), true, offer);
                }
            }
            self.catch_up();
            if keeps_focus {
                self.focus(block);
            }
        });
    }

    /// `Moved to 10:15, Ana. The customer is told.`
    fn what_was_done(self, from: Spot, to: Spot, is_undo: bool, notify: bool) -> String {
        let is_moved = (from.column, from.start) != (to.column, to.start);
        let done = self.board.with_untracked(|board| match (is_moved, is_undo) {
            (true, false) => ["Moved to ", &placing::start_name(board, to)].concat(),
            (true, true) => ["Moved back to ", &placing::start_name(board, to)].concat(),
            (false, _) => ["Now ", &placing::range_name(board, to)].concat(),
        });
        if notify { done } else { done + ". The customer is not told" }
    }

    /// Draws a block at a spot.
    fn put(self, block: usize, to: Spot, version: Option<i32>) {
        self.board.update(|board| {
            let target = board.columns.get(to.column).map(|c| (c.id, c.instant(to.start)));
            if let (Some(block), Some((resource, starts_at))) = (board.blocks.get_mut(block), target) {
                block.resource = resource;
                block.starts_at = starts_at;
                block.minutes = to.minutes;
                block.version = version.unwrap_or(block.version);
            }
        });
    }

    /// Refuses without asking the server.
    fn refuse(self, block: usize, why: Reason, to: Option<Spot>) {
        let column = |board: &Board, b: &Block| to.map(|to| to.column).or_else(|| placing::column_of(board, b));
        let text = self.ask(block, |board, b| why.message(board, &b.service, column(board, b).unwrap_or_default()));
        let offer = to.map_or(Offer::None, |to| Offer::Explain(self.why_link(block, to)));
        self.tell(text.unwrap_or_default(), true, offer);
    }

    /// Shows a message and says it; it goes by itself unless something was refused.
    pub(super) fn tell(self, text: String, refused: bool, offer: Offer) {
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
}
