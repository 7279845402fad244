//! The computer that asked takes the answer: from then on it has hub, device list and the organisation's inbox
//! identities, and synchronises. Before that people compare what the answer shows; nothing is kept until they did.

use std::path::Path;

use zeroize::Zeroizing;
use zizhi_crypto::sealed::{self, SealedError};
use zizhi_model::{Limits, OrgId, Text};
use zizhi_store::{Database, DeviceList as ListRow, Hub, InboxIdentity, Reader};
use zizhi_sync::devices::Standing;
use zizhi_sync::devices::pairing::{self, DeviceAnswer};
use zizhi_sync::digest::fingerprint;
use zizhi_sync::hub_card::{self, HubCard};

use crate::devices_request::{self, FILE, Pending, not_compared, other_organisation, pending};
use crate::failure::Failure;
use crate::firm::no_profile;
use crate::hub_http::HubHttp;
use crate::hub_join::{entry, joined_already};
use crate::{Host, device_inboxes, files, hub_keys, peer_devices, vault};

/// The most inbox identities behind an answer.
const IDENTITIES: usize = 64;

/// An answer, as people compare it before this computer relies on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The hub's id.
    pub hub: String,
    /// Its key as people compare it.
    pub hub_key: String,
    /// The device that answered.
    pub by: String,
    /// Its key as people compare it: nothing in the file says that it is this organisation's. It has signed all the
    /// rest of the answer, the hub's key too.
    pub by_fingerprint: String,
    /// The computer that takes the organisation's mail in.
    pub mail: String,
}

/// An answer that was read and holds.
struct Read {
    answer: DeviceAnswer,
    stands: Standing,
    card: HubCard,
    identities: Vec<Zeroizing<String>>,
    by: zizhi_sync::devices::Device,
}

impl Read {
    /// As people see it.
    fn shown(&self) -> Answered {
        let first = self.stands.list().devices.first();
        Answered {
            hub: self.card.hub.to_string(),
            hub_key: fingerprint(&self.card.key),
            by: self.by.name.clone(),
            by_fingerprint: fingerprint(&self.by.key),
            mail: first.map(|device| device.name.clone()).unwrap_or_default(),
        }
    }
}

/// Reads an answer, to be compared before anything is done with it. `identities` are those of this computer.
///
/// # Errors
/// As [`accept`], but for those of what is compared and of the passphrase.
pub fn read_answer(
    database: &Database,
    path: &Path,
    identities: &[String],
    host: &dyn Host,
) -> Result<Answered, Failure> {
    let read = read(path, identities)?;
    hub_of(database, &read, |_| Ok(Vec::new()), host)?;
    check_follows(&database.reader()?, &read)?;
    Ok(read.shown())
}

/// Takes an answer whose device has the fingerprint that people have `compared`; spaces in it do not count. One that
/// has joined already gets list and inbox identities anew.
///
/// # Errors
/// `DEVICE-ANSWER` if it is none for this computer or does not hold, `DEVICE-COMPARED` if another device answered,
/// `DEVICE-ORG`, `DEVICE-ASKED` if it answers another request than the last, `DEVICE-PENDING`, `HUB-JOINED` if this
/// computer has joined another hub, `DEVICES-OTHER` if the list contradicts the one here; `NET-URL`, `IO-READ`; those of
/// the passphrase and as every write to the database.
pub fn accept(
    database: &Database,
    (path, compared): (&Path, &str),
    identities: &[String],
    passphrase: &str,
    host: &dyn Host,
) -> Result<Answered, Failure> {
    let read = read(path, identities)?;
    let shown = read.shown();
    if !is_same_fingerprint(compared, &shown.by_fingerprint) {
        return Err(not_compared());
    }
    let key = |asked: &Pending| {
        let sealed = asked.sealed()?;
        vault::check_device_key(database, passphrase, (&asked.kid, &sealed))?;
        Ok(sealed)
    };
    let hub = hub_of(database, &read, key, host)?;
    let own = read.answer.iss;
    let fresh = fresh_identities(database, &read, passphrase, host)?;
    let entry = entry(database, "devices.joined", host)?.about("hub", &hub.id);
    let writer = database.writer()?;
    check_follows(&writer, &read)?;
    writer.put_hub(&hub)?;
    writer.put_device_list(&ListRow {
        org: *own.uscc(),
        name: read.answer.name.clone(),
        seq: read.stands.list().seq,
        jws: read.answer.devices.clone(),
        updated: host.now(),
    })?;
    for identity in &fresh {
        writer.add_inbox_identity(identity)?;
    }
    // Nobody hands out what no list has named.
    let came: Result<Vec<_>, _> = read.identities.iter().map(|it| sealed::recipient_of(it)).collect();
    device_inboxes::note_all(&writer, &came.map_err(|error| unusable().because(error))?)?;
    devices_request::answered(&writer)?;
    writer.commit(&entry)?;
    Ok(shown)
}

/// The hub as this computer has it with the answer: the one that it has joined, or the one that it begins with, whose
/// `key` is that of the request.
fn hub_of(
    database: &Database,
    read: &Read,
    key: impl Fn(&Pending) -> Result<Vec<u8>, Failure>,
    host: &dyn Host,
) -> Result<Hub, Failure> {
    let (hub, asked) = {
        let reader = database.reader()?;
        let own = OrgId::from(reader.profile()?.ok_or_else(no_profile)?.uscc);
        if read.answer.iss != own {
            return Err(other_organisation());
        }
        let hub = reader.hub()?.filter(|hub| hub.joined.is_some());
        let asked = if hub.is_some() { None } else { pending(&reader)? };
        (hub, asked)
    };
    let hub = match (hub, asked) {
        (Some(hub), _) if hub.device_kid == read.answer.device => {
            if !is_same_hub(&database.reader()?, &hub, &read.card, host)? {
                return Err(joined_already(&hub.id));
            }
            // What the hub said before is over.
            Hub { url: read.answer.url.clone(), code: None, wait_ms: 0, retry_at: None, ..hub }
        }
        (None, Some(asked)) if asked.kid == read.answer.device => {
            joining(read, asked.kid.clone(), key(&asked)?, host)
        }
        _ => return Err(other_request()),
    };
    // Where the list leads would be asked with this device's key.
    HubHttp::new(&hub.url, None)?;
    Ok(hub)
}

/// A list of this computer's own, from joining in vain, binds nobody; the one of the hub that it has joined does.
fn check_follows(reader: &Reader<'_>, read: &Read) -> Result<(), Failure> {
    if reader.hub()?.is_some_and(|hub| hub.joined.is_some()) {
        peer_devices::check_own_follows(reader, &read.answer.iss, &read.answer.devices)?;
    }
    Ok(())
}

/// Whether two people mean the same key: in whatever groups they wrote it down.
fn is_same_fingerprint(one: &str, other: &str) -> bool {
    let digits = |text: &str| -> String {
        text.chars().filter(|digit| !digit.is_whitespace()).map(|digit| digit.to_ascii_lowercase()).collect()
    };
    digits(one) == digits(other)
}

/// Opens and checks everything that can be checked without asking anybody.
fn read(path: &Path, identities: &[String]) -> Result<Read, Failure> {
    let limits = Limits::default();
    let bytes = files::read(path, FILE)?;
    let mut plain = Zeroizing::new(Vec::with_capacity(bytes.len()));
    sealed::decrypt(identities, bytes.as_slice(), &mut *plain).map_err(|error| match error {
        SealedError::OtherRecipient => for_another().because(error),
        error => unusable().because(error),
    })?;
    let text = std::str::from_utf8(&plain).map_err(|error| unusable().because(error))?;
    let (signed, behind) = text.split_once('\n').ok_or_else(unusable)?;
    let (answer, stands, by) =
        pairing::answered(signed, &limits).map_err(|error| unusable().because(error))?;
    if stands.list().device(&answer.device).is_none() {
        return Err(unusable());
    }
    let card = hub_card::introduce(&answer.card, &limits).map_err(|error| unusable().because(error))?;
    let card = card.into_payload();
    let identities: Vec<_> = behind.lines().map(|line| Zeroizing::new(line.to_owned())).collect();
    let opens = |identity: &Zeroizing<String>| {
        sealed::recipient_of(identity).is_ok_and(|recipient| recipient == stands.list().newest_inbox())
    };
    if identities.len() > IDENTITIES || !identities.iter().any(opens) {
        return Err(unusable());
    }
    Ok(Read { answer, stands, card, identities, by })
}

/// Whether an answer leads to the hub that was joined, by a key of it too.
fn is_same_hub(reader: &Reader<'_>, hub: &Hub, card: &HubCard, host: &dyn Host) -> Result<bool, Failure> {
    let keys = hub_keys::of(reader, &hub.id, &hub.card)?;
    let known = keys.at(card.key.key_id().as_str(), host.now().timestamp());
    Ok(hub.id == card.hub.as_str() && known == Some(&card.key))
}

/// The hub as a computer has it that begins with it.
fn joining(read: &Read, device_kid: String, sealed: Vec<u8>, host: &dyn Host) -> Hub {
    Hub {
        id: read.card.hub.to_string(),
        url: read.answer.url.clone(),
        card: read.answer.card.clone(),
        role: read.answer.role.as_str().to_owned(),
        device_kid,
        sealed,
        joined: Some(host.now()),
        epoch: read.card.epoch,
        cursor: 0,
        public_etag: None,
        clock_offset: 0,
        synced: None,
        code: None,
        wait_ms: 0,
        retry_at: None,
        // An answer says nothing of it; a person gives it to this computer too.
        ca: None,
    }
}

/// The inbox identities that are not here yet, sealed for this database.
fn fresh_identities(
    database: &Database,
    read: &Read,
    passphrase: &str,
    host: &dyn Host,
) -> Result<Vec<InboxIdentity>, Failure> {
    let there = database.reader()?.inbox_identities()?;
    let newest = read.stands.list().newest_inbox();
    let mut fresh = Vec::new();
    for identity in &read.identities {
        let recipient = sealed::recipient_of(identity).map_err(|error| unusable().because(error))?;
        let known = there.iter().any(|there| there.recipient == recipient);
        match (known, recipient == newest) {
            (true, _) => {}
            // The one that others seal to counts as the newest here too.
            (false, true) => fresh.insert(0, identity.clone()),
            (false, false) => fresh.push(identity.clone()),
        }
    }
    vault::seal_inboxes(database, passphrase, &fresh, host)
}

fn unusable() -> Failure {
    Failure::input(
        "DEVICE-ANSWER",
        Text::fixed(
            "这个文件不是可用的设备答复，或在途中被改动，没有作任何改动。",
            "this file is no answer that can be used, or was changed on its way; nothing was done",
        ),
        Text::fixed(
            "请在清单内的电脑上再添加一次，取得新的答复。",
            "add this computer once more from one of the list, and take the new answer",
        ),
    )
}

fn for_another() -> Failure {
    Failure::input(
        "DEVICE-ANSWER",
        Text::fixed(
            "这份答复是加密给另一台电脑的，本机打不开，没有作任何改动。",
            "this answer is sealed to another computer and does not open here; nothing was done",
        ),
        Text::fixed("请在写出申请的那台电脑上接受它。", "accept it on the computer that wrote the request"),
    )
}

fn other_request() -> Failure {
    Failure::input(
        "DEVICE-ASKED",
        Text::fixed(
            "这份答复不是给本机最近一次申请的，没有作任何改动。",
            "this answer is not for the last request of this computer; nothing was done",
        ),
        Text::fixed(
            "请用最近一次写出的申请文件再添加一次；以前的申请已作废。",
            "add this computer with the file that it wrote last; earlier ones are void",
        ),
    )
}
