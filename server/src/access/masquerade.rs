//! Masquerading: begun with a reason, seen by everybody concerned, checked anew on each request, over by one click.
//!
//! A masquerade is a session of its own, beside the actor's and tied to it. Every attempt is written down before it takes
//! effect, those that are refused too; what cannot be written down does not happen.

use super::{principal, store};
use crate::{
    error::Failure,
    identity::links::{hash_of, secret},
    session::IDLE,
    state::{App, origin},
    tenancy::AuditOrigin,
};
use app::{error::AppError, frame::MasqueradeBanner, request::RequestContext};
use domain::{
    actor::{Actor, Masked, Person, Role},
    audit::{AuditAction, AuditEntry},
    ids::{MasqueradeId, TenantId, UserId},
    masquerade::{self as rules, MasqueradeEnd},
    policy::{self, Masquerade, MasqueradeFacts},
    text::FieldProblem,
};
use jiff::tz::TimeZone;
use uuid::Uuid;

/// How an attempt to begin went.
pub enum Begun {
    /// On this host: the value of the cookie, and where to go on.
    Here {
        /// What the browser gets.
        cookie: String,
        /// The subject's first page.
        path: &'static str,
    },
    /// On the subject's host: the address that takes the ticket.
    There(String),
    /// The reason was no reason.
    NoReason(FieldProblem),
}

/// Begins to act as somebody. `actor_session` is the key of the actor's own session.
pub async fn begin(
    app: &App,
    cx: &RequestContext,
    actor_session: Option<&[u8]>,
    subject: UserId,
    reason: &str,
) -> Result<Begun, Failure> {
    let found = {
        let mut read = app.db.platform_read().await?;
        store::find_principal(read.conn(), subject.0).await?
    };
    let known = found.as_ref().and_then(|row| principal(row).map(|principal| (row, principal)));
    let Some((row, facts)) = known else {
        deny(app, cx, subject, None, "unknown_subject", reason).await?;
        return Err(AppError::NotFound.into());
    };
    let tenant = row.tenant_id.map(TenantId);
    if let Err(denied) = policy::authorize::<Masquerade>(&cx.actor, &MasqueradeFacts { subject: facts }) {
        let person = cx.actor.person();
        let cause = person.and_then(|p| rules::may_masquerade(&p.principal(), &facts, p.masked.is_some()).err());
        deny(app, cx, subject, tenant, cause.map_or("signed_out", |cause| cause.as_str()), reason).await?;
        // Whom the actor may not even see is not there.
        let is_seen = person.is_none_or(|person| person.principal().sees(&facts));
        return Err(if is_seen { denied.into() } else { AppError::NotFound.into() });
    }
    let reason = match rules::parse_reason(reason) {
        Ok(reason) => reason,
        Err(problem) => {
            deny(app, cx, subject, tenant, "no_reason", reason).await?;
            return Ok(Begun::NoReason(problem));
        }
    };
    let (Some(actor), Some(session)) = (cx.actor.person(), actor_session) else {
        return Err(AppError::SignedOut.into());
    };
    let host = cx.tenant.as_ref().map(|t| t.id);
    let is_here = host == tenant;
    // A subject whose site does not answer cannot be acted as there.
    let route = match tenant {
        Some(tenant) => Some(app.routes.by_id(tenant).ok_or(AppError::NotFound)?),
        None => None,
    };

    let mut tx = app.db.platform().await?;
    let Some(actor_epoch) = store::lock_session(tx.conn()?, session, actor.user.0).await? else {
        return Err(AppError::SignedOut.into());
    };
    // Once more, now that nothing can change any more before the end.
    crate::people::store::lock(tx.conn()?, subject.0).await?;
    let again = store::find_principal(tx.conn()?, subject.0).await?.as_ref().and_then(principal);
    let Some(again) = again else { return Err(AppError::NotFound.into()) };
    let _permit = policy::authorize::<Masquerade>(&cx.actor, &MasqueradeFacts { subject: again })?;
    let mut entries = Vec::new();
    if let Some(open) = store::find_open(tx.conn()?, session).await? {
        store::end_masquerade(tx.conn()?, open.id, "replaced").await?;
        entries.push(event(AuditAction::HijackEnd, &open, "replaced"));
    }
    let id = Uuid::now_v7();
    let new = store::NewMasquerade {
        id,
        actor: actor.user.0,
        actor_session: session,
        actor_epoch,
        subject: subject.0,
        tenant_id: row.tenant_id,
        reason: &reason,
        minutes: rules::LONGEST_MINUTES,
    };
    store::insert_masquerade(tx.conn()?, &new).await?;
    let token = secret();
    if is_here {
        store::insert_masked_session(tx.conn()?, &hash_of(&token), id).await?;
    } else {
        store::insert_handoff(tx.conn()?, &hash_of(&token), id, "TICKET", None).await?;
    }
    let mut entry = AuditEntry::by(&cx.actor, AuditAction::HijackStart, format!("user/{subject}"))
        .detail(format!("as {} ({})", row.name, again.role.as_str()))
        .reason(reason.clone());
    entry.subject = Some(subject);
    entry.tenant = tenant;
    entry.masquerade = Some(MasqueradeId(id));
    entries.push(entry);
    tx.commit_all(&origin(cx), &entries).await?;
    Ok(match route {
        _ if is_here => Begun::Here { cookie: token, path: home(again.role) },
        Some(route) => {
            Begun::There(format!("{}/handoff/begin?ticket={token}", app.config.base.url(&route.primary_host)))
        }
        None => return Err(AppError::NotFound.into()),
    })
}

/// The first page of a role.
pub fn home(role: Role) -> &'static str {
    match role {
        Role::Customer => "/my",
        role if role.is_tenant_team() => "/today",
        _ => "/",
    }
}

/// Writes a refused attempt down.
async fn deny(
    app: &App,
    cx: &RequestContext,
    subject: UserId,
    tenant: Option<TenantId>,
    cause: &str,
    reason: &str,
) -> Result<(), Failure> {
    let mut entry = AuditEntry::by(&cx.actor, AuditAction::HijackDenied, format!("user/{subject}")).cause(cause);
    entry.reason = domain::text::line(reason, 500).ok();
    entry.subject = Some(subject);
    entry.tenant = tenant;
    app.db.platform().await?.commit(&origin(cx), entry).await
}

fn event(action: AuditAction, open: &store::OpenRow, cause: &str) -> AuditEntry {
    let mut entry = AuditEntry::by(&Actor::Visitor, action, format!("user/{}", open.subject)).cause(cause);
    entry.actor = Some(UserId(open.actor));
    entry.subject = Some(UserId(open.subject));
    entry.tenant = open.tenant_id.map(TenantId);
    entry.masquerade = Some(MasqueradeId(open.id));
    entry
}

/// Ends a masquerade, if nobody has yet.
pub async fn end(app: &App, origin: &AuditOrigin, id: Uuid, cause: MasqueradeEnd) -> Result<(), Failure> {
    let mut tx = app.db.platform().await?;
    let Some(open) = store::find_masquerade(tx.conn()?, id).await? else { return Ok(()) };
    if !store::end_masquerade(tx.conn()?, id, cause.as_str()).await? {
        return Ok(());
    }
    let action = if cause == MasqueradeEnd::Expired { AuditAction::HijackExpired } else { AuditAction::HijackEnd };
    tx.commit(origin, event(action, &open, cause.as_str())).await
}

/// Ends the masquerades whose time is up, also those that nobody comes back to. Tells how many.
pub async fn end_past(app: &App) -> Result<usize, Failure> {
    let mut ended = 0;
    loop {
        let mut tx = app.db.platform().await?;
        let Some(open) = store::take_past(tx.conn()?).await? else { return Ok(ended) };
        store::end_masquerade(tx.conn()?, open.id, MasqueradeEnd::Expired.as_str()).await?;
        let entry = event(AuditAction::HijackExpired, &open, MasqueradeEnd::Expired.as_str());
        tx.commit(&AuditOrigin::default(), entry).await?;
        ended += 1;
    }
}

/// What a request that carries the cookie of a masquerade is.
pub enum Masking {
    /// Acting as this person.
    On(Box<(Person, MasqueradeBanner, Vec<u8>)>),
    /// No longer: why. Whatever was asked for does not happen.
    Over(MasqueradeEnd),
    /// The cookie is nobody's.
    Unknown,
}

/// Checks everything anew: both people, the actor's own session, the table, the time.
pub async fn check(
    app: &App,
    id_hash: &[u8],
    host: Option<TenantId>,
    origin: &AuditOrigin,
) -> Result<Masking, Failure> {
    let mut read = app.db.platform_read().await?;
    let Some(row) = store::find_masked(read.conn(), id_hash, IDLE.as_secs_f64()).await? else {
        return Ok(Masking::Unknown);
    };
    if row.host.map(TenantId) != host {
        return Ok(Masking::Unknown);
    }
    let actor = store::find_principal(read.conn(), row.actor).await?;
    let subject = store::find_principal(read.conn(), row.subject).await?;
    let (Some(actor), Some(subject)) = (actor, subject) else { return Ok(Masking::Unknown) };
    let (Some(actor_facts), Some(subject_facts)) = (principal(&actor), principal(&subject)) else {
        return Ok(Masking::Unknown);
    };
    let state = rules::MasqueradeState {
        is_past: row.is_past,
        is_stopped: row.is_over,
        is_actor_session_alive: row.is_actor_session_alive && row.is_actor_unchanged,
        is_subject_unchanged: row.is_subject_unchanged,
    };
    if let Err(cause) = rules::still_valid(&actor_facts, &subject_facts, state) {
        drop(read);
        end(app, origin, row.masquerade, cause).await?;
        return Ok(Masking::Over(cause));
    }
    if row.is_due {
        store::touch(read.conn(), id_hash, &row.actor_session).await?;
    }
    let until = row.until.to_jiff();
    let tenant = subject.tenant_id.map(TenantId);
    let zone = tenant.and_then(|id| app.routes.by_id(id)).map_or(TimeZone::UTC, |route| route.zone.clone());
    let mut person =
        Person::new(UserId(subject.id), subject.name.clone(), subject.email.clone(), subject_facts.role, tenant);
    person.is_temporary = subject.is_temporary;
    person.masked = Some(Masked {
        hijacker: UserId(actor.id),
        hijacker_name: actor.name.clone(),
        hijacker_email: actor.email.clone(),
        hijacker_role: actor_facts.role,
        masquerade: MasqueradeId(row.masquerade),
        until,
    });
    let banner = MasqueradeBanner {
        as_name: subject.name,
        as_role: subject_facts.role,
        tenant_name: subject.tenant_name,
        by_email: actor.email,
        until_label: until.to_zoned(zone).strftime("%H:%M").to_string(),
        minutes_left: u32::try_from(row.minutes_left).unwrap_or(0),
        stop_path: "/masquerade/stop",
    };
    Ok(Masking::On(Box::new((person, banner, row.actor_session))))
}

/// The way back: where the actor was when it began, if that is this host.
pub(crate) async fn stop(app: &App, id_hash: &[u8], origin: &AuditOrigin) -> Result<Option<store::OpenRow>, Failure> {
    let (id, open) = {
        let mut read = app.db.platform_read().await?;
        match store::find_masked(read.conn(), id_hash, IDLE.as_secs_f64()).await? {
            Some(row) => (row.masquerade, store::find_masquerade(read.conn(), row.masquerade).await?),
            None => return Ok(None),
        }
    };
    end(app, origin, id, MasqueradeEnd::Stopped).await?;
    Ok(open)
}
