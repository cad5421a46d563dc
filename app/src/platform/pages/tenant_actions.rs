//! What may be done to a business: each a form of its own, opened first.

use super::{super::model::TenantPage, tiers};
use crate::ui::{
    field::{Field, Kind, Select},
    form::{Actions, Disclosure, FormState, Press, offered},
};
use leptos::prelude::*;

/// The forms that are offered.
pub(super) fn actions(model: &TenantPage) -> impl IntoView + use<> {
    let offers = &model.actions;
    let all = vec![
        offered(&offers.edit, "edit", "Change name or time zone", || edit(model)),
        offered(&offers.tier, "tier", "Change plan", || tier(model)),
        offered(&offers.extend, "extend", "Extend the demo", || extend(model)),
        offered(&offers.restore, "restore", "Restore", || restore(model)),
        offered(&offers.suspend, "suspend", "Suspend\u{2026}", || suspend(model)),
        offered(&offers.close, "close", "Close for good\u{2026}", || close(model)),
    ];
    view! { <Actions all none="Your role lets you read this business, not change it."/> }
}

fn path(model: &TenantPage, form: &str) -> String {
    format!("/tenants/{}/{form}", model.id)
}

fn edit(model: &TenantPage) -> AnyView {
    let state = FormState::of("edit", model.refused.as_ref());
    let (action, zones) = (path(model, "edit"), model.zones.clone());
    let (name, zone) = (state.value("name", &model.name), state.value("timezone", &model.timezone));
    view! {
        <Disclosure label="Change name or time zone" open=state.is_refused()>
            <form class="form" method="post" action=action novalidate>
                <Field name="name" id=state.id("name") label="Name" value=name error=state.error("name") autocomplete="off"/>
                <Field
                    name="timezone"
                    id=state.id("timezone")
                    label="Time zone"
                    hint="Appointments keep their instants; the wall clock changes."
                    value=zone
                    error=state.error("timezone")
                    autocomplete="off"
                    suggestions=zones
                />
                <button class="btn" data-variant="primary">"Save name and zone"</button>
            </form>
        </Disclosure>
    }
    .into_any()
}

fn tier(model: &TenantPage) -> AnyView {
    let state = FormState::of("tier", model.refused.as_ref());
    let (action, chosen) = (path(model, "tier"), state.value("tier", model.tier.as_str()));
    view! {
        <Disclosure label="Change plan" open=state.is_refused()>
            <form class="form" method="post" action=action novalidate>
                <Select
                    name="tier"
                    id=state.id("tier")
                    label="Plan"
                    hint="Its limits hold from now on. What is above them stays, and nothing more can be added."
                    options=tiers()
                    chosen
                    error=state.error("tier")
                />
                <button class="btn" data-variant="primary">"Change plan"</button>
            </form>
        </Disclosure>
    }
    .into_any()
}

fn extend(model: &TenantPage) -> AnyView {
    let state = FormState::of("extend", model.refused.as_ref());
    let (action, days) = (path(model, "extend"), state.value("days", "7"));
    view! {
        <Disclosure label="Extend the demo" open=state.is_refused()>
            <form class="form" method="post" action=action novalidate>
                <Field
                    name="days"
                    id=state.id("days")
                    label="Days from today"
                    kind=Kind::Number
                    hint="1 to 30"
                    value=days
                    error=state.error("days")
                    autocomplete="off"
                />
                <button class="btn" data-variant="primary">"Extend demo"</button>
            </form>
        </Disclosure>
    }
    .into_any()
}

fn restore(model: &TenantPage) -> AnyView {
    view! {
        <div class="action">
            <p>"Its site answers again, and its people can sign in."</p>
            <Press action=path(model, "restore") label="Restore business" variant="primary"/>
        </div>
    }
    .into_any()
}

fn suspend(model: &TenantPage) -> AnyView {
    let state = FormState::of("suspend", model.refused.as_ref());
    let (action, reason) = (path(model, "suspend"), state.value("reason", ""));
    view! {
        <Disclosure label="Suspend\u{2026}" open=state.is_refused()>
            <form class="form" method="post" action=action novalidate>
                <p>"Its site answers with \u{201c}no site at this address\u{201d} and its people are signed out. Nothing is lost."</p>
                <Field
                    name="reason"
                    id=state.id("reason")
                    label="Reason"
                    kind=Kind::Paragraph
                    hint="It is written into the audit and shown here."
                    value=reason
                    error=state.error("reason")
                />
                <button class="btn" data-variant="danger">"Suspend business"</button>
            </form>
        </Disclosure>
    }
    .into_any()
}

fn close(model: &TenantPage) -> AnyView {
    let state = FormState::of("close", model.refused.as_ref());
    let (action, reason, confirm) = (path(model, "close"), state.value("reason", ""), state.value("confirm", ""));
    let label = format!("Type {} to confirm", model.slug);
    view! {
        <Disclosure label="Close for good\u{2026}" open=state.is_refused()>
            <form class="form" method="post" action=action novalidate>
                <p>"This cannot be undone. Its site, its domains and the logins of its people end at once."</p>
                <Field
                    name="reason"
                    id=state.id("reason")
                    label="Reason"
                    kind=Kind::Paragraph
                    value=reason
                    error=state.error("reason")
                />
                <Field name="confirm" id=state.id("confirm") label=label value=confirm error=state.error("confirm") autocomplete="off"/>
                <button class="btn" data-variant="danger">"Close business for good"</button>
            </form>
        </Disclosure>
    }
    .into_any()
}
