//! What a person who went a little wrong is told, before anything is signed that cannot be mended.

use serde_json::{Value, json};
use zizhi_crypto::b64;

use crate::desk::{Desk, HEFEI, SONGJIANG, decide};

fn words(words: &[String]) -> Vec<&str> {
    words.iter().map(String::as_str).collect()
}

#[test]
fn a_day_that_does_not_exist_is_not_signed() {
    let desk = Desk::set();
    let mut claims = json!({"number": "ZF-1", "issued_on": "2026-01-10", "valid_until": "2030-13-15",
        "entered_on": "2025-01-01", "established_on": "2024-05-01", "incubator_level": "provincial"});
    let talk = desk.refused(&words(&desk.issue(&claims)), "ISSUE-VALUE");
    assert!(talk.contains("valid_until") && talk.contains("2030-13-15"), "{talk}");
    assert!(!desk.path("a.zzcred").exists());
    claims["valid_until"] = json!("2030-12-15");
    let (_, talk) = desk.ends(&words(&desk.issue(&claims)), 0);
    assert_eq!(talk.matches("note: ").count(), 1, "only that the key has no passphrase: {talk}");
}

#[test]
fn a_claim_a_type_or_a_value_that_nobody_knows_is_remarked_on() {
    let desk = Desk::set();
    let claims = json!({"number": "ZF-1", "valid_untill": "2030-12-15", "entered_on": "2025-01-01",
        "established_on": "2024-05-01", "incubator_level": "best"});
    let (_, talk) = desk.ends(&words(&desk.issue(&claims)), 0);
    assert!(talk.contains("has no claim valid_untill") && talk.contains(" valid_until "), "{talk}");
    assert!(
        talk.contains("incubator_level") && talk.contains("one of ") && talk.contains("provincial"),
        "{talk}"
    );
    std::fs::remove_file(desk.path("a.zzcred")).unwrap();
    let claims = json!({"vct": "urn:zizhitong:credential:incubatee-certificat:1"});
    let (_, talk) = desk.ends(&words(&desk.issue(&claims)), 0);
    assert!(talk.contains("is not known") && talk.contains("incubatee-certificate"), "{talk}");
}

#[test]
fn a_status_needs_the_address_of_a_list() {
    let desk = Desk::set();
    let mut words = desk.issue(&json!({}));
    let place = words.iter().position(|word| word == "--status").unwrap() + 1;
    words[place] = "a#1".to_owned();
    desk.refused(&words.iter().map(String::as_str).collect::<Vec<_>>(), "USAGE");
}

#[test]
fn a_decision_under_the_key_of_another_is_not_signed() {
    let desk = Desk::set();
    desk.dossier();
    let talk =
        desk.refused(&decide(&format!("world/keys/{HEFEI}.jwk"), &["-o", "d.zzdecision"]), "DECIDE-KEY");
    assert!(talk.contains(SONGJIANG), "{talk}");
    assert!(!desk.path("d.zzdecision").exists());
}

#[test]
fn a_file_that_is_no_dossier_is_told_as_what_it_is() {
    let desk = Desk::set();
    desk.write("lease.pdf", "%PDF-1.7\nlease");
    desk.write("notes.txt", "notes of a meeting\n");
    desk.write("empty.zzdossier", "");
    let verify = |file| ["verify", file, "--trust", "world"];
    for (file, says) in
        [("lease.pdf", "a PDF"), ("notes.txt", "a text file"), ("empty.zzdossier", "is empty")]
    {
        let (page, _) = desk.ends(&verify(file), 1);
        assert!(page.contains(says) && page.contains("ZIP-CORRUPT"), "{file}: {page}");
    }
    desk.dossier();
    let whole = desk.bytes("a.zzdossier");
    desk.write("cut.zzdossier", whole.get(..whole.len() / 2).unwrap());
    let (page, _) = desk.ends(&verify("cut.zzdossier"), 1);
    assert!(page.contains("damaged or incomplete"), "{page}");
    // Any bytes get a report here, whatever the file is called (formats.md §6).
    desk.write("beheaded.zzdossier.age", "xge-encryption.org/v1\n-> X25519");
    let (page, _) = desk.ends(&verify("beheaded.zzdossier.age"), 1);
    assert!(page.contains("ZIP-CORRUPT"), "{page}");
}

#[test]
fn an_altered_attachment_is_told_by_its_name_and_before_what_follows_from_it() {
    let desk = Desk::set();
    desk.dossier();
    let mut bytes = desk.bytes("a.zzdossier");
    let at = bytes.windows(12).position(|window| window == b"%PDF-1.7\none").unwrap();
    bytes[at + 9] = b'O';
    desk.write("altered.zzdossier", &bytes);
    let (page, _) = desk.ends(&["verify", "altered.zzdossier", "--trust", "world"], 1);
    let place = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text}: {page}"));
    assert!(place("HASH-ATTACH") < place("ZIP-CORRUPT"), "{page}");
    assert!(page.contains("HASH-ATTACH  one.pdf") && page.contains("ZIP-CORRUPT  one.pdf"), "{page}");
}

#[test]
fn a_sealed_dossier_cut_short_is_told_as_that() {
    let desk = Desk::set();
    desk.dossier();
    desk.ends(&["dossier", "seal", "a.zzdossier", "--trust", "world", "-o", "a.age"], 0);
    let whole = desk.bytes("a.age");
    desk.write("cut.age", whole.get(..whole.len() - 100).unwrap());
    let key = format!("world/keys/{SONGJIANG}.age");
    desk.refused(&["verify", "cut.age", "--trust", "world", "--identity", &key], "SEAL-DAMAGED");
    let other = format!("world/keys/{HEFEI}.age");
    desk.refused(&["verify", "a.age", "--trust", "world", "--identity", &other], "SEAL-IDENTITY");
}

#[test]
fn without_trust_data_it_is_said_how_to_get_some() {
    let desk = Desk::set();
    desk.dossier();
    let data = desk.path("data");
    let data = data.to_str().unwrap();
    let (page, talk) = desk.ends(&["verify", "a.zzdossier", "--data", data], 3);
    assert!(talk.contains("--trust") && talk.contains("zizhi trust import"), "{talk}");
    assert_eq!(page.matches("  TRUST-MISSING  ").count(), 1, "told once, with all that it is about: {page}");
    std::fs::create_dir(desk.path("nothing")).unwrap();
    let (_, talk) = desk.ends(&["verify", "a.zzdossier", "--trust", "nothing"], 3);
    assert!(talk.contains("nothing holds no usable trust data"), "{talk}");
}

#[test]
fn what_was_added_to_a_draft_can_be_taken_out() {
    let desk = Desk::set();
    desk.dossier();
    desk.refused(&["dossier", "remove", "draft", "three.pdf"], "DRAFT-NAME");
    desk.ends(&["dossier", "remove", "draft", "one.pdf"], 0);
    let (shown, _) = desk.ends(&["dossier", "show", "draft"], 0);
    assert!(!shown.contains("one.pdf") && shown.contains("two.pdf"), "{shown}");
    assert!(desk.path("one.pdf").exists(), "the original stays");
    let talk = desk.refused(&["dossier", "show", "a.zzdossier"], "DRAFT-FORM");
    assert!(talk.contains("zizhi dossier open"), "{talk}");
}

#[test]
fn a_check_of_ones_own_says_which_fact_is_missing_and_which_paper_is_of_no_use() {
    let desk = Desk::set();
    desk.dossier();
    desk.write("other.pdf", "%PDF-1.7\nother");
    desk.ends(&["dossier", "add", "draft", "other.pdf", "--kind", "leese"], 0);
    let check = ["dossier", "check", "draft", "--key", "firm.zzkey", "--trust", "world"];
    let output = desk.command(&check).output().unwrap();
    let talk = String::from_utf8(output.stderr).unwrap();
    assert!(talk.contains("zizhi dossier facts 'draft' claims_high_tech=…"), "{talk}");
    assert!(talk.contains("other.pdf (leese)"), "{talk}");
    desk.ends(&["dossier", "facts", "draft", "claims_high_tech=false"], 0);
    let output = desk.command(&check).output().unwrap();
    let talk = String::from_utf8(output.stderr).unwrap();
    assert!(
        !talk.contains("claims_high_tech") && talk.contains("other.pdf (leese)"),
        "it is stated now: {talk}"
    );
    assert!(!talk.contains("one.pdf"), "a lease is asked for: {talk}");
}

#[test]
fn a_request_for_a_checklist_that_no_pack_has_is_remarked_on() {
    let desk = Desk::set();
    let key = format!("world/keys/{SONGJIANG}.jwk");
    let ask = |checklist, pack, out| {
        let words = [
            "request",
            "new",
            "--key",
            &key,
            "--from",
            SONGJIANG,
            "--scenario",
            "branch_operation",
            "--region",
        ];
        let more = ["310117", "--checklist", checklist, "--rule-pack", pack, "--trust", "world", "-o", out];
        desk.ends(&[&words[..], &more].concat(), 0).1
    };
    let talk = ask("SJ-BRANCHES", "sh-songjiang@3", "a.zzrequest");
    assert!(talk.contains("no checklist SJ-BRANCHES") && talk.contains("SJ-BRANCH"), "{talk}");
    assert!(ask("SJ-BRANCH", "sh-songjiangs@3", "b.zzrequest").contains("no rule pack sh-songjiangs"));
    let talk = ask("SJ-BRANCH", "sh-songjiang@3", "c.zzrequest");
    assert!(!talk.contains("checklist") && !talk.contains("rule pack"), "nothing to remark: {talk}");
}

#[test]
fn a_word_for_true_is_not_taken_as_words() {
    let desk = Desk::set();
    desk.dossier();
    for fact in ["claims_high_tech=TRUE", "claims_high_tech=是", "claims_high_tech=yes"] {
        let talk = desk.refused(&["dossier", "facts", "draft", fact], "DRAFT-FACT");
        assert!(talk.contains("claims_high_tech=true"), "{talk}");
    }
    desk.ends(&["dossier", "facts", "draft", "note=\"yes\"", "claims_high_tech=true"], 0);
}

#[test]
fn a_refused_import_does_not_say_that_it_was_kept() {
    let desk = Desk::set();
    desk.write("lease.pdf", "%PDF-1.7");
    let data = desk.path("data");
    let import = |what| ["trust", "import", what, "--data", data.to_str().unwrap()];
    let (_, talk) = desk.ends(&import("lease.pdf"), 1);
    assert!(!talk.contains("is kept in"), "{talk}");
    let (_, talk) = desk.ends(&import("world"), 0);
    assert!(talk.contains("with the same --data"), "{talk}");
}

#[test]
fn a_result_never_takes_the_place_of_what_it_is_made_from() {
    let desk = Desk::set();
    desk.dossier();
    let before = desk.bytes("a.zzdossier");
    desk.refused(
        &["dossier", "seal", "a.zzdossier", "--trust", "world", "--force", "-o", "./a.zzdossier"],
        "IO-SAME",
    );
    assert_eq!(desk.bytes("a.zzdossier"), before);
}

#[test]
fn a_supplement_until_a_day_that_does_not_exist_is_not_signed() {
    let desk = Desk::set();
    desk.dossier();
    let key = format!("world/keys/{SONGJIANG}.jwk");
    let more = ["--supplement", "lease=a contract@2026-13-31", "-o", "d.zzdecision"];
    desk.refused(&decide(&key, &more), "USAGE");
    assert!(!desk.path("d.zzdecision").exists());
}

#[test]
fn without_as_the_page_says_that_the_addressee_was_not_checked() {
    let desk = Desk::set();
    desk.dossier();
    let (page, _) = desk.ends(&["verify", "a.zzdossier", "--trust", "world"], 1);
    assert!(page.contains(SONGJIANG) && page.contains("without --as"), "{page}");
    let (page, _) = desk.ends(&["verify", "a.zzdossier", "--trust", "world", "--as", SONGJIANG], 1);
    assert!(page.contains(SONGJIANG) && !page.contains("without --as"), "{page}");
}

#[test]
fn only_advice_gets_the_folder_that_was_named_and_the_name_of_a_file_stays_as_it_is() {
    let desk = Desk::set();
    let named = "see zizhi db restore.zzdossier";
    let talk = desk.refused(&["verify", named, "--data", "data"], "IO-READ");
    assert!(talk.contains(named), "the fact quotes the file: {talk}");
}

#[test]
fn what_passed_with_conditions_is_summed_up_with_its_conditions() {
    let desk = Desk::set();
    desk.ends(&["demo", "demo"], 0);
    let at = ["--trust", "demo/trust/demo.zztrust", "--at", "2026-11-23T10:00:00+08:00"];
    let (page, _) = desk.ends(&[&["verify", "demo/1-hefei-songjiang", "--summary"][..], &at].concat(), 1);
    let lines: Vec<&str> = page.lines().collect();
    let conditional: Vec<usize> =
        (0..lines.len()).filter(|at| lines[*at].starts_with("! passed with conditions")).collect();
    let counted = format!("{} passed with conditions", conditional.len());
    assert!(!conditional.is_empty() && page.contains(&counted), "each of them is listed: {page}");
    for at in conditional {
        assert!(lines[at + 1].starts_with("    ! "), "and says its condition: {}\n{page}", lines[at]);
    }
    assert!(!page.contains("✓ passed  "), "what passed is counted alone: {page}");
}

#[test]
fn another_file_in_the_place_of_a_decision_is_told_as_what_it_is() {
    let desk = Desk::set();
    desk.dossier();
    desk.write("lease.pdf", "%PDF-1.7\nlease");
    desk.write("notes.txt", "notes of a meeting\n");
    desk.write("a.age", "age-encryption.org/v1\n-> X25519 a\n");
    desk.ends(&["trust", "pack", "world", "-o", "world.zztrust"], 0);
    let key = format!("world/keys/{SONGJIANG}.jwk");
    let ask = ["request", "new", "--key", &key, "--from", SONGJIANG, "--scenario", "branch_operation"];
    let terms = ["--region", "310117", "--checklist", "SJ-BRANCH", "--rule-pack", "sh-songjiang@3"];
    desk.ends(&[&ask[..], &terms, &["-o", "a.zzrequest"]].concat(), 0);
    desk.ends(&decide(&key, &["-o", "d.zzdecision", "--report", "r.zzreport"]), 0);
    for (file, says, belongs) in [
        ("a.zzdossier", "is a dossier and no decision", "zizhi verify"),
        ("a.age", "is a dossier and no decision", "--identity"),
        ("world.zztrust", "is a package of trust data and no decision", "zizhi trust import"),
        ("a.zzrequest", "is a request for a dossier and no decision", "zizhi request show"),
        ("r.zzreport", "is a signed report of a verification and no decision", "--report"),
        ("lease.pdf", "is a PDF and no decision", ".zzdecision"),
        ("notes.txt", "is a text file and no decision", ".zzdecision"),
        ("a.zzcred", "is a credential, but no decision", "zizhi credential inspect"),
    ] {
        let talk = desk.refused(&["decision", "show", file, "--trust", "world"], "DECISION-TYPE");
        assert!(talk.contains(says) && talk.contains(belongs), "{file}: {talk}");
    }
    let whole = desk.bytes("d.zzdecision");
    desk.write("cut.zzdecision", whole.get(..whole.len() / 2).unwrap());
    let (page, _) = desk.ends(&["decision", "show", "cut.zzdecision", "--trust", "world"], 1);
    assert!(page.contains("SDJWT-INVALID"), "a damaged decision is told as one: {page}");
    for at in [whole.len() / 3, whole.len() - 20] {
        let mut other = whole.clone();
        other[at] = if other[at] == b'A' { b'B' } else { b'A' };
        desk.write("other.zzdecision", other);
        let (page, _) = desk.ends(&["decision", "show", "other.zzdecision", "--trust", "world"], 1);
        assert!(page.contains("the decision's file is damaged or was altered ("), "{page}");
        assert!(
            page.contains("hint: Ask whoever made the decision") && !page.contains("issue it again"),
            "{page}"
        );
    }
}

#[test]
fn what_another_program_wrote_otherwise_into_a_decision_is_shown_all_the_same() {
    let desk = Desk::set();
    desk.dossier();
    desk.ends(&decide(&format!("world/keys/{SONGJIANG}.jwk"), &["-o", "d.zzdecision"]), 0);
    let text = String::from_utf8(desk.bytes("d.zzdecision")).unwrap();
    // Without what may be withheld, which is said anew.
    let mut parts: Vec<String> = text.split('~').next().unwrap().split('.').map(str::to_owned).collect();
    let mut payload: Value = serde_json::from_slice(&b64::decode(&parts[1]).unwrap()).unwrap();
    payload["reasons"] = json!([{"text": "the lease is short"}, {"code": "X-ONLY"}]);
    payload["supplements"] = json!([{"text": "the charter"}]);
    for (name, value) in
        [("outcome", "rejected"), ("dossier_id", "1"), ("decided_on", "2026-11-23"), ("operator", "")]
    {
        payload[name] = json!(value);
    }
    parts[1] = b64::encode(payload.to_string().as_bytes());
    desk.write("other.zzdecision", format!("{}~", parts.join(".")));
    let (page, _) = desk.ends(&["decision", "show", "other.zzdecision", "--trust", "world"], 1);
    for said in ["    the lease is short\n", "    the charter\n", "X-ONLY"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert_eq!(page.matches("the charter").count(), 1, "{page}");
    assert!(!page.contains("Handled by"), "{page}");
}

#[test]
fn an_attachment_has_a_name_that_every_system_can_keep() {
    let desk = Desk::set();
    desk.dossier();
    desk.write("three.pdf", "%PDF-1.7\nthree");
    for name in ["a:b.pdf", "a/b.pdf", "nul.pdf", "..", " "] {
        let words = ["dossier", "add", "draft", "three.pdf", "--kind", "lease", "--name", name];
        let talk = desk.refused(&words, "DRAFT-NAME");
        assert!(talk.contains("--name"), "{talk}");
    }
}

#[test]
fn advice_of_trust_names_the_folder_that_was_named() {
    let desk = Desk::set();
    let talk = desk.refused(&["trust", "show", "--data", "other"], "TRUST-NONE");
    assert!(talk.contains("zizhi trust import --data other"), "{talk}");
    let kid = ["--kid", "nobody", "--reason", "lost"];
    let revoke = [&["trust", "revoke-key", "world", "--issuer", "91310000DEM000099X"][..], &kid].concat();
    let (_, talk) = desk.ends(&revoke, 2);
    assert!(talk.contains("hint: "), "{talk}");
    let revoke = [&["trust", "revoke-key", "world", "--issuer", SONGJIANG][..], &kid].concat();
    let talk = desk.refused(&revoke, "KEY-UNKNOWN");
    assert!(talk.contains("zizhi trust show world"), "{talk}");
}
