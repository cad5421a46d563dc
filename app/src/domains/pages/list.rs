use super::{
    super::model::{DomainState, Domains},
    card::card,
};
use crate::{
    frame::Frame,
    render::{Scripts, document},
    ui::{
        field::{ErrorSummary, Field},
        filter::{FilterBar, FilterSelect, options},
        form::{Disclosure, message, summary},
        layout::{platform_layout, title, title_of_error},
        list::{Empty, Paging, listing},
    },
};
use leptos::prelude::*;

/// The domains of all businesses.
pub fn domains(frame: Frame, model: Domains) -> String {
    let title = if model.errors.is_empty() { title(&frame, "Domains") } else { title_of_error(&frame, "Domains") };
    document(frame, &title, Scripts::None, move || {
        let bar = model.list.refused.is_none().then(|| {
            let states = options("All", DomainState::ALL.map(|state| (state.as_str(), state.label())));
            let chosen = model.state.map_or("", DomainState::as_str);
            view! {
                <FilterBar action="/domains" is_filtered=model.state.is_some()>
                    <FilterSelect name="state" label="State" options=states chosen/>
                </FilterBar>
            }
        });
        let add = model.may_add.then(|| add(&model));
        let never = view! {
            <Empty title="No domains yet">
                <p class="muted">"Every business is reached under its address here. With a domain of its own it is reached there too."</p>
            </Empty>
        };
        platform_layout(view! {
            <header class="page-head"><h1>"Domains"</h1></header>
            <ErrorSummary errors=summary(&model.errors, "")/>
            {add}
            {bar}
            {listing(model.list, Paging::Pages, "/domains", never, |rows| {
                let cards = rows.iter().map(|domain| view! { <li>{card(domain)}</li> }).collect_view();
                view! { <ul class="domains" role="list">{cards}</ul> }.into_any()
            })}
        })
    })
}

fn add(model: &Domains) -> impl IntoView + use<> {
    let error = |field: &str| message(&model.errors, field);
    let (form, tenants) = (model.form.clone(), model.tenants.clone());
    let (tenant_error, host_error) = (error("tenant"), error("host"));
    let is_open = !model.errors.is_empty() || !form.tenant.is_empty();
    view! {
        <div class="narrow add-domain no-print">
            <Disclosure label="Add a domain" open=is_open>
                <form class="form" method="post" action="/domains" novalidate>
                    <Field
                        name="tenant"
                        label="Business"
                        hint="Its address without the rest, such as aurora"
                        value=form.tenant
                        error=tenant_error
                        autocomplete="off"
                        suggestions=tenants
                    />
                    <Field
                        name="host"
                        label="Domain"
                        hint="Such as book.salon-aurora.com, without https://"
                        value=form.host
                        error=host_error
                        autocomplete="off"
                    />
                    <div><button class="btn" data-variant="primary">"Add domain"</button></div>
                </form>
            </Disclosure>
        </div>
    }
}
