//! The built browser files: hashed names, found once; served as unchangeable.

use crate::config::Config;
use app::frame::Assets;
use axum::Router;
use http::{HeaderValue, header};
use std::{env, fs, path::PathBuf};
use tower_http::{
    services::{ServeDir, ServeFile},
    set_header::SetResponseHeaderLayer,
};

const NAME: &str = "smoothschedule";

/// Whether the files are being worked on (`cargo leptos watch`).
pub fn is_watched() -> bool {
    env::var_os("LEPTOS_WATCH").is_some()
}

/// The addresses of the built files: by the hashes that the build wrote beside the program, or plain without them.
pub fn find(config: &Config) -> Assets {
    let hashes = env::current_exe()
        .ok()
        .and_then(|exe| exe.parent().map(|dir| dir.join("hash.txt")))
        .and_then(|file| fs::read_to_string(file).ok())
        .unwrap_or_default();
    let hash = |kind: &str| {
        hashes
            .lines()
            .filter_map(|line| line.split_once(':'))
            .find(|(key, _)| *key == kind)
            .map(|(_, hash)| format!(".{}", hash.trim()))
            // Names that the build no longer has would leave pages bare.
            .filter(|hash| config.site_root.join(format!("pkg/{NAME}{hash}.{kind}")).exists())
            .unwrap_or_default()
    };
    Assets {
        css: format!("/pkg/{NAME}{}.css", hash("css")),
        js: format!("/pkg/{NAME}{}.js", hash("js")),
        wasm: match hash("wasm") {
            hash if hash.is_empty() => format!("/pkg/{NAME}_bg.wasm"),
            hash => format!("/pkg/{NAME}{hash}.wasm"),
        },
        reload_port: is_watched()
            .then(|| env::var("LEPTOS_RELOAD_PORT").ok().and_then(|p| p.parse().ok()).unwrap_or(3001)),
    }
}

/// Serves the built files: the same on every host, since they hold nothing of anybody's.
pub fn router<S: Clone + Send + Sync + 'static>(config: &Config) -> Router<S> {
    // A hashed name never changes its content; while it is being worked on, a plain one does.
    let keep = if is_watched() { "no-cache" } else { "public, max-age=31536000, immutable" };
    let cache = SetResponseHeaderLayer::overriding(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    let short =
        SetResponseHeaderLayer::overriding(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400"));
    let root: PathBuf = config.site_root.clone();
    let pkg = Router::new()
        .fallback_service(ServeDir::new(root.join("pkg")).precompressed_br().precompressed_gzip())
        .layer(cache);
    Router::new().nest("/pkg", pkg).route_service(
        "/favicon.svg",
        tower::ServiceBuilder::new().layer(short).service(ServeFile::new(root.join("favicon.svg"))),
    )
}
