//! A hub that lies. Each lie is harmless, so that the desktop ends as with an honest hub, or it is detected under a
//! code; a lie that only two organisations together can see is shown with what each of them holds.

mod ledger;
mod mailbox;

use zizhi_crypto::b64;
use zizhi_sync::api::{Code, Cursor, Item, MailAnswer, SyncAnswer};
use zizhi_sync::devices::{DeviceList, DevicesError, first, follow};
use zizhi_sync::envelope::{Envelope, EnvelopeError, open_bytes, seal_bytes};
use zizhi_sync::hub_card::{HubCard, HubCardError, renew};
use zizhi_sync::object::{ObjectError, sign};
use zizhi_sync::receipt::MailReceipt;
use zizhi_sync::round::{Action, Cause, Fate, Outgoing, Round, Sealed, Start};
use zizhi_sync::{Digest, Id};

use crate::support::{
    NOW, accept, device, device_list, envelope, firm, hub_card, id, inbox, key, limits, mail_receipt, org,
    other_firm, redemption_receipt,
};
use mailbox::{Desk, EPOCH, READ, hub, item, large, mail, ok, page, refused};

/// What is altered in a page before it goes out.
type Lie = fn(&mut SyncAnswer);

#[test]
fn what_a_hub_reorders_or_gives_again_ends_as_with_an_honest_one() {
    let mail = mail();
    let honest = Desk::after(&mail);
    let lies: [(&str, Lie); 3] = [
        ("numbers exchanged", |answer| {
            answer.items.reverse();
            let places = [6, 8, 10];
            answer.items.iter_mut().zip(places).for_each(|(item, seq)| item.seq = seq);
        }),
        ("a small one again", |answer| {
            let again = Item { seq: 7, ..answer.items[0].clone() };
            answer.items.insert(1, again);
        }),
        ("a large one again, whose pieces must not run into each other", |answer| {
            let again = Item { seq: 9, ..answer.items[1].clone() };
            answer.items.insert(2, again);
        }),
    ];
    for (why, lie) in lies {
        let mut desk = Desk::new();
        assert_eq!(desk.round(hub(&mail, lie)).cause, None, "{why}: nothing to complain of");
        assert_eq!(desk, honest, "{why}: harmless");
    }
    // Held back without passing over it: late, and no more.
    let mut desk = Desk::new();
    desk.round(hub(&mail, |answer| {
        answer.items.truncate(1);
        answer.cursor.seq = 6;
    }));
    assert_eq!((desk.cursor, desk.inbox.len()), (6, 1), "it read as far as it was given");
    desk.round(hub(&mail, |_| {}));
    assert_eq!(desk, honest, "what was held back comes later");
    // Another body under an id that is here.
    let changed = vec![(11, id(6), b"another".to_vec())];
    desk.round(hub(&changed, |_| {}));
    assert_eq!(desk.inbox, honest.inbox, "the first under an id stays");
}

#[test]
fn a_page_that_lies_is_refused_under_a_code_and_nothing_of_it_is_stored() {
    let lies: [(&str, Cause, Lie); 14] = [
        ("out of order", Cause::Answer, |answer| answer.items.reverse()),
        ("a place that was read", Cause::Answer, |answer| answer.items[0].seq = READ),
        ("one place twice", Cause::Answer, |answer| answer.items[1].seq = 6),
        ("a cursor before its items", Cause::Answer, |answer| answer.cursor.seq = 9),
        ("more, and no step on", Cause::Answer, |answer| {
            answer.items.clear();
            (answer.more, answer.cursor.seq) = (true, READ);
        }),
        ("a changed body", Cause::Message, |answer| answer.items[0].body = Some(b64::encode(b"0ne"))),
        ("the body of another", Cause::Message, |answer| answer.items[0].body = answer.items[2].body.clone()),
        ("another digest", Cause::Message, |answer| answer.items[0].sha256 = Digest::of(b"other")),
        ("another digest of a large one", Cause::Message, |answer| {
            answer.items[1].sha256 = Digest::of(b"other");
        }),
        ("another length", Cause::Message, |answer| answer.items[0].len += 1),
        ("another length of a large one", Cause::Message, |answer| answer.items[1].len -= 1),
        ("a length beyond everything", Cause::Message, |answer| answer.items[1].len = 1 << 50),
        ("an epoch that goes back", Cause::Epoch, |answer| {
            (answer.epoch, answer.cursor.epoch) = (EPOCH - 1, EPOCH - 1);
        }),
        ("a cursor of another epoch", Cause::Epoch, |answer| answer.cursor.epoch = EPOCH + 1),
    ];
    let mail = mail();
    let honest = Desk::after(&mail);
    for (why, cause, lie) in lies {
        let mut desk = Desk::new();
        assert_eq!(desk.round(hub(&mail, lie)).cause, Some(cause), "{why}: detected");
        assert_eq!(desk, Desk::new(), "{why}: nothing is stored, and the cursor stands");
        desk.round(hub(&mail, |_| {}));
        assert_eq!(desk, honest, "{why}: nothing is lost by it");
    }
}

#[test]
fn a_message_that_goes_in_the_middle_and_comes_again_is_not_put_together_of_both() {
    let mail = vec![(8, id(8), large(5 * 1024 * 1024))];
    let mut desk = Desk::new();
    let (mut pieces, mut pages) = (0, 0);
    let end = desk.round(|ask| {
        if ask.path == "/v1/sync" {
            pages += 1;
            let seq = 6 + pages;
            let items = vec![item(seq, id(8), &mail[0].2)];
            let cursor = Cursor { epoch: EPOCH, seq };
            return ok(200, &SyncAnswer { items, cursor, more: pages == 1, ..page(&mail, 8) });
        }
        pieces += 1;
        if pieces == 2 { refused(Code::NotFound) } else { hub(&mail, |_| {})(ask) }
    });
    assert_eq!((end.cause, pages), (None, 2), "it is announced again");
    assert_eq!(desk.inbox[&id(8)], mail[0].2, "and begun anew");
}

#[test]
fn an_epoch_that_is_raised_without_need_costs_a_repetition_and_cannot_be_taken_back() {
    let mail = mail();
    let honest = Desk::after(&mail);
    let mut desk = Desk::after(&mail);
    let end = desk.round(hub(&mail, |answer| {
        *answer = SyncAnswer { epoch: 9, cursor: Cursor { epoch: 9, seq: 10 }, ..page(&mail, 0) };
    }));
    assert_eq!(
        (end.cause, &desk.inbox),
        (None, &honest.inbox),
        "harmless: what is here is dropped by its id"
    );
    assert_eq!(desk.round(hub(&mail, |_| {})).cause, Some(Cause::Epoch), "detected: the epoch only grows");
}

#[test]
fn mail_that_is_passed_over_is_shown_by_the_receipt_of_its_sender() {
    let mail = mail();
    let mut desk = Desk::new();
    let end = desk.round(hub(&mail, |answer| {
        answer.items.remove(1);
    }));
    assert_eq!(
        end.cause, None,
        "the recipient alone sees nothing: another device may have emptied the place"
    );
    desk.round(hub(&mail, |_| {}));
    assert!(!desk.inbox.contains_key(&id(8)), "and the message does not come by itself");
    // What its sender holds, under the hub's signature.
    let bytes = &mail[1].2;
    let receipt = MailReceipt {
        msg: id(8),
        sha256: Digest::of(bytes),
        len: bytes.len() as u64,
        from: firm(),
        to: other_firm(),
        seq: 8,
        epoch: EPOCH,
        ..mail_receipt()
    };
    let signed = sign(&key(77), &receipt).unwrap();
    let shown = accept::<MailReceipt>(&signed, key(77).public()).unwrap();
    assert!(shown.is_for(id(8), &firm(), &other_firm(), Digest::of(bytes), bytes.len() as u64));
    let passed_over =
        shown.epoch == desk.epoch && shown.seq <= desk.cursor && !desk.inbox.contains_key(&shown.msg);
    assert!(passed_over, "the hub signed that it has it at a place that it says was read");
}

/// A round of [`firm`] that has received nothing and posts one message to [`other_firm`].
fn posting() -> Round {
    let mut round = Round::new(Start {
        own: firm(),
        hub_keys: key(77).public().clone().into(),
        epoch: EPOCH,
        cursor: READ,
        acks: Vec::new(),
        public: None,
        refused: false,
        clock_offset: 0,
        limits: limits(),
    });
    round.answer(ok(200, &page(&[], READ)), NOW);
    assert_eq!(round.step(), Action::Outbox, "nothing came");
    let sealed = Sealed { sha256: Digest::of(b"message"), len: 7 };
    round.send(vec![Outgoing { id: id(1), to: other_firm(), sealed: Some(sealed) }]);
    round
}

fn fate_of(receipt: String) -> (Id, Fate) {
    let mut round = posting();
    round.answer(ok(201, &MailAnswer { receipt }), NOW);
    match round.step() {
        Action::Note { id, fate } => (id, fate),
        other => panic!("a note is due, not {other:?}"),
    }
}

#[test]
fn nothing_but_the_hubs_receipt_for_this_very_message_says_that_it_was_sent() {
    let right = || MailReceipt { epoch: EPOCH, ..mail_receipt() };
    let by_the_hub = |receipt: &MailReceipt| sign(&key(77), receipt).unwrap();
    let (of, fate) = fate_of(by_the_hub(&right()));
    assert!(matches!(fate, Fate::Sent { epoch: EPOCH, .. }), "the right one does: {fate:?}");
    assert_eq!(of, id(1));
    let third = org("91310117DEM000030B");
    for (why, receipt) in [
        ("another message", by_the_hub(&MailReceipt { msg: id(2), ..right() })),
        ("other bytes", by_the_hub(&MailReceipt { sha256: Digest::of(b"massage"), ..right() })),
        ("another length", by_the_hub(&MailReceipt { len: 8, ..right() })),
        ("another sender", by_the_hub(&MailReceipt { from: third, ..right() })),
        ("another recipient", by_the_hub(&MailReceipt { to: third, ..right() })),
        ("another key, as of a hub that changed it", sign(&key(78), &right()).unwrap()),
        ("another object of the hub", sign(&key(77), &redemption_receipt()).unwrap()),
        ("no object", "e30.e30.AA".to_owned()),
    ] {
        let later = Fate::Later { cause: Cause::Receipt, after: None };
        assert_eq!(fate_of(receipt), (id(1), later), "{why}: detected, and the message stays in the outbox");
    }
}

#[test]
fn a_hub_neither_changes_its_key_nor_sets_its_epoch_back() {
    let known = HubCard { epoch: EPOCH, ..hub_card(&key(77)) };
    let renewed = |card, by| renew(&known, &sign(&key(by), &card).unwrap(), &limits());
    let other = HubCard { epoch: EPOCH, ..hub_card(&key(78)) };
    assert!(
        matches!(renewed(other.clone(), 78), Err(HubCardError::Object(_))),
        "the new key signs for itself"
    );
    assert!(matches!(renewed(other, 77), Err(HubCardError::Hub)), "the old one does not hand over");
    let back = HubCard { epoch: EPOCH - 1, ..known.clone() };
    assert!(matches!(renewed(back, 77), Err(HubCardError::Epoch { .. })), "the epoch only grows");
}

#[test]
fn a_hub_cannot_write_a_message_nor_pass_one_on_to_somebody_else() {
    let (identity, recipient) = inbox();
    let body = b"notice";
    let opened = |by: u64, envelope: Envelope, inbox: &str| {
        let message = seal_bytes(&envelope, &key(by), &[inbox], body).unwrap();
        let unverified = open_bytes(&[&identity], &message, &limits())?;
        // By the device list of whom the line names.
        unverified.verify(key(1).public(), &other_firm()).map(|it| it.envelope().iss)
    };
    assert_eq!(opened(1, envelope(body), &recipient).unwrap(), firm(), "an honest one is read");
    let forged = opened(77, envelope(body), &recipient);
    assert!(matches!(forged, Err(EnvelopeError::Object(_))), "signed by the hub: {forged:?}");
    let elsewhere = opened(1, envelope(body), &inbox().1);
    assert!(matches!(elsewhere, Err(EnvelopeError::Sealed(_))), "another's mail stays shut: {elsewhere:?}");
    let aud = org("91310117DEM000030B");
    let passed_on = opened(1, Envelope { aud, ..envelope(body) }, &recipient);
    assert!(matches!(passed_on, Err(EnvelopeError::Audience(_))), "sealed again for us: {passed_on:?}");
    // A lie about the sender: what is inside names another one than the hub.
    let message = seal_bytes(&envelope(body), &key(1), &[&recipient], body).unwrap();
    let said = Item { from: org("91310117DEM000030B"), ..item(6, id(1), &message) };
    let inside = open_bytes(&[&identity], &message, &limits()).unwrap();
    assert_ne!(inside.peek().iss, said.from, "the two can be held against each other");
    assert!(matches!(inside.verify(key(5).public(), &other_firm()), Err(EnvelopeError::Object(_))));
}

#[test]
fn a_device_list_that_forks_or_that_no_device_signed_does_not_follow() {
    let before = first(&sign(&key(1), &device_list(&key(1))).unwrap(), &limits()).unwrap();
    let with = |seed, by| {
        let list = DeviceList::adding(&before, device(&key(seed)));
        follow(&before, &sign(&key(by), &list).unwrap(), &limits())
    };
    let stands = with(2, 1).unwrap();
    let fork = with(3, 1).unwrap();
    assert_eq!(stands.list().seq, fork.list().seq, "one number, two contents");
    let outcome = follow(&stands, &sign(&key(1), fork.list()).unwrap(), &limits());
    assert!(matches!(outcome, Err(DevicesError::Sequence { expected: 3, found: 2 })), "{outcome:?}");
    let on_the_fork = DeviceList::renewing(&fork, inbox().1, NOW);
    let outcome = follow(&stands, &sign(&key(1), &on_the_fork).unwrap(), &limits());
    assert!(matches!(outcome, Err(DevicesError::Previous)), "what follows the other one: {outcome:?}");
    let outcome = with(77, 77);
    assert!(matches!(outcome, Err(DevicesError::Signer)), "the hub adds itself: {outcome:?}");
    let list = DeviceList::adding(&before, device(&key(77)));
    let mut text = sign(&key(1), &list).unwrap();
    let other = sign(&key(1), &DeviceList::adding(&before, device(&key(2)))).unwrap();
    text.truncate(text.rfind('.').unwrap());
    text.push_str(&other[other.rfind('.').unwrap()..]);
    let outcome = follow(&before, &text, &limits());
    let forged = matches!(outcome, Err(DevicesError::Object(ObjectError::Jws(_))));
    assert!(forged, "the signature of another list: {outcome:?}");
}
