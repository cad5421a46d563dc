//! The commands besides serving.

pub mod audit;
pub mod migrate;
pub mod people;
