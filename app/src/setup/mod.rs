//! What the rooms of the set-up share: the effect of a change, what others changed meanwhile, and the two buttons.

pub mod model;
#[cfg(feature = "ssr")]
mod parts;
#[cfg(feature = "ssr")]
pub(crate) use parts::{acts, default_act, more, outcome, spans};
