//! Licences, sources and banned crates, by the lists in deny.toml.
//!
//! cargo-deny reads the same file. Building that tool costs minutes on a fresh machine, so the rules that matter most
//! are judged here, from what cargo itself knows.

use anyhow::{Context, Result, ensure};

use super::metadata;
use super::tree::Tree;

/// Dependencies that are not from the registry, or whose licence expression no allowed licence satisfies.
pub fn refused(tree: &Tree) -> Result<Vec<String>> {
    let allowed = list(tree, "allow")?;
    let packages = metadata::packages()?;
    let mut found = Vec::new();
    for package in &packages {
        let Some(source) = &package.source else { continue };
        if !source.starts_with("registry+") {
            found.push(format!("{} {} comes from {source}", package.name, package.version));
        }
        let expression = package.licence.as_deref().unwrap_or("none given");
        if !satisfied(expression, &allowed) {
            found.push(format!("{} {}: licence {expression}", package.name, package.version));
        }
    }
    let repeated = metadata::repeated(&packages);
    println!("  note: {} dependencies, {} of them in more than one version", packages.len(), repeated.len());
    Ok(found)
}

/// Crates that the command line must not carry, each of which it does.
pub fn banned(tree: &Tree) -> Result<Vec<String>> {
    let banned = list(tree, "deny")?;
    let carried = metadata::carried_by("zizhi-cli")?;
    Ok(banned
        .into_iter()
        .filter(|name| carried.contains(name))
        .map(|name| format!("zizhi-cli carries {name}"))
        .collect())
}

/// Evaluates an SPDX expression: `AND` binds before `OR`; the old `/` means `OR`; `WITH` belongs to its licence.
#[must_use]
pub fn satisfied(expression: &str, allowed: &[String]) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    any(&mut rest, allowed) && rest.is_empty()
}

fn any(words: &mut &[&str], allowed: &[String]) -> bool {
    let mut holds = all(words, allowed);
    while let Some((&"OR", rest)) = words.split_first() {
        *words = rest;
        let next = all(words, allowed);
        holds = holds || next;
    }
    holds
}

fn all(words: &mut &[&str], allowed: &[String]) -> bool {
    let mut holds = one(words, allowed);
    while let Some((&"AND", rest)) = words.split_first() {
        *words = rest;
        let next = one(words, allowed);
        holds = holds && next;
    }
    holds
}

fn one(words: &mut &[&str], allowed: &[String]) -> bool {
    let Some((first, rest)) = words.split_first() else { return false };
    *words = rest;
    if *first == "(" {
        let holds = any(words, allowed);
        let Some((&")", rest)) = words.split_first() else { return false };
        *words = rest;
        return holds;
    }
    let mut name = (*first).to_owned();
    if let [with, exception, rest @ ..] = *words
        && *with == "WITH"
    {
        name = format!("{name} WITH {exception}");
        *words = rest;
    }
    allowed.contains(&name)
}

/// The strings of the list `key = [ … ]` in deny.toml, a table's `name` or `crate` included.
fn list(tree: &Tree, key: &str) -> Result<Vec<String>> {
    let text = tree.text("deny.toml").context("there is no deny.toml")?;
    let start = format!("\n{key} = [\n");
    let (_, rest) = text.split_once(&start).with_context(|| format!("deny.toml has no list {key}"))?;
    let (body, _) =
        rest.split_once("\n]").with_context(|| format!("the list {key} of deny.toml has no end"))?;
    let strings: Vec<String> =
        body.lines().filter_map(|line| line.split('"').nth(1)).map(str::to_owned).collect();
    ensure!(!strings.is_empty(), "the list {key} of deny.toml is empty");
    Ok(strings)
}
