use super::model::{EffectShown, Sent};
use crate::ui::{
    field::{ErrorSummary, error_line},
    form::{message, summary},
    icon::{Glyph, Icon},
    notice::{Notice, Tone},
};
use domain::{hours::SpanForm, typed::Change};
use leptos::prelude::*;

/// What came of sending a form of the page, above everything else.
pub(crate) fn outcome(sent: &Sent) -> impl IntoView + use<> {
    let errors = summary(&sent.errors, "");
    let effect = sent.effect.clone().map(effect);
    let meanwhile = sent.meanwhile.clone().map(meanwhile);
    view! { <ErrorSummary errors/>{effect}{meanwhile} }
}

fn effect(effect: EffectShown) -> impl IntoView {
    let is_quiet = effect.appointments.is_empty();
    let services = effect.services.into_iter().map(|line| {
        view! {
            <li class="line">
                <span class="line-main">{line.name}</span>
                <span class="tabular">{line.words}", "{line.before}" \u{2192} "{line.after}</span>
            </li>
        }
    });
    let services = services.collect_view();
    let appointments = effect.appointments.into_iter().map(|line| {
        view! { <li><a href=format!("/appointments/{}", line.id)>{line.label}</a>{format!(": {}", line.trouble)}</li> }
    });
    let appointments = appointments.collect_view();
    let more = (effect.more > 0).then(|| view! { <p>{format!("And {} more.", effect.more)}</p> });
    let cut = effect.is_cut.then(|| view! { <p>"Only the first 2,000 appointments to come were looked at."</p> });
    let list = (!is_quiet).then(|| {
        view! {
            <p>"Appointments stay where they are. These would need a look:"</p>
            <ul class="effect-list">{appointments}</ul>
            {more}
        }
    });
    view! {
        <Notice tone=if is_quiet { Tone::Info } else { Tone::Warn } title="The effect of this change" takes_focus=true>
            <p><strong>{format!("{}.", effect.sentence)}</strong></p>
            <details class="more"><summary>"Slots of each service"</summary><ul class="lines" role="list">{services}</ul></details>
            {list}{cut}
            <p>"Nothing is saved yet."</p>
        </Notice>
    }
}

/// What somebody else saved while the form was open. Nothing typed is lost, and saving again is a decision.
fn meanwhile(changes: Vec<Change>) -> impl IntoView {
    let text = |text: String| if text.is_empty() { "nothing".to_owned() } else { text };
    let is_same = changes.is_empty();
    let lines = changes.into_iter().map(|change| {
        view! { <li><strong>{change.label}</strong>{format!(": now {}; you have {}", text(change.before), text(change.after))}</li> }
    });
    let lines = lines.collect_view();
    let body = if is_same {
        view! { <p>"What you typed is what is there now, so there is nothing left to save."</p> }.into_any()
    } else {
        view! {
            <p>"Nothing of yours was saved, and what you typed is still below. This is where the two differ:"</p>
            <ul class="effect-list">{lines}</ul>
            <p>"Save again to make it as you have it."</p>
        }
        .into_any()
    };
    view! { <Notice tone=Tone::Warn title="Somebody else saved a change meanwhile" takes_focus=true>{body}</Notice> }
}

/// The two buttons of a form. The safe one comes first, so that Enter shows and does not save.
pub(crate) fn acts(save: &'static str) -> impl IntoView {
    view! {
        <div class="form-actions">
            <button class="btn" name="act" value="effect">"Show the effect"</button>
            <button class="btn" data-variant="primary" name="act" value="save">{save}</button>
        </div>
    }
}

/// For forms with other buttons before these two: what Enter does.
pub(crate) fn default_act() -> impl IntoView {
    view! { <button name="act" value="effect" hidden tabindex="-1">"Show the effect"</button> }
}

/// A button that gives a form more rows and keeps what was typed.
pub(crate) fn more(value: String, label: String) -> impl IntoView {
    view! { <button class="btn" data-size="sm" name="act" value=value><Icon glyph=Glyph::Plus size=16/>{label}</button> }
}

/// The rows of a day's spans. Names and ids are `{prefix}from-{n}` and `{prefix}to-{n}`.
pub(crate) fn spans(prefix: &str, day: &str, rows: &[SpanForm], sent: &Sent, form: &str) -> impl IntoView + use<> {
    let errors = if sent.form == form { sent.errors.clone() } else { Vec::new() };
    let rows = rows.iter().enumerate().map(|(at, span)| {
        let input = |part: &str, label: &str, value: &str| {
            let name = format!("{prefix}{part}-{at}");
            let error = message(&errors, &name);
            let error_id = format!("{name}-error");
            let described = error.is_some().then(|| error_id.clone());
            let invalid = error.is_some().then_some("true");
            let label = format!("{day}, span {}: {label}", at + 1);
            let control = view! {
                <input class="control clock" id=name.clone() name=name type="text" inputmode="numeric" value=value.to_owned() autocomplete="off" aria-label=label aria-describedby=described aria-invalid=invalid/>
            };
            (control, error.map(|error| error_line(error_id, error)))
        };
        let (from, wrong_from) = input("from", "from", &span.from);
        let (to, wrong_to) = input("to", "to", &span.to);
        view! { <li class="span">{wrong_from}{wrong_to}<div class="span-row">{from}<span aria-hidden="true">"to"</span>{to}</div></li> }
    });
    let rows = rows.collect_view();
    view! { <ul class="spans" role="list">{rows}</ul> }
}
