//! The pages, one file each, and what they share.

mod account;
mod dev_login;
mod forgot;
mod inbox;
mod join;
mod login;

pub use account::account;
pub use dev_login::dev_login;
pub use forgot::forgot;
pub use inbox::inbox;
pub use join::join;
pub use login::login;

use crate::{
    frame::{Frame, Site},
    ui::layout::Monogram,
};
use leptos::prelude::*;

/// The name of the site, as people know it who sign in there.
fn site_name(frame: &Frame) -> String {
    match &frame.site {
        Site::Tenant { name, .. } => name.clone(),
        Site::Platform => "SmoothSchedule Platform".to_owned(),
        Site::Base | Site::Unknown => "SmoothSchedule".to_owned(),
    }
}

/// What the pages before signing in begin with.
fn head(name: String, heading: &'static str) -> impl IntoView {
    view! {
        <div class="login-head">
            <Monogram name=name.clone()/>
            <h1>{heading}</h1>
            <p class="muted">{name}</p>
        </div>
    }
}
