//! Choosing a password by a link: after an invitation, or when it was forgotten.

use super::{about, begin, store};
use crate::{
    error::Failure,
    http::{Cx, FormOf, QueryOf, flash::see_other_with, html},
    identity::links::{self, Invitee, LONGEST_PASSWORD, Purpose, SHORTEST_PASSWORD, hash_of},
    state::{App, origin},
};
use app::{
    error::AppError,
    frame::Tone,
    identity::{
        self as pages,
        model::{Forgot, Join, JoinKind},
    },
    request::RequestContext,
    site::model::Problem,
    ui::form::FormError,
};
use axum::{extract::State, response::Response};
use domain::{
    audit::AuditAction,
    ids::{TenantId, UserId},
    text::{Email, FieldProblem},
};
use http::StatusCode;
use serde::Deserialize;
use tower_sessions::Session;

/// `GET /forgot`
pub async fn forgot_page(Cx(cx): Cx) -> Response {
    html(StatusCode::OK, pages::forgot(cx.frame, Forgot::default()))
}

/// The form.
#[derive(Deserialize)]
pub struct ForgotForm {
    #[serde(default)]
    email: String,
}

/// `POST /forgot`: the same answer whether the address is known or not; the letter is written behind its back, so that
/// the time is the same too.
pub async fn forgot(State(app): State<App>, Cx(cx): Cx, FormOf(form): FormOf<ForgotForm>) -> Result<Response, Failure> {
    let Ok(email) = Email::parse(&form.email) else {
        let errors = vec![FormError::new("email", FieldProblem::NotAnEmail.message("your e-mail address"))];
        let model = Forgot { email: form.email, is_sent: false, errors };
        return Ok(html(StatusCode::UNPROCESSABLE_ENTITY, pages::forgot(cx.frame, model)));
    };
    let model = Forgot { email: email.as_str().to_owned(), is_sent: true, errors: Vec::new() };
    let page = html(StatusCode::OK, pages::forgot(cx.frame.clone(), model));
    tokio::spawn(async move {
        if let Err(error) = send_link(&app, &cx, &email).await {
            tracing::error!(error = %error, "a link to a new password could not be sent");
        }
    });
    Ok(page)
}

async fn send_link(app: &App, cx: &RequestContext, email: &Email) -> Result<(), Failure> {
    let host = cx.tenant.as_ref().map(|t| t.id);
    let Some(found) = super::find_here(app, &email.key(), host).await?.into_iter().next() else { return Ok(()) };
    let mut tx = app.db.platform().await?;
    // Who presses the button ten times gets one letter a minute.
    if store::has_recent_link(tx.conn()?, found.id).await? {
        return Ok(());
    }
    let person = crate::people::store::find(tx.conn()?, found.id).await?.ok_or(AppError::NotFound)?;
    let user = UserId(found.id);
    let to = Invitee { user, name: &person.name, email: &person.email, tenant: found.tenant_id.map(TenantId) };
    let purpose = if person.is_invited { Purpose::Invitation } else { Purpose::Reset };
    links::write(app, tx.conn()?, &to, purpose).await?;
    tx.commit(&origin(cx), about(cx, AuditAction::PasswordResetAsked, Some(user))).await
}

/// The token of a link.
#[derive(Deserialize)]
pub struct JoinQuery {
    #[serde(default)]
    token: String,
}

/// `GET /join?token=`: only shows; opening a link in a mail program's preview uses nothing up.
pub async fn join_page(
    State(app): State<App>,
    Cx(cx): Cx,
    QueryOf(query): QueryOf<JoinQuery>,
) -> Result<Response, Failure> {
    let Some(link) = find(&app, &cx, &query.token).await? else { return Ok(crate::error::undrawn(Problem::LinkGone)) };
    Ok(html(StatusCode::OK, pages::join(cx.frame, model(&link, query.token, Vec::new()))))
}

/// The form.
#[derive(Deserialize)]
pub struct JoinForm {
    #[serde(default)]
    token: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    repeat: String,
}

/// `POST /join`
pub async fn join(
    State(app): State<App>,
    Cx(cx): Cx,
    session: Session,
    FormOf(form): FormOf<JoinForm>,
) -> Result<Response, Failure> {
    let Some(link) = find(&app, &cx, &form.token).await? else { return Ok(crate::error::undrawn(Problem::LinkGone)) };
    let errors = problems_of(&form.password, &form.repeat);
    if !errors.is_empty() {
        let page = pages::join(cx.frame, model(&link, form.token, errors));
        return Ok(html(StatusCode::UNPROCESSABLE_ENTITY, page));
    }
    let Ok(hash) = app.passwords.hash(form.password).await else {
        return Err(AppError::TooMany { retry_after_s: 5 }.into());
    };
    let user = UserId(link.user_id);
    let mut tx = app.db.platform().await?;
    if !store::take_link(tx.conn()?, &hash_of(&form.token)).await? {
        return Ok(crate::error::undrawn(Problem::LinkGone));
    }
    store::set_password(tx.conn()?, user, &hash).await?;
    let is_invitation = link.purpose == Purpose::Invitation.as_str();
    let action = if is_invitation { AuditAction::UserJoined } else { AuditAction::PasswordChanged };
    let mut entry = about(&cx, action, Some(user));
    entry.actor = Some(user);
    tx.commit(&origin(&cx), entry).await?;
    begin(&app, &cx, &session, user, AuditAction::Login).await?;
    let text = if is_invitation {
        "Welcome. You are signed in."
    } else {
        "Your password is changed, and you are signed in. All other sessions are over."
    };
    Ok(see_other_with(&app.config, "/login", Tone::Ok, text))
}

/// The link behind a token, on the host that it was made for.
async fn find(app: &App, cx: &RequestContext, token: &str) -> Result<Option<store::LinkRow>, Failure> {
    let mut read = app.db.platform_read().await?;
    let link = store::find_link(read.conn(), &hash_of(token)).await?;
    Ok(link.filter(|link| link.tenant_id.map(TenantId) == cx.tenant.as_ref().map(|t| t.id)))
}

fn model(link: &store::LinkRow, token: String, errors: Vec<FormError>) -> Join {
    Join {
        name: link.name.clone(),
        email: link.email.clone(),
        kind: if link.purpose == Purpose::Invitation.as_str() { JoinKind::Invitation } else { JoinKind::Reset },
        token,
        errors,
    }
}

/// What is wrong with a new password, typed twice.
pub(super) fn problems_of(password: &str, repeat: &str) -> Vec<FormError> {
    let length = password.chars().count();
    if length < SHORTEST_PASSWORD {
        vec![FormError::new("password", format!("Enter a password of at least {SHORTEST_PASSWORD} characters"))]
    } else if length > LONGEST_PASSWORD {
        vec![FormError::new("password", format!("Shorten the password to {LONGEST_PASSWORD} characters or fewer"))]
    } else if password != repeat {
        vec![FormError::new("repeat", "Enter the same password twice")]
    } else {
        Vec::new()
    }
}
