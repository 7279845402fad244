//! What the command line refuses leaves every file as it was, and is told with what to do next, in the
//! language of the person.

use serde_json::{Value, json};
use zizhi_app::draft_body::Fields;

use crate::desk::{Desk, FIRM, HEFEI, SONGJIANG, decide, decide_on, draft};

#[test]
fn a_secret_key_and_its_public_half_never_share_a_place() {
    let desk = Desk::set();
    for more in [&[][..], &["--force"]] {
        let words = [&["key", "new", "-o", "k.zzkey", "--public", "./k.zzkey"], more].concat();
        desk.refused(&words, "IO-SAME");
    }
    assert!(!desk.path("k.zzkey").exists(), "nothing was written");
}

#[test]
fn a_decision_and_its_report_never_share_a_place() {
    let desk = Desk::set();
    desk.dossier();
    let key = format!("world/keys/{SONGJIANG}.jwk");
    for more in [&[][..], &["--force"]] {
        desk.refused(&decide(&key, &[&["-o", "d", "--report", "d"], more].concat()), "IO-SAME");
        assert!(!desk.path("d").exists(), "neither was written");
    }
    desk.write("mine.zzreport", "mine");
    desk.refused(&decide(&key, &["-o", "d", "--report", "mine.zzreport"]), "IO-EXISTS");
    assert!(!desk.path("d").exists(), "a report that cannot be written keeps the decision back");
    assert_eq!(desk.bytes("mine.zzreport"), b"mine");
}

#[test]
fn conditions_and_supplements_are_signed_with_what_they_are_and_their_day() {
    let desk = Desk::set();
    desk.dossier();
    let key = format!("world/keys/{SONGJIANG}.jwk");
    let reason = ["--reason", "CHK-MISSING"];
    for outcome in ["accepted_with_conditions", "supplement_required"] {
        let refused = |more: &[&str], code: &str| {
            let as_it_is = ["--outcome", outcome, "--despite-verdict", "-o", "d.zzdecision"];
            let words = decide_on(&key, &[&as_it_is[..], more].concat());
            let talk = desk.refused(&words, code);
            assert!(!desk.path("d.zzdecision").exists(), "{outcome}: nothing was signed");
            talk
        };
        let talk = refused(&reason, "DECIDE-SUPPLEMENT");
        assert!(talk.contains("--supplement"), "{talk}");
        let wanted = |text| [&reason[..], &["--supplement", text]].concat();
        refused(&wanted("lease=租赁合同"), "DECIDE-DUE");
        refused(&wanted("lease=租赁合同@2020-01-01"), "DECIDE-DUE");
        refused(&wanted("lease= @2099-12-31"), "USAGE");
        refused(&["--supplement", "lease=租赁合同@2099-12-31"], "DECIDE-REASON");
    }
    desk.refused(&decide_on(&key, &["--outcome", "rejected", "-o", "d.zzdecision"]), "DECIDE-REASON");
    let blank = ["--outcome", "rejected", "--reason", "OWN= ", "-o", "d.zzdecision"];
    desk.refused(&decide_on(&key, &blank), "DECIDE-REASON");
    let whole = ["--outcome", "accepted_with_conditions", "--despite-verdict", "-o", "d.zzdecision"];
    let supplement = ["--supplement", "lease=租赁合同@2099-12-31"];
    desk.ends(&decide_on(&key, &[&whole[..], &reason, &supplement].concat()), 0);
}

#[test]
fn packing_trust_data_replaces_a_file_only_when_told_to() {
    let desk = Desk::set();
    let key = desk.bytes("firm.zzkey");
    desk.refused(&["trust", "pack", "world", "-o", "firm.zzkey"], "IO-EXISTS");
    assert_eq!(desk.bytes("firm.zzkey"), key, "a slip of the hand must not cost a key");
    desk.ends(&["trust", "pack", "world", "-o", "t.zztrust"], 0);
    desk.ends(&["trust", "pack", "world", "-o", "t.zztrust", "--force"], 0);
}

#[test]
#[cfg(unix)]
fn force_replaces_files_and_nothing_else() {
    let desk = Desk::set();
    std::fs::create_dir(desk.path("folder")).unwrap();
    let socket = std::os::unix::net::UnixListener::bind(desk.path("socket")).unwrap();
    for place in ["folder", "socket"] {
        let talk = desk.refused(&["key", "inbox", "-o", place, "--force"], "IO-EXISTS");
        assert!(!talk.contains("--force"), "it was given already: {talk}");
        assert!(!desk.path(place).is_file(), "{place} is as it was");
    }
    drop(socket);
}

#[test]
#[cfg(target_os = "linux")]
fn data_that_did_not_reach_a_full_disk_is_no_success() {
    let desk = Desk::set();
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let output = desk.command(&["key", "show", "firm.zzkey", "--json"]).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let talk = String::from_utf8(output.stderr).unwrap();
    assert!(talk.contains("code: IO-WRITE") && talk.contains("hint: "), "{talk}");
}

#[test]
fn a_statement_that_cannot_be_signed_does_not_cost_the_draft() {
    let desk = Desk::set();
    desk.ends(&draft("draft", "星河【演示】"), 0);
    let before = desk.bytes("draft/draft.json");
    desk.write(
        "consent.json",
        json!({"recipient": format!("urn:uscc:{SONGJIANG}"), "purpose": "互认", "kinds": ["lease"]})
            .to_string(),
    );
    let deep = format!("deep={}1{}", "[".repeat(40), "]".repeat(40));
    let values =
        ["share=0.5", "id=310101199001011234567890", "list=[1,2.5]", "name=\"e\u{301}\"", &deep, "nothing"];
    for value in values {
        desk.refused(
            &["dossier", "facts", "draft", "good=1", value, "--consent", "consent.json"],
            "DRAFT-FACT",
        );
        assert_eq!(desk.bytes("draft/draft.json"), before, "{value}: all of it or nothing");
    }
    desk.ends(&["dossier", "facts", "draft", "share=\"0.5\"", "good=1", "--consent", "consent.json"], 0);
    let shown: Value =
        serde_json::from_str(&desk.ends(&["dossier", "show", "draft", "--json"], 0).0).unwrap();
    assert_eq!(shown["facts"], json!({"share": "0.5", "good": 1}));
    assert_eq!(shown["consents"].as_array().unwrap().len(), 1);
}

#[test]
fn a_name_typed_with_loose_accents_is_kept_in_the_form_that_is_signed() {
    let desk = Desk::set();
    desk.ends(&draft("draft", " Cafe\u{301} "), 0);
    let shown: Value =
        serde_json::from_str(&desk.ends(&["dossier", "show", "draft", "--json"], 0).0).unwrap();
    assert_eq!(shown["firm"]["name"], "Caf\u{e9}");
}

#[test]
fn attachments_are_taken_out_together_or_not_at_all() {
    let desk = Desk::set();
    desk.dossier();
    std::fs::create_dir(desk.path("out")).unwrap();
    desk.write("out/two.pdf", "mine");
    let talk = desk.refused(&["dossier", "open", "a.zzdossier", "--extract", "out"], "IO-EXISTS");
    assert!(!talk.contains("--force"), "the command has no such option: {talk}");
    assert!(!desk.path("out/one.pdf").exists(), "the first stays in, too");
    assert_eq!(desk.bytes("out/two.pdf"), b"mine");
    desk.ends(&["dossier", "open", "a.zzdossier", "--extract", "new"], 0);
    assert_eq!(desk.bytes("new/two.pdf"), b"%PDF-1.7\ntwo");
}

#[test]
fn a_sealed_dossier_is_not_taken_for_another_one() {
    let desk = Desk::set();
    desk.dossier();
    desk.ends(&["dossier", "seal", "a.zzdossier", "--trust", "world", "-o", "a.age"], 0);
    let talk = desk.refused(&["dossier", "seal", "a.age", "--trust", "world", "-o", "b.age"], "SEAL-INPUT");
    assert!(!talk.contains("--identity"), "the command has no such option: {talk}");
    let key = format!("world/keys/{SONGJIANG}.jwk");
    desk.ends(&decide(&key, &["-o", "d.zzdecision"]), 0);
    let show = |dossier| ["decision", "show", "d.zzdecision", "--trust", "world", "--dossier", dossier];
    desk.refused(&show("a.age"), "DECISION-SEALED");
    let (page, _) = desk.ends(&show("a.zzdossier"), 0);
    assert!(page.contains("about this dossier") && !page.contains("[]"), "{page}");
    let talk = desk.refused(&["verify", "a.age", "--trust", "world"], "SEAL-IDENTITY");
    assert!(talk.contains("no inbox key was given"), "{talk}");
}

#[test]
fn digests_are_shown_in_hex_by_fours_and_told_to_programs_in_base64url() {
    let desk = Desk::set();
    desk.dossier();
    let key = format!("world/keys/{SONGJIANG}.jwk");
    let (page, _) = desk.ends(&decide(&key, &["-o", "1.zzdecision"]), 0);
    let (data, _) = desk.ends(&decide(&key, &["-o", "2.zzdecision", "--json"]), 0);
    let told: Value = serde_json::from_str(&data).unwrap();
    assert_eq!(told["dossier_sha256"].as_str().unwrap().len(), 43);
    let shown = page.lines().find_map(|line| line.strip_prefix("its sha-256 ")).unwrap();
    let groups: Vec<&str> = shown.split_whitespace().collect();
    assert!(groups.len() == 16 && groups.iter().all(|group| group.len() == 4), "{shown}");
}

#[test]
fn everything_that_a_type_requires_is_named_at_once() {
    let desk = Desk::set();
    let words = desk.issue(&json!({"number": "ZF-1"}));
    let talk = desk.refused(&words.iter().map(String::as_str).collect::<Vec<_>>(), "ISSUE-CLAIMS");
    for name in ["entered_on", "established_on", "incubator_level"] {
        assert!(talk.contains(name), "{name} is missing, too: {talk}");
    }
    assert!(!desk.path("a.zzcred").exists());
}

#[test]
fn names_and_nonces_may_not_be_blank() {
    let desk = Desk::set();
    desk.dossier();
    let key = format!("world/keys/{SONGJIANG}.jwk");
    desk.refused(&decide(&key, &["-o", "d", "--reviewer", " "]), "USAGE");
    desk.refused(&draft("other", ""), "USAGE");
    let words = [
        "credential",
        "present",
        "a.zzcred",
        "--key",
        "firm.zzkey",
        "--disclose-all",
        "--aud",
        "A",
        "--nonce",
        "",
    ];
    desk.refused(&words, "USAGE");
}

#[test]
fn a_list_that_ends_before_it_begins_is_not_built() {
    let desk = Desk::set();
    let words = ["status", "build", "--uri", "u:1", "--entries", "8", "--key", "firm.zzkey", "-o", "l.jwt"];
    desk.refused(&[&words[..], &["--exp", "2020-01-01T00:00:00Z"]].concat(), "STATUS-DATES");
    desk.refused(
        &["status", "build", "--uri", "u:1", "--entries", "0", "--key", "firm.zzkey", "-o", "l.jwt"],
        "USAGE",
    );
    assert!(!desk.path("l.jwt").exists());
}

#[test]
fn a_server_that_is_not_there_has_signed_nothing_wrong() {
    let desk = Desk::set();
    desk.ends(&["trust", "import", "world"], 0);
    let (_, talk) = desk.ends(&["trust", "refresh", "https://127.0.0.1:1/x"], 1);
    assert!(talk.contains("code: TRUST-READ") && talk.contains("hint: "), "{talk}");
    assert!(!talk.contains("signature"), "it could not be read, no more is known: {talk}");
    let (_, talk) = desk.ends(&["trust", "import", "firm.zzkey"], 1);
    assert!(talk.contains("no trust package"), "{talk}");
    assert_eq!(talk.matches("cause: ").count(), 1, "the same cause is told once: {talk}");
}

#[test]
fn an_organisation_that_is_not_registered_comes_with_advice() {
    let desk = Desk::set();
    let (_, talk) = desk.ends(&["trust", "show", "world", "--issuer", &format!("urn:uscc:{FIRM}")], 1);
    assert!(talk.contains("hint: ") && talk.contains("code: ISS-UNKNOWN"), "{talk}");
    let (page, _) = desk.ends(&["--lang", "zh", "trust", "show", "world", "--issuer", HEFEI], 0);
    assert!(page.contains("高新技术企业") && page.contains("孵化器核验背书"), "{page}");
    assert!(!page.contains("high-tech-enterprise") && !page.contains("attested"), "{page}");
}

#[test]
fn the_checklist_names_attachments_as_the_firm_did() {
    let desk = Desk::set();
    desk.dossier();
    let (page, _) = desk.ends(&["verify", "a.zzdossier", "--trust", "world"], 1);
    assert!(page.lines().any(|line| line.contains('←') && line.contains("one.pdf")), "{page}");
}

#[test]
#[cfg(unix)]
fn what_cannot_be_read_among_many_is_counted_and_cannot_rewrite_the_screen() {
    let desk = Desk::set();
    std::fs::create_dir(desk.path("inbox")).unwrap();
    desk.write("inbox/a\u{1b}[31m.zzdossier.age", "age-encryption.org/v1\n");
    desk.write("inbox/b.zzdossier", "");
    let (data, talk) = desk.ends(&["verify", "inbox", "--trust", "world", "--summary"], 2);
    assert!(!talk.contains('\u{1b}') && talk.contains("a\u{fffd}[31m"), "{talk:?}");
    assert!(data.contains("2 dossiers: 1 failed") && data.contains("1 unreadable"), "{data}");
}

#[test]
fn a_command_line_that_cannot_be_used_is_told_in_the_language_of_the_person() {
    let desk = Desk::set();
    let wrong: [&[&str]; 6] = [
        &["verify"],
        &["unknown"],
        &["verify", "x", "--as", "91340100DEM0000229"],
        &["verify", "x", "--at", "yesterday"],
        &["verify", "x", "--json", "--summary"],
        &["verify", "x", "--nothing"],
    ];
    for words in wrong {
        desk.refused(words, "USAGE");
        let (_, talk) = desk.ends(&[&["--lang", "zh"], words].concat(), 2);
        assert!(
            talk.starts_with("错误：") && talk.contains("建议：") && talk.contains("代码：USAGE"),
            "{talk}"
        );
    }
    let (_, talk) = desk.ends(&["--lang", "zh", "verify", "x", "--at", "yesterday"], 2);
    assert!(talk.contains("原因：时间要写全") && !talk.contains("invalid"), "{talk}");
}

#[test]
fn a_place_in_a_file_stands_apart_from_what_is_wrong_there() {
    let error = serde_json::from_str::<Fields>("{\n\"odd\": 1}").unwrap_err();
    let told = zizhi_app::causes::words(&error).unwrap().zh;
    assert!(told.starts_with("第 2 行第") && told.ends_with("列：不认识“odd”"), "{told}");
}

#[test]
fn a_cause_is_told_in_chinese_or_as_the_words_of_whoever_says_it() {
    let desk = Desk::set();
    desk.ends(&draft("draft", "星河【演示】"), 0);
    let whole = String::from_utf8(desk.bytes("draft/draft.json")).unwrap();
    for (text, cause) in [
        (whole.replacen('{', "{\"odd\": 1,", 1), "原因：不认识“odd”"),
        (whole.replacen("\"aud\"", "\"audience\"", 1), "原因：不认识“audience”"),
        (whole.replacen('{', "", 1), "原因："),
        (whole.replacen("\"credentials\": []", "\"credentials\": 1", 1), "原因（原文）：invalid type"),
        (whole.replacen("\"credentials\": []", "\"credentials\": \"星河\"", 1), "原因（原文）：invalid type"),
    ] {
        desk.write("draft/draft.json", text);
        let (_, talk) = desk.ends(&["--lang", "zh", "dossier", "show", "draft"], 2);
        assert!(talk.contains(cause), "{cause}: {talk}");
    }
}
