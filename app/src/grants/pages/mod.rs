//! The pages, one file each, and what they share. Platform and business have the same ones at the same addresses.

mod list;
mod new;
mod revoke;

pub use list::{grants, own_grants};
pub use new::{new_grant, new_own_grant};
pub use revoke::revoke;

use super::model::{GrantRow, GrantState};
use crate::ui::{badge::Badge, icon::Glyph, moment::When};
use leptos::prelude::*;

/// Where a permission stands, and since or until when.
fn state(state: &GrantState) -> impl IntoView + use<> {
    match state.clone() {
        GrantState::Active(left) => {
            view! { <Badge hue="grass" glyph=Glyph::Check label="Active"/><span class="sub">{left}</span> }.into_any()
        }
        GrantState::Expired => view! { <Badge hue="slate" glyph=Glyph::Clock label="Expired"/> }.into_any(),
        GrantState::Revoked { by, at } => view! {
            <Badge hue="red" glyph=Glyph::Cross label="Revoked"/>
            <span class="sub">"by "{by}", "<When at/></span>
        }
        .into_any(),
    }
}

/// A permission in one line, on the page of its business.
pub(crate) fn line(grant: &GrantRow) -> impl IntoView + use<> {
    view! {
        <span class="line-main"><span class="row-name">{grant.grantee_name.clone()}</span><span class="sub">{grant.action.clone()}</span></span>
        <span class="l-cluster">{state(&grant.state)}</span>
    }
}
