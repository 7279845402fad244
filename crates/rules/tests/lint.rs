//! What `rules check` says: good packs get nothing but what they deserve, and every defect has a file
//! named after it with the remarks it must get, line and column included.
//!
//! `ZIZHI_BLESS=1` writes the expected remarks; read the difference before committing it.

#![expect(clippy::unwrap_used, reason = "helpers of tests stop at the first surprise")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use zizhi_rules::pack::{RulePack, Severity, lint};

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/rules")
}

fn read(name: &str) -> Vec<u8> {
    std::fs::read(data().join(name)).unwrap()
}

/// The remarks in both languages, one a line, the way a terminal shows them.
fn remarks(bytes: &[u8]) -> String {
    let mut text = String::new();
    for remark in lint(bytes) {
        writeln!(text, "{remark}").unwrap();
        writeln!(text, "    {} {}；{}", remark.path, remark.message.zh, remark.advice.zh).unwrap();
    }
    text
}

#[test]
fn every_defect_gets_its_remarks_at_its_line_and_column() {
    let folder = data().join("defects");
    let mut names: Vec<PathBuf> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    names.sort();
    assert!(names.len() >= 65, "only {} defects are left", names.len());
    let mut wrong = Vec::new();
    for path in names {
        let found = remarks(&std::fs::read(&path).unwrap());
        let expected = path.with_extension("remarks");
        if std::env::var_os("ZIZHI_BLESS").is_some() {
            std::fs::write(&expected, &found).unwrap();
        }
        let expected = std::fs::read_to_string(&expected).unwrap_or_default();
        assert!(!found.is_empty(), "{} has no remark", path.display());
        if found != expected {
            wrong.push(format!("{}:\n{found}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_pack_that_gets_an_error_of_form_is_not_read_and_one_without_any_error_is() {
    for entry in std::fs::read_dir(data().join("defects")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        let errors = lint(&bytes).iter().any(|remark| remark.severity == Severity::Error);
        match RulePack::parse(&bytes) {
            Ok(_) => {}
            Err(remarks) => {
                assert!(errors, "{} is refused without a reason", path.display());
                assert!(remarks.iter().any(|remark| remark.severity == Severity::Error));
            }
        }
        assert!(errors || RulePack::parse(&bytes).is_ok(), "{}", path.display());
    }
}

#[test]
fn the_sample_packs_are_only_told_that_they_are_demonstrations() {
    for name in ["sh-songjiang.json", "zj-yuhang.json"] {
        let codes: Vec<&str> = lint(&read(name)).iter().map(|remark| remark.code).collect();
        assert!(!codes.is_empty());
        assert!(codes.iter().all(|code| *code == "PACK-DEMO"), "{name}: {}", remarks(&read(name)));
        assert!(RulePack::parse(&read(name)).is_ok());
    }
}

#[test]
fn columns_count_characters_and_not_bytes() {
    let text = "{\"pack_id\": \"资质互认\", \"zzzzzzzzz\": 1}";
    let remark = lint(text.as_bytes()).into_iter().find(|it| it.code == "PACK-UNKNOWN-MEMBER").unwrap();
    assert_eq!((remark.line, remark.column), (1, 21), "four characters of three bytes each stand before it");
}

#[test]
fn remarks_come_in_the_order_of_the_text() {
    let places: Vec<(u32, u32)> =
        lint(&read("defects/wrong-types.json")).iter().map(|remark| (remark.line, remark.column)).collect();
    assert!(places.len() > 2);
    assert!(places.is_sorted());
}
