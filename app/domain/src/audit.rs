//! What a write says of itself. No transaction that writes can be committed without one.

use crate::{
    actor::Actor,
    ids::{MasqueradeId, TenantId, UserId},
};
use serde::{Deserialize, Serialize};

/// One line of the audit, as the room that writes knows it; time, address and request are added where it is stored.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AuditEntry {
    /// What was done: a word of the closed list below.
    pub action: AuditAction,
    /// Who did it; `None` for a visitor or the system. While masquerading the one who really sits there.
    pub actor: Option<UserId>,
    /// Who was acted as, or whom it was done to.
    pub subject: Option<UserId>,
    /// In which masquerade.
    pub masquerade: Option<MasqueradeId>,
    /// The tenant it concerns, where the platform writes it; a tenant's own transaction writes to its own stream anyway.
    pub tenant: Option<TenantId>,
    /// What it was done to, such as `appointment/<id>`.
    pub target: String,
    /// What changed, in a form fit to show; never a secret.
    pub detail: String,
    /// Why, in the words of who did it.
    pub reason: Option<String>,
    /// Why, as a code: of a refusal, of an end.
    pub cause: Option<String>,
}

impl AuditEntry {
    /// What `actor` did to `target`.
    ///
    /// While masquerading it is the hijacker who did it, and the subject is who was acted as: who writes this cannot get
    /// it wrong, since the two are never at hand separately.
    pub fn by(actor: &Actor, action: AuditAction, target: impl Into<String>) -> Self {
        let person = actor.person();
        let masked = person.and_then(|person| person.masked.as_ref());
        Self {
            action,
            actor: person.map(|person| person.answerable()),
            subject: person.filter(|_| masked.is_some()).map(|person| person.user),
            masquerade: masked.map(|masked| masked.masquerade),
            tenant: None,
            target: target.into(),
            detail: String::new(),
            reason: None,
            cause: None,
        }
    }

    /// Whom it was done to. Takes the place of who was acted as, whom [`Self::masquerade`] still names.
    #[must_use]
    pub fn subject(mut self, subject: UserId) -> Self {
        self.subject = Some(subject);
        self
    }

    /// The tenant it concerns, if it does one.
    #[must_use]
    pub fn tenant(mut self, tenant: impl Into<Option<TenantId>>) -> Self {
        self.tenant = tenant.into();
        self
    }

    /// What changed.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }

    /// Why, in words.
    #[must_use]
    pub fn reason(mut self, reason: impl Into<String>) -> Self {
        self.reason = Some(reason.into());
        self
    }

    /// Why, as a code.
    #[must_use]
    pub fn cause(mut self, cause: impl Into<String>) -> Self {
        self.cause = Some(cause.into());
        self
    }
}

/// A file that shows part of the audit, a line an event.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuditLog {
    /// `logs/masquerade.log`: every attempt to act as somebody else, and every end.
    Masquerade,
    /// `logs/security.log`: who came in, and what was changed about people, rights and tenants.
    Security,
}

impl AuditLog {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Masquerade, Self::Security];

    /// The name in the database, and of the file without its ending.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Masquerade => "masquerade",
            Self::Security => "security",
        }
    }
}

macro_rules! audit_actions {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $label:literal, $log:expr;)+) => {
        /// The closed list of audited actions.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
        pub enum AuditAction {
            $($(#[$doc])* #[serde(rename = $text)] $name,)+
        }

        impl AuditAction {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The word in the database and on the wire.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text),+ }
            }

            /// The action as people call it.
            pub fn label(self) -> &'static str {
                match self { $(Self::$name => $label),+ }
            }

            /// The file that shows it, if one does.
            pub fn log(self) -> Option<AuditLog> {
                match self { $(Self::$name => $log),+ }
            }
        }
    };
}

const MASQUERADE: Option<AuditLog> = Some(AuditLog::Masquerade);
const SECURITY: Option<AuditLog> = Some(AuditLog::Security);

audit_actions! {
    /// An appointment was booked.
    AppointmentBooked = "APPOINTMENT_BOOKED", "Appointment booked", None;
    /// An appointment was given another time or resource.
    AppointmentMoved = "APPOINTMENT_MOVED", "Appointment moved", None;
    /// An appointment was asked for; the business has yet to say yes.
    AppointmentRequested = "APPOINTMENT_REQUESTED", "Appointment requested", None;
    /// The business said yes to a request.
    AppointmentConfirmed = "APPOINTMENT_CONFIRMED", "Request confirmed", None;
    /// The business said no to a request.
    AppointmentDeclined = "APPOINTMENT_DECLINED", "Request declined", None;
    /// An appointment was called off.
    AppointmentCancelled = "APPOINTMENT_CANCELLED", "Appointment cancelled", None;
    /// An appointment took place.
    AppointmentCompleted = "APPOINTMENT_COMPLETED", "Appointment completed", None;
    /// The customer of an appointment did not come.
    AppointmentMissed = "APPOINTMENT_MISSED", "Customer did not come", None;
    /// Somebody took a list of appointments away as a file.
    AppointmentsExported = "APPOINTMENTS_EXPORTED", "Appointments exported", SECURITY;
    /// A time was kept for somebody who fills in the form.
    TimeHeld = "TIME_HELD", "Time kept for a form", None;

    /// Somebody signed in.
    Login = "LOGIN", "Signed in", SECURITY;
    /// A sign-in was refused.
    LoginFailed = "LOGIN_FAILED", "Sign-in refused", SECURITY;
    /// A sign-in was not even looked at, after too many that were refused.
    LoginLimited = "LOGIN_LIMITED", "Sign-in held back", SECURITY;
    /// Somebody signed out.
    Logout = "LOGOUT", "Signed out", SECURITY;
    /// Somebody signed in by a button of development.
    DevQuickLogin = "DEV_QUICK_LOGIN", "Signed in by quick login", SECURITY;

    /// Somebody began to act as somebody else.
    HijackStart = "HIJACK_START", "Masquerade begun", MASQUERADE;
    /// It was stopped, or ended before its time.
    HijackEnd = "HIJACK_END", "Masquerade ended", MASQUERADE;
    /// An attempt was refused.
    HijackDenied = "HIJACK_DENIED", "Masquerade refused", MASQUERADE;
    /// Its time was up.
    HijackExpired = "HIJACK_EXPIRED", "Masquerade expired", MASQUERADE;

    /// A right was given for a while.
    GrantCreated = "GRANT_CREATED", "Grant given", SECURITY;
    /// It was taken back before its end.
    GrantRevoked = "GRANT_REVOKED", "Grant revoked", SECURITY;
    /// Something was done that only a grant allowed.
    GrantUsed = "GRANT_USED", "Grant used", SECURITY;
    /// A grant was refused.
    GrantDenied = "GRANT_DENIED", "Grant refused", SECURITY;

    /// A login was made.
    UserCreated = "USER_CREATED", "User created", SECURITY;
    /// A login was sent a link to begin with.
    UserInvited = "USER_INVITED", "User invited", SECURITY;
    /// An invitation was taken.
    UserJoined = "USER_JOINED", "Invitation taken", SECURITY;
    /// A person was given another role.
    RoleChanged = "ROLE_CHANGED", "Role changed", SECURITY;
    /// A login was switched off.
    UserDeactivated = "USER_DEACTIVATED", "User deactivated", SECURITY;
    /// A login was switched on again.
    UserReactivated = "USER_REACTIVATED", "User reactivated", SECURITY;
    /// Somebody else had a person sent a link to a new password.
    AccessReset = "ACCESS_RESET", "Access reset", SECURITY;
    /// A person asked for a link to a new password.
    PasswordResetAsked = "PASSWORD_RESET_ASKED", "New password asked for", SECURITY;
    /// A person has another password.
    PasswordChanged = "PASSWORD_CHANGED", "Password changed", SECURITY;
    /// Somebody asked for a link that signs in.
    LoginLinkAsked = "LOGIN_LINK_ASKED", "Sign-in link asked for", SECURITY;
    /// Such a link was used.
    LoginLinkUsed = "LOGIN_LINK_USED", "Sign-in link used", SECURITY;
    /// Somebody asked for a login as a customer; the address is not proven yet.
    SignUpAsked = "SIGN_UP_ASKED", "Sign-up asked for", SECURITY;
    /// A customer proved an address, and has a login.
    CustomerJoined = "CUSTOMER_JOINED", "Customer signed up", SECURITY;
    /// What a customer had booked was put together with the login.
    CustomerLinked = "CUSTOMER_LINKED", "Bookings joined to a login", None;
    /// The team added a customer.
    CustomerAdded = "CUSTOMER_ADDED", "Customer added", None;
    /// The team changed a customer's name, address or number.
    CustomerChanged = "CUSTOMER_CHANGED", "Customer changed", None;
    /// The team's notes on a customer were changed.
    CustomerNoted = "CUSTOMER_NOTED", "Notes on a customer changed", None;
    /// Two customers became one.
    CustomersMerged = "CUSTOMERS_MERGED", "Customers merged", SECURITY;
    /// The team had a customer's data deleted.
    CustomerAnonymised = "CUSTOMER_ANONYMISED", "Customer anonymised", SECURITY;
    /// Customers were taken over from a file.
    CustomersImported = "CUSTOMERS_IMPORTED", "Customers imported", SECURITY;
    /// A list of customers was taken away as a file.
    CustomersExported = "CUSTOMERS_EXPORTED", "Customers exported", SECURITY;
    /// A customer changed the own name or number.
    ProfileChanged = "PROFILE_CHANGED", "Own profile changed", None;
    /// A customer took a copy of the own data.
    OwnDataExported = "OWN_DATA_EXPORTED", "Own data exported", SECURITY;
    /// A customer had the own data deleted.
    OwnDataDeleted = "OWN_DATA_DELETED", "Own data deleted", SECURITY;
    /// A person asked to sign in with another address, which is not proven yet.
    EmailChangeAsked = "EMAIL_CHANGE_ASKED", "Change of e-mail asked for", SECURITY;
    /// A person has another address.
    EmailChanged = "EMAIL_CHANGED", "E-mail changed", SECURITY;

    /// A tenant was made.
    TenantCreated = "TENANT_CREATED", "Business created", SECURITY;
    /// A tenant got its first services and people.
    TenantSeeded = "TENANT_SEEDED", "Business filled with examples", SECURITY;
    /// A tenant's facts were changed.
    TenantEdited = "TENANT_EDITED", "Business edited", SECURITY;
    /// A tenant was given another tier.
    TierChanged = "TIER_CHANGED", "Plan changed", SECURITY;
    /// A tenant was switched off.
    TenantSuspended = "TENANT_SUSPENDED", "Business suspended", SECURITY;
    /// A tenant was switched on again.
    TenantRestored = "TENANT_RESTORED", "Business restored", SECURITY;
    /// A tenant was closed.
    TenantClosed = "TENANT_CLOSED", "Business closed", SECURITY;
    /// A demo was removed after its time.
    TenantSwept = "TENANT_SWEPT", "Demo removed", SECURITY;
    /// A copy of all of a tenant's data was taken away.
    TenantExported = "TENANT_EXPORTED", "Business exported", SECURITY;

    /// A host was claimed.
    DomainAdded = "DOMAIN_ADDED", "Domain added", SECURITY;
    /// Somebody had a host's records looked up.
    DomainChecked = "DOMAIN_CHECKED", "Domain checked", SECURITY;
    /// A claim was proven.
    DomainVerified = "DOMAIN_VERIFIED", "Domain verified", SECURITY;
    /// A claim was given up.
    DomainRemoved = "DOMAIN_REMOVED", "Domain removed", SECURITY;

    /// The private address of a calendar was replaced by another.
    FeedRenewed = "FEED_RENEWED", "Calendar address renewed", SECURITY;
    /// A service was added.
    ServiceAdded = "SERVICE_ADDED", "Service added", None;
    /// A service, its rules or its place in the list were changed.
    ServiceChanged = "SERVICE_CHANGED", "Service changed", None;
    /// A service was taken out of use.
    ServiceArchived = "SERVICE_ARCHIVED", "Service archived", None;
    /// A service was brought back into use.
    ServiceRestored = "SERVICE_RESTORED", "Service restored", None;
    /// Somebody or something to be booked was added.
    ResourceAdded = "RESOURCE_ADDED", "Resource added", None;
    /// What there is to say of a resource was changed.
    ResourceChanged = "RESOURCE_CHANGED", "Resource changed", None;
    /// A resource was taken out of use.
    ResourceArchived = "RESOURCE_ARCHIVED", "Resource archived", None;
    /// A resource was brought back into use.
    ResourceRestored = "RESOURCE_RESTORED", "Resource restored", None;
    /// The weekly hours of a resource were changed.
    HoursChanged = "HOURS_CHANGED", "Weekly hours changed", None;
    /// A date was given other hours.
    DateHoursAdded = "DATE_HOURS_ADDED", "Other hours on a date added", None;
    /// A date has its weekly hours again.
    DateHoursRemoved = "DATE_HOURS_REMOVED", "Other hours on a date removed", None;
    /// Time off was put in.
    TimeOffAdded = "TIME_OFF_ADDED", "Time off added", None;
    /// Time off was taken back.
    TimeOffRemoved = "TIME_OFF_REMOVED", "Time off removed", None;
    /// The business will be closed.
    ClosureAdded = "CLOSURE_ADDED", "Closure added", None;
    /// It will not be closed after all.
    ClosureRemoved = "CLOSURE_REMOVED", "Closure removed", None;

    /// A setting was changed.
    SettingChanged = "SETTING_CHANGED", "Setting changed", SECURITY;
    /// A token for programs was made.
    TokenCreated = "TOKEN_CREATED", "API token created", SECURITY;
    /// A token was taken back.
    TokenRevoked = "TOKEN_REVOKED", "API token revoked", SECURITY;
    /// Part of the audit was taken away as a file.
    AuditExported = "AUDIT_EXPORTED", "Audit exported", SECURITY;
}

impl AuditAction {
    /// Reads the word that [`Self::as_str`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|action| action.as_str() == text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actor::{Masked, Person, Role};
    use jiff::Timestamp;
    use std::collections::HashSet;
    use uuid::Uuid;

    fn user(n: u128) -> UserId {
        UserId(Uuid::from_u128(n))
    }

    #[test]
    fn words_are_each_ones_own_read_back_and_those_of_the_wire() {
        let words: HashSet<_> = AuditAction::ALL.iter().map(|action| action.as_str()).collect();
        let labels: HashSet<_> = AuditAction::ALL.iter().map(|action| action.label()).collect();
        assert_eq!((words.len(), labels.len()), (AuditAction::ALL.len(), AuditAction::ALL.len()));
        for action in AuditAction::ALL {
            assert_eq!(AuditAction::parse(action.as_str()), Some(*action));
            assert_eq!(serde_json::to_value(action).expect("json"), action.as_str());
        }
    }

    #[test]
    fn the_masquerade_log_has_the_four_actions_that_others_rely_on() {
        let of = |log| AuditAction::ALL.iter().filter(move |a| a.log() == Some(log)).map(|a| a.as_str());
        let four = ["HIJACK_START", "HIJACK_END", "HIJACK_DENIED", "HIJACK_EXPIRED"];
        assert_eq!(of(AuditLog::Masquerade).collect::<Vec<_>>(), four);
        assert!(of(AuditLog::Security).all(|word| !word.starts_with("HIJACK")));
    }

    #[test]
    fn who_really_sits_there_did_it() {
        let mut person = Person::new(user(1), "Cleo", "cleo@example.com", Role::TenantStaff, None);
        let entry = |person: &Person| {
            AuditEntry::by(&Actor::Person(person.clone()), AuditAction::AppointmentMoved, "appointment/1")
        };
        let own = entry(&person).subject(user(3)).detail("to 10:00").reason("asked for").cause("moved");
        assert_eq!((own.actor, own.subject, own.masquerade), (Some(user(1)), Some(user(3)), None));
        assert_eq!(
            (own.detail.as_str(), own.reason.as_deref(), own.cause.as_deref()),
            ("to 10:00", Some("asked for"), Some("moved"))
        );
        assert_eq!(entry(&person).subject, None);

        let masquerade = MasqueradeId(Uuid::from_u128(9));
        person.masked = Some(Masked {
            hijacker: user(2),
            hijacker_name: "Sue".into(),
            hijacker_email: "sue@example.com".into(),
            hijacker_role: Role::PlatformSupport,
            masquerade,
            until: Timestamp::MAX,
        });
        let masked = entry(&person);
        assert_eq!((masked.actor, masked.subject, masked.masquerade), (Some(user(2)), Some(user(1)), Some(masquerade)));
        assert_eq!(AuditEntry::by(&Actor::Visitor, AuditAction::LoginFailed, "login/x").actor, None);
    }
}
