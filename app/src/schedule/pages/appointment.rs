use super::{
    super::model::{AppointmentPage, HistoryLine, MoveForm},
    day_link,
};
use crate::{
    frame::Frame,
    render::{Scripts, document},
    ui::{
        badge::Badge,
        icon::{Glyph, Icon},
        layout::{team_layout, title, title_of_error},
        notice::{Notice, Tone},
    },
};
use domain::{
    booking::Decision,
    ids::AppointmentId,
    time::{day_label, weekday_short},
};
use leptos::prelude::*;

/// One appointment.
pub fn appointment(frame: Frame, model: AppointmentPage) -> String {
    let what = format!("{}, {}", model.service, model.customer_name);
    let refused = model.refused.is_some() || model.move_form.as_ref().is_some_and(|form| form.refused.is_some());
    let page_title = if refused { title_of_error(&frame, &what) } else { title(&frame, &what) };
    document(frame, &page_title, Scripts::None, move || {
        let refused = model.move_form.as_ref().and_then(|form| form.refused.clone()).map(|why| {
            view! { <Notice tone=Tone::Danger title="Not moved" takes_focus=true><p>{why}</p></Notice> }
        });
        let (hue, glyph) = status_look(model.status_label);
        let back =
            format!("{} {}", weekday_short(model.date), model.day_label.split_once(' ').map_or("", |(_, rest)| rest));
        let telephone = model.customer_phone.map(|number| {
            let digits: String = number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
            view! { <div><dt>"Telephone"</dt><dd><a href=format!("tel:{digits}")>{number}</a></dd></div> }
        });
        let notes = if model.notes.is_empty() {
            view! { <p class="muted">"The customer left no notes."</p> }.into_any()
        } else {
            view! { <p class="visit-notes">{model.notes}</p> }.into_any()
        };
        let decisions = decisions(model.id, model.version, &model.decisions);
        let undecided = model.refused.map(|why| {
            view! { <Notice tone=Tone::Danger title="Nothing was changed" takes_focus=true><p>{why}</p></Notice> }
        });
        let history = history(&model.history);
        let moving = match model.move_form {
            Some(form) => move_forms(model.id, model.version, form).into_any(),
            None => view! { <p class="muted">"This appointment cannot be moved, or not by you."</p> }.into_any(),
        };
        team_layout(view! {
            <article class="visit">
                <p class="no-print"><a class="visit-back" href=day_link(model.date)><Icon glyph=Glyph::ArrowLeft size=18/>{back}</a></p>
                {refused}{undecided}
                <header class="visit-head">
                    <h1>{what}</h1>
                    <p class="l-cluster"><Badge hue=hue glyph label=model.status_label/><span class="muted">"Reference "<span class="tabular">{model.reference}</span></span></p>
                </header>
                <div class="l-aside">
                    <div class="l-stack">
                        <section class="card" aria-labelledby="when">
                            <h2 id="when" class="card-head">"Appointment"</h2>
                            <dl class="facts">
                                <div><dt>"Day"</dt><dd>{model.day_label}</dd></div>
                                <div><dt>"Time"</dt><dd class="tabular">{model.clock_range}<small>{model.zone_label}</small></dd></div>
                                <div><dt>"Service"</dt><dd>{model.service}<small>{model.duration}</small></dd></div>
                                <div><dt>"With"</dt><dd>{model.with}</dd></div>
                            </dl>
                        </section>
                        <section class="card" aria-labelledby="who">
                            <h2 id="who" class="card-head">"Customer"</h2>
                            <dl class="facts">
                                <div><dt>"Name"</dt><dd>{model.customer_name}</dd></div>
                                <div><dt>"E-mail"</dt><dd><a href=format!("mailto:{}", model.customer_email)>{model.customer_email.clone()}</a></dd></div>
                                {telephone}
                            </dl>
                        </section>
                        <section class="card" aria-labelledby="notes">
                            <h2 id="notes" class="card-head">"Notes"</h2>
                            {notes}
                        </section>
                        {history}
                    </div>
                    <div class="l-stack no-print">
                        {decisions}
                        <section class="card" aria-labelledby="move">
                            <h2 id="move" class="card-head">"Move"</h2>
                            {moving}
                        </section>
                    </div>
                </div>
            </article>
        })
    })
}

/// What can be decided about it now, a button each; a reason goes to the customer where it is called off.
fn decisions(id: AppointmentId, version: i32, decisions: &[Decision]) -> Option<impl IntoView + use<>> {
    if decisions.is_empty() {
        return None;
    }
    let ends = |decision: &Decision| matches!(decision, Decision::Decline | Decision::Cancel);
    let buttons = decisions.iter().map(|decision| {
        let variant = if *decision == Decision::Confirm { "primary" } else if ends(decision) { "danger" } else { "plain" };
        view! { <button class="btn" data-variant=variant name="decision" value=decision.as_str()>{decision.label()}</button> }
    });
    let buttons = buttons.collect_view();
    let reason = decisions.iter().any(ends).then(|| {
        view! {
            <div class="field">
                <label class="field-label" for="reason">"Reason, if you decline or cancel "<span class="muted">"(optional)"</span></label>
                <p class="field-hint" id="reason-hint">"The customer reads it."</p>
                <input class="control" id="reason" name="reason" maxlength="500" aria-describedby="reason-hint"/>
            </div>
        }
    });
    Some(view! {
        <section class="card" aria-labelledby="decide">
            <h2 id="decide" class="card-head">"Decide"</h2>
            <form class="form" method="post" action=format!("/appointments/{id}/decide")>
                <input type="hidden" name="version" value=version.to_string()/>
                {reason}
                <div class="l-cluster">{buttons}</div>
            </form>
        </section>
    })
}

fn history(lines: &[HistoryLine]) -> Option<impl IntoView + use<>> {
    let items = lines.iter().map(|line| {
        view! {
            <li><strong>{line.what}</strong>" "<span class="tabular">{line.to.clone()}</span><small class="muted">{line.when.clone()}</small></li>
        }
    });
    let items = items.collect_view();
    (!lines.is_empty()).then(|| {
        view! {
            <section class="card" aria-labelledby="history">
                <h2 id="history" class="card-head">"History"</h2>
                <ol class="visit-history" role="list">{items}</ol>
            </section>
        }
    })
}

/// Two forms: one asks for another day's times, the other moves. No script needed for either.
fn move_forms(id: AppointmentId, version: i32, form: MoveForm) -> impl IntoView {
    let date = form.date;
    let times = form
        .times
        .iter()
        .map(|time| view! { <option value=time.start.clone() selected=time.selected>{time.label.clone()}</option> })
        .collect_view();
    let resources = form
        .resources
        .iter()
        .map(|(id, name, here)| view! { <option value=id.to_string() selected=*here>{name.clone()}</option> })
        .collect_view();
    let choice = if form.times.is_empty() || form.resources.is_empty() {
        view! { <p>"No times to choose on "{day_label(date)}". Choose another day."</p> }.into_any()
    } else {
        view! {
            <form class="form" method="post" action=format!("/appointments/{id}/move")>
                <input type="hidden" name="version" value=version.to_string()/>
                <div class="field">
                    <label class="field-label" for="start">"New time"</label>
                    <p class="field-hint" id="start-hint">{day_label(date)}</p>
                    <select class="control" id="start" name="start" aria-describedby="start-hint">{times}</select>
                </div>
                <div class="field">
                    <label class="field-label" for="resource">"With"</label>
                    <select class="control" id="resource" name="resource">{resources}</select>
                </div>
                <button class="btn" data-variant="primary" data-wide="">"Move appointment"</button>
            </form>
        }
        .into_any()
    };
    view! {
        <div class="l-stack visit-move">
            <form class="field" method="get" action=format!("/appointments/{id}")>
                <label class="field-label" for="date">"Day"</label>
                <div class="visit-day">
                    <input class="control" id="date" type="date" name="date" value=date.to_string() required=true/>
                    <button class="btn">"Show times"</button>
                </div>
            </form>
            {choice}
        </div>
    }
}

/// Hue and shape of a status; the word always stands beside them.
fn status_look(label: &str) -> (&'static str, Glyph) {
    match label {
        "Confirmed" => ("grass", Glyph::Check),
        "Requested" => ("amber", Glyph::Clock),
        "Cancelled" | "Did not come" => ("red", Glyph::Cross),
        _ => ("slate", Glyph::Check),
    }
}
