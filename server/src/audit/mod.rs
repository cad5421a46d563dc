//! What was done, by whom: written in the transaction that does it.

pub(crate) mod store;
