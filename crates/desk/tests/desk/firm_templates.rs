//! 材料清单, 授权书, 同意书, 承诺书 from the firm's draft, and blank.

use serde_json::{Value, json};

use crate::firm::*;
use crate::world::World;

const NAME: &str = "合肥星河量子传感技术有限公司【演示】";

#[test]
fn templates_to_sign_by_hand_are_filled_from_the_draft() {
    let world = World::new();
    let around = Around::new(world.outside());
    let key = settled(&world, &around, XINGHE, NAME, "340104");
    let claims = json!({"number": "GR202534990001", "issued_on": "2025-11-19", "valid_from": "2025-11-19", "valid_until": "2028-11-18"});
    let paper = Paper {
        issuer: HEFEI,
        kind: "high-tech-enterprise",
        provenance: "attested",
        sub: XINGHE,
        name: NAME,
        region: "340104",
        claims,
    };
    around.issue("high-tech.zzcred", &key, &paper);
    let ids = hold(&world, &around, &["high-tech.zzcred"]);
    let unasked = json!({"request_id": null, "scenario": "branch_operation", "destination_region": "310117", "aud": SONGJIANG, "checklist_id": "SJ-BRANCH", "pack_id": "sh-songjiang"});
    let page = world.ask("draft.begin", unasked);
    let draft = page["line"]["id"].as_str().expect("an id").to_owned();
    world.ask("draft.choose", json!({"draft_id": draft, "credential_id": id_of(&ids, "high-tech-enterprise"), "disclose": ["number", "valid_until"], "answers": ["high-tech"]}));
    let lease =
        json!({"draft_id": draft, "paths": [attachment("lease.pdf")], "kind": "lease", "answers": []});
    world.ask("draft.attach", lease);
    let printed = |form: &str, draft: Value| {
        let path = world.outside().join(format!("{form}.pdf"));
        let asked = json!({"form": form, "draft_id": draft, "path": path, "language": "zh"});
        let written = world.ask("draft.save_form", asked);
        assert_eq!(written["count"], 1, "{written}");
        let read = std::process::Command::new("pdftotext").arg("-raw").arg(&path).arg("-").output();
        let text = String::from_utf8(read.expect("poppler-utils").stdout).expect("text");
        text.split_whitespace().collect::<String>()
    };
    for form in ["materials", "authorisation", "consent", "commitment"] {
        let text = printed(form, json!(draft));
        for told in [NAME, XINGHE, "异地经营", "松江区", "松江科创孵化器【演示】", "参考模板"]
        {
            assert!(text.contains(told), "{told} is missing in {form}: {text}");
        }
        let blank = printed(form, Value::Null);
        assert!(blank.contains(NAME) && !blank.contains("松江"), "only the firm itself is known: {blank}");
    }
    let materials = printed("materials", json!(draft));
    for told in ["lease.pdf", "GR202534990001", "必备", "可选"] {
        assert!(materials.contains(told), "{told} is missing in {materials}");
    }
    let authorised = printed("authorisation", json!(draft));
    assert!(authorised.contains("有效期至"), "what is shown is named: {authorised}");
    assert!(
        !authorised.contains("批次") && !authorised.contains("技术领域"),
        "and nothing else: {authorised}"
    );
    let absent = json!({"form": "consent", "draft_id": "none", "path": world.outside().join("x.pdf"), "language": "zh"});
    assert_eq!(world.refused("draft.save_form", absent).code, "DRAFT-ABSENT");

    // A name that was mistyped and is corrected stands in what was prepared under it, too.
    let right = "合肥星河量子传感器技术有限公司【演示】";
    world.ask("session.correct_name", json!({ "name": right }));
    let materials = printed("materials", json!(draft));
    assert!(materials.contains(right) && !materials.contains(NAME), "{materials}");
}
