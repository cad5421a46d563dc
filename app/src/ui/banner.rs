//! What stands above a page: whom one is acting as, and what the last request has done.

use super::icon::{Glyph, Icon};
use crate::frame::{Flash, Frame, MasqueradeBanner};
use leptos::prelude::*;

/// `[as Ana Ruiz] ` while acting as somebody: the title is what a tab shows and what is read out first.
pub fn title_prefix(frame: &Frame) -> String {
    frame.masquerade.as_ref().map(|banner| format!("[as {}] ", banner.as_name)).unwrap_or_default()
}

/// Whom one is acting as, who one is, how long it lasts, and the way out. Nothing closes it but its end.
pub fn masquerade(banner: &MasqueradeBanner) -> impl IntoView + use<> {
    let who = match &banner.tenant_name {
        Some(tenant) => format!("({}, {tenant})", banner.as_role.label()),
        None => format!("({})", banner.as_role.label()),
    };
    let left = match banner.minutes_left {
        0 => "less than a minute left".to_owned(),
        1 => "1 minute left".to_owned(),
        minutes => format!("{minutes} minutes left"),
    };
    let (name, by, until) = (banner.as_name.clone(), banner.by_email.clone(), banner.until_label.clone());
    view! {
        <section class="mask" aria-label="Acting as somebody else">
            <Icon glyph=Glyph::Mask/>
            <div class="mask-text">
                <p>"You are acting as "<strong>{name}</strong>" "{who}</p>
                <p>"Signed in as "{by}</p>
                <p>"Ends "<span class="tabular">{until}</span>", "{left}</p>
            </div>
            <form method="post" action=banner.stop_path><button class="mask-stop">"Stop"</button></form>
        </section>
    }
}

/// What the last request has done: shown once, on the page that it led to.
pub fn flash(flash: &Flash) -> impl IntoView + use<> {
    let (tone, glyph) = flash.tone.parts();
    view! {
        <div class="notice flash" data-tone=tone role="status"><Icon glyph/><p>{flash.text.clone()}</p></div>
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        frame::{Frame, MasqueradeBanner, Site},
        render::{Scripts, document},
        site::{self, model::Problem},
        ui::layout::{plain_layout, platform_layout, public_layout, team_layout},
    };
    use domain::actor::Role;
    use leptos::prelude::AnyView;
    use std::sync::Arc;

    fn frame() -> Frame {
        Frame {
            site: Site::Tenant { name: "Salon X".into(), zone: "UTC".into() },
            person: None,
            path: "/".into(),
            assets: Arc::default(),
            nonce: String::new(),
            request_id: String::new(),
            masquerade: Some(MasqueradeBanner {
                as_name: "Ana <Ruiz>".into(),
                as_role: Role::TenantStaff,
                tenant_name: Some("Salon X".into()),
                by_email: "root@example.com".into(),
                until_label: "11:02".into(),
                minutes_left: 1,
                stop_path: "/masquerade/stop",
            }),
            flash: None,
            dev: false,
        }
    }

    fn is_told(html: &str) -> bool {
        let parts = ["Ana &lt;Ruiz", "(Staff, Salon X)", "root@example.com", "11:02", ", 1 minute left"];
        let form = "<form method=\"post\" action=\"/masquerade/stop\">";
        let (top, _) = html.split_once("class=\"frame\"").expect("a frame");
        html.contains("<title>[as Ana &lt;Ruiz>] ") && top.contains(form) && parts.iter().all(|part| top.contains(part))
    }

    #[test]
    fn no_page_loses_the_banner() {
        let layouts: [fn(&'static str) -> AnyView; 4] =
            [|b| public_layout(b), |b| team_layout(b), |b| platform_layout(b), |b| plain_layout(b)];
        for layout in layouts {
            let html = document(frame(), "Page", Scripts::None, move || layout("body"));
            assert!(is_told(&html), "{html}");
        }
        for problem in [Problem::NotFound, Problem::Failed, Problem::WhileMasquerading, Problem::Unavailable] {
            assert!(is_told(&site::problem(frame(), problem)), "{problem:?}");
        }
    }

    #[test]
    fn a_host_that_is_nobodys_tells_nothing() {
        assert!(!site::problem(frame(), Problem::NoSuchSite).contains("Ana"));
    }
}
