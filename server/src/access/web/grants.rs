//! The pages of grants: the platform's of all, a business's of its own.

use crate::{
    access::{
        grants::{self, Made, Wish},
        store::{self, GrantRow as Row},
    },
    error::Failure,
    http::{
        Cx, FormOf, QueryOf,
        flash::see_other_with,
        html,
        show::{moment, tenant_link},
    },
    people::web::tenant_facts,
    state::App,
};
use app::{
    error::AppError,
    frame::Tone,
    grants::{
        self as pages,
        model::{
            GrantAction as Action, GrantFilter, GrantRow, GrantState, Grants, NewGrant, NewGrantForm, RevokeGrants,
        },
    },
    request::RequestContext,
    ui::{form::FormError, list::Listing},
};
use axum::{
    body::Bytes,
    extract::{RawQuery, State},
    response::Response,
};
use domain::{
    actor::Role,
    grant::GrantAction,
    ids::{TenantId, UserId},
    policy::{RevokeFacts, RevokeGrant, Scope, ViewGrants, authorize},
};
use http::StatusCode;
use jiff::tz::TimeZone;
use serde::Deserialize;
use uuid::Uuid;

const MOST: i64 = 500;

fn scope(cx: &RequestContext) -> Scope {
    cx.tenant.as_ref().map_or(Scope::Platform, |tenant| Scope::Tenant(tenant.id.into()))
}

/// Whether the form of a new grant is for this person at all; for whom and what, the rules say when it is sent.
fn may_grant(cx: &RequestContext) -> bool {
    cx.actor.person().is_some_and(|person| {
        let role = match cx.tenant {
            Some(_) => matches!(person.role, Role::Superuser | Role::PlatformManager | Role::TenantOwner),
            None => matches!(person.role, Role::Superuser | Role::PlatformManager),
        };
        role && person.masked.is_none()
    })
}

/// Which grants are shown.
#[derive(Deserialize)]
pub struct GrantsQuery {
    #[serde(default)]
    state: String,
}

/// `GET /grants`
pub async fn list(
    State(app): State<App>,
    Cx(cx): Cx,
    QueryOf(query): QueryOf<GrantsQuery>,
) -> Result<Response, Failure> {
    let _permit = authorize::<ViewGrants>(&cx.actor, &scope(&cx))?;
    let filter = GrantFilter::parse(&query.state);
    let state = if filter == GrantFilter::All { None } else { Some(filter.as_str()) };
    let rows = rows(&app, &cx, cx.tenant.as_ref().map(|tenant| tenant.id), state, None).await?;
    let count = match rows.len() {
        1 => "1 permission".into(),
        n => format!("{n} permissions"),
    };
    let list = Listing { rows, count, is_filtered: filter != GrantFilter::All, ..Listing::default() };
    let model = Grants { filter, list, may_grant: may_grant(&cx) };
    let draw = if cx.tenant.is_some() { pages::own_grants } else { pages::grants };
    Ok(html(StatusCode::OK, draw(cx.frame, model)))
}

/// The grants in force for a tenant, for its page on the dashboard; none where the person who looks may not see them.
pub(crate) async fn active_of(
    app: &App,
    cx: &RequestContext,
    tenant: Option<TenantId>,
) -> Result<Vec<GrantRow>, Failure> {
    if authorize::<ViewGrants>(&cx.actor, &scope(cx)).is_err() {
        return Ok(Vec::new());
    }
    rows(app, cx, tenant, Some("active"), None).await
}

async fn rows(
    app: &App,
    cx: &RequestContext,
    tenant: Option<TenantId>,
    state: Option<&str>,
    ids: Option<&[Uuid]>,
) -> Result<Vec<GrantRow>, Failure> {
    let mut read = app.db.platform_read().await?;
    let rows = store::list_grants(read.conn(), tenant.map(|tenant| tenant.0), state, ids, MOST).await?;
    let now = store::database_time(read.conn()).await?.to_jiff();
    Ok(rows.into_iter().map(|row| show(row, cx, now)).collect())
}

fn show(row: Row, cx: &RequestContext, now: jiff::Timestamp) -> GrantRow {
    let zone = cx.tenant.as_ref().map_or(TimeZone::UTC, |tenant| tenant.zone.clone());
    let facts = RevokeFacts { tenant: TenantId(row.tenant_id), grantor: UserId(row.grantor) };
    let minutes = (row.ends_at.to_jiff().duration_since(now).as_secs() + 59) / 60;
    let state = match (row.revoked_at, row.is_active) {
        (Some(at), _) => {
            GrantState::Revoked { by: row.revoked_by.clone().unwrap_or_default(), at: moment(at.to_jiff(), &zone) }
        }
        (None, true) if minutes == 1 => GrantState::Active("1 minute left".into()),
        (None, true) => GrantState::Active(format!("{minutes} minutes left")),
        (None, false) => GrantState::Expired,
    };
    GrantRow {
        id: row.id,
        grantee_name: row.grantee_name,
        grantee_email: row.grantee_email,
        tenant: match cx.tenant {
            Some(_) => None,
            None => tenant_link(Some(row.tenant_id), Some(&row.tenant_name), Some(&row.tenant_slug)),
        },
        action: GrantAction::parse(&row.action).map_or(row.action, |action| action.label().to_owned()),
        reason: row.reason,
        granted_by: row.grantor_email,
        start: moment(row.starts_at.to_jiff(), &zone),
        end: moment(row.ends_at.to_jiff(), &zone),
        may_revoke: row.is_active && authorize::<RevokeGrant>(&cx.actor, &facts).is_ok(),
        state,
    }
}

/// For which business a new grant is.
#[derive(Deserialize)]
pub struct NewQuery {
    #[serde(default)]
    tenant: String,
    #[serde(default)]
    email: String,
}

/// `GET /grants/new`
pub async fn new_page(
    State(app): State<App>,
    Cx(cx): Cx,
    QueryOf(query): QueryOf<NewQuery>,
) -> Result<Response, Failure> {
    let form =
        NewGrantForm { tenant: query.tenant, email: query.email, minutes: "30".into(), ..NewGrantForm::default() };
    form_page(&app, cx, form, Vec::new(), StatusCode::OK)
}

fn form_page(
    app: &App,
    cx: RequestContext,
    form: NewGrantForm,
    errors: Vec<FormError>,
    status: StatusCode,
) -> Result<Response, Failure> {
    let _permit = authorize::<ViewGrants>(&cx.actor, &scope(&cx))?;
    let tenants = match cx.tenant {
        Some(_) => Vec::new(),
        None => app.routes.tenants().iter().take(200).map(|route| route.slug.clone()).collect(),
    };
    let actions = GrantAction::ALL
        .iter()
        .map(|action| Action {
            code: action.as_str().into(),
            label: action.label().into(),
            description: action.description().into(),
        })
        .collect();
    let model = NewGrant { form, actions, people: Vec::new(), tenants, errors };
    let draw = if cx.tenant.is_some() { pages::new_own_grant } else { pages::new_grant };
    Ok(html(status, draw(cx.frame, model)))
}

/// The form.
#[derive(Deserialize)]
pub struct GrantForm {
    #[serde(default)]
    email: String,
    #[serde(default)]
    tenant: String,
    #[serde(default)]
    action: String,
    #[serde(default)]
    minutes: String,
    #[serde(default)]
    reason: String,
}

/// `POST /grants`
pub async fn create(State(app): State<App>, Cx(cx): Cx, FormOf(form): FormOf<GrantForm>) -> Result<Response, Failure> {
    let _permit = authorize::<ViewGrants>(&cx.actor, &scope(&cx))?;
    let typed = NewGrantForm {
        email: form.email.clone(),
        tenant: form.tenant.clone(),
        action: form.action.clone(),
        minutes: form.minutes.clone(),
        reason: form.reason.clone(),
    };
    let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
    let tenant = match &cx.tenant {
        Some(tenant) => tenant.id,
        None => match tenant_facts(&app, &form.tenant).await? {
            Some(facts) => facts.id,
            None => {
                let errors = vec![FormError::new("tenant", "Check the business: nobody is known by this name")];
                return form_page(&app, cx, typed, errors, unprocessable);
            }
        },
    };
    let wish = Wish { email: form.email, action: form.action, minutes: form.minutes, reason: form.reason };
    match grants::grant(&app, &cx, tenant, &wish).await? {
        Made::Granted => {
            Ok(see_other_with(&app.config, "/grants", Tone::Ok, "Granted. The permission counts from now on."))
        }
        Made::Invalid(errors) => {
            let label = |field: &str| match field {
                "email" => "the e-mail address",
                "action" => "what is granted",
                "minutes" => "the minutes",
                _ => "a reason",
            };
            let errors = errors.iter().map(|error| FormError::of(error, label(&error.field))).collect();
            form_page(&app, cx, typed, errors, unprocessable)
        }
        Made::Refused(message) => form_page(&app, cx, typed, vec![FormError::new("", message)], StatusCode::FORBIDDEN),
    }
}

/// The ids of a form of checkboxes: `id` as often as there are ticks. What is no id is none of ours.
fn ids_of(body: &[u8]) -> Vec<Uuid> {
    let mut ids: Vec<Uuid> = url::form_urlencoded::parse(body)
        .filter(|(name, _)| name == "id")
        .filter_map(|(_, value)| value.parse().ok())
        .take(usize::try_from(MOST).unwrap_or(500))
        .collect();
    ids.sort();
    ids.dedup();
    ids
}

/// `GET /grants/confirm?id=…&id=…`: shows whom it concerns; changes nothing.
pub async fn confirm(State(app): State<App>, Cx(cx): Cx, RawQuery(query): RawQuery) -> Result<Response, Failure> {
    let _permit = authorize::<ViewGrants>(&cx.actor, &scope(&cx))?;
    let ids = ids_of(query.unwrap_or_default().as_bytes());
    if ids.is_empty() {
        return Ok(see_other_with(
            &app.config,
            "/grants",
            Tone::Warn,
            "Tick the permissions to revoke first. Nothing was changed.",
        ));
    }
    let found = rows(&app, &cx, cx.tenant.as_ref().map(|tenant| tenant.id), None, Some(&ids)).await?;
    let (grants, over): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|grant| matches!(grant.state, GrantState::Active(_)));
    let model = RevokeGrants { grants, ended: u32::try_from(over.len()).unwrap_or(u32::MAX) };
    Ok(html(StatusCode::OK, pages::revoke(cx.frame, model)))
}

/// `POST /grants/revoke`: one, or many in one transaction.
pub async fn revoke(State(app): State<App>, Cx(cx): Cx, body: Bytes) -> Result<Response, Failure> {
    cx.actor.person().ok_or(AppError::SignedOut)?;
    let ids = ids_of(&body);
    if ids.is_empty() {
        let _permit = authorize::<ViewGrants>(&cx.actor, &scope(&cx))?;
        return Ok(see_other_with(
            &app.config,
            "/grants",
            Tone::Warn,
            "Tick the permissions to revoke first. Nothing was changed.",
        ));
    }
    let (revoked, left) = grants::revoke(&app, &cx, cx.tenant.as_ref().map(|tenant| tenant.id), &ids).await?;
    let mut text = match revoked {
        0 => "Nothing was revoked.".to_owned(),
        1 => "1 permission is revoked.".to_owned(),
        n => format!("{n} permissions are revoked."),
    };
    if !left.is_empty() {
        text.push_str(&format!(" Over already, or not yours to revoke: {}.", left.join(", ")));
    }
    let tone = if left.is_empty() && revoked > 0 { Tone::Ok } else { Tone::Warn };
    Ok(see_other_with(&app.config, "/grants", tone, &text))
}
