//! What handlers take and give. Whatever cannot be read becomes a page, never a library's own text.

use crate::error::Failure;
use app::{error::AppError, request::RequestContext};
use axum::{
    body::Body,
    extract::{Form, FromRequest, FromRequestParts, Path, Query, Request},
    response::{IntoResponse, Response},
};
use http::{HeaderValue, StatusCode, header, request::Parts};
use serde::de::DeserializeOwned;

/// The context of the request.
pub struct Cx(pub RequestContext);

impl<S: Sync> FromRequestParts<S> for Cx {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        let found = parts.extensions.get::<RequestContext>().cloned();
        found.map(Cx).ok_or_else(|| anyhow::anyhow!("a room was reached without its context").into())
    }
}

/// A form.
pub struct FormOf<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for FormOf<T> {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        match Form::<T>::from_request(request, state).await {
            Ok(Form(form)) => Ok(Self(form)),
            Err(rejection) => {
                let status = rejection.into_response().status();
                Err(match status {
                    StatusCode::PAYLOAD_TOO_LARGE => status.into_response(),
                    _ => Failure::BadRequest("its form cannot be read").into_response(),
                })
            }
        }
    }
}

/// The query.
pub struct QueryOf<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for QueryOf<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let read = Query::<T>::from_request_parts(parts, state).await;
        read.map(|Query(query)| Self(query))
            .map_err(|_| Failure::BadRequest("its address has a part that cannot be read"))
    }
}

/// A part of the path. One that cannot be an id is nothing that is there: 404.
pub struct PathOf<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for PathOf<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let read = Path::<T>::from_request_parts(parts, state).await;
        read.map(|Path(path)| Self(path)).map_err(|_| AppError::NotFound.into())
    }
}

/// A page.
pub fn html(status: StatusCode, page: String) -> Response {
    let mut response = (status, Body::from(page)).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    response
}

/// Goes on to a path of this host by GET.
pub fn see_other(path: &str) -> Response {
    match HeaderValue::from_str(path) {
        Ok(location) => (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
