//! Joining (docs/hub.md §4).

use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use zizhi_crypto::PublicKey;
use zizhi_model::OrgId;
use zizhi_sync::api::{self, Code};
use zizhi_sync::devices::{self, DevicesError, Standing};
use zizhi_sync::invitation::{Invitation, Inviter, Role};
use zizhi_sync::object::Unverified;

use super::answer::{Answer, Path, Refused, json, read};
use super::{Caller, Hub, auth, peers};
use crate::store::{DeviceList, Enrolled, Enrolment, Replaced};

/// Enrols an organisation. No device of the organisation is known yet: the request is signed by the device
/// that its first list introduces, and the invitation says whose list that may be.
#[utoipa::path(
    post,
    path = "/v1/organisations",
    operation_id = "enrol",
    request_body = api::Enrol,
    responses(
        (status = 201, description = "Enrolled.", body = api::Enrolled),
        (status = 200, description = "Enrolled before, by the same list.", body = api::Enrolled),
    ),
    security(("signature" = [], "signature_input" = []))
)]
pub(super) async fn enrol(State(hub): State<Arc<Hub>>, request: Request) -> Answer {
    let (parts, bytes) = auth::whole(request).await?;
    let signature = auth::read(&hub, &parts, &bytes)?;
    let asked: api::Enrol = read(&bytes, &hub.limits)?;
    let list = devices::first(&asked.devices, &hub.limits).map_err(|_| Code::DevicesInvalid)?;
    let device = list.list().device(signature.keyid()).ok_or(Code::AuthKey)?;
    let verified = auth::verify(&hub, signature, &device.key)?;
    let org = list.list().iss;
    let invitation = invited(&hub, &asked.invitation).await?;
    let (role, name) = (invitation.role.as_str().to_owned(), invitation.name.clone());
    let enrolment = Enrolment {
        org,
        name,
        role,
        invitation: invitation.jti.to_string(),
        list: row(&list, asked.devices.clone())?,
        mailbox: !peers::is_for_the_ledger(&hub, org, invitation.role).await?,
        at: hub.now(),
    };
    // A repetition is answered as before, even after the invitation has expired.
    if let Err(refusal) = invitation.admits(&hub.parts.id, &org, hub.now()) {
        let stands = hub.parts.store.organisation(org).await?;
        let joined = stands.is_some_and(|stands| stands.list == asked.devices);
        if !(joined && refusal.code() == Code::InviteExpired) {
            return Err(refusal.code().into());
        }
    }
    // Written last: whoever was not invited writes nothing here.
    auth::once(&hub, &parts.method, &verified).await?;
    let status = match hub.parts.store.enrol(&enrolment).await? {
        Enrolled::New => StatusCode::CREATED,
        Enrolled::Same => StatusCode::OK,
        Enrolled::InvitationUsed => return Err(Code::InviteUsed.into()),
        Enrolled::Stale => return Err(Code::DevicesStale.into()),
        Enrolled::KeyTaken => return Err(Code::DevicesInvalid.into()),
    };
    json(status, &api::Enrolled { organisation: org })
}

/// An invitation that this hub, or a device of an incubator that it knows, has signed.
async fn invited(hub: &Hub, text: &str) -> Result<Invitation, Refused> {
    const INVALID: Code = Code::InviteInvalid;
    let unverified = Unverified::<Invitation>::parse(text, &hub.limits).map_err(|_| INVALID)?;
    let key = match &unverified.peek().iss {
        Inviter::Hub(id) if *id == hub.parts.id => hub.parts.key.public().clone(),
        Inviter::Hub(_) => return Err(INVALID.into()),
        Inviter::Incubator(inviter) => {
            let device = hub.parts.store.device(unverified.kid().ok_or(INVALID)?).await?.ok_or(INVALID)?;
            // docs/hub.md §1: a device of the inviting incubator.
            if device.org != *inviter || Role::parse(&device.role) != Some(Role::Incubator) {
                return Err(INVALID.into());
            }
            PublicKey::from_jwk_bytes(device.jwk.as_bytes()).map_err(|_| Code::HubFailed)?
        }
    };
    Ok(unverified.verify(&key).map_err(|_| INVALID)?.into_payload())
}

/// An organisation, so that one can seal to it. One of another hub is asked for there, by devices of this hub only:
/// no hub asks another on behalf of a third.
#[utoipa::path(
    get,
    path = "/v1/organisations/{uscc}",
    operation_id = "showOrganisation",
    params(("uscc" = String, Path, description = "The code alone, or `urn:uscc:` before it.")),
    responses((status = 200, description = "The organisation.", body = api::Organisation, headers(("Age" = u64))))
)]
pub(super) async fn show(
    State(hub): State<Arc<Hub>>,
    Path(uscc): Path<String>,
    caller: Option<Extension<Caller>>,
) -> Answer {
    let text = if uscc.starts_with("urn:") { uscc } else { format!("urn:uscc:{uscc}") };
    let org = OrgId::parse(&text).map_err(|_| Code::OrgUnknown)?;
    if let Some(found) = hub.parts.store.organisation(org).await?
        && found.mailbox
    {
        return json(StatusCode::OK, &organisation(org, found.name, &found.role, found.list)?);
    }
    if caller.is_none() {
        return Err(Code::OrgUnknown.into());
    }
    let (found, age) = peers::look_up(&hub, org).await?;
    let mut answer = json(StatusCode::OK, &organisation(org, found.name, &found.role, found.list)?)?;
    answer.headers_mut().insert(header::AGE, age.into());
    Ok(answer)
}

/// An organisation as desktops and other hubs see it.
pub(super) fn organisation(
    organisation: OrgId,
    name: String,
    role: &str,
    devices: String,
) -> Result<api::Organisation, Refused> {
    let role = Role::parse(role).ok_or(Code::HubFailed)?;
    Ok(api::Organisation { organisation, name, role, devices })
}

/// Replaces a device list by the one that follows it.
#[utoipa::path(
    put,
    path = "/v1/devices",
    operation_id = "replaceDevices",
    request_body = api::ReplaceDevices,
    responses((status = 200, description = "It stands.", body = api::Enrolled))
)]
pub(super) async fn replace(
    State(hub): State<Arc<Hub>>,
    Extension(caller): Extension<Caller>,
    body: Bytes,
) -> Answer {
    let asked: api::ReplaceDevices = read(&body, &hub.limits)?;
    let stands = hub.parts.store.organisation(caller.org).await?.ok_or(Code::HubFailed)?;
    let answer = api::Enrolled { organisation: caller.org };
    if stands.list == asked.devices {
        return json(StatusCode::OK, &answer);
    }
    let standing = Standing::kept(&stands.list, &hub.limits).map_err(|_| Code::HubFailed)?;
    let followed =
        devices::follow(&standing, &asked.devices, &hub.limits).map_err(|error| refusal(&error))?;
    // The device of the list before that signed it may be one that an operator has removed since.
    let signer = Unverified::<devices::DeviceList>::parse(&asked.devices, &hub.limits)
        .map_err(|_| Code::DevicesInvalid)?
        .kid()
        .map(str::to_owned)
        .ok_or(Code::DevicesInvalid)?;
    if hub.parts.store.device(&signer).await?.is_none_or(|device| device.org != caller.org) {
        return Err(Code::DevicesInvalid.into());
    }
    let list = row(&followed, asked.devices.clone())?;
    // The store compares number and digest again, with the row locked.
    match hub.parts.store.replace_devices(caller.org, &list).await? {
        Replaced::New | Replaced::Same => json(StatusCode::OK, &answer),
        Replaced::Stale => Err(Code::DevicesStale.into()),
        Replaced::KeyTaken => Err(Code::DevicesInvalid.into()),
    }
}

fn refusal(error: &DevicesError) -> Code {
    if error.is_stale() { Code::DevicesStale } else { Code::DevicesInvalid }
}

fn row(standing: &Standing, jws: String) -> Result<DeviceList, Refused> {
    let list = standing.list();
    let devices = list.devices.iter().map(|device| {
        let jwk = serde_json::to_string(&device.key.to_jwk()).map_err(|_| Code::HubFailed)?;
        Ok((device.key.key_id().as_str().to_owned(), jwk))
    });
    Ok(DeviceList {
        seq: i64::try_from(list.seq).map_err(|_| Code::DevicesInvalid)?,
        jws,
        sha256: standing.digest().to_string(),
        previous: list.previous.map(|digest| digest.to_string()),
        devices: devices.collect::<Result<_, Refused>>()?,
    })
}
