use super::*;
use crate::schedule::placing::tests::{block, board};

fn change(number: u128, blocks: Vec<Block>) -> Change {
    Change { appointment: AppointmentId(uuid::Uuid::from_u128(number)), blocks }
}

#[test]
fn what_is_new_is_added_and_what_is_known_changed_in_its_place() {
    let mut board = board(vec![block(1, 1, 540, 30), block(2, 1, 600, 30)]);
    assert_eq!(merge(&mut board, &change(3, vec![block(3, 2, 600, 30)])), [2]);
    let moved = Block { version: 2, ..block(1, 2, 660, 30) };
    assert_eq!(merge(&mut board, &change(1, vec![moved.clone()])), [0], "to another resource, and still the first");
    assert_eq!(board.blocks[0], moved);
    assert_eq!(merge(&mut board, &change(1, vec![moved])), [0; 0], "told twice, drawn once");
}

#[test]
fn what_is_gone_takes_no_time_and_can_come_back() {
    let mut board = board(vec![block(1, 1, 540, 30)]);
    assert_eq!(merge(&mut board, &change(1, vec![])), [0]);
    assert!(!board.blocks[0].holds());
    assert_eq!(merge(&mut board, &change(1, vec![])), [0; 0]);
    let back = Block { version: 3, ..block(1, 1, 700, 30) };
    assert_eq!(merge(&mut board, &change(1, vec![back])), [0]);
    assert!(board.blocks[0].holds());
}

#[test]
fn what_comes_late_undoes_nothing() {
    let mut board = board(vec![Block { version: 3, ..block(1, 1, 540, 30) }]);
    assert_eq!(merge(&mut board, &change(1, vec![Block { version: 2, ..block(1, 1, 600, 30) }])), [0; 0]);
    assert_eq!(board.blocks[0], Block { version: 3, ..block(1, 1, 540, 30) });
}

#[test]
fn all_that_an_appointment_holds_goes_along() {
    let mut board = board(vec![block(1, 1, 540, 30), block(1, 3, 540, 30)]);
    let to = |on| Block { version: 2, ..block(1, on, 600, 30) };
    assert_eq!(merge(&mut board, &change(1, vec![to(3), to(2)])), [1, 0], "the room stays the room");
    assert_eq!((board.blocks[0].clone(), board.blocks[1].clone()), (to(2), to(3)));
}
