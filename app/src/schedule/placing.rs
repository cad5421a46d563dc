//! Where blocks are drawn, where they may go, and which one an arrow key leads to. Plain functions of the
//! board: no framework, no browser, so that every rule here has a test.
//!
//! What is refused here is refused for comfort only. The server decides; it knows what has changed since.

use super::model::{Block, Board, SNAP};

/// A column and a position in it: where a block is, or could go.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Spot {
    /// Which column, from the left.
    pub column: usize,
    /// Elapsed minutes.
    pub start: i32,
}

/// How a block is drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Placed {
    /// Which block.
    pub block: usize,
    /// Where it is.
    pub spot: Spot,
    /// Elapsed minutes at which the drawing begins: later than the block, where that began before the board does.
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
    /// Outside the resource's hours.
    Closed,
    /// This block is there already.
    Taken(usize),
}

impl Reason {
    /// The reason in words, for a block that would go into a column.
    pub fn message(self, board: &Board, block: &Block, column: usize) -> String {
        let name = board.columns.get(column).map_or("", |c| c.name.as_str());
        match self {
            Self::Fixed => "You may not move this appointment.".into(),
            Self::ReadOnly => ["You may not change the calendar of ", name, "."].concat(),
            Self::NotOffered => [name, " does not offer ", &block.service, "."].concat(),
            Self::OffBoard => {
                ["This day runs from ", &board.clock_range(board.from.into(), board.to - board.from), "."].concat()
            }
            Self::NoFurther => ["Nobody further that way offers ", &block.service, "."].concat(),
            Self::Closed => [name, " is not open then."].concat(),
            Self::Taken(other) => match board.blocks.get(other) {
                Some(other) => {
                    let (who, when) = (other.customer.as_str(), range_name(board, other.start.into(), other.minutes));
                    [name, " has ", who, ", ", &when, "."].concat()
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

/// The column that a block is in; none where its resource is not on the board.
pub fn column_of(board: &Board, block: &Block) -> Option<usize> {
    board.columns.iter().position(|c| c.id == block.resource)
}

/// Where a block is.
pub fn spot_of(board: &Board, block: &Block) -> Option<Spot> {
    column_of(board, block).map(|column| Spot { column, start: block.start.into() })
}

/// How every block is drawn: column by column, in order of time.
pub fn lay_out(board: &Board) -> Vec<Placed> {
    let (from, to) = (i32::from(board.from), i32::from(board.to));
    let mut placed: Vec<Placed> = board
        .blocks
        .iter()
        .enumerate()
        .filter_map(|(index, block)| {
            let spot = spot_of(board, block)?;
            let least = i32::from(SNAP);
            let top = spot.start.clamp(from, to - least);
            let span = (spot.start + i32::from(block.minutes)).min(to) - top;
            Some(Placed { block: index, spot, top, span: span.max(least), lane: 0, lanes: 1 })
        })
        .collect();
    placed.sort_by_key(|p| (p.spot.column, p.top, -p.span, p.block));
    share_width(&mut placed);
    placed
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
    (!block.offered_by.contains(&target.id)).then_some(Reason::NotOffered)
}

/// Why a block may not go to a spot, if it may not.
pub fn why_not(board: &Board, block: &Block, to: Spot) -> Option<Reason> {
    let target = board.columns.get(to.column)?;
    if let Some(reason) = why_not_column(board, block, to.column) {
        return Some(reason);
    }
    let end = to.start + i32::from(block.minutes);
    if to.start < i32::from(board.from) || end > i32::from(board.to) {
        return Some(Reason::OffBoard);
    }
    let taken = board.blocks.iter().position(|other| {
        let other_start = i32::from(other.start);
        other.id != block.id
            && other.resource == target.id
            && other_start < end
            && to.start < other_start + i32::from(other.minutes)
    });
    // Who is in the way says more than that the hours end, so it comes first.
    if let Some(other) = taken {
        return Some(Reason::Taken(other));
    }
    (!is_open(&target.open, to.start, end)).then_some(Reason::Closed)
}

/// Whether open spans, which may touch each other, cover a stretch.
fn is_open(open: &[(u16, u16)], start: i32, end: i32) -> bool {
    let mut covered = start;
    for &(from, to) in open {
        if i32::from(from) <= covered && i32::from(to) > covered {
            covered = i32::from(to);
        }
    }
    covered >= end
}

/// The stretches of a column without hours, as start and length.
pub fn closed_spans(board: &Board, column: usize) -> Vec<(u16, u16)> {
    let mut spans = Vec::new();
    let mut at = board.from;
    for &(from, to) in board.columns.get(column).map_or(&[][..], |c| c.open.as_slice()) {
        let from = from.clamp(board.from, board.to);
        if from > at {
            spans.push((at, from - at));
        }
        at = at.max(to.min(board.to));
    }
    if at < board.to {
        spans.push((at, board.to - at));
    }
    spans
}

/// The nearest position that a block can be put at, within the board.
pub fn snap(board: &Board, position: i32, minutes: u16) -> i32 {
    let step = i32::from(SNAP);
    let last = (i32::from(board.to) - i32::from(minutes)).max(i32::from(board.from));
    ((position + step / 2).div_euclid(step) * step).clamp(board.from.into(), last)
}

/// A spot one step further, if there is one: fifteen minutes or one column.
pub fn step(board: &Board, block: &Block, from: Spot, way: Way) -> Option<Spot> {
    let step = i32::from(SNAP);
    let to = match way {
        // From between two steps, to the nearer one in that direction.
        Way::Up => Spot { start: (from.start - 1).div_euclid(step) * step, ..from },
        Way::Down => Spot { start: (from.start + step).div_euclid(step) * step, ..from },
        Way::Left => Spot { column: from.column.checked_sub(1)?, ..from },
        Way::Right => Spot { column: from.column + 1, ..from },
    };
    let fits = to.start >= i32::from(board.from) && to.start + i32::from(block.minutes) <= i32::from(board.to);
    // Sideways is always allowed: a block that begins before the board does may change its resource too.
    let fits = fits || to.start == from.start;
    (fits && to.column < board.columns.len()).then_some(to)
}

/// The next column in a direction that could take a block at all; one that cannot is passed over.
pub fn next_column(board: &Board, block: &Block, from: Spot, way: Way) -> Option<Spot> {
    let mut spot = step(board, block, from, way)?;
    while why_not_column(board, block, spot.column).is_some() {
        spot = step(board, block, spot, way)?;
    }
    Some(spot)
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
pub fn clock_name(board: &Board, position: i32) -> String {
    let clock = board.clock_at(position);
    let went_back = |pair: &[super::model::ClockSegment]| {
        let expected = i32::from(pair[0].wall) + i32::from(pair[1].from) - i32::from(pair[0].from);
        let (from, lost) = (i32::from(pair[1].from), expected - i32::from(pair[1].wall));
        (from..from + lost).contains(&position)
    };
    if board.clock.windows(2).any(went_back) { clock + " (second time)" } else { clock }
}

/// `10:15 to 11:00`, told apart where an hour comes twice.
pub fn range_name(board: &Board, start: i32, minutes: u16) -> String {
    [&clock_name(board, start), " to ", &clock_name(board, start + i32::from(minutes))].concat()
}

/// `10:15 to 11:00, Ana`.
pub fn spot_name(board: &Board, spot: Spot, minutes: u16) -> String {
    let column = board.columns.get(spot.column).map_or("", |c| c.name.as_str());
    [&range_name(board, spot.start, minutes), ", ", column].concat()
}

/// The block that the tab key reaches first: the next to begin, else the first.
pub fn first_focus(board: &Board, layout: &[Placed]) -> Option<usize> {
    let now = i32::from(board.now.unwrap_or(0));
    let next = layout.iter().filter(|p| p.spot.start >= now).min_by_key(|p| (p.spot.start, p.spot.column));
    next.or(layout.first()).map(|p| p.block)
}

/// What the clocks do at a position, for the mark across the board.
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
mod tests;
