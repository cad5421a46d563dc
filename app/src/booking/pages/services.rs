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
        let contact = contact(&model);
        let tagline = (!model.tagline.is_empty()).then(|| view! { <p class="lead">{model.tagline}</p> });
        let density = (model.total > MANY).then_some("compact");
        let search = (model.total > MANY).then(|| search(&model.search));
        let is_empty = model.total == 0;
        let list = if !is_empty && model.services.is_empty() {
            view! {
                <section class="card empty">
                    <h2>{format!("Nothing is called \"{}\"", model.search)}</h2>
                    <p class="muted">"Try a shorter word, or look through everything."</p>
                    <p><a class="btn" href="/">"Show all services"</a></p>
                </section>
            }
            .into_any()
        } else if is_empty {
            view! {
                <section class="card empty">
                    <h2>"Nothing can be booked online yet"</h2>
                    <p class="muted">{format!("{name} has not put any services online. Please ask there directly.")}</p>
                </section>
            }
            .into_any()
        } else {
            let groups = model.services.chunk_by(|a, b| a.category == b.category);
            // Headings help where there is more than one group.
            let is_grouped = groups.clone().count() > 1;
            let lists = groups.map(|group| {
                let cards = group.iter().map(|service| card(service, is_grouped)).collect_view();
                let name = group.first().map(|service| service.category.clone()).filter(|name| !name.is_empty());
                let name = name.unwrap_or_else(|| "More".into());
                let heading = is_grouped.then(|| view! { <h2 class="services-group">{name}</h2> });
                view! { {heading}<ul class="services" role="list" data-density=density>{cards}</ul> }
            });
            lists.collect_view().into_any()
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
            {search}
            {list}
            {contact}
        })
    })
}

/// The whole card is one target; what is heard is the service's name and then what is on the card.
fn card(service: &ServiceCard, is_grouped: bool) -> impl IntoView + use<> {
    let link = view! {
        <a class="card-link" href=links::pick(service.id, None, None)>{service.name.clone()}</a>
    };
    let name = if is_grouped {
        view! { <h3 class="service-name">{link}</h3> }.into_any()
    } else {
        view! { <h2 class="service-name">{link}</h2> }.into_any()
    };
    let description =
        (!service.description.is_empty()).then(|| view! { <p class="service-text">{service.description.clone()}</p> });
    view! {
        <li class="card service" data-hue=service.hue.clone()>
            {name}
            {description}
            <div class="service-foot">
                {meta(service)}
                <span class="service-go"><Icon glyph=Glyph::ArrowRight/></span>
            </div>
        </li>
    }
}

/// Where there is much to choose from, a word finds it; without a script the page comes again with what has it.
fn search(typed: &str) -> impl IntoView + use<> {
    view! {
        <form class="services-search" role="search" action="/" method="get">
            <label for="q">"Find a service"</label>
            <div class="l-cluster">
                <input class="input" id="q" type="search" name="q" value=typed.to_owned() maxlength="80"/>
                <button class="btn">"Find"</button>
            </div>
        </form>
    }
}

/// What the business says of itself, and how to reach it.
fn contact(model: &Services) -> Option<impl IntoView + use<>> {
    let phone = model.phone.clone().map(|phone| {
        let dial: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        view! { <div><dt>"Phone"</dt><dd><a href=format!("tel:{dial}")>{phone}</a></dd></div> }
    });
    let email = model.email.clone().map(|email| {
        let address = format!("mailto:{email}");
        view! { <div><dt>"E-mail"</dt><dd><a href=address>{email}</a></dd></div> }
    });
    let address =
        (!model.address.is_empty()).then(|| view! { <div><dt>"Address"</dt><dd>{model.address.clone()}</dd></div> });
    let about =
        model.about.lines().filter(|line| !line.trim().is_empty()).map(|line| view! { <p>{line.to_owned()}</p> });
    let about: Vec<_> = about.collect();
    let has_facts = model.phone.is_some() || model.email.is_some() || !model.address.is_empty();
    (has_facts || !about.is_empty()).then(|| {
        view! {
            <section class="card about" aria-labelledby="about">
                <h2 id="about">"About us"</h2>
                {about}
                {has_facts.then(|| view! { <dl class="facts">{address}{phone}{email}</dl> })}
            </section>
        }
    })
}
