//! 会话: making, opening, locking, settings, 演练模式, and every way in which a database does not open.

use std::fs;

use serde_json::{Value, json};
use zizhi_crypto::keywrap::from_paper;
use zizhi_crypto::vault::derive;
use zizhi_wire::{Changed, Event, Language};

use crate::world::{PASSPHRASE, World};

#[test]
fn a_mistyped_name_is_corrected_while_nothing_is_signed_under_it() {
    let world = World::new();
    let profile = json!({"uscc": "91310117DEM000030B", "name": "松江科创孵化器【演式】", "role": "incubator",
        "region": "310117"});
    world.ask("session.create", json!({"profile": profile, "passphrase": PASSPHRASE}));
    let right = json!({"name": " 松江科创孵化器【演示】 "});
    let status = world.ask("session.correct_name", right.clone());
    assert_eq!(status["profile"]["name"], "松江科创孵化器【演示】");
    assert_eq!(world.refused("session.correct_name", json!({"name": " "})).code, "PROFILE-NAME");
    let find = json!({"text": "", "action": "profile.corrected", "from": null, "to": null, "before": null,
        "limit": 9});
    let row = world.ask("upkeep.activity", find)["entries"][0].clone();
    assert_eq!(row["about"]["zh"], "松江科创孵化器【演式】 → 松江科创孵化器【演示】");

    world.ask("session.lock", json!({}));
    let opened =
        zizhi_app::vault::look(&world.data().join(zizhi_app::vault::FOLDER), PASSPHRASE).expect("opened");
    let writer = opened.database.writer().expect("a writer");
    writer
        .commit(&zizhi_store::Entry::new(
            zizhi_app::Host::now(&zizhi_app::SystemHost),
            "王某",
            "case.decided",
        ))
        .expect("written");
    opened.database.close().expect("closed");
    world.ask("session.unlock", json!({"secret": PASSPHRASE, "remember": null}));
    let refused = world.refused("session.correct_name", json!({"name": "别的名称【演示】"}));
    assert_eq!(refused.code, "PROFILE-SIGNED");
    assert!(refused.advice.zh.contains("登记部门"), "what to do: {}", refused.advice.zh);
    world.ask("session.correct_name", right);
}

#[test]
fn the_status_needs_no_database() {
    let world = World::new();
    let status = world.ask("session.status", json!({}));
    assert_eq!(status["database"], "none");
    assert_eq!(status["trust"]["present"], false, "nothing was imported");
    assert_eq!(status["profile"], Value::Null);
    assert_eq!(status["waiting"], Value::Null);
    assert_eq!(status["settings"]["language"], "zh", "Chinese is the source");
    assert_eq!(status["settings"]["idle_minutes"], 10, "ux.md 17");
    assert!(!world.data().join("database").exists(), "looking makes nothing");
}

#[test]
fn the_language_is_known_before_a_database_and_as_soon_as_it_was_set() {
    let world = World::new();
    assert_eq!(world.desk.language(), Language::Zh, "Chinese is the source");
    let mut settings = world.ask("session.status", json!({}))["settings"].take();
    settings["language"] = json!("en");
    world.ask("session.save_settings", settings);
    assert_eq!(world.desk.language(), Language::En);
    assert_eq!(world.again().desk.language(), Language::En, "it holds for the next start, too");
    let heard = world
        .events()
        .iter()
        .any(|event| matches!(event, Event::Changed { what } if what.contains(&Changed::Session)));
    assert!(heard, "whoever writes in that language is told");
}

#[test]
fn a_database_is_made_locked_and_opened_again() {
    let world = World::new();
    let created = world.create("incubator");
    assert_eq!(created["status"]["database"], "open");
    assert_eq!(created["status"]["profile"]["region_name"], "上海市松江区");
    assert_eq!(created["status"]["waiting"]["backup_due"], true, "a key was made and is in no backup");
    let recovery = created["recovery_key"].as_str().expect("a recovery key");
    assert!(created["kid"].as_str().is_some_and(|kid| kid.len() == 43), "an RFC 7638 thumbprint");

    let locked = world.ask("session.lock", json!({}));
    assert_eq!(locked["database"], "locked");
    assert_eq!(locked["profile"], Value::Null, "a locked screen shows no names");
    assert!(world.events().contains(&Event::Locked), "the window is told");
    assert_eq!(world.refused("upkeep.activity", activity()).code, "SESSION-LOCKED");

    assert_eq!(world.refused("session.unlock", json!({"secret": "不是这一句话"})).code, "KEY-PASSPHRASE");
    for secret in [PASSPHRASE, recovery] {
        let status = world.ask("session.unlock", json!({ "secret": secret }));
        assert_eq!(status["database"], "open");
        assert_eq!(status["profile"]["name"], "松江科创孵化器【演示】");
        world.ask("session.lock", json!({}));
    }
}

#[test]
fn nobody_is_set_up_by_mistake() {
    let world = World::new();
    let with = |member: &str, value: &str| {
        let mut request = crate::world::creating("incubator");
        request["profile"][member] = json!(value);
        request
    };
    let weak = |passphrase: &str| {
        let mut request = crate::world::creating("incubator");
        request["passphrase"] = json!(passphrase);
        request
    };
    for (request, code) in [
        (with("uscc", "91310117DEM0000301"), "PROFILE-USCC"),
        (with("uscc", ""), "PROFILE-USCC"),
        (with("name", "  "), "PROFILE-NAME"),
        (with("name", "甲\u{0}乙"), "PROFILE-NAME"),
        (with("name", "甲\u{200b}乙"), "PROFILE-NAME"),
        (with("region", "松江"), "PROFILE-REGION"),
        (weak("123"), "PASSPHRASE-WEAK"),
        (weak("aaaaaaaaaaaa"), "PASSPHRASE-WEAK"),
    ] {
        assert_eq!(world.refused("session.create", request.clone()).code, code, "{request}");
        assert!(!world.data().join("database").exists(), "nothing half-made: {request}");
    }
    world.create("incubator");
    assert_eq!(world.refused("session.create", crate::world::creating("firm")).code, "DB-EXISTS");
}

#[test]
fn codes_are_read_as_people_type_them() {
    let world = World::new();
    let check = |text: &str| world.ask("session.check_uscc", json!({ "text": text }));
    assert_eq!(check(" ９１３１０１１７dem000030b ")["uscc"], "91310117DEM000030B");
    for (wrong, says) in [
        ("91310117DEM00003", "16位"),
        ("9131011ODEM000030B", "第8位"),
        ("91A10117DEM000030B", "登记机关"),
        ("91310117DEM000030A", "最后一位应为B"),
    ] {
        let checked = check(wrong);
        assert_eq!(checked["uscc"], Value::Null, "{wrong}");
        assert!(checked["remark"]["zh"].as_str().is_some_and(|zh| zh.contains(says)), "{wrong}: {checked}");
    }
}

#[test]
fn every_region_of_the_delta_can_be_chosen() {
    let world = World::new();
    let regions = world.ask("session.regions", json!({}));
    let regions = regions["regions"].as_array().expect("a list");
    let codes: Vec<&str> = regions.iter().filter_map(|region| region["code"].as_str()).collect();
    for code in ["310000", "310117", "320000", "320500", "330110", "340104"] {
        assert!(codes.contains(&code), "{code} is missing");
    }
    assert!(codes.is_sorted(), "in the order of the codes");
    assert!(regions.iter().all(|region| region["name"].as_str().is_some_and(|name| !name.is_empty())));
}

#[test]
fn a_new_passphrase_takes_over() {
    let world = World::new();
    world.create("firm");
    let change = |present: &str, next: &str| json!({"present": present, "next": next});
    let word = "session.change_passphrase";
    assert_eq!(world.refused(word, change("不是这一句话", "另一句只有自己知道的话")).code, "KEY-PASSPHRASE");
    assert_eq!(world.refused(word, change(PASSPHRASE, "短")).code, "PASSPHRASE-WEAK");
    world.ask(word, change(PASSPHRASE, "另一句只有自己知道的话"));
    world.ask("session.lock", json!({}));
    assert_eq!(world.refused("session.unlock", json!({"secret": PASSPHRASE})).code, "KEY-PASSPHRASE");
    world.ask("session.unlock", json!({"secret": "另一句只有自己知道的话"}));
}

#[test]
fn settings_of_the_window_live_outside_and_the_others_inside() {
    let world = World::new();
    let mut settings = world.ask("session.status", json!({}))["settings"].clone();
    settings["theme"] = json!("dark");
    settings["language"] = json!("en");
    settings["operator"] = json!("王某【演示】");
    let status = world.ask("session.save_settings", settings.clone());
    assert_eq!(status["settings"]["theme"], "dark", "known without a database");
    assert_eq!(status["settings"]["operator"], "", "there is nowhere to keep it yet");
    let outside = fs::read_to_string(world.data().join("settings.json")).expect("the file");
    assert!(!outside.contains("王某"), "no name stands in the clear");

    world.create("incubator");
    settings["four_eyes"] = json!(true);
    let status = world.ask("session.save_settings", settings);
    assert_eq!(status["settings"]["operator"], "王某【演示】");
    assert_eq!(status["settings"]["four_eyes"], true);
    let log = world.ask("upkeep.activity", activity());
    assert_eq!(log["entries"][0]["action"], "setting.changed");
    assert_eq!(log["entries"][0]["actor"], "王某【演示】");
}

#[test]
fn settings_that_cannot_be_read_keep_nobody_from_work() {
    let world = World::new();
    fs::create_dir_all(world.data()).expect("a folder");
    fs::write(world.data().join("settings.json"), "{\"theme\": \"plaid\"").expect("written");
    assert_eq!(world.ask("session.status", json!({}))["settings"]["theme"], "system");
}

#[test]
fn a_second_window_is_told_to_use_the_first() {
    let world = World::new();
    world.create("firm");
    let second = world.again();
    let status = second.ask("session.status", json!({}));
    assert_eq!(status["database"], "locked");
    assert_eq!(second.refused("session.unlock", json!({"secret": PASSPHRASE})).code, "DB-IN-USE");
    world.ask("session.lock", json!({}));
    second.ask("session.unlock", json!({"secret": PASSPHRASE}));
}

#[test]
fn a_desk_that_ends_leaves_nothing_behind_that_works_on() {
    let world = World::new();
    world.create("incubator");
    world.ask("session.lock", json!({}));
    for _ in 0..5 {
        // Every opening begins work in the background: the backup of the day.
        let desk = world.again();
        desk.ask("session.unlock", json!({"secret": PASSPHRASE}));
        drop(desk);
    }
    world.ask("session.unlock", json!({"secret": PASSPHRASE}));
}

#[test]
fn a_lost_key_file_leaves_the_recovery_key() {
    let world = World::new();
    let recovery = world.create("firm")["recovery_key"].clone();
    world.ask("session.lock", json!({}));
    fs::remove_file(world.data().join("database/keys.json")).expect("removed");
    let refusal = world.refused("session.unlock", json!({"secret": PASSPHRASE}));
    assert_eq!(refusal.code, "KEYS-LOST");
    assert!(refusal.advice.zh.contains("恢复密钥"), "{}", refusal.advice.zh);
    world.ask("session.unlock", json!({ "secret": recovery }));
}

#[test]
fn a_damaged_database_is_not_taken_for_a_wrong_passphrase() {
    let world = World::new();
    world.create("firm");
    world.ask("session.lock", json!({}));
    let path = world.data().join("database/zizhi.db");
    let mut bytes = fs::read(&path).expect("the database");
    bytes[100] ^= 1;
    fs::write(&path, bytes).expect("damaged");
    let refusal = world.refused("session.unlock", json!({"secret": PASSPHRASE}));
    assert_eq!(refusal.code, "DB-KEY", "the first page tells damage and another key apart by nothing");
    assert!(refusal.advice.zh.contains("备份"), "{}", refusal.advice.zh);
}

#[test]
fn a_database_of_a_newer_program_is_neither_opened_nor_changed() {
    let world = World::new();
    let created = world.create("firm");
    world.ask("session.lock", json!({}));
    let recovery = created["recovery_key"].as_str().expect("a recovery key");
    let key = derive(&from_paper(recovery).expect("it reads"), "database");
    let hex: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
    let path = world.data().join("database/zizhi.db");
    let file = rusqlite::Connection::open(&path).expect("the database");
    file.execute_batch(&format!("PRAGMA key = \"x'{hex}'\"; PRAGMA user_version = 999")).expect("raised");
    drop(file);
    let before = fs::read(&path).expect("the database");
    let refusal = world.refused("session.unlock", json!({"secret": PASSPHRASE}));
    assert_eq!(refusal.code, "DB-NEWER");
    assert!(refusal.fact.zh.contains("999") && refusal.advice.zh.contains("升级"), "{refusal:?}");
    assert_eq!(world.ask("session.status", json!({}))["database"], "locked");
    assert!(fs::read(&path).expect("the database") == before, "it is left as it was");
}

#[test]
fn whoever_goes_away_leaves_a_locked_database_behind() {
    let world = World::new();
    let locks = || world.events().iter().filter(|event| **event == Event::Locked).count();
    world.desk.lock_when_away().expect("done");
    assert_eq!(locks(), 0, "where there is no database, what is verified without one stays on the screen");
    world.create("incubator");
    world.desk.lock_when_away().expect("done");
    assert_eq!(world.ask("session.status", json!({}))["database"], "locked");
    assert_eq!(locks(), 1, "the window is told");
    world.desk.lock_when_away().expect("done");
    assert_eq!(locks(), 1, "sleep after a lock of the screen changes nothing");
    world.ask("session.unlock", json!({"secret": PASSPHRASE}));
    assert_eq!(world.ask("session.status", json!({}))["profile"]["name"], "松江科创孵化器【演示】");
}

#[test]
fn files_that_were_double_clicked_are_handed_over_once_in_their_order() {
    let world = World::new();
    let opened = || world.ask("session.status", json!({}))["opened"].clone();
    let told = || world.events().iter().filter(|event| matches!(event, Event::Opened { .. })).count();
    world.desk.offer(vec!["/一份.zzdossier".to_owned()]);
    assert_eq!(opened()[0], "/一份.zzdossier");
    // Somebody clicks again while the window is made or the keychain is asked: nobody would hear of it yet.
    world.desk.offer(vec!["/另一份.zzdossier".to_owned()]);
    assert_eq!(
        opened()[0],
        "/一份.zzdossier",
        "the first page is of the first, however often it is asked for"
    );
    let files = world.ask("session.listening", json!({}))["files"].clone();
    assert_eq!(files, json!([["/一份.zzdossier"], ["/另一份.zzdossier"]]), "the second after the first");
    assert_eq!((opened(), told()), (json!([]), 0), "none of them twice");
    // A window that listens hears of what comes later.
    world.desk.offer(vec!["/第三份.zzdossier".to_owned()]);
    assert_eq!((opened(), told()), (json!([]), 1));
    assert_eq!(world.ask("session.listening", json!({}))["files"], json!([]));
}

#[test]
fn a_case_that_a_link_names_is_handed_over_once() {
    let world = World::new();
    world.desk.offer_case("收〔2026〕0017".to_owned());
    assert_eq!(world.ask("session.status", json!({}))["linked"], "收〔2026〕0017");
    assert_eq!(world.ask("session.status", json!({}))["linked"], Value::Null, "once");
    let heard = |number: &str| world.events().contains(&Event::Linked { number: number.to_owned() });
    // Between its first page and its listening nobody would hear of it yet.
    world.desk.offer_case("收〔2026〕0018".to_owned());
    assert!(!heard("收〔2026〕0018"));
    world.ask("session.listening", json!({}));
    assert!(heard("收〔2026〕0018"), "it is told once the window listens");
    world.desk.offer_case("收〔2026〕0019".to_owned());
    assert!(heard("收〔2026〕0019"), "it hears");
    assert_eq!(world.ask("session.status", json!({}))["linked"], Value::Null, "and is not told twice");
}

#[test]
fn the_program_says_what_it_does_not_claim() {
    let world = World::new();
    let about = world.ask("session.about", json!({}));
    let text = about["statements"].to_string();
    for claim in ["未经商用密码检测认证", "不构成行政认定", "不替代证照原件", "未在本软件内验签"]
    {
        assert!(text.contains(claim), "{claim}");
    }
    assert!(about["licences"].as_array().is_some_and(|licences| licences.len() > 3));
}

fn activity() -> Value {
    json!({"text": "", "action": null, "from": null, "to": null, "before": null, "limit": 10})
}
