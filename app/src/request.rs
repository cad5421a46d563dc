//! Who asks, where, and through what: made once a request by the server's middleware.

use crate::{
    error::AppError,
    frame::{Flash, Frame},
    ports::Ports,
};
use domain::{
    actor::{Actor, Person},
    ids::TenantId,
};
use jiff::{Timestamp, tz::TimeZone};
use std::{any::Any, net::IpAddr, sync::Arc};

/// The tenant that a host belongs to.
#[derive(Clone, Debug)]
pub struct TenantFacts {
    /// Its id.
    pub id: TenantId,
    /// Its name.
    pub name: String,
    /// Its zone.
    pub zone: TimeZone,
    /// How its database is reached; only the server's tenancy module can read it.
    pub route: Arc<dyn Any + Send + Sync>,
}

/// Who asks, where, and through what.
#[derive(Clone)]
pub struct RequestContext {
    /// The tenant of the host; `None` on the base and the platform's host.
    pub tenant: Option<TenantFacts>,
    /// Who acts; while masquerading the person who is acted as.
    pub actor: Actor,
    /// Who is signed in on this host with a session of their own, also while masquerading.
    pub own: Option<Person>,
    /// The time of the request: read once, so that one request has one time.
    pub now: Timestamp,
    /// The address that the request came from.
    pub ip: Option<IpAddr>,
    /// The request's id, a uuid.
    pub request_id: String,
    /// A shortened hash of the session's id, for the audit; nobody can sign in with it.
    pub session_key: Option<String>,
    /// What the page's frame shows.
    pub frame: Frame,
    /// What server functions may ask of the server.
    pub ports: Arc<dyn Ports>,
}

impl RequestContext {
    /// The same, with a word on what has just happened at the top of the page.
    #[must_use]
    pub fn with_flash(mut self, flash: Flash) -> Self {
        self.frame.flash = Some(flash);
        self
    }

    /// The tenant, or the 404 that every other host answers with.
    pub fn tenant(&self) -> Result<&TenantFacts, AppError> {
        self.tenant.as_ref().ok_or(AppError::NotFound)
    }
}

/// The context of the request that a server function runs in.
pub fn context() -> Result<RequestContext, AppError> {
    leptos::prelude::use_context::<http::request::Parts>()
        .and_then(|parts| parts.extensions.get::<RequestContext>().cloned())
        .ok_or(AppError::NotFound)
}
