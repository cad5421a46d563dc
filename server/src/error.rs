//! What can go wrong inside; it never crosses the wire. [`Failure::public`] is the one way out.

use app::{
    error::{AppError, Conflict},
    site::model::Problem,
};
use axum::response::{IntoResponse, Response};
use domain::policy::Denied;
use http::StatusCode;

/// What can go wrong inside.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Something the person may know.
    #[error("{0:?}")]
    App(AppError),
    /// The request cannot be read; the text says what about it.
    #[error("bad request: {0}")]
    BadRequest(&'static str),
    /// The database said no, or nothing.
    #[error(transparent)]
    Sql(#[from] sqlx::Error),
    /// Anything else; a fault of ours.
    #[error(transparent)]
    Other(#[from] anyhow::Error),
}

impl From<AppError> for Failure {
    fn from(error: AppError) -> Self {
        Self::App(error)
    }
}

impl From<Denied> for Failure {
    fn from(denied: Denied) -> Self {
        Self::App(denied.into())
    }
}

impl From<Conflict> for Failure {
    fn from(conflict: Conflict) -> Self {
        Self::App(AppError::Conflict(conflict))
    }
}

impl Failure {
    /// What the person may know; the rest goes to the log, under the request's id.
    pub fn public(self, request_id: &str) -> AppError {
        match self {
            Self::App(error) => error,
            Self::BadRequest(_) => AppError::Transport,
            Self::Sql(error) if is_out_of_reach(&error) => {
                tracing::error!(error = %error, request.id = request_id, "the database is out of reach");
                AppError::Unavailable
            }
            Self::Sql(error) => internal(&error, request_id),
            Self::Other(error) => internal(&error, request_id),
        }
    }
}

fn internal(error: &dyn std::fmt::Display, request_id: &str) -> AppError {
    tracing::error!(error = %error, request.id = request_id, "a request failed");
    AppError::Internal { reference: request_id.to_owned() }
}

fn is_out_of_reach(error: &sqlx::Error) -> bool {
    matches!(error, sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Tls(_))
        // 57P01..57P03: shut down, crash, still starting. 53300: no connection left. 57014: took too long.
        || code(error).is_some_and(|code| code.starts_with("57P") || code == "53300" || code == "57014")
}

fn code(error: &sqlx::Error) -> Option<String> {
    error.as_database_error().and_then(|e| e.code()).map(|code| code.into_owned())
}

/// Whether an error is the breach of one constraint.
pub fn breaks(error: &sqlx::Error, constraint: &str) -> bool {
    error.as_database_error().is_some_and(|e| e.constraint() == Some(constraint))
}

/// Whether two transactions waited for each other, or one waited too long for a row: worth one more try.
pub fn is_contention(error: &sqlx::Error) -> bool {
    code(error).is_some_and(|code| ["40P01", "40001", "55P03"].contains(&code.as_str()))
}

/// Carried by a response without a body until the middleware that knows the page's frame draws it.
#[derive(Clone, Debug)]
pub struct Undrawn(pub UndrawnKind);

/// What is to be drawn.
#[derive(Clone, Debug)]
pub enum UndrawnKind {
    /// A page of its own.
    Problem(Problem),
    /// A failure whose cause has yet to be logged.
    Failure(std::sync::Arc<std::sync::Mutex<Option<Failure>>>),
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
        let kind = UndrawnKind::Failure(std::sync::Arc::new(std::sync::Mutex::new(Some(self))));
        response.extensions_mut().insert(Undrawn(kind));
        response
    }
}

/// A response that will be drawn as a problem page.
pub fn undrawn(problem: Problem) -> Response {
    let status = StatusCode::from_u16(problem.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = status.into_response();
    response.extensions_mut().insert(Undrawn(UndrawnKind::Problem(problem)));
    response
}
