//! The round of a desktop, against answers that a test writes.

use std::time::Duration;

use zizhi_crypto::{PublicKey, SigningKey, b64};
use zizhi_model::{Limits, OrgId};
use zizhi_sync::api::{
    self, Code, Cursor, Item, MailAnswer, NewUpload, Offset, Problem, Refused, SyncAnswer, SyncRequest,
    Upload,
};
use zizhi_sync::invitation::Role;
use zizhi_sync::receipt::MailReceipt;
use zizhi_sync::round::{
    Action, Answer, Ask, AskBody, Cause, End, Fate, Outgoing, Page, RefusedMail, Round, Sealed, Start,
};
use zizhi_sync::{Digest, Id, Token, backoff, object};

use crate::support::{date, firm, key, other_firm};

const NOW: i64 = 1_780_000_000;

fn org(number: u8) -> OrgId {
    match number {
        1 => firm(),
        2 => other_firm(),
        _ => crate::support::org("91310117DEM000030B"),
    }
}

fn id(number: u64) -> Id {
    crate::support::id(number.to_le_bytes()[0])
}

fn begin(key: &PublicKey) -> Round {
    Round::new(start(key))
}

fn start(key: &PublicKey) -> Start {
    Start {
        own: org(1),
        hub_keys: key.clone().into(),
        epoch: 3,
        cursor: 5,
        acks: Vec::new(),
        public: None,
        refused: false,
        clock_offset: 0,
        limits: Limits::default(),
    }
}

fn ok(status: u16, body: &impl serde::Serialize) -> Answer {
    Answer { status, retry_after: None, body: api::write(body).unwrap() }
}

fn refused(code: Code) -> Problem {
    Problem::from(code)
}

fn no(problem: &Problem) -> Answer {
    ok(problem.status, problem)
}

fn nothing_new() -> SyncAnswer {
    let cursor = Cursor { epoch: 3, seq: 5 };
    SyncAnswer {
        epoch: 3,
        time: NOW,
        cursor,
        items: Vec::new(),
        more: false,
        senders: Vec::new(),
        public: None,
        refused: Vec::new(),
    }
}

fn refusal(number: u64) -> Refused {
    let (code, day) = (Token::parse("ORG-UNKNOWN").unwrap(), date("2026-11-23"));
    Refused { id: id(number), code, day }
}

fn item(seq: u64, bytes: &[u8]) -> Item {
    Item {
        seq,
        id: id(seq),
        from: org(2),
        at: NOW,
        len: bytes.len() as u64,
        sha256: Digest::of(bytes),
        body: (bytes.len() as u64 <= api::INLINE_BYTES).then(|| b64::encode(bytes)),
    }
}

fn ask(round: &mut Round) -> Ask {
    match round.step() {
        Action::Ask(ask) => ask,
        other => panic!("a request is expected, not {other:?}"),
    }
}

fn asked(ask: &Ask) -> SyncRequest {
    match &ask.body {
        AskBody::Bytes(bytes) => api::read(bytes, bytes.len(), &Limits::default()).unwrap(),
        other => panic!("a body is expected, not {other:?}"),
    }
}

fn page(round: &mut Round) -> Page {
    match round.step() {
        Action::Store(page) => page,
        other => panic!("a page is expected, not {other:?}"),
    }
}

fn end(round: &mut Round) -> End {
    match round.step() {
        Action::End(end) => end,
        other => panic!("the end is expected, not {other:?}"),
    }
}

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
fn nothing_new_is_one_small_request() {
    let mut round = begin(key(1).public());
    let first = ask(&mut round);
    assert_eq!((first.method, first.path.as_str()), ("POST", "/v1/sync"), "one question");
    assert_eq!(asked(&first).cursor, Some(Cursor { epoch: 3, seq: 5 }), "from where it was read");
    assert_eq!(ask(&mut round), first, "it is given again until it was answered");
    round.answer(ok(200, &nothing_new()), NOW);
    assert_eq!(round.step(), Action::Outbox, "nothing is stored");
    round.send(Vec::new());
    assert_eq!(round.step(), Action::Senders, "nothing is sent");
    round.look_up(Vec::new());
    let end = end(&mut round);
    assert_eq!((end.cause, end.public), (None, None), "and that is all");
}

#[test]
fn who_came_with_the_mail_is_not_looked_up() {
    let mut round = begin(key(1).public());
    let known = |n| api::Organisation {
        organisation: org(n),
        name: "【演示】".into(),
        role: Role::Firm,
        devices: format!("list {n}"),
    };
    ask(&mut round);
    let cursor = Cursor { epoch: 3, seq: 6 };
    let senders = vec![known(1), known(2)];
    round
        .answer(ok(200, &SyncAnswer { items: vec![item(6, b"one")], cursor, senders, ..nothing_new() }), NOW);
    page(&mut round);
    round.stored(Vec::new());
    assert_eq!(round.step(), Action::Outbox);
    round.send(Vec::new());
    assert_eq!(round.step(), Action::Senders);
    round.look_up(vec![org(2), org(3), org(2)]);
    assert_eq!(round.step(), Action::Found(known(2)), "as it came");
    assert_eq!(ask(&mut round), Ask::organisation(&org(3)), "another is asked for");
    round.answer(ok(200, &known(3)), NOW);
    assert_eq!(round.step(), Action::Found(known(3)));
    assert_eq!(ask(&mut round), Ask::organisation(&org(2)), "what came is told once");
    round.answer(ok(200, &known(2)), NOW);
    assert_eq!(round.step(), Action::Found(known(2)));
    assert_eq!(end(&mut round).cause, None, "and nobody hears of the first, which was not wanted");
}

#[test]
fn stores_pages_with_their_cursor_and_acknowledges_what_is_stored() {
    let mut round = begin(key(1).public());
    ask(&mut round);
    let cursor = Cursor { epoch: 3, seq: 7 };
    let items = vec![item(6, b"one"), item(7, b"two")];
    round.answer(ok(200, &SyncAnswer { items, cursor, more: true, ..nothing_new() }), NOW);
    let stored = page(&mut round);
    assert_eq!((stored.epoch, stored.cursor, stored.arrived.len()), (3, 7, 2), "up to here");
    assert_eq!(stored.arrived[0].bytes.as_deref(), Some(&b"one"[..]), "in the order of the mailbox");
    round.stored(vec![id(6), id(7)]);
    let second = asked(&ask(&mut round));
    assert_eq!((second.cursor, second.acks), (Some(cursor), vec![id(6), id(7)]), "from there on");
    round.answer(ok(200, &SyncAnswer { cursor, ..nothing_new() }), NOW);
    let told = page(&mut round);
    assert_eq!(told.acknowledged, [id(6), id(7)], "the hub was told");
    round.stored(Vec::new());
    assert_eq!(round.step(), Action::Outbox, "nothing is owed any more");
}

#[test]
fn what_another_hub_refused_is_stored_with_the_cursor_and_asked_for_until_there_is_none() {
    let cases = [
        (false, Vec::new(), None),
        (false, vec![refusal(9)], Some(true)),
        (true, Vec::new(), Some(true)),
        (true, vec![refusal(9)], Some(true)),
        (false, (0..100).map(refusal).collect(), Some(false)),
    ];
    for (known, refused, all) in cases {
        let mut round = Round::new(Start { refused: known, ..start(key(1).public()) });
        ask(&mut round);
        round.answer(ok(200, &SyncAnswer { refused: refused.clone(), ..nothing_new() }), NOW);
        let Some(all) = all else {
            assert_eq!(round.step(), Action::Outbox, "nothing to store");
            continue;
        };
        let stored = page(&mut round);
        assert_eq!((stored.epoch, stored.cursor), (3, 5), "nothing else came");
        assert_eq!(stored.refused, RefusedMail { messages: refused, all }, "a full list may be cut");
        round.stored(Vec::new());
        assert_eq!(round.step(), Action::Outbox, "and the round goes on");
    }
}

#[test]
fn a_large_message_comes_in_pieces_and_is_held_against_its_digest() {
    let whole: Vec<u8> = (0..5 * 1024 * 1024_u32).map(|n| n.to_le_bytes()[1]).collect();
    for damaged in [false, true] {
        let mut round = begin(key(1).public());
        ask(&mut round);
        let cursor = Cursor { epoch: 3, seq: 6 };
        round.answer(ok(200, &SyncAnswer { items: vec![item(6, &whole)], cursor, ..nothing_new() }), NOW);
        let mut kept = Vec::new();
        for range in [0..4 * 1024 * 1024, 4 * 1024 * 1024..whole.len()] {
            let piece = ask(&mut round);
            let wanted = ("range", format!("bytes={}-{}", range.start, range.end - 1));
            assert_eq!(piece.fields, [wanted], "the next piece");
            let mut body = whole[range.clone()].to_vec();
            body[0] ^= u8::from(damaged && range.start > 0);
            round.answer(Answer { status: 206, retry_after: None, body }, NOW);
            if damaged && range.start > 0 {
                break;
            }
            match round.step() {
                Action::Keep { bytes, .. } => kept.extend(bytes),
                other => panic!("a piece is expected, not {other:?}"),
            }
        }
        if damaged {
            assert_eq!(end(&mut round).cause, Some(Cause::Message), "nothing of it is stored");
        } else {
            assert!(kept == whole, "every byte");
            assert_eq!(page(&mut round).arrived[0].bytes, None, "it was kept piece by piece");
        }
    }
}

#[test]
fn a_hub_that_was_restored_is_read_from_the_beginning_and_one_that_was_set_back_is_not_read() {
    let mut round = begin(key(1).public());
    ask(&mut round);
    let cursor = Cursor { epoch: 4, seq: 1 };
    let answer = SyncAnswer { epoch: 4, cursor, items: vec![item(1, b"again")], ..nothing_new() };
    round.answer(ok(200, &answer), NOW);
    let stored = page(&mut round);
    assert_eq!((stored.epoch, stored.cursor), (4, 1), "its places begin anew");

    let mut round = begin(key(1).public());
    ask(&mut round);
    let back = SyncAnswer { epoch: 2, cursor: Cursor { epoch: 2, seq: 9 }, ..nothing_new() };
    round.answer(ok(200, &back), NOW);
    let end = end(&mut round);
    assert_eq!((end.cause, end.retry), (Some(Cause::Epoch), false), "mail might be lost unseen");
}

#[test]
fn pages_that_go_back_or_stand_still_are_refused() {
    let at = |seq| Cursor { epoch: 3, seq };
    let answers = [
        SyncAnswer { items: vec![item(5, b"old")], ..nothing_new() },
        SyncAnswer { items: vec![item(7, b"b"), item(6, b"a")], cursor: at(7), ..nothing_new() },
        SyncAnswer { items: vec![item(6, b"a")], ..nothing_new() },
        SyncAnswer { cursor: at(4), ..nothing_new() },
        SyncAnswer { more: true, ..nothing_new() },
    ];
    for answer in answers {
        let mut round = begin(key(1).public());
        ask(&mut round);
        round.answer(ok(200, &answer), NOW);
        assert_eq!(end(&mut round).cause, Some(Cause::Answer), "{answer:?}");
    }
}

#[test]
fn a_clock_that_is_off_is_learnt_and_the_request_made_again() {
    let mut round = begin(key(1).public());
    let first = ask(&mut round);
    let problem = Problem { time: Some(NOW + 7200), ..refused(Code::AuthTime) };
    round.answer(no(&problem), NOW);
    assert_eq!(ask(&mut round), first, "the same request");
    assert_eq!(round.clock_offset(), 7200, "for the hub's time");
    round.answer(ok(200, &nothing_new()), NOW);
    assert_eq!(round.step(), Action::Outbox, "and it goes on");

    let mut round = begin(key(1).public());
    for _ in 0..4 {
        ask(&mut round);
        round.answer(no(&problem), NOW);
    }
    assert_eq!(end(&mut round).cause, Some(Cause::Hub(Code::AuthTime)), "it does not ask for ever");
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

#[test]
fn waits_grow_within_their_bounds_and_obey_the_hub() {
    let mut wait = Duration::ZERO;
    for random in (0..200_u64).map(|n| n.wrapping_mul(0x9e37_79b9_7f4a_7c15)) {
        let next = backoff::next_wait(wait, random, None);
        let reach = (wait * 3).clamp(backoff::SHORTEST, backoff::LONGEST);
        assert!((backoff::SHORTEST..=reach).contains(&next), "{next:?} after {wait:?}");
        wait = next;
    }
    let highest = (0..40).fold(Duration::ZERO, |wait, _| {
        let reach = u64::try_from((wait * 3).as_millis()).unwrap();
        backoff::next_wait(wait, reach.saturating_sub(1000).min(899_000), None)
    });
    assert_eq!(highest, backoff::LONGEST, "no longer than a quarter of an hour");
    let told = backoff::next_wait(Duration::ZERO, 0, Some(3600));
    assert_eq!(told, Duration::from_secs(3600), "unless the hub asks for more");
}

#[test]
fn every_cause_is_read_as_it_is_written_and_says_what_to_do() {
    for cause in Cause::OWN.into_iter().chain(Code::ALL.iter().copied().map(Cause::Hub)) {
        assert_eq!(Cause::parse(cause.as_str()), Some(cause), "{cause:?}");
        let ((zh, en), (advice_zh, advice_en)) = (cause.fact(), cause.advice());
        assert!([zh, en, advice_zh, advice_en].iter().all(|text| !text.is_empty()), "{cause:?}");
    }
    assert_eq!(Cause::parse("HUB-NOTHING"), None, "no such code");
    assert_ne!(id(1), Id::new(0, [0; 10]), "ids differ");
}
