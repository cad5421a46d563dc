//! SQL of sessions.
//!
//! What the usual store gets wrong is done otherwise here: ids are stored as hashes; a save is an UPDATE alone, so
//! a slow request cannot bring back a session that has been ended meanwhile; the row's own times, by the database's
//! clock, decide how long it lives; and the person is read with the session each time, never out of it, so a change
//! of role, password or state counts at once.

use super::{ABSOLUTE, IDLE};
use crate::tenancy::Database;
use async_trait::async_trait;
use domain::ids::{TenantId, UserId};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use time::OffsetDateTime;
use tower_sessions::{
    SessionStore as Store,
    session::{Id, Record},
    session_store::{Error, Result},
};
use uuid::Uuid;

/// The key under which a session says whose it is.
pub const LOGIN: &str = "login";

/// The key under which a loaded session shows the person as of now. Never stored.
pub const PERSON: &str = "person";

/// Whose session it is; all that is kept of one.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Login {
    /// The login.
    pub user: UserId,
    /// The tenant whose host it was made on; `None` for the platform's.
    pub host: Option<TenantId>,
}

/// Sessions in `public.session`.
#[derive(Clone)]
pub struct SessionStore {
    db: Database,
}

impl std::fmt::Debug for SessionStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SessionStore")
    }
}

/// The person of a session, as the request's actor needs it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct SessionPerson {
    pub id: Uuid,
    pub name: String,
    pub email: String,
    pub role: String,
    pub tenant_id: Option<Uuid>,
    pub is_temporary: bool,
    pub grants: Vec<SessionGrant>,
}

/// A grant that is active by the database's clock.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct SessionGrant {
    pub id: Uuid,
    pub tenant: Uuid,
    pub action: String,
    pub ends_at: jiff::Timestamp,
}

impl SessionStore {
    /// Sessions of this database.
    pub fn new(db: Database) -> Self {
        Self { db }
    }
}

fn hash(id: &Id) -> Vec<u8> {
    Sha256::digest(id.to_string().as_bytes()).to_vec()
}

/// The key under which a session is kept: a hash of what the browser has.
pub fn hash_of(session: &tower_sessions::Session) -> Option<Vec<u8>> {
    session.id().map(|id| hash(&id))
}

fn backend(error: impl std::fmt::Display) -> Error {
    Error::Backend(error.to_string())
}

#[async_trait]
impl Store for SessionStore {
    async fn create(&self, record: &mut Record) -> Result<()> {
        let login = record.data.get(LOGIN).cloned().ok_or_else(|| backend("only sessions of somebody are kept"))?;
        let login: Login = serde_json::from_value(login).map_err(|e| Error::Encode(e.to_string()))?;
        let mut read = self.db.platform_read().await.map_err(backend)?;
        let added = sqlx::query!(
            "insert into public.session (id_hash, user_id, user_epoch, tenant_id, absolute_until)
             select $1, u.id, u.epoch, $3, now() + make_interval(secs => $4)
             from public.user_account u where u.id = $2 and u.is_active
             on conflict do nothing",
            hash(&record.id),
            login.user.0,
            login.host.map(|t| t.0),
            ABSOLUTE.as_secs_f64(),
        )
        .execute(read.conn())
        .await
        .map_err(backend)?;
        // Two equal ids of 128 random bits do not happen; a person who is gone meanwhile does.
        if added.rows_affected() == 1 { Ok(()) } else { Err(backend("the session could not be begun")) }
    }

    async fn save(&self, _record: &Record) -> Result<()> {
        // Whose session it is never changes: a new login is a new session. So there is nothing to write, and
        // nothing that could write a session that is gone.
        Ok(())
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let mut read = self.db.platform_read().await.map_err(backend)?;
        let key = hash(id);
        let Some(row) = sqlx::query!(
            r#"select u.id, u.name, u.email, u.role, u.tenant_id, s.tenant_id as host,
                      u.is_temporary or coalesce(t.is_temporary, false) as "is_temporary!",
                      s.last_seen_at < now() - interval '60 seconds' as "is_due!",
                      (select json_agg(json_build_object('id', g.id, 'tenant', g.tenant_id, 'action', g.action,
                                                         'ends_at', to_char(g.ends_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')))
                       from public.permission_grant g
                       where g.grantee = u.id and g.ends_at > now() and access.is_active(g))
                          as "grants: sqlx::types::Json<Vec<SessionGrant>>"
               from public.session s join public.user_account u on u.id = s.user_id
               left join public.tenant t on t.id = u.tenant_id
               where s.id_hash = $1 and s.absolute_until > now() and s.last_seen_at > now() - make_interval(secs => $2)
                 and s.masquerade_id is null and u.is_active and u.epoch = s.user_epoch"#,
            key,
            IDLE.as_secs_f64(),
        )
        .fetch_optional(read.conn())
        .await
        .map_err(backend)?
        else {
            return Ok(None);
        };
        if row.is_due {
            sqlx::query!("update public.session set last_seen_at = now() where id_hash = $1", key)
                .execute(read.conn())
                .await
                .map_err(backend)?;
        }
        let login = Login { user: UserId(row.id), host: row.host.map(TenantId) };
        let person = SessionPerson {
            id: row.id,
            name: row.name,
            email: row.email,
            role: row.role,
            tenant_id: row.tenant_id,
            is_temporary: row.is_temporary,
            grants: row.grants.map(|grants| grants.0).unwrap_or_default(),
        };
        let value = |v: serde_json::Result<serde_json::Value>| v.map_err(|e| Error::Decode(e.to_string()));
        let data = [
            (LOGIN.to_owned(), value(serde_json::to_value(login))?),
            (PERSON.to_owned(), value(serde_json::to_value(person))?),
        ];
        // The layer's own expiry is only the cookie's; the query above has decided.
        let expiry_date = OffsetDateTime::now_utc() + ABSOLUTE;
        Ok(Some(Record { id: *id, data: data.into(), expiry_date }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        let mut read = self.db.platform_read().await.map_err(backend)?;
        sqlx::query!("delete from public.session where id_hash = $1", hash(id))
            .execute(read.conn())
            .await
            .map_err(backend)
            .map(|_| ())
    }
}
