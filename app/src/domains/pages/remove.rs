use super::super::model::RemoveDomain;
use crate::{
    frame::Frame,
    platform::tenant_link,
    render::{Scripts, document},
    ui::{
        layout::{back, platform_layout, title},
        notice::{Notice, Tone},
    },
};
use leptos::prelude::*;

/// Asks once more before a domain is removed, and names the address that dies.
pub fn remove(frame: Frame, model: RemoveDomain) -> String {
    document(frame.clone(), &title(&frame, "Remove domain"), Scripts::None, move || {
        let RemoveDomain { id, host, tenant, dies, stays } = model;
        platform_layout(view! {
            {back("/domains", "Domains")}
            <header class="page-head"><h1 class="wrap">{format!("Remove {host}?")}</h1><p class="muted">{tenant_link(&tenant)}</p></header>
            <div class="narrow l-stack">
                <Notice tone=Tone::Danger title="This public address stops working at once">
                    <p><strong class="wrap">{dies}</strong></p>
                    <p>"Links to it in letters, on cards and in search engines lead nowhere then, bookings' private links among them."</p>
                </Notice>
                <form class="card form" method="post" action=format!("/domains/{id}/remove")>
                    <p>"The business is still reached under "<a class="wrap" href=stays.clone()>{stays.clone()}</a>". No booking is lost."</p>
                    <div class="form-actions">
                        <button class="btn" data-variant="danger" data-size="lg">"Remove domain"</button>
                        <a class="btn" data-variant="quiet" href="/domains">"Keep it"</a>
                    </div>
                </form>
            </div>
        })
    })
}
