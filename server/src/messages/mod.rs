//! Letters about appointments: written in the transaction that changes them, sent after it. And calendars to subscribe to.

mod feed;
mod ics;
pub(crate) mod store;
pub mod web;

use crate::{booking::link_key, error::Failure, state::App, tenancy::TenantTx};
use app::{error::AppError, request::RequestContext};
use domain::{
    booking::deadline,
    ids::AppointmentId,
    letter::{self, Facts, LetterKind, Sender},
    money,
    text::Email,
};
use ics::{Entry, Method, Party};
use jiff::{Timestamp, tz::TimeZone};
use store::{FactsRow, NewLetter};

/// The kind that is looked at again before it goes out.
pub(crate) const REMINDER: &str = "REMINDER";

/// What happened to an appointment, as its customer is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum News {
    /// Booked and agreed.
    Booked,
    /// Asked for; the business has yet to say yes.
    Requested,
    /// The business said yes.
    Confirmed,
    /// The business said no.
    Declined,
    /// Another time, or another person.
    Moved,
    /// The same, and the team chose not to say so: reminders follow all the same.
    MovedQuietly,
    /// Called off, by either side.
    Cancelled,
    /// Over: it took place, or nobody came. Nobody is written to; reminders are withdrawn.
    Over,
}

impl News {
    fn kind(self) -> Option<LetterKind> {
        match self {
            Self::Booked => Some(LetterKind::Booked),
            Self::Requested => Some(LetterKind::Requested),
            Self::Confirmed => Some(LetterKind::Confirmed),
            Self::Declined => Some(LetterKind::Declined),
            Self::Moved => Some(LetterKind::Moved),
            Self::Cancelled => Some(LetterKind::Cancelled),
            Self::Over | Self::MovedQuietly => None,
        }
    }
}

/// Writes what `news` calls for into the outbox, in the caller's transaction: the letter to the customer now, the
/// reminder for later, and nothing of what was to be sent about an earlier version of the appointment.
///
/// Called after everything else of the change is written, since it reads it. Each change that raises the version of an
/// appointment calls it: a reminder goes out for the version that it was written for, and for no other.
pub async fn tell(
    app: &App,
    cx: &RequestContext,
    tx: &mut TenantTx,
    appointment: AppointmentId,
    news: News,
) -> Result<(), Failure> {
    let row = store::find_facts(tx, appointment).await?.ok_or(AppError::NotFound)?;
    if row.version > 1 {
        store::withdraw(tx, appointment, row.version, "The booking was changed meanwhile").await?;
    }
    if news == News::Over {
        return Ok(());
    }
    // Addresses are checked where they are typed; what came in by another way is not written to.
    if row.is_anonymised || Email::parse(&row.email).is_err() {
        return Ok(());
    }
    let about = About::new(app, cx, appointment, row)?;
    if let Some(kind) = news.kind() {
        let written = letter::write(kind, &about.facts, cx.now);
        let calendar = about.invitation(app, cx.now, kind);
        let calendar = calendar.as_ref().map(|(file, method)| (file.as_str(), method.as_str()));
        let new = about.letter(kind, &written);
        store::post(tx, &NewLetter { calendar, ..new }).await?;
    }
    if let Some(due) = about.reminder_at(cx.now) {
        // As it will be true when it goes out.
        let written = letter::write(LetterKind::Reminder, &about.facts, due);
        let new = about.letter(LetterKind::Reminder, &written);
        store::post(tx, &NewLetter { due: Some((due, about.row.starts_at.to_jiff())), ..new }).await?;
    }
    Ok(())
}

/// Removes all letters about some appointments, sent or not: for a customer who has the own data deleted.
pub async fn forget(tx: &mut TenantTx, appointments: &[AppointmentId]) -> Result<(), Failure> {
    let ids: Vec<_> = appointments.iter().map(|id| id.0).collect();
    Ok(store::forget(tx, &ids).await?)
}

/// An appointment, and what letters and calendars say of it.
struct About {
    id: AppointmentId,
    row: FactsRow,
    facts: Facts,
    /// Where letters come from.
    from: String,
}

impl About {
    fn new(app: &App, cx: &RequestContext, id: AppointmentId, row: FactsRow) -> Result<Self, Failure> {
        let tenant = cx.tenant()?;
        let route = app.routes.by_id(tenant.id).ok_or(AppError::NotFound)?;
        let site = app.config.base.url(&route.primary_host);
        let from = match &app.mailer {
            Some(mailer) => mailer.address().to_owned(),
            None => format!("no-reply@{}", app.config.base.host),
        };
        let facts = facts(&row, &tenant.name, &tenant.zone, &site, &link_key(app, tenant.id, id));
        Ok(Self { id, row, facts, from })
    }

    /// A letter to its customer.
    fn letter<'a>(&'a self, kind: LetterKind, written: &'a letter::Written) -> NewLetter<'a> {
        NewLetter {
            kind,
            appointment: self.id,
            version: self.row.version,
            recipient: &self.row.email,
            reply_to: self.row.contact_email.as_deref(),
            subject: &written.subject,
            text: &written.text,
            html: &written.html,
            calendar: None,
            due: None,
        }
    }

    /// When the reminder goes out: for what is agreed, if it is not that near already.
    fn reminder_at(&self, now: Timestamp) -> Option<Timestamp> {
        let minutes = self.row.reminder_minutes.filter(|_| self.row.status == "CONFIRMED")?;
        let due = deadline(self.row.starts_at.to_jiff(), u32::try_from(minutes).ok()?);
        (due > now).then_some(due)
    }

    /// The calendar file of a letter, where the customer's calendar is to change.
    fn invitation(&self, app: &App, now: Timestamp, kind: LetterKind) -> Option<(String, Method)> {
        let method = match kind {
            LetterKind::Booked | LetterKind::Confirmed | LetterKind::Moved if self.facts.is_agreed => Method::Request,
            LetterKind::Cancelled if self.row.was_agreed => Method::Cancel,
            _ => return None,
        };
        let file = ics::file(method, None, &[self.entry(app, now, method)]);
        Some((file, method))
    }

    fn entry(&self, app: &App, stamp: Timestamp, method: Method) -> Entry<'_> {
        let business = &self.facts.sender.name;
        let mut description = vec![format!("Reference {}", self.facts.reference)];
        if !self.facts.with.is_empty() {
            description.push(format!("With {}", self.facts.with.join(", ")));
        }
        description.extend(self.facts.sender.phone.clone());
        description.push(format!("See, move or call it off: {}", self.facts.link));
        // Who invites is the address that the letters come from, at all times: calendars take changes from nobody else. A
        // file to look at has no guests (RFC 5546, 3.2.1).
        let is_invitation = method != Method::Publish;
        Entry {
            uid: ics::uid(self.id, &app.config.base.host),
            sequence: self.row.version,
            stamp,
            starts: self.row.starts_at.to_jiff(),
            ends: self.row.ends_at.to_jiff(),
            summary: format!("{} - {business}", self.facts.service),
            description: description.join("\n"),
            location: &self.facts.sender.address,
            url: Some(&self.facts.link),
            status: ics::status(&self.row.status),
            organizer: Some(Party { name: business, address: &self.from }),
            attendee: is_invitation.then_some(Party { name: &self.facts.customer, address: &self.row.email }),
        }
    }
}

fn facts(row: &FactsRow, business: &str, zone: &TimeZone, site: &str, key: &str) -> Facts {
    let starts = row.starts_at.to_jiff();
    // A request that nobody has agreed to binds nobody.
    let is_agreed = row.status != "PENDING";
    let until = |minutes: i32| deadline(starts, u32::try_from(minutes).ok().filter(|_| is_agreed).unwrap_or(0));
    Facts {
        sender: Sender {
            name: business.to_owned(),
            email: row.contact_email.clone(),
            phone: row.contact_phone.clone(),
            address: row.address.clone(),
            colour: row.brand_colour.clone(),
        },
        customer: row.contact_name.clone(),
        service: row.service.clone(),
        reference: row.reference.clone(),
        starts: starts.to_zoned(zone.clone()),
        ends: row.ends_at.to_jiff().to_zoned(zone.clone()),
        before: row.before_at.map(|at| at.to_jiff().to_zoned(zone.clone())),
        with: row.staff.clone(),
        price: row.price_minor.map(|minor| money::label(minor, &row.currency)),
        is_agreed,
        is_held: row.holds,
        cancelled_by_customer: row.cancelled_by.as_deref() == Some("CUSTOMER"),
        reason: row.cancel_reason.clone(),
        move_until: until(row.reschedule_minutes),
        cancel_until: until(row.cancel_minutes),
        link: format!("{site}/booked/{key}"),
        site: format!("{site}/"),
    }
}
