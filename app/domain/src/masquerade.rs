//! Acting as somebody else: who may, as whom, and when it is over. The rules come from product.md, section 3.
//!
//! Grants have no part in it, so no grant can widen it: nothing here takes one.

use crate::{
    actor::{Principal, Role},
    text::{self, FieldProblem},
};
use serde::{Deserialize, Serialize};

/// When a masquerade ends at the latest, in minutes after its begin.
pub const LONGEST_MINUTES: i32 = 30;

/// Why somebody acts as somebody else: one line of 3 to 500 characters.
pub fn parse_reason(text: &str) -> Result<String, FieldProblem> {
    text::reason(text, 3, 500)
}

/// Why somebody may not act as somebody else.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MasqueradeDenied {
    /// The hijacker's account is off.
    HijackerInactive,
    /// The hijacker acts as somebody already.
    AlreadyMasquerading,
    /// Nobody acts as themselves.
    Oneself,
    /// The subject's account is off.
    SubjectInactive,
    /// Only a superuser acts as a superuser.
    SubjectSuperuser,
    /// The subject is of the platform, and the hijacker's role reaches users of tenants only.
    SubjectOfPlatform,
    /// Sales act as users of demos only.
    NotTemporary,
    /// An owner acts as staff of the own tenant only.
    NotOwnStaff,
    /// The role acts as nobody at all.
    Role,
}

impl MasqueradeDenied {
    /// The cause in the audit and on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::HijackerInactive => "hijacker_inactive",
            Self::AlreadyMasquerading => "already_masquerading",
            Self::Oneself => "oneself",
            Self::SubjectInactive => "subject_inactive",
            Self::SubjectSuperuser => "subject_superuser",
            Self::SubjectOfPlatform => "subject_of_platform",
            Self::NotTemporary => "not_temporary",
            Self::NotOwnStaff => "not_own_staff",
            Self::Role => "role",
        }
    }

    /// What to tell the hijacker; also beside a button that is off.
    pub fn message(self) -> &'static str {
        match self {
            Self::HijackerInactive => "Your account is switched off.",
            Self::AlreadyMasquerading => "You act as somebody else already. Stop that first.",
            Self::Oneself => "This is you.",
            Self::SubjectInactive => "This account is switched off. Nobody can act as somebody who cannot sign in.",
            Self::SubjectSuperuser => "Only a superuser can act as a superuser.",
            Self::SubjectOfPlatform => "Your role lets you act as users of businesses, not of the platform.",
            Self::NotTemporary => "Sales can act as users of demo businesses only. Ask the support to look into it.",
            Self::NotOwnStaff => {
                "An owner can act as staff of the business only, not as owners, managers or customers."
            }
            Self::Role => "Your role does not let you act as somebody else.",
        }
    }
}

/// Whether `hijacker` may act as `subject`. Total: every pair of people has an answer.
///
/// The first thing that stands in the way is the answer, in the order in which a person would look: oneself first,
/// then the subject, then the table. Ask [`Principal::sees`] whether to give it at all.
pub fn may_masquerade(
    hijacker: &Principal,
    subject: &Principal,
    is_masquerading: bool,
) -> Result<(), MasqueradeDenied> {
    use MasqueradeDenied as Denied;
    if !hijacker.is_active {
        return Err(Denied::HijackerInactive);
    }
    if is_masquerading {
        return Err(Denied::AlreadyMasquerading);
    }
    if hijacker.user == subject.user {
        return Err(Denied::Oneself);
    }
    if !subject.is_active {
        return Err(Denied::SubjectInactive);
    }
    if subject.role == Role::Superuser && hijacker.role != Role::Superuser {
        return Err(Denied::SubjectSuperuser);
    }
    let is_same_tenant = hijacker.tenant.is_some() && hijacker.tenant == subject.tenant;
    match hijacker.role {
        Role::Superuser => Ok(()),
        Role::PlatformSupport | Role::PlatformSales if subject.role.is_platform() => Err(Denied::SubjectOfPlatform),
        Role::PlatformSupport => Ok(()),
        Role::PlatformSales if subject.is_temporary => Ok(()),
        Role::PlatformSales => Err(Denied::NotTemporary),
        Role::TenantOwner if is_same_tenant && subject.role == Role::TenantStaff => Ok(()),
        Role::TenantOwner => Err(Denied::NotOwnStaff),
        Role::PlatformManager | Role::TenantManager | Role::TenantStaff | Role::Customer => Err(Denied::Role),
    }
}

/// Why a masquerade is over.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MasqueradeEnd {
    /// Its time is up.
    Expired,
    /// The hijacker stopped it.
    Stopped,
    /// The hijacker's account is off.
    HijackerGone,
    /// The subject's account is off, or its sessions were ended.
    SubjectGone,
    /// The table does not allow it any more.
    RightLost,
    /// The hijacker's own session is over.
    SessionEnded,
}

impl MasqueradeEnd {
    /// All of them, in the order in which they are looked for.
    pub const ALL: [Self; 6] =
        [Self::Expired, Self::Stopped, Self::HijackerGone, Self::SubjectGone, Self::RightLost, Self::SessionEnded];

    /// The cause in the database and the audit.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Expired => "expired",
            Self::Stopped => "stopped",
            Self::HijackerGone => "hijacker_gone",
            Self::SubjectGone => "subject_gone",
            Self::RightLost => "right_lost",
            Self::SessionEnded => "session_ended",
        }
    }

    /// Reads the cause that [`Self::as_str`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|end| end.as_str() == text)
    }

    /// What to tell the hijacker.
    pub fn message(self) -> &'static str {
        match self {
            Self::Expired => "You are yourself again: the time for acting as somebody else is up.",
            Self::Stopped => "You are yourself again.",
            Self::HijackerGone => "You are yourself again: your account was switched off.",
            Self::SubjectGone => "You are yourself again: the account that you acted as was switched off or changed.",
            Self::RightLost => {
                "You are yourself again: your role or theirs was changed, and does not allow it any more."
            }
            Self::SessionEnded => "You are yourself again: your own session is over. Sign in anew.",
        }
    }
}

/// How a masquerade stands by the database, whose clock decides.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MasqueradeState {
    /// Whether its time is up.
    pub is_past: bool,
    /// Whether it was ended already.
    pub is_stopped: bool,
    /// Whether the hijacker's own session, in which it was begun, lives and is of the account as it is now.
    pub is_actor_session_alive: bool,
    /// Whether the subject's sessions of its begin would still be good: no new password, no other role.
    pub is_subject_unchanged: bool,
}

/// Whether a masquerade goes on; asked at every request, with both people as they are now.
pub fn still_valid(hijacker: &Principal, subject: &Principal, state: MasqueradeState) -> Result<(), MasqueradeEnd> {
    if state.is_past {
        return Err(MasqueradeEnd::Expired);
    }
    if state.is_stopped {
        return Err(MasqueradeEnd::Stopped);
    }
    if !hijacker.is_active {
        return Err(MasqueradeEnd::HijackerGone);
    }
    if !subject.is_active {
        return Err(MasqueradeEnd::SubjectGone);
    }
    // The hijacker's own session is none of a masquerade: depth is one.
    if may_masquerade(hijacker, subject, false).is_err() {
        return Err(MasqueradeEnd::RightLost);
    }
    if !state.is_actor_session_alive {
        return Err(MasqueradeEnd::SessionEnded);
    }
    if !state.is_subject_unchanged {
        return Err(MasqueradeEnd::SubjectGone);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{TenantId, UserId};
    use uuid::Uuid;

    const GOOD: MasqueradeState =
        MasqueradeState { is_past: false, is_stopped: false, is_actor_session_alive: true, is_subject_unchanged: true };

    fn login(user: u128, role: Role) -> Principal {
        let tenant = (!role.is_platform()).then_some(TenantId(Uuid::from_u128(1)));
        Principal { user: UserId(Uuid::from_u128(user)), role, tenant, is_temporary: false, is_active: true }
    }

    #[test]
    fn it_ends_at_once_for_a_reason_that_has_a_name() {
        let (owner, staff) = (login(1, Role::TenantOwner), login(2, Role::TenantStaff));
        assert_eq!(still_valid(&owner, &staff, GOOD), Ok(()));
        let off = |login: Principal| Principal { is_active: false, ..login };
        let cases = [
            (owner, staff, MasqueradeState { is_past: true, ..GOOD }, MasqueradeEnd::Expired),
            (owner, staff, MasqueradeState { is_stopped: true, ..GOOD }, MasqueradeEnd::Stopped),
            (off(owner), staff, GOOD, MasqueradeEnd::HijackerGone),
            (owner, off(staff), GOOD, MasqueradeEnd::SubjectGone),
            (login(1, Role::TenantManager), staff, GOOD, MasqueradeEnd::RightLost),
            (owner, login(2, Role::TenantManager), GOOD, MasqueradeEnd::RightLost),
            (owner, staff, MasqueradeState { is_actor_session_alive: false, ..GOOD }, MasqueradeEnd::SessionEnded),
            (owner, staff, MasqueradeState { is_subject_unchanged: false, ..GOOD }, MasqueradeEnd::SubjectGone),
        ];
        for (hijacker, subject, state, end) in cases {
            assert_eq!(still_valid(&hijacker, &subject, state), Err(end));
        }
    }

    #[test]
    fn causes_are_read_back() {
        for end in MasqueradeEnd::ALL {
            assert_eq!(MasqueradeEnd::parse(end.as_str()), Some(end));
        }
    }

    #[test]
    fn a_reason_is_three_characters_at_least() {
        assert_eq!(parse_reason("  no "), Err(FieldProblem::TooShort(3)));
        assert_eq!(parse_reason(" \n"), Err(FieldProblem::Missing));
        assert_eq!(parse_reason(" why\nnot "), Ok("why not".into()));
        assert!(parse_reason(&"x".repeat(500)).is_ok());
        assert_eq!(parse_reason(&"x".repeat(501)), Err(FieldProblem::TooLong(500)));
    }
}
