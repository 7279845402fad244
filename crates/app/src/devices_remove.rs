//! A computer of the device list removes another one. That one knows the inbox key, so there is a new one from then
//! on; what was sealed before it can go on reading.

use zizhi_crypto::sealed;
use zizhi_model::Text;
use zizhi_sync::devices::{DeviceList, Standing};
use zizhi_sync::round::Cause;

use crate::devices::{Changing, Published, Ready, changed_meanwhile, holds_inbox, publish, ready};
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
    let name =
        ready.stands.list().device(kid).map(|device| device.name.clone()).ok_or_else(|| unknown(kid))?;
    let inbox = new_inbox(changing, &ready)?;
    let stands = match publish(changing, &ready, &DeviceList::removing(&ready.stands, kid, inbox, ready.now))?
    {
        Published::Done(stands) => stands,
        Published::Other(stands) => found_out(changing, kid, stands)?,
    };
    let others = stands.list().devices.iter().filter(|it| it.key.key_id().as_str() != ready.hub.device_kid);
    Ok(Removed { name, to_ask_again: others.map(|device| device.name.clone()).collect() })
}

/// Whether an attempt before did it, and its answer was lost.
fn found_out(changing: &Changing<'_>, kid: &str, stands: Standing) -> Result<Standing, Failure> {
    let ours = holds_inbox(&changing.database.reader()?, &stands)?;
    if ours && stands.list().device(kid).is_none() { Ok(stands) } else { Err(changed_meanwhile()) }
}

/// An inbox key of this database that no list had yet: one of an attempt before, or a new one.
fn new_inbox(changing: &Changing<'_>, ready: &Ready) -> Result<String, Failure> {
    let Changing { database, passphrase, host, .. } = *changing;
    let newest = database.reader()?.inbox_identities()?.into_iter().next();
    let unused = newest.filter(|newest| !ready.stands.list().inbox.contains(&newest.recipient));
    if let Some(unused) = unused {
        return Ok(unused.recipient);
    }
    let (secret, _) = sealed::generate_identity();
    let sealed = vault::seal_inboxes(database, passphrase, &[secret], host)?;
    let made = sealed.first().ok_or_else(|| crate::message_words::failure(Cause::Answer))?;
    let entry = entry(database, "devices.inbox_made", host)?;
    let writer = database.writer()?;
    writer.add_inbox_identity(made)?;
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
