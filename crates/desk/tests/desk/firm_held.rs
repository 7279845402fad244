//! 资质凭证: what is taken in and what is not, how each stands, what the firm states about itself.

use serde_json::{Value, json};
use zizhi_credential::status::Status;
use zizhi_crypto::{Algorithm, PublicKey, SigningKey, SystemRandom};

use crate::firm::*;
use crate::world::{PASSPHRASE, World};

const NAME: &str = "合肥星河量子传感技术有限公司【演示】";

fn paper<'p>(kind: &'p str, claims: Value) -> Paper<'p> {
    Paper { issuer: HEFEI, kind, provenance: "attested", sub: XINGHE, name: NAME, region: "340104", claims }
}

fn world() -> (World, Around, PublicKey) {
    let world = World::new();
    let around = Around::new(world.outside());
    let key = settled(&world, &around, XINGHE, NAME, "340104");
    (world, around, key)
}

fn import(world: &World, around: &Around, file: &str) -> Value {
    world.ask("hold.import", json!({"paths": [around.text(file)]}))
}

fn refusal(world: &World, around: &Around, file: &str) -> String {
    let done = import(world, around, file);
    assert_eq!(done["imported"], json!([]), "{file} is not taken in");
    let refused = &done["refused"][0];
    assert_eq!(refused["path"], around.text(file));
    refused["refusal"]["code"].as_str().expect("a code").to_owned()
}

#[test]
fn what_ends_first_stands_first_and_reminders_grow_urgent() {
    let (world, around, key) = world();
    for (file, until) in [
        ("long.zzcred", Some("2028-11-18")),
        ("never.zzcred", None),
        ("over.zzcred", Some("2026-11-22")),
        ("today.zzcred", Some("2026-11-23")),
        ("week.zzcred", Some("2026-11-30")),
        ("month.zzcred", Some("2026-12-23")),
        ("quarter.zzcred", Some("2027-02-21")),
        ("later.zzcred", Some("2027-02-22")),
    ] {
        let mut claims = json!({"number": file, "standard": "ISO 9001"});
        if let Some(until) = until {
            claims["valid_until"] = json!(until);
        }
        around.issue(file, &key, &paper("management-cert", claims));
        import(&world, &around, file);
    }
    let list = world.ask("hold.list", json!({"text": ""}));
    let lines: Vec<(String, Value, String)> = list["credentials"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|line| {
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            (text(&line["number"]), line["days_left"].clone(), text(&line["standing"]))
        })
        .collect();
    let expected = [
        ("over.zzcred", json!(-1), "expired"),
        ("today.zzcred", json!(0), "expiring"),
        ("week.zzcred", json!(7), "expiring"),
        ("month.zzcred", json!(30), "expiring"),
        ("quarter.zzcred", json!(90), "expiring"),
        ("later.zzcred", json!(91), "valid"),
        ("long.zzcred", json!(726), "valid"),
        ("never.zzcred", Value::Null, "valid"),
    ];
    assert_eq!(
        lines,
        expected.map(|(number, days, standing)| (number.to_owned(), days, standing.to_owned()))
    );
    let remark = |at: usize| list["credentials"][at]["remark"]["zh"].as_str().unwrap_or_default().to_owned();
    assert!(remark(2).contains("立即"), "seven days: {}", remark(2));
    assert!(remark(3).contains("尽快"), "thirty days: {}", remark(3));
    assert!(remark(4).contains("安排"), "ninety days: {}", remark(4));
    assert_eq!(list["credentials"][5]["remark"], Value::Null);
    let found = world.ask("hold.list", json!({"text": "合肥国家"}));
    assert_eq!(found["credentials"].as_array().expect("a list").len(), 8, "found by the issuer's name");
    assert_eq!(
        world.ask("hold.list", json!({"text": "WEEK"}))["credentials"].as_array().expect("a list").len(),
        1
    );
}

#[test]
fn the_status_is_what_the_trust_data_has_with_its_age() {
    let (world, around, key) = world();
    let idx = around.issue(
        "one.zzcred",
        &key,
        &paper("tech-sme", json!({"number": "202634010408990001", "valid_until": "2026-12-31"})),
    );
    let ids = hold(&world, &around, &["one.zzcred"]);
    let id = id_of(&ids, "tech-sme");
    let page = world.ask("hold.get", json!({ "id": id }));
    assert_eq!(page["status_uri"], status_uri(HEFEI));
    assert!(
        page["status"]["zh"].as_str().expect("words").contains("未被撤销")
            || page["status"]["zh"].as_str().expect("words").contains("有效"),
        "{}",
        page["status"]
    );
    let labels: Vec<&str> = page["view"]["lines"]
        .as_array()
        .expect("lines")
        .iter()
        .filter_map(|it| it["label"]["zh"].as_str())
        .collect();
    assert!(labels.contains(&"持有企业"), "{labels:?}");

    around.publish("revoked.zztrust", 0, &[(HEFEI, idx, Status::Revoked)]);
    import_trust(&world, &around.text("revoked.zztrust"));
    let line = world.ask("hold.get", json!({ "id": id }))["line"].clone();
    assert_eq!(line["standing"], "revoked");
    assert!(line["remark"]["zh"].as_str().expect("words").contains("撤销"), "{line}");
    // It is news until somebody has seen it, and only once.
    assert_eq!(line["moved"]["from"], "valid", "{line}");
    let notices = || world.ask("session.status", json!({}))["waiting"]["notices"].clone();
    assert_eq!(notices(), 1);
    import_trust(&world, &around.text("revoked.zztrust"));
    assert_eq!(notices(), 1, "the same again is no news");
    world.ask("hold.seen", json!({ "id": id }));
    assert_eq!(notices(), 0);
    let line = world.ask("hold.get", json!({ "id": id }))["line"].clone();
    assert_eq!((&line["standing"], &line["moved"]), (&json!("revoked"), &json!(null)), "it stays revoked");
}

#[test]
fn what_cannot_be_checked_is_said_and_taken_in() {
    let world = World::new();
    let around = Around::new(world.outside());
    let profile = json!({"uscc": XINGHE, "name": NAME, "role": "firm", "region": "340104"});
    world.ask("session.create", json!({"profile": profile, "passphrase": PASSPHRASE}));
    world.ask("hold.export_key", json!({"path": around.text("holder.jwk")}));
    let key =
        PublicKey::from_jwk_bytes(&std::fs::read(around.path("holder.jwk")).expect("a file")).expect("a key");
    around.issue("one.zzcred", &key, &paper("patent", json!({"number": "ZL202419900001.2", "kind": "发明"})));
    let done = import(&world, &around, "one.zzcred");
    let line = &done["imported"][0];
    assert_eq!(line["standing"], "unknown", "there is no trust data at hand");
    assert!(line["remark"]["zh"].as_str().is_some_and(|words| !words.is_empty()));
    assert_eq!(line["issuer"], HEFEI, "the register does not know the name");
    import_trust(&world, &around.text("trust.zztrust"));
    let line = world.ask("hold.list", json!({"text": ""}))["credentials"][0].clone();
    assert_eq!((&line["standing"], &line["issuer"]), (&json!("valid"), &json!("合肥国家大学科技园【演示】")));
}

#[test]
fn credentials_of_others_and_damaged_ones_stay_out() {
    let (world, around, key) = world();
    let stranger = SigningKey::generate(Algorithm::Es256, &mut SystemRandom).expect("a key");
    around.issue(
        "other-key.zzcred",
        stranger.public(),
        &paper("patent", json!({"number": "ZL202419900001.2"})),
    );
    assert_eq!(refusal(&world, &around, "other-key.zzcred"), "HOLDER-KEY");
    around.issue(
        "lost.zzcred",
        stranger.public(),
        &Paper {
            sub: YUNZHAN,
            name: "苏州云栈机器人科技有限公司【演示】",
            ..paper("patent", json!({"number": "ZL202419900001.2"}))
        },
    );
    let told = import(&world, &around, "lost.zzcred")["refused"][0]["refusal"].clone();
    let fact = told["fact"]["zh"].as_str().expect("a fact");
    assert!(fact.contains("苏州云栈机器人科技有限公司【演示】") && fact.contains(YUNZHAN), "{fact}");
    assert!(told["advice"]["zh"].as_str().is_some_and(|advice| advice.contains("导出企业公钥")), "{told}");
    around.issue(
        "other-firm.zzcred",
        &key,
        &Paper { sub: YUNZHAN, ..paper("patent", json!({"number": "ZL202419900001.2"})) },
    );
    assert_eq!(refusal(&world, &around, "other-firm.zzcred"), "SUBJ-USCC");
    around.issue(
        "scope.zzcred",
        &key,
        &Paper { provenance: "direct", ..paper("high-tech-enterprise", json!({"number": "GR202534990001"})) },
    );
    assert_eq!(refusal(&world, &around, "scope.zzcred"), "ISS-SCOPE", "an incubator cannot issue it");

    around.issue("good.zzcred", &key, &paper("patent", json!({"number": "ZL202419900001.2"})));
    let good = std::fs::read_to_string(around.path("good.zzcred")).expect("a file");
    let (head, rest) = good.split_once('.').expect("a JWS");
    let forged = format!("{head}.{}{}", if rest.starts_with('e') { 'f' } else { 'e' }, &rest[1..]);
    let cut = &good[..good.len() / 2];
    let end = good.find('~').expect("an SD-JWT") - 4;
    let resigned =
        format!("{}{}{}", &good[..end], if &good[end..=end] == "A" { "B" } else { "A" }, &good[end + 1..]);
    std::fs::write(around.path("resigned.zzcred"), resigned).expect("written");
    assert_eq!(refusal(&world, &around, "resigned.zzcred"), "SIG-INVALID");
    let pdf = std::fs::read(attachment("lease.pdf")).expect("a file");
    for (file, bytes) in [
        ("forged.zzcred", forged.as_bytes()),
        ("cut.zzcred", cut.as_bytes()),
        ("empty.zzcred", b""),
        ("not.zzcred", pdf.as_slice()),
        ("zip.zzcred", b"PK\x03\x04 no credential"),
    ] {
        std::fs::write(around.path(file), bytes).expect("written");
        let code = refusal(&world, &around, file);
        assert!(
            ["SDJWT-INVALID", "FMT-JSON", "FMT-TEXT", "SIG-INVALID"].contains(&code.as_str()),
            "{file}: {code}"
        );
    }
    assert_eq!(refusal(&world, &around, "nowhere.zzcred"), "IO-READ");
    assert_eq!(world.ask("hold.list", json!({"text": ""}))["credentials"], json!([]), "nothing half-done");

    hold(&world, &around, &["good.zzcred"]);
    assert_eq!(refusal(&world, &around, "good.zzcred"), "HOLD-TWICE");
    let done =
        world.ask("hold.import", json!({"paths": [around.text("cut.zzcred"), around.text("good.zzcred")]}));
    assert_eq!(
        done["refused"].as_array().expect("a list").len(),
        2,
        "one bad file keeps no other out, and each is told"
    );
}

#[test]
fn a_branchs_papers_come_in_with_the_licence_that_ties_it_to_the_firm() {
    let (world, around, key) = world();
    let of_branch = |kind, claims| Paper {
        issuer: SONGJIANG,
        sub: XINGHE_BRANCH,
        region: "310117",
        ..paper(kind, claims)
    };
    around.issue("eligible.zzcred", &key, &of_branch("instrument-eligibility", json!({"number": "SJ-1"})));
    around.issue(
        "licence.zzcred",
        &key,
        &of_branch("branch-licence", json!({"number": XINGHE_BRANCH, "parent_uscc": XINGHE})),
    );
    assert_eq!(refusal(&world, &around, "eligible.zzcred"), "SUBJ-USCC");
    // Whichever file comes first.
    hold(&world, &around, &["eligible.zzcred", "licence.zzcred"]);
}

#[test]
fn a_type_that_nobody_knows_is_held_under_its_own_name() {
    let (world, around, key) = world();
    around.issue("wind.zzcred", &key, &paper("wind-permit", json!({"number": "W-1", "turbines": 3})));
    let done = import(&world, &around, "wind.zzcred");
    assert_eq!(done["imported"][0]["title"]["zh"], "wind-permit");
    let page = world.ask("hold.get", json!({"id": done["imported"][0]["id"]}));
    let paths: Vec<&str> = page["view"]["lines"]
        .as_array()
        .expect("lines")
        .iter()
        .filter_map(|it| it["path"].as_str())
        .collect();
    assert!(paths.contains(&"turbines"), "every claim is shown: {paths:?}");
}

#[test]
fn the_firm_states_something_about_itself() {
    let (world, around, _) = world();
    let types = world.ask("hold.types", json!({}));
    let all = types["types"].as_array().expect("types");
    let financing =
        all.iter().find(|form| form["id"] == "financing-event").expect("a firm may state its financing");
    assert_eq!(financing["provenance"], json!(["declared"]));
    assert!(
        all.iter().all(|form| form["id"] != "incubatee-certificate"),
        "others' papers are not the firm's to state"
    );
    let names: Vec<&str> =
        financing["claims"].as_array().expect("claims").iter().filter_map(|it| it["name"].as_str()).collect();
    assert!(!names.contains(&"iss") && !names.contains(&"attested"), "what the program fills in is no field");

    let declare = |claims: Value, passphrase: &str| json!({"kind": "financing-event", "claims": claims, "valid_until": null, "passphrase": passphrase});
    let typed = json!([
        {"name": "round", "value": "天使轮"},
        {"name": "closed_on", "value": "2025-08-12"},
        {"name": "amount_fen", "value": "600万元"},
        {"name": "investor", "value": "某某创投【演示】"},
        {"name": "number", "value": ""},
    ]);
    let line = world.ask("hold.declare", declare(typed.clone(), PASSPHRASE));
    assert_eq!((&line["provenance"], &line["standing"]), (&json!("declared"), &json!("valid")));
    let page = world.ask("hold.get", json!({"id": line["id"]}));
    let amount = page["view"]["lines"]
        .as_array()
        .expect("lines")
        .iter()
        .find(|it| it["path"] == "amount_fen")
        .expect("it is there");
    assert_eq!(amount["value"], "¥6,000,000.00");

    let with = |name: &str, value: &str| {
        let mut claims = typed.clone();
        claims.as_array_mut().expect("a list").retain(|it| it["name"] != name);
        claims.as_array_mut().expect("a list").push(json!({"name": name, "value": value}));
        claims
    };
    for (claims, passphrase, code) in [
        (typed.clone(), "不是这一句", "KEY-PASSPHRASE"),
        (with("closed_on", "2025年8月"), PASSPHRASE, "FORM-VALUE"),
        (with("amount_fen", "很多"), PASSPHRASE, "FORM-VALUE"),
        (with("horses", "3"), PASSPHRASE, "FORM-FIELD"),
        (with("investor", ""), PASSPHRASE, "FORM-MISSING"),
    ] {
        assert_eq!(world.refused("hold.declare", declare(claims, passphrase)).code, code);
    }
    let unknown = json!({"kind": "wind-permit", "claims": [], "valid_until": null, "passphrase": PASSPHRASE});
    assert_eq!(world.refused("hold.declare", unknown).code, "TYPE-UNKNOWN");
    assert_eq!(
        world.ask("hold.list", json!({"text": ""}))["credentials"].as_array().expect("a list").len(),
        1,
        "refusals keep nothing"
    );
    drop(around);
}

#[test]
fn a_statement_is_signed_anew_with_every_dossier() {
    let (world, around, key) = world();
    let typed = json!([
        {"name": "round", "value": "天使轮"},
        {"name": "closed_on", "value": "2025-08-12"},
        {"name": "amount_fen", "value": "6000000"},
        {"name": "investor", "value": "某某创投【演示】"},
    ]);
    let line = world.ask(
        "hold.declare",
        json!({"kind": "financing-event", "claims": typed, "valid_until": null, "passphrase": PASSPHRASE}),
    );
    around.issue("licence.zzcred", &key, &paper("business-licence", json!({"number": XINGHE})));
    hold(&world, &around, &["licence.zzcred"]);
    // Days later the statement as it was kept has ended; in the dossier it has not.
    world.ask("session.lock", json!({}));
    let world = world.later("2026-11-26T10:00:00+08:00");
    world.ask("session.unlock", json!({"secret": PASSPHRASE}));
    assert_eq!(world.ask("hold.get", json!({"id": line["id"]}))["line"]["standing"], "valid");
    let page = world.ask("draft.begin", json!({"request_id": null, "scenario": "branch_operation", "destination_region": "310117", "aud": SONGJIANG, "checklist_id": "SJ-BRANCH", "pack_id": "sh-songjiang"}));
    let draft = page["line"]["id"].as_str().expect("an id");
    world.ask("draft.choose", json!({"draft_id": draft, "credential_id": line["id"], "disclose": ["round", "amount_fen"], "answers": ["financing"]}));
    let checked = world.ask("draft.check", json!({"id": draft, "passphrase": PASSPHRASE}));
    let credentials = checked["report"]["credentials"].as_array().expect("a list");
    let financing = credentials.iter().find(|it| it["type"] == "financing-event").expect("it is there");
    let failed: Vec<&Value> =
        financing["checks"].as_array().expect("checks").iter().filter(|it| it["outcome"] == "fail").collect();
    assert_eq!(failed, Vec::<&Value>::new(), "it is in force");
}

#[test]
fn a_credential_is_removed_unless_a_draft_shows_it() {
    let (world, around, key) = world();
    around.issue("licence.zzcred", &key, &paper("business-licence", json!({"number": XINGHE})));
    let ids = hold(&world, &around, &["licence.zzcred"]);
    let id = id_of(&ids, "business-licence");
    let page = world.ask("draft.begin", json!({"request_id": null, "scenario": "branch_operation", "destination_region": "310117", "aud": SONGJIANG, "checklist_id": "SJ-BRANCH", "pack_id": "sh-songjiang"}));
    let draft = page["line"]["id"].as_str().expect("an id");
    assert_eq!(world.refused("hold.remove", json!({ "id": id })).code, "HOLD-IN-DRAFT");
    world.ask("draft.drop", json!({"draft_id": draft, "credential_id": id}));
    world.ask("hold.remove", json!({ "id": id }));
    assert_eq!(world.refused("hold.get", json!({ "id": id })).code, "HOLD-ABSENT");
}

/// The rule that a licence bears the firm's name.
fn named() -> Value {
    json!({"rule_id": "NAME", "severity": "warning", "logic": {"===": [{"var": "credential.name"}, {"var": "firm.name"}]}})
}

/// The firm with a draft by the Songjiang checklist, in which the licence has to show its number and bear the firm's name.
fn strict() -> (World, Around, PublicKey, String) {
    asking(json!([{"path": ["number"]}]), json!([named()]))
}

/// The same, where other claims are asked for and other rules looked at.
fn asking(claims: Value, rules: Value) -> (World, Around, PublicKey, String) {
    let world = World::new();
    let mut around = Around::unpublished(world.outside());
    let (.., text) = around.packs.iter_mut().find(|(_, id, _)| *id == "sh-songjiang").expect("a pack");
    let mut pack: Value = serde_json::from_str(text).expect("JSON");
    let licence = &mut pack["checklists"][0]["items"][0];
    assert_eq!(licence["item_id"], "licence");
    licence["evidence"]["dcql"]["credentials"][0]["claims"] = claims;
    licence["rules"] = rules;
    *text = pack.to_string();
    around.publish("trust.zztrust", 1, &[]);
    let key = settled(&world, &around, XINGHE, NAME, "340104");
    let page = world.ask("draft.begin", json!({"request_id": null, "scenario": "branch_operation", "destination_region": "310117", "aud": SONGJIANG, "checklist_id": "SJ-BRANCH", "pack_id": "sh-songjiang"}));
    let draft = page["line"]["id"].as_str().expect("an id").to_owned();
    (world, around, key, draft)
}

#[test]
fn a_credential_that_does_not_answer_an_item_is_named_with_what_it_lacks() {
    let (world, around, key, draft) = strict();
    let licence = || item(&world.ask("draft.get", json!({"id": draft})), "licence").clone();
    let remark = || licence()["remark"]["zh"].as_str().expect("a remark").to_owned();
    assert!(remark().starts_with("尚未准备。请向签发方申领营业执照凭证"), "{}", remark());

    around.issue("bare.zzcred", &key, &paper("business-licence", json!({"registrar": "登记机关【演示】"})));
    hold(&world, &around, &["bare.zzcred"]);
    assert_eq!((&licence()["state"], &licence()["candidates"]), (&json!("missing"), &json!([])));
    assert!(
        remark().starts_with("您持有的营业执照没有“统一社会信用代码”，不能用于这一项。请签发方补上"),
        "{}",
        remark()
    );
    assert!(remark().contains("或附上营业执照扫描件"), "{}", remark());

    around.issue("licence.zzcred", &key, &paper("business-licence", json!({"number": XINGHE})));
    let ids = hold(&world, &around, &["licence.zzcred"]);
    let whole = id_of(&ids, "business-licence");
    world.ask("draft.choose", json!({"draft_id": draft, "credential_id": whole, "disclose": null, "answers": ["licence"], "demands": []}));
    assert_eq!((&licence()["state"], &licence()["candidates"]), (&json!("ready"), &json!([whole])));
    assert!(remark().contains("另持有的营业执照没有“统一社会信用代码”，不能用于这一项"), "{}", remark());
}

#[test]
fn a_claim_whose_value_is_not_accepted_is_not_called_missing() {
    let (world, around, key, draft) =
        asking(json!([{"path": ["registrar"], "values": ["松江区市场监督管理局"]}]), json!([named()]));
    let other = json!({"number": XINGHE, "registrar": "登记机关【演示】"});
    around.issue("licence.zzcred", &key, &paper("business-licence", other));
    hold(&world, &around, &["licence.zzcred"]);
    let page = world.ask("draft.get", json!({"id": draft}));
    let remark = item(&page, "licence")["remark"]["zh"].as_str().expect("a remark");
    let told = "的“登记机关”不在接受的范围内，不能用于这一项。请另交一份符合要求的营业执照凭证";
    assert!(remark.starts_with("您持有的营业执照") && remark.contains(told), "{remark}");
}

#[test]
fn an_attachment_that_a_rule_cannot_read_is_left_to_the_destination_and_not_called_wrong() {
    let (world, _around, _key, draft) = strict();
    let attach = json!({"draft_id": draft, "paths": [attachment("site.png")], "kind": "business_licence_scan", "answers": ["licence"], "demands": []});
    let page = world.ask("draft.attach", attach);
    let licence = item(&page, "licence");
    assert_eq!(licence["state"], "by_hand");
    let remark = licence["remark"]["zh"].as_str().expect("a remark");
    assert!(remark.contains("程序读不出附件里的“签发时企业名称”") && remark.contains("人工核对"), "{remark}");
    assert!(!remark.contains("没有提供"), "nobody can provide it: {remark}");
}

#[test]
fn what_the_firm_has_to_state_is_not_left_to_the_destination() {
    let staff = json!({"rule_id": "STAFF", "severity": "error", "logic": {">=": [{"var": "dossier.facts.rd_staff_at_destination_percent"}, 30]}});
    let (world, _around, _key, draft) = asking(json!([{"path": ["number"]}]), json!([named(), staff]));
    let attach = json!({"draft_id": draft, "paths": [attachment("site.png")], "kind": "business_licence_scan", "answers": ["licence"], "demands": []});
    let page = world.ask("draft.attach", attach);
    let licence = item(&page, "licence");
    assert_eq!(licence["state"], "insufficient");
    assert_eq!(licence["to_state"], json!(["rd_staff_at_destination_percent"]));
    let remark = licence["remark"]["zh"].as_str().expect("a remark");
    assert!(remark.contains("须先在“基本信息”中填写") && remark.contains("人工核对"), "{remark}");
}

#[test]
fn the_pack_of_the_demonstration_takes_what_it_offers_to_take() {
    let world = World::new();
    let mut around = Around::unpublished(world.outside());
    around.packs = vec![(
        "31",
        "sh-songjiang",
        include_str!("../../../../tests/data/rules/sh-songjiang.json").to_owned(),
    )];
    around.publish("trust.zztrust", 1, &[]);
    settled(&world, &around, XINGHE, NAME, "340104");
    let page = world.ask("draft.begin", json!({"request_id": null, "scenario": "branch_operation", "destination_region": "310117", "aud": SONGJIANG, "checklist_id": "SJ-BRANCH", "pack_id": "sh-songjiang"}));
    let draft = page["line"]["id"].as_str().expect("an id");
    let attach = |file: &str, kind: &str, answers: &str| {
        world.ask("draft.attach", json!({"draft_id": draft, "paths": [attachment(file)], "kind": kind, "answers": [answers], "demands": []}))
    };
    let page = attach("site.png", "business_licence_scan", "licence");
    assert_eq!(item(&page, "licence")["state"], "ready", "{}", item(&page, "licence"));

    // What is attached is not asked for any more, wherever the rule that asks for it stands.
    let supplements = |page: &Value| item(page, "incubatee")["accepted"][0]["supplements"].clone();
    assert_eq!(supplements(&page)[0]["zh"], "松江经营场所租赁合同");
    let page = attach("lease.pdf", "lease", "lease");
    assert_eq!(supplements(&page), json!([]));
}

#[test]
fn what_is_held_goes_out_as_a_table() {
    let (world, around, key) = world();
    for (file, until) in [("long.zzcred", "2028-11-18"), ("over.zzcred", "2026-11-22")] {
        let claims = json!({"number": file, "standard": "ISO 9001", "valid_until": until});
        around.issue(file, &key, &paper("management-cert", claims));
        import(&world, &around, file);
    }
    let path = world.outside().join("资质.csv");
    let export = |text: &str| {
        let written = world.ask("hold.export", json!({"filter": {"text": text}, "path": path}));
        (written["count"].clone(), std::fs::read_to_string(&path).expect("a table"))
    };
    let (count, table) = export("");
    assert_eq!(count, 2);
    assert!(
        table.contains("管理体系认证证书") && table.contains("2028-11-18") && table.contains("已过期"),
        "{table}"
    );
    let (count, table) = export("long");
    assert_eq!(count, 1);
    assert!(table.contains("long.zzcred") && !table.contains("over.zzcred"), "{table}");
}
