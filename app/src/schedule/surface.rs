//! The elements behind the board: where a pointer is on it, what has the focus, what must be scrolled to.
//! Everything that asks the browser for sizes is here, and only here.

use super::model::{Board, View};
use leptos::{
    html::{A, Div, Input},
    prelude::*,
    web_sys::{Element, HtmlElement, wasm_bindgen::JsCast},
};

/// How near an edge, in pixels, a drag begins to scroll.
const EDGE: f64 = 40.0;
/// How many pixels a frame a drag scrolls at most.
const PACE: f64 = 14.0;

/// From which width of the window on, in pixels, a timeline lies down: as in the style sheet.
const WIDE: i32 = 640;
/// The distance, in pixels, of the details from their block.
const GAP: i32 = 8;
/// The width of the details: `--details` in the style sheet.
const DETAILS: i32 = 336;

/// The elements behind the board.
#[derive(Clone, Copy)]
pub(super) struct Surface {
    /// Whether time runs from left to right where there is room for it.
    is_timeline: bool,
    /// Around everything.
    pub(super) root: NodeRef<Div>,
    /// What scrolls.
    pub(super) scroller: NodeRef<Div>,
    /// Lies exactly over the columns, from the first minute to the last.
    pub(super) overlay: NodeRef<Div>,
    /// Chooses the grid where a list is the default.
    pub(super) grid_choice: NodeRef<Input>,
    /// Leads to the form for something new.
    pub(super) new_link: NodeRef<A>,
}

impl Surface {
    pub(super) fn new(view: View) -> Self {
        Self {
            is_timeline: view == View::Timeline,
            root: NodeRef::new(),
            scroller: NodeRef::new(),
            overlay: NodeRef::new(),
            grid_choice: NodeRef::new(),
            new_link: NodeRef::new(),
        }
    }

    /// Whether time runs from left to right: not on a narrow screen, where the style sheet leaves it upright.
    pub(super) fn is_turned(self) -> bool {
        self.is_timeline && document().document_element().is_some_and(|root| root.client_width() >= WIDE)
    }

    /// The column and the place on the axis, not snapped, that a point of the window lies on; the nearest ones if it
    /// lies outside. None while the board is shown as a list.
    pub(super) fn position_at(self, board: &Board, (x, y): (f64, f64)) -> Option<(usize, i32)> {
        let area = self.overlay.get_untracked()?.get_bounding_client_rect();
        if area.height() < 1.0 || board.columns.is_empty() {
            return None;
        }
        let columns = board.columns.len();
        let (across, along) = ((x - area.left()) / area.width(), (y - area.top()) / area.height());
        let (across, along) = if self.is_turned() { (along, across) } else { (across, along) };
        let column = ((across * columns as f64).max(0.0) as usize).min(columns - 1);
        Some((column, i32::from(board.from) + (f64::from(board.to - board.from) * along).floor() as i32))
    }

    /// Shows the grid where the list was shown: a block is moved on the grid.
    pub(super) fn show_grid(self) {
        let is_list = self.overlay.get_untracked().is_some_and(|overlay| overlay.offset_height() == 0);
        if let (true, Some(choice)) = (is_list, self.grid_choice.get_untracked()) {
            choice.set_checked(true);
            if let Some(root) = self.root.get_untracked() {
                root.scroll_into_view_with_bool(true);
            }
        }
    }

    /// Scrolls a little when a drag is near an edge. Whether it did.
    pub(super) fn scroll_near_edge(self, (x, y): (f64, f64)) -> bool {
        let (Some(scroller), Some(overlay)) = (self.scroller.get_untracked(), self.overlay.get_untracked()) else {
            return false;
        };
        let view = scroller.get_bounding_client_rect();
        let (axis, head) = self.stuck(&scroller, &overlay);
        let by_x = pull(x, view.left() + axis, view.right());
        let by_y = pull(y, view.top() + head, view.bottom());
        let before = (scroller.scroll_left(), scroller.scroll_top());
        scroller.set_scroll_left(before.0 + by_x);
        scroller.set_scroll_top(before.1 + by_y);
        before != (scroller.scroll_left(), scroller.scroll_top())
    }

    /// How much of the view the time axis and the column heads cover.
    fn stuck(self, scroller: &HtmlElement, overlay: &HtmlElement) -> (f64, f64) {
        let (view, area) = (scroller.get_bounding_client_rect(), overlay.get_bounding_client_rect());
        let axis = area.left() - view.left() + f64::from(scroller.scroll_left());
        (axis, area.top() - view.top() + f64::from(scroller.scroll_top()))
    }

    /// Scrolls so that the ghost can be seen, once it is drawn.
    pub(super) fn reveal_ghost(self) {
        request_animation_frame(move || {
            if let Some(ghost) = self.find(".ghost") {
                self.reveal(&ghost);
            }
        });
    }

    fn reveal(self, element: &Element) {
        let (Some(scroller), Some(overlay)) = (self.scroller.get_untracked(), self.overlay.get_untracked()) else {
            return;
        };
        let (view, it) = (scroller.get_bounding_client_rect(), element.get_bounding_client_rect());
        let (axis, head) = self.stuck(&scroller, &overlay);
        let by_x = overshoot((it.left(), it.right()), (view.left() + axis, view.right()));
        let by_y = overshoot((it.top(), it.bottom()), (view.top() + head, view.bottom()));
        scroller.set_scroll_left(scroller.scroll_left() + by_x);
        scroller.set_scroll_top(scroller.scroll_top() + by_y);
    }

    /// Scrolls to a share of the board's time, if nobody has scrolled yet.
    pub(super) fn open_at(self, share: f64) {
        let (Some(scroller), Some(overlay)) = (self.scroller.get_untracked(), self.overlay.get_untracked()) else {
            return;
        };
        let is_turned = self.is_turned();
        if is_turned && scroller.scroll_left() == 0 {
            scroller.set_scroll_left((f64::from(overlay.offset_width()) * share) as i32);
        } else if !is_turned && scroller.scroll_top() == 0 {
            scroller.set_scroll_top((f64::from(overlay.offset_height()) * share) as i32);
        }
    }

    /// Opens an address as a sheet over the page: `ui/sheet.js` takes the link's click.
    pub(super) fn open_sheet(self, address: &str) {
        if let Some(link) = self.new_link.get_untracked() {
            let before = link.get_attribute("href");
            _ = link.set_attribute("href", address);
            link.click();
            _ = link.set_attribute("href", before.as_deref().unwrap_or("/appointments/new"));
        }
    }

    /// Gives the focus to what begins something new.
    pub(super) fn focus_new(self) {
        if let Some(link) = self.new_link.get_untracked() {
            _ = link.focus();
        }
    }

    /// Gives a block the focus: at once, so that the next key finds it there, and again a frame later, since a
    /// block that changes columns is drawn anew.
    pub(super) fn focus_block(self, block: usize) {
        let focus = move || {
            if let Some(block) = self.block(block).filter(|b| document().active_element().as_ref() != Some(b)) {
                _ = block.unchecked_into::<HtmlElement>().focus();
            }
        };
        focus();
        request_animation_frame(focus);
    }

    /// Whether a block has the focus, or nothing has.
    pub(super) fn has_focus(self, block: usize) -> bool {
        match document().active_element() {
            Some(active) => active.tag_name() == "BODY" || block_of(&active) == Some(block),
            None => true,
        }
    }

    /// Whether a block itself has the focus.
    pub(super) fn has_focus_itself(self, block: usize) -> bool {
        document().active_element().as_ref().and_then(block_of) == Some(block)
    }

    /// Whether somebody points at the message or has the focus in it.
    pub(super) fn is_notice_in_use(self) -> bool {
        self.find(".toast:is(:hover, :focus-within)").is_some()
    }

    /// A corner of the window for something that belongs beside a block: right of it, or left where that is full.
    pub(super) fn beside_block(self, block: usize) -> Option<(i32, i32)> {
        let it = self.block(block)?.get_bounding_client_rect();
        let window = document().document_element()?.client_width();
        let right = it.right() as i32 + GAP;
        let fits = right + DETAILS <= window;
        Some((if fits { right } else { it.left() as i32 - GAP - DETAILS }, it.top() as i32))
    }

    fn block(self, block: usize) -> Option<Element> {
        self.find(&format!("[data-block=\"{block}\"]"))
    }

    fn find(self, selector: &str) -> Option<Element> {
        self.root.get_untracked()?.query_selector(selector).ok().flatten()
    }
}

/// The block that an element is or lies in.
pub(super) fn block_of(element: &Element) -> Option<usize> {
    element.closest("[data-block]").ok().flatten()?.get_attribute("data-block")?.parse().ok()
}

/// The element that an event began at.
pub(super) fn element_of(event: &leptos::web_sys::Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// The block whose end an element is the handle of.
pub(super) fn handle_of(element: &Element) -> Option<usize> {
    element.closest("[data-handle]").ok().flatten()?.get_attribute("data-handle")?.parse().ok()
}

/// How far to scroll in a frame, by how near a point is to either end.
fn pull(at: f64, from: f64, to: f64) -> i32 {
    let (before, after) = ((from + EDGE - at).clamp(0.0, EDGE), (at - (to - EDGE)).clamp(0.0, EDGE));
    ((after - before) / EDGE * PACE) as i32
}

/// How far to scroll for a stretch to lie within another: nothing if it does.
fn overshoot((from, to): (f64, f64), (first, last): (f64, f64)) -> i32 {
    let margin = 8.0;
    if from < first + margin {
        (from - first - margin) as i32
    } else if to > last - margin {
        (to - last + margin) as i32
    } else {
        0
    }
}
