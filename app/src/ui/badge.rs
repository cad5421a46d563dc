//! A word in a colour, with an icon beside it: whoever sees no colour loses nothing.

use super::icon::{Glyph, Icon};
use domain::{actor::Role, booking::AppointmentStatus};
use leptos::prelude::*;

/// A badge.
#[component]
pub fn Badge(
    /// One of the token hues: `grass`.
    #[prop(into)]
    hue: String,
    /// The shape that says the same as the colour.
    glyph: Glyph,
    /// The word.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    view! { <span class="badge" data-hue=hue><Icon glyph size=14/>{label}</span> }
}

/// What somebody is: a hue, a shape and a word for each role.
#[component]
pub fn RoleBadge(
    /// The role.
    role: Role,
) -> impl IntoView {
    let glyph = match role {
        Role::Superuser => Glyph::Star,
        Role::PlatformManager => Glyph::Shield,
        Role::PlatformSales => Glyph::Tag,
        Role::PlatformSupport => Glyph::Help,
        Role::TenantOwner => Glyph::Key,
        Role::TenantManager => Glyph::People,
        Role::TenantStaff => Glyph::Person,
        Role::Customer => Glyph::Heart,
    };
    view! { <Badge hue=role.hue() glyph label=role.label()/> }
}

/// Where an appointment stands: a hue, a shape and a word for each status.
#[component]
pub fn StatusBadge(
    /// The status.
    status: AppointmentStatus,
) -> impl IntoView {
    let (hue, glyph) = match status {
        AppointmentStatus::Pending => ("amber", Glyph::Clock),
        AppointmentStatus::Confirmed => ("grass", Glyph::Check),
        AppointmentStatus::Completed => ("slate", Glyph::Star),
        AppointmentStatus::Cancelled => ("red", Glyph::Cross),
        AppointmentStatus::NoShow => ("plum", Glyph::Warning),
    };
    view! { <Badge hue glyph label=status.label()/> }
}
