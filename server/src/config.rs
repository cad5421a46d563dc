//! Configuration: the environment, or a `.env` file. `.env.sample` lists every name.

use crate::clock::Clock;
use anyhow::{Context, Result, bail, ensure};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use sqlx::postgres::PgConnectOptions;
use std::{
    env,
    net::{IpAddr, SocketAddr},
    path::PathBuf,
    str::FromStr,
    time::Duration,
};

/// All settings, read once at start.
#[derive(Clone, Debug)]
pub struct Config {
    /// The owner of all schemas: migrations and provisioning only.
    pub owner: PgConnectOptions,
    /// The server's own login, which owns nothing.
    pub app: PgConnectOptions,
    /// Connections kept to the database.
    pub pool_size: u32,
    /// How long a request waits for one of them before it is told to come back.
    pub pool_wait: Duration,
    /// What keys are derived from.
    pub secret: SecretKey,
    /// Development: demo people and plain-http cookies are allowed.
    pub debug: bool,
    /// Where the sites live.
    pub base: BaseDomain,
    /// Where to listen.
    pub listen: SocketAddr,
    /// Peers whose `X-Forwarded-For` counts.
    pub trusted_proxies: Vec<IpAddr>,
    /// Tells the time.
    pub clock: Clock,
    /// The folder with the built browser files.
    pub site_root: PathBuf,
    /// The folder of `masquerade.log`, `security.log` and the audit's anchors.
    pub logs: PathBuf,
    /// The mail server and the address that letters come from; without it they stay in the inbox of development.
    pub smtp: Option<(String, String)>,
    /// Whether `serve` leaves letters, log files and sweeps to a `worker` elsewhere.
    pub without_worker: bool,
}

/// The domain that the sites hang from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BaseDomain {
    /// Lower case, no port.
    pub host: String,
    /// The port that browsers use, where it is not the scheme's own.
    pub port: Option<u16>,
    /// Whether browsers reach it by https.
    pub https: bool,
}

impl BaseDomain {
    /// The address of a host of ours, with scheme and port.
    pub fn url(&self, host: &str) -> String {
        let scheme = if self.https { "https" } else { "http" };
        match self.port {
            Some(port) => format!("{scheme}://{host}:{port}"),
            None => format!("{scheme}://{host}"),
        }
    }

    /// A name below the base domain.
    pub fn sub(&self, label: &str) -> String {
        format!("{label}.{}", self.host)
    }
}

/// The installation's secret. Never used as it is: each purpose has a key of its own.
#[derive(Clone)]
pub struct SecretKey(Vec<u8>);

impl std::fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecretKey(…)")
    }
}

impl SecretKey {
    /// Takes a secret of at least 32 bytes.
    pub fn new(text: &str) -> Result<Self> {
        ensure!(
            text.len() >= 32,
            "SECRET_KEY is too short: give it at least 32 characters, such as `openssl rand -hex 32` prints"
        );
        Ok(Self(text.as_bytes().to_vec()))
    }

    /// HMAC-SHA-256 of the data, under a key for the purpose alone.
    pub fn mac(&self, purpose: &str, data: &[u8]) -> [u8; 32] {
        let key = Self::hmac(&self.0, purpose.as_bytes());
        Self::hmac(&key, data)
    }

    fn hmac(key: &[u8], data: &[u8]) -> [u8; 32] {
        #[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
        let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("any length");
        mac.update(data);
        mac.finalize().into_bytes().into()
    }
}

/// The name of the server's login in the database.
pub const APP_ROLE: &str = "smoothschedule_app";

impl Config {
    /// Reads the environment, after a `.env` file in the working directory if there is one.
    pub fn from_env() -> Result<Self> {
        let _ = dotenvy::dotenv();
        let debug = flag("DEBUG")?;
        let secret = match text("SECRET_KEY") {
            Some(key) => SecretKey::new(&key)?,
            None => bail!(
                "SECRET_KEY is not set: keys and the database password of the server are derived from it. Set it to the output of `openssl rand -hex 32`"
            ),
        };
        let owner = owner_options()?;
        let app = app_options(&owner, &secret);
        let base = base_domain(debug)?;
        let clock = match text("CLOCK_START") {
            None => Clock::default(),
            Some(_) if !debug => bail!("CLOCK_START is for development: unset it, or set DEBUG=1"),
            Some(start) => Clock::starting_at(
                start
                    .parse()
                    .with_context(|| format!("CLOCK_START is '{start}': give an instant like 2026-12-01T08:00:00Z"))?,
            ),
        };
        let trusted_proxies = text("TRUSTED_PROXIES")
            .unwrap_or_default()
            .split(',')
            .map(str::trim)
            .filter(|t| !t.is_empty())
            .map(|t| t.parse().with_context(|| format!("TRUSTED_PROXIES names '{t}', which is not an IP address")))
            .collect::<Result<_>>()?;
        let smtp =
            text("SMTP_URL").map(|url| (url, text("MAIL_FROM").unwrap_or_else(|| format!("no-reply@{}", base.host))));
        let listen = text("LISTEN").or_else(|| text("LEPTOS_SITE_ADDR")).unwrap_or_else(|| "127.0.0.1:3000".into());
        Ok(Self {
            owner,
            app,
            pool_size: number("DATABASE_POOL", 16)?,
            pool_wait: Duration::from_secs(10),
            secret,
            debug,
            base,
            listen: listen
                .parse()
                .with_context(|| format!("LISTEN is '{listen}': give an address like 127.0.0.1:3000"))?,
            trusted_proxies,
            clock,
            site_root: text("LEPTOS_SITE_ROOT").unwrap_or_else(|| "target/site".into()).into(),
            logs: text("LOG_DIR").unwrap_or_else(|| "logs".into()).into(),
            smtp,
            without_worker: flag("WITHOUT_WORKER")?,
        })
    }

    /// The password of the server's login: derived, so that there is one secret to keep.
    pub fn app_password(secret: &SecretKey) -> String {
        secret.mac("database-login", b"").iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// How the server logs in to the database that `owner` owns.
pub fn app_options(owner: &PgConnectOptions, secret: &SecretKey) -> PgConnectOptions {
    owner.clone().username(APP_ROLE).password(&Config::app_password(secret)).application_name("smoothschedule")
}

fn owner_options() -> Result<PgConnectOptions> {
    if let Some(url) = text("DATABASE_URL") {
        // The text of the error could show the password, so it is not passed on.
        return PgConnectOptions::from_str(&url).map_err(|_| {
            anyhow::anyhow!("DATABASE_URL cannot be read: give it like postgres://user:password@host:5432/database")
        });
    }
    let Some(name) = text("POSTGRES_DB") else {
        bail!(
            "no database is named: set DATABASE_URL, or POSTGRES_DB with POSTGRES_USER, POSTGRES_PASSWORD, POSTGRES_HOST and POSTGRES_PORT. `make run` sets up a private one"
        )
    };
    let mut options = PgConnectOptions::new_without_pgpass()
        .database(&name)
        .host(&text("POSTGRES_HOST").unwrap_or_else(|| "127.0.0.1".into()))
        .port(number("POSTGRES_PORT", 5432)?)
        .username(&text("POSTGRES_USER").unwrap_or_else(|| name.clone()));
    if let Some(password) = text("POSTGRES_PASSWORD") {
        options = options.password(&password);
    }
    Ok(options)
}

fn base_domain(debug: bool) -> Result<BaseDomain> {
    let given = match text("BASE_DOMAIN") {
        Some(given) => given,
        None if debug => "localhost:3000".into(),
        None => bail!("BASE_DOMAIN is not set: name the domain that the sites hang from, such as example.com"),
    };
    let (host, port) = match given.rsplit_once(':') {
        Some((host, port)) => {
            (host, Some(port.parse().with_context(|| format!("BASE_DOMAIN is '{given}': its port is not a number"))?))
        }
        None => (given.as_str(), None),
    };
    Ok(BaseDomain { host: host.to_lowercase(), port, https: !debug })
}

fn text(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.trim().is_empty())
}

fn flag(name: &str) -> Result<bool> {
    match text(name).as_deref() {
        None | Some("0" | "false" | "no") => Ok(false),
        Some("1" | "true" | "yes") => Ok(true),
        Some(other) => bail!("{name} is '{other}': set it to 1 or 0"),
    }
}

fn number<T: FromStr>(name: &str, default: T) -> Result<T> {
    match text(name) {
        None => Ok(default),
        Some(value) => {
            value.parse().map_err(|_| anyhow::anyhow!("{name} is '{value}', which is not a number that fits"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_long_and_never_printed() {
        assert!(SecretKey::new("short").is_err());
        let key = SecretKey::new(&"k".repeat(32)).expect("long enough");
        assert!(!format!("{key:?}").contains('k'));
        assert_ne!(key.mac("a", b"x"), key.mac("b", b"x"));
    }
}
