//! `zizhi trust` as a person runs it: made, published, imported, looked at, refused.

use std::path::{Path, PathBuf};
use std::process::Output;

use serde_json::Value;
use tempfile::TempDir;

use crate::run::{ended, zizhi};

const HEFEI: &str = "91340100DEM0000228";
const SONGJIANG: &str = "91310117DEM000030B";

/// A folder with its own data folder.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    /// With a demo repository in `demo`.
    fn with_demo() -> Self {
        let desk = Self::new();
        desk.good(&["trust", "init-demo", "demo"]);
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn run(&self, arguments: &[&str]) -> Output {
        zizhi(self.folder.path(), arguments).output().unwrap()
    }

    fn good(&self, arguments: &[&str]) -> String {
        self.ends(arguments, 0).0
    }

    /// Runs and gives both outputs; the exit code must be `code`.
    fn ends(&self, arguments: &[&str], code: i32) -> (String, String) {
        ended(self.run(arguments), code, arguments)
    }

    fn json(&self, arguments: &[&str], code: i32) -> Value {
        serde_json::from_str(&self.ends(arguments, code).0).unwrap()
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), content).unwrap();
    }

    fn kept(&self) -> Vec<u8> {
        std::fs::read(self.path("data/trust.state")).unwrap()
    }

    fn copy(&self, from: &str, to: &str) {
        copy(&self.path(from), &self.path(to));
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let (entry, target) = (entry.as_ref().unwrap().path(), to.join(entry.unwrap().file_name()));
        if entry.is_dir() {
            copy(&entry, &target);
        } else {
            std::fs::copy(entry, target).unwrap();
        }
    }
}

#[test]
fn a_demo_says_that_it_is_one_and_has_every_key() {
    let desk = Desk::new();
    let (_, talk) = desk.ends(&["trust", "init-demo", "demo"], 0);
    assert!(talk.contains("DEMO"), "{talk}");
    assert!(std::fs::read_to_string(desk.path("demo/README.txt")).unwrap().contains("【演示】"));
    let mut keys: Vec<String> = std::fs::read_dir(desk.path("demo/keys"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    keys.sort();
    assert_eq!(keys.len(), 13, "two for each province, the distributor, two for each incubator: {keys:?}");
    let shown = desk.json(&["trust", "show", "demo", "--json"], 0);
    assert_eq!(shown["issuer_count"], 2);
    assert_eq!(shown["provinces"].as_array().unwrap().len(), 4);
    assert_eq!(shown["rule_packs"], serde_json::json!(["31/sh-songjiang"]));
    // What is in it, and not what an import of before left here.
    let lists = std::fs::read_dir(desk.path("demo/status")).unwrap().count();
    assert_eq!((shown["status_lists"].as_array().unwrap().len(), lists), (2, 2), "{shown}");
    let (page, _) = desk.ends(&["trust", "show", "demo"], 0);
    assert!(page.contains("吊销名单 2") || page.contains("status lists 2"), "{page}");
    let name = desk.json(&["trust", "show", "demo", "--issuer", HEFEI, "--json"], 0)["name"].clone();
    assert!(name.as_str().unwrap().ends_with("【演示】"), "{name}");
}

#[test]
fn a_demo_never_writes_over_something() {
    let desk = Desk::new();
    std::fs::create_dir(desk.path("demo")).unwrap();
    desk.good(&["trust", "init-demo", "demo"]);
    let (_, talk) = desk.ends(&["trust", "init-demo", "demo"], 2);
    assert!(talk.contains("IO-EXISTS"), "{talk}");
}

#[cfg(unix)]
#[test]
fn private_keys_are_for_their_owner_only() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = Desk::with_demo();
    for entry in std::fs::read_dir(desk.path("demo/keys")).unwrap() {
        let mode = entry.unwrap().metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{mode:o}");
    }
}

#[test]
fn a_folder_and_its_package_import_alike() {
    let desk = Desk::with_demo();
    desk.good(&["trust", "pack", "demo", "-o", "demo.zztrust"]);
    let mut from_folder = desk.json(&["trust", "import", "demo", "--json", "--data", "one"], 0);
    let mut from_package = desk.json(&["trust", "import", "demo.zztrust", "--json", "--data", "two"], 0);
    // The one thing that follows the clock.
    for told in [&mut from_folder, &mut from_package] {
        assert!(told.as_object_mut().unwrap().remove("age_seconds").unwrap().as_u64().unwrap() < 3600);
    }
    assert_eq!(from_folder, from_package);
    let lists = from_folder["status_lists"].as_array().unwrap();
    assert_eq!(lists.len(), 2);
    // What was kept answers without the original.
    std::fs::remove_dir_all(desk.path("demo")).unwrap();
    std::fs::remove_file(desk.path("demo.zztrust")).unwrap();
    for data in ["one", "two"] {
        let shown = desk.json(&["trust", "show", "--json", "--data", data], 0);
        assert_eq!(shown["pinned_root"], from_folder["pinned_root"]);
        assert!(shown["kept"]["source"].as_str().unwrap().contains("demo"));
        desk.good(&["trust", "show", "--issuer", SONGJIANG, "--data", data]);
    }
}

#[test]
fn older_trust_data_is_refused_and_changes_nothing() {
    let desk = Desk::with_demo();
    desk.copy("demo", "old");
    desk.good(&["trust", "pack", "demo", "-o", "old.zztrust"]);
    desk.good(&["trust", "sign", "demo"]);
    desk.good(&["trust", "import", "demo"]);
    let before = desk.kept();
    for older in ["old", "old.zztrust"] {
        let (_, talk) = desk.ends(&["trust", "import", older], 1);
        assert!(talk.contains("TRUST-ROLLBACK"), "{talk}");
        assert_eq!(desk.kept(), before);
    }
}

#[test]
fn trust_data_of_others_does_not_replace_ones_own() {
    let desk = Desk::with_demo();
    desk.good(&["trust", "init-demo", "other"]);
    desk.good(&["trust", "import", "demo"]);
    let before = desk.kept();
    let (_, talk) = desk.ends(&["trust", "import", "other"], 1);
    assert!(talk.contains("TRUST-INVALID") && talk.contains("--data"), "{talk}");
    assert_eq!(desk.kept(), before);
    desk.good(&["trust", "import", "other", "--data", "elsewhere"]);
}

#[test]
fn a_pinned_root_of_others_is_refused() {
    let desk = Desk::with_demo();
    desk.good(&["trust", "init-demo", "other"]);
    let (_, talk) = desk.ends(&["trust", "import", "demo", "--root", "other/metadata/1.root.json"], 1);
    assert!(talk.contains("TRUST-INVALID"), "{talk}");
    assert!(!desk.path("data/trust.state").exists());
    desk.good(&["trust", "import", "demo", "--root", "demo/metadata/1.root.json"]);
}

#[test]
fn a_state_cut_anywhere_is_refused_with_advice_and_never_reset() {
    let desk = Desk::with_demo();
    desk.good(&["trust", "import", "demo"]);
    let whole = desk.kept();
    let mut damaged: Vec<Vec<u8>> = [0, 1, 20, 90, 200, whole.len() / 2, whole.len() - 1]
        .iter()
        .map(|end| whole[..*end].to_vec())
        .collect();
    let mut flipped = whole.clone();
    flipped[whole.len() / 3] ^= 1;
    damaged.push(flipped);
    for bytes in damaged {
        desk.write("data/trust.state", &bytes);
        for command in
            [&["trust", "show"][..], &["trust", "import", "demo"], &["verify", "nothing.zzdossier"]]
        {
            let (_, talk) = desk.ends(command, 2);
            assert!(talk.contains("TRUST-DATA") && talk.contains("backup"), "{command:?} {talk}");
        }
        assert_eq!(desk.kept(), bytes, "it is left as it is");
    }
}

#[test]
fn a_package_that_went_away_is_told_and_can_be_imported_again() {
    let desk = Desk::with_demo();
    desk.good(&["trust", "import", "demo"]);
    for entry in std::fs::read_dir(desk.path("data")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "zztrust") {
            std::fs::remove_file(path).unwrap();
        }
    }
    let (_, talk) = desk.ends(&["trust", "show"], 2);
    assert!(talk.contains("TRUST-DATA") && talk.contains("import"), "{talk}");
    desk.good(&["trust", "import", "demo"]);
    desk.good(&["trust", "show"]);
}

#[test]
fn only_the_newest_package_is_kept() {
    let desk = Desk::with_demo();
    for _ in 0..3 {
        desk.good(&["trust", "import", "demo"]);
        desk.good(&["trust", "sign", "demo", "--renew"]);
    }
    let packages = std::fs::read_dir(desk.path("data"))
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().path().extension().is_some_and(|ending| ending == "zztrust"));
    assert_eq!(packages.count(), 1);
}

#[test]
fn expired_trust_data_is_shown_as_pending_with_its_age() {
    let desk = Desk::with_demo();
    desk.good(&["trust", "sign", "demo", "--renew", "--at", "2020-01-01T00:00:00Z"]);
    let shown = desk.json(&["trust", "show", "demo", "--json"], 3);
    assert_eq!(shown["stale"], true);
    let codes: Vec<&str> =
        shown["checks"].as_array().unwrap().iter().map(|check| check["code"].as_str().unwrap()).collect();
    assert!(codes.len() == 8 && codes.iter().all(|code| *code == "TRUST-STALE"), "{codes:?}");
    let (page, _) = desk.ends(&["trust", "show", "demo"], 3);
    assert!(page.contains("days old") && page.contains("expired"), "{page}");
}

#[test]
fn a_broken_province_disables_only_itself() {
    let desk = Desk::with_demo();
    std::fs::write(desk.path("demo/metadata/1.33.json"), "{}").unwrap();
    let shown = desk.json(&["trust", "import", "demo", "--json"], 3);
    let states: Vec<&str> =
        shown["provinces"].as_array().unwrap().iter().map(|it| it["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["ok", "ok", "disabled", "ok"]);
    assert_eq!(shown["checks"][0]["code"], "TRUST-ROLE");
}

#[test]
fn an_issuer_that_is_not_registered_is_told() {
    let desk = Desk::with_demo();
    let (data, talk) = desk.ends(&["trust", "show", "demo", "--issuer", "91330110DEM000073U"], 1);
    assert!(data.is_empty() && talk.contains("ISS-UNKNOWN"), "{talk}");
}
