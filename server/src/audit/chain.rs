//! The hash of an event, as `audit.digest` in the database makes it.

use sha2::{Digest, Sha256};
use uuid::Uuid;

/// An event as it is stored.
#[derive(Clone, Debug)]
pub struct EventRow {
    pub stream: Uuid,
    pub seq: i64,
    /// Microseconds since 1970, which is what the database keeps.
    pub at_us: i64,
    pub action: String,
    pub actor: Option<Uuid>,
    pub actor_email: Option<String>,
    pub subject: Option<Uuid>,
    pub subject_email: Option<String>,
    pub target: String,
    pub detail: String,
    pub reason: Option<String>,
    pub cause: Option<String>,
    pub masquerade: Option<Uuid>,
    pub session_key: Option<String>,
    pub ip: Option<String>,
    pub request_id: Option<String>,
    pub log: Option<String>,
    pub log_seq: Option<i64>,
    pub prev: Vec<u8>,
    pub hash: Vec<u8>,
}

/// SHA-256 over the hash before and all fields, each with its length in bytes; `-` stands for none.
pub fn digest(row: &EventRow) -> Vec<u8> {
    let id = |id: Option<Uuid>| id.map(|id| id.to_string());
    let fields = [
        Some(row.stream.to_string()),
        Some(row.seq.to_string()),
        Some(row.at_us.to_string()),
        Some(row.action.clone()),
        id(row.actor),
        row.actor_email.clone(),
        id(row.subject),
        row.subject_email.clone(),
        Some(row.target.clone()),
        Some(row.detail.clone()),
        row.reason.clone(),
        row.cause.clone(),
        id(row.masquerade),
        row.session_key.clone(),
        row.ip.clone(),
        row.request_id.clone(),
        row.log.clone(),
        row.log_seq.map(|n| n.to_string()),
    ];
    let text = fields.map(|field| field.map_or_else(|| "-".to_owned(), |text| format!("{}:{text}", text.len())));
    let mut hasher = Sha256::new();
    hasher.update(&row.prev);
    hasher.update(text.join(",").as_bytes());
    hasher.finalize().to_vec()
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
