//! `smoothschedule create-superuser` and `create-tenant`

use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use domain::{
    actor::Role,
    ids::UserId,
    tenant::{TenantStatus, Tier},
    text::{Email, line},
};
use server::{
    config::Config,
    identity::{NewPerson, links},
    password::hash_now,
    state::App,
    tenancy::{NewTenant, Provisioner},
};
use std::io::BufRead;
use uuid::Uuid;

/// Who the superuser is.
#[derive(Args)]
pub struct SuperuserArgs {
    /// The address to sign in with.
    #[arg(long)]
    email: String,
    /// For display; the address where it is left out.
    #[arg(long)]
    name: Option<String>,
}

/// Makes a superuser. The password comes on standard input, so that it stands in no history and no list of processes.
pub async fn create_superuser(config: Config, args: SuperuserArgs) -> Result<()> {
    let email = email(&args.email)?;
    let name = line(args.name.as_deref().unwrap_or(&args.email), 120)
        .map_err(|e| anyhow::anyhow!("{}", e.message("--name")))?;
    eprintln!("Password for {email}, on standard input (at least {} characters):", links::SHORTEST_PASSWORD);
    let mut password = String::new();
    std::io::stdin().lock().read_line(&mut password)?;
    let password = password.trim_end_matches(['\r', '\n']);
    ensure!(
        (links::SHORTEST_PASSWORD..=1024).contains(&password.chars().count()),
        "the password must have {} to 1024 characters",
        links::SHORTEST_PASSWORD
    );
    let person = NewPerson {
        id: UserId(Uuid::now_v7()),
        email: email.clone(),
        name,
        password_hash: Some(hash_now(password)?),
        role: Role::Superuser,
        is_temporary: false,
    };
    let made = Provisioner::new(&config).ensure_person(&person).await?;
    ensure!(made, "{email} is taken: choose another address, or change that person's role in the dashboard");
    let base = &config.base;
    println!("{email} is a superuser.");
    println!("Next: sign in at {}", base.url(&base.sub("platform")));
    Ok(())
}

/// What the business is.
#[derive(Args)]
pub struct TenantArgs {
    /// Its name.
    #[arg(long)]
    name: String,
    /// The label of its host: lower-case letters, digits and hyphens.
    #[arg(long)]
    slug: String,
    /// FREE, PROFESSIONAL, BUSINESS or ENTERPRISE.
    #[arg(long, default_value = "FREE")]
    tier: String,
    /// Its zone's IANA name.
    #[arg(long, default_value = "Europe/Berlin")]
    timezone: String,
    /// A host of its own, to be proven in the dashboard.
    #[arg(long)]
    domain: Option<String>,
    /// Who owns it; gets a mail with a link to a password.
    #[arg(long)]
    owner_email: Option<String>,
    /// A demo, swept away after this many days.
    #[arg(long, value_name = "DAYS", num_args = 0..=1, default_missing_value = "14", value_parser = clap::value_parser!(u8).range(1..=30))]
    temporary: Option<u8>,
}

/// Makes a business.
pub async fn create_tenant(config: Config, args: TenantArgs) -> Result<()> {
    let Some(tier) = Tier::parse(&args.tier.to_uppercase()) else {
        bail!("--tier is '{}': give FREE, PROFESSIONAL, BUSINESS or ENTERPRISE", args.tier);
    };
    let app = App::new(config)?;
    let owner = match &args.owner_email {
        Some(text) => {
            let email = email(text)?;
            vec![NewPerson {
                id: UserId(Uuid::now_v7()),
                name: email.clone(),
                email,
                password_hash: None,
                role: Role::TenantOwner,
                is_temporary: args.temporary.is_some(),
            }]
        }
        None => Vec::new(),
    };
    let invited = owner.first().map(|owner| owner.id);
    let new = NewTenant {
        name: args.name,
        slug: args.slug,
        timezone: args.timezone,
        tier,
        status: TenantStatus::Active,
        temporary_days: args.temporary,
        domain: args.domain,
        people: owner,
        by: None,
    };
    let route = Provisioner::new(&app.config).create(&new).await?;
    let url = app.config.base.url(&route.primary_host);
    println!("{} answers at {url}", route.name);
    if let Some(owner) = invited {
        let link = links::invite(&app, owner).await.map_err(|e| anyhow::anyhow!("{e}")).context("the invitation")?;
        println!("Its owner has been written to. The link, should the mail not come: {link}");
    } else {
        println!("Next: add its people in the dashboard, or run this with --owner-email");
    }
    Ok(())
}

fn email(text: &str) -> Result<String> {
    let email: Email = Email::parse(text).map_err(|problem| anyhow::anyhow!("{}", problem.message("the address")))?;
    Ok(email.as_str().to_owned())
}
