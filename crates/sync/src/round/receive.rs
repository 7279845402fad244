//! The receiving half of a round, and the look-up of senders.

use std::collections::{BTreeSet, VecDeque};

use zizhi_crypto::b64;
use zizhi_model::OrgId;

use super::{Action, Arrived, Ask, Cause, Page, Purpose, RefusedMail, Round, State};
use crate::api::{
    self, ANSWER_BYTES, Cursor, INLINE_BYTES, Organisation, PIECE_BYTES, REFUSED_ITEMS, SyncAnswer,
    SyncRequest,
};
use crate::http_signature::BodyDigest;
use crate::{Digest, Id};

/// The most bytes that a message takes besides what a file may have: what sealing and padding add.
const AROUND: u64 = 4 * 1024 * 1024;

/// A step of receiving.
#[derive(Clone)]
pub(super) enum Receiving {
    /// `POST /v1/sync`, with these acknowledgements.
    Sync { acks: Vec<Id> },
    /// Large messages of a page, one after the other.
    Fetch(Box<Fetch>),
    /// The page is being stored.
    Store { more: bool },
}

/// A page whose large messages are being fetched.
#[derive(Clone)]
pub(super) struct Fetch {
    page: Page,
    more: bool,
    /// Messages to come, of which the first is being fetched.
    left: VecDeque<api::Item>,
    from: u64,
    digest: BodyDigest,
}

impl std::fmt::Debug for Receiving {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Sync { .. } => "Sync",
            Self::Fetch(_) => "Fetch",
            Self::Store { .. } => "Store",
        })
    }
}

impl Round {
    /// The next question to the mailbox.
    pub(super) fn sync(&mut self) {
        let acks = std::mem::take(&mut self.start.acks);
        let cursor = Cursor { epoch: self.start.epoch, seq: self.start.cursor };
        let request = SyncRequest {
            cursor: (cursor.seq > 0).then_some(cursor),
            acks: acks.clone(),
            public: self.public.clone().or_else(|| self.start.public.clone()),
        };
        let Ok(body) = api::write(&request) else { return self.end(Some(Cause::Answer), false, None) };
        self.state = State::Asking(Ask::post("/v1/sync", body), Purpose::Receive(Receiving::Sync { acks }));
    }

    /// What [`Action::Store`] gave is stored. `acks` are the messages of which the hub is still to be told.
    pub fn stored(&mut self, acks: Vec<Id>) {
        let State::Told(Purpose::Receive(Receiving::Store { more })) = self.state else { return };
        let owed = !acks.is_empty();
        self.start.acks = acks;
        if more || owed { self.sync() } else { self.state = State::Next(Action::Outbox, Purpose::Outbox) }
    }

    pub(super) fn received(&mut self, receiving: Receiving, body: &[u8]) {
        match receiving {
            Receiving::Sync { acks } => {
                match api::read_answer::<SyncAnswer>(body, ANSWER_BYTES, &self.start.limits) {
                    Ok(answer) => self.page(answer, acks),
                    Err(_) => self.end(Some(Cause::Answer), true, None),
                }
            }
            Receiving::Fetch(fetch) => self.piece(*fetch, body),
            Receiving::Store { .. } => self.end(Some(Cause::Answer), true, None),
        }
    }

    fn page(&mut self, answer: SyncAnswer, acknowledged: Vec<Id>) {
        // docs/hub.md §1: the epoch only grows. A hub that was set back would lose mail unseen.
        if answer.epoch < self.start.epoch || answer.cursor.epoch != answer.epoch {
            return self.end(Some(Cause::Epoch), false, None);
        }
        let after = Cursor { epoch: self.start.epoch, seq: self.start.cursor }.after(answer.epoch);
        if !in_order(&answer, after) {
            return self.end(Some(Cause::Answer), true, None);
        }
        self.public = answer.public.or_else(|| self.public.take());
        let moved = answer.cursor.seq != self.start.cursor || answer.epoch != self.start.epoch;
        let told = !answer.refused.is_empty();
        let refusals = std::mem::replace(&mut self.start.refused, told) || told;
        if !moved && answer.items.is_empty() && acknowledged.is_empty() && !refusals {
            self.state = State::Next(Action::Outbox, Purpose::Outbox);
            return;
        }
        let mut page = Page {
            epoch: answer.epoch,
            cursor: answer.cursor.seq,
            arrived: Vec::with_capacity(answer.items.len()),
            acknowledged,
            refused: RefusedMail { all: answer.refused.len() < REFUSED_ITEMS, messages: answer.refused },
        };
        let met = answer.senders.into_iter().map(|sender| (sender.organisation, sender));
        self.met.extend(met);
        let mut left = VecDeque::new();
        let mut here = BTreeSet::new();
        for item in answer.items {
            // Its pieces would be appended to those that are kept from before.
            if self.torn.contains(&item.id) {
                return self.end(Some(Cause::Message), true, None);
            }
            // docs/hub.md §5: what is here is dropped by its id, also within one page.
            if !here.insert(item.id) {
                continue;
            }
            let most = self.start.limits.file_bytes.saturating_add(AROUND);
            match item.body.as_deref().map(b64::decode) {
                None if item.len <= most => left.push_back(item),
                Some(Ok(bytes)) if is_message(&item, &bytes) => {
                    page.arrived.push(Arrived { item: api::Item { body: None, ..item }, bytes: Some(bytes) });
                }
                _ => return self.end(Some(Cause::Message), true, None),
            }
        }
        let fetch = Fetch { page, more: answer.more, left, from: 0, digest: BodyDigest::default() };
        self.fetch(fetch);
    }

    /// Asks for the next piece of the next large message, or has the page stored.
    fn fetch(&mut self, mut fetch: Fetch) {
        let Some(item) = fetch.left.front() else {
            fetch.page.arrived.sort_by_key(|arrived| arrived.item.seq);
            (self.start.epoch, self.start.cursor) = (fetch.page.epoch, fetch.page.cursor);
            let step = Purpose::Receive(Receiving::Store { more: fetch.more });
            self.state = State::Next(Action::Store(fetch.page), step);
            return;
        };
        let end = fetch.from.saturating_add(PIECE_BYTES).min(item.len);
        let mut ask = Ask::get(format!("/v1/messages/{}", item.id));
        ask.most = PIECE_BYTES;
        if fetch.from > 0 || end < item.len {
            ask = ask.with("range", &format!("bytes={}-{}", fetch.from, end.saturating_sub(1)));
        }
        self.state = State::Asking(ask, Purpose::Receive(Receiving::Fetch(Box::new(fetch))));
    }

    fn piece(&mut self, mut fetch: Fetch, body: &[u8]) {
        let Some(item) = fetch.left.front() else { return self.end(Some(Cause::Answer), true, None) };
        let wanted = item.len.saturating_sub(fetch.from).min(PIECE_BYTES);
        if body.len() as u64 != wanted {
            return self.end(Some(Cause::Message), true, None);
        }
        fetch.digest.update(body);
        fetch.from = fetch.from.saturating_add(wanted);
        if fetch.from < item.len {
            self.queue.push_back(Action::Keep { id: item.id, bytes: body.to_vec() });
            return self.fetch(fetch);
        }
        let (digest, _) = std::mem::take(&mut fetch.digest).finish();
        if digest != Some(item.sha256) {
            return self.end(Some(Cause::Message), true, None);
        }
        self.queue.push_back(Action::Keep { id: item.id, bytes: body.to_vec() });
        fetch.from = 0;
        let item = fetch.left.pop_front();
        fetch.page.arrived.extend(item.map(|item| Arrived { item, bytes: None }));
        self.fetch(fetch);
    }

    /// The message that was asked for is gone.
    pub(super) fn gone(&mut self, receiving: Receiving) {
        let Receiving::Fetch(mut fetch) = receiving else {
            return self.end(Some(Cause::Answer), false, None);
        };
        let gone = fetch.left.pop_front();
        self.torn.extend(gone.filter(|_| fetch.from > 0).map(|item| item.id));
        (fetch.from, fetch.digest) = (0, BodyDigest::default());
        self.fetch(*fetch);
    }

    /// Says whose device lists are wanted.
    pub fn look_up(&mut self, senders: Vec<OrgId>) {
        if matches!(self.state, State::Told(Purpose::Senders)) {
            self.senders = senders.into();
            self.next_sender();
        }
    }

    pub(super) fn next_sender(&mut self) {
        while let Some(sender) = self.senders.pop_front() {
            match self.met.remove(&sender) {
                Some(organisation) => self.queue.push_back(Action::Found(organisation)),
                None => {
                    self.state = State::Asking(Ask::organisation(&sender), Purpose::Sender);
                    return;
                }
            }
        }
        self.end(None, false, None);
    }

    pub(super) fn found(&mut self, body: &[u8]) {
        match api::read_answer::<Organisation>(body, ANSWER_BYTES, &self.start.limits) {
            Ok(organisation) => {
                self.queue.push_back(Action::Found(organisation));
                self.next_sender();
            }
            Err(_) => self.end(Some(Cause::Answer), true, None),
        }
    }
}

/// Whether the places of a page lie behind `after`, each behind the one before, and the cursor at its end.
fn in_order(answer: &SyncAnswer, after: u64) -> bool {
    let last = answer.items.iter().try_fold(after, |last, item| (item.seq > last).then_some(item.seq));
    last.is_some_and(|last| answer.cursor.seq >= last && (!answer.more || answer.cursor.seq > after))
}

fn is_message(item: &api::Item, bytes: &[u8]) -> bool {
    bytes.len() as u64 == item.len && item.len <= INLINE_BYTES && Digest::of(bytes) == item.sha256
}
