use super::model::{TenantRow, Tenants};
use crate::{
    frame::Frame,
    render::{Scripts, document},
    ui::{
        badge::Badge,
        icon::Glyph,
        layout::{platform_layout, title},
    },
};
use domain::tenant::{TenantStatus, Tier};
use leptos::prelude::*;

/// The list of tenants.
pub fn tenants(frame: Frame, model: Tenants) -> String {
    document(frame.clone(), &title(&frame, "Businesses"), Scripts::None, move || {
        platform_layout(view! {
            <div class="intro">
                <h1>"Businesses"</h1>
                {(!model.rows.is_empty()).then(|| view! { <p class="muted">{count(&model.rows)}</p> })}
            </div>
            {if model.rows.is_empty() { empty().into_any() } else { table(&model.rows).into_any() }}
        })
    })
}

fn count(rows: &[TenantRow]) -> String {
    let open = rows.iter().filter(|row| row.status.is_open()).count();
    let behind = rows.iter().filter(|row| row.is_behind).count();
    let mut text = match rows.len() {
        1 => "1 business".to_owned(),
        n => format!("{n} businesses"),
    };
    text.push_str(&format!(", {open} open"));
    if behind > 0 {
        text.push_str(&format!(", {behind} behind in migrations"));
    }
    text
}

fn empty() -> impl IntoView {
    view! {
        <section class="card empty">
            <h2>"No businesses yet"</h2>
            <p class="muted">"Create the first on the command line:"</p>
            <pre class="command"><code>"smoothschedule create-tenant --name \"Salon Aurora\" --slug aurora --tier FREE"</code></pre>
        </section>
    }
}

/// Roles are written out, since the browser drops a table's own where the rows are drawn as cards.
fn table(rows: &[TenantRow]) -> impl IntoView + use<> {
    let heads = ["Business", "Status", "Plan", "Schema"];
    let heads = heads.map(|head| view! { <th role="columnheader" scope="col">{head}</th> }).collect_view();
    view! {
        <div class="table-box"><table class="table" role="table">
            <caption class="visually-hidden">"Businesses by name"</caption>
            <thead role="rowgroup"><tr role="row">{heads}</tr></thead>
            <tbody role="rowgroup">{rows.iter().map(row).collect_view()}</tbody>
        </table></div>
    }
}

fn row(row: &TenantRow) -> impl IntoView + use<> {
    let (hue, glyph, status) = match row.status {
        TenantStatus::Trial => ("indigo", Glyph::Trial, "Trial"),
        TenantStatus::Active => ("grass", Glyph::Check, "Active"),
        TenantStatus::Suspended => ("amber", Glyph::Pause, "Suspended"),
        TenantStatus::Closed => ("slate", Glyph::Cross, "Closed"),
    };
    let plan = match row.tier {
        Tier::Free => "Free",
        Tier::Professional => "Professional",
        Tier::Business => "Business",
        Tier::Enterprise => "Enterprise",
    };
    // The hosts of the others answer with a 404, so there is nothing to link to.
    let host = if row.status.is_open() {
        view! { <a class="tenant-host" href=row.url.clone()>{row.host.clone()}</a> }.into_any()
    } else {
        view! { <span class="tenant-host">{row.host.clone()}</span> }.into_any()
    };
    let behind = row.is_behind.then(|| view! { <Badge hue="amber" glyph=Glyph::Warning label="Behind"/> });
    view! {
        <tr role="row">
            <th role="rowheader" scope="row"><span class="tenant-name">{row.name.clone()}</span>{host}</th>
            <td role="cell" data-label="Status"><span><Badge hue glyph label=status/></span></td>
            <td role="cell" data-label="Plan">{plan}</td>
            <td role="cell" data-label="Schema"><span class="tenant-schema tabular">{row.schema_version.to_string()}{behind}</span></td>
        </tr>
    }
}
