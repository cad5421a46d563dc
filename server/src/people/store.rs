//! SQL of people.

use sqlx::PgConnection;
use uuid::Uuid;

/// What a list of people may be narrowed to; `None` is anything.
#[derive(Clone, Debug, Default)]
pub(crate) struct PeopleFilter {
    /// Part of a name or an address.
    pub q: Option<String>,
    pub role: Option<String>,
    pub tenant: Option<Uuid>,
    /// `active`, `inactive` or `invited`.
    pub state: Option<String>,
    /// Only people of tenants.
    pub of_tenants: bool,
    /// Only people of demos.
    pub only_temporary: bool,
    /// After this person: lower-case name and id.
    pub after: Option<(String, Uuid)>,
}

/// A person in a list.
#[derive(Clone, Debug)]
pub(crate) struct PersonRow {
    pub id: Uuid,
    pub name: String,
    pub email: String,
    pub role: String,
    pub tenant_id: Option<Uuid>,
    pub tenant_name: Option<String>,
    pub tenant_slug: Option<String>,
    pub is_temporary: bool,
    pub is_active: bool,
    pub is_invited: bool,
    pub last_seen: Option<jiff_sqlx::Timestamp>,
    pub created_at: jiff_sqlx::Timestamp,
}

/// People by name.
pub(crate) async fn list(
    conn: &mut PgConnection,
    filter: &PeopleFilter,
    most: i64,
) -> Result<Vec<PersonRow>, sqlx::Error> {
    let (name, id) = filter.after.clone().map_or((None, None), |(name, id)| (Some(name), Some(id)));
    sqlx::query_as!(
        PersonRow,
        r#"select u.id, u.name, u.email, u.role, u.tenant_id, t.name as "tenant_name?", t.slug as "tenant_slug?",
                  u.is_temporary or coalesce(t.is_temporary, false) as "is_temporary!", u.is_active,
                  u.password_hash is null and u.last_login_at is null as "is_invited!",
                  greatest(u.last_login_at, (select max(s.last_seen_at) from public.session s
                                             where s.user_id = u.id and s.masquerade_id is null)) as "last_seen: jiff_sqlx::Timestamp",
                  u.created_at as "created_at: jiff_sqlx::Timestamp"
           from public.user_account u left join public.tenant t on t.id = u.tenant_id
           where ($1::text is null or strpos(lower(u.name), lower($1)) > 0 or strpos(lower(u.email), lower($1)) > 0)
             and ($2::text is null or u.role = $2)
             and ($3::uuid is null or u.tenant_id = $3)
             and ($4::text is null or case $4 when 'inactive' then not u.is_active
                                              when 'invited' then u.is_active and u.password_hash is null and u.last_login_at is null
                                              else u.is_active and (u.password_hash is not null or u.last_login_at is not null) end)
             and (not $5 or u.is_temporary or t.is_temporary)
             and (not $9 or u.tenant_id is not null)
             and ($6::text is null or (lower(u.name), u.id) > ($6, $7::uuid))
           order by lower(u.name), u.id limit $8"#,
        filter.q,
        filter.role,
        filter.tenant,
        filter.state,
        filter.only_temporary,
        name,
        id,
        most,
        filter.of_tenants
    )
    .fetch_all(conn)
    .await
}

/// How many people a filter finds, up to a most: counting on is of no use to anybody.
pub(crate) async fn count(conn: &mut PgConnection, filter: &PeopleFilter, most: i64) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from (
             select 1 from public.user_account u left join public.tenant t on t.id = u.tenant_id
             where ($1::text is null or strpos(lower(u.name), lower($1)) > 0 or strpos(lower(u.email), lower($1)) > 0)
               and ($2::text is null or u.role = $2)
               and ($3::uuid is null or u.tenant_id = $3)
               and ($4::text is null or case $4 when 'inactive' then not u.is_active
                                                when 'invited' then u.is_active and u.password_hash is null and u.last_login_at is null
                                                else u.is_active and (u.password_hash is not null or u.last_login_at is not null) end)
               and (not $5 or u.is_temporary or t.is_temporary)
               and (not $7 or u.tenant_id is not null)
             limit $6) found"#,
        filter.q,
        filter.role,
        filter.tenant,
        filter.state,
        filter.only_temporary,
        most,
        filter.of_tenants
    )
    .fetch_one(conn)
    .await
}

/// One person.
pub(crate) async fn find(conn: &mut PgConnection, id: Uuid) -> Result<Option<PersonRow>, sqlx::Error> {
    sqlx::query_as!(
        PersonRow,
        r#"select u.id, u.name, u.email, u.role, u.tenant_id, t.name as "tenant_name?", t.slug as "tenant_slug?",
                  u.is_temporary or coalesce(t.is_temporary, false) as "is_temporary!", u.is_active,
                  u.password_hash is null and u.last_login_at is null as "is_invited!",
                  greatest(u.last_login_at, (select max(s.last_seen_at) from public.session s
                                             where s.user_id = u.id and s.masquerade_id is null)) as "last_seen: jiff_sqlx::Timestamp",
                  u.created_at as "created_at: jiff_sqlx::Timestamp"
           from public.user_account u left join public.tenant t on t.id = u.tenant_id where u.id = $1"#,
        id
    )
    .fetch_optional(conn)
    .await
}

/// Takes a person's row for the length of the transaction: what was decided about it stays true until the end.
pub(crate) async fn lock(conn: &mut PgConnection, id: Uuid) -> Result<(), sqlx::Error> {
    sqlx::query!("select 1 as one from public.user_account where id = $1 for update", id)
        .fetch_optional(conn)
        .await
        .map(|_| ())
}

/// Gives a person another role. Sessions of before are over with it.
pub(crate) async fn set_role(conn: &mut PgConnection, id: Uuid, role: &str) -> Result<(), sqlx::Error> {
    sqlx::query!("update public.user_account set role = $2, epoch = epoch + 1 where id = $1", id, role)
        .execute(conn)
        .await
        .map(|_| ())
}

/// Lets a person in, or not any more. Sessions of before are over with it.
pub(crate) async fn set_active(conn: &mut PgConnection, id: Uuid, is_active: bool) -> Result<(), sqlx::Error> {
    sqlx::query!("update public.user_account set is_active = $2, epoch = epoch + 1 where id = $1", id, is_active)
        .execute(conn)
        .await
        .map(|_| ())
}

/// How many active people of a tenant's team there are besides customers; what the plan limits.
pub(crate) async fn count_team(conn: &mut PgConnection, tenant: Uuid) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from public.user_account
           where tenant_id = $1 and is_active and role <> 'CUSTOMER'"#,
        tenant
    )
    .fetch_one(conn)
    .await
}

/// How many active owners a tenant has besides one person.
pub(crate) async fn count_other_owners(conn: &mut PgConnection, tenant: Uuid, but: Uuid) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from public.user_account
           where tenant_id = $1 and id <> $2 and is_active and role = 'TENANT_OWNER'"#,
        tenant,
        but
    )
    .fetch_one(conn)
    .await
}
