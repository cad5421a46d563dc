use super::super::model::Settings;
use crate::ui::{
    facts::{Fact, FactList},
    field::{Field, Kind, Select},
};
use domain::{hours::WEEKDAYS, money::CURRENCIES};
use leptos::prelude::*;

/// What the business says of itself.
pub(super) fn business(model: &Settings) -> impl IntoView + use<> {
    let error = |field: &str| model.sent.error("business", field);
    let form = model.business.clone();
    let (name, zone) = (model.name.clone(), model.zone.clone());
    let currencies = CURRENCIES.iter().map(|(code, name)| ((*code).to_owned(), format!("{code}, {name}"))).collect();
    let days = WEEKDAYS.iter().zip(1..).map(|(day, n): (_, u8)| (n.to_string(), (*day).to_owned())).collect();
    let currency = match model.currency_fixed.clone() {
        Some(why) => view! { <Field name="currency" label="Currency" hint=why value=form.currency fixed=true error=error("currency")/> }.into_any(),
        None => view! { <Select name="currency" label="Currency" hint="Prices keep their numbers: 48.00 stays 48.00" options=currencies chosen=form.currency error=error("currency")/> }.into_any(),
    };
    view! {
        <form class="card form setup" id="business" method="post" action="/settings/business" novalidate aria-labelledby="business-title">
            <input type="hidden" name="version" value=model.version/>
            <h2 id="business-title" class="card-head">"Business"</h2>
            <FactList>
                <Fact label="Name">{name}<small>"The platform changes it on request."</small></Fact>
                <Fact label="Time zone">{zone}<small>"It cannot be changed here: appointments are fixed instants and would keep them, while all hours would move. Ask the platform if it is wrong."</small></Fact>
            </FactList>
            <Field name="tagline" label="Line under the name" hint="On the booking page" value=form.tagline error=error("tagline") autocomplete="off" optional=true/>
            <Field name="about" label="About" kind=Kind::Paragraph hint="On the booking page, below the services" value=form.about error=error("about") optional=true/>
            <Field name="contact_email" label="Contact e-mail" kind=Kind::Email hint="Where customers can write" value=form.contact_email error=error("contact_email") autocomplete="off" optional=true/>
            <Field name="contact_phone" label="Contact phone" kind=Kind::Phone value=form.contact_phone error=error("contact_phone") autocomplete="off" optional=true/>
            <Field name="address" label="Address" kind=Kind::Paragraph value=form.address error=error("address") optional=true/>
            {currency}
            <Select name="week_start" label="Weeks begin on" hint="In calendars, and for limits a week" options=days chosen=form.week_start error=error("week_start")/>
            <div class="form-actions"><button class="btn" data-variant="primary">"Save business"</button></div>
        </form>
    }
}
