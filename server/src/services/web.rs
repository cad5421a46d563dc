//! The paths of services.

use super::{meanwhile, permit, save, set_archived, shift, store};
use crate::{
    error::Failure,
    http::{Cx, FormOf, PathOf, QueryOf, flash::see_other_with, html, see_other},
    setup::{Act, Outcome, Typed, errors},
    state::App,
};
use app::{
    error::AppError,
    frame::Tone,
    request::RequestContext,
    services::{
        self as pages,
        model::{Choices, ServicePage, ServiceRow, Services},
    },
    setup::model::Sent,
};
use axum::{extract::State, response::Response};
use domain::{
    catalogue::{LIMITS, MOST_NEEDS, NeedForm, ServiceForm},
    ids::ResourceId,
    money,
    resource::ResourceKind,
    time::duration_label,
};
use http::StatusCode;
use serde::Deserialize;
use uuid::Uuid;

/// Which services are listed.
#[derive(Deserialize)]
pub struct ListQuery {
    #[serde(default)]
    archived: Option<String>,
}

/// `GET /services`
pub async fn list(State(app): State<App>, Cx(cx): Cx, QueryOf(query): QueryOf<ListQuery>) -> Result<Response, Failure> {
    let _permit = permit(&cx)?;
    let is_archive = query.archived.as_deref() == Some("1");
    let mut tx = app.read(&cx).await?;
    let rows = store::list(&mut tx, is_archive).await?;
    let archived = usize::try_from(store::count_archived(&mut tx).await?).unwrap_or(0);
    let has_resources = store::list_resources(&mut tx).await?.iter().any(|row| !row.is_archived);
    let model = Services { rows: rows.into_iter().map(row).collect(), is_archive, archived, has_resources };
    Ok(html(StatusCode::OK, pages::list(cx.frame, model)))
}

fn row(row: store::ListRow) -> ServiceRow {
    let who = row.needs.iter().map(|(count, names)| need_words(*count, names)).collect::<Vec<_>>().join(", and ");
    ServiceRow {
        id: row.id,
        name: row.name,
        category: row.category,
        hue: row.hue,
        length: duration_label(u32::try_from(row.minutes).unwrap_or(0)),
        price: row.price_minor.map(|minor| money::label(minor, &row.currency)),
        who: if who.is_empty() { "Nobody yet".into() } else { who },
        is_online: row.is_online,
    }
}

/// `Ana`, `Ana, Bo or Cleo`, `2 of Ana, Bo, Cleo`, `1 of 7`.
fn need_words(count: i16, names: &[String]) -> String {
    match (count, names) {
        (_, []) => "nobody in use".into(),
        (1, [one]) => one.clone(),
        (1, [first, .., last]) if names.len() <= 3 => {
            let middle = names.get(1..names.len() - 1).unwrap_or_default();
            let middle: String = middle.iter().map(|name| format!(", {name}")).collect();
            format!("{first}{middle} or {last}")
        }
        _ if names.len() <= 3 => format!("{count} of {}", names.join(", ")),
        _ => format!("{count} of {}", names.len()),
    }
}

/// `GET /services/new`
pub async fn new_page(State(app): State<App>, Cx(cx): Cx) -> Result<Response, Failure> {
    let _permit = permit(&cx)?;
    page(&app, cx, None, None, Sent::default(), StatusCode::OK).await
}

/// `GET /services/{id}`
pub async fn one(State(app): State<App>, Cx(cx): Cx, PathOf(id): PathOf<Uuid>) -> Result<Response, Failure> {
    let _permit = permit(&cx)?;
    page(&app, cx, Some(id), None, Sent::default(), StatusCode::OK).await
}

/// The page with what was typed, or else what is there.
async fn page(
    app: &App,
    cx: RequestContext,
    id: Option<Uuid>,
    typed: Option<(i32, ServiceForm)>,
    sent: Sent,
    status: StatusCode,
) -> Result<Response, Failure> {
    let mut tx = app.read(&cx).await?;
    let currency = store::find_currency(&mut tx).await?;
    let stored = match id {
        Some(id) => Some(store::find(&mut tx, id).await?.ok_or(AppError::NotFound)?),
        None => None,
    };
    let resources = store::list_resources(&mut tx).await?;
    let choices = ResourceKind::ALL.into_iter().map(|kind| Choices {
        kind,
        resources: resources
            .iter()
            .filter(|row| row.kind == kind.as_str() && !row.is_archived)
            .map(|row| (ResourceId(row.id), row.name.clone()))
            .collect(),
    });
    let (version, mut form) = match (typed, &stored) {
        (Some(typed), _) => typed,
        (None, Some(stored)) => (stored.version, stored.rules.form(&currency)),
        (None, None) => (0, ServiceForm::default()),
    };
    if form.needs.is_empty() {
        form.needs.push(NeedForm { count: "1".into(), pool: Vec::new() });
    }
    let model = ServicePage {
        id,
        name: stored.as_ref().map(|stored| stored.rules.name.clone()).unwrap_or_default(),
        version,
        form,
        choices: choices.filter(|group| !group.resources.is_empty()).collect(),
        categories: store::list_categories(&mut tx).await?,
        is_archived: stored.as_ref().is_some_and(|stored| stored.is_archived),
        coming: match id {
            Some(id) => store::count_coming(&mut tx, id, cx.now).await?,
            None => 0,
        },
        currency,
        sent,
    };
    drop(tx);
    Ok(html(status, pages::service(cx.frame, model)))
}

/// Reads the form as it was typed.
fn form_of(typed: &Typed) -> ServiceForm {
    let needs = (0..MOST_NEEDS).take_while(|at| typed.has(&format!("need-{at}-count"))).map(|at| NeedForm {
        count: typed.get(&format!("need-{at}-count")),
        pool: typed.all(&format!("need-{at}")).filter_map(|id| id.parse().ok()).collect(),
    });
    ServiceForm {
        name: typed.get("name"),
        category: typed.get("category"),
        description: typed.get("description"),
        minutes: typed.get("minutes"),
        step: typed.get("step"),
        price: typed.get("price"),
        hue: typed.get("hue"),
        is_online: typed.has("is_online"),
        buffer_before: typed.get("buffer_before"),
        buffer_after: typed.get("buffer_after"),
        grid: typed.get("grid"),
        notice: typed.ahead("notice"),
        horizon: typed.get("horizon"),
        needs_approval: typed.has("needs_approval"),
        pending_holds: typed.has("pending_holds"),
        cancel: typed.ahead("cancel"),
        reschedule: typed.ahead("reschedule"),
        limits: LIMITS.map(|(_, _, name)| typed.get(name)),
        needs: needs.collect(),
    }
}

/// `POST /services`
pub async fn add(
    State(app): State<App>,
    Cx(cx): Cx,
    FormOf(pairs): FormOf<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    send(&app, cx, None, Typed(pairs)).await
}

/// `POST /services/{id}`
pub async fn change(
    State(app): State<App>,
    Cx(cx): Cx,
    PathOf(id): PathOf<Uuid>,
    FormOf(pairs): FormOf<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    send(&app, cx, Some(id), Typed(pairs)).await
}

async fn send(app: &App, cx: RequestContext, id: Option<Uuid>, typed: Typed) -> Result<Response, Failure> {
    let _permit = permit(&cx)?;
    let mut form = form_of(&typed);
    let version = typed.version();
    if let Act::Form(_) = typed.act() {
        form.needs.push(NeedForm { count: "1".into(), pool: Vec::new() });
        return page(app, cx, id, Some((version, form)), Sent::default(), StatusCode::OK).await;
    }
    let mut tx = app.read(&cx).await?;
    let currency = store::find_currency(&mut tx).await?;
    let known: Vec<ResourceId> =
        store::list_resources(&mut tx).await?.iter().filter(|row| !row.is_archived).map(|row| row.id.into()).collect();
    drop(tx);
    let rules = match form.check(&currency, &known) {
        Ok(rules) => rules,
        Err(mistakes) => {
            let sent = Sent { errors: errors(mistakes), ..Sent::default() };
            return page(app, cx, id, Some((version, form)), sent, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    match save(app, &cx, id, version, &rules, typed.act()).await? {
        Outcome::Saved(id) => {
            let text = format!("{} is saved.", rules.name);
            Ok(see_other_with(&app.config, &format!("/services/{id}"), Tone::Ok, &text))
        }
        Outcome::Effect(effect) => {
            let sent = Sent { effect: Some(effect), ..Sent::default() };
            page(app, cx, id, Some((version, form)), sent, StatusCode::OK).await
        }
        Outcome::Stale => {
            let (version, found) = meanwhile(app, &cx, id.ok_or(AppError::NotFound)?, &rules).await?;
            let sent = Sent { meanwhile: Some(found), ..Sent::default() };
            page(app, cx, id, Some((version, form)), sent, StatusCode::CONFLICT).await
        }
        Outcome::Wrong(field, message) => {
            let sent = Sent { errors: vec![app::ui::form::FormError::new(field, message)], ..Sent::default() };
            page(app, cx, id, Some((version, form)), sent, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

/// `POST /services/{id}/archive`
pub async fn archive(State(app): State<App>, Cx(cx): Cx, PathOf(id): PathOf<Uuid>) -> Result<Response, Failure> {
    let name = set_archived(&app, &cx, id, true).await?;
    let text = name.map_or_else(|| "It was archived already.".into(), |name| format!("{name} is archived."));
    Ok(see_other_with(&app.config, "/services", Tone::Ok, &text))
}

/// `POST /services/{id}/restore`
pub async fn restore(State(app): State<App>, Cx(cx): Cx, PathOf(id): PathOf<Uuid>) -> Result<Response, Failure> {
    let name = set_archived(&app, &cx, id, false).await?;
    let text = name.map_or_else(|| "It was in use already.".into(), |name| format!("{name} is in use again."));
    Ok(see_other_with(&app.config, &format!("/services/{id}"), Tone::Ok, &text))
}

/// Which way.
#[derive(Deserialize)]
pub struct MoveForm {
    #[serde(default)]
    to: String,
}

/// `POST /services/{id}/move`
pub async fn shift_one(
    State(app): State<App>,
    Cx(cx): Cx,
    PathOf(id): PathOf<Uuid>,
    FormOf(form): FormOf<MoveForm>,
) -> Result<Response, Failure> {
    shift(&app, &cx, id, form.to == "up").await?;
    Ok(see_other("/services"))
}

#[cfg(test)]
mod tests {
    use super::need_words;

    #[test]
    fn needs_are_words() {
        let names = |n: usize| ["Ana", "Bo", "Cleo", "Dan"].into_iter().take(n).map(String::from).collect::<Vec<_>>();
        for (count, n, words) in [
            (1, 1, "Ana"),
            (1, 2, "Ana or Bo"),
            (1, 3, "Ana, Bo or Cleo"),
            (2, 3, "2 of Ana, Bo, Cleo"),
            (1, 4, "1 of 4"),
            (1, 0, "nobody in use"),
        ] {
            assert_eq!(need_words(count, &names(n)), words);
        }
    }
}
