//! SQL of the reports.

use crate::tenancy::{Instant, TenantConn};
use jiff::Timestamp;
use uuid::Uuid;

/// An appointment, as far as reports count it.
pub(super) struct VisitRow {
    pub starts_at: Instant,
    pub status: String,
    pub holds: bool,
    pub is_declined: bool,
    pub service_id: Uuid,
    pub price_minor: Option<i64>,
}

/// The appointments that start between two instants.
pub(super) async fn list_visits(
    tx: &mut impl TenantConn,
    from: Timestamp,
    to: Timestamp,
) -> Result<Vec<VisitRow>, sqlx::Error> {
    sqlx::query_as!(
        VisitRow,
        r#"select a.starts_at, a.status, a.holds, a.service_id, a.price_minor,
                  (a.status = 'CANCELLED' and exists (select from appointment_history h
                                                      where h.appointment_id = a.id and h.action = 'DECLINED')) as "is_declined!"
           from appointment a where a.starts_at >= $1 and a.starts_at < $2 order by a.starts_at, a.id"#,
        Instant::from(from) as Instant,
        Instant::from(to) as Instant
    )
    .fetch_all(tx.conn()?)
    .await
}

/// A service of any age.
pub(super) struct ServiceRow {
    pub id: Uuid,
    pub name: String,
}

/// All services, in the tenant's order.
pub(super) async fn list_services(tx: &mut impl TenantConn) -> Result<Vec<ServiceRow>, sqlx::Error> {
    sqlx::query_as!(ServiceRow, "select id, name from service order by archived_at is not null, position, name, id")
        .fetch_all(tx.conn()?)
        .await
}

/// The currency of prices, and on which day weeks begin.
pub(super) struct BusinessRow {
    pub currency: String,
    pub week_start: i16,
}

/// What the business says of all of them.
pub(super) async fn find_business(tx: &mut impl TenantConn) -> Result<BusinessRow, sqlx::Error> {
    sqlx::query_as!(BusinessRow, "select currency, week_start from business").fetch_one(tx.conn()?).await
}
