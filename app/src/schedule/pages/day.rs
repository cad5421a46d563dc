use super::{
    super::{board::DayBoard, model::DayPage},
    day_link,
};
use crate::{
    frame::Frame,
    render::{Scripts, document},
    ui::{
        icon::{Glyph, Icon},
        layout::{team_layout, title},
        notice::Notice,
    },
};
use domain::time::day_label;
use jiff::civil::Date;
use leptos::prelude::*;

/// A day of the team.
pub fn day(frame: Frame, model: DayPage) -> String {
    document(frame.clone(), &title(&frame, &format!("Calendar, {}", model.day_label)), Scripts::Islands, move || {
        let date = model.board.date;
        let step = |to: Date, label: &str, glyph| {
            let label = format!("{label}, {}", day_label(to));
            view! { <li><a class="btn" data-variant="step" href=day_link(to) aria-label=label><Icon glyph size=18/></a></li> }
        };
        let is_today = (date == model.today).then_some("date");
        team_layout(view! {
            <div class="day-page">
                <header class="day-top">
                    <div>
                        <h1>{model.day_label}</h1>
                        <p class="muted">"Times in "{model.zone_label}{is_today.map(|_| view! { " "<span class="day-today">"Today"</span> })}</p>
                    </div>
                    <div class="l-cluster day-tools no-print">
                        <nav aria-label="Day">
                            <ul class="day-steps" role="list">
                                {step(model.before, "Day before", Glyph::ChevronLeft)}
                                <li><a class="btn" href=day_link(model.today) aria-current=is_today>"Today"</a></li>
                                {step(model.after, "Day after", Glyph::ChevronRight)}
                            </ul>
                        </nav>
                        <form class="day-pick" method="get" action="/schedule">
                            <label class="visually-hidden" for="date">"Date"</label>
                            <input class="control" id="date" type="date" name="date" value=date.to_string() required=true/>
                            <button class="btn">"Go"</button>
                        </form>
                    </div>
                </header>
                {body(model.board)}
            </div>
        })
    })
}

/// The board, and a word where there is nothing on it.
fn body(board: super::super::model::Board) -> AnyView {
    if board.columns.is_empty() {
        return view! {
            <Notice title="Nobody to show yet">
                <p>"This business has no active staff, rooms or equipment. Appointments appear here once it has."</p>
            </Notice>
        }
        .into_any();
    }
    let empty = board.blocks.is_empty().then(|| {
        let open = board.columns.iter().any(|column| !column.open.is_empty());
        let text = if open { "Bookings for this day appear here." } else { "Nobody has hours on this day." };
        view! { <p class="day-empty"><Icon glyph=Glyph::Calendar size=18/><span><strong>"No appointments on this day. "</strong>{text}</span></p> }
    });
    view! { {empty}<DayBoard board/> }.into_any()
}
