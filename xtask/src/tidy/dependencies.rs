//! Who may use whom. The table in ARCHITECTURE.md is the only place that says so; it is read from there.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, ensure};

use super::metadata::{self, Member};
use super::tree::Tree;

/// What the table grants one crate.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Grant {
    /// Crates of this workspace, by folder name.
    pub ours: BTreeSet<String>,
    /// Crates of others.
    pub outside: BTreeSet<String>,
}

/// Edges that the table does not grant, rows without a crate, and crates without a row.
pub fn forbidden(tree: &Tree) -> Result<Vec<String>> {
    let table = read(tree.text("ARCHITECTURE.md").context("there is no ARCHITECTURE.md")?)?;
    Ok(judge(&table, &metadata::members()?))
}

/// Compares the table with what the manifests say.
#[must_use]
pub fn judge(table: &BTreeMap<String, Grant>, members: &[Member]) -> Vec<String> {
    let ours: BTreeMap<&str, &str> =
        members.iter().map(|member| (member.name.as_str(), short(member))).collect();
    let mut found = Vec::new();
    for member in members {
        let name = short(member);
        let Some(grant) = table.get(name) else {
            found.push(format!("{name}: no row in the table of ARCHITECTURE.md"));
            continue;
        };
        for used in &member.uses {
            let granted = match ours.get(used.as_str()) {
                Some(folder) => grant.ours.contains(*folder),
                None => grant.outside.contains(used),
            };
            if !granted {
                found.push(format!("{name} uses {used}, which the table of ARCHITECTURE.md does not grant"));
            }
        }
    }
    let known: BTreeSet<&str> = members.iter().map(short).collect();
    found.extend(
        table
            .keys()
            .filter(|row| !known.contains(row.as_str()))
            .map(|row| format!("{row}: a row without a crate")),
    );
    found
}

/// Reads the table whose heading is `| crate | of ours | outside |`.
pub fn read(page: &str) -> Result<BTreeMap<String, Grant>> {
    let mut table = BTreeMap::new();
    let mut lines =
        page.lines().skip_while(|line| !line.starts_with("| crate | of ours | outside |")).skip(2);
    for line in lines.by_ref().take_while(|line| line.starts_with('|')) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [crates, ours, outside] = cells.as_slice() else { anyhow::bail!("not three cells: {line}") };
        for name in names(crates) {
            table.insert(name, Grant { ours: names(ours), outside: names(outside) });
        }
    }
    ensure!(!table.is_empty(), "ARCHITECTURE.md has no table headed `| crate | of ours | outside |`");
    Ok(table)
}

/// Names stand in backquotes; every other word in a cell is for the reader.
fn names(cell: &str) -> BTreeSet<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn short(member: &Member) -> &str {
    member.folder.strip_prefix("crates/").unwrap_or(&member.folder)
}
