//! Anchors: the ends of the chains, signed with a key that the database does not have.
//!
//! Whoever owns the database can cut a chain off at its end and put its head right. What an anchor saw before that is
//! then missing, and [`super::verify`] says so.

use super::{chain::hex, store};
use crate::{config::SecretKey, tenancy::Database};
use anyhow::{Context, Result};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::{
    collections::HashMap,
    fs::OpenOptions,
    io::{BufRead, BufReader, Write},
    path::Path,
};
use uuid::Uuid;

/// What a chain's end was at some time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// When it was seen.
    pub at: String,
    /// Of which stream.
    pub stream: Uuid,
    /// The number of its last event.
    pub seq: i64,
    /// The hash of that.
    pub hash: String,
    /// The signature over all that.
    pub mac: String,
}

impl Anchor {
    fn mac(&self, key: &SecretKey) -> String {
        let Self { at, stream, seq, hash, .. } = self;
        hex(&key.mac("audit-anchor", format!("{at} {stream} {seq} {hash}").as_bytes()))
    }

    /// Whether we have signed it.
    pub fn is_ours(&self, key: &SecretKey) -> bool {
        self.mac == self.mac(key)
    }
}

const FILE: &str = "audit-anchors.log";

/// Writes down the ends that have moved since the last time.
pub async fn set(db: &Database, folder: &Path, key: &SecretKey, now: Timestamp) -> Result<usize> {
    let known: HashMap<Uuid, i64> = read(folder)?.into_iter().map(|anchor| (anchor.stream, anchor.seq)).collect();
    let heads = {
        let mut conn = db.platform_read().await.map_err(|e| anyhow::anyhow!("{e}"))?;
        store::heads(conn.conn()).await?
    };
    let mut text = Vec::new();
    let mut count = 0;
    for head in heads.iter().filter(|head| head.seq > known.get(&head.stream).copied().unwrap_or(0)) {
        let mut anchor = Anchor {
            at: now.to_string(),
            stream: head.stream,
            seq: head.seq,
            hash: hex(&head.hash),
            mac: String::new(),
        };
        anchor.mac = anchor.mac(key);
        serde_json::to_writer(&mut text, &anchor)?;
        text.push(b'\n');
        count += 1;
    }
    if count > 0 {
        std::fs::create_dir_all(folder)?;
        let mut file = OpenOptions::new().create(true).append(true).open(folder.join(FILE))?;
        file.write_all(&text)?;
        file.sync_data()?;
    }
    Ok(count)
}

/// All anchors, oldest first. None where there is no file yet.
pub fn read(folder: &Path) -> Result<Vec<Anchor>> {
    let path = folder.join(FILE);
    let file = match std::fs::File::open(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error).with_context(|| format!("the anchors, {}", path.display())),
    };
    let mut anchors = Vec::new();
    for line in BufReader::new(file).lines() {
        // A line that was cut off when the server died says nothing; its successor will.
        if let Ok(anchor) = serde_json::from_str(&line?) {
            anchors.push(anchor);
        }
    }
    Ok(anchors)
}
