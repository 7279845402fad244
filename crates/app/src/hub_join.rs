//! Joins a hub with an invitation: this device gets a key of its own, and the organisation its first device
//! list.
//!
//! Both are kept before the hub is asked, so that an answer that is lost costs nothing: the same invitation
//! is then used again with the same list. A hub that says no leaves no trace.

use zizhi_crypto::{PublicKey, SigningKey};
use zizhi_model::{Limits, OrgId, Text};
use zizhi_store::{Database, DeviceList as ListRow, Entry, Hub};
use zizhi_sync::api::{Enrol, Enrolled};
use zizhi_sync::devices::{Device, DeviceList};
use zizhi_sync::digest::fingerprint;
use zizhi_sync::hub_card::{self, HubCard};
use zizhi_sync::invitation::{Invitation, InvitationRefusal, Inviter};
use zizhi_sync::object::{self, ObjectError, Unverified};
use zizhi_sync::round::{Ask, AskBody, Cause};

use crate::failure::{Failure, told};
use crate::firm::no_profile;
use crate::hub_http::HubHttp;
use crate::message_words::{at_join, failure};
use crate::stop::Stop;
use crate::{Host, settings, vault};

/// The name of a device that nobody named.
const DEVICE: &str = "第一台设备";

/// What joining takes.
#[derive(Debug, Clone, Copy)]
pub struct Joining<'a> {
    /// The invitation, as its file has it.
    pub invitation: &'a str,
    /// The hub's address: scheme, host and port.
    pub url: &'a str,
    /// Certificates (PEM) of those who may vouch for the server, in the place of the public ones. They are kept.
    pub ca: Option<&'a [u8]>,
    /// What people call this device.
    pub device: Option<&'a str>,
    /// Opens the database's keys.
    pub passphrase: &'a str,
}

/// A hub that was joined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joined {
    /// Its id.
    pub hub: String,
    /// The thumbprint of its key, to be compared by people where an incubator invited.
    pub hub_key: String,
    /// What this organisation is to it.
    pub role: &'static str,
    /// The thumbprint of this device's key.
    pub device_kid: String,
}

/// Joins.
///
/// # Errors
/// `PROFILE-NONE`, `HUB-JOINED`, `INVITE-INVALID`, `INVITE-EXPIRED`, `NET-URL`, `NET-CA`, `HUB-UNREACHABLE`,
/// `HUB-ISSUER`, `HUB-CERTIFICATE`, `HUB-ANSWER`, the code of the hub's refusal; those of the passphrase and as every write to the database.
pub fn join(database: &Database, joining: &Joining<'_>, host: &dyn Host) -> Result<Joined, Failure> {
    let limits = Limits::default();
    let profile = database.reader()?.profile()?.ok_or_else(no_profile)?;
    let own = OrgId::from(profile.uscc);
    if let Some(hub) = database.reader()?.hub()?.filter(|hub| hub.joined.is_some()) {
        return Err(joined_already(&hub.id));
    }
    let text = joining.invitation.trim();
    let unverified =
        Unverified::<Invitation>::parse(text, &limits).map_err(|error| invalid().because(error))?;
    let invitation = unverified.peek().clone();
    let http = HubHttp::new(joining.url, joining.ca)?;
    let card_text = http.card().map_err(at_join)?;
    let card = hub_card::introduce(card_text.trim(), &limits)
        .map_err(|error| at_join(Cause::Answer).because(error))?;
    let card = card.payload();
    if invitation.hub != card.hub {
        return Err(other_hub(invitation.hub.as_str(), card.hub.as_str()));
    }
    if matches!(invitation.iss, Inviter::Hub(_)) {
        // It came by another way than the network, and so says whose the hub is.
        unverified.verify(&card.key).map_err(|error| not_by_this_hub(error, card.hub.as_str()))?;
    }
    let now = card.time;
    invitation.admits(&card.hub, &own, now).map_err(not_admitted)?;

    let (mut hub, list, key) = begin(database, joining, (&http, card, &card_text, &invitation), host)?;
    // An attempt before may have been made with others.
    hub.ca = joining.ca.map(<[u8]>::to_vec);
    let ask = Ask::enrol(&Enrol { invitation: text.to_owned(), devices: list })
        .map_err(|error| at_join(Cause::Answer).because(error))?;
    let AskBody::Bytes(body) = ask.body.clone() else { return Err(at_join(Cause::Answer)) };
    let offset = hub.clock_offset;
    let answer = http.call(&ask, body, &key, offset, (host, &Stop::default()))?.map_err(at_join)?;
    match answer.success() {
        Ok((_, body)) => {
            let enrolled = zizhi_sync::api::read_answer::<Enrolled>(&body, body.len(), &limits);
            if enrolled.is_ok_and(|enrolled| enrolled.organisation == own) {
                confirmed(database, hub, &card.key, invitation.role.as_str(), host)
            } else {
                Err(at_join(Cause::Answer))
            }
        }
        Err(refusal) => {
            if !refusal.retry {
                let writer = database.writer()?;
                writer.remove_hub()?;
                writer.commit(&entry(database, "hub.refused", host)?.about("hub", &hub.id))?;
            }
            Err(at_join(refusal.cause()))
        }
    }
}

/// The hub, the first device list and the device's key: those of an attempt before, or new ones.
fn begin(
    database: &Database,
    joining: &Joining<'_>,
    (http, card, card_text, invitation): (&HubHttp, &HubCard, &str, &Invitation),
    host: &dyn Host,
) -> Result<(Hub, String, SigningKey), Failure> {
    let reader = database.reader()?;
    let begun = reader.hub()?.filter(|hub| hub.id == card.hub.as_str() && hub.url == http.origin());
    let list = reader.device_list(invitation.sub.uscc())?;
    if let (Some(hub), Some(list)) = (begun, list) {
        drop(reader);
        if let Some(key) = vault::device_key(database, joining.passphrase)? {
            return Ok((hub, list.jws, key));
        }
    } else {
        drop(reader);
    }
    let (key, sealed) = vault::make_device_key(database, joining.passphrase, host)?;
    let reader = database.reader()?;
    let inbox = reader.inbox_identities()?.into_iter().next().ok_or_else(no_inbox)?;
    drop(reader);
    // By the hub's clock, which judges it.
    let device = Device {
        key: key.public().clone(),
        name: joining.device.unwrap_or(DEVICE).to_owned(),
        added: card.time,
    };
    let first = DeviceList::begin(invitation.sub, device, inbox.recipient);
    let list = object::sign(&key, &first).map_err(|error| unfit_name().because(error))?;
    let offset = card.time.saturating_sub(host.now().timestamp());
    let hub = Hub {
        id: card.hub.to_string(),
        url: http.origin().to_owned(),
        card: card_text.trim().to_owned(),
        role: invitation.role.as_str().to_owned(),
        device_kid: key.public().key_id().to_string(),
        sealed,
        joined: None,
        epoch: card.epoch,
        cursor: 0,
        public_etag: None,
        clock_offset: if offset.abs() > 60 { offset } else { 0 },
        synced: None,
        code: None,
        wait_ms: 0,
        retry_at: None,
        ca: joining.ca.map(<[u8]>::to_vec),
    };
    let entry = entry(database, "hub.asked", host)?.about("hub", &hub.id);
    let writer = database.writer()?;
    writer.put_hub(&hub)?;
    writer.put_device_list(&ListRow {
        org: *invitation.sub.uscc(),
        name: invitation.name.clone(),
        seq: 1,
        jws: list.clone(),
        updated: host.now(),
    })?;
    writer.commit(&entry)?;
    Ok((hub, list, key))
}

fn confirmed(
    database: &Database,
    hub: Hub,
    hub_key: &PublicKey,
    role: &'static str,
    host: &dyn Host,
) -> Result<Joined, Failure> {
    let entry = entry(database, "hub.joined", host)?.about("hub", &hub.id);
    let writer = database.writer()?;
    writer.put_hub(&Hub { joined: Some(host.now()), ..hub.clone() })?;
    writer.commit(&entry)?;
    Ok(Joined { hub: hub.id, hub_key: fingerprint(hub_key), role, device_kid: hub.device_kid })
}

/// An entry for the activity log, by whoever is at the desk.
pub(crate) fn entry(database: &Database, action: &str, host: &dyn Host) -> Result<Entry, Failure> {
    let actor = settings::actor(&database.reader()?)?;
    Ok(Entry::new(host.now(), &actor, action))
}

fn not_admitted(refusal: InvitationRefusal) -> Failure {
    failure(Cause::Hub(refusal.code())).because(refusal)
}

pub(crate) fn other_hub(invited: &str, answers: &str) -> Failure {
    Failure::refused(
        "INVITE-INVALID",
        format!("这份邀请函是枢纽 {invited} 的，这个地址上是枢纽 {answers}，没有加入。"),
        format!(
            "the invitation is to the hub {invited}, and at this address is the hub {answers}; nothing was joined"
        ),
        "请改用该枢纽的地址，或向这个枢纽的运维人员另要一份邀请函。",
        "give the address of that hub, or ask the operator of this one for an invitation to it",
    )
}

/// An invitation that the hub's key did not sign.
pub(crate) fn not_by_this_hub(error: ObjectError, hub: &str) -> Failure {
    if matches!(error, ObjectError::Kid) {
        return Failure::refused(
            "INVITE-INVALID",
            format!("这份邀请函写的是枢纽 {hub}，但不是这个地址上的枢纽签发的，没有加入。"),
            format!(
                "the invitation names the hub {hub}, but another hub than the one at this address signed it; nothing was joined"
            ),
            "请核对地址是否与邀请函所附的完全相同；相同的，向枢纽运维人员另要一份邀请函。",
            "check that the address is exactly the one that came with the invitation; if it is, ask the hub's operator for another invitation",
        );
    }
    invalid().because(error)
}

fn invalid() -> Failure {
    failure(Cause::Hub(zizhi_sync::api::Code::InviteInvalid))
}

pub(crate) fn joined_already(hub: &str) -> Failure {
    Failure::input(
        "HUB-JOINED",
        told(
            format!("本机已经加入枢纽 {hub}，没有作任何改动。"),
            format!("this device has joined the hub {hub} already; nothing was changed"),
        ),
        Text::fixed("直接同步即可。", "just synchronise"),
    )
}

pub(crate) fn no_inbox() -> Failure {
    Failure::input(
        "HUB-INBOX",
        Text::fixed(
            "数据库里没有收件密钥，对方无法向本单位加密发送，没有加入。",
            "the database has no inbox key, so that nobody could seal anything to this organisation; it did not join",
        ),
        Text::fixed("请从备份恢复数据库。", "restore the database from a backup"),
    )
}

pub(crate) fn unfit_name() -> Failure {
    Failure::input(
        "HUB-DEVICE",
        Text::fixed(
            "设备名称为空、超过64个字或含有不可见字符，没有作任何改动。",
            "the name of the device is empty, longer than 64 characters, or has characters that cannot be seen; nothing was changed",
        ),
        Text::fixed("请换一个简短的设备名称。", "give the device a short name"),
    )
}
