//! What a service offers: its rules, whom it needs, what those are booked for, and what counts against its limits.

use super::store::{self, OfferRow};
use crate::{
    claims::Owner,
    error::Failure,
    schedule::{self, snapshot::Calendar},
    tenancy::TenantConn,
};
use app::error::AppError;
use domain::{
    ids::{AppointmentId, ResourceId, ServiceId},
    schedule::{Counted, Grid, Limit, Most, Need, Period, ResourceIx, Service, Verdict, Window, ask},
    time::start_of_day,
};
use jiff::{Timestamp, ToSpan, tz::TimeZone};
use std::collections::BTreeMap;
use uuid::Uuid;

/// What a service offers.
pub(crate) struct Offer {
    /// The service.
    pub row: OfferRow,
    /// The same, as the engine is told.
    pub service: Service,
    /// The resources it can use, and what they are booked for.
    pub calendar: Calendar,
    /// The people that can be asked for by name.
    pub staff: Vec<(ResourceId, String)>,
    /// A booking that is about to move: it is neither in its own way nor one too many.
    pub moving: Option<AppointmentId>,
    /// The numbers of the needs, in the order of [`Service::needs`].
    numbers: Vec<i16>,
}

impl Offer {
    /// Loads a service that can be booked online; with `staff`, only what that person can do. Nothing is booked yet:
    /// see [`Self::load_claims`].
    pub async fn load(
        tx: &mut impl TenantConn,
        zone: &TimeZone,
        id: ServiceId,
        staff: Option<ResourceId>,
        now: Timestamp,
    ) -> Result<Self, Failure> {
        let row = store::find_offer(tx, id).await?.filter(|row| row.is_online).ok_or(AppError::NotFound)?;
        let mut offer = Self::of(tx, zone, row, &[], now).await?;
        if let Some(person) = staff {
            offer.only(person)?;
        }
        Ok(offer)
    }

    /// The same for a service that may not be offered any more, but was booked once; with the resources of `also`, which
    /// it may not use any more.
    pub async fn load_booked(
        tx: &mut impl TenantConn,
        zone: &TimeZone,
        id: ServiceId,
        also: &[Uuid],
        now: Timestamp,
    ) -> Result<Self, Failure> {
        let row = store::find_offer(tx, id).await?.ok_or(AppError::NotFound)?;
        Self::of(tx, zone, row, also, now).await
    }

    async fn of(
        tx: &mut impl TenantConn,
        zone: &TimeZone,
        row: OfferRow,
        also: &[Uuid],
        now: Timestamp,
    ) -> Result<Self, Failure> {
        let mut ids: Vec<Uuid> = row.needs.iter().filter_map(|(_, _, resource)| *resource).collect();
        ids.extend(also);
        let resources = schedule::store::list_resources(tx, Some(&ids), now).await?;
        let staff =
            resources.iter().filter(|r| r.kind == "STAFF").map(|r| (ResourceId(r.id), r.name.clone())).collect();
        let calendar = Calendar::new(resources, zone)?;
        let mut needs: BTreeMap<i16, Need> = BTreeMap::new();
        for (need, count, resource) in row.needs.iter() {
            let count = usize::try_from(*count).unwrap_or(1);
            let need = needs.entry(*need).or_insert(Need { pool: Vec::new(), count });
            need.pool.extend(resource.and_then(|id| calendar.place(id)));
        }
        let (numbers, needs) = needs.into_iter().unzip();
        let service = service_of(&row, needs);
        Ok(Self { row, service, calendar, staff, moving: None, numbers })
    }

    /// Leaves only what one person can do.
    pub fn only(&mut self, person: ResourceId) -> Result<(), Failure> {
        let place = self.calendar.place(person.0).ok_or(AppError::NotFound)?;
        let need = self.service.needs.iter_mut().find(|n| n.pool.contains(&place)).ok_or(AppError::NotFound)?;
        need.pool = vec![place];
        Ok(())
    }

    /// Loads what the resources are booked for on the days of a window, and what counts against the service's limits.
    pub async fn load_claims(&mut self, tx: &mut impl TenantConn, days: Window, now: Timestamp) -> Result<(), Failure> {
        self.load_without(tx, days, now, self.moving).await
    }

    /// The same without an appointment that is about to move: it is neither in its own way nor one too many.
    pub async fn load_without(
        &mut self,
        tx: &mut impl TenantConn,
        days: Window,
        now: Timestamp,
        without: Option<AppointmentId>,
    ) -> Result<(), Failure> {
        self.calendar.load_claims(tx, days, now).await?;
        if let Some(id) = without {
            self.calendar.forget(Owner::Appointment(id));
        }
        if !self.service.limits.is_empty() {
            let zone = &self.calendar.state.zone;
            // The weeks and months that the days lie in.
            let from = start_of_day(days.from.first_of_month().saturating_sub(7.days()), zone);
            let to = start_of_day(days.to.last_of_month().saturating_add(8.days()), zone);
            let counted = store::list_counted(tx, ServiceId(self.row.id), from, to, without).await?;
            self.calendar.state.counted = counted
                .into_iter()
                .map(|(start, minutes)| Counted { start, minutes: u32::try_from(minutes).unwrap_or(0) })
                .collect();
        }
        Ok(())
    }

    /// What the engine says of a start. Those in `kept` are taken before all others, where they will do.
    pub fn ask(&self, now: Timestamp, start: Timestamp, kept: &[ResourceIx]) -> Verdict {
        if !kept.is_empty() {
            let mut narrow = self.service.clone();
            for need in &mut narrow.needs {
                if need.pool.iter().filter(|place| kept.contains(place)).count() >= need.count {
                    need.pool.retain(|place| kept.contains(place));
                }
            }
            let verdict = ask(now, &narrow, &self.calendar.state, start);
            if !verdict.pick.is_empty() {
                return verdict;
            }
        }
        ask(now, &self.service, &self.calendar.state, start)
    }

    /// The engine's pick with the number of the need that each serves.
    pub fn places(&self, pick: &[ResourceIx]) -> Vec<(i16, ResourceIx)> {
        let seats = self.service.needs.iter().zip(&self.numbers);
        let seats = seats.flat_map(|(need, number)| std::iter::repeat_n(*number, need.count));
        seats.zip(pick.iter().copied()).collect()
    }

    /// The need with a number, if the service still has it.
    pub fn need(&self, number: i16) -> Option<&Need> {
        let place = self.numbers.iter().position(|other| *other == number)?;
        self.service.needs.get(place)
    }

    /// The same, to change it.
    pub fn need_mut(&mut self, number: i16) -> Option<&mut Need> {
        let place = self.numbers.iter().position(|other| *other == number)?;
        self.service.needs.get_mut(place)
    }

    /// All resources that the service may use.
    pub fn resource_ids(&self) -> Vec<Uuid> {
        self.calendar.resources.iter().map(|r| r.id).collect()
    }

    /// Among those equally busy the first of the pool is picked; so that it is not always the same one, the pool
    /// begins one further with each booking.
    pub fn rotate(&mut self) {
        let turn = self.calendar.state.bookings.len();
        for need in &mut self.service.needs {
            let length = need.pool.len();
            if length > 0 {
                need.pool.rotate_left(turn % length);
            }
        }
    }

    /// All resources in any of the pools.
    pub fn pool(&self) -> impl Iterator<Item = ResourceIx> + '_ {
        self.service.needs.iter().flat_map(|need| need.pool.iter().copied())
    }
}

fn service_of(row: &OfferRow, needs: Vec<Need>) -> Service {
    let number = |minutes: i32| u32::try_from(minutes).unwrap_or(0);
    let limits = row.limits.iter().filter_map(|(per, kind, most)| {
        let per = match per.as_str() {
            "day" => Period::Day,
            "week" => Period::Week,
            _ => Period::Month,
        };
        let most = u32::try_from(*most).ok()?;
        Some(Limit { per, most: if kind == "minutes" { Most::Minutes(most) } else { Most::Count(most) } })
    });
    Service {
        grid: if row.grid == "packed" { Grid::Packed } else { Grid::Grid },
        buffer_before: number(row.buffer_before),
        buffer_after: number(row.buffer_after),
        notice_minutes: number(row.notice_minutes),
        horizon_days: u32::try_from(row.horizon_days).ok(),
        limits: limits.collect(),
        ..Service::new(number(row.minutes), number(row.step), needs)
    }
}
