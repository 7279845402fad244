//! What a round keeps of messages that come.

use std::io::Read;

use chrono::TimeDelta;
use serde_json::json;
use zizhi_store::{Hub, InboxState, Incoming, Writer};
use zizhi_sync::api::{KEPT_SECONDS, MESSAGE_TYPE};
use zizhi_sync::round::{Arrived, Page, SetAside};
use zizhi_sync::{Digest, Id};

use super::refused::{self, Refusals};
use super::{Syncing, Work};
use crate::apply_messages::Applied;
use crate::failure::Failure;
use crate::hub_join::entry;
use crate::hub_status::joined;
use crate::unfetched;

impl Work<'_> {
    /// Keeps a piece of a large message, also for the next round.
    pub(super) fn keep(
        &mut self,
        (id, sha256): (Id, Digest),
        from: u64,
        bytes: &[u8],
    ) -> Result<(), Failure> {
        if self.place.takes_mail { self.pieces.keep(id, sha256, from, bytes) } else { Ok(()) }
    }

    /// Stores messages, refusals and cursor in one transaction, and gives what the hub is still to be told.
    pub(super) fn store(&mut self, page: &Page) -> Result<Vec<Id>, Failure> {
        let Syncing { database, host, .. } = *self.syncing;
        let entry = entry(database, "mail.stored", host)?;
        let mut received = 0;
        let writer = database.writer()?;
        let hub = joined(&writer)?;
        // Another device of this organisation takes the mail in.
        let (arrived, set_aside): (&[Arrived], &[SetAside]) =
            if self.place.takes_mail { (&page.arrived, &page.set_aside) } else { (&[], &[]) };
        for arrived in arrived {
            received += usize::from(self.take(&writer, arrived)?);
        }
        let parked = self.park(&writer, set_aside)?;
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
        let nothing = page.arrived.is_empty()
            && page.set_aside.is_empty()
            && told.is_empty()
            && told_of == Refusals::default();
        if nothing && (page.epoch, cursor) == (hub.epoch, hub.cursor) {
            drop(writer);
            return self.owed();
        }
        writer.put_hub(&Hub { epoch: page.epoch, cursor, ..hub })?;
        let summary = json!({
            "received": received, "not_fetched": parked.len(), "epoch": page.epoch, "cursor": cursor,
            "acknowledged": told.len(), "offered_again": offered,
            "refused": told_of.new, "taken_back": told_of.taken_back,
        });
        writer.commit(&entry.with(summary))?;
        self.done.received += received;
        self.done.refused += told_of.new;
        self.done.applied.extend(parked);
        for arrived in arrived {
            self.pieces.forget(arrived.item.id, arrived.item.sha256)?;
        }
        self.owed()
    }

    /// Parks what could not be fetched, in the transaction that is open.
    fn park(&self, writer: &Writer<'_>, set_aside: &[SetAside]) -> Result<Vec<Applied>, Failure> {
        let mut parked = Vec::new();
        for SetAside { item, cause } in set_aside {
            let failure = unfetched::failure(*cause);
            let sender = unfetched::park(writer, item, &failure, self.syncing.host.now())?;
            let id = item.id.to_string();
            parked.extend(sender.map(|sender| Applied { id, sender, kind: None, outcome: Err(failure) }));
        }
        Ok(parked)
    }

    /// Adds one message, and tells whether it is new.
    fn take(&mut self, writer: &Writer<'_>, arrived: &Arrived) -> Result<bool, Failure> {
        let item = &arrived.item;
        let (mut piece, mut whole);
        let bytes: &mut dyn Read = match &arrived.bytes {
            Some(bytes) => {
                whole = bytes.as_slice();
                &mut whole
            }
            None => {
                piece = self.pieces.open(item.id, item.sha256)?;
                &mut piece
            }
        };
        let now = self.syncing.host.now();
        let original = writer.add_original(bytes, MESSAGE_TYPE, now)?;
        let incoming = Incoming {
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
        };
        unfetched::add(writer, &incoming)
    }
}
