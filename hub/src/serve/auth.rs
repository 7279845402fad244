//! Signed requests (docs/hub.md §§2, 7): who asks, before anything is done.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{MatchedPath, Request, State};
use axum::http::request::Parts;
use axum::http::{Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use http_body_util::{BodyExt as _, Limited};
use zizhi_crypto::{PublicKey, b64};
use zizhi_model::OrgId;
use zizhi_sync::api::{Code, MESSAGE_BYTES, PIECE_BYTES, Problem, REQUEST_BYTES, ZIZHI_FROM};
use zizhi_sync::http_signature::{self, AuthError, Unverified, Verified};
use zizhi_sync::invitation::Role;

use super::answer::Refused;
use super::{Hub, peers};
use crate::store::{Device, Peer};

/// What another hub may ask, as the router knows it.
const FOR_PEERS: [&str; 4] = ["/v1/organisations/{uscc}", "/v1/relay", "/v1/uploads", "/v1/uploads/{id}"];
/// Of these, what is not about anybody's mail.
const ABOUT_NOBODY: &str = "/v1/organisations/{uscc}";

/// Whose request this is: a device of this organisation signed it, now, and for this address.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The organisation.
    pub org: OrgId,
    /// What it is to the hub.
    pub role: Role,
}

/// For whom mail is brought.
#[derive(Debug, Clone)]
pub struct Sender {
    /// The organisation that sends it.
    pub org: OrgId,
    /// The peer that brings it; nothing where a device of the organisation does.
    pub via: Option<String>,
}

/// Lets a request through whose signature holds. Beside it are the [`Caller`] where a device of an organisation
/// signed it, and the [`Sender`] where a device did or a peer that may speak for the organisation it names.
pub(super) async fn signed(State(hub): State<Arc<Hub>>, request: Request, next: Next) -> Response {
    match check(&hub, request).await {
        Ok(request) => next.run(request).await,
        Err(refused) => refused.into_response(),
    }
}

async fn check(hub: &Hub, request: Request) -> Result<Request, Refused> {
    let (parts, bytes) = whole(request).await?;
    let signature = read(hub, &parts, &bytes)?;
    let Some(device) = hub.parts.store.device(signature.keyid()).await? else {
        return check_peer(hub, signature, parts, bytes).await;
    };
    let Device { org, ref role, ref jwk, ref kid, mailbox } = device;
    let key = PublicKey::from_jwk_bytes(jwk.as_bytes()).map_err(|_| Code::HubFailed)?;
    let verified = verify(hub, signature, &key)?;
    // Only now is it known whose requests these are: nobody can use up another's share.
    if !hub.buckets.take(org, hub.parts.clock.milliseconds()) {
        hub.metrics.limited();
        return Err(Code::HubBusy.into());
    }
    // The list that stands here is not the newest where the organisation's mail is elsewhere.
    if !mailbox {
        peers::still_lists(hub, org, kid).await?;
    }
    once(hub, &parts.method, &verified).await?;
    let role = Role::parse(role).ok_or(Code::HubFailed)?;
    // A device speaks for its own organisation.
    if parts.headers.contains_key(ZIZHI_FROM) {
        return Err(Code::AuthForbidden.into());
    }
    let mut request = Request::from_parts(parts, Body::from(bytes));
    request.extensions_mut().insert(Caller { org, role });
    request.extensions_mut().insert(Sender { org, via: None });
    Ok(request)
}

/// The same for another hub.
async fn check_peer(
    hub: &Hub,
    signature: Unverified,
    parts: Parts,
    bytes: Bytes,
) -> Result<Request, Refused> {
    let all = hub.parts.store.peers().await?;
    let peer: &Peer = all.iter().find(|peer| peer.kid == signature.keyid()).ok_or(Code::AuthKey)?;
    let verified = verify(hub, signature, &peers::key(peer)?)?;
    if !hub.peer_buckets.take(peer.hub.clone(), hub.parts.clock.milliseconds()) {
        hub.metrics.limited();
        return Err(Code::HubBusy.into());
    }
    once(hub, &parts.method, &verified).await?;
    let route = parts.extensions.get::<MatchedPath>().map_or("", MatchedPath::as_str);
    if !FOR_PEERS.contains(&route) {
        return Err(Code::AuthForbidden.into());
    }
    let sender = if route == ABOUT_NOBODY {
        None
    } else {
        let org = peers::spoken_for(hub, peer, &parts.headers).await?;
        Some(Sender { org, via: Some(peer.hub.clone()) })
    };
    let mut request = Request::from_parts(parts, Body::from(bytes));
    if let Some(sender) = sender {
        request.extensions_mut().insert(sender);
    }
    Ok(request)
}

/// Reads the whole body, up to what its address takes.
pub(super) async fn whole(request: Request) -> Result<(Parts, Bytes), Refused> {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path();
    let most = if path.starts_with("/v1/uploads/") {
        PIECE_BYTES
    } else if path == "/v1/messages" || path == "/v1/relay" {
        MESSAGE_BYTES
    } else {
        REQUEST_BYTES as u64
    };
    let said = parts.headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    if said.and_then(|length| length.parse::<u64>().ok()).is_some_and(|length| length > most) {
        return Err(Code::RequestSize.into());
    }
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    match Limited::new(body, most).collect().await {
        Ok(bytes) => Ok((parts, bytes.to_bytes())),
        Err(error) if error.is::<http_body_util::LengthLimitError>() => Err(Code::RequestSize.into()),
        Err(_) => Err(Code::RequestInvalid.into()),
    }
}

/// Reads the signature of a request and checks that it covers the body.
pub(super) fn read(hub: &Hub, parts: &Parts, bytes: &[u8]) -> Result<Unverified, Refused> {
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    let target = format!("{}{path}", hub.parts.origin);
    // A value that is not ASCII is handed on as one that no field may have.
    let fields: Vec<(&str, &str)> = parts
        .headers
        .iter()
        .map(|(name, value)| (name.as_str(), value.to_str().unwrap_or("\u{0}")))
        .collect();
    let body = http_signature::body(bytes);
    let request =
        http_signature::Request { method: parts.method.as_str(), target_uri: &target, fields: &fields, body };
    Unverified::read(&request).map_err(|error| error.code().into())
}

/// Verifies it with the key of a device, against the hub's clock.
pub(super) fn verify(hub: &Hub, signature: Unverified, key: &PublicKey) -> Result<Verified, Refused> {
    let now = hub.now();
    signature.verify(key, now).map_err(|error| {
        let mut problem = Problem::from(error.code());
        if error == AuthError::Time {
            problem.time = Some(now);
        }
        Refused(Box::new(problem))
    })
}

/// Remembers the nonce of what is not a mere question, and refuses one that is remembered.
pub(super) async fn once(hub: &Hub, method: &Method, verified: &Verified) -> Result<(), Refused> {
    if method == Method::GET || method == Method::HEAD {
        return Ok(());
    }
    let nonce = b64::encode(verified.nonce());
    let new = hub.parts.store.remember_nonce(verified.keyid(), &nonce, verified.remember_until()).await?;
    if new { Ok(()) } else { Err(Code::AuthReplay.into()) }
}
