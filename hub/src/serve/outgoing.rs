//! Bringing mail to other hubs (docs/hub.md §7): what waits in the outbox, as long as it takes.
//!
//! A message is claimed for a while, sent, and settled. Whatever is cut short in between, claim and line alike,
//! leads to the message going again, which changes nothing at the other end. What fails waits by itself, and goes
//! behind what has not failed; what is refused for good is parked, where an operator sees it. A line that is down
//! is left alone for a growing while.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::{join, join_all};
use zizhi_model::Limits;
use zizhi_sync::api::{
    self, Code, IDEMPOTENCY_KEY, JSON_TYPE, MESSAGE_BYTES, MESSAGE_TYPE, MailAnswer, NewUpload, Offset,
    PIECE_BYTES, UPLOAD_OFFSET, Upload, ZIZHI_FROM, ZIZHI_TO,
};
use zizhi_sync::backoff::{LONGEST, next_wait};
use zizhi_sync::object::Unverified;
use zizhi_sync::receipt::MailReceipt;
use zizhi_sync::{Digest, Id};

use super::lines::Lane;
use super::{Hub, lines, peers};
use crate::asking::problem;
use crate::cause::causes;
use crate::line::Said;
use crate::store::{Body, Claimed, Message, Peer, Result, Settled};

/// Messages that are claimed at once; of those that go in pieces one, as the next may wait long.
const BATCH: i64 = 16;
/// How long a message stays claimed unless more of it went, in milliseconds: longer than one request takes.
const LEASE: i64 = 90_000;
/// How often a peer may correct an offset for one message before the message waits.
const CORRECTIONS: u8 = 3;
/// The longest wait of a message that is parked. An operator need not wait for it.
const PARKED: Duration = Duration::from_secs(24 * 3600);

/// Why a message did not go.
enum Trouble {
    /// The line or the other hub as a whole, or this message in a way that looks the same: `retry_after` in seconds.
    Line { code: &'static str, retry_after: Option<u64> },
    /// The other hub does not take this message now.
    Message { code: &'static str, retry_after: Option<u64> },
    /// It will not take it unless a person does something.
    Refused { code: &'static str },
    /// What is stored here of it cannot be read now. The line has shown nothing.
    Here,
}

impl Hub {
    /// Brings what is due to every peer whose line is not left alone. Returns how many messages went.
    ///
    /// # Errors
    /// As the store.
    pub async fn drain(&self) -> Result<usize> {
        let all = self.parts.store.peers().await?;
        let went = join_all(all.iter().map(|peer| self.drain_to(peer))).await;
        went.into_iter().sum()
    }

    async fn drain_to(&self, peer: &Peer) -> Result<usize> {
        let (small, large) = join(self.drain_lane(peer, false), self.drain_lane(peer, true)).await;
        Ok(small?.saturating_add(large?))
    }

    async fn drain_lane(&self, peer: &Peer, large: bool) -> Result<usize> {
        let lane = Lane { hub: peer.hub.clone(), large };
        match self.lines.begin(&lane, self.parts.clock.milliseconds()) {
            Some(_line) => self.bring(peer, &lane).await,
            None => Ok(0),
        }
    }

    async fn bring(&self, peer: &Peer, lane: &Lane) -> Result<usize> {
        let store = &self.parts.store;
        let count = if lane.large { 1 } else { BATCH };
        let mut went = 0;
        loop {
            let now = self.parts.clock.milliseconds();
            let claimed = store.claim(&peer.hub, lane.large, now, now.saturating_add(LEASE), count).await?;
            if claimed.is_empty() {
                return Ok(went);
            }
            let mut down = None;
            for claimed in claimed {
                let settled = match &down {
                    Some(behind) => Settled::clone(behind),
                    None => match self.send(peer, &claimed.message).await {
                        Ok(()) => {
                            went += 1;
                            self.lines.up(lane);
                            Settled::Delivered
                        }
                        Err(trouble) => {
                            let (settled, behind) = self.failed(lane, &claimed, &trouble);
                            down = behind;
                            settled
                        }
                    },
                };
                let became = match &settled {
                    Settled::Delivered => "new",
                    Settled::Parked { .. } => "parked",
                    _ => "later",
                };
                self.metrics.outcome("relay", became);
                if let Settled::Later { code, .. }
                | Settled::Unheard { code, .. }
                | Settled::Parked { code, .. } = &settled
                {
                    tracing::warn!(peer = peer.hub, code, became, "a message waits for its hub");
                }
                let blobs = store.settle(&claimed.message.id, &settled).await?;
                self.remove_blobs(&blobs).await;
            }
            if down.is_some() {
                return Ok(went);
            }
        }
    }

    /// What becomes of a message that did not go, and of those behind it where the line is left alone.
    fn failed(&self, lane: &Lane, claimed: &Claimed, trouble: &Trouble) -> (Settled, Option<Settled>) {
        let now = self.parts.clock.milliseconds();
        let before = Duration::from_millis(u64::try_from(claimed.wait).unwrap_or_default());
        let next = |retry_after: Option<u64>| from(now, next_wait(before, lines::random(), retry_after));
        let unheard = |code: &str, retry_after: Option<u64>| {
            let (due, wait) = next(retry_after);
            Settled::Unheard { due, wait, code: code.to_owned() }
        };
        match *trouble {
            Trouble::Here => (unheard(Code::HubFailed.as_str(), None), None),
            Trouble::Message { code, retry_after } => {
                self.lines.up(lane);
                let (due, wait) = next(retry_after);
                (Settled::Later { due, wait, code: code.to_owned() }, None)
            }
            Trouble::Refused { code } => {
                self.lines.up(lane);
                let (due, wait) = from(now, before.saturating_mul(2).clamp(LONGEST, PARKED));
                (Settled::Parked { due, wait, code: code.to_owned(), at: now / 1000 }, None)
            }
            Trouble::Line { code, retry_after } => {
                let failed_before = !before.is_zero();
                let alone = self.lines.trouble(lane, &claimed.message.id, failed_before, now, retry_after);
                let behind =
                    alone.map(|wait| Settled::Behind { due: from(now, wait).0, code: code.to_owned() });
                (unheard(code, retry_after), behind)
            }
        }
    }

    /// Brings one message; `Ok` if the other hub has signed for it.
    async fn send(&self, peer: &Peer, message: &Message) -> std::result::Result<(), Trouble> {
        let len = u64::try_from(message.len).map_err(|_| Trouble::Here)?;
        if len > MESSAGE_BYTES {
            return self.send_in_pieces(peer, message, len).await;
        }
        let fields = vec![
            ("content-type", MESSAGE_TYPE.to_owned()),
            (IDEMPOTENCY_KEY, message.id.clone()),
            (ZIZHI_TO, message.to.to_string()),
            (ZIZHI_FROM, message.from.to_string()),
        ];
        let body = self.piece(message, 0, len).await.ok_or(Trouble::Here)?;
        let said = self.asking().ask(peer, "POST", "/v1/relay", fields, body).await.ok_or_else(cut)?;
        if said.status != 200 && said.status != 201 {
            return Err(trouble(&said));
        }
        signed_for(peer, message, &said)
    }

    async fn send_in_pieces(
        &self,
        peer: &Peer,
        message: &Message,
        len: u64,
    ) -> std::result::Result<(), Trouble> {
        let limits = Limits::default();
        let sha256 = Digest::parse(&message.sha256).ok_or(Trouble::Here)?;
        let id = Id::parse(&message.id).map_err(|_| Trouble::Here)?;
        let body = api::write(&NewUpload { id, to: message.to, len, sha256 }).map_err(|_| Trouble::Here)?;
        let from = (ZIZHI_FROM, message.from.to_string());
        let fields = vec![("content-type", JSON_TYPE.to_owned()), from.clone()];
        let said = self.asking().ask(peer, "POST", "/v1/uploads", fields, body).await.ok_or_else(cut)?;
        if said.status != 200 && said.status != 201 {
            return Err(trouble(&said));
        }
        let Ok(opened) = api::read_answer::<Upload>(&said.body, api::REQUEST_BYTES, &limits) else {
            // It has arrived meanwhile.
            return signed_for(peer, message, &said);
        };
        let path = format!("/v1/uploads/{}", opened.upload);
        let (mut offset, mut corrections) = (opened.offset, 0);
        loop {
            let until = self.parts.clock.milliseconds().saturating_add(LEASE);
            // Another copy that takes it meanwhile makes the offset wrong and nothing else.
            let _ = self.parts.store.settle(&message.id, &Settled::Kept(until)).await;
            let piece = len.saturating_sub(offset).min(PIECE_BYTES);
            let bytes = self.piece(message, offset, piece).await.ok_or(Trouble::Here)?;
            let mut fields = vec![(UPLOAD_OFFSET, offset.to_string()), from.clone()];
            if piece > 0 {
                fields.push(("content-type", "application/octet-stream".to_owned()));
            }
            let said = self.asking().ask(peer, "PATCH", &path, fields, bytes).await.ok_or_else(cut)?;
            match said.status {
                201 => return signed_for(peer, message, &said),
                200 => match api::read_answer::<Offset>(&said.body, api::REQUEST_BYTES, &limits) {
                    Ok(stands) if stands.offset == offset.saturating_add(piece) && piece > 0 => {
                        offset = stands.offset;
                    }
                    _ => return signed_for(peer, message, &said),
                },
                _ => match problem(&said).and_then(|problem| problem.offset) {
                    Some(stands) if stands <= len && corrections < CORRECTIONS => {
                        corrections += 1;
                        offset = stands;
                    }
                    _ => return Err(trouble(&said)),
                },
            }
        }
    }

    /// The bytes of a message from `from` on, read across its blobs.
    async fn piece(&self, message: &Message, from: u64, len: u64) -> Option<Vec<u8>> {
        let (first, last) = (usize::try_from(from).ok()?, from.checked_add(len)?);
        let parts = match message.body.as_ref()? {
            Body::Inline(bytes) => return Some(bytes.get(first..usize::try_from(last).ok()?)?.to_vec()),
            Body::Parts(parts) => parts,
        };
        let (mut begin, mut bytes) = (0_u64, Vec::new());
        for (name, part) in parts {
            let end = begin.checked_add(u64::try_from(*part).ok()?)?;
            let (here, there) = (from.max(begin), last.min(end));
            if here < there {
                match self.parts.blobs.get(name, here - begin, there - here).await {
                    Ok(read) => bytes.extend(read),
                    Err(error) => {
                        tracing::error!(blob = name, error = causes(&error), "a message cannot be read");
                        return None;
                    }
                }
            }
            begin = end;
        }
        Some(bytes)
    }
}

/// Whether an answer holds the peer's receipt for this very message.
fn signed_for(peer: &Peer, message: &Message, said: &Said) -> std::result::Result<(), Trouble> {
    let limits = Limits::default();
    let key = peers::key(peer).map_err(|_| Trouble::Line { code: "PEER-KEY", retry_after: None })?;
    let read = api::read_answer::<MailAnswer>(&said.body, api::REQUEST_BYTES, &limits).ok();
    let receipt = read.and_then(|answer| {
        Unverified::<MailReceipt>::parse(&answer.receipt, &limits).ok()?.verify(&key).ok()
    });
    let id = Id::parse(&message.id).map_err(|_| Trouble::Here)?;
    let sha256 = Digest::parse(&message.sha256).ok_or(Trouble::Here)?;
    let len = u64::try_from(message.len).map_err(|_| Trouble::Here)?;
    let holds =
        receipt.is_some_and(|receipt| receipt.payload().is_for(id, &message.from, &message.to, sha256, len));
    if holds { Ok(()) } else { Err(Trouble::Line { code: "PEER-RECEIPT", retry_after: None }) }
}

fn trouble(said: &Said) -> Trouble {
    let Some(problem) = problem(said) else {
        return Trouble::Line { code: "PEER-ANSWER", retry_after: said.retry_after };
    };
    let code = problem.code.as_str();
    match problem.code {
        Code::MailQuota | Code::UploadUnknown | Code::UploadOffset => {
            Trouble::Message { code, retry_after: said.retry_after }
        }
        Code::OrgUnknown
        | Code::MailOther
        | Code::AuthForbidden
        | Code::RequestInvalid
        | Code::RequestSize
        | Code::UploadDigest => Trouble::Refused { code },
        _ => Trouble::Line { code, retry_after: said.retry_after },
    }
}

/// Nothing came back.
fn cut() -> Trouble {
    Trouble::Line { code: "PEER-SILENT", retry_after: None }
}

/// When a wait that begins at `now` is over, and the wait, in milliseconds.
fn from(now: i64, wait: Duration) -> (i64, i64) {
    let wait = i64::try_from(wait.as_millis()).unwrap_or(i64::MAX);
    (now.saturating_add(wait), wait)
}

/// Drains as often as this, for as long as the hub serves.
pub(super) const EVERY: Duration = Duration::from_secs(1);

/// Goes on draining. A line that takes long holds nobody else up: each pass leaves alone what another is at.
pub async fn keep_draining(hub: Arc<Hub>) {
    let mut every = tokio::time::interval(EVERY);
    every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        every.tick().await;
        let hub = Arc::clone(&hub);
        tokio::spawn(async move {
            if let Err(error) = hub.drain().await {
                tracing::warn!(error = causes(&error), "the outbox is not drained");
            }
        });
    }
}
