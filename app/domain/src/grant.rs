//! Rights for a while: what can be granted, by whom, to whom, and what a grant is worth at an instant. The rules come
//! from product.md, section 4.

use crate::{
    actor::{Person, Principal, Role},
    ids::{TenantId, UserId},
    text::{self, FieldProblem},
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

macro_rules! grant_actions {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $label:literal, $description:literal;)+) => {
        /// What can be granted: a closed list.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
        pub enum GrantAction {
            $($(#[$doc])* #[serde(rename = $text)] $name,)+
        }

        impl GrantAction {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The name in the database and on the wire.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text),+ }
            }

            /// The action as people call it.
            pub fn label(self) -> &'static str {
                match self { $(Self::$name => $label),+ }
            }

            /// What its holder can do then.
            pub fn description(self) -> &'static str {
                match self { $(Self::$name => $description),+ }
            }

            /// What to tell somebody who would need it.
            pub fn message(self) -> &'static str {
                match self {
                    $(Self::$name => concat!(
                        "This needs a grant for \"", $label,
                        "\". An owner of the business or a platform manager can give it to you for up to 30 minutes."
                    )),+
                }
            }
        }
    };
}

grant_actions! {
    /// Opens `view_billing`.
    ViewBilling = "view_billing", "See billing", "See the plan of the business, what it costs and its invoices.";
    /// Opens `view_calendar` and `move_appointment`.
    EditAppointments = "edit_appointments", "Edit appointments", "See all of the calendar, move appointments in it, confirm and cancel them.";
    /// Opens `view_customer` and `view_customers`.
    ViewCustomers = "view_customers", "See customers", "See all customers of the business and what they booked.";
    /// Opens `view_audit`.
    ViewAudit = "view_audit", "See the audit", "See who did what in the business.";
    /// Opens `view_domains` and `manage_domains`.
    ManageDomains = "manage_domains", "Manage domains", "See, add, check and remove domains of the business.";
    /// Opens `export_tenant`.
    ExportTenant = "export_tenant", "Export all data", "Take away a copy of all that the business has stored.";
}

impl GrantAction {
    /// Reads the name that [`Self::as_str`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|action| action.as_str() == text)
    }

    /// The roles that hold the right natively as far as granting goes: an owner in the own tenant, the others in any.
    ///
    /// A platform manager can grant what the role itself does not do, such as editing appointments: it takes two people.
    /// Whoever adds an action decides here who may hand it out.
    pub fn grantors(self) -> &'static [Role] {
        match self {
            Self::ViewBilling
            | Self::EditAppointments
            | Self::ViewCustomers
            | Self::ViewAudit
            | Self::ManageDomains
            | Self::ExportTenant => &[Role::Superuser, Role::PlatformManager, Role::TenantOwner],
        }
    }
}

/// For how many minutes a grant is good, 1 to 30.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Window(u16);

impl Window {
    /// No grant is good for longer, whoever gives it.
    pub const LONGEST: Self = Self(30);

    /// A window of so many minutes.
    pub fn of(minutes: u16) -> Result<Self, FieldProblem> {
        let is_one = (1..=Self::LONGEST.0).contains(&minutes);
        if is_one { Ok(Self(minutes)) } else { Err(FieldProblem::NotBetween(1, Self::LONGEST.0)) }
    }

    /// Reads a form's field; left empty, it means the default.
    pub fn parse(text: &str) -> Result<Self, FieldProblem> {
        match text.trim() {
            "" => Ok(Self::default()),
            // What is no number at all is as far out as zero.
            text => Self::of(text.parse().unwrap_or(0)),
        }
    }

    /// How many minutes.
    pub fn minutes(self) -> i32 {
        i32::from(self.0)
    }
}

impl Default for Window {
    fn default() -> Self {
        Self::LONGEST
    }
}

/// Why something is granted: one line, not empty, at most 500 characters.
pub fn parse_reason(text: &str) -> Result<String, FieldProblem> {
    text::reason(text, 1, 500)
}

/// Why a grant may not be made or revoked.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GrantDenied {
    /// Nothing is granted, or revoked, by somebody who acts as somebody else.
    Masquerading,
    /// The grantor's role does not hold the right, or not for this tenant. What was granted cannot be passed on.
    NotNative,
    /// Nobody grants anything to themselves.
    Oneself,
    /// The grantee's account is off.
    GranteeInactive,
    /// Customers hold no grants.
    GranteeCustomer,
    /// The grantee works for another tenant.
    GranteeElsewhere,
    /// Only the grantor, an owner of the tenant, a platform manager or a superuser revokes.
    NotRevoker,
}

impl GrantDenied {
    /// The cause in the audit and on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Masquerading => "masquerading",
            Self::NotNative => "not_native",
            Self::Oneself => "oneself",
            Self::GranteeInactive => "grantee_inactive",
            Self::GranteeCustomer => "grantee_customer",
            Self::GranteeElsewhere => "grantee_elsewhere",
            Self::NotRevoker => "not_revoker",
        }
    }

    /// What to tell the person.
    pub fn message(self) -> &'static str {
        match self {
            Self::Masquerading => "Grants are out of reach while you act as somebody else. Stop that first.",
            Self::NotNative => "Only an owner of the business, a platform manager or a superuser can grant this.",
            Self::Oneself => "Nobody can grant anything to themselves. Ask somebody else who may grant it.",
            Self::GranteeInactive => "This account is switched off.",
            Self::GranteeCustomer => "Customers cannot hold grants.",
            // Says nothing of whether there is such a person in another business.
            Self::GranteeElsewhere => "This is nobody of the business, nor of the platform.",
            Self::NotRevoker => {
                "Only who gave it, an owner of the business, a platform manager or a superuser can revoke it."
            }
        }
    }
}

/// Whether `grantor` may grant `action` in `tenant` to `grantee`. Only the grantor's role counts, never what was
/// granted to the grantor.
pub fn may_grant(
    grantor: &Person,
    grantee: &Principal,
    tenant: TenantId,
    action: GrantAction,
) -> Result<(), GrantDenied> {
    if grantor.masked.is_some() {
        return Err(GrantDenied::Masquerading);
    }
    if !may_still_grant(&grantor.principal(), tenant, action) {
        return Err(GrantDenied::NotNative);
    }
    if grantor.user == grantee.user {
        return Err(GrantDenied::Oneself);
    }
    // Before anything else is said of the grantee, who may be a stranger to the grantor.
    if !grantee.role.is_platform() && grantee.tenant != Some(tenant) {
        return Err(GrantDenied::GranteeElsewhere);
    }
    if !grantee.is_active {
        return Err(GrantDenied::GranteeInactive);
    }
    if grantee.role == Role::Customer {
        return Err(GrantDenied::GranteeCustomer);
    }
    Ok(())
}

/// Whether a grantor could grant the same today. If not, what was granted is worth nothing any more.
pub fn may_still_grant(grantor: &Principal, tenant: TenantId, action: GrantAction) -> bool {
    let reaches = grantor.role.is_platform() || grantor.tenant == Some(tenant);
    grantor.is_active && reaches && action.grantors().contains(&grantor.role)
}

/// Whether `person` may revoke what `grantor` granted in `tenant`.
pub fn may_revoke(person: &Person, grantor: UserId, tenant: TenantId) -> Result<(), GrantDenied> {
    if person.masked.is_some() {
        return Err(GrantDenied::Masquerading);
    }
    let may = match person.role {
        Role::Superuser | Role::PlatformManager => true,
        Role::TenantOwner if person.tenant == Some(tenant) => true,
        _ => person.user == grantor,
    };
    if may { Ok(()) } else { Err(GrantDenied::NotRevoker) }
}

/// What a grant is worth. Computed, never stored.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GrantState {
    /// It counts.
    Active,
    /// Its window is over, or its grantor could not give it any more.
    Expired,
    /// It was revoked before its end.
    Revoked,
}

impl GrantState {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Active, Self::Expired, Self::Revoked];

    /// The name in addresses and on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Expired => "expired",
            Self::Revoked => "revoked",
        }
    }

    /// Reads the name that [`Self::as_str`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// The state as people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Active => "Active",
            Self::Expired => "Expired",
            Self::Revoked => "Revoked",
        }
    }
}

/// From when to when a grant was given.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Term {
    /// Its first instant.
    pub starts_at: Timestamp,
    /// The first instant after it.
    pub ends_at: Timestamp,
    /// When it was revoked, if it was.
    pub revoked_at: Option<Timestamp>,
}

impl Term {
    /// What a grant is worth at `now`, the time of the database; `may_grantor_still` comes from [`may_still_grant`].
    /// Whatever its row says, it is over half an hour after it began.
    pub fn state(&self, now: Timestamp, may_grantor_still: bool) -> GrantState {
        let age = now.duration_since(self.starts_at);
        let longest = SignedDuration::from_mins(i64::from(Window::LONGEST.0));
        let is_on = !age.is_negative() && age < longest && now < self.ends_at;
        match self.revoked_at {
            Some(_) => GrantState::Revoked,
            None if is_on && may_grantor_still => GrantState::Active,
            None => GrantState::Expired,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actions_and_states_are_read_back_and_are_those_of_the_wire() {
        for action in GrantAction::ALL {
            assert_eq!(GrantAction::parse(action.as_str()), Some(*action));
            assert_eq!(serde_json::to_value(action).expect("json"), action.as_str());
            assert!(action.message().contains(action.label()));
        }
        for state in GrantState::ALL {
            assert_eq!(GrantState::parse(state.as_str()), Some(state));
        }
        assert_eq!(GrantAction::parse("VIEW_BILLING"), None);
    }

    #[test]
    fn windows() {
        assert_eq!(Window::parse("").map(Window::minutes), Ok(30));
        assert_eq!(Window::parse(" 1 ").map(Window::minutes), Ok(1));
        assert_eq!(Window::parse("30").map(Window::minutes), Ok(30));
        for bad in ["0", "31", "-1", "1.5", "half an hour", "99999999"] {
            assert_eq!(Window::parse(bad), Err(FieldProblem::NotBetween(1, 30)), "{bad}");
        }
        assert_eq!(Window::of(31), Err(FieldProblem::NotBetween(1, 30)));
    }

    #[test]
    fn a_term_is_half_open_and_no_longer_than_half_an_hour() {
        let at = |text: &str| text.parse::<Timestamp>().expect("an instant");
        let term = Term { starts_at: at("2027-01-01T10:00Z"), ends_at: at("2027-01-01T10:20Z"), revoked_at: None };
        for (now, state) in [
            ("2027-01-01T09:59:59.999999Z", GrantState::Expired),
            ("2027-01-01T10:00Z", GrantState::Active),
            ("2027-01-01T10:19:59.999999Z", GrantState::Active),
            ("2027-01-01T10:20Z", GrantState::Expired),
        ] {
            assert_eq!(term.state(at(now), true), state, "{now}");
            assert_eq!(term.state(at(now), false), GrantState::Expired, "{now}");
        }
        let endless = Term { ends_at: Timestamp::MAX, ..term };
        assert_eq!(endless.state(at("2027-01-01T10:29:59Z"), true), GrantState::Active);
        assert_eq!(endless.state(at("2027-01-01T10:30Z"), true), GrantState::Expired);
        let revoked = Term { revoked_at: Some(at("2027-01-01T10:05Z")), ..term };
        assert_eq!(revoked.state(at("2027-01-01T10:06Z"), true), GrantState::Revoked);
    }
}
