//! Links that let in. They come by mail to an address, work once, and prove it: for whoever signs up as a customer, signs
//! in without a password, or has another address by now.
//!
//! Asking for one is answered the same whether the address is known or not, and what it leads to happens behind the
//! answer's back. A link is used up by a button and not by being opened: mail programs open what they find.

pub(crate) mod store;

use super::{
    links::{hash_of, secret},
    web::about,
};
use crate::{
    error::{Failure, breaks},
    mail::{self, Letter},
    state::{App, origin},
};
use app::{error::AppError, request::RequestContext};
use domain::{
    actor::Role,
    audit::AuditAction,
    ids::UserId,
    own::{LOGIN_LINK_MINUTES, PROOF_MINUTES},
    text::Email,
};
use store::AccountRow;
use uuid::Uuid;

/// Whom a link lets in, and what it does besides.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// For display.
    pub name: String,
    /// The address, as it is now.
    pub email: String,
    /// The address that it is to be, where the link proves another one.
    pub new_email: Option<String>,
    user: Option<UserId>,
}

impl Entry {
    /// Whether it makes somebody a customer with a login.
    pub fn is_sign_up(&self) -> bool {
        self.user.is_none()
    }
}

/// Somebody who was let in.
pub(crate) struct Entered {
    /// The login.
    pub user: UserId,
    /// For display.
    pub name: String,
    /// The proven address.
    pub email: String,
    /// What the person is.
    pub role: Role,
    /// The address before, if it is another now.
    pub old_email: Option<String>,
}

/// Sends a link that signs in to an address, if somebody of this business has it.
pub(crate) async fn ask_to_sign_in(app: &App, cx: &RequestContext, email: &Email) -> Result<(), Failure> {
    let tenant = cx.tenant()?;
    let mut tx = app.db.platform().await?;
    store::lock_letters(tx.conn()?, tenant.id, &email.key()).await?;
    let Some(account) = store::find_account(tx.conn()?, tenant.id, &email.key()).await? else { return Ok(()) };
    let user = UserId(account.id);
    // Who presses the button ten times gets one letter a minute.
    if !account.is_active || store::has_recent_link(tx.conn()?, user).await? {
        return Ok(());
    }
    let token = secret();
    store::insert_link(tx.conn()?, user, &hash_of(&token), None, LOGIN_LINK_MINUTES).await?;
    let url = address(app, cx, &token)?;
    let text = format!(
        "Sign in to {} here, within {LOGIN_LINK_MINUTES} minutes:\n\n{url}\n\nThe link works once. If you did not ask for it, ignore this letter: nobody can sign in without it.",
        tenant.name
    );
    mail::store::insert(
        tx.conn()?,
        &letter(cx, &account.name, &account.email, format!("Sign in to {}", tenant.name), &text)?,
    )
    .await?;
    tx.commit(&origin(cx), about(cx, AuditAction::LoginLinkAsked, Some(user))).await
}

/// Sends a letter to an address that somebody wants to sign up with: the link that confirms it, or, where it is known
/// already, a link that signs in.
pub(crate) async fn ask_to_sign_up(app: &App, cx: &RequestContext, name: &str, email: &Email) -> Result<(), Failure> {
    let tenant = cx.tenant()?;
    let mut tx = app.db.platform().await?;
    store::lock_letters(tx.conn()?, tenant.id, &email.key()).await?;
    let account = store::find_account(tx.conn()?, tenant.id, &email.key()).await?;
    let user = account.as_ref().map(|account| UserId(account.id));
    let has_recent = match user {
        Some(user) => store::has_recent_link(tx.conn()?, user).await?,
        None => store::has_recent_sign_up(tx.conn()?, tenant.id, &email.key()).await?,
    };
    if has_recent {
        return Ok(());
    }
    let token = secret();
    let url = address(app, cx, &token)?;
    let business = &tenant.name;
    let letter = match account {
        Some(AccountRow { is_active: false, name, email, .. }) => {
            let text = format!(
                "Somebody, probably you, asked for an account with {business}. There is one with this address, and it has been switched off. Ask {business} about it."
            );
            letter(cx, &name, &email, format!("Your account with {business}"), &text)?
        }
        Some(AccountRow { id, name, email, .. }) => {
            store::insert_link(tx.conn()?, UserId(id), &hash_of(&token), None, LOGIN_LINK_MINUTES).await?;
            let text = format!(
                "Somebody, probably you, asked for an account with {business}. You have one already. Sign in here, within {LOGIN_LINK_MINUTES} minutes:\n\n{url}\n\nThe link works once. If it was not you, ignore this letter: nothing happens then."
            );
            letter(cx, &name, &email, format!("You have an account with {business} already"), &text)?
        }
        None => {
            store::insert_sign_up(tx.conn()?, tenant.id, &hash_of(&token), name, email.as_str(), PROOF_MINUTES).await?;
            let text = format!(
                "Somebody, probably you, asked for an account with {business}. Confirm here, within a day, that this address is yours:\n\n{url}\n\nThe link works once. If it was not you, ignore this letter: no account is made then."
            );
            // The name is whatever somebody typed: it does not go to an address that may be a stranger's.
            letter(cx, "", email.as_str(), format!("Confirm your address for {business}"), &text)?
        }
    };
    mail::store::insert(tx.conn()?, &letter).await?;
    tx.commit(&origin(cx), about(cx, AuditAction::SignUpAsked, user)).await
}

/// Sends a link to the address that somebody wants to have from now on.
pub(crate) async fn ask_for_address(
    app: &App,
    cx: &RequestContext,
    user: UserId,
    email: &Email,
) -> Result<(), Failure> {
    let tenant = cx.tenant()?;
    let mut tx = app.db.platform().await?;
    store::lock_letters(tx.conn()?, tenant.id, &email.key()).await?;
    let known = store::find_account(tx.conn()?, tenant.id, &email.key()).await?;
    let own = store::find_own(tx.conn()?, user).await?.ok_or(AppError::NotFound)?;
    if store::has_recent_link(tx.conn()?, user).await? {
        return Ok(());
    }
    let business = &tenant.name;
    let letter = match known {
        // Whether an address is known is told to nobody but its owner.
        Some(other) if other.id != user.0 => {
            let text = format!(
                "Somebody asked to use this address for another account with {business}. You have an account with it already, and it stays yours."
            );
            letter(cx, &other.name, &other.email, format!("Your account with {business}"), &text)?
        }
        _ => {
            let token = secret();
            store::insert_link(tx.conn()?, user, &hash_of(&token), Some(email.as_str()), PROOF_MINUTES).await?;
            let url = address(app, cx, &token)?;
            let text = format!(
                "Somebody, probably you, asked to use this address for an account with {business}. Confirm it here, within a day:\n\n{url}\n\nThe link works once. If it was not you, ignore this letter: nothing is changed then."
            );
            letter(cx, &own.name, email.as_str(), format!("Confirm your new address for {business}"), &text)?
        }
    };
    mail::store::insert(tx.conn()?, &letter).await?;
    let mut entry = about(cx, AuditAction::EmailChangeAsked, Some(user));
    entry.actor = Some(user);
    tx.commit(&origin(cx), entry).await
}

/// What a link opens on this host, while it is good. Uses nothing up.
pub(crate) async fn find(app: &App, cx: &RequestContext, token: &str) -> Result<Option<Entry>, Failure> {
    let mut read = app.db.platform_read().await?;
    let row = store::find_entry(read.conn(), cx.tenant()?.id, &hash_of(token)).await?;
    Ok(row.map(|row| Entry {
        name: row.name,
        email: row.email,
        new_email: row.new_email,
        user: row.user_id.map(UserId),
    }))
}

/// Uses a link up and does what it was sent for. `None` where it is not good any more.
pub(crate) async fn take(app: &App, cx: &RequestContext, token: &str) -> Result<Option<Entered>, Failure> {
    let Some(entry) = find(app, cx, token).await? else { return Ok(None) };
    let tenant = cx.tenant()?.id;
    let mut tx = app.db.platform().await?;
    let is_there = match entry.user {
        Some(user) => store::take_link(tx.conn()?, user, &hash_of(token)).await?,
        None => store::take_sign_up(tx.conn()?, tenant, &hash_of(token)).await?,
    };
    if !is_there {
        return Ok(None);
    }
    let mut action = AuditAction::LoginLinkUsed;
    if entry.user.is_none() {
        let id = UserId(Uuid::now_v7());
        if store::insert_customer(tx.conn()?, id, tenant, &entry.name, &entry.email).await? {
            action = AuditAction::CustomerJoined;
        }
    }
    if let (Some(user), Some(email)) = (entry.user, &entry.new_email) {
        action = AuditAction::EmailChanged;
        match store::set_email(tx.conn()?, user, email).await {
            Ok(()) => {}
            // Somebody else has proven the same address meanwhile.
            Err(error) if is_taken(&error) => return Ok(None),
            Err(error) => return Err(error.into()),
        }
        mail::store::redirect(tx.conn()?, tenant, &entry.email.to_lowercase(), email).await?;
        let text = format!(
            "You sign in to {} with another address from now on: {email}.\n\nIf it was not you, tell {} at once.",
            cx.tenant()?.name,
            cx.tenant()?.name
        );
        let subject = format!("Your address for {} was changed", cx.tenant()?.name);
        mail::store::insert(tx.conn()?, &letter(cx, &entry.name, &entry.email, subject, &text)?).await?;
    }
    let key = entry.new_email.as_ref().unwrap_or(&entry.email).to_lowercase();
    let account = store::find_account(tx.conn()?, tenant, &key).await?.filter(|account| account.is_active);
    let Some(account) = account else { return Ok(None) };
    let Some(role) = Role::parse(&account.role) else { return Ok(None) };
    let user = UserId(account.id);
    let mut event = about(cx, action, Some(user));
    event.actor = Some(user);
    tx.commit(&origin(cx), event).await?;
    let old_email = entry.new_email.is_some().then_some(entry.email);
    Ok(Some(Entered { user, name: account.name, email: account.email, role, old_email }))
}

fn is_taken(error: &sqlx::Error) -> bool {
    ["user_account_email", "user_account_email_of_tenant"].iter().any(|name| breaks(error, name))
}

/// A link goes to the host that the registry names; see [`super::links`].
fn address(app: &App, cx: &RequestContext, token: &str) -> Result<String, Failure> {
    let route = app.routes.by_id(cx.tenant()?.id).ok_or(AppError::NotFound)?;
    Ok(format!("{}/enter?token={token}", app.config.base.url(&route.primary_host)))
}

fn letter(cx: &RequestContext, name: &str, email: &str, subject: String, text: &str) -> Result<Letter, Failure> {
    let greeting = if name.is_empty() { "Hello".to_owned() } else { format!("Hello {name}") };
    let body = format!("{greeting},\n\n{text}\n");
    Ok(Letter { tenant: Some(cx.tenant()?.id), recipient: email.to_owned(), subject, body })
}
