//! What comes: pages and their cursor, large messages, refusals of other hubs, and who sent it.

use zizhi_crypto::b64;
use zizhi_model::Limits;
use zizhi_sync::api::{self, Code, Cursor, Item, Refused, SyncAnswer, SyncRequest};
use zizhi_sync::http_signature::BodyDigest;
use zizhi_sync::invitation::Role;
use zizhi_sync::round::{Action, Answer, Ask, AskBody, Begun, Broke, Cause, Page, RefusedMail, Round, Start};
use zizhi_sync::{Digest, Token};

use super::{NOW, ask, begin, end, id, no, nothing_new, ok, org, refused, start};
use crate::support::{date, key};

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
            let thrown_away = round.step();
            assert!(matches!(thrown_away, Action::Keep { from: 0, bytes, .. } if bytes.is_empty()));
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

/// The mailbox's answer with these messages, the last of them its end.
fn with(items: Vec<Item>) -> Answer {
    let seq = items.last().map_or(5, |item| item.seq);
    ok(200, &SyncAnswer { items, cursor: Cursor { epoch: 3, seq }, ..nothing_new() })
}

fn bytes(len: usize) -> Vec<u8> {
    (0..len).map(|at| at.to_le_bytes()[1]).collect()
}

const PIECE: usize = 4 * 1024 * 1024;

#[test]
fn a_large_message_goes_on_where_the_last_round_left_it() {
    let whole = bytes(PIECE + 1000);
    let kept = |bytes: &[u8], sha256| {
        let mut digest = BodyDigest::default();
        digest.update(bytes);
        Begun { pieces: [(id(6), (sha256, digest))].into(), ..Begun::default() }
    };
    let ranges = |begun: Begun| {
        let mut round = begin(key(1).public()).go_on(begun);
        ask(&mut round);
        round.answer(with(vec![item(6, &whole)]), NOW);
        let (mut asked, mut here) = (Vec::new(), Vec::new());
        loop {
            match round.step() {
                Action::Ask(ask) => {
                    let range = ask.fields[0].1.strip_prefix("bytes=").unwrap().split_once('-').unwrap();
                    let (from, to): (usize, usize) = (range.0.parse().unwrap(), range.1.parse().unwrap());
                    asked.push(from);
                    let body = whole[from..=to].to_vec();
                    round.answer(Answer { status: 206, retry_after: None, body }, NOW);
                }
                Action::Keep { from, bytes, .. } => here.push((from, bytes.len())),
                Action::Store(page) => {
                    assert_eq!((page.arrived.len(), page.set_aside.len()), (1, 0), "it is whole");
                    return (asked, here);
                }
                other => panic!("nothing else is due: {other:?}"),
            }
        }
    };
    let (sha256, piece) = (Digest::of(&whole), PIECE as u64);
    assert_eq!(ranges(Begun::default()).0, [0, PIECE], "without any of it from the beginning");
    assert_eq!(ranges(kept(&whole[..PIECE], sha256)), (vec![PIECE], vec![(piece, 1000)]), "the rest");
    assert_eq!(ranges(kept(&whole[..PIECE + 7], sha256)).0, [PIECE + 7], "from wherever it was cut");
    assert_eq!(ranges(kept(&whole, sha256)), (Vec::new(), Vec::new()), "all of it was here");
    assert_eq!(ranges(kept(&whole[..9], Digest::of(b"other"))).0, [0, PIECE], "another message's counts not");
    let mut altered = whole[..PIECE].to_vec();
    altered[0] ^= 1;
    let thrown_away = vec![(0, 0), (0, PIECE), (piece, 1000)];
    assert_eq!(
        ranges(kept(&altered, sha256)),
        (vec![PIECE, 0, PIECE], thrown_away),
        "what does not fit in the end is thrown away, and all of it fetched at once"
    );
}

#[test]
fn a_message_that_is_gone_at_the_hub_is_set_aside_and_the_others_come() {
    let mut round = begin(key(1).public());
    ask(&mut round);
    let large = bytes(100_000);
    round.answer(with(vec![item(6, &large), item(7, b"small"), item(8, &large)]), NOW);
    ask(&mut round);
    round.answer(no(&refused(Code::MailLost)), NOW);
    assert!(ask(&mut round).path.ends_with(&id(8).to_string()), "the next one");
    round.answer(Answer { status: 200, retry_after: None, body: large.clone() }, NOW);
    assert!(matches!(round.step(), Action::Keep { .. }), "which comes");
    let stored = page(&mut round);
    let aside: Vec<_> = stored.set_aside.iter().map(|it| (it.item.id, it.cause)).collect();
    assert_eq!(aside, [(id(6), Cause::Hub(Code::MailLost))], "and people hear of it");
    let arrived: Vec<_> = stored.arrived.iter().map(|it| it.item.id).collect();
    assert_eq!((arrived, stored.cursor), (vec![id(7), id(8)], 8), "the mailbox is read on");
    round.stored(Vec::new());
    assert_eq!(round.step(), Action::Outbox, "and the outbox goes");
}

#[test]
fn a_message_that_breaks_off_ends_the_round_until_others_have_ended_at_it() {
    let large = bytes(100_000);
    let broken: [fn(&mut Round); 4] = [
        |round| round.lost(Cause::Unreachable),
        |round| round.answer(no(&refused(Code::HubFailed)), NOW),
        |round| round.answer(Answer { status: 200, retry_after: None, body: vec![0; 99_999] }, NOW),
        |round| round.answer(Answer { status: 200, retry_after: None, body: vec![0; 100_000] }, NOW),
    ];
    for breaks in broken {
        let mut round = begin(key(1).public());
        ask(&mut round);
        round.answer(with(vec![item(6, &large), item(7, b"small")]), NOW);
        ask(&mut round);
        breaks(&mut round);
        while let Action::Keep { bytes, .. } = round.step() {
            assert!(bytes.is_empty(), "nothing of it is kept");
        }
        let ended = end(&mut round);
        assert_eq!((ended.broke, ended.retry), (vec![Broke { id: id(6), from: 0 }], true), "it says where");

        let breaking = Begun { breaking: [id(6)].into(), ..Begun::default() };
        let mut round = begin(key(1).public()).go_on(breaking);
        ask(&mut round);
        round.answer(with(vec![item(6, &large), item(7, b"small")]), NOW);
        ask(&mut round);
        breaks(&mut round);
        while let Action::Keep { .. } = round.step() {}
        // The page was given by the step that ended the loop; the round waits for word that it is stored.
        round.stored(Vec::new());
        assert_eq!(round.step(), Action::Outbox, "the round goes on without it");
    }
    let mut round = begin(key(1).public()).go_on(Begun { breaking: [id(6)].into(), ..Begun::default() });
    ask(&mut round);
    round.answer(with(vec![item(6, &large)]), NOW);
    ask(&mut round);
    round.answer(no(&refused(Code::HubBusy)), NOW);
    let ended = end(&mut round);
    assert_eq!(
        (ended.cause, ended.broke),
        (Some(Cause::Hub(Code::HubBusy)), Vec::new()),
        "no message's fault"
    );
}
