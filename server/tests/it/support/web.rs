//! A client with a browser's manners: it keeps cookies by host and says where a form comes from.

use axum::{Router, body::Body};
use http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard},
};
use tower::ServiceExt;

/// An answer, read to its end.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn location(&self) -> &str {
        self.headers.get(header::LOCATION).map_or("", |v| v.to_str().unwrap())
    }
}

/// A client of one host.
pub struct Client {
    router: Router,
    pub host: String,
    cookies: Mutex<HashMap<String, String>>,
}

impl Client {
    pub fn new(router: &Router, host: &str) -> Self {
        Self { router: router.clone(), host: host.to_owned(), cookies: Mutex::default() }
    }

    /// What the browser keeps for this host.
    pub fn cookies(&self) -> MutexGuard<'_, HashMap<String, String>> {
        self.cookies.lock().unwrap()
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path).body(Body::empty()).unwrap()).await
    }

    /// Posts a form as a page of the same host would.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = self
            .request(Method::POST, path)
            .header(header::ORIGIN, format!("http://{}", self.host))
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap();
        self.send(request).await
    }

    /// Calls a server function as an island of the same host would.
    pub async fn call(&self, path: &str, json: serde_json::Value) -> Answer {
        let request = self
            .request(Method::POST, path)
            .header(header::ORIGIN, format!("http://{}", self.host))
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::ACCEPT, "application/json")
            .body(Body::from(json.to_string()))
            .unwrap();
        self.send(request).await
    }

    pub fn request(&self, method: Method, path: &str) -> http::request::Builder {
        let mut builder = Request::builder().method(method).uri(path).header(header::HOST, &self.host);
        let cookies: Vec<_> = self.cookies().iter().map(|(k, v)| format!("{k}={v}")).collect();
        if !cookies.is_empty() {
            builder = builder.header(header::COOKIE, cookies.join("; "));
        }
        builder
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            let text = cookie.to_str().unwrap();
            let (name, value) = text.split(';').next().unwrap().split_once('=').unwrap();
            if value.is_empty() || text.contains("Max-Age=0") {
                self.cookies().remove(name);
            } else {
                self.cookies().insert(name.to_owned(), value.to_owned());
            }
        }
        // Where a long address may be broken is no part of it.
        let body = String::from_utf8_lossy(&body.collect().await.unwrap().to_bytes()).replace("<wbr>", "");
        super::assert_tells_nothing(&body);
        Answer { status: parts.status, headers: parts.headers, body }
    }
}
