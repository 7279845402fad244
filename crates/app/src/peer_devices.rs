//! Whether a device list that a hub shows may stand, and which of a peer's keys signed a message.
//!
//! The hub is believed for the first list of a peer that is seen here. From then on a list follows the one
//! that stands, or where lists in between were missed is signed by a device of it: a hub that shows two
//! views of one peer is noticed. Where the verified register says to which inbox one seals for a peer, a list
//! that has another one is told to the person.

#[cfg(test)]
mod tests;

use zizhi_crypto::PublicKey;
use zizhi_crypto::sealed::is_recipient;
use zizhi_model::{Limits, OrgId, Text};
use zizhi_store::{DeviceList as Row, Reader, Writer};
use zizhi_sync::api::Organisation;
use zizhi_sync::devices::{self, DeviceList, Standing};
use zizhi_sync::object::Unverified;
use zizhi_sync::round::Cause;
use zizhi_verify::Library;

use crate::failure::{Failure, told};
use crate::message_words::failure;
use crate::{Host, device_inboxes};

const PEER_DEVICES: &str = "PEER-DEVICES";
const DEVICES_OTHER: &str = "DEVICES-OTHER";

/// Accepts the device list of a peer, or keeps the one that stands. Whether something changed is given with
/// the list.
///
/// # Errors
/// `PEER-DEVICES`, or of this organisation's own `DEVICES-OTHER`, if it contradicts the one that stands; `HUB-ANSWER` if
/// it is none; as every write to the database.
pub(crate) fn accept(
    writer: &Writer<'_>,
    found: &Organisation,
    host: &dyn Host,
) -> Result<(Standing, bool), Failure> {
    let limits = Limits::default();
    let unreadable = |error| failure(Cause::Answer).because(error);
    let shown = Standing::kept(&found.devices, &limits).map_err(unreadable)?;
    let own = is_own(writer, &found.organisation)?;
    let contradicts = || if own { own_contradicts() } else { contradicts(&found.name) };
    if shown.list().iss != found.organisation {
        return Err(contradicts());
    }
    if let Some(row) = writer.device_list(found.organisation.uscc())? {
        let stands = Standing::kept(&row.jws, &limits).map_err(unreadable)?;
        if stands.digest() == shown.digest() {
            return Ok((stands, false));
        }
        if !may_follow(&stands, &shown, &found.devices) {
            return Err(contradicts());
        }
    }
    writer.put_device_list(&Row {
        org: *found.organisation.uscc(),
        name: found.name.clone(),
        seq: shown.list().seq,
        jws: found.devices.clone(),
        updated: host.now(),
    })?;
    if own {
        device_inboxes::note(writer, shown.list())?;
    }
    Ok((shown, true))
}

/// Whether a list of this organisation that people have brought and compared may take the place of the one that stands
/// here: a later one. Who signed it is what they compared, so that a computer which missed lists gets on.
///
/// # Errors
/// `DEVICES-OTHER` if it is an older one, or another of the same number; as every read of the database.
pub(crate) fn check_own_follows(reader: &Reader<'_>, org: &OrgId, text: &str) -> Result<(), Failure> {
    let unreadable = |error| failure(Cause::Answer).because(error);
    let Some(row) = reader.device_list(org.uscc())? else { return Ok(()) };
    let stands = Standing::kept(&row.jws, &Limits::default()).map_err(unreadable)?;
    let shown = Standing::kept(text, &Limits::default()).map_err(unreadable)?;
    let later = shown.list().seq > stands.list().seq || shown.digest() == stands.digest();
    if later { Ok(()) } else { Err(own_contradicts()) }
}

/// What a person should know before relying on a peer's list: the register has another inbox for it than the one
/// that messages are sealed to. Nothing where they agree, or the register says nothing of it.
pub(crate) fn unlike_register(stands: &Standing, name: &str, library: &Library) -> Option<Failure> {
    let record = library.trust().issuer(stands.list().iss.uscc()).ok().flatten()?;
    let mut listed = record.seal_to.iter().filter(|recipient| is_recipient(recipient)).peekable();
    listed.peek()?;
    if listed.any(|recipient| recipient == stands.list().newest_inbox()) {
        None
    } else {
        Some(other_inbox(name))
    }
}

/// Whether a failure is about what a hub shows of one peer, and of nobody else.
pub(crate) fn is_of_peer(failure: &Failure) -> bool {
    [PEER_DEVICES, DEVICES_OTHER, Cause::Answer.as_str()].contains(&failure.code)
}

fn is_own(reader: &Reader<'_>, organisation: &OrgId) -> Result<bool, Failure> {
    Ok(reader.profile()?.is_some_and(|profile| profile.uscc == *organisation.uscc()))
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

fn other_inbox(name: &str) -> Failure {
    Failure::input(
        "PEER-INBOX",
        told(
            format!(
                "{name} 的设备清单用的收件密钥与信任名录登记的不同：可能是它换过密钥而名录没有更新，也可能是有人冒用。消息按设备清单加密。"
            ),
            format!(
                "the device list of {name} has another inbox key than the trust register: it may have made a new one that the register does not have yet, or somebody stands in for it; messages are sealed by the device list"
            ),
        ),
        Text::fixed(
            "请用电话等其他方式向对方核实，并请它更新名录中的收件密钥；核实之前，重要的文件改用 U 盘或文件交换。",
            "ask the other side by telephone and have it bring its inbox key in the register up to date; until then exchange what matters by file or stick",
        ),
    )
}

fn contradicts(name: &str) -> Failure {
    Failure::input(
        PEER_DEVICES,
        told(
            format!("{name} 的设备清单与以前见过的接不上，没有采用，给它的消息没有发出。"),
            format!(
                "the device list of {name} does not follow the one seen before; it was not taken, and nothing was sent to it"
            ),
        ),
        told(
            "请用电话等其他方式向对方核实，并通知枢纽运维人员；急用时改用 U 盘交换。".to_owned(),
            "ask the other side by telephone, and tell the hub's operator; if it is urgent, exchange by USB stick"
                .to_owned(),
        ),
    )
}

fn own_contradicts() -> Failure {
    Failure::input(
        DEVICES_OTHER,
        Text::fixed(
            "这份本单位的设备清单与本机上的接不上，没有采用，本机仍按原来的清单工作。",
            "this device list of the own organisation does not follow the one on this computer; it was not taken, and this computer goes on by its own",
        ),
        Text::fixed(
            "请与本单位其他电脑“同步”页上的设备清单核对；设备都认得的，在本机再申请一次；多出不认识的设备，请停止使用枢纽并通知枢纽运维人员。",
            "compare with the device list on the page Synchronise of the organisation's other computers; if all devices are known, ask once more from this computer; if there is one that nobody knows, stop using the hub and tell its operator",
        ),
    )
}
