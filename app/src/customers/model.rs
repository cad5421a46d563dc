//! What the pages of customers show.

use crate::{
    setup::model::Sent,
    ui::{form::FormError, list::Listing, moment::Moment},
};
use domain::{
    booking::AppointmentStatus,
    customer::{CustomerForm, import::Existing},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A customer in the list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CustomerRow {
    /// Which.
    pub id: Uuid,
    /// The name.
    pub name: String,
    /// May be empty.
    pub email: String,
    /// The number, if there is one.
    pub phone: Option<String>,
    /// The next appointment.
    pub next: Option<Moment>,
    /// The last one that took place.
    pub last: Option<Moment>,
    /// How many took place.
    pub visits: i64,
    /// How often nobody came.
    pub no_shows: i64,
}

/// The list of customers.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Customers {
    /// What was looked for.
    pub q: String,
    /// By name.
    pub list: Listing<CustomerRow>,
    /// `Berlin time (UTC+1)`.
    pub zone: String,
    /// Whether customers may be added, and taken over from a file.
    pub may_add: bool,
    /// The address of the same list as a file, for whoever may take it away.
    pub csv: Option<String>,
    /// Whether only those of the own appointments are shown.
    pub is_own_only: bool,
}

/// An appointment of a customer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Visit {
    /// Which.
    pub id: Uuid,
    /// When it begins.
    pub at: Moment,
    /// What was booked.
    pub service: String,
    /// With whom, or where.
    pub with: Vec<String>,
    /// Where it stands.
    pub status: AppointmentStatus,
    /// What people call it on the telephone.
    pub reference: String,
}

/// Somebody who may be the same person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Similar {
    /// Which.
    pub id: Uuid,
    /// The name.
    pub name: String,
    /// The address and the number.
    pub contact: String,
    /// `Same e-mail address`.
    pub why: &'static str,
}

/// What may be done to a customer by whoever looks.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct CustomerRights {
    /// Change name, address and number.
    pub edit: bool,
    /// Change the team's notes.
    pub notes: bool,
    /// Make one of this customer and another.
    pub merge: bool,
    /// Delete what names the customer.
    pub anonymise: bool,
}

/// A customer.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct CustomerPage {
    /// Which.
    pub id: Uuid,
    /// Of what is shown.
    pub version: i32,
    /// The name.
    pub name: String,
    /// May be empty.
    pub email: String,
    /// The number, if there is one.
    pub phone: Option<String>,
    /// Whether the customer signs in here.
    pub has_login: bool,
    /// Whether all that named the customer is deleted.
    pub is_anonymised: bool,
    /// Known since.
    pub since: Moment,
    /// The next appointment.
    pub next: Option<Moment>,
    /// The last one that took place.
    pub last: Option<Moment>,
    /// How many took place.
    pub visits: i64,
    /// How often nobody came.
    pub no_shows: i64,
    /// How many were called off.
    pub cancelled: i64,
    /// The latest first.
    pub history: Vec<Visit>,
    /// The address of the first part of the history, where this is another.
    pub newest: Option<String>,
    /// The address of what lies before.
    pub older: Option<String>,
    /// `Berlin time (UTC+1)`.
    pub zone: String,
    /// What is in the form of the notes.
    pub notes: String,
    /// Others with the same address or number.
    pub similar: Vec<Similar>,
    /// What may be done.
    pub rights: CustomerRights,
    /// What came of sending the notes.
    pub sent: Sent,
}

/// A customer to be added or changed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct CustomerFormPage {
    /// Which; `None` for a new one.
    pub id: Option<Uuid>,
    /// What they are called at present.
    pub name: String,
    /// Of what is shown.
    pub version: i32,
    /// What is in the form.
    pub form: CustomerForm,
    /// Whether the customer signs in with the address, so that nobody else may change it.
    pub has_login: bool,
    /// Others with the same address or number: saving has to be said once more.
    pub similar: Vec<Similar>,
    /// What came of sending it.
    pub sent: Sent,
}

/// One of two who may be one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MergeSide {
    /// Which.
    pub id: Uuid,
    /// Of what is shown.
    pub version: i32,
    /// The name.
    pub name: String,
    /// May be empty.
    pub email: String,
    /// The number, if there is one.
    pub phone: Option<String>,
    /// What the team has noted.
    pub notes: String,
    /// Whether the customer signs in here.
    pub has_login: bool,
    /// How many appointments there are.
    pub appointments: i64,
}

/// What is to become one, or with whom.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum MergeStep {
    /// Nobody is chosen yet: what was looked for, and who was found.
    Choose(String, Vec<Similar>),
    /// The other, who would be gone. `Err` says why that cannot be.
    Confirm(Box<MergeSide>, Result<(), String>),
}

/// Two customers who may be one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MergePage {
    /// The one who stays.
    pub keep: MergeSide,
    /// The other.
    pub step: MergeStep,
    /// Whether one of them was changed since the page was looked at.
    pub is_stale: bool,
}

/// Asking whether to delete what names a customer.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AnonymisePage {
    /// Which.
    pub id: Uuid,
    /// The name.
    pub name: String,
    /// How many appointments stay, without the name.
    pub appointments: i64,
    /// Whether the customer signs in here.
    pub has_login: bool,
    /// What is to come, and in the way.
    pub upcoming: Vec<Visit>,
    /// What was typed to confirm.
    pub typed: String,
    /// `Berlin time (UTC+1)`.
    pub zone: String,
    /// What is wrong with it.
    pub errors: Vec<FormError>,
}

/// The form that takes a file.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ImportPage {
    /// What was pasted.
    pub text: String,
    /// What becomes of those who are there already.
    pub existing: Existing,
    /// What is wrong.
    pub errors: Vec<FormError>,
}

/// A line of a file, in words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ImportLine {
    /// Its number.
    pub line: usize,
    /// Who is in it.
    pub label: String,
    /// What becomes of it, or what is wrong with it.
    pub what: String,
}

/// Lines with the same fate: the first of them, and how many there are.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ImportLines {
    /// The first.
    pub shown: Vec<ImportLine>,
    /// All.
    pub count: usize,
}

/// What importing a file would do.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ImportPreview {
    /// The file, to be sent again.
    pub text: String,
    /// What becomes of those who are there already.
    pub existing: Existing,
    /// New customers.
    pub add: ImportLines,
    /// Those who are there already, and would change.
    pub update: ImportLines,
    /// Those who are there already, and stay as they are.
    pub same: ImportLines,
    /// What cannot be taken.
    pub bad: ImportLines,
    /// Columns that say nothing to us.
    pub left_out: Vec<String>,
}

/// Something that was found for the palette.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FoundItem {
    /// Its page.
    pub href: String,
    /// What it is called.
    pub label: String,
    /// What tells it from others of the same name.
    pub hint: String,
}

/// What was found for the palette.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Found {
    /// By name, at most eight.
    pub customers: Vec<FoundItem>,
    /// The one with this reference.
    pub appointments: Vec<FoundItem>,
}
