//! What the platform's first page shows.

use domain::tenant::{TenantStatus, Tier};

/// A tenant in the list.
#[derive(Clone, PartialEq, Debug)]
pub struct TenantRow {
    /// Its name.
    pub name: String,
    /// The address of its site, with scheme and port.
    pub url: String,
    /// The host of that address.
    pub host: String,
    /// Where it stands.
    pub status: TenantStatus,
    /// What it pays for.
    pub tier: Tier,
    /// How far its schema has been migrated.
    pub schema_version: i32,
    /// Whether that is behind what this build brings.
    pub is_behind: bool,
}

/// The list of tenants.
#[derive(Clone, PartialEq, Debug)]
pub struct Tenants {
    /// In the order of their names.
    pub rows: Vec<TenantRow>,
}
