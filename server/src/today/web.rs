//! The paths of today.

use super::show;
use crate::{
    booking::web::date_of,
    error::Failure,
    http::{Cx, QueryOf, html},
    state::App,
};
use app::today as pages;
use axum::{extract::State, response::Response};
use http::StatusCode;
use serde::Deserialize;

/// Whose day.
#[derive(Deserialize)]
pub struct TodayQuery {
    #[serde(default)]
    all: String,
}

/// `GET /today?all=1`
pub async fn today(
    State(app): State<App>,
    Cx(cx): Cx,
    QueryOf(query): QueryOf<TodayQuery>,
) -> Result<Response, Failure> {
    let model = show::today(&app, &cx, query.all == "1").await?;
    Ok(html(StatusCode::OK, pages::today(cx.frame, model)))
}

/// Which day.
#[derive(Deserialize)]
pub struct SheetsQuery {
    #[serde(default)]
    date: String,
}

/// `GET /today/sheets?date=`
pub async fn sheets(
    State(app): State<App>,
    Cx(cx): Cx,
    QueryOf(query): QueryOf<SheetsQuery>,
) -> Result<Response, Failure> {
    let date = match query.date.as_str() {
        "" => None,
        text => Some(date_of(text)?),
    };
    let model = show::sheets(&app, &cx, date).await?;
    Ok(html(StatusCode::OK, pages::sheets(cx.frame, model)))
}
