//! Who may do what: one pure, total function, asked by the view to show and by the server to allow.
//!
//! A right is a type. [`authorize`] answers with a [`Permit`] of that type, and nothing else can make
//! one: a function that writes asks for the permit, so forgetting to ask for the right does not compile.
//! The table of all rights is below; each room's file holds the rules of its own. The rules come from product.md,
//! sections 2 to 6, and `tests/policy` has them as tables to read.
//!
//! - Foreign things do not exist: a tenant's people get [`Denied::OtherTenant`] for all that is another tenant's or the
//!   platform's, which is a 404. The platform's people know what there is and are refused openly.
//! - While masquerading, the person of the actor is the one who is acted as, so the rules are that person's. What the
//!   table bars ([`Right::WHILE_MASQUERADING`]) is out of reach then, whatever the roles: [`authorize`] sees to that, not
//!   the rules.
//! - A grant opens what its action names, in its tenant, and nothing else. A permit says which grant it stands on.
//!
//! ```
//! use domain::{actor::*, ids::*, policy::*};
//! # use uuid::Uuid;
//! # let (user, tenant) = (UserId(Uuid::from_u128(1)), TenantId(Uuid::from_u128(2)));
//! fn delete_everything(_permit: Permit<CloseTenant>) {}
//!
//! let owner = Actor::Person(Person::new(user, "Ana", "ana@example.com", Role::TenantOwner, Some(tenant)));
//! let permit = authorize::<CloseTenant>(&owner, &tenant.into())?;
//! delete_everything(permit);
//! # Ok::<(), Denied>(())
//! ```
//!
//! A permit is not made by hand:
//! ```compile_fail
//! # use domain::policy::*;
//! # fn delete_everything(_permit: Permit<CloseTenant>) {}
//! delete_everything(Permit { grant: None, right: std::marker::PhantomData });
//! ```
//! The permit of another right does not do:
//! ```compile_fail
//! # use domain::{actor::*, ids::*, policy::*};
//! # use uuid::Uuid;
//! # let (user, tenant) = (UserId(Uuid::from_u128(1)), TenantId(Uuid::from_u128(2)));
//! # fn delete_everything(_permit: Permit<CloseTenant>) {}
//! # let owner = Actor::Person(Person::new(user, "Ana", "ana@example.com", Role::TenantOwner, Some(tenant)));
//! let permit = authorize::<ViewTenant>(&owner, &tenant.into())?;
//! delete_everything(permit);
//! # Ok::<(), Denied>(())
//! ```
//! It serves once:
//! ```compile_fail
//! # use domain::policy::*;
//! # fn delete_everything(_permit: Permit<CloseTenant>) {}
//! # fn twice(permit: Permit<CloseTenant>) {
//! delete_everything(permit);
//! delete_everything(permit);
//! # }
//! ```
//! And nobody but this module adds a right:
//! ```compile_fail
//! # use domain::policy::*;
//! enum Anything {}
//! impl Right for Anything {
//!     const NAME: &'static str = "anything";
//!     const WHILE_MASQUERADING: bool = true;
//! }
//! ```

mod access;
mod audit;
mod business;
mod calendar;
mod customers;
mod denied;
mod people;
mod platform;
mod rule;

pub use access::{GrantFacts, MasqueradeFacts, RevokeFacts};
pub use calendar::{CalendarFacts, CustomerFacts, OwnBookingFacts};
pub use customers::{CustomerScope, customer_scope};
pub use denied::Denied;
pub use people::{NewUserFacts, RoleChange, UserScope, user_scope};
pub use platform::{NewTenantFacts, TenantFacts, TenantScope, tenant_scope};

use crate::{
    actor::{Actor, Principal},
    ids::{GrantId, TenantId},
};
use rule::{Basis, Decision, Rule};
use serde::{Deserialize, Serialize};
use std::marker::PhantomData;

/// A right that can be asked for.
pub trait Right: Rule {
    /// The name in audit entries, in the table of paths and in the table of rights.
    const NAME: &'static str;
    /// Whether it is within reach while masquerading.
    const WHILE_MASQUERADING: bool;
}

/// Proof that [`authorize`] said yes to `R`. Cannot be made, copied or kept by anything else.
#[derive(Debug)]
#[must_use]
pub struct Permit<R: Right> {
    grant: Option<GrantId>,
    right: PhantomData<R>,
}

impl<R: Right> Permit<R> {
    /// The grant that the permit stands on, if the role alone would not do: it has to hold until the end of what is done,
    /// and its use is written down.
    pub fn grant(&self) -> Option<GrantId> {
        self.grant
    }
}

/// Asks whether `actor` has the right `R` in view of `facts`.
pub fn authorize<R: Right>(actor: &Actor, facts: &R::Facts) -> Result<Permit<R>, Denied> {
    let is_masquerading = actor.person().is_some_and(|person| person.masked.is_some());
    match R::decide(actor, facts) {
        // Also while masquerading nobody learns that foreign things exist.
        Err(Denied::OtherTenant) => Err(Denied::OtherTenant),
        _ if is_masquerading && !R::WHILE_MASQUERADING => Err(Denied::Masquerading),
        Err(denied) => Err(denied),
        Ok(Basis::Role) => Ok(Permit { grant: None, right: PhantomData }),
        Ok(Basis::Grant(grant)) => Ok(Permit { grant: Some(grant), right: PhantomData }),
    }
}

/// What a list is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// The platform and all tenants.
    Platform,
    /// One tenant.
    Tenant(TenantFacts),
}

/// A right without its type: for the check at start and for tables.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RightInfo {
    /// See [`Right::NAME`].
    pub name: &'static str,
    /// See [`Right::WHILE_MASQUERADING`].
    pub while_masquerading: bool,
}

/// Within reach while masquerading, too.
const OPEN: bool = true;

/// Out of reach while masquerading (product.md, section 3): passwords, e-mail, tokens, roles, grants, domains, export and
/// deletion; with them all that makes, shuts out or switches off people and tenants.
const BARRED: bool = false;

macro_rules! rights {
    ($($(#[$doc:meta])* $name:ident($facts:ty) = $text:literal, $reach:ident, $rule:expr;)+) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub enum $name {}
        impl Rule for $name {
            type Facts = $facts;
            fn decide(actor: &Actor, facts: &$facts) -> Decision { $rule(actor, facts) }
        }
        impl Right for $name {
            const NAME: &'static str = $text;
            const WHILE_MASQUERADING: bool = $reach;
        }
    )+
        /// All rights, in the order of the table.
        pub const RIGHTS: &[RightInfo] = &[
            $(RightInfo { name: $name::NAME, while_masquerading: $name::WHILE_MASQUERADING }),+
        ];
    };
}

rights! {
    /// See the public site and its free times.
    ViewSite(()) = "view_site", OPEN, rule::anyone;
    /// Book as a customer on the public site.
    BookOnline(()) = "book_online", OPEN, rule::anyone;

    /// See a tenant's calendar, all columns of it.
    ViewCalendar(TenantId) = "view_calendar", OPEN, calendar::view_calendar;
    /// Take away a list of appointments as a file.
    ExportAppointments(TenantId) = "export_appointments", BARRED, calendar::export_appointments;
    /// Move an appointment to another time or resource.
    MoveAppointment(CalendarFacts) = "move_appointment", OPEN, calendar::move_appointment;
    /// Book for a customer: at the desk, on the telephone.
    BookForCustomer(CalendarFacts) = "book_for_customer", OPEN, calendar::book_for_customer;
    /// Say yes or no to a request, call an appointment off, note that it took place or that nobody came.
    DecideAppointment(CalendarFacts) = "decide_appointment", OPEN, calendar::move_appointment;
    /// See, move or call off a booking of one's own: by its private link, or signed in as its customer.
    ManageOwnBooking(OwnBookingFacts) = "manage_own_booking", OPEN, calendar::manage_own_booking;
    /// See the own bookings and profile as a business's customer.
    ViewOwnArea(TenantId) = "view_own_area", OPEN, calendar::own_area;
    /// Change the own name and number.
    EditOwnProfile(TenantId) = "edit_own_profile", OPEN, calendar::own_area;
    /// Take away a copy of the own data.
    ExportOwnData(TenantId) = "export_own_data", BARRED, calendar::own_area;
    /// Have the own data deleted.
    DeleteOwnData(TenantId) = "delete_own_data", BARRED, calendar::own_area;
    /// Read a calendar as a feed, by its private address.
    ReadFeed(()) = "read_feed", OPEN, rule::anyone;
    /// Put in, change and take back time off.
    ManageTimeOff(CalendarFacts) = "manage_time_off", OPEN, calendar::own_calendar;
    /// Get, or renew, the private address of a calendar's feed.
    ManageFeed(CalendarFacts) = "manage_feed", BARRED, calendar::own_calendar;
    /// See a customer and what they booked.
    ViewCustomer(CustomerFacts) = "view_customer", OPEN, calendar::view_customer;
    /// See a list of customers: those of [`customer_scope`].
    ViewCustomers(TenantId) = "view_customers", OPEN, customers::view_customers;
    /// Change the team's notes on a customer.
    EditCustomerNotes(CustomerFacts) = "edit_customer_notes", OPEN, customers::edit_notes;
    /// Add customers, and change how they are called and reached.
    EditCustomers(TenantId) = "edit_customers", OPEN, business::lead;
    /// Take customers over from a file.
    ImportCustomers(TenantId) = "import_customers", OPEN, business::lead;
    /// Take a list of customers away as a file.
    ExportCustomers(TenantId) = "export_customers", BARRED, business::lead;
    /// Make one of two customers, which deletes the other.
    MergeCustomers(TenantId) = "merge_customers", BARRED, business::lead;
    /// Delete all that names a customer.
    AnonymiseCustomer(TenantId) = "anonymise_customer", BARRED, business::lead;

    /// See the platform's dashboard.
    ViewPlatform(()) = "view_platform", OPEN, platform::view_platform;
    /// See the list of tenants: those of [`tenant_scope`].
    ViewTenants(()) = "view_tenants", OPEN, platform::view_platform;
    /// See a tenant's facts.
    ViewTenant(TenantFacts) = "view_tenant", OPEN, platform::view_tenant;
    /// Make a tenant, with its first owner.
    CreateTenant(NewTenantFacts) = "create_tenant", BARRED, platform::create_tenant;
    /// Change a tenant's name, host label or term, from the dashboard.
    EditTenant(TenantFacts) = "edit_tenant", OPEN, platform::run_tenant;
    /// Switch a tenant off.
    SuspendTenant(TenantFacts) = "suspend_tenant", BARRED, platform::run_tenant;
    /// Switch a tenant on again.
    RestoreTenant(TenantFacts) = "restore_tenant", BARRED, platform::run_tenant;
    /// Close a tenant.
    CloseTenant(TenantFacts) = "close_tenant", BARRED, platform::own_tenant;
    /// Change what a tenant pays for.
    ChangeTier(TenantFacts) = "change_tier", BARRED, platform::own_tenant;
    /// See how many tenants are behind in migrations.
    ViewMigrations(()) = "view_migrations", OPEN, platform::view_migrations;

    /// See a list of users: of a tenant, or those of [`user_scope`].
    ViewUsers(Scope) = "view_users", OPEN, people::view_users;
    /// See a user.
    ViewUser(Principal) = "view_user", OPEN, people::view_user;
    /// Make a user, or invite one.
    CreateUser(NewUserFacts) = "create_user", BARRED, people::create_user;
    /// Give a user another role.
    ChangeRole(RoleChange) = "change_role", BARRED, people::change_role;
    /// Shut a user out.
    DeactivateUser(Principal) = "deactivate_user", BARRED, people::deactivate_user;
    /// Let a user in again.
    ReactivateUser(Principal) = "reactivate_user", BARRED, people::reactivate_user;
    /// Have a user sent a link to a new password.
    ResetAccess(Principal) = "reset_access", BARRED, people::reset_access;
    /// Change the own password.
    ChangeOwnPassword(()) = "change_own_password", BARRED, rule::anybody_signed_in;
    /// Change the own address.
    ChangeOwnEmail(()) = "change_own_email", BARRED, rule::anybody_signed_in;

    /// Be signed in on a tenant's host.
    EnterTenant(TenantId) = "enter_tenant", OPEN, access::enter_tenant;
    /// Act as somebody else. Also asked to show the button.
    Masquerade(MasqueradeFacts) = "masquerade", BARRED, access::masquerade;
    /// Be oneself again: always, for everybody, in whatever state the masquerade is.
    EndMasquerade(()) = "end_masquerade", OPEN, rule::anyone;
    /// See what was granted.
    ViewGrants(Scope) = "view_grants", BARRED, access::view_grants;
    /// Give somebody a right for a while.
    GrantPermission(GrantFacts) = "grant_permission", BARRED, access::grant_permission;
    /// Take it back.
    RevokeGrant(RevokeFacts) = "revoke_grant", BARRED, access::revoke_grant;

    /// See who did what.
    ViewAudit(Scope) = "view_audit", OPEN, audit::view_audit;
    /// Take the audit away as a file.
    ExportAudit(Scope) = "export_audit", BARRED, audit::export_audit;
    /// Have the chains of the audit checked.
    VerifyAudit(()) = "verify_audit", OPEN, audit::verify_audit;

    /// See a tenant's settings.
    ViewSettings(TenantId) = "view_settings", OPEN, business::lead;
    /// Change a tenant's settings.
    EditSettings(TenantId) = "edit_settings", OPEN, business::lead;
    /// Change what is sold: services, with what they need and their rules.
    EditServices(TenantId) = "edit_services", OPEN, business::lead;
    /// Change by whom and when: resources, their hours and other hours on dates.
    EditResources(TenantId) = "edit_resources", OPEN, business::lead;
    /// See how the business does: bookings, how busy everybody is, what is missed, what comes in.
    ViewReports(TenantId) = "view_reports", OPEN, business::lead;
    /// Take the figures of the reports away as a file.
    ExportReports(TenantId) = "export_reports", BARRED, business::lead;
    /// See, make and take back a tenant's tokens for programs.
    ManageTokens(TenantId) = "manage_tokens", BARRED, business::lead;
    /// See a tenant's plan, what it costs and its invoices.
    ViewBilling(TenantId) = "view_billing", OPEN, business::view_billing;
    /// See hosts that tenants claim, and how far they have come.
    ViewDomains(Scope) = "view_domains", BARRED, business::view_domains;
    /// Add, check and remove a tenant's hosts.
    ManageDomains(TenantId) = "manage_domains", BARRED, business::manage_domains;
    /// Take away a copy of all that a tenant has stored.
    ExportTenant(TenantId) = "export_tenant", BARRED, business::export_tenant;
}
