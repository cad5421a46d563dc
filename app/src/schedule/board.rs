//! The calendar as a board: one column a resource or a date, appointments as blocks; in a timeline the columns lie down.
//!
//! What the server draws is complete without script: lists of links, laid out as a grid by the style sheet.
//! Once the script runs, the same elements become a grid with one tab stop, and blocks can be moved.

// The macro makes functions that cannot carry comments.
#![allow(missing_docs)]

use super::{
    details::details,
    keys, live,
    message::{bar, connection, live_region, toast},
    model::{Board, Column, View},
    moving::{Desk, What},
    placing::{self, Placed},
    pointer::Pointer,
    surface::{block_of, element_of},
};
use jiff::Timestamp;
use leptos::{ev, prelude::*, web_sys::js_sys};
use std::time::Duration;

/// How often the line of the present is drawn anew.
const TICK: Duration = Duration::from_secs(30);

/// The calendar as a board.
#[island]
pub fn Calendar(
    /// What is on it.
    board: Board,
) -> impl IntoView {
    let desk = Desk::new(board);
    let pointer = Pointer::new(desk);
    let board = desk.board.get_untracked();
    let now = RwSignal::new(board.now);
    Effect::new(move |_| wake(desk, now));

    let columns = board.columns.iter().enumerate().map(|(index, c)| column(desk, &board, index, c, now)).collect_view();
    let hours = hours(&board);
    let geometry = format!("--cols:{};--minutes:{}", board.columns.len(), board.to - board.from);
    let lonely = move || desk.layout.with(Vec::is_empty).then_some("0");
    let picked_up =
        Memo::new(move |_| desk.held.get().map(|held| if matches!(held.what, What::End(_)) { "end" } else { "" }));
    let name = if board.view == View::Week { "Appointments by day" } else { "Appointments by resource" };

    view! {
        <div
            class="day"
            node_ref=desk.surface.root
            style=geometry
            data-view=board.view.as_str()
            data-live=move || desk.live.get().then_some("")
            data-holding=move || picked_up.get()
        >
            {connection(desk)}
            <div class="day-line">{views(desk)}{bar(desk)}</div>
            <div
                class="day-scroll"
                node_ref=desk.surface.scroller
                role="region"
                aria-label="Calendar"
                tabindex=lonely
                on:pointerdown=move |event| pointer.down(&event)
                on:pointermove=move |event| pointer.moved(&event)
                on:pointerup=move |event| pointer.up(&event)
                on:pointercancel=move |_| pointer.lost()
                on:click=move |event| pointer.click(&event)
                on:keydown=move |event| keys::on_board(desk, &event)
                on:focusin=move |event| focused(desk, &event)
                // Links and their text would be dragged as such.
                on:dragstart=move |event| event.prevent_default()
                on:touchmove=move |event| if pointer.is_finger_busy() { event.prevent_default() }
                on:contextmenu=move |event| if pointer.is_finger_down() { event.prevent_default() }
            >
                <div
                    class="day-grid"
                    role=move || desk.live.get().then_some("grid")
                    aria-label=move || desk.live.get().then_some(name)
                    aria-describedby=move || desk.live.get().then_some("day-keys")
                >
                    <div class="day-axis" aria-hidden="true"><div class="day-corner"></div><div class="day-hours">{hours}</div></div>
                    {columns}
                    {overlay(desk, &board)}
                </div>
            </div>
            {keys_help(&board)}
            {live_region(desk)}
            {toast(desk)}
            {details(desk)}
        </div>
    }
}

fn keys_help(board: &Board) -> impl IntoView + use<> {
    let (shorter, longer) = if board.view == View::Timeline { ("left", "right") } else { ("up", "down") };
    let step = board.snap;
    view! {
        <p id="day-keys" class="visually-hidden">
            {format!(
                "Arrow keys go between appointments. Enter opens one, M picks it up, Insert begins a new one after it. Alt with an arrow key \
                 moves it by {step} minutes or to the next column. Alt and Shift with arrow {shorter} or {longer} make it shorter or longer.",
            )}
        </p>
    }
}

/// What only a browser can do, and only once the server's HTML is taken over.
fn wake(desk: Desk, now: RwSignal<Timestamp>) {
    desk.live.set(true);
    _ = window_event_listener(ev::keydown, move |event| keys::while_held(desk, &event));
    live::follow(desk);
    // The server's clock is right; the browser's tells only how much has gone by.
    let (server, opened) = (now.get_untracked().as_millisecond(), js_sys::Date::now());
    let tick = move || {
        let at = server + (js_sys::Date::now() - opened) as i64;
        now.set(Timestamp::from_millisecond(at).unwrap_or_default());
    };
    set_interval(tick, TICK);
    let share = desk.board.with_untracked(|board| {
        let place = |at: Timestamp| board.columns.iter().find(|c| c.has(at)).map(|c| c.on_axis(c.position(at)));
        let (from, to) = (i32::from(board.from), i32::from(board.to));
        // An hour of the past stays in view: who is late is looked for there.
        place(board.now).map(|at| f64::from(at - 60 - from) / f64::from(to - from))
    });
    if let Some(share) = share {
        desk.surface.open_at(share.clamp(0.0, 1.0));
    }
}

/// The block that was reached, by whatever way, is the one that the tab key comes back to.
fn focused(desk: Desk, event: &ev::FocusEvent) {
    let block = element_of(event).as_ref().and_then(block_of);
    if block.is_some() && desk.active.get_untracked() != block {
        desk.active.set(block);
    }
}

/// The choice between list and grid, offered where there is little room; the style sheet reads it, no script needed. And
/// the way to something new.
fn views(desk: Desk) -> impl IntoView {
    let may_book = desk.board.with_untracked(|board| board.may_book);
    let begin = move |event: ev::MouseEvent| {
        // Called by the script with an address of its own, or with a modifier, it is a link like any other.
        let is_plain = event.is_trusted() && !(event.ctrl_key() || event.meta_key() || event.shift_key());
        if is_plain {
            event.prevent_default();
            event.stop_propagation();
            desk.begin_new(None, super::moving::By::Choice);
        }
    };
    view! {
        <div class="day-choices no-print">
            <fieldset class="day-views">
                <legend class="visually-hidden">"Show as"</legend>
                <label><input type="radio" name="day-view" value="list" checked=true/><span>"List"</span></label>
                <label><input type="radio" name="day-view" value="grid" node_ref=desk.surface.grid_choice/><span>"Grid"</span></label>
            </fieldset>
            <a
                class="btn"
                data-variant="primary"
                data-new=""
                data-sheet=""
                hidden=!may_book
                href="/appointments/new"
                node_ref=desk.surface.new_link
                on:click=begin
            >
                "New appointment"
            </a>
        </div>
    }
}

/// Labels of the hours, one at each full hour of the axis.
fn hours(board: &Board) -> impl IntoView + use<> {
    (board.from..=board.to)
        .step_by(60)
        .map(|at| view! { <span style=format!("--start:{}", at - board.from)>{board.clock_at(at.into())}</span> })
        .collect_view()
}

/// A column: its head and hours, the stretches it is closed, its appointments.
fn column(desk: Desk, board: &Board, index: usize, column: &Column, now: RwSignal<Timestamp>) -> impl IntoView + use<> {
    let head = format!("day-column-{index}");
    let from = board.from;
    let shade = |class: &'static str, label: &'static str, (start, minutes): (u16, u16)| {
        let label = (minutes >= 60).then_some(label);
        view! { <div class=class style=format!("--start:{};--span:{minutes}", start - from)>{label}</div> }
    };
    let closed = placing::closed_spans(board, index).into_iter().map(|span| shade("day-closed", "Closed", span));
    let off = placing::off_spans(board, index).into_iter().map(|span| shade("day-closed day-off", "Time off", span));
    let gap = column.gap.filter(|(at, _)| *at >= from).map(|gap| shade("day-closed day-gap", "No such time", gap));
    let shades = closed.chain(off).chain(gap).collect_view();
    let blocks = Memo::new(move |_| {
        let of_column = |p: &&Placed| p.spot.column == index;
        desk.layout.with(|layout| layout.iter().filter(of_column).map(|p| p.block).collect::<Vec<_>>())
    });
    let hours = open_hours(column);
    let lists = blocks.with_untracked(|blocks| !blocks.is_empty()).then_some("list");
    // Known from the pick-up on, so not asked at every move of the pointer.
    let held = Memo::new(move |_| desk.held.get().and_then(|held| held.block()));
    let refusal = Memo::new(move |_| {
        held.get().and_then(|block| desk.ask(block, |board, b| placing::short_refusal(board, b, index))).flatten()
    });
    let now_line = {
        let (column, from, to) = (column.clone(), i32::from(board.from), i32::from(board.to));
        move || {
            let at = now.get();
            let place =
                Some(column.on_axis(column.position(at))).filter(|p| column.has(at) && (from..to).contains(p))?;
            Some(view! { <div class="day-now" style=format!("--start:{}", place - from)></div> })
        }
    };
    let live = desk.live;
    view! {
        <div
            class="day-column"
            role=move || if live.get() { "row" } else { "group" }
            aria-labelledby=head.clone()
            data-refuses=move || refusal.with(Option::is_some).then_some("")
        >
            <div class="day-head" role=move || live.get().then_some("rowheader")>
                <h2 id=head.clone() title=column.head.clone()>{column.head.clone()}</h2>
                <p>{move || refusal.get().unwrap_or_else(|| hours.clone())}</p>
            </div>
            <div class="day-body" role=move || if live.get() { Some("presentation") } else { lists }>
                <div class="day-shades" aria-hidden="true">{shades}{now_line}</div>
                <For each=move || blocks.get() key=|block| *block children=move |index| block(desk, index)/>
            </div>
            <p class="day-none" role=move || live.get().then_some("gridcell") hidden=move || blocks.with(|b| !b.is_empty())>"No appointments"</p>
        </div>
    }
}

/// `09:00 to 12:00, 13:00 to 17:00`.
fn open_hours(column: &Column) -> String {
    let spans: Vec<String> = column
        .open
        .iter()
        .filter(|(from, to)| to > from)
        .map(|&(from, to)| column.clock_range(from.into(), to - from))
        .collect();
    if spans.is_empty() { "Closed".into() } else { spans.join(", ") }
}

/// An appointment: a link to its page, until the script makes it a button that opens its details.
fn block(desk: Desk, index: usize) -> impl IntoView {
    let of = move |what: fn(&super::model::Block) -> String| {
        move || desk.board.with(|board| board.blocks.get(index).map(what).unwrap_or_default())
    };
    let Some((id, may_move)) = desk.ask(index, |_, block| (block.id, block.may_move)) else { return ().into_any() };
    let from = desk.board.with_untracked(|board| i32::from(board.from));
    let placed = Memo::new(move |_| desk.layout.with(|layout| layout.iter().find(|p| p.block == index).copied()));
    // Read out at the end of the block's name: who looks sees it at the head of the column.
    let column = move || {
        let at = placed.get()?.spot.column;
        desk.board.with_untracked(|board| board.columns.get(at).map(|column| column.head.clone()))
    };
    let clock = move |end: bool| {
        let Some(Placed { spot, .. }) = placed.get() else { return String::new() };
        let at = if end { spot.end() } else { spot.start };
        desk.board
            .with_untracked(|board| board.columns.get(spot.column).map(|c| placing::clock_name(c, at)))
            .unwrap_or_default()
    };
    let geometry = move || {
        placed
            .get()
            .map(|p| format!("--start:{};--span:{};--lane:{};--lanes:{}", p.top - from, p.span, p.lane, p.lanes))
    };
    let size = move || {
        placed.get().map(|p| match p.span {
            ..30 => "line",
            30..45 => "small",
            45..75 => "medium",
            _ => "large",
        })
    };
    let live = desk.live;
    let is_held = Memo::new(move |_| desk.held.with(|held| held.and_then(|held| held.block()) == Some(index)));
    view! {
        <div class="day-slot" role=move || if live.get() { "gridcell" } else { "listitem" } style=geometry>
            <a
                class="block"
                href=format!("/appointments/{id}")
                data-block=index.to_string()
                data-hue=of(|b| b.hue.clone())
                data-status=of(|b| b.status.label().into())
                data-size=size
                data-movable=may_move.then_some("")
                data-held=move || is_held.get().then_some("")
                data-fresh=move || desk.fresh.with(|fresh| fresh.contains(&index)).then_some("")
                role=move || live.get().then_some("button")
                aria-haspopup=move || live.get().then_some("dialog")
                data-column=column
                aria-busy=move || desk.busy.with(|busy| busy.contains(&index)).then_some("true")
                tabindex=move || live.get().then(|| if desk.active.get() == Some(index) { "0" } else { "-1" })
                draggable="false"
            >
                <span class="block-time">{move || clock(false)}<span>" to "{move || clock(true)}</span></span>
                <span class="block-who">{of(|b| b.customer.clone())}</span>
                <span class="block-what">{of(|b| b.service.clone())}</span>
                <span class="block-status">{of(|b| b.status.label().into())}</span>
                {may_move.then(|| view! { <span class="block-end" data-handle=index.to_string() aria-hidden="true"></span> })}
            </a>
        </div>
    }
    .into_any()
}

/// What lies across all columns: under the blocks where clocks change, over them the ghost of what is in the hand.
fn overlay(desk: Desk, board: &Board) -> impl IntoView + use<> {
    let from = i32::from(board.from);
    let changes = (board.view != View::Week).then(|| {
        placing::clock_changes(board)
            .into_iter()
            .map(|(at, what)| view! { <p class="day-change" style=format!("--start:{}", i32::from(at) - from)>{what}</p> })
            .collect_view()
    });
    let ghost = move || {
        let held = desk.held.get()?;
        let (placed, name) =
            desk.board.with_untracked(|board| (placing::drawn(board, 0, held.to), placing::spot_name(board, held.to)));
        let refusal = desk.refusal(held);
        let forbidden = refusal.is_some().then_some("");
        Some(view! {
            <div
                class="ghost"
                style=format!("--start:{};--span:{};--col:{}", placed.top - from, placed.span, held.to.column)
                data-forbidden=forbidden
            >
                <strong>{name}</strong>
                <span>{refusal}</span>
            </div>
        })
    };
    view! {
        <div class="day-under" aria-hidden="true">{changes}</div>
        <div class="day-over" node_ref=desk.surface.overlay aria-hidden="true">{ghost}</div>
    }
}
