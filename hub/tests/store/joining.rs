//! Organisations, devices, nonces.

use zizhi_hub::store::{Enrolled, Enrolment, Provider, Remote, Replaced};

use crate::common::org;
use crate::engine::{Engine, enrol, enrolment, list};

crate::on_both! {
    enrols_once_and_repeats_the_answer
    lets_one_invitation_in_once
    follows_the_list_that_stands_and_no_other
    keeps_a_key_for_one_organisation
    remembers_a_nonce_for_its_key_alone
    raises_the_epoch
    lists_the_providers_of_services_with_whoever_told_of_them
}

async fn enrols_once_and_repeats_the_answer(store: &Engine) {
    enrol(&**store, &[1]).await;
    assert_eq!(store.enrol(&enrolment(1)).await.unwrap(), Enrolled::Same, "the same list again");
    let known = store.organisation(org(1)).await.unwrap().expect("it is here");
    assert_eq!((known.name.as_str(), known.list.as_str()), ("公司 1", "list 1.1"), "as it was enrolled");
    let device = store.device("kid 1.1").await.unwrap().expect("its device is known");
    assert_eq!((device.org, device.role.as_str()), (org(1), "firm"), "the device is the organisation's");
    assert_eq!(store.organisation(org(2)).await.unwrap(), None, "nobody else is here");
}

async fn lets_one_invitation_in_once(store: &Engine) {
    enrol(&**store, &[1]).await;
    let other = Enrolment { invitation: "invitation 1".to_owned(), ..enrolment(2) };
    assert_eq!(store.enrol(&other).await.unwrap(), Enrolled::InvitationUsed, "used by another");
    let second = Enrolment { invitation: "another".to_owned(), list: list(9, 1, None), ..enrolment(1) };
    assert_eq!(store.enrol(&second).await.unwrap(), Enrolled::Stale, "it is here with another list");
}

async fn follows_the_list_that_stands_and_no_other(store: &Engine) {
    enrol(&**store, &[1]).await;
    let skipping = list(1, 3, Some("digest 1.1"));
    assert_eq!(
        store.replace_devices(org(1), &skipping).await.unwrap(),
        Replaced::Stale,
        "a number is missing"
    );
    let elsewhere = list(1, 2, Some("digest of another"));
    assert_eq!(
        store.replace_devices(org(1), &elsewhere).await.unwrap(),
        Replaced::Stale,
        "another list before"
    );
    let next = list(1, 2, Some("digest 1.1"));
    assert_eq!(store.replace_devices(org(1), &next).await.unwrap(), Replaced::New, "it follows");
    assert_eq!(store.replace_devices(org(1), &next).await.unwrap(), Replaced::Same, "it stands");
    assert_eq!(store.device("kid 1.1").await.unwrap(), None, "the old device is gone");
    assert!(store.device("kid 1.2").await.unwrap().is_some(), "the new one is known");
}

async fn keeps_a_key_for_one_organisation(store: &Engine) {
    enrol(&**store, &[1]).await;
    let mut taking = enrolment(2);
    taking.list.devices = vec![("kid 1.1".to_owned(), "{}".to_owned())];
    assert_eq!(store.enrol(&taking).await.unwrap(), Enrolled::KeyTaken, "the key is another's");
    assert_eq!(store.organisation(org(2)).await.unwrap(), None, "nothing of it was stored");
    assert_eq!(store.enrol(&enrolment(2)).await.unwrap(), Enrolled::New, "its invitation was not used up");
}

async fn remembers_a_nonce_for_its_key_alone(store: &Engine) {
    assert!(store.remember_nonce("a", "n", 100).await.unwrap(), "new");
    assert!(!store.remember_nonce("a", "n", 100).await.unwrap(), "seen");
    assert!(store.remember_nonce("b", "n", 100).await.unwrap(), "another key's");
    store.sweep(101, 0, 0).await.unwrap();
    assert!(store.remember_nonce("a", "n", 200).await.unwrap(), "forgotten once it has expired");
}

async fn raises_the_epoch(store: &Engine) {
    assert_eq!(store.epoch().await.unwrap(), 1, "a new hub is in its first epoch");
    assert_eq!(store.raise_epoch().await.unwrap(), 2, "one more");
    assert_eq!(store.epoch().await.unwrap(), 2, "and it stays");
    store.ready().await.unwrap();
}

async fn lists_the_providers_of_services_with_whoever_told_of_them(store: &Engine) {
    enrol(&**store, &[1]).await;
    for (n, mailbox) in [(2, true), (3, false)] {
        let provider = Enrolment { role: "service_provider".to_owned(), mailbox, ..enrolment(n) };
        assert_eq!(store.enrol(&provider).await.unwrap(), Enrolled::New, "it joins");
    }
    let told = Remote {
        org: org(3),
        hub: "33-main".to_owned(),
        name: "公司".to_owned(),
        role: "service_provider".to_owned(),
        seq: 1,
        list: "list".to_owned(),
        seen: 1_000,
    };
    assert!(store.keep_remote(&told).await.unwrap(), "its hub told of it");
    let mut providers = store.providers().await.unwrap();
    providers.sort_by_key(|provider| !provider.mailbox);
    let here = Provider { org: org(2), mailbox: true, hub: None };
    let for_the_ledger = Provider { org: org(3), mailbox: false, hub: Some("33-main".to_owned()) };
    assert_eq!(providers, [here, for_the_ledger], "and no firm");
}
