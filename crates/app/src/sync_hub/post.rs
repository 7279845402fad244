//! What a round does with messages that wait: seals them, hands out their bytes, notes what became of them.

use std::io::{Read as _, Seek as _, SeekFrom};
use std::time::Duration;

use serde_json::json;
use zizhi_model::{OrgId, Text};
use zizhi_store::{OutboxState, Outgoing as Row};
use zizhi_sync::api::Organisation;
use zizhi_sync::round::{Fate, Outgoing, Sealed};
use zizhi_sync::{Digest, Id, backoff};

use super::{SENDS, Syncing, Work};
use crate::failure::Failure;
use crate::hub_join::entry;
use crate::seal_message::{SealFor, UNSEALED, seal_message};
use crate::{message_words, peer_devices};

impl Work<'_> {
    /// What is due to be sent.
    pub(super) fn due(&self) -> Result<Vec<Outgoing>, Failure> {
        let Syncing { database, host, .. } = *self.syncing;
        let reader = database.reader()?;
        let mut due = Vec::new();
        for row in reader.due_outgoing(host.now(), SENDS)? {
            let sealed = match &row.message {
                Some(sha256) => reader.original(sha256)?,
                None => None,
            };
            let sealed = sealed.map(|it| Sealed { sha256: Digest(it.sha256), len: it.size });
            if let Ok(id) = Id::parse(&row.id) {
                due.push(Outgoing { id, to: OrgId::from(row.recipient), sealed });
            }
        }
        Ok(due)
    }

    /// A piece of a sealed message.
    pub(super) fn piece(&self, id: Id, from: u64, len: u64) -> Result<Vec<u8>, Failure> {
        let reader = self.syncing.database.reader()?;
        let message = reader.outgoing(&id.to_string())?.and_then(|row| row.message);
        let original = message.map(|sha256| reader.open_original(&sha256)).transpose()?.flatten();
        let mut original = original.ok_or_else(lost)?;
        let mut bytes = Vec::new();
        original.seek(SeekFrom::Start(from)).map_err(|error| lost().because(error))?;
        original.take(len).read_to_end(&mut bytes).map_err(|error| lost().because(error))?;
        Ok(bytes)
    }

    /// Seals a message to an organisation; or notes why it was not.
    pub(super) fn seal(&mut self, id: Id, to: &Organisation) -> Result<Option<Sealed>, Failure> {
        let Syncing { database, library, host, key, .. } = *self.syncing;
        let entry = entry(database, "message.sealed", host)?.about("message", &id.to_string());
        let writer = database.writer()?;
        let mut remark = None;
        let sealed = peer_devices::accept(&writer, to, host).and_then(|(stands, _)| {
            remark = peer_devices::unlike_register(&stands, &to.name, library);
            let mut row = writer.outgoing(&id.to_string())?.ok_or_else(lost)?;
            let order = SealFor { own: self.own, key, inbox: stands.list().newest_inbox() };
            seal_message(&writer, &mut row, &order, host)
        });
        match sealed {
            Ok(sealed) => {
                writer.commit(&entry)?;
                // Once for an organisation, however many messages it gets.
                let new =
                    remark.filter(|remark| !self.done.remarks.iter().any(|told| told.fact == remark.fact));
                self.done.remarks.extend(new);
                Ok(Some(sealed))
            }
            // It is about this message, and keeps no others back.
            Err(failure) if peer_devices::is_of_peer(&failure) || failure.code == UNSEALED => {
                drop(writer);
                self.parked(id, failure.code, message_words::of_failure(&failure, ""))?;
                Ok(None)
            }
            Err(failure) => Err(failure),
        }
    }

    /// Notes what became of a message.
    pub(super) fn note(&mut self, id: Id, fate: Fate) -> Result<(), Failure> {
        let host = self.syncing.host;
        let now = host.now();
        match fate {
            Fate::Parked(cause) => self.parked(id, cause.as_str(), message_words::of_cause(cause)),
            Fate::Uploaded(uploaded) => self.change(id, "message.sending", |row| {
                row.state = OutboxState::Sending;
                row.uploaded = uploaded;
            }),
            Fate::Sent { receipt, epoch } => {
                self.done.sent += 1;
                self.change(id, "message.sent", |row| {
                    row.state = OutboxState::Sent;
                    row.receipt = Some(receipt);
                    (row.epoch, row.sent) = (Some(epoch), Some(now));
                    (row.code, row.told, row.next_at) = (None, None, None);
                })
            }
            Fate::Later { cause, after } => {
                self.done.later += 1;
                let mut random = [0; 8];
                host.random().fill(&mut random);
                let random = u64::from_le_bytes(random);
                self.change(id, "message.later", |row| {
                    let wait = backoff::next_wait(Duration::from_millis(row.wait_ms), random, after);
                    row.attempts = row.attempts.saturating_add(1);
                    row.wait_ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
                    row.next_at = Some(now + wait);
                    row.code = Some(cause.as_str().to_owned());
                    row.told = Some(message_words::of_cause(cause));
                })
            }
        }
    }

    fn parked(&mut self, id: Id, code: &str, words: serde_json::Value) -> Result<(), Failure> {
        self.done.parked += 1;
        let code = code.to_owned();
        self.change(id, "message.parked", |row| {
            row.state = OutboxState::Parked;
            row.attempts = row.attempts.saturating_add(1);
            (row.code, row.told, row.next_at) = (Some(code), Some(words), None);
        })
    }

    fn change(&self, id: Id, action: &str, change: impl FnOnce(&mut Row)) -> Result<(), Failure> {
        let Syncing { database, host, .. } = *self.syncing;
        let id = id.to_string();
        let entry = entry(database, action, host)?.about("message", &id);
        let writer = database.writer()?;
        let mut row = writer.outgoing(&id)?.ok_or_else(lost)?;
        // A person who gives a message up while it is on its way is not overruled.
        if row.state == OutboxState::Discarded {
            return Ok(());
        }
        change(&mut row);
        writer.update_outgoing(&row)?;
        writer.commit(&entry.with(json!({ "code": row.code })))?;
        Ok(())
    }
}

fn lost() -> Failure {
    Failure::input(
        "OUTBOX-LOST",
        Text::fixed(
            "发件箱中的一条消息内容不见了，没有发出。",
            "the content of a message in the outbox is gone; it was not sent",
        ),
        Text::fixed("请从备份恢复数据库。", "restore the database from a backup"),
    )
}
