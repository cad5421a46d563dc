//! The team's first page, and a day on paper. It reads what the list of appointments and the calendar read, and has no
//! rule of its own.

mod show;
mod store;
pub mod web;
