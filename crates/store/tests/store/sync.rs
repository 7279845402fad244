//! The hub's cursor, device lists, outbox and inbox.

use zizhi_store::{
    Database, DeviceList, Hub, InboxState, Incoming, OutboxState, Outgoing, SentState, StoreError,
};

use crate::common::{at, entry, fill, fresh, uscc, world};

fn hub() -> Hub {
    Hub {
        id: "31-main".to_owned(),
        url: "https://hub.example".to_owned(),
        card: "eyJ...".to_owned(),
        role: "incubator".to_owned(),
        device_kid: "thumbprint".to_owned(),
        sealed: b"sealed elsewhere".to_vec(),
        joined: Some(at(0)),
        epoch: 1,
        cursor: 0,
        public_etag: None,
        clock_offset: 0,
        synced: None,
        code: None,
        wait_ms: 0,
        retry_at: None,
        ca: Some(b"-----BEGIN CERTIFICATE-----".to_vec()),
    }
}

/// A message whose body is the original of the world.
fn outgoing(id: &str) -> Outgoing {
    Outgoing {
        id: id.to_owned(),
        recipient: uscc(30),
        kind: "dossier".to_owned(),
        about_kind: "dossier".to_owned(),
        about_id: "dossier-sent".to_owned(),
        body: world().sent.sha256,
        message: None,
        created: at(10),
        state: OutboxState::Waiting,
        code: None,
        told: None,
        reason: None,
        attempts: 0,
        wait_ms: 0,
        next_at: None,
        uploaded: 0,
        receipt: None,
        epoch: None,
        sent: None,
        refused: None,
    }
}

fn sent(id: &str, epoch: u64) -> Outgoing {
    Outgoing {
        state: OutboxState::Sent,
        receipt: Some("eyJ...".to_owned()),
        epoch: Some(epoch),
        sent: Some(at(20)),
        ..outgoing(id)
    }
}

fn refused(id: &str) -> Outgoing {
    let told = Some(serde_json::json!({ "fact": { "zh": "拒收", "en": "refused" } }));
    let code = Some("ORG-UNKNOWN".to_owned());
    Outgoing { refused: chrono::NaiveDate::from_ymd_opt(2026, 11, 23), code, told, ..sent(id, 1) }
}

fn incoming(id: &str) -> Incoming {
    Incoming {
        id: id.to_owned(),
        sender: uscc(1),
        kind: None,
        message: world().sent.sha256,
        received: at(11),
        state: InboxState::Stored,
        code: None,
        told: None,
        about_kind: None,
        about_id: None,
        owed: 1,
    }
}

fn list() -> DeviceList {
    DeviceList {
        org: uscc(1),
        name: "合肥星河量子传感技术有限公司【演示】".to_owned(),
        seq: 1,
        jws: "eyJ...".to_owned(),
        updated: at(9),
    }
}

/// One row of each table, beside the world that has their originals.
pub fn fill_sync(database: &Database) {
    let writer = database.writer().unwrap();
    writer.put_hub(&hub()).unwrap();
    writer.put_device_list(&list()).unwrap();
    writer.add_outgoing(&outgoing("message-1")).unwrap();
    writer.add_outgoing(&refused("message-3")).unwrap();
    assert!(writer.add_incoming(&incoming("message-2")).unwrap(), "it is new");
    writer.commit(&entry("sync.filled")).unwrap();
}

/// What the tables of a version have, which before version 5 knew nothing of private authorities, and before version 6
/// nothing of what other hubs refuse.
pub fn assert_sync(database: &Database, version: u32) {
    let reader = database.reader().unwrap();
    let hub = Hub { ca: hub().ca.filter(|_| version >= 5), ..hub() };
    assert_eq!(reader.hub().unwrap(), Some(hub), "the hub");
    assert_eq!(reader.device_list(&uscc(1)).unwrap(), Some(list()), "the peer's device list");
    assert_eq!(reader.outgoing("message-1").unwrap(), Some(outgoing("message-1")), "the message to a peer");
    let third = reader.outgoing("message-3").unwrap();
    assert_eq!(third, (version >= 6).then(|| refused("message-3")), "what another hub refused");
    assert_eq!(reader.incoming("message-2").unwrap(), Some(incoming("message-2")), "the message from a peer");
}

#[test]
fn a_change_and_its_message_are_there_together_or_not_at_all() {
    let (_folder, database) = fresh();
    fill(&database);
    let state = |database: &Database| {
        let reader = database.reader().unwrap();
        (reader.sent("dossier-sent").unwrap().unwrap().state, reader.outgoing("m").unwrap().is_some())
    };
    let writer = database.writer().unwrap();
    writer.set_sent_state("dossier-sent", SentState::Sent, None).unwrap();
    writer.add_outgoing(&outgoing("m")).unwrap();
    drop(writer);
    assert_eq!(state(&database), (SentState::Prepared, false), "neither");
    let writer = database.writer().unwrap();
    writer.set_sent_state("dossier-sent", SentState::Sent, None).unwrap();
    writer.add_outgoing(&outgoing("m")).unwrap();
    writer.commit(&entry("dossier.sent")).unwrap();
    assert_eq!(state(&database), (SentState::Sent, true), "both");
}

#[test]
fn a_cursor_moves_only_with_the_messages_before_it() {
    let (_folder, database) = fresh();
    fill(&database);
    fill_sync(&database);
    let writer = database.writer().unwrap();
    assert!(!writer.add_incoming(&incoming("message-2")).unwrap(), "it is here already");
    assert!(writer.add_incoming(&incoming("message-3")).unwrap(), "this one is new");
    writer.put_hub(&Hub { cursor: 2, ..hub() }).unwrap();
    drop(writer);
    let reader = database.reader().unwrap();
    assert_eq!(reader.hub().unwrap().unwrap().cursor, 0, "what was not stored was not read");
    assert_eq!(reader.incoming("message-3").unwrap(), None, "and is not there");
}

#[test]
fn a_message_that_comes_again_is_kept_once_as_it_was_and_acknowledged_again() {
    let (_folder, database) = fresh();
    fill(&database);
    fill_sync(&database);
    let applied = Incoming { state: InboxState::Applied, owed: 0, ..incoming("message-2") };
    let writer = database.writer().unwrap();
    writer.update_incoming(&applied).unwrap();
    assert!(writer.owed_acknowledgements(9).unwrap().is_empty(), "the hub was told");
    assert!(!writer.add_incoming(&incoming("message-2")).unwrap(), "it is here already");
    writer.commit(&entry("message.again")).unwrap();
    let reader = database.reader().unwrap();
    let again = reader.incoming("message-2").unwrap().unwrap();
    assert_eq!(again.state, InboxState::Applied, "what became of it stands");
    assert_eq!(reader.owed_acknowledgements(9).unwrap(), ["message-2"], "who brought it is told once more");
    drop(reader);
    let writer = database.writer().unwrap();
    writer.acknowledged(&["message-2".to_owned()]).unwrap();
    writer.commit(&entry("message.acknowledged")).unwrap();
    assert!(database.reader().unwrap().owed_acknowledgements(9).unwrap().is_empty(), "and then no more");
}

#[test]
fn only_what_is_due_is_sent_and_the_oldest_first() {
    let (_folder, database) = fresh();
    fill(&database);
    let writer = database.writer().unwrap();
    let states = [
        Outgoing { state: OutboxState::Sending, ..outgoing("a") },
        Outgoing { next_at: Some(at(100)), ..outgoing("b") },
        outgoing("c"),
        Outgoing { state: OutboxState::Parked, ..outgoing("d") },
        Outgoing { state: OutboxState::Discarded, ..outgoing("e") },
        sent("f", 1),
    ];
    states.iter().for_each(|outgoing| writer.add_outgoing(outgoing).unwrap());
    writer.commit(&entry("outbox")).unwrap();
    let reader = database.reader().unwrap();
    let due = |seconds| -> Vec<String> {
        reader.due_outgoing(at(seconds), 9).unwrap().into_iter().map(|outgoing| outgoing.id).collect()
    };
    assert_eq!(due(99), ["a", "c"], "b waits, d to f are done with");
    assert_eq!(due(100), ["a", "b", "c"], "now b as well");
    assert_eq!(
        reader.outgoing_about("dossier", "dossier-sent").unwrap().len(),
        6,
        "all belong to one dossier"
    );
}

#[test]
fn a_raised_epoch_offers_again_what_has_no_receipt_of_it() {
    let (_folder, database) = fresh();
    fill(&database);
    let writer = database.writer().unwrap();
    writer.add_outgoing(&sent("new", 2)).unwrap();
    writer.add_outgoing(&Outgoing { sent: Some(at(1)), ..sent("too old", 1) }).unwrap();
    writer.add_outgoing(&refused("old")).unwrap();
    assert_eq!(writer.offer_again(2, at(5)).unwrap(), 1, "one of them");
    writer.commit(&entry("hub.restored")).unwrap();
    let reader = database.reader().unwrap();
    assert_eq!(reader.outgoing("old").unwrap().unwrap(), outgoing("old"), "as if it had never gone");
    assert_eq!(reader.outgoing("new").unwrap().unwrap(), sent("new", 2), "its receipt is of this epoch");
    assert_eq!(
        reader.outgoing("too old").unwrap().unwrap().state,
        OutboxState::Sent,
        "no hub keeps it still"
    );
}

#[test]
fn what_was_refused_waits_for_a_person_until_it_is_sent_again_or_given_up() {
    let (_folder, database) = fresh();
    fill(&database);
    let writer = database.writer().unwrap();
    for id in ["a", "b"] {
        let other = writer.add_original(&mut id.as_bytes(), "application/jwt", at(0)).unwrap().sha256;
        writer.add_outgoing(&Outgoing { body: other, ..refused(id) }).unwrap();
    }
    writer.add_outgoing(&sent("c", 1)).unwrap();
    let ids = |rows: Vec<Outgoing>| rows.into_iter().map(|row| row.id).collect::<Vec<_>>();
    assert_eq!(ids(writer.refused_to_decide().unwrap()), ["b", "a"], "both");
    let first = writer.outgoing("a").unwrap().unwrap();
    let elsewhere = Outgoing { recipient: uscc(1), body: first.body, ..outgoing("d") };
    writer.add_outgoing(&elsewhere).unwrap();
    assert_eq!(ids(writer.refused_to_decide().unwrap()), ["b", "a"], "that one was for another");
    writer.add_outgoing(&Outgoing { body: first.body, ..outgoing("e") }).unwrap();
    assert_eq!(ids(writer.refused_to_decide().unwrap()), ["b"], "the first was sent again");
    let later = writer.outgoing("e").unwrap().unwrap();
    let reason = Some("不再发送".to_owned());
    let before = Outgoing { state: OutboxState::Discarded, reason: reason.clone(), ..later.clone() };
    let after = Outgoing { body: first.body, reason, ..sent("e", 1) };
    for given_up in [before, after] {
        writer.update_outgoing(&given_up).unwrap();
        assert_eq!(ids(writer.refused_to_decide().unwrap()), ["b", "a"], "the later one was given up");
    }
    writer.update_outgoing(&later).unwrap();
    let second = writer.outgoing("b").unwrap().unwrap();
    writer.update_outgoing(&Outgoing { reason: Some("已当面递交".to_owned()), ..second }).unwrap();
    assert!(writer.refused_to_decide().unwrap().is_empty(), "the second was given up");
    assert_eq!(ids(writer.refused_and_held(1, at(9)).unwrap()), ["a"], "the first may still arrive");
    assert!(writer.refused_and_held(2, at(9)).unwrap().is_empty(), "not of a hub that may have lost it");
    assert!(writer.refused_and_held(1, at(10)).unwrap().is_empty(), "nor of one that kept it no longer");
}

#[test]
fn a_raised_epoch_offers_nothing_again_that_was_given_up_or_sent_again() {
    let (_folder, database) = fresh();
    fill(&database);
    let writer = database.writer().unwrap();
    let bodies = [b"a", b"b", b"c"]
        .map(|body| writer.add_original(&mut body.as_slice(), "application/jwt", at(0)).unwrap().sha256);
    let given_up =
        Outgoing { reason: Some("已当面递交".to_owned()), body: bodies[0], ..refused("given up") };
    let resent = Outgoing { body: bodies[1], ..refused("resent") };
    let again = Outgoing { body: bodies[1], ..sent("again", 1) };
    let both = ["first", "second"].map(|id| Outgoing { body: bodies[2], ..sent(id, 1) });
    for row in [&given_up, &resent, &again].into_iter().chain(&both) {
        writer.add_outgoing(row).unwrap();
    }
    assert_eq!(writer.offer_again(2, at(5)).unwrap(), 3, "the others");
    for row in [&given_up, &resent] {
        assert_eq!(writer.outgoing(&row.id).unwrap().unwrap(), *row, "a person decided about it");
    }
    for row in [&again].into_iter().chain(&both) {
        assert_eq!(writer.outgoing(&row.id).unwrap().unwrap().state, OutboxState::Waiting, "{}", row.id);
    }
}

#[test]
fn only_what_the_hub_had_can_be_refused() {
    let (_folder, database) = fresh();
    fill(&database);
    let writer = database.writer().unwrap();
    let refused = writer.add_outgoing(&Outgoing { refused: refused("m").refused, ..outgoing("m") });
    assert!(matches!(refused, Err(StoreError::Conflict(_))), "{refused:?}");
}

#[test]
fn a_message_is_not_sent_without_a_receipt() {
    let (_folder, database) = fresh();
    fill(&database);
    let writer = database.writer().unwrap();
    writer.add_outgoing(&outgoing("m")).unwrap();
    let refused = writer.update_outgoing(&Outgoing { receipt: None, ..sent("m", 1) });
    assert!(matches!(refused, Err(StoreError::Conflict(_))), "{refused:?}");
    let refused = writer.update_outgoing(&outgoing("none"));
    assert!(matches!(refused, Err(StoreError::Absent("outbox"))), "{refused:?}");
    let refused = writer.update_incoming(&incoming("none"));
    assert!(matches!(refused, Err(StoreError::Absent("inbox"))), "{refused:?}");
}

#[test]
fn sealed_bytes_that_no_hub_asks_for_any_more_are_let_go_and_the_body_stays() {
    let (_folder, database) = fresh();
    fill(&database);
    let writer = database.writer().unwrap();
    let old =
        writer.add_original(&mut b"sealed long ago".as_slice(), "application/age", at(0)).unwrap().sha256;
    let new = writer.add_original(&mut b"sealed now".as_slice(), "application/age", at(0)).unwrap().sha256;
    writer.add_outgoing(&Outgoing { message: Some(old), ..sent("old", 1) }).unwrap();
    writer.add_outgoing(&Outgoing { message: Some(new), sent: Some(at(90)), ..sent("new", 1) }).unwrap();
    writer.add_outgoing(&Outgoing { message: Some(new), created: at(1), ..outgoing("waiting") }).unwrap();
    assert_eq!(writer.release_messages(at(50), 9).unwrap(), 1, "one is old enough");
    assert_eq!(writer.release_messages(at(50), 9).unwrap(), 0, "and goes once");
    writer.commit(&entry("outbox.released")).unwrap();
    let reader = database.reader().unwrap();
    assert_eq!(reader.original(&old).unwrap(), None, "its sealed bytes are gone");
    assert!(reader.original(&new).unwrap().is_some(), "those of the others are here");
    let row = reader.outgoing("old").unwrap().unwrap();
    assert_eq!(row, sent("old", 1), "the row stays, with its receipt");
    assert!(reader.original(&row.body).unwrap().is_some(), "and so does what was sent");
}

#[test]
fn messages_that_wait_keep_no_others_back() {
    let (_folder, database) = fresh();
    fill(&database);
    let writer = database.writer().unwrap();
    writer.add_incoming(&Incoming { code: Some("MESSAGE-SENDER".to_owned()), ..incoming("waits") }).unwrap();
    writer.add_incoming(&incoming("first")).unwrap();
    writer.add_incoming(&Incoming { state: InboxState::Parked, ..incoming("parked") }).unwrap();
    writer.add_incoming(&incoming("second")).unwrap();
    writer.commit(&entry("mail")).unwrap();
    let reader = database.reader().unwrap();
    let next = |most| -> Vec<String> {
        reader.stored_incoming(most).unwrap().into_iter().map(|incoming| incoming.id).collect()
    };
    assert_eq!(next(2), ["first", "second"], "what can be taken in comes first");
    assert_eq!(next(9), ["first", "second", "waits"], "and what waits is looked at again");
}
