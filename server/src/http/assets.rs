//! The built browser files: hashed names, found once; served as unchangeable.

use crate::config::Config;
use app::{frame::Assets, ui::script};
use axum::{Router, routing::get};
use http::{HeaderValue, header};
use sha2::{Digest, Sha256};
use std::{env, fs, path::PathBuf, sync::LazyLock};
use tower_http::{
    services::{ServeDir, ServeFile},
    set_header::SetResponseHeaderLayer,
};

const NAME: &str = "smoothschedule";

/// The scripts that come out of the program itself: what each is called, its address, its text.
static SCRIPTS: LazyLock<Vec<(&str, String, String)>> = LazyLock::new(|| {
    [("palette", script::PALETTE), ("search", script::SEARCH)]
        .into_iter()
        .map(|(name, source)| {
            let text = slim(source);
            let mut hash = base32::encode(base32::Alphabet::Rfc4648Lower { padding: false }, &Sha256::digest(&text));
            hash.truncate(20);
            (name, format!("/scripts/{name}.{hash}.js"), text)
        })
        .collect()
});

/// Without the comments and the indents, which only we read.
fn slim(source: &str) -> String {
    let lines = source.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// The address of one of the scripts.
fn script_of(name: &str) -> String {
    SCRIPTS.iter().find(|(other, ..)| *other == name).map(|(_, address, _)| address.clone()).unwrap_or_default()
}

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
        palette: script_of("palette"),
        search: script_of("search"),
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
    let scripts = SCRIPTS.iter().fold(Router::new(), |router, (_, address, text)| {
        let answer = ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], text.as_str());
        router.route(address, get(move || async move { answer }))
    });
    // Their names change with what is in them, whatever is being worked on.
    let forever = HeaderValue::from_static("public, max-age=31536000, immutable");
    let scripts = scripts.layer(SetResponseHeaderLayer::overriding(header::CACHE_CONTROL, forever));
    Router::new().merge(scripts).nest("/pkg", pkg).route_service(
        "/favicon.svg",
        tower::ServiceBuilder::new().layer(short).service(ServeFile::new(root.join("favicon.svg"))),
    )
}
