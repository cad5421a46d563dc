use super::super::model::ServicePage;
use crate::ui::{
    ahead::AheadField,
    field::{Check, Field, Kind, Radios},
};
use domain::catalogue::{LIMITS, ServiceForm};
use leptos::prelude::*;

/// When it can be booked, and how much of it: folded away until something in there is not as it comes.
pub(super) fn rules(model: &ServicePage) -> impl IntoView + use<> {
    let error = |field: &str| model.sent.error("", field);
    let form = &model.form;
    let grids = [
        ("grid", "By the clock", "Times begin on round marks, such as 9:00, 9:15, 9:30."),
        (
            "packed",
            "Close together",
            "Times begin where the appointment before ends, so that no gaps are left. Less round, but more fit into a day.",
        ),
    ];
    let grids = grids.map(|(value, label, text)| (value.to_owned(), label.to_owned(), text.to_owned())).to_vec();
    let plain = ServiceForm::default();
    let is_plain = (&form.step, &form.buffer_before, &form.buffer_after, &form.grid, &form.limits)
        == (&plain.step, &plain.buffer_before, &plain.buffer_after, &plain.grid, &plain.limits)
        && form.cancel.number.is_empty()
        && form.reschedule.number.is_empty();
    let open = !is_plain || !model.sent.errors.is_empty();
    view! {
        <fieldset class="form">
            <legend class="legend">"When it can be booked"</legend>
            <div class="pair">
                <AheadField name="notice" label="Notice" hint="At least so long before the start" value=form.notice.clone() error=error("notice")/>
                <Field name="horizon" label="How far ahead" hint="Counted from today" kind=Kind::Number suffix="days" value=form.horizon.clone() error=error("horizon") autocomplete="off"/>
            </div>
            <Check name="needs_approval" label="Each booking needs our yes" on=form.needs_approval hint="Customers ask; you confirm or decline under Requests."/>
            <Check name="pending_holds" label="A request holds its time until we answer" on=form.pending_holds hint="Off: others can book the time meanwhile, and a request may come to nothing."/>
        </fieldset>
        <details class="more rules" open=open>
            <summary>"Breaks, steps, cancelling and limits"</summary>
            <div class="form">
                <div class="pair">
                    <Field name="buffer_before" label="Free before" hint="Toward the appointment before" kind=Kind::Number suffix="minutes" value=form.buffer_before.clone() error=error("buffer_before") autocomplete="off"/>
                    <Field name="buffer_after" label="Free after" hint="To tidy up or write notes" kind=Kind::Number suffix="minutes" value=form.buffer_after.clone() error=error("buffer_after") autocomplete="off"/>
                </div>
                <Field name="step" label="A time every" hint="From one time shown to the next" kind=Kind::Number suffix="minutes" value=form.step.clone() error=error("step") autocomplete="off"/>
                <Radios name="grid" legend="How times are laid out" choices=grids chosen=form.grid.clone() error=error("grid")/>
                <div class="pair">
                    <AheadField name="cancel" label="Customers may cancel until" hint="Before the start. Empty: as in the settings" value=form.cancel.clone() error=error("cancel")/>
                    <AheadField name="reschedule" label="Customers may move until" hint="Before the start. Empty: as in the settings" value=form.reschedule.clone() error=error("reschedule")/>
                </div>
                {limits(model)}
            </div>
        </details>
    }
}

fn limits(model: &ServicePage) -> impl IntoView + use<> {
    let labels = ["A day", "A day, in all", "A week", "A week, in all", "A month", "A month, in all"];
    let fields = LIMITS.into_iter().zip(labels).zip(&model.form.limits).map(|(((_, in_minutes, name), label), value)| {
        let suffix = if in_minutes { "minutes" } else { "bookings" };
        let error = model.sent.error("", name);
        view! { <Field name=name label=label kind=Kind::Number suffix=suffix value=value.clone() error=error autocomplete="off"/> }
    });
    let fields = fields.collect_view();
    view! {
        <fieldset class="field">
            <legend class="field-label">"At most"</legend>
            <p class="field-hint">"Of this service, by everybody together. Empty: no limit"</p>
            <div class="pair">{fields}</div>
        </fieldset>
    }
}
