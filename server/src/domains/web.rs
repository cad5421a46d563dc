//! The pages of custom domains. Where nothing is looked up (manual mode), somebody of the platform vouches for the record.

use super::store::{self, DomainRow as Row};
use crate::{
    error::{Failure, breaks},
    http::{
        Cx, FormOf, PathOf, QueryOf,
        flash::see_other_with,
        html,
        show::{moment, tenant_link},
    },
    identity::links::secret,
    people::web::tenant_facts,
    platform::store::lock_tenant,
    state::{App, origin},
};
use app::{
    domains::{
        self as pages,
        model::{DnsRecord, DomainRow, DomainState, Domains, NewDomainForm, RemoveDomain, Route53Change},
    },
    error::AppError,
    frame::Tone,
    request::RequestContext,
    ui::{
        form::{FormError, Offer},
        list::Listing,
    },
};
use axum::{extract::State, response::Response};
use domain::{
    audit::{AuditAction, AuditEntry},
    ids::TenantId,
    policy::{ManageDomains, Scope, ViewDomains, authorize},
    tenant::{Tier, fits_one_more},
};
use http::StatusCode;
use jiff::tz::TimeZone;
use serde::Deserialize;
use uuid::Uuid;

const MOST: i64 = 200;

/// The state of a claim in the database.
pub(crate) fn state_of(text: &str) -> Option<DomainState> {
    Some(match text {
        "PENDING" => DomainState::PendingDns,
        "VERIFYING" => DomainState::Verifying,
        "ACTIVE" => DomainState::Active,
        "MISCONFIGURED" => DomainState::Misconfigured,
        "ERROR" => DomainState::Error,
        _ => return None,
    })
}

fn name_of(state: DomainState) -> &'static str {
    match state {
        DomainState::PendingDns => "PENDING",
        DomainState::Verifying => "VERIFYING",
        DomainState::Active => "ACTIVE",
        DomainState::Misconfigured => "MISCONFIGURED",
        DomainState::Error => "ERROR",
    }
}

/// Which domains are shown.
#[derive(Deserialize)]
pub struct DomainsQuery {
    #[serde(default)]
    state: String,
}

/// `GET /domains`
pub async fn list(
    State(app): State<App>,
    Cx(cx): Cx,
    QueryOf(query): QueryOf<DomainsQuery>,
) -> Result<Response, Failure> {
    let state = DomainState::parse(&query.state);
    page(&app, cx, state, NewDomainForm::default(), Vec::new(), StatusCode::OK).await
}

async fn page(
    app: &App,
    cx: RequestContext,
    state: Option<DomainState>,
    form: NewDomainForm,
    errors: Vec<FormError>,
    status: StatusCode,
) -> Result<Response, Failure> {
    let _permit = authorize::<ViewDomains>(&cx.actor, &Scope::Platform)?;
    let mut read = app.db.platform_read().await?;
    let rows = store::list(read.conn(), None, state.map(name_of), None, MOST).await?;
    drop(read);
    let rows: Vec<_> = rows.into_iter().filter_map(|row| show(app, &cx, row)).collect();
    let count = match rows.len() {
        1 => "1 domain".into(),
        n => format!("{n} domains"),
    };
    let any = TenantId(Uuid::nil());
    let model = Domains {
        state,
        list: Listing { rows, count, is_filtered: state.is_some(), ..Listing::default() },
        may_add: authorize::<ManageDomains>(&cx.actor, &any).is_ok(),
        form,
        tenants: app.routes.tenants().iter().take(200).map(|route| route.slug.clone()).collect(),
        errors,
    };
    Ok(html(status, pages::domains(cx.frame, model)))
}

/// The domains of a tenant, for its page on the dashboard; none where the person who looks may not see them.
pub(crate) async fn of_tenant(app: &App, cx: &RequestContext, tenant: Uuid) -> Result<Vec<DomainRow>, Failure> {
    if authorize::<ViewDomains>(&cx.actor, &Scope::Tenant(TenantId(tenant).into())).is_err() {
        return Ok(Vec::new());
    }
    let mut read = app.db.platform_read().await?;
    let rows = store::list(read.conn(), Some(tenant), None, None, MOST).await?;
    Ok(rows.into_iter().filter_map(|row| show(app, cx, row)).collect())
}

fn show(app: &App, cx: &RequestContext, row: Row) -> Option<DomainRow> {
    let may = || authorize::<ManageDomains>(&cx.actor, &TenantId(row.tenant_id));
    let offer = |has_place: bool| -> Offer {
        has_place.then(|| may().map(|_| ()).map_err(|denied| denied.message().to_owned()))
    };
    let found = row.found.as_ref().map(|found| found.lines().map(str::to_owned).collect());
    let base = &app.config.base;
    Some(DomainRow {
        id: row.id,
        state: state_of(&row.state)?,
        records: vec![
            DnsRecord {
                kind: "TXT".into(),
                name: format!("_ss-challenge.{}", row.host),
                value: row.challenge,
                ttl: 300,
                found: found.clone(),
            },
            DnsRecord {
                kind: "CNAME".into(),
                name: row.host.clone(),
                value: base.sub(&row.tenant_slug),
                ttl: 300,
                found: None,
            },
        ],
        host: row.host,
        tenant: tenant_link(Some(row.tenant_id), Some(&row.tenant_name), Some(&row.tenant_slug))?,
        last_checked: row.checked_at.map(|at| moment(at.to_jiff(), &TimeZone::UTC)),
        error: None,
        route53: row.change_id.map(|id| Route53Change { status: row.change_state.unwrap_or_default(), id }),
        // Nothing is looked up in manual mode.
        check: None,
        confirm: offer(!row.is_verified),
        remove: offer(true),
    })
}

/// The form.
#[derive(Deserialize)]
pub struct AddForm {
    #[serde(default)]
    tenant: String,
    #[serde(default)]
    host: String,
}

/// `POST /domains`
pub async fn add(State(app): State<App>, Cx(cx): Cx, FormOf(form): FormOf<AddForm>) -> Result<Response, Failure> {
    let _view = authorize::<ViewDomains>(&cx.actor, &Scope::Platform)?;
    let typed = NewDomainForm { tenant: form.tenant.clone(), host: form.host.clone() };
    let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
    let Some(facts) = tenant_facts(&app, &form.tenant).await? else {
        let errors = vec![FormError::new("tenant", "Check the business: nobody is known by this name")];
        return page(&app, cx, None, typed, errors, unprocessable).await;
    };
    let _permit = authorize::<ManageDomains>(&cx.actor, &facts.id)?;
    let host = match domain_name(&form.host, &app.config.base.host) {
        Ok(host) => host,
        Err(message) => return page(&app, cx, None, typed, vec![FormError::new("host", message)], unprocessable).await,
    };
    let mut tx = app.db.platform().await?;
    let (_, tier, _) = lock_tenant(tx.conn()?, facts.id.0).await?.ok_or(AppError::NotFound)?;
    let limit = Tier::parse(&tier).and_then(|tier| tier.limits().custom_domains);
    let have = u64::try_from(store::count(tx.conn()?, facts.id.0).await?).unwrap_or(0);
    if !fits_one_more(limit, have) {
        drop(tx);
        let message = format!(
            "The plan of this business has {have} domains of its own, and all are taken. Remove one, or choose a larger plan."
        );
        return page(&app, cx, None, typed, vec![FormError::new("", message)], unprocessable).await;
    }
    let id = Uuid::now_v7();
    match store::insert(tx.conn()?, id, facts.id.0, &host, &secret()).await {
        Ok(()) => {}
        Err(error) if breaks(&error, "domain_claim") => {
            drop(tx);
            let errors = vec![FormError::new("host", "This business has this domain already")];
            return page(&app, cx, None, typed, errors, unprocessable).await;
        }
        Err(error) => return Err(error.into()),
    }
    let entry =
        AuditEntry::by(&cx.actor, AuditAction::DomainAdded, format!("domain/{id}")).detail(host).tenant(facts.id);
    tx.commit(&origin(&cx), entry).await?;
    Ok(see_other_with(
        &app.config,
        "/domains",
        Tone::Ok,
        "Claimed. Set the records below; it answers once they are confirmed.",
    ))
}

/// A name below a public suffix: letters, digits and hyphens in at least two labels, and none of ours.
fn domain_name(text: &str, base: &str) -> Result<String, &'static str> {
    let host = text.trim().trim_end_matches('.').to_lowercase();
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let labels: Vec<_> = host.split('.').collect();
    let is_address = labels.last().is_some_and(|last| last.bytes().all(|b| b.is_ascii_digit()));
    if host.len() > 253 || labels.len() < 2 || !labels.iter().all(|label| is_label(label)) || is_address {
        return Err("Enter a domain like book.example.com");
    }
    if host == base || host.ends_with(&format!(".{base}")) {
        return Err("Names below the platform's own are given by the address of the business");
    }
    Ok(host)
}

/// A claim that the actor may manage.
async fn manageable(app: &App, cx: &RequestContext, id: Uuid) -> Result<Row, Failure> {
    let _view = authorize::<ViewDomains>(&cx.actor, &Scope::Platform)?;
    let mut read = app.db.platform_read().await?;
    let row = store::list(read.conn(), None, None, Some(id), 1).await?.into_iter().next().ok_or(AppError::NotFound)?;
    let _permit = authorize::<ManageDomains>(&cx.actor, &TenantId(row.tenant_id))?;
    Ok(row)
}

/// `POST /domains/{id}/confirm`: somebody of the platform has seen the record.
pub async fn confirm(State(app): State<App>, Cx(cx): Cx, PathOf(id): PathOf<Uuid>) -> Result<Response, Failure> {
    let row = manageable(&app, &cx, id).await?;
    let mut tx = app.db.platform().await?;
    match store::set_verified(tx.conn()?, id).await {
        Ok(()) => {}
        Err(error) if breaks(&error, "domain_verified") => {
            let text = "Another business has proven this domain before. Nothing was changed.";
            return Ok(see_other_with(&app.config, "/domains", Tone::Danger, text));
        }
        Err(error) => return Err(error.into()),
    }
    let entry = AuditEntry::by(&cx.actor, AuditAction::DomainVerified, format!("domain/{id}"))
        .detail(row.host)
        .cause("manual")
        .tenant(TenantId(row.tenant_id));
    tx.commit(&origin(&cx), entry).await?;
    let _ = app.routes.refresh(&app.db).await;
    Ok(see_other_with(&app.config, "/domains", Tone::Ok, "Confirmed. The domain answers from now on."))
}

/// `GET /domains/{id}/remove`: says which address dies.
pub async fn remove_page(State(app): State<App>, Cx(cx): Cx, PathOf(id): PathOf<Uuid>) -> Result<Response, Failure> {
    let row = manageable(&app, &cx, id).await?;
    let base = &app.config.base;
    let model = RemoveDomain {
        id,
        dies: base.url(&row.host),
        stays: base.url(&base.sub(&row.tenant_slug)),
        tenant: tenant_link(Some(row.tenant_id), Some(&row.tenant_name), Some(&row.tenant_slug))
            .ok_or(AppError::NotFound)?,
        host: row.host,
    };
    Ok(html(StatusCode::OK, pages::remove(cx.frame, model)))
}

/// `POST /domains/{id}/remove`
pub async fn remove(State(app): State<App>, Cx(cx): Cx, PathOf(id): PathOf<Uuid>) -> Result<Response, Failure> {
    let row = manageable(&app, &cx, id).await?;
    let mut tx = app.db.platform().await?;
    store::set_removed(tx.conn()?, id).await?;
    let entry = AuditEntry::by(&cx.actor, AuditAction::DomainRemoved, format!("domain/{id}"))
        .detail(row.host)
        .tenant(TenantId(row.tenant_id));
    tx.commit(&origin(&cx), entry).await?;
    let _ = app.routes.refresh(&app.db).await;
    Ok(see_other_with(&app.config, "/domains", Tone::Ok, "Removed. The domain answers nobody any more."))
}

#[cfg(test)]
mod tests {
    use super::domain_name;

    #[test]
    fn a_domain_is_somebodys_own() {
        assert_eq!(domain_name(" Book.Salon.Example. ", "example.com").as_deref(), Ok("book.salon.example"));
        for bad in [
            "",
            "localhost",
            "10.0.0.1",
            "a..b",
            "-a.example",
            "a_b.example",
            "x.example.com",
            "example.com",
            "münchen.de",
        ] {
            assert!(domain_name(bad, "example.com").is_err(), "{bad}");
        }
    }
}
