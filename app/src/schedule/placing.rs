//! Where blocks are drawn, where they may go, and which one an arrow key leads to. Plain functions of the
//! board: no framework, no browser, so that every rule here has a test.
//!
//! What is refused here is refused for comfort only. The server decides; it knows what has changed since.

use super::{
    model::{Block, Board, ClockSegment, Column, SNAP},
    rules,
};
use domain::schedule::ReasonCode;

/// A column, a position in it and a length: where a block is, or could go.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Spot {
    /// Which column, from the left.
    pub column: usize,
    /// Elapsed minutes.
    pub start: i32,
    /// How many.
    pub minutes: u16,
}

impl Spot {
    /// The position at which it ends.
    pub fn end(self) -> i32 {
        self.start + i32::from(self.minutes)
    }
}

/// How a block is drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Placed {
    /// Which block.
    pub block: usize,
    /// Where it is.
    pub spot: Spot,
    /// Where on the axis the drawing begins: later than the block, where that began before the board does.
    pub top: i32,
    /// How many minutes are drawn.
    pub span: i32,
    /// Which share of the column's width, from the left.
    pub lane: u8,
    /// Into how many shares the width is split, because blocks overlap.
    pub lanes: u8,
}

/// Which way an arrow key points.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Way {
    /// Earlier.
    Up,
    /// Later.
    Down,
    /// The resource to the left.
    Left,
    /// The resource to the right.
    Right,
}

/// Why a block may not go to a spot.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reason {
    /// The appointment is not this person's to move.
    Fixed,
    /// The column is not this person's to change.
    ReadOnly,
    /// The resource does not do the service.
    NotOffered,
    /// It would begin before the board does, or end after it.
    OffBoard,
    /// No resource in that direction does the service.
    NoFurther,
    /// It cannot become shorter, or longer, than that.
    Length,
    /// Outside the resource's hours.
    Closed,
    /// Within time off.
    Off,
    /// This block is there already.
    Taken(usize),
    /// A customer has the time kept while filling in the form.
    Kept,
    /// What has to be kept free around it, or around a booking beside it, would not be.
    TooNear,
}

impl Reason {
    /// The reason in words: for a service that would go into a column.
    pub fn message(self, board: &Board, service: &str, column: usize) -> String {
        let name = board.columns.get(column).map_or("", |c| c.name.as_str());
        match self {
            Self::Fixed => "You may not move this appointment.".into(),
            Self::ReadOnly => ["You may not change the calendar of ", name, "."].concat(),
            Self::NotOffered => [name, " does not offer ", service, "."].concat(),
            Self::OffBoard => [
                "This day runs from ",
                &board.clock_at(board.from.into()),
                " to ",
                &board.clock_at(board.to.into()),
                ".",
            ]
            .concat(),
            Self::NoFurther => ["Nobody further that way offers ", service, "."].concat(),
            Self::Length => "It cannot be made shorter than that, or longer.".into(),
            Self::Closed => [name, " is not open then."].concat(),
            Self::Off => [name, " has time off then."].concat(),
            Self::Kept => [name, " is kept for a customer who is booking just now."].concat(),
            Self::TooNear => [name, " needs more time before or after another booking."].concat(),
            Self::Taken(other) => match board.blocks.get(other) {
                Some(other) => {
                    let when =
                        spot_of(board, other).map(|spot| [", ", &range_name(board, spot)].concat()).unwrap_or_default();
                    [name, " has ", &other.customer, &when, "."].concat()
                }
                None => [name, " is taken then."].concat(),
            },
        }
    }
}

/// Why a column cannot take a block at any time, in as few words as fit under its name.
pub fn short_refusal(board: &Board, block: &Block, column: usize) -> Option<String> {
    why_not_column(board, block, column).map(|why| match why {
        Reason::NotOffered => ["Does not offer ", &block.service].concat(),
        _ => "Not yours to change".into(),
    })
}

/// The column that a block is in: that of the date on which it begins, else the one that it reaches into; none where its
/// resource or its date is not on the board.
pub fn column_of(board: &Board, block: &Block) -> Option<usize> {
    let reaches = |c: &Column| {
        let start = c.position(block.starts_at);
        c.id == block.resource && start < i32::from(c.length) && start + i32::from(block.minutes) > 0
    };
    board.column_at(block.resource, block.starts_at).or_else(|| board.columns.iter().position(reaches))
}

/// Where a block is.
pub fn spot_of(board: &Board, block: &Block) -> Option<Spot> {
    let column = column_of(board, block)?;
    Some(Spot { column, start: board.columns[column].position(block.starts_at), minutes: block.minutes })
}

/// How every block is drawn: column by column, in order of time. What was called off is not.
pub fn lay_out(board: &Board) -> Vec<Placed> {
    let mut placed: Vec<Placed> = board
        .blocks
        .iter()
        .enumerate()
        .filter(|(_, block)| block.holds())
        .filter_map(|(index, block)| Some(drawn(board, index, spot_of(board, block)?)))
        .collect();
    placed.sort_by_key(|p| (p.spot.column, p.top, -p.span, p.block));
    share_width(&mut placed);
    placed
}

/// How a block is drawn that is at a spot, with all of the width.
pub fn drawn(board: &Board, block: usize, spot: Spot) -> Placed {
    let (from, to, least) = (i32::from(board.from), i32::from(board.to), i32::from(SNAP));
    let on_axis = |at| board.columns.get(spot.column).map_or(at, |c| c.on_axis(at));
    let top = on_axis(spot.start).clamp(from, to - least);
    // The end of a block is not the beginning of what comes after it: the gap is not drawn over.
    let end = (on_axis(spot.end() - 1) + 1).min(to);
    Placed { block, spot, top, span: (end - top).max(least), lane: 0, lanes: 1 }
}

/// Splits the width among blocks that overlap; expects them column by column, in order of time.
fn share_width(placed: &mut [Placed]) {
    let mut first = 0;
    while first < placed.len() {
        // A run is a chain of overlaps: its members share one number of lanes, so that widths agree.
        let column = placed[first].spot.column;
        let mut ends: Vec<i32> = Vec::new();
        let mut next = first;
        while let Some(p) = placed.get_mut(next) {
            let touches = ends.is_empty() || ends.iter().any(|&end| end > p.top);
            if p.spot.column != column || !touches {
                break;
            }
            let lane = ends.iter().position(|&end| end <= p.top).unwrap_or(ends.len());
            if lane == ends.len() {
                ends.push(0);
            }
            ends[lane] = p.top + p.span;
            p.lane = u8::try_from(lane).unwrap_or(u8::MAX);
            next += 1;
        }
        let lanes = u8::try_from(ends.len()).unwrap_or(u8::MAX);
        placed[first..next].iter_mut().for_each(|p| p.lanes = lanes);
        first = next;
    }
}

/// Why a block can go nowhere in a column, whatever the time.
pub fn why_not_column(board: &Board, block: &Block, column: usize) -> Option<Reason> {
    let target = board.columns.get(column)?;
    if !block.may_move {
        return Some(Reason::Fixed);
    }
    if !target.may_edit {
        return Some(Reason::ReadOnly);
    }
    (!board.offers(block.service_id, target.id)).then_some(Reason::NotOffered)
}

/// Why a block may not go to a spot, if it may not.
pub fn why_not(board: &Board, block: &Block, to: Spot) -> Option<Reason> {
    why_not_column(board, block, to.column)
        .or_else(|| why_not_there(board, to))
        .or_else(|| worst(board, to, rules::ask(board, to, block.buffers, Some(block.id))))
}

/// Why nothing new can be put at a spot, if so. Buffers depend on the service and are looked at later.
pub fn why_not_new(board: &Board, to: Spot) -> Option<Reason> {
    let target = board.columns.get(to.column)?;
    if !target.may_edit {
        return Some(Reason::ReadOnly);
    }
    why_not_there(board, to).or_else(|| worst(board, to, rules::ask(board, to, (0, 0), None)))
}

fn why_not_there(board: &Board, to: Spot) -> Option<Reason> {
    let column = board.columns.get(to.column)?;
    let (from, end) = (column.on_axis(to.start), column.on_axis(to.end() - 1) + 1);
    (from < i32::from(board.from) || end > i32::from(board.to)).then_some(Reason::OffBoard)
}

/// Who is in the way says more than that the hours end, so it comes first.
fn worst(board: &Board, to: Spot, reasons: Vec<domain::schedule::Reason>) -> Option<Reason> {
    let id = board.columns.get(to.column)?.id;
    let order = [ReasonCode::Booked, ReasonCode::TimeOff, ReasonCode::Closed, ReasonCode::Buffer];
    let worst = order.into_iter().find_map(|code| reasons.iter().find(|r| r.code == code)).or(reasons.first())?;
    Some(match worst.code {
        ReasonCode::Booked => {
            let is_it = |b: &Block| Some(b.id) == worst.appointment && b.resource == id;
            board.blocks.iter().position(is_it).map_or(Reason::Kept, Reason::Taken)
        }
        ReasonCode::TimeOff => Reason::Off,
        ReasonCode::Buffer => Reason::TooNear,
        _ => Reason::Closed,
    })
}

/// The stretches of a column without hours, as start and length on the axis. Time that the date does not have is none
/// of them.
pub fn closed_spans(board: &Board, column: usize) -> Vec<(u16, u16)> {
    let Some(column) = board.columns.get(column) else { return Vec::new() };
    let mut closed = Vec::new();
    let mut at = 0;
    for &(from, to) in &column.open {
        closed.push((at, from));
        at = at.max(to);
    }
    closed.push((at, column.length));
    closed.into_iter().filter_map(|(from, to)| on_board(board, column, from, to)).collect()
}

/// The stretches of time off of a column, as start and length on the axis.
pub fn off_spans(board: &Board, column: usize) -> Vec<(u16, u16)> {
    let Some(column) = board.columns.get(column) else { return Vec::new() };
    column.off.iter().filter_map(|&(from, to)| on_board(board, column, from, to)).collect()
}

/// The part of a stretch of elapsed minutes that is drawn, as start and length on the axis.
fn on_board(board: &Board, column: &Column, from: u16, to: u16) -> Option<(u16, u16)> {
    if from >= to {
        return None;
    }
    let top = column.on_axis(from.into()).max(board.from.into());
    let end = (column.on_axis(i32::from(to) - 1) + 1).min(board.to.into());
    (end > top).then(|| (u16::try_from(top).unwrap_or(0), u16::try_from(end - top).unwrap_or(0)))
}

/// The position nearest to a place of the axis that a block can be put at, within the board.
pub fn snap(board: &Board, column: usize, place: i32, minutes: u16) -> i32 {
    let step = i32::from(board.snap);
    let position = board.columns.get(column).map_or(place, |c| c.off_axis(place));
    let (first, last) = bounds(board, column, minutes);
    ((position + step / 2).div_euclid(step) * step).clamp(first, last)
}

/// The first and the last position at which something so long lies on the board.
fn bounds(board: &Board, column: usize, minutes: u16) -> (i32, i32) {
    let off = |place: u16| board.columns.get(column).map_or(place.into(), |c| c.off_axis(place.into()));
    let first = off(board.from);
    (first, (off(board.to) - i32::from(minutes)).max(first))
}

/// A spot one step further, if there is one: a step of time, or one column.
pub fn step(board: &Board, from: Spot, way: Way) -> Option<Spot> {
    let step = i32::from(board.snap);
    let to = match way {
        // From between two steps, to the nearer one in that direction.
        Way::Up => Spot { start: (from.start - 1).div_euclid(step) * step, ..from },
        Way::Down => Spot { start: (from.start + step).div_euclid(step) * step, ..from },
        Way::Left => Spot { column: from.column.checked_sub(1)?, ..from },
        Way::Right => Spot { column: from.column + 1, ..from },
    };
    // Sideways is always allowed: a block that begins before the board does may change its resource too.
    let fits = to.start == from.start || why_not_there(board, to).is_none();
    (fits && to.column < board.columns.len()).then_some(to)
}

/// The next column in a direction that could take a block at all; one that cannot is passed over.
pub fn next_column(board: &Board, block: &Block, from: Spot, way: Way) -> Option<Spot> {
    let mut spot = step(board, from, way)?;
    while why_not_column(board, block, spot.column).is_some() {
        spot = step(board, spot, way)?;
    }
    Some(spot)
}

/// A spot one step longer or shorter, if it may be so long.
pub fn resized(board: &Board, from: Spot, longer: bool) -> Option<Spot> {
    let (step, length) = (i32::from(board.snap), i32::from(from.minutes));
    let length = if longer { (length + step).div_euclid(step) * step } else { (length - 1).div_euclid(step) * step };
    let minutes = u16::try_from(length).ok().filter(|minutes| LENGTHS.contains(minutes))?;
    Some(Spot { minutes, ..from })
}

/// How long an appointment can be, in minutes.
pub const LENGTHS: std::ops::RangeInclusive<u16> = 5..=1440;

/// A spot whose end is drawn to a place of the axis: at least one step long.
pub fn stretched(board: &Board, from: Spot, place: i32) -> Spot {
    let step = i32::from(board.snap);
    let end = board.columns.get(from.column).map_or(place, |c| c.off_axis(place));
    let end = ((end + step / 2).div_euclid(step) * step).min(bounds(board, from.column, 0).1);
    let length = u16::try_from((end - from.start).max(step)).unwrap_or(SNAP);
    Spot { minutes: length.clamp(*LENGTHS.start(), *LENGTHS.end()), ..from }
}

/// The block that an arrow key leads to: up and down within the column, sideways to the one nearest in time.
pub fn neighbour(layout: &[Placed], from: usize, way: Way) -> Option<usize> {
    let at = layout.iter().position(|p| p.block == from)?;
    let here = layout[at];
    let same_column = |p: &&Placed| p.spot.column == here.spot.column;
    match way {
        Way::Up => at.checked_sub(1).map(|i| &layout[i]).filter(same_column),
        Way::Down => layout.get(at + 1).filter(same_column),
        Way::Left | Way::Right => {
            let beyond = |p: &&Placed| match way {
                Way::Left => p.spot.column < here.spot.column,
                _ => p.spot.column > here.spot.column,
            };
            layout
                .iter()
                .filter(beyond)
                .min_by_key(|p| (p.spot.column.abs_diff(here.spot.column), p.top.abs_diff(here.top)))
        }
    }
    .map(|p| p.block)
}

/// The first or last block of the column that a block is in.
pub fn end_of_column(layout: &[Placed], from: usize, last: bool) -> Option<usize> {
    let column = layout.iter().find(|p| p.block == from)?.spot.column;
    let mut blocks = layout.iter().filter(|p| p.spot.column == column);
    if last { blocks.next_back() } else { blocks.next() }.map(|p| p.block)
}

/// The wall clock at a position, told apart where the hour comes twice: `02:15 (second time)`.
pub fn clock_name(column: &Column, position: i32) -> String {
    let clock = column.clock_at(position);
    let went_back = |pair: &[ClockSegment]| {
        let expected = i32::from(pair[0].wall) + i32::from(pair[1].from) - i32::from(pair[0].from);
        let (from, lost) = (i32::from(pair[1].from), expected - i32::from(pair[1].wall));
        (from..from + lost).contains(&position)
    };
    if column.clock.windows(2).any(went_back) { clock + " (second time)" } else { clock }
}

/// `10:15 to 11:00`, told apart where an hour comes twice.
pub fn range_name(board: &Board, spot: Spot) -> String {
    let Some(column) = board.columns.get(spot.column) else { return String::new() };
    [&clock_name(column, spot.start), " to ", &clock_name(column, spot.end())].concat()
}

/// What tells a column from the others: the resource, or in a week the day.
pub fn column_name(board: &Board, column: usize) -> &str {
    board.columns.get(column).map_or("", |c| c.head.as_str())
}

/// `10:15 to 11:00, Ana`, or in a week `10:15 to 11:00, Tue 8 Dec`.
pub fn spot_name(board: &Board, spot: Spot) -> String {
    [&range_name(board, spot), ", ", column_name(board, spot.column)].concat()
}

/// `10:15, Ana`.
pub fn start_name(board: &Board, spot: Spot) -> String {
    let Some(column) = board.columns.get(spot.column) else { return String::new() };
    [&clock_name(column, spot.start), ", ", &column.head].concat()
}

/// A free spot to begin with for something new: near `from`, or the present, or the beginning.
pub fn first_free(board: &Board, minutes: u16) -> Option<Spot> {
    let mut free = Vec::new();
    for (index, column) in board.columns.iter().enumerate().filter(|(_, column)| column.may_edit) {
        let (first, last) = bounds(board, index, minutes);
        let earliest = first.max(column.position(board.now) + 1);
        let step = i32::from(board.snap);
        let mut at = (earliest + step - 1).div_euclid(step) * step;
        while at <= last {
            let spot = Spot { column: index, start: at, minutes };
            if why_not_new(board, spot).is_none() {
                free.push(spot);
                break;
            }
            at += step;
        }
    }
    let any = board.columns.iter().position(|column| column.may_edit);
    let start_of = |spot: &Spot| board.columns[spot.column].instant(spot.start);
    free.into_iter().min_by_key(start_of).or_else(|| {
        let column = any?;
        Some(Spot { column, start: bounds(board, column, minutes).0, minutes })
    })
}

/// Which way an arrow key leads where time runs from left to right.
pub fn turned(way: Way) -> Way {
    match way {
        Way::Up => Way::Left,
        Way::Down => Way::Right,
        Way::Left => Way::Up,
        Way::Right => Way::Down,
    }
}

/// The block that the tab key reaches first: the next to begin, else the first.
pub fn first_focus(board: &Board, layout: &[Placed]) -> Option<usize> {
    let starts_at = |p: &&Placed| board.blocks.get(p.block).map(|b| b.starts_at);
    let next = layout.iter().filter(|p| starts_at(p) >= Some(board.now)).min_by_key(|p| (starts_at(p), p.spot.column));
    next.or(layout.first()).map(|p| p.block)
}

/// What the clocks do at a place of the axis, for the mark across the board.
pub fn clock_changes(board: &Board) -> Vec<(u16, &'static str)> {
    board
        .clock
        .windows(2)
        .filter(|pair| (board.from..board.to).contains(&pair[1].from))
        .map(|pair| {
            let forward = pair[1].wall >= pair[0].wall + (pair[1].from - pair[0].from);
            (pair[1].from, if forward { "Clocks go forward" } else { "Clocks go back" })
        })
        .collect()
}

#[cfg(test)]
#[path = "placing_tests.rs"]
pub(super) mod tests;
