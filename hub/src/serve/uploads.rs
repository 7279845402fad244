//! Mail in pieces (docs/hub.md §5).

use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::IntoResponse as _;
use zizhi_sync::api::{self, Code, schema};
use zizhi_sync::http_signature::BodyDigest;
use zizhi_sync::{Digest, Id};

use super::answer::{Answer, Path, Refused, json, read};
use super::mail::{answered, direct, field, id, number, receipt, unsigned};
use super::{Hub, Sender, peers};
use crate::store::{Body, Delivered, Finished, NewMessage, NewUpload, Opened, Part, Stored, Upload};

const UPLOAD_OFFSET: HeaderName = HeaderName::from_static(api::UPLOAD_OFFSET);

/// Begins an upload. Of a message that has arrived meanwhile it gives the receipt.
#[utoipa::path(
    post,
    path = "/v1/uploads",
    operation_id = "openUpload",
    params(("Zizhi-From" = inline(Option<schema::OrgUrn>), Header, description = "Of a peer alone: who sends.")),
    request_body = api::NewUpload,
    responses(
        (status = 201, description = "Begun.", body = api::Upload),
        (status = 200, description = "Begun or arrived before.", body = inline(schema::Resumed)),
    )
)]
pub(super) async fn open(
    State(hub): State<Arc<Hub>>,
    Extension(sender): Extension<Sender>,
    body: Bytes,
) -> Answer {
    let asked: api::NewUpload = read(&body, &hub.limits)?;
    if asked.len == 0 {
        return Err(Code::RequestInvalid.into());
    }
    if asked.len > hub.parts.settings.message_bytes {
        return Err(Code::RequestSize.into());
    }
    let new = NewUpload {
        upload: hub.new_id().to_string(),
        id: asked.id.to_string(),
        from: sender.org,
        to: asked.to,
        len: number(asked.len)?,
        sha256: asked.sha256.to_string(),
        at: hub.now(),
    };
    let (store, quota) = (&hub.parts.store, number(hub.parts.settings.mailbox_bytes)?);
    let mut opened = store.open_upload(&new, &direct(&hub, &sender)?, quota).await?;
    if opened == Opened::NoRecipient && sender.via.is_none() {
        opened = store.open_upload(&new, &peers::route(&hub, new.to).await?, quota).await?;
    }
    match opened {
        Opened::New(upload) => json(StatusCode::CREATED, &wire(&upload)?),
        Opened::Same(upload) => json(StatusCode::OK, &wire(&upload)?),
        Opened::Arrived(message) => {
            json(StatusCode::OK, &api::MailAnswer { receipt: receipt(&hub, &message)? })
        }
        Opened::Other => Err(Code::MailOther.into()),
        Opened::NoRecipient => Err(Code::OrgUnknown.into()),
        Opened::Full => Err(Code::MailQuota.into()),
    }
}

fn wire(upload: &Upload) -> Result<api::Upload, Refused> {
    Ok(api::Upload { upload: id(&upload.announced.upload)?, offset: unsigned(upload.offset)? })
}

/// How much of an upload is there.
#[utoipa::path(
    head,
    path = "/v1/uploads/{id}",
    operation_id = "uploadOffset",
    params(
        ("id" = inline(Id), Path, description = "The upload."),
        ("Zizhi-From" = inline(Option<schema::OrgUrn>), Header, description = "Of a peer alone: who sends."),
    ),
    responses((status = 200, description = "It is there.", headers(("Upload-Offset" = u64))))
)]
pub(super) async fn offset(
    State(hub): State<Arc<Hub>>,
    Extension(sender): Extension<Sender>,
    Path(upload): Path<String>,
) -> Answer {
    let upload = find(&hub, &sender, &upload).await?;
    Ok(([(UPLOAD_OFFSET, HeaderValue::from(upload.offset))], StatusCode::OK).into_response())
}

/// Takes in a piece. No bytes at the very end ask again for a receipt that did not come.
#[utoipa::path(
    patch,
    path = "/v1/uploads/{id}",
    operation_id = "addPiece",
    params(
        ("id" = inline(Id), Path, description = "The upload."),
        ("Upload-Offset" = u64, Header, description = "Where the piece begins."),
        ("Zizhi-From" = inline(Option<schema::OrgUrn>), Header, description = "Of a peer alone: who sends."),
    ),
    request_body(content = inline(schema::Piece), content_type = "application/octet-stream"),
    responses(
        (status = 200, description = "More is to come, or the message had arrived.", body = inline(schema::Taken)),
        (status = 201, description = "The message is stored.", body = api::MailAnswer),
    )
)]
pub(super) async fn add(
    State(hub): State<Arc<Hub>>,
    Extension(sender): Extension<Sender>,
    Path(upload): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Answer {
    let upload = find(&hub, &sender, &upload).await?;
    let said: u64 = field(&headers, api::UPLOAD_OFFSET)?.parse().map_err(|_| Code::RequestInvalid)?;
    if said != unsigned(upload.offset)? {
        return Err(Refused::at_offset(upload.offset));
    }
    let len = number(body.len() as u64)?;
    let whole = upload.announced.len;
    if upload.offset.saturating_add(len) > whole {
        return throw_away(&hub, &sender, &upload, None).await;
    }
    if len == 0 && upload.offset < whole {
        return Err(Code::RequestInvalid.into());
    }
    let mut upload = upload;
    if len > 0 {
        // Under a name of its own: a piece that is sent twice at once is written twice, and one of them counts.
        let part = Part { name: hub.new_id().to_string(), offset: upload.offset, len };
        hub.parts.blobs.put(&part.name, body.to_vec()).await?;
        let added = hub.parts.store.add_part(sender.org, &upload.announced.upload, &part).await;
        if matches!(added, Ok(None | Some(Stored::Same | Stored::Other))) {
            hub.remove_blobs(std::slice::from_ref(&part.name)).await;
        }
        if added? != Some(Stored::New) {
            let stands = find(&hub, &sender, &upload.announced.upload).await?;
            return Err(Refused::at_offset(stands.offset));
        }
        upload.offset += len;
        upload.parts.push((part.name, len));
    }
    if upload.offset < whole {
        return json(StatusCode::OK, &api::Offset { offset: unsigned(upload.offset)? });
    }
    finish(&hub, &sender, upload).await
}

/// Checks the whole and makes a message of it.
async fn finish(hub: &Hub, sender: &Sender, upload: Upload) -> Answer {
    let digest = digest(hub, &upload).await?.ok_or(Code::HubFailed)?;
    if digest.to_string() != upload.announced.sha256 {
        return throw_away(hub, sender, &upload, Some(digest)).await;
    }
    let said = &upload.announced;
    let message = NewMessage {
        id: said.id.clone(),
        from: said.from,
        to: said.to,
        len: said.len,
        sha256: said.sha256.clone(),
        body: Body::Parts(upload.parts.clone()),
        receipt: hub.new_id().to_string(),
        at: hub.now(),
    };
    let quota = number(hub.parts.settings.mailbox_bytes)?;
    let store = &hub.parts.store;
    let mut finished = store.finish_upload(&message, &said.upload, &direct(hub, sender)?, quota).await?;
    if finished == Finished::Delivered(Delivered::NoRecipient) && sender.via.is_none() {
        let route = peers::route(hub, said.to).await?;
        finished = store.finish_upload(&message, &said.upload, &route, quota).await?;
    }
    match finished {
        Finished::Delivered(delivered) => answered(hub, delivered),
        Finished::NoUpload => Err(Code::UploadUnknown.into()),
    }
}

async fn digest(hub: &Hub, upload: &Upload) -> Result<Option<Digest>, Refused> {
    let mut state = BodyDigest::default();
    for (name, len) in &upload.parts {
        state.update(&hub.parts.blobs.get(name, 0, unsigned(*len)?).await?);
    }
    Ok(state.finish().0)
}

/// Length or digest do not fit: everything goes, and the sender starts over.
async fn throw_away(hub: &Hub, sender: &Sender, upload: &Upload, found: Option<Digest>) -> Answer {
    if hub.parts.store.drop_upload(sender.org, &upload.announced.upload).await? {
        let names: Vec<String> = upload.parts.iter().map(|(name, _)| name.clone()).collect();
        hub.remove_blobs(&names).await;
    }
    tracing::warn!(too_long = found.is_none(), "an upload was not what it said");
    Err(Code::UploadDigest.into())
}

async fn find(hub: &Hub, sender: &Sender, upload: &str) -> Result<Upload, Refused> {
    let upload = Id::parse(upload).map_err(|_| Code::UploadUnknown)?.to_string();
    Ok(hub.parts.store.upload(sender.org, &upload).await?.ok_or(Code::UploadUnknown)?)
}
