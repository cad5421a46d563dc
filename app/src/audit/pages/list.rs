use super::{
    super::model::{Audit, AuditFilter, AuditRow},
    outcome, who,
};
use crate::{
    frame::Frame,
    people::model::Place,
    platform::tenant_link,
    render::{Scripts, document},
    ui::{
        facts::{Fact, FactList},
        filter::{FilterBar, FilterSelect, FilterText},
        icon::{Glyph, Icon},
        layout::title,
        list::{Empty, Paging, listing},
        moment::When,
        table::{Cell, HeadCell, Row, Table},
    },
};
use leptos::prelude::*;

/// The audit of the platform and of all businesses.
pub fn audit(frame: Frame, model: Audit) -> String {
    list(frame, model, Place::Platform)
}

/// The audit of the own business.
pub fn activity(frame: Frame, model: Audit) -> String {
    list(frame, model, Place::Team)
}

fn list(frame: Frame, model: Audit, place: Place) -> String {
    let (heading, path) = match place {
        Place::Platform => ("Audit", "/audit"),
        Place::Team => ("Activity", "/activity"),
    };
    document(frame.clone(), &title(&frame, heading), Scripts::None, move || {
        let bar = model.list.refused.is_none().then(|| bar(&model.filter, &model.actions, place, path));
        let tools = tools(&model);
        let lead = match place {
            Place::Platform => {
                "Everything that was done or refused, newest first. Entries can be read and checked, never changed."
            }
            Place::Team => "Everything that was done in your business, newest first, also by the platform's people.",
        };
        let never = view! {
            <Empty title="Nothing written down yet">
                <p class="muted">"Sign-ins, changes and everything done in somebody else's name appear here."</p>
            </Empty>
        };
        let rows = move |rows: Vec<AuditRow>| table(&rows, place);
        place.layout(view! {
            <header class="page-head"><div><h1>{heading}</h1><p class="muted">{lead}</p></div>{tools}</header>
            {bar}
            {listing(model.list, Paging::Time, path, never, rows)}
        })
    })
}

/// What can be done with the whole of what is shown.
fn tools(model: &Audit) -> impl IntoView + use<> {
    let export = |href: &Option<String>, label: &'static str| {
        href.clone().map(|href| {
            view! { <a class="btn" href=href download=""><Icon glyph=Glyph::Download size=18/>{label}</a> }
        })
    };
    let verify = model.may_verify.then(|| {
        view! { <form method="post" action="/audit/verify"><button class="btn"><Icon glyph=Glyph::Shield size=18/>"Verify"</button></form> }
    });
    view! { <div class="l-cluster no-print">{export(&model.csv, "CSV")}{export(&model.jsonl, "JSON lines")}{verify}</div> }
}

fn bar(filter: &AuditFilter, actions: &[(String, String)], place: Place, path: &'static str) -> impl IntoView + use<> {
    let actions = [vec![(String::new(), "All".to_owned())], actions.to_vec()].concat();
    let tenant = (place == Place::Platform)
        .then(|| view! { <FilterText name="tenant" label="Business (its address)" value=filter.tenant.clone()/> });
    let (filter, is_set) = (filter.clone(), filter.is_set());
    view! {
        <FilterBar action=path is_filtered=is_set>
            <FilterText name="from" label="From" kind="date" value=filter.from.clone()/>
            <FilterText name="to" label="To" kind="date" value=filter.to.clone()/>
            <FilterSelect name="action" label="What" options=actions chosen=filter.action.clone()/>
            <FilterText name="actor" label="Who (e-mail)" value=filter.actor.clone()/>
            <FilterText name="subject" label="As or to whom (e-mail)" value=filter.subject.clone()/>
            {tenant}
        </FilterBar>
    }
}

fn table(rows: &[AuditRow], place: Place) -> AnyView {
    let mut words = vec!["Time (UTC)", "What", "Who"];
    if place == Place::Platform {
        words.push("Business");
    }
    words.extend(["On what", "From", "Result"]);
    let words = words.into_iter().map(IntoAny::into_any).collect();
    let rows = rows.iter().map(|entry| row(entry, place)).collect_view();
    view! { <div class="audit"><Table caption="Entries, newest first" heads=words>{rows}</Table></div> }.into_any()
}

fn row(entry: &AuditRow, place: Place) -> impl IntoView + use<> {
    let kind = entry.is_masquerade.then_some("masquerade");
    let mask = entry.is_masquerade.then(|| view! { <Icon glyph=Glyph::Mask size=18/> });
    let business = (place == Place::Platform).then(|| {
        let tenant = match &entry.tenant {
            Some(tenant) => tenant_link(tenant).into_any(),
            None => view! { <span class="muted">"Platform"</span> }.into_any(),
        };
        view! { <Cell label="Business">{tenant}</Cell> }
    });
    let target = match entry.target_href.clone() {
        Some(href) => view! { <a href=href>{entry.target.clone()}</a> }.into_any(),
        None => view! { <span class="prose">{entry.target.clone()}</span> }.into_any(),
    };
    let from = match entry.ip.clone() {
        Some(ip) => view! { <span class="tabular prose">{ip}</span> }.into_any(),
        None => view! { <span class="muted">"Not a request"</span> }.into_any(),
    };
    let (at, action, more) = (entry.at.clone(), entry.action.clone(), more(entry));
    let (who, result) = (who(entry), outcome(entry.outcome));
    view! {
        <Row kind>
            <HeadCell><When at/></HeadCell>
            <Cell label="What"><span class="did">{mask}<strong>{action}</strong></span>{more}</Cell>
            <Cell label="Who"><div class="prose">{who}</div></Cell>
            {business}
            <Cell label="On what">{target}</Cell>
            <Cell label="From">{from}</Cell>
            <Cell label="Result">{result}</Cell>
        </Row>
    }
}

/// The rest of an entry: why, what changed, and what proves it.
fn more(entry: &AuditRow) -> impl IntoView + use<> {
    let fact = |label: &'static str, value: &Option<String>| {
        value.clone().map(|value| view! { <Fact label><span class="wrap">{value}</span></Fact> })
    };
    let detail = (!entry.detail.is_empty()).then(|| {
        let detail = entry.detail.clone();
        view! { <Fact label="Detail"><pre class="verbatim">{detail}</pre></Fact> }
    });
    let (code, seq, hash) = (entry.code.clone(), entry.seq.to_string(), entry.hash.clone());
    let (reason, request) = (fact("Reason", &entry.reason), fact("Request", &entry.request_id));
    let about = format!("{}, {}", entry.action, entry.at.label);
    view! {
        <details class="more">
            <summary>"Details"<span class="visually-hidden">" of "{about}</span></summary>
            <FactList>
                {reason}
                {detail}
                <Fact label="Code"><code class="wrap">{code}</code></Fact>
                {request}
                <Fact label="Number"><span class="tabular">{seq}</span></Fact>
                <Fact label="Hash"><code class="wrap">{hash}</code></Fact>
            </FactList>
        </details>
    }
}
