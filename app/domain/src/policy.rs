//! Who may do what: one pure, total function, asked by the view to show and by the server to allow.
//!
//! A right is a type. [`authorize`] answers with a [`Permit`] of that type, and nothing else can make
//! one: a function that writes asks for the permit, so forgetting to ask for the right does not compile.

use crate::{
    actor::{Actor, Role},
    ids::{TenantId, UserId},
};
use serde::{Deserialize, Serialize};
use std::marker::PhantomData;

/// Why a right was refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Denied {
    /// Nobody is signed in.
    SignedOut,
    /// The person belongs to another tenant, so for them the thing does not exist.
    OtherTenant,
    /// The role does not have this right.
    Role,
    /// The right ends at the person's own calendar.
    NotOwnCalendar,
}

/// A right that can be asked for.
pub trait Right: sealed::Sealed {
    /// What the decision depends on besides the actor.
    type Facts;
    /// The name in audit entries and in the table of rights.
    const NAME: &'static str;
    /// The rule itself. Callers use [`authorize`].
    fn decide(actor: &Actor, facts: &Self::Facts) -> Result<(), Denied>;
}

mod sealed {
    /// Only this module names rights.
    pub trait Sealed {}
}

/// Proof that [`authorize`] said yes to `R`. Cannot be made, copied or kept by anything else.
#[derive(Debug)]
#[must_use]
pub struct Permit<R: Right>(PhantomData<R>);

/// Asks whether `actor` has the right `R` in view of `facts`.
pub fn authorize<R: Right>(actor: &Actor, facts: &R::Facts) -> Result<Permit<R>, Denied> {
    R::decide(actor, facts).map(|()| Permit(PhantomData))
}

macro_rules! rights {
    ($($(#[$doc:meta])* $name:ident($facts:ty) = $text:literal, |$actor:ident, $f:ident| $rule:expr;)+) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub enum $name {}
        impl sealed::Sealed for $name {}
        impl Right for $name {
            type Facts = $facts;
            const NAME: &'static str = $text;
            fn decide($actor: &Actor, $f: &$facts) -> Result<(), Denied> { $rule }
        }
    )+
        /// The names of all rights, for the table of rights and the check at start.
        pub const NAMES: &[&str] = &[$($text),+];
    };
}

/// What the rights of a tenant's calendar depend on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CalendarFacts {
    /// The tenant whose calendar it is.
    pub tenant: TenantId,
    /// The people whose calendars are touched: of a move, both the one left and the one reached.
    /// `None` stands for a resource that is nobody's own, such as a room.
    pub owners: Vec<Option<UserId>>,
}

rights! {
    /// See the public site and its free times.
    ViewSite(()) = "view_site", |_actor, _f| Ok(());
    /// Book as a customer on the public site.
    BookOnline(()) = "book_online", |_actor, _f| Ok(());
    /// See a tenant's calendar, all columns of it.
    ViewCalendar(TenantId) = "view_calendar", |actor, tenant| team_of(actor, *tenant).map(|_| ());
    /// Move an appointment to another time or resource.
    MoveAppointment(CalendarFacts) = "move_appointment", |actor, facts| {
        let (role, user) = team_of(actor, facts.tenant)?;
        match role {
            Role::TenantStaff if facts.owners.iter().any(|owner| *owner != Some(user)) => Err(Denied::NotOwnCalendar),
            _ => Ok(()),
        }
    };
    /// See the list of tenants.
    ViewTenants(()) = "view_tenants", |actor, _f| match actor.person() {
        None => Err(Denied::SignedOut),
        Some(person) if person.role.is_platform() => Ok(()),
        Some(_) => Err(Denied::Role),
    };
}

/// The role and login of a member of `tenant`'s team.
///
/// A superuser of the platform counts as one of every team, with an owner's reach (product rules, section 2).
fn team_of(actor: &Actor, tenant: TenantId) -> Result<(Role, UserId), Denied> {
    let person = actor.person().ok_or(Denied::SignedOut)?;
    match person.role {
        Role::Superuser => Ok((Role::TenantOwner, person.user)),
        role if role.is_platform() => Err(Denied::Role),
        _ if person.tenant != Some(tenant) => Err(Denied::OtherTenant),
        role if role.is_tenant_team() => Ok((role, person.user)),
        _ => Err(Denied::Role),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actor::Person;
    use uuid::Uuid;

    const TENANT: TenantId = TenantId(Uuid::from_u128(1));
    const OTHER: TenantId = TenantId(Uuid::from_u128(2));
    const ME: UserId = UserId(Uuid::from_u128(10));
    const YOU: UserId = UserId(Uuid::from_u128(11));

    fn actor(role: Role, tenant: TenantId) -> Actor {
        let tenant = (!role.is_platform()).then_some(tenant);
        Actor::Person(Person { user: ME, name: "Me".into(), email: "me@example.com".into(), role, tenant })
    }

    fn cell(result: Result<impl Sized, Denied>) -> String {
        match result {
            Ok(_) => "yes".into(),
            Err(reason) => format!("no: {reason:?}"),
        }
    }

    /// The table of rights, as a file that a person can read; a change of rights is a visible diff.
    #[test]
    fn table_of_rights() {
        let mut rows = vec![format!(
            "{:<17} | {:<16} | {:<16} | {:<18} | {:<18} | {:<18}",
            "role", "view_calendar", "other tenant's", "move_appointment own", "…another's", "view_tenants"
        )];
        let mut actors: Vec<(String, Actor, Actor)> = vec![("(visitor)".into(), Actor::Visitor, Actor::Visitor)];
        actors.extend(Role::ALL.map(|role| (role.as_str().to_owned(), actor(role, TENANT), actor(role, OTHER))));
        for (name, mine, foreign) in actors {
            let calendar = |owner| CalendarFacts { tenant: TENANT, owners: vec![Some(owner)] };
            rows.push(format!(
                "{:<17} | {:<16} | {:<16} | {:<20} | {:<18} | {:<18}",
                name,
                cell(authorize::<ViewCalendar>(&mine, &TENANT)),
                cell(authorize::<ViewCalendar>(&foreign, &TENANT)),
                cell(authorize::<MoveAppointment>(&mine, &calendar(ME))),
                cell(authorize::<MoveAppointment>(&mine, &calendar(YOU))),
                cell(authorize::<ViewTenants>(&mine, &())),
            ));
        }
        insta::assert_snapshot!(rows.join("\n"));
    }

    #[test]
    fn a_move_needs_both_calendars_and_a_room_is_nobodys_own() {
        let staff = actor(Role::TenantStaff, TENANT);
        let facts = |owners| CalendarFacts { tenant: TENANT, owners };
        assert!(authorize::<MoveAppointment>(&staff, &facts(vec![Some(ME), Some(ME)])).is_ok());
        assert_eq!(
            authorize::<MoveAppointment>(&staff, &facts(vec![Some(ME), Some(YOU)])).unwrap_err(),
            Denied::NotOwnCalendar
        );
        assert_eq!(
            authorize::<MoveAppointment>(&staff, &facts(vec![Some(ME), None])).unwrap_err(),
            Denied::NotOwnCalendar
        );
    }
}
