//! Making a tenant: role, schema, tables, grants, first person and registry row, in one transaction. All of it
//! is there, or none of it.

use super::{TenantRoute, migrate, store, target_version};
use crate::{config::Config, identity};
use anyhow::{Context, Result, ensure};
use domain::{
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
    /// Whether it is a demo.
    pub is_temporary: bool,
    /// The people it begins with.
    pub people: Vec<identity::NewPerson>,
}

/// Labels that are, or may become, hosts of the platform itself.
const RESERVED: &[&str] =
    &["platform", "www", "api", "admin", "app", "mail", "status", "static", "assets", "docs", "help"];

impl Provisioner {
    /// Connects nowhere yet.
    pub fn new(config: &Config) -> Self {
        Self { owner: config.owner.clone(), base: config.base.clone() }
    }

    /// Makes the tenant and tells how it is reached.
    pub async fn create(&self, new: &NewTenant) -> Result<TenantRoute> {
        ensure!(
            !RESERVED.contains(&new.slug.as_str()),
            "the name '{}' is kept for the platform: choose another",
            new.slug
        );
        let zone = TimeZone::get(&new.timezone)
            .with_context(|| format!("'{}' is no time zone: give one like Europe/Berlin", new.timezone))?;
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
            is_temporary: new.is_temporary,
            timezone: &new.timezone,
            schema_version: target_version(),
        };
        store::insert_tenant(&mut tx, &row).await.context("the tenant's name may be taken already")?;
        for person in &new.people {
            identity::store::insert_person(&mut tx, person, Some(TenantId(id))).await?;
        }
        let entry = AuditEntry {
            action: AuditAction::TenantCreated,
            actor: None,
            target: format!("tenant/{id}"),
            detail: format!("{} ({})", new.name, new.slug),
        };
        crate::audit::store::append(&mut tx, &super::AuditOrigin::default(), &entry).await?;
        tx.commit().await?;
        TenantRoute::new(TenantId(id), &new.name, zone, self.base.sub(&new.slug), &schema)
            .context("a generated name is always one")
    }
}

impl Provisioner {
    /// Adds a person of the platform, unless the address is known.
    pub async fn ensure_person(&self, person: &identity::NewPerson) -> Result<()> {
        let mut conn = migrate::connect(&self.owner).await?;
        if !identity::store::is_known(&mut conn, &person.email.to_lowercase()).await? {
            identity::store::insert_person(&mut conn, person, None).await?;
        }
        Ok(())
    }
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
