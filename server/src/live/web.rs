//! The stream's path.

use super::{Cursor, News, Seat, full, news};
use crate::{
    booking::web::date_of,
    error::Failure,
    http::{Cx, QueryOf},
    state::App,
    tenancy::TenantRoute,
};
use axum::{
    extract::State,
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use domain::policy::{ViewCalendar, authorize};
use futures_util::{Stream, StreamExt, stream};
use http::{HeaderMap, HeaderValue};
use serde::Deserialize;
use std::{convert::Infallible, sync::Arc, time::Duration};
use tokio::sync::{broadcast, watch};

/// How long a stream waits for a change before it asks the browser to come again, so that nobody listens for hours whose
/// session has ended.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long until the browser asks again, in milliseconds.
const AGAIN: Duration = Duration::from_millis(100);
/// Changes come in bunches; one answer tells of all of them.
const GATHER: Duration = Duration::from_millis(50);
/// So that proxies do not take the silence for an end.
const ALIVE: Duration = Duration::from_secs(15);
/// How many days can be listened to at once.
const MOST_DAYS: i32 = 62;

/// Which dates, and since when.
#[derive(Deserialize)]
pub struct EventsQuery {
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    after: String,
}

/// `GET /schedule/events?from=&to=&after=`
pub async fn events(
    State(app): State<App>,
    Cx(cx): Cx,
    headers: HeaderMap,
    QueryOf(query): QueryOf<EventsQuery>,
) -> Result<Response, Failure> {
    let tenant = cx.tenant()?;
    let _permit = authorize::<ViewCalendar>(&cx.actor, &tenant.id)?;
    let (from, to) = (date_of(&query.from)?, date_of(&query.to)?);
    let days = to.since(from).map_or(-1, |span| span.get_days());
    if !(0..MOST_DAYS).contains(&days) {
        return Err(Failure::BadRequest("its dates are not a span of at most 62 days"));
    }
    let route = app.routes.by_id(tenant.id).ok_or_else(full)?;
    let seat = app.live.take_seat(tenant.id).ok_or_else(full)?;
    // Before looking: what is written between the two is heard.
    let ear = app.routes.changes();
    let resumed = headers.get("last-event-id").and_then(|id| id.to_str().ok());
    let cursor = resumed.or(Some(query.after.as_str()).filter(|after| !after.is_empty()));
    let (news, next) = news(&app, &cx, (from, to), cursor).await?;
    let told = stream::iter(told(&news, &next).into_iter().map(Ok));
    let wait = Waiting { ear, route, closing: app.live.closing.subscribe(), _seat: seat };
    let mut response =
        Sse::new(told.chain(wait.until_there_is_more())).keep_alive(KeepAlive::new().interval(ALIVE)).into_response();
    // nginx would gather the events before it passes them on.
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    Ok(response)
}

/// What the answer begins with: the cursor, and the news.
fn told(news: &News, next: &Cursor) -> Vec<Event> {
    // Without data it is not an event of its own; it sets where to go on.
    let mut events = vec![Event::default().id(next.to_string()).retry(AGAIN)];
    match news {
        News::Reload => events.push(Event::default().event("reload").data("now")),
        News::Changes(changes) => {
            let event = |change| Event::default().event("change").json_data(change).ok();
            events.extend(changes.iter().filter_map(event));
        }
    }
    events
}

/// What a stream waits for.
struct Waiting {
    ear: broadcast::Receiver<Arc<str>>,
    route: Arc<TenantRoute>,
    closing: watch::Receiver<bool>,
    _seat: Seat,
}

impl Waiting {
    /// Nothing, for as long as there is nothing; then the end.
    fn until_there_is_more(mut self) -> impl Stream<Item = Result<Event, Infallible>> {
        stream::once(async move {
            tokio::select! {
                () = heard(&mut self.ear, &self.route) => tokio::time::sleep(GATHER).await,
                () = closed(&mut self.closing) => {}
                () = tokio::time::sleep(PATIENCE) => {}
            }
        })
        .filter_map(|()| async { None })
    }
}

/// Waits until the node is about to stop.
async fn closed(closing: &mut watch::Receiver<bool>) {
    while !*closing.borrow_and_update() {
        if closing.changed().await.is_err() {
            return;
        }
    }
}

async fn heard(ear: &mut broadcast::Receiver<Arc<str>>, route: &TenantRoute) {
    loop {
        match ear.recv().await {
            Ok(whose) if !route.is_meant_by(&whose) => {}
            // Heard, or so much that some of it was missed: look.
            Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => return,
            Err(broadcast::error::RecvError::Closed) => return std::future::pending().await,
        }
    }
}
