//! Device lists: the first, the next, and the chain that cannot be bent.

use zizhi_crypto::digest::from_hex;
use zizhi_crypto::{Algorithm, SigningKey, b64};
use zizhi_sync::devices::{DEVICES_MOST, Device, DeviceList, DevicesError, Standing, first, follow};
use zizhi_sync::object::{Fault, ObjectError, sign};
use zizhi_sync::{Digest, Payload};

use crate::support::{NOW, device, device_list, forge, inbox, key, key_of, limits, other_firm, rewritten};

fn standing(key: &SigningKey) -> Standing {
    first(&sign(key, &device_list(key)).unwrap(), &limits()).expect("a first list")
}

fn followed(before: &Standing, list: &DeviceList, by: &SigningKey) -> Result<Standing, DevicesError> {
    follow(before, &sign(by, list).expect("a list without faults"), &limits())
}

fn two_devices() -> Standing {
    let before = standing(&key(1));
    followed(&before, &DeviceList::adding(&before, device(&key(2))), &key(1)).expect("device 1 adds device 2")
}

#[test]
fn a_first_list_signs_itself() {
    let list = device_list(&key(1));
    let text = sign(&key(1), &list).unwrap();
    let accepted = first(&text, &limits()).unwrap();
    assert_eq!(*accepted.list(), list);
    assert_eq!(accepted.digest(), Digest::of(text.as_bytes()), "the next one names it by this");
    let outcome = first(&sign(&key(2), &list).unwrap(), &limits());
    assert!(matches!(outcome, Err(DevicesError::Signer)), "key 2 is not on it: {outcome:?}");
}

#[test]
fn a_device_of_the_list_adds_and_removes_another() {
    let before = two_devices();
    assert_eq!(before.list().seq, 2);
    let list = DeviceList::removing(&before, key(1).public().key_id().as_str(), inbox().1, NOW + 1);
    let after = followed(&before, &list, &key(2)).expect("device 2 removes device 1");
    assert_eq!(after.list().devices.len(), 1);
    assert_ne!(after.list().newest_inbox(), before.list().newest_inbox(), "messages go to the new key");
    let outcome = followed(&after, &DeviceList::adding(&after, device(&key(1))), &key(1));
    assert!(matches!(outcome, Err(DevicesError::Signer)), "a removed device adds nobody: {outcome:?}");
}

#[test]
fn an_added_device_does_not_sign_its_own_entry() {
    let before = standing(&key(1));
    let outcome = followed(&before, &DeviceList::adding(&before, device(&key(2))), &key(2));
    assert!(matches!(outcome, Err(DevicesError::Signer)), "{outcome:?}");
}

#[test]
fn removing_a_device_takes_a_new_inbox() {
    let before = two_devices();
    let mut list = DeviceList::removing(&before, key(2).public().key_id().as_str(), inbox().1, NOW);
    list.inbox.remove(0);
    let outcome = followed(&before, &list, &key(1));
    assert!(matches!(outcome, Err(DevicesError::Inbox)), "device 2 knows that key: {outcome:?}");
    list.inbox.push(inbox().1);
    let outcome = followed(&before, &list, &key(1));
    assert!(matches!(outcome, Err(DevicesError::Inbox)), "a new one that nobody seals to: {outcome:?}");
}

#[test]
fn replacing_a_device_is_removing_one() {
    let before = standing(&key(1));
    let mut list = DeviceList::adding(&before, device(&key(2)));
    list.devices.remove(0);
    let outcome = followed(&before, &list, &key(1));
    assert!(matches!(outcome, Err(DevicesError::Inbox)), "device 1 is gone: {outcome:?}");
}

#[test]
fn numbers_follow_without_gaps_and_never_again() {
    let before = two_devices();
    for seq in [2, 4, 100] {
        let mut list = DeviceList::renewing(&before, inbox().1, NOW);
        list.seq = seq;
        let outcome = followed(&before, &list, &key(1));
        assert!(
            matches!(outcome, Err(DevicesError::Sequence { expected: 3, found }) if found == seq),
            "{seq} does not follow 2: {outcome:?}"
        );
        assert!(outcome.unwrap_err().is_stale(), "whoever made it did not know the one that stands");
    }
    let outcome = first(&sign(&key(1), before.list()).unwrap(), &limits());
    assert!(matches!(outcome, Err(DevicesError::Sequence { expected: 1, found: 2 })), "{outcome:?}");
}

#[test]
fn a_list_follows_the_one_that_stands_and_no_other() {
    let before = two_devices();
    let mut list = DeviceList::renewing(&before, inbox().1, NOW);
    list.previous = Some(Digest::of(b"another"));
    let outcome = followed(&before, &list, &key(1));
    assert!(matches!(outcome, Err(DevicesError::Previous)), "{outcome:?}");
    assert!(outcome.unwrap_err().is_stale());
}

#[test]
fn a_list_of_another_organisation_does_not_follow() {
    let before = standing(&key(1));
    let mut list = DeviceList::renewing(&before, inbox().1, NOW);
    list.iss = other_firm();
    let outcome = followed(&before, &list, &key(1));
    assert!(matches!(outcome, Err(DevicesError::Organisation)), "{outcome:?}");
}

#[test]
fn a_kept_list_stands_as_it_was_accepted() {
    let text = sign(&key(1), &device_list(&key(1))).unwrap();
    let accepted = first(&text, &limits()).unwrap();
    assert_eq!(Standing::kept(&text, &limits()).unwrap(), accepted);
}

fn fault(list: &DeviceList) -> Fault {
    match sign(&key(1), list) {
        Err(ObjectError::Fault(fault)) => fault,
        other => panic!("a fault was expected: {other:?}"),
    }
}

#[test]
fn lists_have_bounds() {
    let list = device_list(&key(1));
    let with = |change: &dyn Fn(&mut DeviceList)| {
        let mut list = list.clone();
        change(&mut list);
        fault(&list)
    };
    assert_eq!(with(&|list| list.devices.clear()), Fault::Count("devices"), "somebody has to sign");
    assert_eq!(with(&|list| list.inbox.clear()), Fault::Count("inbox"), "mail needs an address");
    assert_eq!(with(&|list| list.inbox = vec![list.inbox[0].clone(); 5]), Fault::Count("inbox"));
    assert_eq!(with(&|list| list.inbox = vec![list.inbox[0].clone(); 2]), Fault::Repeated("inbox"));
    assert_eq!(with(&|list| list.inbox = vec!["age1nobody".to_owned()]), Fault::Recipient);
    assert_eq!(with(&|list| list.seq = 0), Fault::Number("seq"));
    assert_eq!(
        with(&|list| list.previous = Some(Digest::of(b""))),
        Fault::Previous,
        "nothing is before the first"
    );
    assert_eq!(with(&|list| list.seq = 2), Fault::Previous, "something is before the second");
    assert_eq!(with(&|list| list.devices.push(list.devices[0].clone())), Fault::Repeated("devices"));
    assert_eq!(with(&|list| list.devices[0].name = String::new()), Fault::Text("name"));
    assert_eq!(with(&|list| list.devices[0].name = "x".repeat(65)), Fault::Text("name"));
    for hidden in ["a\nb", "二楼\u{200b}电脑", "二楼\u{202e}脑电", "\u{3164}"] {
        let named = with(&|list| list.devices[0].name = hidden.to_owned());
        assert_eq!(named, Fault::Text("name"), "{hidden:?} looks like another name");
    }
    assert_eq!(with(&|list| list.devices[0].added = -1), Fault::Time("added"));
    assert_eq!(with(&|list| list.iat = 253_402_300_800), Fault::Time("iat"), "the year 10000");

    let devices =
        |count: usize| -> Vec<Device> { (1..=count).map(|seed| device(&key(seed as u64))).collect() };
    let mut many = list.clone();
    many.devices = devices(DEVICES_MOST);
    first(&sign(&key(1), &many).unwrap(), &limits()).expect("32 devices fit, also into the bound on bytes");
    many.devices = devices(DEVICES_MOST + 1);
    assert_eq!(fault(&many), Fault::Count("devices"));
}

#[test]
fn the_name_of_a_key_is_its_thumbprint() {
    let (list, other) = (device_list(&key(1)), key(2));
    let kid = key(1).public().key_id().to_string();
    let text = rewritten(&key(1), &list, &kid, other.public().key_id().as_str());
    let outcome = first(&text, &limits());
    assert!(
        matches!(outcome, Err(DevicesError::Object(ObjectError::Fault(Fault::Thumbprint)))),
        "two names for one key are two keys: {outcome:?}"
    );
}

#[test]
fn weak_keys_do_not_enter() {
    let list = serde_json::to_string(&device_list(&key(1)).wire()).unwrap();
    let x = key(1).public().to_jwk().x;
    // Points of order one, two, four and eight, and a second spelling of one.
    for weak in [
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    ] {
        let weak = b64::encode(&from_hex(weak).unwrap());
        let outcome = first(&forge(&key(1), DeviceList::TYP, &list.replace(&x, &weak)), &limits());
        assert!(
            matches!(&outcome, Err(DevicesError::Object(ObjectError::Fault(Fault::Key(error))))
                if error.code() == Some(zizhi_model::CheckCode::KeyWeak)),
            "KEY-WEAK stands before everything that a key could sign: {outcome:?}"
        );
    }
}

#[test]
fn a_private_key_in_a_list_is_refused() {
    let text = rewritten(&key(1), &device_list(&key(1)), r#""kty":"OKP""#, r#""kty":"OKP","d":"AAAA""#);
    let outcome = first(&text, &limits());
    assert!(matches!(outcome, Err(DevicesError::Object(ObjectError::Form(_)))), "{outcome:?}");
}

#[test]
fn devices_may_use_either_algorithm() {
    let elliptic = key_of(Algorithm::Es256, 1);
    let before = standing(&elliptic);
    followed(&before, &DeviceList::adding(&before, device(&key(2))), &elliptic).expect("ES256 adds Ed25519");
}
