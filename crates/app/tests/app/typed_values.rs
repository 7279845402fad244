//! What people type into forms, and what becomes of it: claims of a type, and facts of a dossier.

use serde_json::{Value, json};
use zizhi_app::draft_body::TypedFact;
use zizhi_app::plan_facts::{facts, fields};
use zizhi_app::plan_kinds::{kind_name, kinds};
use zizhi_app::type_forms::{FieldKind, FormField, claims, form, value};
use zizhi_credential::types::{ValueKind, builtin};
use zizhi_model::{Scenario, Text};
use zizhi_rules::pack::RulePack;

fn field(kind: FieldKind, value: ValueKind) -> FormField {
    FormField {
        name: "field".to_owned(),
        label: Text::fixed("一栏", "a field"),
        kind,
        value,
        required: false,
        choices: Vec::new(),
    }
}

#[test]
fn typed_values_become_claims_or_are_named() {
    use FieldKind::{Boolean, Date, Integer, Money, Region, TextList};
    let text = FieldKind::Text;
    let plain = ValueKind::Text;
    for (kind, value_kind, typed, expected) in [
        (Date, plain, " 2026-11-23 ", Some(json!("2026-11-23"))),
        (Date, plain, "２０２６-11-23", Some(json!("2026-11-23"))),
        (Date, plain, "2026-02-30", None),
        (Date, plain, "2026年11月23日", None),
        (Integer, plain, "1,234", Some(json!(1234))),
        (Integer, plain, "十二", None),
        (Integer, plain, "1.5", None),
        (Money, plain, "120.00万元", Some(json!(120_000_000))),
        (Money, plain, "¥14,400.00", Some(json!(1_440_000))),
        (Money, plain, "0.001", None),
        (Boolean, plain, "是", Some(json!(true))),
        (Boolean, plain, "false", Some(json!(false))),
        (Boolean, plain, "也许", None),
        (Region, plain, "310117", Some(json!("310117"))),
        (Region, plain, "31011", None),
        (TextList, plain, "甲\n\n 乙 ", Some(json!(["甲", "乙"]))),
        (text, ValueKind::Uscc, "91340100dem000014d", Some(json!("91340100DEM000014D"))),
        (text, ValueKind::Uscc, "91340100DEM0000141", None),
        (text, ValueKind::Organisation, "91340100DEM000014D", Some(json!("urn:uscc:91340100DEM000014D"))),
        (text, ValueKind::Decimal, "-12.50", Some(json!("-12.50"))),
        (text, ValueKind::Decimal, "12.", None),
        (text, plain, "e\u{301}\u{200b}\u{202e}", Some(json!("\u{e9}\u{200b}\u{202e}"))),
    ] {
        match (value(&field(kind, value_kind), typed), expected) {
            (Ok(found), Some(expected)) => assert_eq!(found, Some(expected), "{typed:?}"),
            (Err(failure), None) => assert_eq!(failure.code, "FORM-VALUE", "{typed:?}"),
            (found, expected) => panic!("{typed:?}: {found:?} instead of {expected:?}"),
        }
    }
    assert!(value(&field(Date, plain), "  ").is_ok_and(|found| found.is_none()), "empty is left out");
    let mut choice = field(text, ValueKind::Choice);
    choice.choices = vec![("branch".to_owned(), Text::fixed("分公司", "branch"))];
    assert!(value(&choice, "branch").is_ok_and(|found| found == Some(json!("branch"))));
    assert!(
        value(&choice, "分行").is_err_and(|failure| failure.code == "FORM-VALUE"),
        "only what is in the list"
    );
}

#[test]
fn every_type_that_is_built_in_has_a_form_without_what_the_program_fills_in() {
    for metadata in builtin() {
        let form = form(metadata);
        assert!(!form.fields.is_empty(), "{}", form.id);
        for name in ["iss", "sub", "name", "region", "iat", "exp", "provenance", "attested", "attachments"] {
            assert!(form.fields.iter().all(|field| field.name != name), "{} asks for {name}", form.id);
        }
        assert!(
            !form.title.zh.is_empty() && !form.description.zh.is_empty(),
            "{} is told what it is",
            form.id
        );
    }
    let licence = builtin().iter().find(|known| known.id() == "business-licence").expect("it is built in");
    let wrong = claims(&form(licence), [("horses", "3")]).expect_err("no such field");
    assert_eq!(wrong.code, "FORM-FIELD");
}

fn typed(name: &str, value: &str) -> TypedFact {
    TypedFact { name: name.to_owned(), value: value.to_owned() }
}

#[test]
fn typed_facts_become_the_facts_of_a_dossier() {
    let (found, failures) = facts(&[
        typed("related[0].uscc", "91310117DEM0000498"),
        typed("related[0].relation", "branch"),
        typed("related[1].uscc", " 91340100dem000014d "),
        typed("rd_staff_at_destination_percent", "２０"),
        typed("registered_at_destination_on", "2026-09-10"),
        typed("redemption.amount_fen", "1.44万元"),
        typed("redemption.provider", "12310000DEM00009XN"),
        typed("claims_high_tech", "是"),
        typed("employees", "42"),
        typed("note", "true story"),
        typed("big", "913401000000000123"),
        typed("share", "12.5"),
        typed("list", "[1, 2]"),
        typed("broken", "{\"a\": 1.5}"),
        typed("", "nobody"),
        typed("empty", "   "),
    ]);
    assert!(failures.is_empty(), "{failures:?}");
    let expected = json!({
        "related": [
            {"uscc": "91310117DEM0000498", "relation": "branch"},
            {"uscc": "91340100DEM000014D"},
        ],
        "rd_staff_at_destination_percent": 20,
        "registered_at_destination_on": "2026-09-10",
        "redemption": {"amount_fen": 1_440_000, "provider": "12310000DEM00009XN"},
        "claims_high_tech": true,
        "employees": 42,
        "note": "true story",
        "big": "913401000000000123",
        "share": "12.5",
        "list": [1, 2],
        "broken": "{\"a\": 1.5}",
    });
    assert_eq!(Value::Object(found), expected, "codes stay text, and what cannot be signed as a number does");
}

#[test]
fn facts_that_cannot_be_read_are_named_and_left_out() {
    for (all, code) in [
        (vec![typed("rd_staff_at_destination_percent", "一半")], "FORM-VALUE"),
        (vec![typed("related[0].relation", "cousin")], "FORM-VALUE"),
        (vec![typed("enters_as", "a"), typed("enters_as", "incubatee")], "FORM-VALUE"),
        (vec![typed("note", "one"), typed("note", "two")], "DRAFT-FACT"),
        (vec![typed("note", "one"), typed("note.inner", "two")], "DRAFT-FACT"),
        (vec![typed("related[9999].uscc", "91310117DEM0000498")], "DRAFT-FACT"),
        (vec![typed("a..b", "x")], "DRAFT-FACT"),
        (vec![typed("[0]", "x")], "DRAFT-FACT"),
    ] {
        let (_, failures) = facts(&all);
        assert_eq!(failures.first().map(|failure| failure.code), Some(code), "{all:?}");
    }
}

#[test]
fn a_form_asks_for_the_facts_that_matter_there() {
    let pack = include_bytes!("../../data/demo/rules/hz-yuhang.json");
    let pack = RulePack::parse(pack).expect("a pack");
    let list = pack.checklist("YH-FULL").expect("a checklist");
    let names = |scenario, rules| -> Vec<String> {
        fields(scenario, rules).into_iter().map(|field| field.name).collect()
    };
    assert_eq!(
        names(Scenario::FullRelocation, Some((&pack, list))),
        ["registered_at_destination_on", "enters_as"]
    );
    assert_eq!(
        names(Scenario::FullRelocation, None),
        ["registered_at_destination_on"],
        "without rules what checks look at"
    );
    assert_eq!(names(Scenario::Financing, None), Vec::<String>::new());
    assert!(names(Scenario::BranchOperation, None).contains(&"related[0].uscc".to_owned()));
}

#[test]
fn kinds_of_attachment_have_names() {
    let pack = include_bytes!("../../data/demo/rules/hz-yuhang.json");
    let pack = RulePack::parse(pack).expect("a pack");
    let list = pack.checklist("YH-FULL").expect("a checklist");
    let all = kinds(Some((&pack, list)));
    let names: Vec<&str> = all.iter().map(|(kind, _)| kind.as_str()).collect();
    let templates = ["materials_list", "power_of_attorney", "consent", "commitment"];
    let persons = ["identity_document", "staff_list", "social_insurance_list", "resume"];
    let asked = list.items.iter().flat_map(|item| &item.evidence.attachment_kinds).map(String::as_str);
    for kind in asked.chain(templates).chain(persons).chain(["relocation_proof", "name_change_notice"]) {
        assert_eq!(names.iter().filter(|name| **name == kind).count(), 1, "{kind} in {names:?}");
    }
    assert_eq!(names.last(), Some(&"other"), "what has no kind of its own comes last");
    for (kind, title) in &all {
        assert_ne!(title.zh, *kind, "{kind} has a name");
    }
    assert_eq!(kind_name("something_new", None).zh, "something_new", "a new kind is its own name");
}
