//! Whatever can be written into the activity log has words, so that nobody reads a code there.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use zizhi_app::activity_log::ACTIONS;

/// Endings of files, and the family of facts, which are written like the code of an action.
const OTHERS: [&str; 8] = [".json", ".jwt", ".jwk", ".lock", ".state", ".xml", ".zz", "redemption."];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") && !path.ends_with("words.rs") {
            found.push(path);
        }
    }
}

/// Literals such as `"case.accepted"`.
fn codes(text: &str) -> impl Iterator<Item = &str> {
    text.split('"').filter(|literal| {
        let word = |part: &str| {
            !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
        };
        literal.split_once('.').is_some_and(|(family, action)| word(family) && word(action))
            && !OTHERS.iter().any(|other| literal.contains(other))
    })
}

#[test]
fn every_action_of_the_log_has_words_and_every_word_an_action() {
    let mut files = Vec::new();
    for folder in ["src", "../desk/src"] {
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut files);
    }
    let texts: Vec<String> = files.iter().map(|file| fs::read_to_string(file).expect("a source")).collect();
    let written: BTreeSet<&str> = texts.iter().flat_map(|text| codes(text)).collect();
    let named: BTreeSet<&str> = ACTIONS.iter().map(|(code, ..)| *code).collect();
    assert!(written.len() > 60, "the sources were found: {}", written.len());
    assert_eq!(written.difference(&named).collect::<Vec<_>>(), Vec::<&&str>::new(), "written without words");
    assert_eq!(named.difference(&written).collect::<Vec<_>>(), Vec::<&&str>::new(), "words for nothing");
    for (code, zh, en) in ACTIONS {
        assert!(!zh.is_empty() && !en.is_empty() && zh != code, "{code}");
    }
}
