//! Which host belongs to whom, kept in memory: no request asks the database for it.
//!
//! Every change of a tenant or a host raises `public.route_epoch` in its own transaction. A node asks for that
//! number once a second, and sooner when it hears the notification; when the number has changed it reads the
//! table anew. While the database is out of reach the last good table stays in force.

use super::{CanonicalHost, Database, store};
use crate::{config::BaseDomain, error::Failure};
use arc_swap::ArcSwap;
use domain::{ids::TenantId, tenant::TenantStatus};
use jiff::tz::TimeZone;
use std::{
    collections::HashMap,
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::sync::broadcast;

/// How many notifications may wait for a listener that is slow; it looks for itself if it has missed some.
const CHANGES: usize = 256;

/// How one tenant is reached.
#[derive(Clone, Debug)]
pub struct TenantRoute {
    /// The tenant.
    pub id: TenantId,
    /// Its name.
    pub name: String,
    /// Its zone.
    pub zone: TimeZone,
    /// The label of its host.
    pub slug: String,
    /// The host that links to it are built from.
    pub primary_host: String,
    schema: String,
    begin_write: String,
    begin_read: String,
}

impl TenantRoute {
    /// `schema` is a generated name; it is checked all the same, since it becomes part of a statement.
    pub(super) fn new(id: TenantId, name: &str, zone: TimeZone, primary_host: String, schema: &str) -> Option<Self> {
        is_schema_name(schema).then(|| {
            let enter = format!(r#"SET LOCAL ROLE "{schema}"; SET LOCAL search_path = "{schema}", ext, pg_temp"#);
            Self {
                id,
                name: name.to_owned(),
                zone,
                slug: primary_host.split('.').next().unwrap_or_default().to_owned(),
                primary_host,
                schema: schema.to_owned(),
                begin_write: format!("BEGIN; {enter}"),
                begin_read: format!("BEGIN READ ONLY; {enter}"),
            }
        })
    }

    /// Whether a notification is about this tenant: it carries the role that wrote, or nothing where all are meant.
    pub(crate) fn is_meant_by(&self, whose: &str) -> bool {
        whose.is_empty() || whose == self.schema
    }

    pub(super) fn begin_write(&self) -> &str {
        &self.begin_write
    }

    pub(super) fn begin_read(&self) -> &str {
        &self.begin_read
    }
}

/// `t_` and 26 characters of base 32.
pub(super) fn is_schema_name(name: &str) -> bool {
    name.strip_prefix("t_").is_some_and(|rest| {
        rest.len() == 26 && rest.bytes().all(|b| b.is_ascii_lowercase() || (b'2'..=b'7').contains(&b))
    })
}

/// What a host is.
#[derive(Clone, Debug)]
pub enum HostSite {
    /// The base domain.
    Base,
    /// The platform's dashboard.
    Platform,
    /// A tenant that answers.
    Tenant(Arc<TenantRoute>),
    /// Nobody's, or a tenant's that does not answer: the two are not told apart.
    Unknown,
}

#[derive(Default)]
struct Table {
    epoch: i64,
    hosts: HashMap<String, Arc<TenantRoute>>,
    ids: HashMap<TenantId, Arc<TenantRoute>>,
}

/// The table of hosts of this node.
#[derive(Clone)]
pub struct Routes {
    table: Arc<ArcSwap<Table>>,
    /// Whose calendar has changed, as the database tells it to every node.
    changes: broadcast::Sender<Arc<str>>,
    base: BaseDomain,
    platform_host: String,
}

impl Routes {
    /// An empty table; [`Self::refresh`] fills it.
    pub fn new(base: BaseDomain) -> Self {
        let platform_host = base.sub("platform");
        Self { table: Arc::default(), changes: broadcast::Sender::new(CHANGES), base, platform_host }
    }

    /// Whose host this is. From memory.
    pub fn find(&self, host: &CanonicalHost) -> HostSite {
        let host = host.as_str();
        if host == self.base.host {
            HostSite::Base
        } else if host == self.platform_host {
            HostSite::Platform
        } else {
            match self.table.load().hosts.get(host) {
                Some(route) => HostSite::Tenant(route.clone()),
                None => HostSite::Unknown,
            }
        }
    }

    /// How a tenant that answers is reached.
    pub fn by_id(&self, id: TenantId) -> Option<Arc<TenantRoute>> {
        self.table.load().ids.get(&id).cloned()
    }

    /// Hears from now on whose calendar changes, while [`Self::keep_fresh`] is at work.
    pub(crate) fn changes(&self) -> broadcast::Receiver<Arc<str>> {
        self.changes.subscribe()
    }

    /// All tenants that answer, each once.
    pub fn tenants(&self) -> Vec<Arc<TenantRoute>> {
        let table = self.table.load();
        let mut all: Vec<_> =
            table.hosts.iter().filter(|(host, route)| **host == route.primary_host).map(|(_, r)| r.clone()).collect();
        all.sort_by(|a, b| a.name.cmp(&b.name));
        all
    }

    /// Reads the table anew if anything has changed since the last time. Tells whether it has.
    pub async fn refresh(&self, db: &Database) -> Result<bool, Failure> {
        let mut read = db.platform_read().await?;
        // The number first: rows read after it are at least as new as it says.
        let epoch = store::route_epoch(read.conn()).await?;
        if epoch == self.table.load().epoch {
            return Ok(false);
        }
        let rows = store::list_routes(read.conn()).await?;
        let mut hosts = HashMap::with_capacity(rows.len());
        let mut ids = HashMap::with_capacity(rows.len());
        for row in rows {
            let is_open = TenantStatus::parse(&row.status).is_some_and(TenantStatus::is_open);
            // A tenant that this build cannot serve yet answers nothing rather than something wrong.
            if !is_open || row.schema_version < super::target_version() {
                continue;
            }
            let own_host = self.base.sub(&row.slug);
            let Ok(zone) = TimeZone::get(&row.timezone) else {
                tracing::error!(tenant.id = %row.id, zone = row.timezone, "a tenant's zone is unknown; it does not answer");
                continue;
            };
            let Some(route) = TenantRoute::new(TenantId(row.id), &row.name, zone, own_host.clone(), &row.schema_name)
            else {
                tracing::error!(tenant.id = %row.id, "a tenant's schema name is not a generated one; it does not answer");
                continue;
            };
            let route = Arc::new(route);
            for host in row.hosts {
                hosts.insert(host, route.clone());
            }
            ids.insert(route.id, route.clone());
            hosts.insert(own_host, route);
        }
        self.table.store(Arc::new(Table { epoch, hosts, ids }));
        Ok(true)
    }

    /// Keeps the table up to date for as long as the process lives.
    pub fn keep_fresh(&self, db: Database) -> tokio::task::JoinHandle<()> {
        let routes = self.clone();
        tokio::spawn(async move {
            let mut listener = None;
            let mut fresh = Instant::now();
            loop {
                if listener.is_none() {
                    listener = listen(&db).await.ok();
                    // What was said while nobody listened is not said again: all look for themselves.
                    _ = self::tell(&routes.changes, "");
                }
                let heard = match listener.as_mut() {
                    Some(listener) => tokio::time::timeout(Duration::from_secs(1), listener.recv()).await,
                    None => {
                        tokio::time::sleep(Duration::from_secs(1)).await;
                        Ok(Err(sqlx::Error::PoolClosed))
                    }
                };
                match heard {
                    Ok(Ok(said)) if said.channel() == "calendar" => {
                        _ = tell(&routes.changes, said.payload());
                        if fresh.elapsed() < Duration::from_secs(1) {
                            continue;
                        }
                    }
                    Ok(Err(_)) => listener = None,
                    _ => {}
                }
                fresh = Instant::now();
                if let Err(error) = routes.refresh(&db).await {
                    tracing::warn!(%error, "the table of hosts could not be refreshed; the last one stays in force");
                }
            }
        })
    }
}

/// Nobody may be listening, which is no error.
fn tell(changes: &broadcast::Sender<Arc<str>>, whose: &str) -> Option<usize> {
    changes.send(whose.into()).ok()
}

/// A notification saves up to a second; it is a hint, and its loss costs no more than that.
async fn listen(db: &Database) -> Result<sqlx::postgres::PgListener, sqlx::Error> {
    let own = sqlx::postgres::PgPoolOptions::new().max_connections(1).connect_with(db.listen_options()).await?;
    let mut listener = sqlx::postgres::PgListener::connect_with(&own).await?;
    listener.listen_all(["route", "calendar"]).await?;
    Ok(listener)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_generated_names_become_part_of_a_statement() {
        assert!(is_schema_name("t_abcdefghijklmnopqrstuvwx23"));
        for bad in [
            "public",
            "t_",
            "t_ABCDEFGHIJKLMNOPQRSTUVWX23",
            "t_abcdefghijklmnopqrstuvwx2\"",
            "t_abcdefghijklmnopqrstuvwx234",
        ] {
            assert!(!is_schema_name(bad), "{bad}");
        }
    }
}
