//! Whether a device list that a hub shows may stand, and which of a peer's keys signed a message.
//!
//! The hub is believed for the first list of a peer that is seen here. From then on a list follows the one
//! that stands, or where lists in between were missed is signed by a device of it: a hub that shows two
//! views of one peer is noticed.

use zizhi_crypto::PublicKey;
use zizhi_model::{Limits, OrgId};
use zizhi_store::{DeviceList as Row, Reader, Writer};
use zizhi_sync::api::Organisation;
use zizhi_sync::devices::{self, DeviceList, Standing};
use zizhi_sync::object::Unverified;
use zizhi_sync::round::Cause;

use crate::Host;
use crate::failure::{Failure, told};
use crate::message_words::failure;

/// Accepts the device list of a peer, or keeps the one that stands. Whether something changed is given with
/// the list.
///
/// # Errors
/// `PEER-DEVICES` if it contradicts the one that stands; `HUB-ANSWER` if it is none; as every write to the
/// database.
pub(crate) fn accept(
    writer: &Writer<'_>,
    found: &Organisation,
    host: &dyn Host,
) -> Result<(Standing, bool), Failure> {
    let limits = Limits::default();
    let unreadable = |error| failure(Cause::Answer).because(error);
    let shown = Standing::kept(&found.devices, &limits).map_err(unreadable)?;
    if shown.list().iss != found.organisation {
        return Err(contradicts(found));
    }
    if let Some(row) = writer.device_list(found.organisation.uscc())? {
        let stands = Standing::kept(&row.jws, &limits).map_err(unreadable)?;
        if stands.digest() == shown.digest() {
            return Ok((stands, false));
        }
        if !may_follow(&stands, &shown, &found.devices) {
            return Err(contradicts(found));
        }
    }
    writer.put_device_list(&Row {
        org: *found.organisation.uscc(),
        name: found.name.clone(),
        seq: shown.list().seq,
        jws: found.devices.clone(),
        updated: host.now(),
    })?;
    Ok((shown, true))
}

/// Whether a failure is about what a hub shows of one peer, and of nobody else.
pub(crate) fn is_of_peer(failure: &Failure) -> bool {
    failure.code == "PEER-DEVICES" || failure.code == Cause::Answer.as_str()
}

/// Whether a list may take the place of the one that stands.
fn may_follow(stands: &Standing, shown: &Standing, text: &str) -> bool {
    let limits = Limits::default();
    if shown.list().seq == stands.list().seq.saturating_add(1) {
        return devices::follow(stands, text, &limits).is_ok();
    }
    let Ok(list) = Unverified::<DeviceList>::parse(text, &limits) else { return false };
    let signer = list.kid().and_then(|kid| stands.list().device(kid)).map(|device| device.key.clone());
    shown.list().seq > stands.list().seq && signer.is_some_and(|key| list.verify(&key).is_ok())
}

/// Where messages to a peer are sealed; nothing if its device list is not known here.
pub(crate) fn inbox_of(reader: &Reader<'_>, peer: &OrgId) -> Result<Option<String>, Failure> {
    let Some(row) = reader.device_list(peer.uscc())? else { return Ok(None) };
    Ok(Standing::kept(&row.jws, &Limits::default())
        .ok()
        .map(|stands| stands.list().newest_inbox().to_owned()))
}

/// The key of a peer's device with the thumbprint `kid`; nothing if its device list has none, or is not known
/// here.
pub(crate) fn key_of(reader: &Reader<'_>, peer: &OrgId, kid: &str) -> Result<Option<PublicKey>, Failure> {
    let Some(row) = reader.device_list(peer.uscc())? else { return Ok(None) };
    let stands = Standing::kept(&row.jws, &Limits::default()).ok();
    Ok(stands.and_then(|stands| stands.list().device(kid).map(|device| device.key.clone())))
}

fn contradicts(found: &Organisation) -> Failure {
    Failure::input(
        "PEER-DEVICES",
        told(
            format!(
                "枢纽给出的 {} 的设备清单与以前见过的接不上，没有采用，给它的消息没有发出。",
                found.name
            ),
            format!(
                "the device list of {} that the hub shows does not follow the one seen before; it was not taken, and nothing was sent to it",
                found.name
            ),
        ),
        told(
            "请用电话等其他方式向对方核实，并通知枢纽运维人员；急用时改用 U 盘交换。".to_owned(),
            "ask the other side by telephone, and tell the hub's operator; if it is urgent, exchange by USB stick"
                .to_owned(),
        ),
    )
}
