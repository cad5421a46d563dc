//! The paths of settings.

use super::{CURRENCY_STAYS, add_closure, permit, remove_closure, save_business, save_colour, save_policies, store};
use crate::{
    error::Failure,
    http::{Cx, FormOf, PathOf, flash::see_other_with, html},
    setup::{Act, Outcome, Typed, errors},
    state::App,
};
use app::{
    frame::Tone,
    request::RequestContext,
    settings::{
        self as pages,
        model::{ClosureRow, Settings},
    },
    setup::model::Sent,
    ui::form::FormError,
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use domain::{
    brand::{Colour, Palette},
    policy::{ViewSettings, ViewSite, authorize},
    settings::{BusinessForm, Closure, ClosureForm, PoliciesForm},
    time::day_label,
    typed::{Change, changes},
};
use http::{HeaderMap, StatusCode, header};
use uuid::Uuid;

/// What was typed into one of the page's forms, and the version that it was made of.
#[derive(Default)]
struct Again {
    version: Option<i32>,
    business: Option<BusinessForm>,
    policies: Option<PoliciesForm>,
    colour: Option<String>,
    closure: Option<ClosureForm>,
}

/// `GET /settings`
pub async fn page(State(app): State<App>, Cx(cx): Cx) -> Result<Response, Failure> {
    show(&app, cx, Again::default(), Sent::default(), StatusCode::OK).await
}

async fn show(
    app: &App,
    cx: RequestContext,
    again: Again,
    sent: Sent,
    status: StatusCode,
) -> Result<Response, Failure> {
    let tenant = cx.tenant()?;
    let _permit = authorize::<ViewSettings>(&cx.actor, &tenant.id)?;
    let today = cx.now.to_zoned(tenant.zone.clone()).date();
    let mut tx = app.read(&cx).await?;
    let stored = store::find(&mut tx).await?;
    let closures = store::list_closures(&mut tx, today).await?;
    let is_fixed = store::has_promised_price(&mut tx).await?;
    drop(tx);
    let row = |(id, closure): (Uuid, Closure)| ClosureRow { id, label: days(&closure), name: closure.name };
    let model = Settings {
        name: tenant.name.clone(),
        zone: tenant.zone.iana_name().unwrap_or("UTC").to_owned(),
        version: again.version.unwrap_or(stored.version),
        business: again.business.unwrap_or_else(|| stored.business.form()),
        currency_fixed: is_fixed.then(|| CURRENCY_STAYS.to_owned()),
        policies: again.policies.unwrap_or_else(|| stored.policies.form()),
        colour: again.colour.or(stored.brand_colour).unwrap_or_default(),
        closures: closures.into_iter().map(row).collect(),
        closure: again.closure.unwrap_or_default(),
        sent,
    };
    Ok(html(status, pages::settings(cx.frame, model)))
}

fn days(closure: &Closure) -> String {
    match closure.from == closure.to {
        true => day_label(closure.from),
        false => format!("{} to {}", day_label(closure.from), day_label(closure.to)),
    }
}

/// What is there now against what was typed, and the version that it is now.
async fn meanwhile(
    app: &App,
    cx: &RequestContext,
    compare: impl FnOnce(&store::Stored) -> Vec<Change>,
) -> Result<(i32, Vec<Change>), Failure> {
    let stored = store::find(&mut app.read(cx).await?).await?;
    Ok((stored.version, compare(&stored)))
}

/// What became of a form: saved and on, or the page again with what was typed.
async fn answer(
    app: &App,
    cx: RequestContext,
    form: &'static str,
    mut again: Again,
    outcome: Outcome<()>,
    compare: impl FnOnce(&store::Stored) -> Vec<Change>,
    done: &str,
) -> Result<Response, Failure> {
    let (sent, status) = match outcome {
        Outcome::Saved(()) => return Ok(see_other_with(&app.config, "/settings", Tone::Ok, done)),
        Outcome::Effect(effect) => (Sent { form, effect: Some(effect), ..Sent::default() }, StatusCode::OK),
        Outcome::Wrong(field, message) => {
            let errors = vec![FormError::new(field, message)];
            (Sent { form, errors, ..Sent::default() }, StatusCode::UNPROCESSABLE_ENTITY)
        }
        Outcome::Stale => {
            let (version, found) = meanwhile(app, &cx, compare).await?;
            again.version = Some(version);
            (Sent { form, meanwhile: Some(found), ..Sent::default() }, StatusCode::CONFLICT)
        }
    };
    show(app, cx, again, sent, status).await
}

/// `POST /settings/business`
pub async fn business(
    State(app): State<App>,
    Cx(cx): Cx,
    FormOf(pairs): FormOf<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let _permit = permit(&cx)?;
    let typed = Typed(pairs);
    let form = BusinessForm {
        currency: typed.get("currency"),
        week_start: typed.get("week_start"),
        tagline: typed.get("tagline"),
        about: typed.get("about"),
        contact_email: typed.get("contact_email"),
        contact_phone: typed.get("contact_phone"),
        address: typed.get("address"),
    };
    let again = Again { version: Some(typed.version()), business: Some(form.clone()), ..Again::default() };
    let new = match form.check() {
        Ok(new) => new,
        Err(mistakes) => {
            let sent = Sent { form: "business", errors: errors(mistakes), ..Sent::default() };
            return show(&app, cx, again, sent, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    let outcome = save_business(&app, &cx, typed.version(), &new).await?;
    let compare = |stored: &store::Stored| changes(&stored.business.facts(), &new.facts());
    answer(&app, cx, "business", again, outcome, compare, "The business is saved.").await
}

/// `POST /settings/policies`
pub async fn policies(
    State(app): State<App>,
    Cx(cx): Cx,
    FormOf(pairs): FormOf<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let _permit = permit(&cx)?;
    let typed = Typed(pairs);
    let form = PoliciesForm {
        buffer_mode: typed.get("buffer_mode"),
        cancel: typed.ahead("cancel"),
        reschedule: typed.ahead("reschedule"),
        reminder: typed.ahead("reminder"),
    };
    let again = Again { version: Some(typed.version()), policies: Some(form.clone()), ..Again::default() };
    let new = match form.check() {
        Ok(new) => new,
        Err(mistakes) => {
            let sent = Sent { form: "policies", errors: errors(mistakes), ..Sent::default() };
            return show(&app, cx, again, sent, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    let outcome = save_policies(&app, &cx, typed.version(), &new, typed.act()).await?;
    let compare = |stored: &store::Stored| changes(&stored.policies.facts(), &new.facts());
    answer(&app, cx, "policies", again, outcome, compare, "The policies are saved.").await
}

/// `POST /settings/branding`
pub async fn branding(
    State(app): State<App>,
    Cx(cx): Cx,
    FormOf(pairs): FormOf<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let _permit = permit(&cx)?;
    let typed = Typed(pairs);
    let text = typed.get("colour");
    let again = Again { version: Some(typed.version()), colour: Some(text.clone()), ..Again::default() };
    let colour = match (text.trim(), Colour::parse(&text)) {
        ("", _) => None,
        (_, Some(colour)) => Some(colour),
        (_, None) => {
            let errors = vec![FormError::new("colour", "Enter the colour as six digits, such as #3e63dd")];
            let sent = Sent { form: "branding", errors, ..Sent::default() };
            return show(&app, cx, again, sent, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    if typed.act() != Act::Save {
        return show(&app, cx, again, Sent { form: "branding", ..Sent::default() }, StatusCode::OK).await;
    }
    let outcome = save_colour(&app, &cx, typed.version(), colour).await?;
    let compare = |stored: &store::Stored| {
        let (before, after) = (stored.brand_colour.clone().unwrap_or_default(), colour.map(|c| c.to_string()));
        let after = after.unwrap_or_default();
        let change = Change { label: "Colour".into(), before, after };
        Vec::from_iter((change.before != change.after).then_some(change))
    };
    answer(&app, cx, "branding", again, outcome, compare, "The colour is saved. Pages show it within a minute.").await
}

/// `POST /settings/closures`
pub async fn closures(
    State(app): State<App>,
    Cx(cx): Cx,
    FormOf(pairs): FormOf<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let _permit = permit(&cx)?;
    let typed = Typed(pairs);
    let form = ClosureForm { from: typed.get("from"), to: typed.get("to"), name: typed.get("name") };
    let again = Again { closure: Some(form.clone()), ..Again::default() };
    let new = match form.check(cx.now.to_zoned(cx.tenant()?.zone.clone()).date()) {
        Ok(new) => new,
        Err(mistakes) => {
            let sent = Sent { form: "closures", errors: errors(mistakes), ..Sent::default() };
            return show(&app, cx, again, sent, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    let outcome = add_closure(&app, &cx, &new, typed.act()).await?;
    let done = format!("The closure is added: {}.", days(&new));
    answer(&app, cx, "closures", again, outcome, |_| Vec::new(), &done).await
}

/// `POST /settings/closures/{id}/delete`
pub async fn remove(State(app): State<App>, Cx(cx): Cx, PathOf(id): PathOf<Uuid>) -> Result<Response, Failure> {
    remove_closure(&app, &cx, id).await?;
    Ok(see_other_with(&app.config, "/settings", Tone::Ok, "The closure is removed."))
}

/// `GET /brand.css`: the colour of the business, as the custom properties that the product's style sheet uses.
pub async fn brand(State(app): State<App>, Cx(cx): Cx, headers: HeaderMap) -> Result<Response, Failure> {
    let _permit = authorize::<ViewSite>(&cx.actor, &())?;
    let colour = store::find_colour(&mut app.read(&cx).await?).await?.and_then(|text| Colour::parse(&text));
    let tag = format!("\"{}\"", colour.map_or_else(|| "none".to_owned(), |colour| colour.to_string()));
    // Everybody sees the same: it may be kept anywhere for a minute, and shown once more while it is asked for anew.
    let kept = "public, max-age=60, stale-while-revalidate=600";
    let same = headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes());
    let mut response = if same {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let css = colour.map(|colour| Palette::of(colour).css()).unwrap_or_default();
        ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], css).into_response()
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, http::HeaderValue::from_static(kept));
    if let Ok(tag) = http::HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    Ok(response)
}
