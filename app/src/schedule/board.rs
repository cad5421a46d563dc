//! The day as a board: one column a resource, appointments as blocks.
//!
//! What the server draws is complete without script: lists of links, laid out as a grid by the style sheet.
//! Once the script runs, the same elements become a grid with one tab stop, and blocks can be moved.

// The macro makes functions that cannot carry comments.
#![allow(missing_docs)]

use super::{
    details::details,
    keys,
    message::{bar, live_region, toast},
    model::{Board, Column},
    moving::Desk,
    placing::{self, Placed},
    pointer::Pointer,
    surface::{block_of, element_of},
};
use leptos::{ev, prelude::*, web_sys::js_sys};
use std::time::Duration;

/// How often the line of the present is drawn anew.
const TICK: Duration = Duration::from_secs(30);

/// The day as a board.
#[island]
pub fn DayBoard(
    /// The day.
    board: Board,
) -> impl IntoView {
    let desk = Desk::new(board);
    let pointer = Pointer::new(desk);
    let board = desk.board.get_untracked();
    let now = RwSignal::new(board.now.map(i32::from));
    Effect::new(move |_| wake(desk, now));

    let columns = board.columns.iter().enumerate().map(|(index, c)| column(desk, &board, index, c)).collect_view();
    let hours = hours(&board);
    let geometry = format!("--cols:{};--minutes:{}", board.columns.len(), board.to - board.from);
    let lonely = board.blocks.is_empty().then_some("0");
    let picked_up = Memo::new(move |_| desk.held.with(Option::is_some));

    view! {
        <div
            class="day"
            node_ref=desk.surface.root
            style=geometry
            data-live=move || desk.live.get().then_some("")
            data-holding=move || picked_up.get().then_some("")
        >
            {views(desk)}
            {bar(desk)}
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
                    aria-label=move || desk.live.get().then_some("Appointments by resource")
                    aria-describedby=move || desk.live.get().then_some("day-keys")
                >
                    <div class="day-axis" aria-hidden="true"><div class="day-corner"></div><div class="day-hours">{hours}</div></div>
                    {columns}
                    {overlay(desk, &board, now)}
                </div>
            </div>
            <p id="day-keys" class="visually-hidden">
                "Arrow keys go between appointments. Enter opens one. Alt with an arrow key moves it by 15 minutes or to the next resource."
            </p>
            {live_region(desk)}
            {toast(desk)}
            {details(desk)}
        </div>
    }
}

/// What only a browser can do, and only once the server's HTML is taken over.
fn wake(desk: Desk, now: RwSignal<Option<i32>>) {
    desk.live.set(true);
    _ = window_event_listener(ev::keydown, move |event| keys::while_held(desk, &event));
    let (day_start, from, to) =
        desk.board.with_untracked(|b| (b.day_start.as_millisecond(), i32::from(b.from), i32::from(b.to)));
    if now.get_untracked().is_some() {
        let tick = move || now.set(Some(((js_sys::Date::now() as i64 - day_start) / 60_000) as i32));
        tick();
        set_interval(tick, TICK);
        // An hour of the past stays in view: who is late is looked for there.
        let share = f64::from(now.get_untracked().unwrap_or(from) - 60 - from) / f64::from(to - from);
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

/// The choice between list and grid, offered where there is little room. The style sheet reads it; no script needed.
fn views(desk: Desk) -> impl IntoView {
    view! {
        <fieldset class="day-views">
            <legend class="visually-hidden">"Show as"</legend>
            <label><input type="radio" name="day-view" value="list" checked=true/><span>"List"</span></label>
            <label><input type="radio" name="day-view" value="grid" node_ref=desk.surface.grid_choice/><span>"Grid"</span></label>
        </fieldset>
    }
}

/// Labels of the hours, one at each full hour that has elapsed.
fn hours(board: &Board) -> impl IntoView + use<> {
    (board.from..=board.to)
        .step_by(60)
        .map(|at| view! { <span style=format!("--start:{}", at - board.from)>{board.clock_at(at.into())}</span> })
        .collect_view()
}

/// A resource: its name and hours, the stretches it is closed, its appointments.
fn column(desk: Desk, board: &Board, index: usize, column: &Column) -> impl IntoView + use<> {
    let head = format!("day-column-{index}");
    let closed = placing::closed_spans(board, index)
        .into_iter()
        .map(|(start, minutes)| {
            let label = (minutes >= 60).then_some("Closed");
            view! { <div class="day-closed" style=format!("--start:{};--span:{minutes}", start - board.from)>{label}</div> }
        })
        .collect_view();
    let blocks = Memo::new(move |_| {
        let of_column = |p: &&Placed| p.spot.column == index;
        desk.layout.with(|layout| layout.iter().filter(of_column).map(|p| p.block).collect::<Vec<_>>())
    });
    let hours = open_hours(board, column);
    let lists = blocks.with_untracked(|blocks| !blocks.is_empty()).then_some("list");
    let live = desk.live;
    // Known from the pick-up on, so not asked at every move of the pointer.
    let held = Memo::new(move |_| desk.held.get().map(|held| held.block));
    let refusal = Memo::new(move |_| {
        held.get().and_then(|block| desk.ask(block, |board, b| placing::short_refusal(board, b, index))).flatten()
    });
    view! {
        <div
            class="day-column"
            role=move || if live.get() { "row" } else { "group" }
            aria-labelledby=head.clone()
            data-refuses=move || refusal.with(Option::is_some).then_some("")
        >
            <div class="day-head" role=move || live.get().then_some("rowheader")>
                <h2 id=head.clone() title=column.name.clone()>{column.name.clone()}</h2>
                <p>{move || refusal.get().unwrap_or_else(|| hours.clone())}</p>
            </div>
            <div class="day-body" role=move || if live.get() { Some("presentation") } else { lists }>
                <div class="day-shades" aria-hidden="true">{closed}</div>
                <For each=move || blocks.get() key=|block| *block children=move |index| block(desk, index)/>
            </div>
            <p class="day-none" role=move || live.get().then_some("gridcell") hidden=move || blocks.with(|b| !b.is_empty())>"No appointments"</p>
        </div>
    }
}

/// `09:00 to 12:00, 13:00 to 17:00`.
fn open_hours(board: &Board, column: &Column) -> String {
    let spans: Vec<String> = column
        .open
        .iter()
        .filter(|(from, to)| to > from)
        .map(|&(from, to)| board.clock_range(from.into(), to - from))
        .collect();
    if spans.is_empty() { "Closed today".into() } else { spans.join(", ") }
}

/// An appointment: a link to its page, until the script makes it a button that opens its details.
fn block(desk: Desk, index: usize) -> impl IntoView {
    let Some(block) = desk.ask(index, |_, block| block.clone()) else { return ().into_any() };
    let from = desk.board.with_untracked(|board| i32::from(board.from));
    let placed = Memo::new(move |_| desk.layout.with(|layout| layout.iter().find(|p| p.block == index).copied()));
    // Read out at the end of the block's name: who looks sees it at the head of the column.
    let column = move || {
        let at = placed.get()?.spot.column;
        desk.board.with_untracked(|board| board.columns.get(at).map(|column| column.name.clone()))
    };
    let clock = move |after: i32| {
        let start = placed.get().map_or(0, |p| p.spot.start);
        desk.board.with_untracked(|board| placing::clock_name(board, start + after))
    };
    let minutes = i32::from(block.minutes);
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
    view! {
        <div class="day-slot" role=move || if live.get() { "gridcell" } else { "listitem" } style=geometry>
            <a
                class="block"
                href=format!("/appointments/{}", block.id)
                data-block=index.to_string()
                data-hue=block.hue
                data-status=block.status_label.clone()
                data-size=size
                data-movable=block.may_move.then_some("")
                data-held=move || desk.held.with(|held| held.is_some_and(|held| held.block == index)).then_some("")
                role=move || live.get().then_some("button")
                aria-haspopup=move || live.get().then_some("dialog")
                data-column=column
                aria-busy=move || desk.busy.with(|busy| busy.contains(&index)).then_some("true")
                tabindex=move || live.get().then(|| if desk.active.get() == Some(index) { "0" } else { "-1" })
                draggable="false"
            >
                <span class="block-time">{move || clock(0)}<span>" to "{move || clock(minutes)}</span></span>
                <span class="block-who">{block.customer}</span>
                <span class="block-what">{block.service}</span>
                <span class="block-status">{block.status_label.clone()}</span>
            </a>
        </div>
    }
    .into_any()
}

/// What lies across all columns: under the blocks the present and where clocks change, over them the ghost of the
/// block in the hand.
fn overlay(desk: Desk, board: &Board, now: RwSignal<Option<i32>>) -> impl IntoView + use<> {
    let (from, to) = (i32::from(board.from), i32::from(board.to));
    let changes = placing::clock_changes(board)
        .into_iter()
        .map(|(at, what)| view! { <p class="day-change" style=format!("--start:{}", i32::from(at) - from)>{what}</p> })
        .collect_view();
    let now_line = move || {
        let at = now.get().filter(|at| (from..to).contains(at))?;
        Some(view! { <div class="day-now" style=format!("--start:{}", at - from)></div> })
    };
    let ghost = move || {
        let held = desk.held.get()?;
        let span = desk.ask(held.block, |_, block| block.minutes).unwrap_or_default();
        let refusal = desk.refusal(held);
        let forbidden = refusal.is_some().then_some("");
        Some(view! {
            <div
                class="ghost"
                style=format!("--start:{};--span:{span};--col:{}", held.to.start - from, held.to.column)
                data-forbidden=forbidden
            >
                <strong>{desk.place_name(held.block, held.to)}</strong>
                <span>{refusal}</span>
            </div>
        })
    };
    view! {
        <div class="day-under" aria-hidden="true">{changes}{now_line}</div>
        <div class="day-over" node_ref=desk.surface.overlay aria-hidden="true">{ghost}</div>
    }
}
