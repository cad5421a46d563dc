use super::{
    super::model::{BrokenTenant, Migrations},
    counted, tenant_link,
};
use crate::{
    frame::Frame,
    render::{Scripts, document},
    ui::{
        icon::Glyph,
        icon::Icon,
        layout::{platform_layout, title},
        notice::{Notice, Tone},
        table::{Cell, HeadCell, Row, Table, heads},
    },
};
use leptos::prelude::*;

/// How far the schemas of all businesses have come.
pub fn migrations(frame: Frame, model: Migrations) -> String {
    document(frame.clone(), &title(&frame, "Migrations"), Scripts::None, move || {
        let broken = u32::try_from(model.broken.len()).unwrap_or(u32::MAX);
        let total = model.at_target + model.behind;
        let figures = [
            ("At the target", model.at_target, "grass", Glyph::Check),
            ("Behind", model.behind, "amber", Glyph::Clock),
            ("Broken", broken, "red", Glyph::Error),
        ];
        // A figure that is nothing to worry about is not drawn as if it were.
        let figures = figures.map(|(label, n, hue, glyph)| {
            let hue = if n == 0 { "slate" } else { hue };
            view! {
                <div class="figure">
                    <dt><span class="mark" data-hue=hue><Icon glyph/></span>{label}</dt>
                    <dd class="tabular">{n.to_string()}</dd>
                </div>
            }
        });
        let body = match (total, broken) {
            (0, _) => {
                view! { <Notice title="No businesses yet"><p>"There is no schema to migrate until there is one."</p></Notice> }
                    .into_any()
            }
            (_, 0) if model.behind == 0 => view! {
                <Notice tone=Tone::Ok title="All schemas are at the target"><p>"There is nothing to do."</p></Notice>
            }
            .into_any(),
            (_, 0) => view! {
                <Notice title="Some are behind, none has stopped">
                    <p>"Their pages answer with \u{201c}back shortly\u{201d} until they are migrated:"</p>
                    <pre class="command"><code>"smoothschedule migrate --tenants"</code></pre>
                </Notice>
            }
            .into_any(),
            _ => table(&model.broken),
        };
        platform_layout(view! {
            <header class="page-head"><h1>"Migrations"</h1></header>
            <p class="list-count muted">
                {counted(total, "business", "businesses")}". This build brings schemas to version "
                <span class="tabular">{model.target.to_string()}</span>"."
            </p>
            <dl class="figures">{figures.collect_view()}</dl>
            {body}
        })
    })
}

fn table(broken: &[BrokenTenant]) -> AnyView {
    let rows = broken.iter().map(row).collect_view();
    view! {
        <section aria-labelledby="broken">
            <h2 class="section-title" id="broken">"Stopped by an error"</h2>
            <Table caption="Businesses whose migration stopped" heads=heads(["Business", "Version", "Error", "What mends it"])>{rows}</Table>
        </section>
    }
    .into_any()
}

fn row(row: &BrokenTenant) -> impl IntoView + use<> {
    let (link, slug) = (tenant_link(&row.tenant), row.tenant.slug.clone());
    let mending = slug.clone();
    let (version, error) = (row.schema_version, row.error.clone());
    view! {
        <Row>
            <HeadCell>{link}<span class="sub">{slug}</span></HeadCell>
            <Cell label="Version"><span class="tabular">{version.to_string()}</span></Cell>
            <Cell label="Error"><pre class="verbatim">{error}</pre></Cell>
            <Cell label="What mends it"><code class="copyable">"smoothschedule migrate "<span class="nowrap">"--tenant"</span>" "{mending}</code></Cell>
        </Row>
    }
}
