//! The pages and exports of the audit: the platform's of everything, a business's of its own.

use super::{
    chain::hex,
    store::{self, EventFilter, ListedRow},
    verify::verify,
};
use crate::{
    error::Failure,
    http::{
        Cx, QueryOf, csv as table, html,
        show::{key_of, moment, parts_of, tenant_link, wanted},
    },
    platform::store::tenant_by_slug,
    state::{App, origin},
};
use app::{
    audit::{
        self as pages,
        model::{Audit, AuditFilter, AuditRow, Outcome, StreamCheck, Verified},
    },
    request::RequestContext,
    ui::{list::Listing, query::Address},
};
use axum::{
    body::Body,
    extract::State,
    response::{IntoResponse, Response},
};
use domain::{
    audit::{AuditAction, AuditEntry},
    policy::{ExportAudit, Scope, VerifyAudit, ViewAudit, authorize},
};
use http::{HeaderValue, StatusCode, header};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Rows of a page.
const PAGE: i64 = 50;
/// Rows of an export; who needs more narrows the time.
const EXPORT: i64 = 100_000;

/// What a list is narrowed to.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct AuditQuery {
    #[serde(default)]
    actor: String,
    #[serde(default)]
    subject: String,
    #[serde(default)]
    tenant: String,
    #[serde(default)]
    action: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    after: String,
}

impl AuditQuery {
    fn address(&self, path: &str) -> Address {
        Address::new(path)
            .with("actor", &self.actor)
            .with("subject", &self.subject)
            .with("tenant", &self.tenant)
            .with("action", &self.action)
            .with("from", &self.from)
            .with("to", &self.to)
    }
}

/// Where the person looks from.
fn scope(cx: &RequestContext) -> Scope {
    cx.tenant.as_ref().map_or(Scope::Platform, |tenant| Scope::Tenant(tenant.id.into()))
}

fn zone(cx: &RequestContext) -> TimeZone {
    cx.tenant.as_ref().map_or(TimeZone::UTC, |tenant| tenant.zone.clone())
}

/// What the database is asked; none where a filter can find nothing.
async fn filter(app: &App, cx: &RequestContext, query: &AuditQuery) -> Result<Option<EventFilter>, Failure> {
    let zone = zone(cx);
    let day = |text: &str, later: bool| -> Option<Timestamp> {
        let date: Date = text.trim().parse().ok()?;
        let date = if later { date.tomorrow().ok()? } else { date };
        Some(domain::time::start_of_day(date, &zone))
    };
    let stream = match &cx.tenant {
        Some(tenant) => Some(tenant.id.0),
        None => match wanted(&query.tenant) {
            Some(slug) => {
                let mut read = app.db.platform_read().await?;
                match tenant_by_slug(read.conn(), &slug).await? {
                    Some(id) => Some(id),
                    None => return Ok(None),
                }
            }
            None => None,
        },
    };
    let after = parts_of::<3>(&query.after).and_then(|[at, stream, seq]| {
        Some((at.parse::<Timestamp>().ok()?, stream.parse::<Uuid>().ok()?, seq.parse::<i64>().ok()?))
    });
    Ok(Some(EventFilter {
        stream,
        actor: wanted(&query.actor),
        subject: wanted(&query.subject),
        action: wanted(&query.action),
        from: day(&query.from, false),
        to: day(&query.to, true),
        after,
    }))
}

/// `GET /audit` on the platform's host, `GET /activity` on a business's.
pub async fn list(
    State(app): State<App>,
    Cx(cx): Cx,
    QueryOf(query): QueryOf<AuditQuery>,
) -> Result<Response, Failure> {
    let _permit = authorize::<ViewAudit>(&cx.actor, &scope(&cx))?;
    let (path, export) = if cx.tenant.is_some() { ("/activity", "/activity") } else { ("/audit", "/audit") };
    let may_export = authorize::<ExportAudit>(&cx.actor, &scope(&cx)).is_ok();
    let shown = AuditFilter {
        actor: query.actor.clone(),
        subject: query.subject.clone(),
        tenant: query.tenant.clone(),
        action: query.action.clone(),
        from: query.from.clone(),
        to: query.to.clone(),
    };
    let mut rows = match filter(&app, &cx, &query).await? {
        Some(filter) => {
            let mut read = app.db.platform_read().await?;
            store::list(read.conn(), &filter, PAGE + 1).await?
        }
        None => Vec::new(),
    };
    let has_more = rows.len() > PAGE as usize;
    rows.truncate(PAGE as usize);
    let next = rows.last().filter(|_| has_more).map(|row| {
        let key = key_of(&[&row.at.to_jiff().to_string(), &row.stream.to_string(), &row.seq.to_string()]);
        query.address(path).with("after", &key).build()
    });
    let zone = zone(&cx);
    let model = Audit {
        actions: AuditAction::ALL
            .iter()
            .map(|action| (action.as_str().to_owned(), action.label().to_owned()))
            .collect(),
        list: Listing {
            count: match rows.len() {
                1 => "1 event".into(),
                n if has_more => format!("{n} events of more, the latest first"),
                n => format!("{n} events, the latest first"),
            },
            rows: rows.into_iter().map(|row| show(row, &cx, &zone)).collect(),
            is_filtered: shown.is_set(),
            refused: None,
            first: (!query.after.is_empty()).then(|| query.address(path).build()),
            next,
        },
        filter: shown,
        csv: may_export.then(|| query.address(&format!("{export}.csv")).build()),
        jsonl: may_export.then(|| query.address(&format!("{export}.jsonl")).build()),
        may_verify: cx.tenant.is_none() && authorize::<VerifyAudit>(&cx.actor, &()).is_ok(),
    };
    let draw = if cx.tenant.is_some() { pages::activity } else { pages::audit };
    Ok(html(StatusCode::OK, draw(cx.frame, model)))
}

/// The latest events of a tenant, or of a person, for their own pages; none where the person who looks may not read them.
pub(crate) async fn latest(
    app: &App,
    cx: &RequestContext,
    stream: Option<Uuid>,
    person: Option<&str>,
) -> Result<Option<Vec<AuditRow>>, Failure> {
    let scope = match stream {
        Some(stream) => Scope::Tenant(domain::ids::TenantId(stream).into()),
        None => scope(cx),
    };
    if authorize::<ViewAudit>(&cx.actor, &scope).is_err() {
        return Ok(None);
    }
    let stream = stream.or(cx.tenant.as_ref().map(|tenant| tenant.id.0));
    let mut read = app.db.platform_read().await?;
    let filter = EventFilter { stream, ..EventFilter::default() };
    let rows = match person {
        Some(email) => {
            let by = EventFilter { actor: Some(email.to_owned()), ..filter.clone() };
            let on = EventFilter { subject: Some(email.to_owned()), ..filter };
            let mut rows = store::list(read.conn(), &by, 10).await?;
            rows.extend(store::list(read.conn(), &on, 10).await?);
            rows.sort_by_key(|row| std::cmp::Reverse(row.at.to_jiff()));
            rows.dedup_by_key(|row| (row.stream, row.seq));
            rows.truncate(10);
            rows
        }
        None => store::list(read.conn(), &filter, 10).await?,
    };
    let zone = zone(cx);
    Ok(Some(rows.into_iter().map(|row| show(row, cx, &zone)).collect()))
}

fn show(row: ListedRow, cx: &RequestContext, zone: &TimeZone) -> AuditRow {
    let action = AuditAction::parse(&row.action);
    let is_masquerade = row.masquerade.is_some() || row.action.starts_with("HIJACK_");
    let outcome = match row.action.as_str() {
        "HIJACK_DENIED" | "GRANT_DENIED" | "LOGIN_LIMITED" => Outcome::Refused,
        "LOGIN_FAILED" => Outcome::Failed,
        _ => Outcome::Done,
    };
    let label = action.map_or_else(|| row.action.clone(), |action| action.label().to_owned());
    let on_platform = cx.tenant.is_none();
    let href = row.target.split_once('/').and_then(|(kind, id)| match kind {
        "user" => Some(format!("{}/{id}", if on_platform { "/users" } else { "/team" })),
        "tenant" if on_platform => Some(format!("/tenants/{id}")),
        "appointment" if !on_platform => Some(format!("/appointments/{id}")),
        "customer" if !on_platform => Some(format!("/customers/{id}")),
        _ => None,
    });
    let target = match (row.target.split_once('/'), &row.subject_email, &row.tenant) {
        (Some(("user", _)), Some(email), _) => email.clone(),
        (Some(("tenant", _)), _, Some(name)) => name.clone(),
        (Some((kind, _)), _, _) => sentence(kind),
        (None, _, _) => sentence(&row.target),
    };
    // On a business's own page the whole sentence: its owner should not have to put it together.
    let label = match (row.action.as_str(), on_platform, &row.actor_email, &row.subject_email) {
        ("HIJACK_START", false, Some(actor), Some(subject)) => format!("{actor} began to act as {subject}"),
        ("HIJACK_DENIED", false, Some(actor), Some(subject)) => format!("{actor} tried to act as {subject}"),
        ("HIJACK_END" | "HIJACK_EXPIRED", false, Some(actor), Some(subject)) => {
            format!("{actor} no longer acts as {subject}")
        }
        _ => label,
    };
    AuditRow {
        at: moment(row.at.to_jiff(), zone),
        actor: row.actor_email,
        subject: row.subject_email,
        tenant: on_platform
            .then(|| tenant_link(Some(row.stream), row.tenant.as_deref(), row.slug.as_deref()))
            .flatten(),
        code: row.action,
        action: label,
        target,
        target_href: href,
        ip: row.ip,
        outcome,
        reason: row.reason,
        detail: match row.cause {
            Some(cause) if row.detail.is_empty() => cause,
            Some(cause) => format!("{} ({cause})", row.detail),
            None => row.detail,
        },
        request_id: row.request_id,
        seq: row.seq,
        hash: hex(&row.hash),
        is_masquerade,
    }
}

/// A word of the wire as the beginning of a sentence.
fn sentence(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

/// A row of an export.
#[derive(Serialize)]
struct ExportRow {
    at: String,
    action: String,
    actor: Option<String>,
    subject: Option<String>,
    tenant: Option<String>,
    target: String,
    detail: String,
    reason: Option<String>,
    cause: Option<String>,
    ip: Option<String>,
    request_id: Option<String>,
    seq: i64,
    hash: String,
}

/// `GET /audit.csv` and `GET /activity.csv`
pub async fn csv(State(app): State<App>, Cx(cx): Cx, QueryOf(query): QueryOf<AuditQuery>) -> Result<Response, Failure> {
    let rows = export(&app, &cx, &query).await?;
    let mut text = String::from("at,action,actor,subject,tenant,target,detail,reason,cause,ip,request_id,seq,hash\r\n");
    for row in rows {
        let seq = row.seq.to_string();
        let optional = |field: &Option<String>| field.clone().unwrap_or_default();
        let fields = [
            row.at.clone(),
            row.action.clone(),
            optional(&row.actor),
            optional(&row.subject),
            optional(&row.tenant),
            row.target.clone(),
            row.detail.clone(),
            optional(&row.reason),
            optional(&row.cause),
            optional(&row.ip),
            optional(&row.request_id),
            seq,
            row.hash.clone(),
        ];
        text.push_str(&table::line(&fields));
    }
    Ok(table::file("audit.csv", text))
}

/// `GET /audit.jsonl` and `GET /activity.jsonl`
pub async fn jsonl(
    State(app): State<App>,
    Cx(cx): Cx,
    QueryOf(query): QueryOf<AuditQuery>,
) -> Result<Response, Failure> {
    let rows = export(&app, &cx, &query).await?;
    let mut text = String::new();
    for row in &rows {
        text.push_str(&serde_json::to_string(row).map_err(anyhow::Error::from)?);
        text.push('\n');
    }
    Ok(file(text, "application/jsonl; charset=utf-8", "audit.jsonl"))
}

async fn export(app: &App, cx: &RequestContext, query: &AuditQuery) -> Result<Vec<ExportRow>, Failure> {
    let _permit = authorize::<ExportAudit>(&cx.actor, &scope(cx))?;
    let mut entry = AuditEntry::by(&cx.actor, AuditAction::AuditExported, "audit");
    entry.detail = query.address("").build();
    entry.tenant = cx.tenant.as_ref().map(|tenant| tenant.id);
    app.db.platform().await?.commit(&origin(cx), entry).await?;
    let Some(filter) = filter(app, cx, query).await? else { return Ok(Vec::new()) };
    let mut read = app.db.platform_read().await?;
    let rows = store::list(read.conn(), &filter, EXPORT).await?;
    Ok(rows
        .into_iter()
        .map(|row| ExportRow {
            at: row.at.to_jiff().to_string(),
            action: row.action,
            actor: row.actor_email,
            subject: row.subject_email,
            tenant: row.tenant,
            target: row.target,
            detail: row.detail,
            reason: row.reason,
            cause: row.cause,
            ip: row.ip,
            request_id: row.request_id,
            seq: row.seq,
            hash: hex(&row.hash),
        })
        .collect())
}

fn file(text: String, kind: &'static str, name: &'static str) -> Response {
    let mut response = Body::from(text).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

/// `POST /audit/verify`
pub async fn check(State(app): State<App>, Cx(cx): Cx) -> Result<Response, Failure> {
    let _permit = authorize::<VerifyAudit>(&cx.actor, &())?;
    let reports = verify(&app.db, &app.config.logs, &app.config.secret, |_| {}).await?;
    let mut streams: Vec<StreamCheck> = reports
        .into_iter()
        .map(|report| StreamCheck {
            name: if report.stream.is_nil() { "Platform".into() } else { report.name },
            entries: u64::try_from(report.events).unwrap_or(0),
            problems: report.findings.iter().map(ToString::to_string).collect(),
        })
        .collect();
    streams.sort_by_key(|stream| stream.problems.is_empty());
    let model = Verified { at: moment(cx.now, &TimeZone::UTC), streams };
    Ok(html(StatusCode::OK, pages::verified(cx.frame, model)))
}
