//! Whether the tests that `docs/attacks.md` names are there.

use anyhow::{Context as _, Result};

use super::tree::Tree;

const PAGE: &str = "docs/attacks.md";

/// Rows of the page without a test, and files and tests that it names and that are not there.
pub fn untested(tree: &Tree) -> Result<Vec<String>> {
    let page = tree.text(PAGE).with_context(|| format!("there is no {PAGE}"))?;
    Ok(judge(page, |path| tree.text(path)))
}

/// The same for a page and the text of each file. The last cell of a row has files and, after each, tests of it.
#[must_use]
pub fn judge<'t>(page: &str, text: impl Fn(&str) -> Option<&'t str>) -> Vec<String> {
    let lines: Vec<&str> = page.lines().collect();
    let mut found = Vec::new();
    let mut rows = 0;
    for (at, line) in lines.iter().enumerate() {
        let is_head = lines.get(at + 1).is_some_and(|next| next.starts_with("|--"));
        if !line.starts_with('|') || line.starts_with("|--") || is_head {
            continue;
        }
        rows += 1;
        let cell = line.trim_end_matches('|').rsplit('|').next().unwrap_or_default();
        let wrong = wrong(cell, &text);
        found.extend(wrong.into_iter().map(|what| format!("{PAGE}:{}: {what}", at + 1)));
    }
    if rows == 0 {
        found.push(format!("{PAGE}: no row"));
    }
    found
}

fn wrong<'t>(cell: &str, text: impl Fn(&str) -> Option<&'t str>) -> Vec<String> {
    let mut found = Vec::new();
    let (mut file, mut tests) = (None, 0);
    // What stands between backquotes is every second piece.
    for named in cell.split('`').skip(1).step_by(2) {
        if named.contains('/') {
            file = text(named).map(|text| (named, text));
            if file.is_none() {
                found.push(format!("there is no {named}"));
            }
            continue;
        }
        tests += 1;
        match file {
            Some((path, text)) if !has(path, text, named) => found.push(format!("{path} has no {named}")),
            Some(_) => {}
            None => found.push(format!("{named} stands behind no file")),
        }
    }
    if tests == 0 {
        found.push("the row names no test".to_owned());
    }
    found
}

/// Whether a file has a test of this name: a function that is marked as one, or stands in a list of those that are
/// played on both engines; in scripts text that is no remark.
fn has(path: &str, text: &str, test: &str) -> bool {
    if !path.ends_with(".rs") {
        return text.lines().any(|line| line.contains(test) && !line.trim_start().starts_with("//"));
    }
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let begins = |line: &&str| {
        let line = line.strip_prefix("pub ").unwrap_or(line);
        let line = line.strip_prefix("async ").unwrap_or(line);
        line.strip_prefix("fn ")
            .and_then(|rest| rest.strip_prefix(test))
            .is_some_and(|rest| rest.starts_with('('))
    };
    let Some(at) = lines.iter().position(begins) else { return false };
    let mut marks =
        lines.iter().take(at).rev().take_while(|line| line.starts_with("#[") || line.starts_with("//"));
    let marked = marks.any(|line| line.starts_with("#[test]") || line.starts_with("#[tokio::test"));
    let on_both =
        text.split_once("on_both! {").and_then(|(_, rest)| rest.split_once('}')).is_some_and(|(list, _)| {
            list.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == test)
        });
    marked || on_both
}
