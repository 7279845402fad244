//! Messages that come in pieces.

use zizhi_hub::store::{Delivered, Finished, NewMessage, NewUpload, Opened, Part, Route, Stored};

use crate::common::org;
use crate::engine::{Engine, ROOM, enrol, message};

crate::on_both! {
    adds_pieces_where_the_upload_ends
    becomes_a_message_when_all_is_there
    refuses_the_id_of_another_message
    is_nobody_elses
    removes_what_was_not_finished
}

fn upload(id: &str, len: i64) -> NewUpload {
    NewUpload {
        upload: format!("upload of {id}"),
        id: id.to_owned(),
        from: org(1),
        to: org(2),
        len,
        sha256: "digest of hello".to_owned(),
        at: 2_000,
    }
}

fn part(name: &str, offset: i64, len: i64) -> Part {
    Part { name: name.to_owned(), offset, len }
}

fn whole(id: &str) -> NewMessage {
    message(id, 1, 2, b"hello")
}

async fn adds_pieces_where_the_upload_ends(store: &Engine) {
    enrol(&**store, &[1, 2]).await;
    let opened = store.open_upload(&upload("m", 5), &Route::Here, ROOM).await.unwrap();
    assert!(matches!(opened, Opened::New(ref new) if new.offset == 0), "a new upload");
    let name = "upload of m";
    let added = |piece: Part| async move { store.add_part(org(1), name, &piece).await.unwrap() };
    assert_eq!(added(part("a", 0, 3)).await, Some(Stored::New), "the first piece");
    assert_eq!(added(part("b", 0, 3)).await, Some(Stored::Other), "the first piece again");
    assert_eq!(added(part("c", 3, 3)).await, Some(Stored::Other), "more than was announced");
    assert_eq!(added(part("d", 3, 2)).await, Some(Stored::New), "the last piece");
    let again = store.open_upload(&upload("m", 5), &Route::Here, ROOM).await.unwrap();
    let parts = vec![("a".to_owned(), 3), ("d".to_owned(), 2)];
    assert!(
        matches!(again, Opened::Same(ref stands) if stands.offset == 5 && stands.parts == parts),
        "announced again it has the pieces that counted: {again:?}"
    );
}

async fn becomes_a_message_when_all_is_there(store: &Engine) {
    enrol(&**store, &[1, 2]).await;
    store.open_upload(&upload("m", 5), &Route::Here, ROOM).await.unwrap();
    store.add_part(org(1), "upload of m", &part("a", 0, 3)).await.unwrap();
    let early = store.finish_upload(&whole("m"), "upload of m", &Route::Here, ROOM).await.unwrap();
    assert_eq!(early, Finished::NoUpload, "bytes are missing");
    store.add_part(org(1), "upload of m", &part("b", 3, 2)).await.unwrap();
    let full = store.finish_upload(&whole("m"), "upload of m", &Route::Here, 4).await.unwrap();
    assert_eq!(full, Finished::Delivered(Delivered::Full), "the mailbox is full by now");
    let done = store.finish_upload(&whole("m"), "upload of m", &Route::Here, ROOM).await.unwrap();
    let Finished::Delivered(Delivered::New(stored)) = done else { panic!("a message, not {done:?}") };
    assert_eq!(store.upload(org(1), "upload of m").await.unwrap(), None, "the upload is over");
    assert_eq!(
        store.open_upload(&upload("m", 5), &Route::Here, ROOM).await.unwrap(),
        Opened::Arrived(stored),
        "and has arrived"
    );
    assert_eq!(
        store.acknowledge(org(2), &["m".to_owned()]).await.unwrap(),
        ["a", "b"],
        "its blobs are its pieces"
    );
}

async fn refuses_the_id_of_another_message(store: &Engine) {
    enrol(&**store, &[1, 2, 3]).await;
    store.deliver(&whole("m"), &Route::Here, ROOM).await.unwrap();
    let mut other = upload("m", 5);
    other.from = org(3);
    assert_eq!(
        store.open_upload(&other, &Route::Here, ROOM).await.map(|o| matches!(o, Opened::Other)).ok(),
        Some(true),
        "another's"
    );
    store.open_upload(&upload("n", 5), &Route::Here, ROOM).await.unwrap();
    let longer = NewUpload { len: 6, ..upload("n", 5) };
    assert_eq!(
        store.open_upload(&longer, &Route::Here, ROOM).await.unwrap(),
        Opened::Other,
        "announced otherwise before"
    );
    let theirs = NewUpload { from: org(3), upload: "theirs".to_owned(), ..upload("n", 5) };
    assert_eq!(
        store.open_upload(&theirs, &Route::Here, ROOM).await.unwrap(),
        Opened::Other,
        "announced by another"
    );
    let nowhere = NewUpload { to: org(9), ..upload("o", 5) };
    assert_eq!(
        store.open_upload(&nowhere, &Route::Here, ROOM).await.unwrap(),
        Opened::NoRecipient,
        "nobody is there"
    );
    assert_eq!(
        store.open_upload(&upload("p", 5), &Route::Here, 9).await.unwrap(),
        Opened::Full,
        "five lie there already"
    );
}

async fn is_nobody_elses(store: &Engine) {
    enrol(&**store, &[1, 2, 3]).await;
    store.open_upload(&upload("m", 5), &Route::Here, ROOM).await.unwrap();
    assert_eq!(store.upload(org(3), "upload of m").await.unwrap(), None, "a stranger sees nothing");
    assert_eq!(store.add_part(org(3), "upload of m", &part("a", 0, 3)).await.unwrap(), None, "nor adds");
    assert!(!store.drop_upload(org(3), "upload of m").await.unwrap(), "nor drops");
    assert!(store.drop_upload(org(1), "upload of m").await.unwrap(), "its sender does");
}

async fn removes_what_was_not_finished(store: &Engine) {
    enrol(&**store, &[1, 2]).await;
    store.open_upload(&upload("m", 5), &Route::Here, ROOM).await.unwrap();
    store.add_part(org(1), "upload of m", &part("a", 0, 3)).await.unwrap();
    let swept = store.sweep(9_000, 0, 2_001).await.unwrap();
    assert_eq!((swept.uploads, swept.blobs), (1, vec!["a".to_owned()]), "with its pieces");
}
