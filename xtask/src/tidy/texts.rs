//! Rules about the text of files.

use anyhow::{Context, Result};

use super::metadata;
use super::tree::{Entry, Tree};

/// Lines above which a file is reported, and above which it fails.
const LONG: usize = 500;
const TOO_LONG: usize = 800;

/// Files of code past the hard stop; those past the soft one are printed only.
pub fn too_long(tree: &Tree) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for entry in tree.entries.iter().filter(|entry| entry.is_code()) {
        let lines = entry.text.as_deref().unwrap_or_default().lines().count();
        if lines > TOO_LONG {
            found.push(format!("{}: {lines} lines, more than {TOO_LONG}", entry.path));
        } else if lines > LONG {
            println!("  note: {} has {lines} lines; split it before it passes {TOO_LONG}", entry.path);
        }
    }
    Ok(found)
}

/// Spaces at the end of a line, carriage returns, and a missing last newline.
pub fn untidy_ends(tree: &Tree) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for (entry, text) in ours(tree) {
        for (number, line) in text.split('\n').enumerate() {
            if line.ends_with([' ', '\t', '\r']) {
                found.push(format!("{}:{}: space at the end of the line", entry.path, number + 1));
            }
        }
        if !text.is_empty() && !text.ends_with('\n') {
            found.push(format!("{}: no newline at the end", entry.path));
        }
    }
    Ok(found)
}

/// Words that hide work: each is written here in two halves, or this file would break its own rule.
pub fn forbidden_words(tree: &Tree) -> Result<Vec<String>> {
    let rust = [
        concat!("#[", "ignore"),
        concat!("#[", "allow("),
        concat!("#![", "allow("),
        concat!("todo", "!("),
        concat!("unimplemented", "!("),
    ];
    let script = [
        concat!("it", ".skip"),
        concat!("test", ".skip"),
        concat!("it", ".only"),
        concat!("test", ".only"),
        concat!("biome", "-ignore"),
        concat!("@ts", "-ignore"),
    ];
    let mut found = Vec::new();
    for entry in tree.entries.iter().filter(|entry| entry.is_code()) {
        let words: &[&str] = if entry.path.ends_with(".rs") { &rust } else { &script };
        for (number, line) in entry.text.as_deref().unwrap_or_default().lines().enumerate() {
            for word in words.iter().filter(|word| line.contains(**word)) {
                found.push(format!("{}:{}: {word}", entry.path, number + 1));
            }
        }
    }
    Ok(found)
}

/// Paths that exist on one machine only, and addresses of package registries, lock files included.
pub fn places(tree: &Tree) -> Result<Vec<String>> {
    let forbidden = [
        concat!("/wo", "rk/"),
        concat!("/tm", "p/"),
        concat!("/ro", "ot/"),
        concat!("/ho", "me/"),
        concat!("registry.", "npmjs"),
        concat!("registry.", "npmmirror"),
        concat!("pypi.", "org"),
        concat!("python", "hosted"),
        concat!("deb.", "debian.org"),
        concat!("static.", "crates.io"),
        concat!("index.", "crates.io"),
        concat!("\"reso", "lved\""),
    ];
    let mut found = Vec::new();
    for (entry, text) in ours(tree) {
        for (number, line) in text.lines().enumerate() {
            for word in forbidden.iter().filter(|word| line.contains(**word)) {
                found.push(format!("{}:{}: {word}", entry.path, number + 1));
            }
        }
    }
    Ok(found)
}

/// Imports of the window's packages outside the one folder that may have them.
pub fn host_seam(tree: &Tree) -> Result<Vec<String>> {
    let package = concat!("\"@tauri", "-apps/");
    let outside =
        |entry: &&Entry| entry.path.starts_with("ui/src/") && !entry.path.starts_with("ui/src/host/");
    let found = tree
        .entries
        .iter()
        .filter(outside)
        .filter(|entry| entry.text.as_deref().is_some_and(|t| t.contains(package)));
    Ok(found.map(|entry| entry.path.clone()).collect())
}

/// Crates that do not forbid code that the compiler does not check, and exceptions from that outside the one file of
/// a test that has to have some.
pub fn unchecked(tree: &Tree) -> Result<Vec<String>> {
    let forbidden = concat!("#![forbid(unsafe", "_code)]");
    let root = |path: &str| path.ends_with("src/lib.rs") || path.ends_with("src/main.rs");
    let found = tree.entries.iter().filter(|entry| {
        let text = entry.text.as_deref().unwrap_or_default();
        let excepted =
            || text.lines().any(|line| line != forbidden && line.contains(concat!("unsafe", "_code")));
        entry.path.ends_with(".rs")
            && entry.path != "crates/store/tests/power/shim.rs"
            && ((root(&entry.path) && !text.lines().any(|line| line == forbidden)) || excepted())
    });
    Ok(found.map(|entry| entry.path.clone()).collect())
}

/// The length of the architecture page, and crates that it does not mention.
pub fn architecture(tree: &Tree) -> Result<Vec<String>> {
    let text = tree.text("ARCHITECTURE.md").context("there is no ARCHITECTURE.md")?;
    let lines = text.lines().count();
    let mut found = Vec::new();
    if lines > 200 {
        found.push(format!("ARCHITECTURE.md: {lines} lines, more than 200"));
    }
    for package in metadata::members()? {
        if !text.contains(&format!("### `{}`", package.folder)) {
            found.push(format!("ARCHITECTURE.md: the code map has no heading for {}", package.folder));
        }
    }
    Ok(found)
}

/// Lines of documentation for each line of code, by crate; a figure to look at, with no limit.
#[must_use]
pub fn documentation(tree: &Tree) -> Vec<(String, f64)> {
    let mut crates: Vec<(String, u32, u32)> = Vec::new();
    for entry in
        tree.entries.iter().filter(|entry| entry.path.ends_with(".rs") && entry.path.contains("/src/"))
    {
        let Some((name, _)) = entry.path.split_once("/src/") else { continue };
        if entry.path.ends_with("tests.rs") || entry.path.contains("/tests/") {
            continue;
        }
        let lines = entry.text.as_deref().unwrap_or_default().lines().map(str::trim);
        let (mut docs, mut code) = (0, 0);
        for line in lines {
            if line.starts_with("///") || line.starts_with("//!") {
                docs += 1;
            } else if !line.is_empty() && !line.starts_with("//") {
                code += 1;
            }
        }
        match crates.iter_mut().find(|(known, ..)| known == name) {
            Some((_, d, c)) => (*d, *c) = (*d + docs, *c + code),
            None => crates.push((name.to_owned(), docs, code)),
        }
    }
    crates.into_iter().map(|(name, docs, code)| (name, f64::from(docs) / f64::from(code.max(1)))).collect()
}

fn ours(tree: &Tree) -> impl Iterator<Item = (&Entry, &str)> {
    tree.entries
        .iter()
        // Text that a tool compares byte for byte is left as the tool wrote it.
        .filter(|entry| !entry.is_foreign() && !entry.path.ends_with(".snap") && entry.path != "LICENSE")
        .filter_map(|entry| Some((entry, entry.text.as_deref()?)))
}
