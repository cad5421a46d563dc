//! Server functions of the calendar: what its island calls.

// The macro makes a type of the arguments, whose fields cannot carry comments.
#![allow(missing_docs)]

use super::model::{Move, Moved};
use crate::error::AppError;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

/// Gives an appointment another time, resource, or both.
#[server(input = Json, output = Json, prefix = "/api", endpoint = "schedule/move_appointment")]
pub async fn move_appointment(change: Move) -> Result<Moved, AppError> {
    let cx = crate::request::context()?;
    crate::error::respond(cx.ports.schedule().move_appointment(&cx, change).await)
}
