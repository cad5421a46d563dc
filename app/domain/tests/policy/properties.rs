//! What has to be true of all people and all facts.

use crate::{
    people::{held, masked, person, tenant, user},
    questions::{About, Answer, Facts, QUESTIONS, Question, ask},
};
use domain::{
    actor::{Actor, Person, Principal, Role},
    grant::{GrantAction, GrantState, Term, Window, may_grant, may_still_grant},
    ids::TenantId,
    policy::*,
};
use jiff::{SignedDuration, Timestamp};
use proptest::{collection::vec, option, prelude::*, sample::select, test_runner::FileFailurePersistence};

/// More cases than usual, since each is quick; the environment's number goes first.
fn config() -> ProptestConfig {
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { ProptestConfig::default().cases } else { 4096 };
    ProptestConfig {
        cases,
        failure_persistence: Some(Box::new(FileFailurePersistence::WithSource("regressions"))),
        ..ProptestConfig::default()
    }
}

fn role() -> impl Strategy<Value = Role> {
    select(Role::ALL.to_vec())
}

/// Three tenants, so that foreign ones are common.
fn some_tenant() -> impl Strategy<Value = TenantId> {
    (1_u128..=3).prop_map(tenant)
}

fn action() -> impl Strategy<Value = GrantAction> {
    select(GrantAction::ALL.to_vec())
}

/// Somebody with any grants, for whatever tenants, acted as or not.
fn somebody() -> impl Strategy<Value = Person> {
    somebody_of(Role::ALL.to_vec())
}

/// The same, of a tenant.
fn somebody_of_tenant() -> impl Strategy<Value = Person> {
    somebody_of(Role::ALL.into_iter().filter(|role| !role.is_platform()).collect())
}

fn somebody_of(roles: Vec<Role>) -> impl Strategy<Value = Person> {
    let grants = vec((some_tenant(), action()), 0..8);
    (1_u128..=4, select(roles), some_tenant(), any::<bool>(), grants, option::of(role())).prop_map(
        |(id, role, tenant, is_temporary, grants, hijacker)| {
            let person = Person { is_temporary, grants: held(grants), ..person(user(id), role, tenant) };
            match hijacker {
                Some(hijacker) => masked(person, hijacker),
                None => person,
            }
        },
    )
}

/// Somebody else's login, or the same one; now and then with a role and a tenant that do not go together.
fn subject() -> impl Strategy<Value = Principal> {
    let odd = prop_oneof![9 => Just(false), 1 => Just(true)];
    (1_u128..=4, role(), some_tenant(), any::<bool>(), any::<bool>(), odd).prop_map(
        |(id, role, tenant, is_temporary, is_active, is_odd)| {
            let tenant = (role.is_platform() == is_odd).then_some(tenant);
            Principal { user: user(id), role, tenant, is_temporary, is_active }
        },
    )
}

fn facts() -> impl Strategy<Value = Facts> {
    let tenant = (some_tenant(), any::<bool>()).prop_map(|(id, is_temporary)| TenantFacts { id, is_temporary });
    let owners = vec(option::of((1_u128..=4).prop_map(user)), 0..3);
    (tenant, any::<bool>(), owners, any::<bool>(), subject(), role(), action()).prop_map(
        |(tenant, is_of_platform, owners, is_of_own_appointment, subject, to, action)| Facts {
            tenant,
            is_of_platform,
            owners,
            is_of_own_appointment,
            subject,
            to,
            action,
        },
    )
}

fn answer(question: &Question, person: &Person, facts: &Facts) -> Answer {
    (question.ask)(&Actor::Person(person.clone()), facts)
}

/// What a grant opens, by product.md, section 4: the rights of its name.
fn opens(action: GrantAction) -> &'static [&'static str] {
    match action {
        GrantAction::ViewBilling => &["view_billing"],
        GrantAction::EditAppointments => {
            &["view_calendar", "move_appointment", "book_for_customer", "decide_appointment"]
        }
        GrantAction::ViewCustomers => &["view_customer", "view_customers"],
        GrantAction::ViewAudit => &["view_audit"],
        GrantAction::ManageDomains => &["view_domains", "manage_domains"],
        GrantAction::ExportTenant => &["export_tenant"],
    }
}

/// Who is above whom: of the same level, and where the product compares the two.
const RANKS: &[(Role, Role)] = &[
    (Role::Superuser, Role::PlatformManager),
    (Role::Superuser, Role::PlatformSales),
    (Role::Superuser, Role::PlatformSupport),
    (Role::Superuser, Role::TenantOwner),
    (Role::PlatformManager, Role::PlatformSales),
    (Role::PlatformManager, Role::PlatformSupport),
    (Role::TenantOwner, Role::TenantManager),
    (Role::TenantManager, Role::TenantStaff),
    (Role::TenantStaff, Role::Customer),
];

/// What a lower role has and a higher one has not, on purpose: a platform manager acts as nobody (product.md, section 3).
fn is_exception(higher: Role, question: &Question) -> bool {
    higher == Role::PlatformManager && question.name == "masquerade"
}

proptest! {
    #![proptest_config(config())]

    /// Whatever the roles and the grants.
    #[test]
    fn nothing_on_the_deny_list_is_reached_while_masquerading(
        somebody in somebody(), hijacker in role(), facts in facts(),
    ) {
        let masked = masked(somebody, hijacker);
        for question in QUESTIONS.iter().filter(|question| !question.while_masquerading) {
            let answer = answer(question, &masked, &facts);
            let is_out_of_reach = matches!(answer, Err(Denied::Masquerading | Denied::OtherTenant));
            prop_assert!(is_out_of_reach, "{} {:?}", question.name, answer);
        }
    }

    /// What is within reach is what the subject could do, without any grant: neither side's can be used.
    #[test]
    fn while_masquerading_it_is_the_subject_who_may(somebody in somebody(), hijacker in role(), facts in facts()) {
        let subject = Person { masked: None, grants: vec![], ..somebody.clone() };
        let masked = masked(somebody, hijacker);
        for question in QUESTIONS.iter().filter(|question| question.while_masquerading) {
            let (as_subject, as_masked) = (answer(question, &subject, &facts), answer(question, &masked, &facts));
            prop_assert_eq!(as_masked.is_ok(), as_subject.is_ok(), "{}", question.name);
            prop_assert!(!matches!(as_masked, Ok(Some(_))), "{}", question.name);
        }
    }

    /// One tenant's things never reach another's people, and to them do not exist.
    #[test]
    fn foreign_things_do_not_exist(somebody in somebody_of_tenant(), facts in facts()) {
        for question in QUESTIONS {
            let is_foreign = match question.about {
                About::Tenant if question.name == "create_user" && facts.to.is_platform() => false,
                About::Tenant => somebody.tenant != Some(facts.tenant.id),
                About::Scope => !facts.is_of_platform && somebody.tenant != Some(facts.tenant.id),
                About::Subject => facts.subject.role.is_platform() || somebody.tenant != facts.subject.tenant,
                About::Nothing | About::Platform => false,
            };
            if is_foreign {
                prop_assert_eq!(answer(question, &somebody, &facts), Err(Denied::OtherTenant), "{}", question.name);
            }
        }
    }

    /// Whatever a tenant's person holds, and whoever sits there.
    #[test]
    fn no_tenant_role_reaches_the_platform(somebody in somebody_of_tenant(), facts in facts()) {
        let of_platform_alone = ["edit_tenant", "suspend_tenant", "restore_tenant"];
        for question in QUESTIONS {
            let is_of_platform = match question.about {
                About::Platform => true,
                About::Scope => facts.is_of_platform,
                About::Subject => facts.subject.role.is_platform(),
                About::Tenant if question.name == "create_user" => facts.to.is_platform(),
                About::Tenant => of_platform_alone.contains(&question.name),
                About::Nothing => false,
            };
            prop_assert!(!is_of_platform || answer(question, &somebody, &facts).is_err(), "{}", question.name);
        }
        let is_raised = facts.to.is_platform();
        let raised = ask::<ChangeRole>(
            &Actor::Person(somebody.clone()),
            &RoleChange { subject: facts.subject, to: facts.to },
        );
        prop_assert!(!is_raised || raised.is_err());
        prop_assert_eq!(tenant_scope(&Actor::Person(somebody)), TenantScope::None);
    }

    /// A grant opens the rights of its action, in its tenant; all else is as it was. The permit says on which it stands.
    #[test]
    fn a_grant_opens_what_it_names_and_nothing_else(somebody in somebody(), facts in facts()) {
        let bare = Person { grants: vec![], ..somebody.clone() };
        let may_hold = somebody.masked.is_none() && somebody.role != Role::Customer
            && (somebody.role.is_platform() || somebody.tenant == Some(facts.tenant.id));
        let here: Vec<_> = somebody.grants.iter().filter(|held| may_hold && held.tenant == facts.tenant.id).collect();
        for question in QUESTIONS {
            let (without, with) = (answer(question, &bare, &facts), answer(question, &somebody, &facts));
            let is_of_tenant = match question.about {
                About::Tenant => true,
                About::Scope => !facts.is_of_platform,
                About::Nothing | About::Platform | About::Subject => false,
            };
            let opening = here.iter().find(|held| {
                is_of_tenant && (question.name == "enter_tenant" || opens(held.action).contains(&question.name))
            });
            match (without, opening) {
                (Err(_), Some(held)) => {
                    let stands_on = with.ok().flatten();
                    let named = here.iter().find(|held| Some(held.grant) == stands_on).map(|held| held.action);
                    let is_any_good = question.name == "enter_tenant" && named.is_some();
                    prop_assert!(is_any_good || named == Some(held.action), "{}", question.name);
                }
                (without, _) => prop_assert_eq!(with, without, "{}", question.name),
            }
        }
    }

    /// No grant widens the table of masquerades, nor who may grant and revoke.
    #[test]
    fn grants_are_not_passed_on_and_open_no_masquerade(somebody in somebody(), facts in facts()) {
        let bare = Person { grants: vec![], ..somebody.clone() };
        for name in ["masquerade", "grant_permission", "revoke_grant", "change_role", "create_user", "manage_tokens"] {
            for question in QUESTIONS.iter().filter(|question| question.name == name) {
                prop_assert_eq!(answer(question, &somebody, &facts), answer(question, &bare, &facts), "{}", name);
            }
        }
    }

    /// Who is given a lower role gains nothing by it.
    #[test]
    fn nobody_gains_by_demotion(somebody in somebody(), facts in facts(), rank in select(RANKS.to_vec())) {
        let (higher, lower) = rank;
        let home = somebody.tenant.unwrap_or(tenant(1));
        let of = |role: Role| Person { role, tenant: (!role.is_platform()).then_some(home), ..somebody.clone() };
        // What a customer has as a customer, nobody else has: it is about oneself.
        let own = ["manage_own_booking", "view_own_area", "edit_own_profile", "export_own_data", "delete_own_data"];
        for question in QUESTIONS.iter().filter(|q| !is_exception(higher, q) && !own.contains(&q.name)) {
            let (above, below) = (answer(question, &of(higher), &facts), answer(question, &of(lower), &facts));
            prop_assert!(above.is_ok() || below.is_err(), "{}: {:?}, but {:?}", question.name, above, below);
        }
    }

    /// A visitor reaches the public site, and the way out.
    #[test]
    fn a_visitor_reaches_what_is_public(facts in facts()) {
        for question in QUESTIONS {
            let is_public = ["view_site", "book_online", "end_masquerade", "read_feed"].contains(&question.name);
            let expected = if is_public { Ok(None) } else { Err(Denied::SignedOut) };
            prop_assert_eq!((question.ask)(&Actor::Visitor, &facts), expected, "{}", question.name);
        }
    }

    /// What a list shows is what may be seen one by one.
    #[test]
    fn lists_show_what_may_be_seen(somebody in somebody(), facts in facts()) {
        let actor = Actor::Person(somebody.clone());
        let sees_user = ask::<ViewUser>(&actor, &facts.subject).is_ok();
        // A tenant role without a tenant cannot be stored, and is in nobody's list of a tenant.
        if facts.subject.role.is_platform() || facts.subject.tenant.is_some() {
            prop_assert_eq!(user_scope(&actor).includes(&facts.subject), sees_user);
        }
        let customer = CustomerFacts { tenant: facts.tenant.id, is_of_own_appointment: facts.is_of_own_appointment };
        let is_listed = match customer_scope(&actor, facts.tenant.id) {
            CustomerScope::All => true,
            CustomerScope::OfCalendar(user) => user == somebody.user && facts.is_of_own_appointment,
            CustomerScope::None => false,
        };
        prop_assert_eq!(is_listed, ask::<ViewCustomer>(&actor, &customer).is_ok());
        if somebody.role.is_platform() {
            let listed = match tenant_scope(&actor) {
                TenantScope::All => true,
                TenantScope::Temporary => facts.tenant.is_temporary,
                TenantScope::None => false,
            };
            prop_assert_eq!(listed, ask::<ViewTenant>(&actor, &facts.tenant).is_ok());
        }
    }

    /// Nobody changes the own role, shuts themselves out, acts as themselves or grants themselves anything.
    #[test]
    fn nobody_does_it_to_themselves(somebody in somebody(), facts in facts()) {
        let subject = somebody.principal();
        let facts = Facts { subject, ..facts };
        for name in ["change_role", "deactivate_user", "masquerade", "grant_permission"] {
            for question in QUESTIONS.iter().filter(|question| question.name == name) {
                prop_assert!(answer(question, &somebody, &facts).is_err(), "{}", name);
            }
        }
    }

    /// Whoever can change a person's role can neither take it from a higher rank nor give one: not above the own.
    #[test]
    fn nobody_is_changed_by_or_raised_above_a_lower_rank(somebody in somebody(), facts in facts()) {
        let change = RoleChange { subject: facts.subject, to: facts.to };
        if ask::<ChangeRole>(&Actor::Person(somebody.clone()), &change).is_ok() {
            let place = |role: Role| Role::ALL.iter().position(|r| *r == role);
            prop_assert!(place(somebody.role) <= place(change.subject.role), "{:?} {:?}", somebody.role, change);
            prop_assert!(place(somebody.role) <= place(change.to), "{:?} {:?}", somebody.role, change);
        }
    }

    /// An active grant is inside of its window, not revoked, and its grantor could give it today.
    #[test]
    fn no_grant_outlives_its_window_its_revocation_or_its_grantor(
        minutes in 1_u16..=30, start in 0_i64..10_000, now in -100_i64..20_000, revoked in option::of(0_i64..20_000),
        overlong in any::<bool>(), grantor in subject(), place in some_tenant(), action in action(),
    ) {
        let at = |second: i64| Timestamp::UNIX_EPOCH + SignedDuration::from_secs(second);
        let window = Window::of(minutes).expect("a window");
        let length = if overlong { 1_000_000 } else { i64::from(window.minutes()) * 60 };
        let term = Term { starts_at: at(start), ends_at: at(start + length), revoked_at: revoked.map(at) };
        let may_grantor_still = may_still_grant(&grantor, place, action);
        let is_active = term.state(at(now), may_grantor_still) == GrantState::Active;
        let last = start + if overlong { 1800 } else { length };
        prop_assert_eq!(is_active, (start..last).contains(&now) && revoked.is_none() && may_grantor_still);
        if is_active {
            prop_assert!(grantor.is_active);
            let is_native = match grantor.role {
                Role::Superuser | Role::PlatformManager => true,
                Role::TenantOwner => grantor.tenant == Some(place),
                _ => false,
            };
            prop_assert!(is_native);
        }
    }

    /// What may be granted now, may still be granted now: nothing is dead when it is made.
    #[test]
    fn what_is_made_is_alive(somebody in somebody(), facts in facts()) {
        if may_grant(&somebody, &facts.subject, facts.tenant.id, facts.action).is_ok() {
            prop_assert!(may_still_grant(&somebody.principal(), facts.tenant.id, facts.action));
            prop_assert!(somebody.masked.is_none() && somebody.user != facts.subject.user);
            // And its holder can use it.
            let Principal { user, role, tenant, .. } = facts.subject;
            let grants = held([(facts.tenant.id, facts.action)]);
            let grantee = Person { grants, ..Person::new(user, "", "", role, tenant) };
            prop_assert!(grantee.held(facts.tenant.id, facts.action).is_some());
        }
    }
}
