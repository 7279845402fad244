//! Another computer of this organisation asks to be on its device list: it makes a key of its own and writes a file
//! with it, which a person carries to a computer of the list. Two people compare the fingerprint.

use std::path::Path;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use zizhi_crypto::{SigningKey, b64, sealed};
use zizhi_model::{Limits, OrgId, Text, Uscc, civil};
use zizhi_store::{Database, InboxIdentity, Reader};
use zizhi_sync::devices::Device;
use zizhi_sync::devices::pairing::{self, DeviceRequest};
use zizhi_sync::digest::fingerprint;
use zizhi_sync::object;

use crate::devices::Asked;
use crate::failure::Failure;
use crate::firm::no_profile;
use crate::hub_join::{entry, unfit_name};
use crate::{Host, Output, device_inboxes, files, vault};

/// The setting with what this computer asked with.
const SETTING: &str = "device_request";
/// Bytes of a file that is carried from one computer to the other.
pub(crate) const FILE: u64 = 256 * 1024;

/// A request that was not answered yet. A later one takes its place.
#[derive(Serialize, Deserialize)]
pub(crate) struct Pending {
    pub(crate) kid: String,
    /// The private half of the key, sealed like that of a hub's device.
    sealed: String,
    name: String,
    /// RFC 3339.
    at: String,
    fingerprint: String,
}

impl Pending {
    /// As people see it.
    pub(crate) fn asked(self) -> Asked {
        let at = civil::parse_time(&self.at).map(|at| at.to_utc()).unwrap_or_default();
        Asked { kid: self.kid, name: self.name, at, fingerprint: self.fingerprint }
    }

    /// The sealed half of the key.
    ///
    /// # Errors
    /// `DEVICE-PENDING`.
    pub(crate) fn sealed(&self) -> Result<Vec<u8>, Failure> {
        b64::decode(&self.sealed).map_err(|error| damaged().because(error))
    }
}

/// A request, as a computer of the list sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requested {
    /// The organisation.
    pub organisation: Uscc,
    /// The thumbprint of the key.
    pub kid: String,
    /// What the computer calls itself.
    pub name: String,
    /// When it asked, by its own clock.
    pub at: DateTime<Utc>,
    /// Its key as people compare it.
    pub fingerprint: String,
}

/// Writes a request. A computer that is on the list already, or was, asks with the key that it has, and others with a
/// new one.
///
/// # Errors
/// `PROFILE-NONE`, `HUB-DEVICE` if the name cannot be used, `IO-EXISTS`, `IO-WRITE`; those of the passphrase and as
/// every write to the database.
pub fn request(
    database: &Database,
    name: &str,
    passphrase: &str,
    output: &Output<'_>,
    host: &dyn Host,
) -> Result<Requested, Failure> {
    output.check()?;
    let (own, private, hub) = {
        let reader = database.reader()?;
        let own = OrgId::from(reader.profile()?.ok_or_else(no_profile)?.uscc);
        let hub = reader.hub()?.filter(|hub| hub.joined.is_some());
        (own, device_inboxes::private(&reader)?, hub)
    };
    let known = hub.map(|_| vault::device_key(database, passphrase)).transpose()?.flatten();
    let (key, sealed) = match known {
        Some(key) => (key, None),
        None => {
            let (key, sealed) = vault::make_device_key(database, passphrase, host)?;
            (key, Some(sealed))
        }
    };
    // The answer opens here and nowhere else: a computer that was removed has the organisation's older keys too.
    let (inbox, made) = match private {
        Some(private) => (private.recipient, None),
        None => made_inbox(database, passphrase, host)?,
    };
    let added = host.now().timestamp();
    let device = Device { key: key.public().clone(), name: name.trim().to_owned(), added };
    let asking = DeviceRequest { iss: own, device, inbox };
    let text = object::sign(&key, &asking).map_err(|error| unfit_name().because(error))?;
    let file = output.filled(format!("{text}\n").as_bytes())?;
    let entry = entry(database, "devices.asked", host)?.about("device", key.public().key_id().as_str());
    let writer = database.writer()?;
    if let Some(sealed) = sealed {
        writer.put_setting(SETTING, &serde_json::json!(written(&asking, &key, &sealed, host)))?;
    }
    if let Some(made) = made {
        writer.add_inbox_identity(&made)?;
    }
    writer.commit(&entry)?;
    output.put(file)?;
    Ok(shown(&asking))
}

fn made_inbox(
    database: &Database,
    passphrase: &str,
    host: &dyn Host,
) -> Result<(String, Option<InboxIdentity>), Failure> {
    let (secret, recipient) = sealed::generate_identity();
    let made = vault::seal_inboxes(database, passphrase, &[secret], host)?.pop();
    Ok((recipient, made))
}

fn written(asking: &DeviceRequest, key: &SigningKey, sealed: &[u8], host: &dyn Host) -> Pending {
    Pending {
        kid: key.public().key_id().to_string(),
        sealed: b64::encode(sealed),
        name: asking.device.name.clone(),
        at: civil::rfc3339(host.now()),
        fingerprint: fingerprint(key.public()),
    }
}

/// What this computer asked with and was not answered yet.
///
/// # Errors
/// `DEVICE-PENDING`; as every read of the database.
pub(crate) fn pending(reader: &Reader<'_>) -> Result<Option<Pending>, Failure> {
    let Some(setting) = reader.setting(SETTING)? else { return Ok(None) };
    serde_json::from_value(setting).map(Some).map_err(|error| damaged().because(error))
}

/// Forgets it, inside the transaction that is open.
pub(crate) fn answered(writer: &zizhi_store::Writer<'_>) -> Result<(), Failure> {
    Ok(writer.remove_setting(SETTING)?)
}

/// Reads a request, to be shown before anything is done with it.
///
/// # Errors
/// `DEVICE-REQUEST` if it is none; `IO-READ`.
pub fn read_request(path: &Path) -> Result<Requested, Failure> {
    introduced(path).map(|request| shown(&request))
}

/// The request in a file, if it is of this organisation.
pub(crate) fn read(path: &Path, own: OrgId) -> Result<DeviceRequest, Failure> {
    let request = introduced(path)?;
    if request.iss == own { Ok(request) } else { Err(other_organisation()) }
}

fn introduced(path: &Path) -> Result<DeviceRequest, Failure> {
    let text = files::read_text(path, FILE)?;
    pairing::introduce(text.trim(), &Limits::default()).map_err(|error| {
        Failure::input(
            "DEVICE-REQUEST",
            Text::fixed(
                "这个文件不是设备申请，或在途中被改动，没有作任何改动。",
                "this file is no request of a device, or was changed on its way; nothing was done",
            ),
            Text::fixed("请在要加入的电脑上重新申请。", "ask anew from the computer that is to be added"),
        )
        .because(error)
    })
}

fn shown(request: &DeviceRequest) -> Requested {
    Requested {
        organisation: *request.iss.uscc(),
        kid: request.device.key.key_id().to_string(),
        name: request.device.name.clone(),
        at: crate::devices::time(request.device.added),
        fingerprint: fingerprint(&request.device.key),
    }
}

fn damaged() -> Failure {
    Failure::input(
        "DEVICE-PENDING",
        Text::fixed(
            "本机保存的设备申请已损坏，无法读取，没有作任何改动。",
            "the request that this computer keeps is damaged and cannot be read; nothing was changed",
        ),
        Text::fixed(
            "请在本机重新申请，以前写出的申请文件作废。",
            "ask anew from this computer; the file that it wrote before is void",
        ),
    )
}

/// A file that shows another key than the one that people have compared.
pub(crate) fn not_compared() -> Failure {
    Failure::input(
        "DEVICE-COMPARED",
        Text::fixed(
            "文件里的设备指纹与核对过的不同，可能在核对之后换成了别的文件，没有作任何改动。",
            "the file shows another fingerprint than the one that was compared; it may have been swapped since, and nothing was done",
        ),
        Text::fixed(
            "请重新打开文件，与另一台电脑当面核对；仍不一致的，不要使用这个文件。",
            "open the file again and compare it with the other computer; if it still differs, do not use the file",
        ),
    )
}

/// A file of another organisation's computer.
pub(crate) fn other_organisation() -> Failure {
    Failure::input(
        "DEVICE-ORG",
        Text::fixed(
            "这个文件属于另一个单位，没有作任何改动。",
            "this file is another organisation's; nothing was done",
        ),
        Text::fixed(
            "两台电脑上的数据库必须是同一单位的；请核对统一社会信用代码。",
            "both computers have to hold databases of one organisation; check the unified social credit code",
        ),
    )
}
