//! Every right that there is, with the facts that it asks for.

use domain::{
    actor::{Actor, Principal, Role},
    grant::GrantAction,
    ids::{GrantId, UserId},
    policy::*,
};

/// All that any right depends on.
#[derive(Clone, Debug)]
pub struct Facts {
    pub tenant: TenantFacts,
    /// Lists are of the platform instead of the tenant.
    pub is_of_platform: bool,
    pub owners: Vec<Option<UserId>>,
    pub is_of_own_appointment: bool,
    /// Who is seen, changed, acted as, granted something; and whose grant is revoked.
    pub subject: Principal,
    /// The role to be, of a new user or of the subject.
    pub to: Role,
    pub action: GrantAction,
}

impl Facts {
    fn scope(&self) -> Scope {
        if self.is_of_platform { Scope::Platform } else { Scope::Tenant(self.tenant) }
    }
}

/// Yes, and on which grant; or no, and why.
pub type Answer = Result<Option<GrantId>, Denied>;

/// What is asked about all facts at once.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum About {
    /// Nobody's things.
    Nothing,
    /// The platform's.
    Platform,
    /// The tenant's.
    Tenant,
    /// The platform's or the tenant's, as [`Facts::is_of_platform`] says.
    Scope,
    /// The subject's.
    Subject,
}

/// A right that can be asked for without knowing which.
#[derive(Clone, Copy)]
pub struct Question {
    pub name: &'static str,
    pub while_masquerading: bool,
    pub about: About,
    pub ask: fn(&Actor, &Facts) -> Answer,
}

/// Asks for one right.
pub fn ask<R: Right>(actor: &Actor, facts: &R::Facts) -> Answer {
    authorize::<R>(actor, facts).map(|permit| permit.grant())
}

macro_rules! questions {
    ($($right:ident, $about:ident, |$facts:ident| $make:expr;)+) => {
        pub const QUESTIONS: &[Question] = &[$(Question {
            name: $right::NAME,
            while_masquerading: $right::WHILE_MASQUERADING,
            about: About::$about,
            ask: |actor, $facts| ask::<$right>(actor, &$make),
        }),+];
    };
}

questions! {
    ViewSite, Nothing, |_facts| ();
    BookOnline, Nothing, |_facts| ();
    ViewCalendar, Tenant, |facts| facts.tenant.id;
    ExportAppointments, Tenant, |facts| facts.tenant.id;
    MoveAppointment, Tenant, |facts| CalendarFacts { tenant: facts.tenant.id, owners: facts.owners.clone() };
    BookForCustomer, Tenant, |facts| CalendarFacts { tenant: facts.tenant.id, owners: facts.owners.clone() };
    DecideAppointment, Tenant, |facts| CalendarFacts { tenant: facts.tenant.id, owners: facts.owners.clone() };
    ManageOwnBooking, Tenant, |facts| {
        OwnBookingFacts { tenant: facts.tenant.id, has_link: false, customer: facts.owners.first().copied().flatten() }
    };
    ViewOwnArea, Tenant, |facts| facts.tenant.id;
    EditOwnProfile, Tenant, |facts| facts.tenant.id;
    ExportOwnData, Tenant, |facts| facts.tenant.id;
    DeleteOwnData, Tenant, |facts| facts.tenant.id;
    ReadFeed, Nothing, |_facts| ();
    ManageTimeOff, Tenant, |facts| CalendarFacts { tenant: facts.tenant.id, owners: facts.owners.clone() };
    ManageFeed, Tenant, |facts| CalendarFacts { tenant: facts.tenant.id, owners: facts.owners.clone() };
    ViewCustomer, Tenant, |facts| {
        CustomerFacts { tenant: facts.tenant.id, is_of_own_appointment: facts.is_of_own_appointment }
    };
    ViewCustomers, Tenant, |facts| facts.tenant.id;
    EditCustomerNotes, Tenant, |facts| {
        CustomerFacts { tenant: facts.tenant.id, is_of_own_appointment: facts.is_of_own_appointment }
    };
    EditCustomers, Tenant, |facts| facts.tenant.id;
    ImportCustomers, Tenant, |facts| facts.tenant.id;
    ExportCustomers, Tenant, |facts| facts.tenant.id;
    MergeCustomers, Tenant, |facts| facts.tenant.id;
    AnonymiseCustomer, Tenant, |facts| facts.tenant.id;
    ViewPlatform, Platform, |_facts| ();
    ViewTenants, Platform, |_facts| ();
    ViewTenant, Tenant, |facts| facts.tenant;
    CreateTenant, Platform, |facts| NewTenantFacts { is_temporary: facts.tenant.is_temporary };
    EditTenant, Tenant, |facts| facts.tenant;
    SuspendTenant, Tenant, |facts| facts.tenant;
    RestoreTenant, Tenant, |facts| facts.tenant;
    CloseTenant, Tenant, |facts| facts.tenant;
    ChangeTier, Tenant, |facts| facts.tenant;
    ViewMigrations, Platform, |_facts| ();
    ViewUsers, Scope, |facts| facts.scope();
    ViewUser, Subject, |facts| facts.subject;
    CreateUser, Tenant, |facts| {
        NewUserFacts { role: facts.to, tenant: (!facts.to.is_platform()).then_some(facts.tenant) }
    };
    ChangeRole, Subject, |facts| RoleChange { subject: facts.subject, to: facts.to };
    DeactivateUser, Subject, |facts| facts.subject;
    ReactivateUser, Subject, |facts| facts.subject;
    ResetAccess, Subject, |facts| facts.subject;
    ChangeOwnPassword, Nothing, |_facts| ();
    ChangeOwnEmail, Nothing, |_facts| ();
    EnterTenant, Tenant, |facts| facts.tenant.id;
    Masquerade, Subject, |facts| MasqueradeFacts { subject: facts.subject };
    EndMasquerade, Nothing, |_facts| ();
    ViewGrants, Scope, |facts| facts.scope();
    GrantPermission, Tenant, |facts| {
        GrantFacts { tenant: facts.tenant.id, grantee: facts.subject, action: facts.action }
    };
    RevokeGrant, Tenant, |facts| RevokeFacts { tenant: facts.tenant.id, grantor: facts.subject.user };
    ViewAudit, Scope, |facts| facts.scope();
    ExportAudit, Scope, |facts| facts.scope();
    VerifyAudit, Platform, |_facts| ();
    ViewSettings, Tenant, |facts| facts.tenant.id;
    EditSettings, Tenant, |facts| facts.tenant.id;
    EditServices, Tenant, |facts| facts.tenant.id;
    EditResources, Tenant, |facts| facts.tenant.id;
    ViewReports, Tenant, |facts| facts.tenant.id;
    ExportReports, Tenant, |facts| facts.tenant.id;
    ManageTokens, Tenant, |facts| facts.tenant.id;
    ViewBilling, Tenant, |facts| facts.tenant.id;
    ViewDomains, Scope, |facts| facts.scope();
    ManageDomains, Tenant, |facts| facts.tenant.id;
    ExportTenant, Tenant, |facts| facts.tenant.id;
}

#[test]
fn every_right_is_asked_for() {
    let asked: Vec<_> = QUESTIONS.iter().map(|q| q.name).collect();
    let there: Vec<_> = RIGHTS.iter().map(|right| right.name).collect();
    assert_eq!(asked, there);
}
