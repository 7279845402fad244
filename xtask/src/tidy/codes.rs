//! The codes of refusals: each declared once, produced, told in both languages, and listed in the documents.
//!
//! The table is data in `crates/wire`. Codes of checks, of hubs and of rule packs are declared with their words where
//! they are made, and a refusal may have one of those.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, Result};

use super::tree::{Entry, Tree};

const TABLE: &str = "crates/wire/src/codes.rs";
const PAGE: &str = "docs/codes.md";
/// Where others are declared.
const ELSEWHERE: [&str; 4] = [
    "crates/model/src/check.rs",
    "crates/rules/src/pack/report.rs",
    "crates/sync/src/api/code.rs",
    "crates/sync/src/round/cause.rs",
];
/// Where refusals are made.
const MAKERS: [&str; 10] = [
    "cli/src/",
    "crates/app/src/",
    "crates/desk/src/",
    "crates/report/src/",
    "crates/terminal/src/",
    "crates/wire/src/",
    "hub/src/main",
    "hub/src/told/",
    "src-tauri/src/",
    "ui/src/host/",
];
/// What looks like a code and is the number of something, an algorithm or a checklist.
const NUMBERS: [&str; 13] = [
    "CSJQ-",
    "HFUSP-",
    "KIT-BRANCH",
    "NB-FULL",
    "SHV-REDEEM",
    "SIP-",
    "SJ-BRANCH",
    "SM2-SM3",
    "YH-FULL",
    "YH-PARTIAL",
    "YYYY-",
    "ZJ-2026",
    "ZF-",
];
/// On a line with one of these a code is compared and not made.
const COMPARED: [&str; 4] = ["==", "!=", ".contains(", "matches!"];

/// A code in a source.
struct Place<'t> {
    path: &'t str,
    line: usize,
    /// Whether it is made there.
    made: bool,
    /// Whether fact and advice stand around it: in the function, or in the file for a constant.
    told: bool,
}

/// Every breach.
pub fn undeclared(tree: &Tree) -> Result<Vec<String>> {
    let table = tree.text(TABLE).with_context(|| format!("there is no {TABLE}"))?;
    let page = tree.text(PAGE).with_context(|| format!("there is no {PAGE}"))?;
    let others = ELSEWHERE.iter().filter_map(|path| tree.text(path));
    let others: BTreeSet<&str> =
        others.flat_map(str::lines).flat_map(literals).filter(|it| is_code(it)).collect();
    let maker = |entry: &&Entry| {
        let path = &entry.path;
        let tests = path.contains("/tests/") || path.ends_with("/tests.rs") || path.contains(".test.");
        MAKERS.iter().any(|maker| path.starts_with(maker)) && entry.is_code() && path != TABLE && !tests
    };
    let sources =
        tree.entries.iter().filter(maker).filter_map(|entry| Some((&*entry.path, entry.text.as_deref()?)));
    let mut found = judge(table, page, &others, sources);
    let shown = |entry: &&Entry| {
        entry.path.starts_with("ui/src/") && !entry.path.contains(".test.") && !entry.path.contains("/test/")
    };
    let known: BTreeSet<&str> = table.lines().flat_map(literals).collect();
    for entry in tree.entries.iter().filter(|entry| entry.is_code()).filter(shown) {
        for (at, line) in entry.text.as_deref().unwrap_or_default().lines().enumerate() {
            let strange =
                literals(line).filter(|it| is_code(it) && !known.contains(it) && !others.contains(it));
            found
                .extend(strange.map(|code| format!("{}:{}: {code} is declared nowhere", entry.path, at + 1)));
        }
    }
    Ok(found)
}

/// The same for the text of the table, of the page and of each source.
#[must_use]
pub fn judge<'t>(
    table: &'t str,
    page: &str,
    others: &BTreeSet<&str>,
    sources: impl Iterator<Item = (&'t str, &'t str)>,
) -> Vec<String> {
    let mut found = Vec::new();
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    for code in table.lines().filter(|line| !is_remark(line)).flat_map(literals) {
        *known.entry(code).or_default() += 1;
    }
    let twice = known.iter().filter(|(code, times)| **times > 1 || others.contains(*code));
    found.extend(twice.map(|(code, _)| format!("{TABLE}: {code} is declared twice")));

    let mut places: BTreeMap<&str, Vec<Place<'t>>> = BTreeMap::new();
    for (path, text) in sources {
        for (code, place) in places_of(path, text, &known) {
            places.entry(code).or_default().push(place);
        }
    }
    for (code, places) in &places {
        if !known.contains_key(code) && !others.contains(code) {
            found.extend(
                places.iter().map(|it| format!("{}:{}: {code} is declared nowhere", it.path, it.line)),
            );
        }
    }
    let listed: BTreeSet<&str> = page.split('`').skip(1).step_by(2).collect();
    for code in known.keys() {
        let places = places.get(code).map(Vec::as_slice).unwrap_or_default();
        if places.iter().all(|place| !place.made) {
            found.push(format!("{TABLE}: nothing makes {code}"));
        } else if !places.iter().any(|place| place.made && place.told) {
            found.push(format!("{TABLE}: {code} has not fact and advice in both languages"));
        }
        if !listed.contains(code) {
            found.push(format!("{PAGE}: {code} is not listed"));
        }
    }
    let strange = listed.iter().filter(|it| is_code(it) && !known.contains_key(*it));
    found.extend(strange.map(|code| format!("{PAGE}: {code} is not in the table")));
    found
}

fn places_of<'t>(path: &'t str, text: &'t str, known: &BTreeMap<&str, usize>) -> Vec<(&'t str, Place<'t>)> {
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    // A function ends with a brace in the first column.
    let parts: Vec<&str> = text.split_inclusive("\n}\n").collect();
    let mut found = Vec::new();
    let mut begin = 0;
    for part in &parts {
        for (at, line) in part.lines().enumerate().filter(|(_, line)| !is_remark(line)) {
            let constant = line.contains("const ") && line.contains(": &str = ");
            for code in literals(line).filter(|it| is_code(it) || known.contains_key(it)) {
                let made = !COMPARED.iter().any(|mark| line.contains(mark));
                let told = is_told(&if constant { text.to_owned() } else { with_called(part, &parts) });
                found.push((code, Place { path, line: begin + at + 1, made, told }));
            }
        }
        begin += part.lines().count();
    }
    found
}

/// A function with those of its file that it calls, since an advice that several give is a function of its own.
fn with_called(part: &str, parts: &[&str]) -> String {
    let called = parts.iter().filter(|other| {
        let name = other.split_once("\nfn ").or_else(|| other.split_once("fn ")).map(|(_, rest)| rest);
        let name = name.and_then(|rest| rest.split(['(', '<']).next()).unwrap_or_default();
        **other != part && !name.is_empty() && part.contains(&format!("{name}("))
    });
    called.fold(part.to_owned(), |whole, other| whole + other)
}

/// Whether a text tells fact and advice in both languages: at least two texts in each. One that a caller hands in
/// counts for both.
fn is_told(text: &str) -> bool {
    let all: Vec<&str> = text.split('"').skip(1).step_by(2).collect();
    let chinese = |it: &&&str| it.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let english =
        |it: &&&str| !chinese(it) && it.contains(' ') && it.contains(|c: char| c.is_ascii_lowercase());
    let handed_in = usize::from(text.contains(": &Text,"));
    all.iter().filter(chinese).count() + handed_in >= 2 && all.iter().filter(english).count() + handed_in >= 2
}

fn is_remark(line: &str) -> bool {
    line.trim_start().starts_with("//")
}

/// What stands between quotation marks.
fn literals(line: &str) -> impl Iterator<Item = &str> {
    line.split('"').skip(1).step_by(2)
}

/// Capitals and digits with hyphens between, which is no number of the demonstration.
fn is_code(text: &str) -> bool {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or_default();
    let plain = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
    };
    text.contains('-')
        && first.starts_with(|c: char| c.is_ascii_uppercase())
        && first.len() > 1
        && plain(first)
        && parts.all(plain)
        && !NUMBERS.iter().any(|number| text.starts_with(number))
}
