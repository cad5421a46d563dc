use super::{super::model::TenantPage, counted, status_badge, tenant_actions::actions, tier_label};
use crate::{
    audit, domains,
    frame::Frame,
    grants, people,
    render::{Scripts, document},
    ui::{
        badge::Badge,
        facts::{Fact, FactList},
        field::ErrorSummary,
        form::summary_of,
        icon::{Glyph, Icon},
        layout::{back, platform_layout, title, title_of_error},
        moment::When,
        notice::{Notice, Tone},
        query::Address,
    },
};
use domain::tenant::TenantStatus;
use leptos::prelude::*;

/// One business.
pub fn tenant(frame: Frame, model: TenantPage) -> String {
    let title = if model.refused.is_some() { title_of_error(&frame, &model.name) } else { title(&frame, &model.name) };
    document(frame, &title, Scripts::None, move || {
        let demo = model.demo_until.clone().map(|until| {
            view! { <span class="badge" data-hue="orange"><Icon glyph=Glyph::Trial size=14/>"Demo until "<When at=until/></span> }
        });
        let suspended = (model.status == TenantStatus::Suspended).then(|| {
            let reason = model.suspended_reason.clone().unwrap_or_else(|| "No reason was written down.".to_owned());
            view! {
                <Notice tone=Tone::Warn title="Suspended: its site answers nobody, and nothing is lost"><p>{reason}</p></Notice>
            }
        });
        platform_layout(view! {
            {back("/", "Businesses")}
            <header class="page-head">
                <h1>{model.name.clone()}</h1>
                <p class="l-cluster">{status_badge(model.status)}<Badge hue="slate" glyph=Glyph::Tag label=tier_label(model.tier)/>{demo}</p>
            </header>
            <ErrorSummary errors=summary_of(model.refused.as_ref())/>
            <div class="l-aside detail">
                <div class="l-stack">
                    {suspended}
                    {facts(&model)}
                    {people(&model)}
                    {domains(&model)}
                    {grants(&model)}
                    {audit(&model)}
                </div>
                {actions(&model)}
            </div>
        })
    })
}

fn facts(model: &TenantPage) -> impl IntoView + use<> {
    let host = model.host.clone();
    // The hosts of the others answer with a 404, so there is nothing to link to.
    let host = if model.status.is_open() {
        view! { <a href=model.url.clone()>{host}</a> }.into_any()
    } else {
        host.into_any()
    };
    let limits = model.limits.iter().map(|limit| {
        let (label, used) = (format!("{}: ", limit.label), limit.used.clone());
        let full = limit.is_full.then(|| view! { <Badge hue="amber" glyph=Glyph::Warning label="Full"/> });
        view! { <li>{label}<span class="tabular">{used}</span>" "{full}</li> }
    });
    let limits = limits.collect_view();
    let version = model.schema_version;
    let schema = if version < model.target_version {
        let target = format!("This build brings version {}", model.target_version);
        view! { <span class="tabular">{version.to_string()}</span>" "<Badge hue="amber" glyph=Glyph::Warning label="Behind"/><small>{target}</small> }.into_any()
    } else {
        view! { <span class="tabular">{version.to_string()}</span> }.into_any()
    };
    let error = model.migration_error.clone().map(|error| {
        view! { <details class="more"><summary>"The last migration stopped at an error"</summary><pre class="verbatim">{error}</pre></details> }
    });
    let (plan, zone, created) = (tier_label(model.tier), model.timezone.clone(), model.created.clone());
    view! {
        <section class="card" aria-labelledby="facts">
            <h2 id="facts" class="card-head">"Business"</h2>
            <FactList>
                <Fact label="Site">{host}</Fact>
                <Fact label="Plan">{plan}<ul class="fact-list" role="list">{limits}</ul></Fact>
                <Fact label="Time zone">{zone}</Fact>
                <Fact label="Created"><When at=created/></Fact>
                <Fact label="Schema">{schema}{error}</Fact>
            </FactList>
        </section>
    }
}

/// A section of the page: a few lines of something, and the way to all of them.
fn section(
    id: &'static str,
    heading: String,
    empty: &'static str,
    lines: Vec<AnyView>,
    links: Vec<(String, String)>,
) -> AnyView {
    let body = if lines.is_empty() {
        view! { <p class="muted">{empty}</p> }.into_any()
    } else {
        let lines = lines.into_iter().map(|line| view! { <li class="line">{line}</li> }).collect_view();
        view! { <ul class="lines" role="list">{lines}</ul> }.into_any()
    };
    let links = links.into_iter().map(|(href, label)| view! { <a class="btn" data-size="sm" href=href>{label}</a> });
    view! {
        <section class="card" aria-labelledby=id>
            <div class="card-head section-head"><h2 id=id>{heading}</h2><div class="l-cluster no-print">{links.collect_view()}</div></div>
            {body}
        </section>
    }
    .into_any()
}

fn people(model: &TenantPage) -> AnyView {
    let lines = model.people.iter().map(|person| people::line(person).into_any()).collect();
    let mut links = vec![];
    if model.people_count > 0 {
        let all = Address::new("/users").with("tenant", &model.slug).build();
        links.push((all, format!("All {}", counted(model.people_count, "person", "people"))));
    }
    if model.may_add_person {
        links.push((Address::new("/users/new").with("tenant", &model.slug).build(), "Add a person".to_owned()));
    }
    section("people", "People".to_owned(), "Nobody belongs to this business yet.", lines, links)
}

fn domains(model: &TenantPage) -> AnyView {
    let lines = model.domains.iter().map(|domain| domains::line(domain).into_any()).collect();
    let links = vec![("/domains".to_owned(), "All domains".to_owned())];
    section(
        "domains",
        "Domains".to_owned(),
        "No domain of its own yet; it is reached under its address here.",
        lines,
        links,
    )
}

fn grants(model: &TenantPage) -> AnyView {
    let lines = model.grants.iter().map(|grant| grants::line(grant).into_any()).collect();
    let give = Address::new("/grants/new").with("tenant", &model.slug).build();
    let links = if model.may_grant { vec![(give, "Give a permission".to_owned())] } else { vec![] };
    section(
        "grants",
        "Permissions in force".to_owned(),
        "Nobody has a permission beyond their role here.",
        lines,
        links,
    )
}

fn audit(model: &TenantPage) -> Option<AnyView> {
    let entries = model.audit.as_ref()?;
    let lines = entries.iter().map(|entry| audit::line(entry).into_any()).collect();
    let all = Address::new("/audit").with("tenant", &model.slug).build();
    Some(section(
        "audit",
        "Last entries of the audit".to_owned(),
        "Nothing has been written down yet.",
        lines,
        vec![(all, "All entries".to_owned())],
    ))
}
