//! The whole line, by the demonstration: issue, hold, assemble, verify, for every story of domain.md §7
//! and every pair of provinces.

use std::fs;

use proptest::prelude::*;
use zizhi_app::demo::{Shown, demo, verify};
use zizhi_app::verify_file::{Settings, verify_file};
use zizhi_app::verify_folder::main_reason;
use zizhi_model::{Check, CheckCode, Limits, Outcome, Verdict, civil};
use zizhi_trust::Trust;
use zizhi_verify::Library;

const SONGJIANG: &str = "91310117DEM000030B";
const DOSSIER: &str = "1-hefei-songjiang/dossier.zzdossier";

fn made() -> (tempfile::TempDir, Vec<Shown>) {
    let folder = tempfile::tempdir().unwrap();
    let shown = demo(folder.path()).unwrap().shown;
    (folder, shown)
}

#[test]
fn every_dossier_of_the_demonstration_gets_the_verdict_it_must_get() {
    let (_folder, shown) = made();
    for shown in &shown {
        assert!(
            shown.as_expected,
            "{}: expected {} with {:?}, got {} with {:?}",
            shown.file, shown.expected, shown.expected_codes, shown.actual, shown.codes
        );
    }
    let count = |story| shown.iter().filter(|shown| shown.story == story).count();
    assert_eq!(count("kit"), 12, "each ordered pair of four provinces");
    assert_eq!(
        (count("1-hefei-songjiang"), count("2-suzhou-hangzhou"), count("3-voucher")),
        (14, 8, 11),
        "the stories with what goes wrong in them"
    );
}

#[test]
fn without_trust_data_a_good_dossier_is_undecided_and_nothing_of_it_is_wrong() {
    let (folder, _) = made();
    let library = Library::new(Trust::missing());
    for story in ["1-hefei-songjiang", "2-suzhou-hangzhou", "3-voucher"] {
        let path = folder.path().join(story).join("dossier.zzdossier");
        let settings = Settings {
            library: &library,
            now: civil::parse_time("2026-11-23T10:00:00+08:00").unwrap(),
            recipient: None,
            identities: &[],
            limits: &Limits::default(),
            memory: None,
        };
        let report = verify_file(&path, &settings).unwrap();
        assert_eq!(report.verdict, Verdict::Pending, "{story}");
        let checks =
            report.credentials.iter().flat_map(|credential| &credential.checks).chain(&report.checks);
        let failed: Vec<_> = checks.filter(|check| check.outcome == Outcome::Fail).collect();
        // What is expired is expired by its own account; nothing else is said against anybody.
        let failed: Vec<_> = failed.iter().filter(|check| check.code != CheckCode::DateExpired).collect();
        assert!(failed.is_empty(), "{story}: {failed:?}");
    }
}

#[test]
fn the_same_inputs_give_the_same_report_bytes() {
    let (folder, shown) = made();
    for shown in shown.iter().step_by(5) {
        let report = || {
            let report = verify(folder.path(), &shown.file, shown.trust, SONGJIANG).unwrap();
            serde_json::to_vec(&report).unwrap()
        };
        assert_eq!(report(), report(), "{}", shown.file);
    }
}

#[test]
fn a_report_that_was_kept_is_read_as_it_was_written() {
    let (folder, shown) = made();
    for shown in &shown {
        let report = verify(folder.path(), &shown.file, shown.trust, SONGJIANG).unwrap();
        let written = serde_json::to_vec(&report).unwrap();
        let read: zizhi_verify::Report = serde_json::from_slice(&written).unwrap();
        assert_eq!(serde_json::to_vec(&read).unwrap(), written, "{}: byte by byte", shown.file);
        let told = |report: &zizhi_verify::Report| -> Vec<_> {
            report.all_checks().map(|check| (check.code, check.outcome, check.text())).collect()
        };
        assert_eq!(told(&read), told(&report), "{}: every check says the same", shown.file);
    }
}

#[test]
fn the_main_reason_of_a_dossier_is_the_worst_that_counts() {
    let (folder, shown) = made();
    let report = |file: &str| {
        let trust = shown.iter().find(|shown| shown.file == file).unwrap().trust;
        verify(folder.path(), file, trust, SONGJIANG).unwrap()
    };
    let with_conditions = report(DOSSIER);
    assert_eq!(with_conditions.verdict, Verdict::PassedWithConditions);
    assert!(with_conditions.all_checks().any(|check| check.outcome == Outcome::Warning));
    let reason = main_reason(&with_conditions).unwrap();
    assert_eq!(
        (reason.code, reason.outcome),
        (CheckCode::DateExpired, Outcome::Fail),
        "an optional paper that is over is worse than one that ends soon"
    );

    let mut without_lease = report("1-hefei-songjiang/no-lease.zzdossier");
    assert_eq!(main_reason(&without_lease).unwrap().code, CheckCode::ChkMissing);
    let tampered = shown.iter().filter(|shown| shown.actual == Verdict::Failed).find_map(|shown| {
        let report = verify(folder.path(), &shown.file, shown.trust, SONGJIANG).unwrap();
        let found = |check: &&Check| check.outcome == Outcome::Fail && check.code.shows_tampering();
        report.credentials.iter().flat_map(|credential| &credential.checks).find(found).cloned()
    });
    let tampered = tampered.unwrap();
    without_lease.credentials.last_mut().unwrap().checks.push(tampered.clone());
    assert_eq!(main_reason(&without_lease).unwrap().code, tampered.code, "tampering before a missing paper");

    for shown in &shown {
        let report = report(&shown.file);
        let reason = main_reason(&report).map(|check| check.outcome);
        match report.verdict {
            Verdict::Passed => assert_eq!(reason, None, "{}", shown.file),
            Verdict::PassedWithConditions => {
                let worst = report.all_checks().map(|check| check.outcome).max();
                assert_eq!(reason, worst, "{}", shown.file);
            }
            Verdict::Pending => assert_eq!(reason, Some(Outcome::Pending), "{}", shown.file),
            Verdict::Failed => assert_eq!(reason, Some(Outcome::Fail), "{}", shown.file),
        }
    }
}

#[test]
fn a_report_says_nothing_twice() {
    let (folder, shown) = made();
    let mut missing = 0;
    for shown in &shown {
        let report = verify(folder.path(), &shown.file, shown.trust, SONGJIANG).unwrap();
        let bytes = serde_json::to_vec(&report).unwrap();
        missing += bytes.windows(13).filter(|part| part == br#""CHK-MISSING""#).count();
        // The reader of signed files refuses a key that comes twice, and a decision is made over a report.
        zizhi_model::json::strict(&bytes, 32).unwrap();
    }
    assert!(missing > 0, "what is missing has its title from two places");
}

#[test]
fn a_folder_with_other_files_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("mine.txt"), "mine").unwrap();
    let failure = demo(folder.path()).err().unwrap();
    assert_eq!(failure.code, "DEMO-FOLDER");
    assert_eq!(fs::read(folder.path().join("mine.txt")).unwrap(), b"mine");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing was added");
}

#[test]
fn a_demonstration_replaces_an_earlier_one_and_nothing_else() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("demo");
    demo(&folder).unwrap();
    fs::write(folder.join("mine.txt"), "mine").unwrap();
    fs::write(folder.join("kit/mine.zzdossier"), "mine").unwrap();
    let before = fs::read(folder.join(DOSSIER)).unwrap();
    assert!(demo(&folder).unwrap().shown.iter().all(|shown| shown.as_expected));
    assert!(fs::read(folder.join(DOSSIER)).unwrap() != before, "made anew");
    for mine in ["mine.txt", "kit/mine.zzdossier"] {
        assert_eq!(fs::read(folder.join(mine)).unwrap(), b"mine", "{mine} is not the demonstration's");
    }
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1, "what it was made with is gone");
}

#[test]
fn a_demonstration_that_was_killed_while_it_replaced_one_can_be_made_again() {
    let (folder, _) = made();
    let listing = folder.path().join(".zizhi-demo");
    let before = fs::read_to_string(&listing).unwrap();
    demo(folder.path()).unwrap();
    let after = fs::read_to_string(&listing).unwrap();
    assert!(before != after, "other keys, other files");
    // As a kill between two files leaves it: both are listed, and some files are the old ones still.
    fs::write(&listing, before + &after).unwrap();
    fs::remove_file(folder.path().join(DOSSIER)).unwrap();
    fs::create_dir(folder.path().join(".zizhi-demo-killed")).unwrap();
    assert!(demo(folder.path()).is_ok());
    assert!(!folder.path().join(".zizhi-demo-killed").exists(), "what it was made in is gone");
}

#[test]
fn a_folder_of_a_version_that_listed_nothing_is_told_as_that() {
    let (folder, _) = made();
    fs::write(folder.path().join(".zizhi-demo"), "").unwrap();
    let failure = demo(folder.path()).err().unwrap();
    assert!(failure.code == "DEMO-FOLDER" && failure.fact.en().contains("earlier version"), "{failure:?}");
    assert!(folder.path().join(DOSSIER).exists());
}

#[test]
fn a_file_of_a_demonstration_that_somebody_changed_is_not_replaced() {
    let (folder, _) = made();
    fs::write(folder.path().join(DOSSIER), "changed").unwrap();
    let kit = fs::read(folder.path().join("expected.json")).unwrap();
    let failure = demo(folder.path()).err().unwrap();
    assert_eq!(failure.code, "DEMO-FOLDER");
    assert!(failure.fact.zh.contains("dossier.zzdossier"), "{failure:?}");
    assert_eq!(fs::read(folder.path().join(DOSSIER)).unwrap(), b"changed");
    assert!(fs::read(folder.path().join("expected.json")).unwrap() == kit, "nothing was touched");
    fs::remove_file(folder.path().join(DOSSIER)).unwrap();
    assert!(demo(folder.path()).is_ok(), "what was taken away is made again");
}

#[test]
fn one_byte_changed_anywhere_never_passes() {
    let (folder, _) = made();
    let good = fs::read(folder.path().join(DOSSIER)).unwrap();
    let before = verify(folder.path(), DOSSIER, "demo.zztrust", SONGJIANG).unwrap();
    assert_eq!(before.verdict, Verdict::PassedWithConditions, "the control: unaltered it is in order");
    let change = (0..good.len(), 1_u8..=255);
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 400,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    runner
        .run(&change, |(at, flip)| {
            let mut bytes = good.clone();
            bytes[at] ^= flip;
            fs::write(folder.path().join("altered.zzdossier"), &bytes).unwrap();
            let report = verify(folder.path(), "altered.zzdossier", "demo.zztrust", SONGJIANG).unwrap();
            prop_assert_eq!(report.verdict, Verdict::Failed, "byte {} changed by {:#04x}", at, flip);
            Ok(())
        })
        .unwrap();
}
