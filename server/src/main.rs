//! The command line: one program that serves, migrates and seeds.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command line speaks through them")]

mod cli;

use anyhow::{Context, Result, bail};
use clap::{Parser, Subcommand};
use server::{config::Config, http::router, jobs, seed, state::App};
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
    /// Answer requests (what happens without a command, too). Does the worker's work as well.
    Serve {
        /// Leave letters, log files and sweeps to a `worker` elsewhere (also: WITHOUT_WORKER=1).
        #[arg(long, alias = "no-worker")]
        without_worker: bool,
    },
    /// Send letters, write log files, sweep away what is over; answers no requests.
    Worker,
    /// Bring the database up to this version of the program.
    Migrate(cli::migrate::MigrateArgs),
    /// Make a person who may do everything.
    CreateSuperuser(cli::people::SuperuserArgs),
    /// Make a business.
    CreateTenant(cli::people::TenantArgs),
    /// Make the demo businesses and people that are missing (needs DEBUG=1).
    SeedDemo {
        /// Make this many small businesses more.
        #[arg(long, default_value_t = 0)]
        extra: usize,
    },
    /// What was done, by whom.
    #[command(subcommand)]
    Audit(cli::audit::AuditCommand),
}

fn main() -> ExitCode {
    let arguments = Cli::parse();
    tracing_subscriber::fmt()
        .with_env_filter(
            EnvFilter::try_from_env("LOG")
                .unwrap_or_else(|_| EnvFilter::new("info,tower_sessions_core=error,tower_sessions=error,sqlx=warn")),
        )
        .with_writer(std::io::stderr)
        .init();
    match start(arguments.command.unwrap_or(Command::Serve { without_worker: false })) {
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
            Command::Serve { without_worker } => serve(config, !without_worker).await,
            Command::Worker => worker(config).await,
            Command::Migrate(args) => cli::migrate::migrate(config, &args).await,
            Command::CreateSuperuser(args) => cli::people::create_superuser(config, args).await,
            Command::CreateTenant(args) => cli::people::create_tenant(config, args).await,
            Command::SeedDemo { extra } => seed_demo(config, extra).await,
            Command::Audit(command) => cli::audit::run(config, command).await,
        }
    })
}

async fn serve(config: Config, with_worker: bool) -> Result<()> {
    let listen = config.listen;
    let debug = config.debug;
    let with_worker = with_worker && !config.without_worker;
    let app = App::new(config)?;
    // Connections that do not come are waited for, and pages say so meanwhile: a late database is no reason to die.
    if let Err(error) = app.routes.refresh(&app.db).await {
        tracing::error!(%error, "the database does not answer yet, or has not been migrated (`smoothschedule migrate`)");
    }
    let refresher = app.routes.keep_fresh(app.db.clone());
    let jobs = with_worker.then(|| jobs::start(app.clone()));
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
    let live = app.live.clone();
    let stop = async move {
        asked_to_stop().await;
        live.close();
    };
    axum::serve(listener, service).with_graceful_shutdown(stop).await?;
    refresher.abort();
    if let Some(jobs) = jobs {
        jobs.finish().await;
    }
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

async fn worker(config: Config) -> Result<()> {
    let app = App::new(config)?;
    app.routes
        .refresh(&app.db)
        .await
        .map_err(|e| anyhow::anyhow!("{e}"))
        .context("the database does not answer, or has not been migrated (`smoothschedule migrate`)")?;
    let refresher = app.routes.keep_fresh(app.db.clone());
    let jobs = jobs::start(app.clone());
    println!("The worker is at work. Ctrl-C ends it.");
    asked_to_stop().await;
    refresher.abort();
    jobs.finish().await;
    let _ = tokio::time::timeout(Duration::from_secs(5), app.db.close()).await;
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
