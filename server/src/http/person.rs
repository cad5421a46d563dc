//! From the session to the actor, and to the context that the rooms work with.

use super::envelope::{Envelope, draw};
use crate::{
    session::{LOGIN, Login, PERSON},
    state::App,
    tenancy::HostSite,
};
use app::request::{RequestContext, TenantFacts};
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::{
    actor::{Actor, Person, Role},
    ids::{TenantId, UserId},
};
use http::{HeaderValue, header};
use std::sync::Arc;
use tower_sessions::Session;

/// Finds out who acts, and draws failures with that person's frame.
pub(super) async fn identify(State(app): State<App>, session: Session, mut request: Request, next: Next) -> Response {
    let Some(envelope) = request.extensions().get::<Envelope>().cloned() else {
        return crate::error::undrawn(app::site::model::Problem::Failed);
    };
    let tenant = match &envelope.site {
        HostSite::Tenant(route) => {
            Some(TenantFacts { id: route.id, name: route.name.clone(), zone: route.zone.clone(), route: route.clone() })
        }
        _ => None,
    };
    let mut frame = envelope.frame;
    // A visitor without a cookie costs no question to the database.
    let actor = if session.id().is_some() {
        match person_of(&session, tenant.as_ref().map(|t| t.id)).await {
            Ok(actor) => actor,
            Err(error) => return draw(&frame, crate::error::Failure::Other(error).into_response()),
        }
    } else {
        Actor::Visitor
    };
    frame.person = actor.person().cloned();
    let is_signed_in = frame.person.is_some();
    let cx = RequestContext {
        tenant,
        actor,
        now: app.config.clock.now(),
        ip: envelope.ip,
        request_id: frame.request_id.clone(),
        frame: frame.clone(),
        ports: Arc::new(app.clone()),
    };
    request.extensions_mut().insert(cx);
    let mut response = draw(&frame, next.run(request).await);
    if is_signed_in {
        // What somebody sees when signed in must not be seen by the next one who presses Back.
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    }
    response
}

/// The person of a session, if it was made on this very host and is theirs to use here.
async fn person_of(session: &Session, host: Option<TenantId>) -> anyhow::Result<Actor> {
    let (Some(login), Some(found)) =
        (session.get::<Login>(LOGIN).await?, session.get::<crate::session::SessionPerson>(PERSON).await?)
    else {
        return Ok(Actor::Visitor);
    };
    let tenant = found.tenant_id.map(TenantId);
    // A cookie that was carried from one host to another is nobody's here.
    if login.host != host || tenant != host {
        return Ok(Actor::Visitor);
    }
    let Some(role) = Role::parse(&found.role) else { return Ok(Actor::Visitor) };
    Ok(Actor::Person(Person { user: UserId(found.id), name: found.name, email: found.email, role, tenant }))
}
