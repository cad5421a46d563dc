//! SQL of the audit.

use super::chain::EventRow;
use crate::tenancy::AuditOrigin;
use domain::audit::AuditEntry;
use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use sqlx::PgConnection;
use uuid::Uuid;

/// Adds an entry: in a tenant's transaction to that tenant's stream, else to that of the tenant it concerns, else to the
/// platform's.
pub(crate) async fn append(
    conn: &mut PgConnection,
    origin: &AuditOrigin,
    entry: &AuditEntry,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "select audit.append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        entry.tenant.map(|tenant| tenant.0),
        entry.action.as_str(),
        entry.actor.map(|user| user.0),
        entry.subject.map(|user| user.0),
        entry.target,
        entry.detail,
        entry.reason,
        entry.cause,
        entry.masquerade.map(|masquerade| masquerade.0),
        origin.session_key,
        origin.ip.map(|ip| ip.to_string()),
        origin.request_id,
        entry.action.log().map(|log| log.as_str()),
    )
    .fetch_one(conn)
    .await
    .map(|_| ())
}

/// The lines of a log file after one, in their order.
pub(super) async fn lines_after(
    conn: &mut PgConnection,
    log: &str,
    after: i64,
    most: i64,
) -> Result<Vec<EventRow>, sqlx::Error> {
    sqlx::query_as!(
        EventRow,
        r#"select stream, seq, (extract(epoch from at) * 1000000)::bigint as "at_us!", action, actor, actor_email, subject,
                  subject_email, target, detail, reason, cause, masquerade, session_key, ip, request_id, log, log_seq, prev, hash
           from audit.event where log = $1 and log_seq > $2 order by log_seq limit $3"#,
        log,
        after,
        most
    )
    .fetch_all(conn)
    .await
}

/// The events of a stream after one, in their order.
pub(super) async fn chain_after(
    conn: &mut PgConnection,
    stream: Uuid,
    after: i64,
    most: i64,
) -> Result<Vec<EventRow>, sqlx::Error> {
    sqlx::query_as!(
        EventRow,
        r#"select stream, seq, (extract(epoch from at) * 1000000)::bigint as "at_us!", action, actor, actor_email, subject,
                  subject_email, target, detail, reason, cause, masquerade, session_key, ip, request_id, log, log_seq, prev, hash
           from audit.event where stream = $1 and seq > $2 order by seq limit $3"#,
        stream,
        after,
        most
    )
    .fetch_all(conn)
    .await
}

/// The end of a stream.
pub(super) struct HeadRow {
    pub stream: Uuid,
    pub seq: i64,
    pub hash: Vec<u8>,
    /// The tenant's slug; none for the platform's stream.
    pub slug: Option<String>,
}

/// The ends of all streams; also of those of which only rows are left.
pub(super) async fn heads(conn: &mut PgConnection) -> Result<Vec<HeadRow>, sqlx::Error> {
    sqlx::query_as!(
        HeadRow,
        r#"select s.stream as "stream!", coalesce(h.seq, 0) as "seq!", coalesce(h.hash, '\x') as "hash!", t.slug as "slug?"
           from (select stream from audit.head union select distinct stream from audit.event) s
           left join audit.head h on h.stream = s.stream left join public.tenant t on t.id = s.stream
           order by t.slug nulls first, s.stream"#
    )
    .fetch_all(conn)
    .await
}

/// What a list of events may be narrowed to; `None` is anything.
#[derive(Clone, Debug, Default)]
pub(super) struct EventFilter {
    pub stream: Option<Uuid>,
    /// Part of the address of who did it.
    pub actor: Option<String>,
    /// Part of the address of whom it was done to, or as.
    pub subject: Option<String>,
    pub action: Option<String>,
    /// From this instant on.
    pub from: Option<Timestamp>,
    /// Before this instant.
    pub to: Option<Timestamp>,
    /// After this event, newest first: its time, stream and number.
    pub after: Option<(Timestamp, Uuid, i64)>,
}

/// An event in a list.
pub(super) struct ListedRow {
    pub stream: Uuid,
    pub seq: i64,
    pub at: jiff_sqlx::Timestamp,
    pub action: String,
    pub actor_email: Option<String>,
    pub subject_email: Option<String>,
    pub tenant: Option<String>,
    pub slug: Option<String>,
    pub target: String,
    pub detail: String,
    pub reason: Option<String>,
    pub cause: Option<String>,
    pub masquerade: Option<Uuid>,
    pub ip: Option<String>,
    pub request_id: Option<String>,
    pub hash: Vec<u8>,
}

/// Events, newest first.
pub(super) async fn list(
    conn: &mut PgConnection,
    filter: &EventFilter,
    most: i64,
) -> Result<Vec<ListedRow>, sqlx::Error> {
    let (at, stream, seq) =
        filter.after.map_or((None, None, None), |(at, stream, seq)| (Some(at), Some(stream), Some(seq)));
    sqlx::query_as!(
        ListedRow,
        r#"select e.stream, e.seq, e.at as "at: jiff_sqlx::Timestamp", e.action, e.actor_email, e.subject_email,
                  t.name as "tenant?", t.slug as "slug?", e.target, e.detail, e.reason, e.cause, e.masquerade, e.ip, e.request_id, e.hash
           from audit.event e left join public.tenant t on t.id = e.stream
           where ($1::uuid is null or e.stream = $1)
             and ($2::text is null or strpos(lower(e.actor_email), lower($2)) > 0)
             and ($3::text is null or strpos(lower(e.subject_email), lower($3)) > 0)
             and ($4::text is null or e.action = $4)
             and ($5::timestamptz is null or e.at >= $5)
             and ($6::timestamptz is null or e.at < $6)
             and ($7::timestamptz is null or e.at < $7 or (e.at = $7 and (e.stream, e.seq) > ($8::uuid, $9::bigint)))
           order by e.at desc, e.stream, e.seq limit $10"#,
        filter.stream,
        filter.actor,
        filter.subject,
        filter.action,
        filter.from.map(|t| t.to_sqlx()) as Option<jiff_sqlx::Timestamp>,
        filter.to.map(|t| t.to_sqlx()) as Option<jiff_sqlx::Timestamp>,
        at.map(|t| t.to_sqlx()) as Option<jiff_sqlx::Timestamp>,
        stream,
        seq,
        most,
    )
    .fetch_all(conn)
    .await
}
