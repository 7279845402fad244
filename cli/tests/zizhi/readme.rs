//! What the READMEs promise to a new user: a credential, a dossier, a verdict and a decision, with the
//! commands as they are printed there.

use std::path::Path;
use std::process::Command;

/// The indented lines of a section.
fn commands(readme: &str, heading: &str) -> String {
    let text =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(readme)).unwrap();
    let section = text.split("\n## ").find_map(|section| section.strip_prefix(heading)).unwrap();
    section.lines().filter_map(|line| line.strip_prefix("    ")).map(|line| format!("{line}\n")).collect()
}

/// Runs the commands as a person would, from the folder of the repository; gives what they said.
fn walk(script: &str) -> String {
    let folder = tempfile::TempDir::new().unwrap();
    let built = folder.path().join("target/debug");
    std::fs::create_dir_all(&built).unwrap();
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_zizhi"), built.join("zizhi")).unwrap();
    let mut shell = Command::new("sh");
    shell.args(["-euc", script]).current_dir(folder.path());
    let output =
        shell.env("ZIZHI_DATA", folder.path().join("data")).env_remove("ZIZHI_LANG").output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{script}\n{said}");
    said
}

#[test]
fn both_readmes_lead_to_a_decision_that_the_firm_can_read() {
    let english = commands("README.md", "A dossier of your own");
    let chinese = commands("README.zh-CN.md", "做一份自己的档案");
    assert_eq!(english, chinese, "the two READMEs show the same commands");
    let said = walk(&english);
    assert!(said.contains("资质互认决定：认可"), "{said}");
    assert!(said.contains("✓ 针对您给出的这份档案"), "{said}");
}

#[test]
fn the_five_minutes_of_both_readmes_end_with_the_verdicts_they_promise() {
    let english = commands("README.md", "Five minutes");
    let chinese = commands("README.zh-CN.md", "五分钟走一遍");
    let plain = |text: &str| -> Vec<String> {
        text.lines().map(|line| line.split(" #").next().unwrap().trim().to_owned()).collect()
    };
    assert_eq!(plain(&english), plain(&chinese), "the two READMEs show the same commands");
    // The rules are read from the repository, and two of the verdicts are "failed": exit code 1.
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/app/data/demo/rules/sh-songjiang.json");
    let script = english.replace("../crates/app/data/demo/rules/sh-songjiang.json", rules.to_str().unwrap());
    let said = walk(&format!("set +e\n{script}true\n"));
    for promised in ["45份档案，45份", "有条件通过  dossier.zzdossier", "HASH-ATTACH", "共14份", "0处错误"]
    {
        assert!(said.contains(promised), "{promised} is promised: {said}");
    }
}
