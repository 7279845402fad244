//! Desks that ask until they have an answer, whatever becomes of the hub in between.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::sleep;
use std::time::Duration;

use chrono::NaiveDate;
use serde::Serialize;
use serde::de::DeserializeOwned;
use zizhi_model::money::Fen;
use zizhi_model::{Region, RegionPattern};
use zizhi_sync::api::{self, Cursor, SyncRequest};
use zizhi_sync::ledger::VoucherEntry;
use zizhi_sync::{Digest, Id, Token, object};
use zizhi_testkit::dice::Dice;

use crate::program::{Line, Program};
use crate::world::{Ask, NOW, Party, ask, enrol, limits, new_id, party};

const VOUCHER: &str = "SH-2026-0001";
/// One message in so many is larger than what stands in a row.
const LARGE: u64 = 8;

pub struct Cast {
    firm: Party,
    pub incubator: Party,
    fund: Party,
    desk: Party,
}

/// A message that the hub answered for.
pub struct Sent {
    pub id: Id,
    pub sha256: Digest,
    pub receipt: String,
}

fn day(text: &str) -> NaiveDate {
    zizhi_model::civil::parse_date(text).expect("a day")
}

fn read<T: Serialize + DeserializeOwned>(body: &[u8]) -> T {
    api::read(body, api::ANSWER_BYTES, &limits()).expect("JSON of this form")
}

impl Cast {
    /// Everybody has joined, and a voucher is entered that has more than is ever redeemed.
    pub fn joined(hub: &Program) -> Self {
        let line = hub.line();
        let join = |n, role| {
            let party = party(n);
            assert_eq!(line.ask(&party, enrol(&party, &hub.invites(&party, role))).0, 201, "it joins");
            party
        };
        let cast = Self {
            firm: join(1, "firm"),
            incubator: join(2, "incubator"),
            fund: join(3, "voucher_fund"),
            desk: join(4, "service_provider"),
        };
        let entry = VoucherEntry {
            jti: Token::parse(VOUCHER).expect("a token"),
            iss: cast.fund.org,
            sub: cast.firm.org,
            amount: Fen(1 << 40),
            from: day("2026-01-01"),
            until: day("2099-12-31"),
            regions: vec![RegionPattern::parse("31").expect("a pattern")],
            kinds: vec!["检验检测".to_owned()],
            redeemers: vec![cast.desk.org],
            iat: NOW,
        };
        let entry = object::sign(&cast.fund.key, &entry).expect("an entry");
        let put = ask("PUT", format!("/v1/vouchers/{VOUCHER}")).json(&api::PutVoucher { entry });
        assert_eq!(line.ask(&cast.fund, put).0, 201, "it is entered");
        cast
    }

    /// The firm sends one message after the other, each until it is answered for.
    pub fn mail(&self, line: &Line, number: u64, stop: &AtomicBool) -> Vec<Sent> {
        let (dice, mut sent) = (Dice::of(1, number), Vec::new());
        while !stop.load(Ordering::SeqCst) {
            let length = if dice.below(LARGE) == 0 { 80_000 } else { 1 + dice.place(2000) };
            let (id, body) = (new_id(), dice.rubbish(length));
            let message = self.message(id, &body);
            let Some(answer) = until(line, &self.firm, &message, stop) else { break };
            let receipt = read::<api::MailAnswer>(&answer).receipt;
            sent.push(Sent { id, sha256: Digest::of(&body), receipt });
        }
        sent
    }

    fn message(&self, id: Id, body: &[u8]) -> Ask {
        ask("POST", "/v1/messages")
            .field("idempotency-key", id.to_string())
            .field("zizhi-to", self.incubator.org.to_string())
            .bytes("application/age", body)
    }

    /// The firm sends one message after the other, each once, and believes that the hub has it unless it refuses.
    pub fn mail_in_good_faith(&self, line: &Line, stop: &AtomicBool) -> Vec<Id> {
        let mut believed = Vec::new();
        while !stop.load(Ordering::SeqCst) {
            let id = new_id();
            if line.sends(&self.firm, self.message(id, &[7; 2000])) {
                believed.push(id);
            }
        }
        believed
    }

    /// A desk redeems a fen after the other; the receipt for each key.
    pub fn redeem(&self, line: &Line, number: u64, stop: &AtomicBool) -> BTreeMap<String, String> {
        let mut told = BTreeMap::new();
        for n in 0_u32.. {
            let key = format!("desk-{number}-{n}");
            let redemption = api::Redemption {
                redeemer: None,
                amount: Fen(1),
                kind: "检验检测".to_owned(),
                day: day("2026-03-01"),
                region: Region::parse("310104").expect("a region"),
                document: Digest::of(key.as_bytes()),
                hold: None,
                made: NOW,
            };
            let asked = ask("POST", format!("/v1/vouchers/{VOUCHER}/redemptions"))
                .field("idempotency-key", key.clone())
                .json(&redemption);
            let Some(answer) = until(line, &self.desk, &asked, stop) else { break };
            told.insert(key, read::<api::ReceiptAnswer>(&answer).receipt);
        }
        told
    }

    /// The incubator reads by cursor all along; what it read, in order.
    pub fn read(&self, line: &Line, stop: &AtomicBool) -> Vec<api::Item> {
        let (mut cursor, mut heard) = (None, Vec::new());
        while !stop.load(Ordering::SeqCst) {
            if let Some(read) = read_on(line, &self.incubator, cursor, &mut heard) {
                cursor = Some(read);
            }
            sleep(Duration::from_millis(30));
        }
        heard
    }

    /// The voucher as its fund sees it.
    pub fn view(&self, line: &Line) -> api::VoucherView {
        let body = line.insist(&self.fund, &ask("GET", format!("/v1/vouchers/{VOUCHER}")));
        api::read(&body, usize::MAX, &limits()).expect("JSON of this form")
    }
}

/// Asks until it is answered for; nothing if it was told to stop first.
fn until(line: &Line, party: &Party, asked: &Ask, stop: &AtomicBool) -> Option<Vec<u8>> {
    while !stop.load(Ordering::SeqCst) {
        match line.ask(party, asked.clone()) {
            (200 | 201, body) => return Some(body),
            // Away, asked too often, or busy: nothing else is wrong with it.
            (0 | 429 | 503, _) => sleep(Duration::from_millis(20)),
            (status, body) => panic!("{status}: {}", String::from_utf8_lossy(&body)),
        }
    }
    None
}

/// Everything in a mailbox, in order.
pub fn read_all(line: &Line, party: &Party) -> Vec<api::Item> {
    let mut all = Vec::new();
    let mut page = read::<api::SyncAnswer>(&line.insist(party, &round(None)));
    loop {
        all.append(&mut page.items);
        if !page.more {
            return all;
        }
        page = read(&line.insist(party, &round(Some(page.cursor))));
    }
}

/// Reads what is new after `cursor`, page by page; the cursor after the last whole page, nothing if there was none.
fn read_on(line: &Line, party: &Party, cursor: Option<Cursor>, heard: &mut Vec<api::Item>) -> Option<Cursor> {
    let mut at = cursor;
    loop {
        let (200, body) = line.ask(party, round(at)) else { return at };
        let page = read::<api::SyncAnswer>(&body);
        heard.extend(page.items);
        at = Some(page.cursor);
        if !page.more {
            return at;
        }
    }
}

fn round(cursor: Option<Cursor>) -> Ask {
    ask("POST", "/v1/sync").json(&SyncRequest { cursor, acks: Vec::new(), public: None })
}
