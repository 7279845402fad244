//! Messages and mailboxes.

use zizhi_hub::store::{Body, Delivered, Message, Route};

use crate::common::org;
use crate::engine::{Engine, ROOM, enrol, message};

crate::on_both! {
    numbers_messages_and_pages_through_them
    gives_the_same_receipt_for_the_same_message
    refuses_an_id_for_another_message
    lets_go_of_what_was_acknowledged_and_keeps_the_receipt
    holds_a_mailbox_to_its_quota
    shows_a_message_to_its_recipient_alone
    pages_by_bytes_too
    removes_what_is_old
}

fn new(delivered: Delivered) -> Message {
    match delivered {
        Delivered::New(message) => message,
        other => panic!("a new message, not {other:?}"),
    }
}

async fn numbers_messages_and_pages_through_them(store: &Engine) {
    enrol(&**store, &[1, 2]).await;
    for n in 1..=5 {
        let stored =
            store.deliver(&message(&format!("m{n}"), 1, 2, b"hello"), &Route::Here, ROOM).await.unwrap();
        assert_eq!(new(stored).seq, n, "numbers from one on");
    }
    let page = store.mail(org(2), 0, 3, 1000, 1000).await.unwrap();
    assert_eq!(page.messages.iter().map(|m| m.seq).collect::<Vec<_>>(), [1, 2, 3], "the first page");
    assert!(page.more, "and more");
    let page = store.mail(org(2), 3, 3, 1000, 1000).await.unwrap();
    assert_eq!(page.messages.iter().map(|m| m.seq).collect::<Vec<_>>(), [4, 5], "the second page");
    assert!(!page.more, "and no more");
    assert_eq!(page.messages[0].body, Some(Body::Inline(b"hello".to_vec())), "with its body");
    let none = store.deliver(&message("x", 1, 3, b"hello"), &Route::Here, ROOM).await.unwrap();
    assert_eq!(none, Delivered::NoRecipient, "nobody is there");
}

async fn gives_the_same_receipt_for_the_same_message(store: &Engine) {
    enrol(&**store, &[1, 2]).await;
    let first = new(store.deliver(&message("m", 1, 2, b"hello"), &Route::Here, ROOM).await.unwrap());
    let mut again = message("m", 1, 2, b"hello");
    (again.receipt, again.at) = ("another receipt".to_owned(), 9_999);
    assert_eq!(
        store.deliver(&again, &Route::Here, ROOM).await.unwrap(),
        Delivered::Same(first),
        "as it was stored first"
    );
    let page = store.mail(org(2), 0, 10, 1000, 1000).await.unwrap();
    assert_eq!(page.messages.len(), 1, "there is one");
}

async fn refuses_an_id_for_another_message(store: &Engine) {
    enrol(&**store, &[1, 2, 3]).await;
    new(store.deliver(&message("m", 1, 2, b"hello"), &Route::Here, ROOM).await.unwrap());
    for other in [message("m", 1, 2, b"other"), message("m", 1, 3, b"hello"), message("m", 3, 2, b"hello")] {
        assert_eq!(
            store.deliver(&other, &Route::Here, ROOM).await.unwrap(),
            Delivered::Other,
            "the id is taken"
        );
    }
    let next = new(store.deliver(&message("n", 1, 2, b"hello"), &Route::Here, ROOM).await.unwrap());
    assert_eq!(next.seq, 2, "what was refused took no number");
}

async fn lets_go_of_what_was_acknowledged_and_keeps_the_receipt(store: &Engine) {
    enrol(&**store, &[1, 2, 3]).await;
    let mut large = message("m", 1, 2, b"hello");
    large.body = Body::Parts(vec![("blob1".to_owned(), 3), ("blob2".to_owned(), 2)]);
    let first = new(store.deliver(&large, &Route::Here, ROOM).await.unwrap());
    let ids = ["m".to_owned(), "unknown".to_owned()];
    assert!(
        store.acknowledge(org(3), &ids).await.unwrap().is_empty(),
        "another's acknowledgement does nothing"
    );
    let found = store.message(org(2), "m").await.unwrap().expect("it waits");
    let parts = Body::Parts(vec![("blob1".to_owned(), 3), ("blob2".to_owned(), 2)]);
    assert_eq!(found.body, Some(parts), "its parts in order");
    assert_eq!(store.acknowledge(org(2), &ids).await.unwrap(), ["blob1", "blob2"], "the blobs may go");
    assert!(store.acknowledge(org(2), &ids).await.unwrap().is_empty(), "once");
    assert_eq!(store.message(org(2), "m").await.unwrap(), None, "it waits no more");
    assert!(store.mail(org(2), 0, 10, 1000, 1000).await.unwrap().messages.is_empty(), "nor is it listed");
    let again = store.deliver(&message("m", 1, 2, b"hello"), &Route::Here, ROOM).await.unwrap();
    assert_eq!(again, Delivered::Same(first), "its receipt stays");
}

async fn holds_a_mailbox_to_its_quota(store: &Engine) {
    enrol(&**store, &[1, 2]).await;
    new(store.deliver(&message("m", 1, 2, b"12345"), &Route::Here, 8).await.unwrap());
    assert_eq!(
        store.deliver(&message("n", 1, 2, b"1234"), &Route::Here, 8).await.unwrap(),
        Delivered::Full,
        "one byte too much"
    );
    store.acknowledge(org(2), &["m".to_owned()]).await.unwrap();
    new(store.deliver(&message("n", 1, 2, b"1234"), &Route::Here, 8).await.unwrap());
}

async fn shows_a_message_to_its_recipient_alone(store: &Engine) {
    enrol(&**store, &[1, 2, 3]).await;
    new(store.deliver(&message("m", 1, 2, b"hello"), &Route::Here, ROOM).await.unwrap());
    assert!(store.message(org(2), "m").await.unwrap().is_some(), "the recipient");
    assert_eq!(store.message(org(3), "m").await.unwrap(), None, "a stranger");
    assert_eq!(store.message(org(1), "m").await.unwrap(), None, "nor the sender");
    assert!(store.mail(org(1), 0, 10, 1000, 1000).await.unwrap().messages.is_empty(), "nor in its mailbox");
}

async fn pages_by_bytes_too(store: &Engine) {
    enrol(&**store, &[1, 2]).await;
    for (id, body) in [("a", &b"12345"[..]), ("b", b"1234567890"), ("c", b"12345"), ("d", b"1")] {
        new(store.deliver(&message(id, 1, 2, body), &Route::Here, ROOM).await.unwrap());
    }
    let page = store.mail(org(2), 0, 10, 10, 9).await.unwrap();
    let seen: Vec<_> = page.messages.iter().map(|m| (m.id.as_str(), m.body.is_some())).collect();
    assert_eq!(seen, [("a", true), ("b", false), ("c", true)], "ten bytes of bodies of at most nine");
    assert!(page.more, "the fourth did not fit");
}

async fn removes_what_is_old(store: &Engine) {
    enrol(&**store, &[1, 2]).await;
    let mut old = message("m", 1, 2, b"hello");
    old.body = Body::Parts(vec![("blob".to_owned(), 5)]);
    new(store.deliver(&old, &Route::Here, 8).await.unwrap());
    let swept = store.sweep(9_000, 2_000, 0).await.unwrap();
    assert_eq!(swept.messages, 0, "it is not older than the bound");
    let swept = store.sweep(9_000, 2_001, 0).await.unwrap();
    assert_eq!((swept.messages, swept.blobs), (1, vec!["blob".to_owned()]), "now it is");
    new(store.deliver(&message("m", 1, 2, b"12345678"), &Route::Here, 8).await.unwrap());
}
