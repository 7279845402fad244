//! 设备: the computers of this organisation at its hub.

use std::path::Path;

use zizhi_app::devices::{Asked, Changing, Listed, devices};
use zizhi_app::devices_accept::accept;
use zizhi_app::devices_add::add;
use zizhi_app::devices_remove::remove;
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
        })
    }

    pub(super) fn ask_as_device(&self, asking: &AskAsDevice) -> Result<DeviceAsking, Refusal> {
        let open = self.open()?;
        not_in_drill(&open)?;
        let output = Output { path: Path::new(&asking.path), force: true };
        let host = self.host.as_ref();
        let written = request(&open.database, &asking.name, &asking.passphrase, &output, host);
        self.changed(&[Changed::Sync, Changed::Upkeep]);
        written.map(requested).map_err(|failure| refusal(&failure))
    }

    pub(super) fn read_device(&self, path: &Path) -> Result<DeviceAsking, Refusal> {
        read_request(path).map(requested).map_err(|failure| refusal(&failure))
    }

    pub(super) fn add_device(&self, adding: AddDevice) -> Result<Written, Refusal> {
        let open = self.open()?;
        not_in_drill(&open)?;
        let output = Output { path: Path::new(&adding.path), force: true };
        let changing = self.changing(&open, &adding.passphrase);
        let added = add(&changing, Path::new(&adding.request), open.inbox().identities(), &output);
        self.changed(&[Changed::Sync, Changed::Upkeep]);
        added.map_err(|failure| refusal(&failure))?;
        Ok(Written { path: adding.path, sha256: None, count: 1 })
    }

    pub(super) fn accept_device(&self, accepting: &AcceptDevice) -> Result<DeviceAccepted, Refusal> {
        let open = self.open()?;
        not_in_drill(&open)?;
        let accepted = || {
            let (path, passphrase) = (Path::new(&accepting.answer), &accepting.passphrase);
            let inbox = open.inbox();
            let accepted = accept(&open.database, path, inbox.identities(), passphrase, self.host.as_ref())?;
            has_keys(&open, passphrase)?;
            Ok(accepted)
        };
        let accepted = accepted().map_err(|failure: Failure| refusal(&failure))?;
        open.bell.ring();
        self.changed(&[Changed::Sync, Changed::Upkeep]);
        Ok(DeviceAccepted {
            hub: accepted.hub,
            hub_key: accepted.hub_key,
            by: accepted.by,
            by_fingerprint: accepted.by_fingerprint,
            mail: accepted.mail,
        })
    }

    pub(super) fn remove_device(&self, removing: &RemoveDevice) -> Result<DeviceRemoved, Refusal> {
        let open = self.open()?;
        not_in_drill(&open)?;
        let removed = || {
            let removed = remove(&self.changing(&open, &removing.passphrase), &removing.kid)?;
            has_keys(&open, &removing.passphrase)?;
            Ok(removed)
        };
        let removed = removed();
        // A list that another computer changed was fetched even where nothing was removed.
        self.changed(&[Changed::Sync, Changed::Upkeep]);
        let removed = removed.map_err(|failure: Failure| refusal(&failure))?;
        Ok(DeviceRemoved { name: removed.name, to_ask_again: removed.to_ask_again })
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
    DeviceAsking { name: asked.name, at: rfc3339(asked.at), fingerprint: asked.fingerprint }
}

fn requested(requested: Requested) -> DeviceAsking {
    DeviceAsking { name: requested.name, at: rfc3339(requested.at), fingerprint: requested.fingerprint }
}
