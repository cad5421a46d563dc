use super::super::model::Booked;
use crate::{
    frame::Frame,
    own::parts::changes,
    render::{Scripts, document},
    ui::{
        badge::Badge,
        icon::{Glyph, Icon},
        layout::{back, public_layout, title},
    },
};
use leptos::prelude::*;

/// The confirmation: also what its address shows later, whatever has become of the appointment.
pub fn booked(frame: Frame, model: Booked) -> String {
    let business = frame.site.name().to_owned();
    let (heading, hue, glyph) = match model.status_label {
        "Confirmed" => ("You are booked", "grass", Glyph::Check),
        "Requested" => ("Your request is in", "indigo", Glyph::Clock),
        "Cancelled" => ("This appointment was cancelled", "red", Glyph::Cross),
        _ => ("Your appointment", "slate", Glyph::Calendar),
    };
    // By its link the page needs no password; signed in, its address alone opens nothing.
    let keep = |what: &str| match model.changes.is_signed_in {
        true => what.to_owned(),
        false => format!("{what} It needs no password, so share it with care."),
    };
    let next = match model.status_label {
        "Confirmed" => vec![
            format!("{business} expects you on {} at {}.", model.day_label, first_clock(&model)),
            keep("Keep this page: bookmark it or print it."),
            format!("On the telephone, tell {business} the reference {}.", model.reference),
        ],
        "Requested" => vec![
            format!("{business} looks at your request. The time is kept for you until then."),
            keep("Come back to this page to see the answer."),
        ],
        "Cancelled" => {
            let what = "The time is free for others again. Nothing more is needed from you.".to_owned();
            model.cancelled.iter().cloned().chain([what]).collect()
        }
        _ => vec![format!("For questions, tell {business} the reference {}.", model.reference)],
    };
    document(frame.clone(), &title(&frame, heading), Scripts::None, move || {
        let next = next.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
        let price = model.price.map(|price| view! { <div><dt>"Price"</dt><dd class="tabular">{price}</dd></div> });
        let with =
            (!model.with.is_empty()).then(|| view! { <div><dt>"With"</dt><dd>{model.with.join(", ")}</dd></div> });
        let to_list = model.changes.is_signed_in.then(|| back("/my", "My appointments"));
        // The file carries the private link, so it is given to whoever has that already.
        let has_file = !model.changes.is_signed_in && matches!(model.status_label, "Confirmed" | "Requested");
        let file = has_file.then(|| {
            let path = format!("{}/calendar.ics", model.changes.base);
            view! { <p class="no-print"><a class="btn" href=path><Icon glyph=Glyph::Calendar size=18/>"Add to your calendar"</a></p> }
        });
        public_layout(view! {
            {to_list}
            <article class="booked">
                <header class="booked-head">
                    <span class="mark" data-size="lg" data-hue=hue><Icon glyph size=32/></span>
                    <h1>{heading}</h1>
                    <p class="lead">{model.service.clone()}<br/>{model.day_label.clone()}", "<span class="nowrap tabular">{model.clock_range.clone()}</span></p>
                </header>
                <section class="card" aria-labelledby="facts">
                    <div class="card-head booked-reference">
                        <h2 class="label" id="facts">"Reference"</h2>
                        <p class="reference">{model.reference.clone()}</p>
                        <Badge hue glyph label=model.status_label/>
                    </div>
                    <dl class="facts">
                        <div><dt>"Service"</dt><dd>{model.service}<small>{model.duration}</small></dd></div>
                        <div><dt>"Day"</dt><dd>{model.day_label}</dd></div>
                        <div><dt>"Time"</dt><dd class="tabular">{model.clock_range}<small>{model.zone_label}</small></dd></div>
                        {with}
                        {price}
                        <div><dt>"Booked by"</dt><dd>{model.customer_name}<small>{model.customer_email}</small></dd></div>
                    </dl>
                </section>
                {changes(&model.changes, &business)}
                {file}
                <section aria-labelledby="next">
                    <h2 id="next">"What happens next"</h2>
                    <ul class="next">{next}</ul>
                </section>
                <p class="no-print"><a class="btn" href="/">"Book another appointment"</a></p>
            </article>
        })
    })
}

fn first_clock(model: &Booked) -> &str {
    model.clock_range.split(' ').next().unwrap_or(&model.clock_range)
}
