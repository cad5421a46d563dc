//! Who may act as whom: all 512 pairs against product.md, section 3.

use crate::{
    assert_file,
    people::{DEMO, ME, OTHER, OWN, YOU, login, user},
};
use domain::{
    actor::{Principal, Role},
    masquerade::{MasqueradeDenied, may_masquerade},
    policy::TenantFacts,
};

/// A pair of people, as the table has it.
#[derive(Clone, Copy, Debug)]
struct Cell {
    hijacker: Role,
    subject: Role,
    is_same_tenant: bool,
    is_temporary: bool,
    is_active: bool,
}

impl Cell {
    fn all() -> Vec<Self> {
        let mut all = Vec::new();
        for hijacker in Role::ALL {
            for subject in Role::ALL {
                for bits in 0..8 {
                    let [is_same_tenant, is_temporary, is_active] = [1, 2, 4].map(|bit| bits & bit != 0);
                    all.push(Self { hijacker, subject, is_same_tenant, is_temporary, is_active });
                }
            }
        }
        all
    }

    fn people(self) -> (Principal, Principal) {
        let tenant = if self.is_same_tenant { OWN } else { OTHER };
        let subject = login(YOU, self.subject, TenantFacts { is_temporary: self.is_temporary, ..tenant });
        let subject = Principal { is_temporary: self.is_temporary, is_active: self.is_active, ..subject };
        (login(ME, self.hijacker, OWN), subject)
    }

    fn answer(self) -> Result<(), MasqueradeDenied> {
        let (hijacker, subject) = self.people();
        may_masquerade(&hijacker, &subject, false)
    }
}

/// A line of the table in product.md, by the names of the roles.
struct Line {
    hijacker: &'static str,
    may_act_as: &'static [&'static str],
    when: fn(Cell) -> bool,
}

/// The table, a line a line. All others may act as no one.
const TABLE: [Line; 4] = [
    Line { hijacker: "SUPERUSER", may_act_as: &EVERY_ROLE, when: |_| true },
    Line { hijacker: "PLATFORM_SUPPORT", may_act_as: &TENANT_ROLES, when: |_| true },
    Line { hijacker: "PLATFORM_SALES", may_act_as: &TENANT_ROLES, when: |cell| cell.is_temporary },
    Line { hijacker: "TENANT_OWNER", may_act_as: &["TENANT_STAFF"], when: |cell| cell.is_same_tenant },
];

const TENANT_ROLES: [&str; 4] = ["TENANT_OWNER", "TENANT_MANAGER", "TENANT_STAFF", "CUSTOMER"];

const EVERY_ROLE: [&str; 8] = [
    "SUPERUSER",
    "PLATFORM_MANAGER",
    "PLATFORM_SALES",
    "PLATFORM_SUPPORT",
    "TENANT_OWNER",
    "TENANT_MANAGER",
    "TENANT_STAFF",
    "CUSTOMER",
];

/// What the table says, and the sentence below it: never an inactive user.
fn oracle(cell: Cell) -> bool {
    let [hijacker, subject] = [cell.hijacker, cell.subject].map(Role::as_str);
    let allows = |line: &Line| line.hijacker == hijacker && line.may_act_as.contains(&subject) && (line.when)(cell);
    cell.is_active && TABLE.iter().any(allows)
}

#[test]
fn all_pairs_are_as_the_product_says() {
    let cells = Cell::all();
    assert_eq!(cells.len(), 512);
    for cell in cells {
        assert_eq!(cell.answer().is_ok(), oracle(cell), "{cell:?} {:?}", cell.answer());
    }
}

/// A letter for each of: same tenant, same tenant's demo, other tenant, other tenant's demo.
#[test]
fn table_of_pairs() {
    let mut lines = vec![
        "Of each four: same tenant, same and temporary, other tenant, other and temporary; Y may, . may not.".into(),
        "Nobody may act as an inactive user.".into(),
        String::new(),
        format!("{:<16} as {}", "", Role::ALL.map(|role| format!("{:<16}", role.as_str())).join(" ").trim_end()),
    ];
    for hijacker in Role::ALL {
        let cells = Role::ALL.map(|subject| {
            let letters = [(true, false), (true, true), (false, false), (false, true)];
            let letter = |(is_same_tenant, is_temporary)| {
                let cell = Cell { hijacker, subject, is_same_tenant, is_temporary, is_active: true };
                if cell.answer().is_ok() { 'Y' } else { '.' }
            };
            format!("{:<16}", letters.map(letter).iter().collect::<String>())
        });
        lines.push(format!("{:<16}    {}", hijacker.as_str(), cells.join(" ").trim_end()));
    }
    assert_file("table_of_pairs", &lines.join("\n"));
}

/// What stands in the way is named in one order, whatever else does.
#[test]
fn the_first_thing_in_the_way_is_the_answer() {
    use MasqueradeDenied as Denied;
    let owner = login(ME, Role::TenantOwner, OWN);
    let off = |login: Principal| Principal { is_active: false, ..login };
    let superuser = login(YOU, Role::Superuser, OWN);
    for (hijacker, subject, is_masquerading, why) in [
        (off(owner), off(owner), true, Denied::HijackerInactive),
        (owner, off(owner), true, Denied::AlreadyMasquerading),
        (owner, off(owner), false, Denied::Oneself),
        (owner, off(superuser), false, Denied::SubjectInactive),
        (owner, superuser, false, Denied::SubjectSuperuser),
        (login(ME, Role::PlatformSupport, OWN), login(YOU, Role::PlatformSales, OWN), false, Denied::SubjectOfPlatform),
        (login(ME, Role::PlatformSales, OWN), login(YOU, Role::PlatformSupport, OWN), false, Denied::SubjectOfPlatform),
        (login(ME, Role::PlatformSales, OWN), login(YOU, Role::TenantStaff, OWN), false, Denied::NotTemporary),
        (owner, login(YOU, Role::TenantStaff, OTHER), false, Denied::NotOwnStaff),
        (owner, login(YOU, Role::TenantManager, OWN), false, Denied::NotOwnStaff),
        (login(ME, Role::PlatformManager, OWN), login(YOU, Role::TenantStaff, OWN), false, Denied::Role),
    ] {
        assert_eq!(may_masquerade(&hijacker, &subject, is_masquerading), Err(why), "{hijacker:?} {subject:?}");
    }
}

/// Nobody as themselves, nobody while acting as somebody, nobody whose account is off: whatever the pair.
#[test]
fn never_oneself_never_a_chain_never_by_the_inactive() {
    for cell in Cell::all() {
        let (hijacker, subject) = cell.people();
        let oneself = Principal { user: hijacker.user, ..subject };
        assert!(may_masquerade(&hijacker, &oneself, false).is_err(), "{cell:?}");
        assert!(may_masquerade(&hijacker, &subject, true).is_err(), "{cell:?}");
        assert!(may_masquerade(&Principal { is_active: false, ..hijacker }, &subject, false).is_err(), "{cell:?}");
    }
}

/// A tenant's people see their own tenant; the platform's see everybody. What is unseen is a 404.
#[test]
fn who_sees_whom() {
    let owner = login(ME, Role::TenantOwner, OWN);
    for role in Role::ALL {
        let [same, other] = [OWN, OTHER].map(|tenant| login(YOU, role, tenant));
        assert_eq!(owner.sees(&same), !role.is_platform(), "{role:?}");
        assert!(!owner.sees(&other), "{role:?}");
        for platform in Role::ALL.into_iter().filter(|role| role.is_platform()) {
            assert!(login(user(20), platform, DEMO).sees(&other), "{platform:?} {role:?}");
        }
    }
    let nowhere = Principal { tenant: None, ..owner };
    assert!(
        !nowhere.sees(&Principal { tenant: None, ..login(YOU, Role::TenantStaff, OWN) }),
        "no tenant is none in common"
    );
}
