//! The one vocabulary of errors that crosses the wire: codes, never text.

use domain::{policy::Denied, text::FieldError};
use leptos::server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use serde::{Deserialize, Serialize};

/// What went wrong, as the browser may know it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "code", content = "detail", rename_all = "snake_case")]
pub enum AppError {
    /// A session is needed.
    SignedOut,
    /// The right is missing.
    Denied(Denied),
    /// Not there, or not for this person to see.
    NotFound,
    /// Fields that need another value.
    Invalid(Vec<FieldError>),
    /// It clashes with what is there by now.
    Conflict(Conflict),
    /// Too many at once; try again after so many seconds.
    TooMany {
        /// Seconds to wait.
        retry_after_s: u32,
    },
    /// The database or another part is out of reach for the moment.
    Unavailable,
    /// A fault of ours; the reference finds it in the log.
    Internal {
        /// The request's id.
        reference: String,
    },
    /// The call did not get through or could not be read.
    Transport,
}

/// What a write clashed with.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Conflict {
    /// Somebody holds that time. `what` names it for people: `Ana Ruiz is booked 10:00 to 10:45`.
    SlotTaken {
        /// Who or what is taken, and when.
        what: String,
    },
    /// Outside the hours of the resource.
    Closed {
        /// Which resource, in words.
        what: String,
    },
    /// The resource does not do this service.
    NotOffered {
        /// Which resource, in words.
        what: String,
    },
    /// Somebody else changed it since it was read.
    Stale,
    /// It is not in a state in which that can be done: over, called off, or not begun yet.
    NotPossible,
    /// The booking is nearer to another than what has to be kept free between them.
    TooNear {
        /// Which resource, in words.
        what: String,
    },
    /// As many as the business takes are booked.
    Limit,
}

impl Conflict {
    /// What happened, what is kept, and what to do next.
    pub fn message(&self) -> String {
        match self {
            Self::SlotTaken { what } => format!("{what}. The appointment stays where it was; choose another time."),
            Self::Closed { what } => {
                format!("{what} is not open then. The appointment stays where it was; choose another time.")
            }
            Self::NotOffered { what } => {
                format!("{what} does not do this service. The appointment stays where it was.")
            }
            Self::NotPossible => {
                "That cannot be done with this appointment as it stands. Reload to see where it stands now.".into()
            }
            Self::TooNear { what } => {
                format!(
                    "{what} needs more time before or after another booking. The appointment stays where it was; choose another time."
                )
            }
            Self::Limit => {
                "As many appointments of this service as you take are booked then. The appointment stays where it was; choose another day.".into()
            }
            Self::Stale => "Somebody changed this appointment meanwhile. Reload to see where it is now.".into(),
        }
    }
}

impl AppError {
    /// The HTTP status that says the same.
    pub fn status(&self) -> u16 {
        match self {
            Self::SignedOut => 401,
            Self::Denied(Denied::OtherTenant) | Self::NotFound => 404,
            Self::Denied(_) => 403,
            Self::Invalid(_) => 422,
            Self::Conflict(_) => 409,
            Self::TooMany { .. } => 429,
            Self::Unavailable => 503,
            Self::Internal { .. } => 500,
            Self::Transport => 400,
        }
    }

    /// What to tell the person.
    pub fn message(&self) -> String {
        match self {
            Self::SignedOut => "Your session has ended. Sign in again; nothing was changed.".into(),
            Self::Denied(denied) => denied.message().into(),
            Self::NotFound => Denied::OtherTenant.message().into(),
            Self::Invalid(_) => "Some fields need another value.".into(),
            Self::Conflict(conflict) => conflict.message(),
            Self::TooMany { retry_after_s } => format!("Too many tries. Wait {retry_after_s} seconds, then try again."),
            Self::Unavailable => {
                "We cannot reach our data right now. Nothing was changed; try again in a moment.".into()
            }
            Self::Internal { reference } => {
                format!("Something failed on our side. Nothing was changed. Reference: {reference}")
            }
            Self::Transport => "The answer did not arrive. Check your connection and try again.".into(),
        }
    }
}

impl From<Denied> for AppError {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::SignedOut => Self::SignedOut,
            other => Self::Denied(other),
        }
    }
}

/// What the framework would say of a failed call is dropped: it names types and holds text of the outside.
impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(_: ServerFnErrorErr) -> Self {
        Self::Transport
    }
}

/// Gives a server function's answer the status of its error.
///
/// The framework answers every error with 500. A form without script is answered with a redirect that a
/// status would break, so the status is set only for a caller that reads the body.
#[cfg(feature = "ssr")]
pub fn respond<T>(result: Result<T, AppError>) -> Result<T, AppError> {
    use leptos::prelude::use_context;
    if let Err(error) = &result {
        let is_form = use_context::<http::request::Parts>().is_some_and(|parts| {
            let accept = parts.headers.get(http::header::ACCEPT).and_then(|v| v.to_str().ok());
            accept.is_some_and(|accept| accept.contains("text/html"))
        });
        if let (false, Some(response), Ok(status)) =
            (is_form, use_context::<leptos_axum::ResponseOptions>(), http::StatusCode::from_u16(error.status()))
        {
            response.set_status(status);
        }
    }
    result
}
