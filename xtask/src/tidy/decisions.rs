//! The shape of `docs/decisions`: short dated files, numbered without gaps.

use anyhow::Result;

use super::tree::Tree;

/// The headings that every decision has, in this order.
const PARTS: [&str; 3] = ["## Question", "## Decision", "## Consequences"];

/// Decisions that lack a part, and numbers that are missing or doubled.
pub fn misshapen(tree: &Tree) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let files =
        tree.entries.iter().filter_map(|entry| Some((entry.path.strip_prefix("docs/decisions/")?, entry)));
    for (position, (file, entry)) in files.filter(|(file, _)| *file != "README.md").enumerate() {
        let expected = format!("{:04}-", position + 1);
        if !file.starts_with(&expected) || !file.ends_with(".md") {
            found.push(format!("{}: the next decision is {expected}….md", entry.path));
        }
        let text = entry.text.as_deref().unwrap_or_default();
        found.extend(lacks(text).into_iter().map(|what| format!("{}: {what}", entry.path)));
    }
    Ok(found)
}

/// What one decision lacks.
#[must_use]
pub fn lacks(text: &str) -> Vec<String> {
    let mut lacking = Vec::new();
    if !text.starts_with("# ") {
        lacking.push("the first line is not a title".to_owned());
    }
    let date = text.lines().find_map(|line| line.strip_prefix("Date: "));
    if !date.is_some_and(is_date) {
        lacking.push("no line `Date: YYYY-MM-DD`".to_owned());
    }
    if !text.lines().any(|line| line == "Status: accepted" || line.starts_with("Status: replaced by ")) {
        lacking.push("no line `Status: accepted` or `Status: replaced by NNNN`".to_owned());
    }
    let mut rest = text;
    for part in PARTS {
        match rest.split_once(&format!("\n{part}\n")) {
            Some((_, after)) => rest = after,
            None => lacking.push(format!("no part `{part}` in its place")),
        }
    }
    lacking
}

fn is_date(text: &str) -> bool {
    let digits = |part: &str, length: usize| part.len() == length && part.chars().all(|c| c.is_ascii_digit());
    matches!(text.split('-').collect::<Vec<_>>().as_slice(), [y, m, d] if digits(y, 4) && digits(m, 2) && digits(d, 2))
}
