//! A computer of the device list removes another one. That one knows the inbox key, so there is a new one from then
//! on; what was sealed before it can go on reading.

use zizhi_crypto::sealed;
use zizhi_model::Text;
use zizhi_sync::devices::{DeviceList, Standing};
use zizhi_sync::round::Cause;

use crate::device_inboxes::{self, Attempt};
use crate::devices::{Changing, Published, Ready, changed_meanwhile, ledgers, publish, ready};
use crate::failure::{Failure, told};
use crate::hub_join::entry;
use crate::vault;

/// A computer that is off the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removed {
    /// Its name.
    pub name: String,
    /// Other computers of the list, which need the new inbox key: each asks once more.
    pub to_ask_again: Vec<String>,
    /// Hubs of other provinces with a ledger that this organisation has joined: they hear of it from its own hub.
    pub ledgers: Vec<String>,
}

/// Removes the device whose key has the thumbprint `kid`. The new inbox key is in the database before the hub hears of
/// it, so that an answer that is lost costs nothing: the same once more finds out.
///
/// # Errors
/// `HUB-NONE`, `DEVICE-OWN` if it is this computer, `DEVICE-UNKNOWN` if no device of the list is it, `DEVICE-INBOX`,
/// `DEVICES-STALE` if another device changed the list meanwhile, `HUB-UNREACHABLE`, `HUB-ANSWER`, the code of the hub's
/// refusal; those of the passphrase and as every write to the database.
pub fn remove(changing: &Changing<'_>, kid: &str) -> Result<Removed, Failure> {
    let ready = ready(changing)?;
    if kid == ready.hub.device_kid {
        return Err(oneself());
    }
    let Some(device) = ready.stands.list().device(kid) else {
        return found_gone(changing, &ready, kid);
    };
    let name = device.name.clone();
    let inbox = new_inbox(changing, kid, &name)?;
    let list = DeviceList::removing(&ready.stands, kid, inbox.clone(), ready.now);
    let stands = match publish(changing, &ready, &list)? {
        Published::Done(stands) => stands,
        // An attempt before did it, and its answer was lost.
        Published::Other(stands)
            if stands.list().inbox.contains(&inbox) && stands.list().device(kid).is_none() =>
        {
            stands
        }
        Published::Other(_) => return Err(changed_meanwhile()),
    };
    let ledgers = ledgers(&changing.database.reader()?)?;
    Ok(Removed { name, to_ask_again: others(&ready, &stands), ledgers })
}

/// A device that is not on the list: an attempt before may have removed it, its answer was lost, and a round has
/// brought the list since.
fn found_gone(changing: &Changing<'_>, ready: &Ready, kid: &str) -> Result<Removed, Failure> {
    let reader = changing.database.reader()?;
    let named = device_inboxes::named(&reader)?;
    let done = device_inboxes::attempt(&reader, kid)?.filter(|attempt| named.contains(&attempt.recipient));
    let attempt = done.ok_or_else(|| unknown(kid))?;
    let (to_ask_again, ledgers) = (others(ready, &ready.stands), ledgers(&reader)?);
    Ok(Removed { name: attempt.name, to_ask_again, ledgers })
}

/// The other computers of a list.
pub(crate) fn others(ready: &Ready, stands: &Standing) -> Vec<String> {
    let devices = stands.list().devices.iter();
    let others = devices.filter(|device| device.key.key_id().as_str() != ready.hub.device_kid);
    others.map(|device| device.name.clone()).collect()
}

/// The inbox key of a list without the device `kid`, or that this computer renews: the one of an attempt before, as
/// long as no list has named it, or a new one. An attempt for another device does not count: that one may have been
/// told of its key since, or its list may stand yet.
pub(crate) fn new_inbox(changing: &Changing<'_>, kid: &str, name: &str) -> Result<String, Failure> {
    let Changing { database, passphrase, host, .. } = *changing;
    let unused = {
        let reader = database.reader()?;
        let named = device_inboxes::named(&reader)?;
        let here = reader.inbox_identities()?;
        device_inboxes::attempt(&reader, kid)?
            .filter(|attempt| !named.contains(&attempt.recipient))
            .filter(|attempt| here.iter().any(|identity| identity.recipient == attempt.recipient))
    };
    if let Some(unused) = unused {
        return Ok(unused.recipient);
    }
    let (secret, _) = sealed::generate_identity();
    let sealed = vault::seal_inboxes(database, passphrase, &[secret], host)?;
    let made = sealed.first().ok_or_else(|| crate::message_words::failure(Cause::Answer))?;
    let entry = entry(database, "devices.inbox_made", host)?;
    let writer = database.writer()?;
    writer.add_inbox_identity(made)?;
    let (kid, name, recipient) = (kid.to_owned(), name.to_owned(), made.recipient.clone());
    device_inboxes::put_attempt(&writer, Attempt { kid, name, recipient })?;
    writer.commit(&entry)?;
    Ok(made.recipient.clone())
}

fn oneself() -> Failure {
    Failure::input(
        "DEVICE-OWN",
        Text::fixed(
            "不能在本机移出本机，没有作任何改动。",
            "this computer cannot remove itself; nothing was changed",
        ),
        Text::fixed("请在清单内的另一台电脑上移出它。", "remove it from another computer of the list"),
    )
}

fn unknown(kid: &str) -> Failure {
    Failure::input(
        "DEVICE-UNKNOWN",
        told(
            format!("设备清单里没有编号为 {kid} 的设备，没有作任何改动。"),
            format!("no device of the list has the id {kid}; nothing was changed"),
        ),
        Text::fixed("请看过最新的设备清单再试。", "look at the newest device list and try again"),
    )
}
