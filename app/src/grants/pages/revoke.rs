use super::{super::model::RevokeGrants, line};
use crate::{
    frame::{Frame, Site},
    people::model::Place,
    platform::{counted, tenant_link},
    render::{Scripts, document},
    ui::{
        layout::{back, title},
        notice::{Notice, Tone},
    },
};
use leptos::prelude::*;

/// Asks once more before permissions are taken back, and names whom it concerns.
pub fn revoke(frame: Frame, model: RevokeGrants) -> String {
    document(frame.clone(), &title(&frame, "Revoke permissions"), Scripts::None, move || {
        let place = if frame.site == Site::Platform { Place::Platform } else { Place::Team };
        let n = u32::try_from(model.grants.len()).unwrap_or(u32::MAX);
        let ended = (model.ended > 0 && n > 0).then(|| {
            let ended = counted(model.ended, "of those you chose has", "of those you chose have");
            view! { <Notice title=format!("{ended} ended meanwhile")><p>"There is nothing left to take back of it."</p></Notice> }
        });
        let body = if n == 0 {
            let (heading, text) = if model.ended > 0 {
                ("They have ended meanwhile", "There is nothing left to take back.")
            } else {
                ("None was chosen", "Go back and tick those to take back.")
            };
            view! { <Notice tone=Tone::Warn title=heading><p>{text}</p></Notice> }.into_any()
        } else {
            let ids =
                model.grants.iter().map(|grant| view! { <input type="hidden" name="id" value=grant.id.to_string()/> });
            let ids = ids.collect_view();
            let lines = model.grants.iter().map(|grant| {
                let tenant =
                    grant.tenant.as_ref().map(|tenant| view! { <span class="small">{tenant_link(tenant)}</span> });
                view! { <li class="line">{line(grant)}{tenant}</li> }
            });
            let lines = lines.collect_view();
            view! {
                <form class="card form" method="post" action="/grants/revoke">
                    {ids}
                    <ul class="lines" role="list">{lines}</ul>
                    <p>"What they allow ends at once, also in the middle of what somebody is doing. What was done with them stays done."</p>
                    <div class="form-actions">
                        <button class="btn" data-variant="danger" data-size="lg">{format!("Revoke {}", counted(n, "permission", "permissions"))}</button>
                        <a class="btn" data-variant="quiet" href="/grants">"Keep"</a>
                    </div>
                </form>
            }
            .into_any()
        };
        let heading = match n {
            0 => "Revoke permissions".to_owned(),
            n => format!("Revoke {}?", counted(n, "permission", "permissions")),
        };
        place.layout(view! {
            {back("/grants", "Permissions")}
            <header class="page-head"><h1>{heading}</h1></header>
            <div class="narrow l-stack">{ended}{body}</div>
        })
    })
}
