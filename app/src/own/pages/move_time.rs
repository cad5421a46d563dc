use super::{
    super::model::MovePage,
    parts::{closed, sentence, stale, summary},
};
use crate::{
    booking::{
        Way, choose,
        model::{Change, Taken},
    },
    frame::Frame,
    render::{Scripts, document},
    ui::{
        icon::{Glyph, Icon},
        layout::{public_layout, title, title_of_error},
        notice::{Notice, Tone},
    },
};
use leptos::prelude::*;

/// Choosing another time for a booking: the month and the times as they are chosen when booking.
pub fn move_time(frame: Frame, model: MovePage) -> String {
    let heading = "Choose another time";
    let is_wrong = model.is_stale || model.taken.is_some();
    let title = if is_wrong { title_of_error(&frame, heading) } else { title(&frame, heading) };
    let business = frame.site.name().to_owned();
    document(frame, &title, Scripts::None, move || {
        let base = model.changes.base.clone();
        let body = match (&model.changes.moving, &model.pick) {
            (Change::Open(until), Some(pick)) => {
                let way = Way::Move(base.clone(), pick.chosen_staff, model.booking.version);
                let taken = model.taken.as_ref().map(|taken| alternatives(taken, &way, &base));
                let until = format!(
                    "A time that you press is taken at once, and the one of now becomes free. You can do this until {until}."
                );
                view! { {taken}<p>{until}</p>{choose(pick, &way)} }.into_any()
            }
            (change, _) => {
                let why = sentence(change, "move", "moved");
                closed("It cannot be moved here any more", why, &model.changes.reach, &business).into_any()
            }
        };
        public_layout(view! {
            <a class="back" href=base.clone()><Icon glyph=Glyph::ArrowLeft size=18/>"Keep it as it is"</a>
            <div class="l-stack own-move">
                <h1>{heading}</h1>
                {model.is_stale.then(stale)}
                {summary(&model.booking)}
                {body}
            </div>
        })
    })
}

/// The time that was pressed cannot be had: why, what is kept, and the nearest ones, each one press away.
fn alternatives(taken: &Taken, way: &Way, base: &str) -> impl IntoView + use<> {
    let buttons = taken.alternatives.iter().map(|slot| {
        let (clock, day) = slot.label.split_once(", ").unwrap_or((&slot.label, ""));
        view! {
            <li>
                <button class="btn alternative" data-variant="primary" name="start" value=slot.start.clone()>
                    <strong class="tabular">"Move to "{clock.to_owned()}</strong>
                    <span>{day.to_owned()}</span>
                </button>
            </li>
        }
    });
    let buttons = buttons.collect_view();
    let has_some = !taken.alternatives.is_empty();
    let action = format!("{base}/move");
    view! {
        <div class="taken">
            <Notice tone=Tone::Warn title=taken.why takes_focus=true>
                <p>"Your appointment stays as it is until you choose another time."</p>
            </Notice>
            {has_some.then(|| view! {
                <form method="post" action=action>
                    {way.hidden()}
                    <fieldset><legend>"Move to one of the nearest free times"</legend><ul class="alternatives" role="list">{buttons}</ul></fieldset>
                </form>
            })}
        </div>
    }
}
