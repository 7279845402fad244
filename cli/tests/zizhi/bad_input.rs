//! Any bytes given to any command: an exit code that was promised, a code and advice, in
//! a bounded time, and never a panic.

use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::desk::{FIRM, draft};
use crate::run::zizhi;

/// Longest time for one refusal; a debug build on a busy machine takes a tenth of it.
const PATIENCE: Duration = Duration::from_secs(20);

/// Files that are nothing that any command reads.
fn bad_files() -> TempDir {
    let folder = TempDir::new().unwrap();
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).unwrap();
    write("empty", b"");
    let mut noise = 1_u64;
    let random: Vec<u8> = std::iter::repeat_with(|| {
        noise = noise.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        noise.to_be_bytes()[0]
    })
    .take(100_000)
    .collect();
    write("random", &random);
    write("deep.json", "[".repeat(100_000).as_bytes());
    write("deep-object.json", format!("{}1{}", "{\"a\":".repeat(50_000), "}".repeat(50_000)).as_bytes());
    write("deep-logic.json", format!("{}true{}", "{\"!\":[".repeat(60), "]}".repeat(60)).as_bytes());
    write("wide.json", format!("[{}1]", "1,".repeat(2_000_000)).as_bytes());
    write("twice.json", b"{\"a\":1,\"a\":2}");
    write("number.json", b"1e400");
    write("text.json", "\"\u{202e}资质\"".as_bytes());
    write("null", b"\0\0\0\0");
    write("zip", b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0");
    write("good.json", b"true");
    std::fs::create_dir(folder.path().join("directory")).unwrap();
    folder
}

const BAD: [&str; 13] = [
    "empty",
    "random",
    "deep.json",
    "deep-object.json",
    "deep-logic.json",
    "wide.json",
    "twice.json",
    "number.json",
    "text.json",
    "null",
    "zip",
    "directory",
    "missing",
];

/// Runs and checks the promises; gives the exit code.
fn refused(folder: &TempDir, arguments: &[&str], allowed: &[i32]) {
    let began = Instant::now();
    let output = zizhi(folder.path(), arguments).output().unwrap();
    let talk = String::from_utf8_lossy(&output.stderr);
    let data = String::from_utf8_lossy(&output.stdout);
    let code = output.status.code();
    assert!(!talk.contains("panicked"), "{arguments:?}: {talk}");
    assert!(code.is_some_and(|code| allowed.contains(&code)), "{arguments:?}: {code:?}\n{data}\n{talk}");
    assert!(began.elapsed() < PATIENCE, "{arguments:?} took {:?}", began.elapsed());
    if code == Some(2) {
        assert!(talk.contains("code: ") || data.contains("hint: "), "{arguments:?}: {talk}");
        assert!(talk.contains("hint: ") || data.contains("hint: "), "{arguments:?}: {talk}");
    }
    assert!(data.len() + talk.len() < 1_000_000, "{arguments:?} says too much");
}

#[test]
fn rules_commands_stand_any_file() {
    let folder = bad_files();
    for bad in BAD {
        refused(&folder, &["rules", "check", bad], &[1, 2]);
        refused(&folder, &["rules", "eval", "--logic", bad, "--data", "good.json"], &[0, 1, 2]);
        refused(&folder, &["rules", "eval", "--logic", "good.json", "--data", bad, "--trace"], &[0, 2]);
        refused(&folder, &["rules", "query", "--dcql", bad, "good.json"], &[2]);
    }
    let query = r#"{"credentials":[{"id":"a","format":"dc+sd-jwt","meta":{"vct_values":["x"]}}]}"#;
    std::fs::write(folder.path().join("query.json"), query).unwrap();
    for bad in BAD {
        refused(&folder, &["rules", "query", "--dcql", "query.json", bad], &[2]);
    }
}

#[test]
fn reading_trust_commands_stand_any_file() {
    let folder = bad_files();
    for bad in BAD {
        refused(&folder, &["trust", "import", bad], &[1, 2]);
        refused(&folder, &["trust", "show", bad], &[2, 3]);
        refused(&folder, &["trust", "show", bad, "--issuer", "91340100DEM0000228"], &[1, 2]);
        refused(&folder, &["trust", "import", "zip", "--root", bad], &[1, 2]);
        refused(&folder, &["trust", "refresh", "https://127.0.0.1:1/", "--ca", bad], &[2]);
    }
    assert!(!folder.path().join("data/trust.state").exists(), "nothing of it is kept");
}

#[test]
fn publishing_trust_commands_stand_any_file() {
    let folder = bad_files();
    let path = folder.path().join("demo").display().to_string();
    refused(&folder, &["trust", "init-demo", &path], &[0]);
    for bad in BAD {
        refused(&folder, &["trust", "add-issuer", "demo", bad], &[2]);
        refused(&folder, &["trust", "add-rules", "demo", bad], &[2]);
        refused(&folder, &["trust", "add-type", "demo", bad], &[2]);
        refused(&folder, &["trust", "add-status", "demo", bad], &[2]);
        refused(&folder, &["trust", "sign", "demo", "--key", bad], &[2]);
        refused(&folder, &["trust", "sign", bad, "--key", "demo/keys"], &[2]);
        refused(&folder, &["trust", "pack", bad, "-o", "x.zztrust"], &[2]);
        refused(&folder, &["trust", "rotate-province", "demo", "--province", "31", "--new", bad], &[2]);
        refused(
            &folder,
            &["trust", "rotate-root", "demo", "--old", bad, "--new", "demo/keys/31-root.jwk"],
            &[2],
        );
        let key = ["--issuer", "91340100DEM0000228", "--new", bad];
        refused(&folder, &[&["trust", "rotate-key", "demo"][..], &key].concat(), &[2]);
    }
    refused(&folder, &["trust", "show", "demo"], &[0]);
}

#[test]
fn a_state_of_any_bytes_is_refused_and_left_alone() {
    let folder = bad_files();
    std::fs::create_dir(folder.path().join("data")).unwrap();
    for bad in BAD.iter().filter(|bad| !["directory", "missing"].contains(bad)) {
        let state = folder.path().join("data/trust.state");
        std::fs::copy(folder.path().join(bad), &state).unwrap();
        refused(&folder, &["trust", "show"], &[2]);
        refused(&folder, &["trust", "import", "zip"], &[2]);
        refused(&folder, &["verify", "random"], &[2]);
        assert!(std::fs::read(&state).unwrap() == std::fs::read(folder.path().join(bad)).unwrap());
    }
}

#[test]
fn key_credential_and_status_commands_stand_any_file() {
    let folder = bad_files();
    std::fs::write(folder.path().join("pass"), "any passphrase").unwrap();
    let pass = ["--passphrase-file", "pass"];
    refused(&folder, &[&["key", "new", "-o", "k.zzkey"][..], &pass].concat(), &[0]);
    refused(&folder, &["trust", "init-demo", "demo"], &[0]);
    let key = "demo/keys/91340100DEM0000228.jwk";
    for bad in BAD {
        refused(&folder, &["key", "show", bad], &[2]);
        refused(&folder, &["key", "export", "--public", bad, "-o", "out"], &[2]);
        refused(&folder, &["credential", "inspect", bad], &[1, 2]);
        refused(&folder, &["credential", "inspect", bad, "--json"], &[1, 2]);
        refused(&folder, &["credential", "inspect", "good.json", "--issuer-jwk", bad], &[1, 2]);
        let issue = [
            "credential",
            "issue",
            "-o",
            "out",
            "--holder-jwk",
            "k.pub.jwk",
            "--status",
            "https://s.example/1#1",
        ];
        refused(&folder, &[&issue[..], &["--key", key, "--claims", bad]].concat(), &[2]);
        refused(&folder, &[&issue[..], &["--claims", "good.json", "--key", bad], &pass].concat(), &[2]);
        let present = ["credential", "present", "--aud", "a", "--nonce", "n", "-o", "out", "--disclose-all"];
        refused(&folder, &[&present[..], &["--key", key, bad]].concat(), &[2]);
        refused(&folder, &["status", "read", bad], &[1, 2]);
        refused(&folder, &["status", "read", bad, "--json"], &[1, 2]);
        refused(&folder, &["status", "set", bad, "--idx", "1", "--value", "revoked", "--key", key], &[2]);
        assert!(!folder.path().join("out").exists(), "{bad}: nothing half-made stays");
    }
}

#[test]
fn dossier_request_and_decision_commands_stand_any_file() {
    let folder = bad_files();
    std::fs::write(folder.path().join("pass"), "any passphrase").unwrap();
    let pass = ["--passphrase-file", "pass"];
    refused(&folder, &[&["key", "new", "-o", "k.zzkey"][..], &pass].concat(), &[0]);
    refused(&folder, &["trust", "init-demo", "demo"], &[0]);
    let firm = ["--firm-uscc", FIRM, "--firm-name", "【演示】", "--origin", "340104"];
    refused(&folder, &draft("draft", "【演示】"), &[0]);
    let draft = std::fs::read(folder.path().join("draft/draft.json")).unwrap();
    let decide =
        ["decide", "--key", "demo/keys/91310117DEM000030B.jwk", "--as", "91310117DEM000030B", "-o", "out"];
    let decided = ["--outcome", "rejected", "--operator", "经办", "--reason", "CHK-MISSING"];
    for bad in BAD {
        refused(&folder, &[&["dossier", "new", "other", "--request", bad][..], &firm].concat(), &[2]);
        refused(&folder, &["dossier", "add", "draft", bad, "--kind", "lease"], &[2]);
        refused(&folder, &["dossier", "add", "draft", bad, "--disclose-all"], &[2]);
        refused(&folder, &["dossier", "facts", "draft", "--consent", bad], &[2]);
        refused(&folder, &["dossier", "show", bad], &[2]);
        refused(
            &folder,
            &[&["dossier", "check", bad, "--key", "k.zzkey", "--trust", "demo"][..], &pass].concat(),
            &[2],
        );
        refused(
            &folder,
            &[&["dossier", "sign", "draft", "-o", "out", "--yes", "--key", bad][..], &pass].concat(),
            &[2],
        );
        refused(&folder, &["dossier", "seal", bad, "--trust", "demo", "-o", "out"], &[2]);
        refused(&folder, &["dossier", "open", bad], &[1, 2]);
        refused(&folder, &["dossier", "open", bad, "--identity", bad], &[1, 2]);
        refused(&folder, &["request", "show", bad, "--trust", "demo"], &[1, 2]);
        refused(&folder, &[&decide[..], &decided, &["--trust", "demo", bad]].concat(), &[0, 1, 2]);
        refused(&folder, &["decision", "show", bad, "--trust", "demo"], &[1, 2]);
        refused(&folder, &["verify", bad, "--trust", "demo", "--json"], &[1, 2]);
        refused(&folder, &["verify", bad, "--trust", bad], &[1, 2, 3]);
        refused(&folder, &["verify", bad, "--trust", "demo", "--identity", bad], &[1, 2]);
        assert!(
            std::fs::read(folder.path().join("draft/draft.json")).unwrap() == draft,
            "{bad}: the draft is as it was"
        );
        drop(std::fs::remove_file(folder.path().join("out")));
    }
}
