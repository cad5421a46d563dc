//! From rows to what the engine is told.

use super::store::{self, ClaimRow, NeedRow, ResourceRow};
use crate::{error::Failure, tenancy::TenantConn};
use domain::{
    ids::AppointmentId,
    schedule::{Booking, Need, Resource, ResourceIx, Snapshot, WeeklySpan},
};
use jiff::{Timestamp, civil::Weekday, tz::TimeZone};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// The engine knows resources by position, the database by id; this knows both.
pub(crate) struct Calendar {
    /// Resources, in the tenant's order; the engine's positions.
    pub resources: Vec<ResourceRow>,
    places: HashMap<Uuid, usize>,
    /// What the engine is told.
    pub state: Snapshot,
}

impl Calendar {
    /// Resources with their hours and nothing booked.
    pub fn empty(resources: Vec<ResourceRow>, zone: &TimeZone) -> Result<Self, Failure> {
        let places = resources.iter().enumerate().map(|(place, row)| (row.id, place)).collect();
        let told = resources.iter().map(|row| resource(row, zone)).collect::<Result<_, _>>()?;
        let state = Snapshot::new(zone.clone(), told);
        Ok(Self { resources, places, state })
    }

    /// Replaces what is booked by what is claimed within a span.
    pub async fn load_claims(
        &mut self,
        tx: &mut impl TenantConn,
        from: Timestamp,
        to: Timestamp,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let ids: Vec<Uuid> = self.resources.iter().map(|r| r.id).collect();
        let claims = store::list_claims(tx, &ids, from, to, now).await?;
        self.state.bookings = claims.iter().filter_map(|claim| self.booking(claim)).collect();
        Ok(())
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

    /// What a service asks for, in the engine's positions.
    pub fn needs(&self, rows: &[NeedRow]) -> Vec<Need> {
        let mut needs: BTreeMap<i16, Need> = BTreeMap::new();
        for row in rows {
            let Some(place) = self.place(row.resource_id) else { continue };
            let count = usize::try_from(row.count).unwrap_or(1);
            needs.entry(row.need).or_insert(Need { pool: Vec::new(), count }).pool.push(place);
        }
        needs.into_values().collect()
    }
}

fn resource(row: &ResourceRow, business: &TimeZone) -> Result<Resource, Failure> {
    let zone = match &row.timezone {
        Some(name) => {
            TimeZone::get(name).map_err(|_| anyhow::anyhow!("resource {} has the unknown zone '{name}'", row.id))?
        }
        None => business.clone(),
    };
    let spans = row.weekdays.iter().zip(&row.from_minutes).zip(&row.to_minutes).filter_map(|((day, from), to)| {
        let day = Weekday::from_monday_one_offset(i8::try_from(*day).ok()?).ok()?;
        Some(WeeklySpan {
            days: [day].into_iter().collect(),
            from: u16::try_from(*from).ok()?,
            to: u16::try_from(*to).ok()?,
        })
    });
    Ok(Resource::new(zone, Some(spans.collect())))
}
