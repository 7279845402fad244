//! 核验 through the window's commands: every dossier of the demonstration gets its verdict with no database
//! and no login, a folder of them in the background, and what is looked at is what was signed.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use zizhi_wire::{Event, Outcome, Verdict, Verified};

use crate::demonstration::{demonstration, file, import};
use crate::world::World;

/// A desk that has imported a package of the demonstration, whose root a person had to confirm.
fn trusting(package: &str) -> World {
    let world = World::new();
    let (_, confirmed) = import(&world, package);
    assert!(confirmed, "the first root wants a person");
    world
}

fn verify(world: &World, path: &Path) -> Verified {
    let answer = world.ask("verify.file", json!({"path": path, "identity": null}));
    serde_json::from_value(answer).expect("a verified dossier")
}

fn word(verdict: Verdict) -> String {
    serde_json::to_value(verdict).expect("a word").as_str().expect("a word").to_owned()
}

#[test]
fn every_dossier_of_the_demonstration_gets_its_verdict_with_no_database_and_no_login() {
    let shown = &demonstration().1.shown;
    let packages: BTreeSet<&str> = shown.iter().map(|shown| shown.trust).collect();
    for package in packages {
        let world = trusting(package);
        assert_eq!(world.ask("session.status", json!({}))["database"], "none", "no database");
        for shown in shown.iter().filter(|shown| shown.trust == package) {
            let verified = verify(&world, &file(&shown.file));
            let found =
                verified.report.checks.iter().map(|check| check.code.as_str()).collect::<BTreeSet<_>>();
            // Without a database nobody can say whether the dossier is for this desk.
            if shown.expected_codes == ["AUD-MISMATCH"] {
                assert!(found.contains("AUD-UNCHECKED"), "{}", shown.file);
                continue;
            }
            assert_eq!(word(verified.report.verdict), shown.expected.as_str(), "{}", shown.file);
            let missing: Vec<_> = shown.expected_codes.iter().filter(|code| !found.contains(*code)).collect();
            assert!(missing.is_empty(), "{}: {missing:?} not found", shown.file);
            let advised: BTreeSet<&str> = verified.advice.iter().map(|advice| advice.code.as_str()).collect();
            assert_eq!(advised, found, "{}: advice for every code", shown.file);
            assert_eq!(verified.credentials.len(), verified.report.credentials.len(), "{}", shown.file);
            assert!(verified.case_id.is_none(), "no database, no case");
        }
    }
}

#[test]
fn who_a_misdirected_dossier_is_for_is_told_by_name_and_code() {
    // The desk of Hefei; the dossier is for Songjiang.
    let world = World::new();
    let profile = json!({"uscc": "91340100DEM0000228", "name": "合肥大学科技园【演示】",
        "role": "incubator", "region": "340104"});
    world.ask("session.create", json!({"profile": profile, "passphrase": crate::world::PASSPHRASE}));
    import(&world, "demo.zztrust");
    let verified = verify(&world, &file("1-hefei-songjiang/dossier.zzdossier"));
    let check = verified.report.checks.iter().find(|check| check.code == "AUD-MISMATCH").expect("it");
    let message = &check.message.zh;
    let named = message.split('“').skip(1).all(|part| {
        part.split('”').next().is_some_and(|org| org.contains("【演示】（91") && org.ends_with('）'))
    });
    assert!(named && message.matches('“').count() == 2, "both by name and code: {message}");
}

#[test]
fn a_dossier_shows_signers_claims_and_attachments() {
    let world = trusting("demo.zztrust");
    let verified = verify(&world, &file("1-hefei-songjiang/dossier.zzdossier"));
    assert!(verified.demo, "marked 【演示】");
    assert_eq!(verified.credentials.len(), 11);
    let certificate =
        verified.credentials.iter().find(|view| view.kind == "incubatee-certificate").expect("it");
    assert_eq!(certificate.title.zh, "在孵企业证明");
    assert!(certificate.lines.iter().any(|line| line.value == "HFUSP-2026-0117"), "{:?}", certificate.lines);
    assert_eq!(verified.signatures[0].subject, "manifest.jwt");
    assert!(verified.signatures.iter().all(|line| line.signed_at.is_some()), "each with its time");
    assert_eq!(verified.attachments.len(), 2);
    for attachment in &verified.attachments {
        assert!(attachment.intact && attachment.preview && attachment.media_type == "application/pdf");
        let which =
            json!({"dossier": verified.path, "case_id": null, "draft_id": null, "path": attachment.path});
        let bytes = world.ask("verify.attachment", which.clone());
        assert_eq!(bytes["media_type"], "application/pdf");
        assert!(bytes["base64"].as_str().expect("base64").starts_with("JVBERi0"), "a PDF begins %PDF-");
        let to = world.outside().join("out.pdf");
        let saved = world.ask("verify.save_attachment", json!({"which": which, "to": to}));
        assert_eq!(std::fs::metadata(&to).expect("written").len(), attachment.size, "{saved}");
    }
    let none =
        json!({"dossier": verified.path, "case_id": null, "draft_id": null, "path": "attachments/none"});
    assert_eq!(world.refused("verify.attachment", none).code, "ATTACH-ABSENT");
    let nowhere = json!({"dossier": null, "case_id": null, "draft_id": null, "path": "attachments/none"});
    assert_eq!(world.refused("verify.attachment", nowhere).code, "ATTACH-ABSENT");
    let locked = json!({"dossier": null, "case_id": "x", "draft_id": null, "path": "attachments/none"});
    assert_eq!(world.refused("verify.attachment", locked).code, "SESSION-LOCKED");
}

/// The window has no options: one is named in brackets at most, for those who sit at the command line.
fn assert_no_option(advice: &str, brackets: [char; 2]) {
    let mut outside = true;
    let said = advice.chars().filter(|c| {
        outside = if *c == brackets[0] { false } else { outside || *c == brackets[1] };
        outside
    });
    let said: String = said.collect();
    assert!(!said.contains("--"), "what is to be done is said without an option: {advice}");
}

#[test]
fn a_sealed_dossier_opens_with_its_identity_and_not_without() {
    let world = trusting("demo.zztrust");
    let (secret, recipient) = zizhi_crypto::sealed::generate_identity();
    let plain = std::fs::read(file("1-hefei-songjiang/dossier.zzdossier")).expect("read");
    let mut sealed = Vec::new();
    zizhi_dossier::seal(&[recipient], plain.as_slice(), &mut sealed).expect("sealed");
    let path = world.outside().join("a.zzdossier.age");
    std::fs::write(&path, &sealed).expect("written");
    let identity = world.outside().join("inbox.txt");
    std::fs::write(&identity, format!("# a remark\n{}\n", secret.as_str())).expect("written");
    let refusal = world.refused("verify.file", json!({"path": path, "identity": null}));
    assert_eq!(refusal.code, "SEAL-IDENTITY");
    assert_no_option(&refusal.advice.zh, ['（', '）']);
    assert_no_option(&refusal.advice.en, ['(', ')']);
    let answer = world.ask("verify.file", json!({"path": path, "identity": identity}));
    let verified: Verified = serde_json::from_value(answer).expect("verified");
    assert_eq!(word(verified.report.verdict), "passed_with_conditions");
    let which =
        json!({"dossier": path, "case_id": null, "draft_id": null, "path": verified.attachments[0].path});
    let bytes = world.ask("verify.attachment", which);
    assert_eq!(bytes["media_type"], "application/pdf", "its attachments open with the same identity");
    let absent = world.outside().join("absent");
    assert_eq!(world.refused("verify.file", json!({"path": absent, "identity": null})).code, "IO-READ");
    let junk = world.outside().join("junk.zzdossier");
    std::fs::write(&junk, b"no dossier at all").expect("written");
    assert_eq!(world.refused("verify.file", json!({"path": junk, "identity": null})).code, "FILE-OTHER");
}

/// Waits for the end of a folder's verification, and gives what was told on the way.
fn finished(world: &World, job: &str) -> (Vec<u32>, zizhi_wire::BatchSummary) {
    let until = Instant::now() + Duration::from_secs(120);
    loop {
        let events = world.events();
        let done = events.iter().find_map(|event| match event {
            Event::BatchDone { job: of, summary } if of == job => Some(summary.clone()),
            _ => None,
        });
        if let Some(summary) = done {
            let steps = events.iter().filter_map(|event| match event {
                Event::Batch { job: of, done, .. } if of == job => Some(*done),
                _ => None,
            });
            return (steps.collect(), summary);
        }
        assert!(Instant::now() < until, "the work ends");
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn a_folder_is_verified_in_the_background_failures_first() {
    let world = trusting("demo.zztrust");
    let folder = file("1-hefei-songjiang");
    std::fs::write(world.outside().join("x"), b"").expect("written");
    let job = world.ask("verify.folder", json!({"path": folder, "identity": null}));
    let (steps, summary) = finished(&world, job["job"].as_str().expect("a job"));
    let count = summary.lines.len();
    assert_eq!(steps, (1..=u32::try_from(count).expect("few")).collect::<Vec<_>>(), "one step for each");
    assert!(count >= 12 && !summary.cancelled, "{count}");
    let ranks: Vec<u8> = summary
        .lines
        .iter()
        .map(|line| match line.verdict {
            None => 0,
            Some(Verdict::Failed) => 1,
            Some(Verdict::Pending) => 2,
            Some(Verdict::PassedWithConditions) => 3,
            Some(Verdict::Passed) => 4,
        })
        .collect();
    assert!(ranks.is_sorted(), "what failed first: {ranks:?}");
    for line in &summary.lines {
        let passed = line.verdict == Some(Verdict::Passed);
        assert_eq!(line.reason.is_some() && line.code.is_some(), !passed, "{line:?}");
    }
    for name in ["结果.xlsx", "结果.csv"] {
        let path = world.outside().join(name);
        let written = world.ask("verify.export_batch", json!({"lines": summary.lines, "path": path}));
        assert_eq!(written["count"], json!(count));
        assert!(std::fs::metadata(&path).expect("written").len() > 500, "{name}");
    }
    let empty = tempfile::tempdir().expect("a folder");
    let nothing = world.refused("verify.folder", json!({"path": empty.path(), "identity": null}));
    assert_eq!(nothing.code, "IO-EMPTY");
    // As another system may write it.
    std::fs::copy(folder.join("dossier.zzdossier"), empty.path().join("A.ZZDOSSIER")).expect("copied");
    let job = world.ask("verify.folder", json!({"path": empty.path(), "identity": null}));
    assert_eq!(finished(&world, job["job"].as_str().expect("a job")).1.lines.len(), 1);
}

#[test]
fn a_folder_can_be_stopped() {
    let world = trusting("demo.zztrust");
    let folder = world.outside().join("many");
    std::fs::create_dir(&folder).expect("made");
    for number in 0..400 {
        let to = folder.join(format!("{number:03}.zzdossier"));
        std::fs::copy(file("1-hefei-songjiang/dossier.zzdossier"), to).expect("copied");
    }
    let job = world.ask("verify.folder", json!({"path": folder, "identity": null}));
    world.ask("session.stop", job.clone());
    let (_, summary) = finished(&world, job["job"].as_str().expect("a job"));
    assert!(summary.cancelled && summary.lines.len() < 400, "{} of 400", summary.lines.len());
    world.ask("session.stop", job);
}

#[test]
fn a_report_is_written_as_pdf_and_json() {
    let world = trusting("demo.zztrust");
    let dossier = json!({"path": file("1-hefei-songjiang/dossier.zzdossier"), "identity": null});
    let hands = json!({"operator": "王某", "reviewer": null});
    let save = |path: &Path, language: &str| json!({"dossier": dossier, "path": path, "language": language, "hands": hands});
    let pdf = world.outside().join("报告.pdf");
    for language in ["zh", "en"] {
        let written = world.ask("verify.save_report", save(&pdf, language));
        assert_eq!(written["sha256"].as_str().expect("a digest").len(), 64);
        assert!(std::fs::read(&pdf).expect("written").starts_with(b"%PDF-"), "{language}");
    }
    let report = world.outside().join("报告.json");
    world.ask("verify.save_report", save(&report, "zh"));
    let json: Value = serde_json::from_slice(&std::fs::read(&report).expect("written")).expect("JSON");
    assert_eq!(json["verdict"], "passed_with_conditions");
    let other = world.outside().join("报告.doc");
    assert_eq!(world.refused("verify.save_report", save(&other, "zh")).code, "REPORT-ENDING");
    let nowhere = world.outside().join("x").join("y.pdf");
    std::fs::write(world.outside().join("x"), b"a file, no folder").expect("written");
    assert_eq!(world.refused("verify.save_report", save(&nowhere, "zh")).code, "IO-WRITE");
}

#[test]
fn a_file_that_is_no_dossier_at_all_is_refused_by_what_it_is_and_a_damaged_one_is_judged() {
    let world = trusting("demo.zztrust");
    let folder = world.outside();
    let put = |name: &str, bytes: &[u8]| {
        std::fs::write(folder.join(name), bytes).expect("written");
        folder.join(name)
    };
    let mut table = rust_xlsxwriter::Workbook::new();
    table.add_worksheet();
    let document = table.save_to_buffer().expect("a workbook");
    for (path, seems) in [
        (put("照片.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF"), "一张图片"),
        (put("照片.heic", b"\0\0\0\x18ftypheic\0\0\0\0"), "一张图片"),
        (put("名册.xlsx", &document), "一份办公文档"),
        (put("改了名.zzdossier", &document), "一份办公文档"),
        (put("说明.txt", "请查收材料".as_bytes()), "一个文本文件"),
        (put("空.zzrequest", b""), "一个空文件"),
        (put("程序.exe", b"MZ\x90\0\x03\0\0\0"), "其他程序的文件"),
        (file("trust/demo.zztrust"), "一个信任数据包"),
    ] {
        let refused = world.refused("verify.file", json!({"path": path, "identity": null}));
        assert!(refused.code.starts_with("FILE-"), "{}: {}", path.display(), refused.code);
        assert!(refused.fact.zh.contains(&format!("是{seems}")), "{}", refused.fact.zh);
        assert!(refused.fact.zh.contains("不是互认档案") && refused.advice.zh.contains(".zzdossier"));
    }
    // A folder takes them by their name, and tells the same of each; what is called a dossier and holds nothing, or
    // was sealed and lost its beginning, was one.
    let empty = put("空.zzdossier", b"");
    let headless = put("坏.zzdossier.age", b"xge-encryption.org/v1\n-> X25519 \0\x01");
    let job = world.ask("verify.folder", json!({"path": folder, "identity": null}));
    let (_, summary) = finished(&world, job["job"].as_str().expect("a job"));
    assert_eq!(
        summary.others, 6,
        "a photo, a table, a text, a request, a program: no dossiers by their names"
    );
    let of_line =
        |line: &zizhi_wire::BatchLine| (line.name.clone(), line.verdict.map(word), line.code.clone());
    let mut told: Vec<_> = summary.lines.iter().map(of_line).collect();
    told.sort();
    let expected = [
        ("坏.zzdossier.age", Some("failed"), "SEAL-DAMAGED"),
        ("改了名.zzdossier", None, "FILE-OTHER"),
        ("空.zzdossier", Some("failed"), "ZIP-CORRUPT"),
    ];
    let owned = |text: &str| text.to_owned();
    assert_eq!(
        told,
        expected.map(|(name, verdict, code)| (owned(name), verdict.map(owned), Some(owned(code))))
    );
    assert_eq!(
        world.refused("verify.file", json!({"path": headless, "identity": null})).code,
        "SEAL-DAMAGED"
    );
    assert_eq!(word(verify(&world, &empty).report.verdict), "failed");
    let whole = std::fs::read(file("1-hefei-songjiang/dossier.zzdossier")).expect("a dossier");
    for damaged in [put("截断.zzdossier", &whole[..whole.len() / 2]), put("截断.bin", &whole[..400])] {
        assert_eq!(
            word(verify(&world, &damaged).report.verdict),
            "failed",
            "a damaged dossier has its verdict"
        );
    }
}

#[test]
fn an_attachment_that_was_altered_is_told_as_another_than_the_signed_one() {
    let world = trusting("demo.zztrust");
    let shown =
        demonstration().1.shown.iter().find(|shown| shown.file.contains("lease-altered")).expect("it");
    let report = verify(&world, &file(&shown.file)).report;
    let failed: Vec<_> = report.checks.iter().filter(|check| check.outcome == Outcome::Fail).collect();
    assert_eq!(failed[0].code, "HASH-ATTACH", "what was signed comes first");
    assert!(failed[0].message.zh.contains("内容与签署时不同"), "{}", failed[0].message.zh);
    assert!(failed.iter().all(|check| !check.message.zh.contains("已损坏")), "nothing is called damaged");
    let cut =
        demonstration().1.shown.iter().find(|shown| shown.file.contains("manifest-altered")).expect("it");
    let report = verify(&world, &file(&cut.file)).report;
    assert!(
        report.checks.iter().any(|check| check.message.zh.contains("档案文件已损坏")),
        "its container is"
    );
}
