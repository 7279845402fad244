//! 设备: the computers of this organisation at its hub (docs/hub.md §1), as the list that stands names them.
//!
//! The first of the list takes the organisation's mail in, and the others do not: a message goes to one database,
//! and never to whichever computer happened to ask first. Decision 0021 says why.

use chrono::{DateTime, TimeZone as _, Utc};
use zizhi_crypto::SigningKey;
use zizhi_model::{Limits, OrgId, Text};
use zizhi_store::{Database, DeviceList as Row, Hub, Reader, Writer};
use zizhi_sync::api::{self, Code, Organisation, ReplaceDevices};
use zizhi_sync::devices::{DeviceList, Standing};
use zizhi_sync::digest::fingerprint;
use zizhi_sync::object;
use zizhi_sync::round::{Answer, Ask, Cause};

use crate::devices_request::pending;
use crate::failure::Failure;
use crate::firm::no_profile;
use crate::hub_http::HubHttp;
use crate::hub_join::entry;
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
    /// Hubs of other provinces whose ledgers this computer has joined.
    pub ledgers: Vec<String>,
}

/// A request that was written here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The thumbprint of its key.
    pub kid: String,
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
    let Some(hub) = reader.hub()?.filter(|hub| hub.joined.is_some()) else {
        let asked = pending(&reader)?.map(|pending| pending.asked());
        return Ok(Devices { listed: Vec::new(), asked, inbox_missing: false, ledgers: Vec::new() });
    };
    let ledgers = ledgers(&reader)?;
    // Whoever has joined waits for nothing, so that a damaged request keeps nobody from the list.
    let asked = pending(&reader).ok().flatten().map(|pending| pending.asked());
    let Some(stands) = own_list(&reader)? else {
        return Ok(Devices { listed: Vec::new(), asked, inbox_missing: false, ledgers });
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
    Ok(Devices { listed: listed.collect(), asked, inbox_missing, ledgers })
}

/// The hubs of other provinces that keep a device list of this organisation, as far as is known here. They hear of a
/// change from the hub of this one; where the two exchange no mail, people tell their operators.
pub(crate) fn ledgers(reader: &Reader<'_>) -> Result<Vec<String>, Failure> {
    let joined = reader.ledgers()?.into_iter().filter(|ledger| ledger.joined.is_some());
    Ok(joined.map(|ledger| ledger.hub).collect())
}

/// The device list of this organisation that stands here.
pub(crate) fn own_list(reader: &Reader<'_>) -> Result<Option<Standing>, Failure> {
    let own = reader.profile()?.ok_or_else(no_profile)?.uscc;
    let Some(row) = reader.device_list(&own)? else { return Ok(None) };
    let stands = Standing::kept(&row.jws, &Limits::default());
    stands.map(Some).map_err(|error| failure(Cause::Answer).because(error))
}

/// What a round has to know of the list that stands here.
pub(crate) struct Place {
    /// Whether this computer takes the organisation's mail in: the first of the list does, as long as it has the key that
    /// the mail is sealed to. Without it the hub keeps the mail.
    pub(crate) takes_mail: bool,
    /// Whether the round asks for the list: other computers may have changed it.
    pub(crate) asks: bool,
}

/// The setting that says that the list here may be an older one than this computer had, or others have.
const LOOK_AGAIN: &str = "device_list_due";

/// What a round has to know of the list that stands here.
pub(crate) fn place(reader: &Reader<'_>, hub: &Hub) -> Result<Place, Failure> {
    let asks = reader.setting(LOOK_AGAIN)?.is_some();
    let Some(stands) = own_list(reader)? else { return Ok(Place { takes_mail: true, asks }) };
    let devices = &stands.list().devices;
    let first = devices.first().is_none_or(|device| device.key.key_id().as_str() == hub.device_kid);
    let holds = holds_inbox(reader, &stands)?;
    Ok(Place { takes_mail: first && holds, asks: asks || devices.len() > 1 || !holds })
}

/// Has the next round ask for the list.
pub(crate) fn look_again(writer: &Writer<'_>) -> Result<(), Failure> {
    Ok(writer.put_setting(LOOK_AGAIN, &true.into())?)
}

/// Notes that the list was asked for. Tells whether that was due.
pub(crate) fn looked(writer: &Writer<'_>) -> Result<bool, Failure> {
    let due = writer.setting(LOOK_AGAIN)?.is_some();
    if due {
        writer.remove_setting(LOOK_AGAIN)?;
    }
    Ok(due)
}

/// Why a message that is sealed to no key of this database may open later: its key is another computer's, or there may
/// be one. Nothing where this computer has asked and has all keys.
pub(crate) fn may_open_later(reader: &Reader<'_>, looked: bool) -> Result<Option<Failure>, Failure> {
    if reader.hub()?.is_none_or(|hub| hub.joined.is_none()) {
        return Ok(None);
    }
    let Some(stands) = own_list(reader)? else { return Ok(None) };
    if !holds_inbox(reader, &stands)? {
        return Ok(Some(inbox_missing()));
    }
    Ok((!looked).then(list_due))
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
    /// Certificates (PEM) of those who may vouch for the hub, in the place of those that are kept with it.
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
    let ready = listed(changing)?;
    let holds = holds_inbox(&changing.database.reader()?, &ready.stands)?;
    if holds { Ok(ready) } else { Err(inbox_missing()) }
}

/// This computer with its key and list, whether or not it holds the newest inbox key.
///
/// # Errors
/// `HUB-NONE`; those of the passphrase.
pub(crate) fn listed(changing: &Changing<'_>) -> Result<Ready, Failure> {
    let Changing { database, passphrase, host, .. } = *changing;
    let (own, hub, stands) = {
        let reader = database.reader()?;
        let stands = own_list(&reader)?.ok_or_else(none)?;
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
/// refusal, `NET-URL`, `NET-CA`; `DEVICES-OTHER` if the hub's list contradicts the one
/// here.
pub(crate) fn publish(
    changing: &Changing<'_>,
    ready: &Ready,
    list: &DeviceList,
) -> Result<Published, Failure> {
    let unfit = |error| failure(Cause::Hub(Code::DevicesInvalid)).because(error);
    let text = object::sign(&ready.key, list).map_err(unfit)?;
    let http = HubHttp::new(&ready.hub.url, changing.ca.or(ready.hub.ca.as_deref()))?;
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
    let found = api::read_answer::<Organisation>(&body, api::ANSWER_BYTES, &Limits::default())
        .map_err(|error| failure(Cause::Answer).because(error))?;
    if found.organisation != ready.own {
        return Err(failure(Cause::Answer));
    }
    let entry = entry(changing.database, "devices.accepted", changing.host)?;
    let writer = changing.database.writer()?;
    let (stands, changed) = peer_devices::accept(&writer, &found, changing.host)?;
    if looked(&writer)? || changed {
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
    answer.map_err(failure)
}

/// The code of what waits for the device list, or for an inbox key that is not here.
pub(crate) const LIST_DUE: &str = "DEVICE-LIST";
pub(crate) const INBOX_MISSING: &str = "DEVICE-INBOX";

/// Another computer made a new inbox key, and this one has not got it.
pub(crate) fn inbox_missing() -> Failure {
    Failure::input(
        INBOX_MISSING,
        Text::fixed(
            "本单位的收件密钥已由另一台电脑更换，本机没有新的密钥，打不开新消息，也不能改动设备清单。",
            "another computer of this organisation made a new inbox key that is not here: new messages cannot be opened here, and the device list cannot be changed",
        ),
        Text::fixed(
            "请在本机再申请一次，由有新密钥的电脑答复后在本机接受；没有任何电脑有新密钥的，在本机更换收件密钥。",
            "ask once more from this computer, have one that has the new key answer, and accept the answer here; if no computer has it, change the inbox key on this one",
        ),
    )
}

fn list_due() -> Failure {
    Failure::input(
        LIST_DUE,
        Text::fixed(
            "收到的消息用本机的收件密钥打不开，可能本单位的另一台电脑更换过密钥；消息暂存，下次同步先核对设备清单。",
            "a message that came opens with no inbox key of this computer; another computer of this organisation may have made a new one, so the message waits, and the next round looks at the device list first",
        ),
        Text::fixed("请在联网时再同步一次。", "synchronise once more with a network"),
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
