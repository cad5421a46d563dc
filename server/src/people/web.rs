//! The pages of people: the platform's of everybody, a business's of its own.

use super::{
    NewPersonForm as Wish, Refused, change_role, choices, facts, invite, reset_access, set_active,
    store::{self, PeopleFilter as Filter, PersonRow as Row},
    visible,
};
use crate::{
    audit,
    error::Failure,
    http::{
        Cx, FormOf, PathOf, QueryOf,
        flash::see_other_with,
        html,
        show::{key_of, moment, parts_of, tenant_link, wanted},
    },
    platform::store::{find_tenant, tenant_by_slug},
    state::App,
};
use app::{
    error::AppError,
    frame::Tone,
    people::{
        self as pages,
        model::{NewPerson, NewPersonForm, People, PeopleFilter, PersonActions, PersonPage, PersonRow, PersonState},
    },
    request::RequestContext,
    ui::{
        form::{FormError, Offer, Refused as FormRefused},
        list::Listing,
        query::Address,
    },
};
use axum::{extract::State, response::Response};
use domain::{
    actor::{Actor, Principal, Role},
    ids::TenantId,
    masquerade::may_masquerade,
    policy::{
        ChangeRole, CreateUser, DeactivateUser, NewUserFacts, ReactivateUser, ResetAccess, RoleChange, Scope,
        TenantFacts, UserScope, ViewGrants, ViewUsers, authorize, user_scope,
    },
};
use http::StatusCode;
use jiff::tz::TimeZone;
use serde::Deserialize;
use uuid::Uuid;

const PAGE: i64 = 50;

/// Where a person's pages are.
fn room(cx: &RequestContext) -> &'static str {
    if cx.tenant.is_some() { "/team" } else { "/users" }
}

fn scope(cx: &RequestContext) -> Scope {
    cx.tenant.as_ref().map_or(Scope::Platform, |tenant| Scope::Tenant(tenant.id.into()))
}

fn zone(cx: &RequestContext) -> TimeZone {
    cx.tenant.as_ref().map_or(TimeZone::UTC, |tenant| tenant.zone.clone())
}

/// What a list is narrowed to.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct PeopleQuery {
    #[serde(default)]
    q: String,
    #[serde(default)]
    role: String,
    #[serde(default)]
    tenant: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    after: String,
}

/// `GET /users` and `GET /team`
pub async fn list(
    State(app): State<App>,
    Cx(cx): Cx,
    QueryOf(query): QueryOf<PeopleQuery>,
) -> Result<Response, Failure> {
    let _permit = authorize::<ViewUsers>(&cx.actor, &scope(&cx))?;
    let mut filter = Filter {
        q: wanted(&query.q),
        role: Role::parse(&query.role).map(|role| role.as_str().to_owned()),
        state: PersonState::parse(&query.state).map(|state| state.as_str().to_owned()),
        after: parts_of::<2>(&query.after).and_then(|[name, id]| Some((name, id.parse().ok()?))),
        ..Filter::default()
    };
    let mut read = app.db.platform_read().await?;
    let mut is_nowhere = false;
    match user_scope(&cx.actor) {
        UserScope::All => {}
        UserScope::OfTenants => filter.of_tenants = true,
        UserScope::Temporary => (filter.of_tenants, filter.only_temporary) = (true, true),
        UserScope::Of(tenant) => filter.tenant = Some(tenant.0),
        UserScope::None => is_nowhere = true,
    }
    if let Some(tenant) = &cx.tenant {
        filter.tenant = Some(tenant.id.0);
    } else if let Some(slug) = wanted(&query.tenant) {
        match tenant_by_slug(read.conn(), &slug).await? {
            Some(id) => filter.tenant = Some(id),
            None => is_nowhere = true,
        }
    }
    let (mut rows, count) = match is_nowhere {
        true => (Vec::new(), 0),
        false => {
            let counted = Filter { after: None, ..filter.clone() };
            (store::list(read.conn(), &filter, PAGE + 1).await?, store::count(read.conn(), &counted, 10_000).await?)
        }
    };
    drop(read);
    let has_more = rows.len() > PAGE as usize;
    rows.truncate(PAGE as usize);
    let address = || {
        Address::new(room(&cx))
            .with("q", &query.q)
            .with("role", &query.role)
            .with("tenant", &query.tenant)
            .with("state", &query.state)
    };
    let next = rows
        .last()
        .filter(|_| has_more)
        .map(|row| address().with("after", &key_of(&[&row.name.to_lowercase(), &row.id.to_string()])).build());
    let shown = PeopleFilter {
        q: query.q.clone(),
        role: Role::parse(&query.role),
        tenant: if cx.tenant.is_some() { String::new() } else { query.tenant.clone() },
        state: PersonState::parse(&query.state),
    };
    let model = People {
        list: Listing {
            count: match count {
                1 => "1 person".into(),
                10_000.. => "More than 10,000 people".into(),
                n => format!("{n} people"),
            },
            rows: rows.iter().filter_map(|row| show(row, &cx)).collect(),
            is_filtered: shown.is_set(),
            refused: None,
            first: (!query.after.is_empty()).then(|| address().build()),
            next,
        },
        filter: shown,
        add: may_add(&cx),
        may_see_grants: cx.tenant.is_some() && authorize::<ViewGrants>(&cx.actor, &scope(&cx)).is_ok(),
    };
    let draw = if cx.tenant.is_some() { pages::team } else { pages::users };
    Ok(html(StatusCode::OK, draw(cx.frame, model)))
}

/// Whether somebody may be added at all.
fn may_add(cx: &RequestContext) -> Offer {
    let tenant = cx.tenant.as_ref().map(|tenant| TenantFacts::from(tenant.id));
    let any = match tenant {
        Some(tenant) => Role::ALL
            .into_iter()
            .filter(|role| !role.is_platform())
            .map(|role| authorize::<CreateUser>(&cx.actor, &NewUserFacts { role, tenant: Some(tenant) }))
            .find(Result::is_ok),
        // On the platform it depends on where; the form says it.
        None => {
            let demo = TenantFacts { id: TenantId(Uuid::nil()), is_temporary: true };
            let facts = NewUserFacts { role: Role::TenantOwner, tenant: Some(demo) };
            Some(authorize::<CreateUser>(&cx.actor, &facts))
        }
    };
    match any {
        Some(Ok(_)) => Some(Ok(())),
        Some(Err(denied)) => Some(Err(denied.message().to_owned())),
        None => None,
    }
}

fn offer<T>(asked: Result<T, domain::policy::Denied>) -> Offer {
    Some(asked.map(|_| ()).map_err(|denied| denied.message().to_owned()))
}

/// A person as a list shows them.
pub(crate) fn show(row: &Row, cx: &RequestContext) -> Option<PersonRow> {
    let facts = facts(row)?;
    let masquerade = cx.actor.person().and_then(|me| {
        let is_hijacker =
            matches!(me.role, Role::Superuser | Role::PlatformSupport | Role::PlatformSales | Role::TenantOwner);
        is_hijacker.then(|| {
            may_masquerade(&me.principal(), &facts, me.masked.is_some()).map_err(|denied| denied.message().to_owned())
        })
    });
    Some(PersonRow {
        id: row.id,
        name: row.name.clone(),
        email: row.email.clone(),
        role: facts.role,
        tenant: match cx.tenant {
            Some(_) => None,
            None => tenant_link(row.tenant_id, row.tenant_name.as_deref(), row.tenant_slug.as_deref()),
        },
        is_temporary: row.is_temporary,
        last_seen: row.last_seen.map(|at| moment(at.to_jiff(), &zone(cx))),
        state: match (row.is_active, row.is_invited) {
            (false, _) => PersonState::Inactive,
            (true, true) => PersonState::Invited,
            (true, false) => PersonState::Active,
        },
        masquerade,
    })
}

/// `GET /users/{id}` and `GET /team/{id}`
pub async fn person(State(app): State<App>, Cx(cx): Cx, PathOf(id): PathOf<Uuid>) -> Result<Response, Failure> {
    page(&app, cx, id, None, StatusCode::OK).await
}

/// The page of a person with a form that was sent back.
pub(crate) async fn person_again(
    app: &App,
    cx: RequestContext,
    id: Uuid,
    refused: FormRefused,
    status: StatusCode,
) -> Result<Response, Failure> {
    page(app, cx, id, Some(refused), status).await
}

async fn page(
    app: &App,
    cx: RequestContext,
    id: Uuid,
    refused: Option<FormRefused>,
    status: StatusCode,
) -> Result<Response, Failure> {
    let (row, facts) = visible(app, &cx, id).await?;
    let person = show(&row, &cx).ok_or(AppError::NotFound)?;
    let events = audit::web::latest(app, &cx, row.tenant_id, Some(&row.email)).await?;
    let others = roles_for(&cx.actor, facts);
    let to = others.first().copied().unwrap_or(facts.role);
    let model = PersonPage {
        person,
        created: moment(row.created_at.to_jiff(), &zone(&cx)),
        actions: PersonActions {
            role: offer(authorize::<ChangeRole>(&cx.actor, &RoleChange { subject: facts, to })),
            deactivate: if row.is_active { offer(authorize::<DeactivateUser>(&cx.actor, &facts)) } else { None },
            reactivate: if row.is_active { None } else { offer(authorize::<ReactivateUser>(&cx.actor, &facts)) },
            reset: if row.is_active { offer(authorize::<ResetAccess>(&cx.actor, &facts)) } else { None },
        },
        roles: std::iter::once(facts.role).chain(others.into_iter().filter(|role| *role != facts.role)).collect(),
        events,
        refused,
    };
    let draw = if cx.tenant.is_some() { pages::member } else { pages::user };
    Ok(html(status, draw(cx.frame, model)))
}

/// The roles that the actor may give somebody.
fn roles_for(actor: &Actor, subject: Principal) -> Vec<Role> {
    Role::ALL
        .into_iter()
        .filter(|to| to.parse_assignment(subject.tenant).is_ok())
        .filter(|to| authorize::<ChangeRole>(actor, &RoleChange { subject, to: *to }).is_ok())
        .collect()
}

/// Which business a new person is for.
#[derive(Deserialize)]
pub struct NewQuery {
    #[serde(default)]
    tenant: String,
}

/// `GET /users/new` and `GET /team/new`
pub async fn new_page(
    State(app): State<App>,
    Cx(cx): Cx,
    QueryOf(query): QueryOf<NewQuery>,
) -> Result<Response, Failure> {
    let role = if cx.tenant.is_some() { Role::TenantStaff.as_str() } else { "" };
    let form = NewPersonForm { tenant: query.tenant, role: role.into(), ..NewPersonForm::default() };
    form_page(&app, cx, form, Vec::new(), StatusCode::OK).await
}

async fn form_page(
    app: &App,
    cx: RequestContext,
    form: NewPersonForm,
    errors: Vec<FormError>,
    status: StatusCode,
) -> Result<Response, Failure> {
    let person = cx.actor.person().ok_or(AppError::SignedOut)?;
    let (roles, tenants) = match &cx.tenant {
        Some(tenant) => (choices(person, Some(tenant.id.into())), Vec::new()),
        None => {
            let demo = TenantFacts { id: TenantId(Uuid::nil()), is_temporary: true };
            let mut roles = choices(person, None);
            roles.extend(choices(person, Some(demo)));
            (roles, app.routes.tenants().iter().take(200).map(|route| route.slug.clone()).collect())
        }
    };
    if roles.is_empty() {
        let facts = NewUserFacts { role: Role::TenantStaff, tenant: cx.tenant.as_ref().map(|tenant| tenant.id.into()) };
        let _permit = authorize::<CreateUser>(&cx.actor, &facts)?;
        return Err(AppError::NotFound.into());
    }
    let model = NewPerson { form, roles, tenants, errors };
    let draw = if cx.tenant.is_some() { pages::new_member } else { pages::new_user };
    Ok(html(status, draw(cx.frame, model)))
}

/// The form of a new person.
#[derive(Deserialize)]
pub struct NewForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    role: String,
    #[serde(default)]
    tenant: String,
    #[serde(default)]
    is_temporary: Option<String>,
}

/// `POST /users` and `POST /team`
pub async fn add(State(app): State<App>, Cx(cx): Cx, FormOf(form): FormOf<NewForm>) -> Result<Response, Failure> {
    cx.actor.person().ok_or(AppError::SignedOut)?;
    let typed = NewPersonForm {
        name: form.name.clone(),
        email: form.email.clone(),
        role: form.role.clone(),
        tenant: form.tenant.clone(),
        is_temporary: form.is_temporary.is_some(),
    };
    let tenant = match (&cx.tenant, wanted(&form.tenant)) {
        (Some(tenant), _) => Some(tenant.id),
        (None, None) => None,
        (None, Some(slug)) => {
            let mut read = app.db.platform_read().await?;
            match tenant_by_slug(read.conn(), &slug).await? {
                Some(id) => Some(TenantId(id)),
                None => {
                    let errors = vec![FormError::new("tenant", "Check the business: nobody is known by this name")];
                    return form_page(&app, cx, typed, errors, StatusCode::UNPROCESSABLE_ENTITY).await;
                }
            }
        }
    };
    let wish =
        Wish { name: form.name, email: form.email, role: form.role, tenant, is_temporary: form.is_temporary.is_some() };
    match invite(&app, &cx, &wish).await? {
        Ok(id) => {
            let path = format!("{}/{id}", room(&cx));
            Ok(see_other_with(
                &app.config,
                &path,
                Tone::Ok,
                "Invited. A letter with a link to choose a password is on its way.",
            ))
        }
        Err(refused) => {
            let errors = match refused {
                Refused::Invalid(errors) => {
                    errors.iter().map(|error| FormError::of(error, label(&error.field))).collect()
                }
                Refused::Field(field, message) => vec![FormError::new(field, message)],
                Refused::Limit(message) => vec![FormError::new("", message)],
            };
            form_page(&app, cx, typed, errors, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

/// What the messages call a field.
fn label(field: &str) -> &'static str {
    match field {
        "name" => "a name",
        "email" => "an e-mail address",
        "role" => "a role",
        _ => "this",
    }
}

/// The form of another role.
#[derive(Deserialize)]
pub struct RoleForm {
    #[serde(default)]
    role: String,
}

/// `POST …/{id}/role`
pub async fn role(
    State(app): State<App>,
    Cx(cx): Cx,
    PathOf(id): PathOf<Uuid>,
    FormOf(form): FormOf<RoleForm>,
) -> Result<Response, Failure> {
    let outcome = change_role(&app, &cx, id, &form.role).await?;
    let values = vec![("role".to_owned(), form.role)];
    answer(&app, cx, id, "role", values, outcome, "The role is changed. That person has to sign in anew.").await
}

/// `POST …/{id}/deactivate`
pub async fn deactivate(State(app): State<App>, Cx(cx): Cx, PathOf(id): PathOf<Uuid>) -> Result<Response, Failure> {
    let outcome = set_active(&app, &cx, id, false).await?;
    answer(&app, cx, id, "deactivate", Vec::new(), outcome, "Deactivated. That person is signed out everywhere.").await
}

/// `POST …/{id}/reactivate`
pub async fn reactivate(State(app): State<App>, Cx(cx): Cx, PathOf(id): PathOf<Uuid>) -> Result<Response, Failure> {
    let outcome = set_active(&app, &cx, id, true).await?;
    answer(&app, cx, id, "reactivate", Vec::new(), outcome, "Reactivated. That person can sign in again.").await
}

/// `POST …/{id}/reset`
pub async fn reset(State(app): State<App>, Cx(cx): Cx, PathOf(id): PathOf<Uuid>) -> Result<Response, Failure> {
    reset_access(&app, &cx, id).await?;
    answer(&app, cx, id, "reset", Vec::new(), Ok(()), "A letter with a link to a new password is on its way.").await
}

async fn answer(
    app: &App,
    cx: RequestContext,
    id: Uuid,
    form: &'static str,
    values: Vec<(String, String)>,
    outcome: Result<(), String>,
    done: &'static str,
) -> Result<Response, Failure> {
    match outcome {
        Ok(()) => Ok(see_other_with(&app.config, &format!("{}/{id}", room(&cx)), Tone::Ok, done)),
        Err(message) => {
            let field = if form == "role" { "role" } else { "" };
            let refused = FormRefused { form: form.into(), values, errors: vec![FormError::new(field, message)] };
            person_again(app, cx, id, refused, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

/// Facts of a tenant that a form names; for other rooms.
pub(crate) async fn tenant_facts(app: &App, slug: &str) -> Result<Option<TenantFacts>, Failure> {
    let Some(slug) = wanted(slug) else { return Ok(None) };
    let mut read = app.db.platform_read().await?;
    let Some(id) = tenant_by_slug(read.conn(), &slug).await? else { return Ok(None) };
    let row = find_tenant(read.conn(), id).await?;
    Ok(row.map(|row| TenantFacts { id: TenantId(id), is_temporary: row.is_temporary }))
}
