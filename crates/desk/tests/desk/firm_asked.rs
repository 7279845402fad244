//! A dossier that came back: what the destination asked for, on its checklist and beyond it, and what of the firm
//! counts for which of these; and the request that the destination sends with it.

use std::path::Path;

use serde_json::{Value, json};
use zizhi_app::decide::{DecisionOutcome, Wanted};
use zizhi_model::Scenario;

use crate::firm::*;
use crate::world::{PASSPHRASE, World};

const NAME: &str = "合肥星河量子传感技术有限公司【演示】";
const TERMS: (Scenario, &str, &str, (&str, i64)) =
    (Scenario::BranchOperation, "310117", "SJ-BRANCH", ("sh-songjiang", 3));

/// The firm a day after its dossier was sent back for these, each an item and words.
struct Back {
    world: World,
    around: Around,
    draft: String,
    /// The certificate of the incubatee.
    certificate: String,
}

impl Back {
    fn new(asked: &[(&str, &str)]) -> Self {
        let world = World::new();
        let around = Around::new(world.outside());
        let key = settled(&world, &around, XINGHE, NAME, "340104");
        around.issue("incubatee.zzcred", &key, &Paper {
            issuer: HEFEI,
            kind: "incubatee-certificate",
            provenance: "direct",
            sub: XINGHE,
            name: NAME,
            region: "340104",
            claims: json!({"number": "HFUSP-2026-0117", "issued_on": "2026-10-20", "valid_until": "2027-10-19", "established_on": "2024-03-18", "entered_on": "2024-12-16", "incubation_deadline": "2028-12-15", "field": "量子传感", "area_sqm": 260}),
        });
        let ids = hold(&world, &around, &["incubatee.zzcred"]);
        let certificate = id_of(&ids, "incubatee-certificate").to_owned();
        let begin = json!({"request_id": null, "scenario": "branch_operation", "destination_region": "310117", "aud": SONGJIANG, "checklist_id": "SJ-BRANCH", "pack_id": "sh-songjiang"});
        let page = world.ask("draft.begin", begin);
        let draft = page["line"]["id"].as_str().expect("an id").to_owned();
        let first = around.text("first.zzdossier");
        let signing = json!({"id": draft, "passphrase": PASSPHRASE, "path": first, "seal": false});
        world.ask("draft.sign", signing);
        let wanted = asked.iter().map(|(item, text)| Wanted {
            item_id: (*item).to_owned(),
            text: (*text).to_owned(),
            due: Some("2026-12-10".parse().expect("a day")),
        });
        let outcome = DecisionOutcome::SupplementRequired;
        around.decide(Path::new(&first), SONGJIANG, outcome, wanted.collect(), "more.zzdecision");
        world.ask("draft.import_decision", json!({"path": around.text("more.zzdecision")}));
        world.ask("session.lock", json!({}));
        let world = world.later("2026-11-24T10:00:00+08:00");
        world.ask("session.unlock", json!({"secret": PASSPHRASE}));
        Self { world, around, draft, certificate }
    }

    fn page(&self) -> Value {
        self.world.ask("draft.get", json!({"id": self.draft}))
    }

    /// The demand of these words, wherever it stands.
    fn demand(&self, text: &str) -> Value {
        let page = self.page();
        let items = page["items"].as_array().expect("items").iter();
        let lists = items.map(|item| &item["asked"]).chain([&page["beyond"]]);
        let mut all = lists.flat_map(|list| list.as_array().expect("a list"));
        all.find(|demand| demand["text"] == text).unwrap_or_else(|| panic!("no {text}")).clone()
    }

    fn by(&self, text: &str) -> Value {
        self.demand(text)["by"].clone()
    }

    /// Attaches a file for a demand, in its row.
    fn attach(&self, file: &str, kind: &str, text: &str) -> Value {
        let demands = [&self.demand(text)["id"]];
        self.world.ask("draft.attach", json!({"draft_id": self.draft, "paths": [attachment(file)], "kind": kind, "answers": [], "demands": demands}))
    }

    fn choose(&self, answers: &Value, demands: &Value) -> Value {
        self.world.ask("draft.choose", json!({"draft_id": self.draft, "credential_id": self.certificate, "disclose": null, "answers": answers, "demands": demands}))
    }

    /// Signs what was added, and gives the manifest's lists as the destination reads them.
    fn sign(&self) -> String {
        let path = self.around.text("second.zzdossier");
        let signing = json!({"id": self.draft, "passphrase": PASSPHRASE, "path": path, "seal": false});
        self.world.ask("draft.sign", signing);
        path
    }
}

#[test]
fn a_file_counts_for_the_demand_in_whose_row_it_was_attached_and_for_no_other() {
    let back = Back::new(&[("other", "章程"), ("other", "审计报告"), ("lease", "租赁合同盖章页")]);
    let page = back.attach("site.png", "other", "章程");
    assert_eq!(back.by("章程"), json!(["site.png"]));
    assert_eq!([back.by("审计报告"), back.by("租赁合同盖章页")], [json!([]), json!([])], "nobody said so");
    let file = &page["attachments"][0];
    assert_eq!(file["answers"], json!([]), "no item of the checklist");
    assert_eq!(file["demands"], json!([back.demand("章程")["id"]]));

    // The very file for another row, and for one of the checklist: it stands in each.
    back.attach("site.png", "other", "审计报告");
    let page = back.attach("site.png", "other", "租赁合同盖章页");
    for text in ["章程", "审计报告", "租赁合同盖章页"] {
        assert_eq!(back.by(text), json!(["site.png"]), "{text}");
    }
    assert_eq!(page["attachments"].as_array().map(Vec::len), Some(1));
    assert_eq!(page["attachments"][0]["answers"], json!(["lease"]));
    let again = json!({"draft_id": back.draft, "paths": [attachment("site.png")], "kind": "other", "answers": [], "demands": [back.demand("章程")["id"]]});
    assert_eq!(back.world.refused("draft.attach", again).code, "DRAFT-TWICE", "in a row once");

    // Taken out of a row it counts there no more; taken out of the draft, nowhere.
    let change = |name: Value, demands: Value| {
        let view = &page["attachments"][0]["view"];
        json!({"draft_id": back.draft, "path": view["path"], "name": name, "kind": "other", "answers": [], "demands": demands})
    };
    let only = json!([back.demand("审计报告")["id"]]);
    back.world.ask("draft.change_attachment", change(json!("审计报告.png"), only));
    assert_eq!([back.by("章程"), back.by("审计报告")], [json!([]), json!(["审计报告.png"])]);
    back.world.ask("draft.change_attachment", change(Value::Null, json!([])));
    assert_eq!(back.by("审计报告"), json!([]));
    let odd = json!({"draft_id": back.draft, "paths": [attachment("site.png")], "kind": "other", "answers": [], "demands": ["nothing"]});
    assert_eq!(back.world.refused("draft.attach", odd).code, "DRAFT-ITEM");
}

#[test]
fn the_kind_of_a_file_for_something_beyond_the_checklist_answers_no_item_of_that_kind() {
    let back = Back::new(&[("other", "房东的产权证明")]);
    assert_eq!(item(&back.page(), "lease")["state"], "missing");
    let page = back.attach("lease.pdf", "lease", "房东的产权证明");
    assert_eq!(back.by("房东的产权证明"), json!(["lease.pdf"]));
    assert_eq!(item(&page, "lease")["state"], "missing", "it was not attached for the lease");
    // That its name or its demands change makes it no lease either.
    let view = &page["attachments"][0]["view"];
    let change = json!({"draft_id": back.draft, "path": view["path"], "name": "产权.pdf", "kind": "lease", "answers": [], "demands": []});
    let page = back.world.ask("draft.change_attachment", change);
    assert_eq!(item(&page, "lease")["state"], "missing");
    let report = back.around.verify(Path::new(&back.sign()), SONGJIANG);
    let items = report["items"].as_array().expect("items");
    let lease = items.iter().find(|item| item["item_id"] == "lease").expect("a lease");
    assert_eq!(lease["state"], "missing", "nor does the destination take it for one");
}

#[test]
fn what_was_attached_for_the_item_itself_keeps_counting_there() {
    let back = Back::new(&[("other", "房东的产权证明")]);
    let plain =
        json!({"draft_id": back.draft, "paths": [attachment("lease.pdf")], "kind": "lease", "answers": []});
    back.world.ask("draft.attach", plain);
    assert_eq!(back.by("房东的产权证明"), json!([]), "that it came since says nothing");
    let page = back.attach("lease.pdf", "other", "房东的产权证明");
    assert_eq!(back.by("房东的产权证明"), json!(["lease.pdf"]));
    assert_eq!(item(&page, "lease")["by"], json!(["lease.pdf"]), "and stays the lease");
}

#[test]
fn a_credential_counts_for_the_demands_that_it_was_said_to_be_for_and_for_no_other() {
    let back = Back::new(&[("incubatee", "最新的在孵证明"), ("other", "园区的说明")]);
    back.choose(&json!([]), &json!([]));
    assert_eq!([back.by("最新的在孵证明"), back.by("园区的说明")], [json!([]), json!([])]);
    let (first, second) = (back.demand("最新的在孵证明"), back.demand("园区的说明"));
    let page = back.choose(&json!([]), &json!([first["id"]]));
    assert_ne!(back.by("最新的在孵证明"), json!([]));
    assert_eq!(back.by("园区的说明"), json!([]));
    let chosen = &page["credentials"][0];
    assert_eq!([&chosen["demands"], &chosen["answers"]], [&json!([first["id"]]), &json!([])]);
    back.choose(&json!([]), &json!([first["id"], second["id"]]));
    assert_ne!(back.by("园区的说明"), json!([]));
    back.world.ask("draft.drop", json!({"draft_id": back.draft, "credential_id": back.certificate}));
    assert_eq!([back.by("最新的在孵证明"), back.by("园区的说明")], [json!([]), json!([])]);
    // Chosen for what lies beyond the checklist, it answers no item of it.
    let page = back.choose(&json!([]), &json!([second["id"]]));
    assert_eq!(item(&page, "incubatee")["by"], json!([]));
}

#[test]
fn a_request_that_came_with_what_is_to_be_added_is_answered_by_the_dossier_that_was_sent_back() {
    let back = Back::new(&[("other", "章程")]);
    let waiting = |back: &Back| back.world.ask("session.status", json!({}))["waiting"]["requests"].clone();
    back.around.request("more.zzrequest", SONGJIANG, TERMS, Some(XINGHE), "2026-11-23T12:00:00+08:00");
    let asked = back.world.ask("request.import", json!({"path": back.around.text("more.zzrequest")}));
    assert_eq!(waiting(&back), json!(1));
    let begin = json!({"request_id": asked["id"], "scenario": null, "destination_region": null, "aud": null, "checklist_id": null, "pack_id": null});
    let page = back.world.ask("draft.begin", begin);
    assert_eq!(page["line"]["id"], json!(back.draft), "the one that is in work goes on");
    let signing = back.world.ask("draft.signing_page", json!({"id": back.draft}));
    assert!(signing["lines"].to_string().contains("答复的请求"), "{signing}");

    back.attach("site.png", "other", "章程");
    let report = back.around.verify(Path::new(&back.sign()), SONGJIANG);
    assert!(findings(&report).iter().any(|it| it.starts_with("\"REQ-NONCE\" \"pass\"")), "{report}");
    assert_eq!(waiting(&back), json!(0), "the supplement is sent");
    let requests = back.world.ask("request.list", json!({}));
    assert_eq!(requests["requests"][0]["answered"], json!(true));
}

#[test]
fn a_dossier_that_was_sent_back_is_overtaken_by_a_later_one_for_the_same_purpose() {
    let back = Back::new(&[("other", "章程")]);
    let line = |id: &str| {
        let drafts = back.world.ask("draft.list", json!({}))["drafts"].clone();
        let found = drafts.as_array().expect("a list").iter().find(|line| line["id"] == id);
        found.unwrap_or_else(|| panic!("no {id}")).clone()
    };
    let begin = json!({"request_id": null, "scenario": "branch_operation", "destination_region": "310117", "aud": SONGJIANG, "checklist_id": "SJ-BRANCH", "pack_id": "sh-songjiang"});
    let later = back.world.ask("draft.begin", begin)["line"]["id"].as_str().expect("an id").to_owned();
    assert_eq!(line(&back.draft)["overtaken"], Value::Null, "what is in work takes the place of nothing");
    let path = back.around.text("later.zzdossier");
    let signing = json!({"id": later, "passphrase": PASSPHRASE, "path": path, "seal": false});
    back.world.ask("draft.sign", signing);
    let (first, second) = (line(&back.draft), line(&later));
    assert_eq!(first["overtaken"], Value::Null, "it may never have left this machine");
    back.world.ask("draft.export", json!({"id": later, "path": path, "seal": false}));
    let first = line(&back.draft);
    assert_eq!(first["overtaken"], second["signed"]);
    assert_eq!(
        [&first["due"], &first["days_left"]],
        [&json!("2026-12-10"), &json!(16)],
        "it is waited for still"
    );
    assert_eq!(back.page()["line"]["overtaken"], second["signed"], "its page says so as well");
    assert_eq!(second["overtaken"], Value::Null);
    let report = back.around.verify(Path::new(&path), SONGJIANG);
    assert_eq!(second["number"], report["dossier"]["id"], "the number that the destination sees");
    let newest = back.world.ask("draft.list", json!({}))["drafts"][0]["id"].clone();
    assert_eq!(newest, json!(later), "signed last, listed first");
}

#[test]
fn a_dossier_about_another_branch_takes_the_place_of_none() {
    let back = Back::new(&[("other", "章程")]);
    let about = |draft: &str, branch: &str| {
        let mut fields = back.world.ask("draft.get", json!({"id": draft}))["fields"].clone();
        fields["facts"] = json!([{"name": "related[0].uscc", "value": branch}]);
        back.world.ask("draft.save", json!({"id": draft, "fields": fields}));
    };
    let overtaken = || back.page()["line"]["overtaken"].clone();
    let begin = json!({"request_id": null, "scenario": "branch_operation", "destination_region": "310117", "aud": SONGJIANG, "checklist_id": "SJ-BRANCH", "pack_id": "sh-songjiang"});
    let later = back.world.ask("draft.begin", begin)["line"]["id"].as_str().expect("an id").to_owned();
    about(&back.draft, YUNZHAN);
    about(&later, XINGHE_BRANCH);
    let path = back.around.text("later.zzdossier");
    let signing = json!({"id": later, "passphrase": PASSPHRASE, "path": path, "seal": false});
    back.world.ask("draft.sign", signing);
    back.world.ask("draft.export", json!({"id": later, "path": path, "seal": false}));
    assert_eq!(overtaken(), Value::Null);
    about(&back.draft, XINGHE_BRANCH);
    assert_ne!(overtaken(), Value::Null);
}

#[test]
fn a_request_of_other_terms_or_from_before_is_not_answered_by_the_way() {
    let back = Back::new(&[("other", "章程")]);
    let (scenario, region, _, pack) = TERMS;
    let other = (scenario, region, "SJ-OTHER", pack);
    back.around.request("other.zzrequest", SONGJIANG, other, Some(XINGHE), "2026-11-23T12:00:00+08:00");
    back.around.request("old.zzrequest", SONGJIANG, TERMS, Some(XINGHE), "2026-11-20T09:00:00+08:00");
    for file in ["other.zzrequest", "old.zzrequest"] {
        back.world.ask("request.import", json!({"path": back.around.text(file)}));
    }
    let signing = back.world.ask("draft.signing_page", json!({"id": back.draft}));
    assert!(!signing["lines"].to_string().contains("答复的请求"), "{signing}");
    back.sign();
    assert_eq!(back.world.ask("session.status", json!({}))["waiting"]["requests"], json!(2));
}

#[test]
fn before_it_is_decided_a_dossier_is_prepared_once_more_and_answers_the_same_request() {
    let world = World::new();
    let around = Around::new(world.outside());
    settled(&world, &around, XINGHE, NAME, "340104");
    around.request("asked.zzrequest", SONGJIANG, TERMS, Some(XINGHE), "2026-11-20T09:00:00+08:00");
    let asked = world.ask("request.import", json!({"path": around.text("asked.zzrequest")}));
    let begin = json!({"request_id": asked["id"], "scenario": null, "destination_region": null, "aud": null, "checklist_id": null, "pack_id": null});
    let draft = world.ask("draft.begin", begin)["line"]["id"].as_str().expect("an id").to_owned();
    let again = |id: &str| {
        let page = world.ask("draft.again", json!({"id": id}));
        page["line"]["id"].as_str().expect("an id").to_owned()
    };
    assert_eq!(again(&draft), draft, "one that is in work goes on");
    world.ask("draft.attach", json!({"draft_id": draft, "paths": [attachment("lease.pdf")], "kind": "lease", "answers": ["lease"], "demands": []}));
    let mut fields = world.ask("draft.get", json!({"id": draft}))["fields"].clone();
    fields["facts"] = json!([{"name": "rd_staff_at_destination_percent", "value": "20"}]);
    world.ask("draft.save", json!({"id": draft, "fields": fields}));
    let sign = |id: &str, file: &str| json!({"id": id, "passphrase": PASSPHRASE, "path": around.text(file), "seal": false});
    world.ask("draft.sign", sign(&draft, "first.zzdossier"));
    let request = || world.ask("request.list", json!({}))["requests"][0].clone();
    assert_eq!((&request()["answered"], &request()["draft_id"]), (&json!(true), &json!(draft)));

    let second = again(&draft);
    assert_ne!(second, draft);
    assert_eq!(again(&draft), second, "and not a third");
    let page = world.ask("draft.get", json!({"id": second}));
    assert_eq!(page["fields"], fields);
    assert_eq!(page["attachments"][0]["view"]["name"], "lease.pdf");
    assert_eq!(item(&page, "lease")["state"], "ready");
    assert_eq!(request()["answered"], json!(true), "nothing waits as long as it is not signed");
    world.ask("draft.remove", json!({"id": second}));
    let kept = world.ask("draft.get", json!({"id": draft}))["attachments"].clone();
    assert_eq!(kept.as_array().map(Vec::len), Some(1), "the signed one has its file still");

    let second = again(&draft);
    world.ask("draft.sign", sign(&second, "second.zzdossier"));
    let report = around.verify(&around.path("second.zzdossier"), SONGJIANG);
    assert!(findings(&report).iter().any(|it| it.starts_with("\"REQ-NONCE\" \"pass\"")), "{report}");
    assert_eq!(request()["draft_id"], json!(second), "the newest answer");

    // Once it is decided, the request is over, and what was in work for it goes out on the firm's own account.
    let third = again(&second);
    let decided = around.path("second.zzdossier");
    around.decide(&decided, SONGJIANG, DecisionOutcome::Rejected, Vec::new(), "done.zzdecision");
    world.ask("draft.import_decision", json!({"path": around.text("done.zzdecision")}));
    let lapsed =
        |id: &str| world.ask("draft.get", json!({"id": id}))["remarks"].to_string().contains("不再答复请求");
    assert!(lapsed(&third), "and the firm is told");
    world.ask("draft.sign", sign(&third, "third.zzdossier"));
    assert!(!lapsed(&third), "what is signed needs no advice");
    assert!(lapsed(&again(&second)), "one that is begun after that is told the same");
    let report = around.verify(&around.path("third.zzdossier"), SONGJIANG);
    let found = findings(&report);
    assert!(found.iter().any(|it| it.contains("UNSOLICITED")), "{found:?}");
    assert!(found.iter().all(|it| !it.contains("REPLAY") && !it.contains("REQ-")), "{found:?}");
}
