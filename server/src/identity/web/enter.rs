//! Signing up as a customer, and signing in by a letter: asking for the link, and what it opens.

use super::{begin, home, mark_browser};
use crate::{
    error::{Failure, undrawn},
    http::{Cx, FormOf, QueryOf, flash::see_other_with, html, see_other},
    identity::{
        entry,
        throttle::{Attempt, Verdict},
    },
    own,
    state::App,
};
use app::{
    frame::Tone,
    identity::{
        self as pages,
        model::{AskLink, Enter, EnterKind, SignUp},
    },
    request::RequestContext,
    site::model::Problem,
    ui::form::FormError,
};
use axum::{extract::State, response::Response};
use domain::{
    actor::{Person, Role},
    audit::AuditAction,
    own::SignUpForm,
    text::{Email, FieldProblem},
};
use http::{HeaderValue, StatusCode, header};
use serde::Deserialize;
use tower_sessions::Session;

/// `GET /signup`
pub async fn sign_up_page(Cx(cx): Cx) -> Response {
    if let Some(person) = cx.actor.person() {
        return see_other(home(&cx, person.role));
    }
    html(StatusCode::OK, pages::sign_up(cx.frame, SignUp::default()))
}

/// `POST /signup`: a letter goes out either way, so the answer tells nobody who is known.
pub async fn sign_up(
    State(app): State<App>,
    Cx(cx): Cx,
    FormOf(form): FormOf<SignUpForm>,
) -> Result<Response, Failure> {
    let model = SignUp { name: form.name.clone(), email: form.email.clone(), ..SignUp::default() };
    let (name, email) = match form.check() {
        Ok(checked) => checked,
        Err(errors) => {
            let label = |field: &str| if field == "name" { "your name" } else { "your e-mail address" };
            let errors = errors.iter().map(|error| FormError::of(error, label(&error.field))).collect();
            let page = pages::sign_up(cx.frame, SignUp { errors, ..model });
            return Ok(html(StatusCode::UNPROCESSABLE_ENTITY, page));
        }
    };
    if let Some(retry_after_s) = wait(&app, &cx, &email).await? {
        let page = pages::sign_up(cx.frame, SignUp { retry_after_s: Some(retry_after_s), ..model });
        return Ok(too_many(retry_after_s, page));
    }
    let email_shown = email.as_str().to_owned();
    let page = pages::sign_up(cx.frame.clone(), SignUp { email: email_shown, is_sent: true, ..SignUp::default() });
    tokio::spawn(async move {
        if let Err(error) = entry::ask_to_sign_up(&app, &cx, &name, &email).await {
            tracing::error!(error = %error, "a letter about signing up could not be written");
        }
    });
    Ok(html(StatusCode::OK, page))
}

/// `GET /login/link`
pub async fn link_page(Cx(cx): Cx) -> Response {
    if let Some(person) = cx.actor.person() {
        return see_other(home(&cx, person.role));
    }
    html(StatusCode::OK, pages::ask_link(cx.frame, AskLink::default()))
}

/// The form.
#[derive(Deserialize)]
pub struct LinkForm {
    #[serde(default)]
    email: String,
}

/// `POST /login/link`: the same answer whether the address is known or not, and in the same time.
pub async fn link(State(app): State<App>, Cx(cx): Cx, FormOf(form): FormOf<LinkForm>) -> Result<Response, Failure> {
    let model = AskLink { email: form.email.clone(), ..AskLink::default() };
    let Ok(email) = Email::parse(&form.email) else {
        let errors = vec![FormError::new("email", FieldProblem::NotAnEmail.message("your e-mail address"))];
        return Ok(html(StatusCode::UNPROCESSABLE_ENTITY, pages::ask_link(cx.frame, AskLink { errors, ..model })));
    };
    if let Some(retry_after_s) = wait(&app, &cx, &email).await? {
        let page = pages::ask_link(cx.frame, AskLink { retry_after_s: Some(retry_after_s), ..model });
        return Ok(too_many(retry_after_s, page));
    }
    let shown = AskLink { email: email.as_str().to_owned(), is_sent: true, ..model };
    let page = pages::ask_link(cx.frame.clone(), shown);
    tokio::spawn(async move {
        if let Err(error) = entry::ask_to_sign_in(&app, &cx, &email).await {
            tracing::error!(error = %error, "a link that signs in could not be sent");
        }
    });
    Ok(html(StatusCode::OK, page))
}

/// How long to wait until one more letter may be asked for; `None` where it may be now, and is counted.
pub(crate) async fn wait(app: &App, cx: &RequestContext, email: &Email) -> Result<Option<u32>, Failure> {
    let attempt = Attempt::letter(&app.config.secret, &email.key(), cx.ip);
    match attempt.verdict(app).await? {
        Verdict::Check => {
            attempt.count(app).await?;
            Ok(None)
        }
        Verdict::CheckButWait(seconds) | Verdict::Wait(seconds) => Ok(Some(seconds)),
    }
}

fn too_many(retry_after_s: u32, page: String) -> Response {
    let mut response = html(StatusCode::TOO_MANY_REQUESTS, page);
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(retry_after_s));
    response
}

/// The secret of a link.
#[derive(Deserialize)]
pub struct Token {
    #[serde(default)]
    token: String,
}

/// `GET /enter?token=`: only shows; a mail program that opens the link uses nothing up.
pub async fn enter_page(
    State(app): State<App>,
    Cx(cx): Cx,
    QueryOf(query): QueryOf<Token>,
) -> Result<Response, Failure> {
    let Some(entry) = entry::find(&app, &cx, &query.token).await? else { return Ok(undrawn(Problem::EntryGone)) };
    let kind = match entry.new_email.clone() {
        Some(email) => EnterKind::NewAddress(email),
        None if entry.is_sign_up() => EnterKind::SignUp,
        None => EnterKind::SignIn,
    };
    let model = Enter { token: query.token, name: entry.name, email: entry.email, kind };
    Ok(html(StatusCode::OK, pages::enter(cx.frame, model)))
}

/// `POST /enter`: uses the link up, and begins a session as a password does.
pub async fn enter(
    State(app): State<App>,
    Cx(cx): Cx,
    session: Session,
    FormOf(form): FormOf<Token>,
) -> Result<Response, Failure> {
    let Some(entered) = entry::take(&app, &cx, &form.token).await? else { return Ok(undrawn(Problem::EntryGone)) };
    begin(&app, &cx, &session, entered.user, AuditAction::Login).await?;
    if entered.role == Role::Customer {
        let tenant = cx.tenant.as_ref().map(|tenant| tenant.id);
        let person = Person::new(entered.user, &entered.name, &entered.email, entered.role, tenant);
        own::join(&app, &cx, &person).await?;
    }
    let mut response = match entered.old_email {
        Some(_) => {
            let text = "Your new address is confirmed, and you are signed in with it. All other sessions are over.";
            see_other_with(&app.config, home(&cx, entered.role), Tone::Ok, text)
        }
        None => see_other(home(&cx, entered.role)),
    };
    mark_browser(&app, &entered.email.to_lowercase(), &mut response);
    Ok(response)
}
