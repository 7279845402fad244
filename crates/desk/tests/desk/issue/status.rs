//! What became of credentials, and the list that tells it.

use serde_json::{Value, json};
use zizhi_credential::status::Status;

use super::{exported, issuing, listed, set_status, settled, verified};
use crate::world::PASSPHRASE;

#[test]
fn what_is_revoked_or_ended_stays_so() {
    let (world, _, ids) = settled(4);
    world.ask("issue.issue", issuing(&world, &ids));
    let all = listed(&world, &json!({}));
    let [a, b, c, d] = [0, 1, 2, 3].map(|n| &all[n]["id"]);
    set_status(&world, &[a], "revoked");
    set_status(&world, &[b], "ended");
    set_status(&world, &[c], "suspended");
    set_status(&world, &[c], "valid");
    set_status(&world, &[c, d], "suspended");
    let change = |ids: Value, status: &str, reason: &str, passphrase: &str| {
        let asked = json!({"ids": ids, "status": status, "reason": reason, "passphrase": passphrase});
        world.refused("issue.set_status", asked).code
    };
    assert_eq!(change(json!([a]), "valid", "改变主意", PASSPHRASE), "STATUS-FINAL");
    assert_eq!(change(json!([b]), "revoked", "改变主意", PASSPHRASE), "STATUS-FINAL");
    assert_eq!(change(json!([c, a]), "valid", "恢复", PASSPHRASE), "STATUS-FINAL");
    assert_eq!(change(json!([c]), "suspended", "再次", PASSPHRASE), "STATUS-SAME");
    assert_eq!(change(json!([c]), "valid", " ", PASSPHRASE), "STATUS-REASON");
    assert_eq!(change(json!([c]), "valid", "恢复", "不是这一句口令"), "KEY-PASSPHRASE");
    assert_eq!(change(json!(["none"]), "valid", "恢复", PASSPHRASE), "CREDENTIAL-NONE");
    assert_eq!(change(json!([]), "valid", "恢复", PASSPHRASE), "CREDENTIAL-NONE");

    let (_, token) = exported(&world);
    let said: Vec<Status> = verified(&token, &world).list.exceptions().map(|(_, status)| status).collect();
    assert_eq!(
        said.iter().filter(|status| **status == Status::Suspended).count(),
        2,
        "what was refused changed nothing"
    );
    assert_eq!(said.len(), 4);
    for (status, count) in [("revoked", 1), ("ended", 1), ("suspended", 2), ("valid", 0)] {
        assert_eq!(listed(&world, &json!({"status": status})).len(), count, "{status}");
    }
}

#[test]
fn signs_the_list_anew_without_a_change() {
    let (world, _, ids) = settled(1);
    world.ask("issue.issue", issuing(&world, &ids));
    let (uri, first) = exported(&world);
    let folder = world.outside().join("名单");
    std::fs::create_dir(&folder).expect("a folder");
    let asked = json!({"path": folder.display().to_string(), "passphrase": PASSPHRASE});
    assert_eq!(world.ask("issue.export_status_list", asked)["count"], 1);
    let file = folder.join("吊销名单-松江科创孵化器【演示】-2026-11-23.jwt");
    let second = std::fs::read_to_string(file).expect("under a name that tells whose it is and of when");
    assert_eq!(verified(&second, &world).uri, uri);
    assert!(verified(&second, &world).issued_at > verified(&first, &world).issued_at);
    let wrong = json!({"path": folder.display().to_string(), "passphrase": "不是这一句口令"});
    assert_eq!(world.refused("issue.export_status_list", wrong).code, "KEY-PASSPHRASE");
}
