//! Handing letters to a mail server. Without one, they stay where they are: the inbox page of development shows them.

use super::store;
use crate::state::App;
use anyhow::{Context, Result};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
};

/// The way to the mail server.
#[derive(Clone)]
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Mailer {
    /// `url` as `SMTP_URL`: `smtp://host:25`, `smtps://user:password@host:465`.
    pub fn new(url: &str, from: &str) -> Result<Self> {
        // The text of the error could show the password, so it is not passed on.
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|_| anyhow::anyhow!("SMTP_URL cannot be read: give it like smtps://user:password@host:465"))?
            .build();
        let from =
            from.parse().with_context(|| format!("MAIL_FROM is '{from}': give an address like mail@example.com"))?;
        Ok(Self { transport, from })
    }

    async fn send(&self, row: &store::DueRow) -> Result<()> {
        // The business's name, the installation's address: what the recipient knows, from where we may send.
        let name = row.tenant.clone().unwrap_or_else(|| "SmoothSchedule".into());
        let message = Message::builder()
            .from(Mailbox::new(Some(name), self.from.email.clone()))
            .to(row.recipient.parse()?)
            .subject(&row.subject)
            .header(ContentType::TEXT_PLAIN)
            .body(row.body.clone())?;
        self.transport.send(message).await?;
        Ok(())
    }
}

/// Sends all letters that are due. Tells how many.
pub async fn deliver(app: &App) -> Result<usize> {
    let Some(mailer) = &app.mailer else { return Ok(0) };
    let mut sent = 0;
    loop {
        let mut tx = app.db.platform_job().await.map_err(|e| anyhow::anyhow!("{e}"))?;
        let Some(row) = store::take_due(tx.conn()?).await? else { return Ok(sent) };
        match mailer.send(&row).await {
            Ok(()) => {
                store::set_sent(tx.conn()?, row.id).await?;
                sent += 1;
            }
            Err(error) => {
                tracing::warn!(error = %error, mail.id = %row.id, attempt = row.attempts + 1, "a letter could not be sent");
                // A minute, then twice as long each time, at most half a day.
                let wait = (60.0 * 2_f64.powi(row.attempts.clamp(0, 10))).min(43_200.0);
                store::set_failed(tx.conn()?, row.id, &format!("{error:#}"), wait).await?;
            }
        }
        tx.done().await.map_err(|e| anyhow::anyhow!("{e}"))?;
    }
}
