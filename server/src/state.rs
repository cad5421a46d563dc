//! What every part of the server shares. A node keeps nothing here that another node would miss.

use crate::{
    config::Config,
    error::Failure,
    http::assets,
    live::Live,
    mail::Mailer,
    password::Passwords,
    tenancy::{AuditOrigin, Database, Routes, TenantRead, TenantRoute, TenantTx},
};
use app::{
    error::AppError,
    frame::{Assets, Frame, Site},
    request::{RequestContext, TenantFacts},
};
use domain::actor::Actor;
use std::sync::Arc;

/// What every part of the server shares; cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// See [`App`].
pub struct Parts {
    /// All settings.
    pub config: Config,
    /// The database.
    pub db: Database,
    /// Whose host is whose.
    pub routes: Routes,
    /// Password checks.
    pub passwords: Passwords,
    /// Who listens to changes at this node.
    pub live: Live,
    /// The way to the mail server, if there is one.
    pub mailer: Option<Mailer>,
    /// The built browser files.
    assets: Arc<Assets>,
}

impl std::ops::Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl App {
    /// Puts the parts together; connects nowhere yet.
    pub fn new(config: Config) -> anyhow::Result<Self> {
        let parallel = std::thread::available_parallelism().map_or(2, |n| n.get()).min(4);
        Ok(Self(Arc::new(Parts {
            db: Database::connect(&config),
            routes: Routes::new(config.base.clone()),
            passwords: Passwords::new(parallel, 64)?,
            live: Live::default(),
            mailer: config.smtp.as_ref().map(|(url, from)| Mailer::new(url, from)).transpose()?,
            assets: Arc::new(assets::find(&config)),
            config,
        })))
    }

    /// The built browser files; read anew each time while they are being worked on.
    pub fn assets(&self) -> Arc<Assets> {
        if assets::is_watched() { Arc::new(assets::find(&self.config)) } else { self.assets.clone() }
    }

    /// A transaction that can only read the tenant of the request.
    pub async fn read(&self, cx: &RequestContext) -> Result<TenantRead, Failure> {
        self.db.read(route(cx)?).await
    }

    /// A transaction that may write to the tenant of the request.
    pub async fn write(&self, cx: &RequestContext) -> Result<TenantTx, Failure> {
        self.db.write(route(cx)?).await
    }
}

/// How the tenant of the request is reached.
fn route(cx: &RequestContext) -> Result<&TenantRoute, AppError> {
    cx.tenant()?.route.downcast_ref::<TenantRoute>().ok_or(AppError::NotFound)
}

/// Where an audited write of this request comes from, and the grants that it may stand on.
pub fn origin(cx: &RequestContext) -> AuditOrigin {
    // Those for the business at hand: another that ends meanwhile is none of this request's.
    let is_here = |tenant| cx.tenant.as_ref().is_none_or(|here| here.id == tenant);
    let grants = cx.actor.person().filter(|person| person.masked.is_none()).map(|person| {
        (person.user, person.grants.iter().filter(|held| is_here(held.tenant)).map(|held| held.grant.0).collect())
    });
    AuditOrigin { ip: cx.ip, request_id: Some(cx.request_id.clone()), session_key: cx.session_key.clone(), grants }
}

impl app::ports::Ports for App {
    fn schedule(&self) -> &dyn app::ports::Schedule {
        self
    }
}

/// A request to a tenant that no browser has sent: the seed's. Nobody is signed in.
pub fn request_of_our_own(app: &App, route: &TenantRoute, id: &str) -> RequestContext {
    let frame = Frame {
        site: Site::Unknown,
        person: None,
        path: String::new(),
        assets: app.assets(),
        nonce: String::new(),
        request_id: id.to_owned(),
        masquerade: None,
        flash: None,
        dev: false,
    };
    let tenant = TenantFacts {
        id: route.id,
        name: route.name.clone(),
        zone: route.zone.clone(),
        route: Arc::new(route.clone()),
    };
    RequestContext {
        tenant: Some(tenant),
        actor: Actor::Visitor,
        own: None,
        now: app.config.clock.now(),
        ip: None,
        request_id: id.to_owned(),
        session_key: None,
        frame,
        ports: Arc::new(app.clone()),
    }
}
