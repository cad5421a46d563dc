//! Parts of a form: a control with its label above it, and the summary of what is wrong.
//!
//! Order and wording follow GOV.UK's pattern: label, hint, error, control; the summary on top repeats each
//! message word for word as a link to its control. Values are always given back.

use super::{
    icon::{Glyph, Icon},
    notice::{Notice, Tone},
};
use leptos::prelude::*;

/// What kind of text a field takes, for the keyboard of a telephone and for what the browser fills in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Kind {
    /// One line.
    #[default]
    Text,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A password; its value is never written into a page.
    Password,
    /// Several lines.
    Paragraph,
}

impl Kind {
    fn input_type(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Phone => "tel",
            Self::Password => "password",
            Self::Text | Self::Paragraph => "text",
        }
    }
}

/// A label, its hint, its error and its control.
#[component]
pub fn Field(
    /// The name in the form, and the control's id.
    name: &'static str,
    /// The label.
    #[prop(into)]
    label: String,
    /// What kind of text.
    #[prop(optional)]
    kind: Kind,
    /// What is in it.
    #[prop(optional, into)]
    value: String,
    /// A sentence under the label.
    #[prop(optional, into)]
    hint: Option<String>,
    /// What is wrong with it.
    #[prop(optional_no_strip)]
    error: Option<String>,
    /// Whether it may be left empty; the label says so.
    #[prop(optional)]
    optional: bool,
    /// The browser's name for what is asked: `email`.
    #[prop(optional, into)]
    autocomplete: Option<&'static str>,
) -> impl IntoView {
    let hint_id = hint.is_some().then(|| format!("{name}-hint"));
    let error_id = error.is_some().then(|| format!("{name}-error"));
    let described = [hint_id.clone(), error_id.clone()].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let described = (!described.is_empty()).then_some(described);
    let invalid = error.is_some().then_some("true");
    // A paragraph that goes back to the page keeps its spelling checked; addresses and secrets do not.
    let plain = matches!(kind, Kind::Email | Kind::Password);
    // The parser drops a line end that comes first, so one is given for it to drop.
    let text = format!("\n{}", super::escaped(&value));
    let control = match kind {
        Kind::Paragraph => view! {
            <textarea class="control" id=name name=name rows="3" autocomplete=autocomplete aria-describedby=described aria-invalid=invalid inner_html=text></textarea>
        }
        .into_any(),
        _ => view! {
            <input
                class="control"
                id=name
                name=name
                type=kind.input_type()
                value=(kind != Kind::Password).then_some(value)
                autocomplete=autocomplete
                autocapitalize=plain.then_some("none")
                spellcheck=plain.then_some("false")
                aria-required=(!optional).then_some("true")
                aria-describedby=described
                aria-invalid=invalid
            />
        }
        .into_any(),
    };
    view! {
        <div class="field">
            <label class="field-label" for=name>{label}{optional.then(|| view! { <span>" (optional)"</span> })}</label>
            {hint.map(|hint| view! { <p class="field-hint" id=hint_id>{hint}</p> })}
            {error.map(|error| view! {
                <p class="field-error" id=error_id><Icon glyph=Glyph::Error size=16/><span><span class="visually-hidden">"Error: "</span>{error}</span></p>
            })}
            {control}
        </div>
    }
}

/// All that is wrong, on top of the form. It takes the focus when the page loads.
#[component]
pub fn ErrorSummary(
    /// Where each is mended (`#name` for a control), and the message as it stands beside it.
    errors: Vec<(String, String)>,
) -> impl IntoView {
    (!errors.is_empty()).then(|| {
        let items =
            errors.into_iter().map(|(href, message)| view! { <li><a href=href>{message}</a></li> }).collect_view();
        view! { <Notice tone=Tone::Danger title="There is a problem" takes_focus=true><ul>{items}</ul></Notice> }
    })
}
