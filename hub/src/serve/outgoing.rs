//! Bringing mail to other hubs (docs/hub.md §7): what waits in the outbox, as long as it takes.
//!
//! A message is claimed for a while, sent, and settled. Whatever is cut short in between, claim and line alike,
//! leads to the message going again, which changes nothing at the other end. A line that is down is left alone
//! for a growing while, apart from what is wrong with one message.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use zizhi_model::Limits;
use zizhi_sync::api::{
    self, Code, IDEMPOTENCY_KEY, JSON_TYPE, MESSAGE_BYTES, MESSAGE_TYPE, MailAnswer, NewUpload, Offset,
    PIECE_BYTES, UPLOAD_OFFSET, Upload, ZIZHI_FROM, ZIZHI_TO,
};
use zizhi_sync::backoff::{LONGEST, next_wait};
use zizhi_sync::object::Unverified;
use zizhi_sync::receipt::MailReceipt;
use zizhi_sync::{Digest, Id};

use super::{Hub, lines, peers};
use crate::line::Said;
use crate::store::{Body, Claimed, Message, Peer, Result, Settled};

/// Messages that are claimed at once.
const BATCH: i64 = 16;
/// How long a message stays claimed unless more of it went, in milliseconds: longer than one request takes.
const LEASE: i64 = 90_000;
/// How often a peer may correct an offset for one message before the message waits.
const CORRECTIONS: u8 = 3;

/// Why a message did not go.
enum Trouble {
    /// The line or the other hub as a whole: `retry_after` in seconds.
    Line { code: &'static str, retry_after: Option<u64> },
    /// This message alone.
    Message { code: &'static str, retry_after: Option<u64> },
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
        match self.lines.begin(&peer.hub, self.parts.clock.milliseconds()) {
            Some(_line) => self.bring(peer).await,
            None => Ok(0),
        }
    }

    async fn bring(&self, peer: &Peer) -> Result<usize> {
        let store = &self.parts.store;
        let mut went = 0;
        loop {
            let now = self.parts.clock.milliseconds();
            let claimed = store.claim(&peer.hub, now, now.saturating_add(LEASE), BATCH).await?;
            if claimed.is_empty() {
                return Ok(went);
            }
            let mut down = None;
            for Claimed { message, wait } in claimed {
                let settled = match &down {
                    Some(settled) => Settled::clone(settled),
                    None => match self.send(peer, &message).await {
                        Ok(()) => {
                            went += 1;
                            self.lines.up(&peer.hub);
                            Settled::Delivered
                        }
                        Err(Trouble::Message { code, retry_after }) => {
                            let wait = Duration::from_millis(u64::try_from(wait).unwrap_or_default());
                            self.later(next_wait(wait, lines::random(), retry_after), code)
                        }
                        Err(Trouble::Line { code, retry_after }) => {
                            let now = self.parts.clock.milliseconds();
                            let settled = self.later(self.lines.down(&peer.hub, now, retry_after), code);
                            down = Some(settled.clone());
                            settled
                        }
                    },
                };
                self.metrics.outcome("relay", if settled == Settled::Delivered { "new" } else { "later" });
                if let Settled::Later { code, .. } = &settled {
                    tracing::warn!(peer = peer.hub, code, "a message waits for its hub");
                }
                let blobs = store.settle(&message.id, &settled).await?;
                self.remove_blobs(&blobs).await;
            }
            if down.is_some() {
                return Ok(went);
            }
        }
    }

    fn later(&self, wait: Duration, code: &str) -> Settled {
        let wait = i64::try_from(wait.as_millis()).unwrap_or(i64::MAX);
        let due = self.parts.clock.milliseconds().saturating_add(wait);
        Settled::Later { due, wait, code: code.to_owned() }
    }

    /// Brings one message; `Ok` if the other hub has signed for it.
    async fn send(&self, peer: &Peer, message: &Message) -> std::result::Result<(), Trouble> {
        let len = u64::try_from(message.len).map_err(|_| own())?;
        if len > MESSAGE_BYTES {
            return self.send_in_pieces(peer, message, len).await;
        }
        let fields = vec![
            ("content-type", MESSAGE_TYPE.to_owned()),
            (IDEMPOTENCY_KEY, message.id.clone()),
            (ZIZHI_TO, message.to.to_string()),
            (ZIZHI_FROM, message.from.to_string()),
        ];
        let body = self.piece(message, 0, len).await.ok_or_else(own)?;
        let said = peers::ask(self, peer, "POST", "/v1/relay", fields, body).await.ok_or_else(cut)?;
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
        let sha256 = Digest::parse(&message.sha256).ok_or_else(own)?;
        let id = Id::parse(&message.id).map_err(|_| own())?;
        let body = api::write(&NewUpload { id, to: message.to, len, sha256 }).map_err(|_| own())?;
        let from = (ZIZHI_FROM, message.from.to_string());
        let fields = vec![("content-type", JSON_TYPE.to_owned()), from.clone()];
        let said = peers::ask(self, peer, "POST", "/v1/uploads", fields, body).await.ok_or_else(cut)?;
        if said.status != 200 && said.status != 201 {
            return Err(trouble(&said));
        }
        let Ok(opened) = api::read::<Upload>(&said.body, api::REQUEST_BYTES, &limits) else {
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
            let bytes = self.piece(message, offset, piece).await.ok_or_else(own)?;
            let mut fields = vec![(UPLOAD_OFFSET, offset.to_string()), from.clone()];
            if piece > 0 {
                fields.push(("content-type", "application/octet-stream".to_owned()));
            }
            let said = peers::ask(self, peer, "PATCH", &path, fields, bytes).await.ok_or_else(cut)?;
            match said.status {
                201 => return signed_for(peer, message, &said),
                200 => match api::read::<Offset>(&said.body, api::REQUEST_BYTES, &limits) {
                    Ok(stands) if stands.offset == offset.saturating_add(piece) && piece > 0 => {
                        offset = stands.offset;
                    }
                    _ => return signed_for(peer, message, &said),
                },
                _ => match peers::problem(&said).and_then(|problem| problem.offset) {
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
                let read = self.parts.blobs.get(name, here - begin, there - here).await;
                bytes.extend(read.ok()?);
            }
            begin = end;
        }
        Some(bytes)
    }
}

/// Whether an answer holds the peer's receipt for this very message.
fn signed_for(peer: &Peer, message: &Message, said: &Said) -> std::result::Result<(), Trouble> {
    let limits = Limits::default();
    let key = peers::key(peer).map_err(|_| own())?;
    let read = api::read::<MailAnswer>(&said.body, api::REQUEST_BYTES, &limits).ok();
    let receipt = read.and_then(|answer| {
        Unverified::<MailReceipt>::parse(&answer.receipt, &limits).ok()?.verify(&key).ok()
    });
    let id = Id::parse(&message.id).map_err(|_| own())?;
    let sha256 = Digest::parse(&message.sha256).ok_or_else(own)?;
    let len = u64::try_from(message.len).map_err(|_| own())?;
    let holds =
        receipt.is_some_and(|receipt| receipt.payload().is_for(id, &message.from, &message.to, sha256, len));
    if holds { Ok(()) } else { Err(Trouble::Line { code: "PEER-RECEIPT", retry_after: None }) }
}

fn trouble(said: &Said) -> Trouble {
    let Some(problem) = peers::problem(said) else {
        return Trouble::Line { code: "PEER-ANSWER", retry_after: said.retry_after };
    };
    let code = problem.code.as_str();
    match problem.code {
        Code::MailQuota | Code::UploadUnknown | Code::UploadOffset | Code::UploadDigest => {
            Trouble::Message { code, retry_after: said.retry_after }
        }
        Code::OrgUnknown
        | Code::MailOther
        | Code::AuthForbidden
        | Code::RequestInvalid
        | Code::RequestSize => {
            // A person has to do something; the longest wait is soon enough to notice that it was done.
            Trouble::Message { code, retry_after: Some(LONGEST.as_secs()) }
        }
        _ => Trouble::Line { code, retry_after: said.retry_after },
    }
}

/// Nothing came back.
fn cut() -> Trouble {
    Trouble::Line { code: "PEER-SILENT", retry_after: None }
}

/// What is stored here cannot be read.
fn own() -> Trouble {
    Trouble::Message { code: Code::HubFailed.as_str(), retry_after: Some(LONGEST.as_secs()) }
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
                tracing::warn!(%error, "the outbox is not drained");
            }
        });
    }
}
