//! Peers, organisations of other hubs, and the outbox.

use zizhi_hub::store::{
    Body, Delivered, Finished, Moved, NewMessage, NewUpload, Opened, Part, Remote, Replaced, Route, Settled,
    Stored,
};

use crate::common::org;
use crate::common::server::connect;
use crate::engine::{self, Engine, ROOM, enrol, list, message};

crate::on_both! {
    queues_for_another_hub_under_one_id_space
    gives_back_room_and_blobs_when_the_other_hub_has_it
    claims_again_what_was_not_settled
    tells_how_many_went_undelivered
    keeps_nothing_about_an_organisation_of_its_own
    makes_a_queued_message_of_an_upload
    claims_first_what_has_not_failed_and_large_ones_apart
    keeps_what_is_parked_apart_until_it_is_retried_or_given_up
    tells_senders_what_is_refused_as_long_as_it_is
    tells_the_newest_hundred
    moves_a_mailbox_with_what_waits_in_it
}

/// An organisation as its hub tells of it.
fn told(n: u32) -> Remote {
    Remote {
        org: org(n),
        hub: "33-main".to_owned(),
        name: "公司".to_owned(),
        role: "firm".to_owned(),
        seq: 1,
        list: "list".to_owned(),
        seen: 1_000,
    }
}

async fn elsewhere(store: &Engine, n: u32) {
    let remote = told(n);
    assert!(store.keep_remote(&remote).await.unwrap(), "kept");
    assert_eq!(store.remote(org(n)).await.unwrap(), Some(remote), "as it was told");
}

fn to() -> Route {
    Route::To { hub: "33-main".to_owned() }
}

async fn queues_for_another_hub_under_one_id_space(store: &Engine) {
    enrol(&**store, &[1, 2]).await;
    let none = store.deliver(&message("m", 1, 9, b"hello"), &to(), ROOM).await.unwrap();
    assert_eq!(none, Delivered::NoRecipient, "nobody has told of it");
    elsewhere(store, 9).await;
    for (n, id) in [(1, "m"), (2, "n")] {
        let stored = store.deliver(&message(id, 1, 9, b"hello"), &to(), ROOM).await.unwrap();
        assert!(matches!(stored, Delivered::New(ref new) if new.seq == n), "a number of its own: {stored:?}");
    }
    let again = store.deliver(&message("m", 1, 9, b"hello"), &to(), ROOM).await.unwrap();
    assert!(matches!(again, Delivered::Same(_)), "the same receipt");
    let other = store.deliver(&message("m", 1, 2, b"hello"), &Route::Here, ROOM).await.unwrap();
    assert_eq!(other, Delivered::Other, "an id is used once, whichever way a message goes");
    let queues = store.queues().await.unwrap();
    assert_eq!((queues.len(), queues[0].messages, queues[0].oldest), (1, 2, 2_000), "two wait");
}

async fn gives_back_room_and_blobs_when_the_other_hub_has_it(store: &Engine) {
    enrol(&**store, &[1]).await;
    elsewhere(store, 9).await;
    let mut large = message("m", 1, 9, b"hello");
    large.body = Body::Parts(vec![("blob".to_owned(), 5)]);
    store.deliver(&large, &to(), 5).await.unwrap();
    let full = store.deliver(&message("n", 1, 9, b"!"), &to(), 5).await.unwrap();
    assert_eq!(full, Delivered::Full, "no room");
    let claimed = store.claim("33-main", false, 2_000_000, 2_090_000, 10).await.unwrap();
    assert_eq!(claimed[0].message.body, Some(large.body.clone()), "with the place of its bytes");
    assert_eq!(store.settle("m", &Settled::Delivered).await.unwrap(), ["blob"], "the other hub has it");
    assert!(store.settle("m", &Settled::Delivered).await.unwrap().is_empty(), "once");
    let next = store.deliver(&message("n", 1, 9, b"!"), &to(), 5).await.unwrap();
    assert!(matches!(next, Delivered::New(_)), "there is room again");
    let again = store.deliver(&large, &to(), 5).await.unwrap();
    assert!(matches!(again, Delivered::Same(_)), "and the receipt stays");
}

async fn moves_a_mailbox_with_what_waits_in_it(store: &Engine) {
    enrol(&**store, &[1, 9]).await;
    let there = told(9);
    let by = Route::From { hub: "32-main".to_owned(), quota: ROOM };
    for (id, from, route) in
        [("m", 1, &Route::Here), ("n", 1, &Route::Here), ("o", 1, &Route::Here), ("x", 5, &by)]
    {
        let stored = store.deliver(&message(id, from, 9, b"hello"), route, 20).await.unwrap();
        assert!(matches!(stored, Delivered::New(_)), "{id} is taken in: {stored:?}");
    }
    store.acknowledge(org(9), &["m".to_owned()]).await.unwrap();
    let moved = store.move_mailbox(&there, 5_000_000).await.unwrap();
    assert_eq!(
        moved,
        Some(Moved { messages: 2, left: 1 }),
        "what was fetched and what a peer brought do not go"
    );
    assert_eq!(store.move_mailbox(&there, 5_000_000).await.unwrap(), None, "it is gone");
    let here = store.organisation(org(9)).await.unwrap().expect("it stays with the ledger");
    assert!(!here.mailbox && store.remote(org(9)).await.unwrap() == Some(there), "and its mail goes there");
    let next = store.deliver(&message("p", 1, 9, b"hello"), &to(), 15).await.unwrap();
    assert!(matches!(next, Delivered::New(ref new) if new.seq == 5), "the numbers go on: {next:?}");
    let full = store.deliver(&message("q", 1, 9, b"hello"), &to(), 15).await.unwrap();
    assert_eq!(full, Delivered::Full, "what is on its way takes room");
    let claimed = store.claim("33-main", false, 5_000_000, 5_090_000, 10).await.unwrap();
    let mut ids: Vec<_> = claimed.iter().map(|claimed| claimed.message.id.as_str()).collect();
    ids.sort_unstable();
    assert_eq!(ids, ["n", "o", "p"], "all of them are due");
    for id in ["n", "o"] {
        store.settle(id, &Settled::Delivered).await.unwrap();
    }
    let next = store.deliver(&message("q", 1, 9, b"hello"), &to(), 15).await.unwrap();
    assert!(matches!(next, Delivered::New(_)), "and gives it back: {next:?}");
}

async fn claims_again_what_was_not_settled(store: &Engine) {
    enrol(&**store, &[1]).await;
    elsewhere(store, 9).await;
    store.deliver(&message("m", 1, 9, b"hello"), &to(), ROOM).await.unwrap();
    let claim = |now: i64| async move {
        let claimed = store.claim("33-main", false, now, now + 90, 10).await.unwrap();
        claimed.into_iter().map(|it| it.wait).collect::<Vec<_>>()
    };
    assert!(
        store.claim("32-main", false, 9_000_000, 9_000_000, 10).await.unwrap().is_empty(),
        "not another's"
    );
    assert!(claim(1_999_999).await.is_empty(), "not before it came in");
    assert_eq!(claim(2_000_000).await, [0], "due");
    assert!(claim(2_000_089).await.is_empty(), "somebody is at it");
    assert_eq!(claim(2_000_090).await, [0], "who is gone");
    store.settle("m", &Settled::Kept(2_001_000)).await.unwrap();
    assert!(claim(2_000_999).await.is_empty(), "or takes longer");
    let later = Settled::Later { due: 2_005_000, wait: 4_000, code: "PEER-SILENT".to_owned() };
    store.settle("m", &later).await.unwrap();
    assert!(claim(2_004_999).await.is_empty(), "it waits");
    assert_eq!(claim(2_005_000).await, [4_000], "and how long it did is known");
}

async fn tells_how_many_went_undelivered(store: &Engine) {
    enrol(&**store, &[1]).await;
    elsewhere(store, 9).await;
    store.deliver(&message("m", 1, 9, b"hello"), &to(), 5).await.unwrap();
    let swept = store.sweep(9_000, 2_001, 0).await.unwrap();
    assert_eq!((swept.messages, swept.undelivered), (1, 1), "one");
    assert!(store.queues().await.unwrap().is_empty(), "nothing waits for it");
    let next = store.deliver(&message("n", 1, 9, b"hello"), &to(), 5).await.unwrap();
    assert!(matches!(next, Delivered::New(_)), "and its room is free");
}

async fn keeps_nothing_about_an_organisation_of_its_own(store: &Engine) {
    enrol(&**store, &[1]).await;
    let remote = Remote {
        org: org(1),
        hub: "33-main".to_owned(),
        name: "公司".to_owned(),
        role: "firm".to_owned(),
        seq: 7,
        list: "forged".to_owned(),
        seen: 1_000,
    };
    assert!(!store.keep_remote(&remote).await.unwrap(), "it is known better here");
    assert_eq!(store.remote(org(1)).await.unwrap(), None, "nothing was kept");
    let next = list(1, 2, Some("digest 1.1"));
    assert_eq!(store.replace_devices(org(1), &next).await.unwrap(), Replaced::New, "and its list goes on");
}

async fn makes_a_queued_message_of_an_upload(store: &Engine) {
    enrol(&**store, &[1]).await;
    elsewhere(store, 9).await;
    let new = NewUpload {
        upload: "u".to_owned(),
        id: "m".to_owned(),
        from: org(1),
        to: org(9),
        len: 5,
        sha256: "digest of hello".to_owned(),
        at: 2_000,
    };
    assert!(matches!(store.open_upload(&new, &to(), 5).await.unwrap(), Opened::New(_)), "begun");
    let part = Part { name: "blob".to_owned(), offset: 0, len: 5 };
    assert_eq!(store.add_part(org(1), "u", &part).await.unwrap(), Some(Stored::New), "all of it");
    let done = store.finish_upload(&message("m", 1, 9, b"hello"), "u", &to(), 5).await.unwrap();
    assert!(matches!(done, Finished::Delivered(Delivered::New(_))), "stored: {done:?}");
    let claimed = store.claim("33-main", false, 2_000_000, 2_090_000, 10).await.unwrap();
    assert_eq!(claimed[0].message.body, Some(Body::Parts(vec![("blob".to_owned(), 5)])), "and queued");
}

async fn claims_first_what_has_not_failed_and_large_ones_apart(store: &Engine) {
    enrol(&**store, &[1]).await;
    elsewhere(store, 9).await;
    for id in ["a", "b", "c", "d"] {
        store.deliver(&message(id, 1, 9, b"hello"), &to(), ROOM).await.unwrap();
    }
    let large = NewMessage {
        len: 300_000,
        body: Body::Parts(vec![("blob".to_owned(), 300_000)]),
        ..message("large", 1, 9, b"")
    };
    store.deliver(&large, &to(), ROOM).await.unwrap();
    let claim = |large: bool, now: i64, count: i64| async move {
        let claimed = store.claim("33-main", large, now, now + 1, count).await.unwrap();
        claimed.into_iter().map(|it| (it.message.id, it.wait)).collect::<Vec<_>>()
    };
    let fresh = |id: &str| (id.to_owned(), 0);
    assert_eq!(claim(true, 2_000_000, 10).await, [fresh("large")], "a lane of its own");
    assert_eq!(claim(false, 2_000_000, 1).await, [fresh("a")], "the oldest");
    let later = Settled::Later { due: 2_000_000, wait: 4_000, code: "PEER-ANSWER".to_owned() };
    store.settle("a", &later).await.unwrap();
    let behind = Settled::Behind { due: 2_001_000, code: "PEER-SILENT".to_owned() };
    for id in ["b", "c"] {
        store.settle(id, &behind).await.unwrap();
    }
    store.settle("a", &behind).await.unwrap();
    assert_eq!(claim(false, 2_000_999, 10).await, [fresh("d")], "the line is left alone for the others");
    let all = claim(false, 2_001_000, 10).await;
    let failed = ("a".to_owned(), 4_000);
    assert_eq!(all, [fresh("b"), fresh("c"), fresh("d"), failed], "what failed by itself goes last");
    let stuck = store.stuck("33-main").await.unwrap();
    assert_eq!(
        (stuck.len(), stuck[0].code.as_deref()),
        (1, Some("PEER-ANSWER")),
        "it alone, and its own reason"
    );
}

async fn keeps_what_is_parked_apart_until_it_is_retried_or_given_up(store: &Engine) {
    enrol(&**store, &[1]).await;
    elsewhere(store, 9).await;
    for id in ["m", "n"] {
        store.deliver(&message(id, 1, 9, b"hello"), &to(), 10).await.unwrap();
    }
    let parked = |at: i64| {
        let code = "ORG-UNKNOWN".to_owned();
        Settled::Parked { due: 9_000_000, wait: 4_000, code, at }
    };
    store.settle("m", &parked(2_000)).await.unwrap();
    store.settle("m", &parked(3_000)).await.unwrap();
    assert_eq!(store.stuck("33-main").await.unwrap()[0].parked, Some(2_000), "since the first time");
    let queue = &store.queues().await.unwrap()[0];
    assert_eq!((queue.messages, queue.parked), (2, 1), "one of two");
    assert_eq!(store.retry("33-main", Some("n"), 5_000_000).await.unwrap(), 0, "nothing failed there");
    assert_eq!(store.retry("32-main", None, 5_000_000).await.unwrap(), 0, "nor for another hub");
    assert_eq!(store.retry("33-main", None, 5_000_000).await.unwrap(), 1, "this one did");
    assert!(store.stuck("33-main").await.unwrap().is_empty(), "and begins anew");
    assert_eq!(
        store.claim("33-main", false, 5_000_000, 5_000_000, 9).await.unwrap().len(),
        2,
        "both are due"
    );
    store.settle("m", &parked(6_000)).await.unwrap();
    let later = Settled::Later { due: 9_000_000, wait: 4_000, code: "MAIL-QUOTA".to_owned() };
    store.settle("n", &later).await.unwrap();
    assert_eq!(store.discard("n").await.unwrap(), None, "it only waits");
    assert_eq!(store.discard("m").await.unwrap().expect("parked").to, org(9).to_string(), "whose it was");
    assert_eq!(store.queues().await.unwrap()[0].messages, 1, "one is left");
    let next = store.deliver(&message("o", 1, 9, b"hello"), &to(), 10).await.unwrap();
    assert!(matches!(next, Delivered::New(_)), "its room is free");
    let again = store.deliver(&message("m", 1, 9, b"hello"), &to(), 10).await.unwrap();
    assert!(matches!(again, Delivered::Same(_)), "its receipt stays");
}

fn parked(code: &str, at: i64) -> Settled {
    Settled::Parked { due: 9_000_000, wait: 4_000, code: code.to_owned(), at }
}

/// What the organisation with this number hears, in words.
async fn hears(store: &Engine, n: u32) -> Vec<String> {
    let page = store.mail(org(n), 0, 100, 1 << 20, 1 << 16).await.unwrap();
    page.refused.into_iter().map(|it| format!("{} {} {}", it.id, it.code, it.at)).collect()
}

async fn tells_senders_what_is_refused_as_long_as_it_is(store: &Engine) {
    enrol(&**store, &[1, 2]).await;
    elsewhere(store, 9).await;
    for (id, from) in [("a", 1), ("b", 1), ("c", 1), ("x", 2)] {
        store.deliver(&message(id, from, 9, b"hello"), &to(), ROOM).await.unwrap();
    }
    assert!(hears(store, 1).await.is_empty(), "nothing is refused");
    store.settle("a", &parked("ORG-UNKNOWN", 3_000)).await.unwrap();
    store.settle("b", &parked("MAIL-OTHER", 4_000)).await.unwrap();
    store.settle("x", &parked("ORG-UNKNOWN", 4_000)).await.unwrap();
    let later = Settled::Later { due: 9_000_000, wait: 4_000, code: "MAIL-QUOTA".to_owned() };
    store.settle("c", &later).await.unwrap();
    assert_eq!(
        hears(store, 1).await,
        ["b MAIL-OTHER 4000", "a ORG-UNKNOWN 3000"],
        "its own, the newest first"
    );
    assert_eq!(hears(store, 2).await, ["x ORG-UNKNOWN 4000"], "and of no other");
    assert!(hears(store, 9).await.is_empty(), "nor does the recipient");
    store.claim("33-main", false, 9_000_000, 9_090_000, 9).await.unwrap();
    store.settle("a", &parked("ORG-UNKNOWN", 9_000)).await.unwrap();
    assert!(hears(store, 1).await.contains(&"a ORG-UNKNOWN 3000".to_owned()), "since the first time");
    let silent = Settled::Unheard { due: 9_000_000, wait: 4_000, code: "PEER-SILENT".to_owned() };
    store.settle("a", &silent).await.unwrap();
    assert!(hears(store, 1).await.contains(&"a ORG-UNKNOWN 3000".to_owned()), "nothing else was said of it");
    store.discard("a").await.unwrap().expect("it was parked");
    assert_eq!(hears(store, 1).await.last().unwrap(), "a ORG-UNKNOWN 3000", "given up is not forgotten");
    let again = store.deliver(&message("a", 1, 9, b"hello"), &to(), ROOM).await.unwrap();
    assert!(matches!(again, Delivered::Same(_)), "the receipt says what it said");
    assert_eq!(hears(store, 1).await.len(), 2, "and the refusal stands beside it");
    store.retry("33-main", Some("b"), 9_000_000).await.unwrap();
    assert_eq!(hears(store, 1).await, ["a ORG-UNKNOWN 3000"], "on its way again");
    store.settle("b", &parked("ORG-UNKNOWN", 9_000)).await.unwrap();
    store.settle("b", &Settled::Delivered).await.unwrap();
    assert_eq!(hears(store, 1).await, ["a ORG-UNKNOWN 3000"], "or there");
    store.sweep(9_000, 2_001, 0).await.unwrap();
    assert!(hears(store, 1).await.is_empty(), "as long as the receipt, and no longer");
}

async fn tells_the_newest_hundred(store: &Engine) {
    enrol(&**store, &[1]).await;
    elsewhere(store, 9).await;
    for n in 0..120 {
        let id = format!("m{n:03}");
        store.deliver(&message(&id, 1, 9, b"hello"), &to(), ROOM).await.unwrap();
        store.settle(&id, &parked("ORG-UNKNOWN", 3_000 + n)).await.unwrap();
        if n % 2 == 0 {
            store.discard(&id).await.unwrap().expect("it was parked");
        }
    }
    let heard = hears(store, 1).await;
    assert_eq!(heard.len(), 100, "no more than that");
    assert_eq!((heard[0].as_str(), heard[99].as_str()), ("m119 ORG-UNKNOWN 3119", "m020 ORG-UNKNOWN 3020"));
}

/// Nobody reads what another's messages came to, not even by a mistake in a query.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_second_fence_stands_around_the_outbox_too() {
    let store = engine::postgres().await;
    enrol(&*store, &[1, 2]).await;
    elsewhere(&store, 9).await;
    for (id, from) in [("a", 1), ("x", 2)] {
        store.deliver(&message(id, from, 9, b"hello"), &to(), ROOM).await.unwrap();
        store.settle(id, &parked("ORG-UNKNOWN", 3_000)).await.unwrap();
    }
    store.discard("x").await.unwrap().expect("it was parked");
    let client = connect(store.address.as_deref().expect("an address")).await;
    for (name, outbox, given_up) in
        [(org(1).to_string(), 1, 0), (org(2).to_string(), 0, 1), ("*".to_owned(), 1, 1)]
    {
        client.batch_execute(&format!("SELECT set_config('app.org', '{name}', false)")).await.unwrap();
        let count = "SELECT (SELECT count(*) FROM outbox), (SELECT count(*) FROM given_up)";
        let row = client.query_one(count, &[]).await.unwrap();
        assert_eq!((row.get::<_, i64>(0), row.get::<_, i64>(1)), (outbox, given_up), "{name}");
    }
}

/// A row that this program cannot have written holds up no other, and an operator sees it.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn parks_a_row_that_cannot_be_read() {
    let store = engine::postgres().await;
    enrol(&*store, &[1]).await;
    elsewhere(&store, 9).await;
    for id in ["a", "b"] {
        store.deliver(&message(id, 1, 9, b"hello"), &to(), ROOM).await.unwrap();
    }
    let client = connect(store.address.as_deref().expect("an address")).await;
    let damage = "SELECT set_config('app.org', '*', false); UPDATE messages SET sender = '?' WHERE id = 'a'";
    client.batch_execute(damage).await.unwrap();
    let claimed = store.claim("33-main", false, 2_000_000, 2_090_000, 10).await.unwrap();
    assert_eq!((claimed.len(), claimed[0].message.id.as_str()), (1, "b"), "the other one goes");
    let stuck = store.stuck("33-main").await.unwrap();
    assert_eq!((stuck[0].from.as_str(), stuck[0].parked), ("?", Some(2_000)), "parked, and shown as it is");
    assert!(store.discard("a").await.unwrap().is_some(), "and can be given up");
}
