//! A computer of the device list adds another one, and writes what that one needs: hub, list, and the organisation's
//! inbox identities, sealed to it.

use std::path::Path;

use zeroize::Zeroizing;
use zizhi_crypto::sealed;
use zizhi_sync::devices::pairing::{DeviceAnswer, DeviceRequest};
use zizhi_sync::devices::{Device, DeviceList};
use zizhi_sync::invitation::Role;
use zizhi_sync::object;
use zizhi_sync::round::Cause;

use crate::devices::{
    Changing, Published, Ready, changed_meanwhile, holds_inbox, inbox_missing, publish, ready,
};
use crate::devices_request::read;
use crate::failure::Failure;
use crate::hub_join::{entry, fingerprint};
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
/// answer anew. `identities` open what is sealed to this organisation.
///
/// # Errors
/// `HUB-NONE`, `DEVICE-REQUEST`, `DEVICE-ORG`, `DEVICE-INBOX`, `DEVICES-STALE` if another device changed the list
/// meanwhile, `HUB-UNREACHABLE`, `HUB-ANSWER`, the code of the hub's refusal; `IO-EXISTS`, `IO-READ`, `IO-WRITE`; those
/// of the passphrase and as every write to the database.
pub fn add(
    changing: &Changing<'_>,
    request: &Path,
    identities: &[String],
    output: &Output<'_>,
) -> Result<Added, Failure> {
    output.check()?;
    let ready = ready(changing)?;
    let request = read(request, ready.own)?;
    let kid = request.device.key.key_id().to_string();
    let again = ready.stands.list().device(&kid).is_some();
    let stands = if again {
        ready.stands.clone()
    } else {
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
