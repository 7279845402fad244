//! What is seen of every request: how long it may take, how long it took, and one line of log.
//!
//! The line has the route as the router knows it, never the path: that names organisations and vouchers. It has
//! no address, no header and no body.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderValue, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use zizhi_sync::api::Code;

use super::Hub;
use super::answer::Refused;

/// Watches over one request.
pub(super) async fn observe(State(hub): State<Arc<Hub>>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let id = hub.new_id().to_string();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let late = too_late(&method, &route);
    let patience = hub.parts.settings.patience;
    let mut response = match tokio::time::timeout(patience, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Refused::from(late).into_response(),
    };
    let (took, status) = (begun.elapsed(), response.status().as_u16());
    hub.metrics.request(&route, status, took);
    let milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    tracing::info!(request = id, method = method.as_str(), route, status, milliseconds, "answered");
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert("zizhi-request", id);
    }
    response
}

/// What to say when the time is over. A change of the ledger may have happened by then, and the transaction is
/// not cancelled: only asking again tells.
fn too_late(method: &Method, route: &str) -> Code {
    let asks = method == Method::GET || method == Method::HEAD;
    if !asks && route.starts_with("/v1/vouchers/") { Code::OutcomeUnknown } else { Code::HubBusy }
}
