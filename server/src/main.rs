//! The command line: one program that serves, migrates and seeds.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command line speaks through them")]

use anyhow::{Context, Result, bail};
use clap::{Args, Parser, Subcommand};
use server::{
    config::Config,
    http::router,
    seed,
    state::App,
    tenancy::{Migrations, target_version},
};
use std::{net::SocketAddr, process::ExitCode, time::Duration};
use tracing_subscriber::EnvFilter;

/// A page is some thousand small allocations: docs/decisions/0006-speed.md has what this one saves.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// SmoothSchedule: appointments for many businesses on one installation.
#[derive(Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Answer requests (what happens without a command, too).
    Serve,
    /// Bring the database up to this version of the program.
    Migrate(MigrateArgs),
    /// Make the demo businesses and people that are missing (needs DEBUG=1).
    SeedDemo {
        /// Make this many small businesses more.
        #[arg(long, default_value_t = 0)]
        extra: usize,
    },
}

#[derive(Args)]
struct MigrateArgs {
    /// Only the platform's own schema.
    #[arg(long, conflicts_with_all = ["tenants", "tenant"])]
    shared: bool,
    /// Only the tenants' schemas.
    #[arg(long, conflicts_with = "tenant")]
    tenants: bool,
    /// Only this tenant's schema.
    #[arg(long, value_name = "SLUG")]
    tenant: Option<String>,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    tracing_subscriber::fmt()
        .with_env_filter(
            EnvFilter::try_from_env("LOG")
                .unwrap_or_else(|_| EnvFilter::new("info,tower_sessions_core=error,tower_sessions=error,sqlx=warn")),
        )
        .with_writer(std::io::stderr)
        .init();
    match start(cli.command.unwrap_or(Command::Serve)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn start(command: Command) -> Result<()> {
    let config = Config::from_env()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        match command {
            Command::Serve => serve(config).await,
            Command::Migrate(args) => migrate(config, &args).await,
            Command::SeedDemo { extra } => seed_demo(config, extra).await,
        }
    })
}

async fn serve(config: Config) -> Result<()> {
    let listen = config.listen;
    let debug = config.debug;
    let app = App::new(config)?;
    // Connections that do not come are waited for, and pages say so meanwhile: a late database is no reason to die.
    if let Err(error) = app.routes.refresh(&app.db).await {
        tracing::error!(%error, "the database does not answer yet, or has not been migrated (`smoothschedule migrate`)");
    }
    let refresher = app.routes.keep_fresh(app.db.clone());
    let service = router(&app)?.into_make_service_with_connect_info::<SocketAddr>();
    let listener = tokio::net::TcpListener::bind(listen).await.with_context(|| {
        format!("cannot listen on {listen}: is another program there? Set LISTEN to another address")
    })?;
    tracing::info!(address = %listen, tenants = app.routes.tenants().len(), "listening");
    if debug {
        println!("\nSmoothSchedule answers:");
        for line in seed::addresses(&app) {
            println!("  {line}");
        }
        println!();
    }
    axum::serve(listener, service).with_graceful_shutdown(asked_to_stop()).await?;
    refresher.abort();
    // Whoever still holds a connection has had its time.
    let _ = tokio::time::timeout(Duration::from_secs(5), app.db.close()).await;
    tracing::info!("stopped");
    Ok(())
}

async fn asked_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = match signal(SignalKind::terminate()) {
        Ok(signal) => signal,
        Err(_) => return std::future::pending().await,
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}

async fn migrate(config: Config, args: &MigrateArgs) -> Result<()> {
    let migrations = Migrations::new(&config);
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
    }
    if failed > 0 {
        bail!(
            "{failed} of {} tenants could not be brought up; the others are. Mend what is named above and run `smoothschedule migrate --tenants` again",
            report.tenants.len()
        );
    }
    Ok(())
}

async fn seed_demo(config: Config, extra: usize) -> Result<()> {
    if !config.debug {
        bail!("demo people have a known password: set DEBUG=1 to say that this is no production");
    }
    let app = App::new(config)?;
    seed::seed_demo(&app, extra, |line| println!("{line}")).await?;
    println!("Next: `smoothschedule serve`");
    Ok(())
}
