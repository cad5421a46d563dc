//! Whatever changes something must come from a page of the same host.
//!
//! Browsers say where a request comes from in headers that no script can set: `Sec-Fetch-Site`, and `Origin`. A
//! cookie's SameSite alone does not do: sibling hosts, all of them other tenants, are the same *site*.

use app::site::model::Problem;
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use http::{HeaderMap, Method, header};

use super::envelope::Envelope;
use crate::{state::App, tenancy::CanonicalHost};

/// Refuses a change that another site sent, or that does not say where it comes from.
pub(super) async fn check(State(app): State<App>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if reads || is_own(request.headers(), app.config.base.https) {
        return next.run(request).await;
    }
    let ip = request.extensions().get::<Envelope>().and_then(|e| e.ip);
    tracing::warn!(?ip, "a change from another site was refused");
    crate::error::undrawn(Problem::CrossSite)
}

fn is_own(headers: &HeaderMap, https: bool) -> bool {
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    let origin_is_own = text("origin").map(|origin| {
        let scheme = if https { "https://" } else { "http://" };
        // The host as the browser sees it, port and all: another port is another origin.
        let host = headers.get(header::HOST).and_then(|v| v.to_str().ok()).unwrap_or("");
        origin
            .strip_prefix(scheme)
            .is_some_and(|of| of.eq_ignore_ascii_case(host) && CanonicalHost::parse(host).is_ok())
    });
    match (text("sec-fetch-site"), origin_is_own) {
        // A browser that sends both must say the same with both.
        (Some(site), origin) => site == "same-origin" && origin != Some(false),
        (None, Some(own)) => own,
        (None, None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(pairs: &[(&'static str, &'static str)]) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, "demo.localhost:3000".parse().expect("a header value"));
        for (name, value) in pairs {
            headers.insert(*name, value.parse().expect("a header value"));
        }
        is_own(&headers, false)
    }

    #[test]
    fn only_the_same_origin() {
        assert!(own(&[("origin", "http://demo.localhost:3000"), ("sec-fetch-site", "same-origin")]));
        assert!(own(&[("origin", "http://demo.localhost:3000")]));
        assert!(own(&[("sec-fetch-site", "same-origin")]));
        assert!(!own(&[]));
        assert!(!own(&[("sec-fetch-site", "same-site")]));
        assert!(!own(&[("sec-fetch-site", "cross-site")]));
        assert!(!own(&[("sec-fetch-site", "none")]));
        assert!(!own(&[("origin", "null")]));
        assert!(!own(&[("origin", "http://studio.localhost:3000"), ("sec-fetch-site", "same-site")]));
        assert!(!own(&[("origin", "http://demo.localhost")]));
        assert!(!own(&[("origin", "https://demo.localhost:3000")]));
        assert!(!own(&[("origin", "http://evil.example"), ("sec-fetch-site", "same-origin")]));
    }
}
