//! Facts of a tenant that more than one room asks for.

use crate::text::{FieldProblem, line};
use serde::{Deserialize, Serialize};

/// Where a tenant stands. Only TRIAL and ACTIVE answer on their hosts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum TenantStatus {
    /// New, with a term to decide.
    Trial,
    /// In business.
    Active,
    /// Switched off by the platform; nothing is lost.
    Suspended,
    /// Gone for good.
    Closed,
}

impl TenantStatus {
    /// All of them, in the order of a tenant's life.
    pub const ALL: [Self; 4] = [Self::Trial, Self::Active, Self::Suspended, Self::Closed];

    /// Whether the tenant's hosts answer at all.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Trial | Self::Active)
    }

    /// The name in the database and on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Trial => "TRIAL",
            Self::Active => "ACTIVE",
            Self::Suspended => "SUSPENDED",
            Self::Closed => "CLOSED",
        }
    }

    /// Reads the name that [`Self::as_str`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.as_str() == text)
    }

    /// The status as people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Trial => "Trial",
            Self::Active => "Active",
            Self::Suspended => "Suspended",
            Self::Closed => "Closed",
        }
    }
}

/// What a tenant pays for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Tier {
    /// No charge.
    Free,
    /// One location, a small team.
    Professional,
    /// Several locations.
    Business,
    /// By contract.
    Enterprise,
}

/// How much of everything a tier covers; `None` is without limit.
///
/// A limit stops the next one. What is there already stays and works, also after a change to a smaller tier.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Limits {
    /// Active owners, managers and staff. Customers do not count.
    pub team_members: Option<u32>,
    /// Services that can be booked.
    pub services: Option<u32>,
    /// Staff, rooms and equipment that can be booked.
    pub resources: Option<u32>,
    /// Hosts of its own, proven or not.
    pub custom_domains: Option<u32>,
}

/// Whether one more fits, where there are `have` already.
pub fn fits_one_more(limit: Option<u32>, have: u64) -> bool {
    limit.is_none_or(|most| have < u64::from(most))
}

impl Tier {
    /// All of them, smallest first.
    pub const ALL: [Self; 4] = [Self::Free, Self::Professional, Self::Business, Self::Enterprise];

    /// The name in the database and on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Free => "FREE",
            Self::Professional => "PROFESSIONAL",
            Self::Business => "BUSINESS",
            Self::Enterprise => "ENTERPRISE",
        }
    }

    /// Reads the name that [`Self::as_str`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|t| t.as_str() == text)
    }

    /// The tier as people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Free => "Free",
            Self::Professional => "Professional",
            Self::Business => "Business",
            Self::Enterprise => "Enterprise",
        }
    }

    /// What it covers. The server asks before it adds, so a limit is no promise of the page alone.
    pub fn limits(self) -> Limits {
        let up_to = |team_members, services, resources, custom_domains| Limits {
            team_members: Some(team_members),
            services: Some(services),
            resources: Some(resources),
            custom_domains: Some(custom_domains),
        };
        match self {
            Self::Free => up_to(5, 10, 10, 1),
            Self::Professional => up_to(20, 50, 50, 3),
            Self::Business => up_to(100, 250, 250, 10),
            Self::Enterprise => Limits { team_members: None, services: None, resources: None, custom_domains: None },
        }
    }
}

/// Labels that are, or may become, hosts of the platform itself, or that mail and browsers look for on their own.
#[rustfmt::skip]
const RESERVED: &[&str] = &[
    "about", "account", "accounts", "admin", "api", "app", "assets", "auth", "autoconfig", "autodiscover",
    "billing", "blog", "cdn", "docs", "ftp", "help", "imap", "localhost", "login", "mail", "media", "mx", "ns1",
    "ns2", "platform", "pop", "root", "security", "smtp", "static", "status", "support", "system", "webmail",
    "wpad", "www",
];

/// The label of a tenant's host: lower-case letters, digits and hyphens inside, at most 63 (RFC 1035, 2.3.1), and none
/// that is the platform's. Two hyphens in third place mark an encoded name (RFC 5891, 4.2.3.1), which could look like
/// another's.
pub fn parse_slug(text: &str) -> Result<String, FieldProblem> {
    let text = text.trim();
    if text.is_empty() {
        return Err(FieldProblem::Missing);
    }
    if text.len() > 63 {
        return Err(FieldProblem::TooLong(63));
    }
    let is_label = text.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-'))
        && !text.starts_with('-')
        && !text.ends_with('-')
        && text.get(2..4) != Some("--");
    match is_label {
        false => Err(FieldProblem::NotALabel),
        true if RESERVED.contains(&text) => Err(FieldProblem::Reserved),
        true => Ok(text.to_owned()),
    }
}

/// The name of a business.
pub fn parse_name(text: &str) -> Result<String, FieldProblem> {
    line(text, 120)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs() {
        let longest = "a".repeat(63);
        for good in ["a", "demo", " salon-aurora ", "4ever", "a-b--c", &longest] {
            assert_eq!(parse_slug(good).as_deref(), Ok(good.trim()), "{good}");
        }
        for bad in ["-a", "a-", "Aurora", "a_b", "a.b", "xn--aurra-vua", "münchen", "a b", "a/b"] {
            assert_eq!(parse_slug(bad), Err(FieldProblem::NotALabel), "{bad}");
        }
        assert_eq!(parse_slug(" "), Err(FieldProblem::Missing));
        assert_eq!(parse_slug(&"a".repeat(64)), Err(FieldProblem::TooLong(63)));
        for reserved in ["platform", "www", "api"] {
            assert_eq!(parse_slug(reserved), Err(FieldProblem::Reserved), "{reserved}");
        }
    }

    #[test]
    fn a_larger_tier_covers_no_less() {
        let counts = |tier: Tier| {
            let Limits { team_members, services, resources, custom_domains } = tier.limits();
            [team_members, services, resources, custom_domains].map(|limit| limit.unwrap_or(u32::MAX))
        };
        for pair in Tier::ALL.windows(2) {
            let (smaller, larger) = (counts(pair[0]), counts(pair[1]));
            assert!(smaller.iter().zip(larger).all(|(s, l)| *s < l), "{pair:?}");
        }
    }

    #[test]
    fn a_limit_stops_the_next_one() {
        assert!(fits_one_more(Some(5), 4));
        assert!(!fits_one_more(Some(5), 5));
        assert!(!fits_one_more(Some(0), 0));
        assert!(fits_one_more(None, u64::MAX));
    }
}
