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
    /// A whole number.
    Number,
    /// Several lines.
    Paragraph,
}

impl Kind {
    fn input_type(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Phone => "tel",
            Self::Password => "password",
            Self::Text | Self::Number | Self::Paragraph => "text",
        }
    }
}

/// A label, its hint, its error and its control.
#[component]
pub fn Field(
    /// The name in the form, and the control's id if `id` says no other.
    name: &'static str,
    /// The control's id, where another form of the page has a field of this name.
    #[prop(optional, into)]
    id: Option<String>,
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
    /// Shown behind what is typed, as part of it: `.example.com`.
    #[prop(optional, into)]
    suffix: Option<String>,
    /// Values to suggest.
    #[prop(optional)]
    suggestions: Vec<String>,
    /// Whether it can be read and not changed.
    #[prop(optional)]
    fixed: bool,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| name.to_owned());
    let described = described_by(&id, hint.is_some(), suffix.is_some(), error.is_some());
    let invalid = error.is_some().then_some("true");
    // A paragraph that goes back to the page keeps its spelling checked; addresses and secrets do not.
    let plain = matches!(kind, Kind::Email | Kind::Password);
    let list = (!suggestions.is_empty()).then(|| format!("{id}-list"));
    let suggestions = list.clone().map(|list| {
        let options = suggestions.into_iter().map(|value| view! { <option value=value></option> }).collect_view();
        view! { <datalist id=list>{options}</datalist> }
    });
    // The parser drops a line end that comes first, so one is given for it to drop.
    let text = format!("\n{}", super::escaped(&value));
    let control = match kind {
        Kind::Paragraph => view! {
            <textarea class="control" id=id.clone() name=name rows="3" autocomplete=autocomplete aria-describedby=described aria-invalid=invalid inner_html=text></textarea>
        }
        .into_any(),
        _ => view! {
            <input
                class="control"
                id=id.clone()
                name=name
                type=kind.input_type()
                value=(kind != Kind::Password).then_some(value)
                autocomplete=autocomplete
                inputmode=(kind == Kind::Number).then_some("numeric")
                list=list
                readonly=fixed
                autocapitalize=plain.then_some("none")
                spellcheck=plain.then_some("false")
                aria-required=(!optional && !fixed).then_some("true")
                aria-describedby=described
                aria-invalid=invalid
            />
        }
        .into_any(),
    };
    let control = match suffix {
        Some(suffix) => {
            let suffix_id = format!("{id}-suffix");
            view! { <div class="control-row">{control}<span class="control-suffix" id=suffix_id>{suffix}</span></div> }
                .into_any()
        }
        None => control,
    };
    let label = view! { {label}{optional.then(|| view! { <span>" (optional)"</span> })} }.into_any();
    view! { <div class="field">{around(&id, label, hint, error)}{control}{suggestions}</div> }
}

/// One of a few: a label, its hint, its error and a list to choose from.
#[component]
pub fn Select(
    /// The name in the form, and the control's id if `id` says no other.
    name: &'static str,
    /// The control's id, where another form of the page has a field of this name.
    #[prop(optional, into)]
    id: Option<String>,
    /// The label.
    #[prop(into)]
    label: String,
    /// Value and label of each.
    options: Vec<(String, String)>,
    /// The value chosen.
    #[prop(into)]
    chosen: String,
    /// A sentence under the label.
    #[prop(optional, into)]
    hint: Option<String>,
    /// What is wrong with it.
    #[prop(optional_no_strip)]
    error: Option<String>,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| name.to_owned());
    let described = described_by(&id, hint.is_some(), false, error.is_some());
    let invalid = error.is_some().then_some("true");
    view! {
        <div class="field">
            {around(&id, label.into_any(), hint, error)}
            <select class="control" id=id.clone() name=name aria-describedby=described aria-invalid=invalid>
                {choices(options, &chosen)}
            </select>
        </div>
    }
}

/// A box to tick, with its label behind it.
#[component]
pub fn Check(
    /// The name in the form; the value is `on`.
    name: &'static str,
    /// The label.
    #[prop(into)]
    label: String,
    /// Whether it is ticked.
    on: bool,
    /// Whether it may be changed.
    #[prop(optional)]
    fixed: bool,
    /// A sentence under the label.
    #[prop(optional, into)]
    hint: Option<String>,
    /// What is wrong with it.
    #[prop(optional_no_strip)]
    error: Option<String>,
) -> impl IntoView {
    let hint_id = hint.is_some().then(|| format!("{name}-hint"));
    let error_id = error.is_some().then(|| format!("{name}-error"));
    let described = [hint_id.clone(), error_id.clone()].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let described = (!described.is_empty()).then_some(described);
    let invalid = error.is_some().then_some("true");
    // A disabled control is not sent, so what is fixed travels beside it.
    let sent = (fixed && on).then(|| view! { <input type="hidden" name=name value="on"/> });
    view! {
        <div class="check-field">
            {sent}
            {error.map(|error| view! { <p class="field-error" id=error_id>{wrong(error)}</p> })}
            <label class="check">
                <input type="checkbox" id=name name=name value="on" checked=on disabled=fixed aria-describedby=described aria-invalid=invalid/>
                <span>{label}</span>
            </label>
            {hint.map(|hint| view! { <p class="field-hint" id=hint_id>{hint}</p> })}
        </div>
    }
}

/// One of a few, all in sight, each with a sentence about it.
#[component]
pub fn Radios(
    /// The name in the form; the id of the first, which the error summary leads to.
    name: &'static str,
    /// What is asked.
    legend: &'static str,
    /// Value, label and sentence of each.
    choices: Vec<(String, String, String)>,
    /// The value chosen; may be none of them.
    #[prop(into)]
    chosen: String,
    /// What is wrong with it.
    #[prop(optional_no_strip)]
    error: Option<String>,
) -> impl IntoView {
    let error_id = format!("{name}-error");
    let described = error.is_some().then(|| error_id.clone());
    let choices = choices.into_iter().enumerate().map(|(i, (value, label, text))| {
        let id = if i == 0 { name.to_owned() } else { format!("{name}-{i}") };
        let text_id = format!("{id}-text");
        let on = value == chosen;
        view! {
            <li class="radio">
                <input type="radio" id=id.clone() name=name value=value checked=on aria-describedby=text_id.clone()/>
                <label for=id>{label}</label>
                <p id=text_id>{text}</p>
            </li>
        }
    });
    let choices = choices.collect_view();
    view! {
        <fieldset class="field" aria-describedby=described>
            <legend class="field-label">{legend}</legend>
            {error.map(|error| view! { <p class="field-error" id=error_id>{wrong(error)}</p> })}
            <ul class="radios" role="list">{choices}</ul>
        </fieldset>
    }
}

/// The options of a list, one of them chosen.
pub fn choices(options: Vec<(String, String)>, chosen: &str) -> impl IntoView + use<> {
    let chosen = chosen.to_owned();
    options
        .into_iter()
        .map(move |(value, label)| view! { <option value=value.clone() selected=value == chosen>{label}</option> })
        .collect_view()
}

/// The ids of what describes a control.
fn described_by(id: &str, hint: bool, suffix: bool, error: bool) -> Option<String> {
    let parts = [(hint, "hint"), (suffix, "suffix"), (error, "error")];
    let ids = parts.into_iter().filter(|(is_there, _)| *is_there).map(|(_, part)| format!("{id}-{part}"));
    let ids = ids.collect::<Vec<_>>().join(" ");
    (!ids.is_empty()).then_some(ids)
}

/// What stands above a control.
fn around(id: &str, label: AnyView, hint: Option<String>, error: Option<String>) -> impl IntoView + use<> {
    let (for_id, hint_id, error_id) = (id.to_owned(), format!("{id}-hint"), format!("{id}-error"));
    view! {
        <label class="field-label" for=for_id>{label}</label>
        {hint.map(|hint| view! { <p class="field-hint" id=hint_id>{hint}</p> })}
        {error.map(|error| view! {
            <p class="field-error" id=error_id>{wrong(error)}</p>
        })}
    }
}

fn wrong(error: String) -> impl IntoView {
    view! { <Icon glyph=Glyph::Error size=16/><span><span class="visually-hidden">"Error: "</span>{error}</span> }
}

/// What is wrong with a control that is drawn elsewhere; the control is described by `id`.
pub fn error_line(id: String, error: String) -> impl IntoView {
    view! { <p class="field-error" id=id>{wrong(error)}</p> }
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
