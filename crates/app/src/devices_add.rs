//! A computer of the device list adds another one, and writes what that one needs: hub, list, and the organisation's
//! inbox identities, sealed to it.

use std::path::Path;

use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;
use zizhi_crypto::sealed;
use zizhi_model::Text;
use zizhi_sync::devices::pairing::{DeviceAnswer, DeviceRequest};
use zizhi_sync::devices::{DEVICES_MOST, Device, DeviceList};
use zizhi_sync::digest::fingerprint;
use zizhi_sync::invitation::Role;
use zizhi_sync::object;
use zizhi_sync::round::Cause;

use crate::devices::{
    Changing, Published, Ready, changed_meanwhile, holds_inbox, inbox_missing, publish, ready,
};
use crate::devices_request::{not_compared, read};
use crate::failure::{Failure, told};
use crate::hub_join::entry;
use crate::message_words::failure;
use crate::{Output, device_inboxes};

/// A computer that is on the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    /// Its name.
    pub name: String,
    /// Its key as people compare it.
    pub fingerprint: String,
    /// Whether it was on the list before, so that only the answer was written.
    pub again: bool,
}

/// Adds the computer that wrote the request, and writes the answer for it. One that is on the list already gets the
/// answer anew. `compared` is the thumbprint of the key that two people have compared: between reading the request and
/// adding, the file may have become another. `identities` open what is sealed to this organisation.
///
/// # Errors
/// `HUB-NONE`, `DEVICE-REQUEST`, `DEVICE-ORG`, `DEVICE-COMPARED` if the request shows another key, `DEVICE-INBOX`,
/// `DEVICE-FULL` if the list is full, `DEVICE-NAME` if a device of it has that name, `DEVICES-STALE` if another device
/// changed the list meanwhile, `HUB-UNREACHABLE`, `HUB-ANSWER`, the code of the hub's refusal; `IO-EXISTS`, `IO-READ`,
/// `IO-WRITE`; those of the passphrase and as every write to the database.
pub fn add(
    changing: &Changing<'_>,
    (request, compared): (&Path, &str),
    identities: &[String],
    output: &Output<'_>,
) -> Result<Added, Failure> {
    output.check()?;
    let ready = ready(changing)?;
    let request = read(request, ready.own)?;
    let kid = request.device.key.key_id().to_string();
    if kid != compared {
        return Err(not_compared());
    }
    let again = ready.stands.list().device(&kid).is_some();
    let stands = if again {
        ready.stands.clone()
    } else {
        may_be_added(ready.stands.list(), &request.device.name)?;
        let device = Device { added: ready.now, ..request.device.clone() };
        match publish(changing, &ready, &DeviceList::adding(&ready.stands, device))? {
            Published::Done(stands) => stands,
            // An attempt before did it, and its answer was lost.
            Published::Other(stands) if stands.list().device(&kid).is_some() => stands,
            Published::Other(_) => return Err(changed_meanwhile()),
        }
    };
    if !holds_inbox(&changing.database.reader()?, &stands)? {
        return Err(inbox_missing());
    }
    let answer = sealed_answer(changing, &ready, &request, identities)?;
    let file = output.filled(&answer)?;
    let entry = entry(changing.database, "devices.answered", changing.host)?.about("device", &kid);
    changing.database.writer()?.commit(&entry)?;
    output.put(file)?;
    Ok(Added { name: request.device.name.clone(), fingerprint: fingerprint(&request.device.key), again })
}

/// Whether the list has room for one more device, and none of that name: people tell them apart by it.
fn may_be_added(list: &DeviceList, name: &str) -> Result<(), Failure> {
    if list.devices.len() >= DEVICES_MOST {
        return Err(full());
    }
    let seen = |name: &str| name.nfkc().collect::<String>().trim().to_lowercase();
    let taken = list.devices.iter().any(|device| seen(&device.name) == seen(name));
    if taken { Err(name_taken(name)) } else { Ok(()) }
}

/// A signed answer and, a line each, the inbox identities behind it; sealed to the computer that asked.
fn sealed_answer(
    changing: &Changing<'_>,
    ready: &Ready,
    request: &DeviceRequest,
    identities: &[String],
) -> Result<Vec<u8>, Failure> {
    let (row, identities) = {
        let reader = changing.database.reader()?;
        (reader.device_list(ready.own.uscc())?, device_inboxes::to_hand_out(&reader, identities)?)
    };
    let (role, row) = Role::parse(&ready.hub.role).zip(row).ok_or_else(|| failure(Cause::Answer))?;
    let answer = DeviceAnswer {
        iss: ready.own,
        iat: ready.now,
        device: request.device.key.key_id().to_string(),
        url: ready.hub.url.clone(),
        card: ready.hub.card.clone(),
        role,
        name: row.name,
        devices: row.jws,
    };
    let text = object::sign(&ready.key, &answer).map_err(|error| failure(Cause::Answer).because(error))?;
    let length = text.len() + identities.iter().map(|identity| identity.len() + 1).sum::<usize>() + 1;
    let mut plain = Zeroizing::new(String::with_capacity(length));
    for line in std::iter::once(&text).chain(identities) {
        plain.push_str(line);
        plain.push('\n');
    }
    let mut answer = Vec::new();
    sealed::encrypt(&[&request.inbox], plain.as_bytes(), &mut answer).map_err(|error| {
        Failure::internal(
            "答复没有加密成功，没有写出。",
            "the answer could not be sealed; it was not written",
        )
        .because(error)
    })?;
    Ok(answer)
}

fn full() -> Failure {
    Failure::input(
        "DEVICE-FULL",
        told(
            format!("设备清单已有 {DEVICES_MOST} 台电脑，不能再加，没有作任何改动。"),
            format!("the device list has {DEVICES_MOST} computers and takes no more; nothing was changed"),
        ),
        Text::fixed(
            "请先移出不再使用的电脑，再加入这一台。",
            "first remove a computer that is no longer used, and add this one then",
        ),
    )
}

fn name_taken(name: &str) -> Failure {
    Failure::input(
        "DEVICE-NAME",
        told(
            format!("设备清单里已有名为“{name}”的电脑，同名的无法区分，没有加入。"),
            format!(
                "a computer of the list is called “{name}” already, and two of one name cannot be told apart; it was not added"
            ),
        ),
        Text::fixed(
            "请在要加入的电脑上换一个名称重新申请；清单里的那一台就是它、换过密钥的，先移出再加入。",
            "ask anew from the computer that is to be added, under another name; if it is the one of the list with a new key, first remove that one",
        ),
    )
}
