//! From rows to what the engine is told.

use super::store::ResourceRow;
use crate::{
    claims::{self, Owner},
    error::Failure,
    tenancy::{Instant, TenantConn},
};
use domain::{
    ids::AppointmentId,
    schedule::{
        Booking, BufferMode, DayOverride, DaySpan, Resource, ResourceIx, Snapshot, Stretch, WeeklySpan, Window,
    },
    time::start_of_day,
};
use jiff::{
    Timestamp, ToSpan,
    civil::{Date, Weekday},
    tz::TimeZone,
};
use std::collections::HashMap;
use uuid::Uuid;

/// A span that is taken.
pub(crate) struct ClaimRow {
    /// Whose it is; a hold is nobody's appointment yet.
    pub appointment_id: Option<Uuid>,
    pub resource_id: Uuid,
    pub unit: i16,
    pub starts_at: Instant,
    pub ends_at: Instant,
    pub buffer_before: i32,
    pub buffer_after: i32,
}

/// The engine knows resources by position, the database by id; this knows both.
pub(crate) struct Calendar {
    /// Resources, in the tenant's order; the engine's positions.
    pub resources: Vec<ResourceRow>,
    /// What they are claimed for, as far as it was loaded.
    pub claims: Vec<ClaimRow>,
    /// When that was.
    pub now: Timestamp,
    places: HashMap<Uuid, usize>,
    /// What the engine is told.
    pub state: Snapshot,
}

impl Calendar {
    /// Resources with their hours and nothing booked.
    pub fn new(resources: Vec<ResourceRow>, zone: &TimeZone) -> Result<Self, Failure> {
        let places = resources.iter().enumerate().map(|(place, row)| (row.id, place)).collect();
        let told = resources.iter().map(|row| resource(row, zone)).collect::<Result<_, _>>()?;
        let mut state = Snapshot::new(zone.clone(), told);
        if let Some(row) = resources.first() {
            state.buffer_mode = if row.buffer_mode == "sum" { BufferMode::Sum } else { BufferMode::Max };
            state.week_start = weekday(row.week_start.try_into().unwrap_or(1)).unwrap_or(Weekday::Monday);
            state.closures = row.closures.iter().filter_map(|(from, to)| closure(from, to, zone)).collect();
        }
        Ok(Self { resources, claims: Vec::new(), now: Timestamp::MIN, places, state })
    }

    /// Replaces what is booked by what is claimed on the days of a window, and whatever near it has a say.
    pub async fn load_claims(&mut self, tx: &mut impl TenantConn, days: Window, now: Timestamp) -> Result<(), Failure> {
        let ids: Vec<Uuid> = self.resources.iter().map(|r| r.id).collect();
        // A claim takes a day at most, and half a day has to be free around it at most.
        let from = start_of_day(days.from.saturating_sub(1.day()), &self.state.zone);
        let to = start_of_day(days.to.saturating_add(3.days()), &self.state.zone);
        self.claims = claims::store::list_claims(tx, &ids, from, to, now).await?;
        self.now = now;
        self.tell_claims();
        Ok(())
    }

    /// Tells the engine what is claimed; for whoever has changed it.
    pub fn tell_claims(&mut self) {
        self.state.bookings = self.claims.iter().filter_map(|claim| self.booking(claim)).collect();
    }

    /// Leaves out what an appointment holds itself: it is not in its own way.
    pub fn forget(&mut self, owner: Owner) {
        if let Owner::Appointment(id) = owner {
            self.claims.retain(|claim| claim.appointment_id != Some(id.0));
        }
        self.tell_claims();
    }

    /// Notes that a claim went to another unit.
    pub fn renumber(&mut self, moved: &ClaimRow, unit: u32) {
        let same = |claim: &&mut ClaimRow| {
            claim.resource_id == moved.resource_id
                && claim.unit == moved.unit
                && claim.starts_at.to_jiff() == moved.starts_at.to_jiff()
        };
        if let Some(claim) = self.claims.iter_mut().find(same) {
            claim.unit = i16::try_from(unit).unwrap_or(i16::MAX);
        }
    }

    fn booking(&self, claim: &ClaimRow) -> Option<Booking> {
        Some(Booking {
            resource: self.place(claim.resource_id)?,
            start: claim.starts_at.to_jiff(),
            end: claim.ends_at.to_jiff(),
            before: u32::try_from(claim.buffer_before).unwrap_or(0),
            after: u32::try_from(claim.buffer_after).unwrap_or(0),
            appointment: claim.appointment_id.map(AppointmentId),
        })
    }

    /// The engine's position of a resource.
    pub fn place(&self, id: Uuid) -> Option<ResourceIx> {
        self.places.get(&id).copied().map(ResourceIx)
    }

    /// The resource at one of the engine's positions.
    pub fn at(&self, place: ResourceIx) -> Option<&ResourceRow> {
        self.resources.get(place.0)
    }

    /// The resource with an id.
    pub fn find(&self, id: Uuid) -> Option<&ResourceRow> {
        self.place(id).and_then(|place| self.at(place))
    }
}

fn weekday(iso: i8) -> Option<Weekday> {
    Weekday::from_monday_one_offset(iso).ok()
}

/// Whole days of the business.
fn closure(from: &str, to: &str, zone: &TimeZone) -> Option<Stretch> {
    let (from, to): (Date, Date) = (from.parse().ok()?, to.parse().ok()?);
    Some(Stretch { start: start_of_day(from, zone), end: start_of_day(to.saturating_add(1.day()), zone) })
}

fn resource(row: &ResourceRow, business: &TimeZone) -> Result<Resource, Failure> {
    let zone = match &row.timezone {
        Some(name) => {
            TimeZone::get(name).map_err(|_| anyhow::anyhow!("resource {} has the unknown zone '{name}'", row.id))?
        }
        None => business.clone(),
    };
    let span =
        |&(day, from, to): &(i8, u16, u16)| Some(WeeklySpan { days: [weekday(day)?].into_iter().collect(), from, to });
    let instead = row.overrides.iter().filter_map(|other| {
        let spans = other.from.iter().zip(&other.to).map(|(from, to)| DaySpan { from: *from, to: *to }).collect();
        Some(DayOverride { date: other.date.parse().ok()?, spans })
    });
    let off = row.time_off.iter().filter_map(|(from, to)| {
        Some(Stretch { start: Timestamp::from_second(*from).ok()?, end: Timestamp::from_second(*to).ok()? })
    });
    Ok(Resource {
        quantity: u32::try_from(row.quantity).unwrap_or(0),
        overrides: instead.collect(),
        time_off: off.collect(),
        ..Resource::new(zone, Some(row.hours.iter().filter_map(span).collect()))
    })
}
