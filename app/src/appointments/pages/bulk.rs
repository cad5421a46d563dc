use super::super::model::{AppointmentLine, BulkLine, BulkPage};
use crate::{
    frame::Frame,
    render::{Scripts, document},
    ui::{
        badge::StatusBadge,
        field::Field,
        layout::{back, team_layout, title, title_of_error},
        notice::{Notice, Tone},
    },
};
use domain::{booking::AppointmentStatus, bulk::Bulk};
use leptos::prelude::*;

/// Asks once more before something is done to several appointments: what would change, and what cannot.
pub fn confirm(frame: Frame, model: BulkPage) -> String {
    let able = model.lines.iter().filter(|line| line.outcome.is_ok()).count();
    let heading = if able == 0 { "Nothing to change".to_owned() } else { format!("{}?", model.bulk.do_label(able)) };
    document(frame.clone(), &title(&frame, &heading), Scripts::None, move || {
        let unable = lines(&model.lines, "These stay as they are", false);
        let body = if able == 0 {
            let text = if model.lines.is_empty() {
                "Go back and tick the appointments that you mean."
            } else {
                "What you ticked cannot be changed in this way."
            };
            view! { <Notice tone=Tone::Warn title="There is nothing to do"><p>{text}</p></Notice> }.into_any()
        } else {
            form(&model, able).into_any()
        };
        let zone = format!("All times in {}", model.zone);
        team_layout(view! {
            {back(model.back.clone(), "Back")}
            <header class="page-head"><div><h1>{heading}</h1><p class="muted">{zone}</p></div></header>
            <div class="narrow l-stack">{body}{unable}</div>
        })
    })
}

fn form(model: &BulkPage, able: usize) -> impl IntoView + use<> {
    let picks = model.lines.iter().filter(|line| line.outcome.is_ok()).filter_map(|line| line.line.as_ref());
    let picks = picks.map(|line| view! { <input type="hidden" name="pick" value=line.pick.to_string()/> });
    let picks = picks.collect_view();
    let reason = (model.bulk == Bulk::Cancel).then(|| {
        view! { <Field name="reason" label="Reason" hint="The customers read it." optional=true autocomplete="off"/> }
    });
    let told = model.bulk.is_told().then(|| view! { <p>"Each customer gets a letter about it."</p> });
    let variant = if model.bulk == Bulk::Cancel { "danger" } else { "primary" };
    let list = model.lines.iter().filter(|line| line.outcome.is_ok()).map(item).collect_view();
    view! {
        <form class="card form" method="post" action="/appointments/decide">
            <input type="hidden" name="decision" value=model.bulk.as_str()/>
            <input type="hidden" name="back" value=model.back.clone()/>
            {picks}
            <ul class="lines" role="list">{list}</ul>
            {reason}
            {told}
            <div class="form-actions">
                <button class="btn" data-variant=variant data-size="lg">{model.bulk.do_label(able)}</button>
                <a class="btn" data-variant="quiet" href=model.back.clone()>"Change nothing"</a>
            </div>
        </form>
    }
}

/// What was done, and what could not be.
pub fn result(frame: Frame, model: BulkPage) -> String {
    let heading = "Not all of it could be done";
    document(frame.clone(), &title_of_error(&frame, heading), Scripts::None, move || {
        let done = model.lines.iter().filter(|line| line.outcome.is_ok()).count();
        let failed = model.lines.len() - done;
        let count = match failed {
            1 => "1 appointment stays as it is".to_owned(),
            n => format!("{n} appointments stay as they are"),
        };
        let sentence = match done {
            0 => "Nothing was changed.".to_owned(),
            _ => format!("{}.", model.bulk.done_label(done)),
        };
        team_layout(view! {
            {back(model.back.clone(), "Back")}
            <header class="page-head"><h1>{heading}</h1></header>
            <div class="narrow l-stack">
                <Notice tone=Tone::Danger title=count takes_focus=true><p>{sentence}</p></Notice>
                {lines(&model.lines, "Not changed", false)}
                {lines(&model.lines, "Done", true)}
                <p><a class="btn" data-variant="primary" href=model.back.clone()>"Back to where you were"</a></p>
            </div>
        })
    })
}

/// The lines that went one way, in a card of their own.
fn lines(all: &[BulkLine], heading: &'static str, are_able: bool) -> Option<AnyView> {
    let items: Vec<_> = all.iter().filter(|line| line.outcome.is_ok() == are_able).map(item).collect();
    (!items.is_empty()).then(|| {
        view! { <section class="card"><h2 class="card-head">{heading}</h2><ul class="lines" role="list">{items}</ul></section> }
            .into_any()
    })
}

fn item(line: &BulkLine) -> AnyView {
    let name = match &line.line {
        Some(line) => {
            view! { <a class="row-name" href=format!("/appointments/{}", line.id())>{line.label()}</a> }.into_any()
        }
        None => view! { <span class="row-name">"An appointment that is not here, or not any more"</span> }.into_any(),
    };
    let says = match (&line.line, &line.outcome) {
        (Some(AppointmentLine { status, .. }), Ok(to)) => view! { {change(*status, *to)} }.into_any(),
        (None, Ok(to)) => view! { <StatusBadge status=*to/> }.into_any(),
        (Some(_), Err(why)) => view! { <span class="sub">{why.clone()}</span> }.into_any(),
        (None, Err(_)) => ().into_any(),
    };
    view! { <li class="line"><div class="line-main">{name}{says}</div></li> }.into_any()
}

/// From where to where.
fn change(from: AppointmentStatus, to: AppointmentStatus) -> impl IntoView {
    let from = (from != to).then(|| view! { <StatusBadge status=from/><span aria-hidden="true">"\u{2192}"</span><span class="visually-hidden">" becomes "</span> });
    view! { <span class="l-cluster change">{from}<StatusBadge status=to/></span> }
}
