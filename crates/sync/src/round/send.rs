//! The sending half of a round: one message after the other, in one piece or in several.

use super::{Action, Ask, AskBody, Cause, Fate, Outgoing, Purpose, Refusal, Round, Sealed, State};
use crate::Id;
use crate::api::{
    self, ANSWER_BYTES, Code, IDEMPOTENCY_KEY, MESSAGE_BYTES, MESSAGE_TYPE, MailAnswer, NewUpload, Offset,
    Organisation, PIECE_BYTES, UPLOAD_OFFSET, Upload, ZIZHI_TO,
};
use crate::object::Unverified;
use crate::receipt::MailReceipt;

/// How often a hub may correct an offset, or have an upload begun again, for one message in one round.
const CORRECTIONS: u8 = 3;

/// A message on its way.
#[derive(Debug, Clone)]
pub(super) struct Sending {
    pub(super) outgoing: Outgoing,
    step: Step,
    corrections: u8,
}

#[derive(Debug, Clone)]
enum Step {
    /// The recipient is looked up, and the message sealed to it.
    LookUp,
    /// `POST /v1/messages`.
    Post,
    /// `POST /v1/uploads`.
    Open,
    /// `PATCH /v1/uploads/<id>`, with the bytes from here to there.
    Piece { upload: Id, to: u64 },
}

impl Round {
    /// Says what is due to be sent, in this order.
    pub fn send(&mut self, outgoing: Vec<Outgoing>) {
        if matches!(self.state, State::Told(Purpose::Outbox)) {
            self.outgoing = outgoing.into();
            self.next_outgoing();
        }
    }

    /// The message of [`Action::Seal`] is sealed and kept; or it is not, and the caller has noted why.
    pub fn sealed(&mut self, sealed: Option<Sealed>) {
        let told = std::mem::replace(&mut self.state, State::Told(Purpose::Senders));
        let State::Told(Purpose::Send(sending)) = told else { return };
        match sealed {
            Some(sealed) => self.begin(Sending {
                outgoing: Outgoing { sealed: Some(sealed), ..sending.outgoing },
                ..sending
            }),
            None => self.next_outgoing(),
        }
    }

    fn next_outgoing(&mut self) {
        let Some(outgoing) = self.outgoing.pop_front() else {
            self.state = State::Next(Action::Senders, Purpose::Senders);
            return;
        };
        self.begin(Sending { outgoing, step: Step::LookUp, corrections: 0 });
    }

    fn begin(&mut self, mut sending: Sending) {
        let Outgoing { id, to, sealed } = sending.outgoing;
        let ask = match sealed {
            None => {
                sending.step = Step::LookUp;
                Ask::organisation(&to)
            }
            Some(Sealed { len, .. }) if len <= MESSAGE_BYTES => {
                sending.step = Step::Post;
                let ask = Ask::post("/v1/messages", Vec::new());
                let mut ask = Ask { fields: Vec::new(), body: AskBody::Piece { id, from: 0, len }, ..ask };
                ask = ask.with("content-type", &MESSAGE_TYPE);
                ask.with(IDEMPOTENCY_KEY, &id).with(ZIZHI_TO, &to)
            }
            Some(Sealed { sha256, len }) => {
                sending.step = Step::Open;
                let Ok(body) = api::write(&NewUpload { id, to, len, sha256 }) else {
                    return self.end(Some(Cause::Answer), false, None);
                };
                Ask::post("/v1/uploads", body)
            }
        };
        self.state = State::Asking(ask, Purpose::Send(sending));
    }

    /// Sends the piece that begins at `from`. No bytes at the very end ask for the receipt once more.
    fn send_piece(&mut self, mut sending: Sending, upload: Id, from: u64) {
        let Outgoing { id, sealed: Some(sealed), .. } = sending.outgoing else { return self.next_outgoing() };
        if from > sealed.len {
            return self.later(&sending, Cause::Answer, None, false);
        }
        let len = sealed.len.saturating_sub(from).min(PIECE_BYTES);
        sending.step = Step::Piece { upload, to: from.saturating_add(len) };
        let body = if len == 0 { AskBody::Empty } else { AskBody::Piece { id, from, len } };
        let ask = Ask { method: "PATCH", body, ..Ask::get(format!("/v1/uploads/{upload}")) };
        let ask = ask.with("content-type", &MESSAGE_TYPE).with(UPLOAD_OFFSET, &from);
        self.state = State::Asking(ask, Purpose::Send(sending));
    }

    pub(super) fn answered(&mut self, sending: Sending, status: u16, body: &[u8]) {
        let limits = self.start.limits;
        let id = sending.outgoing.id;
        match sending.step {
            Step::LookUp => match api::read_answer::<Organisation>(body, ANSWER_BYTES, &limits) {
                Ok(organisation) if organisation.organisation == sending.outgoing.to => {
                    self.state = State::Next(Action::Seal { id, organisation }, Purpose::Send(sending));
                }
                _ => self.later(&sending, Cause::Answer, None, false),
            },
            Step::Open => match api::read_answer::<Upload>(body, ANSWER_BYTES, &limits) {
                Ok(Upload { upload, offset }) => {
                    self.note(id, Fate::Uploaded(offset));
                    self.send_piece(sending, upload, offset);
                }
                // It has arrived meanwhile.
                Err(_) => self.receipt(&sending, body),
            },
            Step::Piece { upload, to } if status == 200 => {
                match api::read_answer::<Offset>(body, ANSWER_BYTES, &limits) {
                    Ok(Offset { offset }) if offset == to => {
                        self.note(id, Fate::Uploaded(offset));
                        self.send_piece(sending, upload, offset);
                    }
                    // The receipt of a message that had arrived has the same status.
                    _ => self.receipt(&sending, body),
                }
            }
            Step::Post | Step::Piece { .. } => self.receipt(&sending, body),
        }
    }

    fn receipt(&mut self, sending: &Sending, body: &[u8]) {
        let limits = self.start.limits;
        let Outgoing { id, to, sealed: Some(sealed) } = sending.outgoing else { return self.next_outgoing() };
        let Ok(MailAnswer { receipt }) = api::read_answer::<MailAnswer>(body, ANSWER_BYTES, &limits) else {
            return self.later(sending, Cause::Answer, None, false);
        };
        let verified = Unverified::<MailReceipt>::parse(&receipt, &limits)
            .and_then(|unverified| self.start.hub_keys.verify(unverified));
        let own = self.start.own;
        let holds = verified.is_ok_and(|it| it.payload().is_for(id, &own, &to, sealed.sha256, sealed.len));
        if !holds {
            return self.later(sending, Cause::Receipt, None, false);
        }
        self.note(id, Fate::Sent { receipt, epoch: self.start.epoch });
        self.next_outgoing();
    }

    pub(super) fn not_sent(&mut self, mut sending: Sending, cause: Cause, refusal: &Refusal) {
        sending.corrections += 1;
        let again = sending.corrections <= CORRECTIONS;
        match (refusal.code, &sending.step) {
            (Some(Code::UploadOffset), Step::Piece { upload, .. }) if again => {
                let upload = *upload;
                match refusal.offset {
                    Some(offset) => self.send_piece(sending, upload, offset),
                    None => self.later(&sending, Cause::Answer, None, false),
                }
            }
            (Some(Code::UploadUnknown | Code::UploadDigest), Step::Piece { .. }) if again => {
                self.begin(sending);
            }
            // What is wrong with the device or the clock is not this message's fault.
            (
                Some(
                    Code::AuthMissing
                    | Code::AuthTime
                    | Code::AuthKey
                    | Code::AuthSignature
                    | Code::AuthReplay,
                ),
                _,
            ) => self.end(Some(cause), refusal.retry, refusal.after),
            (Some(Code::MailQuota), _) => self.later(&sending, cause, refusal.after, false),
            (Some(_), _) if !refusal.retry => {
                self.note(sending.outgoing.id, Fate::Parked(cause));
                self.next_outgoing();
            }
            _ => self.later(&sending, cause, refusal.after, true),
        }
    }

    /// The message stays in the outbox. Where the hub as a whole is in trouble the round is over.
    fn later(&mut self, sending: &Sending, cause: Cause, after: Option<u64>, all: bool) {
        self.note(sending.outgoing.id, Fate::Later { cause, after });
        if all { self.end(Some(cause), true, after) } else { self.next_outgoing() }
    }

    fn note(&mut self, id: Id, fate: Fate) {
        self.queue.push_back(Action::Note { id, fate });
    }
}
