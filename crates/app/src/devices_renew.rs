//! A computer of the device list makes a new inbox key where the newest one is lost: it need not hold that one. What was
//! sealed to the lost key opens nowhere any more, so that this is for when no computer has it.

use zizhi_sync::devices::DeviceList;

use crate::devices::{Changing, Published, changed_meanwhile, listed, publish};
use crate::devices_remove::{new_inbox, others};
use crate::failure::Failure;

/// A list with a new inbox key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renewed {
    /// Other computers of the list, which need the new inbox key: each asks once more.
    pub to_ask_again: Vec<String>,
}

/// Makes a new inbox key and has the hub put it first in the list. It is in the database before the hub hears of it, so
/// that an answer that is lost costs nothing: the same once more finds out.
///
/// # Errors
/// `HUB-NONE`, `DEVICES-STALE` if another device changed the list meanwhile, `HUB-UNREACHABLE`, `HUB-ANSWER`, the code of
/// the hub's refusal; those of the passphrase and as every write to the database.
pub fn renew(changing: &Changing<'_>) -> Result<Renewed, Failure> {
    let ready = listed(changing)?;
    let kid = ready.hub.device_kid.clone();
    let name = ready.stands.list().device(&kid).map(|device| device.name.clone()).unwrap_or_default();
    let inbox = new_inbox(changing, &kid, &name)?;
    let stands =
        match publish(changing, &ready, &DeviceList::renewing(&ready.stands, inbox.clone(), ready.now))? {
            Published::Done(stands) => stands,
            // An attempt before did it, and its answer was lost.
            Published::Other(stands) if stands.list().inbox.contains(&inbox) => stands,
            Published::Other(_) => return Err(changed_meanwhile()),
        };
    Ok(Renewed { to_ask_again: others(&ready, &stands) })
}
