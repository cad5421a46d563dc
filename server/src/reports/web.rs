//! The paths of the reports.

use super::show;
use crate::{
    error::Failure,
    http::{Cx, QueryOf, csv, html},
    setup::errors,
    state::App,
};
use app::{
    reports::{
        self as pages,
        model::{Figures, PresetLink, Reports, What},
    },
    request::RequestContext,
    ui::query::Address,
};
use axum::{extract::State, response::Response};
use domain::{
    money,
    policy::{ExportReports, ViewReports, authorize},
    report::Period,
};
use http::StatusCode;
use serde::Deserialize;

/// Which days, and for a file what of them.
#[derive(Deserialize)]
pub struct ReportQuery {
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    what: String,
}

fn address(path: &str, period: Period) -> Address {
    Address::new(path).with("from", &period.from.to_string()).with("to", &period.to.to_string())
}

/// `GET /reports?from=&to=`
pub async fn page(
    State(app): State<App>,
    Cx(cx): Cx,
    QueryOf(query): QueryOf<ReportQuery>,
) -> Result<Response, Failure> {
    let tenant = cx.tenant()?;
    let _permit = authorize::<ViewReports>(&cx.actor, &tenant.id)?;
    let today = cx.now.to_zoned(tenant.zone.clone()).date();
    let read = Period::check(&query.from, &query.to, today);
    let presets = Period::presets(today).map(|preset| PresetLink {
        label: preset.label,
        href: address("/reports", preset.period).build(),
        is_current: read.as_ref().is_ok_and(|period| *period == preset.period),
    });
    let model = Reports {
        presets: presets.into(),
        zone: tenant.zone.iana_name().unwrap_or("UTC").replace('_', " "),
        may_export: authorize::<ExportReports>(&cx.actor, &tenant.id).is_ok(),
        ..Reports::default()
    };
    let period = match read {
        Ok(period) => period,
        Err(mistakes) => {
            let model = Reports { from: query.from, to: query.to, errors: errors(mistakes), ..model };
            return Ok(html(StatusCode::UNPROCESSABLE_ENTITY, pages::reports(cx.frame, model)));
        }
    };
    let model = Reports {
        from: period.from.to_string(),
        to: period.to.to_string(),
        period: period.label(),
        figures: Some(show::figures(&app, &cx, period).await?),
        ..model
    };
    Ok(html(StatusCode::OK, pages::reports(cx.frame, model)))
}

/// `GET /reports.csv?what=&from=&to=`
pub async fn export(
    State(app): State<App>,
    Cx(cx): Cx,
    QueryOf(query): QueryOf<ReportQuery>,
) -> Result<Response, Failure> {
    let tenant = cx.tenant()?;
    let _permit = authorize::<ExportReports>(&cx.actor, &tenant.id)?;
    let what = What::parse(&query.what).ok_or(Failure::BadRequest("it names no report"))?;
    let period = read_period(&cx, &query)?;
    let figures = show::figures(&app, &cx, period).await?;
    let name = format!("{}-{}-{}.csv", what.as_str(), period.from, period.to);
    Ok(csv::file(&name, table(what, &figures)))
}

fn read_period(cx: &RequestContext, query: &ReportQuery) -> Result<Period, Failure> {
    let today = cx.now.to_zoned(cx.tenant()?.zone.clone()).date();
    Period::check(&query.from, &query.to, today).map_err(|_| Failure::BadRequest("its days are not two dates in order"))
}

/// The figures as a program wants them: counts and amounts, no shares made of them.
fn table(what: What, figures: &Figures) -> String {
    let amount =
        |minor: i64| u64::try_from(minor).map(|minor| money::plain(minor, &figures.currency)).unwrap_or_default();
    let (head, rows): (&[&str], Vec<Vec<String>>) = match what {
        What::Bookings => {
            let rows = figures.bookings.iter().map(|(label, count)| vec![label.clone(), count.to_string()]);
            (&[if figures.is_weekly { "week" } else { "day" }, "bookings"], rows.collect())
        }
        What::Utilisation => {
            let rows = figures.usage.iter().map(|(name, usage)| {
                vec![name.clone(), usage.booked.to_string(), usage.open.to_string(), usage.outside.to_string()]
            });
            (&["resource", "booked_minutes", "open_minutes", "outside_minutes"], rows.collect())
        }
        What::Missed => {
            let rows = figures.missed.iter().map(|(name, missed)| {
                let counts = [missed.made, missed.cancelled, missed.completed, missed.missed];
                [vec![name.clone()], counts.map(|count| count.to_string()).to_vec()].concat()
            });
            (&["service", "made", "cancelled", "completed", "did_not_come"], rows.collect())
        }
        What::Revenue => {
            let rows = figures.revenue.iter().map(|(name, revenue)| {
                vec![
                    name.clone(),
                    amount(revenue.earned),
                    revenue.completed.to_string(),
                    amount(revenue.expected),
                    revenue.confirmed.to_string(),
                    figures.currency.clone(),
                ]
            });
            (&["service", "completed", "completed_count", "confirmed", "confirmed_count", "currency"], rows.collect())
        }
    };
    let rows: String = rows.iter().map(|row| csv::line(row)).collect();
    csv::line(head) + &rows
}
