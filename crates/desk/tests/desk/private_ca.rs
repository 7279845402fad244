//! 机构自建 CA through the window's commands, with a real hub that does TLS: joining, the rounds after it, and another
//! authority in the place of the first.

use std::path::{Path, PathBuf};

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use serde_json::{Value, json};

use crate::hub::{Hub, rested, until};
use crate::world::{PASSPHRASE, World};

const SONGJIANG: &str = "91310117DEM000030B";
const INCUBATOR: &str = "松江科创孵化器【演示】";

/// A certificate authority and a server that it vouches for, in files.
struct Authority {
    ca: PathBuf,
    server: (PathBuf, PathBuf),
}

/// Makes one of this name in a folder.
fn authority(folder: &Path, file: &str, name: &str) -> Authority {
    let (ca_key, key) = (KeyPair::generate().expect("a key"), KeyPair::generate().expect("a key"));
    let mut params = CertificateParams::new(Vec::new()).expect("fit");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.distinguished_name.push(DnType::CommonName, name);
    let ca = params.self_signed(&ca_key).expect("signed").pem();
    let of_server = CertificateParams::new(vec!["127.0.0.1".to_owned()]).expect("fit");
    let server = of_server.signed_by(&key, &Issuer::new(params, ca_key)).expect("signed").pem();
    let write = |what: &str, text: &str| {
        let path = folder.join(format!("{file}-{what}.pem"));
        std::fs::write(&path, text).expect("written");
        path
    };
    let server = (write("server", &server), write("key", &key.serialize_pem()));
    Authority { ca: write("ca", &ca), server }
}

fn join(world: &World, hub: &Hub, ca: Option<&Path>) -> Value {
    let invitation = world.outside().join("invitation.jwt");
    json!({"invitation": invitation, "url": hub.url, "ca": ca, "device": "前台电脑", "passphrase": PASSPHRASE})
}

fn replace(ca: Option<&Path>) -> Value {
    json!({"hub": "31-main", "path": ca})
}

#[test]
fn a_hub_behind_a_private_authority_is_joined_with_its_certificate_and_with_no_other() {
    let files = tempfile::tempdir().expect("a folder");
    let right = authority(files.path(), "right", "上海市演示政务 CA【演示】");
    let wrong = authority(files.path(), "wrong", "另一家 CA【演示】");
    let hub = Hub::with_tls(right.server.0.clone(), right.server.1.clone());
    let desk = World::new();
    desk.create("incubator");
    hub.invitation(&desk, SONGJIANG, INCUBATOR, "incubator");

    for ca in [None, Some(wrong.ca.as_path())] {
        let refusal = desk.refused("sync.join", join(&desk, &hub, ca));
        assert_eq!(refusal.code, "HUB-ISSUER", "nobody who is trusted issued its certificate: {refusal:?}");
        assert!(refusal.advice.zh.contains("CA 证书"), "it says what to ask for: {refusal:?}");
        assert_eq!(desk.ask("sync.status", json!({}))["state"], "none", "and nothing was joined");
    }
    let refusal = desk.refused("sync.join", join(&desk, &hub, Some(&right.server.1)));
    assert_eq!(refusal.code, "NET-CA", "a private key is no certificate");
    assert!(refusal.fact.zh.contains("私钥"), "{refusal:?}");
    let both = files.path().join("both.pem");
    let text = [&right.ca, &right.server.1].map(|path| std::fs::read_to_string(path).expect("there"));
    std::fs::write(&both, text.concat()).expect("written");
    let refusal = desk.refused("sync.join", join(&desk, &hub, Some(&both)));
    assert_eq!(refusal.code, "NET-CA", "nor is it taken beside one: {refusal:?}");
    let invitation = desk.outside().join("invitation.jwt");
    assert_eq!(
        desk.refused("sync.join", join(&desk, &hub, Some(&invitation))).code,
        "NET-CA",
        "nor anything else"
    );

    let joined = desk.ask("sync.join", join(&desk, &hub, Some(&right.ca)));
    let shown = &joined["hub"]["ca"][0];
    assert_eq!(shown["name"], "上海市演示政务 CA【演示】", "the page shows who vouches: {joined}");
    assert!(shown["until"].as_str().is_some_and(|until| until > "2026"), "and until when: {joined}");
    assert_eq!(shown["fingerprint"].as_str().map(str::len), Some(79), "and its fingerprint: {joined}");
    assert_eq!(rested(&desk)["state"], "synced", "the rounds know it too");
    assert_eq!(
        desk.ask("vouchers.accounts", json!({}))["ledgers"][0]["ca"],
        joined["hub"]["ca"],
        "and the ledger"
    );

    desk.ask("session.lock", json!({}));
    let later = desk.again();
    later.ask("session.unlock", json!({"secret": PASSPHRASE}));
    let again = rested(&later);
    assert_eq!((&again["state"], &again["hub"]["ca"]), (&json!("synced"), &joined["hub"]["ca"]), "{again}");
}

#[test]
fn another_authority_takes_the_place_of_the_first_once_the_hub_shows_it() {
    let files = tempfile::tempdir().expect("a folder");
    // The same name: what counts is the key.
    let (before, after) = (authority(files.path(), "before", "CA"), authority(files.path(), "after", "CA"));
    let mut hub = Hub::with_tls(before.server.0.clone(), before.server.1.clone());
    let desk = World::new();
    desk.create("incubator");
    hub.invitation(&desk, SONGJIANG, INCUBATOR, "incubator");
    desk.ask("sync.join", join(&desk, &hub, Some(&before.ca)));
    assert_eq!(rested(&desk)["state"], "synced");

    for other in [None, Some(after.ca.as_path())] {
        let refusal = desk.refused("sync.authority", replace(other));
        assert_eq!(refusal.code, "HUB-AUTHORITY", "the hub's certificate is of the first: {refusal:?}");
    }
    assert_eq!(
        desk.refused("sync.authority", json!({"hub": "33-other", "path": before.ca})).code,
        "HUB-NONE"
    );
    let refusal = desk.refused("sync.authority", replace(Some(&after.server.1)));
    assert_eq!(refusal.code, "NET-CA", "a private key is not kept either");
    desk.ask("sync.now", json!({"passphrase": null}));
    assert_eq!(rested(&desk)["state"], "synced", "so that nothing changed");

    hub.kill();
    std::fs::copy(&after.server.0, &before.server.0).expect("copied");
    std::fs::copy(&after.server.1, &before.server.1).expect("copied");
    hub.go_on();
    desk.ask("sync.now", json!({"passphrase": null}));
    let off = until(&desk, "sync.status", &json!({}), |status| status["state"] == "refused");
    assert_eq!(off["refused"]["code"], "HUB-ISSUER", "it is no hub that is merely away: {off}");

    desk.ask("sync.authority", replace(Some(&after.ca)));
    let on = until(&desk, "sync.status", &json!({}), |status| status["state"] == "synced");
    assert_eq!(on["refused"], Value::Null, "{on}");

    // Where it cannot be asked, what a person says is taken.
    hub.kill();
    let open = desk.ask("sync.authority", replace(None));
    assert_eq!(open["hub"]["ca"], json!([]), "the public ones: {open}");
}
