//! The pages, one file each, and what they share. Platform and business have the same ones under other addresses.

mod list;
mod new;
mod one;

pub use list::{team, users};
pub use new::{new_member, new_user};
pub use one::{member, user};

use super::model::{PersonRow, PersonState, Place};
use crate::ui::{
    address,
    badge::{Badge, RoleBadge},
    icon::Glyph,
    layout::{platform_layout, team_layout},
};
use domain::actor::Role;
use leptos::prelude::*;

impl Place {
    /// Where its people are listed.
    fn people(self) -> &'static str {
        match self {
            Self::Platform => "/users",
            Self::Team => "/team",
        }
    }

    /// The page of somebody.
    fn person(self, id: uuid::Uuid) -> String {
        format!("{}/{id}", self.people())
    }

    /// The frame around its pages.
    pub(crate) fn layout(self, body: impl IntoView + 'static) -> AnyView {
        match self {
            Self::Platform => platform_layout(body),
            Self::Team => team_layout(body),
        }
    }
}

fn state_badge(state: PersonState) -> impl IntoView {
    let (hue, glyph) = match state {
        PersonState::Active => ("grass", Glyph::Check),
        PersonState::Inactive => ("slate", Glyph::Pause),
        PersonState::Invited => ("amber", Glyph::Mail),
    };
    view! { <Badge hue glyph label=state.label()/> }
}

/// Value and label of roles.
fn roles(roles: &[Role]) -> Vec<(String, String)> {
    roles.iter().map(|role| (role.as_str().to_owned(), role.label().to_owned())).collect()
}

/// Somebody in one line, on the page of their business.
pub(crate) fn line(person: &PersonRow) -> impl IntoView + use<> {
    let (role, state) = (person.role, person.state);
    let state = (state != PersonState::Active).then(|| state_badge(state));
    view! {
        <span class="line-main"><a class="row-name" href=Place::Platform.person(person.id)>{person.name.clone()}</a><span class="sub">{address(&person.email)}</span></span>
        <span class="l-cluster"><RoleBadge role/>{state}</span>
    }
}
