//! `smoothschedule migrate`

use anyhow::{Result, bail};
use clap::Args;
use server::{
    config::Config,
    tenancy::{Migrations, target_version},
};
use std::time::Instant;

/// What to bring up.
#[derive(Args)]
pub struct MigrateArgs {
    /// Only the platform's own schema.
    #[arg(long, conflicts_with_all = ["tenants", "tenant"])]
    shared: bool,
    /// Only the tenants' schemas.
    #[arg(long, conflicts_with = "tenant")]
    tenants: bool,
    /// Only this tenant's schema.
    #[arg(long, value_name = "SLUG")]
    tenant: Option<String>,
    /// Change nothing; say what is behind. Fails if something is.
    #[arg(long)]
    status: bool,
}

/// Runs the command.
pub async fn migrate(config: Config, args: &MigrateArgs) -> Result<()> {
    let migrations = Migrations::new(&config);
    if args.status {
        return status(&migrations).await;
    }
    let started = Instant::now();
    if !args.tenants && args.tenant.is_none() {
        let applied = migrations.platform().await?;
        for name in &applied {
            println!("platform: {name}");
        }
        if applied.is_empty() {
            println!("platform: nothing to do");
        }
    }
    if args.shared {
        return Ok(());
    }
    let report = migrations
        .tenants(args.tenant.as_deref(), |done, total, tenant| match &tenant.error {
            None => {
                println!("tenant {done}/{total}: {} from version {} to {}", tenant.slug, tenant.from, target_version())
            }
            Some(error) => println!("tenant {done}/{total}: {} stays at version {}: {error}", tenant.slug, tenant.from),
        })
        .await?;
    let failed = report.failed().count();
    if report.tenants.is_empty() {
        println!("tenants: nothing to do");
    } else {
        println!("{} tenants in {:.1} s", report.tenants.len(), started.elapsed().as_secs_f64());
    }
    if failed > 0 {
        bail!(
            "{failed} of {} tenants could not be brought up; the others are. Mend what is named above and run `smoothschedule migrate --tenants` again",
            report.tenants.len()
        );
    }
    Ok(())
}

async fn status(migrations: &Migrations) -> Result<()> {
    let status = migrations.status().await?;
    for name in &status.platform_missing {
        println!("platform: {name} is missing");
    }
    if status.platform_missing.is_empty() {
        println!("platform: up to date");
    }
    for (version, tenants) in &status.versions {
        let note = if *version < target_version() { " (behind)" } else { "" };
        println!("tenants at version {version}{note}: {tenants}");
    }
    for (slug, error) in &status.broken {
        println!("broken: {slug}: {error}");
    }
    if status.is_behind() {
        bail!("something is behind version {}: run `smoothschedule migrate`", target_version());
    }
    println!("everything is at version {}", target_version());
    Ok(())
}
