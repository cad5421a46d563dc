//! What the pages of the audit show: the platform's of everything, and a business's of its own.

use crate::{
    platform::model::TenantLink,
    ui::{list::Listing, moment::Moment},
};

/// How something ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// It was done.
    Done,
    /// It was refused.
    Refused,
    /// It failed.
    Failed,
}

/// What a list of entries was asked for; all as typed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AuditFilter {
    /// Who did it: an address.
    pub actor: String,
    /// In whose name it was done, or to whom: an address.
    pub subject: String,
    /// The slug of the business; on the platform's host only.
    pub tenant: String,
    /// The code of what was done.
    pub action: String,
    /// The first day.
    pub from: String,
    /// The last day.
    pub to: String,
}

impl AuditFilter {
    /// Whether any entry is left out.
    pub fn is_set(&self) -> bool {
        *self != Self::default()
    }
}

/// An entry.
#[derive(Clone, PartialEq, Debug)]
pub struct AuditRow {
    /// When, in UTC; the title has the viewer's zone.
    pub at: Moment,
    /// Who did it; `None` for a visitor or the system.
    pub actor: Option<String>,
    /// In whose name, where that is somebody else.
    pub subject: Option<String>,
    /// Where; `None` for the platform itself, and on a business's own pages.
    pub tenant: Option<TenantLink>,
    /// The code of what was done: `ROLE_CHANGED`.
    pub code: String,
    /// The same in words; for a masquerade on a business's own page the whole sentence: `Support acted as Ana Ruiz`.
    pub action: String,
    /// What it was done to, in words.
    pub target: String,
    /// Its page, if it has one here.
    pub target_href: Option<String>,
    /// The address that the request came from.
    pub ip: Option<String>,
    /// How it ended.
    pub outcome: Outcome,
    /// Why, where a reason was asked.
    pub reason: Option<String>,
    /// What changed, line by line.
    pub detail: String,
    /// The request.
    pub request_id: Option<String>,
    /// Its number in its stream.
    pub seq: i64,
    /// The link of the chain that ends in it, in hexadecimal.
    pub hash: String,
    /// Whether it is of somebody acting as somebody else, and so should stand out.
    pub is_masquerade: bool,
}

/// A list of entries, newest first.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Audit {
    /// What was asked for.
    pub filter: AuditFilter,
    /// Code and words of each action there is.
    pub actions: Vec<(String, String)>,
    /// The entries.
    pub list: Listing<AuditRow>,
    /// The address of what is shown as CSV, if it may be taken out.
    pub csv: Option<String>,
    /// The same as JSON, one object a line; on the platform's host only.
    pub jsonl: Option<String>,
    /// Whether the person may have the chains checked; on the platform's host only.
    pub may_verify: bool,
}

/// What the check of one chain found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StreamCheck {
    /// Whose it is: `Platform`, or the business's name.
    pub name: String,
    /// How many entries were read.
    pub entries: u64,
    /// What is wrong, in words, one sentence each; empty where all of it holds.
    pub problems: Vec<String>,
}

/// What a check of all chains found.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Verified {
    /// When it was made.
    pub at: Moment,
    /// Each chain, broken ones first.
    pub streams: Vec<StreamCheck>,
}
