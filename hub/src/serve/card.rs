//! Who the hub is and how it does: `/v1/hub`, `/health`, `/ready`, `/metrics`.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use zizhi_sync::api::Code;
use zizhi_sync::api::schema::Jws;
use zizhi_sync::hub_card::{API, HubCard};
use zizhi_sync::object;

use super::Hub;
use super::answer::{Answer, Refused};
use super::metrics::{outbox, pulse};

const METRICS_TYPE: &str = "text/plain; version=0.0.4";

/// The hub card (docs/hub.md §1), signed at this moment.
#[utoipa::path(
    get,
    path = "/v1/hub",
    operation_id = "hubCard",
    responses((status = 200, description = "The card.", body = Jws, content_type = "application/jwt"))
)]
pub(super) async fn card(State(hub): State<Arc<Hub>>) -> Answer {
    let epoch = u64::try_from(hub.parts.store.epoch().await?).map_err(|_| Code::HubFailed)?;
    let card = HubCard {
        hub: hub.parts.id.clone(),
        key: hub.parts.key.public().clone(),
        epoch,
        time: hub.now(),
        api: API,
    };
    let text = object::sign(&hub.parts.key, &card).map_err(|_| Code::HubFailed)?;
    let fields = [(header::CONTENT_TYPE, "application/jwt"), (header::CACHE_CONTROL, "no-store")];
    Ok((fields, text).into_response())
}

/// The process answers.
#[utoipa::path(
    get,
    path = "/health",
    operation_id = "health",
    responses((status = 204, description = "It does."))
)]
pub(super) async fn health() -> StatusCode {
    StatusCode::NO_CONTENT
}

/// The database answers and would write, and its commits come back.
#[utoipa::path(
    get,
    path = "/ready",
    operation_id = "ready",
    responses((status = 204, description = "It does."))
)]
pub(super) async fn ready(State(hub): State<Arc<Hub>>) -> Result<StatusCode, Refused> {
    // Before the database is asked: all its connections may be waiting for the standby.
    if !hub.pulse.beats() {
        return Err(Code::HubBusy.into());
    }
    hub.parts.store.ready().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What was counted, and what waits for other hubs, in the text form of Prometheus.
#[utoipa::path(
    get,
    path = "/metrics",
    operation_id = "metrics",
    responses((status = 200, description = "The counters.", body = String, content_type = METRICS_TYPE))
)]
pub(super) async fn metrics(State(hub): State<Arc<Hub>>) -> Response {
    let mut text = hub.metrics.text();
    text.push_str(&pulse(hub.pulse.told()));
    // Where the database does not answer, the rest is told all the same.
    if let Ok(queues) = hub.parts.store.queues().await {
        text.push_str(&outbox(&queues, hub.now()));
    }
    ([(header::CONTENT_TYPE, METRICS_TYPE)], text).into_response()
}
