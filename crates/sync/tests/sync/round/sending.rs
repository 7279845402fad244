//! What goes out: in one piece and in several, the receipt for it, and what becomes of it where a hub refuses.

use zizhi_crypto::SigningKey;
use zizhi_model::{Limits, OrgId};
use zizhi_sync::api::{self, Code, MailAnswer, NewUpload, Offset, Problem, Upload};
use zizhi_sync::receipt::MailReceipt;
use zizhi_sync::round::{Action, Answer, AskBody, Cause, Fate, Outgoing, Round, Sealed};
use zizhi_sync::{Digest, object};

use super::{NOW, ask, begin, end, id, no, nothing_new, ok, org, refused};
use crate::support::key;

/// A round that has received nothing and is to send this message, which was sealed before.
fn sending(hub: &SigningKey, len: u64) -> (Round, Outgoing) {
    let mut round = begin(hub.public());
    ask(&mut round);
    round.answer(ok(200, &nothing_new()), NOW);
    assert_eq!(round.step(), Action::Outbox, "after receiving comes sending");
    let outgoing = Outgoing { id: id(9), to: org(2), sealed: Some(Sealed { sha256: Digest::of(b"m"), len }) };
    round.send(vec![outgoing]);
    (round, outgoing)
}

fn receipt(hub: &SigningKey, to: OrgId, len: u64) -> MailAnswer {
    let receipt = MailReceipt {
        jti: id(100),
        msg: id(9),
        sha256: Digest::of(b"m"),
        len,
        from: org(1),
        to,
        seq: 1,
        epoch: 3,
        at: NOW,
    };
    MailAnswer { receipt: object::sign(hub, &receipt).unwrap() }
}

fn fate(round: &mut Round) -> Fate {
    match round.step() {
        Action::Note { id: noted, fate } => {
            assert_eq!(noted, id(9), "of the message");
            fate
        }
        other => panic!("a note is expected, not {other:?}"),
    }
}

#[test]
fn a_message_is_sent_once_a_receipt_for_it_is_here() {
    let hub = key(1);
    let (mut round, _) = sending(&hub, 1);
    let post = ask(&mut round);
    assert_eq!((post.method, post.path.as_str()), ("POST", "/v1/messages"), "in one piece");
    assert_eq!(post.body, AskBody::Piece { id: id(9), from: 0, len: 1 }, "all of it");
    round.answer(ok(201, &receipt(&hub, org(2), 1)), NOW);
    assert!(matches!(fate(&mut round), Fate::Sent { epoch: 3, .. }), "it is sent");

    for wrong in [receipt(&hub, org(3), 1), receipt(&hub, org(2), 2), receipt(&key(2), org(2), 1)] {
        let (mut round, _) = sending(&hub, 1);
        ask(&mut round);
        round.answer(ok(201, &wrong), NOW);
        let later = Fate::Later { cause: Cause::Receipt, after: None };
        assert_eq!(fate(&mut round), later, "another's receipt says nothing of this message");
        assert_eq!(round.step(), Action::Senders, "and the round goes on");
    }
}

#[test]
fn a_large_message_goes_up_in_pieces_from_where_the_hub_says() {
    const LEN: u64 = 9 * 1024 * 1024;
    const PIECE: u64 = 4 * 1024 * 1024;
    let hub = key(1);
    let (mut round, _) = sending(&hub, LEN);
    let open = ask(&mut round);
    assert_eq!(open.path, "/v1/uploads", "it is announced");
    let AskBody::Bytes(bytes) = &open.body else { panic!("a body") };
    let said: NewUpload = api::read(bytes, bytes.len(), &Limits::default()).unwrap();
    assert_eq!((said.len, said.to), (LEN, org(2)), "as what it is");
    // Four MiB were there from an earlier round.
    round.answer(ok(200, &Upload { upload: id(50), offset: PIECE }), NOW);
    assert_eq!(fate(&mut round), Fate::Uploaded(PIECE), "what was sent before counts");
    let piece = ask(&mut round);
    assert_eq!(piece.body, AskBody::Piece { id: id(9), from: PIECE, len: PIECE }, "the next piece");
    round.answer(no(&Problem { offset: Some(PIECE + 10), ..refused(Code::UploadOffset) }), NOW);
    let piece = ask(&mut round);
    assert_eq!(piece.body, AskBody::Piece { id: id(9), from: PIECE + 10, len: PIECE }, "from where it says");
    round.answer(ok(200, &Offset { offset: 2 * PIECE + 10 }), NOW);
    assert_eq!(fate(&mut round), Fate::Uploaded(2 * PIECE + 10), "so far");
    let last = ask(&mut round);
    let (from, len) = (2 * PIECE + 10, LEN - 2 * PIECE - 10);
    assert_eq!(last.body, AskBody::Piece { id: id(9), from, len }, "the rest");
    round.answer(ok(201, &receipt(&hub, org(2), LEN)), NOW);
    assert!(matches!(fate(&mut round), Fate::Sent { .. }), "it is sent");
}

#[test]
fn an_upload_that_was_thrown_away_is_begun_again_but_not_for_ever() {
    let hub = key(1);
    let (mut round, _) = sending(&hub, 5 * 1024 * 1024);
    for _ in 0..4 {
        assert_eq!(ask(&mut round).path, "/v1/uploads", "from the beginning");
        round.answer(ok(201, &Upload { upload: id(50), offset: 0 }), NOW);
        assert_eq!(fate(&mut round), Fate::Uploaded(0), "nothing is there");
        ask(&mut round);
        round.answer(no(&refused(Code::UploadDigest)), NOW);
    }
    assert_eq!(fate(&mut round), Fate::Parked(Cause::Hub(Code::UploadDigest)), "a person decides");
}

#[test]
fn what_a_hub_refuses_decides_between_parking_waiting_and_ending() {
    let hub = key(1);
    let parked = |code| Fate::Parked(Cause::Hub(code));
    for code in [Code::MailOther, Code::OrgUnknown, Code::AuthForbidden, Code::RequestSize] {
        let (mut round, _) = sending(&hub, 1);
        ask(&mut round);
        round.answer(no(&refused(code)), NOW);
        assert_eq!(fate(&mut round), parked(code), "{code}: not as it is");
        assert_eq!(round.step(), Action::Senders, "{code}: the others are sent");
    }
    let (mut round, _) = sending(&hub, 1);
    ask(&mut round);
    round.answer(no(&refused(Code::MailQuota)), NOW);
    let full = Fate::Later { cause: Cause::Hub(Code::MailQuota), after: None };
    assert_eq!(fate(&mut round), full, "one mailbox is full");
    assert_eq!(round.step(), Action::Senders, "others are not");

    let (mut round, _) = sending(&hub, 1);
    ask(&mut round);
    round.answer(Answer { retry_after: Some(40), ..no(&refused(Code::HubBusy)) }, NOW);
    let busy = Cause::Hub(Code::HubBusy);
    assert_eq!(fate(&mut round), Fate::Later { cause: busy, after: Some(40) }, "it stays in the outbox");
    let ended = end(&mut round);
    assert_eq!((ended.cause, ended.after, ended.retry), (Some(busy), Some(40), true), "for everything");

    let (mut round, _) = sending(&hub, 1);
    ask(&mut round);
    round.lost(Cause::Unreachable);
    let lost = Fate::Later { cause: Cause::Unreachable, after: None };
    assert_eq!(fate(&mut round), lost, "no answer is no refusal");
    assert_eq!(end(&mut round).cause, Some(Cause::Unreachable), "and the round is over");

    let (mut round, _) = sending(&hub, 1);
    ask(&mut round);
    round.lost(Cause::Issuer);
    let kept = Fate::Later { cause: Cause::Issuer, after: None };
    assert_eq!(fate(&mut round), kept, "a server that nobody vouches for gets nothing, and nothing is lost");
    assert_eq!(end(&mut round).cause, Some(Cause::Issuer), "and the round says why");

    let (mut round, _) = sending(&hub, 1);
    ask(&mut round);
    round.answer(no(&refused(Code::AuthKey)), NOW);
    let end = end(&mut round);
    assert_eq!((end.cause, end.retry), (Some(Cause::Hub(Code::AuthKey)), false), "not the message's fault");
}

#[test]
fn a_page_of_some_proxy_is_no_word_of_the_hub() {
    let (mut round, _) = sending(&key(1), 1);
    ask(&mut round);
    let page = Answer { status: 403, retry_after: None, body: b"<html>go away</html>".to_vec() };
    round.answer(page, NOW);
    assert!(matches!(fate(&mut round), Fate::Later { cause: Cause::Answer, .. }), "nothing is parked for it");
}

#[test]
fn a_message_without_a_known_inbox_is_sealed_in_between() {
    let hub = key(1);
    let (mut round, outgoing) = sending(&hub, 1);
    ask(&mut round);
    round.answer(ok(201, &receipt(&hub, org(2), 1)), NOW);
    fate(&mut round);
    assert_eq!(round.step(), Action::Senders, "nothing else waits");

    let mut round = begin(hub.public());
    ask(&mut round);
    round.answer(ok(200, &nothing_new()), NOW);
    round.step();
    round.send(vec![Outgoing { sealed: None, ..outgoing }]);
    assert_eq!(ask(&mut round).path, format!("/v1/organisations/{}", org(2).uscc()), "where to");
    let found = api::Organisation {
        organisation: org(2),
        name: "某孵化器【演示】".to_owned(),
        role: zizhi_sync::invitation::Role::Incubator,
        devices: "a.b.c".to_owned(),
    };
    round.answer(ok(200, &found), NOW);
    assert_eq!(round.step(), Action::Seal { id: id(9), organisation: found }, "the caller seals");
    round.sealed(Some(Sealed { sha256: Digest::of(b"m"), len: 1 }));
    assert_eq!(ask(&mut round).path, "/v1/messages", "and then it goes");
}
