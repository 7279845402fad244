//! 信任数据: the first root is confirmed by a person, nothing older follows, and a clock that went back is
//! found out.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::TimeDelta;
use serde_json::{Value, json};
use zizhi_app::FixedTime;
use zizhi_app::author_trust::{Change, Signers, author_trust};
use zizhi_app::init_demo_trust::init_demo_trust;
use zizhi_model::civil;

use crate::world::{PASSPHRASE, World};

fn now() -> chrono::DateTime<chrono::Utc> {
    civil::parse_time("2026-11-23T10:00:00+08:00").expect("a time")
}

/// Trust data that was made some days ago.
fn made(world: &World, name: &str, days: i64) -> PathBuf {
    let folder = world.outside().join(name);
    init_demo_trust(&folder, &FixedTime(now() - TimeDelta::days(days))).expect("made");
    folder
}

/// The same trust data as it stands today, one version on.
fn renewed(folder: &Path) {
    let signers = Signers { at: Some(now()), ..Signers::default() };
    author_trust(folder, &Change::Sign { renew: true }, &signers, &FixedTime(now())).expect("signed again");
}

fn copied(folder: &Path, name: &str) -> PathBuf {
    let copy = folder.with_file_name(name);
    for (from, to) in walk(folder)
        .into_iter()
        .map(|file| (file.clone(), copy.join(file.strip_prefix(folder).expect("inside"))))
    {
        fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
        fs::copy(from, to).expect("copied");
    }
    copy
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("listed").map(|entry| entry.expect("an entry").path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}

fn importing(path: &Path, confirmed: Option<&str>) -> Value {
    json!({"path": path, "confirmed_root": confirmed})
}

/// Imports and confirms whatever root is offered.
fn import(world: &World, path: &Path) -> Value {
    let asked = world.ask("trust.import", importing(path, None));
    match asked["confirm_root"].as_str() {
        Some(root) => world.ask("trust.import", importing(path, Some(root))),
        None => asked,
    }
}

#[test]
fn nothing_is_kept_before_the_root_is_confirmed() {
    let world = World::new();
    let folder = made(&world, "demo", 3);
    let asked = world.ask("trust.import", importing(&folder, None));
    let root = asked["confirm_root"].as_str().expect("a fingerprint to compare").to_owned();
    assert_eq!(asked["summary"]["present"], false, "nothing is at hand yet");
    assert!(!world.data().join("trust.state").exists(), "nothing was kept");

    let other = made(&world, "other", 3);
    let refusal = world.refused("trust.import", importing(&other, Some(&root)));
    assert_eq!(refusal.code, "TRUST-ROOT", "another package than was looked at");
    assert!(!world.data().join("trust.state").exists(), "nothing was kept");

    let typed = root.replace(' ', "").to_uppercase();
    let done = world.ask("trust.import", importing(&folder, Some(&typed)));
    assert_eq!(done["confirm_root"], Value::Null);
    assert_eq!(done["summary"]["present"], true);
    assert_eq!(done["summary"]["root"], json!(root), "the pin is the one that was confirmed");
    assert_eq!(done["summary"]["age_seconds"], 3 * 86_400);
}

#[test]
fn later_imports_ask_nobody_and_refuse_to_go_back() {
    let world = World::new();
    let folder = made(&world, "demo", 3);
    let old = copied(&folder, "old");
    import(&world, &folder);
    renewed(&folder);
    let newer = world.ask("trust.import", importing(&folder, None));
    assert_eq!(newer["confirm_root"], Value::Null, "the chain of roots decides");
    assert_eq!(newer["summary"]["age_seconds"], 0);

    let refusal = world.refused("trust.import", importing(&old, None));
    assert_eq!(refusal.code, "TRUST-ROLLBACK");
    assert_eq!(world.ask("trust.page", json!({}))["summary"]["age_seconds"], 0, "what was trusted stays");
    let other = made(&world, "other", 1);
    assert_eq!(world.refused("trust.import", importing(&other, None)).code, "TRUST-INVALID");
}

#[test]
fn what_is_no_trust_data_is_refused() {
    let world = World::new();
    let file = world.outside().join("照片.zztrust");
    fs::write(&file, b"not a package").expect("written");
    assert_eq!(world.refused("trust.import", importing(&file, None)).code, "TRUST-INVALID");
    assert_eq!(world.refused("trust.import", importing(&world.outside().join("none"), None)).code, "IO-READ");
}

#[test]
fn the_page_tells_age_rules_and_lists() {
    let world = World::new();
    import(&world, &made(&world, "demo", 3));
    let page = world.ask("trust.page", json!({}));
    assert_eq!(page["summary"]["expired"], false);
    assert_eq!(page["imported_at"], "2026-11-23T10:00:00+08:00");
    assert!(page["source"].as_str().is_some_and(|source| source.ends_with("demo")));
    let packs = page["packs"].as_array().expect("packs");
    assert_eq!(
        packs.len(),
        usize::try_from(page["summary"]["rule_packs"].as_u64().expect("a number")).expect("few")
    );
    assert!(
        packs.iter().all(|pack| pack["checklists"][0]["title"]["zh"].is_string()),
        "each with a checklist"
    );
    let list = &page["status_lists"][0];
    assert_eq!(list["age_seconds"], 3 * 86_400);
    assert_eq!(list["issuer"].as_str().map(str::len), Some(18), "by its code");
}

#[test]
fn issuers_are_found_by_name_pinyin_and_code() {
    let world = World::new();
    import(&world, &made(&world, "demo", 3));
    let find = |text: &str, after: Option<&str>, limit: u32| {
        world.ask("trust.issuers", json!({"text": text, "after": after, "limit": limit}))
    };
    let all = find("", None, 100);
    let all = all["issuers"].as_array().expect("issuers");
    assert_eq!(all.len(), 2, "Hefei's and Songjiang's");
    for text in ["松江", "sjkc", "songjiang", "91310117DEM000030"] {
        let found = find(text, None, 10);
        assert_eq!(found["issuers"][0]["uscc"], "91310117DEM000030B", "{text}");
        assert_eq!(found["issuers"].as_array().map(Vec::len), Some(1), "{text}");
    }
    let fingerprint = find("松江", None, 1)["issuers"][0]["fingerprints"][0].clone();
    assert_eq!(
        fingerprint.as_str().map(|text| text.split(' ').count()),
        Some(16),
        "64 digits in groups of four"
    );
    assert_eq!(find("没有这家", None, 10), json!({"issuers": [], "next": null}));

    // Page by page comes what comes at once.
    let (mut after, mut pages) = (None, Vec::new());
    loop {
        let page = find("", after.as_deref(), 1);
        pages.extend(page["issuers"].as_array().expect("issuers").clone());
        after = page["next"].as_str().map(str::to_owned);
        if after.is_none() {
            break;
        }
    }
    assert_eq!(&pages, all);
}

#[test]
fn trust_data_that_was_cut_keeps_the_window_open() {
    let world = World::new();
    import(&world, &made(&world, "demo", 3));
    let state = world.data().join("trust.state");
    let bytes = fs::read(&state).expect("the state");
    fs::write(&state, &bytes[..bytes.len() / 2]).expect("cut");
    assert_eq!(world.ask("session.status", json!({}))["trust"]["present"], false);
    assert_eq!(world.refused("trust.page", json!({})).code, "TRUST-DATA");
    let refusal = world.refused("trust.import", importing(&world.outside().join("demo"), None));
    assert_eq!(refusal.code, "TRUST-DATA", "a fresh start would accept a rollback");
}

#[test]
fn a_clock_that_went_back_is_found_out() {
    let world = World::new();
    world.create("incubator");
    import(&world, &made(&world, "demo", 0));
    world.ask("session.lock", json!({}));
    for (time, behind) in [
        ("2026-11-23T10:00:00+08:00", false),
        ("2026-11-23T09:51:00+08:00", false),
        ("2026-11-23T09:49:00+08:00", true),
        ("2025-01-01T00:00:00+08:00", true),
        ("2031-01-01T00:00:00+08:00", false),
    ] {
        assert_eq!(world.later(time).ask("session.status", json!({}))["clock_behind"], behind, "{time}");
    }
    // The database remembers even if the trust data is taken away.
    fs::remove_file(world.data().join("trust.state")).expect("removed");
    let later = world.later("2026-11-20T10:00:00+08:00");
    assert_eq!(later.ask("session.status", json!({}))["clock_behind"], false, "nobody here remembers");
    let status = later.ask("session.unlock", json!({"secret": PASSPHRASE}));
    assert_eq!(status["clock_behind"], true);
}

#[test]
fn an_import_is_in_the_log_and_reaches_a_database_that_was_closed() {
    let world = World::new();
    world.create("incubator");
    let folder = made(&world, "demo", 3);
    import(&world, &folder);
    let log = |world: &World| {
        let find = json!({"text": "", "action": "trust.imported", "from": null, "to": null, "before": null, "limit": 10});
        world.ask("upkeep.activity", find)["entries"].as_array().expect("entries").len()
    };
    assert_eq!(log(&world), 1);
    world.ask("session.lock", json!({}));
    renewed(&folder);
    import(&world, &folder);
    let status = world.ask("session.unlock", json!({"secret": PASSPHRASE}));
    assert_eq!(status["trust"]["age_seconds"], 0);
    let earlier = world.later("2026-11-23T09:00:00+08:00");
    drop(world);
    let status = earlier.ask("session.unlock", json!({"secret": PASSPHRASE}));
    assert_eq!(status["clock_behind"], true, "the newest time was told to the database when it opened");
}

#[test]
fn a_rule_pack_is_told_in_words() {
    let world = World::new();
    import(&world, &made(&world, "trust", 1));
    let listed = world.ask("trust.page", json!({}));
    assert!(listed["summary"]["refresh_by"].as_str() > Some("2026-11-23"), "{listed}");
    let packs = listed["packs"].as_array().expect("packs");
    let line = packs.iter().find(|pack| pack["id"] == "sh-songjiang").expect("it is there");
    assert_eq!((&line["province"], &line["to_regions"][0]["zh"]), (&json!("310000"), &json!("上海市松江区")));

    let page = world.ask("trust.pack", json!({"id": "sh-songjiang", "region": "310117"}));
    assert_eq!(page["pack"], *line);
    assert_eq!((&page["status_max_age_days"], &page["trust_max_age_days"]), (&json!(7), &json!(30)));
    let branch = page["lists"].as_array().expect("lists").iter();
    let branch = branch.clone().find(|list| list["list"]["scenario"] == "branch_operation").expect("a list");
    let items = branch["items"].as_array().expect("items");
    let of = |id: &str| items.iter().find(|item| item["id"] == id).expect(id);
    let licence = of("licence");
    assert_eq!((&licence["need"], &licence["credentials"][0]["zh"]), (&json!("always"), &json!("营业执照")));
    assert!(items.iter().any(|item| item["need"] != "always"), "not all of it is needed: {items:?}");
    let rules = page["rules"].as_array().expect("rules");
    let rule = rules.iter().find(|rule| rule["id"] == "SJ-E-01").expect("the rule");
    assert_eq!((&rule["mode"], &rule["counts_as"]), (&json!("equivalent"), &Value::Null));
    assert_eq!(rule["from"][0]["zh"], "安徽省");
    assert!(rule["basis"].as_str().is_some_and(|basis| basis.contains("第三条")), "{rule}");
    assert!(rules.iter().any(|rule| rule["from"][0]["zh"] == "任何地区"), "{rules:?}");

    assert_eq!(world.refused("trust.pack", json!({"id": "no", "region": "310117"})).code, "RULE-MISSING");
    assert_eq!(world.refused("trust.pack", json!({"id": "sh-songjiang", "region": "3"})).code, "FMT-REGION");
}
