//! A length of time ahead: a number and its unit, side by side.

use super::field::{choices, error_line};
use domain::typed::{Ahead, AheadUnit};
use leptos::prelude::*;

/// A number and its unit.
#[component]
pub fn AheadField(
    /// The name in the form, and the id of the number; the unit's has `_unit` behind it.
    name: &'static str,
    /// The label.
    label: &'static str,
    /// What is in it.
    value: Ahead,
    /// A sentence under the label.
    hint: &'static str,
    /// What is wrong with it.
    #[prop(optional_no_strip)]
    error: Option<String>,
) -> impl IntoView {
    let (hint_id, error_id, unit) = (format!("{name}-hint"), format!("{name}-error"), format!("{name}_unit"));
    let described = if error.is_some() { format!("{hint_id} {error_id}") } else { hint_id.clone() };
    let invalid = error.is_some().then_some("true");
    let units = AheadUnit::ALL.map(|unit| (unit.as_str().to_owned(), unit.as_str().to_owned()));
    view! {
        <div class="field">
            <label class="field-label" for=name>{label}</label>
            <p class="field-hint" id=hint_id>{hint}</p>
            {error.map(|error| error_line(error_id, error))}
            <div class="ahead">
                <input class="control" id=name name=name type="text" inputmode="numeric" value=value.number autocomplete="off" aria-describedby=described aria-invalid=invalid/>
                <select class="control" name=unit aria-label=format!("{label}: unit")>{choices(units.to_vec(), &value.unit)}</select>
            </div>
        </div>
    }
}
