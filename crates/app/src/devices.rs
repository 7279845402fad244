//! 设备: the computers of this organisation at its hub (docs/hub.md §1), as the list that stands names them.
//!
//! The first of the list takes the organisation's mail in, and the others do not: a message goes to one database,
//! and never to whichever computer happened to ask first. Decision 0021 says why.

use chrono::{DateTime, TimeZone as _, Utc};
use zizhi_crypto::SigningKey;
use zizhi_model::{Limits, OrgId, Text};
use zizhi_store::{Database, DeviceList as Row, Hub, Reader};
use zizhi_sync::api::{self, Code, Organisation, ReplaceDevices};
use zizhi_sync::devices::{DeviceList, Standing};
use zizhi_sync::object;
use zizhi_sync::round::{Answer, Ask, Cause};

use crate::devices_request::pending;
use crate::failure::Failure;
use crate::firm::no_profile;
use crate::hub_http::HubHttp;
use crate::hub_join::{entry, fingerprint};
use crate::hub_status::{joined, none};
use crate::message_words::failure;
use crate::stop::Stop;
use crate::{Host, device_inboxes, peer_devices, vault};

/// A computer of this organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The thumbprint of its key.
    pub kid: String,
    /// What people call it.
    pub name: String,
    /// When it was added.
    pub added: DateTime<Utc>,
    /// Its key as people compare it.
    pub fingerprint: String,
    /// Whether it is this computer.
    pub own: bool,
    /// Whether it takes the organisation's mail in.
    pub mail: bool,
}

/// The computers of this organisation, and what this one waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Devices {
    /// Those of the list that stands here, in its order; none where this computer has joined no hub.
    pub listed: Vec<Listed>,
    /// What this computer asked with, if it was not answered yet.
    pub asked: Option<Asked>,
    /// Another computer made a new inbox key that is not here: new mail cannot be read here.
    pub inbox_missing: bool,
}

/// A request that was written here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// What this computer called itself.
    pub name: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Its key as people compare it.
    pub fingerprint: String,
}

/// The computers of this organisation as they are known here.
///
/// # Errors
/// As every read of the database.
pub fn devices(database: &Database) -> Result<Devices, Failure> {
    let reader = database.reader()?;
    let asked = pending(&reader)?.map(|pending| pending.asked());
    let Some(hub) = reader.hub()?.filter(|hub| hub.joined.is_some()) else {
        return Ok(Devices { listed: Vec::new(), asked, inbox_missing: false });
    };
    let Some(stands) = own_list(&reader)? else {
        return Ok(Devices { listed: Vec::new(), asked, inbox_missing: false });
    };
    let inbox_missing = !holds_inbox(&reader, &stands)?;
    let listed = stands.list().devices.iter().enumerate().map(|(place, device)| Listed {
        kid: device.key.key_id().to_string(),
        name: device.name.clone(),
        added: time(device.added),
        fingerprint: fingerprint(&device.key),
        own: device.key.key_id().as_str() == hub.device_kid,
        mail: place == 0,
    });
    Ok(Devices { listed: listed.collect(), asked, inbox_missing })
}

/// The device list of this organisation that stands here.
pub(crate) fn own_list(reader: &Reader<'_>) -> Result<Option<Standing>, Failure> {
    let own = reader.profile()?.ok_or_else(no_profile)?.uscc;
    let Some(row) = reader.device_list(&own)? else { return Ok(None) };
    let stands = Standing::kept(&row.jws, &Limits::default());
    stands.map(Some).map_err(|error| failure(Cause::Answer).because(error))
}

/// Whether this computer takes the organisation's mail in.
pub(crate) fn takes_mail(reader: &Reader<'_>, hub: &Hub) -> Result<bool, Failure> {
    let stands = own_list(reader)?;
    let first = stands.as_ref().and_then(|stands| stands.list().devices.first());
    Ok(first.is_none_or(|device| device.key.key_id().as_str() == hub.device_kid))
}

/// Whether other computers may change the list without this one.
pub(crate) fn is_shared(reader: &Reader<'_>) -> Result<bool, Failure> {
    Ok(own_list(reader)?.is_some_and(|stands| stands.list().devices.len() > 1))
}

/// Whether mail that is sealed by this list opens here.
pub(crate) fn holds_inbox(reader: &Reader<'_>, stands: &Standing) -> Result<bool, Failure> {
    let newest = stands.list().newest_inbox();
    Ok(reader.inbox_identities()?.iter().any(|identity| identity.recipient == newest))
}

pub(crate) fn time(seconds: i64) -> DateTime<Utc> {
    Utc.timestamp_opt(seconds, 0).single().unwrap_or_default()
}

/// What changing the device list takes.
#[derive(Clone, Copy)]
pub struct Changing<'a> {
    /// The open database.
    pub database: &'a Database,
    /// Opens this device's key.
    pub passphrase: &'a str,
    /// Certificates (PEM) of those who may vouch for the hub, in the place of the public ones.
    pub ca: Option<&'a [u8]>,
    /// Time and randomness.
    pub host: &'a dyn Host,
}

/// This computer as a device of the list, about to change it.
pub(crate) struct Ready {
    /// The organisation.
    pub(crate) own: OrgId,
    /// The hub.
    pub(crate) hub: Hub,
    /// This device's key.
    pub(crate) key: SigningKey,
    /// The list that stands here.
    pub(crate) stands: Standing,
    /// The hub's time.
    pub(crate) now: i64,
}

/// What became of a list that the hub was asked to take.
pub(crate) enum Published {
    /// It stands.
    Done(Standing),
    /// Another one stood there meanwhile, and now here too.
    Other(Standing),
}

/// This computer with its key and list.
///
/// # Errors
/// `HUB-NONE`; `DEVICE-INBOX` if it does not hold the newest inbox key; those of the passphrase.
pub(crate) fn ready(changing: &Changing<'_>) -> Result<Ready, Failure> {
    let Changing { database, passphrase, host, .. } = *changing;
    let (own, hub, stands) = {
        let reader = database.reader()?;
        let stands = own_list(&reader)?.ok_or_else(none)?;
        if !holds_inbox(&reader, &stands)? {
            return Err(inbox_missing());
        }
        (stands.list().iss, joined(&reader)?, stands)
    };
    let key = vault::device_key(database, passphrase)?.ok_or_else(none)?;
    let now = host.now().timestamp().saturating_add(hub.clock_offset);
    Ok(Ready { own, hub, key, stands, now })
}

/// Has the hub put a list in the place of the one that stands, and keeps it here. If another device was quicker, the
/// list that stands now is fetched and kept.
///
/// # Errors
/// `HUB-UNREACHABLE`, and then nothing was changed here: the same again finds out; `HUB-ANSWER`, the code of the hub's
/// refusal, `NET-URL`, `NET-CA`; `PEER-DEVICES` if the hub's list contradicts the one here.
pub(crate) fn publish(
    changing: &Changing<'_>,
    ready: &Ready,
    list: &DeviceList,
) -> Result<Published, Failure> {
    let unfit = |error| failure(Cause::Hub(Code::DevicesInvalid)).because(error);
    let text = object::sign(&ready.key, list).map_err(unfit)?;
    let http = HubHttp::new(&ready.hub.url, changing.ca)?;
    let ask = Ask::replace_devices(&ReplaceDevices { devices: text.clone() }).map_err(unfit)?;
    let answer = call(changing, ready, &http, &ask)?;
    match answer.success() {
        Ok(_) => {
            let stands = Standing::kept(&text, &Limits::default()).map_err(unfit)?;
            keep(changing, list, text)?;
            Ok(Published::Done(stands))
        }
        Err(refusal) if refusal.code == Some(Code::DevicesStale) => {
            fetch(changing, ready, &http).map(Published::Other)
        }
        Err(refusal) => Err(failure(refusal.cause())),
    }
}

/// The list that stands at the hub, which has to follow the one here.
fn fetch(changing: &Changing<'_>, ready: &Ready, http: &HubHttp) -> Result<Standing, Failure> {
    let answer = call(changing, ready, http, &Ask::organisation(&ready.own))?;
    let (_, body) = answer.success().map_err(|refusal| failure(refusal.cause()))?;
    let found = api::read::<Organisation>(&body, api::ANSWER_BYTES, &Limits::default())
        .map_err(|error| failure(Cause::Answer).because(error))?;
    if found.organisation != ready.own {
        return Err(failure(Cause::Answer));
    }
    let entry = entry(changing.database, "devices.accepted", changing.host)?;
    let writer = changing.database.writer()?;
    let (stands, changed) = peer_devices::accept(&writer, &found, changing.host)?;
    if changed {
        writer.commit(&entry.about("organisation", ready.own.uscc().as_str()))?;
    }
    Ok(stands)
}

fn keep(changing: &Changing<'_>, list: &DeviceList, jws: String) -> Result<(), Failure> {
    let Changing { database, host, .. } = *changing;
    let own = *list.iss.uscc();
    let entry = entry(database, "devices.changed", host)?.about("organisation", own.as_str());
    let writer = database.writer()?;
    let name = writer.device_list(&own)?.map(|row| row.name).unwrap_or_default();
    writer.put_device_list(&Row { org: own, name, seq: list.seq, jws, updated: host.now() })?;
    device_inboxes::note(&writer, list)?;
    let summary = serde_json::json!({ "seq": list.seq, "devices": list.devices.len() });
    writer.commit(&entry.with(summary))?;
    Ok(())
}

fn call(changing: &Changing<'_>, ready: &Ready, http: &HubHttp, ask: &Ask) -> Result<Answer, Failure> {
    let mut offset = ready.hub.clock_offset;
    let answer = http.ask(ask, &ready.key, &mut offset, (changing.host, &Stop::default()))?;
    answer.ok_or_else(|| failure(Cause::Unreachable))
}

/// Another computer made a new inbox key, and this one has not got it.
pub(crate) fn inbox_missing() -> Failure {
    Failure::input(
        "DEVICE-INBOX",
        Text::fixed(
            "本单位的收件密钥已由另一台电脑更换，本机没有新的密钥，打不开新消息，也不能改动设备清单。",
            "another computer of this organisation made a new inbox key that is not here: new messages cannot be opened here, and the device list cannot be changed",
        ),
        Text::fixed(
            "请在本机再申请一次，由那台电脑给出答复后在本机接受。",
            "ask once more from this computer, have that one answer, and accept the answer here",
        ),
    )
}

/// Another device changed the list meanwhile.
pub(crate) fn changed_meanwhile() -> Failure {
    Failure::input(
        Code::DevicesStale.as_str(),
        Text::fixed(
            "设备清单刚被另一台电脑改过，这次改动没有生效；已取回最新的清单。",
            "another computer has just changed the device list; this change was not made, and the newest list was fetched",
        ),
        Text::fixed("请看过最新的清单，再做一次。", "look at the newest list, and do it again"),
    )
}
