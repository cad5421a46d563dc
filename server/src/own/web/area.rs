//! The list of the own appointments, and the profile.

use crate::{
    error::Failure,
    http::{
        Cx, FormOf, QueryOf,
        flash::see_other_with,
        html,
        show::{key_of, parts_of},
    },
    identity::entry,
    own::{me, show, store},
    state::{App, origin},
};
use app::{
    error::AppError,
    frame::Tone,
    own::{
        self as pages,
        model::{Appointments, Profile},
    },
    request::RequestContext,
    ui::{form::FormError, list::Listing, query::Address},
};
use axum::{extract::State, response::Response};
use domain::{
    audit::{AuditAction, AuditEntry},
    ids::CustomerId,
    own::ProfileForm,
    policy::{ChangeOwnEmail, EditOwnProfile, authorize},
    text::{Email, FieldProblem},
};
use http::StatusCode;
use serde::Deserialize;

/// How much of the past a page shows.
const PAGE: usize = 20;

/// Which part of the past.
#[derive(Deserialize)]
pub struct ListQuery {
    #[serde(default)]
    after: String,
}

/// `GET /my?after=`
pub async fn list(State(app): State<App>, Cx(cx): Cx, QueryOf(query): QueryOf<ListQuery>) -> Result<Response, Failure> {
    let me = me(&app, &cx).await?;
    let customer = CustomerId(me.id);
    let after = parts_of::<2>(&query.after).and_then(|[at, id]| Some((at.parse().ok()?, id.parse().ok()?)));
    let zone = &cx.tenant()?.zone;
    let mut tx = app.read(&cx).await?;
    let upcoming = match after {
        None => store::list_upcoming(&mut tx, customer, cx.now).await?,
        Some(_) => Vec::new(),
    };
    let mut past = store::list_past(&mut tx, customer, cx.now, after, i64::try_from(PAGE).unwrap_or(0) + 1).await?;
    drop(tx);
    let has_more = past.len() > PAGE;
    past.truncate(PAGE);
    let next = past.last().filter(|_| has_more).map(|last| {
        let key = key_of(&[&last.starts_at.to_jiff().to_string(), &last.id.to_string()]);
        Address::new("/my").with("after", &key).build()
    });
    let model = Appointments {
        name: me.name,
        upcoming: upcoming.iter().map(|row| show::card(row, zone)).collect(),
        past: Listing {
            rows: past.iter().map(|row| show::card(row, zone)).collect(),
            first: after.is_some().then(|| "/my".to_owned()),
            next,
            ..Listing::default()
        },
    };
    Ok(html(StatusCode::OK, pages::appointments(cx.frame, model)))
}

/// The profile as it is.
async fn present(app: &App, cx: &RequestContext) -> Result<Profile, Failure> {
    let me = me(app, cx).await?;
    let person = cx.actor.person().ok_or(AppError::SignedOut)?;
    let mut read = app.db.platform_read().await?;
    let account = entry::store::find_own(read.conn(), person.user).await?.ok_or(AppError::NotFound)?;
    let off = authorize::<ChangeOwnEmail>(&cx.actor, &()).err().map(|denied| denied.message().to_owned());
    Ok(Profile {
        name: me.name,
        phone: me.phone.unwrap_or_default(),
        email: account.email,
        version: me.version,
        has_password: account.has_password,
        off,
        ..Profile::default()
    })
}

/// `GET /my/profile`
pub async fn profile(State(app): State<App>, Cx(cx): Cx) -> Result<Response, Failure> {
    let model = present(&app, &cx).await?;
    Ok(html(StatusCode::OK, pages::profile(cx.frame, model)))
}

/// The form.
#[derive(Deserialize)]
pub struct SaveForm {
    #[serde(default)]
    version: i32,
    #[serde(flatten)]
    profile: ProfileForm,
}

/// `POST /my/profile`
pub async fn save_profile(
    State(app): State<App>,
    Cx(cx): Cx,
    FormOf(form): FormOf<SaveForm>,
) -> Result<Response, Failure> {
    let permit = authorize::<EditOwnProfile>(&cx.actor, &cx.tenant()?.id)?;
    let me = me(&app, &cx).await?;
    let person = cx.actor.person().ok_or(AppError::SignedOut)?;
    let ProfileForm { name: typed_name, phone: typed_phone } = form.profile.clone();
    let again = async |status, is_stale, errors| -> Result<Response, Failure> {
        let present = present(&app, &cx).await?;
        let model = Profile { name: typed_name, phone: typed_phone, is_stale, errors, ..present };
        Ok(html(status, pages::profile(cx.frame.clone(), model)))
    };
    let (name, phone) = match form.profile.check() {
        Ok(checked) => checked,
        Err(errors) => {
            let label = |field: &str| if field == "name" { "your name" } else { "your phone number" };
            let errors = errors.iter().map(|error| FormError::of(error, label(&error.field))).collect();
            return again(StatusCode::UNPROCESSABLE_ENTITY, false, errors).await;
        }
    };
    let mut tx = app.write(&cx).await?;
    let customer = CustomerId(me.id);
    if !store::update_profile(&mut tx, &permit, customer, form.version, &name, phone.as_deref()).await? {
        drop(tx);
        return again(StatusCode::CONFLICT, true, Vec::new()).await;
    }
    let entry = AuditEntry::by(&cx.actor, AuditAction::ProfileChanged, format!("customer/{customer}"));
    tx.commit(&origin(&cx), entry).await?;
    // The login is called the same. Should this fail, the next time that the profile is saved mends it.
    let mut tx = app.db.platform().await?;
    entry::store::set_name(tx.conn()?, person.user, &name).await?;
    let mut entry = AuditEntry::by(&cx.actor, AuditAction::ProfileChanged, format!("user/{}", person.user));
    entry.tenant = Some(cx.tenant()?.id);
    tx.commit(&origin(&cx), entry).await?;
    Ok(see_other_with(&app.config, "/my/profile", Tone::Ok, "Your profile is saved."))
}

/// The form.
#[derive(Deserialize)]
pub struct EmailForm {
    #[serde(default)]
    email: String,
}

/// `POST /my/email`: a link goes to the new address, and counts once it is confirmed there. What is answered tells nothing
/// of who else has it.
pub async fn change_email(
    State(app): State<App>,
    Cx(cx): Cx,
    FormOf(form): FormOf<EmailForm>,
) -> Result<Response, Failure> {
    let _permit = authorize::<ChangeOwnEmail>(&cx.actor, &())?;
    let person = cx.actor.person().ok_or(AppError::SignedOut)?.clone();
    let present = present(&app, &cx).await?;
    let refused = |message: String| {
        let model =
            Profile { new_email: form.email.clone(), errors: vec![FormError::new("email", message)], ..present };
        html(StatusCode::UNPROCESSABLE_ENTITY, pages::profile(cx.frame.clone(), model))
    };
    let Ok(email) = Email::parse(&form.email) else {
        return Ok(refused(FieldProblem::NotAnEmail.message("your new e-mail address")));
    };
    if email.key() == person.email.to_lowercase() {
        return Ok(refused("Enter another address: this is the one you have".into()));
    }
    if let Some(seconds) = crate::identity::web::wait(&app, &cx, &email).await? {
        return Ok(refused(format!("Too many letters went to this address. Wait {} minutes", seconds.div_ceil(60))));
    }
    let text =
        format!("We have sent a link to {}. Your address changes once you have confirmed there.", email.as_str());
    let config = app.config.clone();
    tokio::spawn(async move {
        if let Err(error) = entry::ask_for_address(&app, &cx, person.user, &email).await {
            tracing::error!(error = %error, "a link to a new address could not be sent");
        }
    });
    Ok(see_other_with(&config, "/my/profile", Tone::Ok, &text))
}
