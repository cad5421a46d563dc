use super::*;
use crate::schedule::model::{ClockSegment, Column, Kept, View};
use domain::{
    booking::AppointmentStatus,
    ids::{AppointmentId, ResourceId, ServiceId},
    schedule::BufferMode,
};
use jiff::{Timestamp, ToSpan, civil::date};
use uuid::Uuid;

/// Midnight in Berlin.
const START: Timestamp = Timestamp::constant(1_796_252_400, 0);
const CUT: ServiceId = ServiceId(Uuid::from_u128(1));

fn resource(number: u128) -> ResourceId {
    ResourceId(Uuid::from_u128(number))
}

fn column(number: u128, name: &str, open: &[(u16, u16)]) -> Column {
    Column {
        id: resource(number),
        name: name.into(),
        head: name.into(),
        date: date(2026, 12, 3),
        day_start: START,
        length: 1440,
        clock: vec![ClockSegment { from: 0, wall: 0 }],
        gap: None,
        open: open.to_vec(),
        off: Vec::new(),
        quantity: 1,
        may_edit: true,
    }
}

pub fn block(number: u128, on: u128, start: i64, minutes: u16) -> Block {
    Block {
        id: AppointmentId(Uuid::from_u128(number)),
        version: 1,
        resource: resource(on),
        starts_at: START + start.minutes(),
        minutes,
        buffers: (0, 0),
        customer: "Maria Lopez".into(),
        service_id: CUT,
        service: "Haircut".into(),
        status: AppointmentStatus::Confirmed,
        hue: "teal".into(),
        may_move: true,
    }
}

/// Three columns: Ana and Ben cut hair from nine, Ben with a lunch break; the room only stands there.
pub fn board(blocks: Vec<Block>) -> Board {
    Board {
        view: View::Day,
        snap: 15,
        clock: vec![ClockSegment { from: 0, wall: 0 }],
        from: 480,
        to: 1080,
        now: START,
        columns: vec![
            column(1, "Ana", &[(540, 1020)]),
            column(2, "Ben", &[(540, 720), (780, 1020)]),
            column(3, "Room", &[(540, 780), (780, 1020)]),
        ],
        blocks,
        kept: Vec::new(),
        offers: vec![(CUT, vec![resource(1), resource(2)])],
        buffer_mode: BufferMode::Max,
        may_book: true,
        events: String::new(),
    }
}

fn at(column: usize, start: i32) -> Spot {
    Spot { column, start, minutes: 45 }
}

/// Where the first block of a board may not go, and why.
fn why_not_at(board: &Board, column: usize, start: i32) -> Option<Reason> {
    let block = &board.blocks[0];
    why_not(board, block, Spot { column, start, minutes: block.minutes })
}

#[test]
fn a_free_open_time_is_fine() {
    let board = board(vec![block(1, 1, 600, 45)]);
    assert_eq!(why_not_at(&board, 0, 615), None);
    assert_eq!(why_not_at(&board, 1, 675), None);
}

#[test]
fn hours_end_where_they_end() {
    let board = board(vec![block(1, 1, 600, 45)]);
    let why = |column, start| why_not_at(&board, column, start);
    assert_eq!(why(0, 525), Some(Reason::Closed));
    assert_eq!(why(0, 975), None);
    assert_eq!(why(0, 990), Some(Reason::Closed));
    assert_eq!(why(1, 690), Some(Reason::Closed), "into the lunch break");
    assert_eq!(why(1, 780), None);
    assert_eq!(why(0, 1050), Some(Reason::OffBoard));
}

#[test]
fn spans_that_touch_are_one() {
    let mut board = board(vec![block(1, 1, 600, 45)]);
    board.offers[0].1.push(resource(3));
    assert_eq!(why_not_at(&board, 2, 765), None);
}

#[test]
fn nobody_is_in_two_places() {
    let board = board(vec![block(1, 1, 600, 45), block(2, 2, 660, 30)]);
    let why = |start| why_not_at(&board, 1, start);
    assert_eq!(why(600), None, "45 minutes before 11:00 end at 10:45");
    assert_eq!(why(630), Some(Reason::Taken(1)));
    assert_eq!(why(690), Some(Reason::Closed));
    assert_eq!(why_not_at(&board, 0, 615), None, "a block is not in its own way");
    let message = Reason::Taken(1).message(&board, "Haircut", 1);
    assert_eq!(message, "Ben has Maria Lopez, 11:00 to 11:30.");
}

#[test]
fn rights_and_skills_come_first() {
    let mut board = board(vec![block(1, 1, 600, 45)]);
    assert_eq!(why_not_at(&board, 2, 600), Some(Reason::NotOffered));
    board.columns[1].may_edit = false;
    assert_eq!(why_not_at(&board, 1, 600), Some(Reason::ReadOnly));
    board.blocks[0].may_move = false;
    assert_eq!(why_not_at(&board, 0, 615), Some(Reason::Fixed));
}

#[test]
fn closed_spans_are_the_rest_of_the_board() {
    let board = board(vec![]);
    assert_eq!(closed_spans(&board, 0), [(480, 60), (1020, 60)]);
    assert_eq!(closed_spans(&board, 1), [(480, 60), (720, 60), (1020, 60)]);
    assert_eq!(closed_spans(&board, 2), [(480, 60), (1020, 60)], "spans that touch leave no gap");
}

#[test]
fn snapping_stays_on_the_board() {
    let board = board(vec![]);
    assert_eq!(snap(&board, 0, 607, 45), 600);
    assert_eq!(snap(&board, 0, 608, 45), 615);
    assert_eq!(snap(&board, 0, -20, 45), 480);
    assert_eq!(snap(&board, 0, 2000, 45), 1035);
    assert_eq!(snap(&board, 0, 700, 900), 480, "longer than the board");
}

#[test]
fn steps_go_to_the_grid_and_stop_at_its_edges() {
    let board = board(vec![block(1, 1, 605, 45)]);
    let go = |from, way| step(&board, from, way);
    assert_eq!(go(at(0, 605), Way::Up), Some(at(0, 600)));
    assert_eq!(go(at(0, 605), Way::Down), Some(at(0, 615)));
    assert_eq!(go(at(0, 600), Way::Up), Some(at(0, 585)));
    assert_eq!(go(at(0, 480), Way::Up), None);
    assert_eq!(go(at(0, 1035), Way::Down), None);
    assert_eq!(go(at(0, 600), Way::Left), None);
    assert_eq!(go(at(2, 600), Way::Right), None);
    assert_eq!(go(at(0, 450), Way::Right), Some(at(1, 450)), "begun before the board");
}

#[test]
fn the_accelerator_passes_over_columns_that_cannot_take_it() {
    let mut board = board(vec![block(1, 1, 600, 45)]);
    assert_eq!(next_column(&board, &board.blocks[0], at(1, 600), Way::Right), None);
    board.offers[0].1 = vec![resource(1), resource(3)];
    assert_eq!(next_column(&board, &board.blocks[0], at(0, 600), Way::Right), Some(at(2, 600)));
}

#[test]
fn arrows_go_between_blocks() {
    let board = board(vec![block(1, 1, 600, 45), block(2, 1, 540, 30), block(3, 3, 900, 30), block(4, 3, 610, 30)]);
    let layout = lay_out(&board);
    assert_eq!(neighbour(&layout, 1, Way::Down), Some(0));
    assert_eq!(neighbour(&layout, 0, Way::Down), None, "the next in order is in another column");
    assert_eq!(neighbour(&layout, 0, Way::Right), Some(3), "past a column without blocks, to the nearest in time");
    assert_eq!(neighbour(&layout, 2, Way::Left), Some(0));
    assert_eq!(end_of_column(&layout, 0, false), Some(1));
    assert_eq!(end_of_column(&layout, 1, true), Some(0));
    assert_eq!(first_focus(&board, &layout), Some(1));
}

#[test]
fn overlaps_share_the_width() {
    let blocks = vec![block(1, 1, 600, 60), block(2, 1, 615, 30), block(3, 1, 645, 60), block(4, 1, 720, 30)];
    let lanes: Vec<_> = lay_out(&board(blocks)).iter().map(|p| (p.block, p.lane, p.lanes)).collect();
    assert_eq!(lanes, [(0, 0, 2), (1, 1, 2), (2, 1, 2), (3, 0, 1)]);
}

#[test]
fn what_lies_partly_outside_is_cut_and_never_lost() {
    let blocks = vec![block(1, 1, 450, 60), block(2, 2, -10, 20), block(3, 3, 1050, 90), block(4, 9, 600, 30)];
    let drawn: Vec<_> = lay_out(&board(blocks)).iter().map(|p| (p.block, p.top, p.span)).collect();
    assert_eq!(drawn, [(0, 480, 30), (1, 480, 15), (2, 1050, 30)]);
}

#[test]
fn what_was_called_off_is_neither_drawn_nor_in_the_way() {
    let mut board = board(vec![block(1, 1, 600, 45), block(2, 2, 660, 30)]);
    board.blocks[1].status = AppointmentStatus::Cancelled;
    assert_eq!(why_not_at(&board, 1, 645), None);
    assert_eq!(lay_out(&board).len(), 1);
}

#[test]
fn buffers_time_off_and_what_others_keep_are_the_engines() {
    let mut board = board(vec![block(1, 1, 600, 45), block(2, 2, 660, 30)]);
    board.blocks[1].buffers = (15, 15);
    assert_eq!(why_not_at(&board, 1, 615), Some(Reason::TooNear), "ends at 11:00, fifteen minutes too late");
    assert_eq!(why_not_at(&board, 1, 600), None);
    board.columns[1].off = vec![(540, 600)];
    assert_eq!(why_not_at(&board, 1, 585), Some(Reason::Off));
    board.kept =
        vec![Kept { resource: resource(1), from: START + 900.minutes(), to: START + 945.minutes(), buffers: (0, 0) }];
    assert_eq!(why_not_at(&board, 0, 900), Some(Reason::Kept));
    // Two alike are taken when both are.
    board.columns[1].quantity = 2;
    assert_eq!(why_not_at(&board, 1, 660), None);
}

#[test]
fn a_longer_one_is_asked_about_as_it_would_be() {
    let board = board(vec![block(1, 1, 600, 45), block(2, 1, 660, 30)]);
    let from = at(0, 600);
    assert_eq!(resized(&board, from, true), Some(Spot { minutes: 60, ..from }));
    assert_eq!(resized(&board, from, false), Some(Spot { minutes: 30, ..from }));
    assert_eq!(resized(&board, Spot { minutes: 15, ..from }, false), None);
    assert_eq!(why_not(&board, &board.blocks[0], Spot { minutes: 60, ..from }), None);
    assert_eq!(why_not(&board, &board.blocks[0], Spot { minutes: 75, ..from }), Some(Reason::Taken(1)));
    assert_eq!(stretched(&board, from, 668).minutes, 75, "to the nearest step");
    assert_eq!(stretched(&board, from, 500).minutes, 15, "never shorter than one");
    assert_eq!(stretched(&board, from, 4000).minutes, 480, "to the end of the board");
}

#[test]
fn steps_are_as_long_as_was_asked_for() {
    let mut board = board(vec![]);
    for (snapping, place) in [(5, 605), (10, 610), (15, 600), (30, 600)] {
        board.snap = snapping;
        assert_eq!(snap(&board, 0, 606, 45), place, "{snapping}");
    }
}

#[test]
fn something_new_begins_where_it_can() {
    let mut board = board(vec![block(1, 1, 540, 30)]);
    board.columns[1].may_edit = false;
    let free = |board: &Board| first_free(board, 30).map(|spot| (spot.column, spot.start));
    assert_eq!(free(&board), Some((2, 540)), "the room is free at nine, Ana is not, Ben is not asked");
    board.now = START + 700.minutes();
    assert_eq!(free(&board), Some((0, 705)), "not in the past");
    assert_eq!(why_not_new(&board, Spot { column: 1, start: 600, minutes: 30 }), Some(Reason::ReadOnly));
    assert_eq!(why_not_new(&board, Spot { column: 0, start: 540, minutes: 30 }), Some(Reason::Taken(0)));
}

#[test]
fn a_timeline_turns_the_arrows() {
    for way in [Way::Up, Way::Down, Way::Left, Way::Right] {
        assert_eq!(turned(turned(way)), way);
    }
    assert_eq!(turned(Way::Right), Way::Down, "to the right is later");
}

#[test]
fn a_day_of_25_hours_tells_its_hours_apart() {
    let mut board = board(vec![]);
    board.clock = vec![ClockSegment { from: 0, wall: 0 }, ClockSegment { from: 180, wall: 120 }];
    (board.from, board.to) = (0, 300);
    let column = Column { clock: board.clock.clone(), length: 1500, ..column(1, "Ana", &[]) };
    assert_eq!(clock_name(&column, 135), "02:15");
    assert_eq!(clock_name(&column, 195), "02:15 (second time)");
    assert_eq!(clock_name(&column, 240), "03:00");
    assert_eq!(clock_changes(&board), [(180, "Clocks go back")]);
    assert_eq!(column.instant(195), START + 195.minutes());
}

#[test]
fn a_day_of_23_hours_leaves_one_out() {
    let mut board = board(vec![]);
    board.clock = vec![ClockSegment { from: 0, wall: 0 }, ClockSegment { from: 120, wall: 180 }];
    (board.from, board.to) = (0, 300);
    let column = Column { clock: board.clock.clone(), length: 1380, ..column(1, "Ana", &[]) };
    assert_eq!(clock_name(&column, 105), "01:45");
    assert_eq!(clock_name(&column, 120), "03:00");
    assert_eq!(clock_changes(&board), [(120, "Clocks go forward")]);
}

#[test]
fn within_a_week_a_block_stands_where_its_clock_is() {
    // The Sunday on which clocks go forward: what begins at nine is at nine on the axis, and is as long as it is.
    let mut board = board(vec![block(1, 1, 480, 45)]);
    board.view = View::Week;
    board.columns[0].clock = vec![ClockSegment { from: 0, wall: 0 }, ClockSegment { from: 120, wall: 180 }];
    board.columns[0].gap = Some((120, 60));
    let placed = lay_out(&board);
    assert_eq!((placed[0].top, placed[0].span), (540, 45));
    assert_eq!(snap(&board, 0, 547, 45), 480, "and a pointer at nine finds it");
    assert_eq!(spot_name(&board, placed[0].spot), "09:00 to 09:45, Ana");
    // Into the hour that is not there nothing can be put; what ends where it begins does not reach over it.
    board.from = 0;
    let before = drawn(&board, 0, Spot { column: 0, start: 75, minutes: 45 });
    assert_eq!((before.top, before.span), (75, 45));
    assert_eq!(snap(&board, 0, 150, 15), 120);
}
