//! Limits of failed logins, so that nobody tries passwords for long, and nobody locks another one out.
//!
//! - An *address* that has failed [`PER_ADDRESS`] times within [`WINDOW`] is told to wait before its password is looked
//!   at: there is no owner of an address.
//! - An *account* that has been failed at [`PER_ACCOUNT`] times tells wrong passwords to wait, but the right one still
//!   opens: its owner does not pay for what strangers try. Beyond [`ACCOUNT_LOCK`] only browsers are let in that have
//!   signed in there before.
//! - A *browser* that has signed in to an account before carries a signed cookie that says so. It has a count of its
//!   own, apart from the other two.
//!
//! Counts are kept in the database, so that nodes count together, under keyed hashes that name nobody.

use super::store;
use crate::{config::SecretKey, error::Failure, state::App};
use std::{net::IpAddr, time::Duration};

/// How long a failure counts.
pub const WINDOW: Duration = Duration::from_secs(15 * 60);
/// Failures of an address until it has to wait.
pub const PER_ADDRESS: i64 = 30;
/// Failures at an account until wrong passwords have to wait.
pub const PER_ACCOUNT: i64 = 10;
/// Failures at an account until only known browsers are let in.
pub const ACCOUNT_LOCK: i64 = 100;
/// Failures of a known browser until it has to wait.
pub const PER_BROWSER: i64 = 10;

/// What a login is counted under.
pub struct Attempt {
    address: Option<Vec<u8>>,
    account: Vec<u8>,
    browser: Option<Vec<u8>>,
}

/// What the counts say.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// Look at the password.
    Check,
    /// Look at it; if it is wrong, say how many seconds to wait.
    CheckButWait(u32),
    /// Do not look at it; so many seconds.
    Wait(u32),
}

impl Attempt {
    /// `known_browser` is what the cookie says, if it is ours and this account's.
    pub fn new(key: &SecretKey, email_key: &str, ip: Option<IpAddr>, known_browser: Option<&str>) -> Self {
        Self::counted("", key, email_key, ip, known_browser)
    }

    fn counted(kind: &str, key: &SecretKey, email_key: &str, ip: Option<IpAddr>, known_browser: Option<&str>) -> Self {
        let mac = |what: &str, of: &str| key.mac("login-failure", format!("{kind}{what} {of}").as_bytes()).to_vec();
        Self {
            // One who has an IPv6 network has 2^64 addresses in it.
            address: ip.map(|ip| match ip {
                IpAddr::V4(ip) => mac("address", &ip.to_string()),
                IpAddr::V6(ip) => mac("network", &format!("{:?}", &ip.segments()[..4])),
            }),
            account: mac("account", email_key),
            browser: known_browser.map(|id| mac("browser", id)),
        }
    }

    /// What asking for a letter is counted under: apart from failed logins, so that nobody is kept from a password by
    /// letters that somebody else asks for. The same whether the address is known or not.
    pub fn letter(key: &SecretKey, email_key: &str, ip: Option<IpAddr>) -> Self {
        Self::counted("letter-", key, email_key, ip, None)
    }

    /// Asks the counts.
    pub async fn verdict(&self, app: &App) -> Result<Verdict, Failure> {
        let mut read = app.db.platform_read().await?;
        let mut over = async |key: &[u8], most: i64| -> Result<Option<u32>, Failure> {
            let count = store::count_failures(read.conn(), key, WINDOW.as_secs_f64(), most).await?;
            Ok((count.failures >= most).then(|| u32::try_from(count.wait_seconds.max(1)).unwrap_or(60)))
        };
        if let Some(browser) = &self.browser {
            return Ok(over(browser, PER_BROWSER).await?.map_or(Verdict::Check, Verdict::Wait));
        }
        if let Some(address) = &self.address
            && let Some(wait) = over(address, PER_ADDRESS).await?
        {
            return Ok(Verdict::Wait(wait));
        }
        if let Some(wait) = over(&self.account, ACCOUNT_LOCK).await? {
            return Ok(Verdict::Wait(wait));
        }
        Ok(over(&self.account, PER_ACCOUNT).await?.map_or(Verdict::Check, Verdict::CheckButWait))
    }

    /// Counts a failure. Made before the password is looked at and taken back if it is right: tries that run at the same
    /// time see each other.
    pub async fn count(&self, app: &App) -> Result<(), Failure> {
        let mut read = app.db.platform_read().await?;
        let keys: Vec<Vec<u8>> = match &self.browser {
            Some(browser) => vec![browser.clone()],
            None => self.address.iter().chain([&self.account]).cloned().collect(),
        };
        Ok(store::add_failures(read.conn(), &keys).await?)
    }

    /// The password was right: what was counted for this try is taken back. Other failures stay, or one account of an
    /// attacker's own would wash the address clean.
    pub async fn forgive(&self, app: &App) -> Result<(), Failure> {
        let mut read = app.db.platform_read().await?;
        let keys: Vec<Vec<u8>> = match &self.browser {
            Some(browser) => vec![browser.clone()],
            None => self.address.iter().chain([&self.account]).cloned().collect(),
        };
        for key in keys {
            store::take_back_failure(read.conn(), &key).await?;
        }
        Ok(())
    }
}

/// The value of the cookie that marks a browser as known to an account.
pub fn browser_mark(key: &SecretKey, email_key: &str, id: &str) -> String {
    format!("{id}.{}", seal(key, email_key, id))
}

/// The id in a browser's cookie, if we have set it for this account.
pub fn known_browser<'a>(key: &SecretKey, email_key: &str, cookie: &'a str) -> Option<&'a str> {
    let (id, mac) = cookie.split_once('.')?;
    // Compared as hashes of both, so that the time tells nothing of where they differ.
    let same = key.mac("compare", mac.as_bytes()) == key.mac("compare", seal(key, email_key, id).as_bytes());
    same.then_some(id)
}

fn seal(key: &SecretKey, email_key: &str, id: &str) -> String {
    let mac = key.mac("known-browser", format!("{id} {email_key}").as_bytes());
    base32::encode(base32::Alphabet::Rfc4648Lower { padding: false }, &mac)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_known_to_the_account_that_it_signed_in_to() {
        let key = SecretKey::new(&"k".repeat(32)).expect("long enough");
        let cookie = browser_mark(&key, "ana@example.com", "id");
        assert_eq!(known_browser(&key, "ana@example.com", &cookie), Some("id"));
        assert_eq!(known_browser(&key, "bo@example.com", &cookie), None);
        assert_eq!(known_browser(&key, "ana@example.com", "id.forged"), None);
        assert_eq!(known_browser(&key, "ana@example.com", "nothing"), None);
    }
}
