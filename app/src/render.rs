//! From a page to HTML: one synchronous pass, since pages have their data before they are drawn.

use crate::frame::Frame;
use leptos::{nonce::Nonce, prelude::*};
use std::sync::Arc;

/// What the islands on a page need; pages of the public carry none.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scripts {
    /// No script, no WASM.
    None,
    /// A few lines that make forms and lists handier, and no WASM; without them all of it works.
    Enhance,
    /// The same, and the script and WASM of the islands.
    Islands,
}

/// Draws a whole document. `body` runs with the frame in context (`expect_context::<Frame>()`).
pub fn document<V: IntoView + 'static>(
    frame: Frame,
    title: &str,
    scripts: Scripts,
    body: impl FnOnce() -> V,
) -> String {
    let owner = Owner::new_root(Some(Arc::new(hydration_context::SsrSharedContext::new_islands())));
    let html = owner.with(|| {
        provide_context(Nonce::from_value(frame.nonce.clone()));
        provide_context(frame.clone());
        crate::ui::shell::shell(&frame, title, scripts, body().into_any()).to_html()
    });
    owner.cleanup();
    // Hydration finds its places by these marks; where nothing is hydrated they are only bytes, and no valid HTML.
    let html = if scripts == Scripts::Islands { html } else { html.replace("<!>", "") };
    format!("<!DOCTYPE html>{html}")
}

/// Draws a part of a page without its document: for `ui/sheet.js`, which puts it over the page that asked for it.
pub fn fragment<V: IntoView + 'static>(frame: Frame, body: impl FnOnce() -> V) -> String {
    let owner = Owner::new_root(Some(Arc::new(hydration_context::SsrSharedContext::new_islands())));
    let html = owner.with(|| {
        provide_context(frame);
        body().into_any().to_html()
    });
    owner.cleanup();
    html.replace("<!>", "")
}
