//! What every page knows of the request it answers.

use domain::actor::Person;
use std::sync::Arc;

/// Which of the sites a host belongs to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Site {
    /// The base domain: what the product is.
    Base,
    /// The platform's own dashboard.
    Platform,
    /// A business.
    Tenant {
        /// The business's name.
        name: String,
        /// Its zone's IANA name.
        zone: String,
    },
    /// A host that is nobody's: only error pages are drawn for it, and they name nobody.
    Unknown,
}

impl Site {
    /// The name to show at the top and in titles.
    pub fn name(&self) -> &str {
        match self {
            Site::Tenant { name, .. } => name,
            Site::Platform => "Platform",
            Site::Base | Site::Unknown => "SmoothSchedule",
        }
    }
}

/// Addresses of the built files, hashed names included.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Assets {
    /// The style sheet.
    pub css: String,
    /// The module that loads the islands.
    pub js: String,
    /// The islands.
    pub wasm: String,
    /// The port of the reload socket while `cargo leptos watch` runs.
    pub reload_port: Option<u32>,
}

/// What every page knows of the request it answers.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Whose site this is.
    pub site: Site,
    /// Who is signed in here.
    pub person: Option<Person>,
    /// The path asked for, without the query: marks the current link.
    pub path: String,
    /// The built files.
    pub assets: Arc<Assets>,
    /// The nonce that this response's policy allows scripts by.
    pub nonce: String,
    /// Shown small on error pages, so that a report can be found in the log.
    pub request_id: String,
}
