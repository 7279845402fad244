//! Stories 7.2 and 7.3 on the firm's side: a Suzhou firm moves to Hangzhou under a new name; a Zhejiang
//! voucher pays for instrument time in Shanghai.

use std::path::Path;

use serde_json::{Value, json};
use zizhi_crypto::PublicKey;
use zizhi_model::Scenario;

use crate::firm::*;
use crate::world::{PASSPHRASE, World};

const BEFORE: &str = "苏州云栈机器人科技有限公司【演示】";
const NAME: &str = "杭州云栈机器人科技有限公司【演示】";
const VOUCHER_FIRM: &str = "嘉善澄波新材料有限公司【演示】";

fn papers(around: &Around, key: &PublicKey) -> Vec<&'static str> {
    let old = |file: &str, kind, provenance, claims| {
        around.issue(
            file,
            key,
            &Paper { issuer: SUZHOU, kind, provenance, sub: YUNZHAN, name: BEFORE, region: "320594", claims },
        );
    };
    around.issue(
        "licence.zzcred",
        key,
        &Paper {
            issuer: YUHANG,
            kind: "business-licence",
            provenance: "attested",
            sub: YUNZHAN,
            name: NAME,
            region: "330110",
            claims: json!({"number": YUNZHAN, "established_on": "2021-06-08", "issued_on": "2026-09-10"}),
        },
    );
    old(
        "high-tech.zzcred",
        "high-tech-enterprise",
        "attested",
        json!({"number": "GR202432990002", "issued_on": "2024-11-19", "valid_from": "2024-11-19", "valid_until": "2027-11-18"}),
    );
    old(
        "srdi.zzcred",
        "srdi-sme",
        "attested",
        json!({"number": "32-2024-990002", "issued_on": "2024-12-01", "valid_until": "2027-11-30"}),
    );
    old(
        "graduated.zzcred",
        "graduation-certificate",
        "direct",
        json!({"number": "SIP-B-2025-003", "issued_on": "2025-05-30", "graduated_on": "2025-05-30"}),
    );
    vec!["licence.zzcred", "high-tech.zzcred", "srdi.zzcred", "graduated.zzcred"]
}

fn begin(scenario: &str, region: &str, aud: &str, checklist: &str, pack: &str) -> Value {
    json!({"request_id": null, "scenario": scenario, "destination_region": region, "aud": aud, "checklist_id": checklist, "pack_id": pack})
}

fn choose(world: &World, draft: &str, id: &str, disclose: &Value) -> Value {
    world.ask(
        "draft.choose",
        json!({"draft_id": draft, "credential_id": id, "disclose": disclose, "answers": []}),
    )
}

fn zh(value: &Value) -> String {
    value["zh"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn a_whole_move_tells_names_supplements_and_duties_before_anything_is_signed() {
    let world = World::new();
    let around = Around::new(world.outside());
    let key = settled(&world, &around, YUNZHAN, NAME, "320594");
    let ids = hold(&world, &around, &papers(&around, &key));
    let held = world.ask("hold.list", json!({"text": "高新"}));
    assert_eq!(held["credentials"][0]["other_name"], BEFORE, "the paper bears the old name");

    let page = world.ask("draft.begin", begin("full_relocation", "330110", YUHANG, "YH-FULL", "hz-yuhang"));
    let draft = page["line"]["id"].as_str().expect("an id").to_owned();
    assert_eq!(page["can_seal"], false, "the destination lists no inbox key");
    let high_tech = item(&page, "high-tech");
    assert_eq!(high_tech["accepted"][0]["mode"], "direct");
    assert_eq!(high_tech["accepted"][0]["rule_id"], "YH-E-01");
    assert_eq!(high_tech["state"], "supplement");
    assert!(
        !high_tech["accepted"][0]["supplements"].as_array().expect("a list").is_empty(),
        "a proof of the move is asked for"
    );
    let remark = zh(&high_tech["remark"]);
    assert!(
        remark.contains("接收方还需要") && remark.contains(BEFORE) && remark.contains("曾用名"),
        "{remark}"
    );
    assert_eq!(item(&page, "resolution")["state"], "missing");

    let page = choose(&world, &draft, id_of(&ids, "srdi-sme"), &json!(["number", "valid_until"]));
    assert_eq!(item(&page, "srdi")["state"], "supplement", "省级专精特新 needs more there");
    assert_eq!(item(&page, "srdi")["accepted"][0]["mode"], "supplement");

    let mut fields = page["fields"].clone();
    fields["former_names"] = json!([{"name": BEFORE, "until": "2026-09-10"}]);
    fields["facts"] = json!([
        {"name": "registered_at_destination_on", "value": "2026-09-10"},
        {"name": "enters_as", "value": "accelerator"},
    ]);
    let page = world.ask("draft.save", json!({"id": draft, "fields": fields}));
    let remark = zh(&item(&page, "high-tech")["remark"]);
    assert!(
        remark.contains("准予变更登记通知书") && !remark.contains("请在曾用名中写明"),
        "only the notice is left: {remark}"
    );
    for (file, kind) in [("lease.pdf", "resolution"), ("licence.ofd", "name_change_notice")] {
        world.ask(
            "draft.attach",
            json!({"draft_id": draft, "paths": [attachment(file)], "kind": kind, "answers": []}),
        );
    }
    let page = world.ask("draft.get", json!({"id": draft}));
    assert!(!zh(&item(&page, "high-tech")["remark"]).contains(BEFORE), "the names are tied together");

    let signing = world.ask("draft.signing_page", json!({"id": draft}));
    let lines = signing["lines"].to_string();
    assert!(lines.contains("依据：licence.ofd") && lines.contains("2026年9月10日"), "{lines}");
    let checked = world.ask("draft.check", json!({"id": draft, "passphrase": PASSPHRASE}));
    let found = findings(&checked["report"]);
    for code in ["SUBJ-NAME", "MOVE-REPORT-3M", "REG-AUTHORITY"] {
        assert!(found.iter().any(|it| it.contains(code)), "{code} is not in {found:?}");
    }
    assert!(
        found.iter().any(|it| it.starts_with("\"SUBJ-NAME\" \"info\"")),
        "the notice turns the warning into an info"
    );
    assert_eq!(checked["report"]["verdict"], "passed_with_conditions");
    let path = around.text("move.zzdossier");
    assert_eq!(
        world
            .refused("draft.sign", json!({"id": draft, "passphrase": PASSPHRASE, "path": path, "seal": true}))
            .code,
        "SEAL-RECIPIENT"
    );
    assert!(!Path::new(&path).exists(), "nothing half-done");
    world.ask("draft.sign", json!({"id": draft, "passphrase": PASSPHRASE, "path": path, "seal": false}));
    assert_eq!(findings(&around.verify(Path::new(&path), YUHANG)), found);
    taken_alike(&world, &draft, &path);
}

#[test]
fn a_partial_move_has_the_certificate_certified_again() {
    let world = World::new();
    let around = Around::new(world.outside());
    let key = settled(&world, &around, YUNZHAN, NAME, "320594");
    hold(&world, &around, &papers(&around, &key));
    let page =
        world.ask("draft.begin", begin("partial_relocation", "330110", YUHANG, "YH-PARTIAL", "hz-yuhang"));
    let high_tech = item(&page, "high-tech");
    assert_eq!(high_tech["accepted"][0]["mode"], "recertify");
    assert_eq!(high_tech["state"], "supplement");
    assert!(zh(&high_tech["remark"]).contains("重新认定"), "{high_tech}");
    // Ningbo is in the province of Hangzhou and has another determining authority.
    let page =
        world.ask("draft.begin", begin("partial_relocation", "330212", YUHANG, "NB-PARTIAL", "nb-yinzhou"));
    assert_eq!(item(&page, "high-tech")["accepted"][0]["mode"], "recertify");
}

#[test]
fn a_voucher_is_shown_with_the_redemption_that_was_typed_in_yuan() {
    let world = World::new();
    let around = Around::new(world.outside());
    let key = settled(&world, &around, CHENGBO, VOUCHER_FIRM, "330421");
    around.issue("voucher.zzcred", &key, &Paper {
        issuer: FUND,
        kind: "innovation-voucher",
        provenance: "direct",
        sub: CHENGBO,
        name: VOUCHER_FIRM,
        region: "330000",
        claims: json!({"number": "CSJQ-330421-2026-000017", "issued_on": "2026-03-01", "valid_from": "2026-03-01", "valid_until": "2026-12-31", "quota_fen": 10_000_000, "balance_fen": 10_000_000, "allowed_service_kinds": ["检验检测", "研究开发"], "allowed_providers": [PLATFORM], "offset_percent": 50, "scope_regions": ["yrd"]}),
    });
    let ids = hold(&world, &around, &["voucher.zzcred"]);
    around.request(
        "redeem.zzrequest",
        PLATFORM,
        (Scenario::VoucherRedemption, "310104", "SHV-REDEEM", ("sh-voucher", 2)),
        None,
        NOW,
    );
    let asked = world.ask("request.import", json!({"path": around.text("redeem.zzrequest")}));
    let page = world.ask("draft.begin", json!({"request_id": asked["id"], "scenario": null, "destination_region": null, "aud": null, "checklist_id": null, "pack_id": null}));
    let draft = page["line"]["id"].as_str().expect("an id").to_owned();
    let names: Vec<&str> =
        page["fact_fields"].as_array().expect("fields").iter().filter_map(|it| it["name"].as_str()).collect();
    assert!(names.contains(&"redemption.amount_fen") && names.contains(&"redemption.provider"), "{names:?}");
    assert!(names.contains(&"redemption.related"), "what the pack asks: {names:?}");
    assert_eq!(page["fact_fields"][0]["kind"], "money", "money is typed in 元");

    let all = json!([
        "valid_from",
        "valid_until",
        "balance_fen",
        "allowed_service_kinds",
        "allowed_providers",
        "scope_regions"
    ]);
    choose(&world, &draft, id_of(&ids, "innovation-voucher"), &all);
    for (file, kind) in
        [("lease.pdf", "service_contract"), ("site.png", "usage_record"), ("licence.ofd", "invoice")]
    {
        world.ask(
            "draft.attach",
            json!({"draft_id": draft, "paths": [attachment(file)], "kind": kind, "answers": []}),
        );
    }
    let payment = around.path("payment.pdf");
    std::fs::write(&payment, b"%PDF-1.7\npayment\n%%EOF\n").expect("written");
    world.ask(
        "draft.attach",
        json!({"draft_id": draft, "paths": [payment], "kind": "payment_record", "answers": []}),
    );

    let redeem = |amount: &str, invoice: &str, others: &str| {
        let mut fields = page["fields"].clone();
        fields["facts"] = json!([
            {"name": "redemption.amount_fen", "value": amount},
            {"name": "redemption.service_kind", "value": "检验检测"},
            {"name": "redemption.provider", "value": PLATFORM},
            {"name": "redemption.invoice_on", "value": invoice},
            {"name": "redemption.other_holds_fen", "value": others},
            {"name": "redemption.related", "value": "否"},
            {"name": "redemption.excluded_testing", "value": "否"},
            {"name": "redemption.holder_changed", "value": "否"},
        ]);
        world.ask("draft.save", json!({"id": draft, "fields": fields}));
        let checked = world.ask("draft.check", json!({"id": draft, "passphrase": PASSPHRASE}));
        let wrong: Vec<String> = findings(&checked["report"])
            .into_iter()
            .filter(|it| it.contains("VCH-") && !it.contains("\"pass\""))
            .collect();
        (checked["report"]["verdict"].as_str().expect("a verdict").to_owned(), wrong.join("; "))
    };
    let (verdict, wrong) = redeem("14,400.00", "2026-11-16", "");
    assert_eq!(
        (verdict.as_str(), wrong.as_str()),
        ("passed_with_conditions", ""),
        "in order, and the voucher ends with the year"
    );
    for (amount, invoice, others, verdict, code) in [
        ("100,000.01", "2026-11-16", "", "failed", "VCH-BALANCE"),
        ("14400", "2026-02-28", "", "failed", "VCH-SCOPE"),
        ("6万元", "2026-11-16", "60000", "pending", "VCH-DOUBLE"),
    ] {
        let (found, wrong) = redeem(amount, invoice, others);
        assert_eq!(found, verdict, "{amount} {invoice} {others}: {wrong}");
        assert!(wrong.contains(code), "{wrong}");
    }
    let bad = |value: &str| {
        let mut fields = page["fields"].clone();
        fields["facts"] = json!([{"name": "redemption.amount_fen", "value": value}]);
        let page = world.ask("draft.save", json!({"id": draft, "fields": fields}));
        assert_eq!(page["fields"]["facts"][0]["value"], value, "what was typed is kept");
        world.refused("draft.check", json!({"id": draft, "passphrase": PASSPHRASE})).code
    };
    assert_eq!(bad("壹万"), "FORM-VALUE");
    assert_eq!(bad("1.234"), "FORM-VALUE", "finer than one 分");
}
