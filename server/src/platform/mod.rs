//! The base domain's page and the platform's dashboard.

pub mod actions;
pub(crate) mod store;
pub mod web;

use crate::{
    error::Failure,
    schedule,
    state::App,
    tenancy::{AuditOrigin, Provisioner},
};
use domain::{
    actor::Actor,
    audit::{AuditAction, AuditEntry},
    ids::TenantId,
};

/// Closes the demos whose time is up and takes their data away. Tells how many.
pub async fn sweep_demos(app: &App) -> Result<usize, Failure> {
    let mut swept = 0;
    loop {
        let mut tx = app.db.platform().await?;
        let Some((id, slug)) = store::take_expired(tx.conn()?).await? else { return Ok(swept) };
        store::set_status(tx.conn()?, id, "CLOSED", Some("The demo's time was up")).await?;
        store::forget_all(tx.conn()?, id).await?;
        store::free_slug(tx.conn()?, id).await?;
        let mut entry = AuditEntry::by(&Actor::Visitor, AuditAction::TenantSwept, format!("tenant/{id}")).detail(slug);
        entry.tenant = Some(TenantId(id));
        tx.commit(&AuditOrigin::default(), entry).await?;
        // Closed for everybody by now; its rows go after.
        Provisioner::new(&app.config).drop_schema(TenantId(id)).await?;
        swept += 1;
    }
}

/// Renews the counts of the dashboard that ask a tenant's schema, those that are oldest first. Tells how many.
pub async fn renew_counts(app: &App) -> Result<usize, Failure> {
    let stale = {
        let mut read = app.db.platform_read().await?;
        store::stale_stats(read.conn(), 10, 200).await?
    };
    let mut renewed = 0;
    for id in stale {
        let Some(route) = app.routes.by_id(TenantId(id)) else { continue };
        let since = app.config.clock.now() - jiff::SignedDuration::from_hours(30 * 24);
        let count = {
            let mut tx = app.db.read(&route).await?;
            schedule::store::count_booked_since(&mut tx, since).await?
        };
        let mut job = app.db.platform_job().await?;
        store::set_stat(job.conn()?, id, i32::try_from(count).unwrap_or(i32::MAX)).await?;
        job.done().await?;
        renewed += 1;
    }
    Ok(renewed)
}
