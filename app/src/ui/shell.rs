//! The document around every page.

use super::{MAIN, banner};
use crate::{
    frame::{Frame, Site},
    render::Scripts,
};
use leptos::prelude::*;

/// The document around every page.
pub fn shell(frame: &Frame, title: &str, scripts: Scripts, body: AnyView) -> impl IntoView + use<> {
    let title = super::escaped(&format!("{}{title}", banner::title_prefix(frame)));
    // Here and not in the layouts, so that no page can be made without it.
    let masquerade = frame.masquerade.as_ref().map(banner::masquerade);
    let css = frame.assets.css.clone();
    // The business's colour, after the product's own: docs/decisions/0011-set-up.md says why it is a file.
    let brand = matches!(frame.site, Site::Tenant { .. }).then(|| view! { <link rel="stylesheet" href="/brand.css"/> });
    let islands = (scripts == Scripts::Islands).then(|| islands(frame));
    let enhance = (scripts != Scripts::None).then(|| {
        let start = concat!(
            "(",
            include_str!("enhance.js"),
            ")();(",
            include_str!("sheet.js"),
            ")();(",
            include_str!("follow.js"),
            ")()"
        );
        view! { <script type="module" nonce=frame.nonce.clone() inner_html=start></script> }
    });
    let reload = frame.assets.reload_port.map(|port| {
        let start = format!("({})({port})", include_str!("reload.js"));
        view! { <script type="module" nonce=frame.nonce.clone() inner_html=start></script> }
    });
    view! {
        <html lang="en">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                // The two values of --surface in style/tokens.css.
                <meta name="theme-color" media="(prefers-color-scheme: light)" content="#ffffff"/>
                <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#18191b"/>
                <title inner_html=title></title>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="stylesheet" href=css/>
                {brand}
                {islands}
                {enhance}
                {reload}
            </head>
            <body>
                <a class="skip" href=format!("#{MAIN}")>"Skip to content"</a>
                {masquerade}
                {body}
            </body>
        </html>
    }
}

/// What a page with islands loads. The hints name the credentials that the later requests will use
/// (a module's are those of its own origin, `fetch`'s are anonymous), or the browser loads both files twice.
fn islands(frame: &Frame) -> impl IntoView + use<> {
    let (js, wasm, nonce) = (frame.assets.js.clone(), frame.assets.wasm.clone(), frame.nonce.clone());
    let start = format!("({})({js:?}, {wasm:?})", include_str!("islands.js"));
    view! {
        <link rel="modulepreload" href=js nonce=nonce.clone()/>
        <link rel="preload" href=wasm r#as="fetch" r#type="application/wasm" crossorigin="anonymous"/>
        <script type="module" nonce=nonce inner_html=start></script>
    }
}
