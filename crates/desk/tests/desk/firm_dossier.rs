//! Story 7.1 on the firm's side: a Hefei firm opens a branch in Songjiang, from an empty database to the
//! decision that comes back.

mod asked;

use std::path::Path;

use chrono::TimeDelta;
use serde_json::{Value, json};
use zizhi_app::decide::DecisionOutcome;
use zizhi_crypto::PublicKey;
use zizhi_model::Scenario;

use crate::firm::*;
use crate::world::{PASSPHRASE, World};

const NAME: &str = "合肥星河量子传感技术有限公司【演示】";
const BRANCH: &str = "合肥星河量子传感技术有限公司上海分公司【演示】";
const TERMS: (Scenario, &str, &str, (&str, i64)) =
    (Scenario::BranchOperation, "310117", "SJ-BRANCH", ("sh-songjiang", 3));

fn papers(around: &Around, key: &PublicKey) -> Vec<&'static str> {
    let mine = |file: &str, issuer, kind, provenance, claims| {
        around.issue(
            file,
            key,
            &Paper { issuer, kind, provenance, sub: XINGHE, name: NAME, region: "340104", claims },
        );
    };
    mine(
        "licence.zzcred",
        HEFEI,
        "business-licence",
        "attested",
        json!({"number": XINGHE, "established_on": "2024-03-18", "address": "安徽省合肥市蜀山区望江西路1号【演示】"}),
    );
    mine(
        "incubatee.zzcred",
        HEFEI,
        "incubatee-certificate",
        "direct",
        json!({"number": "HFUSP-2026-0117", "issued_on": "2026-10-20", "valid_until": "2027-10-19", "established_on": "2024-03-18", "entered_on": "2024-12-16", "incubation_deadline": "2028-12-15", "field": "量子传感", "area_sqm": 260}),
    );
    mine(
        "high-tech.zzcred",
        HEFEI,
        "high-tech-enterprise",
        "attested",
        json!({"number": "GR202534990001", "issued_on": "2025-11-19", "valid_from": "2025-11-19", "valid_until": "2028-11-18"}),
    );
    mine(
        "tech-sme.zzcred",
        HEFEI,
        "tech-sme",
        "attested",
        json!({"number": "202634010408990001", "issued_on": "2026-03-02", "valid_until": "2026-12-31"}),
    );
    mine(
        "iso.zzcred",
        HEFEI,
        "management-cert",
        "attested",
        json!({"number": "99026Q90001R0S", "standard": "ISO 9001", "issued_on": "2023-10-21", "valid_until": "2026-10-20"}),
    );
    around.issue("branch.zzcred", key, &Paper {
        issuer: SONGJIANG,
        kind: "branch-licence",
        provenance: "attested",
        sub: XINGHE_BRANCH,
        name: BRANCH,
        region: "310117",
        claims: json!({"number": XINGHE_BRANCH, "parent_uscc": XINGHE, "registered_on": "2026-10-12", "principal": "负责人【演示】"}),
    });
    vec![
        "licence.zzcred",
        "incubatee.zzcred",
        "high-tech.zzcred",
        "tech-sme.zzcred",
        "iso.zzcred",
        "branch.zzcred",
    ]
}

fn facts(fields: &Value) -> Value {
    let mut fields = fields.clone();
    fields["facts"] = json!([
        {"name": "related[0].uscc", "value": XINGHE_BRANCH},
        {"name": "related[0].name", "value": BRANCH},
        {"name": "related[0].relation", "value": "branch"},
        {"name": "rd_staff_at_destination_percent", "value": "20"},
    ]);
    fields
}

/// The firm with its papers, and a draft that answers Songjiang's request.
fn begun() -> (World, Around, Vec<(String, String)>, Value) {
    let world = World::new();
    let around = Around::new(world.outside());
    let key = settled(&world, &around, XINGHE, NAME, "340104");
    let files = papers(&around, &key);
    let ids = hold(&world, &around, &files);
    around.request("ask.zzrequest", SONGJIANG, TERMS, Some(XINGHE), "2026-11-20T09:00:00+08:00");
    let asked = world.ask("request.import", json!({"path": around.text("ask.zzrequest")}));
    assert_eq!(asked["other"], "松江科创孵化器【演示】", "who asks is known by name");
    assert_eq!(asked["remark"], Value::Null, "and was verified");
    let page = world.ask("draft.begin", begin_by(&asked["id"]));
    (world, around, ids, page)
}

fn begin_by(request: &Value) -> Value {
    json!({"request_id": request, "scenario": null, "destination_region": null, "aud": null, "checklist_id": null, "pack_id": null})
}

fn attach(world: &World, draft: &str, path: &str, kind: &str) -> Value {
    world.ask("draft.attach", json!({"draft_id": draft, "paths": [path], "kind": kind, "answers": []}))
}

#[test]
fn the_story_from_an_empty_database_to_the_decision() {
    let (world, around, ids, page) = begun();
    let draft = page["line"]["id"].as_str().expect("an id").to_owned();

    // What is held and required is chosen at once; what is missing is said before anything is sent.
    assert_eq!(item(&page, "licence")["state"], "ready");
    assert_eq!(item(&page, "incubatee")["state"], "ready");
    assert_eq!(item(&page, "branch")["state"], "ready");
    let lease = item(&page, "lease");
    assert_eq!((&lease["state"], &lease["required"]), (&json!("missing"), &json!(true)));
    assert!(lease["remark"]["zh"].as_str().expect("words").contains("请附上"), "{lease}");
    let sme = item(&page, "tech-sme");
    assert_eq!((&sme["state"], &sme["required"]), (&json!("missing"), &json!(false)));
    assert!(
        sme["remark"]["zh"].as_str().expect("words").contains("您持有"),
        "it is held and could be chosen"
    );
    assert_eq!(sme["candidates"], json!([id_of(&ids, "tech-sme")]));
    let iso = item(&page, "quality")["remark"]["zh"].as_str().expect("words").to_owned();
    assert!(iso.contains("2026年10月20日到期"), "the certificate that ran out is told: {iso}");
    let direct = &item(&page, "incubatee")["accepted"][0];
    assert_eq!((&direct["mode"], &direct["rule_id"]), (&json!("equivalent"), &json!("SJ-E-01")));
    let told = direct["grounds"]["zh"].as_str().expect("words");
    assert_eq!(told, "《双方孵化器资质互认协议【演示】》（演示〔2026〕1号）第三条（规则 SJ-E-01）");

    let declared = &item(&page, "financing")["accepted"][0];
    assert_eq!((&declared["mode"], &declared["rule_id"]), (&json!("reference"), &Value::Null));
    assert_eq!(declared["grounds"]["zh"], "没有适用的互认规则", "in the words of the report");

    // The least is chosen; the branch's licence shows what ties it to the firm, and no more.
    let chosen = |page: &Value, kind: &str| {
        let all = page["credentials"].as_array().expect("a list").clone();
        all.into_iter().find(|it| it["credential_id"] == id_of(&ids, kind)).expect("it is chosen")
    };
    let shown = |credential: &Value| -> Vec<String> {
        let claims = credential["claims"].as_array().expect("claims");
        let own = claims.iter().filter(|it| it["line"]["selectable"] == true && it["shown"] == true);
        own.map(|it| it["line"]["path"].as_str().expect("a path").to_owned()).collect()
    };
    assert_eq!(shown(&chosen(&page, "branch-licence")), ["parent_uscc"]);
    assert_eq!(
        shown(&chosen(&page, "incubatee-certificate")),
        Vec::<String>::new(),
        "nothing is asked of it"
    );

    let page = world.ask("draft.choose", json!({"draft_id": draft, "credential_id": id_of(&ids, "high-tech-enterprise"), "disclose": ["number", "valid_until"], "answers": ["high-tech"]}));
    assert!(
        item(&page, "high-tech")["remark"]["zh"].as_str().expect("words").contains("仅作参考"),
        "it rides on the head office"
    );
    let page = world.ask("draft.choose", json!({"draft_id": draft, "credential_id": id_of(&ids, "tech-sme"), "disclose": ["number", "valid_until"], "answers": ["tech-sme"]}));
    assert_eq!(item(&page, "tech-sme")["state"], "expiring");
    assert!(item(&page, "tech-sme")["remark"]["zh"].as_str().expect("words").contains("还剩38天"));

    let page = attach(&world, &draft, &attachment("lease.pdf"), "lease");
    assert_eq!(item(&page, "lease")["state"], "ready");
    world.ask("draft.save", json!({"id": draft, "fields": facts(&page["fields"])}));

    // 自检 finds what the destination finds later.
    let checked = world.ask("draft.check", json!({"id": draft, "passphrase": PASSPHRASE}));
    assert_eq!(checked["report"]["verdict"], "passed_with_conditions", "{}", checked["report"]["checks"]);
    let codes: Vec<&str> =
        checked["advice"].as_array().expect("advice").iter().filter_map(|it| it["code"].as_str()).collect();
    assert!(codes.contains(&"DATE-SOON"), "{codes:?}");
    assert!(
        std::fs::read_dir(world.data().join("database/work")).expect("a folder").next().is_none(),
        "nothing is left behind"
    );

    let signing = world.ask("draft.signing_page", json!({"id": draft}));
    let values: Vec<&str> =
        signing["lines"].as_array().expect("lines").iter().filter_map(|it| it["value"].as_str()).collect();
    for named in [
        "松江科创孵化器【演示】",
        "（SJ-BRANCH）",
        "上海市松江区（sh-songjiang）",
        "松江科创孵化器【演示】的请求（",
    ] {
        assert!(
            values.iter().any(|value| value.contains(named)),
            "{named}, and not its code alone: {values:?}"
        );
    }
    assert!(!values.contains(&"SJ-BRANCH"), "{values:?}");
    let stated = |it: &Value| it["path"] == "facts.rd_staff_at_destination_percent" && it["value"] == "20";
    let line =
        signing["lines"].as_array().expect("lines").iter().find(|it| stated(it)).expect("it is stated");
    assert!(line["label"]["zh"].as_str().is_some_and(|label| label.contains("研发人员占比")), "{line}");
    assert_eq!(signing["credentials"].as_array().expect("a list").len(), 5);
    assert!(
        signing["credentials"][2]["hidden"].as_u64().expect("a count") >= 6,
        "what stays hidden is counted"
    );
    assert_eq!(signing["attachments"][0]["name"], "lease.pdf");

    let sealed = around.text("to-songjiang.zzdossier.age");
    let unsealed = json!({"id": draft, "passphrase": PASSPHRASE, "path": sealed, "seal": false});
    assert_eq!(world.refused("draft.sign", unsealed).code, "IO-NAME", "what is not sealed is not called so");
    assert!(!Path::new(&sealed).exists(), "nothing was signed or written");
    let written =
        world.ask("draft.sign", json!({"id": draft, "passphrase": PASSPHRASE, "path": sealed, "seal": true}));
    let head = std::fs::read(&sealed).expect("a file");
    assert!(head.starts_with(b"age-encryption.org/v1"), "only the destination can open it");
    assert_eq!(written["sha256"], zizhi_crypto::digest::hex(&zizhi_crypto::digest::sha256(&head)));

    let report = around.verify(Path::new(&sealed), SONGJIANG);
    assert_eq!(report["verdict"], checked["report"]["verdict"]);
    assert_eq!(findings(&report), findings(&checked["report"]), "the destination finds what 自检 found");
    assert_eq!(report["items"], checked["report"]["items"]);
    let revealed = report["credentials"].to_string() + &report["dossier"].to_string();
    assert!(!revealed.contains("望江西路"), "what was not chosen does not travel");

    let unsealed = json!({"id": draft, "path": sealed, "seal": false});
    assert_eq!(world.refused("draft.export", unsealed).code, "IO-NAME");
    // Written out again, the bytes are the same.
    let (one, two) = (around.text("one.zzdossier"), around.text("two.zzdossier"));
    for path in [&one, &two] {
        world.ask("draft.export", json!({"id": draft, "path": path, "seal": false}));
    }
    assert_eq!(std::fs::read(&one).expect("a file"), std::fs::read(&two).expect("a file"));
    taken_alike(&world, &draft, &one);
    let page = world.ask("draft.get", json!({"id": draft}));
    let digest = zizhi_crypto::digest::sha256(&std::fs::read(&one).expect("a file"));
    assert_eq!(page["signed_sha256"], zizhi_crypto::digest::hex_groups(&digest));
    assert_eq!(page["line"]["state"], "signed");
    assert_eq!(page["line"]["signed"], crate::firm::NOW, "when it was signed, whenever it was begun");
    let asked = world.ask("request.list", json!({}));
    assert_eq!(asked["requests"][0]["answered"], true);

    around.decide(
        Path::new(&sealed),
        SONGJIANG,
        DecisionOutcome::AcceptedWithConditions,
        wanted("quality", "2026-12-10"),
        "answer.zzdecision",
    );
    let told = world.ask("draft.import_decision", json!({"path": around.text("answer.zzdecision")}));
    assert_eq!(told["draft_id"], draft.as_str());
    assert_eq!(told["by"], "松江科创孵化器【演示】");
    let page = world.ask("draft.get", json!({"id": draft}));
    assert_eq!(page["line"]["state"], "decided");
    assert_eq!(page["decision"]["outcome"], "accepted_with_conditions");
    let parts = page["decision"]["parts"].as_array().expect("parts");
    let zh = |value: &Value| value["zh"].as_str().expect("words").to_owned();
    let said: Vec<_> = parts.iter().map(|part| (zh(&part["label"]), zh(&part["values"][0]))).collect();
    let expected = [
        ("理由", "材料已核验，高企仅作参考（CHK-MISSING）"),
        ("需补充", "请补齐盖章页，期限 2026-12-10"),
        ("决定日期", "2026年11月23日"),
        ("经办人", "经办员【演示】"),
        ("复核人", "复核员【演示】"),
    ];
    assert_eq!(said, expected.map(|(label, value)| (label.to_owned(), value.to_owned())));
    let kinds: Vec<&str> =
        page["timeline"].as_array().expect("a list").iter().filter_map(|it| it["kind"].as_str()).collect();
    assert_eq!(kinds, ["begun", "signed", "exported", "exported", "decided"]);
    // Taking it in twice changes nothing.
    world.ask("draft.import_decision", json!({"path": around.text("answer.zzdecision")}));
    assert_eq!(world.ask("draft.get", json!({"id": draft}))["timeline"], page["timeline"]);
    conditions_are_met_by_another(&world, &draft);
}

/// Of what was accepted with conditions another is begun, which says them and where their papers go.
fn conditions_are_met_by_another(world: &World, decided: &str) {
    let next = world.ask("draft.again", json!({"id": decided}));
    assert_ne!(next["line"]["id"], decided);
    assert_eq!((&next["line"]["state"], &next["line"]["outcome"]), (&json!("draft"), &Value::Null));
    assert_eq!(next["decision"]["outcome"], "accepted_with_conditions", "what it is to meet");
    let items = next["items"].as_array().expect("items");
    let quality = items.iter().find(|item| item["item_id"] == "quality").expect("the item");
    assert_eq!(quality["asked"][0]["text"], "请补齐盖章页", "{quality}");
    let remarks = next["remarks"].to_string();
    assert!(remarks.contains("按条件补交材料") && !remarks.contains("已作出决定、"), "{remarks}");
    let old = world.ask("draft.get", json!({"id": decided}));
    assert_eq!(old["line"]["state"], "decided", "what was decided stays so");
}

#[test]
fn what_is_missing_at_the_destination_is_found_by_the_self_check_too() {
    let (world, around, _, page) = begun();
    let draft = page["line"]["id"].as_str().expect("an id").to_owned();
    world.ask("draft.save", json!({"id": draft, "fields": facts(&page["fields"])}));
    let checked = world.ask("draft.check", json!({"id": draft, "passphrase": PASSPHRASE}));
    assert_eq!(checked["report"]["verdict"], "failed", "the lease is not there");
    let path = around.text("without.zzdossier");
    world.ask("draft.sign", json!({"id": draft, "passphrase": PASSPHRASE, "path": path, "seal": false}));
    let report = around.verify(Path::new(&path), SONGJIANG);
    assert_eq!(findings(&report), findings(&checked["report"]));
}

/// A dossier as the list of them has it.
fn listed(world: &World, draft: &str) -> Value {
    let list = world.ask("draft.list", json!({}));
    let mut lines = list["drafts"].as_array().expect("a list").iter();
    lines.find(|line| line["id"] == draft).expect("it is there").clone()
}

/// What the destination said, and until when it waits.
fn asked(line: &Value) -> Value {
    json!([line["outcome"], line["due"], line["days_left"]])
}

#[test]
fn a_destination_is_chosen_from_the_rule_packs_or_a_request() {
    let (world, ..) = begun();
    let all = world.ask("draft.destinations", json!({}))["destinations"].clone();
    let all = all.as_array().expect("a list");
    assert!(all[0]["request_id"].as_str().is_some(), "what was asked for comes first");
    let songjiang = all
        .iter()
        .find(|it| it["pack_id"] == "sh-songjiang" && it["request_id"].is_null())
        .expect("it is there");
    assert_eq!(songjiang["regions"], "上海市松江区");
    assert!(all.iter().all(|it| it["own"] == false), "a desk of Hefei asks nobody by them");
    assert_eq!(songjiang["region_codes"], json!(["310117"]));
    assert_eq!(songjiang["incubators"][0]["name"], "松江科创孵化器【演示】");
    let voucher = all.iter().find(|it| it["pack_id"] == "sh-voucher").expect("it is there");
    assert_eq!(voucher["incubators"][0]["name"], "上海材料表征平台【演示】", "who takes vouchers is named");
    assert!(voucher["region_codes"].as_array().expect("a list").len() > 15, "every district of Shanghai");

    let unasked = json!({"request_id": null, "scenario": "branch_operation", "destination_region": "310117", "aud": SONGJIANG, "checklist_id": "SJ-BRANCH", "pack_id": "sh-songjiang"});
    let page = world.ask("draft.begin", unasked.clone());
    assert_eq!(page["can_seal"], true);
    assert!(
        page["fact_fields"]
            .as_array()
            .expect("fields")
            .iter()
            .any(|it| it["name"] == "rd_staff_at_destination_percent")
    );
    for (member, value, code) in [
        ("destination_region", json!("310118"), "REG-SCOPE"),
        ("scenario", json!("full_relocation"), "REG-SCOPE"),
        ("pack_id", json!("sh-nowhere"), "RULE-MISSING"),
        ("checklist_id", json!("SJ-NOTHING"), "RULE-MISSING"),
        ("aud", json!("91310117DEM0000301"), "FMT-USCC"),
        ("destination_region", json!("松江"), "FMT-REGION"),
        ("aud", Value::Null, "DRAFT-TERMS"),
    ] {
        let mut wrong = unasked.clone();
        wrong[member] = value;
        assert_eq!(world.refused("draft.begin", wrong).code, code, "{member}");
    }
    assert_eq!(
        world.ask("draft.list", json!({}))["drafts"].as_array().expect("a list").len(),
        2,
        "refusals make nothing"
    );
}

#[test]
fn two_decisions_on_one_dossier_are_both_kept_and_the_one_signed_last_stands() {
    let (world, around, _, page) = begun();
    let draft = page["line"]["id"].as_str().expect("an id").to_owned();
    attach(&world, &draft, &attachment("lease.pdf"), "lease");
    world.ask("draft.save", json!({"id": draft, "fields": facts(&page["fields"])}));
    let signed = around.text("signed.zzdossier");
    world.ask("draft.sign", json!({"id": draft, "passphrase": PASSPHRASE, "path": signed, "seal": false}));
    let later = now() + TimeDelta::hours(1);
    for (outcome, at, to) in [
        (DecisionOutcome::SupplementRequired, now(), "first.zzdecision"),
        (DecisionOutcome::AcceptedWithConditions, later, "second.zzdecision"),
    ] {
        let wanted = wanted("lease", "2026-12-10");
        around.decide_at(Path::new(&signed), SONGJIANG, (outcome, at), wanted, to);
    }
    world.ask("session.lock", json!({}));
    let world = world.later("2026-11-24T10:00:00+08:00");
    world.ask("session.unlock", json!({"secret": PASSPHRASE}));
    let take = |file: &str| {
        world.ask("draft.import_decision", json!({"path": around.text(file)}));
        world.ask("draft.get", json!({"id": draft}))
    };
    let page = take("second.zzdecision");
    assert_eq!((&page["line"]["state"], &page["other_decisions"]), (&json!("decided"), &json!([])));
    assert_eq!(listed(&world, &draft)["differ"], false);
    // The older one comes after it, as on a stick that was forgotten in a drawer.
    let page = take("first.zzdecision");
    assert_eq!(page["line"]["state"], "decided", "what was signed last stands");
    assert_eq!(page["decision"]["outcome"], "accepted_with_conditions");
    assert_eq!(asked(&listed(&world, &draft)), json!(["accepted_with_conditions", "2026-12-10", 16]));
    assert_eq!(listed(&world, &draft)["differ"], true, "the list says that there is another one");
    assert_eq!(page["line"], listed(&world, &draft));
    let other = &page["other_decisions"][0];
    assert_eq!(other["decision"]["outcome"], "supplement_required", "and the other is there to be compared");
    assert!(other["signed_at"].as_str() < page["decision_signed_at"].as_str(), "{page}");
}
