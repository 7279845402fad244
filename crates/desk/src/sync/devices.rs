//! 设备: the computers of this organisation at its hub.

use std::path::Path;

use zizhi_app::devices::{Asked, Changing, Listed, devices};
use zizhi_app::devices_accept::{Answered, accept, read_answer};
use zizhi_app::devices_add::add;
use zizhi_app::devices_remove::{Removed, remove};
use zizhi_app::devices_renew::renew;
use zizhi_app::devices_request::{Requested, read_request, request};
use zizhi_app::{Failure, Output, vault};
use zizhi_model::civil::rfc3339;
use zizhi_wire::*;

use super::not_in_drill;
use crate::desk::{Desk, Open};
use crate::refusal::refusal;

impl Desk {
    pub(super) fn devices(&self, open: &Open) -> Result<Devices, Refusal> {
        let found = devices(&open.database).map_err(|failure| refusal(&failure))?;
        Ok(Devices {
            devices: found.listed.into_iter().map(line).collect(),
            asked: found.asked.map(asked),
            inbox_missing: found.inbox_missing,
            ledgers: found.ledgers,
        })
    }

    pub(super) fn ask_as_device(&self, asking: &AskAsDevice) -> Result<DeviceAsking, Refusal> {
        let open = self.open()?;
        not_in_drill(&open)?;
        let output = Output { path: Path::new(&asking.path), force: true };
        let written = || {
            let host = self.host.as_ref();
            let written = request(&open.database, &asking.name, &asking.passphrase, &output, host)?;
            // The answer is sealed to a key that may be new.
            has_keys(&open, &asking.passphrase)?;
            Ok(written)
        };
        let written = written().map(requested).map_err(|failure: Failure| refusal(&failure));
        self.changed(&[Changed::Sync, Changed::Upkeep]);
        written
    }

    pub(super) fn read_device(&self, path: &Path) -> Result<DeviceAsking, Refusal> {
        read_request(path).map(requested).map_err(|failure| refusal(&failure))
    }

    pub(super) fn add_device(&self, adding: AddDevice) -> Result<Written, Refusal> {
        let open = self.open()?;
        not_in_drill(&open)?;
        let output = Output { path: Path::new(&adding.path), force: true };
        let changing = self.changing(&open, &adding.passphrase);
        let request = (Path::new(&adding.request), adding.kid.as_str());
        let added = add(&changing, request, open.inbox().identities(), &output);
        self.changed(&[Changed::Sync, Changed::Upkeep]);
        added.map_err(|failure| refusal(&failure))?;
        Ok(Written { path: adding.path, sha256: None, count: 1 })
    }

    pub(super) fn read_device_answer(&self, path: &Path) -> Result<DeviceAnswered, Refusal> {
        let open = self.open()?;
        not_in_drill(&open)?;
        let read = read_answer(&open.database, path, open.inbox().identities(), self.host.as_ref());
        read.map(answered).map_err(|failure| refusal(&failure))
    }

    pub(super) fn accept_device(&self, accepting: &AcceptDevice) -> Result<DeviceAnswered, Refusal> {
        let open = self.open()?;
        not_in_drill(&open)?;
        let accepted = || {
            let answer = (Path::new(&accepting.answer), accepting.compared.as_str());
            let (inbox, passphrase) = (open.inbox(), &accepting.passphrase);
            let accepted =
                accept(&open.database, answer, inbox.identities(), passphrase, self.host.as_ref())?;
            has_keys(&open, passphrase)?;
            Ok(accepted)
        };
        let accepted = accepted().map_err(|failure: Failure| refusal(&failure))?;
        open.bell.ring();
        self.changed(&[Changed::Sync, Changed::Upkeep]);
        Ok(answered(accepted))
    }

    pub(super) fn remove_device(&self, removing: &RemoveDevice) -> Result<DeviceRemoved, Refusal> {
        let open = self.open()?;
        not_in_drill(&open)?;
        let removed = remove(&self.changing(&open, &removing.passphrase), &removing.kid);
        // The new key is here even where the hub's answer was lost, and mail may be sealed to it by now.
        let keys = has_keys(&open, &removing.passphrase);
        // A list that another computer changed was fetched even where nothing was removed.
        self.changed(&[Changed::Sync, Changed::Upkeep]);
        let removed = removed.and_then(|removed| keys.map(|()| removed));
        let removed = removed.map_err(|failure| refusal(&failure))?;
        let Removed { name, to_ask_again, ledgers } = removed;
        Ok(DeviceRemoved { name, to_ask_again, ledgers })
    }

    pub(super) fn renew_inbox(&self, renewing: &RenewInbox) -> Result<InboxRenewed, Refusal> {
        let open = self.open()?;
        not_in_drill(&open)?;
        let renewed = renew(&self.changing(&open, &renewing.passphrase));
        // As with a removal: the key is here whatever became of the answer.
        let keys = has_keys(&open, &renewing.passphrase);
        self.changed(&[Changed::Sync, Changed::Upkeep]);
        let renewed = renewed.and_then(|renewed| keys.map(|()| renewed));
        let renewed = renewed.map_err(|failure| refusal(&failure))?;
        // What waits at the hub is taken in at once.
        open.bell.ring();
        Ok(InboxRenewed { to_ask_again: renewed.to_ask_again })
    }

    fn changing<'a>(&'a self, open: &'a Open, passphrase: &'a str) -> Changing<'a> {
        Changing { database: &open.database, passphrase, ca: None, host: self.host.as_ref() }
    }
}

/// The keys that came in are used at once, without locking first.
fn has_keys(open: &Open, passphrase: &str) -> Result<(), Failure> {
    open.set_inbox(vault::open_inbox(&open.database, passphrase)?);
    open.set_device(vault::device_key(&open.database, passphrase)?);
    Ok(())
}

fn line(listed: Listed) -> DeviceLine {
    DeviceLine {
        kid: listed.kid,
        name: listed.name,
        added: rfc3339(listed.added),
        fingerprint: listed.fingerprint,
        own: listed.own,
        mail: listed.mail,
    }
}

fn asked(asked: Asked) -> DeviceAsking {
    let Asked { kid, name, at, fingerprint } = asked;
    DeviceAsking { kid, name, at: rfc3339(at), fingerprint }
}

fn requested(requested: Requested) -> DeviceAsking {
    let Requested { kid, name, at, fingerprint, .. } = requested;
    DeviceAsking { kid, name, at: rfc3339(at), fingerprint }
}

fn answered(answered: Answered) -> DeviceAnswered {
    let Answered { hub, hub_key, by, by_fingerprint, mail } = answered;
    DeviceAnswered { hub, hub_key, by, by_fingerprint, mail }
}
