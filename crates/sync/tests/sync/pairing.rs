//! A device's request and its answer: what two people compare covers the rest.

use zizhi_sync::devices::pairing::{answered, introduce};
use zizhi_sync::devices::{DeviceList, DevicesError, first};
use zizhi_sync::object::{ObjectError, sign};

use crate::support::{
    device, device_answer, device_list, device_request, inbox, key, limits, other_firm, rewritten,
};

#[test]
fn a_request_is_signed_by_the_key_that_it_shows() {
    let request = device_request(&key(2));
    assert_eq!(introduce(&sign(&key(2), &request).unwrap(), &limits()).unwrap(), request);
    let outcome = introduce(&sign(&key(3), &request).unwrap(), &limits());
    assert!(matches!(outcome, Err(ObjectError::Kid)), "somebody else's inbox beside this key: {outcome:?}");
    let swapped = rewritten(&key(3), &request, &request.inbox, &inbox().1);
    assert!(introduce(&swapped, &limits()).is_err(), "nor under a signature of somebody else");
}

#[test]
fn an_answer_and_its_list_are_of_devices_of_that_list() {
    let (old, new) = (key(1), key(2));
    let before = first(&sign(&old, &device_list(&old)).unwrap(), &limits()).unwrap();
    let list = DeviceList::adding(&before, device(&new));
    let mut answer = device_answer(&old);
    answer.devices = sign(&old, &list).unwrap();
    let (read, stands, by) = answered(&sign(&old, &answer).unwrap(), &limits()).unwrap();
    assert_eq!((&read, stands.list()), (&answer, &list));
    assert_eq!(by.key, *old.public(), "the device that answered");

    let outcome = answered(&sign(&key(3), &answer).unwrap(), &limits());
    assert!(matches!(outcome, Err(DevicesError::Signer)), "key 3 is not on the list: {outcome:?}");
    answer.devices = sign(&key(3), &list).unwrap();
    let outcome = answered(&sign(&old, &answer).unwrap(), &limits());
    assert!(matches!(outcome, Err(DevicesError::Signer)), "nor may it sign the list: {outcome:?}");
    answer.devices = sign(&old, &DeviceList { iss: other_firm(), ..list }).unwrap();
    let outcome = answered(&sign(&old, &answer).unwrap(), &limits());
    assert!(matches!(outcome, Err(DevicesError::Organisation)), "of another organisation: {outcome:?}");
}
