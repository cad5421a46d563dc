//! Around everything: the request's id and nonce, whose host it is, the headers of every answer, and the page for
//! whatever nobody further in could draw.

use crate::{
    error::{Undrawn, UndrawnKind},
    state::App,
    tenancy::{CanonicalHost, HostSite},
};
use app::{
    error::AppError,
    frame::{Frame, Site},
    site::{self, model::Problem},
};
use axum::{
    body::Body,
    extract::{ConnectInfo, Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderName, HeaderValue, StatusCode, header};
use rand::RngCore;
use std::net::{IpAddr, SocketAddr};
use tracing::Instrument;
use uuid::Uuid;

/// What the outermost layer found out about a request.
#[derive(Clone)]
pub(super) struct Envelope {
    pub site: HostSite,
    pub frame: Frame,
    pub ip: Option<IpAddr>,
}

/// Marks an answer whose forms may lead back to the platform's host: somebody acts as somebody else.
#[derive(Clone, Copy)]
pub(super) struct LeadsBack;

/// The outermost layer.
pub(super) async fn wrap(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let request_id = Uuid::now_v7().to_string();
    let mut frame = Frame {
        site: Site::Unknown,
        person: None,
        path: request.uri().path().to_owned(),
        assets: app.assets(),
        nonce: nonce(),
        request_id: request_id.clone(),
        masquerade: None,
        flash: None,
        dev: app.config.debug,
    };
    let span = tracing::info_span!("request", request.id = request_id, method = %request.method(), path = request.uri().path());
    let site = match CanonicalHost::of(request.headers(), request.uri()) {
        Ok(host) => app.routes.find(&host),
        Err(malformed) => {
            let response = crate::error::undrawn(Problem::BadRequest(malformed.0));
            return seal(&app, &frame, draw(&frame, response));
        }
    };
    frame.site = match &site {
        HostSite::Base => Site::Base,
        HostSite::Platform => Site::Platform,
        HostSite::Tenant(route) => {
            Site::Tenant { name: route.name.clone(), zone: route.zone.iana_name().unwrap_or("UTC").to_owned() }
        }
        HostSite::Unknown => Site::Unknown,
    };
    let ip = client_address(&app, &request);
    request.extensions_mut().insert(Envelope { site, frame: frame.clone(), ip });
    let response = next.run(request).instrument(span).await;
    seal(&app, &frame, draw(&frame, response))
}

/// The peer, or what a trusted proxy says of it: the last address that is not a trusted proxy's own.
fn client_address(app: &App, request: &Request) -> Option<IpAddr> {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip())?;
    let trusted = &app.config.trusted_proxies;
    if !trusted.contains(&peer) {
        return Some(peer);
    }
    let chain = request
        .headers()
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|v| v.to_str().ok())
        .collect::<Vec<_>>()
        .join(",");
    let hops: Vec<IpAddr> = chain.split(',').filter_map(|hop| hop.trim().parse().ok()).collect();
    hops.into_iter().rev().find(|hop| !trusted.contains(hop)).or(Some(peer))
}

fn nonce() -> String {
    let mut bytes = [0_u8; 16];
    rand::rng().fill_bytes(&mut bytes);
    base32::encode(base32::Alphabet::Rfc4648Lower { padding: false }, &bytes)
}

/// Gives a body to a response that has none but a failure, or that a library answered in its own words.
pub(super) fn draw(frame: &Frame, mut response: Response) -> Response {
    let status = response.status();
    let problem = match response.extensions_mut().remove::<Undrawn>() {
        Some(Undrawn(UndrawnKind::Problem(problem))) => problem,
        Some(Undrawn(UndrawnKind::Failure(cell))) => {
            let failure = cell.lock().ok().and_then(|mut cell| cell.take());
            match failure {
                Some(crate::error::Failure::BadRequest(what)) => Problem::BadRequest(what),
                Some(failure) => match failure.public(&frame.request_id) {
                    AppError::SignedOut | AppError::Denied(domain::policy::Denied::SignedOut) => return sign_in(frame),
                    AppError::Denied(domain::policy::Denied::OtherTenant) | AppError::NotFound => Problem::NotFound,
                    AppError::Denied(domain::policy::Denied::Masquerading) => Problem::WhileMasquerading,
                    AppError::Denied(denied) => Problem::Denied(denied),
                    AppError::TooMany { .. } => Problem::TooMany,
                    AppError::Unavailable => Problem::Unavailable,
                    AppError::Transport | AppError::Invalid(_) | AppError::Conflict(_) => {
                        Problem::BadRequest("it asks for something that is not possible")
                    }
                    AppError::Internal { .. } => Problem::Failed,
                },
                None => Problem::Failed,
            }
        }
        None if status.as_u16() < 400 || speaks_for_itself(&response) => return response,
        None => match status {
            StatusCode::NOT_FOUND => Problem::NotFound,
            StatusCode::METHOD_NOT_ALLOWED => Problem::MethodNotAllowed,
            StatusCode::PAYLOAD_TOO_LARGE => Problem::TooLarge,
            StatusCode::TOO_MANY_REQUESTS => Problem::TooMany,
            StatusCode::SERVICE_UNAVAILABLE | StatusCode::REQUEST_TIMEOUT => Problem::Unavailable,
            status if status.is_server_error() => Problem::Failed,
            _ => Problem::BadRequest("it cannot be understood"),
        },
    };
    // Nobody may tell a host that never was from one that is switched off.
    let problem = match (&frame.site, problem) {
        (Site::Unknown, Problem::NotFound | Problem::Denied(_) | Problem::MethodNotAllowed) => Problem::NoSuchSite,
        (_, problem) => problem,
    };
    let status = StatusCode::from_u16(problem.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let allow = response.headers_mut().remove(header::ALLOW);
    let retry = response.headers_mut().remove(header::RETRY_AFTER);
    let mut drawn = super::html(status, site::problem(frame.clone(), problem));
    let headers = drawn.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(allow) = allow {
        headers.insert(header::ALLOW, allow);
    }
    if let Some(retry) = retry {
        headers.insert(header::RETRY_AFTER, retry);
    } else if matches!(problem, Problem::Unavailable | Problem::TooMany) {
        headers.insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
    }
    drawn
}

/// Whether a failed answer already says what is wrong, in a form its caller asked for.
fn speaks_for_itself(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or("");
    kind.starts_with("text/html") || kind.contains("json")
}

fn sign_in(frame: &Frame) -> Response {
    let next: String = url::form_urlencoded::byte_serialize(frame.path.as_bytes()).collect();
    super::see_other(&format!("/login?next={next}"))
}

/// The headers of every answer.
fn seal(app: &App, frame: &Frame, mut response: Response) -> Response {
    let leads_back = response.extensions().get::<LeadsBack>().is_some();
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    };
    // Browsers count the redirects of a form. A masquerade that begins on the platform's host goes on at a business's, and
    // the way back from there leads to the platform's.
    let base = &app.config.base;
    let onward = if frame.site == Site::Platform {
        format!(" {}", base.url(&base.sub("*")))
    } else if leads_back {
        format!(" {}", base.url(&base.sub("platform")))
    } else {
        String::new()
    };
    let reload = if frame.assets.reload_port.is_some() { " ws:" } else { "" };
    set(
        header::CONTENT_SECURITY_POLICY,
        &format!(
            "default-src 'none'; script-src 'nonce-{}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self'; \
             style-src-attr 'unsafe-inline'; img-src 'self' data:; connect-src 'self'{reload}; form-action 'self'{onward}; \
             base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'",
            frame.nonce
        ),
    );
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::X_FRAME_OPTIONS, "DENY");
    set(header::REFERRER_POLICY, "same-origin");
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    set(HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), payment=()");
    if frame.site != Site::Unknown {
        set(HeaderName::from_static("x-request-id"), &frame.request_id);
    }
    if app.config.base.https {
        set(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    // One page a person: no proxy may keep it for another.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-cache"));
    response
}

/// What stands in for an answer when the code that makes it panicked.
pub(super) fn panicked(_: Box<dyn std::any::Any + Send>) -> Response<Body> {
    tracing::error!("a request panicked");
    crate::error::undrawn(Problem::Failed).into_response()
}
