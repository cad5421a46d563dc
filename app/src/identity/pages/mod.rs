//! The pages, one file each, and what they share.

mod account;
mod ask_link;
mod dev_login;
mod enter;
mod forgot;
mod inbox;
mod join;
mod login;
mod sign_up;

pub use account::account;
pub use ask_link::ask_link;
pub use dev_login::dev_login;
pub use enter::enter;
pub use forgot::forgot;
pub use inbox::inbox;
pub use join::join;
pub use login::login;
pub use sign_up::sign_up;

use crate::{
    frame::{Frame, Site},
    ui::{
        layout::Monogram,
        notice::{Notice, Tone},
    },
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

/// Too many letters were asked for, and how long to wait.
fn limited(retry_after_s: u32) -> impl IntoView {
    let text = format!(
        "Several letters are on their way to this address, or were asked for from your connection. Wait {}, then try again.",
        login::wait(retry_after_s)
    );
    view! { <Notice tone=Tone::Warn title="Too many letters" takes_focus=true><p>{text}</p></Notice> }
}
