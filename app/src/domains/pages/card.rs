//! One domain: where it stands, what to set, what was found, and what to do next.

use super::{
    super::model::{DnsRecord, DomainRow, DomainState},
    state_badge,
};
use crate::{
    platform::tenant_link,
    ui::{
        badge::Badge,
        form::{Press, offered},
        icon::{Glyph, Icon},
        moment::When,
        table::{Cell, HeadCell, Row, Table, heads},
    },
};
use leptos::prelude::*;

/// One domain.
pub(super) fn card(domain: &DomainRow) -> impl IntoView + use<> {
    let id = domain.id;
    let error = domain.error.clone().map(|error| {
        view! { <details class="more"><summary>"What the other side said"</summary><pre class="verbatim">{error}</pre></details> }
    });
    let change = domain.route53.clone().map(|change| {
        let (hue, glyph) = if change.status == "INSYNC" { ("grass", Glyph::Check) } else { ("indigo", Glyph::Clock) };
        view! {
            <p class="l-cluster">"Route 53 change "<Badge hue glyph label=change.status/><code class="wrap muted">{change.id}</code></p>
        }
    });
    let checked = match domain.last_checked.clone() {
        Some(at) => view! { "Last checked "<When at/> }.into_any(),
        None => "Not checked yet".into_any(),
    };
    let path = |form: &str| format!("/domains/{id}/{form}");
    let about = format!("of {}", domain.host);
    let check = offered(&domain.check, &format!("check-{id}"), "Check now", || {
        view! { <Press action=path("check") label="Check now" about=about.clone()/> }.into_any()
    });
    let confirm = offered(&domain.confirm, &format!("confirm-{id}"), "I have seen the record", || {
        view! { <Press action=path("confirm") label="I have seen the record" about=about.clone()/> }.into_any()
    });
    let remove = offered(&domain.remove, &format!("remove-{id}"), "Remove\u{2026}", || {
        let host = domain.host.clone();
        view! { <a class="btn" data-variant="quiet" href=path("remove")>"Remove\u{2026}"<span class="visually-hidden">" "{host}</span></a> }.into_any()
    });
    let heading = format!("domain-{id}");
    view! {
        <article class="card domain" aria-labelledby=heading>
            <header class="domain-head">
                <div><h2 id=heading.clone() class="wrap">{domain.host.clone()}</h2><p class="muted">{tenant_link(&domain.tenant)}</p></div>
                {state_badge(domain.state)}
            </header>
            <p>{next_step(domain)}</p>
            {error}
            {change}
            {records(domain)}
            <footer class="domain-foot"><p class="muted small">{checked}</p><div class="l-cluster no-print">{check}{confirm}{remove}</div></footer>
        </article>
    }
}

/// What the state means, and who does what next.
fn next_step(domain: &DomainRow) -> &'static str {
    let is_manual = domain.confirm.is_some();
    match domain.state {
        DomainState::PendingDns if is_manual => {
            "Set the records below where the domain's names are kept. Nothing is looked up here: confirm it once you have seen them."
        }
        DomainState::PendingDns => {
            "Set the records below where the domain's names are kept. It can take some hours until others see them."
        }
        DomainState::Verifying => "The records are there. The rest happens by itself within some minutes.",
        DomainState::Active => "The domain leads to the business. Leave the records as they are.",
        DomainState::Misconfigured => {
            "A record is there, and says something else than it has to. Change it to what is expected."
        }
        DomainState::Error => {
            "It could not be looked up. Nothing is wrong with the domain as far as we know; check again in a moment."
        }
    }
}

fn records(domain: &DomainRow) -> Option<impl IntoView + use<>> {
    let records = domain.records.iter().map(record).collect_view();
    (!domain.records.is_empty()).then(|| {
        let caption = format!("Records of {}", domain.host);
        view! { <Table caption heads=heads(["Type", "Name", "Value", "TTL", "Found"])>{records}</Table> }
    })
}

fn record(record: &DnsRecord) -> impl IntoView + use<> {
    let found = match record.found.clone() {
        None => view! { <span class="muted">"Not looked up yet"</span> }.into_any(),
        Some(found) if found.is_empty() => {
            view! { <span class="found" data-tone="warn"><Icon glyph=Glyph::Warning size=16/>"No record"</span> }
                .into_any()
        }
        Some(found) if found.contains(&record.value) && found.len() == 1 => {
            view! { <span class="found" data-tone="ok"><Icon glyph=Glyph::Check size=16/>"As expected"</span> }
                .into_any()
        }
        Some(found) => {
            let values = found.into_iter().map(|value| view! { <code class="wrap">{value}</code> }).collect_view();
            view! {
                <span class="found" data-tone="warn"><Icon glyph=Glyph::Warning size=16/>"Something else:"</span>
                {values}
            }
            .into_any()
        }
    };
    let (kind, name, value, ttl) = (record.kind.clone(), record.name.clone(), record.value.clone(), record.ttl);
    view! {
        <Row>
            <HeadCell><span class="card-only muted">"Type "</span><code>{kind}</code></HeadCell>
            <Cell label="Name"><code class="copyable">{name}</code></Cell>
            <Cell label="Value"><code class="copyable">{value}</code></Cell>
            <Cell label="TTL"><code class="copyable">{ttl.to_string()}</code></Cell>
            <Cell label="Found"><div class="found-cell">{found}</div></Cell>
        </Row>
    }
}
