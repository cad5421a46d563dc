//! The pointer on the board: a press becomes a drag after five pixels, or under a finger after half a second,
//! so that a finger can still scroll. Without a drag, a click opens a block or drops the one in the hand.

use super::{
    moving::{By, Desk},
    placing::{self, Spot},
    surface::{block_of, element_of, spot_at},
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

/// A pointer that is down on a block.
#[derive(Clone, Copy)]
struct Press {
    block: usize,
    pointer: i32,
    began: (f64, f64),
    /// How many minutes below the block's start it was gripped.
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
        let Some(block) = element_of(event).as_ref().and_then(block_of) else { return };
        let grip = self.desk.ask(block, |board, b| {
            let (_, position) = self.desk.surface.position_at(board, at)?;
            b.may_move.then_some(position - i32::from(b.start))
        });
        let Some(grip) = grip.flatten() else { return };
        let touch = event.pointer_type() == "touch";
        let timer = touch.then(|| set_timeout_with_handle(move || self.begin(), LONG_PRESS).ok()).flatten();
        let pointer = event.pointer_id();
        self.press.set_value(Some(Press { block, pointer, began: at, grip, timer, touch }));
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
            // "Move…": the ghost shows where a click would drop the block. A finger has no such moment.
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
        let block = element_of(event).as_ref().and_then(block_of);
        // With a modifier it is a link like any other: a new tab, a new window.
        let plain = !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
        if let (Some(block), true) = (block, plain) {
            event.prevent_default();
            self.desk.active.set(Some(block));
            self.desk.shown.set(Some(block));
        }
    }

    /// Whether the browser must not scroll or open its menu now: a finger holds a block.
    pub(super) fn is_finger_busy(self) -> bool {
        self.press.get_value().is_some_and(|press| press.touch) && self.dragging()
    }

    /// Whether a finger is down on a block.
    pub(super) fn is_finger_down(self) -> bool {
        self.press.get_value().is_some_and(|press| press.touch)
    }

    fn dragging(self) -> bool {
        self.desk.held.get_untracked().is_some_and(|held| held.by == By::Drag)
    }

    fn begin(self) {
        let Some(press) = self.press.get_value() else { return };
        if !self.desk.pick_up(press.block, By::Drag) {
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

    /// Holds the dragged block where the pointer is, gripped where it was gripped.
    fn aim(self) {
        let Some(press) = self.press.get_value() else { return };
        let spot = self.desk.ask(press.block, |board, block| {
            let (column, position) = self.desk.surface.position_at(board, self.last.get_value())?;
            Some(spot_at(board, column, position - press.grip, block.minutes))
        });
        if let Some(spot) = spot.flatten() {
            self.desk.aim(self.home_if_near(press.block, spot));
        }
    }

    /// A block that began off the grid can be put back exactly where it was.
    fn home_if_near(self, block: usize, spot: Spot) -> Spot {
        let home = self.desk.ask(block, placing::spot_of).flatten();
        home.filter(|home| home.column == spot.column && home.start.abs_diff(spot.start) < 8).unwrap_or(spot)
    }

    /// Holds the block of "Move…" at the slot under the pointer.
    fn aim_at_slot(self, at: (f64, f64)) {
        let Some(held) = self.desk.held.get_untracked().filter(|held| held.by == By::Choice) else { return };
        let spot = self.desk.ask(held.block, |board, block| {
            let (column, position) = self.desk.surface.position_at(board, at)?;
            let half = i32::from(super::model::SNAP) / 2;
            Some(spot_at(board, column, position - half, block.minutes))
        });
        if let Some(spot) = spot.flatten() {
            self.desk.aim(spot);
        }
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

fn point(event: &MouseEvent) -> (f64, f64) {
    (f64::from(event.client_x()), f64::from(event.client_y()))
}
