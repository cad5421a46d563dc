//! A copy of all that is stored about a customer, as a file for people and programs. The team's notes are the business's.

use super::store::{self, CustomerRow, ExportRow, HistoryRow};
use crate::{
    error::Failure,
    identity::entry,
    mail,
    state::{App, origin},
};
use app::{error::AppError, request::RequestContext};
use domain::{
    audit::{AuditAction, AuditEntry},
    ids::CustomerId,
    own::without_secrets,
    policy::{ExportOwnData, authorize},
};
use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

/// The file.
#[derive(Serialize)]
pub(super) struct Export {
    business: String,
    time_zone: String,
    exported_at: Timestamp,
    profile: Profile,
    account: Account,
    appointments: Vec<Appointment>,
    letters: Vec<Letter>,
}

#[derive(Serialize)]
struct Profile {
    name: String,
    email: String,
    phone: Option<String>,
    known_since: Timestamp,
}

#[derive(Serialize)]
struct Account {
    name: String,
    email: String,
    created_at: Timestamp,
    last_signed_in_at: Option<Timestamp>,
    has_password: bool,
}

#[derive(Serialize)]
struct Appointment {
    reference: String,
    service: String,
    status: String,
    starts_at: Timestamp,
    ends_at: Timestamp,
    price_minor: Option<i64>,
    currency: String,
    booked_at: Timestamp,
    booked_by_way_of: String,
    contact_name: String,
    contact_phone: Option<String>,
    notes: String,
    cancelled_by: Option<String>,
    cancelled_at: Option<Timestamp>,
    cancel_reason: Option<String>,
    history: Vec<Step>,
}

#[derive(Serialize)]
struct Step {
    at: Timestamp,
    action: String,
    starts_at: Timestamp,
    ends_at: Timestamp,
    with: Vec<String>,
}

#[derive(Serialize)]
struct Letter {
    subject: String,
    text: String,
    written_at: Timestamp,
    sent_at: Option<Timestamp>,
}

/// Makes the file. That it was made is written down.
pub(super) async fn export(app: &App, cx: &RequestContext, me: CustomerRow) -> Result<Export, Failure> {
    let tenant = cx.tenant()?;
    let _permit = authorize::<ExportOwnData>(&cx.actor, &tenant.id)?;
    let person = cx.actor.person().ok_or(AppError::SignedOut)?;
    let customer = CustomerId(me.id);
    let (account, letters) = {
        let mut read = app.db.platform_read().await?;
        let account = entry::store::find_own(read.conn(), person.user).await?.ok_or(AppError::NotFound)?;
        (account, mail::store::list_to(read.conn(), tenant.id, &me.email.to_lowercase()).await?)
    };
    let mut tx = app.write(cx).await?;
    let rows = store::list_for_export(&mut tx, customer).await?;
    let history = store::list_history(&mut tx, customer).await?;
    let entry = AuditEntry::by(&cx.actor, AuditAction::OwnDataExported, format!("customer/{customer}"));
    tx.commit(&origin(cx), entry).await?;
    Ok(Export {
        business: tenant.name.clone(),
        time_zone: tenant.zone.iana_name().unwrap_or("UTC").to_owned(),
        exported_at: cx.now,
        profile: Profile { name: me.name, email: me.email, phone: me.phone, known_since: me.created_at.to_jiff() },
        account: Account {
            name: account.name,
            email: account.email,
            created_at: account.created_at.to_jiff(),
            last_signed_in_at: account.last_login_at.map(|at| at.to_jiff()),
            has_password: account.has_password,
        },
        appointments: rows.into_iter().map(|row| appointment(row, &history)).collect(),
        letters: letters
            .into_iter()
            .map(|row| Letter {
                subject: row.subject,
                text: without_secrets(&row.body),
                written_at: row.created_at.to_jiff(),
                sent_at: row.sent_at.map(|at| at.to_jiff()),
            })
            .collect(),
    })
}

fn appointment(row: ExportRow, history: &[HistoryRow]) -> Appointment {
    Appointment {
        history: steps(row.id, history),
        reference: row.reference,
        service: row.service,
        status: row.status,
        starts_at: row.starts_at.to_jiff(),
        ends_at: row.ends_at.to_jiff(),
        price_minor: row.price_minor,
        currency: row.currency,
        booked_at: row.created_at.to_jiff(),
        booked_by_way_of: row.source,
        contact_name: row.contact_name,
        contact_phone: row.contact_phone,
        notes: row.notes,
        cancelled_by: row.cancelled_by,
        cancelled_at: row.cancelled_at.map(|at| at.to_jiff()),
        cancel_reason: row.cancel_reason,
    }
}

fn steps(appointment: Uuid, history: &[HistoryRow]) -> Vec<Step> {
    let own = history.iter().filter(|row| row.appointment_id == appointment);
    own.map(|row| Step {
        at: row.at.to_jiff(),
        action: row.action.clone(),
        starts_at: row.starts_at.to_jiff(),
        ends_at: row.ends_at.to_jiff(),
        with: row.resource_names.clone(),
    })
    .collect()
}
