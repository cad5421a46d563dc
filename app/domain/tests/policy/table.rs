//! The table of rights, as a file that a person can read; a change of rights is a visible diff.

use crate::{
    assert_file,
    people::{DEMO, ME, OTHER, OWN, YOU, login, person, rows},
    questions::{Answer, ask},
};
use domain::{
    actor::{Actor, Principal, Role},
    grant::GrantAction,
    ids::{TenantId, UserId},
    policy::*,
};
use std::collections::BTreeSet;

/// A column: the right, the case, and what is asked.
type Column = (&'static str, &'static str, Box<dyn Fn(&Actor) -> String>);

fn cell(answer: Answer) -> String {
    match answer {
        Ok(None) => "yes".into(),
        Ok(Some(_)) => "by grant".into(),
        Err(denied) => denied.code().into(),
    }
}

fn column<R: Right>(case: &'static str, facts: R::Facts) -> Column
where
    R::Facts: 'static,
{
    (R::NAME, case, Box::new(move |actor| cell(ask::<R>(actor, &facts))))
}

/// A column whose facts are about the actor.
fn own_column<R: Right>(case: &'static str, facts: fn(Principal) -> R::Facts) -> Column
where
    R::Facts: 'static,
{
    let asked = move |actor: &Actor| {
        let me = actor.person().map_or(login(ME, Role::Customer, OWN), |person| person.principal());
        cell(ask::<R>(actor, &facts(me)))
    };
    (R::NAME, case, Box::new(asked))
}

/// One room's rights: two lines of heads, a line a person. Columns are as wide as they have to be.
fn table(title: &str, columns: Vec<Column>, seen: &mut BTreeSet<&'static str>) -> String {
    seen.extend(columns.iter().map(|(right, _, _)| *right));
    let mut lines = vec![vec![String::new()], vec![String::new()]];
    lines.extend(rows().into_iter().map(|(name, _)| vec![name]));
    let mut last = "";
    for (right, case, asked) in columns {
        lines[0].push(if right == last { "…".into() } else { right.into() });
        lines[1].push(case.into());
        for (line, (_, actor)) in lines[2..].iter_mut().zip(rows()) {
            line.push(asked(&actor));
        }
        last = right;
    }
    let width = |at: usize| lines.iter().map(|line| line[at].chars().count()).max().unwrap_or(0);
    let widths: Vec<_> = (0..lines[0].len()).map(width).collect();
    let drawn = lines.iter().map(|line| {
        let cells = line.iter().zip(&widths).map(|(text, width)| format!("{text:<width$}"));
        cells.collect::<Vec<_>>().join(" | ").trim_end().to_owned()
    });
    format!("{title}\n{}\n", drawn.collect::<Vec<_>>().join("\n"))
}

fn moved(tenant: TenantId, owner: UserId) -> CalendarFacts {
    CalendarFacts { tenant, owners: vec![Some(owner)] }
}

fn customer(is_of_own_appointment: bool) -> CustomerFacts {
    CustomerFacts { tenant: OWN.id, is_of_own_appointment }
}

fn scope_word(scope: CustomerScope) -> &'static str {
    match scope {
        CustomerScope::All => "all",
        CustomerScope::OfCalendar(_) => "own calendar's",
        CustomerScope::None => "none",
    }
}

fn new(role: Role, tenant: TenantFacts) -> NewUserFacts {
    NewUserFacts { role, tenant: (!role.is_platform()).then_some(tenant) }
}

fn change(from: Role, to: Role) -> RoleChange {
    RoleChange { subject: login(YOU, from, OWN), to }
}

fn booking(tenant: TenantId, has_link: bool, customer: Option<UserId>) -> OwnBookingFacts {
    OwnBookingFacts { tenant, has_link, customer }
}

fn granted(tenant: TenantId, grantee: Principal) -> GrantFacts {
    GrantFacts { tenant, grantee, action: GrantAction::ViewBilling }
}

#[test]
fn table_of_rights() {
    let mut seen = BTreeSet::new();
    let seen = &mut seen;
    let scope = Scope::Tenant;
    let staff = login(YOU, Role::TenantStaff, OWN);
    let manager = login(YOU, Role::TenantManager, OWN);
    let owner = login(YOU, Role::TenantOwner, OWN);
    let client = login(YOU, Role::Customer, OWN);
    let foreign = login(YOU, Role::TenantStaff, OTHER);
    let demo = login(YOU, Role::TenantOwner, DEMO);
    let support = login(YOU, Role::PlatformSupport, OWN);
    let superuser = login(YOU, Role::Superuser, OWN);
    let masquerade = |subject| MasqueradeFacts { subject };
    let revoke = |tenant, grantor| RevokeFacts { tenant, grantor };

    let tables = [
        table(
            "The public site, and people about themselves",
            vec![
                column::<ViewSite>("", ()),
                column::<BookOnline>("", ()),
                column::<ChangeOwnPassword>("", ()),
                column::<ChangeOwnEmail>("", ()),
                column::<EndMasquerade>("", ()),
                column::<EnterTenant>("own", OWN.id),
                column::<EnterTenant>("other's", OTHER.id),
            ],
            seen,
        ),
        table(
            "Calendar",
            vec![
                column::<ViewCalendar>("own tenant", OWN.id),
                column::<ViewCalendar>("other's", OTHER.id),
                column::<ExportAppointments>("own tenant", OWN.id),
                column::<ExportAppointments>("other's", OTHER.id),
                column::<MoveAppointment>("own", moved(OWN.id, ME)),
                column::<MoveAppointment>("another's", moved(OWN.id, YOU)),
                column::<MoveAppointment>("other tenant's", moved(OTHER.id, ME)),
            ],
            seen,
        ),
        table(
            "Calendar, booked, decided and kept",
            vec![
                column::<BookForCustomer>("own", moved(OWN.id, ME)),
                column::<BookForCustomer>("another's", moved(OWN.id, YOU)),
                column::<BookForCustomer>("other tenant's", moved(OTHER.id, ME)),
                column::<DecideAppointment>("own", moved(OWN.id, ME)),
                column::<DecideAppointment>("another's", moved(OWN.id, YOU)),
                column::<DecideAppointment>("other tenant's", moved(OTHER.id, ME)),
                column::<ManageTimeOff>("own", moved(OWN.id, ME)),
                column::<ManageTimeOff>("another's", moved(OWN.id, YOU)),
                column::<ManageTimeOff>("other tenant's", moved(OTHER.id, ME)),
            ],
            seen,
        ),
        table(
            "Feeds of a calendar",
            vec![
                column::<ReadFeed>("", ()),
                column::<ManageFeed>("own", moved(OWN.id, ME)),
                column::<ManageFeed>("another's", moved(OWN.id, YOU)),
                column::<ManageFeed>("other tenant's", moved(OTHER.id, ME)),
            ],
            seen,
        ),
        table(
            "A booking, as its customer",
            vec![
                column::<ManageOwnBooking>("by its link", booking(OWN.id, true, None)),
                column::<ManageOwnBooking>("own", booking(OWN.id, false, Some(ME))),
                column::<ManageOwnBooking>("another's", booking(OWN.id, false, Some(YOU))),
                column::<ManageOwnBooking>("nobody's", booking(OWN.id, false, None)),
                column::<ManageOwnBooking>("in other tenant", booking(OTHER.id, false, Some(ME))),
            ],
            seen,
        ),
        table(
            "A customer's own area",
            vec![
                column::<ViewOwnArea>("own tenant", OWN.id),
                column::<ViewOwnArea>("other's", OTHER.id),
                column::<EditOwnProfile>("own tenant", OWN.id),
                column::<ExportOwnData>("own tenant", OWN.id),
                column::<DeleteOwnData>("own tenant", OWN.id),
                column::<DeleteOwnData>("other's", OTHER.id),
            ],
            seen,
        ),
        table(
            "Customers",
            vec![
                column::<ViewCustomer>("of own appointment", customer(true)),
                column::<ViewCustomer>("another's", customer(false)),
                column::<ViewCustomer>("other tenant's", CustomerFacts { tenant: OTHER.id, ..customer(true) }),
                column::<ViewCustomers>("own tenant", OWN.id),
                column::<ViewCustomers>("other's", OTHER.id),
                ("customer_scope", "", Box::new(|actor| scope_word(customer_scope(actor, OWN.id)).into())),
            ],
            seen,
        ),
        table(
            "Customers, kept",
            vec![
                column::<EditCustomerNotes>("of own appointment", customer(true)),
                column::<EditCustomerNotes>("another's", customer(false)),
                column::<EditCustomerNotes>("other tenant's", CustomerFacts { tenant: OTHER.id, ..customer(true) }),
                column::<EditCustomers>("own tenant", OWN.id),
                column::<EditCustomers>("other's", OTHER.id),
                column::<ImportCustomers>("own tenant", OWN.id),
                column::<ImportCustomers>("other's", OTHER.id),
            ],
            seen,
        ),
        table(
            "Customers, taken away and deleted",
            vec![
                column::<ExportCustomers>("own tenant", OWN.id),
                column::<ExportCustomers>("other's", OTHER.id),
                column::<MergeCustomers>("own tenant", OWN.id),
                column::<MergeCustomers>("other's", OTHER.id),
                column::<AnonymiseCustomer>("own tenant", OWN.id),
                column::<AnonymiseCustomer>("other's", OTHER.id),
            ],
            seen,
        ),
        table(
            "Dashboard",
            vec![
                column::<ViewPlatform>("", ()),
                column::<ViewTenants>("", ()),
                ("tenant_scope", "", Box::new(|actor| format!("{:?}", tenant_scope(actor)))),
                column::<ViewMigrations>("", ()),
                column::<CreateTenant>("real", NewTenantFacts { is_temporary: false }),
                column::<CreateTenant>("demo", NewTenantFacts { is_temporary: true }),
            ],
            seen,
        ),
        table(
            "Tenants, seen and edited",
            vec![
                column::<ViewTenant>("own", OWN),
                column::<ViewTenant>("other's", OTHER),
                column::<ViewTenant>("a demo", DEMO),
                column::<EditTenant>("own", OWN),
                column::<EditTenant>("other's", OTHER),
                column::<EditTenant>("a demo", DEMO),
            ],
            seen,
        ),
        table(
            "Tenants, switched off and on",
            vec![
                column::<SuspendTenant>("own", OWN),
                column::<SuspendTenant>("other's", OTHER),
                column::<RestoreTenant>("own", OWN),
                column::<RestoreTenant>("other's", OTHER),
                column::<RestoreTenant>("a demo", DEMO),
            ],
            seen,
        ),
        table(
            "Tenants, what owners decide",
            vec![
                column::<CloseTenant>("own", OWN),
                column::<CloseTenant>("other's", OTHER),
                column::<CloseTenant>("a demo", DEMO),
                column::<ChangeTier>("own", OWN),
                column::<ChangeTier>("other's", OTHER),
            ],
            seen,
        ),
        table(
            "Users, in lists",
            vec![
                column::<ViewUsers>("platform", Scope::Platform),
                column::<ViewUsers>("own tenant", scope(OWN)),
                column::<ViewUsers>("other's", scope(OTHER)),
                column::<ViewUsers>("a demo's", scope(DEMO)),
                (
                    "user_scope",
                    "",
                    Box::new(|actor| format!("{:?}", user_scope(actor)).replace(&format!("{:?}", OWN.id), "own")),
                ),
            ],
            seen,
        ),
        table(
            "Users, one by one",
            vec![
                column::<ViewUser>("superuser", superuser),
                column::<ViewUser>("support", support),
                column::<ViewUser>("own owner", owner),
                column::<ViewUser>("own staff", staff),
                column::<ViewUser>("other's staff", foreign),
                column::<ViewUser>("demo's owner", demo),
            ],
            seen,
        ),
        table(
            "Users, made",
            vec![
                column::<CreateUser>("superuser", new(Role::Superuser, OWN)),
                column::<CreateUser>("support", new(Role::PlatformSupport, OWN)),
                column::<CreateUser>("own owner", new(Role::TenantOwner, OWN)),
                column::<CreateUser>("own manager", new(Role::TenantManager, OWN)),
                column::<CreateUser>("own staff", new(Role::TenantStaff, OWN)),
                column::<CreateUser>("other's staff", new(Role::TenantStaff, OTHER)),
                column::<CreateUser>("demo's owner", new(Role::TenantOwner, DEMO)),
            ],
            seen,
        ),
        table(
            "Users, given another role",
            vec![
                own_column::<ChangeRole>("oneself", |me| RoleChange { subject: me, to: Role::TenantStaff }),
                column::<ChangeRole>("staff to manager", change(Role::TenantStaff, Role::TenantManager)),
                column::<ChangeRole>("staff to owner", change(Role::TenantStaff, Role::TenantOwner)),
                column::<ChangeRole>("owner to staff", change(Role::TenantOwner, Role::TenantStaff)),
                column::<ChangeRole>("staff to superuser", change(Role::TenantStaff, Role::Superuser)),
            ],
            seen,
        ),
        table(
            "Users, given another role, elsewhere",
            vec![
                column::<ChangeRole>(
                    "other's staff to manager",
                    RoleChange { subject: foreign, to: Role::TenantManager },
                ),
                column::<ChangeRole>("demo's owner to staff", RoleChange { subject: demo, to: Role::TenantStaff }),
                column::<ChangeRole>("support to sales", RoleChange { subject: support, to: Role::PlatformSales }),
            ],
            seen,
        ),
        table(
            "Users, shut out",
            vec![
                own_column::<DeactivateUser>("oneself", |me| me),
                column::<DeactivateUser>("support", support),
                column::<DeactivateUser>("own owner", owner),
                column::<DeactivateUser>("own staff", staff),
                column::<DeactivateUser>("other's staff", foreign),
                column::<DeactivateUser>("demo's owner", demo),
            ],
            seen,
        ),
        table(
            "Users, let in again",
            vec![
                column::<ReactivateUser>("support", support),
                column::<ReactivateUser>("own owner", owner),
                column::<ReactivateUser>("own staff", staff),
                column::<ReactivateUser>("other's staff", foreign),
                column::<ReactivateUser>("demo's owner", demo),
            ],
            seen,
        ),
        table(
            "Users, sent a link to a new password",
            vec![
                column::<ResetAccess>("support", support),
                column::<ResetAccess>("own owner", owner),
                column::<ResetAccess>("own staff", staff),
                column::<ResetAccess>("other's staff", foreign),
                column::<ResetAccess>("demo's owner", demo),
            ],
            seen,
        ),
        table(
            "Masquerading; the whole table of pairs is another file",
            vec![
                column::<Masquerade>("own staff", masquerade(staff)),
                column::<Masquerade>("own manager", masquerade(manager)),
                column::<Masquerade>("other's staff", masquerade(foreign)),
                column::<Masquerade>("demo's owner", masquerade(demo)),
                column::<Masquerade>("support", masquerade(support)),
                column::<Masquerade>("superuser", masquerade(superuser)),
            ],
            seen,
        ),
        table(
            "Grants, seen and revoked",
            vec![
                column::<ViewGrants>("platform", Scope::Platform),
                column::<ViewGrants>("own tenant's", scope(OWN)),
                column::<ViewGrants>("other's", scope(OTHER)),
                column::<RevokeGrant>("own tenant's", revoke(OWN.id, YOU)),
                column::<RevokeGrant>("…given by oneself", revoke(OWN.id, ME)),
                column::<RevokeGrant>("other's", revoke(OTHER.id, YOU)),
            ],
            seen,
        ),
        table(
            "Grants, made",
            vec![
                column::<GrantPermission>("to support", granted(OWN.id, support)),
                column::<GrantPermission>("own staff", granted(OWN.id, staff)),
                own_column::<GrantPermission>("oneself", |me| granted(OWN.id, me)),
                column::<GrantPermission>("customer", granted(OWN.id, client)),
                column::<GrantPermission>("other's staff", granted(OWN.id, foreign)),
                column::<GrantPermission>("in other's", granted(OTHER.id, support)),
            ],
            seen,
        ),
        table(
            "Audit",
            vec![
                column::<ViewAudit>("platform", Scope::Platform),
                column::<ViewAudit>("own tenant's", scope(OWN)),
                column::<ViewAudit>("other's", scope(OTHER)),
                column::<ExportAudit>("platform", Scope::Platform),
                column::<ExportAudit>("own tenant's", scope(OWN)),
                column::<ExportAudit>("other's", scope(OTHER)),
                column::<VerifyAudit>("", ()),
            ],
            seen,
        ),
        table(
            "Settings and tokens",
            vec![
                column::<ViewSettings>("own", OWN.id),
                column::<ViewSettings>("other's", OTHER.id),
                column::<EditSettings>("own", OWN.id),
                column::<EditSettings>("other's", OTHER.id),
                column::<ManageTokens>("own", OWN.id),
                column::<ManageTokens>("other's", OTHER.id),
            ],
            seen,
        ),
        table(
            "What is sold, by whom and when",
            vec![
                column::<EditServices>("own", OWN.id),
                column::<EditServices>("other's", OTHER.id),
                column::<EditResources>("own", OWN.id),
                column::<EditResources>("other's", OTHER.id),
            ],
            seen,
        ),
        table(
            "Reports",
            vec![
                column::<ViewReports>("own", OWN.id),
                column::<ViewReports>("other's", OTHER.id),
                column::<ExportReports>("own", OWN.id),
                column::<ExportReports>("other's", OTHER.id),
            ],
            seen,
        ),
        table(
            "Domains",
            vec![
                column::<ViewDomains>("platform", Scope::Platform),
                column::<ViewDomains>("own", scope(OWN)),
                column::<ViewDomains>("other's", scope(OTHER)),
                column::<ManageDomains>("own", OWN.id),
                column::<ManageDomains>("other's", OTHER.id),
            ],
            seen,
        ),
        table(
            "Billing and export",
            vec![
                column::<ViewBilling>("own", OWN.id),
                column::<ViewBilling>("other's", OTHER.id),
                column::<ExportTenant>("own", OWN.id),
                column::<ExportTenant>("other's", OTHER.id),
            ],
            seen,
        ),
    ];
    assert_file("table_of_rights", &tables.join("\n"));
    let missing: Vec<_> = RIGHTS.iter().filter(|right| !seen.contains(right.name)).collect();
    assert!(missing.is_empty(), "rights that stand in no table: {missing:?}");
}

/// What product.md, section 3, puts out of reach, and nothing that it does not.
#[test]
fn out_of_reach_while_masquerading() {
    let names = |open: bool| {
        let some = RIGHTS.iter().filter(move |right| right.while_masquerading == open);
        some.map(|right| right.name).collect::<Vec<_>>().join("\n")
    };
    let text = format!("out of reach:\n\n{}\n\nwithin reach:\n\n{}", names(false), names(true));
    assert_file("out_of_reach_while_masquerading", &text);
}

#[test]
fn a_move_needs_both_calendars_and_a_room_is_nobodys_own() {
    let staff = Actor::Person(person(ME, Role::TenantStaff, OWN.id));
    let answer = |owners| ask::<MoveAppointment>(&staff, &CalendarFacts { tenant: OWN.id, owners });
    assert_eq!(answer(vec![Some(ME), Some(ME)]), Ok(None));
    assert_eq!(answer(vec![Some(ME), Some(YOU)]), Err(Denied::NotOwnCalendar));
    assert_eq!(answer(vec![Some(ME), None]), Err(Denied::NotOwnCalendar));
}
