use super::super::model::{StreamCheck, Verified};
use crate::{
    frame::Frame,
    platform::counted,
    render::{Scripts, document},
    ui::{
        badge::Badge,
        icon::Glyph,
        layout::{back, platform_layout, title},
        list::Empty,
        moment::When,
        notice::{Notice, Tone},
    },
};
use leptos::prelude::*;

/// What a check of all chains found.
pub fn verified(frame: Frame, model: Verified) -> String {
    document(frame.clone(), &title(&frame, "Audit verified"), Scripts::None, move || {
        let broken = model.streams.iter().filter(|stream| !stream.problems.is_empty()).count();
        let verdict = match (broken, model.streams.is_empty()) {
            (_, true) => view! { <Empty title="No stream to check yet"/> }.into_any(),
            (0, _) => view! {
                <Notice tone=Tone::Ok title="All of it holds" takes_focus=true>
                    <p>"Nothing was edited, removed, reordered or cut off."</p>
                </Notice>
            }
            .into_any(),
            (n, _) => {
                let n = u32::try_from(n).unwrap_or(u32::MAX);
                let title = format!("{} not hold", counted(n, "stream does", "streams do"));
                view! {
                    <Notice tone=Tone::Danger title takes_focus=true>
                        <p>"Keep the database as it is, and compare it with the logs and with the last backup."</p>
                    </Notice>
                }
                .into_any()
            }
        };
        let streams = model.streams.iter().map(stream).collect_view();
        platform_layout(view! {
            {back("/audit", "Audit")}
            <header class="page-head"><h1>"Audit verified"</h1><p class="muted"><When at=model.at/></p></header>
            <div class="l-stack">{verdict}<ul class="card lines" role="list">{streams}</ul></div>
        })
    })
}

fn stream(stream: &StreamCheck) -> impl IntoView + use<> {
    let problems = stream.problems.iter().map(|problem| view! { <li>{problem.clone()}</li> }).collect_view();
    let is_whole = stream.problems.is_empty();
    let (hue, glyph, label) =
        if is_whole { ("grass", Glyph::Check, "Holds") } else { ("red", Glyph::Error, "Does not hold") };
    let problems = (!is_whole).then(|| view! { <ul class="stream-problems">{problems}</ul> });
    let entries = counted(u32::try_from(stream.entries).unwrap_or(u32::MAX), "entry", "entries");
    view! {
        <li class="line">
            <span class="line-main"><span class="row-name">{stream.name.clone()}</span><span class="sub tabular">{entries}</span></span>
            <Badge hue glyph label/>
            {problems}
        </li>
    }
}
