//! Tenants: whose host is whose, how a tenant's rows are reached, and how its schema is made and kept up.
//!
//! Everything outside this module gets a tenant's rows through [`TenantTx`] or [`TenantRead`] and nothing else:
//! the pool is private here.

mod host;
mod migrate;
mod provision;
mod routes;
mod store;
mod tx;

pub use host::{CanonicalHost, Malformed};
pub use jiff_sqlx::Timestamp as Instant;
pub use migrate::{MigrationReport, Migrations, TenantOutcome, target_version};
pub use provision::{NewTenant, NotMade, Provisioner};
pub use routes::{HostSite, Routes, TenantRoute};
pub use tx::{AuditOrigin, Database, PlatformJob, PlatformRead, PlatformTx, TenantConn, TenantRead, TenantTx};
