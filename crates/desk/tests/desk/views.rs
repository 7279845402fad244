//! Filters with a name, and columns that are left out, as a person keeps them for a table.

use serde_json::{Value, json};

use crate::world::{PASSPHRASE, World};

fn views(names: &[&str], hidden: &[&str]) -> Value {
    let filters = names.iter().map(|name| json!({"name": name, "filter": r#"{"text":"星河"}"#}));
    json!({"table": "cases", "filters": filters.collect::<Vec<_>>(), "hidden": hidden})
}

#[test]
fn what_was_kept_of_a_table_is_there_for_whoever_opens_the_database_and_for_nobody_else() {
    let world = World::new();
    let empty = views(&[], &[]);
    let get = || world.ask("views.get", json!({"table": "cases"}));
    assert_eq!(get(), empty, "without a database tables are as they come");
    world.create("incubator");
    assert_eq!(get(), empty);
    let kept = views(&["星河的", "本月"], &["verdict"]);
    assert_eq!(world.ask("views.save", views(&[" 星河的 ", "本月"], &["verdict"])), kept);
    assert_eq!(get(), kept);
    assert_eq!(
        world.ask("views.get", json!({"table": "firms"}))["hidden"],
        json!([]),
        "each table has its own"
    );
    world.ask("session.lock", json!({}));
    assert_eq!(get(), empty, "names of firms stay inside");
    world.ask("session.unlock", json!({"secret": PASSPHRASE}));
    assert_eq!(get(), kept);
}

#[test]
fn a_name_that_is_none_or_is_there_already_keeps_nothing() {
    let world = World::new();
    world.create("incubator");
    world.ask("views.save", views(&["本月"], &[]));
    let long = "长".repeat(31);
    for names in [&["本月", "本月"][..], &[" "], &["a\u{202e}b"], &[long.as_str()]] {
        let refusal = world.refused("views.save", views(names, &[]));
        assert_eq!(refusal.code, "VIEW-NAME", "{names:?}");
        assert!(refusal.advice.zh.contains("名称"), "{refusal:?}");
    }
    let many: Vec<String> = (0..31).map(|n| n.to_string()).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    assert_eq!(world.refused("views.save", views(&many, &[])).code, "VIEW-MANY");
    assert_eq!(world.ask("views.get", json!({"table": "cases"})), views(&["本月"], &[]), "as it was");
}
