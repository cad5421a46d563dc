use super::{
    super::model::{Details, Taken},
    links, meta, steps,
};
use crate::{
    frame::Frame,
    render::{Scripts, document},
    ui::{
        field::{ErrorSummary, Field, Kind},
        icon::{Glyph, Icon},
        layout::{public_layout, title, title_of_error},
        notice::{Notice, Tone},
    },
};
use domain::text::FieldError;
use leptos::prelude::*;

/// The form's fields, and what its messages call them.
const FIELDS: [(&str, &str); 4] =
    [("name", "your name"), ("email", "your e-mail address"), ("phone", "your phone number"), ("notes", "your note")];

/// The customer's details.
pub fn details(frame: Frame, model: Details) -> String {
    let is_refused = !model.errors.is_empty() || model.taken.is_some();
    let title = if is_refused { title_of_error(&frame, "Your details") } else { title(&frame, "Your details") };
    document(frame, &title, Scripts::None, move || {
        let back = links::pick(model.service.id, model.staff.as_ref().map(|(id, _)| *id), Some(model.date));
        public_layout(view! {
            <a class="back" href=format!("{back}#times")><Icon glyph=Glyph::ArrowLeft size=18/>"Other times"</a>
            <div class="intro">{steps(2)}<h1>"Your details"</h1></div>
            <ErrorSummary errors=errors(&model, &back)/>
            <div class="l-aside">
                {model.taken.is_none().then(|| summary(&model))}
                {form(&model, &back)}
                {model.taken.is_some().then(|| summary(&model))}
            </div>
        })
    })
}

/// What is being booked. It stands before the form, so that it is read before anything is typed; once the time
/// is gone, what to do about it comes first.
fn summary(model: &Details) -> impl IntoView + use<> {
    let with = model.staff.as_ref().map_or("Anyone who is free", |(_, name)| name).to_owned();
    let kept = model.kept_until.clone().filter(|_| model.taken.is_none()).map(|until| {
        view! {
            <p class="kept"><Icon glyph=Glyph::Clock size=16/><span>"Kept for you until "<strong class="tabular">{until}</strong></span></p>
        }
    });
    view! {
        <aside class="card booking" data-hue=model.service.hue.clone() aria-labelledby="booking">
            <h2 class="label" id="booking">"You are booking"</h2>
            <p class="booking-name">{model.service.name.clone()}</p>
            {meta(&model.service)}
            <dl class="facts" data-lost=model.taken.is_some().then_some("")>
                <div><dt>"Day"</dt><dd>{model.day_label.clone()}</dd></div>
                <div>
                    <dt>"Time"</dt>
                    <dd class="tabular">
                        {if model.taken.is_some() {
                            view! { <s>{model.clock_range.clone()}</s>" not free" }.into_any()
                        } else {
                            model.clock_range.clone().into_any()
                        }}
                        <small>{model.zone_label.clone()}</small>
                    </dd>
                </div>
                <div><dt>"With"</dt><dd>{with}</dd></div>
            </dl>
            {kept}
            <p class="policy muted">{model.policy.clone()}</p>
        </aside>
    }
}

/// What is wrong, with where to mend it: a field, or for what no field shows (the start) the page before.
fn errors(model: &Details, back: &str) -> Vec<(String, String)> {
    let error = |error: &FieldError| match FIELDS.into_iter().find(|(name, _)| *name == error.field) {
        Some((name, label)) => (format!("#{name}"), error.problem.message(label)),
        None => (format!("{back}#times"), "Choose the day and time again".to_owned()),
    };
    model.errors.iter().map(error).collect()
}

fn form(model: &Details, back: &str) -> impl IntoView + use<> {
    let message = |field: &str| {
        let (_, label) = FIELDS.into_iter().find(|(name, _)| *name == field)?;
        model.errors.iter().find(|error| error.field == field).map(|error| error.problem.message(label))
    };
    let staff = model.staff.as_ref().map(|(id, _)| id.to_string()).unwrap_or_default();
    // Where the time is gone, each alternative is a button that carries its own start: a second one beside it
    // would be sent along. Enter in a field must not choose for the person, so a dead button is the form's default.
    let (before, after) = match &model.taken {
        Some(taken) => (
            view! { <button type="submit" disabled hidden></button>{alternatives_of(taken)} }.into_any(),
            view! { <a class="btn" href=format!("{back}#times")>"See all other times"</a> }.into_any(),
        ),
        None => (view! { <input type="hidden" name="start" value=model.start.clone()/> }.into_any(), {
            let label = if model.asks { "Request this appointment" } else { "Book this appointment" };
            let note = model.asks.then(|| {
                view! { <p class="muted">"The business looks at each request. You get its answer by e-mail."</p> }
            });
            view! { {note}<button class="btn" data-variant="primary" data-size="lg">{label}</button> }.into_any()
        }),
    };
    view! {
        <form class="card form" method="post" action=links::send(model.service.id) novalidate>
                {before}
                <input type="hidden" name="staff" value=staff/>
                <input type="hidden" name="token" value=model.token.to_string()/>
                <Field name="name" label="Name" value=model.form.name.clone() error=message("name") autocomplete="name"/>
                <Field
                    name="email"
                    label="E-mail"
                    kind=Kind::Email
                    value=model.form.email.clone()
                    error=message("email")
                    autocomplete="email"
                />
                <Field
                    name="phone"
                    label="Phone"
                    kind=Kind::Phone
                    hint="In case something changes at short notice"
                    value=model.form.phone.clone()
                    error=message("phone")
                    autocomplete="tel"
                    optional=true
                />
                <Field
                    name="notes"
                    label="Anything we should know"
                    kind=Kind::Paragraph
                    value=model.form.notes.clone()
                    error=message("notes")
                    optional=true
                />
                <div class="form-actions">{after}</div>
            </form>
    }
}

/// Why the time cannot be had, what is kept, and the nearest times, each one press away.
fn alternatives_of(taken: &Taken) -> impl IntoView + use<> {
    let slots = &taken.alternatives;
    let buttons = slots.iter().map(|slot| {
        let (clock, day) = slot.label.split_once(", ").unwrap_or((&slot.label, ""));
        view! {
            <li>
                <button class="btn alternative" data-variant="primary" name="start" value=slot.start.clone()>
                    <strong class="tabular">"Book "{clock.to_owned()}</strong>
                    <span>{day.to_owned()}</span>
                </button>
            </li>
        }
    });
    let buttons = buttons.collect_view();
    let advice = if slots.is_empty() {
        "Nothing near it is free. Choose another day; what you typed will have to be typed again."
    } else {
        "What you typed is kept, and nothing is booked yet."
    };
    view! {
        <div class="taken">
            <Notice tone=Tone::Warn title=taken.why takes_focus=true><p>{advice}</p></Notice>
            {(!slots.is_empty()).then(|| view! {
                <fieldset><legend>"Book one of the nearest free times"</legend><ul class="alternatives" role="list">{buttons}</ul></fieldset>
            })}
        </div>
    }
}
