//! The keys of a hub over time.

use zizhi_sync::hub_keys::{HubKey, HubKeys};
use zizhi_sync::ledger::RedemptionReceipt;
use zizhi_sync::object::{self, ObjectError, Unverified};

use crate::support::{key, limits, redemption_receipt};

/// What a key says of a receipt of this time, by these keys of the hub.
fn verified(keys: &HubKeys, seed: u64, at: i64) -> Result<(), ObjectError> {
    let text = object::sign(&key(seed), &RedemptionReceipt { at, ..redemption_receipt() }).unwrap();
    keys.verify(Unverified::<RedemptionReceipt>::parse(&text, &limits()).unwrap()).map(drop)
}

fn of(seed: u64, until: Option<i64>, revoked: Option<i64>) -> HubKey {
    HubKey { key: key(seed).public().clone(), until, revoked }
}

#[test]
fn a_key_that_nobody_names_says_nothing() {
    let keys = HubKeys::from(key(1).public().clone());
    assert!(verified(&keys, 1, 100).is_ok(), "the hub's");
    assert!(matches!(verified(&keys, 2, 100), Err(ObjectError::Kid)), "somebody's");
    let keys = HubKeys::new(vec![of(1, None, None), of(2, None, None)]);
    assert!(verified(&keys, 2, 100).is_ok(), "named, it counts");
    assert!(matches!(verified(&HubKeys::new(Vec::new()), 1, 100), Err(ObjectError::Kid)), "no keys, no word");
}

#[test]
fn what_an_ended_key_signed_until_its_end_stays_good() {
    let keys = HubKeys::new(vec![of(1, Some(100), None), of(2, None, None)]);
    assert!(verified(&keys, 1, 100).is_ok(), "its last second");
    assert!(matches!(verified(&keys, 1, 101), Err(ObjectError::Kid)), "and no later one");
    assert!(verified(&keys, 2, 1).is_ok(), "a hub signs with its key of now what it booked before");
}

#[test]
fn a_revoked_key_says_nothing_from_its_revocation_on() {
    let keys = HubKeys::new(vec![of(1, None, Some(100)), of(2, None, None)]);
    assert!(verified(&keys, 1, 99).is_ok(), "the second before");
    assert!(matches!(verified(&keys, 1, 100), Err(ObjectError::Kid)), "from then on");
    let kid = |seed| key(seed).public().key_id().to_string();
    assert!(keys.is_revoked(&kid(1)) && !keys.is_revoked(&kid(2)), "which is told where money rests on it");
    let control = HubKeys::new(vec![of(1, None, None)]);
    assert!(verified(&control, 1, 100).is_ok(), "without the revocation it would count");
}

#[test]
fn a_key_id_does_not_stand_in_for_the_signature() {
    let keys = HubKeys::new(vec![of(1, None, None)]);
    let text = object::sign(&key(1), &redemption_receipt()).unwrap();
    let (signed, _) = text.rsplit_once('.').unwrap();
    let other = object::sign(&key(2), &redemption_receipt()).unwrap();
    let forged = format!("{signed}.{}", other.rsplit_once('.').unwrap().1);
    let unverified = Unverified::<RedemptionReceipt>::parse(&forged, &limits()).unwrap();
    assert!(matches!(keys.verify(unverified), Err(ObjectError::Jws(_))), "another key signed it");
}
