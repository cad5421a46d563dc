//! SQL of the audit.

use crate::tenancy::AuditOrigin;
use domain::audit::AuditEntry;
use sqlx::PgConnection;

/// Adds an entry to the stream of the transaction's tenant, or to the platform's.
pub(crate) async fn append(
    conn: &mut PgConnection,
    origin: &AuditOrigin,
    entry: &AuditEntry,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "select audit.append($1, $2, $3, $4, $5, $6)",
        entry.actor.map(|user| user.0),
        entry.action.as_str(),
        entry.target,
        entry.detail,
        origin.ip.map(|ip| ip.to_string()),
        origin.request_id,
    )
    .fetch_one(conn)
    .await
    .map(|_| ())
}
