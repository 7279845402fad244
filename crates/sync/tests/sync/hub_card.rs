//! Hub cards: the first one, and those that follow.

use zizhi_sync::HubId;
use zizhi_sync::hub_card::{HubCard, HubCardError, introduce, renew};
use zizhi_sync::object::{Fault, ObjectError, sign};

use crate::support::{hub_card, key, limits};

fn renewed(known: &HubCard, card: &HubCard, by: u64) -> Result<u64, HubCardError> {
    let text = sign(&key(by), card).expect("a card without faults");
    renew(known, &text, &limits()).map(|card| card.payload().epoch)
}

#[test]
fn a_card_introduces_the_key_that_signed_it() {
    let card = hub_card(&key(1));
    let read = introduce(&sign(&key(1), &card).unwrap(), &limits()).unwrap();
    assert_eq!(*read.payload(), card);
    let outcome = introduce(&sign(&key(2), &card).unwrap(), &limits());
    assert!(outcome.is_err(), "the key that it shows did not sign it");
}

#[test]
fn a_known_hub_keeps_its_key_and_its_id() {
    let known = hub_card(&key(1));
    assert!(renewed(&known, &hub_card(&key(2)), 2).is_err(), "another key signs for itself only");
    let outcome = renewed(&known, &hub_card(&key(2)), 1);
    assert!(matches!(outcome, Err(HubCardError::Hub)), "a key does not hand over by itself: {outcome:?}");
    let other = HubCard { hub: HubId::parse("31-main").unwrap(), ..known.clone() };
    assert!(matches!(renewed(&known, &other, 1), Err(HubCardError::Hub)), "another hub");
}

#[test]
fn an_epoch_only_grows() {
    let known = HubCard { epoch: 5, ..hub_card(&key(1)) };
    let at = |epoch| renewed(&known, &HubCard { epoch, ..known.clone() }, 1);
    assert_eq!(at(5).unwrap(), 5, "the same epoch");
    assert_eq!(at(6).unwrap(), 6, "the hub was restored");
    assert!(matches!(at(4), Err(HubCardError::Epoch { seen: 5, found: 4 })), "set back");
}

#[test]
fn another_version_is_not_read_as_this_one() {
    let card = HubCard { api: 2, ..hub_card(&key(1)) };
    assert!(matches!(sign(&key(1), &card), Err(ObjectError::Fault(Fault::Number("api")))));
}
