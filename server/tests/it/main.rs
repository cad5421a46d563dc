//! Integration tests: the real router on a real PostgreSQL, a database of its own for each test.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs, unreachable_pub)]

mod booking;
mod hosts;
mod input;
mod isolation;
mod login;
mod migrate;
mod schedule;
mod support;
