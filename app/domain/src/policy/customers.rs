//! A business's customers, as its team keeps them. What a single customer may be seen by is with the calendar.

use super::{
    CustomerFacts, Denied,
    calendar::view_customer,
    rule::{Decision, YES, by_grant, toward},
};
use crate::{
    actor::{Actor, Role},
    grant::GrantAction,
    ids::{TenantId, UserId},
};
use serde::{Deserialize, Serialize};

/// Which customers of a tenant somebody sees.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CustomerScope {
    /// All of them.
    All,
    /// Those with an appointment in this person's calendar.
    OfCalendar(UserId),
    /// None.
    None,
}

/// Which customers of a tenant somebody sees: those for whom the rule of a single one says yes.
pub fn customer_scope(actor: &Actor, tenant: TenantId) -> CustomerScope {
    let sees = |is_of_own_appointment| view_customer(actor, &CustomerFacts { tenant, is_of_own_appointment }).is_ok();
    match actor.person() {
        Some(_) if sees(false) => CustomerScope::All,
        Some(person) if sees(true) => CustomerScope::OfCalendar(person.user),
        _ => CustomerScope::None,
    }
}

/// The whole team has a list, if not the same one.
pub(super) fn view_customers(actor: &Actor, tenant: &TenantId) -> Decision {
    let person = toward(actor, *tenant)?;
    match person.role {
        Role::Superuser | Role::TenantOwner | Role::TenantManager | Role::TenantStaff => YES,
        _ => by_grant(person, *tenant, GrantAction::ViewCustomers),
    }
}

/// As for seeing the customer, but by no grant: those are for looking.
pub(super) fn edit_notes(actor: &Actor, facts: &CustomerFacts) -> Decision {
    match toward(actor, facts.tenant)?.role {
        Role::Superuser | Role::TenantOwner | Role::TenantManager => YES,
        Role::TenantStaff if facts.is_of_own_appointment => YES,
        _ => Err(Denied::Role),
    }
}
