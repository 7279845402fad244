//! A firm's and an incubator's day by the command line, each on its local database, from the request to the decision;
//! and what neither lets happen.

use chrono::TimeDelta;
use serde_json::{Value, json};
use zizhi_app::create_database::{Owner, Role, create_database};
use zizhi_app::firm::Firm;
use zizhi_app::open_trust::open_trust;
use zizhi_app::vault::{self, Unlocked};
use zizhi_app::{Host as _, SystemHost, keys, receive_decision};
use zizhi_model::civil;
use zizhi_store::{CaseFilter, CaseState, Direction, Entry, SentState};
use zizhi_verify::Library;

use crate::offices::{ASK, FIRM, NAME, Offices, PASSPHRASE, SONGJIANG};

const ACCEPT: [&str; 6] = ["--outcome", "accepted", "--operator", "经办【演示】", "-o", "a.zzdecision"];

impl Offices {
    /// Each with its database, in the folders `firm` and `incubator`.
    fn with_databases() -> Self {
        let offices = Self::new();
        for (data, uscc, name, role, region) in [
            ("firm", FIRM, NAME, Role::Firm, "340104"),
            ("incubator", SONGJIANG, "松江科创孵化器【演示】", Role::Incubator, "310117"),
        ] {
            let place = offices.path(data).join("database");
            drop(
                create_database(&place, &Owner { uscc, name, role, region }, PASSPHRASE, &SystemHost)
                    .unwrap(),
            );
            offices.ends(&["trust", "import", "world", "--data", data], 0);
        }
        // The key that the register has for the incubator.
        let key = keys::open_key(&offices.path(format!("world/keys/{SONGJIANG}.jwk")), None).unwrap();
        let open = offices.unlocked("incubator");
        let held = (&key, &vault::INCUBATOR_USES[..], "");
        let place = offices.path("incubator/database");
        vault::adopt_signing_key(&open.database, &place, PASSPHRASE, held, "", &SystemHost).unwrap();
        offices
    }

    fn unlocked(&self, data: &str) -> Unlocked {
        vault::look(&self.path(data).join("database"), PASSPHRASE).unwrap()
    }

    /// Runs on a database.
    fn on(&self, data: &str, arguments: &[&str], code: i32) -> (String, String) {
        self.ends(&[arguments, &["--data", data]].concat(), code)
    }

    fn refused_on(&self, data: &str, arguments: &[&str], code: &str) -> String {
        let (found, talk) = self.on(data, arguments, 2);
        assert!(found.is_empty() && talk.contains(&format!("code: {code}\n")), "{arguments:?}: {talk}");
        assert!(talk.contains("hint: "), "{arguments:?} says what to do: {talk}");
        talk
    }

    fn json(&self, data: &str, arguments: &[&str], code: i32) -> Value {
        let (found, _) = self.on(data, &[arguments, &["--json"]].concat(), code);
        serde_json::from_str(&found).unwrap()
    }

    /// The incubator's request, and the firm's draft that answers it with all that is asked for; its id.
    fn kept_draft(&self) -> String {
        self.draft_with("2030-12-15")
    }

    /// The same where the incubatee's certificate ends on this day.
    fn draft_with(&self, until: &str) -> String {
        let (id, _) = self.on("incubator", &[&ASK[..], &["--rule-pack", "sh-songjiang@3"]].concat(), 0);
        let known =
            self.unlocked("incubator").database.reader().unwrap().request(Direction::Issued, id.trim());
        assert!(known.unwrap().is_some(), "the incubator's window lists it");
        let holder = vault::holder_public(&self.unlocked("firm").database).unwrap();
        self.write("holder.jwk", serde_json::to_vec(&holder.to_jwk()).unwrap());
        self.issue_papers("holder.jwk", until);
        let (id, _) = self.on("firm", &["dossier", "new", "--request", "ask.zzrequest"], 0);
        let id = id.trim().to_owned();
        let documents = [("lease.pdf", "lease"), ("licence.ofd", "business_licence_scan")];
        self.add_all(&id, &documents, &["--data", "firm"]);
        self.on("firm", &["dossier", "facts", &id, "claims_high_tech=false"], 0);
        id
    }

    /// The signed dossier, and its case at the incubator: the number.
    fn case(&self) -> String {
        let id = self.kept_draft();
        self.on("firm", &["dossier", "sign", &id, "-o", "a.zzdossier", "--yes"], 0);
        let open = ["dossier", "open", "a.zzdossier", "--operator", "经办【演示】"];
        let received = self.json("incubator", &open, 0);
        received.get("case").and_then(Value::as_str).unwrap().to_owned()
    }
}

#[test]
fn a_day_of_both_on_their_databases_from_the_request_to_the_decision() {
    let offices = Offices::with_databases();
    let id = offices.kept_draft();
    let checked = offices.json("firm", &["dossier", "check", &id], 0);
    let sign = ["dossier", "sign", &id, "-o", "a.zzdossier", "--yes"];
    let signed = offices.json("firm", &sign, 0);
    let (shown, _) = offices.on("firm", &["dossier", "seal", &id, "-o", "a.zzdossier.age"], 0);
    assert!(!shown.trim().is_empty(), "the digest of what was written");
    {
        let firm = offices.unlocked("firm");
        let reader = firm.database.reader().unwrap();
        let sent = reader.sent(signed["id"].as_str().unwrap()).unwrap().unwrap();
        assert_eq!(
            (sent.draft.as_deref(), sent.state),
            (Some(&*id), SentState::Prepared),
            "the window shows it"
        );
    }

    let inbox = format!("world/keys/{SONGJIANG}.age");
    let open = ["dossier", "open", "a.zzdossier.age", "--identity", &inbox, "--operator", "经办【演示】"];
    let came = offices.json("incubator", &open, 0);
    assert_eq!(
        came["report"]["verdict"], checked["verdict"],
        "the self-check said what the destination finds"
    );
    assert_eq!(came["report"]["file"]["sha256"], signed["sha256"], "it is that very dossier");
    let (again, talk) = offices.on("incubator", &open, 0);
    let number = came["case"].as_str().unwrap();
    assert!(again.contains(number) && talk.contains("nothing was added"), "received once: {again}{talk}");

    // As it may be typed, without its brackets.
    let plain: Vec<&str> =
        number.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let plain = plain.join("-");
    let decided = offices.json(
        "incubator",
        &[&["decide", &plain, "--reviewer", "复核【演示】"][..], &ACCEPT].concat(),
        0,
    );
    assert_eq!((&decided["case"], &decided["dossier_id"]), (&json!(number), &signed["id"]), "{decided}");
    {
        let incubator = offices.unlocked("incubator");
        let reader = incubator.database.reader().unwrap();
        let case = reader.case(came["id"].as_str().unwrap()).unwrap().unwrap();
        assert_eq!(case.state, CaseState::Decided, "the window shows it as decided");
        let names = (case.operator.as_deref(), case.reviewer.as_deref());
        assert_eq!(names, (Some("经办【演示】"), Some("复核【演示】")));
        let told: Vec<String> =
            reader.case_events(&case.id).unwrap().into_iter().map(|event| event.kind).collect();
        assert_eq!(told, ["received", "accepted", "decided"], "its timeline has every step");
        assert_eq!(reader.decisions_of_case(&case.id).unwrap().len(), 1);
    }
    let show = ["decision", "show", "a.zzdecision", "--trust", "world", "--dossier", "a.zzdossier"];
    // Pending: the list on which the decision stands is published later.
    let (page, _) = offices.ends(&show, 3);
    assert!(
        page.contains("about this dossier") && page.contains("经办【演示】"),
        "the firm reads it: {page}"
    );
    assert_eq!(
        page.matches("pending  ").count(),
        page.matches("STAT-MISSING").count(),
        "nothing else: {page}"
    );
    for data in ["firm", "incubator"] {
        let log = offices.json(data, &["log", "verify"], 0);
        assert_eq!(log["whole"], true, "{data}: {log}");
    }
}

#[test]
fn a_draft_that_goes_on_and_what_is_still_missing_in_it_are_told() {
    let offices = Offices::with_databases();
    let id = offices.kept_draft();
    let (again, talk) = offices.on("firm", &["dossier", "new", "--request", "ask.zzrequest"], 0);
    assert_eq!(again.trim(), id, "one answer to a request");
    assert!(talk.contains("already; it goes on"), "and it says so: {talk}");

    let sign =
        |file: &str| -> String { offices.on("firm", &["dossier", "sign", &id, "-o", file, "--yes"], 0).1 };
    assert!(!sign("a.zzdossier").contains("still open"), "nothing was asked for yet");
    let open = ["dossier", "open", "a.zzdossier", "--operator", "经办【演示】"];
    let received = offices.json("incubator", &open, 0);
    let number = received["case"].as_str().unwrap();
    let back = [
        "decide",
        number,
        "--outcome",
        "supplement_required",
        "--reason",
        "CHK-MISSING",
        "--supplement",
        "lease=公司章程@2030-12-10",
        "--operator",
        "经办【演示】",
        "-o",
        "a.zzdecision",
    ];
    offices.on("incubator", &back, 0);
    {
        let unlocked = offices.unlocked("firm");
        let library = Library::new(open_trust(&offices.path("world"), None, None, SystemHost.now()).unwrap());
        let firm = Firm { database: &unlocked.database, library: &library, host: &SystemHost };
        receive_decision::receive(&firm, &offices.path("a.zzdecision")).unwrap();
    }
    let (_, checked) = offices.on("firm", &["dossier", "check", &id], 0);
    for talk in [checked, sign("b.zzdossier")] {
        assert!(talk.contains("1 of the things") && talk.contains("公司章程, due 2030-12-10"), "{talk}");
        assert!(talk.contains("hint: add what is missing") && !talk.contains("not ready"), "{talk}");
    }
}

#[test]
fn required_papers_that_a_draft_lacks_are_told_before_it_is_signed() {
    let offices = Offices::with_databases();
    offices.on("incubator", &[&ASK[..], &["--rule-pack", "sh-songjiang@3"]].concat(), 0);
    let (id, _) = offices.on("firm", &["dossier", "new", "--request", "ask.zzrequest"], 0);
    let (_, talk) = offices.on("firm", &["dossier", "sign", id.trim(), "-o", "a.zzdossier", "--yes"], 0);
    assert!(talk.contains("required items of the checklist are not ready"), "{talk}");
    assert!(talk.contains("(missing)"), "{talk}");
}

#[test]
fn a_paper_that_ends_soon_is_there_and_is_told_as_such() {
    let offices = Offices::with_databases();
    let id = offices.draft_with(&civil::date_in_shanghai(SystemHost.now() + TimeDelta::days(30)).to_string());
    let (_, talk) = offices.on("firm", &["dossier", "sign", &id, "-o", "a.zzdossier", "--yes"], 0);
    assert!(talk.contains("note: there, but look at: ") && talk.contains("(ending soon)"), "{talk}");
    assert!(!talk.contains("not ready") && !talk.contains("hint: add what is missing"), "{talk}");
}

#[test]
fn a_checklist_that_is_not_at_hand_is_told_before_signing() {
    let offices = Offices::with_databases();
    let id = offices.kept_draft();
    {
        let firm = offices.unlocked("firm");
        let mut row = firm.database.reader().unwrap().draft(&id).unwrap().unwrap();
        row.body["pack_id"] = json!("sh-nowhere");
        let writer = firm.database.writer().unwrap();
        writer.put_draft(&row).unwrap();
        writer.commit(&Entry::new(row.updated, "", "draft.saved")).unwrap();
    }
    let (_, talk) = offices.on("firm", &["dossier", "sign", &id, "-o", "a.zzdossier", "--yes"], 0);
    assert!(talk.contains("checklist is not at hand") && talk.contains("sh-nowhere"), "{talk}");
}

#[test]
fn a_case_is_named_by_the_digest_of_its_report_as_well() {
    let offices = Offices::with_databases();
    offices.case();
    let digest = {
        let incubator = offices.unlocked("incubator");
        let reader = incubator.database.reader().unwrap();
        let case = reader.cases(&CaseFilter::default(), None, 1).unwrap().rows.remove(0);
        reader.latest_judgement(&case.id).unwrap().unwrap().report_sha256
    };
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    offices.on("incubator", &[&["decide", &hex][..], &ACCEPT].concat(), 0);
}

#[test]
fn whoever_cannot_open_the_database_changes_nothing() {
    let offices = Offices::with_databases();
    let id = offices.kept_draft();
    let number = "2026-1";
    let ask = [&ASK[..10], &["--rule-pack", "sh-songjiang@3", "-o", "other.zzrequest"]].concat();
    let every: [(&str, Vec<&str>); 6] = [
        ("incubator", ask),
        ("firm", vec!["dossier", "new", "--request", "ask.zzrequest"]),
        ("firm", vec!["dossier", "check", &id]),
        ("firm", vec!["dossier", "sign", &id, "-o", "a.zzdossier", "--yes"]),
        ("incubator", vec!["dossier", "open", "ask.zzrequest", "--operator", "经办【演示】"]),
        ("incubator", [&["decide", number][..], &ACCEPT].concat()),
    ];
    offices.write("wrong.txt", "不是这一句话");
    let log = |data: &str| offices.unlocked(data).database.reader().unwrap().log_end().unwrap().seq;
    let before = (log("firm"), log("incubator"));
    for (data, words) in &every {
        let wrong = [&words[..], &["--passphrase-file", "wrong.txt"]].concat();
        offices.refused_on(data, &wrong, "KEY-PASSPHRASE");
    }
    assert_eq!((log("firm"), log("incubator")), before);
    let windows = (offices.unlocked("firm"), offices.unlocked("incubator"));
    for (data, words) in &every {
        offices.refused_on(data, words, "DB-IN-USE");
    }
    drop(windows);
    for name in ["other.zzrequest", "a.zzdossier", "a.zzdecision"] {
        assert!(!offices.path(name).exists(), "{name}");
    }
}

#[test]
fn a_case_that_is_not_there_or_was_decided_is_not_decided() {
    let offices = Offices::with_databases();
    let number = offices.case();
    let decide = |case: &str| {
        [vec!["decide".to_owned(), case.to_owned()], ACCEPT.map(str::to_owned).to_vec()].concat()
    };
    let words = |all: &[String]| all.iter().map(|word| word.to_owned()).collect::<Vec<String>>();
    let refused = |case: &str, code: &str| {
        let all = words(&decide(case));
        offices.refused_on("incubator", &all.iter().map(String::as_str).collect::<Vec<_>>(), code)
    };
    let nowhere = "ab".repeat(32);
    for unknown in ["2026-999", "17", nowhere.as_str(), "a.zzdossier"] {
        refused(unknown, "CASE-ABSENT");
    }
    assert!(!offices.path("a.zzdecision").exists());
    let all = words(&decide(&number));
    offices.on("incubator", &all.iter().map(String::as_str).collect::<Vec<_>>(), 0);
    refused(&number, "IO-EXISTS");
    std::fs::remove_file(offices.path("a.zzdecision")).unwrap();
    let talk = refused(&number, "CASE-STEP");
    assert!(talk.contains("a decision that was made stays"), "{talk}");
    assert!(!offices.path("a.zzdecision").exists(), "nothing was signed a second time");
}

#[test]
fn one_person_is_not_two_and_a_refused_decision_takes_nothing_up() {
    let offices = Offices::with_databases();
    let number = offices.case();
    let alone = [&["decide", &number, "--reviewer", "经办【演示】"][..], &ACCEPT].concat();
    offices.refused_on("incubator", &alone, "CASE-FOUR-EYES");
    let silent =
        ["decide", &number, "--outcome", "supplement_required", "--operator", "经办【演示】", "-o", "b"];
    offices.refused_on("incubator", &silent, "DECIDE-REASON");
    let incubator = offices.unlocked("incubator");
    let case =
        incubator.database.reader().unwrap().cases(&CaseFilter::default(), None, 1).unwrap().rows.remove(0);
    assert_eq!(case.state, CaseState::Received, "it waits as before");
}

#[test]
fn files_and_databases_are_not_mixed() {
    let offices = Offices::with_databases();
    let id = offices.kept_draft();
    for (data, words) in [
        ("firm", vec!["dossier", "check", &id, "--trust", "world"]),
        ("firm", vec!["dossier", "check", &id, "--key", "world/keys/x.jwk"]),
        ("firm", vec!["dossier", "seal", &id, "--to", "age1nobody", "-o", "x.age"]),
        ("incubator", [&["decide", "2026-1", "--status", "https://a.example#1"][..], &ACCEPT].concat()),
        ("incubator", [&ASK[..], &["--rule-pack", "sh-songjiang@3", "--from", SONGJIANG]].concat()),
    ] {
        offices.refused_on(data, &words, "USAGE");
    }
    let other = [&ASK[..10], &["--rule-pack", "sh-songjiang@9", "-o", "x.zzrequest"]].concat();
    let talk = offices.refused_on("incubator", &other, "RULE-MISSING");
    assert!(talk.contains("sh-songjiang@3"), "it says which one is here: {talk}");
    // What cannot be asked for is told before a passphrase is, even a wrong one.
    std::fs::write(offices.path("wrong"), "不是口令").unwrap();
    let elsewhere =
        [&ASK[..10], &["--rule-pack", "js-suzhou@1", "-o", "x.zzrequest", "--passphrase-file", "wrong"]]
            .concat();
    let talk = offices.refused_on("incubator", &elsewhere, "RULE-MISSING");
    assert!(talk.contains("sh-songjiang@3"), "and what there is: {talk}");
    let unknown = "019a0000-0000-7000-8000-000000000000";
    offices.refused_on("firm", &["dossier", "check", unknown], "DRAFT-ABSENT");
    offices.refused_on(
        "firm",
        &["dossier", "open", "ask.zzrequest", "--operator", "经办【演示】"],
        "CASE-ROLE",
    );
}

#[test]
fn an_amount_whose_name_ends_in_fen_is_whole_fen() {
    let offices = Offices::with_databases();
    let id = offices.kept_draft();
    for (written, yuan) in [("300000", "¥3,000.00"), ("3000元", "3000元"), ("1", "¥0.01")] {
        let fact = format!("redemption.amount_fen={written}");
        let (said, _) = offices.on("firm", &["dossier", "facts", &id, &fact], 0);
        assert!(said.contains(&format!("redemption.amount_fen  {yuan}\n")), "{written}: {said}");
    }
    offices.refused_on("firm", &["dossier", "facts", &id, "redemption.amount_fen=3000.00"], "DRAFT-FACT");
}

#[test]
fn what_a_draft_begins_with_is_told_and_a_paper_is_in_it_once() {
    let offices = Offices::with_databases();
    let id = offices.kept_draft();
    // The same paper, issued once more: another file with the same number.
    for paper in ["business-licence.zzcred", "incubatee-certificate.zzcred"] {
        std::fs::remove_file(offices.path(paper)).unwrap();
    }
    offices.issue_papers("holder.jwk", "2031-12-15");
    let add = ["dossier", "add", &id, "incubatee-certificate.zzcred", "--disclose-all"];
    let (_, talk) = offices.on("firm", &add, 0);
    assert!(talk.contains("takes the place of another of the same number"), "{talk}");
    let (_, talk) = offices.on("firm", &add, 0);
    assert!(talk.contains("had this credential already"), "{talk}");
    let again = [&ASK[..10], &["--rule-pack", "sh-songjiang@3", "-o", "b.zzrequest"]].concat();
    offices.on("incubator", &again, 0);
    let (_, talk) = offices.on("firm", &["dossier", "new", "--request", "b.zzrequest"], 0);
    assert!(talk.contains("held credentials were put in") && talk.contains("HFUSP-2026-0117"), "{talk}");
}
