//! What a destination asks for when it sends the dossier back.

use super::*;

#[test]
fn what_the_destination_asks_for_opens_the_draft_again() {
    let (world, around, _, page) = begun();
    let draft = page["line"]["id"].as_str().expect("an id").to_owned();
    attach(&world, &draft, &attachment("lease.pdf"), "lease");
    world.ask("draft.save", json!({"id": draft, "fields": facts(&page["fields"])}));
    let first = around.text("first.zzdossier");
    world.ask("draft.sign", json!({"id": draft, "passphrase": PASSPHRASE, "path": first, "seal": false}));
    assert_eq!(
        world.refused("draft.save", json!({"id": draft, "fields": page["fields"]})).code,
        "DRAFT-SIGNED"
    );

    around.decide(
        Path::new(&first),
        SONGJIANG,
        DecisionOutcome::SupplementRequired,
        wanted("lease", "2026-12-10"),
        "more.zzdecision",
    );
    world.ask("draft.import_decision", json!({"path": around.text("more.zzdecision")}));
    let page = world.ask("draft.get", json!({"id": draft}));
    assert_eq!(page["line"]["state"], "draft", "it can be changed again");
    assert_eq!(asked(&page["line"]), json!(["supplement_required", "2026-12-10", 17]));
    assert_eq!(listed(&world, &draft), page["line"], "the list says the same");
    let find = json!({"text": "", "action": "decision.received", "from": null, "to": null, "before": null,
        "limit": 1});
    let entry = world.ask("upkeep.activity", find)["entries"][0].clone();
    assert_eq!(entry["done"]["zh"], "收到互认决定：需补充材料");
    let title = page["line"]["title"].as_str().expect("a title");
    assert_eq!(entry["about"]["zh"], json!(format!("档案“{title}”")), "by its title");
    let lease = item(&page, "lease");
    assert_eq!(lease["state"], "asked");
    assert_eq!(lease["asked"][0]["text"], "请补齐盖章页", "{lease}");
    let demands = json!([lease["asked"][0]["id"]]);

    // A day later the page is added, and the dossier goes out anew, on the firm's own account.
    world.ask("session.lock", json!({}));
    let world = world.later("2026-11-24T10:00:00+08:00");
    world.ask("session.unlock", json!({"secret": PASSPHRASE}));
    let page = world.ask(
        "draft.attach",
        json!({"draft_id": draft, "paths": [attachment("site.png")], "kind": "lease", "answers": [], "demands": demands}),
    );
    assert_eq!(item(&page, "lease")["state"], "ready");
    let second = around.text("second.zzdossier");
    world.ask("draft.sign", json!({"id": draft, "passphrase": PASSPHRASE, "path": second, "seal": false}));
    assert_ne!(std::fs::read(&first).expect("a file"), std::fs::read(&second).expect("a file"));
    let page = world.ask("draft.get", json!({"id": draft}));
    assert_eq!(page["line"]["state"], "signed");
    assert_eq!(asked(&page["line"]), json!([null, null, null]), "the new one is not decided on");
    assert_eq!(listed(&world, &draft), page["line"]);
    let kinds: Vec<&str> =
        page["timeline"].as_array().expect("a list").iter().filter_map(|it| it["kind"].as_str()).collect();
    assert_eq!(kinds, ["begun", "signed", "supplement", "signed"]);
}

#[test]
fn what_is_asked_for_beyond_the_checklist_has_a_place_of_its_own_until_it_is_added() {
    let (world, around, _, page) = begun();
    let draft = page["line"]["id"].as_str().expect("an id").to_owned();
    attach(&world, &draft, &attachment("lease.pdf"), "lease");
    world.ask("draft.save", json!({"id": draft, "fields": facts(&page["fields"])}));
    assert_eq!(page["beyond"], json!([]));
    let first = around.text("first.zzdossier");
    world.ask("draft.sign", json!({"id": draft, "passphrase": PASSPHRASE, "path": first, "seal": false}));
    let asked = [wanted("lease", "2026-12-10"), wanted("other", "2026-12-11")].concat();
    around.decide(
        Path::new(&first),
        SONGJIANG,
        DecisionOutcome::SupplementRequired,
        asked,
        "more.zzdecision",
    );
    world.ask("draft.import_decision", json!({"path": around.text("more.zzdecision")}));
    let page = world.ask("draft.get", json!({"id": draft}));
    let demands = json!([page["beyond"][0]["id"]]);
    let open = json!([{"id": demands[0], "text": "请补齐盖章页", "due": "2026-12-11", "by": []}]);
    assert_eq!(page["beyond"], open, "what was attached before it was asked for is no answer");

    world.ask("session.lock", json!({}));
    let world = world.later("2026-11-24T10:00:00+08:00");
    world.ask("session.unlock", json!({"secret": PASSPHRASE}));
    let there = json!({"draft_id": draft, "paths": [attachment("site.png")], "kind": "other", "answers": [],
        "demands": demands});
    let page = world.ask("draft.attach", there);
    assert_eq!(page["beyond"][0]["by"], json!(["site.png"]));
    assert_eq!(item(&page, "lease")["state"], "asked", "the lease is still asked for");
    let second = around.text("second.zzdossier");
    world.ask("draft.sign", json!({"id": draft, "passphrase": PASSPHRASE, "path": second, "seal": false}));
    assert_eq!(world.ask("draft.get", json!({"id": draft}))["beyond"], json!([]), "it went out");
}

#[test]
fn what_is_asked_for_an_item_that_takes_credentials_only_is_answered_by_a_file_that_is_attached_there() {
    let (world, around, _, page) = begun();
    let draft = page["line"]["id"].as_str().expect("an id").to_owned();
    attach(&world, &draft, &attachment("lease.pdf"), "lease");
    world.ask("draft.save", json!({"id": draft, "fields": facts(&page["fields"])}));
    assert_eq!(item(&page, "incubatee")["attachment_kinds"], json!([]), "no file by itself");
    assert_eq!(item(&page, "incubatee")["asked"], json!([]));
    let first = around.text("first.zzdossier");
    world.ask("draft.sign", json!({"id": draft, "passphrase": PASSPHRASE, "path": first, "seal": false}));
    around.decide(
        Path::new(&first),
        SONGJIANG,
        DecisionOutcome::SupplementRequired,
        wanted("incubatee", "2026-12-10"),
        "more.zzdecision",
    );
    world.ask("draft.import_decision", json!({"path": around.text("more.zzdecision")}));
    let page = world.ask("draft.get", json!({"id": draft}));
    let demands = json!([item(&page, "incubatee")["asked"][0]["id"]]);
    let open = json!([{"id": demands[0], "text": "请补齐盖章页", "due": "2026-12-10", "by": []}]);
    assert_eq!(item(&page, "incubatee")["asked"], open);
    assert_eq!(item(&page, "incubatee")["state"], "asked");

    world.ask("session.lock", json!({}));
    let world = world.later("2026-11-24T10:00:00+08:00");
    world.ask("session.unlock", json!({"secret": PASSPHRASE}));
    let there = json!({"draft_id": draft, "paths": [attachment("site.png")], "kind": "other",
        "answers": ["incubatee"], "demands": demands});
    let page = world.ask("draft.attach", there);
    assert_eq!(item(&page, "incubatee")["asked"][0]["by"], json!(["site.png"]));
    assert_eq!(
        item(&page, "incubatee")["state"],
        "ready",
        "the certificate answers the item, the file the demand"
    );
}
