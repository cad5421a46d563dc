//! Links that set a password: for those who are invited, and those who forgot theirs.
//!
//! A link goes to the host that the person signs in on, as the registry names it; never to the host that a request came
//! in by, which whoever asks can choose.

use super::store;
use crate::{
    error::Failure,
    mail::{self, Letter},
    state::App,
    tenancy::AuditOrigin,
};
use app::error::AppError;
use domain::{
    actor::Actor,
    audit::{AuditAction, AuditEntry},
    ids::{TenantId, UserId},
};
use rand::RngCore;
use sha2::{Digest, Sha256};
use sqlx::PgConnection;

/// The fewest characters of a password (NIST SP 800-63B asks for 8 at least, and for 15 where it is the only factor;
/// 12 is what people bear without writing it down).
pub const SHORTEST_PASSWORD: usize = 12;
/// The most; hashing a megabyte is work for nothing.
pub const LONGEST_PASSWORD: usize = 256;

/// What a link is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purpose {
    /// A first password; good for a week.
    Invitation,
    /// Another password; good for an hour.
    Reset,
}

impl Purpose {
    /// The name in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Invitation => "INVITATION",
            Self::Reset => "RESET",
        }
    }

    fn hours(self) -> i32 {
        match self {
            Self::Invitation => 7 * 24,
            Self::Reset => 1,
        }
    }
}

/// A secret of 256 bits, in letters and digits.
pub(crate) fn secret() -> String {
    let mut bytes = [0_u8; 32];
    rand::rng().fill_bytes(&mut bytes);
    base32::encode(base32::Alphabet::Rfc4648Lower { padding: false }, &bytes)
}

/// What is kept of a secret.
pub(crate) fn hash_of(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}

/// Whom a link is for.
pub(crate) struct Invitee<'a> {
    pub user: UserId,
    pub name: &'a str,
    pub email: &'a str,
    pub tenant: Option<TenantId>,
}

/// Makes a link and the letter that carries it, in the caller's transaction. Gives the link.
pub(crate) async fn write(
    app: &App,
    conn: &mut PgConnection,
    to: &Invitee<'_>,
    purpose: Purpose,
) -> Result<String, Failure> {
    let base = &app.config.base;
    let (host, whose) = match to.tenant {
        Some(tenant) => {
            let route = app.routes.by_id(tenant).ok_or(AppError::NotFound)?;
            (route.primary_host.clone(), route.name.clone())
        }
        None => (base.sub("platform"), "the SmoothSchedule platform".to_owned()),
    };
    let token = secret();
    store::replace_link(conn, to.user, &hash_of(&token), purpose.as_str(), purpose.hours()).await?;
    let url = format!("{}/join?token={token}", base.url(&host));
    let (subject, text) = match purpose {
        Purpose::Invitation => (
            format!("You are invited to {whose}"),
            format!(
                "You have been invited to {whose}.\n\nChoose a password here, within a week:\n\n{url}\n\nIf you do not know what this is about, ignore this letter: nothing happens then."
            ),
        ),
        Purpose::Reset => (
            format!("A new password for {whose}"),
            format!(
                "Somebody, probably you, asked for a new password for {whose}.\n\nChoose it here, within an hour:\n\n{url}\n\nIf it was not you, ignore this letter: your password stays as it is."
            ),
        ),
    };
    let letter = Letter {
        tenant: to.tenant,
        recipient: to.email.to_owned(),
        subject,
        body: format!("Hello {},\n\n{text}\n", to.name),
    };
    mail::store::insert(conn, &letter).await?;
    Ok(url)
}

/// Invites a person who is there already; for the command line. Gives the link.
pub async fn invite(app: &App, user: UserId) -> Result<String, Failure> {
    app.routes.refresh(&app.db).await?;
    let mut tx = app.db.platform().await?;
    let person = crate::people::store::find(tx.conn()?, user.0).await?.ok_or(AppError::NotFound)?;
    let to = Invitee { user, name: &person.name, email: &person.email, tenant: person.tenant_id.map(TenantId) };
    let url = write(app, tx.conn()?, &to, Purpose::Invitation).await?;
    let mut entry = AuditEntry::by(&Actor::Visitor, AuditAction::UserInvited, format!("user/{user}"));
    entry.subject = Some(user);
    entry.tenant = person.tenant_id.map(TenantId);
    tx.commit(&AuditOrigin::default(), entry).await?;
    Ok(url)
}
