//! The paths of signing in and out, of passwords, and of the own account.

mod account;
mod enter;
mod join;
mod quick;

pub use account::{account, change_password, end_sessions};
pub(crate) use enter::wait;
pub use enter::{enter, enter_page, link, link_page, sign_up, sign_up_page};
pub use join::{forgot, forgot_page, join, join_page};
pub use quick::{quick_login, quick_page};

use super::{
    store,
    throttle::{self, Attempt, Verdict},
};
use crate::{
    access::{cookie, masquerade},
    error::Failure,
    http::{Cx, FormOf, QueryOf, html, see_other},
    password::Busy,
    session::{LOGIN, Login as SessionLogin, cookie_name, hash_of},
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
    actor::{Actor, Role},
    audit::{AuditAction, AuditEntry},
    ids::{TenantId, UserId},
};
use http::{HeaderMap, HeaderValue, StatusCode, header};
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
    if let Some(person) = cx.actor.person() {
        return see_other(next.as_deref().unwrap_or(home(&cx, person.role)));
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
    headers: HeaderMap,
    FormOf(form): FormOf<LoginForm>,
) -> Result<Response, Failure> {
    let next = own_path(&form.next);
    let again = |status: StatusCode, problem: LoginProblem| {
        let model = Login { email: form.email.clone(), problem: Some(problem), next: next.clone() };
        let mut response = html(status, pages::login(cx.frame.clone(), model));
        let wait = match problem {
            LoginProblem::Busy => Some(5),
            LoginProblem::Limited { retry_after_s } => Some(retry_after_s),
            LoginProblem::NotRight | LoginProblem::Missing => None,
        };
        if let Some(wait) = wait {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait));
        }
        response
    };
    // No address or password is longer; hashing a megabyte is work for nothing.
    if form.email.trim().is_empty() || form.password.is_empty() || form.email.len() > 254 || form.password.len() > 1024
    {
        return Ok(again(StatusCode::UNPROCESSABLE_ENTITY, LoginProblem::Missing));
    }
    let key = form.email.trim().to_lowercase();
    let browser = cookie::read(&headers, cookie::browser_name(&app.config))
        .and_then(|mark| throttle::known_browser(&app.config.secret, &key, mark));
    let attempt = Attempt::new(&app.config.secret, &key, cx.ip, browser);
    let wait = match attempt.verdict(&app).await? {
        Verdict::Check => None,
        Verdict::CheckButWait(wait) => Some(wait),
        Verdict::Wait(retry_after_s) => {
            note(&app, &cx, AuditAction::LoginLimited, None).await?;
            return Ok(again(StatusCode::TOO_MANY_REQUESTS, LoginProblem::Limited { retry_after_s }));
        }
    };
    attempt.count(&app).await?;
    let host = cx.tenant.as_ref().map(|t| t.id);
    let mut here = find_here(&app, &key, host).await?;
    // Two with one address: the business's own, unless that one signs in by letters alone.
    let place = here.iter().position(|found| found.password_hash.is_some()).unwrap_or(0);
    let found = (place < here.len()).then(|| here.swap_remove(place));
    let hash = found.as_ref().and_then(|f| f.password_hash.clone());
    let is_right = match app.passwords.check(form.password.clone(), hash).await {
        Ok(is_right) => is_right,
        Err(Busy) => {
            attempt.forgive(&app).await?;
            return Ok(again(StatusCode::TOO_MANY_REQUESTS, LoginProblem::Busy));
        }
    };
    let user = found.map(|f| UserId(f.id));
    let Some(user) = user.filter(|_| is_right) else {
        note(&app, &cx, AuditAction::LoginFailed, user).await?;
        return Ok(match wait {
            Some(retry_after_s) => again(StatusCode::TOO_MANY_REQUESTS, LoginProblem::Limited { retry_after_s }),
            None => again(StatusCode::UNPROCESSABLE_ENTITY, LoginProblem::NotRight),
        });
    };
    attempt.forgive(&app).await?;
    begin(&app, &cx, &session, user, AuditAction::Login).await?;
    let mut response = see_other(next.as_deref().unwrap_or("/login"));
    if browser.is_none() {
        mark_browser(&app, &key, &mut response);
    }
    Ok(response)
}

/// Marks a browser as one that has signed in with this address; see [`throttle`].
fn mark_browser(app: &App, email_key: &str, response: &mut Response) {
    let mark = throttle::browser_mark(&app.config.secret, email_key, &super::links::secret());
    let year = 365 * 24 * 60 * 60;
    let set = cookie::set(&app.config, cookie::browser_name(&app.config), &mark, year);
    response.headers_mut().extend(set.map(|set| (header::SET_COOKIE, set)));
}

/// Begins a session; what was in the browser before is worth nothing after.
pub(super) async fn begin(
    app: &App,
    cx: &RequestContext,
    session: &Session,
    user: UserId,
    action: AuditAction,
) -> Result<(), Failure> {
    let host = cx.tenant.as_ref().map(|t| t.id);
    session.clear().await;
    session.cycle_id().await.map_err(anyhow::Error::from)?;
    session.insert(LOGIN, SessionLogin { user, host }).await.map_err(anyhow::Error::from)?;
    session.save().await.map_err(anyhow::Error::from)?;
    let mut tx = app.db.platform().await?;
    store::set_last_login(tx.conn()?, user).await?;
    let mut entry = about(cx, action, Some(user));
    entry.actor = Some(user);
    let mut from = origin(cx);
    from.session_key = hash_of(session).as_deref().map(crate::audit::session_key);
    tx.commit(&from, entry).await
}

/// Writes down what happened at the door.
async fn note(app: &App, cx: &RequestContext, action: AuditAction, user: Option<UserId>) -> Result<(), Failure> {
    app.db.platform().await?.commit(&origin(cx), about(cx, action, user)).await
}

/// What happened at the door to somebody.
pub(crate) fn about(cx: &RequestContext, action: AuditAction, user: Option<UserId>) -> AuditEntry {
    let target = user.map_or_else(|| "user".to_owned(), |user| format!("user/{user}"));
    let mut entry = AuditEntry::by(&Actor::Visitor, action, target).detail(format!("on {}", cx.frame.site.name()));
    entry.subject = user;
    entry.tenant = cx.tenant.as_ref().map(|t| t.id);
    entry
}

/// Who may sign in on this host with this address: the business's own person first. More than one only where somebody of
/// the platform is a customer of the business, too.
async fn find_here(app: &App, email_key: &str, host: Option<TenantId>) -> Result<Vec<store::Credentials>, Failure> {
    let mut read = app.db.platform_read().await?;
    let mut here = Vec::new();
    for found in store::find_credentials(read.conn(), email_key, host).await? {
        let Some(role) = Role::parse(&found.role) else { continue };
        // See `http::person::belongs`.
        let is_here = match host {
            Some(host) if role.is_platform() => {
                role == Role::Superuser || store::has_grant(read.conn(), found.id, host.0).await?
            }
            host => found.tenant_id.map(TenantId) == host,
        };
        if is_here {
            here.push(found);
        }
    }
    Ok(here)
}

/// `POST /logout`: ends the own session, and with it whatever hangs from it.
pub async fn logout(
    State(app): State<App>,
    Cx(cx): Cx,
    session: Session,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    if let Some(id_hash) = cookie::masked_hash(&app.config, &headers) {
        masquerade::stop(&app, &id_hash, &origin(&cx)).await?;
    }
    if let Some(person) = &cx.own {
        session.flush().await.map_err(anyhow::Error::from)?;
        let mut entry = about(&cx, AuditAction::Logout, Some(person.user));
        entry.actor = Some(person.user);
        app.db.platform().await?.commit(&origin(&cx), entry).await?;
    }
    let mut response = see_other("/login");
    // The layer's own removal leaves out what a `__Host-` cookie must carry, so browsers would keep it.
    for name in [cookie_name(&app.config), cookie::name(&app.config)] {
        response.headers_mut().extend(cookie::clear(&app.config, name).map(|gone| (header::SET_COOKIE, gone)));
    }
    Ok(response)
}

/// Where somebody goes who has signed in and named no other place.
fn home(cx: &RequestContext, role: Role) -> &'static str {
    match role {
        Role::Customer => "/my",
        _ if cx.tenant.is_some() => "/today",
        _ => "/",
    }
}

/// A path of this host, or nothing: whatever a browser could read as another host's address is dropped.
pub(super) fn own_path(text: &str) -> Option<String> {
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
