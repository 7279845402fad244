//! 登记创新券: a voucher from a case, through the window's commands.

use serde_json::{Value, json};

use crate::world::World;

const NUMBER: &str = "CSJQ-330421-2026-000017";

fn cases(world: &World, story: &str) -> Vec<Value> {
    world.ask("session.drill", json!({ "role": "incubator", "story": story }));
    let find = json!({"text": "", "states": [], "verdicts": [], "scenario": null, "from": null, "to": null,
        "after": null, "limit": 50});
    world.ask("cases.list", find)["cases"].as_array().expect("cases").clone()
}

#[test]
fn a_voucher_is_taken_from_each_case_that_passes_and_from_no_other() {
    let world = World::new();
    let (mut taken, mut refused) = (0, 0);
    for case in cases(&world, "voucher_redemption") {
        if case["verdict"] == "passed_with_conditions" {
            let page = world.ask("vouchers.take", json!({ "id": case["id"] }));
            let line = &page["line"];
            assert_eq!((&line["id"], &line["part"]), (&json!(NUMBER), &json!("redeemer")), "{page}");
            assert_eq!((&line["free"], &page["spent"]), (&json!("¥100,000.00"), &Value::Null), "{page}");
            taken += 1;
        } else {
            let refusal = world.refused("vouchers.take", json!({ "id": case["id"] }));
            assert_eq!(refusal.code, "VOUCHER-VERDICT", "{case}");
            refused += 1;
        }
    }
    assert_eq!((taken, refused), (3, 8));
    let list = world.ask("vouchers.list", json!({"text": "", "after": null, "limit": 50}));
    assert_eq!(list["vouchers"].as_array().map(Vec::len), Some(1), "it is one voucher: {list}");
}

#[test]
fn a_case_without_a_voucher_has_none_to_take() {
    let world = World::new();
    let case = cases(&world, "branch_operation")
        .into_iter()
        .find(|case| case["verdict"] == "passed_with_conditions");
    let case = case.expect("one that passes");
    assert_eq!(world.refused("vouchers.take", json!({ "id": case["id"] })).code, "VOUCHER-TERMS");
}
