//! What the pages of services show.

use crate::setup::model::Sent;
use domain::{catalogue::ServiceForm, ids::ResourceId, resource::ResourceKind};
use uuid::Uuid;

/// A service in the list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ServiceRow {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// The heading that it stands under; may be empty.
    pub category: String,
    /// One of the token hues.
    pub hue: String,
    /// `45 min`.
    pub length: String,
    /// As a label; `None` where no price is shown.
    pub price: Option<String>,
    /// Who serves, in words.
    pub who: String,
    /// Whether it can be booked online.
    pub is_online: bool,
}

/// The list of services.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Services {
    /// In the order of the public page.
    pub rows: Vec<ServiceRow>,
    /// Whether these are the archived ones.
    pub is_archive: bool,
    /// How many are archived.
    pub archived: usize,
    /// Whether there is anybody or anything to be booked yet.
    pub has_resources: bool,
}

/// The resources of a kind, to tick.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Choices {
    /// What kind.
    pub kind: ResourceKind,
    /// Which.
    pub resources: Vec<(ResourceId, String)>,
}

/// A service to be changed, or added.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ServicePage {
    /// Which; `None` for a new one.
    pub id: Option<Uuid>,
    /// What it is called at present.
    pub name: String,
    /// Of what is shown.
    pub version: i32,
    /// What is in the form.
    pub form: ServiceForm,
    /// The currency of prices.
    pub currency: String,
    /// Who and what there is.
    pub choices: Vec<Choices>,
    /// Headings in use.
    pub categories: Vec<String>,
    /// Whether it is out of use.
    pub is_archived: bool,
    /// How many appointments of it are to come.
    pub coming: i64,
    /// What came of sending it.
    pub sent: Sent,
}
