//! Seeds of the fuzz targets and everything they ever found, replayed.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use zizhi_testkit::fuzz::TARGETS;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn names(folder: &Path) -> BTreeSet<String> {
    let listing = std::fs::read_dir(folder).unwrap();
    listing.map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned()).collect()
}

#[test]
fn every_kept_case_runs_through_its_target() {
    for (name, run) in TARGETS {
        let folder = root().join("tests/data/fuzz").join(name);
        let mut cases = 0;
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            println!("{}", path.display());
            run(&std::fs::read(path).unwrap());
            cases += 1;
        }
        assert!(cases > 0, "{} holds no case", folder.display());
    }
}

#[test]
fn every_target_has_its_file_and_its_cases_and_no_other_has() {
    let expected: BTreeSet<String> = TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(names(&root().join("fuzz/fuzz_targets")), expected);
    let kept = names(&root().join("tests/data/fuzz"));
    assert_eq!(kept.into_iter().filter(|name| name != "README").collect::<BTreeSet<_>>(), expected);
}
