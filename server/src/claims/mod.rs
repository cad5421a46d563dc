//! The one way to hold time on a resource: for a booking on the page, a hold, a move by drag, an approval.
//!
//! Whoever claims has locked the resources first ([`lock`]), has asked the engine about what is claimed now, and lets
//! [`take`] find the units. The exclusion constraint of the table is what nobody gets around, not even by mistake.

pub(crate) mod store;

use crate::{
    error::Failure,
    schedule::snapshot::{Calendar, ClaimRow},
    tenancy::TenantTx,
};
use domain::{
    ids::AppointmentId,
    policy::{BookForCustomer, BookOnline, DecideAppointment, ManageOwnBooking, MoveAppointment, Permit},
    schedule::{OnUnit, ResourceIx, deal},
};
use jiff::{Timestamp, ToSpan};
use uuid::Uuid;

/// On what a write of claims stands: the permit of any of the rights that lead to one.
#[derive(Clone, Copy)]
pub(crate) enum Allowed<'a> {
    /// A customer books, or keeps a time while filling in the form.
    Book(#[expect(dead_code, reason = "a proof, never read")] &'a Permit<BookOnline>),
    /// The team books for a customer.
    Desk(#[expect(dead_code, reason = "a proof, never read")] &'a Permit<BookForCustomer>),
    /// The team moves an appointment.
    Move(#[expect(dead_code, reason = "a proof, never read")] &'a Permit<MoveAppointment>),
    /// The team says yes, or no, or calls it off.
    Decide(#[expect(dead_code, reason = "a proof, never read")] &'a Permit<DecideAppointment>),
    /// A customer moves or calls off.
    Own(#[expect(dead_code, reason = "a proof, never read")] &'a Permit<ManageOwnBooking>),
}

/// Whose a claim is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Owner {
    /// An appointment's.
    Appointment(AppointmentId),
    /// A hold's.
    Hold(Uuid),
}

/// The time to claim.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Claimed {
    pub owner: Owner,
    pub from: Timestamp,
    pub to: Timestamp,
    /// Minutes to keep free around it.
    pub before: u32,
    pub after: u32,
}

/// How far around a claim is looked when units have to be dealt out anew.
const REACH_DAYS: i64 = 15;
/// What lies so near to the edge of that is not moved: something beyond it could stand in the way.
const EDGE_DAYS: i64 = 2;

/// Takes turns with everybody else who writes to these resources, and clears away holds on them that are over.
pub(crate) async fn lock(tx: &mut TenantTx, resources: &[Uuid], now: Timestamp) -> Result<(), Failure> {
    store::lock_resources(tx, resources).await?;
    store::delete_past_holds(tx, resources, now).await?;
    Ok(())
}

/// Claims a span on one unit of each resource, given with the need that it serves. `false`, with nothing written, where
/// the units cannot be dealt out. The calendar has to hold what is claimed now.
pub(crate) async fn take(
    tx: &mut TenantTx,
    allowed: Allowed<'_>,
    calendar: &mut Calendar,
    places: &[(i16, ResourceIx)],
    claimed: &Claimed,
) -> Result<bool, Failure> {
    for (need, place) in places {
        let Some(resource) = calendar.at(*place) else { return Ok(false) };
        let (id, quantity) = (resource.id, u32::try_from(resource.quantity).unwrap_or(0));
        let wanted =
            OnUnit { unit: 0, start: claimed.from, end: claimed.to, before: claimed.before, after: claimed.after };
        let mode = calendar.state.buffer_mode;
        let near: Vec<OnUnit> = calendar.claims.iter().filter(|claim| claim.resource_id == id).map(on_unit).collect();
        let unit = match deal(mode, quantity, &near, &wanted) {
            Some((unit, moves)) if moves.is_empty() => unit,
            // The units at hand are cut up: look further around, and deal them out anew.
            _ => {
                let (from, to) = (claimed.from - (24 * REACH_DAYS).hours(), claimed.to + (24 * REACH_DAYS).hours());
                let around = store::list_claims(tx, &[id], from, to, calendar.now).await?;
                let units: Vec<OnUnit> = around.iter().map(on_unit).collect();
                let Some((unit, moves)) = deal(mode, quantity, &units, &wanted) else { return Ok(false) };
                let moved: Vec<_> =
                    moves.iter().filter_map(|(place, unit)| Some((around.get(*place)?, *unit))).collect();
                let inside = (from + (24 * EDGE_DAYS).hours())..(to - (24 * EDGE_DAYS).hours());
                if !moved.iter().all(|(claim, _)| inside.contains(&claim.starts_at.to_jiff())) {
                    return Ok(false);
                }
                store::update_units(tx, allowed, id, &moved).await?;
                for (claim, unit) in &moved {
                    calendar.renumber(claim, *unit);
                }
                unit
            }
        };
        store::insert_claim(tx, allowed, claimed, *need, id, unit).await?;
        calendar.claims.push(ClaimRow {
            appointment_id: match claimed.owner {
                Owner::Appointment(id) => Some(id.0),
                Owner::Hold(_) => None,
            },
            resource_id: id,
            unit: i16::try_from(unit).unwrap_or(i16::MAX),
            starts_at: claimed.from.into(),
            ends_at: claimed.to.into(),
            buffer_before: i32::try_from(claimed.before).unwrap_or(i32::MAX),
            buffer_after: i32::try_from(claimed.after).unwrap_or(i32::MAX),
        });
    }
    Ok(true)
}

fn on_unit(claim: &ClaimRow) -> OnUnit {
    OnUnit {
        unit: u32::try_from(claim.unit).unwrap_or(0),
        start: claim.starts_at.to_jiff(),
        end: claim.ends_at.to_jiff(),
        before: u32::try_from(claim.buffer_before).unwrap_or(0),
        after: u32::try_from(claim.buffer_after).unwrap_or(0),
    }
}
