//! A desktop in memory that may crash between any two steps: only what is in it stays.

use std::collections::{BTreeMap, BTreeSet};

use zizhi_model::{Limits, OrgId};
use zizhi_sync::round::{Action, AskBody, Cause, Fate, Outgoing, Page, Round, Sealed, Start};
use zizhi_sync::{Digest, Id};

use super::Network;
use super::hub::hub_key;
use crate::support::NOW;

/// What a desktop does first with a page.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Care {
    /// Messages and cursor at once, as docs/hub.md §5 demands.
    StoresFirst,
    /// The cursor, and then the messages.
    MovesFirst,
}

struct Waiting {
    to: OrgId,
    bytes: Vec<u8>,
    sealed: bool,
    /// The epoch in which the hub said that it has it.
    sent: Option<u64>,
}

pub struct Desk {
    pub org: OrgId,
    care: Care,
    epoch: u64,
    cursor: u64,
    outbox: BTreeMap<Id, Waiting>,
    inbox: BTreeMap<Id, Vec<u8>>,
    owed: BTreeSet<Id>,
}

impl Desk {
    pub fn new(org: OrgId, care: Care) -> Self {
        let (outbox, inbox, owed) = (BTreeMap::new(), BTreeMap::new(), BTreeSet::new());
        Self { org, care, epoch: 1, cursor: 0, outbox, inbox, owed }
    }

    pub fn queue(&mut self, id: Id, to: OrgId, bytes: Vec<u8>) {
        self.outbox.insert(id, Waiting { to, bytes, sealed: false, sent: None });
    }

    pub fn has(&self, id: &Id, bytes: &Vec<u8>) -> bool {
        self.inbox.get(id) == Some(bytes)
    }

    /// Whether nothing waits to be sent or told.
    pub fn is_settled(&self, epoch: u64) -> bool {
        self.owed.is_empty() && self.outbox.values().all(|waiting| waiting.sent == Some(epoch))
    }

    pub fn round(&mut self, network: &mut Network) {
        let mut round = Round::new(Start {
            own: self.org,
            hub_keys: hub_key().public().clone().into(),
            epoch: self.epoch,
            cursor: self.cursor,
            acks: self.owed.iter().copied().collect(),
            public: None,
            refused: false,
            clock_offset: 0,
            limits: Limits::default(),
        });
        let mut pieces: BTreeMap<Id, Vec<u8>> = BTreeMap::new();
        loop {
            let action = round.step();
            // A crash, before the step is done.
            if !network.quiet && network.dice.percent(3) {
                return;
            }
            match action {
                Action::Ask(ask) => {
                    let body = match &ask.body {
                        AskBody::Empty => Vec::new(),
                        AskBody::Bytes(bytes) => bytes.clone(),
                        AskBody::Piece { id, from, len } => {
                            let from = usize::try_from(*from).unwrap();
                            self.outbox[id].bytes[from..from + usize::try_from(*len).unwrap()].to_vec()
                        }
                    };
                    match network.carry(self.org, &ask, &body) {
                        Some(answer) => round.answer(answer, NOW),
                        None => round.lost(Cause::Unreachable),
                    }
                }
                Action::Keep { id, from, bytes, .. } => {
                    let kept = pieces.entry(id).or_default();
                    kept.truncate(usize::try_from(from).unwrap());
                    kept.extend(bytes);
                }
                Action::Store(page) => {
                    if self.care == Care::MovesFirst {
                        (self.epoch, self.cursor) = (page.epoch, page.cursor);
                        if !network.quiet && network.dice.percent(10) {
                            return;
                        }
                    }
                    self.store(page, &mut pieces);
                    round.stored(self.owed.iter().copied().collect());
                }
                Action::Outbox => round.send(self.due()),
                Action::Seal { id, .. } => {
                    let waiting = self.outbox.get_mut(&id).unwrap();
                    waiting.sealed = true;
                    round.sealed(Some(sealed(waiting)));
                }
                Action::Note { id, fate } => match fate {
                    Fate::Sent { epoch, .. } => self.outbox.get_mut(&id).unwrap().sent = Some(epoch),
                    Fate::Parked(cause) => panic!("{id} is parked: {cause:?}"),
                    Fate::Uploaded(_) | Fate::Later { .. } => {}
                },
                Action::Senders => round.look_up(Vec::new()),
                Action::Found(_) => {}
                Action::End(_) => return,
            }
        }
    }

    fn store(&mut self, page: Page, pieces: &mut BTreeMap<Id, Vec<u8>>) {
        for arrived in page.arrived {
            let id = arrived.item.id;
            let bytes = arrived.bytes.or_else(|| pieces.remove(&id)).expect("its bytes");
            assert_eq!(Digest::of(&bytes), arrived.item.sha256, "the bytes that were announced");
            let before = self.inbox.insert(id, bytes.clone());
            assert!(before.is_none_or(|before| before == bytes), "one id, one message");
            self.owed.insert(id);
        }
        for id in page.acknowledged {
            self.owed.remove(&id);
        }
        let lost = |waiting: &&mut Waiting| waiting.sent.is_some_and(|epoch| epoch != page.epoch);
        self.outbox.values_mut().filter(lost).for_each(|waiting| waiting.sent = None);
        (self.epoch, self.cursor) = (page.epoch, page.cursor);
    }

    fn due(&self) -> Vec<Outgoing> {
        let due = self.outbox.iter().filter(|(_, waiting)| waiting.sent.is_none());
        due.map(|(id, waiting)| Outgoing {
            id: *id,
            to: waiting.to,
            sealed: waiting.sealed.then(|| sealed(waiting)),
        })
        .collect()
    }
}

fn sealed(waiting: &Waiting) -> Sealed {
    Sealed { sha256: Digest::of(&waiting.bytes), len: waiting.bytes.len() as u64 }
}
