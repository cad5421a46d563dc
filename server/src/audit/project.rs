//! The log files: lines made from the table, each once, whatever is cut off where.
//!
//! A line's number is given out in the transaction of its event, without gaps and in the order in which transactions
//! end. So the last whole line of a file says where to go on: an event that was committed before the server died is
//! written at the next start, and one that was written is not written again. A line that was cut off in the middle is
//! taken back first.

use super::{
    chain::{EventRow, hex},
    store,
};
use crate::tenancy::Database;
use anyhow::{Context, Result};
use domain::audit::AuditLog;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::{
    fs::{self, File, OpenOptions},
    io::{Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

/// Lines that are fetched at a time.
const BATCH: i64 = 500;

/// The file of a log.
pub fn file_of(folder: &Path, log: AuditLog) -> PathBuf {
    folder.join(format!("{}.log", log.as_str()))
}

/// Writes what is in the table and not yet in the files. Tells how many lines that were.
pub async fn project(db: &Database, folder: &Path) -> Result<usize> {
    fs::create_dir_all(folder).with_context(|| format!("the folder of the log files, {}", folder.display()))?;
    let mut written = 0;
    for log in AuditLog::ALL {
        written += project_one(db, &file_of(folder, log), log).await?;
    }
    Ok(written)
}

async fn project_one(db: &Database, path: &Path, log: AuditLog) -> Result<usize> {
    let path = path.to_owned();
    let (mut file, mut last) = tokio::task::spawn_blocking(move || open(&path)).await??;
    let mut written = 0;
    loop {
        let rows = {
            let mut read = db.platform_read().await.map_err(|e| anyhow::anyhow!("{e}"))?;
            store::lines_after(read.conn(), log.as_str(), last, BATCH).await?
        };
        let Some(end) = rows.last().and_then(|row| row.log_seq) else { return Ok(written) };
        let mut text = Vec::new();
        for row in &rows {
            write_line(&mut text, log, row)?;
        }
        written += rows.len();
        last = end;
        file = tokio::task::spawn_blocking(move || -> std::io::Result<File> {
            file.write_all(&text)?;
            file.sync_data()?;
            Ok(file)
        })
        .await??;
    }
}

/// Opens a log and takes its lock, so that two servers of one folder take turns. Tells the number of the last line.
fn open(path: &Path) -> Result<(File, i64)> {
    let mut file = OpenOptions::new()
        .create(true)
        .read(true)
        .append(true)
        .open(path)
        .with_context(|| format!("the log file {}", path.display()))?;
    file.lock()?;
    let last = match last_number(&mut file)? {
        Some(last) => last,
        // Set aside by a rotation: the count goes on from there.
        None => match File::open(path.with_extension("log.1")) {
            Ok(mut rotated) => last_number_read(&mut rotated)?.unwrap_or(0),
            Err(_) => 0,
        },
    };
    Ok((file, last))
}

/// Cuts off what is no whole line, and reads the number of the last.
fn last_number(file: &mut File) -> Result<Option<i64>> {
    let length = file.metadata()?.len();
    let tail = tail(file)?;
    let whole = tail.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    if whole < tail.len() {
        file.set_len(length - (tail.len() - whole) as u64)?;
    }
    number(&tail[..whole])
}

fn last_number_read(file: &mut File) -> Result<Option<i64>> {
    let tail = tail(file)?;
    let whole = tail.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    number(&tail[..whole])
}

/// The end of a file, with at least one whole line if there is one.
fn tail(file: &mut File) -> Result<Vec<u8>> {
    let length = file.metadata()?.len();
    let mut want = 64 * 1024;
    loop {
        let from = length.saturating_sub(want);
        file.seek(SeekFrom::Start(from))?;
        let mut tail = Vec::new();
        file.read_to_end(&mut tail)?;
        if from == 0 || tail.iter().filter(|byte| **byte == b'\n').count() > 1 {
            return Ok(tail);
        }
        want *= 8;
    }
}

fn number(lines: &[u8]) -> Result<Option<i64>> {
    #[derive(Deserialize)]
    struct Numbered {
        log_seq: i64,
    }
    let Some(line) = lines.strip_suffix(b"\n").and_then(|lines| lines.rsplit(|byte| *byte == b'\n').next()) else {
        return Ok(None);
    };
    let numbered: Numbered = serde_json::from_slice(line).context(
        "the last line of a log file is not one of ours: move the file away (it is made anew from the database)",
    )?;
    Ok(Some(numbered.log_seq))
}

/// The keys of `masquerade.log` that others rely on come first.
#[derive(Serialize)]
struct MasqueradeLine<'a> {
    timestamp: String,
    action: &'a str,
    hijacker_email: Option<&'a str>,
    hijacked_email: Option<&'a str>,
    ip_address: Option<&'a str>,
    session_key: Option<&'a str>,
    reason: Option<&'a str>,
    cause: Option<&'a str>,
    tenant_id: Option<String>,
    masquerade_id: Option<String>,
    stream: String,
    seq: i64,
    hash: String,
    request_id: Option<&'a str>,
    log_seq: Option<i64>,
}

#[derive(Serialize)]
struct SecurityLine<'a> {
    timestamp: String,
    action: &'a str,
    actor_email: Option<&'a str>,
    subject_email: Option<&'a str>,
    ip_address: Option<&'a str>,
    session_key: Option<&'a str>,
    target: &'a str,
    detail: &'a str,
    reason: Option<&'a str>,
    cause: Option<&'a str>,
    tenant_id: Option<String>,
    masquerade_id: Option<String>,
    stream: String,
    seq: i64,
    hash: String,
    request_id: Option<&'a str>,
    log_seq: Option<i64>,
}

fn write_line(to: &mut Vec<u8>, log: AuditLog, row: &EventRow) -> Result<()> {
    let timestamp = Timestamp::from_microsecond(row.at_us)?.to_string();
    let tenant_id = (!row.stream.is_nil()).then(|| row.stream.to_string());
    let masquerade_id = row.masquerade.map(|id| id.to_string());
    let (stream, hash) = (row.stream.to_string(), hex(&row.hash));
    match log {
        AuditLog::Masquerade => serde_json::to_writer(
            &mut *to,
            &MasqueradeLine {
                timestamp,
                action: &row.action,
                hijacker_email: row.actor_email.as_deref(),
                hijacked_email: row.subject_email.as_deref(),
                ip_address: row.ip.as_deref(),
                session_key: row.session_key.as_deref(),
                reason: row.reason.as_deref(),
                cause: row.cause.as_deref(),
                tenant_id,
                masquerade_id,
                stream,
                seq: row.seq,
                hash,
                request_id: row.request_id.as_deref(),
                log_seq: row.log_seq,
            },
        )?,
        AuditLog::Security => serde_json::to_writer(
            &mut *to,
            &SecurityLine {
                timestamp,
                action: &row.action,
                actor_email: row.actor_email.as_deref(),
                subject_email: row.subject_email.as_deref(),
                ip_address: row.ip.as_deref(),
                session_key: row.session_key.as_deref(),
                target: &row.target,
                detail: &row.detail,
                reason: row.reason.as_deref(),
                cause: row.cause.as_deref(),
                tenant_id,
                masquerade_id,
                stream,
                seq: row.seq,
                hash,
                request_id: row.request_id.as_deref(),
                log_seq: row.log_seq,
            },
        )?,
    }
    to.push(b'\n');
    Ok(())
}
