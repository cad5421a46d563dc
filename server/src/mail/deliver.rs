//! Handing letters to a mail server. Without one, they stay where they are: the inbox page of development shows them.
//!
//! A letter's row stays locked while it is handed over, and is marked as sent in the same transaction. So two workers
//! never hold the same letter, a worker that dies gives its letter up in the same instant, and none is lost. What is left
//! is the moment between the mail server's yes and our commit: who dies there, sends it again, with the same Message-ID.
//! Marking first would turn that moment into letters that nobody ever gets, which is the worse of the two.

use super::{message, store};
use crate::{messages, state::App};
use anyhow::{Context, Result};
use domain::ids::{AppointmentId, TenantId};
use jiff::{SignedDuration, Timestamp, ToSpan};
use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::Mailbox,
    transport::smtp::{self, response::Category},
};
use std::time::Duration;

/// The longest that a mail server may take. Below `idle_in_transaction_session_timeout` (15 s), at which the database would
/// end the transaction that holds the letter, and give it to another worker.
const PATIENCE: Duration = Duration::from_secs(10);
/// How much of it may have gone by before a letter is handed over.
const PREPARED_WITHIN: Duration = Duration::from_secs(3);
/// How often a letter is tried that the mail server refuses for good, as far as it says: for half an hour, since it may be
/// our own settings that are wrong, and be mended meanwhile.
const TRIES_IF_REFUSED: i32 = 6;
/// How often any other: for a day and a half.
const TRIES: i32 = 12;
/// How long letters are kept after they were sent, or came to nothing.
const KEPT_DAYS: i32 = 90;

/// The way to the mail server.
#[derive(Clone)]
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Address,
}

impl Mailer {
    /// `url` as `SMTP_URL`: `smtp://host:25`, `smtps://user:password@host:465`.
    pub fn new(url: &str, from: &str) -> Result<Self> {
        // The text of the error could show the password, so it is not passed on.
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|_| anyhow::anyhow!("SMTP_URL cannot be read: give it like smtps://user:password@host:465"))?
            .timeout(Some(PATIENCE))
            .build();
        let from: Mailbox =
            from.parse().with_context(|| format!("MAIL_FROM is '{from}': give an address like mail@example.com"))?;
        Ok(Self { transport, from: from.email })
    }

    /// The address that letters come from.
    pub fn address(&self) -> &str {
        self.from.as_ref()
    }

    async fn send(&self, message: Message) -> Result<(), Refusal> {
        let is_plain = message.envelope().to().iter().all(|address| AsRef::<str>::as_ref(address).is_ascii());
        match tokio::time::timeout(PATIENCE, self.transport.send(message)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(Refusal::of(&error, is_plain)),
            Err(_) => Err(Refusal { says: "the mail server did not answer in time".into(), whose: Whose::Server }),
        }
    }
}

/// Why a letter was not taken.
struct Refusal {
    says: String,
    whose: Whose,
}

/// Whether the letter is to blame, or whoever should have taken it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whose {
    /// It was looked at, and refused for good.
    Letter,
    /// It was looked at, and refused for now.
    Moment,
    /// The server is not there, or lets nobody in: the next letter would not fare better.
    Server,
}

impl Refusal {
    fn of(error: &smtp::Error, is_plain: bool) -> Self {
        let whose = match error.status() {
            // 535 and its like say of us that we may not, not of the letter.
            Some(code) if error.is_permanent() && code.category != Category::Unspecified3 => Whose::Letter,
            Some(_) if error.is_transient() => Whose::Moment,
            Some(_) => Whose::Server,
            // An address in another script, which not every server takes.
            None if error.is_client() && !is_plain => Whose::Letter,
            None => Whose::Server,
        };
        Self { says: error.to_string(), whose }
    }
}

/// Sends all letters that are due, until there are none or `is_stopping` says so. Tells how many.
pub async fn deliver(app: &App, is_stopping: impl Fn() -> bool) -> Result<usize> {
    let Some(mailer) = &app.mailer else { return Ok(0) };
    let mut sent = 0;
    while !is_stopping() {
        match deliver_one(app, mailer).await? {
            Done::Nothing => break,
            Done::Sent => sent += 1,
            Done::NotSent => {}
            // The rest waits for the next turn instead of being tried in vain, letter by letter.
            Done::NoServer => break,
        }
    }
    Ok(sent)
}

enum Done {
    Nothing,
    Sent,
    NotSent,
    NoServer,
}

async fn deliver_one(app: &App, mailer: &Mailer) -> Result<Done> {
    let now = app.config.clock.now();
    let mut tx = app.db.platform_job().await.map_err(|e| anyhow::anyhow!("{e}"))?;
    let Some(row) = store::take_due(tx.conn()?, now).await? else { return Ok(Done::Nothing) };
    let taken = tokio::time::Instant::now();
    // One business whose rows cannot be read is no reason to keep the others waiting.
    let fate = judge(app, &row, now).await.unwrap_or_else(|error| {
        tracing::warn!(error = %format!("{error:#}"), mail.id = %row.id, "a letter could not be looked at, and is put off");
        Fate::Later(1)
    });
    let fate = if taken.elapsed() > PREPARED_WITHIN { Fate::Later(1) } else { fate };
    let done = match fate {
        Fate::Void(reason) => {
            store::set_void(tx.conn()?, row.id, reason).await?;
            Done::NotSent
        }
        Fate::Later(minutes) => {
            store::set_later(tx.conn()?, row.id, now + minutes.minutes()).await?;
            Done::NotSent
        }
        Fate::Send => match message::build(&row, &mailer.from, &app.config.base.host) {
            Err(error) => {
                tracing::warn!(error = %format!("{error:#}"), mail.id = %row.id, "a letter cannot be sent to anybody");
                store::set_void(tx.conn()?, row.id, &format!("It cannot be sent: {error:#}")).await?;
                Done::NotSent
            }
            Ok(message) => match mailer.send(message).await {
                Ok(()) => {
                    store::set_sent(tx.conn()?, row.id).await?;
                    Done::Sent
                }
                Err(refusal) => {
                    note_failure(&mut tx, &row, &refusal, now).await?;
                    if refusal.whose == Whose::Server { Done::NoServer } else { Done::NotSent }
                }
            },
        },
    };
    tx.done().await.map_err(|e| anyhow::anyhow!("{e}"))?;
    Ok(done)
}

async fn note_failure(
    tx: &mut crate::tenancy::PlatformJob,
    row: &store::DueRow,
    refusal: &Refusal,
    now: Timestamp,
) -> Result<()> {
    let tried = row.attempts + 1;
    tracing::warn!(error = refusal.says, mail.id = %row.id, attempt = tried, "a letter could not be sent");
    // A minute, then twice as long each time, at most half a day.
    let wait = SignedDuration::from_mins(1_i64 << row.attempts.clamp(0, 10)).min(SignedDuration::from_hours(12));
    store::set_failed(tx.conn()?, row.id, &refusal.says, now.saturating_add(wait)?).await?;
    if tried >= if refusal.whose == Whose::Letter { TRIES_IF_REFUSED } else { TRIES } {
        let reason = format!("Given up after {tried} tries: {}", refusal.says);
        store::set_void(tx.conn()?, row.id, &reason).await?;
    }
    Ok(())
}

/// What is to become of a letter whose time has come.
enum Fate {
    Send,
    Void(&'static str),
    /// Looked at again after so many minutes.
    Later(i64),
}

/// Looks again whether what a letter says still holds: it may have waited for weeks, or been passed by when it was to be
/// withdrawn.
async fn judge(app: &App, row: &store::DueRow, now: Timestamp) -> Result<Fate> {
    if row.is_late {
        return Ok(Fate::Void("Its time has passed"));
    }
    if row.is_overtaken {
        return Ok(Fate::Void("A later letter says otherwise"));
    }
    let (Some(tenant), Some(appointment), Some(version)) = (row.tenant_id, row.appointment_id, row.version) else {
        return Ok(Fate::Send);
    };
    // A business that is switched off, or not yet brought up to this version, does not answer, and its links would not.
    let Some(route) = app.routes.by_id(TenantId(tenant)) else { return Ok(Fate::Later(15)) };
    let mut read = app.db.read(&route).await.map_err(|e| anyhow::anyhow!("{e}"))?;
    let standing = messages::store::standing(&mut read, AppointmentId(appointment)).await?;
    Ok(match standing {
        None => Fate::Void("The booking is not there any more"),
        Some(standing) if standing.is_anonymised => Fate::Void("The customer's data was deleted"),
        Some(_) if row.kind != messages::REMINDER => Fate::Send,
        Some(standing) if standing.version != version => Fate::Void("The booking was changed meanwhile"),
        Some(standing) if standing.status != "CONFIRMED" => Fate::Void("The booking does not stand any more"),
        Some(standing) if standing.starts_at.to_jiff() <= now => Fate::Void("Its time has passed"),
        Some(_) => Fate::Send,
    })
}

/// Removes letters that are long done with.
pub async fn sweep(app: &App) -> Result<u64> {
    let mut tx = app.db.platform_job().await.map_err(|e| anyhow::anyhow!("{e}"))?;
    let removed = store::delete_done(tx.conn()?, KEPT_DAYS).await?;
    tx.done().await.map_err(|e| anyhow::anyhow!("{e}"))?;
    Ok(removed)
}
