use super::*;
use crate::schedule::model::{ClockSegment, Column};
use domain::ids::{AppointmentId, ResourceId};
use uuid::Uuid;

fn resource(number: u128) -> ResourceId {
    ResourceId(Uuid::from_u128(number))
}

fn column(number: u128, name: &str, open: &[(u16, u16)]) -> Column {
    Column { id: resource(number), name: name.into(), open: open.to_vec(), may_edit: true }
}

fn block(number: u128, on: u128, start: i16, minutes: u16) -> Block {
    Block {
        id: AppointmentId(Uuid::from_u128(number)),
        version: 1,
        resource: resource(on),
        start,
        minutes,
        customer: "Maria Lopez".into(),
        service: "Haircut".into(),
        status_label: "Confirmed".into(),
        hue: "teal".into(),
        may_move: true,
        offered_by: vec![resource(1), resource(2)],
    }
}

/// Three columns: Ana and Ben cut hair from nine, Ben with a lunch break; the room only stands there.
fn board(blocks: Vec<Block>) -> Board {
    Board {
        date: jiff::civil::date(2026, 12, 3),
        day_start: "2026-12-02T23:00:00Z".parse().expect("an instant"),
        clock: vec![ClockSegment { from: 0, wall: 0 }],
        from: 480,
        to: 1080,
        now: None,
        columns: vec![
            column(1, "Ana", &[(540, 1020)]),
            column(2, "Ben", &[(540, 720), (780, 1020)]),
            column(3, "Room", &[(540, 780), (780, 1020)]),
        ],
        blocks,
    }
}

fn at(column: usize, start: i32) -> Spot {
    Spot { column, start }
}

#[test]
fn a_free_open_time_is_fine() {
    let board = board(vec![block(1, 1, 600, 45)]);
    assert_eq!(why_not(&board, &board.blocks[0], at(0, 615)), None);
    assert_eq!(why_not(&board, &board.blocks[0], at(1, 675)), None);
}

#[test]
fn hours_end_where_they_end() {
    let board = board(vec![block(1, 1, 600, 45)]);
    let why = |column, start| why_not(&board, &board.blocks[0], at(column, start));
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
    board.blocks[0].offered_by.push(resource(3));
    assert_eq!(why_not(&board, &board.blocks[0], at(2, 765)), None);
}

#[test]
fn nobody_is_in_two_places() {
    let board = board(vec![block(1, 1, 600, 45), block(2, 2, 660, 30)]);
    let why = |start| why_not(&board, &board.blocks[0], at(1, start));
    assert_eq!(why(600), None, "45 minutes before 11:00 end at 10:45");
    assert_eq!(why(630), Some(Reason::Taken(1)));
    assert_eq!(why(690), Some(Reason::Closed));
    assert_eq!(why_not(&board, &board.blocks[0], at(0, 615)), None, "a block is not in its own way");
    let message = Reason::Taken(1).message(&board, &board.blocks[0], 1);
    assert_eq!(message, "Ben has Maria Lopez, 11:00 to 11:30.");
}

#[test]
fn rights_and_skills_come_first() {
    let mut board = board(vec![block(1, 1, 600, 45)]);
    assert_eq!(why_not(&board, &board.blocks[0], at(2, 600)), Some(Reason::NotOffered));
    board.columns[1].may_edit = false;
    assert_eq!(why_not(&board, &board.blocks[0], at(1, 600)), Some(Reason::ReadOnly));
    board.blocks[0].may_move = false;
    assert_eq!(why_not(&board, &board.blocks[0], at(0, 615)), Some(Reason::Fixed));
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
    assert_eq!(snap(&board, 607, 45), 600);
    assert_eq!(snap(&board, 608, 45), 615);
    assert_eq!(snap(&board, -20, 45), 480);
    assert_eq!(snap(&board, 2000, 45), 1035);
    assert_eq!(snap(&board, 700, 900), 480, "longer than the board");
}

#[test]
fn steps_go_to_the_grid_and_stop_at_its_edges() {
    let board = board(vec![block(1, 1, 605, 45)]);
    let go = |from, way| step(&board, &board.blocks[0], from, way);
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
    board.blocks[0].offered_by = vec![resource(1), resource(3)];
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
    let mut blocks = vec![block(1, 1, 450, 60), block(2, 2, -30, 20), block(3, 3, 1050, 90), block(4, 9, 600, 30)];
    blocks[1].minutes = 20;
    let drawn: Vec<_> = lay_out(&board(blocks)).iter().map(|p| (p.block, p.top, p.span)).collect();
    assert_eq!(drawn, [(0, 480, 30), (1, 480, 15), (2, 1050, 30)]);
}

#[test]
fn a_day_of_25_hours_tells_its_hours_apart() {
    let mut board = board(vec![block(1, 1, 150, 45)]);
    (board.from, board.to) = (0, 300);
    board.clock = vec![ClockSegment { from: 0, wall: 0 }, ClockSegment { from: 180, wall: 120 }];
    assert_eq!(clock_name(&board, 135), "02:15");
    assert_eq!(clock_name(&board, 195), "02:15 (second time)");
    assert_eq!(clock_name(&board, 240), "03:00");
    assert_eq!(clock_changes(&board), [(180, "Clocks go back")]);
    assert_eq!(board.instant(195).to_string(), "2026-12-03T02:15:00Z");
}

#[test]
fn a_day_of_23_hours_leaves_one_out() {
    let mut board = board(vec![]);
    (board.from, board.to) = (0, 300);
    board.clock = vec![ClockSegment { from: 0, wall: 0 }, ClockSegment { from: 120, wall: 180 }];
    assert_eq!(clock_name(&board, 105), "01:45");
    assert_eq!(clock_name(&board, 120), "03:00");
    assert_eq!(clock_changes(&board), [(120, "Clocks go forward")]);
}
