//! SQL of services.

use crate::tenancy::{Instant, TenantConn, TenantTx};
use domain::{
    catalogue::{NeedRule, ServiceRules, grid_of, grid_word},
    ids::ResourceId,
    policy::{EditServices, Permit},
    schedule::{Limit, Most, Period},
};
use jiff::Timestamp;
use sqlx::types::Json;
use uuid::Uuid;

/// A service in the list.
pub(crate) struct ListRow {
    pub id: Uuid,
    pub name: String,
    pub category: String,
    pub hue: String,
    pub minutes: i32,
    pub price_minor: Option<i64>,
    pub is_online: bool,
    pub currency: String,
    /// Of each need: how many, and the names in its pool.
    pub needs: Json<Vec<(i16, Vec<String>)>>,
}

/// The services in use, or the archived ones, in the order of the public page.
pub(crate) async fn list(tx: &mut impl TenantConn, archived: bool) -> Result<Vec<ListRow>, sqlx::Error> {
    sqlx::query_as!(
        ListRow,
        r#"select s.id, s.name, s.category, s.hue, s.minutes, s.price_minor, s.is_online, b.currency,
                  coalesce((select jsonb_agg(jsonb_build_array(n.count, coalesce(
                                (select jsonb_agg(r.name order by r.position, r.name, r.id)
                                 from service_need_resource nr
                                 join resource r on r.id = nr.resource_id and r.archived_at is null
                                 where nr.service_id = n.service_id and nr.need = n.need), '[]')) order by n.need)
                            from service_need n where n.service_id = s.id), '[]')
                      as "needs!: Json<Vec<(i16, Vec<String>)>>"
           from service s cross join business b
           where (s.archived_at is not null) = $1
           order by s.position, s.name, s.id"#,
        archived
    )
    .fetch_all(tx.conn()?)
    .await
}

/// How many are archived.
pub(crate) async fn count_archived(tx: &mut impl TenantConn) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(r#"select count(*) as "count!" from service where archived_at is not null"#)
        .fetch_one(tx.conn()?)
        .await
}

/// Headings in use.
pub(crate) async fn list_categories(tx: &mut impl TenantConn) -> Result<Vec<String>, sqlx::Error> {
    sqlx::query_scalar!("select distinct category from service where category <> '' order by category")
        .fetch_all(tx.conn()?)
        .await
}

/// A resource that can be asked for.
pub(crate) struct ResourceRow {
    pub id: Uuid,
    pub name: String,
    pub kind: String,
    pub is_archived: bool,
}

/// All resources, in the tenant's order.
pub(crate) async fn list_resources(tx: &mut impl TenantConn) -> Result<Vec<ResourceRow>, sqlx::Error> {
    sqlx::query_as!(
        ResourceRow,
        r#"select id, name, kind, (archived_at is not null) as "is_archived!" from resource order by position, name, id"#
    )
    .fetch_all(tx.conn()?)
    .await
}

/// The currency of the business.
pub(crate) async fn find_currency(tx: &mut impl TenantConn) -> Result<String, sqlx::Error> {
    sqlx::query_scalar!("select currency from business").fetch_one(tx.conn()?).await
}

/// A service as it is stored.
pub(crate) struct Stored {
    pub rules: ServiceRules,
    pub version: i32,
    pub is_archived: bool,
}

/// One service. Resources out of use are left out of its pools.
pub(crate) async fn find(tx: &mut impl TenantConn, id: Uuid) -> Result<Option<Stored>, sqlx::Error> {
    let row = sqlx::query!(
        r#"select s.name, s.category, s.description, s.minutes, s.step, s.price_minor, s.hue, s.is_online, s.buffer_before,
                  s.buffer_after, s.grid, s.notice_minutes, s.horizon_days, s.needs_approval, s.pending_holds,
                  s.cancel_minutes, s.reschedule_minutes, s.version, (s.archived_at is not null) as "is_archived!",
                  coalesce((select jsonb_agg(jsonb_build_array(n.count, coalesce(
                                (select jsonb_agg(r.id order by r.id) from service_need_resource nr
                                 join resource r on r.id = nr.resource_id and r.archived_at is null
                                 where nr.service_id = n.service_id and nr.need = n.need), '[]')) order by n.need)
                            from service_need n where n.service_id = s.id), '[]') as "needs!: Json<Vec<(i16, Vec<Uuid>)>>",
                  coalesce((select jsonb_agg(jsonb_build_array(l.per, l.kind, l.most) order by l.per, l.kind)
                            from service_limit l where l.service_id = s.id), '[]')
                      as "limits!: Json<Vec<(String, String, i32)>>"
           from service s where s.id = $1"#,
        id
    )
    .fetch_optional(tx.conn()?)
    .await?;
    let number = |minutes: i32| u32::try_from(minutes).unwrap_or(0);
    Ok(row.map(|row| Stored {
        version: row.version,
        is_archived: row.is_archived,
        rules: ServiceRules {
            name: row.name,
            category: row.category,
            description: row.description,
            minutes: number(row.minutes),
            step: number(row.step),
            price_minor: row.price_minor,
            hue: row.hue,
            is_online: row.is_online,
            buffer_before: number(row.buffer_before),
            buffer_after: number(row.buffer_after),
            grid: grid_of(&row.grid).unwrap_or_default(),
            notice_minutes: number(row.notice_minutes),
            horizon_days: number(row.horizon_days),
            needs_approval: row.needs_approval,
            pending_holds: row.pending_holds,
            cancel_minutes: row.cancel_minutes.map(number),
            reschedule_minutes: row.reschedule_minutes.map(number),
            limits: row.limits.0.into_iter().filter_map(limit).collect(),
            needs: row
                .needs
                .0
                .into_iter()
                .map(|(count, pool)| NeedRule {
                    count: u32::try_from(count).unwrap_or(1),
                    pool: pool.into_iter().map(ResourceId).collect(),
                })
                .collect(),
        },
    }))
}

fn limit((per, kind, most): (String, String, i32)) -> Option<Limit> {
    let per = [Period::Day, Period::Week, Period::Month].into_iter().find(|period| period_word(*period) == per)?;
    let most = u32::try_from(most).ok()?;
    Some(Limit { per, most: if kind == "minutes" { Most::Minutes(most) } else { Most::Count(most) } })
}

fn period_word(per: Period) -> &'static str {
    match per {
        Period::Day => "day",
        Period::Week => "week",
        Period::Month => "month",
    }
}

/// Takes the service's row until the transaction ends; tells its version.
pub(crate) async fn lock(tx: &mut TenantTx, id: Uuid) -> Result<Option<i32>, sqlx::Error> {
    sqlx::query_scalar!("select version from service where id = $1 for no key update", id)
        .fetch_optional(tx.conn()?)
        .await
}

/// Writes a service: a new one at the end of the list, or over the one with this id.
pub(crate) async fn save(
    tx: &mut TenantTx,
    _permit: &Permit<EditServices>,
    id: Uuid,
    rules: &ServiceRules,
) -> Result<(), sqlx::Error> {
    let number = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
    sqlx::query!(
        "insert into service (id, name, category, description, minutes, step, price_minor, hue, is_online, buffer_before,
                              buffer_after, grid, notice_minutes, horizon_days, needs_approval, pending_holds,
                              cancel_minutes, reschedule_minutes, position)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
                 coalesce((select max(position) + 1 from service), 0))
         on conflict (id) do update set
             name = excluded.name, category = excluded.category, description = excluded.description,
             minutes = excluded.minutes, step = excluded.step, price_minor = excluded.price_minor, hue = excluded.hue,
             is_online = excluded.is_online, buffer_before = excluded.buffer_before,
             buffer_after = excluded.buffer_after, grid = excluded.grid, notice_minutes = excluded.notice_minutes,
             horizon_days = excluded.horizon_days, needs_approval = excluded.needs_approval,
             pending_holds = excluded.pending_holds, cancel_minutes = excluded.cancel_minutes,
             reschedule_minutes = excluded.reschedule_minutes, version = service.version + 1",
        id,
        rules.name,
        rules.category,
        rules.description,
        number(rules.minutes),
        number(rules.step),
        rules.price_minor,
        rules.hue,
        rules.is_online,
        number(rules.buffer_before),
        number(rules.buffer_after),
        grid_word(rules.grid),
        number(rules.notice_minutes),
        number(rules.horizon_days),
        rules.needs_approval,
        rules.pending_holds,
        rules.cancel_minutes.map(number),
        rules.reschedule_minutes.map(number),
    )
    .execute(tx.conn()?)
    .await?;
    save_needs(tx, id, &rules.needs).await?;
    save_limits(tx, id, &rules.limits).await
}

async fn save_needs(tx: &mut TenantTx, service: Uuid, needs: &[NeedRule]) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from service_need where service_id = $1", service).execute(tx.conn()?).await?;
    let small = |n: usize| i16::try_from(n).unwrap_or(i16::MAX);
    for (at, need) in needs.iter().enumerate() {
        let pool: Vec<Uuid> = need.pool.iter().map(|id| id.0).collect();
        sqlx::query!(
            "insert into service_need (service_id, need, count) values ($1, $2, $3)",
            service,
            small(at),
            i16::try_from(need.count).unwrap_or(1)
        )
        .execute(tx.conn()?)
        .await?;
        sqlx::query!(
            "insert into service_need_resource (service_id, need, resource_id) select $1, $2, unnest($3::uuid[])",
            service,
            small(at),
            &pool
        )
        .execute(tx.conn()?)
        .await?;
    }
    Ok(())
}

async fn save_limits(tx: &mut TenantTx, service: Uuid, limits: &[Limit]) -> Result<(), sqlx::Error> {
    sqlx::query!("delete from service_limit where service_id = $1", service).execute(tx.conn()?).await?;
    for limit in limits {
        let (kind, most) = match limit.most {
            Most::Count(most) => ("count", most),
            Most::Minutes(most) => ("minutes", most),
        };
        sqlx::query!(
            "insert into service_limit (service_id, per, kind, most) values ($1, $2, $3, $4)",
            service,
            period_word(limit.per),
            kind,
            i32::try_from(most).unwrap_or(i32::MAX)
        )
        .execute(tx.conn()?)
        .await?;
    }
    Ok(())
}

/// Takes a service out of use, or brings it back; tells its name, unless there was nothing to do.
pub(crate) async fn set_archived(
    tx: &mut TenantTx,
    _permit: &Permit<EditServices>,
    id: Uuid,
    at: Option<Timestamp>,
) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar!(
        "update service set archived_at = $2, version = version + 1
         where id = $1 and (archived_at is null) = ($2::timestamptz is not null) returning name",
        id,
        at.map(Instant::from) as Option<Instant>
    )
    .fetch_optional(tx.conn()?)
    .await
}

/// The services in use, locked, in their order.
pub(crate) async fn lock_order(tx: &mut TenantTx) -> Result<Vec<(Uuid, String)>, sqlx::Error> {
    let rows = sqlx::query!(
        "select id, name from service where archived_at is null order by position, name, id for no key update"
    )
    .fetch_all(tx.conn()?)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}

/// Gives the services their places.
pub(crate) async fn set_order(
    tx: &mut TenantTx,
    _permit: &Permit<EditServices>,
    order: &[Uuid],
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update service s set position = o.place::integer
         from unnest($1::uuid[]) with ordinality as o (id, place) where s.id = o.id",
        order
    )
    .execute(tx.conn()?)
    .await
    .map(|_| ())
}

/// How many appointments of a service are to come.
pub(crate) async fn count_coming(tx: &mut impl TenantConn, id: Uuid, now: Timestamp) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from appointment
           where service_id = $1 and starts_at > $2 and status in ('PENDING', 'CONFIRMED')"#,
        id,
        Instant::from(now) as Instant
    )
    .fetch_one(tx.conn()?)
    .await
}
