//! The pages, one file each.

mod hours;
mod list;
mod one;
mod time_off;

pub use list::{list, own};
pub use one::resource;
pub use time_off::time_off;

use super::model::DateRow;
use leptos::prelude::*;

/// The dates to come with other hours; with a button each that takes them back, where `action` says how.
fn dates(rows: &[DateRow], action: Option<String>) -> impl IntoView + use<> {
    let lines = rows.iter().map(|row| {
        let remove = action.clone().map(|action| {
            let about = row.label.clone();
            view! {
                <form class="l-cluster" method="post" action=format!("{action}/{}/delete", row.date)>
                    <button class="btn" data-size="sm" data-variant="quiet" name="act" value="effect">"Show the effect"<span class="visually-hidden">" of removing "{about.clone()}</span></button>
                    <button class="btn" data-size="sm" name="act" value="save">"Remove"<span class="visually-hidden">" "{about}</span></button>
                </form>
            }
        });
        view! { <li class="line"><span class="line-main"><strong>{row.label.clone()}</strong><span class="sub">{row.hours.clone()}</span></span>{remove}</li> }
    });
    let lines = lines.collect_view();
    if rows.is_empty() {
        view! { <p class="muted">"No date to come has other hours."</p> }.into_any()
    } else {
        view! { <ul class="lines" role="list">{lines}</ul> }.into_any()
    }
}
