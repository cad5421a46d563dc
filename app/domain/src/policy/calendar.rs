//! A tenant's calendar and the customers in it.

use super::{
    Denied,
    rule::{Decision, YES, by_grant, toward},
};
use crate::{
    actor::{Actor, Role},
    grant::GrantAction,
    ids::{TenantId, UserId},
};
use serde::{Deserialize, Serialize};

/// What moving an appointment depends on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CalendarFacts {
    /// The tenant whose calendar it is.
    pub tenant: TenantId,
    /// The people whose calendars are touched: of a move, both the one left and the one reached.
    /// `None` stands for a resource that is nobody's own, such as a room.
    pub owners: Vec<Option<UserId>>,
}

/// What seeing a customer depends on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CustomerFacts {
    /// The tenant whose customer it is.
    pub tenant: TenantId,
    /// Whether the customer has an appointment in the actor's own calendar.
    pub is_of_own_appointment: bool,
}

/// What managing a booking of one's own depends on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct OwnBookingFacts {
    /// The tenant that it was booked with.
    pub tenant: TenantId,
    /// Whether the request carries the booking's private link, which only its customer was given.
    pub has_link: bool,
    /// The login of its customer, if they have one.
    pub customer: Option<UserId>,
}

/// The whole team reads all of it. Of the platform, superusers alone: a manager runs tenants, not their appointments.
pub(super) fn view_calendar(actor: &Actor, tenant: &TenantId) -> Decision {
    let person = toward(actor, *tenant)?;
    match person.role {
        Role::Superuser | Role::TenantOwner | Role::TenantManager | Role::TenantStaff => YES,
        _ => by_grant(person, *tenant, GrantAction::EditAppointments),
    }
}

/// Whoever reads it in the business. A grant to help with appointments is none to carry them away.
pub(super) fn export_appointments(actor: &Actor, tenant: &TenantId) -> Decision {
    match toward(actor, *tenant)?.role {
        Role::Superuser | Role::TenantOwner | Role::TenantManager | Role::TenantStaff => YES,
        _ => Err(Denied::Role),
    }
}

pub(super) fn move_appointment(actor: &Actor, facts: &CalendarFacts) -> Decision {
    let person = toward(actor, facts.tenant)?;
    let is_own = || facts.owners.iter().all(|owner| *owner == Some(person.user));
    match person.role {
        Role::Superuser | Role::TenantOwner | Role::TenantManager => YES,
        Role::TenantStaff if is_own() => YES,
        Role::TenantStaff => {
            by_grant(person, facts.tenant, GrantAction::EditAppointments).map_err(|_| Denied::NotOwnCalendar)
        }
        _ => by_grant(person, facts.tenant, GrantAction::EditAppointments),
    }
}

/// As for a move; staff may take rooms and equipment along with themselves.
pub(super) fn book_for_customer(actor: &Actor, facts: &CalendarFacts) -> Decision {
    let person = toward(actor, facts.tenant)?;
    let owners = if person.role == Role::TenantStaff && facts.owners.contains(&Some(person.user)) {
        facts.owners.iter().copied().filter(Option::is_some).collect()
    } else {
        facts.owners.clone()
    };
    move_appointment(actor, &CalendarFacts { tenant: facts.tenant, owners })
}

/// As for a move, but by no grant: what is done here outlasts the time of any.
pub(super) fn own_calendar(actor: &Actor, facts: &CalendarFacts) -> Decision {
    let person = toward(actor, facts.tenant)?;
    match person.role {
        Role::Superuser | Role::TenantOwner | Role::TenantManager => YES,
        Role::TenantStaff if facts.owners.iter().all(|owner| *owner == Some(person.user)) => YES,
        Role::TenantStaff => Err(Denied::NotOwnCalendar),
        _ => Err(Denied::Role),
    }
}

pub(super) fn view_customer(actor: &Actor, facts: &CustomerFacts) -> Decision {
    let person = toward(actor, facts.tenant)?;
    match person.role {
        Role::Superuser | Role::TenantOwner | Role::TenantManager => YES,
        Role::TenantStaff if facts.is_of_own_appointment => YES,
        _ => by_grant(person, facts.tenant, GrantAction::ViewCustomers),
    }
}

/// Whoever was given the link, and the customer whose it is. The team has rights of its own to the same end.
pub(super) fn manage_own_booking(actor: &Actor, facts: &OwnBookingFacts) -> Decision {
    if facts.has_link {
        return YES;
    }
    let person = toward(actor, facts.tenant)?;
    if person.role == Role::Customer && facts.customer == Some(person.user) { YES } else { Err(Denied::Role) }
}

/// Customers alone have an area of their own.
pub(super) fn own_area(actor: &Actor, tenant: &TenantId) -> Decision {
    match toward(actor, *tenant)?.role {
        Role::Customer => YES,
        _ => Err(Denied::Role),
    }
}
