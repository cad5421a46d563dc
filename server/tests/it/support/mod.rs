//! What the tests stand on: a database for each, tenants in it, and a browser's manners without a browser.

mod db;
mod node;
mod smtp;
mod web;
mod world;

pub use node::{Node, Worker, command};
pub use smtp::{Mail, Sink};
pub use web::{Answer, Client};
pub use world::{Ids, PASSWORD, World, mark};

/// What no answer may carry: the database's words, Rust's, or a path of ours.
pub fn assert_tells_nothing(body: &str) {
    for leak in [
        // With its colons: by chance alone the four letters stand in a nonce now and then.
        "sqlx::",
        "panicked",
        "SQLSTATE",
        "relation \"",
        "server/src",
        ".rs:",
        "PgDatabaseError",
        "unwrap",
        "RUST_BACKTRACE",
        "search_path",
        "/root",
        "/home",
    ] {
        assert!(!body.contains(leak), "the answer carries {leak:?}:\n{body}");
    }
}
