//! Forms that were sent back, and actions that may be off.

use super::icon::{Glyph, Icon};
use domain::{text::FieldError, typed::Mistake};
use leptos::prelude::*;

/// A field and what is wrong with it, in words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FormError {
    /// The field's name in the form; empty for what is wrong with the form as a whole.
    pub field: String,
    /// What to do about it.
    pub message: String,
}

impl FormError {
    /// A message for a field.
    pub fn new(field: &str, message: impl Into<String>) -> Self {
        Self { field: field.to_owned(), message: message.into() }
    }

    /// The words of a code, with what the messages call the field.
    pub fn of(error: &FieldError, label: &str) -> Self {
        Self::new(&error.field, error.problem.message(label))
    }
}

impl From<Mistake> for FormError {
    fn from(mistake: Mistake) -> Self {
        Self { field: mistake.field, message: mistake.message }
    }
}

/// The message of a field.
pub fn message(errors: &[FormError], field: &str) -> Option<String> {
    errors.iter().find(|error| error.field == field).map(|error| error.message.clone())
}

/// The messages of a form as the error summary takes them; `prefix` comes before the ids of the form's controls.
pub fn summary(errors: &[FormError], prefix: &str) -> Vec<(String, String)> {
    let link = |error: &FormError| match error.field.as_str() {
        "" => (format!("#{}", super::MAIN), error.message.clone()),
        field => (format!("#{prefix}{field}"), error.message.clone()),
    };
    errors.iter().map(link).collect()
}

/// One of several forms of a page, sent back: which, with what in it, and what is wrong.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Refused {
    /// The last part of the form's path: `suspend`.
    pub form: String,
    /// What was typed, by the names of the fields; secrets are never among it.
    pub values: Vec<(String, String)>,
    /// What is wrong.
    pub errors: Vec<FormError>,
}

/// What one of a page's forms shows in its fields. Ids begin with the form's name, since two forms of a page may
/// ask for a field of the same name.
#[derive(Clone, Debug)]
pub struct FormState {
    form: &'static str,
    refused: Option<Refused>,
}

impl FormState {
    /// The state of the form with this name.
    pub fn of(form: &'static str, refused: Option<&Refused>) -> Self {
        Self { form, refused: refused.filter(|refused| refused.form == form).cloned() }
    }

    /// The id of a field's control.
    pub fn id(&self, field: &str) -> String {
        format!("{}-{field}", self.form)
    }

    /// What was typed, or else what is there.
    pub fn value(&self, field: &str, present: &str) -> String {
        let typed = self.refused.as_ref().and_then(|refused| refused.values.iter().find(|(name, _)| name == field));
        typed.map_or_else(|| present.to_owned(), |(_, value)| value.clone())
    }

    /// What is wrong with a field.
    pub fn error(&self, field: &str) -> Option<String> {
        self.refused.as_ref().and_then(|refused| message(&refused.errors, field))
    }

    /// Whether the form was sent back, and so has to be open.
    pub fn is_refused(&self) -> bool {
        self.refused.is_some()
    }
}

/// The messages of whichever form of the page was sent back.
pub fn summary_of(refused: Option<&Refused>) -> Vec<(String, String)> {
    refused.map(|refused| summary(&refused.errors, &format!("{}-", refused.form))).unwrap_or_default()
}

/// Whether an action is offered: `None` where it has no place, `Err` with the reason where it is off.
pub type Offer = Option<Result<(), String>>;

/// A form that is opened first: what it does to the thing should not be one press away.
#[component]
pub fn Disclosure(
    /// What it does: `Suspend…`.
    #[prop(into)]
    label: String,
    /// Whether it is open from the start, as when it was sent back with errors.
    #[prop(optional)]
    open: bool,
    /// The form.
    children: Children,
) -> impl IntoView {
    view! {
        <details class="disclosure" open=open>
            <summary><span>{label}</span><Icon glyph=Glyph::ChevronRight size=18/></summary>
            <div class="disclosure-body">{children()}</div>
        </details>
    }
}

/// A disabled button, with the reason for it in words beside it: a button that is only grey leaves people guessing.
#[component]
pub fn Off(
    /// What the button would do.
    #[prop(into)]
    label: String,
    /// Why it does not.
    #[prop(into)]
    reason: String,
    /// Distinguishes it from others on the page.
    #[prop(into)]
    id: String,
    /// `sm` in rows.
    #[prop(optional)]
    size: Option<&'static str>,
) -> impl IntoView {
    let id = format!("{id}-off");
    view! {
        <div class="off">
            <button class="btn" type="button" data-size=size disabled aria-describedby=id.clone()>{label}</button>
            <span class="off-reason" id=id>{reason}</span>
        </div>
    }
}

/// A form with one button and nothing to fill in.
#[component]
pub fn Press(
    /// Where it is sent.
    #[prop(into)]
    action: String,
    /// What it does.
    #[prop(into)]
    label: String,
    /// How the button looks: `danger`.
    #[prop(optional)]
    variant: Option<&'static str>,
    /// `sm` in rows.
    #[prop(optional)]
    size: Option<&'static str>,
    /// More words for those who listen, where the button stands in a row of many.
    #[prop(optional, into)]
    about: Option<String>,
) -> impl IntoView {
    view! {
        <form method="post" action=action>
            <button class="btn" data-variant=variant data-size=size>
                {label}{about.map(|about| view! { <span class="visually-hidden">" "{about}</span> })}
            </button>
        </form>
    }
}

/// An action as it is offered: its form, why it is off, or nothing.
pub fn offered(offer: &Offer, id: &str, label: &str, form: impl FnOnce() -> AnyView) -> Option<AnyView> {
    Some(match offer.as_ref()? {
        Ok(()) => form(),
        Err(reason) => view! { <Off id=id.to_owned() label=label.to_owned() reason=reason.clone()/> }.into_any(),
    })
}

/// What may be done to the thing that a page is about.
#[component]
pub fn Actions(
    /// Each as [`offered`] made it.
    all: Vec<Option<AnyView>>,
    /// What to say where none is offered.
    none: &'static str,
) -> impl IntoView {
    let all = all.into_iter().flatten().collect::<Vec<_>>();
    let body = if all.is_empty() {
        view! { <p class="muted">{none}</p> }.into_any()
    } else {
        view! { <div class="actions">{all.collect_view()}</div> }.into_any()
    };
    view! {
        <section class="card no-print" aria-labelledby="actions">
            <h2 id="actions" class="card-head">"Actions"</h2>
            {body}
        </section>
    }
}
