//! The own account: password, and where one is signed in.

use super::{about, begin, join::problems_of, store};
use crate::{
    error::Failure,
    http::{Cx, FormOf, flash::see_other_with, html, show::moment},
    session::{IDLE, hash_of},
    state::{App, origin},
};
use app::{
    error::AppError,
    frame::Tone,
    identity::{
        self as pages,
        model::{Account, SessionRow},
    },
    request::RequestContext,
    ui::form::FormError,
};
use axum::{extract::State, response::Response};
use domain::{
    audit::AuditAction,
    policy::{ChangeOwnPassword, authorize},
};
use http::StatusCode;
use serde::Deserialize;
use tower_sessions::Session;

/// `GET /account`
pub async fn account(State(app): State<App>, Cx(cx): Cx, session: Session) -> Result<Response, Failure> {
    page(&app, &cx, &session, Vec::new(), StatusCode::OK).await
}

async fn page(
    app: &App,
    cx: &RequestContext,
    session: &Session,
    errors: Vec<FormError>,
    status: StatusCode,
) -> Result<Response, Failure> {
    let person = cx.actor.person().ok_or(AppError::SignedOut)?;
    let mut read = app.db.platform_read().await?;
    // Whoever acts as somebody sees that person's account, not where that person sits.
    let own = person.masked.is_none();
    let rows = match own {
        true => store::list_sessions(read.conn(), person.user, IDLE.as_secs_f64()).await?,
        false => Vec::new(),
    };
    let this = hash_of(session);
    let zone = cx.tenant.as_ref().map_or(jiff::tz::TimeZone::UTC, |t| t.zone.clone());
    let sessions = rows
        .into_iter()
        .map(|row| SessionRow {
            device: row.host.unwrap_or_else(|| "The platform".into()),
            ip: None,
            since: moment(row.created_at.to_jiff(), &zone),
            last_seen: moment(row.last_seen_at.to_jiff(), &zone),
            is_current: Some(&row.id_hash) == this.as_ref(),
        })
        .collect();
    let may = authorize::<ChangeOwnPassword>(&cx.actor, &()).map(|_| ()).map_err(|denied| denied.message().to_owned());
    let model = Account {
        name: person.name.clone(),
        email: person.email.clone(),
        role: person.role,
        change_password: may.clone(),
        end_sessions: may,
        sessions,
        errors,
    };
    Ok(html(status, pages::account(cx.frame.clone(), model)))
}

/// The form.
#[derive(Deserialize)]
pub struct PasswordForm {
    #[serde(default)]
    current: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    repeat: String,
}

/// `POST /account/password`: all sessions end with it, and this browser gets a new one.
pub async fn change_password(
    State(app): State<App>,
    Cx(cx): Cx,
    session: Session,
    FormOf(form): FormOf<PasswordForm>,
) -> Result<Response, Failure> {
    let _permit = authorize::<ChangeOwnPassword>(&cx.actor, &())?;
    let person = cx.actor.person().ok_or(AppError::SignedOut)?;
    let wrong = async |errors| page(&app, &cx, &session, errors, StatusCode::UNPROCESSABLE_ENTITY).await;
    let errors = problems_of(&form.password, &form.repeat);
    if !errors.is_empty() {
        return wrong(errors).await;
    }
    let known = {
        let mut read = app.db.platform_read().await?;
        store::password_of(read.conn(), person.user).await?
    };
    let busy = || Failure::from(AppError::TooMany { retry_after_s: 5 });
    if !app.passwords.check(form.current, known).await.map_err(|_| busy())? {
        return wrong(vec![FormError::new("current", "Enter the password that you have now")]).await;
    }
    let hash = app.passwords.hash(form.password).await.map_err(|_| busy())?;
    let mut tx = app.db.platform().await?;
    store::set_password(tx.conn()?, person.user, &hash).await?;
    let mut entry = about(&cx, AuditAction::PasswordChanged, Some(person.user));
    entry.actor = Some(person.user);
    tx.commit(&origin(&cx), entry).await?;
    begin(&app, &cx, &session, person.user, AuditAction::Login).await?;
    Ok(see_other_with(&app.config, "/account", Tone::Ok, "Your password is changed. All your other sessions are over."))
}

/// `POST /account/sessions/end`
pub async fn end_sessions(State(app): State<App>, Cx(cx): Cx, session: Session) -> Result<Response, Failure> {
    let _permit = authorize::<ChangeOwnPassword>(&cx.actor, &())?;
    let person = cx.actor.person().ok_or(AppError::SignedOut)?;
    let this = hash_of(&session).ok_or(AppError::SignedOut)?;
    let mut tx = app.db.platform().await?;
    let ended = store::end_other_sessions(tx.conn()?, person.user, &this).await?;
    let mut entry = about(&cx, AuditAction::Logout, Some(person.user)).detail(format!("{ended} other sessions"));
    entry.actor = Some(person.user);
    tx.commit(&origin(&cx), entry).await?;
    Ok(see_other_with(&app.config, "/account", Tone::Ok, "You are signed out everywhere else."))
}
