//! Adding a customer, and changing how one is called and reached.

use super::super::{Outcome, add as add_one, change as change_one, show, store::SimilarRow, visible};
use crate::{
    error::Failure,
    http::{Cx, FormOf, PathOf, flash::see_other_with, html},
    setup::errors,
    state::App,
};
use app::{
    customers::{self as pages, model::CustomerFormPage},
    error::AppError,
    frame::Tone,
    request::RequestContext,
    setup::model::Sent,
};
use axum::{extract::State, response::Response};
use domain::{
    customer::CustomerForm,
    policy::{EditCustomers, authorize},
    typed::changes,
};
use http::StatusCode;
use serde::Deserialize;
use uuid::Uuid;

/// The form. A version that cannot be read is nobody's, so the form counts as outdated.
#[derive(Deserialize)]
pub struct SentForm {
    #[serde(default)]
    version: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    phone: String,
    #[serde(default)]
    anyway: String,
}

impl SentForm {
    fn version(&self) -> i32 {
        self.version.parse().unwrap_or(-1)
    }

    fn typed(&self) -> CustomerForm {
        CustomerForm { name: self.name.clone(), email: self.email.clone(), phone: self.phone.clone() }
    }
}

/// `GET /customers/new`
pub async fn new_page(Cx(cx): Cx) -> Result<Response, Failure> {
    let _permit = authorize::<EditCustomers>(&cx.actor, &cx.tenant()?.id)?;
    Ok(html(StatusCode::OK, pages::form(cx.frame, CustomerFormPage::default())))
}

/// `POST /customers`
pub async fn add(State(app): State<App>, Cx(cx): Cx, FormOf(sent): FormOf<SentForm>) -> Result<Response, Failure> {
    let _permit = authorize::<EditCustomers>(&cx.actor, &cx.tenant()?.id)?;
    let form = sent.typed();
    let model = CustomerFormPage { form: form.clone(), ..CustomerFormPage::default() };
    let details = match form.check() {
        Ok(details) => details,
        Err(mistakes) => {
            let sent = Sent { errors: errors(mistakes), ..Sent::default() };
            let page = pages::form(cx.frame, CustomerFormPage { sent, ..model });
            return Ok(html(StatusCode::UNPROCESSABLE_ENTITY, page));
        }
    };
    match add_one(&app, &cx, &details, !sent.anyway.is_empty()).await? {
        Outcome::Saved(id) => {
            let words = format!("{} is added.", details.name);
            Ok(see_other_with(&app.config, &format!("/customers/{id}"), Tone::Ok, &words))
        }
        Outcome::Similar(rows) => Ok(warned(cx, model, &rows)),
        Outcome::Stale => Err(AppError::NotFound.into()),
    }
}

/// The form once more, with who may be the same person.
fn warned(cx: RequestContext, model: CustomerFormPage, rows: &[SimilarRow]) -> Response {
    let similar = rows.iter().map(show::similar).collect();
    html(StatusCode::CONFLICT, pages::form(cx.frame, CustomerFormPage { similar, ..model }))
}

/// `GET /customers/{id}/edit`
pub async fn edit_page(State(app): State<App>, Cx(cx): Cx, PathOf(id): PathOf<Uuid>) -> Result<Response, Failure> {
    let model = stored(&app, &cx, id).await?;
    Ok(html(StatusCode::OK, pages::form(cx.frame, model)))
}

/// The page with what is there.
async fn stored(app: &App, cx: &RequestContext, id: Uuid) -> Result<CustomerFormPage, Failure> {
    let row = visible(&mut app.read(cx).await?, cx, id).await?.row;
    let _permit = authorize::<EditCustomers>(&cx.actor, &cx.tenant()?.id)?;
    if row.is_anonymised {
        return Err(AppError::NotFound.into());
    }
    Ok(CustomerFormPage {
        id: Some(id),
        form: row.details().form(),
        name: row.name,
        version: row.version,
        has_login: row.user_id.is_some(),
        ..CustomerFormPage::default()
    })
}

/// `POST /customers/{id}/edit`
pub async fn change(
    State(app): State<App>,
    Cx(cx): Cx,
    PathOf(id): PathOf<Uuid>,
    FormOf(sent): FormOf<SentForm>,
) -> Result<Response, Failure> {
    let there = stored(&app, &cx, id).await?;
    let mut form = sent.typed();
    if there.has_login {
        form.email.clone_from(&there.form.email);
    }
    let model = CustomerFormPage { form: form.clone(), version: sent.version(), ..there.clone() };
    let details = match form.check() {
        Ok(details) => details,
        Err(mistakes) => {
            let sent = Sent { errors: errors(mistakes), ..Sent::default() };
            let page = pages::form(cx.frame, CustomerFormPage { sent, ..model });
            return Ok(html(StatusCode::UNPROCESSABLE_ENTITY, page));
        }
    };
    match change_one(&app, &cx, id, sent.version(), &details, !sent.anyway.is_empty()).await? {
        Outcome::Saved(()) => {
            Ok(see_other_with(&app.config, &format!("/customers/{id}"), Tone::Ok, "The contact is saved."))
        }
        Outcome::Similar(rows) => Ok(warned(cx, model, &rows)),
        Outcome::Stale => {
            let now = stored(&app, &cx, id).await?;
            let before = now.form.check().map(|details| details.facts()).unwrap_or_default();
            let found = changes(&before, &details.facts());
            let sent = Sent { meanwhile: Some(found), ..Sent::default() };
            let page = pages::form(cx.frame, CustomerFormPage { form, sent, ..now });
            Ok(html(StatusCode::CONFLICT, page))
        }
    }
}
