//! Mail in one piece, and the round of a desktop (docs/hub.md §5).

use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;

use axum::Extension;
use axum::body::{Body as HttpBody, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse as _;
use futures_util::stream::{self, StreamExt as _};
use zizhi_crypto::b64;
use zizhi_model::{OrgId, civil};
use zizhi_sync::api::{
    self, Code, Cursor, INLINE_BYTES, MESSAGE_TYPE, PAGE_BYTES, PAGE_ITEMS, PIECE_BYTES, schema,
};
use zizhi_sync::receipt::MailReceipt;
use zizhi_sync::{Digest, Id, Token, object};

use super::answer::{Answer, Path, Refused, json, read};
use super::joining::organisation;
use super::{Caller, Hub, Sender, peers, public_data};
use crate::cause::causes;
use crate::store::{Body, Delivered, Message, NewMessage, RefusedMessage, Route};

/// Takes in a message of one piece.
#[utoipa::path(
    post,
    path = "/v1/messages",
    operation_id = "sendMessage",
    params(
        ("Idempotency-Key" = inline(Id), Header, description = "The message id."),
        ("Zizhi-To" = inline(schema::OrgUrn), Header, description = "The recipient."),
    ),
    request_body(content = inline(schema::Message), content_type = MESSAGE_TYPE),
    responses(
        (status = 201, description = "Stored.", body = api::MailAnswer),
        (status = 200, description = "Stored before.", body = api::MailAnswer),
    )
)]
pub(super) async fn send(
    State(hub): State<Arc<Hub>>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
    body: Bytes,
) -> Answer {
    take_in(&hub, &Sender { org: caller.org, via: None }, &headers, &body).await
}

/// Takes in a message of one piece, whoever brings it.
pub(super) async fn take_in(hub: &Arc<Hub>, sender: &Sender, headers: &HeaderMap, body: &Bytes) -> Answer {
    let id = Id::parse(field(headers, api::IDEMPOTENCY_KEY)?).map_err(|_| Code::RequestInvalid)?;
    let to = OrgId::parse(field(headers, api::ZIZHI_TO)?).map_err(|_| Code::RequestInvalid)?;
    if field(headers, "content-type")? != MESSAGE_TYPE || body.is_empty() {
        return Err(Code::RequestInvalid.into());
    }
    let sha256 = Digest::of(body).to_string();
    let len = number(body.len() as u64)?;
    let mut kept = Vec::new();
    let place = if body.len() as u64 <= INLINE_BYTES {
        Body::Inline(body.to_vec())
    } else {
        // The blob is there before the row that names it, and goes again if no row came to be.
        let name = hub.new_id().to_string();
        hub.parts.blobs.put(&name, body.to_vec()).await?;
        kept.push(name.clone());
        Body::Parts(vec![(name, len)])
    };
    let message = NewMessage {
        id: id.to_string(),
        from: sender.org,
        to,
        len,
        sha256,
        body: place,
        receipt: hub.new_id().to_string(),
        at: hub.now(),
    };
    let delivered = deliver(hub, sender, &message).await;
    // Where the outcome is unknown the row may be there, and so the blob stays.
    if matches!(&delivered, Ok(other) if !matches!(other, Delivered::New(_))) {
        hub.remove_blobs(&kept).await;
    }
    answered(hub, delivered?)
}

/// Stores a message where its recipient is: here, or on the way to another hub.
async fn deliver(hub: &Hub, sender: &Sender, message: &NewMessage) -> Result<Delivered, Refused> {
    let quota = number(hub.parts.settings.mailbox_bytes)?;
    let delivered = hub.parts.store.deliver(message, &direct(hub, sender)?, quota).await?;
    if delivered != Delivered::NoRecipient || sender.via.is_some() {
        return Ok(delivered);
    }
    match peers::route(hub, message.to).await {
        Ok(route) => Ok(hub.parts.store.deliver(message, &route, quota).await?),
        Err(Refused(problem)) if problem.code == Code::OrgUnknown => Ok(Delivered::NoRecipient),
        Err(refused) => Err(refused),
    }
}

/// The way of what is for an organisation of this hub.
pub(super) fn direct(hub: &Hub, sender: &Sender) -> Result<Route, Refused> {
    let quota = number(hub.parts.settings.peer_bytes)?;
    Ok(sender.via.clone().map_or(Route::Here, |hub| Route::From { hub, quota }))
}

/// The answer to a message: its receipt, or why there is none.
pub(super) fn answered(hub: &Hub, delivered: Delivered) -> Answer {
    let (status, message, became) = match delivered {
        Delivered::New(message) => (StatusCode::CREATED, message, "new"),
        Delivered::Same(message) => (StatusCode::OK, message, "same"),
        Delivered::Other => return Err(Code::MailOther.into()),
        Delivered::NoRecipient => return Err(Code::OrgUnknown.into()),
        Delivered::Full => return Err(Code::MailQuota.into()),
    };
    hub.metrics.outcome("message", became);
    json(status, &api::MailAnswer { receipt: receipt(hub, &message)? })
}

/// The receipt of a stored message: the same text every time, as Ed25519 signs without randomness.
pub(super) fn receipt(hub: &Hub, message: &Message) -> Result<String, Refused> {
    let receipt = MailReceipt {
        jti: id(&message.receipt)?,
        msg: id(&message.id)?,
        sha256: Digest::parse(&message.sha256).ok_or(Code::HubFailed)?,
        len: unsigned(message.len)?,
        from: message.from,
        to: message.to,
        seq: unsigned(message.seq)?,
        epoch: unsigned(message.epoch)?,
        at: message.at,
    };
    Ok(object::sign(&hub.parts.key, &receipt).map_err(|_| Code::HubFailed)?)
}

/// One round of a desktop: what it has stored, and what there is for it.
#[utoipa::path(
    post,
    path = "/v1/sync",
    operation_id = "sync",
    request_body = api::SyncRequest,
    responses((status = 200, description = "A page of the mailbox.", body = api::SyncAnswer))
)]
pub(super) async fn sync(
    State(hub): State<Arc<Hub>>,
    Extension(caller): Extension<Caller>,
    body: Bytes,
) -> Answer {
    let asked: api::SyncRequest = read(&body, &hub.limits)?;
    if !asked.acks.is_empty() {
        let acks: Vec<String> = asked.acks.iter().map(ToString::to_string).collect();
        let gone = hub.parts.store.acknowledge(caller.org, &acks).await?;
        hub.remove_blobs(&gone).await;
    }
    let epoch = unsigned(hub.parts.store.epoch().await?)?;
    let after = asked.cursor.map_or(0, |cursor| cursor.after(epoch));
    let (bytes, inline) = (number(PAGE_BYTES)?, number(INLINE_BYTES)?);
    let page = hub.parts.store.mail(caller.org, number(after)?, PAGE_ITEMS, bytes, inline).await?;
    let items = page.messages.iter().map(item).collect::<Result<Vec<_>, _>>()?;
    let seq = items.last().map_or(after, |item| item.seq);
    let senders = senders(&hub, &items).await?;
    let public = public_data::timestamp(&hub).await?.filter(|now| asked.public.as_ref() != Some(now));
    let answer = api::SyncAnswer {
        epoch,
        time: hub.now(),
        cursor: Cursor { epoch, seq },
        items,
        more: page.more,
        senders,
        public,
        refused: page.refused.iter().filter_map(refused).collect(),
    };
    json(StatusCode::OK, &answer)
}

/// Those of this hub who sent these items, until their device lists fill a page of their own.
async fn senders(hub: &Hub, items: &[api::Item]) -> Result<Vec<api::Organisation>, Refused> {
    let orgs: BTreeSet<OrgId> = items.iter().map(|item| item.from).collect();
    let (mut senders, mut bytes) = (Vec::new(), 0_u64);
    for org in orgs {
        let Some(found) = hub.parts.store.organisation(org).await?.filter(|found| found.mailbox) else {
            continue;
        };
        bytes = bytes.saturating_add(found.list.len() as u64);
        if bytes > PAGE_BYTES {
            break;
        }
        senders.push(organisation(org, found.name, &found.role, found.list)?);
    }
    Ok(senders)
}

/// A refusal as its sender hears it. One that cannot be written keeps back no mail.
fn refused(message: &RefusedMessage) -> Option<api::Refused> {
    let (id, code) = (Id::parse(&message.id).ok(), Token::parse(&message.code).ok());
    let day = civil::from_numeric_date(message.at).map(civil::date_in_shanghai);
    let told = id.zip(code).zip(day).map(|((id, code), day)| api::Refused { id, code, day });
    if told.is_none() {
        tracing::warn!("a refusal is not told to its sender, as its row cannot be read");
    }
    told
}

fn item(message: &Message) -> Result<api::Item, Refused> {
    let body = match &message.body {
        Some(Body::Inline(bytes)) => Some(b64::encode(bytes)),
        _ => None,
    };
    Ok(api::Item {
        seq: unsigned(message.seq)?,
        id: id(&message.id)?,
        from: message.from,
        at: message.at,
        len: unsigned(message.len)?,
        sha256: Digest::parse(&message.sha256).ok_or(Code::HubFailed)?,
        body,
    })
}

/// A message, whole or from one place to another.
#[utoipa::path(
    get,
    path = "/v1/messages/{id}",
    operation_id = "fetchMessage",
    params(
        ("id" = inline(Id), Path, description = "The message id."),
        ("Range" = Option<String>, Header, description = "One range of bytes (RFC 9110 §14.2)."),
    ),
    responses(
        (status = 200, description = "The message.", body = inline(schema::Bytes), content_type = MESSAGE_TYPE,
            headers(("ETag" = String))),
        (status = 206, description = "That part of it.", body = inline(schema::Bytes), content_type = MESSAGE_TYPE,
            headers(("ETag" = String), ("Content-Range" = String))),
    )
)]
pub(super) async fn fetch(
    State(hub): State<Arc<Hub>>,
    Extension(caller): Extension<Caller>,
    Path(asked): Path<String>,
    headers: HeaderMap,
) -> Answer {
    let asked = Id::parse(&asked).map_err(|_| Code::NotFound)?.to_string();
    let message = hub.parts.store.message(caller.org, &asked).await?.ok_or(Code::NotFound)?;
    let len = unsigned(message.len)?;
    let range = headers.get(header::RANGE).and_then(|range| range.to_str().ok());
    let Some((from, to)) = range.map_or(Some((0, len)), |range| wanted(range, len)) else {
        let all = [(header::CONTENT_RANGE, format!("bytes */{len}"))];
        return Ok((all, Refused::from(Code::RequestRange)).into_response());
    };
    let fields = [
        (header::CONTENT_TYPE, MESSAGE_TYPE.to_owned()),
        (header::CONTENT_LENGTH, to.saturating_sub(from).to_string()),
        (header::ETAG, format!("\"{}\"", message.sha256)),
        (header::ACCEPT_RANGES, "bytes".to_owned()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    let body = match stretch(&hub, message.body.ok_or(Code::HubFailed)?, from, to).await {
        // Another device has acknowledged it meanwhile.
        Err(_) if hub.parts.store.message(caller.org, &asked).await?.is_none() => Err(Code::NotFound.into()),
        body => body,
    }?;
    if range.is_none() {
        return Ok((fields, body).into_response());
    }
    let part = [(header::CONTENT_RANGE, format!("bytes {from}-{}/{len}", to.saturating_sub(1)))];
    Ok((StatusCode::PARTIAL_CONTENT, fields, part, body).into_response())
}

/// RFC 9110 §14.2, one range: `bytes=<first>-`, `bytes=<first>-<last>` or `bytes=-<count>`, as a half-open
/// interval; `None` if nothing of it is there.
fn wanted(range: &str, len: u64) -> Option<(u64, u64)> {
    let (first, last) = range.strip_prefix("bytes=")?.split_once('-')?;
    let (from, to) = if first.is_empty() {
        (len.saturating_sub(last.parse().ok()?), len)
    } else if last.is_empty() {
        (first.parse().ok()?, len)
    } else {
        (first.parse().ok()?, last.parse::<u64>().ok()?.checked_add(1)?.min(len))
    };
    (from < to).then_some((from, to))
}

/// The bytes from `from` to before `to`. What fits into a piece is read before anything is answered, so that a blob that
/// is gone is an answer and no body that breaks off; the others follow one after the other as they are sent.
async fn stretch(hub: &Arc<Hub>, body: Body, from: u64, to: u64) -> Result<HttpBody, Refused> {
    let parts = match body {
        Body::Inline(bytes) => {
            let (from, to) = (index(from)?, index(to)?);
            let stretch = bytes.get(from..to).ok_or(Code::HubFailed)?;
            return Ok(HttpBody::from(stretch.to_vec()));
        }
        Body::Parts(parts) => parts,
    };
    let (mut begin, mut reads) = (0_u64, Vec::new());
    for (name, len) in parts {
        let end = begin.saturating_add(unsigned(len)?);
        let (first, last) = (from.max(begin), to.min(end));
        if first < last {
            reads.push((name, first - begin, last - first));
        }
        begin = end;
    }
    let (mut ahead, mut bytes) = (Vec::new(), 0_u64);
    let mut reads = reads.into_iter().peekable();
    while let Some((name, offset, len)) =
        reads.next_if(|(.., len)| bytes == 0 || bytes.saturating_add(*len) <= PIECE_BYTES)
    {
        bytes = bytes.saturating_add(len);
        ahead.push(Ok(hub.parts.blobs.get(&name, offset, len).await.map_err(|error| lost(&name, error))?));
    }
    let hub = Arc::clone(hub);
    let rest = stream::iter(reads).then(move |(name, offset, len)| {
        let hub = Arc::clone(&hub);
        async move { hub.parts.blobs.get(&name, offset, len).await }
    });
    Ok(HttpBody::from_stream(stream::iter(ahead).chain(rest)))
}

/// A blob that is not there, or not all of it: no later attempt brings it back.
fn lost(name: &str, error: io::Error) -> Refused {
    if !matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::UnexpectedEof) {
        return error.into();
    }
    tracing::error!(blob = name, error = causes(&error), "a blob of a message is gone");
    Code::MailLost.into()
}

/// A header that has to be there once, in ASCII. That it is there only once was seen with the signature.
pub(super) fn field<'h>(headers: &'h HeaderMap, name: &str) -> Result<&'h str, Refused> {
    let value = headers.get(name).and_then(|value| value.to_str().ok());
    Ok(value.map(str::trim).ok_or(Code::RequestInvalid)?)
}

/// A number as the store has it.
pub(super) fn number(number: u64) -> Result<i64, Refused> {
    i64::try_from(number).map_err(|_| Code::RequestInvalid.into())
}

/// A number of the store as the wire has it.
pub(super) fn unsigned(number: i64) -> Result<u64, Refused> {
    u64::try_from(number).map_err(|_| Code::HubFailed.into())
}

/// An id that the store keeps.
pub(super) fn id(text: &str) -> Result<Id, Refused> {
    Id::parse(text).map_err(|_| Code::HubFailed.into())
}

fn index(number: u64) -> Result<usize, Refused> {
    usize::try_from(number).map_err(|_| Code::HubFailed.into())
}
