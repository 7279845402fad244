//! 演练模式: the stories as somebody's day, apart from everything real.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use zizhi_app::drill;

use crate::world::{PASSPHRASE, World};

fn start(world: &World, role: &str) -> Value {
    start_story(world, role, "branch_operation")
}

fn start_story(world: &World, role: &str, story: &str) -> Value {
    world.ask("session.drill", json!({ "role": role, "story": story }))
}

fn find(world: &World, text: &str) -> Vec<(String, String)> {
    let found = world.ask("upkeep.find", json!({ "text": text }));
    let hits = found["hits"].as_array().expect("hits").iter();
    let text = |hit: &Value, name: &str| hit[name].as_str().expect("a text").to_owned();
    hits.map(|hit| (text(hit, "kind"), text(hit, "title"))).collect()
}

#[test]
fn the_incubators_drill_has_its_register_and_its_dossiers() {
    let world = World::new();
    let status = start(&world, "incubator");
    assert_eq!((&status["drill"], &status["database"]), (&json!(true), &json!("open")));
    assert_eq!(status["profile"]["name"], "松江科创孵化器【演示】");
    assert_eq!(status["trust"]["present"], true);
    assert_eq!(status["waiting"]["open_cases"], 7, "as many as came in");
    assert_eq!(status["clock_behind"], false, "it is the time of the stories");
    let firms = world.ask("register.list", json!({"text": "", "state": null, "after": null, "limit": 50}));
    let rows = firms["firms"].as_array().expect("firms");
    assert!(
        rows.len() == 4 && rows.iter().all(|firm| firm["holder_jwk"].is_string()),
        "credentials can be issued: {firms}"
    );

    // Whatever can be opened is found by part of a name, by pinyin, initials and code.
    for text in ["泖港", "maogang", "mgzn", "91310117DEM000129"] {
        assert_eq!(
            find(&world, text),
            [("firm".to_owned(), "上海泖港智能装备有限公司【演示】".to_owned())],
            "{text}"
        );
    }
    assert!(find(&world, "xhlz").iter().any(|(kind, _)| kind == "case"), "a dossier, by the firm's initials");
    assert_eq!(find(&world, "  "), []);
    assert_eq!(find(&world, "查无此人"), []);
}

#[test]
fn the_incubators_drill_issues_to_its_firms() {
    let world = World::new();
    start(&world, "incubator");
    let firms = world.ask("register.list", json!({"text": "", "state": null, "after": null, "limit": 50}));
    let ids: Vec<&Value> = firms["firms"].as_array().expect("firms").iter().map(|firm| &firm["id"]).collect();
    let batch = world.ask(
        "issue.issue",
        json!({
            "kind": "incubatee-certificate", "provenance": "direct", "firms": ids, "claims": [],
            "number": "SJ-2026-{0001}", "valid_until": null, "attested": null,
            "folder": world.outside().join("out"), "passphrase": drill::PASSPHRASE,
        }),
    );
    assert_eq!((&batch["issued"], &batch["refused"]), (&json!(4), &json!([])), "{batch}");
}

#[test]
fn the_firms_drill_has_its_credentials_a_request_and_a_draft() {
    let world = World::new();
    let status = start(&world, "firm");
    assert_eq!(status["profile"]["name"], "合肥星河量子传感技术有限公司【演示】");
    assert_eq!(status["waiting"]["requests"], 1, "a request waits");
    assert!(
        status["waiting"]["expiring"].as_u64().is_some_and(|count| count > 0),
        "the ISO certificate has ended"
    );
    assert!(find(&world, "高新").iter().any(|(kind, _)| kind == "held"), "{:?}", find(&world, "高新"));
    assert!(find(&world, "91310117DEM000030B").iter().any(|(kind, _)| kind == "draft"), "by its destination");
}

#[test]
fn every_story_can_be_played_by_both_sides() {
    let stories = [
        ("full_relocation", "杭州云栈机器人科技有限公司【演示】", "余杭孵化器【演示】", 7),
        ("voucher_redemption", "嘉善澄波新材料有限公司【演示】", "上海材料表征平台【演示】", 11),
    ];
    for (story, firm, destination, received) in stories {
        let world = World::new();
        let status = start_story(&world, "firm", story);
        assert_eq!(status["profile"]["name"], firm);
        assert_eq!(status["waiting"]["requests"], 1, "{story}: a request waits");
        assert!(find(&world, destination).iter().any(|(kind, _)| kind == "draft"), "{story}: a draft for it");
        let status = start_story(&world, "incubator", story);
        assert_eq!(status["profile"]["name"], destination);
        assert_eq!(status["waiting"]["open_cases"], received, "{story}: all that came in");
    }
}

#[test]
fn the_destination_answers_what_a_firm_signs_in_a_drill() {
    let world = World::new();
    start(&world, "firm");
    let id = world.ask("draft.list", json!({}))["drafts"][0]["id"].clone();
    let page = || world.ask("draft.get", json!({ "id": id }));
    let path = world.outside().join("signed.zzdossier");
    let sign = || {
        let told = json!({"id": id, "passphrase": drill::PASSPHRASE, "path": path, "seal": false});
        world.ask("draft.sign", told);
        page()["drill_answer"].as_str().expect("an answer lies ready").to_owned()
    };
    let take = |answer: &str| world.ask("draft.import_decision", json!({ "path": answer }));
    assert_eq!(page()["drill_answer"], Value::Null, "nothing was signed yet");

    let mut fields = page()["fields"].clone();
    fields["facts"] = json!([
        {"name": "related[0].uscc", "value": "91310117DEM0000498"},
        {"name": "related[0].name", "value": "上海分公司【演示】"},
        {"name": "related[0].relation", "value": "branch"},
        {"name": "rd_staff_at_destination_percent", "value": "20"},
    ]);
    world.ask("draft.save", json!({"id": id, "fields": fields}));

    // The lease is missing, and so the destination asks for it. Pages that ask at once all hear of the answer.
    let answer = sign();
    let hear = || page()["drill_answer"].as_str().expect("an answer lies ready").to_owned();
    for _ in 0..40 {
        fs::remove_file(&answer).expect("not decided yet");
        std::thread::scope(|threads| {
            let asking: Vec<_> = (0..4).map(|_| threads.spawn(hear)).collect();
            for one in asking {
                assert_eq!(one.join().expect("heard"), answer);
            }
        });
    }
    let told = take(&answer);
    assert_eq!(told["draft_id"], id);
    assert_eq!(told["decision"]["outcome"], "supplement_required");
    let wanted = told["decision"]["supplements"].to_string();
    assert!(wanted.contains("lease"), "{wanted}");
    assert!(!wanted.contains("\"due\":null"), "each with the day until which it waits: {wanted}");
    let open = page();
    assert_eq!((&open["line"]["state"], &open["drill_answer"]), (&json!("draft"), &Value::Null));

    // With everything there, it takes it.
    let lease = world.outside().join("lease.pdf");
    fs::write(&lease, b"%PDF-1.7").expect("written");
    world.ask(
        "draft.attach",
        json!({"draft_id": id, "paths": [lease], "kind": "lease", "answers": ["lease"]}),
    );
    let told = take(&sign());
    let outcome = told["decision"]["outcome"].as_str().expect("an outcome");
    assert!(outcome.starts_with("accepted"), "{told}");
    assert_eq!(page()["decision"]["outcome"], outcome);
    assert!(page()["timeline"].to_string().contains("decided"), "{}", page()["timeline"]);
}

#[test]
fn a_drill_touches_nothing_real() {
    let world = World::new();
    world.create("incubator");
    let real = |world: &World| {
        let read = |name: &str| fs::read(world.data().join("database").join(name)).expect("a file");
        (read("zizhi.db"), read("keys.json"))
    };
    world.ask("session.lock", json!({}));
    let before = real(&world);
    for role in ["firm", "incubator"] {
        start(&world, role);
        assert_eq!(world.refused("session.create", crate::world::creating("firm")).code, "SESSION-DRILL");
        world.ask("session.save_settings", world.ask("session.status", json!({}))["settings"].clone());
        assert!(!world.data().join("trust.state").exists(), "no trust data of the stories outside");
    }
    let status = world.ask("session.end_drill", json!({}));
    assert_eq!((&status["drill"], &status["database"]), (&json!(false), &json!("locked")));
    assert_eq!(status["trust"]["present"], false);
    assert!(real(&world) == before, "byte for byte as it was");
    let left: Vec<_> =
        fs::read_dir(world.data()).expect("listed").map(|entry| entry.expect("one").file_name()).collect();
    assert!(
        !left.iter().any(|name| name.to_string_lossy() == "drill-incubator"),
        "the drill was removed: {left:?}"
    );
    world.ask("session.unlock", json!({"secret": PASSPHRASE}));
}

#[test]
fn a_locked_drill_opens_with_its_known_passphrase() {
    let world = World::new();
    start(&world, "incubator");
    let locked = world.ask("session.lock", json!({}));
    assert_eq!((&locked["drill"], &locked["database"]), (&json!(true), &json!("locked")));
    assert_eq!(world.refused("session.unlock", json!({"secret": PASSPHRASE})).code, "KEY-PASSPHRASE");
    let status = world.ask("session.unlock", json!({"secret": drill::PASSPHRASE}));
    assert_eq!(status["waiting"]["open_cases"], 7, "what was there is there");
}

#[test]
fn a_drill_is_always_at_the_time_of_the_stories_and_begins_afresh() {
    let world = World::at("2031-05-01T08:00:00+08:00");
    let status = start(&world, "incubator");
    assert_eq!(status["trust"]["expired"], false, "years later the stories are as they were");
    let log = json!({"text": "", "action": null, "from": "2026-11-23", "to": "2026-11-23", "before": null, "limit": 1});
    let entry = world.ask("upkeep.activity", log)["entries"][0].clone();
    assert_eq!(entry["at"], "2026-11-23T10:00:00+08:00");
    let mut settings = status["settings"].clone();
    settings["operator"] = json!("别人【演示】");
    world.ask("session.save_settings", settings);
    let again = start(&world, "incubator");
    assert_eq!(again["settings"]["operator"], "经办员【演示】", "what was done in an earlier drill is gone");
    world.ask("session.end_drill", json!({}));
    let real = world.ask("upkeep.diagnostics", json!({}))["text"].as_str().expect("a text").to_owned();
    assert!(real.contains("time: 2031-05-01"), "afterwards it is the real time: {real}");
}

#[test]
fn a_folder_that_is_no_drill_is_left_alone() {
    let world = World::new();
    let folder = world.data().join("drill-firm");
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join("毕业论文.doc"), b"years of work").expect("written");
    assert_eq!(
        world.refused("session.drill", json!({"role": "firm", "story": "branch_operation"})).code,
        "DRILL-FOLDER"
    );
    assert!(Path::new(&folder).join("毕业论文.doc").exists());
    assert_eq!(world.ask("session.status", json!({}))["drill"], false);
}

#[test]
fn samples_lie_ready_to_be_dropped_on_the_window() {
    let world = World::new();
    start(&world, "incubator");
    let samples = world.data().join("drill-incubator/samples");
    for name in
        ["1-hefei-songjiang/dossier.zzdossier", "2-suzhou-hangzhou", "3-voucher", "trust/demo.zztrust"]
    {
        assert!(samples.join(name).exists(), "{name}");
    }
}
