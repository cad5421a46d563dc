//! The paths of masquerading.

use crate::{
    access::{cookie, masquerade, store},
    error::Failure,
    http::{Cx, FormOf, PathOf, QueryOf, see_other},
    identity::links::{hash_of, secret},
    session,
    state::{App, origin},
};
use app::{
    site::model::Problem,
    ui::form::{FormError, Refused},
};
use axum::{extract::State, response::Response};
use domain::ids::{TenantId, UserId};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde::Deserialize;
use tower_sessions::Session;
use uuid::Uuid;

/// The reason of a masquerade.
#[derive(Deserialize)]
pub struct ReasonForm {
    #[serde(default)]
    reason: String,
}

/// `POST /users/{id}/masquerade` and `POST /team/{id}/masquerade`
pub async fn begin(
    State(app): State<App>,
    Cx(cx): Cx,
    session: Session,
    PathOf(id): PathOf<Uuid>,
    FormOf(form): FormOf<ReasonForm>,
) -> Result<Response, Failure> {
    let own = session::hash_of(&session);
    match masquerade::begin(&app, &cx, own.as_deref(), UserId(id), &form.reason).await? {
        masquerade::Begun::Here { cookie: token, path } => {
            let mut response = see_other(path);
            add_cookie(&mut response, cookie::set(&app.config, cookie::name(&app.config), &token, 30 * 60));
            Ok(response)
        }
        masquerade::Begun::There(url) => Ok(see_other(&url)),
        masquerade::Begun::NoReason(problem) => {
            let refused = Refused {
                form: "masquerade".into(),
                values: vec![("reason".into(), form.reason)],
                errors: vec![FormError::new("reason", problem.message("a reason"))],
            };
            crate::people::web::person_again(&app, cx, id, refused, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

/// `POST /masquerade/stop`: allowed always, from every page.
pub async fn stop(State(app): State<App>, Cx(cx): Cx, headers: HeaderMap) -> Result<Response, Failure> {
    let base = &app.config.base;
    let mut response = see_other("/");
    if let Some(id_hash) = cookie::masked_hash(&app.config, &headers)
        && let Some(open) = masquerade::stop(&app, &id_hash, &origin(&cx)).await?
    {
        // Back to the row that it began at: of the own team, or of the platform.
        let is_own_host = cx.own.as_ref().is_some_and(|own| own.user.0 == open.actor);
        let path = match (is_own_host, cx.tenant.is_some()) {
            (true, true) => format!("/team/{}", open.subject),
            (true, false) => format!("/users/{}", open.subject),
            (false, _) => format!("{}/users/{}", base.url(&base.sub("platform")), open.subject),
        };
        response = see_other(&path);
    }
    add_cookie(&mut response, cookie::clear(&app.config, cookie::name(&app.config)));
    Ok(response)
}

/// A step of the way from host to host.
#[derive(Deserialize)]
pub struct HandoffQuery {
    #[serde(default)]
    ticket: String,
    #[serde(default)]
    nonce: String,
    #[serde(default)]
    code: String,
}

/// `GET /handoff/begin` on the subject's host: gives this browser a mark, and sends it back to be vouched for.
pub async fn handoff_begin(State(app): State<App>, QueryOf(query): QueryOf<HandoffQuery>) -> Result<Response, Failure> {
    let nonce = secret();
    let base = &app.config.base;
    let mark = encode(&hash_of(&nonce));
    let ticket: String = url::form_urlencoded::byte_serialize(query.ticket.as_bytes()).collect();
    let url = format!("{}/handoff/confirm?ticket={ticket}&nonce={mark}", base.url(&base.sub("platform")));
    let mut response = see_other(&url);
    add_cookie(&mut response, cookie::set(&app.config, cookie::nonce_name(&app.config), &nonce, 120));
    Ok(response)
}

/// `GET /handoff/confirm` on the platform's host: the browser that began it gets a code for the one that is marked.
pub async fn handoff_confirm(
    State(app): State<App>,
    session: Session,
    QueryOf(query): QueryOf<HandoffQuery>,
) -> Result<Response, Failure> {
    let used = || Ok(crate::error::undrawn(Problem::LinkGone));
    let (Some(own), Some(mark)) = (session::hash_of(&session), decode(&query.nonce)) else { return used() };
    let mut tx = app.db.platform_job().await?;
    let Some(taken) = store::take_handoff(tx.conn()?, &hash_of(&query.ticket), "TICKET").await? else {
        return used();
    };
    // Somebody else's ticket: it is used up, and of no use.
    if taken.actor_session != own {
        tx.done().await?;
        return used();
    }
    let Some(route) = taken.tenant_id.and_then(|id| app.routes.by_id(TenantId(id))) else { return used() };
    let code = secret();
    store::insert_handoff(tx.conn()?, &hash_of(&code), taken.masquerade_id, "CODE", Some(&mark)).await?;
    tx.done().await?;
    Ok(see_other(&format!("{}/handoff/enter?code={code}", app.config.base.url(&route.primary_host))))
}

/// `GET /handoff/enter` on the subject's host: the marked browser gets the session.
pub async fn handoff_enter(
    State(app): State<App>,
    Cx(cx): Cx,
    headers: HeaderMap,
    QueryOf(query): QueryOf<HandoffQuery>,
) -> Result<Response, Failure> {
    let used = || Ok(crate::error::undrawn(Problem::LinkGone));
    let Some(nonce) = cookie::read(&headers, cookie::nonce_name(&app.config)) else { return used() };
    let host = cx.tenant()?.id;
    let mut tx = app.db.platform_job().await?;
    let Some(taken) = store::take_handoff(tx.conn()?, &hash_of(&query.code), "CODE").await? else {
        return used();
    };
    if taken.nonce_hash.as_deref() != Some(&hash_of(nonce)[..]) || taken.tenant_id != Some(host.0) {
        tx.done().await?;
        return used();
    }
    let token = secret();
    if !store::insert_masked_session(tx.conn()?, &hash_of(&token), taken.masquerade_id).await? {
        return used();
    }
    tx.done().await?;
    let masked = masquerade::check(&app, &hash_of(&token), Some(host), &origin(&cx)).await?;
    let masquerade::Masking::On(on) = masked else { return used() };
    let mut response = see_other(masquerade::home(on.0.role));
    add_cookie(&mut response, cookie::set(&app.config, cookie::name(&app.config), &token, 30 * 60));
    add_cookie(&mut response, cookie::clear(&app.config, cookie::nonce_name(&app.config)));
    Ok(response)
}

fn add_cookie(response: &mut Response, cookie: Option<HeaderValue>) {
    if let Some(cookie) = cookie {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}

const ALPHABET: base32::Alphabet = base32::Alphabet::Rfc4648Lower { padding: false };

fn encode(bytes: &[u8]) -> String {
    base32::encode(ALPHABET, bytes)
}

fn decode(text: &str) -> Option<Vec<u8>> {
    base32::decode(ALPHABET, text).filter(|bytes| bytes.len() == 32)
}
