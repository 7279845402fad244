//! The keys that a hub is known by.

use crate::engine::Engine;

crate::on_both! { the_first_key_is_the_hubs_and_others_are_its_once_they_are_admitted }

async fn the_first_key_is_the_hubs_and_others_are_its_once_they_are_admitted(store: &Engine) {
    let first = futures_util::future::join_all(["a", "b", "c"].map(|kid| store.keys(kid))).await;
    let first: Vec<_> = first.into_iter().map(|known| known.expect("an answer")).collect();
    assert!(first.iter().all(|known| known.len() == 1 && *known == first[0]), "one of them: {first:?}");
    let own = &first[0][0];
    let after = store.keys("other").await.expect("an answer");
    assert_eq!(after, std::slice::from_ref(own), "who asks does not make it one");
    store.admit_key("next", false).await.expect("an answer");
    store.admit_key("after", false).await.expect("an answer");
    assert_eq!(
        store.keys(own).await.expect("an answer"),
        ["after", "next", own.as_str()],
        "the newest first"
    );
    store.admit_key("next", false).await.expect("an answer");
    assert_eq!(store.keys(own).await.expect("an answer")[0], "next", "and back again");
    store.admit_key("alone", true).await.expect("an answer");
    assert_eq!(store.keys(own).await.expect("an answer"), ["alone"], "the others are forgotten");
}
