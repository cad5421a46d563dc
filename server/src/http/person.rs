//! From the session to the actor, and to the context that the rooms work with.

use super::{
    envelope::{Envelope, LeadsBack, draw},
    flash, see_other,
};
use crate::{
    access::{
        cookie,
        masquerade::{self, Masking},
    },
    audit::session_key,
    error::Failure,
    session::{LOGIN, Login, PERSON, SessionPerson, hash_of},
    state::App,
    tenancy::{AuditOrigin, HostSite},
};
use app::request::{RequestContext, TenantFacts};
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::{
    actor::{Actor, HeldGrant, Person, Role},
    grant::GrantAction,
    ids::{GrantId, TenantId, UserId},
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
    let host = tenant.as_ref().map(|t| t.id);
    let mut frame = envelope.frame;
    // A visitor without a cookie costs no question to the database.
    let own = match session.id() {
        Some(_) => match person_of(&session, host).await {
            Ok(own) => own,
            Err(error) => return draw(&frame, Failure::Other(error).into_response()),
        },
        None => None,
    };
    let own_key = own.is_some().then(|| hash_of(&session)).flatten();
    let mut actor = own.clone().map_or(Actor::Visitor, Actor::Person);
    let mut key = own_key.as_deref().map(session_key);

    let masked = cookie::masked_hash(&app.config, request.headers());
    let is_stop = request.uri().path() == "/masquerade/stop";
    if let Some(id_hash) = masked.as_deref() {
        let origin = AuditOrigin {
            ip: envelope.ip,
            request_id: Some(frame.request_id.clone()),
            session_key: Some(session_key(id_hash)),
            grants: None,
        };
        match masquerade::check(&app, id_hash, host, &origin).await {
            Ok(Masking::On(on)) => {
                let (person, banner, actor_session) = *on;
                actor = Actor::Person(person);
                frame.masquerade = Some(banner);
                key = Some(session_key(&actor_session));
            }
            // Stopping is never in anybody's way, whatever has become of the masquerade.
            Ok(_) if is_stop => {}
            Ok(Masking::Over(cause)) => {
                let base = &app.config.base;
                let on_to = if own.is_some() { "/".to_owned() } else { base.url(&base.sub("platform")) };
                let mut response = see_other(&on_to);
                for cookie in [
                    cookie::clear(&app.config, cookie::name(&app.config)),
                    flash::set(&app.config, app::frame::Tone::Warn, cause.message()),
                ] {
                    response.headers_mut().extend(cookie.map(|cookie| (header::SET_COOKIE, cookie)));
                }
                return response;
            }
            Ok(Masking::Unknown) => {}
            Err(error) => return draw(&frame, error.into_response()),
        }
    }

    frame.person = actor.person().cloned();
    frame.flash = flash::read(&app.config, request.headers());
    let has_flash = frame.flash.is_some();
    let is_signed_in = frame.person.is_some();
    let cx = RequestContext {
        tenant,
        actor,
        own,
        now: app.config.clock.now(),
        ip: envelope.ip,
        request_id: frame.request_id.clone(),
        session_key: key,
        frame: frame.clone(),
        ports: Arc::new(app.clone()),
    };
    request.extensions_mut().insert(cx);
    let mut response = draw(&frame, next.run(request).await);
    if frame.masquerade.is_some() {
        response.extensions_mut().insert(LeadsBack);
    }
    if is_signed_in {
        // What somebody sees when signed in must not be seen by the next one who presses Back.
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    }
    // Shown once, on a page; a redirect passes it on.
    if has_flash && !response.status().is_redirection() {
        let cleared = flash::clear(&app.config);
        response.headers_mut().extend(cleared.map(|cookie| (header::SET_COOKIE, cookie)));
    }
    response
}

/// The person of a session, if it was made on this very host and is theirs to use here.
async fn person_of(session: &Session, host: Option<TenantId>) -> anyhow::Result<Option<Person>> {
    let (Some(login), Some(found)) = (session.get::<Login>(LOGIN).await?, session.get::<SessionPerson>(PERSON).await?)
    else {
        return Ok(None);
    };
    // A cookie that was carried from one host to another is nobody's here.
    if login.host != host {
        return Ok(None);
    }
    Ok(person(found).filter(|person| belongs(person, host)))
}

/// Whether somebody may be signed in on a host: a tenant's own people on its own, the platform's on the platform's; on
/// a tenant's also superusers, and those of the platform to whom something there was granted.
pub(crate) fn belongs(person: &Person, host: Option<TenantId>) -> bool {
    match host {
        Some(host) if person.role.is_platform() => {
            person.role == Role::Superuser || person.grants.iter().any(|held| held.tenant == host)
        }
        host => person.tenant == host,
    }
}

fn person(found: SessionPerson) -> Option<Person> {
    let role = Role::parse(&found.role)?;
    let mut person = Person::new(UserId(found.id), found.name, found.email, role, found.tenant_id.map(TenantId));
    person.is_temporary = found.is_temporary;
    person.grants = found
        .grants
        .into_iter()
        .filter_map(|grant| {
            Some(HeldGrant {
                grant: GrantId(grant.id),
                tenant: TenantId(grant.tenant),
                action: GrantAction::parse(&grant.action)?,
                ends_at: grant.ends_at,
            })
        })
        .collect();
    Some(person)
}
