//! SmoothSchedule's server: hosts, tenants, sessions, rooms and their SQL.
//!
//! A request flows one way: host, tenant, session, right, domain decision, SQL, view.

pub mod access;
pub mod appointments;
pub mod audit;
pub mod booking;
pub mod claims;
pub mod clock;
pub mod config;
pub mod customers;
pub mod desk;
pub mod domains;
pub mod error;
pub mod http;
pub mod identity;
pub mod jobs;
pub mod live;
pub mod mail;
pub mod messages;
pub mod own;
pub mod password;
pub mod people;
pub mod platform;
pub mod reports;
pub mod resources;
pub mod schedule;
pub mod seed;
pub mod services;
pub mod session;
pub mod settings;
pub mod setup;
pub mod state;
pub mod tenancy;
pub mod today;
