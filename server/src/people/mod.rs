//! People: who is there, what they may be, and letting them in or not any more.

pub(crate) mod store;
pub mod web;

use crate::{
    error::{Failure, breaks},
    identity::{
        self, NewPerson,
        links::{Invitee, Purpose},
    },
    state::{App, origin},
};
use app::{error::AppError, request::RequestContext};
use domain::{
    actor::{Actor, Person, Principal, Role},
    audit::{AuditAction, AuditEntry},
    ids::{TenantId, UserId},
    policy::{
        self, ChangeRole, CreateUser, DeactivateUser, NewUserFacts, ReactivateUser, ResetAccess, RoleChange,
        TenantFacts, ViewUser,
    },
    tenant::Tier,
    text::{self, FieldError, FieldProblem},
};
use store::PersonRow;
use uuid::Uuid;

/// A person as the rules see them.
pub(crate) fn facts(row: &PersonRow) -> Option<Principal> {
    Some(Principal {
        user: UserId(row.id),
        role: Role::parse(&row.role)?,
        tenant: row.tenant_id.map(TenantId),
        is_temporary: row.is_temporary,
        is_active: row.is_active,
    })
}

/// What a form for a new person says.
#[derive(Clone, Debug, Default)]
pub struct NewPersonForm {
    /// The name.
    pub name: String,
    /// The address.
    pub email: String,
    /// The role's name.
    pub role: String,
    /// The tenant, on the platform's host by its slug.
    pub tenant: Option<TenantId>,
    /// Whether the person is for demos.
    pub is_temporary: bool,
}

/// Why something about a person did not happen, in words for the page.
pub enum Refused {
    /// These fields need another value.
    Invalid(Vec<FieldError>),
    /// A field and words of its own.
    Field(&'static str, String),
    /// The plan's limit is reached.
    Limit(String),
}

/// Adds a person and sends the invitation. Gives the id.
pub async fn invite(app: &App, cx: &RequestContext, form: &NewPersonForm) -> Result<Result<UserId, Refused>, Failure> {
    let mut errors = Vec::new();
    let mut wrong = |field: &str, problem| errors.push(FieldError { field: field.into(), problem });
    let name = text::line(&form.name, 120).map_err(|problem| wrong("name", problem)).ok();
    let email = text::Email::parse(&form.email).map_err(|problem| wrong("email", problem)).ok();
    let role = Role::parse(&form.role);
    if role.is_none() {
        wrong("role", FieldProblem::NotAChoice);
    }
    let (Some(name), Some(email), Some(role)) = (name, email, role) else {
        return Ok(Err(Refused::Invalid(errors)));
    };
    if let Err(error) = role.parse_assignment(form.tenant) {
        return Ok(Err(Refused::Field("tenant", error.to_string())));
    }
    let mut tx = app.db.platform().await?;
    let mut is_temporary = form.is_temporary;
    let mut limit = None;
    if let Some(tenant) = form.tenant {
        let (_, tier, is_demo) =
            crate::platform::store::lock_tenant(tx.conn()?, tenant.0).await?.ok_or(AppError::NotFound)?;
        is_temporary = is_demo;
        limit = Tier::parse(&tier).and_then(|tier| Some((tier, tier.limits().team_members?)));
    }
    let whose = form.tenant.map(|id| TenantFacts { id, is_temporary });
    let _permit = policy::authorize::<CreateUser>(&cx.actor, &NewUserFacts { role, tenant: whose })?;
    // The tenant's row is locked: two who invite at once do not pass the limit together.
    if let (Some((tier, most)), Some(tenant), true) = (limit, form.tenant, role.is_tenant_team())
        && store::count_team(tx.conn()?, tenant.0).await? >= i64::from(most)
    {
        return Ok(Err(Refused::Limit(format!(
            "The {} plan has {most} people in a team, and all are taken. Nobody was invited. Deactivate somebody, or choose a larger plan.",
            tier.label()
        ))));
    }
    let person = NewPerson {
        id: UserId(Uuid::now_v7()),
        email: email.as_str().to_owned(),
        name,
        password_hash: None,
        role,
        is_temporary,
    };
    match identity::store::insert_person(tx.conn()?, &person, form.tenant).await {
        Ok(()) => {}
        Err(error) if breaks(&error, "user_account_email") => {
            let problem = FieldProblem::Taken;
            return Ok(Err(Refused::Invalid(vec![FieldError { field: "email".into(), problem }])));
        }
        Err(error) if breaks(&error, "user_account_email_of_tenant") => {
            let words =
                "Somebody signs in here with this address already. Find them in the list, and change their role.";
            return Ok(Err(Refused::Field("email", words.into())));
        }
        Err(error) => return Err(error.into()),
    }
    let to = Invitee { user: person.id, name: &person.name, email: &person.email, tenant: form.tenant };
    identity::links::write(app, tx.conn()?, &to, Purpose::Invitation).await?;
    let mut entry = AuditEntry::by(&cx.actor, AuditAction::UserInvited, format!("user/{}", person.id)).detail(format!(
        "{} as {}",
        person.name,
        role.as_str()
    ));
    entry.subject = Some(person.id);
    entry.tenant = form.tenant;
    tx.commit(&origin(cx), entry).await?;
    Ok(Ok(person.id))
}

/// One person, if the actor may see them; on a tenant's host only that tenant's.
pub(crate) async fn visible(app: &App, cx: &RequestContext, id: Uuid) -> Result<(PersonRow, Principal), Failure> {
    let mut read = app.db.platform_read().await?;
    let row = store::find(read.conn(), id).await?.ok_or(AppError::NotFound)?;
    let facts = facts(&row).ok_or(AppError::NotFound)?;
    if let Some(tenant) = &cx.tenant
        && facts.tenant != Some(tenant.id)
    {
        return Err(AppError::NotFound.into());
    }
    if policy::authorize::<ViewUser>(&cx.actor, &facts).is_err() {
        // Whom one may not see is not there; who is signed out is asked to sign in.
        return Err(if cx.actor.person().is_some() { AppError::NotFound } else { AppError::SignedOut }.into());
    }
    Ok((row, facts))
}

/// Gives a person another role.
pub async fn change_role(app: &App, cx: &RequestContext, id: Uuid, role: &str) -> Result<Result<(), String>, Failure> {
    visible(app, cx, id).await?;
    let Some(to) = Role::parse(role) else { return Ok(Err(FieldProblem::NotAChoice.message("a role"))) };
    let mut tx = app.db.platform().await?;
    store::lock(tx.conn()?, id).await?;
    let row = store::find(tx.conn()?, id).await?.ok_or(AppError::NotFound)?;
    let from = facts(&row).ok_or(AppError::NotFound)?;
    if let Err(error) = to.parse_assignment(from.tenant) {
        return Ok(Err(error.to_string()));
    }
    let _permit = policy::authorize::<ChangeRole>(&cx.actor, &RoleChange { subject: from, to })?;
    if from.role == to {
        return Ok(Ok(()));
    }
    if from.role == Role::TenantOwner && is_last_owner(&mut tx, &row).await? {
        return Ok(Err(format!("{} is the only owner. Make somebody else an owner first.", row.name)));
    }
    match store::set_role(tx.conn()?, id, to.as_str()).await {
        Ok(()) => {}
        // A customer may have the address of somebody who works elsewhere; who works here may not.
        Err(error) if breaks(&error, "user_account_email") => {
            return Ok(Err(format!(
                "{} has an address that somebody works with already. Invite them with another one.",
                row.name
            )));
        }
        Err(error) => return Err(error.into()),
    }
    let entry =
        about(cx, AuditAction::RoleChanged, &row).detail(format!("from {} to {}", from.role.as_str(), to.as_str()));
    tx.commit(&origin(cx), entry).await?;
    Ok(Ok(()))
}

/// Lets a person in no more, or again.
pub async fn set_active(app: &App, cx: &RequestContext, id: Uuid, active: bool) -> Result<Result<(), String>, Failure> {
    visible(app, cx, id).await?;
    let mut tx = app.db.platform().await?;
    store::lock(tx.conn()?, id).await?;
    let row = store::find(tx.conn()?, id).await?.ok_or(AppError::NotFound)?;
    let facts = facts(&row).ok_or(AppError::NotFound)?;
    let action = if active {
        let _permit = policy::authorize::<ReactivateUser>(&cx.actor, &facts)?;
        AuditAction::UserReactivated
    } else {
        let _permit = policy::authorize::<DeactivateUser>(&cx.actor, &facts)?;
        if facts.role == Role::TenantOwner && is_last_owner(&mut tx, &row).await? {
            return Ok(Err(format!("{} is the only owner. Make somebody else an owner first.", row.name)));
        }
        AuditAction::UserDeactivated
    };
    store::set_active(tx.conn()?, id, active).await?;
    tx.commit(&origin(cx), about(cx, action, &row)).await?;
    Ok(Ok(()))
}

/// Sends a person a link to a new password; or the invitation once more.
pub async fn reset_access(app: &App, cx: &RequestContext, id: Uuid) -> Result<(), Failure> {
    let (row, facts) = visible(app, cx, id).await?;
    let _permit = policy::authorize::<ResetAccess>(&cx.actor, &facts)?;
    let mut tx = app.db.platform().await?;
    let purpose = if row.is_invited { Purpose::Invitation } else { Purpose::Reset };
    let to = Invitee { user: UserId(row.id), name: &row.name, email: &row.email, tenant: facts.tenant };
    identity::links::write(app, tx.conn()?, &to, purpose).await?;
    tx.commit(&origin(cx), about(cx, AuditAction::AccessReset, &row)).await
}

async fn is_last_owner(tx: &mut crate::tenancy::PlatformTx, row: &PersonRow) -> Result<bool, Failure> {
    let Some(tenant) = row.tenant_id else { return Ok(false) };
    // Owners of one tenant are changed one after the other.
    crate::platform::store::lock_tenant(tx.conn()?, tenant).await?;
    Ok(store::count_other_owners(tx.conn()?, tenant, row.id).await? == 0)
}

fn about(cx: &RequestContext, action: AuditAction, row: &PersonRow) -> AuditEntry {
    let mut entry = AuditEntry::by(&cx.actor, action, format!("user/{}", row.id));
    entry.subject = Some(UserId(row.id));
    entry.tenant = row.tenant_id.map(TenantId);
    entry
}

/// Roles that a person may give in a tenant, or on the platform.
pub(crate) fn choices(person: &Person, tenant: Option<TenantFacts>) -> Vec<Role> {
    let actor = Actor::Person(person.clone());
    Role::ALL
        .into_iter()
        .filter(|role| role.parse_assignment(tenant.map(|tenant| tenant.id)).is_ok())
        .filter(|role| policy::authorize::<CreateUser>(&actor, &NewUserFacts { role: *role, tenant }).is_ok())
        .collect()
}
