//! The receiving half of a round, and the look-up of senders.

use std::collections::{BTreeSet, VecDeque};

use zizhi_crypto::b64;
use zizhi_model::OrgId;

use super::{
    Action, Arrived, Ask, Broke, Cause, Page, Purpose, Refusal, RefusedMail, Round, SetAside, State,
};
use crate::api::{
    self, ANSWER_BYTES, Code, Cursor, INLINE_BYTES, Organisation, PIECE_BYTES, REFUSED_ITEMS, SyncAnswer,
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
    /// What is here of that one.
    digest: BodyDigest,
    /// Whether it was looked what earlier rounds left of it.
    looked: bool,
    /// Whether some of it is from an earlier round.
    resumed: bool,
}

impl Fetch {
    /// Whether what is here is the message that was announced.
    fn fits(&self) -> bool {
        let (digest, _) = self.digest.clone().finish();
        digest.is_some() && digest == self.left.front().map(|item| item.sha256)
    }

    /// Takes out the message that was being fetched.
    fn next(&mut self) -> Option<api::Item> {
        (self.digest, self.looked, self.resumed) = (BodyDigest::default(), false, false);
        self.left.pop_front()
    }
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
            set_aside: Vec::new(),
            acknowledged,
            refused: RefusedMail { all: answer.refused.len() < REFUSED_ITEMS, messages: answer.refused },
        };
        let met = answer.senders.into_iter().map(|sender| (sender.organisation, sender));
        self.met.extend(met);
        let mut left = VecDeque::new();
        let mut here = BTreeSet::new();
        for item in answer.items {
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
        let digest = BodyDigest::default();
        self.fetch(Fetch { page, more: answer.more, left, digest, looked: false, resumed: false });
    }

    /// Asks for the next piece of the next large message, or has the page stored.
    fn fetch(&mut self, mut fetch: Fetch) {
        let Some(item) = fetch.left.front() else {
            fetch.page.arrived.sort_by_key(|arrived| arrived.item.seq);
            (self.start.epoch, self.start.cursor) = (fetch.page.epoch, fetch.page.cursor);
            self.broke.clear();
            let step = Purpose::Receive(Receiving::Store { more: fetch.more });
            self.state = State::Next(Action::Store(fetch.page), step);
            return;
        };
        if !fetch.looked {
            fetch.looked = true;
            if let Some(digest) = self.left_of(item) {
                (fetch.digest, fetch.resumed) = (digest, true);
                if fetch.digest.size() == item.len {
                    return self.whole(fetch);
                }
            }
        }
        let Some(item) = fetch.left.front() else { return self.end(Some(Cause::Answer), true, None) };
        let from = fetch.digest.size();
        let end = from.saturating_add(PIECE_BYTES).min(item.len);
        let mut ask = Ask::get(format!("/v1/messages/{}", item.id));
        ask.most = PIECE_BYTES;
        if from > 0 || end < item.len {
            ask = ask.with("range", &format!("bytes={from}-{}", end.saturating_sub(1)));
        }
        self.state = State::Asking(ask, Purpose::Receive(Receiving::Fetch(Box::new(fetch))));
    }

    /// What earlier rounds left of this very message. It is looked at once: what does not fit is not tried again.
    fn left_of(&mut self, item: &api::Item) -> Option<BodyDigest> {
        let (sha256, digest) = self.begun.pieces.remove(&item.id)?;
        Some(digest).filter(|digest| sha256 == item.sha256 && (1..=item.len).contains(&digest.size()))
    }

    fn piece(&mut self, mut fetch: Fetch, body: &[u8]) {
        let Some(item) = fetch.left.front() else { return self.end(Some(Cause::Answer), true, None) };
        let from = fetch.digest.size();
        let wanted = item.len.saturating_sub(from).min(PIECE_BYTES);
        if body.len() as u64 != wanted {
            return self.broken(fetch, Cause::Message, true, None);
        }
        fetch.digest.update(body);
        let keep = Action::Keep { id: item.id, sha256: item.sha256, from, bytes: body.to_vec() };
        let (is_whole, fits) = (from.saturating_add(wanted) >= item.len, fetch.fits());
        if is_whole && !fits {
            return self.whole(fetch);
        }
        self.queue.push_back(keep);
        if is_whole { self.whole(fetch) } else { self.fetch(fetch) }
    }

    /// All bytes of a message are here. Where they are not the ones that were announced they are thrown away, and
    /// those that an earlier round has left are fetched anew.
    fn whole(&mut self, mut fetch: Fetch) {
        let fits = fetch.fits();
        let Some(item) = fetch.left.front() else { return self.end(Some(Cause::Answer), true, None) };
        if !fits {
            let nothing = Action::Keep { id: item.id, sha256: item.sha256, from: 0, bytes: Vec::new() };
            self.queue.push_back(nothing);
            fetch.digest = BodyDigest::default();
            if std::mem::take(&mut fetch.resumed) {
                return self.fetch(fetch);
            }
            return self.broken(fetch, Cause::Message, true, None);
        }
        let item = fetch.next();
        fetch.page.arrived.extend(item.map(|item| Arrived { item, bytes: None }));
        self.fetch(fetch);
    }

    /// The hub refused a piece.
    pub(super) fn not_fetched(&mut self, mut fetch: Fetch, cause: Cause, refusal: &Refusal) {
        match refusal.code {
            // Somebody else's device has acknowledged it meanwhile.
            Some(Code::NotFound) => {
                fetch.next();
                self.fetch(fetch);
            }
            Some(Code::MailLost) => self.set_aside(fetch, cause),
            // What is wrong with the hub, the device or the clock is not this message's fault.
            Some(
                Code::HubBusy
                | Code::AuthMissing
                | Code::AuthTime
                | Code::AuthKey
                | Code::AuthSignature
                | Code::AuthReplay
                | Code::AuthForbidden,
            ) => self.end(Some(cause), refusal.retry, refusal.after),
            _ => self.broken(fetch, cause, refusal.retry, refusal.after),
        }
    }

    /// A message broke off. The round ends, unless others have ended at it often enough.
    pub(super) fn broken(&mut self, fetch: Fetch, cause: Cause, retry: bool, after: Option<u64>) {
        let Some(item) = fetch.left.front() else { return self.end(Some(cause), retry, after) };
        self.broke.push(Broke { id: item.id, from: fetch.digest.size() });
        if self.begun.breaking.contains(&item.id) {
            return self.set_aside(fetch, cause);
        }
        self.end(Some(cause), retry, after);
    }

    fn set_aside(&mut self, mut fetch: Fetch, cause: Cause) {
        let item = fetch.next();
        fetch.page.set_aside.extend(item.map(|item| SetAside { item, cause }));
        self.fetch(fetch);
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
