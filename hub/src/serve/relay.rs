//! Mail that another hub brings (docs/hub.md §7).

use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use zizhi_sync::Id;
use zizhi_sync::api::{self, Code, MESSAGE_TYPE, schema};

use super::answer::Answer;
use super::{Hub, Sender, mail};

/// Takes in a message of one piece that another hub took in before.
#[utoipa::path(
    post,
    path = "/v1/relay",
    operation_id = "relayMessage",
    params(
        ("Idempotency-Key" = inline(Id), Header, description = "The message id."),
        ("Zizhi-To" = inline(schema::OrgUrn), Header, description = "The recipient, an organisation of this hub."),
        ("Zizhi-From" = inline(schema::OrgUrn), Header, description = "The sender, an organisation of the other."),
    ),
    request_body(content = inline(schema::Message), content_type = MESSAGE_TYPE),
    responses(
        (status = 201, description = "Stored.", body = api::MailAnswer),
        (status = 200, description = "Stored before.", body = api::MailAnswer),
    )
)]
pub(super) async fn relay(
    State(hub): State<Arc<Hub>>,
    Extension(sender): Extension<Sender>,
    headers: HeaderMap,
    body: Bytes,
) -> Answer {
    if sender.via.is_none() {
        return Err(Code::AuthForbidden.into());
    }
    mail::take_in(&hub, &sender, &headers, &body).await
}
