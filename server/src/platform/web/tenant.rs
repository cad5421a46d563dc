//! One tenant: what it is, and what may be done to it.

use super::{small, store, tenants::zones};
use crate::{
    access, audit, domains,
    error::Failure,
    http::{Cx, FormOf, PathOf, flash::see_other_with, html, show::moment},
    people,
    platform::actions::{self, Outcome},
    state::App,
    tenancy::target_version,
};
use app::{
    error::AppError,
    frame::Tone,
    platform::{
        self as pages,
        model::{LimitUse, TenantActions, TenantPage},
    },
    request::RequestContext,
    ui::form::{FormError, Offer, Refused},
};
use axum::{extract::State, response::Response};
use domain::{
    actor::Role,
    ids::TenantId,
    policy::{
        ChangeTier, CloseTenant, CreateUser, Denied, EditTenant, NewUserFacts, RestoreTenant, SuspendTenant,
        TenantFacts, ViewTenant, authorize,
    },
    tenant::{TenantStatus, Tier},
};
use http::StatusCode;
use jiff::tz::TimeZone;
use serde::Deserialize;
use uuid::Uuid;

/// `GET /tenants/{id}`
pub async fn tenant(State(app): State<App>, Cx(cx): Cx, PathOf(id): PathOf<Uuid>) -> Result<Response, Failure> {
    page(&app, cx, id, None, StatusCode::OK).await
}

async fn page(
    app: &App,
    cx: RequestContext,
    id: Uuid,
    refused: Option<Refused>,
    code: StatusCode,
) -> Result<Response, Failure> {
    cx.actor.person().ok_or(AppError::SignedOut)?;
    let mut read = app.db.platform_read().await?;
    let row = store::find_tenant(read.conn(), id).await?.ok_or(AppError::NotFound)?;
    let facts = TenantFacts { id: TenantId(id), is_temporary: row.is_temporary };
    // What one may not see is not there.
    if authorize::<ViewTenant>(&cx.actor, &facts).is_err() {
        return Err(AppError::NotFound.into());
    }
    let status = TenantStatus::parse(&row.status).ok_or(AppError::NotFound)?;
    let tier = Tier::parse(&row.tier).ok_or(AppError::NotFound)?;
    let filter = people::store::PeopleFilter { tenant: Some(id), ..people::store::PeopleFilter::default() };
    let staff = people::store::list(read.conn(), &filter, 10).await?;
    let people_count = people::store::count(read.conn(), &filter, 10_000).await?;
    let team = people::store::count_team(read.conn(), id).await?;
    let hosts = domains::store::count(read.conn(), id).await?;
    drop(read);
    let limits = tier.limits();
    let used = |label: &str, have: i64, most: Option<u32>| LimitUse {
        label: label.into(),
        used: most.map_or_else(|| format!("{have}, without limit"), |most| format!("{have} of {most}")),
        is_full: most.is_some_and(|most| have >= i64::from(most)),
    };
    let base = &app.config.base;
    let host = base.sub(&row.slug);
    let is_open = status.is_open();
    let model = TenantPage {
        id,
        name: row.name,
        slug: row.slug.clone(),
        url: base.url(&host),
        host,
        status,
        suspended_reason: row.suspended_reason,
        tier,
        limits: vec![
            used("People in the team", team, limits.team_members),
            used("Domains of its own", hosts, limits.custom_domains),
        ],
        timezone: row.timezone,
        zones: zones(),
        created: moment(row.created_at.to_jiff(), &TimeZone::UTC),
        demo_until: row.expires_at.map(|at| moment(at.to_jiff(), &TimeZone::UTC)),
        schema_version: small(row.schema_version),
        target_version: small(target_version()),
        migration_error: row.migration_error,
        people: staff.iter().filter_map(|row| people::web::show(row, &cx)).collect(),
        people_count: u32::try_from(people_count).unwrap_or(u32::MAX),
        domains: domains::web::of_tenant(app, &cx, id).await?,
        grants: access::web::active_of(app, &cx, Some(TenantId(id))).await?,
        audit: audit::web::latest(app, &cx, Some(id), None).await?,
        may_add_person: authorize::<CreateUser>(
            &cx.actor,
            &NewUserFacts { role: Role::TenantStaff, tenant: Some(facts) },
        )
        .is_ok(),
        may_grant: cx.actor.person().is_some_and(|person| {
            matches!(person.role, Role::Superuser | Role::PlatformManager) && person.masked.is_none()
        }),
        actions: TenantActions {
            edit: on(status != TenantStatus::Closed, || authorize::<EditTenant>(&cx.actor, &facts)),
            tier: on(status != TenantStatus::Closed, || authorize::<ChangeTier>(&cx.actor, &facts)),
            suspend: on(is_open, || authorize::<SuspendTenant>(&cx.actor, &facts)),
            restore: on(status == TenantStatus::Suspended, || authorize::<RestoreTenant>(&cx.actor, &facts)),
            close: on(status != TenantStatus::Closed, || authorize::<CloseTenant>(&cx.actor, &facts)),
            extend: on(row.is_temporary && is_open, || authorize::<EditTenant>(&cx.actor, &facts)),
        },
        refused,
    };
    Ok(html(code, pages::tenant(cx.frame, model)))
}

/// An action that has its place; whether it is open, the policy says.
fn on<T>(has_place: bool, ask: impl FnOnce() -> Result<T, Denied>) -> Offer {
    has_place.then(|| ask().map(|_| ()).map_err(|denied| denied.message().to_owned()))
}

async fn answer(
    app: &App,
    cx: RequestContext,
    id: Uuid,
    form: (&str, &str, Vec<(&str, String)>),
    outcome: Outcome,
    done: &str,
) -> Result<Response, Failure> {
    match outcome {
        Ok(()) => Ok(see_other_with(&app.config, &format!("/tenants/{id}"), Tone::Ok, done)),
        Err(message) => {
            let (form, field, values) = form;
            let values = values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
            let refused = Refused { form: form.into(), values, errors: vec![FormError::new(field, message)] };
            page(app, cx, id, Some(refused), StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

/// The form of name and zone.
#[derive(Deserialize)]
pub struct EditForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    timezone: String,
}

/// `POST /tenants/{id}/edit`
pub async fn edit(
    State(app): State<App>,
    Cx(cx): Cx,
    PathOf(id): PathOf<Uuid>,
    FormOf(form): FormOf<EditForm>,
) -> Result<Response, Failure> {
    let outcome = actions::edit(&app, &cx, id, &form.name, &form.timezone).await?;
    let field = if outcome.as_ref().is_err_and(|message| message.contains("zone")) { "timezone" } else { "name" };
    let values = vec![("name", form.name), ("timezone", form.timezone)];
    answer(&app, cx, id, ("edit", field, values), outcome, "Saved.").await
}

/// The form of another plan.
#[derive(Deserialize)]
pub struct TierForm {
    #[serde(default)]
    tier: String,
}

/// `POST /tenants/{id}/tier`
pub async fn change_tier(
    State(app): State<App>,
    Cx(cx): Cx,
    PathOf(id): PathOf<Uuid>,
    FormOf(form): FormOf<TierForm>,
) -> Result<Response, Failure> {
    let outcome = actions::change_tier(&app, &cx, id, &form.tier).await?;
    answer(&app, cx, id, ("tier", "tier", vec![("tier", form.tier)]), outcome, "The plan is changed.").await
}

/// The form of a reason.
#[derive(Deserialize)]
pub struct ReasonForm {
    #[serde(default)]
    reason: String,
    #[serde(default)]
    confirm: String,
}

/// `POST /tenants/{id}/suspend`
pub async fn suspend(
    State(app): State<App>,
    Cx(cx): Cx,
    PathOf(id): PathOf<Uuid>,
    FormOf(form): FormOf<ReasonForm>,
) -> Result<Response, Failure> {
    let outcome = actions::suspend(&app, &cx, id, &form.reason).await?;
    let values = vec![("reason", form.reason)];
    answer(&app, cx, id, ("suspend", "reason", values), outcome, "Suspended. Its site answers nobody any more.").await
}

/// `POST /tenants/{id}/restore`
pub async fn restore(State(app): State<App>, Cx(cx): Cx, PathOf(id): PathOf<Uuid>) -> Result<Response, Failure> {
    let outcome = actions::restore(&app, &cx, id).await?;
    answer(&app, cx, id, ("restore", "", vec![]), outcome, "Restored. Its site answers again.").await
}

/// `POST /tenants/{id}/close`
pub async fn close(
    State(app): State<App>,
    Cx(cx): Cx,
    PathOf(id): PathOf<Uuid>,
    FormOf(form): FormOf<ReasonForm>,
) -> Result<Response, Failure> {
    let outcome = actions::close(&app, &cx, id, &form.reason, &form.confirm).await?;
    let field = if outcome.as_ref().is_err_and(|message| message.contains("confirm")) { "confirm" } else { "reason" };
    let values = vec![("reason", form.reason), ("confirm", form.confirm)];
    answer(&app, cx, id, ("close", field, values), outcome, "Closed. Nobody signs in there any more.").await
}

/// The form of more days.
#[derive(Deserialize)]
pub struct ExtendForm {
    #[serde(default)]
    days: String,
}

/// `POST /tenants/{id}/extend`
pub async fn extend(
    State(app): State<App>,
    Cx(cx): Cx,
    PathOf(id): PathOf<Uuid>,
    FormOf(form): FormOf<ExtendForm>,
) -> Result<Response, Failure> {
    let outcome = actions::extend(&app, &cx, id, &form.days).await?;
    answer(&app, cx, id, ("extend", "days", vec![("days", form.days)]), outcome, "The demo lives on.").await
}
