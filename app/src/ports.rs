//! What server functions ask of the server: one trait a room, implemented in `server/src/<room>/mod.rs`.

use crate::{
    error::AppError,
    request::RequestContext,
    schedule::model::{Move, Moved},
};
use async_trait::async_trait;

/// The calendar of a tenant's team.
#[async_trait]
pub trait Schedule: Send + Sync {
    /// Gives an appointment another time, resource, or both.
    async fn move_appointment(&self, cx: &RequestContext, change: Move) -> Result<Moved, AppError>;
}

/// All ports, as the server fills them.
pub trait Ports: Send + Sync {
    /// The calendar of a tenant's team.
    fn schedule(&self) -> &dyn Schedule;
}
