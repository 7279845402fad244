//! Who the hub is and how it does: `/v1/hub`, `/health`, `/ready`, `/metrics`.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use zizhi_sync::api::Code;
use zizhi_sync::hub_card::{API, HubCard};
use zizhi_sync::object;

use super::Hub;
use super::answer::{Answer, Refused};

/// The hub card (docs/hub.md §1), signed at this moment.
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
pub(super) async fn health() -> StatusCode {
    StatusCode::NO_CONTENT
}

/// The database answers and would write.
pub(super) async fn ready(State(hub): State<Arc<Hub>>) -> Result<StatusCode, Refused> {
    hub.parts.store.ready().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What was counted.
pub(super) async fn metrics(State(hub): State<Arc<Hub>>) -> Response {
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], hub.metrics.text()).into_response()
}
