//! What a service offers: its rules, whom it needs, and what those are booked for.

use super::store::{self, ServiceRow};
use crate::{
    error::Failure,
    schedule::{self, snapshot::Calendar},
    tenancy::TenantConn,
};
use app::error::AppError;
use domain::{
    ids::{ResourceId, ServiceId},
    schedule::{ResourceIx, Service, Window},
    time::start_of_day,
};
use jiff::{Timestamp, ToSpan, tz::TimeZone};
use uuid::Uuid;

/// What a service offers.
pub(crate) struct Offer {
    /// The service.
    pub row: ServiceRow,
    /// The same, as the engine is told.
    pub service: Service,
    /// The resources it can use, and what they are booked for.
    pub calendar: Calendar,
    /// The people that can be asked for by name.
    pub staff: Vec<(ResourceId, String)>,
}

impl Offer {
    /// Loads a service that can be booked online; with `staff`, only what that person can do. Nothing is booked yet:
    /// see [`Self::load_claims`].
    pub async fn load(
        tx: &mut impl TenantConn,
        zone: &TimeZone,
        id: ServiceId,
        staff: Option<ResourceId>,
    ) -> Result<Self, Failure> {
        let row = store::find_online_service(tx, id).await?.ok_or(AppError::NotFound)?;
        let needs = schedule::store::list_needs(tx, id).await?;
        let mut resources = schedule::store::list_resources(tx).await?;
        resources.retain(|r| needs.iter().any(|n| n.resource_id == r.id));
        let people =
            resources.iter().filter(|r| r.kind == "STAFF").map(|r| (ResourceId(r.id), r.name.clone())).collect();
        let calendar = Calendar::empty(resources, zone)?;
        let mut asked = calendar.needs(&needs);
        if let Some(person) = staff {
            let place = calendar.place(person.0).ok_or(AppError::NotFound)?;
            let need = asked.iter_mut().find(|n| n.pool.contains(&place)).ok_or(AppError::NotFound)?;
            need.pool = vec![place];
        }
        let [minutes, step] = [row.minutes, row.step].map(|minutes| u32::try_from(minutes).unwrap_or(0));
        let service = Service {
            notice_minutes: u32::try_from(row.notice_minutes).unwrap_or(0),
            horizon_days: u32::try_from(row.horizon_days).ok(),
            ..Service::new(minutes, step, asked)
        };
        Ok(Self { row, service, calendar, staff: people })
    }

    /// Loads what the resources are booked for, on the days of a window and what reaches into them.
    pub async fn load_claims(
        &mut self,
        tx: &mut impl TenantConn,
        window: Window,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let zone = self.calendar.state.zone.clone();
        let from = start_of_day(window.from.saturating_sub(1.day()), &zone);
        let to = start_of_day(window.to.saturating_add(2.days()), &zone);
        self.calendar.load_claims(tx, from, to, now).await
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
