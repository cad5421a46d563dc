//! The list of tenants, and a new one.

use super::{small, store};
use crate::{
    domains,
    error::Failure,
    http::{
        Cx, FormOf, QueryOf,
        flash::see_other_with,
        html,
        show::{key_of, moment, parts_of, wanted},
    },
    identity::{self, links},
    state::{App, origin},
    tenancy::{NewTenant as Wish, NotMade, Provisioner, target_version},
};
use app::{
    frame::Tone,
    platform::{
        self as pages,
        model::{NewTenant, NewTenantForm, TenantFilter, TenantKind, TenantRow, TenantSort, Tenants},
    },
    request::RequestContext,
    ui::{form::FormError, list::Listing, query::Address},
};
use axum::{extract::State, response::Response};
use domain::{
    actor::Role,
    ids::UserId,
    policy::{CreateTenant, NewTenantFacts, TenantScope, ViewTenants, authorize, tenant_scope},
    tenant::{TenantStatus, Tier, parse_name, parse_slug},
    text::{self, Email},
};
use http::StatusCode;
use jiff::tz::TimeZone;
use serde::Deserialize;
use uuid::Uuid;

const PAGE: i64 = 50;

/// What the list is narrowed to.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct TenantsQuery {
    #[serde(default)]
    q: String,
    #[serde(default)]
    status: String,
    #[serde(default)]
    tier: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    behind: Option<String>,
    #[serde(default)]
    sort: String,
    #[serde(default)]
    after: String,
}

/// `GET /` of the platform's host.
pub async fn tenants(
    State(app): State<App>,
    Cx(cx): Cx,
    QueryOf(query): QueryOf<TenantsQuery>,
) -> Result<Response, Failure> {
    let _permit = authorize::<ViewTenants>(&cx.actor, &())?;
    let shown = TenantFilter {
        q: query.q.clone(),
        status: TenantStatus::parse(&query.status),
        tier: Tier::parse(&query.tier),
        kind: TenantKind::parse(&query.kind),
        behind: query.behind.is_some(),
        sort: TenantSort::parse(&query.sort),
    };
    let filter = store::TenantFilter {
        q: wanted(&query.q),
        status: shown.status.map(|status| status.as_str().to_owned()),
        tier: shown.tier.map(|tier| tier.as_str().to_owned()),
        is_temporary: match (tenant_scope(&cx.actor), shown.kind) {
            (TenantScope::Temporary, _) | (_, TenantKind::Demo) => Some(true),
            (_, TenantKind::Real) => Some(false),
            (_, TenantKind::All) => None,
        },
        behind: shown.behind.then(target_version),
        sort: match shown.sort {
            TenantSort::Name => "name".into(),
            other => other.as_str().into(),
        },
        after: parts_of::<2>(&query.after).and_then(|[key, id]| Some((key, id.parse().ok()?))),
    };
    let mut read = app.db.platform_read().await?;
    let mut rows = store::list_tenants(read.conn(), &filter, PAGE + 1).await?;
    let count = store::count_tenants(read.conn(), &filter, target_version()).await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let states = domains::store::states_of(read.conn(), &ids).await?;
    drop(read);
    let has_more = rows.len() > PAGE as usize;
    rows.truncate(PAGE as usize);
    let address = || {
        Address::new("/")
            .with("q", &query.q)
            .with("status", &query.status)
            .with("tier", &query.tier)
            .with("kind", shown.kind.as_str())
            .with("behind", if shown.behind { "on" } else { "" })
            .with("sort", shown.sort.as_str())
    };
    let next = rows
        .last()
        .filter(|_| has_more)
        .map(|row| address().with("after", &key_of(&[&row.sort_key, &row.id.to_string()])).build());
    let first = (!query.after.is_empty()).then(|| address().build());
    let base = &app.config.base;
    let list = rows
        .into_iter()
        .filter_map(|row| {
            let host = base.sub(&row.slug);
            Some(TenantRow {
                id: row.id,
                name: row.name,
                url: base.url(&host),
                host,
                status: TenantStatus::parse(&row.status)?,
                tier: Tier::parse(&row.tier)?,
                people: u32::try_from(row.users).unwrap_or(u32::MAX),
                bookings_30d: row.bookings.and_then(|n| u32::try_from(n).ok()).unwrap_or(0),
                domains: u32::try_from(row.domains).unwrap_or(u32::MAX),
                domains_state: states
                    .iter()
                    .filter(|(tenant, _)| *tenant == row.id)
                    .filter_map(|(_, state)| domains::web::state_of(state))
                    .min(),
                schema_version: small(row.schema_version),
                is_behind: row.schema_version < target_version(),
                created: moment(row.created_at.to_jiff(), &TimeZone::UTC),
                demo_until: row.expires_at.map(|at| moment(at.to_jiff(), &TimeZone::UTC)),
            })
        })
        .collect();
    let mut words = match count.all {
        1 => format!("1 business, {} open", count.open),
        n => format!("{n} businesses, {} open", count.open),
    };
    if count.behind > 0 {
        words.push_str(&format!(", {} behind in migrations", count.behind));
    }
    let model = Tenants {
        list: Listing { rows: list, count: words, is_filtered: shown.is_set(), refused: None, first, next },
        filter: shown,
        may_create: authorize::<CreateTenant>(&cx.actor, &NewTenantFacts { is_temporary: true }).is_ok(),
    };
    Ok(html(StatusCode::OK, pages::tenants(cx.frame, model)))
}

/// Zones that the form suggests: cities that people know, one for most offsets.
pub(crate) fn zones() -> Vec<String> {
    [
        "Europe/Berlin",
        "Europe/London",
        "Europe/Paris",
        "Europe/Madrid",
        "Europe/Rome",
        "Europe/Athens",
        "Europe/Istanbul",
        "Africa/Cairo",
        "Africa/Johannesburg",
        "Africa/Lagos",
        "America/New_York",
        "America/Chicago",
        "America/Denver",
        "America/Los_Angeles",
        "America/Toronto",
        "America/Mexico_City",
        "America/Bogota",
        "America/Sao_Paulo",
        "America/Argentina/Buenos_Aires",
        "Asia/Dubai",
        "Asia/Karachi",
        "Asia/Kolkata",
        "Asia/Kathmandu",
        "Asia/Dhaka",
        "Asia/Bangkok",
        "Asia/Jakarta",
        "Asia/Singapore",
        "Asia/Shanghai",
        "Asia/Tokyo",
        "Asia/Seoul",
        "Australia/Perth",
        "Australia/Adelaide",
        "Australia/Sydney",
        "Pacific/Auckland",
        "Pacific/Honolulu",
        "UTC",
    ]
    .map(String::from)
    .into()
}

/// `GET /tenants/new`
pub async fn new_tenant(State(app): State<App>, Cx(cx): Cx) -> Result<Response, Failure> {
    let form = NewTenantForm {
        tier: Tier::Free.as_str().into(),
        timezone: "Europe/Berlin".into(),
        days: "14".into(),
        ..NewTenantForm::default()
    };
    form_page(&app, cx, form, Vec::new(), StatusCode::OK)
}

fn form_page(
    app: &App,
    cx: RequestContext,
    mut form: NewTenantForm,
    errors: Vec<FormError>,
    status: StatusCode,
) -> Result<Response, Failure> {
    let _permit = authorize::<CreateTenant>(&cx.actor, &NewTenantFacts { is_temporary: true })?;
    let only_demo = authorize::<CreateTenant>(&cx.actor, &NewTenantFacts { is_temporary: false }).is_err();
    form.is_temporary |= only_demo;
    let model = NewTenant { form, base_domain: app.config.base.host.clone(), zones: zones(), only_demo, errors };
    Ok(html(status, pages::new_tenant(cx.frame, model)))
}

/// The form.
#[derive(Deserialize)]
pub struct CreateForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    slug: String,
    #[serde(default)]
    timezone: String,
    #[serde(default)]
    tier: String,
    #[serde(default)]
    owner_name: String,
    #[serde(default)]
    owner_email: String,
    #[serde(default)]
    is_temporary: Option<String>,
    #[serde(default)]
    days: String,
}

/// `POST /tenants`: role, schema, tables, owner and registry row in one transaction; the page that follows is the tenant's.
pub async fn create(State(app): State<App>, Cx(cx): Cx, FormOf(form): FormOf<CreateForm>) -> Result<Response, Failure> {
    let is_temporary = form.is_temporary.is_some();
    let _permit = authorize::<CreateTenant>(&cx.actor, &NewTenantFacts { is_temporary })?;
    let typed = NewTenantForm {
        name: form.name.clone(),
        slug: form.slug.clone(),
        timezone: form.timezone.clone(),
        tier: form.tier.clone(),
        owner_name: form.owner_name.clone(),
        owner_email: form.owner_email.clone(),
        is_temporary,
        days: form.days.clone(),
    };
    let mut errors = Vec::new();
    let mut wrong = |field: &str, label: &str, problem: text::FieldProblem| {
        errors.push(FormError::new(field, problem.message(label)));
    };
    let name = parse_name(&form.name).map_err(|problem| wrong("name", "a name", problem)).ok();
    let slug = parse_slug(&form.slug).map_err(|problem| wrong("slug", "an address", problem)).ok();
    let owner_name =
        text::line(&form.owner_name, 120).map_err(|problem| wrong("owner_name", "the owner's name", problem)).ok();
    let owner_email = Email::parse(&form.owner_email)
        .map_err(|problem| wrong("owner_email", "the owner's e-mail address", problem))
        .ok();
    let tier = Tier::parse(&form.tier);
    if tier.is_none() {
        wrong("tier", "a plan", text::FieldProblem::NotAChoice);
    }
    if TimeZone::get(form.timezone.trim()).is_err() {
        errors.push(FormError::new("timezone", "Enter a time zone like Europe/Berlin"));
    }
    let days = match is_temporary {
        true => match form.days.trim().parse::<u8>() {
            Ok(days @ 1..=30) => Some(days),
            _ => {
                errors.push(FormError::new("days", "Enter a number of days from 1 to 30"));
                None
            }
        },
        false => None,
    };
    let again = |errors| form_page(&app, cx.clone(), typed.clone(), errors, StatusCode::UNPROCESSABLE_ENTITY);
    let (Some(name), Some(slug), Some(owner_name), Some(owner_email), Some(tier), true) =
        (name, slug, owner_name, owner_email, tier, errors.is_empty())
    else {
        return again(errors);
    };
    let owner = identity::NewPerson {
        id: UserId(Uuid::now_v7()),
        email: owner_email.as_str().to_owned(),
        name: owner_name,
        password_hash: None,
        role: Role::TenantOwner,
        is_temporary,
    };
    let owner_id = owner.id;
    let wish = Wish {
        name,
        slug,
        timezone: form.timezone.trim().to_owned(),
        tier,
        status: TenantStatus::Trial,
        temporary_days: days,
        domain: None,
        people: vec![owner],
        by: Some((cx.actor.clone(), origin(&cx))),
    };
    let route = match Provisioner::new(&app.config).create(&wish).await {
        Ok(route) => route,
        Err(error) => {
            return match error.downcast_ref::<NotMade>() {
                Some(NotMade::SlugTaken | NotMade::BadSlug) => {
                    again(vec![FormError::new("slug", text::FieldProblem::Taken.message("the address"))])
                }
                Some(NotMade::EmailTaken) => again(vec![FormError::new(
                    "owner_email",
                    text::FieldProblem::Taken.message("the owner's e-mail address"),
                )]),
                Some(NotMade::NoSuchZone) => {
                    again(vec![FormError::new("timezone", "Enter a time zone like Europe/Berlin")])
                }
                None => Err(error.into()),
            };
        }
    };
    // It is there by now; should the letter fail, the page of the owner sends it again.
    let word = match links::invite(&app, owner_id).await {
        Ok(_) => "The business is there. Its owner has been sent a link to choose a password.",
        Err(error) => {
            tracing::error!(error = %error, "the owner of a new tenant could not be written to");
            "The business is there. The letter to its owner could not be written: send it again from the owner's page."
        }
    };
    Ok(see_other_with(&app.config, &format!("/tenants/{}", route.id), Tone::Ok, word))
}
