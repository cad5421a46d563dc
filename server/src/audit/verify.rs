//! Whether the audit is whole: `smoothschedule audit verify`, and the page of the same.

use super::{
    anchor,
    chain::{digest, hex},
    project::file_of,
    store,
};
use crate::{config::SecretKey, tenancy::Database};
use anyhow::Result;
use domain::audit::AuditLog;
use serde::Deserialize;
use std::{
    collections::{HashMap, HashSet},
    fmt,
    io::{BufRead, BufReader},
    path::Path,
};
use uuid::Uuid;

/// What is wrong with a stream.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Finding {
    /// What stands in this event is not what was written.
    Edited(i64),
    /// These events are gone.
    Removed {
        /// The first of them.
        from: i64,
        /// The last.
        to: i64,
    },
    /// This event does not follow the one before it, but another of the stream.
    Reordered(i64),
    /// This event does not follow the one before it.
    Broken(i64),
    /// Events after this one were there and are gone.
    CutOff {
        /// The last that is there.
        last: i64,
        /// The last that is known to have been there.
        known: i64,
        /// What knows it: the head, an anchor, a log file.
        by: &'static str,
    },
    /// This event is not the one that an anchor or a log file has seen: the chain was written anew.
    Rewritten {
        /// Which.
        seq: i64,
        /// What has seen another.
        by: &'static str,
    },
    /// The head of the stream is gone, or is not its last event.
    Head,
    /// An anchor that we did not sign.
    ForeignAnchor(i64),
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Edited(seq) => write!(f, "event {seq} was edited"),
            Self::Removed { from, to } if from == to => write!(f, "event {from} was removed"),
            Self::Removed { from, to } => write!(f, "events {from} to {to} were removed"),
            Self::Reordered(seq) => write!(f, "event {seq} was put in another order"),
            Self::Broken(seq) => write!(f, "event {seq} does not follow the one before it"),
            Self::CutOff { last, known, by } => {
                write!(f, "cut off at the end: {last} is the last event, {by} knows {known}")
            }
            Self::Rewritten { seq, by } => write!(f, "event {seq} is not the one that {by} knows: written anew"),
            Self::Head => write!(f, "the head of the stream is not its last event"),
            Self::ForeignAnchor(seq) => write!(f, "the anchor of event {seq} bears a wrong signature"),
        }
    }
}

/// A stream and what is wrong with it.
#[derive(Clone, Debug)]
pub struct StreamReport {
    /// The stream.
    pub stream: Uuid,
    /// `platform`, the tenant's slug, or the id where the tenant is gone.
    pub name: String,
    /// How many events it has.
    pub events: i64,
    /// What is wrong; empty is well.
    pub findings: Vec<Finding>,
}

/// Something outside of the database that has seen an event.
struct Witness {
    seq: i64,
    hash: String,
    by: &'static str,
}

/// Walks every chain and compares it with its head, the anchors and the log files.
pub async fn verify(
    db: &Database,
    folder: &Path,
    key: &SecretKey,
    mut progress: impl FnMut(&StreamReport),
) -> Result<Vec<StreamReport>> {
    let mut witnesses: HashMap<Uuid, Vec<Witness>> = HashMap::new();
    let mut foreign: HashMap<Uuid, Vec<i64>> = HashMap::new();
    for anchor in anchor::read(folder)? {
        if anchor.is_ours(key) {
            let witness = Witness { seq: anchor.seq, hash: anchor.hash, by: "an anchor" };
            witnesses.entry(anchor.stream).or_default().push(witness);
        } else {
            foreign.entry(anchor.stream).or_default().push(anchor.seq);
        }
    }
    for log in AuditLog::ALL {
        read_log(folder, log, &mut witnesses)?;
    }
    let mut conn = db.platform_read().await.map_err(|e| anyhow::anyhow!("{e}"))?;
    let mut heads = store::heads(conn.conn()).await?;
    // A stream of which nothing is left in the database.
    for stream in
        witnesses.keys().filter(|stream| !heads.iter().any(|head| head.stream == **stream)).collect::<Vec<_>>()
    {
        heads.push(store::HeadRow { stream: *stream, seq: 0, hash: Vec::new(), slug: None });
    }
    let mut reports = Vec::with_capacity(heads.len());
    for head in heads {
        let name = match &head.slug {
            Some(slug) => slug.clone(),
            None if head.stream.is_nil() => "platform".into(),
            None => head.stream.to_string(),
        };
        let seen = witnesses.remove(&head.stream).unwrap_or_default();
        let mut report = walk(conn.conn(), &head, seen).await?;
        report.name = name;
        report
            .findings
            .extend(foreign.remove(&head.stream).unwrap_or_default().into_iter().map(Finding::ForeignAnchor));
        progress(&report);
        reports.push(report);
    }
    Ok(reports)
}

async fn walk(conn: &mut sqlx::PgConnection, head: &store::HeadRow, seen: Vec<Witness>) -> Result<StreamReport> {
    let mut findings = Vec::new();
    let mut by_seq: HashMap<i64, Vec<&Witness>> = HashMap::new();
    for witness in &seen {
        by_seq.entry(witness.seq).or_default().push(witness);
    }
    let (mut last, mut last_hash, mut events) = (0, Vec::new(), 0);
    let mut hashes: HashSet<Vec<u8>> = HashSet::new();
    let mut broken = Vec::new();
    loop {
        let rows = store::chain_after(conn, head.stream, last, 2000).await?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            events += 1;
            if row.seq != last + 1 {
                findings.push(Finding::Removed { from: last + 1, to: row.seq - 1 });
            } else if row.prev != last_hash {
                broken.push((row.seq, row.prev.clone()));
            }
            if digest(&row) != row.hash {
                findings.push(Finding::Edited(row.seq));
            }
            let hash = hex(&row.hash);
            for witness in by_seq.get(&row.seq).into_iter().flatten().filter(|witness| witness.hash != hash).take(1) {
                findings.push(Finding::Rewritten { seq: row.seq, by: witness.by });
            }
            hashes.insert(row.hash.clone());
            (last, last_hash) = (row.seq, row.hash);
        }
    }
    findings.extend(
        broken.into_iter().map(
            |(seq, prev)| {
                if hashes.contains(&prev) { Finding::Reordered(seq) } else { Finding::Broken(seq) }
            },
        ),
    );
    let known = seen.iter().max_by_key(|witness| witness.seq).filter(|witness| witness.seq > last);
    if head.seq > last {
        findings.push(Finding::CutOff { last, known: head.seq, by: "the head" });
    } else if let Some(witness) = known {
        findings.push(Finding::CutOff { last, known: witness.seq, by: witness.by });
    } else if head.seq != last || head.hash != last_hash {
        findings.push(Finding::Head);
    }
    Ok(StreamReport { stream: head.stream, name: String::new(), events, findings })
}

/// What a log file has seen.
fn read_log(folder: &Path, log: AuditLog, witnesses: &mut HashMap<Uuid, Vec<Witness>>) -> Result<()> {
    #[derive(Deserialize)]
    struct Line {
        stream: Uuid,
        seq: i64,
        hash: String,
    }
    let Ok(file) = std::fs::File::open(file_of(folder, log)) else { return Ok(()) };
    for line in BufReader::new(file).lines() {
        if let Ok(Line { stream, seq, hash }) = serde_json::from_str(&line?) {
            witnesses.entry(stream).or_default().push(Witness { seq, hash, by: "a log file" });
        }
    }
    Ok(())
}
