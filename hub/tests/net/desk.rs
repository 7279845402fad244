//! A desktop as a program of the simulation. It may be killed between any two steps: only what is in [`Stored`]
//! stays, and each change of that is one transaction.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::http::Request;
use http_body_util::Full;
use tokio::time::sleep;
use zizhi_crypto::{PublicKey, SigningKey};
use zizhi_model::money::Fen;
use zizhi_model::{Limits, OrgId};
use zizhi_sync::api::{self, Code};
use zizhi_sync::ledger::{Became, Booked};
use zizhi_sync::round::{
    Action, Answer, Ask, AskBody, Cause, End, Fate, Outgoing, Page, Round, Sealed, Start,
};
use zizhi_sync::{Digest, Id, Token, backoff, http_signature};
use zizhi_testkit::dice::Dice;

use crate::hub::known;
use crate::line::{Line, repeat_later};
use crate::stage::Stage;
use crate::world::{EACH, NOW, ORIGIN, redemption, voucher, world};

/// A place in the mailbox behind every message, as in the app: a computer that does not take the mail in asks from
/// there.
const BEHIND: u64 = i64::MAX as u64;
/// How often a request of a redemption is made again at once, as in the app.
const AT_ONCE: u8 = 3;

/// What a desktop does first with a page.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Care {
    /// Messages and cursor at once, as docs/hub.md §5 demands.
    StoresFirst,
    /// The cursor, and then the messages.
    MovesFirst,
    /// Messages and cursor at once, at every computer of an organisation: against decision 21.
    BothTake,
}

/// Under which key a redemption is asked for again.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Keys {
    /// The same for ever, as docs/hub.md §6 demands.
    Same,
    /// Another one every time.
    New,
}

/// What a machine has that no crash of a program touches.
pub struct Machine {
    pub name: &'static str,
    pub org: OrgId,
    pub key: Arc<SigningKey>,
    pub hub_key: PublicKey,
    pub ways: (Care, Keys),
    pub dice: Dice,
    /// Seconds by which its clock is ahead.
    pub ahead: Cell<i64>,
    pub stage: Rc<Stage>,
    pub stored: RefCell<Stored>,
    /// Its organisation has removed it, or is about to, and nobody works at it any more.
    pub retired: Cell<bool>,
    /// Rounds that went through since this was last set to 0.
    pub calm: Cell<u32>,
}

/// What is in the database.
#[derive(Default)]
pub struct Stored {
    clock_offset: i64,
    epoch: u64,
    cursor: u64,
    wait: Duration,
    /// Whether this computer takes its organisation's mail in: the first of the device list does (decision 21).
    pub takes_mail: bool,
    /// Whether it is to put a list without the first computer in the place of the one that stands.
    pub removes: bool,
    pub outbox: BTreeMap<Id, Waiting>,
    pub inbox: BTreeMap<Id, Vec<u8>>,
    pub owed: BTreeSet<Id>,
    pub booked: Vec<Booking>,
}

/// A message of the outbox.
pub struct Waiting {
    pub to: OrgId,
    pub bytes: Vec<u8>,
    sealed: bool,
    /// The hub's receipt.
    pub receipt: Option<String>,
}

/// A redemption that somebody booked.
pub struct Booking {
    pub key: Token,
    made: i64,
    pub outcome: Option<Outcome>,
}

/// What became of it.
pub enum Outcome {
    /// The ledger's receipt.
    Redeemed(String),
    /// It did not fit: the conflict.
    Conflicted(Id),
}

impl Stored {
    /// As it is once the device has joined.
    pub fn joined(takes_mail: bool) -> Self {
        Self { epoch: 1, takes_mail, ..Self::default() }
    }

    pub fn write(&mut self, id: Id, to: OrgId, bytes: Vec<u8>) {
        self.outbox.insert(id, Waiting { to, bytes, sealed: false, receipt: None });
    }

    pub fn book(&mut self, key: Token, made: i64) {
        self.booked.push(Booking { key, made, outcome: None });
    }

    /// Whether nothing waits to be sent, told or decided.
    pub fn is_settled(&self) -> bool {
        self.owed.is_empty() && !self.removes && self.is_empty()
    }

    /// Whether nothing waits to be sent or decided.
    pub fn is_empty(&self) -> bool {
        self.outbox.values().all(|waiting| waiting.receipt.is_some())
            && self.booked.iter().all(|booking| booking.outcome.is_some())
    }

    fn start(&self, machine: &Machine) -> Start {
        Start {
            own: machine.org,
            hub_keys: machine.hub_key.clone().into(),
            epoch: self.epoch,
            cursor: if self.takes_mail { self.cursor } else { BEHIND },
            acks: self.owed.iter().copied().collect(),
            public: None,
            refused: false,
            clock_offset: self.clock_offset,
            limits: Limits::default(),
        }
    }

    fn due(&self) -> Vec<Outgoing> {
        let due = self.outbox.iter().filter(|(_, waiting)| waiting.receipt.is_none());
        due.map(|(id, waiting)| {
            let sealed = waiting.sealed.then(|| sealed(waiting));
            Outgoing { id: *id, to: waiting.to, sealed }
        })
        .collect()
    }

    fn store(&mut self, page: Page, pieces: &mut BTreeMap<Id, Vec<u8>>) {
        self.moved(&page);
        // Another computer of the organisation takes the mail in.
        let arrived = if self.takes_mail { page.arrived } else { Vec::new() };
        for arrived in arrived {
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
    }

    fn moved(&mut self, page: &Page) {
        assert_eq!(self.epoch, page.epoch, "no hub was restored");
        if self.takes_mail {
            self.cursor = page.cursor;
        }
    }
}

fn sealed(waiting: &Waiting) -> Sealed {
    Sealed { sha256: Digest::of(&waiting.bytes), len: waiting.bytes.len() as u64 }
}

/// Plays rounds until it is killed.
pub async fn run(machine: Rc<Machine>) -> turmoil::Result {
    machine.stage.note(machine.name, "starts");
    loop {
        let mut line = Line::default();
        machine.remove(&mut line).await;
        let end = machine.round(&mut line).await;
        machine.redeem(&mut line).await;
        let wait = if end.cause.is_none() {
            machine.calm.set(machine.calm.get() + 1);
            machine.stored.borrow_mut().wait = Duration::ZERO;
            Duration::from_millis(300) + machine.dice.time_below(2_500)
        } else {
            let mut stored = machine.stored.borrow_mut();
            stored.wait = backoff::next_wait(stored.wait, machine.dice.roll(), end.after);
            stored.wait
        };
        drop(line);
        sleep(wait).await;
    }
}

impl Machine {
    /// Whoever looks at the machine has its program ask again now.
    pub fn hurry(&self) {
        self.stored.borrow_mut().wait = Duration::ZERO;
        self.calm.set(0);
    }

    fn now(&self) -> i64 {
        let passed = turmoil::sim_elapsed().unwrap_or_default().as_secs();
        NOW + i64::try_from(passed).expect("a short history") + self.ahead.get()
    }

    /// What a step takes, and in rough times the program's last moment.
    async fn moment(&self) {
        if self.stage.rough.get() && self.dice.percent(1) {
            self.stage.fall(self.name).await;
        }
        sleep(self.dice.time_below(4)).await;
    }

    async fn round(&self, line: &mut Line) -> End {
        let mut round = Round::new(self.stored.borrow().start(self));
        let mut pieces: BTreeMap<Id, Vec<u8>> = BTreeMap::new();
        let end = loop {
            let action = round.step();
            self.moment().await;
            match action {
                Action::Ask(ask) => match self.ask(line, &ask, round.clock_offset()).await {
                    Some(answer) => round.answer(answer, self.now()),
                    None => round.lost(Cause::Unreachable),
                },
                Action::Keep { id, from, bytes, .. } => {
                    let kept = pieces.entry(id).or_default();
                    kept.truncate(usize::try_from(from).expect("a small number"));
                    kept.extend(bytes);
                }
                Action::Store(page) => {
                    if self.ways.0 == Care::MovesFirst {
                        self.stored.borrow_mut().moved(&page);
                        self.moment().await;
                    }
                    let mut stored = self.stored.borrow_mut();
                    stored.store(page, &mut pieces);
                    round.stored(stored.owed.iter().copied().collect());
                }
                Action::Outbox => round.send(self.stored.borrow().due()),
                Action::Seal { id, .. } => {
                    let mut stored = self.stored.borrow_mut();
                    let waiting = stored.outbox.get_mut(&id).expect("a message of the outbox");
                    waiting.sealed = true;
                    round.sealed(Some(sealed(waiting)));
                }
                Action::Note { id, fate } => self.fate(id, fate),
                Action::Senders => round.look_up(Vec::new()),
                Action::Found(_) => {}
                Action::End(end) => break end,
            }
        };
        self.stored.borrow_mut().clock_offset = round.clock_offset();
        end
    }

    /// Puts the list without the first computer in the place of the one that stands, until the hub says that it is, and
    /// takes the mail in from then on, from its beginning.
    async fn remove(&self, line: &mut Line) {
        if !self.stored.borrow().removes {
            return;
        }
        let devices = world().removal.clone();
        let ask = Ask::replace_devices(&api::ReplaceDevices { devices }).expect("a request");
        let answer = self.ask_in_time(line, &ask).await;
        self.moment().await;
        if answer.is_some_and(|answer| answer.status == 200) {
            let mut stored = self.stored.borrow_mut();
            (stored.removes, stored.takes_mail) = (false, true);
        }
    }

    fn fate(&self, id: Id, fate: Fate) {
        match fate {
            Fate::Sent { receipt, .. } => {
                let mut stored = self.stored.borrow_mut();
                stored.outbox.get_mut(&id).expect("a message of the outbox").receipt = Some(receipt);
            }
            Fate::Parked(cause) => panic!("{id} is parked: {cause:?}"),
            Fate::Uploaded(_) | Fate::Later { .. } => {}
        }
    }

    /// Asks for everything that was booked and is not decided, until the ledger is silent.
    async fn redeem(&self, line: &mut Line) {
        let open: Vec<(usize, Token, i64)> = {
            let stored = self.stored.borrow();
            let open = stored.booked.iter().enumerate().filter(|(_, booking)| booking.outcome.is_none());
            open.map(|(at, booking)| (at, booking.key.clone(), booking.made)).collect()
        };
        for (at, booked, made) in open {
            let key = match self.ways.1 {
                Keys::Same => booked,
                Keys::New => Token::parse(&format!("{booked}-{}", self.dice.roll())).expect("a token"),
            };
            let voucher = voucher();
            let ask = Ask::redeem(&voucher, &key, &redemption(made)).expect("a request");
            let answer = self.ask_in_time(line, &ask).await;
            let booked = Booked { voucher: &voucher, redeemer: &self.org, key: &key, amount: Fen(EACH) };
            let became = Became::of(
                answer.ok_or(Cause::Unreachable),
                &booked,
                &self.hub_key.clone().into(),
                &Limits::default(),
            );
            self.moment().await;
            let outcome = match became {
                Became::Redeemed(_, receipt) => Outcome::Redeemed(receipt),
                Became::Conflicted(conflict, _) => Outcome::Conflicted(conflict),
                Became::Rejected(code) => panic!("{key} is rejected: {code:?}"),
                Became::Unknown { .. } => return,
            };
            self.stored.borrow_mut().booked[at].outcome = Some(outcome);
        }
    }

    /// As the app does: a clock that is off is put right for the signature, and a nonce that was seen is replaced.
    async fn ask_in_time(&self, line: &mut Line, ask: &Ask) -> Option<Answer> {
        for _ in 0..AT_ONCE {
            let offset = self.stored.borrow().clock_offset;
            let answer = self.ask(line, ask, offset).await?;
            match answer.clone().success().err().map(|refusal| (refusal.code, refusal.time)) {
                Some((Some(Code::AuthTime), Some(time))) => {
                    self.stored.borrow_mut().clock_offset = time - self.now();
                }
                Some((Some(Code::AuthReplay), _)) => {}
                _ => return Some(answer),
            }
        }
        None
    }

    /// Signs a request, sends it, and brings back the answer.
    async fn ask(&self, line: &mut Line, ask: &Ask, offset: i64) -> Option<Answer> {
        let body = match &ask.body {
            AskBody::Empty => Vec::new(),
            AskBody::Bytes(bytes) => bytes.clone(),
            AskBody::Piece { id, from, len } => {
                let from = usize::try_from(*from).expect("a small number");
                let to = from + usize::try_from(*len).expect("a small number");
                self.stored.borrow().outbox[id].bytes[from..to].to_vec()
            }
        };
        let stamp = (self.now() + offset, self.dice.bytes());
        let fields = ask.signed(ORIGIN, http_signature::body(&body), &self.key, stamp).expect("a signature");
        let mut request = Request::builder().method(ask.method).uri(&ask.path).header("host", "hub.example");
        for (name, value) in fields {
            request = request.header(name, value);
        }
        let request = request.body(Full::new(Bytes::from(body))).expect("a request");
        if self.stage.rough.get() && self.dice.percent(4) {
            self.stage.count("request came again");
            repeat_later(request.clone(), self.dice.time_below(20_000));
        }
        let answer = line.carry(request, ask.most).await;
        self.told(ask, answer.as_ref());
        answer
    }

    fn told(&self, ask: &Ask, answer: Option<&Answer>) {
        if answer.is_none() {
            self.stage.count("answer lost");
        }
        let came = answer
            .map_or("nothing".to_owned(), |answer| format!("{}, {} bytes", answer.status, answer.body.len()));
        self.stage.note(self.name, &format!("{} {} -> {came}", ask.method, known(&ask.path)));
    }
}
