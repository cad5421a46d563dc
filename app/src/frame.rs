//! What every page knows of the request it answers.

pub use crate::ui::notice::Tone;

use domain::actor::{Person, Role};
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
    /// The palette and the shortcuts.
    pub palette: String,
    /// What follows a search while it is typed.
    pub search: String,
    /// The port of the reload socket while `cargo leptos watch` runs.
    pub reload_port: Option<u32>,
}

/// Somebody acts as somebody else, and no page lets that be forgotten.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MasqueradeBanner {
    /// Whom one is acting as.
    pub as_name: String,
    /// What they are.
    pub as_role: Role,
    /// The business they belong to, if they belong to one.
    pub tenant_name: Option<String>,
    /// Who is acting.
    pub by_email: String,
    /// When it ends: `11:02`.
    pub until_label: String,
    /// How long that is from now, in full minutes.
    pub minutes_left: u32,
    /// Where the form that ends it is sent: `/masquerade/stop`.
    pub stop_path: &'static str,
}

/// What the last request has done, told once on the page that it led to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Flash {
    /// How it is meant.
    pub tone: Tone,
    /// What was done.
    pub text: String,
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
    /// Whether `person` is somebody whom another person acts as.
    pub masquerade: Option<MasqueradeBanner>,
    /// What the last request has done.
    pub flash: Option<Flash>,
    /// Whether this is a development server, where anybody may sign in as anybody.
    pub dev: bool,
}
