//! What a round keeps of messages that come.

use std::fs::File;
use std::io::{Read, Seek as _, Write as _};

use chrono::TimeDelta;
use serde_json::json;
use zizhi_store::{Hub, InboxState, Incoming, Writer};
use zizhi_sync::Id;
use zizhi_sync::api::{KEPT_SECONDS, MESSAGE_TYPE};
use zizhi_sync::round::{Arrived, Page};

use super::refused::{self, Refusals};
use super::{Syncing, Work};
use crate::failure::Failure;
use crate::hub_join::entry;
use crate::hub_status::joined;

impl Work<'_> {
    /// Appends a piece of a large message to a file without a name, which goes with the round.
    pub(super) fn keep(&mut self, id: Id, bytes: &[u8]) -> Result<(), Failure> {
        if !self.place.takes_mail {
            return Ok(());
        }
        let unwritable = |error| Failure::unwritable(self.syncing.database.folder(), error);
        let mut file = match self.pieces.remove(&id) {
            Some(file) => file,
            // Beside the database, where there is room for the message in the end.
            None => tempfile::tempfile_in(self.syncing.database.folder()).map_err(unwritable)?,
        };
        file.write_all(bytes).map_err(unwritable)?;
        self.pieces.insert(id, file);
        Ok(())
    }

    /// Stores messages, refusals and cursor in one transaction, and gives what the hub is still to be told.
    pub(super) fn store(&mut self, page: &Page) -> Result<Vec<Id>, Failure> {
        let Syncing { database, host, .. } = *self.syncing;
        let entry = entry(database, "mail.stored", host)?;
        let mut received = 0;
        let writer = database.writer()?;
        let hub = joined(&writer)?;
        // Another device of this organisation takes the mail in.
        let arrived: &[Arrived] = if self.place.takes_mail { &page.arrived } else { &[] };
        for arrived in arrived {
            received += usize::from(self.take(&writer, arrived)?);
        }
        let told: Vec<String> = page.acknowledged.iter().map(ToString::to_string).collect();
        writer.acknowledged(&told)?;
        let mut offered = 0;
        if page.epoch != hub.epoch {
            // docs/hub.md §5: what is older than this no hub would have kept.
            offered = writer.offer_again(page.epoch, host.now() - TimeDelta::seconds(KEPT_SECONDS))?;
            self.done.restored = true;
        }
        let told_of = refused::take_in(&writer, &page.refused, page.epoch, host.now())?;
        let cursor = match (self.place.takes_mail, page.epoch == hub.epoch) {
            (true, _) => page.cursor,
            (false, true) => hub.cursor,
            (false, false) => 0,
        };
        let nothing = page.arrived.is_empty() && told.is_empty() && told_of == Refusals::default();
        if nothing && (page.epoch, cursor) == (hub.epoch, hub.cursor) {
            drop(writer);
            return self.owed();
        }
        writer.put_hub(&Hub { epoch: page.epoch, cursor, ..hub })?;
        let summary = json!({
            "received": received, "epoch": page.epoch, "cursor": cursor,
            "acknowledged": told.len(), "offered_again": offered,
            "refused": told_of.new, "taken_back": told_of.taken_back,
        });
        writer.commit(&entry.with(summary))?;
        self.done.received += received;
        self.done.refused += told_of.new;
        self.owed()
    }

    /// Adds one message, and tells whether it is new.
    fn take(&mut self, writer: &Writer<'_>, arrived: &Arrived) -> Result<bool, Failure> {
        let item = &arrived.item;
        let mut piece = self.pieces.remove(&item.id);
        let mut whole = arrived.bytes.as_deref().unwrap_or_default();
        let bytes: &mut dyn Read = match &mut piece {
            Some(file) => rewound(file, self.syncing)?,
            None => &mut whole,
        };
        let now = self.syncing.host.now();
        let original = writer.add_original(bytes, MESSAGE_TYPE, now)?;
        Ok(writer.add_incoming(&Incoming {
            id: item.id.to_string(),
            sender: *item.from.uscc(),
            kind: None,
            message: original.sha256,
            received: now,
            state: InboxState::Stored,
            code: None,
            told: None,
            about_kind: None,
            about_id: None,
            owed: 1,
        })?)
    }
}

fn rewound<'f>(file: &'f mut File, syncing: &Syncing<'_>) -> Result<&'f mut File, Failure> {
    file.rewind().map_err(|error| Failure::unreadable(syncing.database.folder(), error))?;
    Ok(file)
}
