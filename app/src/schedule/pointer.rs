//! The pointer on the board: a press becomes a drag after five pixels, or under a finger after half a second,
//! so that a finger can still scroll. A press on a block moves it, on its lower edge changes its length, on empty time
//! begins something new. Without a drag, a click opens a block, begins something new, or drops what is in the hand.

use super::{
    moving::{By, Desk, What},
    placing::{self, Spot},
    surface::{block_of, element_of, handle_of},
};
use leptos::{
    ev::{MouseEvent, PointerEvent},
    prelude::*,
};
use std::time::Duration;

/// How far the pointer goes, in pixels, before a press is a drag.
const THRESHOLD: f64 = 5.0;
/// How far a finger may tremble during a long press.
const TREMBLE: f64 = 10.0;
/// How long a finger rests before a press is a drag.
const LONG_PRESS: Duration = Duration::from_millis(500);

/// A pointer that is down.
#[derive(Clone, Copy)]
struct Press {
    /// On what.
    what: What,
    pointer: i32,
    began: (f64, f64),
    /// How many minutes of the axis below the block's start it was gripped.
    grip: i32,
    /// Runs while a finger rests.
    timer: Option<TimeoutHandle>,
    touch: bool,
}

/// What the pointer does. Copied freely: it holds only handles.
#[derive(Clone, Copy)]
pub(super) struct Pointer {
    desk: Desk,
    press: StoredValue<Option<Press>>,
    last: StoredValue<(f64, f64)>,
    /// The click that follows a drag means nothing.
    swallow: StoredValue<bool>,
}

impl Pointer {
    pub(super) fn new(desk: Desk) -> Self {
        Self {
            desk,
            press: StoredValue::new(None),
            last: StoredValue::new((0.0, 0.0)),
            swallow: StoredValue::new(false),
        }
    }

    pub(super) fn down(self, event: &PointerEvent) {
        self.swallow.set_value(false);
        let at = point(event);
        self.last.set_value(at);
        if event.button() != 0 || !event.is_primary() || self.desk.held.get_untracked().is_some() {
            return;
        }
        let Some((what, grip)) = element_of(event).and_then(|element| self.gripped(&element, at)) else { return };
        let touch = event.pointer_type() == "touch";
        let timer = touch.then(|| set_timeout_with_handle(move || self.begin(), LONG_PRESS).ok()).flatten();
        let pointer = event.pointer_id();
        self.press.set_value(Some(Press { what, pointer, began: at, grip, timer, touch }));
    }

    /// What a press would move, and how far below its start it is gripped.
    fn gripped(self, element: &leptos::web_sys::Element, at: (f64, f64)) -> Option<(What, i32)> {
        let (column, place) = self.desk.board.with_untracked(|board| self.desk.surface.position_at(board, at))?;
        if let Some(block) = handle_of(element) {
            return Some((What::End(block), 0));
        }
        match block_of(element) {
            Some(block) => {
                let grip = self.desk.ask(block, |board, b| {
                    let spot = placing::spot_of(board, b)?;
                    b.may_move.then(|| place - board.columns[spot.column].on_axis(spot.start))
                });
                Some((What::Block(block), grip.flatten()?))
            }
            None => {
                let is_free = element.closest(".day-body").ok().flatten().is_some();
                let may = self.desk.board.with_untracked(|board| board.columns[column].may_edit && board.may_book);
                (is_free && may).then_some((What::New, 0))
            }
        }
    }

    pub(super) fn moved(self, event: &PointerEvent) {
        let at = point(event);
        self.last.set_value(at);
        match (self.press.get_value(), self.dragging()) {
            (Some(_), true) => self.aim(),
            (Some(press), false) => {
                let far = (at.0 - press.began.0).hypot(at.1 - press.began.1);
                if press.touch && far > TREMBLE {
                    self.release();
                } else if !press.touch && far >= THRESHOLD {
                    self.begin();
                }
            }
            // "Move…": the ghost shows where a click would drop it. A finger has no such moment.
            (None, _) if event.pointer_type() != "touch" => self.aim_at_slot(at),
            (None, _) => {}
        }
    }

    pub(super) fn up(self, event: &PointerEvent) {
        let at = point(event);
        self.last.set_value(at);
        if self.dragging() {
            self.aim();
            self.release();
            self.desk.drop_here();
        }
        self.release();
    }

    /// The system took the pointer away, to scroll or to zoom.
    pub(super) fn lost(self) {
        if self.dragging() {
            self.desk.cancel();
        }
        self.release();
    }

    pub(super) fn click(self, event: &MouseEvent) {
        if self.swallow.get_value() {
            self.swallow.set_value(false);
            return event.prevent_default();
        }
        if self.desk.held.get_untracked().is_some() {
            event.prevent_default();
            // A browser shifts the click of a finger to the nearest link; what counts is where the finger was.
            self.aim_at_slot(if event.detail() > 0 { self.last.get_value() } else { point(event) });
            return self.desk.drop_here();
        }
        let element = element_of(event);
        // With a modifier it is a link like any other: a new tab, a new window.
        let plain = !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
        match element.as_ref().and_then(block_of) {
            Some(block) if plain => {
                event.prevent_default();
                self.desk.active.set(Some(block));
                self.desk.shown.set(Some(block));
            }
            None if event.detail() > 0 => {
                let at = self.last.get_value();
                if let Some((What::New, _)) = element.and_then(|element| self.gripped(&element, at))
                    && let Some(spot) = self.slot_at(at)
                {
                    self.desk.begin_new(Some(spot), By::Drag);
                    self.desk.drop_here();
                }
            }
            _ => {}
        }
    }

    /// Whether the browser must not scroll now: a finger holds something.
    pub(super) fn is_finger_busy(self) -> bool {
        self.press.get_value().is_some_and(|press| press.touch) && self.dragging()
    }

    /// Whether a finger is down on something that can be held: its long press must not open a menu.
    pub(super) fn is_finger_down(self) -> bool {
        self.press.get_value().is_some_and(|press| press.touch)
    }

    fn dragging(self) -> bool {
        self.desk.held.get_untracked().is_some_and(|held| held.by == By::Drag)
    }

    fn begin(self) {
        let Some(press) = self.press.get_value() else { return };
        if press.what == What::New {
            let Some(spot) = self.slot_at(press.began) else { return self.release() };
            self.desk.begin_new(Some(spot), By::Drag);
        } else if !self.desk.pick_up(press.what, By::Drag) {
            return self.release();
        }
        self.swallow.set_value(true);
        if let Some(scroller) = self.desk.surface.scroller.get_untracked() {
            // Without the capture a drag that leaves the window would never end.
            _ = scroller.set_pointer_capture(press.pointer);
        }
        self.aim();
        self.keep_scrolling();
    }

    fn release(self) {
        if let Some(timer) = self.press.get_value().and_then(|press| press.timer) {
            timer.clear();
        }
        self.press.set_value(None);
    }

    /// Holds what is dragged where the pointer is, gripped where it was gripped.
    fn aim(self) {
        let (Some(press), Some(held)) = (self.press.get_value(), self.desk.held.get_untracked()) else { return };
        let spot = self.desk.board.with_untracked(|board| {
            let (column, place) = self.desk.surface.position_at(board, self.last.get_value())?;
            Some(match press.what {
                What::Block(_) => {
                    let minutes = held.to.minutes;
                    home_if_near(
                        held.from,
                        Spot { column, start: placing::snap(board, column, place - press.grip, minutes), minutes },
                    )
                }
                What::End(_) => placing::stretched(board, held.from, place),
                // A new one grows from where the press began; one step is as good as a click.
                What::New => placing::stretched(board, held.from, place),
            })
        });
        if let Some(spot) = spot {
            self.desk.aim(spot);
        }
    }

    /// Holds what was chosen to be moved at the slot under the pointer.
    fn aim_at_slot(self, at: (f64, f64)) {
        let Some(held) = self.desk.held.get_untracked().filter(|held| held.by == By::Choice) else { return };
        let spot = match held.what {
            What::End(_) => self.desk.board.with_untracked(|board| {
                let (_, place) = self.desk.surface.position_at(board, at)?;
                Some(placing::stretched(board, held.from, place))
            }),
            _ => self.slot_at(at).map(|slot| Spot { minutes: held.to.minutes, ..slot }),
        };
        if let Some(spot) = spot {
            self.desk.aim(spot);
        }
    }

    /// The step of time under a point, as long as something new.
    fn slot_at(self, at: (f64, f64)) -> Option<Spot> {
        self.desk.board.with_untracked(|board| {
            let (column, place) = self.desk.surface.position_at(board, at)?;
            let minutes = super::moving::NEW;
            let start = placing::snap(board, column, place - i32::from(board.snap) / 2, minutes);
            Some(Spot { column, start, minutes })
        })
    }

    /// Scrolls frame by frame while a drag stays near an edge.
    fn keep_scrolling(self) {
        request_animation_frame(move || {
            if self.dragging() {
                if self.desk.surface.scroll_near_edge(self.last.get_value()) {
                    self.aim();
                }
                self.keep_scrolling();
            }
        });
    }
}

/// A block that began off the grid can be put back exactly where it was.
fn home_if_near(home: Spot, spot: Spot) -> Spot {
    if home.column == spot.column && home.start.abs_diff(spot.start) < 8 { home } else { spot }
}

fn point(event: &MouseEvent) -> (f64, f64) {
    (f64::from(event.client_x()), f64::from(event.client_y()))
}
