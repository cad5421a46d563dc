//! Why not.

use crate::{
    grant::{GrantAction, GrantDenied},
    masquerade::MasqueradeDenied,
};
use serde::{Deserialize, Serialize};

/// Why a right was refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Denied {
    /// Nobody is signed in.
    SignedOut,
    /// It belongs to another tenant or to the platform, so for this person it does not exist.
    OtherTenant,
    /// The role does not have this right; an owner or a manager of the tenant does.
    Role,
    /// Only an owner of the tenant has this right.
    OwnerOnly,
    /// Of the platform's people only managers and superusers have this right.
    ManagerOnly,
    /// Only superusers have this right.
    SuperuserOnly,
    /// Only people of the platform have this right.
    PlatformOnly,
    /// The right ends at the person's own calendar.
    NotOwnCalendar,
    /// Sales have this right for demos only.
    NotTemporary,
    /// Nobody has this right over themselves.
    Oneself,
    /// The role does not have this right, and no grant for this action is active.
    NoGrant(GrantAction),
    /// The grant that it stood on was over before it was done.
    GrantEnded,
    /// Out of reach while masquerading.
    Masquerading,
    /// This person cannot act as that one.
    NoMasquerade(MasqueradeDenied),
    /// This grant cannot be made or revoked by this person.
    GrantRefused(GrantDenied),
}

impl Denied {
    /// Whether the answer is that of a thing that does not exist (404), and not that it is forbidden (403).
    pub fn is_not_found(self) -> bool {
        self == Self::OtherTenant
    }

    /// The cause in the audit and on the wire.
    pub fn code(self) -> &'static str {
        match self {
            Self::SignedOut => "signed_out",
            Self::OtherTenant => "other_tenant",
            Self::Role => "role",
            Self::OwnerOnly => "owner_only",
            Self::ManagerOnly => "manager_only",
            Self::SuperuserOnly => "superuser_only",
            Self::PlatformOnly => "platform_only",
            Self::NotOwnCalendar => "not_own_calendar",
            Self::NotTemporary => "not_temporary",
            Self::Oneself => "oneself",
            Self::NoGrant(_) => "no_grant",
            Self::GrantEnded => "grant_ended",
            Self::Masquerading => "masquerading",
            Self::NoMasquerade(why) => why.as_str(),
            Self::GrantRefused(why) => why.as_str(),
        }
    }

    /// What is missing, and who can help.
    pub fn message(self) -> &'static str {
        match self {
            Self::SignedOut => "Sign in first.",
            Self::OtherTenant => "That is not here any more, or never was.",
            Self::Role => "Your role does not allow this. Ask an owner or a manager of the business.",
            Self::OwnerOnly => "Only an owner of the business can do this. Ask one.",
            Self::ManagerOnly => "Only platform managers and superusers can do this. Ask one of them.",
            Self::SuperuserOnly => "Only a superuser can do this. Ask one.",
            Self::PlatformOnly => "Only the platform's own people can do this. Write to the support.",
            Self::NotOwnCalendar => "You can move appointments in your own calendar only. Ask a manager.",
            Self::NotTemporary => "Sales can do this for demo businesses only. Ask a platform manager.",
            Self::Oneself => "Nobody can do this to themselves. Ask somebody else of your rank.",
            Self::NoGrant(action) => action.message(),
            Self::GrantEnded => "The grant ended before this was done. Nothing was changed; ask for a new one.",
            Self::Masquerading => "This is out of reach while you act as somebody else. Stop that first.",
            Self::NoMasquerade(why) => why.message(),
            Self::GrantRefused(why) => why.message(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_crosses_the_wire_with_its_cause() {
        let read_back = |denied: Denied| {
            let text = serde_json::to_string(&denied).expect("json");
            (serde_json::from_str::<Denied>(&text).expect("the same"), text)
        };
        for (denied, text) in [
            (Denied::NotOwnCalendar, r#""not_own_calendar""#),
            (Denied::NoGrant(GrantAction::ViewBilling), r#"{"no_grant":"view_billing"}"#),
            (Denied::NoMasquerade(MasqueradeDenied::NotOwnStaff), r#"{"no_masquerade":"not_own_staff"}"#),
            (Denied::GrantRefused(GrantDenied::Oneself), r#"{"grant_refused":"oneself"}"#),
        ] {
            assert_eq!(read_back(denied), (denied, text.to_owned()));
        }
    }
}
