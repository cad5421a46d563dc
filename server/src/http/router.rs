//! The table of all paths, each with the right that it asks for, and the layers around them.

use super::{assets, envelope, origin, person};
use crate::{booking, error, identity, platform, schedule, session, state::App, tenancy::HostSite};
use app::site::model::Problem;
use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State},
    middleware::{from_fn, from_fn_with_state},
    response::{IntoResponse, Response},
    routing::{MethodRouter, get, post},
};
use domain::policy::{BookOnline, MoveAppointment, Right, ViewCalendar, ViewSite, ViewTenants};
use http::{Method, StatusCode};
use std::time::Duration;
use tower::ServiceExt;
use tower_http::{catch_panic::CatchPanicLayer, limit::RequestBodyLimitLayer, timeout::TimeoutLayer};

/// Forms and calls of islands are small; nothing here takes a file.
const LARGEST_BODY: usize = 64 * 1024;

/// Which site a path belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reach {
    /// The base domain.
    Base,
    /// The platform's host.
    Platform,
    /// Every tenant's host.
    Tenant,
}

/// A path that answers.
pub struct Endpoint {
    /// Where.
    pub reach: Reach,
    /// How.
    pub method: Method,
    /// The path, with `{name}` for its parts.
    pub path: &'static str,
    /// The right that it asks for, by name; its room asks for the permit itself.
    pub right: &'static str,
    handler: MethodRouter<App>,
}

/// Signing in and out needs no right but to be on a site that has people.
const SIGN_IN: &str = "sign_in";

/// Every path that answers. One without a right cannot be written down.
pub fn endpoints() -> Vec<Endpoint> {
    use Reach::{Base, Platform, Tenant};
    let entry = |reach, method, path, right, handler| Endpoint { reach, method, path, right, handler };
    let view = ViewSite::NAME;
    let mut all = vec![
        entry(Base, Method::GET, "/", view, get(platform::web::welcome)),
        entry(Platform, Method::GET, "/", ViewTenants::NAME, get(platform::web::tenants)),
        entry(Tenant, Method::GET, "/", view, get(booking::web::services)),
        entry(Tenant, Method::GET, "/book/{service}", view, get(booking::web::pick_time)),
        entry(Tenant, Method::POST, "/book/{service}", BookOnline::NAME, post(booking::web::book)),
        entry(Tenant, Method::GET, "/book/{service}/details", view, get(booking::web::details)),
        entry(Tenant, Method::GET, "/booked/{key}", view, get(booking::web::booked)),
        entry(Tenant, Method::GET, "/schedule", ViewCalendar::NAME, get(schedule::web::day)),
        entry(Tenant, Method::GET, "/appointments/{id}", ViewCalendar::NAME, get(schedule::web::appointment)),
        entry(
            Tenant,
            Method::POST,
            "/appointments/{id}/move",
            MoveAppointment::NAME,
            post(schedule::web::move_appointment),
        ),
    ];
    for reach in [Platform, Tenant] {
        all.push(entry(reach, Method::GET, "/login", SIGN_IN, get(identity::web::login_page)));
        all.push(entry(reach, Method::POST, "/login", SIGN_IN, post(identity::web::login)));
        all.push(entry(reach, Method::POST, "/logout", SIGN_IN, post(identity::web::logout)));
    }
    for (path, right) in SERVER_FUNCTIONS {
        all.push(entry(Tenant, Method::POST, path, right, post(server_function)));
    }
    all
}

/// The server functions that the islands call, each with its right.
const SERVER_FUNCTIONS: &[(&str, &str)] = &[("/api/schedule/move_appointment", MoveAppointment::NAME)];

async fn server_function(request: Request) -> Response {
    leptos_axum::handle_server_fns_with_context(|| {}, request).await.into_response()
}

/// A function that exists but is not in the table would answer nobody, or without a right: neither may start.
fn check_server_functions() -> anyhow::Result<()> {
    let mut named: Vec<_> = SERVER_FUNCTIONS.iter().map(|(path, _)| (*path).to_owned()).collect();
    let mut found: Vec<_> = leptos::server_fn::axum::server_fn_paths().map(|(path, _)| path.to_owned()).collect();
    named.sort();
    found.sort();
    anyhow::ensure!(
        named == found,
        "server functions and their rights do not match: the table has {named:?}, the build has {found:?}"
    );
    Ok(())
}

/// The whole service.
pub fn router(app: &App) -> anyhow::Result<Router> {
    check_server_functions()?;
    let site = |reach: Reach| {
        endpoints()
            .into_iter()
            .filter(|e| e.reach == reach)
            .fold(Router::new(), |router, e| router.route(e.path, e.handler))
            .with_state(app.clone())
    };
    let sites = Sites { base: site(Reach::Base), platform: site(Reach::Platform), tenant: site(Reach::Tenant) };
    let pages = Router::new()
        .fallback(move |request: Request| dispatch(sites.clone(), request))
        .layer(from_fn_with_state(app.clone(), person::identify))
        .layer(session::layer(&app.config, session::SessionStore::new(app.db.clone())))
        .layer(from_fn_with_state(app.clone(), origin::check))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(RequestBodyLimitLayer::new(LARGEST_BODY))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, Duration::from_secs(30)))
        .layer(CatchPanicLayer::custom(envelope::panicked));
    Ok(assets::router(&app.config)
        .fallback_service(pages)
        .layer(from_fn_with_state(app.clone(), envelope::wrap))
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready).with_state(app.clone()))
        .layer(from_fn(refuse_connect)))
}

/// Whether this node can serve: the database answers.
async fn ready(State(app): State<App>) -> Response {
    match app.routes.refresh(&app.db).await {
        Ok(_) => "ready\n".into_response(),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database is out of reach\n").into_response(),
    }
}

/// Methods that make no sense for a server of pages never reach a room.
async fn refuse_connect(request: Request, next: axum::middleware::Next) -> Response {
    if matches!(*request.method(), Method::CONNECT | Method::TRACE) {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    next.run(request).await
}

#[derive(Clone)]
struct Sites {
    base: Router,
    platform: Router,
    tenant: Router,
}

async fn dispatch(sites: Sites, request: Request) -> Response {
    let site = match request.extensions().get::<envelope::Envelope>().map(|e| e.site.clone()) {
        Some(HostSite::Base) => sites.base,
        Some(HostSite::Platform) => sites.platform,
        Some(HostSite::Tenant(_)) => sites.tenant,
        Some(HostSite::Unknown) | None => return error::undrawn(Problem::NoSuchSite),
    };
    site.oneshot(request).await.into_response()
}
