//! SQL of masquerades and grants.

use sqlx::PgConnection;
use uuid::Uuid;

/// A person as the rules of this room see them.
#[derive(Clone, Debug)]
pub(crate) struct PrincipalRow {
    pub id: Uuid,
    pub name: String,
    pub email: String,
    pub role: String,
    pub tenant_id: Option<Uuid>,
    pub tenant_name: Option<String>,
    /// The person's own mark, or the tenant's.
    pub is_temporary: bool,
    pub is_active: bool,
}

/// A person by id.
pub(crate) async fn find_principal(conn: &mut PgConnection, id: Uuid) -> Result<Option<PrincipalRow>, sqlx::Error> {
    sqlx::query_as!(
        PrincipalRow,
        r#"select u.id, u.name, u.email, u.role, u.tenant_id, t.name as "tenant_name?",
                  u.is_temporary or coalesce(t.is_temporary, false) as "is_temporary!", u.is_active
           from public.user_account u left join public.tenant t on t.id = u.tenant_id where u.id = $1"#,
        id
    )
    .fetch_optional(conn)
    .await
}

/// A person by address.
pub(crate) async fn find_principal_by_email(
    conn: &mut PgConnection,
    email_key: &str,
) -> Result<Option<PrincipalRow>, sqlx::Error> {
    sqlx::query_as!(
        PrincipalRow,
        r#"select u.id, u.name, u.email, u.role, u.tenant_id, t.name as "tenant_name?",
                  u.is_temporary or coalesce(t.is_temporary, false) as "is_temporary!", u.is_active
           from public.user_account u left join public.tenant t on t.id = u.tenant_id where lower(u.email) = $1
           order by u.role = 'CUSTOMER' limit 1"#,
        email_key
    )
    .fetch_optional(conn)
    .await
}

/// A masquerade with both sides as they are now.
pub(crate) struct MaskedRow {
    pub masquerade: Uuid,
    pub host: Option<Uuid>,
    pub until: jiff_sqlx::Timestamp,
    pub is_over: bool,
    pub is_past: bool,
    pub actor: Uuid,
    pub actor_session: Vec<u8>,
    pub is_actor_session_alive: bool,
    pub is_actor_unchanged: bool,
    pub subject: Uuid,
    pub is_subject_unchanged: bool,
    pub is_due: bool,
    pub minutes_left: i32,
}

/// The masquerade of a session.
pub(crate) async fn find_masked(
    conn: &mut PgConnection,
    id_hash: &[u8],
    idle_seconds: f64,
) -> Result<Option<MaskedRow>, sqlx::Error> {
    sqlx::query_as!(
        MaskedRow,
        r#"select m.id as masquerade, s.tenant_id as host, m.until as "until: jiff_sqlx::Timestamp",
                  m.ended_at is not null as "is_over!", m.until <= now() as "is_past!",
                  m.actor, m.actor_session, a.epoch = m.actor_epoch as "is_actor_unchanged!",
                  exists (select 1 from public.session o
                          where o.id_hash = m.actor_session and o.user_id = m.actor and o.user_epoch = a.epoch
                            and o.absolute_until > now() and o.last_seen_at > now() - make_interval(secs => $2)) as "is_actor_session_alive!",
                  m.subject, b.epoch = s.user_epoch as "is_subject_unchanged!",
                  s.last_seen_at < now() - interval '60 seconds' as "is_due!",
                  greatest(0, ceil(extract(epoch from m.until - now()) / 60))::int as "minutes_left!"
           from public.session s join public.masquerade m on m.id = s.masquerade_id
           join public.user_account a on a.id = m.actor join public.user_account b on b.id = m.subject
           where s.id_hash = $1"#,
        id_hash,
        idle_seconds
    )
    .fetch_optional(conn)
    .await
}

/// Notes that both sessions of a masquerade are in use: the actor's own must not fall asleep meanwhile.
pub(crate) async fn touch(conn: &mut PgConnection, id_hash: &[u8], actor_session: &[u8]) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update public.session set last_seen_at = now() where id_hash in ($1, $2) and last_seen_at < now()",
        id_hash,
        actor_session
    )
    .execute(conn)
    .await
    .map(|_| ())
}

/// Takes the row of a session that is alive, for the length of the transaction.
pub(crate) async fn lock_session(
    conn: &mut PgConnection,
    id_hash: &[u8],
    user: Uuid,
) -> Result<Option<i32>, sqlx::Error> {
    sqlx::query_scalar!(
        "select u.epoch from public.session s join public.user_account u on u.id = s.user_id
         where s.id_hash = $1 and s.user_id = $2 and s.masquerade_id is null and u.is_active and u.epoch = s.user_epoch
         for update of s",
        id_hash,
        user
    )
    .fetch_optional(conn)
    .await
}

/// A masquerade that has not ended.
pub(crate) struct OpenRow {
    pub id: Uuid,
    pub actor: Uuid,
    pub subject: Uuid,
    pub tenant_id: Option<Uuid>,
}

/// The masquerade that a session has open.
pub(crate) async fn find_open(conn: &mut PgConnection, actor_session: &[u8]) -> Result<Option<OpenRow>, sqlx::Error> {
    sqlx::query_as!(
        OpenRow,
        "select id, actor, subject, tenant_id from public.masquerade where actor_session = $1 and ended_at is null",
        actor_session
    )
    .fetch_optional(conn)
    .await
}

/// A masquerade whose time is up; no other worker can take it for as long as this transaction lasts.
pub(crate) async fn take_past(conn: &mut PgConnection) -> Result<Option<OpenRow>, sqlx::Error> {
    sqlx::query_as!(
        OpenRow,
        "select id, actor, subject, tenant_id from public.masquerade
         where ended_at is null and until <= now() order by until limit 1 for update skip locked"
    )
    .fetch_optional(conn)
    .await
}

/// A masquerade by id, ended or not.
pub(crate) async fn find_masquerade(conn: &mut PgConnection, id: Uuid) -> Result<Option<OpenRow>, sqlx::Error> {
    sqlx::query_as!(OpenRow, "select id, actor, subject, tenant_id from public.masquerade where id = $1", id)
        .fetch_optional(conn)
        .await
}

/// A masquerade to be begun.
pub(crate) struct NewMasquerade<'a> {
    pub id: Uuid,
    pub actor: Uuid,
    pub actor_session: &'a [u8],
    pub actor_epoch: i32,
    pub subject: Uuid,
    pub tenant_id: Option<Uuid>,
    pub reason: &'a str,
    pub minutes: i32,
}

/// Adds a masquerade.
pub(crate) async fn insert_masquerade(conn: &mut PgConnection, new: &NewMasquerade<'_>) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into public.masquerade (id, actor, actor_session, actor_epoch, subject, tenant_id, reason, until)
         values ($1, $2, $3, $4, $5, $6, $7, now() + make_interval(mins => $8))",
        new.id,
        new.actor,
        new.actor_session,
        new.actor_epoch,
        new.subject,
        new.tenant_id,
        new.reason,
        new.minutes
    )
    .execute(conn)
    .await
    .map(|_| ())
}

/// Ends a masquerade and its session. Tells whether it was still open: of two who end it, one.
pub(crate) async fn end_masquerade(conn: &mut PgConnection, id: Uuid, cause: &str) -> Result<bool, sqlx::Error> {
    let ended = sqlx::query!(
        "update public.masquerade set ended_at = now(), end_cause = $2 where id = $1 and ended_at is null",
        id,
        cause
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!("delete from public.session where masquerade_id = $1", id).execute(&mut *conn).await?;
    sqlx::query!("delete from public.handoff where masquerade_id = $1", id).execute(conn).await?;
    Ok(ended.rows_affected() == 1)
}

/// Adds the session of a masquerade that is still open. Tells whether it was.
pub(crate) async fn insert_masked_session(
    conn: &mut PgConnection,
    id_hash: &[u8],
    masquerade: Uuid,
) -> Result<bool, sqlx::Error> {
    let added = sqlx::query!(
        "insert into public.session (id_hash, user_id, user_epoch, tenant_id, absolute_until, masquerade_id)
         select $1, u.id, u.epoch, m.tenant_id, m.until, m.id
         from public.masquerade m join public.user_account u on u.id = m.subject
         where m.id = $2 and m.ended_at is null and m.until > now() and u.is_active",
        id_hash,
        masquerade
    )
    .execute(conn)
    .await?;
    Ok(added.rows_affected() == 1)
}

/// Adds a step of the way to another host; good for a minute.
pub(crate) async fn insert_handoff(
    conn: &mut PgConnection,
    code_hash: &[u8],
    masquerade: Uuid,
    step: &str,
    nonce_hash: Option<&[u8]>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into public.handoff (code_hash, masquerade_id, step, nonce_hash, expires_at)
         values ($1, $2, $3, $4, now() + interval '60 seconds')",
        code_hash,
        masquerade,
        step,
        nonce_hash
    )
    .execute(conn)
    .await
    .map(|_| ())
}

/// A step that was taken.
pub(crate) struct HandoffRow {
    pub masquerade_id: Uuid,
    pub nonce_hash: Option<Vec<u8>>,
    pub actor_session: Vec<u8>,
    pub tenant_id: Option<Uuid>,
}

/// Takes a step, once.
pub(crate) async fn take_handoff(
    conn: &mut PgConnection,
    code_hash: &[u8],
    step: &str,
) -> Result<Option<HandoffRow>, sqlx::Error> {
    sqlx::query_as!(
        HandoffRow,
        "with taken as (
             delete from public.handoff where code_hash = $1 and step = $2 and expires_at > now()
             returning masquerade_id, nonce_hash)
         select h.masquerade_id, h.nonce_hash, m.actor_session, m.tenant_id
         from taken h join public.masquerade m on m.id = h.masquerade_id and m.ended_at is null",
        code_hash,
        step
    )
    .fetch_optional(conn)
    .await
}

/// A grant to be made.
pub(crate) struct NewGrant<'a> {
    pub id: Uuid,
    pub grantor: Uuid,
    pub grantee: Uuid,
    pub tenant_id: Uuid,
    pub action: &'a str,
    pub reason: &'a str,
    pub minutes: i32,
}

/// Adds a grant that begins now.
pub(crate) async fn insert_grant(conn: &mut PgConnection, new: &NewGrant<'_>) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into public.permission_grant (id, grantor, grantee, tenant_id, action, reason, starts_at, ends_at)
         values ($1, $2, $3, $4, $5, $6, now(), now() + make_interval(mins => $7))",
        new.id,
        new.grantor,
        new.grantee,
        new.tenant_id,
        new.action,
        new.reason,
        new.minutes
    )
    .execute(conn)
    .await
    .map(|_| ())
}

/// A grant in a list.
pub(crate) struct GrantRow {
    pub id: Uuid,
    pub action: String,
    pub reason: String,
    pub grantor: Uuid,
    pub grantor_email: String,
    pub grantee: Uuid,
    pub grantee_name: String,
    pub grantee_email: String,
    pub tenant_id: Uuid,
    pub tenant_name: String,
    pub tenant_slug: String,
    pub starts_at: jiff_sqlx::Timestamp,
    pub ends_at: jiff_sqlx::Timestamp,
    pub revoked_at: Option<jiff_sqlx::Timestamp>,
    pub revoked_by: Option<String>,
    pub is_active: bool,
}

/// Grants, the latest first. `state` is `active`, `expired`, `revoked` or none.
pub(crate) async fn list_grants(
    conn: &mut PgConnection,
    tenant: Option<Uuid>,
    state: Option<&str>,
    ids: Option<&[Uuid]>,
    most: i64,
) -> Result<Vec<GrantRow>, sqlx::Error> {
    sqlx::query_as!(
        GrantRow,
        r#"select g.id, g.action, g.reason, g.grantor, a.email as grantor_email, g.grantee, b.name as grantee_name,
                  b.email as grantee_email, g.tenant_id, t.name as tenant_name, t.slug as tenant_slug,
                  g.starts_at as "starts_at: jiff_sqlx::Timestamp", g.ends_at as "ends_at: jiff_sqlx::Timestamp",
                  g.revoked_at as "revoked_at: jiff_sqlx::Timestamp", r.email as "revoked_by?", access.is_active(g) as "is_active!"
           from public.permission_grant g join public.user_account a on a.id = g.grantor
           join public.user_account b on b.id = g.grantee join public.tenant t on t.id = g.tenant_id
           left join public.user_account r on r.id = g.revoked_by
           where ($1::uuid is null or g.tenant_id = $1)
             and ($2::text is null or case $2 when 'active' then access.is_active(g) when 'revoked' then g.revoked_at is not null
                                              else g.revoked_at is null and not access.is_active(g) end)
             and ($3::uuid[] is null or g.id = any ($3))
           order by g.starts_at desc, g.id limit $4"#,
        tenant,
        state,
        ids,
        most
    )
    .fetch_all(conn)
    .await
}

/// Revokes those that are not over yet. Tells which those were.
pub(crate) async fn revoke_grants(conn: &mut PgConnection, ids: &[Uuid], by: Uuid) -> Result<Vec<Uuid>, sqlx::Error> {
    sqlx::query_scalar!(
        "update public.permission_grant set revoked_at = now(), revoked_by = $2
         where id = any ($1) and revoked_at is null and ends_at > now() returning id",
        ids,
        by
    )
    .fetch_all(conn)
    .await
}

/// Whether all of these grants are active, inside of the transaction that uses them: none can be revoked before it ends.
pub(crate) async fn grants_hold(conn: &mut PgConnection, ids: &[Uuid], who: Uuid) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(r#"select access.grants_hold($1, $2) as "hold!""#, ids, who).fetch_one(conn).await
}

/// What time it is by the clock that decides.
pub(crate) async fn database_time(conn: &mut PgConnection) -> Result<jiff_sqlx::Timestamp, sqlx::Error> {
    sqlx::query_scalar!(r#"select now() as "now!: jiff_sqlx::Timestamp""#).fetch_one(conn).await
}
