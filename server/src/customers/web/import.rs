//! Taking customers over from a file: shown first, then done.

use super::super::{
    import::{LARGEST_FILE, import, look},
    show,
};
use crate::{
    error::Failure,
    http::{Cx, flash::see_other_with, html},
    state::App,
};
use app::{
    customers::{self as pages, model::ImportPage},
    frame::Tone,
    request::RequestContext,
    ui::form::FormError,
};
use axum::{
    extract::{FromRequest, Multipart, Request, State},
    response::{IntoResponse, Response},
};
use domain::{
    customer::{
        csv::{Unreadable, decode},
        import::Existing,
    },
    policy::{ImportCustomers, authorize},
};
use http::StatusCode;

/// What was sent: a file, or rows that were pasted.
#[derive(Default)]
struct Upload {
    file: Vec<u8>,
    text: String,
    existing: Existing,
}

impl Upload {
    /// Reads the parts of the form. What cannot be read becomes a page, as everywhere.
    async fn read(request: Request) -> Result<Self, Response> {
        let unreadable = || Failure::BadRequest("its form cannot be read").into_response();
        // What breaks off while it is read is too long, or comes from somebody who is gone and reads no answer.
        let failed = |error: axum::extract::multipart::MultipartError| match error.status() {
            StatusCode::PAYLOAD_TOO_LARGE | StatusCode::INTERNAL_SERVER_ERROR => {
                StatusCode::PAYLOAD_TOO_LARGE.into_response()
            }
            _ => unreadable(),
        };
        let mut parts = Multipart::from_request(request, &()).await.map_err(|_| unreadable())?;
        let mut upload = Self::default();
        while let Some(part) = parts.next_field().await.map_err(failed)? {
            let name = part.name().unwrap_or_default().to_owned();
            let bytes = part.bytes().await.map_err(failed)?;
            match name.as_str() {
                "file" => upload.file = bytes.to_vec(),
                "text" => upload.text = String::from_utf8(bytes.to_vec()).map_err(|_| unreadable())?,
                "existing" => upload.existing = Existing::parse(&String::from_utf8_lossy(&bytes)),
                _ => {}
            }
        }
        Ok(upload)
    }

    /// The rows: those of the file, or else those that were pasted.
    fn rows(&self) -> Result<String, Unreadable> {
        if self.file.is_empty() { Ok(self.text.clone()) } else { decode(&self.file) }
    }
}

/// `GET /customers/import`
pub async fn import_page(Cx(cx): Cx) -> Result<Response, Failure> {
    let _permit = authorize::<ImportCustomers>(&cx.actor, &cx.tenant()?.id)?;
    Ok(html(StatusCode::OK, pages::import(cx.frame, ImportPage::default())))
}

/// The form once more, with what is wrong with the file.
fn refused(cx: RequestContext, upload: Upload, message: String) -> Response {
    let field = if upload.file.is_empty() && !upload.text.is_empty() { "text" } else { "file" };
    let errors = vec![FormError::new(field, message)];
    let page = pages::import(cx.frame, ImportPage { text: upload.text, existing: upload.existing, errors });
    html(StatusCode::UNPROCESSABLE_ENTITY, page)
}

/// Says that nothing was sent at all, or nothing that can be read.
fn why(upload: &Upload, unreadable: Unreadable) -> String {
    if upload.file.is_empty() && upload.text.trim().is_empty() {
        return "Choose a file, or paste the rows".into();
    }
    unreadable.message()
}

/// `POST /customers/import`: shows what would happen, and saves nothing.
pub async fn check(State(app): State<App>, Cx(cx): Cx, request: Request) -> Result<Response, Failure> {
    let _permit = authorize::<ImportCustomers>(&cx.actor, &cx.tenant()?.id)?;
    let upload = match Upload::read(request).await {
        Ok(upload) => upload,
        Err(response) => return Ok(response),
    };
    if upload.file.len() > LARGEST_FILE {
        return Ok(refused(
            cx,
            upload,
            "The file is larger than 1 MB: split it, and import one part after the other".into(),
        ));
    }
    let planned = match upload.rows() {
        Ok(text) => look(&app, &cx, &text, upload.existing).await?.map(|plan| (plan, text)),
        Err(unreadable) => Err(unreadable),
    };
    match planned {
        Ok((plan, text)) => {
            Ok(html(StatusCode::OK, pages::preview(cx.frame, show::preview(&plan, text, upload.existing))))
        }
        Err(unreadable) => {
            let message = why(&upload, unreadable);
            Ok(refused(cx, upload, message))
        }
    }
}

/// `POST /customers/import/confirm`
pub async fn confirm(State(app): State<App>, Cx(cx): Cx, request: Request) -> Result<Response, Failure> {
    let _permit = authorize::<ImportCustomers>(&cx.actor, &cx.tenant()?.id)?;
    let upload = match Upload::read(request).await {
        Ok(upload) => upload,
        Err(response) => return Ok(response),
    };
    let done = match upload.rows() {
        Ok(text) => import(&app, &cx, &text, upload.existing).await?,
        Err(unreadable) => Err(unreadable),
    };
    let counted = |n: u64| if n == 1 { "1 customer".to_owned() } else { format!("{n} customers") };
    let words = match done {
        Ok((0, 0)) => "Everybody in this file was there already. Nothing was changed.".to_owned(),
        Ok((added, 0)) => format!("{} added.", counted(added)),
        Ok((0, updated)) => format!("{} updated.", counted(updated)),
        Ok((added, updated)) => format!("{} added, {updated} updated.", counted(added)),
        Err(unreadable) => {
            let message = why(&upload, unreadable);
            return Ok(refused(cx, upload, message));
        }
    };
    Ok(see_other_with(&app.config, "/customers", Tone::Ok, &words))
}
