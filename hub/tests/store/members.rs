//! What an operator does about organisations and their devices.

use zizhi_hub::store::{BegunAgain, DeviceList, Enrolled, Enrolment, Remote, Replaced, Route};

use crate::common::org;
use crate::engine::{Engine, ROOM, enrol, enrolment, list, message};

crate::on_both! {
    shows_the_organisations_and_which_of_their_devices_may_ask
    keeps_a_removed_device_out_whatever_list_names_it
    lets_an_organisation_begin_again_by_one_invitation
    forgets_the_list_that_another_hub_told_of
}

/// The list of an organisation after its first one, with these devices.
fn next(n: u32, seq: i64, kids: &[&str]) -> DeviceList {
    let devices = kids.iter().map(|kid| ((*kid).to_owned(), "{}".to_owned())).collect();
    DeviceList { devices, ..list(n, seq, Some(&format!("digest {n}.{}", seq - 1))) }
}

async fn may_ask(store: &Engine, kid: &str) -> bool {
    store.device(kid).await.unwrap().is_some()
}

async fn shows_the_organisations_and_which_of_their_devices_may_ask(store: &Engine) {
    assert_eq!(store.members().await.unwrap(), [], "nobody has joined");
    enrol(&**store, &[2, 1]).await;
    store.replace_devices(org(1), &next(1, 2, &["b", "a"])).await.unwrap();
    let members = store.members().await.unwrap();
    let first = members.iter().find(|it| it.organisation.org == org(1)).expect("it is there");
    assert_eq!((members.len(), first.devices.as_slice()), (2, ["a".to_owned(), "b".to_owned()].as_slice()));
    assert_eq!((first.organisation.name.as_str(), first.waiting), ("公司 1", false), "as it joined");
}

async fn keeps_a_removed_device_out_whatever_list_names_it(store: &Engine) {
    enrol(&**store, &[1, 2]).await;
    let both = next(1, 2, &["kid 1.1", "second"]);
    assert_eq!(store.replace_devices(org(1), &both).await.unwrap(), Replaced::New, "two devices");
    assert!(!store.remove_device(org(2), "second", 5_000).await.unwrap(), "it is none of another's");
    assert!(store.remove_device(org(1), "second", 5_000).await.unwrap(), "removed");
    assert!(!store.remove_device(org(1), "second", 5_001).await.unwrap(), "once");
    assert!(!may_ask(store, "second").await && may_ask(store, "kid 1.1").await, "it alone");
    assert_eq!(store.replace_devices(org(1), &both).await.unwrap(), Replaced::Same, "the list that stands");
    assert!(!may_ask(store, "second").await, "does not bring it back");
    let later = next(1, 3, &["kid 1.1", "second", "third"]);
    assert_eq!(store.replace_devices(org(1), &later).await.unwrap(), Replaced::New, "the chain goes on");
    assert!(!may_ask(store, "second").await && may_ask(store, "third").await, "nor does a later one");
}

async fn lets_an_organisation_begin_again_by_one_invitation(store: &Engine) {
    enrol(&**store, &[1, 2]).await;
    store.deliver(&message("m", 2, 1, b"sealed to the old one"), &Route::Here, ROOM).await.unwrap();
    let anew = |invitation: &str, kid: &str| Enrolment {
        invitation: invitation.to_owned(),
        list: DeviceList {
            devices: vec![(kid.to_owned(), "{}".to_owned())],
            sha256: format!("digest {kid}"),
            ..list(1, 1, None)
        },
        ..enrolment(1)
    };
    let begun = store.begin_again(org(1), "the one", 5_000).await.unwrap();
    assert!(matches!(begun, BegunAgain::Here(ref it) if it.name == "公司 1"), "{begun:?}");
    assert!(!may_ask(store, "kid 1.1").await, "its devices are none any more");
    assert!(
        store.members().await.unwrap().iter().any(|it| it.waiting && it.devices.is_empty()),
        "it is told"
    );
    assert_eq!(
        store.enrol(&anew("another", "new")).await.unwrap(),
        Enrolled::Stale,
        "by no other invitation"
    );
    assert_eq!(
        store.enrol(&anew("the one", "kid 1.1")).await.unwrap(),
        Enrolled::KeyTaken,
        "nor with an old key"
    );
    assert_eq!(store.enrol(&anew("the one", "new")).await.unwrap(), Enrolled::New, "it joins");
    assert_eq!(store.enrol(&anew("the one", "new")).await.unwrap(), Enrolled::Same, "and is answered again");
    assert_eq!(store.enrol(&anew("the one", "other")).await.unwrap(), Enrolled::InvitationUsed, "once");
    assert!(may_ask(store, "new").await, "the new device asks");
    let page = store.mail(org(1), 0, 10, 1 << 20, 1 << 16).await.unwrap();
    assert_eq!(page.messages.len(), 1, "what waited is there, for whoever has the recovery key");
    let second = DeviceList {
        devices: vec![("new".to_owned(), "{}".to_owned()), ("kid 1.1".to_owned(), "{}".to_owned())],
        ..list(1, 2, Some("digest new"))
    };
    assert_eq!(store.replace_devices(org(1), &second).await.unwrap(), Replaced::New, "its lists go on");
    assert!(!may_ask(store, "kid 1.1").await, "and an old device stays out");
    assert_eq!(store.begin_again(org(9), "x", 5_000).await.unwrap(), BegunAgain::Unknown, "nobody");
}

async fn forgets_the_list_that_another_hub_told_of(store: &Engine) {
    let told = Remote {
        org: org(7),
        hub: "33-main".to_owned(),
        name: "公司".to_owned(),
        role: "firm".to_owned(),
        seq: 5,
        list: "list".to_owned(),
        seen: 1_000,
    };
    assert!(store.keep_remote(&told).await.unwrap(), "its hub told of it");
    let begun = store.begin_again(org(7), "x", 5_000).await.unwrap();
    assert_eq!(begun, BegunAgain::There("33-main".to_owned()), "it is of another hub");
    let kept = store.remote(org(7)).await.unwrap().expect("it is known");
    assert_eq!(
        (kept.seq, kept.seen),
        (1, 0),
        "its hub is asked again, and a list with a lower number is taken"
    );
}
