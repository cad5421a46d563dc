//! From rows to the calendar: a day, a week, a timeline, an agenda.

use super::{
    snapshot::Calendar,
    store::{self, BlockRow},
};
use crate::{
    booking::minutes_between,
    claims::store::list_claims,
    error::Failure,
    live::{self, Cursor},
    schedule::snapshot::ClaimRow,
    state::App,
};
use app::{
    request::RequestContext,
    schedule::model::{
        AgendaDay, AgendaLine, Asked, Block, Board, CalendarBody, CalendarPage, ClockSegment, Column, Kept, SNAP,
        SNAPS, Shown, View,
    },
};
use domain::{
    booking::AppointmentStatus,
    ids::{AppointmentId, ResourceId, ServiceId, UserId},
    policy::{CalendarFacts, MoveAppointment, ViewCalendar, authorize},
    schedule::{ResourceIx, Snapshot, open_spans},
    time::{day_label, day_month_label, range_label, start_of_day, weekday_short, zone_label},
};
use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// How many days the agenda shows.
const AGENDA_DAYS: i64 = 14;
/// How many of the requests that wait stand above the board; the page of requests has all.
const WAITING: i64 = 20;

/// What the address asks for, as far as it can be read; what it leaves open is filled in later.
pub(super) struct Question {
    pub view: View,
    pub date: Option<Date>,
    pub only: Vec<ResourceId>,
    pub snap: u16,
    pub zoom: u8,
}

impl Question {
    /// Reads the parts of an address. A date that is none is an error; of the rest, what means nothing is left out.
    pub fn parse(parts: &[(String, String)]) -> Result<Self, Failure> {
        let all =
            |name: &'static str| parts.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str());
        let date = match all("date").next() {
            None | Some("") => None,
            Some(text) => Some(crate::booking::web::date_of(text)?),
        };
        let snap = all("snap").next().and_then(|text| text.parse().ok()).filter(|snap| SNAPS.contains(snap));
        let zoom = all("zoom").next().and_then(|text| text.parse().ok()).filter(|zoom| *zoom <= 2);
        Ok(Self {
            view: all("view").next().and_then(View::parse).unwrap_or_default(),
            date,
            only: all("resource").filter_map(|id| id.parse().ok()).take(200).collect(),
            snap: snap.unwrap_or(SNAP),
            zoom: zoom.unwrap_or(1),
        })
    }
}

/// The calendar as it was asked for.
pub(super) async fn calendar(app: &App, cx: &RequestContext, question: Question) -> Result<CalendarPage, Failure> {
    let tenant = cx.tenant()?;
    let _permit = authorize::<ViewCalendar>(&cx.actor, &tenant.id)?;
    let zone = &tenant.zone;
    let today = cx.now.to_zoned(zone.clone()).date();
    let mut asked = Asked {
        view: question.view,
        date: question.date.unwrap_or(today),
        only: question.only,
        snap: question.snap,
        zoom: question.zoom,
    };

    let mut tx = app.read(cx).await?;
    // First of all: what is written from here on is told on the stream.
    let cursor = Cursor::new(live::store::find_cursor(&mut tx).await?, cx.now);
    // Before the dates are known, since the week's first day stands with the resources.
    let since = start_of_day(asked.date.saturating_sub(7.days()), zone);
    let calendar = Calendar::new(store::list_resources(&mut tx, None, since).await?, zone)?;
    let dates = dates(&asked, &calendar.state);
    let first = dates.first().copied().unwrap_or(asked.date);
    let last = dates.last().copied().unwrap_or(asked.date);
    let (start, end) = (start_of_day(first, zone), start_of_day(last.saturating_add(1.day()), zone));
    let rows = store::list_blocks(&mut tx, start, end).await?;
    let everybody: Vec<Uuid> = calendar.resources.iter().map(|r| r.id).collect();
    let claims = if asked.view == View::Agenda {
        Vec::new()
    } else {
        list_claims(&mut tx, &everybody, start - 24.hours(), end + 24.hours(), cx.now).await?
    };
    let offers = offers(store::list_all_needs(&mut tx).await?);
    let waiting = store::list_pending(&mut tx, cx.now, WAITING).await?;
    drop(tx);

    let whom = whom(&mut asked, &calendar, cx);
    let owner_of = |resource| calendar.find(resource).and_then(|r| r.user_id).map(UserId);
    let viewer = Viewer { cx, owner_of: &owner_of };
    let events = format!("/schedule/events?from={first}&to={last}&after={cursor}");
    let body = if asked.view == View::Agenda {
        let rows =
            rows.iter().filter(|row| whom.iter().any(|at| calendar.at(*at).is_some_and(|r| r.id == row.resource_id)));
        CalendarBody::Agenda(agenda(rows, &calendar, &dates, zone), events)
    } else {
        let mut columns: Vec<Column> = match asked.view {
            View::Week => dates
                .iter()
                .flat_map(|date| whom.iter().map(|at| viewer.column(&calendar, *at, *date)))
                .flatten()
                .collect(),
            _ => whom.iter().filter_map(|at| viewer.column(&calendar, *at, asked.date)).collect(),
        };
        if asked.view == View::Week {
            columns.iter_mut().for_each(|column| column.head = day_head(column.date));
        }
        let clock = share_axis(&mut columns);
        let mut blocks = viewer.blocks(&rows);
        blocks.retain(|block| columns.iter().any(|column| column.id == block.resource));
        let (from, to) = visible(&columns, &blocks);
        let may_book = columns.iter().any(|column| column.may_edit);
        CalendarBody::Board(Board {
            view: asked.view,
            snap: asked.snap,
            clock,
            from,
            to,
            now: cx.now,
            kept: claims.iter().filter_map(kept).collect(),
            columns,
            blocks,
            offers,
            buffer_mode: calendar.state.buffer_mode,
            may_book,
            events,
        })
    };
    let stride = if asked.view == View::Week { 7 } else { 1 };
    let label = match (&body, dates.as_slice()) {
        (CalendarBody::Board(board), [first, .., last]) if board.view == View::Week => {
            let name = board.columns.first().map_or("", |column| column.name.as_str());
            format!("{name}, {} to {}", day_month_label(*first), day_month_label(*last))
        }
        (_, [_]) => day_label(asked.date),
        (_, _) => format!("From {}", day_label(first)),
    };
    Ok(CalendarPage {
        label,
        zone_label: zone_label(&(start + 12.hours()).to_zoned(zone.clone())),
        before: asked.date.saturating_sub(stride.days()),
        today,
        after: asked.date.saturating_add(stride.days()),
        resources: calendar
            .resources
            .iter()
            .enumerate()
            .map(|(at, r)| Shown {
                id: ResourceId(r.id),
                name: r.name.clone(),
                is_shown: whom.contains(&ResourceIx(at)),
            })
            .collect(),
        waiting: waiting.into_iter().map(|row| super::show::request_line(row, zone)).collect(),
        asked,
        body,
    })
}

/// The dates that a view of a date shows.
fn dates(asked: &Asked, state: &Snapshot) -> Vec<Date> {
    let run = |first: Date, days: i64| (0..days).map(|day| first.saturating_add(day.days())).collect();
    match asked.view {
        View::Day | View::Timeline => vec![asked.date],
        View::Week => {
            let after = asked.date.weekday().since(state.week_start);
            run(asked.date.saturating_sub(i64::from(after).days()), 7)
        }
        View::Agenda => run(asked.date, AGENDA_DAYS),
    }
}

/// Who is shown: those who were asked for, or everybody; in a week one, oneself before others.
fn whom(asked: &mut Asked, calendar: &Calendar, cx: &RequestContext) -> Vec<ResourceIx> {
    let all: Vec<ResourceIx> = (0..calendar.resources.len()).map(ResourceIx).collect();
    asked.only.retain(|id| calendar.place(id.0).is_some());
    let mut whom: Vec<ResourceIx> = if asked.only.is_empty() {
        all
    } else {
        let is_asked = |at: &ResourceIx| calendar.at(*at).is_some_and(|r| asked.only.contains(&ResourceId(r.id)));
        all.into_iter().filter(is_asked).collect()
    };
    if asked.view == View::Week {
        let me = cx.actor.person().map(|person| person.user.0);
        let own = |at: &ResourceIx| me.is_some() && calendar.at(*at).and_then(|r| r.user_id) == me;
        let one = whom.iter().copied().find(own).filter(|_| asked.only.is_empty()).or(whom.first().copied());
        whom = one.into_iter().collect();
    }
    whom
}

/// `Tue 8 Dec`.
fn day_head(date: Date) -> String {
    let label = day_month_label(date);
    let (day, month) = label.split_once(' ').unwrap_or((&label, ""));
    format!("{} {day} {}", weekday_short(date), month.chars().take(3).collect::<String>())
}

fn offers(needs: Vec<store::NeedRow>) -> Vec<(ServiceId, Vec<ResourceId>)> {
    let mut offers: BTreeMap<Uuid, Vec<ResourceId>> = BTreeMap::new();
    for need in needs {
        offers.entry(need.service_id).or_default().extend(need.resource_id.map(ResourceId));
    }
    offers.into_iter().map(|(service, by)| (ServiceId(service), by)).collect()
}

fn kept(claim: &ClaimRow) -> Option<Kept> {
    claim.appointment_id.is_none().then(|| Kept {
        resource: ResourceId(claim.resource_id),
        from: claim.starts_at.to_jiff(),
        to: claim.ends_at.to_jiff(),
        buffers: (minutes_of(claim.buffer_before), minutes_of(claim.buffer_after)),
    })
}

fn minutes_of(minutes: impl TryInto<u16>) -> u16 {
    minutes.try_into().unwrap_or(0)
}

/// Who looks: what they may do with what they see.
pub(crate) struct Viewer<'a> {
    pub cx: &'a RequestContext,
    /// Whose calendar a resource is, if anybody's own.
    pub owner_of: &'a (dyn Fn(Uuid) -> Option<UserId> + Sync),
}

impl Viewer<'_> {
    fn may_move(&self, owners: Vec<Option<UserId>>) -> bool {
        self.cx.tenant().is_ok_and(|tenant| {
            authorize::<MoveAppointment>(&self.cx.actor, &CalendarFacts { tenant: tenant.id, owners }).is_ok()
        })
    }

    fn column(&self, calendar: &Calendar, at: ResourceIx, date: Date) -> Option<Column> {
        let zone = &calendar.state.zone;
        let (row, resource) = (calendar.at(at)?, calendar.state.resources.get(at.0)?);
        let (start, end) = (start_of_day(date, zone), start_of_day(date.saturating_add(1.day()), zone));
        let elapsed = |instant: Timestamp| minutes_of(instant.clamp(start, end).duration_since(start).as_mins());
        // Hours and time off apart, so that the calendar can say which of the two it is.
        let without_time_off = Snapshot {
            resources: vec![domain::schedule::Resource { time_off: Vec::new(), ..resource.clone() }],
            bookings: Vec::new(),
            counted: Vec::new(),
            ..calendar.state.clone()
        };
        let open = open_spans(&without_time_off, ResourceIx(0), date);
        let off = resource.time_off.iter().filter(|off| off.start < end && off.end > start);
        Some(Column {
            id: ResourceId(row.id),
            name: row.name.clone(),
            head: row.name.clone(),
            date,
            day_start: start,
            length: elapsed(end),
            clock: clock_segments(start, end, zone),
            gap: None,
            open: open.into_iter().map(|(from, to)| (elapsed(from), elapsed(to))).collect(),
            off: off.map(|off| (elapsed(off.start), elapsed(off.end))).collect(),
            quantity: resource.quantity,
            may_edit: self.may_move(vec![(self.owner_of)(row.id)]),
        })
    }

    pub fn blocks(&self, rows: &[BlockRow]) -> Vec<Block> {
        let mut owners: HashMap<Uuid, Vec<Option<UserId>>> = HashMap::new();
        for row in rows {
            owners.entry(row.id).or_default().push((self.owner_of)(row.resource_id));
        }
        let may_move: HashMap<Uuid, bool> =
            owners.into_iter().map(|(id, owners)| (id, self.may_move(owners))).collect();
        let block = |row: &BlockRow| Block {
            id: AppointmentId(row.id),
            version: row.version,
            resource: ResourceId(row.resource_id),
            starts_at: row.starts_at.to_jiff(),
            minutes: minutes_of(minutes_between(row.starts_at.to_jiff(), row.ends_at.to_jiff())),
            buffers: (minutes_of(row.buffer_before), minutes_of(row.buffer_after)),
            customer: row.customer.clone(),
            service_id: ServiceId(row.service_id),
            service: row.service.clone(),
            status: AppointmentStatus::parse(&row.status).unwrap_or(AppointmentStatus::Confirmed),
            hue: row.hue.clone(),
            may_move: may_move.get(&row.id).copied().unwrap_or(false),
        };
        rows.iter().map(block).collect()
    }
}

/// One line an appointment, whatever it holds.
fn agenda<'a>(
    rows: impl Iterator<Item = &'a BlockRow>,
    calendar: &Calendar,
    dates: &[Date],
    zone: &TimeZone,
) -> Vec<AgendaDay> {
    let mut lines: Vec<(Date, Uuid, AgendaLine)> = Vec::new();
    for row in rows {
        let name = calendar.find(row.resource_id).map_or_else(String::new, |r| r.name.clone());
        if let Some((.., line)) = lines.iter_mut().find(|(_, id, _)| *id == row.id) {
            line.with = format!("{}, {name}", line.with);
            continue;
        }
        let (from, to) = (row.starts_at.to_jiff().to_zoned(zone.clone()), row.ends_at.to_jiff().to_zoned(zone.clone()));
        let line = AgendaLine {
            id: AppointmentId(row.id),
            when: range_label(&from, &to),
            customer: row.customer.clone(),
            service: row.service.clone(),
            with: name,
            status: AppointmentStatus::parse(&row.status).unwrap_or(AppointmentStatus::Confirmed),
            hue: row.hue.clone(),
        };
        lines.push((from.date(), row.id, line));
    }
    let of = |date: Date| lines.iter().filter(|(on, ..)| *on == date).map(|(.., line)| line.clone()).collect();
    dates.iter().map(|date| AgendaDay { date: *date, label: day_label(*date), lines: of(*date) }).collect()
}

/// Lays columns beside one axis: that of the longest date. A date that lacks some of its time has a gap there. Tells how
/// the wall clock runs along the axis.
fn share_axis(columns: &mut [Column]) -> Vec<ClockSegment> {
    let plain = || vec![ClockSegment { from: 0, wall: 0 }];
    let longest = columns.iter().max_by_key(|column| column.length).map(|column| (column.length, column.clock.clone()));
    let Some((length, clock)) = longest else { return plain() };
    // Where the other dates differ from the longest one: at a change of clocks, of the longest if they go back, of their
    // own if they go forward.
    let turn = clock.get(1).map(|segment| segment.from);
    for column in columns.iter_mut().filter(|column| column.length < length) {
        let missing = length - column.length;
        let at = match (turn, column.clock.get(1)) {
            // The hour that comes twice is missing where it comes again.
            (Some(turn), _) => turn,
            (None, Some(own)) => own.from,
            // Midnight itself is left out.
            (None, None) => 0,
        };
        column.gap = Some((at, missing));
    }
    clock
}

/// The hours to draw, on the axis: those in which anybody works or anything is booked, whole, with one to spare; office
/// hours where there is neither.
fn visible(columns: &[Column], blocks: &[Block]) -> (u16, u16) {
    let open = columns
        .iter()
        .flat_map(|c| c.open.iter().map(|(from, to)| (c.on_axis((*from).into()), c.on_axis((*to).into()))));
    let booked = blocks.iter().filter_map(|b| {
        let column = columns.iter().find(|c| c.id == b.resource && c.has(b.starts_at))?;
        let start = column.position(b.starts_at);
        Some((column.on_axis(start), column.on_axis(start + i32::from(b.minutes))))
    });
    let early = blocks
        .iter()
        .any(|b| columns.iter().any(|c| c.id == b.resource && c.position(b.starts_at) < 0 && c.has(b.ends_at())));
    let length = columns.iter().map(|c| c.on_axis(c.length.into())).max().unwrap_or(24 * 60);
    let (first, last) = open.chain(booked).fold((i32::MAX, i32::MIN), |(a, z), (from, to)| (a.min(from), z.max(to)));
    let (first, last) = if first > last { (9 * 60, 17 * 60) } else { (first, last) };
    let hour = 60;
    let from = if early { 0 } else { (first.div_euclid(hour) - 1).max(0) * hour };
    let to = ((last + hour - 1).div_euclid(hour) + 1) * hour;
    (minutes_of(from), minutes_of(to.min(length)))
}

/// How the wall clock runs through a day: a new segment wherever the offset changes.
fn clock_segments(start: Timestamp, end: Timestamp, zone: &TimeZone) -> Vec<ClockSegment> {
    let segment = |at: Timestamp| {
        let local = at.to_zoned(zone.clone());
        let wall = minutes_of(i32::from(local.hour()) * 60 + i32::from(local.minute()));
        ClockSegment { from: minutes_of(at.duration_since(start).as_mins()), wall }
    };
    let changes = zone.following(start).map(|change| change.timestamp()).take_while(|at| *at < end);
    std::iter::once(start).chain(changes).map(segment).collect()
}

#[cfg(test)]
#[path = "board_tests.rs"]
mod tests;
