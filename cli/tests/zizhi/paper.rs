//! `zizhi verify --report` writes the report of each dossier as PDF, whole or not at all.

use std::path::Path;

use tempfile::TempDir;

use crate::run::{ended, zizhi};

/// Runs, expects the exit code, and gives data and talk.
fn ends(folder: &Path, arguments: &[&str], code: i32) -> (String, String) {
    ended(zizhi(folder, arguments).output().unwrap(), code, arguments)
}

fn is_pdf(path: &Path) -> bool {
    std::fs::read(path).is_ok_and(|bytes| bytes.starts_with(b"%PDF-") && bytes.len() > 5000)
}

#[test]
fn one_dossier_gives_one_file_and_several_a_folder() {
    let folder = TempDir::new().unwrap();
    let at = folder.path();
    ends(at, &["demo", "demo"], 0);
    let (dossier, trust) = ("demo/1-hefei-songjiang/dossier.zzdossier", "demo/trust/demo.zztrust");
    let verify = ["verify", dossier, "--trust", trust, "--at", "2026-11-23T10:00:00+08:00"];
    let with = |more: &[&'static str]| [&verify[..], more].concat();

    let (told, _) = ends(at, &with(&["--as", "91310117DEM000030B", "--report", "report.pdf"]), 0);
    assert!(told.contains("passed with conditions"), "the verdict is told all the same: {told}");
    let cited = "《高新技术企业认定管理办法》（国科发火〔2016〕32号）第十八条 (rule SJ-E-02)";
    assert!(told.contains(&format!("basis: {cited}")), "a conclusion cites what it rests on: {told}");
    assert!(is_pdf(&at.join("report.pdf")));
    let before = std::fs::read(at.join("report.pdf")).unwrap();
    let (_, talk) = ends(at, &with(&["--report", "report.pdf"]), 2);
    assert!(talk.contains("IO-EXISTS"), "{talk}");
    assert!(std::fs::read(at.join("report.pdf")).unwrap() == before, "what is there stays");
    ends(at, &with(&["--report", "report.pdf", "--force"]), 0);
    assert!(std::fs::read(at.join("report.pdf")).unwrap() != before, "with --force it is replaced");
    let (_, talk) = ends(at, &with(&["--report", "report.txt"]), 2);
    assert!(talk.contains("REPORT-ENDING") && !at.join("report.txt").exists(), "{talk}");

    let twice = ["verify", dossier, dossier, "--trust", trust, "--at", "2026-11-23T10:00:00+08:00", "--json"];
    ends(at, &[&twice[..], &["--report", "papers"]].concat(), 0);
    assert!(is_pdf(&at.join("papers/dossier.pdf")) && is_pdf(&at.join("papers/dossier-2.pdf")), "one each");
    let kit = ["verify", "demo/kit", "--trust", trust, "--at", "2026-11-23T10:00:00+08:00", "--summary"];
    ends(at, &[&kit[..], &["--report", "kit"]].concat(), 0);
    let papers = std::fs::read_dir(at.join("kit")).unwrap();
    assert_eq!(papers.filter(|paper| is_pdf(&paper.as_ref().unwrap().path())).count(), 12);
}

#[test]
fn a_page_calls_papers_by_their_names_and_says_how_only_those_that_hold_are_taken() {
    let folder = TempDir::new().unwrap();
    let at = folder.path();
    ends(at, &["demo", "demo"], 0);
    let verify = [
        "verify",
        "demo/1-hefei-songjiang/incubation-revoked.zzdossier",
        "--trust",
        "demo/trust/demo.zztrust",
        "--at",
        "2026-11-23T10:00:00+08:00",
        "--as",
        "91310117DEM000030B",
    ];
    let (page, _) = ends(at, &verify, 1);
    assert!(!page.contains("credentials/"), "no path: {page}");
    assert!(page.contains("STAT-REVOKED  Incubatee certificate\n"), "{page}");
    let line = |name: &str| {
        let found = page.lines().find(|line| line.contains(name) && line.contains('【'));
        found.unwrap_or_else(|| panic!("{name}: {page}"))
    };
    assert!(line("Incubatee certificate").ends_with('】'), "it does not hold: {page}");
    assert!(!line("Business licence").ends_with('】'), "it holds: {page}");
    let (json, _) = ends(at, &[&verify[..], &["--json"]].concat(), 1);
    assert!(json.contains("credentials/"), "programs find the file: {json}");
}
