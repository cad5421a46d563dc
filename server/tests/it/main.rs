//! Integration tests: the real router on a real PostgreSQL, a database of its own for each test.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs, unreachable_pub)]

mod appointments;
mod audit;
mod booking;
mod customers;
mod desk;
mod hosts;
mod input;
mod isolation;
mod live;
mod login;
mod masquerade;
mod messages;
mod migrate;
mod own;
mod people;
mod process;
mod races;
mod reports;
mod rights;
mod schedule;
mod setup;
mod sign_up;
mod soak;
mod support;
mod today;
