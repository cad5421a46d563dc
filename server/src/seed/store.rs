//! SQL of the demo's first rows.

use super::Demo;
use crate::{
    identity::NewPerson,
    tenancy::{TenantConn, TenantTx},
};
use uuid::Uuid;

/// Fills a new tenant's schema.
pub(super) async fn fill(tx: &mut TenantTx, demo: &Demo, people: &[NewPerson]) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update business set tagline = $1, currency = $2, about = $3",
        demo.tagline,
        demo.currency,
        demo.about
    )
    .execute(tx.conn()?)
    .await?;
    let mut staff = Vec::new();
    let mut rooms = Vec::new();
    for (position, person) in people.iter().enumerate() {
        staff.push(insert_resource(tx, &person.name, "STAFF", Some(person.id.0), 1, position).await?);
    }
    for (position, (room, quantity)) in demo.rooms.iter().enumerate() {
        rooms.push(insert_resource(tx, room, "ROOM", None, *quantity, people.len() + position).await?);
    }
    if demo.is_nightly {
        for id in staff.iter().chain(&rooms) {
            for weekday in 1..=7_i16 {
                insert_hours(tx, *id, weekday, 18 * 60, 6 * 60).await?;
            }
        }
        return fill_services(tx, demo, &staff, &rooms).await;
    }
    for (turn, id) in staff.iter().enumerate() {
        // Tuesday to Saturday with a break for lunch, each one a little different.
        let turn = i16::try_from(turn % 3).unwrap_or(0);
        for weekday in 1..=6_i16 {
            if weekday == 1 + turn {
                continue;
            }
            insert_hours(tx, *id, weekday, 9 * 60 + 30 * turn, 12 * 60 + 30).await?;
            insert_hours(tx, *id, weekday, 13 * 60 + 15, 17 * 60 + 30 * turn).await?;
        }
    }
    for id in &rooms {
        for weekday in 1..=7_i16 {
            insert_hours(tx, *id, weekday, 7 * 60, 21 * 60).await?;
        }
    }
    fill_services(tx, demo, &staff, &rooms).await
}

async fn fill_services(tx: &mut TenantTx, demo: &Demo, staff: &[Uuid], rooms: &[Uuid]) -> Result<(), sqlx::Error> {
    for (position, service) in demo.services.iter().enumerate() {
        let id = Uuid::now_v7();
        sqlx::query!(
            "insert into service (id, name, description, minutes, step, notice_minutes, price_minor, hue, position,
                                  category, buffer_after, horizon_days, needs_approval, grid)
             values ($1, $2, $3, $4, $5, 60, $6, $7, $8, $9, $10, $11, $12, $13)",
            id,
            service.name,
            service.description,
            service.minutes,
            service.step,
            service.price_minor,
            service.hue,
            position_of(position),
            service.category,
            service.buffer_after,
            service.horizon_days,
            service.needs_approval,
            if service.is_packed { "packed" } else { "grid" }
        )
        .execute(tx.conn()?)
        .await?;
        if service.needs_staff {
            insert_need(tx, id, 0, staff).await?;
        }
        if service.needs_room {
            insert_need(tx, id, 1, rooms).await?;
        }
        if let Some(most) = service.a_day {
            sqlx::query!(
                "insert into service_limit (service_id, per, kind, most) values ($1, 'day', 'count', $2)",
                id,
                most
            )
            .execute(tx.conn()?)
            .await?;
        }
    }
    Ok(())
}

fn position_of(position: usize) -> i32 {
    i32::try_from(position).unwrap_or(i32::MAX)
}

async fn insert_resource(
    tx: &mut TenantTx,
    name: &str,
    kind: &str,
    user: Option<Uuid>,
    quantity: i32,
    position: usize,
) -> Result<Uuid, sqlx::Error> {
    let id = Uuid::now_v7();
    sqlx::query!(
        "insert into resource (id, name, kind, user_id, position, quantity) values ($1, $2, $3, $4, $5, $6)",
        id,
        name,
        kind,
        user,
        position_of(position),
        quantity
    )
    .execute(tx.conn()?)
    .await?;
    Ok(id)
}

async fn insert_hours(tx: &mut TenantTx, resource: Uuid, weekday: i16, from: i16, to: i16) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into weekly_hours (resource_id, weekday, from_minute, to_minute) values ($1, $2, $3, $4)",
        resource,
        weekday,
        from,
        to
    )
    .execute(tx.conn()?)
    .await
    .map(|_| ())
}

async fn insert_need(tx: &mut TenantTx, service: Uuid, need: i16, pool: &[Uuid]) -> Result<(), sqlx::Error> {
    sqlx::query!("insert into service_need (service_id, need) values ($1, $2)", service, need)
        .execute(tx.conn()?)
        .await?;
    for resource in pool {
        sqlx::query!(
            "insert into service_need_resource (service_id, need, resource_id) values ($1, $2, $3)",
            service,
            need,
            *resource
        )
        .execute(tx.conn()?)
        .await?;
    }
    Ok(())
}
