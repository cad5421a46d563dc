//! The pages, one file each, and what they share.

mod migrations;
mod new_tenant;
mod tenant;
mod tenant_actions;
mod tenants;

pub use migrations::migrations;
pub use new_tenant::new_tenant;
pub use tenant::tenant;
pub use tenants::tenants;

use super::model::TenantLink;
use crate::ui::{badge::Badge, icon::Glyph};
use domain::tenant::{TenantStatus, Tier};
use leptos::prelude::*;

const STATUSES: [TenantStatus; 4] =
    [TenantStatus::Trial, TenantStatus::Active, TenantStatus::Suspended, TenantStatus::Closed];
const TIERS: [Tier; 4] = [Tier::Free, Tier::Professional, Tier::Business, Tier::Enterprise];

fn status_label(status: TenantStatus) -> &'static str {
    match status {
        TenantStatus::Trial => "Trial",
        TenantStatus::Active => "Active",
        TenantStatus::Suspended => "Suspended",
        TenantStatus::Closed => "Closed",
    }
}

fn tier_label(tier: Tier) -> &'static str {
    match tier {
        Tier::Free => "Free",
        Tier::Professional => "Professional",
        Tier::Business => "Business",
        Tier::Enterprise => "Enterprise",
    }
}

/// Value and label of each tier.
fn tiers() -> Vec<(String, String)> {
    TIERS.map(|tier| (tier.as_str().to_owned(), tier_label(tier).to_owned())).into()
}

fn status_badge(status: TenantStatus) -> impl IntoView {
    let (hue, glyph) = match status {
        TenantStatus::Trial => ("indigo", Glyph::Trial),
        TenantStatus::Active => ("grass", Glyph::Check),
        TenantStatus::Suspended => ("amber", Glyph::Pause),
        TenantStatus::Closed => ("slate", Glyph::Cross),
    };
    view! { <Badge hue glyph label=status_label(status)/> }
}

/// A business by name, as a link to its page.
pub(crate) fn tenant_link(tenant: &TenantLink) -> impl IntoView + use<> {
    view! { <a href=format!("/tenants/{}", tenant.id)>{tenant.name.clone()}</a> }
}

/// `1 business`, `128 businesses`.
pub(crate) fn counted(n: u32, one: &str, many: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {many}") }
}
