//! The paths of this room.

mod grants;
mod masquerade;

pub(crate) use grants::active_of;
pub use grants::{confirm, create, list, new_page, revoke};
pub use masquerade::{begin, handoff_begin, handoff_confirm, handoff_enter, stop};
