//! The paths of signing in and out.

use super::store;
use crate::{
    error::Failure,
    http::{Cx, FormOf, QueryOf, html, see_other},
    password::Busy,
    session::{LOGIN, Login as SessionLogin, cookie_name},
    state::{App, origin},
};
use app::{
    identity::{
        self as pages,
        model::{Login, LoginProblem},
    },
    request::RequestContext,
};
use axum::{extract::State, response::Response};
use domain::{
    audit::{AuditAction, AuditEntry},
    ids::{TenantId, UserId},
};
use http::{HeaderValue, StatusCode, header};
use serde::Deserialize;
use tower_sessions::Session;

/// Where to go on to.
#[derive(Deserialize)]
pub struct LoginQuery {
    next: Option<String>,
}

/// `GET /login?next=`
pub async fn login_page(Cx(cx): Cx, QueryOf(query): QueryOf<LoginQuery>) -> Response {
    let next = query.next.as_deref().and_then(own_path);
    if cx.actor.person().is_some() {
        return see_other(next.as_deref().unwrap_or(home(&cx)));
    }
    html(StatusCode::OK, pages::login(cx.frame, Login { next, ..Login::default() }))
}

/// The form.
#[derive(Deserialize)]
pub struct LoginForm {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    next: String,
}

/// `POST /login`
///
/// Whether the address is unknown, belongs to another host, or the password is wrong: the answer is the same and
/// takes the same time.
pub async fn login(
    State(app): State<App>,
    Cx(cx): Cx,
    session: Session,
    FormOf(form): FormOf<LoginForm>,
) -> Result<Response, Failure> {
    let next = own_path(&form.next);
    let again = |status, problem| {
        let model = Login { email: form.email.clone(), problem: Some(problem), next: next.clone() };
        html(status, pages::login(cx.frame.clone(), model))
    };
    // No address or password is longer; hashing a megabyte is work for nothing.
    if form.email.trim().is_empty() || form.password.is_empty() || form.email.len() > 254 || form.password.len() > 1024
    {
        return Ok(again(StatusCode::UNPROCESSABLE_ENTITY, LoginProblem::Missing));
    }
    let key = form.email.trim().to_lowercase();
    let host = cx.tenant.as_ref().map(|t| t.id);
    let found = find_here(&app, &key, host).await?;
    let hash = found.as_ref().map(|f| f.password_hash.clone());
    let is_right = match app.passwords.check(form.password.clone(), hash).await {
        Ok(is_right) => is_right,
        Err(Busy) => {
            let mut response = again(StatusCode::TOO_MANY_REQUESTS, LoginProblem::Busy);
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
            return Ok(response);
        }
    };
    let user = found.map(|f| UserId(f.id));
    let (action, actor) = if is_right { (AuditAction::Login, user) } else { (AuditAction::LoginFailed, None) };
    let target = if is_right { user.map_or_else(String::new, |u| format!("user/{u}")) } else { "user".into() };
    let entry = AuditEntry { action, actor, target, detail: format!("on {}", cx.frame.site.name()) };
    app.db.platform().await?.commit(&origin(&cx), entry).await?;
    let Some(user) = user.filter(|_| is_right) else {
        return Ok(again(StatusCode::UNPROCESSABLE_ENTITY, LoginProblem::NotRight));
    };
    // A new id for a new right: one that somebody planted before is worth nothing after.
    session.clear().await;
    session.cycle_id().await.map_err(anyhow::Error::from)?;
    session.insert(LOGIN, SessionLogin { user, host }).await.map_err(anyhow::Error::from)?;
    session.save().await.map_err(anyhow::Error::from)?;
    Ok(see_other(next.as_deref().unwrap_or(home(&cx))))
}

/// The person with this address who belongs to this host: a tenant's own, or on the platform's host its staff.
async fn find_here(app: &App, email_key: &str, host: Option<TenantId>) -> Result<Option<store::Credentials>, Failure> {
    let mut read = app.db.platform_read().await?;
    let found = store::find_credentials(read.conn(), email_key).await?;
    Ok(found.filter(|f| f.tenant_id.map(TenantId) == host && domain::actor::Role::parse(&f.role).is_some()))
}

/// `POST /logout`
pub async fn logout(State(app): State<App>, Cx(cx): Cx, session: Session) -> Result<Response, Failure> {
    if let Some(person) = cx.actor.person() {
        session.flush().await.map_err(anyhow::Error::from)?;
        let entry = AuditEntry {
            action: AuditAction::Logout,
            actor: Some(person.user),
            target: format!("user/{}", person.user),
            detail: String::new(),
        };
        app.db.platform().await?.commit(&origin(&cx), entry).await?;
    }
    let mut response = see_other("/login");
    // The layer's own removal leaves out what a `__Host-` cookie must carry, so browsers would keep it.
    let secure = if app.config.debug { "" } else { "; Secure" };
    let gone = format!("{}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax{secure}", cookie_name(&app.config));
    if let Ok(gone) = HeaderValue::from_str(&gone) {
        response.headers_mut().append(header::SET_COOKIE, gone);
    }
    Ok(response)
}

/// Where somebody goes who has signed in and named no other place.
fn home(cx: &RequestContext) -> &'static str {
    if cx.tenant.is_some() { "/schedule" } else { "/" }
}

/// A path of this host, or nothing: whatever a browser could read as another host's address is dropped.
fn own_path(text: &str) -> Option<String> {
    let is_path = text.starts_with('/') && !text.starts_with("//") && text.len() <= 2000;
    let is_plain = text.bytes().all(|b| b.is_ascii_graphic() && b != b'\\' && b != b'"' && b != b'<' && b != b'>');
    (is_path && is_plain).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn next_stays_on_this_host() {
        assert_eq!(own_path("/schedule?date=2026-12-03").as_deref(), Some("/schedule?date=2026-12-03"));
        for bad in [
            "",
            "schedule",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/a\nb",
            "/\t/evil.example",
            "javascript:alert(1)",
        ] {
            assert_eq!(own_path(bad), None, "{bad:?}");
        }
    }
}
