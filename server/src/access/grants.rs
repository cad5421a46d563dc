//! Rights for a while: given with a reason, worth nothing after their end, their revocation, or their grantor's.

use super::{principal, store};
use crate::{
    error::Failure,
    state::{App, origin},
};
use app::{error::AppError, request::RequestContext};
use domain::{
    audit::{AuditAction, AuditEntry},
    grant::{GrantAction, Window},
    ids::{TenantId, UserId},
    policy::{self, GrantFacts, GrantPermission, RevokeFacts, RevokeGrant},
    text::{self, FieldError, FieldProblem},
};
use uuid::Uuid;

/// What a form asks for.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    /// The grantee's address.
    pub email: String,
    /// Which right.
    pub action: String,
    /// For how many minutes.
    pub minutes: String,
    /// Why.
    pub reason: String,
}

/// What became of a wish.
pub enum Made {
    /// It is in force.
    Granted,
    /// These fields need another value.
    Invalid(Vec<FieldError>),
    /// The rules say no, in these words.
    Refused(&'static str),
}

/// Makes a grant that begins at once.
pub async fn grant(app: &App, cx: &RequestContext, tenant: TenantId, wish: &Wish) -> Result<Made, Failure> {
    let mut errors = Vec::new();
    let mut wrong = |field: &str, problem| errors.push(FieldError { field: field.into(), problem });
    let action = GrantAction::parse(&wish.action);
    if action.is_none() {
        wrong("action", FieldProblem::NotAChoice);
    }
    let reason = text::line(&wish.reason, 500).map_err(|problem| wrong("reason", problem)).ok();
    let window = Window::parse(&wish.minutes).map_err(|problem| wrong("minutes", problem)).ok();
    let email = text::Email::parse(&wish.email).map_err(|problem| wrong("email", problem)).ok();
    let (Some(action), Some(reason), Some(window), Some(email)) = (action, reason, window, email) else {
        return Ok(Made::Invalid(errors));
    };
    let Some(person) = cx.actor.person() else { return Err(AppError::SignedOut.into()) };
    let mut tx = app.db.platform().await?;
    let found = store::find_principal_by_email(tx.conn()?, &email.as_str().to_lowercase()).await?;
    // Whom the grantor cannot see is not there: an owner learns of nobody in another business.
    let grantee = found
        .as_ref()
        .and_then(principal)
        .filter(|grantee| person.role.is_platform() || grantee.role.is_platform() || grantee.tenant == Some(tenant));
    let Some(grantee) = grantee else {
        return Ok(Made::Invalid(vec![FieldError { field: "email".into(), problem: FieldProblem::Unknown }]));
    };
    if let Err(denied) = policy::authorize::<GrantPermission>(&cx.actor, &GrantFacts { tenant, grantee, action }) {
        let mut entry = AuditEntry::by(&cx.actor, AuditAction::GrantDenied, format!("user/{}", grantee.user))
            .detail(action.as_str().to_owned())
            .reason(reason)
            .cause(denied.code());
        entry.subject = Some(grantee.user);
        entry.tenant = Some(tenant);
        tx.commit(&origin(cx), entry).await?;
        return Ok(Made::Refused(denied.message()));
    }
    let id = Uuid::now_v7();
    let new = store::NewGrant {
        id,
        grantor: person.user.0,
        grantee: grantee.user.0,
        tenant_id: tenant.0,
        action: action.as_str(),
        reason: &reason,
        minutes: window.minutes(),
    };
    store::insert_grant(tx.conn()?, &new).await?;
    let mut entry = AuditEntry::by(&cx.actor, AuditAction::GrantCreated, format!("grant/{id}"))
        .detail(format!("{} for {} minutes", action.as_str(), window.minutes()))
        .reason(reason);
    entry.subject = Some(grantee.user);
    entry.tenant = Some(tenant);
    tx.commit(&origin(cx), entry).await?;
    Ok(Made::Granted)
}

/// Revokes grants, all in one transaction. Those that are over already, or not the actor's to revoke, are left; tells how
/// many were revoked, and the addresses of those that were not.
pub async fn revoke(
    app: &App,
    cx: &RequestContext,
    tenant: Option<TenantId>,
    ids: &[Uuid],
) -> Result<(usize, Vec<String>), Failure> {
    let Some(person) = cx.actor.person() else { return Err(AppError::SignedOut.into()) };
    let mut tx = app.db.platform().await?;
    let mut rows = store::list_grants(tx.conn()?, tenant.map(|t| t.0), None, Some(ids), 500).await?;
    // One order for all, so that two who revoke at once do not wait for each other.
    rows.sort_by_key(|row| row.id);
    let mut allowed = Vec::new();
    let mut left = Vec::new();
    let mut refused = None;
    for row in &rows {
        let facts = RevokeFacts { tenant: TenantId(row.tenant_id), grantor: UserId(row.grantor) };
        match policy::authorize::<RevokeGrant>(&cx.actor, &facts) {
            Ok(_) => allowed.push(row.id),
            Err(denied) => {
                refused = Some(denied);
                left.push(row.grantee_email.clone());
            }
        }
    }
    if let (true, Some(denied)) = (allowed.is_empty(), refused) {
        return Err(denied.into());
    }
    let revoked = store::revoke_grants(tx.conn()?, &allowed, person.user.0).await?;
    let mut entries = Vec::new();
    for row in &rows {
        if revoked.contains(&row.id) {
            let mut entry = AuditEntry::by(&cx.actor, AuditAction::GrantRevoked, format!("grant/{}", row.id))
                .detail(row.action.clone());
            entry.subject = Some(UserId(row.grantee));
            entry.tenant = Some(TenantId(row.tenant_id));
            entries.push(entry);
        } else if allowed.contains(&row.id) {
            left.push(row.grantee_email.clone());
        }
    }
    if !entries.is_empty() {
        tx.commit_all(&origin(cx), &entries).await?;
    }
    Ok((revoked.len(), left))
}
