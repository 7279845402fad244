//! A hub in memory, as docs/hub.md §4 and §5 describe it.

use std::collections::BTreeMap;

use zizhi_crypto::{SigningKey, b64};
use zizhi_model::{Limits, OrgId};
use zizhi_sync::api::{
    self, Code, Cursor, INLINE_BYTES, Item, MailAnswer, NewUpload, Offset, Organisation, Problem, SyncAnswer,
    SyncRequest, Upload,
};
use zizhi_sync::invitation::Role;
use zizhi_sync::receipt::MailReceipt;
use zizhi_sync::round::{Answer, Ask};
use zizhi_sync::{Digest, Id, object};

use crate::support::{NOW, id, key};

/// Messages of one page, so that there is often more.
const PAGE: usize = 3;

#[derive(Clone)]
struct Message {
    from: OrgId,
    to: OrgId,
    bytes: Vec<u8>,
    seq: u64,
    epoch: u64,
    /// Whether it is still in the mailbox.
    waits: bool,
}

#[derive(Clone)]
struct Piecewise {
    from: OrgId,
    announced: NewUpload,
    bytes: Vec<u8>,
}

#[derive(Clone)]
pub struct Hub {
    epoch: u64,
    last: BTreeMap<OrgId, u64>,
    messages: BTreeMap<Id, Message>,
    uploads: BTreeMap<Id, Piecewise>,
}

pub fn hub_key() -> SigningKey {
    key(77)
}

impl Hub {
    pub fn new(people: &[OrgId]) -> Self {
        let last = people.iter().map(|org| (*org, 0)).collect();
        Self { epoch: 1, last, messages: BTreeMap::new(), uploads: BTreeMap::new() }
    }

    pub fn epoch(&self) -> u64 {
        self.epoch
    }

    /// The hub as it was, in a new epoch.
    pub fn restored(&self, backup: &Self) -> Self {
        Self { epoch: self.epoch + 1, ..backup.clone() }
    }

    pub fn busy(&self) -> Answer {
        refused(&Problem::from(Code::HubBusy))
    }

    pub fn answer(&mut self, from: OrgId, ask: &Ask, body: &[u8]) -> Answer {
        let outcome = match (ask.method, ask.path.as_str()) {
            ("POST", "/v1/sync") => self.sync(from, &read(body)),
            ("POST", "/v1/messages") => self.post(from, ask, body),
            ("POST", "/v1/uploads") => self.open(from, read(body)),
            ("PATCH", path) => self.piece(from, path, ask, body),
            ("GET", path) if path.starts_with("/v1/messages/") => self.fetch(from, path, ask),
            ("GET", path) => Ok(ok(200, &organisation(path))),
            other => panic!("no such address: {other:?}"),
        };
        outcome.unwrap_or_else(|problem| refused(&problem))
    }

    fn sync(&mut self, from: OrgId, asked: &SyncRequest) -> Result<Answer, Problem> {
        for id in &asked.acks {
            if let Some(message) = self.messages.get_mut(id).filter(|message| message.to == from) {
                message.waits = false;
            }
        }
        let after = asked.cursor.map_or(0, |cursor| cursor.after(self.epoch));
        let waiting =
            |message: &&(&Id, &Message)| message.1.to == from && message.1.waits && message.1.seq > after;
        let mut mail: Vec<(&Id, &Message)> = Vec::new();
        mail.extend(self.messages.iter().filter(|message| waiting(&message)));
        mail.sort_by_key(|(_, message)| message.seq);
        let more = mail.len() > PAGE;
        mail.truncate(PAGE);
        let items: Vec<Item> = mail.iter().map(|(id, message)| item(**id, message)).collect();
        let seq = items.last().map_or(after, |item| item.seq);
        let cursor = Cursor { epoch: self.epoch, seq };
        let answer = SyncAnswer {
            epoch: self.epoch,
            time: NOW,
            cursor,
            items,
            more,
            senders: Vec::new(),
            public: None,
            refused: Vec::new(),
        };
        Ok(ok(200, &answer))
    }

    fn post(&mut self, from: OrgId, ask: &Ask, body: &[u8]) -> Result<Answer, Problem> {
        let id = Id::parse(field(ask, api::IDEMPOTENCY_KEY)).expect("an id");
        let to = OrgId::parse(field(ask, api::ZIZHI_TO)).expect("an organisation");
        self.deliver(id, from, to, body.to_vec())
    }

    fn deliver(&mut self, id: Id, from: OrgId, to: OrgId, bytes: Vec<u8>) -> Result<Answer, Problem> {
        if let Some(known) = self.messages.get(&id) {
            if (known.from, known.to) != (from, to) || known.bytes != bytes {
                return Err(Problem::from(Code::MailOther));
            }
            return Ok(ok(200, &receipt(id, known)));
        }
        let last = self.last.get_mut(&to).ok_or_else(|| Problem::from(Code::OrgUnknown))?;
        *last += 1;
        let message = Message { from, to, bytes, seq: *last, epoch: self.epoch, waits: true };
        let answer = ok(201, &receipt(id, &message));
        self.messages.insert(id, message);
        Ok(answer)
    }

    fn open(&mut self, from: OrgId, announced: NewUpload) -> Result<Answer, Problem> {
        if let Some(known) = self.messages.get(&announced.id) {
            return Ok(ok(200, &receipt(announced.id, known)));
        }
        // The upload bears the message's name here, so that announcing it again finds it.
        let upload = announced.id;
        let piecewise =
            self.uploads.entry(upload).or_insert(Piecewise { from, announced, bytes: Vec::new() });
        Ok(ok(200, &Upload { upload, offset: piecewise.bytes.len() as u64 }))
    }

    fn piece(&mut self, from: OrgId, path: &str, ask: &Ask, body: &[u8]) -> Result<Answer, Problem> {
        let name = path.rsplit('/').next().unwrap_or_default();
        let upload = Id::parse(name).expect("an id");
        let unknown = || Problem::from(Code::UploadUnknown);
        let piecewise = self.uploads.get_mut(&upload).filter(|known| known.from == from);
        let piecewise = piecewise.ok_or_else(unknown)?;
        let offset = piecewise.bytes.len() as u64;
        if field(ask, api::UPLOAD_OFFSET).parse() != Ok(offset) {
            return Err(Problem { offset: Some(offset), ..Problem::from(Code::UploadOffset) });
        }
        piecewise.bytes.extend(body);
        let offset = piecewise.bytes.len() as u64;
        if offset < piecewise.announced.len {
            return Ok(ok(200, &Offset { offset }));
        }
        let Piecewise { announced, bytes, .. } = self.uploads.remove(&upload).ok_or_else(unknown)?;
        if Digest::of(&bytes) != announced.sha256 {
            return Err(Problem::from(Code::UploadDigest));
        }
        self.deliver(announced.id, from, announced.to, bytes)
    }

    fn fetch(&self, from: OrgId, path: &str, ask: &Ask) -> Result<Answer, Problem> {
        let id = Id::parse(path.rsplit('/').next().unwrap_or_default()).expect("an id");
        let message = self.messages.get(&id).filter(|message| message.to == from && message.waits);
        let message = message.ok_or_else(|| Problem::from(Code::NotFound))?;
        let range = ask.fields.iter().find(|(name, _)| *name == "range").map(|(_, range)| range.as_str());
        let ends = range.and_then(|range| range.strip_prefix("bytes=")?.split_once('-'));
        let body = match ends {
            None => message.bytes.clone(),
            Some((first, last)) => {
                let (first, last): (usize, usize) = (first.parse().unwrap(), last.parse().unwrap());
                message.bytes[first..=last].to_vec()
            }
        };
        Ok(Answer { status: if ends.is_some() { 206 } else { 200 }, retry_after: None, body })
    }
}

fn item(id: Id, message: &Message) -> Item {
    let len = message.bytes.len() as u64;
    Item {
        seq: message.seq,
        id,
        from: message.from,
        at: NOW,
        len,
        sha256: Digest::of(&message.bytes),
        body: (len <= INLINE_BYTES).then(|| b64::encode(&message.bytes)),
    }
}

fn receipt(message: Id, kept: &Message) -> MailAnswer {
    let receipt = MailReceipt {
        jti: id(200),
        msg: message,
        sha256: Digest::of(&kept.bytes),
        len: kept.bytes.len() as u64,
        from: kept.from,
        to: kept.to,
        seq: kept.seq,
        epoch: kept.epoch,
        at: NOW,
    };
    MailAnswer { receipt: object::sign(&hub_key(), &receipt).expect("a receipt") }
}

fn organisation(path: &str) -> Organisation {
    let code = path.rsplit('/').next().unwrap_or_default();
    let organisation = OrgId::parse(&format!("urn:uscc:{code}")).expect("an organisation");
    let (name, devices) = ("某单位【演示】".to_owned(), "a.b.c".to_owned());
    Organisation { organisation, name, role: Role::Firm, devices }
}

fn field<'a>(ask: &'a Ask, name: &str) -> &'a str {
    ask.fields.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str()).expect("a field")
}

fn read<T: serde::Serialize + serde::de::DeserializeOwned>(body: &[u8]) -> T {
    api::read(body, body.len(), &Limits::default()).expect("a body as the interface has it")
}

fn ok(status: u16, body: &impl serde::Serialize) -> Answer {
    Answer { status, retry_after: None, body: api::write(body).expect("JSON") }
}

fn refused(problem: &Problem) -> Answer {
    ok(problem.status, problem)
}
