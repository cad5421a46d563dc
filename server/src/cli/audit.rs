//! `smoothschedule audit …`

use anyhow::{Result, bail};
use clap::Subcommand;
use server::{audit::verify::verify, config::Config, state::App};

/// What can be done with the audit; changing it cannot.
#[derive(Subcommand)]
pub enum AuditCommand {
    /// Say whether every chain is whole, and what was edited, removed, put in another order or cut off.
    Verify,
}

/// Runs the command.
pub async fn run(config: Config, command: AuditCommand) -> Result<()> {
    let app = App::new(config)?;
    match command {
        AuditCommand::Verify => {
            let mut total = 0;
            let reports = verify(&app.db, &app.config.logs, &app.config.secret, |report| {
                total += report.events;
                if report.findings.is_empty() {
                    println!("ok       {}: {} events", report.name, report.events);
                } else {
                    println!("TAMPERED {}: {} events", report.name, report.events);
                }
                for finding in &report.findings {
                    println!("         {finding}");
                }
            })
            .await?;
            let bad = reports.iter().filter(|report| !report.findings.is_empty()).count();
            println!("{total} events in {} streams", reports.len());
            if bad > 0 {
                bail!(
                    "{bad} of {} streams are not whole. Keep the database as it is, and compare with a backup of the time before",
                    reports.len()
                );
            }
            Ok(())
        }
    }
}
