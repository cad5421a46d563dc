//! Making a tenant: role, schema, tables, grants, first person and registry row, in one transaction. All of it
//! is there, or none of it.

use super::{AuditOrigin, TenantRoute, migrate, store, target_version};
use crate::{config::Config, identity};
use anyhow::{Context, Result, ensure};
use domain::{
    actor::Actor,
    audit::{AuditAction, AuditEntry},
    ids::TenantId,
    tenant::{TenantStatus, Tier},
};
use jiff::tz::TimeZone;
use sqlx::{Connection, Executor, PgConnection, postgres::PgConnectOptions};
use uuid::Uuid;

/// Makes tenants, as the owner of all schemas.
#[derive(Clone)]
pub struct Provisioner {
    owner: PgConnectOptions,
    base: crate::config::BaseDomain,
}

/// A tenant to be made.
#[derive(Clone, Debug)]
pub struct NewTenant {
    /// Its name.
    pub name: String,
    /// The label of its host.
    pub slug: String,
    /// Its zone's IANA name.
    pub timezone: String,
    /// What it pays for.
    pub tier: Tier,
    /// Where it stands from the first.
    pub status: TenantStatus,
    /// For a demo: after how many days it is swept away.
    pub temporary_days: Option<u8>,
    /// A host of its own, yet to be proven.
    pub domain: Option<String>,
    /// The people it begins with.
    pub people: Vec<identity::NewPerson>,
    /// Who makes it; none for the command line and those who sign up.
    pub by: Option<(Actor, AuditOrigin)>,
}

/// Why a tenant could not be made, where that is not our fault.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NotMade {
    /// The label is taken.
    #[error("the name of its host is taken: choose another")]
    SlugTaken,
    /// The address of one of its people is taken.
    #[error("the address of one of its people is taken: every address is one person's")]
    EmailTaken,
    /// Its zone is unknown.
    #[error("its time zone is unknown: give one like Europe/Berlin")]
    NoSuchZone,
    /// The label is no label, or kept for the platform.
    #[error(
        "the name of its host may have lower-case letters, digits and hyphens only, and some are kept for the platform: choose another"
    )]
    BadSlug,
}

impl Provisioner {
    /// Connects nowhere yet.
    pub fn new(config: &Config) -> Self {
        Self { owner: config.owner.clone(), base: config.base.clone() }
    }

    /// Makes the tenant and tells how it is reached.
    pub async fn create(&self, new: &NewTenant) -> Result<TenantRoute> {
        domain::tenant::parse_slug(&new.slug).map_err(|_| NotMade::BadSlug)?;
        let zone = TimeZone::get(&new.timezone).map_err(|_| NotMade::NoSuchZone)?;
        let id = Uuid::now_v7();
        let schema = schema_name(id);
        let mut conn = migrate::connect(&self.owner).await?;
        let mut tx = conn.begin().await?;
        create_schema(&mut tx, &schema).await?;
        migrate::bring_up(&mut tx, &schema, 0).await?;
        let row = store::NewTenantRow {
            id,
            name: &new.name,
            slug: &new.slug,
            schema_name: &schema,
            tier: new.tier.as_str(),
            status: new.status.as_str(),
            temporary_days: new.temporary_days.map(i32::from),
            timezone: &new.timezone,
            schema_version: target_version(),
        };
        store::insert_tenant(&mut tx, &row)
            .await
            .map_err(|error| taken(error, "tenant_slug_key", NotMade::SlugTaken))?;
        for person in &new.people {
            identity::store::insert_person(&mut tx, person, Some(TenantId(id)))
                .await
                .map_err(|error| taken(error, "user_account_email", NotMade::EmailTaken))?;
        }
        if let Some(host) = &new.domain {
            let challenge = identity::links::secret();
            crate::domains::store::insert(&mut tx, Uuid::now_v7(), id, &host.to_lowercase(), &challenge).await?;
        }
        let (actor, origin) = new.by.clone().unwrap_or((Actor::Visitor, AuditOrigin::default()));
        let mut entry = AuditEntry::by(&actor, AuditAction::TenantCreated, format!("tenant/{id}"))
            .detail(format!("{} ({})", new.name, new.slug));
        entry.tenant = Some(TenantId(id));
        crate::audit::store::append(&mut tx, &origin, &entry).await?;
        tx.commit().await?;
        TenantRoute::new(TenantId(id), &new.name, zone, self.base.sub(&new.slug), &schema)
            .context("a generated name is always one")
    }
}

impl Provisioner {
    /// Adds a person of the platform, unless the address is known. Tells whether it was added.
    pub async fn ensure_person(&self, person: &identity::NewPerson) -> Result<bool> {
        let mut conn = migrate::connect(&self.owner).await?;
        let mut tx = conn.begin().await?;
        if identity::store::is_known(&mut tx, &person.email.to_lowercase()).await? {
            return Ok(false);
        }
        identity::store::insert_person(&mut tx, person, None).await?;
        let mut entry = AuditEntry::by(&Actor::Visitor, AuditAction::UserCreated, format!("user/{}", person.id))
            .detail(format!("{} on the command line", person.role.as_str()));
        entry.subject = Some(person.id);
        crate::audit::store::append(&mut tx, &AuditOrigin::default(), &entry).await?;
        tx.commit().await?;
        Ok(true)
    }
}

impl Provisioner {
    /// Takes away the schema and the role of a tenant that is closed, and all that is in them.
    pub async fn drop_schema(&self, tenant: TenantId) -> Result<()> {
        let mut conn = migrate::connect(&self.owner).await?;
        let schema = store::closed_schema(&mut conn, tenant.0).await?.context("the tenant is not closed")?;
        ensure!(super::routes::is_schema_name(&schema), "'{schema}' is not a generated schema name");
        ddl(&mut conn, format!(r#"drop schema if exists "{schema}" cascade; drop role if exists "{schema}";"#)).await
    }
}

/// What is taken already is for the person to know; all else is ours.
fn taken(error: sqlx::Error, constraint: &str, why: NotMade) -> anyhow::Error {
    if crate::error::breaks(&error, constraint) { why.into() } else { error.into() }
}

/// `t_` and the id in base 32: generated, so that what people type never becomes an identifier.
fn schema_name(id: Uuid) -> String {
    let alphabet = base32::Alphabet::Rfc4648Lower { padding: false };
    format!("t_{}", base32::encode(alphabet, id.as_bytes()))
}

async fn create_schema(conn: &mut PgConnection, schema: &str) -> Result<()> {
    ensure!(super::routes::is_schema_name(schema), "'{schema}' is not a generated schema name");
    ddl(
        conn,
        format!(
            r#"create role "{schema}" nologin in role smoothschedule_tenant;
               grant "{schema}" to smoothschedule_app;
               create schema "{schema}";
               grant usage on schema "{schema}" to "{schema}";"#
        ),
    )
    .await
}

/// Gives a tenant's role the rights to the tables of its schema, and to nothing else.
pub(super) async fn grant_tables(conn: &mut PgConnection, schema: &str) -> Result<()> {
    ensure!(super::routes::is_schema_name(schema), "'{schema}' is not a generated schema name");
    ddl(conn, format!(r#"grant select, insert, update, delete on all tables in schema "{schema}" to "{schema}";"#))
        .await
}

/// Makes the roles that are not among `found`, and sets the password of the server's login.
pub(super) async fn create_roles(conn: &mut PgConnection, found: &[String], app: &str, password: &str) -> Result<()> {
    ensure!(password.bytes().all(|b| b.is_ascii_hexdigit()), "a derived password is hexadecimal");
    let mut text = String::new();
    for (role, attributes) in [("smoothschedule_tenant", "nologin"), (app, "login noinherit")] {
        if !found.iter().any(|name| name == role) {
            text.push_str(&format!("create role {role} {attributes};"));
        }
    }
    text.push_str(&format!("alter role {app} password '{password}';"));
    ddl(conn, text).await
}

// Identifiers cannot be bound; each is generated and checked by the caller.
async fn ddl(conn: &mut PgConnection, text: String) -> Result<()> {
    conn.execute(sqlx::raw_sql(sqlx::AssertSqlSafe(text))).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_generated_name_is_one() {
        for _ in 0..100 {
            assert!(super::super::routes::is_schema_name(&schema_name(Uuid::now_v7())));
        }
    }
}
