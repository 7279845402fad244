//! An honest hub's mailbox, the answers that a lying hub makes of it, and a desktop that reads it.

use std::collections::BTreeMap;

use zizhi_crypto::b64;
use zizhi_sync::api::{
    self, Code, Cursor, INLINE_BYTES, Item, PIECE_BYTES, Problem, SyncAnswer, SyncRequest,
};
use zizhi_sync::round::{Action, Answer, Ask, AskBody, End, Page, Round, Start};
use zizhi_sync::{Digest, Id};

use crate::support::{NOW, firm, id, key, limits, other_firm};

/// The epoch of the hub.
pub const EPOCH: u64 = 3;
/// The last place that the desktop has read.
pub const READ: u64 = 5;

/// A message at its place.
pub type Mail = (u64, Id, Vec<u8>);

/// A small message, a large one and a small one. The places between them were emptied by another device.
pub fn mail() -> Vec<Mail> {
    vec![(6, id(6), b"one".to_vec()), (8, id(8), large(100 * 1024)), (10, id(10), b"three".to_vec())]
}

/// Bytes of that length which differ from place to place.
pub fn large(len: u32) -> Vec<u8> {
    (0..len).map(|at| at.to_le_bytes()[1] ^ at.to_le_bytes()[0]).collect()
}

/// What the hub says of a message.
pub fn item(seq: u64, id: Id, bytes: &[u8]) -> Item {
    let len = bytes.len() as u64;
    let body = (len <= INLINE_BYTES).then(|| b64::encode(bytes));
    Item { seq, id, from: firm(), at: NOW, len, sha256: Digest::of(bytes), body }
}

pub fn ok(status: u16, body: &impl serde::Serialize) -> Answer {
    Answer { status, retry_after: None, body: api::write(body).unwrap() }
}

pub fn refused(code: Code) -> Answer {
    ok(code.status(), &Problem::from(code))
}

/// What was asked of the mailbox; nothing where it is another request.
fn asked(ask: &Ask) -> Option<SyncRequest> {
    match &ask.body {
        AskBody::Bytes(bytes) if ask.path == "/v1/sync" => {
            Some(api::read(bytes, bytes.len(), &limits()).unwrap())
        }
        _ => None,
    }
}

/// The page that an honest hub gives.
pub fn page(mail: &[Mail], after: u64) -> SyncAnswer {
    let new = mail.iter().filter(|(seq, ..)| *seq > after);
    let items: Vec<Item> = new.map(|(seq, id, bytes)| item(*seq, *id, bytes)).collect();
    let seq = items.last().map_or(after, |item| item.seq);
    let cursor = Cursor { epoch: EPOCH, seq };
    SyncAnswer {
        epoch: EPOCH,
        time: NOW,
        cursor,
        items,
        more: false,
        senders: Vec::new(),
        public: None,
        refused: Vec::new(),
    }
}

/// A piece of a large message, or all of it.
fn fetched(mail: &[Mail], ask: &Ask) -> Answer {
    let name = ask.path.rsplit('/').next().unwrap();
    let Some((_, _, bytes)) = mail.iter().find(|(_, id, _)| id.to_string() == name) else {
        return refused(Code::NotFound);
    };
    let range = ask.fields.iter().find(|(name, _)| *name == "range").map(|(_, range)| range.as_str());
    let from = range.and_then(|range| range.strip_prefix("bytes=")?.split_once('-')?.0.parse().ok());
    let from: usize = from.unwrap_or(0);
    let to = bytes.len().min(from + usize::try_from(PIECE_BYTES).unwrap());
    let body = bytes.get(from..to).unwrap_or_default().to_vec();
    Answer { status: if range.is_some() { 206 } else { 200 }, retry_after: None, body }
}

/// The hub, whose pages `lie` alters before they go out.
pub fn hub<'a>(mail: &'a [Mail], lie: impl Fn(&mut SyncAnswer) + 'a) -> impl FnMut(&Ask) -> Answer + 'a {
    move |ask| match asked(ask) {
        Some(asked) => {
            let mut answer = page(mail, asked.cursor.map_or(0, |cursor| cursor.after(EPOCH)));
            lie(&mut answer);
            ok(200, &answer)
        }
        None => fetched(mail, ask),
    }
}

/// A desktop that keeps messages as the application does: the first under an id, pieces one after the other.
#[derive(Debug, PartialEq)]
pub struct Desk {
    pub epoch: u64,
    pub cursor: u64,
    pub inbox: BTreeMap<Id, Vec<u8>>,
}

impl Desk {
    pub fn new() -> Self {
        Self { epoch: EPOCH, cursor: READ, inbox: BTreeMap::new() }
    }

    /// What it is after a round with an honest hub.
    pub fn after(mail: &[Mail]) -> Self {
        let mut desk = Self::new();
        assert_eq!(desk.round(hub(mail, |_| {})).cause, None, "an honest hub is no trouble");
        assert_eq!(desk.inbox.len(), mail.len(), "all of it is there");
        desk
    }

    pub fn round(&mut self, mut hub: impl FnMut(&Ask) -> Answer) -> End {
        let mut round = Round::new(Start {
            own: other_firm(),
            hub_keys: key(77).public().clone().into(),
            epoch: self.epoch,
            cursor: self.cursor,
            acks: Vec::new(),
            public: None,
            refused: false,
            clock_offset: 0,
            limits: limits(),
        });
        let mut pieces: BTreeMap<Id, Vec<u8>> = BTreeMap::new();
        loop {
            match round.step() {
                Action::Ask(ask) => round.answer(hub(&ask), NOW),
                Action::Keep { id, from, bytes, .. } => keep(&mut pieces, id, from, &bytes),
                Action::Store(page) => {
                    self.store(page, &mut pieces);
                    round.stored(Vec::new());
                }
                Action::Outbox => round.send(Vec::new()),
                Action::Senders => round.look_up(Vec::new()),
                Action::End(end) => return end,
                other => panic!("nothing of that kind is due: {other:?}"),
            }
        }
    }

    fn store(&mut self, page: Page, pieces: &mut BTreeMap<Id, Vec<u8>>) {
        for arrived in page.arrived {
            let id = arrived.item.id;
            let bytes = pieces.remove(&id).or(arrived.bytes).expect("its bytes");
            assert_eq!(Digest::of(&bytes), arrived.item.sha256, "{id} is what the round has checked");
            self.inbox.entry(id).or_insert(bytes);
        }
        (self.epoch, self.cursor) = (page.epoch, page.cursor);
    }
}

/// Puts a piece at its place, as the application does.
fn keep(pieces: &mut BTreeMap<Id, Vec<u8>>, id: Id, from: u64, bytes: &[u8]) {
    let kept = pieces.entry(id).or_default();
    kept.truncate(usize::try_from(from).unwrap());
    kept.extend(bytes);
}
