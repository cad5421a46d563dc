//! What a write says of itself. A tenant transaction cannot be committed without one.

use crate::ids::UserId;
use serde::Serialize;

/// One line of the audit, as the room that writes knows it; time, address and request are added where it is stored.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct AuditEntry {
    /// What was done: a word of the closed list below.
    pub action: AuditAction,
    /// Who did it; `None` for a visitor or the system.
    pub actor: Option<UserId>,
    /// What it was done to, such as `appointment/<id>`.
    pub target: String,
    /// What changed, in a form fit to show; never a secret.
    pub detail: String,
}

/// The closed list of audited actions.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AuditAction {
    /// An appointment was booked.
    AppointmentBooked,
    /// An appointment was given another time or resource.
    AppointmentMoved,
    /// Somebody signed in.
    Login,
    /// A sign-in was refused.
    LoginFailed,
    /// Somebody signed out.
    Logout,
    /// A tenant was made.
    TenantCreated,
    /// A tenant got its first services and people.
    TenantSeeded,
}

impl AuditAction {
    /// The word in the database and on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AppointmentBooked => "APPOINTMENT_BOOKED",
            Self::AppointmentMoved => "APPOINTMENT_MOVED",
            Self::Login => "LOGIN",
            Self::LoginFailed => "LOGIN_FAILED",
            Self::Logout => "LOGOUT",
            Self::TenantCreated => "TENANT_CREATED",
            Self::TenantSeeded => "TENANT_SEEDED",
        }
    }
}
