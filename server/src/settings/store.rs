//! SQL of settings.

use crate::tenancy::{TenantConn, TenantTx};
use domain::{
    policy::{EditSettings, Permit},
    settings::{BusinessFacts, Closure, Policies, buffer_of, buffer_word},
};
use jiff::civil::Date;
use uuid::Uuid;

/// A business as it is stored.
pub(crate) struct Stored {
    pub business: BusinessFacts,
    pub policies: Policies,
    pub brand_colour: Option<String>,
    pub version: i32,
}

/// The business.
pub(crate) async fn find(tx: &mut impl TenantConn) -> Result<Stored, sqlx::Error> {
    let row = sqlx::query!(
        "select currency, week_start, tagline, about, contact_email, contact_phone, address, buffer_mode, cancel_minutes,
                reschedule_minutes, reminder_minutes, brand_colour, version from business"
    )
    .fetch_one(tx.conn()?)
    .await?;
    let number = |minutes: i32| u32::try_from(minutes).unwrap_or(0);
    Ok(Stored {
        business: BusinessFacts {
            currency: row.currency,
            week_start: u8::try_from(row.week_start).unwrap_or(1),
            tagline: row.tagline,
            about: row.about,
            contact_email: row.contact_email,
            contact_phone: row.contact_phone,
            address: row.address,
        },
        policies: Policies {
            buffer_mode: buffer_of(&row.buffer_mode).unwrap_or_default(),
            cancel_minutes: number(row.cancel_minutes),
            reschedule_minutes: number(row.reschedule_minutes),
            reminder_minutes: row.reminder_minutes.map(number),
        },
        brand_colour: row.brand_colour,
        version: row.version,
    })
}

/// Takes the business's row until the transaction ends; tells its version.
pub(crate) async fn lock(tx: &mut TenantTx) -> Result<i32, sqlx::Error> {
    sqlx::query_scalar!("select version from business for no key update").fetch_one(tx.conn()?).await
}

/// Writes what the business says of itself.
pub(crate) async fn save_business(
    tx: &mut TenantTx,
    _permit: &Permit<EditSettings>,
    new: &BusinessFacts,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update business set currency = $1, week_start = $2, tagline = $3, about = $4, contact_email = $5,
                contact_phone = $6, address = $7, version = version + 1",
        new.currency,
        i16::from(new.week_start),
        new.tagline,
        new.about,
        new.contact_email,
        new.contact_phone,
        new.address
    )
    .execute(tx.conn()?)
    .await
    .map(|_| ())
}

/// Whether a price was promised to anybody: from then on the currency stays.
pub(crate) async fn has_promised_price(tx: &mut impl TenantConn) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(r#"select exists (select from appointment where price_minor is not null) as "exists!""#)
        .fetch_one(tx.conn()?)
        .await
}

/// Keeps the numbers of prices when the currency counts other fractions: 48.00 is 48 in a currency without.
pub(crate) async fn scale_prices(
    tx: &mut TenantTx,
    _permit: &Permit<EditSettings>,
    from_unit: i64,
    to_unit: i64,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update service set price_minor = round(price_minor::numeric * $2::bigint / $1::bigint)::bigint, version = version + 1
         where price_minor is not null",
        from_unit,
        to_unit
    )
    .execute(tx.conn()?)
    .await
    .map(|_| ())
}

/// Writes the policies.
pub(crate) async fn save_policies(
    tx: &mut TenantTx,
    _permit: &Permit<EditSettings>,
    new: &Policies,
) -> Result<(), sqlx::Error> {
    let number = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
    sqlx::query!(
        "update business set buffer_mode = $1, cancel_minutes = $2, reschedule_minutes = $3, reminder_minutes = $4,
                version = version + 1",
        buffer_word(new.buffer_mode),
        number(new.cancel_minutes),
        number(new.reschedule_minutes),
        new.reminder_minutes.map(number)
    )
    .execute(tx.conn()?)
    .await
    .map(|_| ())
}

/// Writes the colour.
pub(crate) async fn save_colour(
    tx: &mut TenantTx,
    _permit: &Permit<EditSettings>,
    colour: Option<&str>,
) -> Result<(), sqlx::Error> {
    sqlx::query!("update business set brand_colour = $1, version = version + 1", colour)
        .execute(tx.conn()?)
        .await
        .map(|_| ())
}

/// The colour.
pub(crate) async fn find_colour(tx: &mut impl TenantConn) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar!("select brand_colour from business").fetch_one(tx.conn()?).await
}

/// A closure with its id.
pub(crate) type StoredClosure = (Uuid, Closure);

/// The closures that are not over on a date.
pub(crate) async fn list_closures(tx: &mut impl TenantConn, since: Date) -> Result<Vec<StoredClosure>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select id, from_date::text as "from_date!", to_date::text as "to_date!", name from closure
           where to_date >= $1::text::date order by from_date, id limit 400"#,
        since.to_string()
    )
    .fetch_all(tx.conn()?)
    .await?;
    let read =
        |from: &str, to: &str, name: String| Some(Closure { from: from.parse().ok()?, to: to.parse().ok()?, name });
    Ok(rows.into_iter().filter_map(|row| Some((row.id, read(&row.from_date, &row.to_date, row.name)?))).collect())
}

/// Adds a closure.
pub(crate) async fn insert_closure(
    tx: &mut TenantTx,
    _permit: &Permit<EditSettings>,
    new: &Closure,
) -> Result<Uuid, sqlx::Error> {
    let id = Uuid::now_v7();
    sqlx::query!(
        "insert into closure (id, from_date, to_date, name) values ($1, $2::text::date, $3::text::date, $4)",
        id,
        new.from.to_string(),
        new.to.to_string(),
        new.name
    )
    .execute(tx.conn()?)
    .await?;
    Ok(id)
}

/// Takes a closure back; tells what it was, unless it is gone already.
pub(crate) async fn delete_closure(
    tx: &mut TenantTx,
    _permit: &Permit<EditSettings>,
    id: Uuid,
) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"delete from closure where id = $1 returning name || ', ' || from_date || ' to ' || to_date as "name!""#,
        id
    )
    .fetch_optional(tx.conn()?)
    .await
}
