//! What the page of settings shows.

use crate::setup::model::Sent;
use domain::settings::{BusinessForm, ClosureForm, PoliciesForm};
use uuid::Uuid;

/// A closure to come.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ClosureRow {
    /// Its id.
    pub id: Uuid,
    /// `Friday 25 December 2026 to Saturday 26 December 2026`.
    pub label: String,
    /// What it is called.
    pub name: String,
}

/// The settings.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Settings {
    /// The name of the business.
    pub name: String,
    /// The IANA name of its zone.
    pub zone: String,
    /// Of what is shown.
    pub version: i32,
    /// What the business says of itself.
    pub business: BusinessForm,
    /// Why the currency cannot be changed any more, if so.
    pub currency_fixed: Option<String>,
    /// Its policies.
    pub policies: PoliciesForm,
    /// Its colour, such as `#3e63dd`; empty: the product's own.
    pub colour: String,
    /// The closures to come.
    pub closures: Vec<ClosureRow>,
    /// What is in the form of another one.
    pub closure: ClosureForm,
    /// What came of sending one of the forms.
    pub sent: Sent,
}
