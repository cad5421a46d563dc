use super::{
    super::model::CancelPage,
    parts::{closed, sentence, stale, summary},
};
use crate::{
    booking::model::Change,
    frame::Frame,
    render::{Scripts, document},
    ui::{
        field::{ErrorSummary, Field, Kind},
        form::{message, summary as messages},
        icon::{Glyph, Icon},
        layout::{public_layout, title, title_of_error},
    },
};
use leptos::prelude::*;

/// Asking whether to call a booking off: until when that is possible and what it means stand before the button.
pub fn cancel(frame: Frame, model: CancelPage) -> String {
    let (heading, button) = match model.booking.is_request {
        true => ("Take your request back?", "Take the request back"),
        false => ("Cancel this appointment?", "Cancel appointment"),
    };
    let is_wrong = !model.errors.is_empty() || model.is_stale;
    let title = if is_wrong { title_of_error(&frame, heading) } else { title(&frame, heading) };
    let business = frame.site.name().to_owned();
    document(frame, &title, Scripts::None, move || {
        let base = model.changes.base.clone();
        let body = match &model.changes.cancelling {
            Change::Open(until) => form(&model, until, button, &business).into_any(),
            change => {
                let why = sentence(change, "cancel", "cancelled");
                closed("It cannot be cancelled here any more", why, &model.changes.reach, &business).into_any()
            }
        };
        public_layout(view! {
            <a class="back" href=base><Icon glyph=Glyph::ArrowLeft size=18/>"Keep it as it is"</a>
            <div class="narrow l-stack">
                <h1>{heading}</h1>
                {model.is_stale.then(stale)}
                <ErrorSummary errors=messages(&model.errors, "")/>
                {summary(&model.booking)}
                {body}
            </div>
        })
    })
}

fn form(model: &CancelPage, until: &str, button: &'static str, business: &str) -> impl IntoView + use<> {
    let error = message(&model.errors, "reason");
    let reason = model.reason.clone();
    let (action, version) = (format!("{}/cancel", model.changes.base), model.booking.version.to_string());
    let until = format!("You can do this until {until}. After that, please ask {business}.");
    view! {
        <form class="card form" method="post" action=action novalidate>
            <p>{until}</p>
            <p>"The time becomes free for others at once, and this cannot be undone: to come after all, book again."</p>
            <input type="hidden" name="version" value=version/>
            <Field
                name="reason"
                label="Reason"
                kind=Kind::Paragraph
                hint="The business reads it."
                value=reason
                error
                optional=true
            />
            <div class="form-actions"><button class="btn" data-variant="danger" data-size="lg">{button}</button></div>
        </form>
    }
}
