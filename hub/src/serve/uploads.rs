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
use super::mail::{answered, field, id, number, receipt, unsigned};
use super::{Caller, Hub};
use crate::store::{Body, Finished, NewMessage, NewUpload, Opened, Part, Stored, Upload};

const UPLOAD_OFFSET: HeaderName = HeaderName::from_static(api::UPLOAD_OFFSET);

/// Begins an upload. Of a message that has arrived meanwhile it gives the receipt.
#[utoipa::path(
    post,
    path = "/v1/uploads",
    operation_id = "openUpload",
    request_body = api::NewUpload,
    responses(
        (status = 201, description = "Begun.", body = api::Upload),
        (status = 200, description = "Begun or arrived before.", body = inline(schema::Resumed)),
    )
)]
pub(super) async fn open(
    State(hub): State<Arc<Hub>>,
    Extension(caller): Extension<Caller>,
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
        from: caller.org,
        to: asked.to,
        len: number(asked.len)?,
        sha256: asked.sha256.to_string(),
        at: hub.now(),
    };
    match hub.parts.store.open_upload(&new, number(hub.parts.settings.mailbox_bytes)?).await? {
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
    params(("id" = inline(Id), Path, description = "The upload.")),
    responses((status = 200, description = "It is there.", headers(("Upload-Offset" = u64))))
)]
pub(super) async fn offset(
    State(hub): State<Arc<Hub>>,
    Extension(caller): Extension<Caller>,
    Path(upload): Path<String>,
) -> Answer {
    let upload = find(&hub, &caller, &upload).await?;
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
    ),
    request_body(content = inline(schema::Piece), content_type = "application/octet-stream"),
    responses(
        (status = 200, description = "More is to come, or the message had arrived.", body = inline(schema::Taken)),
        (status = 201, description = "The message is stored.", body = api::MailAnswer),
    )
)]
pub(super) async fn add(
    State(hub): State<Arc<Hub>>,
    Extension(caller): Extension<Caller>,
    Path(upload): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Answer {
    let upload = find(&hub, &caller, &upload).await?;
    let said: u64 = field(&headers, api::UPLOAD_OFFSET)?.parse().map_err(|_| Code::RequestInvalid)?;
    if said != unsigned(upload.offset)? {
        return Err(Refused::at_offset(upload.offset));
    }
    let len = number(body.len() as u64)?;
    let whole = upload.announced.len;
    if upload.offset.saturating_add(len) > whole {
        return throw_away(&hub, &caller, &upload, None).await;
    }
    if len == 0 && upload.offset < whole {
        return Err(Code::RequestInvalid.into());
    }
    let mut upload = upload;
    if len > 0 {
        // Under a name of its own: a piece that is sent twice at once is written twice, and one of them counts.
        let part = Part { name: hub.new_id().to_string(), offset: upload.offset, len };
        hub.parts.blobs.put(&part.name, body.to_vec()).await?;
        let added = hub.parts.store.add_part(caller.org, &upload.announced.upload, &part).await;
        if matches!(added, Ok(None | Some(Stored::Same | Stored::Other))) {
            hub.remove_blobs(std::slice::from_ref(&part.name)).await;
        }
        if added? != Some(Stored::New) {
            let stands = find(&hub, &caller, &upload.announced.upload).await?;
            return Err(Refused::at_offset(stands.offset));
        }
        upload.offset += len;
        upload.parts.push((part.name, len));
    }
    if upload.offset < whole {
        return json(StatusCode::OK, &api::Offset { offset: unsigned(upload.offset)? });
    }
    finish(&hub, &caller, upload).await
}

/// Checks the whole and makes a message of it.
async fn finish(hub: &Hub, caller: &Caller, upload: Upload) -> Answer {
    let digest = digest(hub, &upload).await?.ok_or(Code::HubFailed)?;
    if digest.to_string() != upload.announced.sha256 {
        return throw_away(hub, caller, &upload, Some(digest)).await;
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
    match hub.parts.store.finish_upload(&message, &said.upload, quota).await? {
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
async fn throw_away(hub: &Hub, caller: &Caller, upload: &Upload, found: Option<Digest>) -> Answer {
    if hub.parts.store.drop_upload(caller.org, &upload.announced.upload).await? {
        let names: Vec<String> = upload.parts.iter().map(|(name, _)| name.clone()).collect();
        hub.remove_blobs(&names).await;
    }
    tracing::warn!(too_long = found.is_none(), "an upload was not what it said");
    Err(Code::UploadDigest.into())
}

async fn find(hub: &Hub, caller: &Caller, upload: &str) -> Result<Upload, Refused> {
    let upload = Id::parse(upload).map_err(|_| Code::UploadUnknown)?.to_string();
    Ok(hub.parts.store.upload(caller.org, &upload).await?.ok_or(Code::UploadUnknown)?)
}
