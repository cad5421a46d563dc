use super::{
    super::model::{DayCell, DayState, Month, PickTime, SlotChoice},
    links, meta, steps,
};
use crate::{
    frame::Frame,
    render::{Scripts, document},
    ui::{
        icon::{Glyph, Icon},
        layout::{Monogram, public_layout, title},
    },
};
use domain::{
    ids::{ResourceId, ServiceId},
    time::month_label,
};
use jiff::civil::Date;
use leptos::prelude::*;

/// Where days and times lead, and what every link of the page keeps.
#[derive(Clone)]
pub(crate) enum Way {
    /// On to the details of a new booking.
    Book(ServiceId, Option<ResourceId>),
    /// To another time of a booking that is there: its address, and the version that is looked at.
    Move(String, Option<ResourceId>, i32),
}

impl Way {
    fn pick(&self, staff: Option<ResourceId>, date: Option<Date>) -> String {
        match self {
            Self::Book(service, _) => links::pick(*service, staff, date),
            Self::Move(base, ..) => links::moving(base, staff, date),
        }
    }

    fn staff(&self) -> Option<ResourceId> {
        match self {
            Self::Book(_, staff) | Self::Move(_, staff, _) => *staff,
        }
    }

    /// A link to a day. It lands on the day's times, which on a telephone are below the month.
    fn day(&self, date: Date) -> String {
        format!("{}#times", self.pick(self.staff(), Some(date)))
    }

    fn month(&self, date: Date) -> String {
        format!("{}#days", self.pick(self.staff(), Some(date)))
    }

    /// Where a start is sent.
    fn action(&self) -> String {
        match self {
            Self::Book(service, _) => links::keep(*service),
            Self::Move(base, ..) => format!("{base}/move"),
        }
    }

    /// What is sent with a start.
    pub(crate) fn hidden(&self) -> impl IntoView + use<> {
        let version = match self {
            Self::Book(..) => None,
            Self::Move(_, _, version) => {
                Some(view! { <input type="hidden" name="version" value=version.to_string()/> })
            }
        };
        let staff = self.staff().map(|id| id.to_string()).unwrap_or_default();
        view! { <input type="hidden" name="staff" value=staff/>{version} }
    }
}

/// With whom, the month, and the times of the day that is chosen.
pub(crate) fn choose(model: &PickTime, way: &Way) -> impl IntoView + use<> {
    view! {
        {staff(model, way)}
        <div class="pick">
            {month(&model.month, way)}
            {times(model, way)}
        </div>
    }
}

/// Day and time.
pub fn pick_time(frame: Frame, model: PickTime) -> String {
    document(frame.clone(), &title(&frame, "Choose a day and time"), Scripts::None, move || {
        let way = Way::Book(model.service.id, model.chosen_staff);
        public_layout(view! {
            <a class="back" href="/"><Icon glyph=Glyph::ArrowLeft size=18/>"All services"</a>
            <div class="intro">
                {steps(1)}
                <h1>"Choose a day and time"</h1>
                <div class="choice" data-hue=model.service.hue.clone()>
                    <p class="choice-name">{model.service.name.clone()}</p>
                    {meta(&model.service)}
                </div>
            </div>
            {choose(&model, &way)}
        })
    })
}

fn staff(model: &PickTime, way: &Way) -> Option<impl IntoView + use<>> {
    let chosen_day = model.month.weeks.iter().flatten().find(|cell| cell.selected).map(|cell| cell.date);
    let choices = model.staff.iter().map(|choice| {
        let href = way.pick(choice.id, chosen_day);
        let current = choice.selected.then_some("true");
        let mark = match choice.id {
            None => view! { <span class="monogram" data-size="sm" data-hue="slate" aria-hidden="true"><Icon glyph=Glyph::Person size=16/></span> }.into_any(),
            Some(_) => view! { <Monogram name=choice.name.clone() size="sm" hue="slate"/> }.into_any(),
        };
        view! { <li><a class="pill" href=href aria-current=current>{mark}{choice.name.clone()}</a></li> }
    });
    (!model.staff.is_empty()).then(|| {
        view! {
            <nav class="staff" aria-labelledby="staff-title">
                <h2 class="label" id="staff-title">"With"</h2>
                <ul class="l-cluster" role="list">{choices.collect_view()}</ul>
            </nav>
        }
    })
}

fn month(month: &Month, way: &Way) -> impl IntoView + use<> {
    let turn = |to: Option<Date>, what: &'static str, glyph| {
        to.map(|date| {
            view! {
                <a class="btn turn" data-variant="quiet" href=way.month(date) aria-label=format!("{what}, {}", month_label(date))>
                    <Icon glyph/>
                </a>
            }
        })
    };
    let heads = month.weekdays.iter().map(|day| view! { <th scope="col">{*day}</th> }).collect_view();
    let weeks = month.weeks.iter().map(|week| {
        let cells = week.iter().map(|cell| day(cell, way)).collect_view();
        view! { <tr>{cells}</tr> }
    });
    view! {
        <section class="card" id="days" aria-labelledby="month">
            <div class="month-head">
                <h2 id="month">{month.label.clone()}</h2>
                {turn(month.earlier, "Earlier", Glyph::ChevronLeft)}
                {turn(month.later, "Later", Glyph::ChevronRight)}
            </div>
            <table class="month">
                <caption class="visually-hidden">"Days with free times are links"</caption>
                <thead><tr>{heads}</tr></thead>
                <tbody>{weeks.collect_view()}</tbody>
            </table>
        </section>
    }
}

/// A day. The name that is heard is "Thursday 3 December 2026, 6 times free", and what is seen is part of it.
fn day(cell: &DayCell, way: &Way) -> AnyView {
    let number = cell.date.day().to_string();
    let (before, after) = match cell.label.split_once(&format!(" {number} ")) {
        Some((weekday, rest)) => (weekday.to_owned(), format!(" {rest}, ")),
        None => (String::new(), ", ".to_owned()),
    };
    let after = if cell.today { format!("{after}today, ") } else { after };
    let today = cell.today.then_some("");
    let current = cell.selected.then_some("true");
    let name = view! {
        <span class="visually-hidden">{before}" "</span>
        <span class="date-number">{number}</span>
        <span class="visually-hidden">{after}</span>
    };
    let note = match cell.state {
        DayState::OtherMonth => return view! { <td></td> }.into_any(),
        DayState::Free(count) => {
            let times = if count == 1 { " time" } else { " times" };
            // Where a column is too narrow for the word, it is not drawn; the number stays.
            view! {
                <span class="date-note">
                    {count.to_string()}<span class="visually-hidden">{times}</span><span class="date-word">" free"</span>
                </span>
            }
            .into_any()
        }
        DayState::Full => view! { <span class="date-note">"full"</span> }.into_any(),
        DayState::Closed => view! { <span class="visually-hidden">"closed"</span> }.into_any(),
        DayState::OutOfReach => view! { <span class="visually-hidden">"cannot be booked"</span> }.into_any(),
    };
    let inner = view! { {name}{note} };
    if matches!(cell.state, DayState::Free(_)) {
        view! { <td><a class="date" href=way.day(cell.date) data-today=today aria-current=current>{inner}</a></td> }
            .into_any()
    } else {
        view! { <td><span class="date" data-today=today aria-current=current>{inner}</span></td> }.into_any()
    }
}

fn times(model: &PickTime, way: &Way) -> impl IntoView + use<> {
    let heading = model.day_label.clone().unwrap_or_else(|| "No free times".to_owned());
    let body = if model.slots.is_empty() {
        no_times(model, way).into_any()
    } else {
        let part = |name: &'static str, hours: std::ops::Range<u8>| {
            let slots: Vec<_> = model.slots.iter().filter(|slot| hours.contains(&hour(slot))).collect();
            (!slots.is_empty()).then(|| {
                let choices = slots.into_iter().map(slot).collect_view();
                view! { <h3 class="label">{name}</h3><ul class="slots" role="list">{choices}</ul> }
            })
        };
        view! {
            <p class="zone"><Icon glyph=Glyph::Globe size=16/>{format!("Times in {}", model.zone_label)}</p>
            <form class="times-form" method="post" action=way.action()>
                {way.hidden()}
                {part("Morning", 0..12)}
                {part("Afternoon", 12..17)}
                {part("Evening", 17..24)}
            </form>
        }
        .into_any()
    };
    view! {
        <section class="card times" id="times" tabindex="-1" aria-labelledby="times-title">
            <h2 id="times-title">{heading}</h2>
            {body}
            {model.day_label.is_some().then(|| view! { <a class="times-back" href="#days">"Choose another day"</a> })}
        </section>
    }
}

fn hour(slot: &SlotChoice) -> u8 {
    slot.clock.split(':').next().and_then(|hour| hour.parse().ok()).unwrap_or(0)
}

/// A start: a button, since pressing it has the time kept. Those who do not see the heading hear the day with it.
fn slot(slot: &SlotChoice) -> impl IntoView + use<> {
    let offset = slot.offset.clone().map(|offset| view! { <small>{offset}</small> });
    view! {
        <li>
            <button class="slot" name="start" value=slot.start.clone() aria-label=slot.label.clone()>
                <time datetime=slot.start.clone()>{slot.clock.clone()}</time>
                {offset}
            </button>
        </li>
    }
}

/// Why there is nothing, and where there is something.
fn no_times(model: &PickTime, way: &Way) -> impl IntoView + use<> {
    let why = match (&model.day_label, model.day_state) {
        (None, _) => "Nothing is free in the days that can be booked at present.",
        (Some(_), DayState::Closed) => "Closed on this day.",
        (Some(_), DayState::OutOfReach | DayState::OtherMonth) => {
            "This day cannot be booked: it is past, or too far ahead."
        }
        (Some(_), DayState::Full | DayState::Free(_)) => "Nothing is free any more on this day.",
    };
    let next = model.next_free.clone().map(|(date, label)| {
        view! { <a class="btn" data-variant="primary" href=way.day(date)>{format!("Next free: {label}")}</a> }
    });
    let books = matches!(way, Way::Book(..));
    let anyone = (books && model.next_free.is_none() && way.staff().is_some())
        .then(|| view! { <a class="btn" href=way.pick(None, None)>"See times with anyone"</a> });
    let other =
        (books && model.next_free.is_none()).then(|| view! { <a class="btn" href="/">"See other services"</a> });
    view! { <p class="muted">{why}</p><p class="l-cluster">{next}{anyone}{other}</p> }
}
