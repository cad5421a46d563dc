use super::super::model::Settings;
use crate::{
    setup::acts,
    ui::{ahead::AheadField, field::Radios},
};
use leptos::prelude::*;

/// What holds where a service says nothing else.
pub(super) fn policies(model: &Settings) -> impl IntoView + use<> {
    let error = |field: &str| model.sent.error("policies", field);
    let form = model.policies.clone();
    let modes = [
        ("max", "The longer one counts", "10 minutes after the first and 5 before the second make 10 minutes."),
        ("sum", "Both count", "10 minutes after the first and 5 before the second make 15 minutes."),
    ];
    let modes = modes.map(|(value, label, text)| (value.to_owned(), label.to_owned(), text.to_owned())).to_vec();
    view! {
        <form class="card form setup" id="policies" method="post" action="/settings/policies" novalidate aria-labelledby="policies-title">
            <input type="hidden" name="version" value=model.version/>
            <h2 id="policies-title" class="card-head">"Policies"</h2>
            <p class="field-hint">"They hold for new bookings. What was promised with a booking stays with it."</p>
            <AheadField name="cancel" label="Customers may cancel until" hint="Before the start; 0: until it begins" value=form.cancel error=error("cancel")/>
            <AheadField name="reschedule" label="Customers may move until" hint="Before the start; 0: until it begins" value=form.reschedule error=error("reschedule")/>
            <AheadField name="reminder" label="Reminder" hint="So long before the start. Empty: no reminder" value=form.reminder error=error("reminder")/>
            <Radios name="buffer_mode" legend="Breaks between two appointments" choices=modes chosen=form.buffer_mode error=error("buffer_mode")/>
            {acts("Save policies")}
        </form>
    }
}
