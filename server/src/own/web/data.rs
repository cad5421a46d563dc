//! Taking the own data along, and having them deleted.

use crate::{
    booking,
    error::Failure,
    http::{Cx, FormOf, flash::see_other_with, html},
    own::{
        erase, export as file, me, show,
        store::{CustomerRow, OwnRow},
    },
    session::cookie_name,
    state::App,
};
use app::{
    booking::model::Reach,
    frame::Tone,
    own::{self as pages, model::DeletePage},
    request::RequestContext,
    ui::form::FormError,
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use domain::policy::{DeleteOwnData, ExportOwnData, authorize};
use http::{StatusCode, header};
use serde::Deserialize;

/// `GET /my/export.json`
pub async fn export(State(app): State<App>, Cx(cx): Cx) -> Result<Response, Failure> {
    let _permit = authorize::<ExportOwnData>(&cx.actor, &cx.tenant()?.id)?;
    let me = me(&app, &cx).await?;
    let export = file::export(&app, &cx, me).await?;
    let text = serde_json::to_string_pretty(&export).map_err(anyhow::Error::from)?;
    let headers = [
        (header::CONTENT_TYPE, "application/json; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"my-data.json\""),
    ];
    Ok((headers, text).into_response())
}

/// `GET /my/delete`
pub async fn delete_page(State(app): State<App>, Cx(cx): Cx) -> Result<Response, Failure> {
    let _permit = authorize::<DeleteOwnData>(&cx.actor, &cx.tenant()?.id)?;
    let me = me(&app, &cx).await?;
    page(&app, &cx, &me, StatusCode::OK, String::new(), Vec::new()).await
}

async fn page(
    app: &App,
    cx: &RequestContext,
    me: &CustomerRow,
    status: StatusCode,
    typed: String,
    errors: Vec<FormError>,
) -> Result<Response, Failure> {
    let zone = &cx.tenant()?.zone;
    let upcoming = erase::upcoming(app, cx, me).await?;
    let business = {
        let mut tx = app.read(cx).await?;
        booking::store::find_business(&mut tx).await?
    };
    let cards = |rows: &[OwnRow]| rows.iter().map(|row| show::card(row, zone)).collect();
    let model = DeletePage {
        email: me.email.clone(),
        typed,
        cancelled_along: cards(&upcoming.along),
        in_the_way: cards(&upcoming.in_the_way),
        reach: Reach { phone: business.contact_phone, email: business.contact_email },
        errors,
    };
    Ok(html(status, pages::delete(cx.frame.clone(), model)))
}

/// The form.
#[derive(Deserialize)]
pub struct DeleteForm {
    #[serde(default)]
    email: String,
}

/// `POST /my/delete`
pub async fn delete(State(app): State<App>, Cx(cx): Cx, FormOf(form): FormOf<DeleteForm>) -> Result<Response, Failure> {
    let _permit = authorize::<DeleteOwnData>(&cx.actor, &cx.tenant()?.id)?;
    let me = me(&app, &cx).await?;
    if form.email.trim().to_lowercase() != me.email.to_lowercase() {
        let errors = vec![FormError::new("email", format!("Type {} to confirm", me.email))];
        return page(&app, &cx, &me, StatusCode::UNPROCESSABLE_ENTITY, form.email, errors).await;
    }
    if !erase::erase(&app, &cx, &me).await? {
        return page(&app, &cx, &me, StatusCode::CONFLICT, form.email, Vec::new()).await;
    }
    let mut response = see_other_with(&app.config, "/", Tone::Ok, "Your data are deleted, and you are signed out.");
    let gone = crate::access::cookie::clear(&app.config, cookie_name(&app.config));
    response.headers_mut().extend(gone.map(|gone| (header::SET_COOKIE, gone)));
    Ok(response)
}
