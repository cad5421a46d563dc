use super::{
    super::model::{ServiceCard, Services},
    links, meta,
};
use crate::{
    frame::Frame,
    render::{Scripts, document},
    ui::{
        icon::{Glyph, Icon},
        layout::{public_layout, title},
    },
};
use leptos::prelude::*;

/// From so many services on, the list is set closer.
const MANY: usize = 12;

/// The tenant's landing page.
pub fn services(frame: Frame, model: Services) -> String {
    let name = frame.site.name().to_owned();
    document(frame.clone(), &title(&frame, "Book an appointment"), Scripts::None, move || {
        let tagline = (!model.tagline.is_empty()).then(|| view! { <p class="lead">{model.tagline}</p> });
        let is_empty = model.services.is_empty();
        let density = (model.services.len() > MANY).then_some("compact");
        let cards = model.services.iter().map(card).collect_view();
        let list = if is_empty {
            view! {
                <section class="card empty">
                    <h2>"Nothing can be booked online yet"</h2>
                    <p class="muted">{format!("{name} has not put any services online. Please ask there directly.")}</p>
                </section>
            }
            .into_any()
        } else {
            view! { <ul class="services" role="list" data-density=density>{cards}</ul> }.into_any()
        };
        public_layout(view! {
            <div class="intro">
                <h1>"Book an appointment"</h1>
                {tagline}
                {(!is_empty).then(|| view! {
                    <ul class="perks" role="list">
                        <li><Icon glyph=Glyph::Check size=18/>"No account needed"</li>
                        <li><Icon glyph=Glyph::Check size=18/>"You see free times only"</li>
                    </ul>
                })}
            </div>
            {list}
        })
    })
}

/// The whole card is one target; what is heard is the service's name and then what is on the card.
fn card(service: &ServiceCard) -> impl IntoView + use<> {
    let description =
        (!service.description.is_empty()).then(|| view! { <p class="service-text">{service.description.clone()}</p> });
    view! {
        <li class="card service" data-hue=service.hue.clone()>
            <h2 class="service-name"><a class="card-link" href=links::pick(service.id, None, None)>{service.name.clone()}</a></h2>
            {description}
            <div class="service-foot">
                {meta(service)}
                <span class="service-go"><Icon glyph=Glyph::ArrowRight/></span>
            </div>
        </li>
    }
}
