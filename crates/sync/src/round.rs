//! One round of a desktop with its hub (docs/hub.md §5), as a state machine without I/O.
//!
//! The caller asks [`Round::step`] what to do, does it, and tells what came of it, until [`Action::End`]. It
//! drives the network and the store; so a blocking client and a simulated network run the same round:
//!
//! ```text
//! receive: sync → fetch what is large → Store → sync … until nothing is new and nothing is owed
//! send:    Outbox → look the recipient up → Seal → post or upload → Note … for each message
//! look up: Senders → Found … for each sender whose device list is wanted and did not come with its mail
//! ```
//!
//! Whoever cannot do what an action says lets go of the round. Nothing is lost by that: the next round
//! begins from what is stored, and every request may be repeated. A large message goes on where the last round left it
//! ([`Round::go_on`]), and one that cannot be fetched is set aside, so that it keeps no other one back.

mod ask;
mod cause;
mod receive;
mod send;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::mem;

use zizhi_model::{Limits, OrgId};

use crate::api::{self, Code};
use crate::http_signature::BodyDigest;
use crate::hub_keys::HubKeys;
use crate::{Digest, Id};

pub use ask::{Answer, Ask, AskBody, Refusal};
pub use cause::Cause;
use receive::Receiving;
use send::Sending;

/// How often one request is made again at once: with the clock put right, or with a new nonce.
const AT_ONCE: u8 = 3;

/// What a round begins with.
#[derive(Debug, Clone)]
pub struct Start {
    /// This organisation.
    pub own: OrgId,
    /// The keys that sign the hub's receipts.
    pub hub_keys: HubKeys,
    /// The newest epoch that was seen.
    pub epoch: u64,
    /// The last message that is stored, in that epoch; 0 before the first.
    pub cursor: u64,
    /// Messages that are stored and of which the hub was not told.
    pub acks: Vec<Id>,
    /// The `ETag` of the public timestamp that was taken in last.
    pub public: Option<String>,
    /// Whether some message is known here as one that another hub refused.
    pub refused: bool,
    /// The hub's time less this machine's, in seconds, as far as it is known.
    pub clock_offset: i64,
    /// What untrusted input may be.
    pub limits: Limits,
}

/// What the caller does next.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Sign this and send it; then [`Round::answer`] or [`Round::lost`].
    Ask(Ask),
    /// Keep these bytes of a message that comes in pieces, and nothing behind them: what was kept from their place on
    /// goes.
    Keep {
        /// The message.
        id: Id,
        /// The digest that it has once it is whole.
        sha256: Digest,
        /// Where the piece begins, in bytes.
        from: u64,
        /// The piece; no bytes where nothing that was kept can be used.
        bytes: Vec<u8>,
    },
    /// Store all of it in one transaction, the cursor with it; then [`Round::stored`].
    Store(Page),
    /// Say what is due to be sent: [`Round::send`].
    Outbox,
    /// Seal a message to this organisation; then [`Round::sealed`].
    Seal {
        /// The message.
        id: Id,
        /// For whom, as the hub says. Whether its device list may be believed is the caller's to see.
        organisation: api::Organisation,
    },
    /// Note what became of a message.
    Note {
        /// The message.
        id: Id,
        /// What became of it.
        fate: Fate,
    },
    /// Say whose device lists are wanted: [`Round::look_up`].
    Senders,
    /// Here is one that was wanted.
    Found(api::Organisation),
    /// The round is over.
    End(End),
}

/// Messages that came, and how far the mailbox is read with them.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// The hub's epoch. Where it is another one than before, what has no receipt of it is to be offered again.
    pub epoch: u64,
    /// The last message, in that epoch.
    pub cursor: u64,
    /// The messages, in the order of the mailbox. They may be here already.
    pub arrived: Vec<Arrived>,
    /// Messages that cannot be fetched: their place is passed over, and people are told.
    pub set_aside: Vec<SetAside>,
    /// Messages of which the hub was told that they are here.
    pub acknowledged: Vec<Id>,
    /// What another hub refused of the organisation's mail, as it stands by now.
    pub refused: RefusedMail,
}

/// What another hub refused of an organisation's mail (docs/hub.md §5). Any of it may be another device's.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RefusedMail {
    /// The messages, the newest first.
    pub messages: Vec<api::Refused>,
    /// Whether there is none besides them: what is not named is on its way again, or there.
    pub all: bool,
}

/// A message that came.
#[derive(Debug, Clone, PartialEq)]
pub struct Arrived {
    /// What the hub says of it; without its body.
    pub item: api::Item,
    /// Its bytes; none where [`Action::Keep`] gave them. Length and digest are those of the item.
    pub bytes: Option<Vec<u8>>,
}

/// A message that cannot be fetched.
#[derive(Debug, Clone, PartialEq)]
pub struct SetAside {
    /// What the hub says of it.
    pub item: api::Item,
    /// Why: [`Code::MailLost`] where the hub says that it is gone, else what went wrong the last time.
    pub cause: Cause,
}

/// What earlier rounds left of messages that were being fetched.
#[derive(Debug, Clone, Default)]
pub struct Begun {
    /// What is kept of each: the digest that it has once it is whole, and that of the bytes that are here.
    pub pieces: BTreeMap<Id, (Digest, BodyDigest)>,
    /// Messages at which rounds have ended often enough: one of these is set aside when it breaks off once more.
    pub breaking: BTreeSet<Id>,
}

/// A message at which a round ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Broke {
    /// The message.
    pub id: Id,
    /// How far it was fetched by then, in bytes.
    pub from: u64,
}

/// A message to be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outgoing {
    /// The message.
    pub id: Id,
    /// For whom.
    pub to: OrgId,
    /// What it is once it was sealed; nothing before.
    pub sealed: Option<Sealed>,
}

/// A message as it travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sealed {
    /// Its digest.
    pub sha256: Digest,
    /// Its length in bytes.
    pub len: u64,
}

/// What became of a message in this round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// The hub has so many bytes of it.
    Uploaded(u64),
    /// The hub has it.
    Sent {
        /// The hub's receipt, verified: a JWS.
        receipt: String,
        /// The hub's epoch.
        epoch: u64,
    },
    /// It stays in the outbox and is tried again.
    Later {
        /// Why.
        cause: Cause,
        /// How long the hub wants to be left alone, in seconds.
        after: Option<u64>,
    },
    /// It cannot be sent as it is.
    Parked(Cause),
}

/// How a round ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    /// Why it ended early; nothing if it went through.
    pub cause: Option<Cause>,
    /// Whether the same round may go through later without anybody doing something.
    pub retry: bool,
    /// How long the hub wants to be left alone, in seconds.
    pub after: Option<u64>,
    /// The `ETag` of the public timestamp where it is another one than before.
    pub public: Option<String>,
    /// The messages of a page that is not stored, that broke off while they were fetched.
    pub broke: Vec<Broke>,
}

/// A round under way.
#[derive(Debug)]
pub struct Round {
    start: Start,
    state: State,
    /// What is to be done before what the state says.
    queue: VecDeque<Action>,
    outgoing: VecDeque<Outgoing>,
    /// Whose device lists are still wanted.
    senders: VecDeque<OrgId>,
    /// Those that came with the mail.
    met: BTreeMap<OrgId, api::Organisation>,
    begun: Begun,
    broke: Vec<Broke>,
    public: Option<String>,
    at_once: u8,
}

#[derive(Debug)]
enum State {
    /// The answer to this is wanted.
    Asking(Ask, Purpose),
    /// The next action is this one.
    Next(Action, Purpose),
    /// The caller is to say what came of an action for this purpose.
    Told(Purpose),
    Over(End),
}

/// What a request or an action is for.
#[derive(Debug, Clone)]
enum Purpose {
    Receive(Receiving),
    Outbox,
    Send(Sending),
    Senders,
    Sender,
}

impl Round {
    /// Begins a round.
    #[must_use]
    pub fn new(start: Start) -> Self {
        let mut round = Self {
            start,
            state: State::Told(Purpose::Outbox),
            queue: VecDeque::new(),
            outgoing: VecDeque::new(),
            senders: VecDeque::new(),
            met: BTreeMap::new(),
            begun: Begun::default(),
            broke: Vec::new(),
            public: None,
            at_once: 0,
        };
        round.sync();
        round
    }

    /// The same with what earlier rounds left.
    #[must_use]
    pub fn go_on(mut self, begun: Begun) -> Self {
        self.begun = begun;
        self
    }

    /// The hub's time less this machine's, in seconds: signatures are made for that time.
    #[must_use]
    pub fn clock_offset(&self) -> i64 {
        self.start.clock_offset
    }

    /// What to do next. A request is given again until it was answered.
    pub fn step(&mut self) -> Action {
        if let Some(action) = self.queue.pop_front() {
            return action;
        }
        match &self.state {
            State::Asking(ask, _) => Action::Ask(ask.clone()),
            State::Over(end) => Action::End(end.clone()),
            State::Told(_) | State::Next(..) => {
                let idle = State::Told(Purpose::Senders);
                match mem::replace(&mut self.state, idle) {
                    State::Next(action, purpose) => {
                        self.state = State::Told(purpose);
                        action
                    }
                    // The caller did not say what came of the last action, and so lets go of the round.
                    _ => {
                        self.end(Some(Cause::Answer), true, None);
                        self.step()
                    }
                }
            }
        }
    }

    /// Takes the answer to the last request. `now` is this machine's time, in seconds since 1970.
    pub fn answer(&mut self, answer: Answer, now: i64) {
        let State::Asking(ask, purpose) = mem::replace(&mut self.state, State::Told(Purpose::Senders)) else {
            return;
        };
        match answer.success() {
            Ok((status, body)) => {
                self.at_once = 0;
                match purpose {
                    Purpose::Receive(receiving) => self.received(receiving, &body),
                    Purpose::Send(sending) => self.answered(sending, status, &body),
                    Purpose::Sender => self.found(&body),
                    Purpose::Outbox | Purpose::Senders => self.end(Some(Cause::Answer), true, None),
                }
            }
            Err(refusal) => self.refused(ask, purpose, &refusal, now),
        }
    }

    /// Nothing came back, for this cause.
    pub fn lost(&mut self, cause: Cause) {
        match mem::replace(&mut self.state, State::Told(Purpose::Senders)) {
            State::Asking(_, Purpose::Receive(Receiving::Fetch(fetch))) => {
                return self.broken(*fetch, cause, true, None);
            }
            State::Asking(_, Purpose::Send(sending)) => {
                let fate = Fate::Later { cause, after: None };
                self.queue.push_back(Action::Note { id: sending.outgoing.id, fate });
            }
            _ => {}
        }
        self.end(Some(cause), true, None);
    }

    fn refused(&mut self, ask: Ask, purpose: Purpose, refusal: &Refusal, now: i64) {
        let cause = refusal.cause();
        match (refusal.code, refusal.time) {
            // docs/hub.md §2: the answer has the hub's time. This machine's clock stays as it is.
            (Some(Code::AuthTime), Some(time)) if self.at_once < AT_ONCE => {
                self.at_once += 1;
                self.start.clock_offset = time.saturating_sub(now);
                self.state = State::Asking(ask, purpose);
            }
            // The same request under a new nonce: the last answer was lost, not the request.
            (Some(Code::AuthReplay), _) if self.at_once < AT_ONCE => {
                self.at_once += 1;
                self.state = State::Asking(ask, purpose);
            }
            _ => match purpose {
                Purpose::Send(sending) => self.not_sent(sending, cause, refusal),
                Purpose::Receive(Receiving::Fetch(fetch)) => self.not_fetched(*fetch, cause, refusal),
                // Nobody of that name: what it sent waits for a person.
                Purpose::Sender if refusal.code == Some(Code::OrgUnknown) => self.next_sender(),
                _ => self.end(Some(cause), refusal.retry, refusal.after),
            },
        }
    }

    fn end(&mut self, cause: Option<Cause>, retry: bool, after: Option<u64>) {
        let (public, broke) = (self.public.take(), mem::take(&mut self.broke));
        self.state = State::Over(End { cause, retry, after, public, broke });
    }
}
